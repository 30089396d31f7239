"""`pyengine prove`: a journal replayed and compared, as a page to keep."""

from typing import Any, Final

import typer

from pyengine.cli.options import JournalDirectory, Json
from pyengine.cli.replay_journal import ReplayUntil, judge_journal_replay, replay_until
from pyengine.output import print_json

ASSET_COLUMNS: Final = {
    "issued": "issued",
    "minted": "minted",
    "burned": "burned",
    "total": "all accounts",
    "difference": "difference",
    "available": "available",
    "held": "held",
    "held_for_orders": "for orders",
    "held_for_withdrawals": "for withdrawals",
    "held_for_redemptions": "for redemptions",
    "frozen": "frozen",
    "registered": "registered",
    "held_for_actions": "for corporate actions",
    "held_difference": "difference",
}


def prove(directory: JournalDirectory, until: ReplayUntil = None, json: Json = False) -> None:
    """Replay a journal, compare every recorded state hash, add up every balance and hold, and print a page to keep.

    Exit status 1 if anything differs. Reads only, and works beside a running venue; on a backup as well.
    """
    from pyengine._engine_core import journal_genesis
    from pyengine.proof import proof_of

    result = replay_until(directory, until, check=True)
    proof = proof_of(result, journal_genesis(directory)["shard"])
    if json:
        print_json(proof)
    else:
        _print_page(proof)
    judge_journal_replay(result, check=True)


def _print_page(proof: dict[str, Any]) -> None:
    from pyengine.tape.journal import shown_time
    from pyengine.units import shown_amount

    begun, recovered = proof["from_snapshot"], proof["recovered_state_hash"]
    to = f"sequence {proof['sequence']:,}"
    facts = {
        "venue": f"journal {proof['journal_id']}, shard {proof['shard']}",
        "rules": f"semantics version {proof['semantics_version']}",
        "from": "before the first command" if begun is None else f"the snapshot of sequence {begun:,}",
        "to": f"{to} at {shown_time(proof['timestamp_ns'])}" if proof["sequence"] else to,
        "commands, fills": f"{proof['commands']:,}, {proof['fills']:,}",
        "state hash": proof["state_hash"],
        "chain value": proof["chain"] or "none: not at the end of a batch that was replayed",
        "snapshots": f"{proof['snapshots_matched']:,} of {proof['snapshots_checked']:,} are of the replay's states",
        "recovery": {None: "no snapshot to begin at", proof["state_hash"]: "from the newest snapshot: same state"}.get(
            recovered, f"from the newest snapshot: ANOTHER STATE, {recovered}"
        ),
        "accounts, open orders": f"{proof['accounts']:,}, {proof['open_orders']:,}",
    }
    typer.echo(f"{proof['directory']}: {'proven' if proof['proven'] else 'NOT PROVEN'}\n")
    for name, value in facts.items():
        typer.echo(f"{name:<22} {value}")
    typer.echo()
    rows = [
        (symbol, *(shown_amount(asset[name], asset["decimals"]) for name in ASSET_COLUMNS))
        for symbol, asset in proof["assets"].items()
    ]
    _print_aligned([("asset", *ASSET_COLUMNS.values()), *rows])
    typer.echo(
        "\nWhoever has this directory, or a backup of it, and a release of these rules can repeat it, and must find the"
        f" same:\n    {proof['repeat']}"
    )


def _print_aligned(rows: list[tuple[str, ...]]) -> None:
    """Columns as wide as they need: an amount that is broken over two lines is none to keep."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        typer.echo("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
