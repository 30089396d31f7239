"""Order books from PyPI on the identical flow, beside the native engine (call by call) and the reference engine.

    python -m bench.peers --json

pytest-benchmark measures; the packages are the optional dependencies `bench`, and a missing one is left out of the
table. The flow is `bench.flow` without what the peers do not know: commands that the engine rejected (the peers have
no balances to reject by) and cancels that came too late. What each peer traded must add up to the same lots and the
same cash, at the same prices, as the native engine traded: that is checked after every round.

No peer has accounts, balances, fees, settlement, self-trade prevention, client order ids or a state hash, so each
does less work per command than the two engines of this project. None is asked for immediate-or-cancel either (most do
not know it): the flow is one in which every crossing order fills whole.
"""

import argparse
import importlib.util
import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bench import flow, harness
from bench.harness import Details, Result
from pyengine import Engine, reference
from pyengine.packing import split
from pyengine.records import CancelReason, CommandKind, EventKind, Liquidity, Side

COMMANDS: Final = 20_000
QUICK_COMMANDS: Final = 500
ROUNDS: Final = 3
QUICK_ENVIRONMENT: Final = "PYENGINE_BENCH_QUICK"
"""Tells the pytest run, a process of its own, that it is to be quick."""
TIMEOUT_SECONDS: Final = 900
SYMBOL: Final = "XAU-USDC"

Rows: TypeAlias = npt.NDArray[np.void]


class Command(NamedTuple):
    """One command for every book. `order` names the order (its id in the native engine)."""

    cancels: bool
    order: int
    account: int
    buys: bool
    side: int
    price: int
    quantity: int
    time_in_force: int
    client_order_id: str


class Traded(NamedTuple):
    """What a book traded, in lots and in ticks times lots."""

    lots: int
    cash: int


class Book(Protocol):
    """A book under test. Only `run` is timed."""

    def run(self, commands: list[Command]) -> None:
        """Carries the commands out."""

    def traded(self) -> Traded:
        """What the whole life of the book has traded."""

    def close(self) -> None:
        """Ends what the package started."""


