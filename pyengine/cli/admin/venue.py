"""`pyengine admin status`, `snapshot` and `session`: the venue itself, and who is logged on to it."""

from typing import Annotated

import typer

from pyengine.cli.admin.operation import Answer, Venue, facts, operates, table
from pyengine.cli.admin.options import First, Limit
from pyengine.output import print_columns, utc

session_command = typer.Typer(help="See who is logged on, and end sessions.", no_args_is_help=True)

AUDIT_COLUMNS = ("entry", "time", "key", "from", "what", "outcome")
SESSION_COLUMNS = ("session", "key", "account", "port", "client", "since", "unread")


async def show_status(venue: Venue) -> Answer:
    """Show the state of the venue in brief, and whether every asset adds up. Everybody waits while it is counted."""
    from pyengine.units import decimal, shown

    status = await venue.ask("AdminStatus")
    decimals = {symbol: asset.decimals for symbol, asset in (await venue.assets()).items()}
    told = {
        "sequence": status.seq,
        "time": utc(status.timestamp_ns),
        "trade_date": status.trade_date,
        "state_hash": status.state_hash,
        "accounts": status.accounts,
        "open_orders": status.open_orders,
        "sessions": status.sessions,
    }
    shown_rows = {name.replace("_", " "): value for name, value in told.items()} | {
        "trade date": str(status.trade_date)
    }
    assets = []
    for asset in status.assets:
        issued, total = (decimal(units, decimals[asset.asset]) for units in (asset.issued, asset.total))
        assets.append({"asset": asset.asset, "issued": issued, "total": total, "conserved": asset.conserved})
        adds_up = "all accounted for" if asset.conserved else f"but accounts have {shown(total)}"
        shown_rows[f"{asset.asset} issued"] = f"{shown(issued)}, {adds_up}"
    return facts("Status", told | {"assets": assets}, shown_rows)


async def show_audit(
    venue: Venue,
    after: Annotated[int, typer.Option(min=0, help="Show what is beyond this entry.")] = 0,
    limit: Limit = 1_000,
) -> Answer:
    """Show the audit trail: who logged on, did what, asked for money, and what was refused and why."""
    import msgspec

    entries, more = await venue.audit(after, limit)
    rows = [
        (
            str(entry.audit_seq),
            utc(entry.timestamp_ns),
            entry.key,
            entry.address,
            entry.request.get("op", entry.kind.replace("_", " ")),
            entry.reason or (f"at {entry.seq:,}" if entry.seq else ""),
        )
        for entry in entries
    ]
    told = {"entries": msgspec.to_builtins(entries)}
    further = f"... and more; go on with --after {entries[-1].audit_seq}" if more else ""
    return Answer(told, lambda: print_columns("Audit trail", AUDIT_COLUMNS, rows, further))


async def snapshot(venue: Venue) -> Answer:
    """Write a snapshot of the state, from which the next start recovers. Everybody waits until it is on disk."""
    return await venue.act("AdminSnapshot", {})


@operates(session_command, "list")
async def list_sessions(venue: Venue, first: First = 0, limit: Limit = 1_000) -> Answer:
    """List the sessions that are logged on, and what each client has not read yet."""
    sessions, following = await venue.rows("AdminGetSessions", "sessions", first, limit)
    told = [
        {
            "session": each.session,
            "key": each.key,
            "account": each.account,
            "port": "admin" if each.admin else "trading",
            "client": f"{each.address}:{each.port}",
            "since": utc(each.since_ns),
            "unread_bytes": each.unread_bytes,
        }
        for each in sessions
    ]
    rows = [tuple(map(str, row.values())) for row in told]
    return table("Sessions", SESSION_COLUMNS, {"sessions": told, "next": following}, rows)


@operates(session_command, "disconnect")
async def disconnect(
    venue: Venue, session: Annotated[int, typer.Argument(min=1, help="Number of the session, as `list` has it.")]
) -> Answer:
    """End a session, as if its client had gone: with cancel-on-disconnect its account's orders go, too."""
    return await venue.act("AdminDisconnect", {"session": session})
