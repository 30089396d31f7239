"""The Python API over the same flow: the batch call on arrays, and a method call for each command.

The batch call takes chunks of `BATCH` commands, as a program would that reads them from somewhere, and its events are
taken as an array. Per call, the order id of a cancel is known beforehand, so nothing but the call itself is measured.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np

from bench import harness
from bench.flow import Flow
from bench.harness import Result
from pyengine import Engine, Event
from pyengine.records import CommandKind, EventKind

BATCH_FLOOR: Final = 3_000_000
PER_CALL_FLOOR: Final = 500_000
BATCH: Final = 50_000
PER_CALL_COMMANDS: Final = 500_000


def run(arguments: argparse.Namespace) -> Result:
    """Measures."""
    flow = harness.flow_for(arguments)
    count = harness.repetitions(arguments)
    batch = [_batch_rate(flow) for _ in range(count)]
    per_call = [_per_call_rate(flow) for _ in range(count)]
    return Result(
        "python_api",
        harness.median(batch),
        BATCH_FLOOR,
        f"apply_batch, {BATCH:,} commands a call",
        harness.spread(batch) | {"batch": BATCH, "commands": len(flow.commands)},
        also=[
            Result(
                "python_api.per_call",
                harness.median(per_call),
                PER_CALL_FLOOR,
                "place and cancel, events as objects",
                harness.spread(per_call) | {"commands": min(len(flow.commands), PER_CALL_COMMANDS)},
            )
        ],
    )


def _prepared(flow: Flow) -> Engine:
    engine = Engine()
    engine.apply_batch(flow.setup)
    engine.apply_batch(flow.warm_up)
    return engine


def _batch_rate(flow: Flow) -> float:
    engine = _prepared(flow)
    fills = 0
    start = time.perf_counter()
    for first in range(0, len(flow.commands), BATCH):
        events = engine.apply_batch(flow.commands[first : first + BATCH])
        fills += int(np.count_nonzero(events["kind"] == EventKind.FILL))
    seconds = time.perf_counter() - start
    assert fills == 2 * flow.fills, "the engine filled other orders than when the flow was made"
    return len(flow.commands) / seconds


def _per_call_rate(flow: Flow) -> float:
    engine = _prepared(flow)
    calls = _calls(engine, flow)
    events = 0
    start = time.perf_counter()
    for call in calls:
        events += len(call())
    seconds = time.perf_counter() - start
    assert events >= len(calls), "every command has an event"
    return len(calls) / seconds


def _calls(engine: Engine, flow: Flow) -> list[Callable[[], list[Event]]]:
    """The flow as calls that are ready to be made."""
    calls: list[Callable[[], list[Event]]] = []
    for command in flow.commands[:PER_CALL_COMMANDS]:
        account = int(command["account"])
        if command["kind"] == CommandKind.CANCEL:
            calls.append(partial(engine.cancel, account, order_id=int(command["order_id"])))
        else:
            calls.append(
                partial(
                    engine.place,
                    account,
                    int(command["instrument"]),
                    int(command["side"]),
                    int(command["price"]),
                    int(command["quantity"]),
                    time_in_force=int(command["time_in_force"]),
                    client_order_id=command["client_order_id"].decode(),
                )
            )
    return calls


if __name__ == "__main__":
    harness.main("Commands per second through the Python API.", run)
