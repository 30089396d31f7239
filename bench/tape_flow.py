"""A generated day of a market, told in messages of ITCH 5.0 or in records of Databento's (DBN); it knows its own books,
so that a replay can be judged.

The mix of messages is about that of a real day: orders come, and most go again without a trade. Busy symbols have many
times the orders of quiet ones. Prices are whole cents around a middle that walks; no order is placed where it would
trade, so no book ever crosses. Executions are of the first order at the best price, as a real tape has them, except
those with another price (an auction's), which are of any order.

The books here are dictionaries and know nothing of the engine's. Memory is bounded by open orders. Nothing here
measures.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice, product
from math import log
from random import Random
from string import ascii_uppercase
from typing import BinaryIO, Final, TypeAlias

from bench import dbn, itch

Levels: TypeAlias = list[tuple[int, int, int]]
"""Price in ten-thousandths, shares, orders; best first."""

SYMBOLS: Final = 200
CENT: Final = 100
"""In ten-thousandths."""
SIDES: Final[tuple[itch.Side, itch.Side]] = ("B", "S")
HOUR_NS: Final = 3_600 * 10**9
LISTED_AT_NS: Final = 3 * HOUR_NS
OPENS_AT_NS: Final = 9 * HOUR_NS + HOUR_NS // 2
STEP_NS: Final = 4_000_000
"""Between two messages on average: five million in six hours, about."""
MIX: Final = {
    "add": 415,
    "add_attributed": 35,
    "delete": 400,
    "execute": 50,
    "replace": 50,
    "cancel": 20,
    "hidden": 12,
    "execute_with_price": 3,
    "administrative": 15,
}
"""Messages of a thousand."""
MIDDLES: Final = (500, 50_000)
"""Cents, where a symbol's middle begins."""
LOWEST_MIDDLE: Final = 100
MOVES_SHARE: Final = 0.05
"""Of the orders: before them the middle has moved by a cent."""
DEPTH_CENTS: Final = 12.0
"""How far from the middle an order is placed, on average."""
MAX_LOTS: Final = 10
ODD_SHARE: Final = 0.2
"""Of the orders: fewer shares than a lot."""
ALL_SHARE: Final = 0.5
"""Of the executions: those that take all of an order."""
NEW_SHARE: Final = 0.5
"""Of what happens to any order: to one of the newest."""
NEWEST: Final = 256
PARTICIPANTS: Final = ("GSCO", "JPMS", "NITE", "UBSS")
DAY_NS: Final = 1_752_710_400 * 10**9
"""Midnight, since the Unix epoch."""
DRAWN_AT_ONCE: Final = 1_024
WRITTEN_AT_ONCE: Final = 16_384


@dataclass(slots=True, eq=False)
class Order:
    """One that is open."""

    number: int
    stock: "Stock"
    side: "BookSide"
    price: int
    """In cents."""
    shares: int
    place: int
    """In the list of all that are open."""


class BookSide:
    """The orders of one side: first come, first served at each price."""

    def __init__(self, side: itch.Side) -> None:
        self.side: Final = side
        self._sign: Final = 1 if side == "B" else -1
        self._queues: dict[int, dict[int, Order]] = {}
        self._ranks: list[int] = []
        """Of the prices; the best has the highest and is the last."""

    def best(self) -> int | None:
        """The best price in cents."""
        return self._ranks[-1] * self._sign if self._ranks else None

    def first(self) -> Order | None:
        """The order that trades next."""
        if not self._ranks:
            return None
        return next(iter(self._queues[self._ranks[-1]].values()))

    def add(self, order: Order) -> None:
        """Behind all others of its price."""
        rank = order.price * self._sign
        queue = self._queues.get(rank)
        if queue is None:
            queue = self._queues[rank] = {}
            insort(self._ranks, rank)
        queue[order.number] = order

    def remove(self, order: Order) -> None:
        """Wherever it stands."""
        rank = order.price * self._sign
        queue = self._queues[rank]
        del queue[order.number]
        if not queue:
            del self._queues[rank]
            del self._ranks[bisect_left(self._ranks, rank)]

    def levels(self) -> Levels:
        """What a replay is to find."""
        queues = ((rank, self._queues[rank].values()) for rank in reversed(self._ranks))
        return [(rank * self._sign * CENT, sum(order.shares for order in queue), len(queue)) for rank, queue in queues]


