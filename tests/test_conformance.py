"""Cases that nobody here wrote, played on both engines: CoinTossX's order book tests, the crossing-orders kata, and the
first examples of how Xetra finds the price of an auction.

They are not part of the project (some carry no open licence): `PYENGINE_TAPES`, or `../shared/tapes`, has them, and
without them these tests are skipped. What they check is checked by the tables of `market_rules.md`, too. A case that
the rules contradict is listed with the reason, and must go on to differ.
"""

import csv
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from pyengine.records import (
    INDICATION_INTERVAL,
    AssetClass,
    EventKind,
    OrderType,
    Phase,
    Side,
    TimeInForce,
    Trigger,
    Visibility,
)

ROOT: Final = Path(__file__).parent.parent
CONFORMANCE: Final = Path(os.environ.get("PYENGINE_TAPES") or ROOT.parent / "shared" / "tapes") / "conformance"
FUNDS: Final = 1 << 50
MARKET, LIMIT, STOP, STOP_LIMIT, HIDDEN = "1", "2", "3", "4", "5"
"""CoinTossX's types of orders."""


class Row(NamedTuple):
    """An order of a case: as it is placed, and as it stands."""

    side: str
    order: str
    kind: str
    minimum: int
    size: int
    price: int
    stop_price: int
    expires_at: int


def rows(path: Path) -> list[Row]:
    """The orders of a file, the earliest first."""
    with path.open(newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["OrderID"]]
    return [_row(line) for line in sorted(lines, key=lambda line: line["Time"] or "")]


def _row(line: dict[str, str]) -> Row:
    kind, price = line["Type"], int(line["Price"] or 0)
    expires = line.get("ExpireTime") or "0"
    moment = 0 if expires == "0" else int(datetime.fromisoformat(expires).replace(tzinfo=UTC).timestamp())
    stop = int(line.get("StopPrice") or 0) or (price if kind in (STOP, STOP_LIMIT) else 0)
    return Row(
        line["Side"], line["OrderID"], kind, int(line["MES"] or 0), int(line["Size"] or 0), price, stop, moment * 10**9
    )


class Book:
    """One instrument, and a participant for every order, so that nobody meets himself."""

    def __init__(self, engine: Any, time_in_force: TimeInForce = TimeInForce.GTC) -> None:
        self.engine = engine
        self._time_in_force = time_in_force
        self.accounts: dict[str, int] = {}
        self.ids: dict[str, int] = {}
        engine.create_asset(0, "USD", AssetClass.STABLECOIN, 2)
        engine.create_asset(1, "X", AssetClass.EQUITY, 0)
        engine.create_instrument(0, "X-USD", 1, 0, lot_size=1, tick_lot_value=1, max_price=1 << 20, collar_bps=10_000)

    def place(self, row: Row) -> list[Any]:
        """The events of an order."""
        account = self._account(row.order)
        options: dict[str, Any] = {"time_in_force": self._time_in_force, "expires_at": row.expires_at}
        price = row.price
        if row.kind in (MARKET, STOP):
            price, options["order_type"], options["time_in_force"] = 0, OrderType.MARKET, TimeInForce.IOC
        if row.kind == HIDDEN:
            options |= {"visibility": Visibility.HIDDEN, "min_quantity": row.minimum}
        if row.kind in (STOP, STOP_LIMIT):
            options |= {"trigger": Trigger.LAST_TRADE, "trigger_price": row.stop_price}
        side = Side.BUY if row.side == "B" else Side.SELL
        events = list(self.engine.place(account, 0, side, price, row.size, **options))
        if events[0].kind == EventKind.ACCEPTED:
            self.ids[row.order] = events[0].order_id
        return events

    def cancel(self, row: Row) -> list[Any]:
        """The events of a cancel."""
        return list(self.engine.cancel(self._account(row.order), order_id=self.ids.get(row.order, 1)))

    def replace(self, row: Row) -> list[Any]:
        """The events of an amendment to what the row says."""
        order_id = self.ids.get(row.order, 1)
        order = self.engine.order(order_id)
        options: dict[str, Any] = {}
        if order is not None:
            options["trigger_price"] = row.stop_price if row.stop_price != order.trigger_price else 0
            options["min_quantity"] = row.minimum if row.minimum != order.min_quantity else 0
            options["expires_at"] = row.expires_at if row.expires_at != order.expires_at else 0
        return list(self.engine.amend(self._account(row.order), row.price, row.size, order_id=order_id, **options))

    def _account(self, order: str) -> int:
        if order not in self.accounts:
            self.accounts[order] = len(self.accounts) + 1
            self.engine.create_account(self.accounts[order])
            for asset in (0, 1):
                self.engine.deposit(self.accounts[order], asset, FUNDS)
        return self.accounts[order]

    def standing(self) -> set[Row]:
        """The open orders, but for what a stop has for a limit of its own."""
        return set(self._standing())

    def _standing(self) -> Iterator[Row]:
        for name, order_id in self.ids.items():
            order = self.engine.order(order_id)
            if order is None:
                continue
            kind = HIDDEN if order.visibility else LIMIT
            price = order.price
            if order.trigger:
                kind = STOP if order.time_in_force == TimeInForce.IOC else STOP_LIMIT
                price = order.trigger_price if kind == STOP else price
            side = "B" if order.side == Side.BUY else "O"
            yield Row(side, name, kind, order.min_quantity, order.leaves, price, order.trigger_price, order.expires_at)


def trades(events: list[Any]) -> list[tuple[int, int]]:
    """Price and quantity of each trade."""
    return [(event.price, event.quantity) for event in events if event.kind == EventKind.FILL and event.liquidity == 2]


