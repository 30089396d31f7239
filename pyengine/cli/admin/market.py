"""`pyengine admin market`: what an operator does to an instrument. Prices, quantities and amounts are decimals."""

from typing import Annotated, Any

import typer

from pyengine.cli.admin.operation import Answer, Venue, one_of, operates
from pyengine.cli.admin.options import Account, Cause, Instrument

market_command = typer.Typer(
    help="Open, auction, halt, resume and bound instruments, set references, roll the trade date.", no_args_is_help=True
)


@operates(market_command, "halt")
async def halt(venue: Venue, instrument: Instrument, cause: Cause = "operator") -> Answer:
    """Stop an instrument's trading, for a cause. Cancels still work; others may stand beside it."""
    return await venue.act("AdminHalt", {"instrument": instrument, "cause": _known(cause)})


@operates(market_command, "resume")
async def resume(venue: Venue, instrument: Instrument, cause: Cause = "operator") -> Answer:
    """Lift a cause. Trading goes on when it was the last that stood."""
    return await venue.act("AdminResume", {"instrument": instrument, "cause": _known(cause)})


@operates(market_command, "phase")
async def phase(
    venue: Venue,
    instrument: Instrument,
    phase: Annotated[str, typer.Argument(help="pre_open, auction, continuous, closed or retired (for good).")],
) -> Answer:
    """Put an instrument into a phase. To continuous from a call is by an auction, now."""
    from gateway.schemas import PHASES

    return await venue.act("AdminSetPhase", {"instrument": instrument, "phase": one_of(phase, PHASES)})


@operates(market_command, "auction")
async def auction(
    venue: Venue,
    instrument: Instrument,
    seconds: Annotated[
        float, typer.Option(min=0, max=86_400, help="How long orders are called for; 0: until another phase is set.")
    ] = 0,
    close: Annotated[bool, typer.Option("--close", help="Close the instrument after it.")] = False,
) -> Answer:
    """Begin a call auction. Its price is indicated meanwhile; all its trades are made at one price."""
    import time

    fields = {
        "instrument": instrument,
        "phase": "auction",
        "next": "closed" if close else "continuous",
        "ends_at": time.time_ns() + _nanoseconds(seconds) if seconds else 0,
    }
    return await venue.act("AdminSetPhase", fields)


@operates(market_command, "limits")
async def limits(
    venue: Venue,
    instrument: Instrument,
    static_bps: Annotated[int, typer.Option(help="How far from the reference prices may be, in basis points.")] = 0,
    dynamic_bps: Annotated[int, typer.Option(help="How far from the last trade a trade may be.")] = 0,
    auction_bps: Annotated[int, typer.Option(help="How far from the reference an auction's price may be.")] = 0,
    call_seconds: Annotated[float, typer.Option(help="How long a call lasts that begins by itself.")] = 0,
    max_quantity: Annotated[str, typer.Option(help="Most of an order, in units of the base asset.")] = "0",
    max_notional: Annotated[str, typer.Option(help="What an order is worth, in units of the quote asset.")] = "0",
) -> Answer:
    """Bound an instrument's prices and the size of its orders. What is not given bounds nothing from now on."""
    from pyengine.units import read_amount

    info, scales = await venue.instrument(instrument)
    fields = {
        "instrument": instrument,
        "static_bps": static_bps,
        "dynamic_bps": dynamic_bps,
        "auction_bps": auction_bps,
        "call_ns": _nanoseconds(call_seconds),
        "max_quantity": scales.lots(max_quantity),
        "max_notional": read_amount(max_notional, scales.quote_decimals, info.quote),
    }
    return await venue.act("AdminSetTradingLimits", fields, max_quantity=max_quantity, max_notional=max_notional)


@operates(market_command, "reference")
async def reference(
    venue: Venue,
    instrument: Instrument,
    price: Annotated[str, typer.Option(help="As 189.50; 0: not known any more.")],
    source: Annotated[int, typer.Option(min=0, help="Who says so, by your own numbers.")] = 0,
) -> Answer:
    """Say what an instrument is worth elsewhere, now."""
    import time

    ticks = (await venue.instrument(instrument)).scales.ticks(price)
    fields = {"instrument": instrument, "price": ticks, "source": source, "observed_at": time.time_ns()}
    return await venue.act("AdminSetReference", fields, price=price)