class Stock:
    """A symbol and its book."""

    def __init__(self, locate: int, symbol: str, middle: int) -> None:
        self.locate: Final = locate
        self.symbol: Final = symbol
        self.middle = middle
        """In cents."""
        self.bids: Final = BookSide("B")
        self.asks: Final = BookSide("S")


class TapeMarket:
    """The market of a day. The same arguments give the same messages."""

    def __init__(self, *, symbols: int = SYMBOLS, seed: int = 1) -> None:
        self._draw = Random(seed)
        self._random = self._draw.random
        names = islice(("".join(letters) for letters in product(ascii_uppercase, repeat=4)), symbols)
        self._stocks = [Stock(1 + at, name, self._between(*MIDDLES)) for at, name in enumerate(names)]
        self._open: list[Order] = []
        self._time_ns = LISTED_AT_NS
        self._last_order = 0
        self._last_match = 0

    @property
    def open_orders(self) -> int:
        """How many there are now."""
        return len(self._open)

    def books(self) -> dict[str, tuple[Levels, Levels]]:
        """Bids and asks by symbol, as of the last message."""
        return {stock.symbol: (stock.bids.levels(), stock.asks.levels()) for stock in self._stocks}

    def write(self, file: BinaryIO, count: int, *, as_dbn: bool = False) -> int:
        """A day of so many messages, as its file is; returns how many (there are more or fewer of DBN)."""
        messages, records = self.messages(count), Records()
        if as_dbn:
            file.write(dbn.metadata({stock.symbol: stock.locate for stock in self._stocks}))
        while written := list(islice(messages, WRITTEN_AT_ONCE)):
            file.write(b"".join(map(records.of, written)) if as_dbn else itch.framed(*written))
        return records.count if as_dbn else count

    def messages(self, count: int) -> Iterator[bytes]:
        """A day of so many messages; the books are as of the one that was last taken."""
        opening = self._opening()
        left = count - len(opening) - len(self._closing())
        if left < 0:
            raise ValueError(f"a day of {len(self._stocks)} symbols has more than {count} messages")
        yield from opening
        self._time_ns = OPENS_AT_NS
        makers: dict[str, Callable[[], bytes]] = {name: getattr(self, f"_{name}") for name in MIX}
        choices, weights = list(makers.values()), list(accumulate(MIX.values()))
        while left:
            drawn = self._draw.choices(choices, cum_weights=weights, k=DRAWN_AT_ONCE)[:left]
            left -= len(drawn)
            for make in drawn:
                self._time_ns += 1 + int(self._random() * 2 * STEP_NS)
                yield make()
        yield from self._closing()

    def _opening(self) -> list[bytes]:
        """The directory, and what else is told before orders are."""
        at = self._time_ns
        messages = [itch.system_event(at, "O")]
        messages += [itch.stock_directory(stock.locate, at, stock.symbol) for stock in self._stocks]
        messages += [itch.trading_action(stock.locate, at, stock.symbol) for stock in self._stocks]
        messages += [itch.short_sale_restriction(stock.locate, at, stock.symbol) for stock in self._stocks]
        messages.append(itch.decline_level(at, 93 * 10**8, 87 * 10**8, 80 * 10**8))
        return [*messages, itch.system_event(at, "S"), itch.system_event(OPENS_AT_NS, "Q")]

    def _closing(self) -> list[bytes]:
        """A breach of the third level ends the day."""
        at = self._time_ns
        return [itch.breach(at, "3"), *(itch.system_event(at, event) for event in ("M", "E", "C"))]

    # What messages are drawn from

    def _between(self, least: int, beyond: int) -> int:
        return least + int(self._random() * (beyond - least))

    def _any_stock(self) -> Stock:
        """The first are the busiest."""
        return self._stocks[int(self._random() ** 2 * len(self._stocks))]

    def _any_order(self) -> Order | None:
        count = len(self._open)
        if count == 0:
            return None
        newest = min(count, NEWEST) if self._random() < NEW_SHARE else count
        return self._open[count - 1 - int(self._random() * newest)]

    def _shares(self) -> int:
        if self._random() < ODD_SHARE:
            return self._between(1, 100)
        return 100 * self._between(1, MAX_LOTS + 1)

    def _price(self, stock: Stock, side: BookSide) -> int:
        """Where an order may rest: on its side of the middle, and short of the other side's best."""
        distance = int(-log(1.0 - self._random()) * DEPTH_CENTS)
        if side is stock.bids:
            best = stock.asks.best()
            price = stock.middle - distance
            return max(1, price if best is None else min(price, best - 1))
        best = stock.bids.best()
        price = stock.middle + 1 + distance
        return price if best is None else max(price, best + 1)

    def _come(self, stock: Stock, side: BookSide, price: int, shares: int) -> Order:
        self._last_order += 1
        order = Order(self._last_order, stock, side, price, shares, len(self._open))
        self._open.append(order)
        side.add(order)
        return order

    def _go(self, order: Order) -> None:
        order.side.remove(order)
        last = self._open.pop()
        if last is not order:
            self._open[order.place] = last
            last.place = order.place

    def _reduce(self, order: Order, shares: int) -> None:
        if shares == order.shares:
            self._go(order)
        else:
            order.shares -= shares

    def _new(self) -> Order:
        stock = self._any_stock()
        if self._random() < MOVES_SHARE:
            stock.middle = max(LOWEST_MIDDLE, stock.middle + (1 if self._random() < 0.5 else -1))
        side = stock.bids if self._random() < 0.5 else stock.asks
        return self._come(stock, side, self._price(stock, side), self._shares())

    def _executed_shares(self, order: Order) -> int:
        return order.shares if self._random() < ALL_SHARE else self._between(1, order.shares + 1)

    def _match(self) -> int:
        self._last_match += 1
        return self._last_match

    # A message each; of a new order where there is none to be meant

    def _add(self) -> bytes:
        order = self._new()
        stock, price = order.stock, order.price * CENT
        return itch.add_order(
            stock.locate, self._time_ns, order.number, order.side.side, order.shares, stock.symbol, price
        )

    def _add_attributed(self) -> bytes:
        order = self._new()
        stock, price = order.stock, order.price * CENT
        participant = PARTICIPANTS[order.number % len(PARTICIPANTS)]
        return itch.add_attributed_order(
            stock.locate, self._time_ns, order.number, order.side.side, order.shares, stock.symbol, price, participant
        )

    def _delete(self) -> bytes:
        order = self._any_order()
        if order is None:
            return self._add()
        self._go(order)
        return itch.order_delete(order.stock.locate, self._time_ns, order.number)

    def _execute(self) -> bytes:
        stock = self._any_stock()
        order = (stock.bids if self._random() < 0.5 else stock.asks).first()
        if order is None:
            return self._add()
        shares = self._executed_shares(order)
        self._reduce(order, shares)
        return itch.order_executed(stock.locate, self._time_ns, order.number, shares, self._match())

    def _execute_with_price(self) -> bytes:
        order = self._any_order()
        if order is None:
            return self._add()
        shares = self._executed_shares(order)
        self._reduce(order, shares)
        locate, price = order.stock.locate, order.stock.middle * CENT
        return itch.order_executed_with_price(locate, self._time_ns, order.number, shares, self._match(), "N", price)

    def _cancel(self) -> bytes:
        order = self._any_order()
        if order is None or order.shares == 1:
            return self._add()
        shares = self._between(1, order.shares)
        order.shares -= shares
        return itch.order_cancel(order.stock.locate, self._time_ns, order.number, shares)

    def _replace(self) -> bytes:
        order = self._any_order()
        if order is None:
            return self._add()
        stock, side = order.stock, order.side
        self._go(order)
        new = self._come(stock, side, self._price(stock, side), self._shares())
        price = new.price * CENT
        return itch.order_replace(stock.locate, self._time_ns, order.number, new.number, new.shares, price)

    def _hidden(self) -> bytes:
        stock = self._any_stock()
        price = stock.middle * CENT
        return itch.trade(stock.locate, self._time_ns, "B", self._shares(), stock.symbol, price, self._match())

    def _administrative(self) -> bytes:
        """What leaves books as they are, each type as often as any other."""
        stock, at = self._any_stock(), self._time_ns
        locate, symbol, price = stock.locate, stock.symbol, stock.middle * CENT
        low, high = price * 9 // 10, price * 11 // 10
        match int(self._random() * 11):
            case 0:
                return itch.trading_action(locate, at, symbol, "T")
            case 1:
                return itch.short_sale_restriction(locate, at, symbol, "1")
            case 2:
                return itch.participant_position(locate, at, PARTICIPANTS[0], symbol)
            case 3:
                return itch.quoting_period(locate, at, symbol, at // 10**9, "A", price)
            case 4:
                return itch.auction_collar(locate, at, symbol, price, high, low, 0)
            case 5:
                return itch.operational_halt(locate, at, symbol, "Q", "T")
            case 6:
                return itch.cross_trade(locate, at, self._shares(), symbol, price, self._match(), "H")
            case 7:
                return itch.broken_trade(locate, at, self._last_match)
            case 8:
                return itch.net_order_imbalance(locate, at, self._shares(), 0, "N", symbol, low, high, price)
            case 9:
                return itch.retail_interest(locate, at, symbol, "A")
            case _:
                return itch.direct_listing(locate, at, symbol, "Y", low, high, price, at, low, high)


class Records:
    """Messages of ITCH 5.0 as Databento tells them: an execution is three records, what is no order's is none."""

    def __init__(self) -> None:
        self.count = 0
        self._open: dict[int, _Open] = {}
        """By the number of ITCH."""
        self._head: dict[str, int] = {}

    def of(self, message: bytes) -> bytes:
        """The records of a message."""
        kind, order = message[:1], int.from_bytes(message[11:19], "big")
        time_ns = DAY_NS + int.from_bytes(message[5:11], "big")
        self._head = {"instrument": int.from_bytes(message[1:3], "big"), "ts_event": time_ns}
        if kind in b"AF":
            side: dbn.Side = "B" if message[19:20] == b"B" else "A"
            known = self._open[order] = _Open(order, side, _price(message, 32), int.from_bytes(message[20:24], "big"))
            return self._record("A", known, known.size)
        if kind in b"EC":
            return self._executed(
                order, int.from_bytes(message[19:23], "big"), _price(message, 32) if kind == b"C" else None
            )
        if kind == b"X":
            return self._taken_off(order, int.from_bytes(message[19:23], "big"))
        if kind == b"D":
            return self._taken_off(order, self._open[order].size)
        if kind == b"U":
            new, size = int.from_bytes(message[19:27], "big"), int.from_bytes(message[27:31], "big")
            return self._replaced(order, new, size, _price(message, 31))
        if kind == b"P":
            hidden = _Open(0, "N", _price(message, 32), 0)
            return self._record("T", hidden, int.from_bytes(message[20:24], "big"))
        return b""

    def _record(self, action: dbn.Action, order: "_Open", size: int, flags: int = dbn.LAST) -> bytes:
        self.count += 1
        return dbn.mbo(action, order.side, order.price, size, order.number, flags=flags, **self._head)

    def _taken_off(self, number: int, size: int, flags: int = dbn.LAST) -> bytes:
        order = self._open[number]
        order.size -= size
        if order.size == 0:
            del self._open[number]
        return self._record("C", order, size, flags)

    def _executed(self, number: int, size: int, price: int | None) -> bytes:
        order = self._open[number]
        at = order.price if price is None else price
        if price == order.price:
            at += TEN_THOUSANDTH  # at its own price it would be an execution in turn
        aggressor = _Open(0, "B" if order.side == "A" else "A", at, 0)
        filled = _Open(order.number, order.side, at, 0)
        told = self._record("T", aggressor, size, 0) + self._record("F", filled, size, 0)
        return told + self._taken_off(number, size)

    def _replaced(self, number: int, new: int, size: int, price: int) -> bytes:
        """As a modification where that loses the place as well."""
        order = self._open[number]
        if price == order.price and size <= order.size:
            gone = self._taken_off(number, order.size, 0)
            order = self._open[new] = _Open(new, order.side, price, size)
            return gone + self._record("A", order, size)
        order = self._open[new] = self._open.pop(number)
        order.price, order.size = price, size
        return self._record("M", order, size)


@dataclass(slots=True, eq=False)
class _Open:
    """An order as Databento knows it."""

    number: int
    side: dbn.Side
    price: int
    size: int


TEN_THOUSANDTH: Final = dbn.UNIT // 10_000


def _price(message: bytes, at: int) -> int:
    return int.from_bytes(message[at : at + 4], "big") * TEN_THOUSANDTH