CASES: Final = {"limitOrder": 12, "marketOrder": 6, "cancelOrder": 10, "replaceOrder": 36}
ACTS: Final = {"limitOrder": Book.place, "marketOrder": Book.place, "cancelOrder": Book.cancel}
ON_ENTRY: Final = (
    "several orders may reach a hidden order's minimum when it arrives, so it traded before the case begins"
)
CROSSED: Final = "the book that the case begins with is crossed: its orders would have traded with each other"
MISPRINT: Final = "the expected book has another side, price or time for an order that the case does not touch"
DIFFERS: Final = {
    "limitOrder 7": MISPRINT,
    **dict.fromkeys((f"replaceOrder {number}" for number in (9, 10, 21, 22)), ON_ENTRY),
    **dict.fromkeys((f"replaceOrder {number}" for number in (27, 28, 31)), MISPRINT),
    **dict.fromkeys((f"replaceOrder {number}" for number in (33, 34, 35, 36)), CROSSED),
}
"""Cases that the rules contradict, and why."""


def play(engine: Any, family: str, number: int) -> tuple[Any, Any]:
    """What happened, and what was expected: the book before, the trades, the book after."""

    def file(kind: str) -> Path:
        directory = CONFORMANCE / "cointossx" / family
        found = [path for path in directory.iterdir() if path.name.lower() == f"test{number}_{kind}.csv"]
        return found[0] if found else Path()

    book = Book(engine)
    before = rows(file("init")) if file("init").is_file() else []
    for row in before:
        book.place(row)
    then = book.standing()
    events = [event for row in rows(file("input")) for event in ACTS.get(family, Book.replace)(book, row)]
    with file("trades").open(newline="") as opened:
        expected = [(int(line["Price"]), int(line["Quantity"])) for line in csv.DictReader(opened) if line["Price"]]
    return (then, trades(events), book.standing()), (set(before), expected, set(rows(file("output"))))


@pytest.mark.parametrize(
    ("family", "number"), [(name, at) for name, count in CASES.items() for at in range(1, count + 1)]
)
def test_cointossx(new_engine: Any, family: str, number: int) -> None:
    if not CONFORMANCE.is_dir():
        pytest.skip(f"no {CONFORMANCE}: set PYENGINE_TAPES to the directory that holds conformance/")
    happened, expected = play(new_engine(), family, number)
    assert (happened == expected) == (f"{family} {number}" not in DIFFERS), f"{happened} is not {expected}"


def kata_scenarios(name: str) -> list[list[list[str]]]:
    """The scenarios of a file of the kata, each as its lines of fields."""
    scenarios: list[list[list[str]]] = []
    for line in (CONFORMANCE / "kata" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#name"):
            scenarios.append([])
        elif line.strip() and not line.startswith("#") and line.strip() != "F":
            scenarios[-1].append([field.strip() for field in line.split(",")])
    return scenarios


def tops(engine: Any) -> dict[str, list[str]]:
    """Price and quantity of the best level of each side that has one."""
    bids, asks = engine.depth(0, 1)
    return {side: [str(level[0][0]), str(level[0][1])] for side, level in (("B", bids), ("S", asks)) if level}


@pytest.mark.parametrize("number", range(1, 7))
def test_orders_that_would_cross_are_refused_kata(new_engine: Any, number: int) -> None:
    """Everything is post-only there; what is published is every acknowledgement, refusal and change of the best."""
    if not CONFORMANCE.is_dir():
        pytest.skip(f"no {CONFORMANCE}: set PYENGINE_TAPES to the directory that holds conformance/")
    book = Book(new_engine(), TimeInForce.POST_ONLY)
    said: list[list[str]] = []
    for _, user, _, price, quantity, side, order in kata_scenarios("input_01_06.csv")[number - 1]:
        before = tops(book.engine)
        row = Row("B" if side == "B" else "O", order, LIMIT, 0, int(quantity), int(price), 0, 0)
        (event,) = book.place(row)
        said.append(["A" if event.kind == EventKind.ACCEPTED else "R", user, order])
        after = tops(book.engine)
        said += [["B", each, *after[each]] for each in after if after[each] != before.get(each)]
    assert said == kata_scenarios("output_01_06.csv")[number - 1]


def auctions() -> dict[str, dict[str, Any]]:
    """Xetra's examples by number."""
    path = CONFORMANCE / "xetra" / "auction_examples_01_03.json"
    if not path.is_file():
        pytest.skip(f"no {path}: set PYENGINE_TAPES to the directory that holds conformance/")
    return {example["id"]: example for example in json.loads(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("number", ["01", "02", "03"])
def test_the_price_of_an_auction_xetra(new_engine: Any, number: str) -> None:
    """What is indicated, what is found and what is traded: the price, how much of it, and what is left at it."""
    example = auctions()[number]
    book = Book(new_engine())
    if example["ref"] is not None:
        book.engine.set_reference(0, int(example["ref"]))
    book.engine.set_phase(0, Phase.AUCTION)
    for name, order in enumerate(example["orders"]):
        assert order["type"] == "LMT"
        side = "B" if order["side"] == "B" else "O"
        book.place(Row(side, str(name), LIMIT, 0, int(order["qty"]), int(order["lmt"]), 0, 0))
    expect = example["expect"]
    expected = (expect["price"], expect["qty"], expect["imb"])
    indicated, _ = book.engine.pulse(timestamp_ns=INDICATION_INTERVAL)
    uncrossed, *fills, _ = book.engine.set_phase(0, Phase.CONTINUOUS)
    assert [(event.price, event.quantity, event.surplus) for event in (indicated, uncrossed)] == [expected] * 2
    assert {event.price for event in fills} == {expect["price"]}
    for of_side in Side:
        assert sum(event.quantity for event in fills if event.side == of_side) == expect["qty"]
