"""Five shapes of order flow (`bench.shapes`) through the engine alone, beside bare matching crates on the same flow.

The result that counts is the worst of the five. The engine holds, matches, charges fees and settles for 1,000 funded
accounts, one command a call with no look at the next, once without client order ids and once with; the peers match
only. All of them trade the same lots at the same prices, which is checked before anything is timed. The binary
`scenarios` alternates them round by round, so that all have the same machine.

In the same run: what a larger market costs, by the flow of `core` (`bench.flow.Market`), each as a ratio to the market
of `core`. The scale ratio is taken in batches, as `core` is; the rest one command a call.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from bench import harness
from bench.flow import Market, make_flow, without_client_ids
from bench.harness import Details, Result
from bench.shapes import ORDERS, SHAPES, Figures, make_messages

PLAIN_FLOOR: Final = 30_000_000
CLIENT_IDS_FLOOR: Final = 20_000_000
PEER: Final = "matchcore"
PEER_FACTOR: Final = 2
"""Every shape without client order ids is to be so much faster than this peer, in the same run."""
SCALE_FLOOR: Final = 0.6
ROBUSTNESS_FLOOR: Final = 0.85
QUICK_ORDERS: Final = 5_000
MARKET_COMMANDS: Final = 1_000_000
QUICK_MARKET_COMMANDS: Final = 5_000

BASE: Final = "base"
LARGE: Final = "large"
MARKETS: Final = {
    "untouched_instruments": Market(idle_instruments=1_000),
    BASE: Market(),
    "far_price": Market(far_share=0.01),
    "deep_book": Market(deep_orders=100_000),
}
"""Each is `BASE` and one thing more."""
LARGE_MARKET: Final = Market(accounts=100_000, instruments=256)
QUICK_LARGE_MARKET: Final = Market(accounts=1_000, instruments=256)
TABLE_WIDTH: Final = 150
"""Columns of the printed table, also where the output is no terminal."""


def run(arguments: argparse.Namespace) -> Result:
    """Measures."""
    shapes = {name: _measure_shape(name, arguments) for name in SHAPES}
    details = _shape_details(shapes) | _market_details(arguments)
    return Result(
        "scenarios",
        min(measured["plain"] for measured in details["shapes"].values()),
        PLAIN_FLOOR,
        "worst shape, engine alone, one command a call",
        details,
        also=[
            Result(
                "scenarios.client_ids",
                min(measured["client_ids"] for measured in details["shapes"].values()),
                CLIENT_IDS_FLOOR,
                "worst shape, a client order id on every order",
            ),
            *(_shape_row(name, details) for name in SHAPES),
            *_market_rows(details),
        ],
    )


# The shapes


def _measure_shape(name: str, arguments: argparse.Namespace) -> Details:
    """What the native half measured and saw."""
    orders = arguments.orders or (QUICK_ORDERS if arguments.quick else ORDERS)
    with tempfile.NamedTemporaryFile() as file:
        file.write(make_messages(SHAPES[name], orders).tobytes())
        file.flush()
        return harness.run_native("scenarios", file.name, harness.repetitions(arguments))


def _shape_details(measured: dict[str, Details]) -> Details:
    """Rates by shape and by peer, as others check them."""
    shapes: Details = {}
    peers: dict[str, Details] = {}
    for shape, run in measured.items():
        rates = {name: _rates(run, seconds) for name, seconds in run["seconds"].items()}
        raced = {name: _rates(run, seconds) for name, seconds in run["peers"].items()}
        shapes[shape] = {name: harness.median(values) for name, values in rates.items()}
        shapes[shape]["spread"] = {name: harness.spread(values) for name, values in (rates | raced).items()}
        shapes[shape]["seen"] = {name: run[name] for name in Figures._fields}
        shapes[shape]["expected"] = SHAPES[shape].expected._asdict()
        shapes[shape] |= {name: run[name] for name in ("commands", "rejected", "lots", "matchcore_calls")}
        for name, values in raced.items():
            peers.setdefault(name, {})[shape] = harness.median(values)
        shapes[shape][f"ratio_to_{PEER}"] = round(shapes[shape]["plain"] / peers[PEER][shape], 3)
    return {"shapes": shapes, "peers": peers}


def _rates(run: Details, seconds: list[float]) -> list[float]:
    return [run["commands"] / each for each in seconds]


def _shape_row(name: str, details: Details) -> Result:
    shape, peers = details["shapes"][name], details["peers"]
    beside = "; ".join(
        [
            f"client ids {shape['client_ids']:,}",
            *(f"{peer} {rates[name]:,}" for peer, rates in peers.items()),
            f"{shape[f'ratio_to_{PEER}']} × {PEER}",
        ]
    )
    return Result(f"scenarios.{name}", shape["plain"], PEER_FACTOR * peers[PEER][name], beside)


# The markets


def _market_details(arguments: argparse.Namespace) -> Details:
    """Rates of the flow of `core` in its own market and in larger ones, taken in turns."""
    count = QUICK_MARKET_COMMANDS if arguments.quick else MARKET_COMMANDS
    large = QUICK_LARGE_MARKET if arguments.quick else LARGE_MARKET
    rates: dict[str, list[float]] = {}
    with ExitStack() as stack:
        files = {name: stack.enter_context(_plain_flow_file(count, market)) for name, market in MARKETS.items()}
        files[LARGE] = stack.enter_context(harness.flow_file(make_flow(count, market=large)))
        for _ in range(harness.repetitions(arguments)):
            for name, (path, untimed) in files.items():
                rates.setdefault(name, []).append(_rate(path, untimed, "single"))
            for name in (BASE, LARGE):
                rates.setdefault(f"{name}.batch", []).append(_rate(*files[name]))
    median = {name: harness.median(values) for name, values in rates.items()}
    return {
        "scale_ratio": round(median[f"{LARGE}.batch"] / median[f"{BASE}.batch"], 3),
        "scale_ratio_single": round(median[LARGE] / median[BASE], 3),
        "robustness": {name: round(median[name] / median[BASE], 3) for name in MARKETS if name != BASE},
        "markets": {name: harness.spread(values) | {"median": median[name]} for name, values in rates.items()},
        "large_market": large._asdict(),
    }


@contextmanager
def _plain_flow_file(count: int, market: Market) -> Iterator[tuple[Path, int]]:
    with harness.flow_file(without_client_ids(make_flow(count, market=market))) as file:
        yield file


def _rate(path: Path, untimed: int, *how: str) -> float:
    measured = harness.run_native("core", path, untimed, *how)
    return float(measured["commands"] / measured["seconds"])


def _market_rows(details: Details) -> Iterator[Result]:
    markets, large = details["markets"], details["large_market"]
    base, base_batch = markets[BASE]["median"], markets[f"{BASE}.batch"]["median"]
    size = f"{large['instruments']} instruments, {large['accounts']:,} accounts, client ids"
    beside = f"{size}: {details['scale_ratio']} × the flow of core without, {base_batch:,}"
    yield Result("scenarios.scale", markets[f"{LARGE}.batch"]["median"], SCALE_FLOOR * base_batch, beside)
    for name, ratio in details["robustness"].items():
        beside = f"{ratio} × the same without it, {base:,}"
        yield Result(f"scenarios.{name}", markets[name]["median"], ROBUSTNESS_FLOOR * base, beside)


# The tables


def show(result: Result) -> None:
    """Prints the shapes: how fast, and whether each looks as it should."""
    console = Console(width=TABLE_WIDTH)
    console.print(_rate_table(result.details))
    console.print(_figure_table(result.details["shapes"]))


def _rate_table(details: Details) -> Table:
    peers = details["peers"]
    table = Table(title="M commands/s: median (least to most)", title_justify="left")
    for column in ("shape", "plain", "client_ids", *peers, f"plain × {PEER}"):
        table.add_column(column, justify="left" if column == "shape" else "right", no_wrap=True)
    for name, shape in details["shapes"].items():
        cells = [_millions(shape["spread"][column]) for column in ("plain", "client_ids", *peers)]
        table.add_row(name, *cells, f"{shape[f'ratio_to_{PEER}']:.2f}")
    return table


def _millions(spread: Details) -> str:
    median, least, most = (value / 1e6 for value in (harness.median(spread["rates"]), spread["min"], spread["max"]))
    return f"{median:.2f} ({least:.2f} to {most:.2f})"


def _figure_table(shapes: Details) -> Table:
    title = f"seen / as described (which is for {ORDERS:,} new orders)"
    table = Table(title=title, title_justify="left")
    for column in ("shape", "commands", "standing, average", "peak", "levels, average", "peak", "fills", "rejected"):
        table.add_column(column, justify="left" if column == "shape" else "right", no_wrap=True)
    for name, shape in shapes.items():
        seen, expected = shape["seen"], shape["expected"]
        figures = [f"{seen[figure]:,.0f} / {expected[figure]:,.0f}" for figure in Figures._fields]
        table.add_row(name, f"{shape['commands']:,}", *figures, f"{shape['rejected']:,}")
    return table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--orders`."""
    parser.add_argument("--orders", type=int, help=f"new orders of a shape (default: {ORDERS:,})")


if __name__ == "__main__":
    harness.main("Five shapes of order flow beside bare matching crates.", run, add_arguments, show)
