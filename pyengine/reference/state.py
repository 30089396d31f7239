"""Everything the engine remembers between two commands, and what must hold of it after each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from pyengine.records import (
    CLIENT_ID_WINDOW,
    DEFAULT_MAX_OPEN_ORDERS,
    MAX_OPEN_ORDERS,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    ORDER_GENERATION_BITS,
    ORDER_SLOT_BITS,
    OrderAttributes,
    OrderStatus,
    OrderType,
    QuantityKind,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from pyengine.reference.book import Book
from pyengine.reference.client_ids import KEY_LEN
from pyengine.reference.risk import buy_hold, sell_hold
from pyengine.reference.values import Order

T = TypeVar("T")

MAX_GENERATION: Final = (1 << ORDER_GENERATION_BITS) - 1
"""A slot that has been used so often is worn out: its order ids are all given out."""


FORGOTTEN_MAX: Final = 2
"""Finished orders that one more of them can push out of a window: one shrinks slowly, and no command has much to do."""


def find(registry: Sequence[T], index: int) -> T | None:
    """The entry of this id, or None: ids are positions."""
    return registry[index] if index < len(registry) else None


class FeeSchedule(NamedTuple):
    """Rates in hundredths of a basis point."""

    maker_rate: int
    taker_rate: int


@dataclass(slots=True)
class Asset:
    """`issued` is deposits less settled withdrawals, in smallest units."""

    asset_class: int
    decimals: int
    symbol: bytes
    min_withdrawal: int
    issued: int = 0


@dataclass(slots=True, eq=False)
class Instrument:
    """What is traded (`base`), for what (`quote`), in which steps, and the book."""

    id: int
    symbol: bytes
    base: int
    quote: int
    collar_bps: int
    lot_size: int
    tick_lot_value: int
    max_price: int
    halted: bool = False
    book: Book[LiveOrder] = field(default_factory=Book)


class FinishedOrder(NamedTuple):
    """What a finished order's client order id still answers with."""

    order_id: int
    instrument: int
    side: Side
    status: OrderStatus
    price: int
    quantity: int
    filled: int
    content: int


@dataclass(slots=True, eq=False)
class Account:
    """Balances per asset, open orders (oldest first) and the window of finished ones (oldest first).

    Client order ids are known by their digests. A limit that has become lower is exceeded until as much has ended.
    """

    id: int
    fee_schedule: int
    sequence: int = 0
    max_open_orders: int = MAX_OPEN_ORDERS_PER_ACCOUNT
    client_id_window: int = CLIENT_ID_WINDOW
    available: Counter[int] = field(default_factory=Counter)
    held: Counter[int] = field(default_factory=Counter)
    open_orders: dict[int, LiveOrder] = field(default_factory=dict)
    open_client_ids: dict[bytes, LiveOrder] = field(default_factory=dict)
    finished: dict[bytes, FinishedOrder] = field(default_factory=dict)

    def hold(self, asset: int, amount: int) -> None:
        """Moves an amount from available to held."""
        self.available[asset] -= amount
        self.held[asset] += amount

    def release(self, asset: int, amount: int) -> None:
        """Moves an amount from held to available."""
        self.hold(asset, -amount)

    def remember(self, digest: bytes, order: FinishedOrder) -> None:
        """Adds to the finished window; what no longer fits is forgotten, the oldest first, at most `FORGOTTEN_MAX`."""
        self.finished[digest] = order
        surplus = max(0, len(self.finished) - self.client_id_window)
        for oldest in list(islice(self.finished, min(surplus, FORGOTTEN_MAX))):
            del self.finished[oldest]


NO_ATTRIBUTES: Final = OrderAttributes()


