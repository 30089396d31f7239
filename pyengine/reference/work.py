"""What is done at the end of every command (`engine_core/docs/market-rules.md`, section 10, *When*): uncrossings go on,
exits of brackets are placed, pegs take what they have come to reach, stops that were reached are let in, retired
instruments are emptied, so many items of it and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from pyengine.events import (
    Accepted,
    Amended,
    Cancelled,
    Event,
    Fill,
    Halted,
    PhaseChanged,
    PrimaryStatusSet,
    ReferencePolicySet,
    ReferenceSet,
    Resumed,
    Uncrossed,
    VolatilityBandsSet,
)
from pyengine.records import CancelReason, Phase
from pyengine.reference import crossing, stops
from pyengine.reference.auction import end_uncrossing, next_step
from pyengine.reference.brackets import place_exits
from pyengine.reference.machine import Machine
from pyengine.reference.order_end import cancel_resting
from pyengine.reference.state import Instrument, State
from pyengine.reference.volatility import watch

BEGINNING: Final[tuple[type[Event], ...]] = (Uncrossed, PhaseChanged)
"""Events that begin what has work of its own."""
TOUCHING: Final[tuple[type[Event], ...]] = (
    *BEGINNING,
    *(Accepted, Fill, Cancelled, Amended, ReferenceSet, Resumed),
    *(Halted, VolatilityBandsSet, ReferencePolicySet, PrimaryStatusSet),
)
"""Events behind which stops may have to be let in on their instrument, or its limit state is another."""

LEFT_TO_PULSES: Final = (Phase.UNCROSSING, Phase.RETIRED)
"""Phases whose work only pulses go on with."""


def touched(state: State, events: Iterable[Event]) -> set[int]:
    """The instruments that have to be looked at. What an uncrossing or a retirement has left over is for pulses."""
    events = list(events)
    begun = {event.instrument for event in events if isinstance(event, BEGINNING)}
    looked_at = {event.instrument for event in events if isinstance(event, TOUCHING)}
    return begun | {number for number in looked_at if state.instruments[number].phase not in LEFT_TO_PULSES}


def uncrossing(state: State) -> set[int]:
    """The instruments whose auction is not done."""
    return {instrument.id for instrument in state.instruments if instrument.phase == Phase.UNCROSSING}


def to_be_emptied(state: State) -> set[int]:
    """The instruments that will never trade again, and still have orders."""
    retired = [instrument for instrument in state.instruments if instrument.phase == Phase.RETIRED]
    return {instrument.id for instrument in retired if any(True for _ in instrument.listed_orders())}


def with_exits(state: State) -> set[int]:
    """The instruments on which exits wait to be placed."""
    return {instrument.id for instrument in state.instruments if instrument.exits}


def left_over(state: State) -> set[int]:
    """The instruments with work that was too much for the commands so far; that of some waits for trading, too."""
    reached = stops.marked(state.instruments) | crossing.crossed(state.instruments)
    return uncrossing(state) | to_be_emptied(state) | with_exits(state) | reached


def wants_pulse(state: State) -> bool:
    """Whether there is work that a pulse can do at once."""
    trading = [instrument for instrument in state.instruments if instrument.lets_stops_in]
    reached = stops.marked(trading) or crossing.crossed(trading)
    return bool(uncrossing(state) or to_be_emptied(state) or with_exits(state) or reached)


def work(machine: Machine, instruments: Iterable[int], most: int) -> int:
    """Does what there is to do on these instruments and on those that this touches, at most so many items; returns how
    many it did. Bands and limit states follow."""
    done, left = 0, set(instruments)
    while left:
        number = min(left)
        instrument, before = machine.state.instruments[number], len(machine.events)
        while (item := _next_item(machine, instrument, done < most)) is not None and done < most:
            item()
            done += 1
        watch(machine, instrument)
        left |= touched(machine.state, machine.events[before:])
        left.remove(number)
    return done


def _next_item(machine: Machine, instrument: Instrument, has_items: bool) -> Callable[[], None] | None:
    """What has to be done next: what the phase asks for, exits, pegs that cross, stops. An uncrossing that has nothing
    left to do ends here; if items are used up, stops are looked at all the same."""
    if instrument.phase == Phase.UNCROSSING:
        step = next_step(machine, instrument)
        if step is not None:
            return step
        end_uncrossing(machine, instrument)
    if instrument.phase == Phase.RETIRED:
        order = next(instrument.listed_orders(), None)
        if order is not None:
            return partial(cancel_resting, machine, order, CancelReason.RETIRED)
    if instrument.exits and has_items:
        return partial(place_exits, machine, instrument)
    peg = crossing.next_taker(instrument)
    if peg is not None and has_items:
        return partial(crossing.take, machine, peg)
    stop = stops.next_stop(instrument) if instrument.lets_stops_in else None
    return None if stop is None else partial(stops.enter, machine, stop)
