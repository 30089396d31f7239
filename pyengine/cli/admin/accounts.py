"""`pyengine admin account`, `balances` and `orders`: what is set of accounts, and what they have."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pyengine.cli.admin.operation import Answer, RefusedError, Venue, facts, operates, table
from pyengine.cli.admin.options import Account, First, Limit
from pyengine.output import utc

if TYPE_CHECKING:
    from gateway.schemas import AccountInfo

account_command = typer.Typer(help="See, open and limit accounts.", no_args_is_help=True)

FeeSchedule = Annotated[int | None, typer.Option(min=0, help="Number of its fee schedule.")]

ACCOUNT_COLUMNS = ("account", "fees", "group", "orders", "of", "client ids", "max notional", "withdrawals")
BALANCE_COLUMNS = ("asset", "available", "held")
FILL_COLUMNS = ("sequence", "time", "instrument", "side", "liquidity", "price", "quantity", "cash", "fee")
MOVEMENT_COLUMNS = ("sequence", "time", "what", "amount", "withdrawal", "other account")
STATEMENT_COLUMNS = ("asset", "what", "amount")
ORDER_COLUMNS = ("order", "client order id", "instrument", "side", "time in force", "price", "left", "of")


@operates(account_command, "list")
async def list_accounts(venue: Venue, first: First = 0, limit: Limit = 1_000) -> Answer:
    """List the accounts."""
    accounts, following = await venue.rows("AdminGetAccounts", "accounts", first, limit)
    rows = [
        (
            str(each.account),
            str(each.fee_schedule),
            str(each.group or ""),
            f"{each.open_orders:,}",
            f"{each.max_open_orders:,}",
            f"{each.client_id_window:,}",
            f"{each.max_open_notional:,}" if each.max_open_notional else "any",
            str(each.pending_withdrawals),
        )
        for each in accounts
    ]
    told = {"accounts": [_told(each) for each in accounts], "next": following}
    return table("Accounts", ACCOUNT_COLUMNS, told, rows)


@operates(account_command, "show")
async def show_account(venue: Venue, account: Account) -> Answer:
    """Show what is set of an account, and how much it has open."""
    told = _told(await _account(venue, account))
    return facts(f"Account {account}", told, {name.replace("_", " "): value for name, value in told.items()})


@operates(account_command, "create")
async def create_account(venue: Venue, account: Account, fee_schedule: FeeSchedule = None) -> Answer:
    """Open an account, under the next number."""
    return await venue.act("AdminCreateAccount", {"account": account, "fee_schedule": fee_schedule or 0})


@operates(account_command, "set")
async def set_account(
    venue: Venue,
    account: Account,
    fee_schedule: FeeSchedule = None,
    max_open_orders: Annotated[int | None, typer.Option(min=1, help="Orders that may be open.")] = None,
    client_id_window: Annotated[int | None, typer.Option(min=1, help="Finished orders that are remembered.")] = None,
    group: Annotated[
        int | None, typer.Option(min=0, help="Accounts of one group do not trade with each other; 0: none.")
    ] = None,
    max_open_notional: Annotated[
        str | None,
        typer.Option(
            help='What open orders may be worth in any one asset, in units of this one: "50000 USDC"; 0: any.'
        ),
    ] = None,
) -> Answer:
    """Give an account another fee schedule, other limits, another group. What is not given stays as it is."""
    info = await _account(venue, account)
    notional = None
    if max_open_notional is not None:
        notional = 0 if max_open_notional == "0" else (await venue.amount(max_open_notional)).units
    given = {
        "fee_schedule": fee_schedule,
        "max_open_orders": max_open_orders,
        "client_id_window": client_id_window,
        "group": group,
        "max_open_notional": notional,
    }
    fields = {name: getattr(info, name) if value is None else value for name, value in given.items()}
    return await venue.act("AdminSetAccount", {"account": account, **fields})


async def show_balances(venue: Venue, account: Account, first: First = 0, limit: Limit = 1_000) -> Answer:
    """Show the balances of an account that are not 0."""
    from pyengine.units import decimal, shown

    balances, following = await venue.rows("AdminGetBalances", "balances", first, limit, account=account)
    decimals = {symbol: asset.decimals for symbol, asset in (await venue.assets()).items()}
    told = [
        {
            "asset": each.asset,
            **{name: decimal(getattr(each, name), decimals[each.asset]) for name in ("available", "held")},
        }
        for each in balances
    ]
    rows = [(each["asset"], shown(each["available"]), shown(each["held"])) for each in told]
    return table(f"Balances of account {account}", BALANCE_COLUMNS, {"balances": told, "next": following}, rows)


async def show_orders(venue: Venue, account: Account, first: First = 0, limit: Limit = 1_000) -> Answer:
    """Show the open orders of an account, by their numbers."""
    import msgspec

    orders, following = await venue.rows("AdminGetOrders", "orders", first, limit, account=account)
    listed = await venue.instruments()
    told, rows = [], []
    for order in orders:
        scales = listed[order.instrument].scales
        amounts = {name: scales.quantity_text(getattr(order, name)) for name in ("quantity", "leaves", "filled")}
        told.append(msgspec.to_builtins(order) | {"price": scales.price_text(order.price)} | amounts)
        named = (str(order.order_id), order.client_order_id, order.instrument, order.side, order.time_in_force)
        left, of = scales.quantity(order.leaves), scales.quantity(order.quantity)
        rows.append((*named, scales.price(order.price), left, of))
    return table(f"Open orders of account {account}", ORDER_COLUMNS, {"orders": told, "next": following}, rows)


async def show_fills(venue: Venue, account: Account, first: First = 0, limit: Limit = 1_000) -> Answer:
    """Show the fills of an account, oldest first, as far as the venue's history goes."""
    import msgspec

    from pyengine.units import decimal, shown

    fills, following = await venue.rows("AdminGetFills", "fills", first, limit, account=account)
    listed, assets = await venue.instruments(), await venue.assets()
    told, rows = [], []
    for fill in fills:
        info, scales = listed[fill.instrument]
        decimals = assets[info.quote].decimals
        price, quantity = scales.price_text(fill.price), scales.quantity_text(fill.quantity)
        cash, fee = decimal(fill.cash, decimals), decimal(fill.fee, decimals)
        said = {"price": price, "quantity": quantity, "cash": cash, "fee": fee}
        told.append(msgspec.to_builtins(fill) | said)
        what = (f"{fill.seq:,}", utc(fill.timestamp_ns), fill.instrument, fill.side, fill.liquidity)
        rows.append((*what, scales.price(fill.price), shown(quantity), shown(cash), shown(fee)))
    return table(f"Fills of account {account}", FILL_COLUMNS, {"fills": told, "next": following}, rows)