@dataclass(slots=True, eq=False)
class LiveOrder:
    """An accepted order that is not finished: the incoming one, or one that rests in a book."""

    account: Account
    instrument: Instrument
    side: Side
    order_type: OrderType
    time_in_force: TimeInForce
    stp: SelfTradePrevention
    quantity_kind: QuantityKind
    client_order_id: bytes
    digest: bytes
    """Of the client order id; empty, as that is, if there is none."""
    content: int
    """Of the command, if it had a client order id; else 0."""
    price: int
    quantity: int
    """Total lots; 0 for a notional order."""
    leaves: int
    """Lots left; 0 for a notional order."""
    budget: int
    """What a notional order may still spend, in units of the quote asset; else 0."""
    rates: FeeSchedule
    filled: int = 0
    order_id: int = 0
    attributes: OrderAttributes = NO_ATTRIBUTES

    @property
    def is_notional(self) -> bool:
        """Whether the order counts money instead of lots."""
        return self.quantity_kind == QuantityKind.NOTIONAL

    @property
    def has_something_left(self) -> bool:
        """Whether the order wants to go on trading."""
        return self.leaves > 0 or self.budget > 0

    @property
    def held_asset(self) -> int:
        """The asset in which the order's hold is: what it pays with."""
        return self.instrument.quote if self.side == Side.BUY else self.instrument.base

    @property
    def opposite(self) -> Side:
        """The side it trades against."""
        return Side.SELL if self.side == Side.BUY else Side.BUY

    @property
    def slot(self) -> int:
        """The part of the order id that is used again."""
        return self.order_id & ((1 << ORDER_SLOT_BITS) - 1)

    def cash(self, price: int, lots: int) -> int:
        """Exact value of `lots` at `price`, in units of the quote asset."""
        return price * lots * self.instrument.tick_lot_value

    def hold(self) -> int:
        """What the account must keep aside for what is left of the order, in units of `held_asset`."""
        if self.side == Side.SELL:
            return sell_hold(self.leaves, self.instrument.lot_size)
        if self.is_notional:
            return self.budget
        return buy_hold(self.cash(self.price, self.leaves), max(self.rates))

    def reaches(self, price: int) -> bool:
        """Whether the order's limit allows a trade at `price`."""
        return price <= self.price if self.side == Side.BUY else price >= self.price

    def named(self) -> dict[str, Any]:
        """What every event of the order says of it, whatever happened."""
        return {
            "side": self.side,
            "order_id": self.order_id,
            "instrument": self.instrument.id,
            "client_order_id": self.client_order_id.decode("ascii"),
        }

    def view(self) -> Order:
        """The order as it stands now."""
        return Order(
            order_id=self.order_id,
            client_order_id=self.client_order_id.decode("ascii"),
            account=self.account.id,
            instrument=self.instrument.id,
            side=self.side,
            price=self.price,
            quantity=self.quantity,
            leaves=self.leaves,
            filled=self.filled,
            time_in_force=self.time_in_force,
            stp=self.stp,
            **self.attributes._asdict(),
        )


class Withdrawal(NamedTuple):
    """A requested withdrawal: its amount is held until it is settled or cancelled."""

    account: int
    asset: int
    amount: int


@dataclass(slots=True)
class OrderSlots:
    """The slots of the order slab: the freed last is taken first, then the lowest never used."""

    generations: list[int] = field(default_factory=list)
    """How often each slot has been used."""
    free: list[int] = field(default_factory=list)

    def has_room(self) -> bool:
        """Whether there is a slot for one more order."""
        return bool(self.free) or len(self.generations) < MAX_OPEN_ORDERS

    def take(self) -> int:
        """A slot for an accepted order, in its next generation."""
        if self.free:
            slot = self.free.pop()
        else:
            slot = len(self.generations)
            self.generations.append(0)
        self.generations[slot] += 1
        return slot

    def give_back(self, slot: int) -> None:
        """The slot of a finished order; a worn-out one is never used again."""
        if self.generations[slot] < MAX_GENERATION:
            self.free.append(slot)


