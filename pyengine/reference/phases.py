"""In which phase an instrument is (`engine_core/docs/market-rules.md`, sections 16 and 19): how one begins by itself;
what halts it (section 14).

It knows no order. SET_PHASE and the end of a call are `auction`'s.
"""

from __future__ import annotations

from pyengine.events import Halted, PhaseChanged, Resumed
from pyengine.records import INDICATION_INTERVAL, VENUE_ACCOUNT, HaltCause, Phase
from pyengine.reference.machine import Machine
from pyengine.reference.price_protection import END_OF_TIME
from pyengine.reference.state import AUCTION_CALLS, NO_CALL, Call, Instrument


def later(machine: Machine, nanoseconds: int) -> int:
    """The time so long after the command."""
    return min(machine.state.timestamp_ns + nanoseconds, END_OF_TIME)


def next_indication(machine: Machine) -> int:
    """When the price is said again, if it is said now."""
    return later(machine, INDICATION_INTERVAL)


def change_phase(machine: Machine, instrument: Instrument, phase: Phase, call: Call = NO_CALL) -> None:
    """The instrument is in this phase from now on; a call has no extension yet."""
    previous = instrument.phase
    instrument.phase, instrument.call = phase, call
    if phase in AUCTION_CALLS:
        instrument.call = instrument.call._replace(indicate_at=next_indication(machine))
    report_phase(machine, instrument, previous)


def report_phase(machine: Machine, instrument: Instrument, previous: Phase) -> None:
    """The phase as it is now, and when it ends."""
    now = {"phase": instrument.phase, "ends_at": instrument.call.ends_at}
    machine.emit(PhaseChanged, VENUE_ACCOUNT, instrument=instrument.id, previous_phase=previous, **now)


def begin_call(machine: Machine, instrument: Instrument, phase: Phase) -> None:
    """A call that nobody asked for: it ends by itself, and trading goes on behind it."""
    change_phase(machine, instrument, phase, Call(ends_at=later(machine, instrument.limits.call_ns)))


def pause(machine: Machine, instrument: Instrument) -> None:
    """A price is outside a band: orders are collected before anything trades there."""
    begin_call(machine, instrument, Phase.PAUSE)


def reopen(machine: Machine, instrument: Instrument) -> None:
    """What follows when the last cause of a halt is lifted: a call, for as long as calls last here."""
    call_ns = instrument.limits.call_ns
    if call_ns == 0:
        return
    ends_at = later(machine, call_ns)
    if instrument.phase == Phase.CONTINUOUS:
        begin_call(machine, instrument, Phase.AUCTION)
    elif instrument.phase in AUCTION_CALLS and 0 < instrument.call.ends_at < ends_at:
        instrument.call = instrument.call._replace(ends_at=ends_at)
        report_phase(machine, instrument, instrument.phase)


def set_cause(machine: Machine, instrument: Instrument, cause: HaltCause, stands: bool) -> None:
    """A cause of a halt stands, or does not any more; when that was the last, trading begins again."""
    was_halted = instrument.halted
    if stands:
        instrument.halts.add(cause)
    else:
        instrument.halts.discard(cause)
    kind = Halted if stands else Resumed
    machine.emit(kind, VENUE_ACCOUNT, cause=cause, instrument=instrument.id, causes=instrument.causes)
    if was_halted and not instrument.halted:
        reopen(machine, instrument)