async def show_movements(venue: Venue, account: Account, first: First = 0, limit: Limit = 1_000) -> Answer:
    """Show what came, went and was held of an account's money, but for fills, as far as the venue's history goes."""
    import msgspec

    from pyengine.units import decimal, shown

    movements, following = await venue.rows("AdminGetMovements", "movements", first, limit, account=account)
    decimals = {symbol: asset.decimals for symbol, asset in (await venue.assets()).items()}
    told, rows = [], []
    for each in movements:
        amount = decimal(each.amount, decimals[each.asset])
        told.append(msgspec.to_builtins(each) | {"amount": amount})
        other = "" if each.counterparty is None else str(each.counterparty)
        which = str(each.withdrawal_id or "")
        kind = each.kind.replace("_", " ")
        rows.append((f"{each.seq:,}", utc(each.timestamp_ns), kind, f"{shown(amount)} {each.asset}", which, other))
    return table(f"Money of account {account}", MOVEMENT_COLUMNS, {"movements": told, "next": following}, rows)


async def show_statement(
    venue: Venue,
    account: Account,
    begin: Annotated[
        str | None, typer.Option("--from", help="ISO 8601 with an offset, or a date (UTC); without it the beginning.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", help="The same, included; without it the end of the history.")
    ] = None,
    asset: Annotated[str, typer.Option(help="Symbol of the only asset to show.")] = "",
    first: First = 0,
    limit: Limit = 1_000,
) -> Answer:
    """Show what an account had, what each kind of movement came to, and what it had then, held amounts included."""
    from pyengine.errors import HistoryError
    from pyengine.history.statement import period
    from pyengine.output import reported
    from pyengine.units import decimal, shown

    with reported(HistoryError):
        from_ns, to_ns = period(begin, end)
    asked = {"account": account, "from_ns": from_ns or 0, "to_ns": to_ns, "asset": asset}
    answer = await venue.listed("AdminGetStatement", "assets", first, limit, **asked)
    listed = await venue.assets()
    told, rows = [], []
    for each in answer.assets:
        decimals = listed[each.asset].decimals
        opening, closing = decimal(each.opening, decimals), decimal(each.closing, decimals)
        totals = {total.kind: decimal(total.amount, decimals) for total in each.totals}
        told.append({"asset": each.asset, "opening": opening, "totals": totals, "closing": closing})
        for what, amount in (("opening", opening), *totals.items(), ("closing", closing)):
            rows.append((each.asset, what.replace("_", " "), shown(amount)))
    title = f"Account {account} up to sequence {answer.seq:,}, {utc(answer.from_ns)} to {utc(answer.to_ns)}"
    known = {"account": account, "sequence": answer.seq, "from_ns": answer.from_ns, "to_ns": answer.to_ns}
    return table(title, STATEMENT_COLUMNS, {**known, "assets": told, "next": answer.next}, rows)


async def _account(venue: Venue, account: int) -> "AccountInfo":
    page: list[AccountInfo] = (await venue.ask("AdminGetAccounts", first=account, limit=1)).accounts
    if not page:
        raise RefusedError(f"unknown_account: no account {account}")
    return page[0]


def _told(info: "AccountInfo") -> dict[str, Any]:
    """All of it, what the wire leaves out included."""
    return {name: getattr(info, name) for name in info.__struct_fields__}
