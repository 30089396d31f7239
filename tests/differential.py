"""Drives two engines with one flow and stops at the first command after which they differ.

Every event is compared byte by byte, so is when the next pulse is due, and at checkpoints the whole state image. A
difference is narrowed down to its command, the history in front of it is shortened as far as a bounded effort allows,
and the report says what each did.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pyengine.events import EVENT_DTYPES, EVENT_LEN, Event
from pyengine.packing import split, unpack
from pyengine.records import (
    ActionFailure,
    CancelReason,
    CancelTimer,
    CommandKind,
    EventKind,
    FreezeScope,
    OrderStatus,
    PegReference,
    Phase,
    Priority,
    ProtectionLimit,
    RejectCode,
)
from tests.engines import AnyEngine
from tests.flow import Flow

BATCH = 100
"""Commands between two looks at the events: the flow learns from them in these steps."""
IMAGE_EVERY_BATCHES = 20
SHRINK_BUDGET = 400_000
"""Commands that shortening a history may replay: about a minute."""

NewEngine = Callable[[], AnyEngine]
Outcome = tuple[int, ...]
"""Kind of an event, and which one of its kind (`PARTS`), else 0; of a PHASE_CHANGED the phases before and after."""
REASONS: Final[dict[int, type[IntEnum]]] = {
    EventKind.REJECTED: RejectCode,
    EventKind.CANCELLED: CancelReason,
    EventKind.AMENDED: Priority,
    EventKind.DUPLICATE: OrderStatus,
    EventKind.QUOTE_REJECTED: RejectCode,
    EventKind.EXITS_REFUSED: RejectCode,
}
"""The kinds whose events have a reason, and what it is."""
PARTS: Final[dict[int, tuple[str, type[IntEnum]]]] = {
    **{kind: ("reason", reasons) for kind, reasons in REASONS.items()},
    EventKind.ACCEPTED: ("peg", PegReference),
    EventKind.PROTECTION_TRIGGERED: ("limit", ProtectionLimit),
    EventKind.CANCEL_AFTER_SET: ("timer", CancelTimer),
    EventKind.MONEY_REPEATED: ("command", CommandKind),
    EventKind.FROZEN: ("scope", FreezeScope),
    EventKind.UNFROZEN: ("scope", FreezeScope),
    EventKind.ACTION_FAILED: ("failure", ActionFailure),
}
"""The kinds that are several outcomes, the field that says which, and what it is."""
_CALLS: Final = (Phase.PRE_OPEN, Phase.AUCTION, Phase.PAUSE)
TRANSITIONS: Final = (
    *(
        (before, after)
        for after in (Phase.PRE_OPEN, Phase.AUCTION)
        for before in (Phase.CONTINUOUS, Phase.CLOSED, *_CALLS)
    ),
    *((before, Phase.CLOSED) for before in (Phase.CONTINUOUS, *_CALLS, Phase.UNCROSSING)),
    (Phase.CLOSED, Phase.RETIRED),
    (Phase.UNCROSSING, Phase.CONTINUOUS),
    (Phase.CONTINUOUS, Phase.PAUSE),
    (Phase.PAUSE, Phase.PAUSE),
)
"""The phase before and the new one of every PHASE_CHANGED that there is; an uncrossing begins with UNCROSSED."""


@dataclass
class Difference(Exception):
    """Two engines disagree about the last of `commands`; the ones before lead up to it."""

    seed: int
    commands: list[bytes]
    report: str

    def __str__(self) -> str:
        return f"seed {self.seed}: {self.report}"


def compare(
    seed: int, commands: int, new_left: NewEngine, new_right: NewEngine, *, narrow: bool = True
) -> Counter[Outcome]:
    """Runs about so many commands through both; returns how often each outcome was seen, or raises `Difference`.

    Without `narrow` a difference is told as it is found, with its whole history.
    """
    flow, left, right = Flow(seed), new_left(), new_right()
    history: list[bytes] = []
    outcomes: Counter[Outcome] = Counter()
    for number, batch in enumerate(_batches(flow, commands)):
        history.append(batch)
        events = left.apply_batch(batch)
        same = events.tobytes() == right.apply_batch(batch).tobytes() and left.next_due == right.next_due
        if same and number % IMAGE_EVERY_BATCHES == 0:
            same = left.state_image() == right.state_image()
        if not same:
            raise _difference(seed, history, new_left, new_right, narrow)
        flow.observe(events)
        outcomes.update(_outcomes(events))
    if left.state_image() != right.state_image() or left.state_hash() != right.state_hash():
        raise _difference(seed, history, new_left, new_right, narrow)
    return outcomes


def _batches(flow: Flow, commands: int) -> Iterator[bytes]:
    yield flow.opening()
    for _ in range(0, commands, BATCH):
        yield flow.batch(BATCH)


def _outcomes(events: NDArray[np.void]) -> Counter[Outcome]:
    outcomes: Counter[Outcome] = Counter()
    for kind in np.unique(events["kind"]).tolist():
        rows = events[events["kind"] == kind].view(EVENT_DTYPES[kind])
        if kind == EventKind.PHASE_CHANGED:
            before, after = rows["previous_phase"].tolist(), rows["phase"].tolist()
            outcomes.update((kind, *phases) for phases in zip(before, after, strict=True))
            continue
        parts = rows[PARTS[kind][0]].tolist() if kind in PARTS else [0] * len(rows)
        outcomes.update((kind, part) for part in parts)
    return outcomes


def _difference(seed: int, history: list[bytes], new_left: NewEngine, new_right: NewEngine, narrow: bool) -> Difference:
    commands = list(split(b"".join(history)))
    if not narrow:
        return Difference(seed, commands, f"the engines differ within {len(commands)} commands")
    end = _first_difference(commands, new_left, new_right)
    if end is None:
        return Difference(seed, commands, "the engines differ in batches, and agree command by command")
    commands = _shorten(commands[:end], new_left, new_right)
    return Difference(seed, commands, _report(commands, new_left, new_right))


def _first_difference(commands: Iterable[bytes], new_left: NewEngine, new_right: NewEngine) -> int | None:
    """How many commands it takes until the events differ; if they never do, until the state does."""
    commands = list(commands)
    left, right = new_left(), new_right()
    for number, command in enumerate(commands, start=1):
        same = left.apply_batch(command).tobytes() == right.apply_batch(command).tobytes()
        if not same or left.next_due != right.next_due:
            return number
    if left.state_image() == right.state_image():
        return None
    low, high = 0, len(commands)
    while low + 1 < high:
        middle = (low + high) // 2
        prefix = b"".join(commands[:middle])
        left, right = new_left(), new_right()
        left.apply_batch(prefix)
        right.apply_batch(prefix)
        same = left.state_image() == right.state_image()
        low, high = (middle, high) if same else (low, middle)
    return high


def _shorten(commands: list[bytes], new_left: NewEngine, new_right: NewEngine) -> list[bytes]:
    """Leaves out whatever is not needed for a difference, in ever smaller pieces."""
    budget = SHRINK_BUDGET
    size = len(commands) // 2
    while size >= 1:
        start = 0
        while start < len(commands) and budget > 0:
            fewer = commands[:start] + commands[start + size :]
            budget -= len(fewer)
            end = _first_difference(fewer, new_left, new_right)
            if end is None:
                start += size
            else:
                commands = fewer[:end]
        size //= 2
    return commands


def _report(commands: list[bytes], new_left: NewEngine, new_right: NewEngine) -> str:
    left, right = new_left(), new_right()
    lines = [f"the engines differ after {len(commands)} commands"]
    for command in commands:
        lines.append(describe_command(command))
        left_events, right_events = (engine.apply_batch(command).tobytes() for engine in (left, right))
        if left_events == right_events:
            lines.extend(f"        {line}" for line in describe_events(left_events))
        else:
            lines.extend(f"  left  {line}" for line in describe_events(left_events))
            lines.extend(f"  right {line}" for line in describe_events(right_events))
    if left.next_due != right.next_due:
        lines.append(f"  the next pulse is due at {left.next_due} and at {right.next_due}")
    if left.state_image() != right.state_image():
        lines.append(f"  the state images differ: {_first_other_byte(left.state_image(), right.state_image())}")
    return "\n".join(lines)


def _first_other_byte(left: bytes, right: bytes) -> str:
    shared = min(len(left), len(right))
    offset = next((offset for offset in range(shared) if left[offset] != right[offset]), shared)
    return f"{len(left)} and {len(right)} bytes, from offset {offset}"


def describe_command(record: bytes) -> str:
    """A command record in words."""
    header, body = unpack(record)
    if body is None:
        return f"kind {header.kind} account={header.account}"
    fields = " ".join(f"{name}={value}" for name, value in body._asdict().items() if value)
    return f"{CommandKind(header.kind).name} account={header.account} {fields}"


def describe_events(records: bytes) -> list[str]:
    """Event records in words, one line each, without what is as in any event."""
    return [_describe_event(records[start : start + EVENT_LEN]) for start in range(0, len(records), EVENT_LEN)]


def _describe_event(record: bytes) -> str:
    event = Event.from_bytes(record)
    plain = type(event)()
    said = {name: getattr(event, name) for name in event.__struct_fields__}
    name = EventKind(event.kind).name
    if event.kind in REASONS:
        name += f"/{REASONS[event.kind](said.pop('reason')).name}"
    return " ".join([name, *(f"{field}={value}" for field, value in said.items() if value != getattr(plain, field))])
