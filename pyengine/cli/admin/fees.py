"""`pyengine admin fees`: schedules, their tiers, and overrides for single instruments. Rates are in basis points."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pyengine.cli.admin.operation import Answer, Venue, moment, operates, table
from pyengine.cli.admin.options import EffectiveAt, First, Instrument, Limit, Tiers
from pyengine.output import fail, utc

if TYPE_CHECKING:
    from gateway.schemas import FeeInfo, FeeTier

fees_command = typer.Typer(help="See and set fee schedules and their overrides.", no_args_is_help=True)

Schedule = Annotated[int, typer.Argument(min=0, help="Number of the fee schedule.")]
MakerRate = Annotated[str, typer.Option("--maker", help="What makers pay, in basis points; below 0: a rebate.")]
TakerRate = Annotated[str, typer.Option("--taker", help="What takers pay, in basis points.")]

FEE_COLUMNS = ("schedule", "instrument", "maker bps", "taker bps", "tiers: from, maker, taker", "begins")


@operates(fees_command, "list")
async def list_fees(venue: Venue, first: First = 0, limit: Limit = 1_000) -> Answer:
    """List the fee schedules, then overrides for instruments, then changes that wait for their time."""
    fees, following = await venue.rows("AdminGetFees", "fees", first, limit)
    told = [_told(fee) for fee in fees]
    return table("Fees", FEE_COLUMNS, {"fees": told, "next": following}, [_row(fee) for fee in told])


@operates(fees_command, "set")
async def set_fees(
    venue: Venue,
    schedule: Schedule,
    maker: MakerRate,
    taker: TakerRate,
    tier: Tiers = None,
    at: EffectiveAt = "",
) -> Answer:
    """Replace a fee schedule, or add one under the next number, now or at a time."""
    fields = {"fee_schedule": schedule, **await _rates(venue, maker, taker, tier, at)}
    return await venue.act("AdminSetFees", fields, maker_rate=maker, taker_rate=taker)


@operates(fees_command, "override")
async def override_fees(
    venue: Venue,
    schedule: Schedule,
    instrument: Instrument,
    maker: MakerRate = "",
    taker: TakerRate = "",
    remove: Annotated[bool, typer.Option("--remove", help="End the override instead.")] = False,
    tier: Tiers = None,
    at: EffectiveAt = "",
) -> Answer:
    """Give a fee schedule other rates for one instrument, or with --remove its own again."""
    fields: dict[str, Any] = {"fee_schedule": schedule, "instrument": instrument}
    if remove:
        if maker or taker or tier:
            fail("--remove takes no rates")
        return await venue.act("AdminSetFeeOverride", fields | {"change": "remove", "effective_at": moment("--at", at)})
    if not (maker and taker):
        fail("--maker and --taker are needed, or --remove")
    fields |= await _rates(venue, maker, taker, tier, at)
    return await venue.act("AdminSetFeeOverride", fields, maker_rate=maker, taker_rate=taker)


async def _rates(venue: Venue, maker: str, taker: str, tiers: list[str] | None, at: str) -> dict[str, Any]:
    """The fields of a request that say rates."""
    from pyengine.units import read_rate

    fields: dict[str, Any] = {
        "maker_rate": read_rate(maker),
        "taker_rate": read_rate(taker),
        "effective_at": moment("--at", at),
    }
    for number, tier in enumerate(tiers or (), start=1):
        words = tier.split()
        if len(words) != 4:
            fail(f'--tier {tier}: not a tier like "100000 USDC -0.5 4"')
        notional = await venue.amount(" ".join(words[:2]))
        fields[f"notional_{number}"] = notional.units
        fields[f"maker_rate_{number}"], fields[f"taker_rate_{number}"] = map(read_rate, words[2:])
    return fields


def _told(fee: "FeeInfo") -> dict[str, Any]:
    """With rates in basis points; the notional of a tier stays in smallest units of whatever is traded."""
    import msgspec

    tiers = [{"notional": tier.notional, **_rates_told(tier)} for tier in fee.tiers]
    return {**msgspec.to_builtins(fee), **_rates_told(fee), "tiers": tiers}


def _rates_told(of: "FeeInfo | FeeTier") -> dict[str, str]:
    from pyengine.units import rate_text

    return {name: rate_text(getattr(of, name)) for name in ("maker_rate", "taker_rate")}


def _row(fee: dict[str, Any]) -> tuple[str, ...]:
    tiers = "; ".join(f"{tier['notional']:,}, {tier['maker_rate']}, {tier['taker_rate']}" for tier in fee["tiers"])
    ends = fee.get("change") == "remove"
    rates = ("ends", "") if ends else (fee["maker_rate"], fee["taker_rate"])
    begins = utc(fee["effective_at"]) if "effective_at" in fee else ""
    return str(fee["fee_schedule"]), fee.get("instrument", ""), *rates, tiers, begins
