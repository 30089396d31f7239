"""Memory that a state takes: what of a process is resident once the binary `memory` has brought an engine there.

Four states: many instruments of the full price range; an order that was walked over every price of one and is gone;
many accounts that hold a few of many assets; many open orders with client order ids. Each is a process of its own.
For three of them the figure is the whole process, for the walk what it added. Where the engine's limits are lower than
what a state asks for, its size is what they allow, and the row says so. Nothing here measures speed.
"""

import argparse
from typing import Any, Final, NamedTuple

from bench import harness
from bench.harness import Details, Result

QUICK_DIVISOR: Final = 100
BYTES_PER_KB: Final = 1_024
"""As the kernel counts them; a MB here is a million bytes."""


class State(NamedTuple):
    """What is measured, and what it may take."""

    at_most_mb: int
    asked: dict[str, int]
    """Sizes at full size; the binary says which it did."""
    growth: bool = False
    """Only what the state added counts."""


STATES: Final[dict[str, State]] = {
    "instruments": State(200, {"instruments": 1_000, "max_price": 2**32 - 1}),
    "price_walk": State(4, {"max_price": 2**32 - 1}, growth=True),
    "accounts": State(400, {"accounts": 1_000_000, "assets": 500}),
    "orders": State(600, {"orders": 4_000_000}),
}


def run(arguments: argparse.Namespace) -> Result:
    """Measures."""
    divisor = QUICK_DIVISOR if arguments.quick else 1
    states = {name: harness.run_native("memory", name, divisor) for name in STATES}
    rows = [_row(name, measured) for name, measured in states.items()]
    megabytes = {f"{name}_mb": row.rate_per_second for name, row in zip(states, rows, strict=True)}
    total = round(sum(megabytes.values()), 1)
    beside = "the four states together"
    return Result("memory", total, None, beside, megabytes | {"states": states}, also=rows, unit=" MB")


def _row(name: str, measured: Details) -> Result:
    state = STATES[name]
    kilobytes = measured["after_kb"] - (measured["before_kb"] if state.growth else 0)
    return Result(
        f"memory.{name}",
        round(kilobytes * BYTES_PER_KB / 1e6, 1),
        state.at_most_mb,
        _beside(state, measured),
        unit=" MB",
        at_most=True,
    )


def _beside(state: State, measured: dict[str, Any]) -> str:
    """What was done, and what of it is less than asked."""
    sizes = {name: size for name, size in measured.items() if not name.endswith("_kb")}
    done = ", ".join(f"{name.replace('_', ' ')} {size:,}" for name, size in sizes.items())
    less = [f"{name.replace('_', ' ')} {size:,}" for name, size in state.asked.items() if sizes[name] < size]
    return done + (f"; asked for {', '.join(less)}" if less else "")


if __name__ == "__main__":
    harness.main("Memory that a state takes.", run)
