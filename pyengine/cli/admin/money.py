"""`pyengine admin deposit`, `transfer` and `withdrawal`: money that comes in, moves and leaves."""

from typing import Annotated

import typer

from pyengine.cli.admin.operation import Answer, RefusedError, Venue, operates, table
from pyengine.cli.admin.options import Account, Amount, First, Limit, Reference

withdrawal_command = typer.Typer(help="See, settle and cancel withdrawals.", no_args_is_help=True)

Withdrawal = Annotated[int, typer.Argument(min=1, help="Number of the withdrawal, as `list` has it.")]

WITHDRAWAL_COLUMNS = ("withdrawal", "account", "asset", "amount")


async def deposit(venue: Venue, account: Account, amount: Amount, reference: Reference = "") -> Answer:
    """Credit an account with what the venue has received."""
    units, asset, text = await venue.amount(amount)
    fields = {"account": account, "asset": asset, "amount": units, **_named(reference)}
    return await venue.act("AdminDeposit", fields, amount=text)


async def transfer(
    venue: Venue,
    account: Account,
    to_account: Annotated[int, typer.Argument(min=0, help="Number of the account that gets it.")],
    amount: Amount,
    reference: Reference = "",
) -> Answer:
    """Move money from an account to another."""
    units, asset, text = await venue.amount(amount)
    fields = {"account": account, "to_account": to_account, "asset": asset, "amount": units, **_named(reference)}
    return await venue.act("AdminTransfer", fields, amount=text)


def _named(reference: str) -> dict[str, str]:
    """Without a reference of the operator's, the client makes one for as long as it tries."""
    return {"reference": reference} if reference else {}


@operates(withdrawal_command, "list")
async def list_withdrawals(
    venue: Venue,
    account: Annotated[int | None, typer.Option(min=0, help="Of this account alone.")] = None,
    first: First = 0,
    limit: Limit = 1_000,
) -> Answer:
    """List the withdrawals that wait to be settled or cancelled."""
    from pyengine.units import decimal, shown

    withdrawals, following = await venue.rows("AdminGetWithdrawals", "withdrawals", first, limit, account=account)
    decimals = {symbol: asset.decimals for symbol, asset in (await venue.assets()).items()}
    told = [
        {
            "withdrawal_id": each.withdrawal_id,
            "account": each.account,
            "asset": each.asset,
            "amount": decimal(each.amount, decimals[each.asset]),
        }
        for each in withdrawals
    ]
    rows = [(str(each["withdrawal_id"]), str(each["account"]), each["asset"], shown(each["amount"])) for each in told]
    return table("Pending withdrawals", WITHDRAWAL_COLUMNS, {"withdrawals": told, "next": following}, rows)


@operates(withdrawal_command, "settle")
async def settle(venue: Venue, withdrawal: Withdrawal) -> Answer:
    """Say that the money of a withdrawal has left."""
    return await _end("AdminSettleWithdrawal", venue, withdrawal)


@operates(withdrawal_command, "cancel")
async def cancel(venue: Venue, withdrawal: Withdrawal) -> Answer:
    """Give the money of a withdrawal back to its account."""
    return await _end("AdminCancelWithdrawal", venue, withdrawal)


async def _end(request: str, venue: Venue, withdrawal: int) -> Answer:
    page = (await venue.ask("AdminGetWithdrawals", first=withdrawal, limit=1)).withdrawals
    if not page or page[0].withdrawal_id != withdrawal:
        raise RefusedError(f"unknown_withdrawal: no withdrawal {withdrawal} is pending")
    return await venue.act(request, {"account": page[0].account, "withdrawal_id": withdrawal})