@dataclass(slots=True)
class State:
    """The whole state. Registries are lists: an id is a position. Withdrawals are in ascending order of their ids."""

    shard: int = 0
    max_open_orders: int = DEFAULT_MAX_OPEN_ORDERS
    client_id_key: bytes = bytes(KEY_LEN)
    sequence: int = 0
    timestamp_ns: int = 0
    settlements: int = 0
    withdrawals_requested: int = 0
    fee_schedules: list[FeeSchedule] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    instruments: list[Instrument] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    slots: OrderSlots = field(default_factory=OrderSlots)
    open_orders: dict[int, LiveOrder] = field(default_factory=dict)
    withdrawals: dict[int, Withdrawal] = field(default_factory=dict)

    @classmethod
    def genesis(cls, shard: int, max_open_orders: int, client_id_key: bytes) -> State:
        """Before the first command: the venue's account and a free-of-charge fee schedule."""
        return cls(shard, max_open_orders, client_id_key, fee_schedules=[FeeSchedule(0, 0)], accounts=[Account(0, 0)])

    def order_id(self, slot: int) -> int:
        """The id of the order that has the slot now."""
        high = (self.shard << ORDER_GENERATION_BITS) | self.slots.generations[slot]
        return (high << ORDER_SLOT_BITS) | slot

    def total(self, asset: int) -> int:
        """Sum of available and held over all accounts."""
        return sum(account.available[asset] + account.held[asset] for account in self.accounts)

    def resting_orders(self) -> Iterator[LiveOrder]:
        """Every order of every book."""
        for instrument in self.instruments:
            for side in Side:
                yield from instrument.book.orders(side)

    def check(self) -> None:
        """Asserts what holds after every command: conservation, and that held is exactly what is held for something."""
        for asset, entry in enumerate(self.assets):
            assert self.total(asset) == entry.issued, (
                f"asset {asset}: {self.total(asset)} held by all, {entry.issued} issued"
            )
        expected: list[Counter[int]] = [Counter() for _ in self.accounts]
        for order in self.resting_orders():
            assert self.open_orders[order.order_id] is order, f"order {order.order_id} rests but is not open"
            assert order.leaves > 0, f"order {order.order_id} rests with nothing left"
            assert order.filled + order.leaves == order.quantity, f"order {order.order_id} lost lots"
            expected[order.account.id][order.held_asset] += order.hold()
        for withdrawal in self.withdrawals.values():
            expected[withdrawal.account][withdrawal.asset] += withdrawal.amount
        for account in self.accounts:
            assert account.held == expected[account.id], f"account {account.id}: held {account.held}, not as its orders"
            assert min(account.available.values(), default=0) >= 0, f"account {account.id}: {account.available}"
        self._check_orders()

    def _check_orders(self) -> None:
        resting = sum(1 for _ in self.resting_orders())
        assert resting == len(self.open_orders), f"{len(self.open_orders)} open orders, {resting} resting"
        assert resting == sum(len(account.open_orders) for account in self.accounts), (
            "an open order without its account"
        )
        self._check_slots()
        for instrument in self.instruments:
            bid, ask = instrument.book.best_price(Side.BUY), instrument.book.best_price(Side.SELL)
            assert bid is None or ask is None or bid < ask, f"instrument {instrument.id} is crossed: {bid} and {ask}"

    def _check_slots(self) -> None:
        """Asserts that every slot is open, free or worn out, and that the order in it has its id."""
        generations = self.slots.generations
        for order in self.open_orders.values():
            assert order.slot < len(generations), f"order {order.order_id}: a slot that was never used"
            assert order.order_id == self.order_id(order.slot), f"order {order.order_id} is not slot {order.slot}'s"
        taken = [order.slot for order in self.open_orders.values()] + self.slots.free
        assert len(set(taken)) == len(taken), "a slot is used twice"
        worn_out = {slot for slot, generation in enumerate(generations) if generation == MAX_GENERATION}
        assert not worn_out.intersection(self.slots.free), "a worn-out slot is free"
        assert worn_out.union(taken) == set(range(len(generations))), "a slot is lost"
