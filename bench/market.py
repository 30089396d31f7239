"""What order types cost that not every order uses, each beside the same flow without them, in the same run.

The flow of `core` without client order ids, and the same with one thing more: stops that wait all the time, or resting
orders half of which are icebergs or hidden. The binary `core` runs them alternately, a process each; what counts is
the ratio of the medians. A flow is made by running it, so with icebergs and hidden orders other orders fill.

Also what is done in bounded steps, by the binary `steps`: an auction of a million orders uncrossed and settled, and a
hundred thousand stops that one trade has reached. Between any two steps another instrument's order comes and goes.
"""

import argparse
from contextlib import ExitStack
from typing import Final

from bench import harness
from bench.flow import Market, make_flow, without_client_ids
from bench.harness import Result

PLAIN: Final = "plain"
MARKETS: Final = {
    PLAIN: Market(),
    "stops": Market(stops=100_000),
    "icebergs_and_hidden": Market(unseen_share=0.5),
}
FLOORS: Final = {"stops": 95, "icebergs_and_hidden": 80}
"""Per cent of the plain flow's rate."""
WORKS: Final = {"auction": 500, "cascade": None}
"""Work in bounded steps, and the most milliseconds that it may take in all."""
WORK_ORDERS: Final = {"auction": "orders", "cascade": "stops"}
QUICK_DIVISOR: Final = 100
COMMANDS: Final = 1_000_000
QUICK_COMMANDS: Final = 5_000


def run(arguments: argparse.Namespace) -> Result:
    """Measures."""
    count = QUICK_COMMANDS if arguments.quick else COMMANDS
    rates: dict[str, list[float]] = {name: [] for name in MARKETS}
    with ExitStack() as files:
        flows = {name: without_client_ids(make_flow(count, market=market)) for name, market in MARKETS.items()}
        opened = {name: files.enter_context(harness.flow_file(flow)) for name, flow in flows.items()}
        for _ in range(harness.repetitions(arguments)):
            for name, (path, untimed) in opened.items():
                measured = harness.run_native("core", path, untimed)
                rates[name].append(measured["commands"] / measured["seconds"])
    medians = {name: harness.median(measured) for name, measured in rates.items()}
    details = {name: harness.spread(measured) for name, measured in rates.items()}
    rows = [_ratio(name, medians) for name in FLOORS] + [_steps(name, arguments) for name in WORKS]
    return Result("market", medians[PLAIN], None, "the flow of core without client order ids", details, also=rows)


def _ratio(name: str, medians: dict[str, float]) -> Result:
    per_cent = round(100 * medians[name] / medians[PLAIN])
    return Result(f"market.{name}", per_cent, FLOORS[name], f"{medians[name]:,.0f}/s", unit=" % of plain")


def _steps(name: str, arguments: argparse.Namespace) -> Result:
    """The median of all the work, in milliseconds, and how long one step took."""
    divisor = QUICK_DIVISOR if arguments.quick else 1
    runs = [harness.run_native("steps", name, divisor) for _ in range(harness.repetitions(arguments))]
    milliseconds = [1_000 * measured["seconds"] for measured in runs]
    step = [{tail: measured[f"step_{tail}_ns"] / 1e6 for tail in ("p50", "p99", "max")} for measured in runs]
    orders, steps = runs[0][WORK_ORDERS[name]], runs[0]["steps"]
    typical = harness.median([1_000 * each["p50"] for each in step])
    beside = f"{orders:,} {WORK_ORDERS[name]}, {steps:,} steps of {typical:,.0f} us"
    details = {"milliseconds": milliseconds, "steps": steps, "step_milliseconds": step}
    return Result(
        f"market.{name}", harness.median(milliseconds), WORKS[name], beside, details, unit=" ms", at_most=True
    )


if __name__ == "__main__":
    harness.main("What order types cost that not every order uses.", run)