@operates(market_command, "volatility")
async def volatility(
    venue: Venue,
    instrument: Instrument,
    bps: Annotated[int, typer.Option(help="How far from the mean of the last trades prices may be; 0: any.")] = 0,
    distance: Annotated[str, typer.Option(help="The same as a price, if that is less; 0: it is not asked.")] = "0",
    multiplier: Annotated[int, typer.Option(help="Hundredths by which both are multiplied.")] = 100,
    limit_seconds: Annotated[float, typer.Option(help="How long a limit state lasts before trading pauses.")] = 15,
    pause_seconds: Annotated[float, typer.Option(help="How long the call lasts after it.")] = 300,
) -> Answer:
    """Bound an instrument's prices by its own trades, as the US plan does. A schedule gives another multiplier."""
    fields: dict[str, Any] = {"instrument": instrument}
    if bps:
        fields |= {
            "bps": bps,
            "ticks": (await venue.instrument(instrument)).scales.ticks(distance),
            "multiplier": multiplier,
            "limit_state_ns": _nanoseconds(limit_seconds),
            "pause_ns": _nanoseconds(pause_seconds),
        }
    return await venue.act("AdminSetVolatilityBands", fields)


@operates(market_command, "policy")
async def policy(
    venue: Venue,
    instrument: Instrument,
    stale: Annotated[str, typer.Option(help="What an old reference price leads to: keep, widen or halt.")] = "keep",
    max_age_seconds: Annotated[float, typer.Option(help="When it is old.")] = 0,
    widen: Annotated[int, typer.Option(help="Hundredths by which the static band is multiplied then.")] = 0,
    primary: Annotated[
        str, typer.Option(help="What a closed primary market leads to: none, fixed_band, reanchor or halt.")
    ] = "none",
    closed_bps: Annotated[int, typer.Option(help="How far from its close prices may be then.")] = 0,
    step_bps: Annotated[int, typer.Option(help="How far that anchor moves at once.")] = 0,
    step_seconds: Annotated[float, typer.Option(help="How often it does.")] = 0,
) -> Answer:
    """Say what an old reference price and a closed primary market lead to. What is not given is none from now on."""
    from gateway.schemas import PRIMARY_POLICIES, STALE_POLICIES

    fields = {
        "instrument": instrument,
        "stale": one_of(stale, STALE_POLICIES, "--stale"),
        "primary": one_of(primary, PRIMARY_POLICIES, "--primary"),
        "widen": widen,
        "max_age_ns": _nanoseconds(max_age_seconds),
        "closed_bps": closed_bps,
        "step_bps": step_bps,
        "step_ns": _nanoseconds(step_seconds),
    }
    return await venue.act("AdminSetReferencePolicy", fields)


@operates(market_command, "primary")
async def primary(
    venue: Venue,
    instrument: Instrument,
    status: Annotated[str, typer.Argument(help="open, closed or halted.")],
    close: Annotated[str, typer.Option(help="Its last price, as 189.50, when it closes.")] = "0",
) -> Answer:
    """Say whether the market on which an instrument is priced trades."""
    from gateway.schemas import PRIMARY_STATUSES

    fields = {
        "instrument": instrument,
        "status": one_of(status, PRIMARY_STATUSES),
        "close": (await venue.instrument(instrument)).scales.ticks(close),
    }
    return await venue.act("AdminSetPrimaryStatus", fields, close=close)


@operates(market_command, "obligation")
async def obligation(
    venue: Venue,
    instrument: Instrument,
    account: Account,
    max_spread: Annotated[str, typer.Option(help="As a price: between its buys and its sells.")] = "0",
    min_quantity: Annotated[str, typer.Option(help="Of each side, in units of the base asset.")] = "0",
    required_bps: Annotated[int, typer.Option(help="Of the time in which the instrument trades.")] = 0,
    maker: Annotated[
        str, typer.Option(help="What it pays as a maker once it is earned, in basis points; below 0: a rebate.")
    ] = "0",
) -> Answer:
    """Say what a market maker owes on an instrument and gets for it. Without options it owes nothing any more."""
    from pyengine.units import read_rate

    scales = (await venue.instrument(instrument)).scales
    fields = {
        "account": account,
        "instrument": instrument,
        "max_spread": scales.ticks(max_spread),
        "min_quantity": scales.lots(min_quantity),
        "required_bps": required_bps,
        "maker_rate": read_rate(maker),
    }
    return await venue.act(
        "AdminSetObligation", fields, max_spread=max_spread, min_quantity=min_quantity, maker_rate=maker
    )


@operates(market_command, "roll")
async def roll(
    venue: Venue,
    trade_date: Annotated[int, typer.Argument(help="The date that begins, as eight digits: 20261201.")],
) -> Answer:
    """Begin a trade date. Trading goes on; the day orders of earlier dates end, obligations are scored."""
    return await venue.act("AdminRollTradeDate", {"trade_date": trade_date})


def _known(cause: str) -> str:
    from gateway.schemas import HALT_CAUSES

    return one_of(cause, HALT_CAUSES, "--cause")


def _nanoseconds(seconds: float) -> int:
    return int(seconds * 1e9)
