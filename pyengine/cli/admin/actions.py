"""`pyengine admin action`: corporate actions. What they pay is in whole units of people, exactly."""

import re
from math import gcd
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pyengine.cli.admin.operation import Answer, RefusedError, Venue, one_of, operates, table
from pyengine.cli.admin.options import First, Limit
from pyengine.output import fail, utc

if TYPE_CHECKING:
    from gateway.schemas import ActionInfo, AssetInfo

action_command = typer.Typer(help="Announce, see and withdraw corporate actions.", no_args_is_help=True)

Action = Annotated[int, typer.Argument(min=1, help="Number of the action: the next one, or one that is announced.")]
Kind = Annotated[str, typer.Argument(help="What it is, in the protocol's words: cash_dividend, split, ...")]
Legs = Annotated[
    list[str] | None,
    typer.Option(
        "--pay",
        help='What is paid for how much: "0.25 USDC per 1"; with the price of a whole smallest unit for fractions, '
        '"3 AAPL per 2 at 189.50 USDC". Up to four times.',
    ),
]

LEG = re.compile(r"(\S+) (\S+) per (\S+)(?: at (\S+) (\S+))?")
COLUMNS = ("action", "kind", "asset", "pays", "payer", "orders", "executed", "books close", "stage")


@operates(action_command, "announce")
async def announce(
    venue: Venue,
    action: Action,
    kind: Kind,
    asset: Annotated[str, typer.Argument(help="Symbol of the asset whose holders are entitled.")],
    at: Annotated[str, typer.Option("--at", help="When it is executed, as 2026-12-01T00:00:00Z.")],
    pay: Legs = None,
    payer: Annotated[int, typer.Option(min=0, help="Number of the account that pays.")] = 0,
    orders: Annotated[str, typer.Option(help="What becomes of open orders: keep or cancel.")] = "keep",
    books_close: Annotated[
        str, typer.Option("--books-close", help="From when on nobody can ask for a withdrawal of the asset.")
    ] = "",
) -> Answer:
    """Announce a corporate action, or another one in the place of one that is announced."""
    from gateway.schemas import ACTION_KINDS, ORDER_POLICIES

    fields: dict[str, Any] = {
        "action": action,
        "action_kind": one_of(kind, ACTION_KINDS, "kind"),
        "asset": asset,
        "payer": payer,
        "order_policy": one_of(orders, ORDER_POLICIES, "--orders"),
        "record_at": _instant("--at", at),
        "books_close_at": _instant("--books-close", books_close) if books_close else 0,
    }
    assets = await venue.assets()
    for number, text in enumerate(pay or (), start=1):
        fields |= _leg(assets, asset, text, number, fields.get("lieu_asset", ""))
    return await venue.act("AdminAnnounceAction", fields, pays=pay or [])


@operates(action_command, "list")
async def list_actions(venue: Venue, first: First = 0, limit: Limit = 1_000) -> Answer:
    """List the corporate actions that are announced or being executed."""
    import msgspec

    actions, following = await venue.rows("AdminGetActions", "actions", first, limit)
    assets = await venue.assets()
    told = [{**msgspec.to_builtins(each), "pays": _pays(assets, each)} for each in actions]
    rows = [
        (
            str(each.action),
            each.action_kind,
            each.asset,
            "; ".join(_pays(assets, each)),
            str(each.payer),
            each.order_policy,
            utc(each.record_at),
            utc(each.books_close_at) if each.books_close_at else "",
            f"{each.stage}, at {each.cursor:,}" if each.stage != "announced" else each.stage,
        )
        for each in actions
    ]
    return table("Corporate actions", COLUMNS, {"actions": told, "next": following}, rows)


@operates(action_command, "cancel")
async def cancel(venue: Venue, action: Action) -> Answer:
    """Withdraw the announcement of a corporate action that has not begun."""
    return await venue.act("AdminCancelAction", {"action": action})


def _leg(assets: "dict[str, AssetInfo]", asset: str, text: str, number: int, lieu_asset: str) -> dict[str, Any]:
    """The fields of a request that say a leg, as the smallest numbers that are the same ratio."""
    from pyengine.units import read_amount

    found = LEG.fullmatch(text)
    if found is None:
        fail(f'--pay {text}: not like "0.25 USDC per 1" or "3 AAPL per 2 at 189.50 USDC"')
    amount, paid, quantity, price, money = found.groups()
    for symbol in filter(None, (asset, paid, money)):
        if symbol not in assets:
            raise RefusedError(f"unknown_asset: no asset {symbol!r}")
    numerator = read_amount(amount, assets[paid].decimals, paid)
    denominator = read_amount(quantity, assets[asset].decimals, asset)
    if min(numerator, denominator) < 1:
        fail(f"--pay {text}: both amounts must be above 0")
    common = gcd(numerator, denominator)
    fields: dict[str, Any] = {
        f"asset_{number}": paid,
        f"numerator_{number}": numerator // common,
        f"denominator_{number}": denominator // common,
    }
    if money:
        if lieu_asset not in ("", money):
            fail(f"--pay {text}: fractions are paid in {lieu_asset} already")
        fields |= {"lieu_asset": money, f"lieu_price_{number}": read_amount(price, assets[money].decimals, money)}
    return fields


def _pays(assets: "dict[str, AssetInfo]", action: "ActionInfo") -> list[str]:
    """The legs of an action, each for as little of its asset as is said exactly."""
    from pyengine.units import decimal

    def said(leg: Any) -> str:
        # For one whole unit, if that is exact in the units of what is paid.
        one = 10 ** assets[action.asset].decimals
        numerator, denominator = leg.numerator, leg.denominator
        if numerator * one % denominator == 0:
            numerator, denominator = numerator * one // denominator, one
        amount = decimal(numerator, assets[leg.asset].decimals)
        text = f"{amount} {leg.asset} per {decimal(denominator, assets[action.asset].decimals)}"
        if leg.lieu_price:
            price = decimal(leg.lieu_price, assets[action.lieu_asset].decimals)
            text += f" at {price} {action.lieu_asset}"
        return text

    return [said(leg) for leg in action.legs]


def _instant(option: str, text: str) -> int:
    """Nanoseconds since the Unix epoch."""
    from pyengine.errors import TapeError
    from pyengine.output import reported
    from pyengine.tape.times import instant

    with reported(TapeError):
        return instant(option, text)