class EngineBook:
    """An engine of this project, one method call a command."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        for record in split(common_flow().setup):
            engine.apply(record)
        self._ids: dict[int, int] = {}
        self._events: list[list[Any]] = []

    def run(self, commands: list[Command]) -> None:
        """See `Book`."""
        engine, ids, events = self._engine, self._ids, self._events
        for command in commands:
            if command.cancels:
                engine.cancel(command.account, order_id=ids[command.order])
                continue
            caused = engine.place(
                command.account,
                0,
                command.side,
                command.price,
                command.quantity,
                time_in_force=command.time_in_force,
                client_order_id=command.client_order_id,
            )
            ids[command.order] = caused[0].order_id
            events.append(caused)

    def traded(self) -> Traded:
        """See `Book`."""
        fills = [event for caused in self._events for event in caused if event.kind == EventKind.FILL]
        makers = [event for event in fills if event.liquidity == Liquidity.MAKER]
        return Traded(sum(event.quantity for event in makers), sum(event.price * event.quantity for event in makers))

    def close(self) -> None:
        """See `Book`."""


class LiquibookBook:
    """liquibook: a C++ book behind SWIG, with depth; fills by callback."""

    def __init__(self) -> None:
        import liquibook

        fills: list[tuple[int, int]] = []

        class Listener(liquibook.OrderListener):  # type: ignore[misc]
            def on_fill(self, order: Any, matched: Any, quantity: int, price: int) -> None:
                fills.append((quantity, price))

            def on_accept(self, order: Any) -> None:
                pass

            def on_cancel(self, order: Any) -> None:
                pass

            def on_cancel_reject(self, order: Any, reason: str) -> None:
                raise AssertionError(f"cancel rejected: {reason}")

        self._fills = fills
        self._order = liquibook.SimpleOrder
        self._orders: dict[int, Any] = {}
        self._listener = Listener()  # the book does not keep it alive
        self._book = liquibook.DepthOrderBook()
        self._book.set_order_listener(self._listener)

    def run(self, commands: list[Command]) -> None:
        """See `Book`."""
        book, orders, new_order = self._book, self._orders, self._order
        for command in commands:
            if command.cancels:
                book.cancel(orders[command.order])
                continue
            order = new_order(command.buys, command.price, command.quantity)
            orders[command.order] = order
            book.add(order)

    def traded(self) -> Traded:
        """See `Book`."""
        return Traded(sum(lots for lots, _ in self._fills), sum(lots * price for lots, price in self._fills))

    def close(self) -> None:
        """See `Book`."""


class FastlobBook:
    """fastlob: sortedcontainers and `Decimal`, a lock for each side."""

    def __init__(self) -> None:
        import fastlob
        from fastlob.enums import ResultType

        logging.getLogger("[bench]").setLevel(logging.CRITICAL)
        self._lob = fastlob.Orderbook("bench", start=True)
        self._resting = ResultType.LIMIT
        self._parameters = fastlob.OrderParams
        self._sides = {True: fastlob.OrderSide.BID, False: fastlob.OrderSide.ASK}
        self._ids: dict[int, str] = {}
        self._results: list[Any] = []

    def run(self, commands: list[Command]) -> None:
        """See `Book`."""
        lob, sides, ids, results = self._lob, self._sides, self._ids, self._results
        for command in commands:
            if command.cancels:
                lob.cancel(ids[command.order])
                continue
            result = lob.process(self._parameters(sides[command.buys], command.price, command.quantity))
            ids[command.order] = result.orderid()
            results.append(result)

    def traded(self) -> Traded:
        """See `Book`."""
        # An order that rested at once has no such dictionary, and asking for it raises.
        market = [result for result in self._results if result.kind() != self._resting]
        pairs = [pair for result in market for pair in result.execprices().items()]
        return Traded(int(sum(lots for _, lots in pairs)), int(sum(price * lots for price, lots in pairs)))

    def close(self) -> None:
        """See `Book`."""
        self._lob.stop()


class LightMatchingEngineBook:
    """lightmatchingengine: dictionaries of lists, the best price found by a scan."""

    def __init__(self) -> None:
        from lightmatchingengine import lightmatchingengine

        self._engine = lightmatchingengine.LightMatchingEngine()
        self._sides = {True: lightmatchingengine.Side.BUY, False: lightmatchingengine.Side.SELL}
        self._ids: dict[int, int] = {}
        self._results: list[Any] = []

    def run(self, commands: list[Command]) -> None:
        """See `Book`."""
        engine, sides, ids, results = self._engine, self._sides, self._ids, self._results
        for command in commands:
            if command.cancels:
                engine.cancel_order(ids[command.order], SYMBOL)
                continue
            result = engine.add_order(SYMBOL, command.price, command.quantity, sides[command.buys])
            ids[command.order] = result[0].order_id
            results.append(result)

    def traded(self) -> Traded:
        """See `Book`."""
        # The package reports the taker's trades too, one a level.
        makers = [trade for order, trades in self._results for trade in trades if trade.order_id != order.order_id]
        return Traded(
            sum(trade.trade_qty for trade in makers), sum(trade.trade_qty * trade.trade_price for trade in makers)
        )

    def close(self) -> None:
        """See `Book`."""


class PyorderbookBook:
    """pyorderbook: heaps of levels, `Decimal` prices, orders named by UUID."""

    def __init__(self) -> None:
        import pyorderbook

        self._book = pyorderbook.Book()
        self._new = {True: pyorderbook.bid, False: pyorderbook.ask}
        self._orders: dict[int, Any] = {}
        self._blotters: list[Any] = []

    def run(self, commands: list[Command]) -> None:
        """See `Book`."""
        book, new, orders, blotters = self._book, self._new, self._orders, self._blotters
        for command in commands:
            if command.cancels:
                book.cancel(orders[command.order])
                continue
            order = new[command.buys](SYMBOL, command.price, command.quantity)
            orders[command.order] = order
            blotters.append(book.match(order))

    def traded(self) -> Traded:
        """See `Book`."""
        trades = [trade for blotter in self._blotters for trade in blotter.trades]
        return Traded(
            sum(trade.fill_quantity for trade in trades),
            int(sum(trade.fill_quantity * trade.fill_price for trade in trades)),
        )

    def close(self) -> None:
        """See `Book`."""


BOOKS: Final[dict[str, Callable[[], Book]]] = {
    "pyengine": lambda: EngineBook(Engine()),
    "pyengine.reference": lambda: EngineBook(reference.Engine()),
    "liquibook": LiquibookBook,
    "fastlob": FastlobBook,
    "lightmatchingengine": LightMatchingEngineBook,
    "pyorderbook": PyorderbookBook,
}


class CommonFlow(NamedTuple):
    """The flow that every book understands, and what the native engine traded in it."""

    setup: bytes
    warm_up: list[Command]
    commands: list[Command]
    traded: Traded


@cache
def common_flow() -> CommonFlow:
    """Made once a process: the flow less what the native engine rejected."""
    made = flow.make_flow(QUICK_COMMANDS if QUICK_ENVIRONMENT in os.environ else COMMANDS)
    engine = Engine()
    engine.apply_batch(made.setup)
    warm_up, _ = _accepted(engine, made.warm_up)
    commands, events = _accepted(engine, made.commands)
    cancelled, fills = flow.of_kind(events, EventKind.CANCELLED), flow.of_kind(events, EventKind.FILL)
    usual = cancelled["reason"] == CancelReason.USER
    assert usual.all(), "an order that the peers would have treated otherwise: take another seed"
    makers = fills[fills["liquidity"] == Liquidity.MAKER]
    traded = Traded(int(makers["quantity"].sum()), int((makers["quantity"] * makers["price"]).sum()))
    return CommonFlow(made.setup, warm_up, commands, traded)


def _accepted(engine: Engine, rows: Rows) -> tuple[list[Command], Rows]:
    """The commands that were not rejected, and all events."""
    first = engine.sequence + 1
    events: Rows = engine.apply_batch(rows)
    rejected = set(flow.of_kind(events, EventKind.REJECTED)["sequence"].tolist())
    accepted = flow.of_kind(events, EventKind.ACCEPTED)
    ids = dict(zip(accepted["sequence"].tolist(), accepted["order_id"].tolist(), strict=True))
    kept = [_command(row, ids.get(sequence, 0)) for sequence, row in enumerate(rows, first) if sequence not in rejected]
    return kept, events


def _command(row: np.void, order: int) -> Command:
    cancels = bool(row["kind"] == CommandKind.CANCEL)
    return Command(
        cancels=cancels,
        order=int(row["order_id"]) if cancels else order,
        account=int(row["account"]),
        buys=bool(row["side"] == Side.BUY),
        side=int(row["side"]),
        price=int(row["price"]),
        quantity=int(row["quantity"]),
        time_in_force=int(row["time_in_force"]),
        client_order_id=row["client_order_id"].decode(),
    )


def _installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


@pytest.mark.parametrize("name", [name for name in BOOKS if _installed(name)])
def test_flow(name: str, benchmark: BenchmarkFixture) -> None:
    """Measures one book over the flow, each round on a fresh one."""
    common = common_flow()
    books: list[Book] = []

    def fresh() -> tuple[tuple[Book], dict[str, Any]]:
        book = BOOKS[name]()
        book.run(common.warm_up)
        books.append(book)
        return (book,), {}

    rounds = 1 if QUICK_ENVIRONMENT in os.environ else ROUNDS
    benchmark.extra_info["commands"] = len(common.commands)
    try:
        benchmark.pedantic(lambda book: book.run(common.commands), setup=fresh, rounds=rounds)  # type: ignore[no-untyped-call]
    finally:
        for book in books:
            book.close()
    for book in books:
        assert book.traded() == common.traded


def run(arguments: argparse.Namespace) -> Result:
    """Measures in a pytest process of its own, whose table goes to stderr."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "peers.json"
        _run_pytest(path, quick=arguments.quick)
        measured = json.loads(path.read_text())["benchmarks"]
    results = {benchmark["params"]["name"]: _result(benchmark) for benchmark in measured}
    native = results.pop("pyengine")
    missing = [name for name in BOOKS if not _installed(name)]
    beside = "this engine, place and cancel on the identical flow" + (
        f"; not installed: {', '.join(missing)}" if missing else ""
    )
    return Result("peers", native.rate_per_second, None, beside, native.details, also=list(results.values()))


def _run_pytest(path: Path, *, quick: bool) -> None:
    options = ("-q", "-o", "addopts=", "-o", "filterwarnings=", "-p", "no:cacheprovider", "--benchmark-only")
    command = [sys.executable, "-m", "pytest", __file__, *options, f"--benchmark-json={path}", "--timeout=300"]
    environment = os.environ | ({QUICK_ENVIRONMENT: "1"} if quick else {})
    finished = subprocess.run(
        command, check=False, cwd=harness.REPOSITORY, env=environment, stdout=sys.stderr, timeout=TIMEOUT_SECONDS
    )
    if finished.returncode != 0:
        raise SystemExit("bench: a peer failed or traded otherwise than the native engine")


def _result(benchmark: Details) -> Result:
    name, stats = benchmark["params"]["name"], benchmark["stats"]
    commands = benchmark["extra_info"]["commands"]
    details = {"commands": commands, "rounds": stats["rounds"], "seconds_median": stats["median"]}
    return Result(f"peers.{name}", round(commands / stats["median"]), None, "same lots and cash traded", details)


if __name__ == "__main__":
    harness.main("Order books from PyPI on the identical flow.", run)
