"""`pyengine admin market`: what an operator does to an instrument."""

from typing import Annotated

import typer

from pyengine.cli.admin import Key, Url, VenueConfig, administer
from pyengine.cli.options import Json
from pyengine.output import fail

market_command = typer.Typer(
    help="Open, auction, halt, resume and bound instruments, set references, roll the trade date.", no_args_is_help=True
)

Symbol = Annotated[str, typer.Argument(help="Symbol of the instrument.")]
Cause = Annotated[str, typer.Option(help="Why, in the protocol's words; an unknown one is answered with all of them.")]


@market_command.command()
def halt(
    instrument: Symbol,
    config: VenueConfig,
    cause: Cause = "operator",
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Stop an instrument's trading, for a cause. Cancels still work; others may stand beside it."""
    administer("AdminHalt", {"instrument": instrument, "cause": _known(cause)}, config, key, url, json)


@market_command.command()
def resume(
    instrument: Symbol,
    config: VenueConfig,
    cause: Cause = "operator",
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Lift a cause. Trading goes on when it was the last that stood."""
    administer("AdminResume", {"instrument": instrument, "cause": _known(cause)}, config, key, url, json)


@market_command.command()
def phase(
    instrument: Symbol,
    phase: Annotated[str, typer.Argument(help="pre_open, auction, continuous, closed or retired (for good).")],
    config: VenueConfig,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Put an instrument into a phase. To continuous from a call is by an auction, now."""
    from gateway.schemas import PHASES

    if phase not in PHASES:
        fail(f"{phase}: not one of {', '.join(PHASES)}")
    administer("AdminSetPhase", {"instrument": instrument, "phase": phase}, config, key, url, json)


@market_command.command()
def auction(
    instrument: Symbol,
    config: VenueConfig,
    seconds: Annotated[
        float, typer.Option(min=0, max=86_400, help="How long orders are called for; 0: until another phase is set.")
    ] = 0,
    close: Annotated[bool, typer.Option("--close", help="Close the instrument after it.")] = False,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Begin a call auction. Its price is indicated meanwhile; all its trades are made at one price."""
    import time

    fields: dict[str, object] = {
        "instrument": instrument,
        "phase": "auction",
        "next": "closed" if close else "continuous",
    }
    fields["ends_at"] = time.time_ns() + int(seconds * 1e9) if seconds else 0
    administer("AdminSetPhase", fields, config, key, url, json)


@market_command.command()
def limits(
    instrument: Symbol,
    config: VenueConfig,
    static_bps: Annotated[int, typer.Option(help="How far from the reference prices may be, in basis points.")] = 0,
    dynamic_bps: Annotated[int, typer.Option(help="How far from the last trade a trade may be.")] = 0,
    auction_bps: Annotated[int, typer.Option(help="How far from the reference an auction's price may be.")] = 0,
    call_seconds: Annotated[float, typer.Option(help="How long a call lasts that begins by itself.")] = 0,
    max_quantity: Annotated[int, typer.Option(help="Lots of an order.")] = 0,
    max_notional: Annotated[int, typer.Option(help="What an order is worth, in units of the quote asset.")] = 0,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Bound an instrument's prices and the size of its orders. What is not given bounds nothing from now on."""
    fields = {
        "instrument": instrument,
        "static_bps": static_bps,
        "dynamic_bps": dynamic_bps,
        "auction_bps": auction_bps,
        "call_ns": int(call_seconds * 1e9),
        "max_quantity": max_quantity,
        "max_notional": max_notional,
    }
    administer("AdminSetTradingLimits", fields, config, key, url, json)


@market_command.command()
def reference(
    instrument: Symbol,
    price: Annotated[int, typer.Argument(help="In ticks; 0: not known any more.")],
    config: VenueConfig,
    source: Annotated[int, typer.Option(min=0, help="Who says so, by your own numbers.")] = 0,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Say what an instrument is worth elsewhere, now."""
    import time

    fields = {"instrument": instrument, "price": price, "source": source, "observed_at": time.time_ns()}
    administer("AdminSetReference", fields, config, key, url, json)


@market_command.command()
def volatility(
    instrument: Symbol,
    config: VenueConfig,
    bps: Annotated[int, typer.Option(help="How far from the mean of the last trades prices may be; 0: any.")] = 0,
    ticks: Annotated[int, typer.Option(help="The same in ticks, if that is less; 0: it is not asked.")] = 0,
    multiplier: Annotated[int, typer.Option(help="Hundredths by which both are multiplied.")] = 100,
    limit_seconds: Annotated[float, typer.Option(help="How long a limit state lasts before trading pauses.")] = 15,
    pause_seconds: Annotated[float, typer.Option(help="How long the call lasts after it.")] = 300,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Bound an instrument's prices by its own trades, as the US plan does. A schedule gives another multiplier."""
    fields: dict[str, object] = {"instrument": instrument}
    if bps:
        fields |= {
            "bps": bps,
            "ticks": ticks,
            "multiplier": multiplier,
            "limit_state_ns": int(limit_seconds * 1e9),
            "pause_ns": int(pause_seconds * 1e9),
        }
    administer("AdminSetVolatilityBands", fields, config, key, url, json)


@market_command.command()
def policy(
    instrument: Symbol,
    config: VenueConfig,
    stale: Annotated[str, typer.Option(help="What an old reference price leads to: keep, widen or halt.")] = "keep",
    max_age_seconds: Annotated[float, typer.Option(help="When it is old.")] = 0,
    widen: Annotated[int, typer.Option(help="Hundredths by which the static band is multiplied then.")] = 0,
    primary: Annotated[
        str, typer.Option(help="What a closed primary market leads to: none, fixed_band, reanchor or halt.")
    ] = "none",
    closed_bps: Annotated[int, typer.Option(help="How far from its close prices may be then.")] = 0,
    step_bps: Annotated[int, typer.Option(help="How far that anchor moves at once.")] = 0,
    step_seconds: Annotated[float, typer.Option(help="How often it does.")] = 0,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Say what an old reference price and a closed primary market lead to. What is not given is none from now on."""
    from gateway.schemas import PRIMARY_POLICIES, STALE_POLICIES

    if stale not in STALE_POLICIES:
        fail(f"--stale {stale}: not one of {', '.join(STALE_POLICIES)}")
    if primary not in PRIMARY_POLICIES:
        fail(f"--primary {primary}: not one of {', '.join(PRIMARY_POLICIES)}")
    fields = {
        "instrument": instrument,
        "stale": stale,
        "primary": primary,
        "widen": widen,
        "max_age_ns": int(max_age_seconds * 1e9),
        "closed_bps": closed_bps,
        "step_bps": step_bps,
        "step_ns": int(step_seconds * 1e9),
    }
    administer("AdminSetReferencePolicy", fields, config, key, url, json)


@market_command.command()
def primary(
    instrument: Symbol,
    status: Annotated[str, typer.Argument(help="open, closed or halted.")],
    config: VenueConfig,
    close: Annotated[int, typer.Option(min=0, help="Its last price in ticks, when it closes.")] = 0,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Say whether the market on which an instrument is priced trades."""
    from gateway.schemas import PRIMARY_STATUSES

    if status not in PRIMARY_STATUSES:
        fail(f"{status}: not one of {', '.join(PRIMARY_STATUSES)}")
    fields = {"instrument": instrument, "status": status, "close": close}
    administer("AdminSetPrimaryStatus", fields, config, key, url, json)


@market_command.command()
def obligation(
    instrument: Symbol,
    account: Annotated[int, typer.Argument(min=0, help="The market maker.")],
    config: VenueConfig,
    max_spread: Annotated[int, typer.Option(help="Ticks between its buys and its sells.")] = 0,
    min_quantity: Annotated[int, typer.Option(help="Lots of each side.")] = 0,
    required_bps: Annotated[int, typer.Option(help="Of the time in which the instrument trades.")] = 0,
    maker_rate: Annotated[int, typer.Option(help="What it pays as a maker once it is earned; below 0: a rebate.")] = 0,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Say what a market maker owes on an instrument and gets for it. Without options it owes nothing any more."""
    fields = {
        "account": account,
        "instrument": instrument,
        "max_spread": max_spread,
        "min_quantity": min_quantity,
        "required_bps": required_bps,
        "maker_rate": maker_rate,
    }
    administer("AdminSetObligation", fields, config, key, url, json)


@market_command.command()
def roll(
    trade_date: Annotated[int, typer.Argument(help="The date that begins, as eight digits: 20261201.")],
    config: VenueConfig,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Begin a trade date. Trading goes on; the day orders of earlier dates end, obligations are scored."""
    administer("AdminRollTradeDate", {"trade_date": trade_date}, config, key, url, json)


def _known(cause: str) -> str:
    from gateway.schemas import HALT_CAUSES

    if cause not in HALT_CAUSES:
        fail(f"--cause {cause}: not one of {', '.join(HALT_CAUSES)}")
    return cause
