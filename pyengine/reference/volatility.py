"""Volatility bands and limit states (`engine_core/docs/market-rules.md`, sections 34 and 35): how the reference follows
the trades, what is said of it, and when trading pauses.

What is bounded by the bands is decided where orders enter and match.
"""

from __future__ import annotations

from pyengine.events import LimitStateChanged, VolatilityBandMoved, VolatilityBandsSet
from pyengine.records import (
    COLLAR_SCALE,
    VENUE_ACCOUNT,
    VOLATILITY_CHANGE_BPS,
    VOLATILITY_INTERVAL,
    LimitState,
    Phase,
    RejectCode,
    SetVolatilityBands,
    Side,
)
from pyengine.reference.bands import volatility_band
from pyengine.reference.machine import Machine
from pyengine.reference.phases import change_phase, later
from pyengine.reference.price_protection import Volatility, VolatilityBands, are_volatility_bands
from pyengine.reference.state import Call, Instrument, find


def set_volatility_bands(machine: Machine, _account_id: int, body: SetVolatilityBands) -> RejectCode | None:
    """SET_VOLATILITY_BANDS."""
    instrument = find(machine.state.instruments, body.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    bands = VolatilityBands(*body[1:])
    if not are_volatility_bands(bands, instrument.max_price):
        return RejectCode.INVALID_PARAMETER

    had_bands = instrument.volatility.bands.bps != 0
    machine.emit(VolatilityBandsSet, VENUE_ACCOUNT, **body._asdict())
    if not bands.bps:
        limit_state = instrument.volatility.limit_state
        # The work says that it has ended.
        instrument.volatility = Volatility(limit_state=limit_state)
        return None
    instrument.volatility.bands = bands
    if had_bands:
        report_band(machine, instrument)
    else:
        begin_anew(machine, instrument, 0)
    return None


def begin_anew(machine: Machine, instrument: Instrument, auction_price: int) -> None:
    """If the instrument has bands, no trade so far counts any more; the price of an auction is the first that does."""
    volatility = instrument.volatility
    if not volatility.bands.bps:
        return
    volatility.buckets = {}
    if auction_price:
        volatility.remember(auction_price, machine.state.timestamp_ns)
    move_reference(machine, instrument, auction_price or instrument.auction_reference)


def move_reference(machine: Machine, instrument: Instrument, reference: int) -> None:
    """The bands are around this from now on."""
    volatility = instrument.volatility
    volatility.reference, volatility.moved_at = reference, machine.state.timestamp_ns
    volatility.look_at = next_look(machine, volatility)
    report_band(machine, instrument)


def next_look(machine: Machine, volatility: Volatility) -> int:
    """When the reference is looked at again, if it is now: while there are trades, it may move without one more."""
    return later(machine, VOLATILITY_INTERVAL) if volatility.window(machine.state.timestamp_ns) else 0


def report_band(machine: Machine, instrument: Instrument) -> None:
    """The bounds as they are now, if there are any."""
    reference = instrument.volatility.reference
    if reference:
        bounds = volatility_band(instrument)._asdict()
        machine.emit(VolatilityBandMoved, VENUE_ACCOUNT, instrument=instrument.id, reference=reference, **bounds)


def remember_fill(machine: Machine, instrument: Instrument, price: int) -> None:
    """A fill outside of auctions moves the mean, if the instrument has bands."""
    volatility = instrument.volatility
    if not volatility.bands.bps:
        return
    volatility.remember(price, machine.state.timestamp_ns)
    volatility.look_at = volatility.look_at or later(machine, VOLATILITY_INTERVAL)


def watch(machine: Machine, instrument: Instrument) -> None:
    """The end of the work on an instrument: its reference follows, and its limit state is as its book is."""
    if instrument.volatility.bands.bps and instrument.lets_stops_in:
        look(machine, instrument)
    follow_limit_state(machine, instrument)


def look(machine: Machine, instrument: Instrument) -> None:
    """The reference becomes known, or the mean when that is far enough from it and enough time has passed."""
    volatility, now = instrument.volatility, machine.state.timestamp_ns
    mean = volatility.mean(now)
    if not volatility.reference:
        reference = mean or instrument.auction_reference
        if reference:
            move_reference(machine, instrument, reference)
    elif mean and now - volatility.moved_at >= VOLATILITY_INTERVAL and is_far(mean, volatility.reference):
        move_reference(machine, instrument, mean)


def is_far(mean: int, reference: int) -> bool:
    """Whether the bands follow so much of a change."""
    return abs(mean - reference) * COLLAR_SCALE >= reference * VOLATILITY_CHANGE_BPS


def follow_limit_state(machine: Machine, instrument: Instrument) -> None:
    """Says the limit state, if it is another than before; one that lasts goes on as it began."""
    volatility = instrument.volatility
    previous, state = volatility.limit_state, limit_state(instrument)
    if state == previous:
        return
    volatility.limit_state = state
    volatility.state_ends_at = 0
    if state != LimitState.NONE:
        volatility.state_ends_at = later(machine, volatility.bands.limit_state_ns)
    said = {"limit_state": state, "previous_state": previous, "ends_at": volatility.state_ends_at}
    machine.emit(LimitStateChanged, VENUE_ACCOUNT, instrument=instrument.id, **said)


def limit_state(instrument: Instrument) -> LimitState:
    """Whether what wants to trade stands at an edge of the bands or beyond it, and does not find anybody."""
    if not instrument.volatility.reference or not instrument.lets_stops_in:
        return LimitState.NONE
    lower, upper = volatility_band(instrument)
    bid, ask = (instrument.book.best_price(side) for side in (Side.BUY, Side.SELL))
    hidden_bid, hidden_ask = (instrument.best_hidden(side) for side in (Side.BUY, Side.SELL))
    if (bid is not None and bid >= upper) or (hidden_bid is not None and hidden_bid > upper):
        return LimitState.UP
    if (ask is not None and ask <= lower) or (hidden_ask is not None and hidden_ask < lower):
        return LimitState.DOWN
    return LimitState.NONE


def end_limit_state(machine: Machine, instrument: Instrument) -> None:
    """It has lasted too long: an auction finds the price."""
    call = Call(ends_at=later(machine, instrument.volatility.bands.pause_ns))
    change_phase(machine, instrument, Phase.PAUSE, call)


def have_looked(machine: Machine, instrument: Instrument) -> None:
    """A look that was due is the work's; here it is known when the next is."""
    instrument.volatility.look_at = next_look(machine, instrument.volatility)
