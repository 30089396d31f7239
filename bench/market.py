"""What order types cost that not every order uses, each beside the same flow without them, in the same run; and quotes.

The flow of `core` without client order ids, and the same with one thing more: stops that wait all the time, or resting
orders half of which are icebergs or hidden. The binary `core` runs them alternately, a process each; what counts is
the ratio of the medians. A flow is made by running it, so with icebergs and hidden orders other orders fill.

Also what is done in bounded steps, by the binary `steps`: an auction of a million orders uncrossed and settled, and a
hundred thousand stops that one trade has reached. Between any two steps another instrument's order comes and goes.

Quotes are market makers' alone: the binary `quotes` makes their flow, 20 two-sided entries a mass quote, and what
counts is sides a second. What a protection costs is seen where quotes are hit, beside the same flow without one.

Pegged orders follow best prices that every command moves, by the binary `pegs`: with ten thousand of them as with ten.
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
WORKS: Final = {"auction": 500_000, "cascade": None}
"""Work in bounded steps, and the most microseconds that it may take in all."""
WORK_ORDERS: Final = {"auction": "orders", "cascade": "stops"}
QUICK_DIVISOR: Final = 100
QUOTES: Final = {"unchanged": 25_000_000, "moved": 12_000_000}
"""Sides a second."""
PROTECTED_FLOOR: Final = 95
"""Per cent of the rate at which quotes without a protection are hit."""
PEGS: Final = (10_000, 10, 0)
PEGS_FLOOR: Final = 95
"""Per cent of the rate at which best prices move with ten of them."""
MASS_QUOTES: Final = 100_000
QUICK_MASS_QUOTES: Final = 1_000
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
    rows = [_ratio(name, medians) for name in FLOORS] + _quotes(arguments)
    rows += [_steps(name, arguments) for name in WORKS]
    rows.append(_pegs(count, arguments))
    return Result("market", medians[PLAIN], None, "the flow of core without client order ids", details, also=rows)


def _ratio(name: str, medians: dict[str, float]) -> Result:
    per_cent = round(100 * medians[name] / medians[PLAIN])
    return Result(f"market.{name}", per_cent, FLOORS[name], f"{medians[name]:,.0f}/s", unit=" % of plain")


def _steps(name: str, arguments: argparse.Namespace) -> Result:
    """The median of all the work, in microseconds, and how long one step took."""
    divisor = QUICK_DIVISOR if arguments.quick else 1
    runs = [harness.run_native("steps", name, divisor) for _ in range(harness.repetitions(arguments))]
    microseconds = [1e6 * measured["seconds"] for measured in runs]
    step = [{tail: measured[f"step_{tail}_ns"] / 1e6 for tail in ("p50", "p99", "max")} for measured in runs]
    orders, steps = runs[0][WORK_ORDERS[name]], runs[0]["steps"]
    typical = harness.median([1_000 * each["p50"] for each in step])
    beside = f"{orders:,} {WORK_ORDERS[name]}, {steps:,} steps of {typical:,.0f} us"
    details = {"microseconds": microseconds, "steps": steps, "step_milliseconds": step}
    return Result(
        f"market.{name}", harness.median(microseconds), WORKS[name], beside, details, unit=" us", at_most=True
    )


def _quotes(arguments: argparse.Namespace) -> list[Result]:
    count = QUICK_MASS_QUOTES if arguments.quick else MASS_QUOTES
    rates: dict[str, list[float]] = {mode: [] for mode in (*QUOTES, "hit", "protected")}
    for _ in range(harness.repetitions(arguments)):
        for mode, measured in rates.items():
            ran = harness.run_native("quotes", mode, count)
            measured.append(ran["sides" if mode in QUOTES else "commands"] / ran["seconds"])
    medians = {mode: harness.median(measured) for mode, measured in rates.items()}
    beside = "20 two-sided entries a command"
    rows = [Result(f"market.quotes_{mode}", medians[mode], floor, beside) for mode, floor in QUOTES.items()]
    per_cent = round(100 * medians["protected"] / medians["hit"])
    beside = f"{medians['protected']:,.0f}/s"
    return [*rows, Result("market.protected", per_cent, PROTECTED_FLOOR, beside, unit=" % of unprotected")]


def _pegs(moves: int, arguments: argparse.Namespace) -> Result:
    rates: dict[int, list[float]] = {pegs: [] for pegs in PEGS}
    for _ in range(harness.repetitions(arguments)):
        for pegs, measured in rates.items():
            ran = harness.run_native("pegs", moves, pegs)
            measured.append(ran["commands"] / ran["seconds"])
    many, few, none = (harness.median(measured) for measured in rates.values())
    beside = f"{many:,.0f} moves/s, without pegs {none:,.0f}/s"
    details = {str(pegs): harness.spread(measured) for pegs, measured in rates.items()}
    return Result("market.pegs", round(100 * many / few), PEGS_FLOOR, beside, details, unit=" % of ten pegs")


if __name__ == "__main__":
    harness.main("What order types cost that not every order uses.", run)
