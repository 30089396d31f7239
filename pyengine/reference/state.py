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
    MAX_AMOUNT,
    MAX_OPEN_ORDERS,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    MAX_PEG_OFFSET,
    MAX_PENDING_FEE_CHANGES,
    ORDER_GENERATION_BITS,
    ORDER_SLOT_BITS,
    CancelReason,
    CancelTimer,
    HaltCause,
    Lifetime,
    OrderAttributes,
    OrderStatus,
    OrderType,
    PegReference,
    Phase,
    ProtectionLimit,
    QuantityKind,
    SelfTradePrevention,
    Side,
    TimeInForce,
    Trigger,
    Visibility,
)
from pyengine.reference.announced import Actions
from pyengine.reference.backed import Backing
from pyengine.reference.book import Book
from pyengine.reference.client_ids import KEY_LEN
from pyengine.reference.fees import NO_FEES, Fees, Rates, Target, Traded, WaitingChange, day_of
from pyengine.reference.holders import EVERYBODY, UNKNOWN, BeneficialId, Eligibility, FreezeId, Holder
from pyengine.reference.pegs import Followed, effective_price
from pyengine.reference.price_protection import PriceProtection, Volatility
from pyengine.reference.risk import buy_hold, sell_hold
from pyengine.reference.values import Order
from pyengine.reference.waiting import Queue, new_queues

T = TypeVar("T")

MAX_GENERATION: Final = (1 << ORDER_GENERATION_BITS) - 1
"""A slot that has been used so often is worn out: its order ids are all given out."""


FORGOTTEN_MAX: Final = 2
"""Finished orders that one more of them can push out of a window: one shrinks slowly, and no command has much to do."""


def find(registry: Sequence[T], index: int) -> T | None:
    """The entry of this id, or None: ids are positions."""
    return registry[index] if index < len(registry) else None


def opposite(side: Side) -> Side:
    """The side that this one trades against."""
    return Side.SELL if side == Side.BUY else Side.BUY


@dataclass(slots=True)
class Asset:
    """`issued` is deposits less settled withdrawals, and minted less burned, in smallest units."""

    asset_class: int
    decimals: int
    symbol: bytes
    min_withdrawal: int
    issued: int = 0
    eligibility: Eligibility = EVERYBODY
    """Who may receive it."""
    is_frozen: bool = False


CALL_PHASES: Final = (Phase.PRE_OPEN, Phase.AUCTION, Phase.PAUSE)
"""Orders are collected, and nothing trades."""
AUCTION_CALLS: Final = (Phase.AUCTION, Phase.PAUSE)
"""A price is indicated, and the call can end by itself."""
QUOTE_REASONS: Final = (CancelReason.QUOTE_WITHDRAWN, CancelReason.QUOTE_REFUSED, CancelReason.PROTECTION)
"""Why a quote can be cancelled, and no other order."""
PENDING_REASONS: Final = (CancelReason.USER, CancelReason.CANCEL_ALL, CancelReason.FROZEN, *QUOTE_REASONS)
"""Why an order can be cancelled that waits for the end of an uncrossing."""


class Call(NamedTuple):
    """What is remembered of the call of an auction and of its uncrossing: all of it 0 in other phases."""

    next: Phase = Phase.CONTINUOUS
    """What comes after the uncrossing."""
    extensions: int = 0
    auction_price: int = 0
    """In ticks, of an uncrossing; 0: nothing trades."""
    ends_at: int = 0
    """When a pulse ends the call; 0: a command does."""
    indicate_at: int = 0
    """When a pulse says the price next."""


NO_CALL: Final = Call()


class TradingLimits(NamedTuple):
    """What bounds prices and orders of an instrument; a limit of 0 does not."""

    static_bps: int = 0
    dynamic_bps: int = 0
    auction_bps: int = 0
    call_ns: int = 0
    max_quantity: int = 0
    max_notional: int = 0


NO_LIMITS: Final = TradingLimits()


class Exits(NamedTuple):
    """What closes the entry of a bracket that has ended, until it is placed: two orders of which one cancels the
    other."""

    entry: int
    """Its order id."""
    account: int
    take_profit: int
    trigger_price: int
    stop_price: int
    """Limit of the stop once it has been reached; 0: it becomes a market order."""
    quantity: int
    """Lots that the entry has traded."""
    side: Side
    """Of the exits: not the entry's."""
    stp: SelfTradePrevention
    trigger: Trigger


@dataclass(slots=True, eq=False)
class Instrument:
    """What is traded (`base`), for what (`quote`), in which steps; what it is worth; its phase, its book, its stops."""

    id: int
    symbol: bytes
    base: int
    quote: int
    collar_bps: int
    lot_size: int
    tick_lot_value: int
    max_price: int
    halts: set[HaltCause] = field(default_factory=set)
    """The causes that stand."""
    last_trade: int = 0
    """Price of the last fill; 0 before the first."""
    reference_price: int = 0
    """What it is worth elsewhere; 0 if that is not known."""
    reference_source: int = 0
    observed_at: int = 0
    phase: Phase = Phase.CONTINUOUS
    call: Call = NO_CALL
    limits: TradingLimits = NO_LIMITS
    eligibility: Eligibility = EVERYBODY
    """Who may trade it."""
    volatility: Volatility = field(default_factory=Volatility)
    protection: PriceProtection = field(default_factory=PriceProtection)
    pending_cancels: dict[int, CancelReason] = field(default_factory=dict)
    """Why an order is cancelled when the uncrossing ends, by its id."""
    exits: list[Exits] = field(default_factory=list)
    """What waits to be placed, the first to be placed first."""
    book: Book[LiveOrder] = field(default_factory=Book)
    queues: dict[tuple[int, Side], Queue[LiveOrder]] = field(default_factory=new_queues)
    """The waiting stops by trigger and side, in the order in which they are observed."""

    @property
    def halted(self) -> bool:
        """Whether it does not trade, for whatever cause."""
        return bool(self.halts)

    @property
    def causes(self) -> int:
        """The causes that stand, a bit each."""
        return sum(1 << cause for cause in self.halts)

    @property
    def is_collecting(self) -> bool:
        """Whether orders rest where they arrive."""
        return self.phase in CALL_PHASES

    @property
    def lets_stops_in(self) -> bool:
        """Whether it trades as orders come."""
        return self.phase == Phase.CONTINUOUS and not self.halted

    @property
    def auction_reference(self) -> int:
        """What it is worth as far as that is known, in ticks; 0 if it is not."""
        return self.reference_price or self.last_trade

    def followed(self, without: LiveOrder | None = None) -> Followed:
        """What pegs follow now, or would without an order: nothing, unless it trades as orders come."""
        if self.phase != Phase.CONTINUOUS:
            return Followed(None, None, self.max_price)
        bid, ask = (self.book.best_price(side, without) for side in (Side.BUY, Side.SELL))
        return Followed(bid, ask, self.max_price)

    def best_hidden(self, side: Side) -> int | None:
        """The best price of the hidden orders that trade with anybody, in ticks."""
        orders = self.book.hidden[side].orders()
        return next((order.price for order in orders if not order.has_hidden_minimum), None)

    def listed_orders(self) -> Iterator[LiveOrder]:
        """Every open order, in the order in which the state image lists them."""
        for half in (self.book.displayed, self.book.hidden, self.book.market):
            for side in (Side.BUY, Side.SELL):
                yield from half[side].orders()
        for queue in self.queues.values():
            yield from queue.stops()
        for side in (Side.BUY, Side.SELL):
            yield from self.book.pegs[side].listed()

    def remember_trade(self, price: int) -> None:
        """The price of a fill is the last trade's, which stops of both sides look at."""
        self.last_trade = price
        for side in Side:
            self.queues[Trigger.LAST_TRADE, side].look(price)

    def value(self, trigger: int, side: Side) -> int | None:
        """What stops of this trigger and side wait for, as it is now; None if it is not known."""
        if trigger == Trigger.BEST_OPPOSITE:
            return self.book.best_price(opposite(side))
        return (self.last_trade if trigger == Trigger.LAST_TRADE else self.reference_price) or None


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


class Protection(NamedTuple):
    """How much the quotes of a group may trade in a while; all 0: as much as they will."""

    max_fills: int = 0
    window_ns: int = 0
    max_quantity: int = 0
    max_notional: int = 0
    max_delta: int = 0


NO_PROTECTION: Final = Protection()


class CountedFill(NamedTuple):
    """A fill of a quote whose group has a protection."""

    time: int
    lots: int
    """Below 0: sold."""
    cash: int


class Sums(NamedTuple):
    """What a group has traded in its window."""

    quantity: int
    notional: int
    fills: int
    delta: int


@dataclass(slots=True, eq=False)
class QuoteGroup:
    """What is known of a quote group besides its quotes, which are open orders like others."""

    protection: Protection = NO_PROTECTION
    is_blocked: bool = False
    counted: list[CountedFill] = field(default_factory=list)
    """Oldest first; the window is of those that are young enough."""

    def window(self, now: int) -> list[CountedFill]:
        """The fills that still count at this time, oldest first."""
        return [fill for fill in self.counted if now - fill.time < self.protection.window_ns]

    def sums(self, now: int) -> Sums:
        """What was traded in the window of this time."""
        window = self.window(now)
        return Sums(
            quantity=sum(abs(fill.lots) for fill in window),
            notional=sum(fill.cash for fill in window),
            fills=len(window),
            delta=sum(fill.lots for fill in window),
        )

    def limit_reached(self, now: int) -> ProtectionLimit | None:
        """The first of the limits that the window of this time reaches."""
        own, sums = self.protection, self.sums(now)
        reached = {
            ProtectionLimit.QUANTITY: 0 < own.max_quantity <= sums.quantity,
            ProtectionLimit.NOTIONAL: 0 < own.max_notional <= sums.notional,
            ProtectionLimit.FILLS: 0 < own.max_fills <= sums.fills,
            ProtectionLimit.DELTA: 0 < own.max_delta <= abs(sums.delta),
        }
        return next((limit for limit, is_reached in reached.items() if is_reached), None)


class ObligationTerms(NamedTuple):
    """What a market maker owes on an instrument, and the maker rate that it gets for it."""

    max_spread: int
    min_quantity: int
    required_bps: int
    maker_rate: int


@dataclass(slots=True)
class Kept:
    """How an obligation was met since it began anew, in nanoseconds, and whether it was in the trade date before."""

    terms: ObligationTerms
    met_ns: int = 0
    open_ns: int = 0
    is_earned: bool = False


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
    group: int = 0
    """Accounts of one firm have the same; 0: none."""
    max_open_notional: int = 0
    """In units of the quote asset; 0: any."""
    holder: Holder = UNKNOWN
    available: Counter[int] = field(default_factory=Counter)
    held: Counter[int] = field(default_factory=Counter)
    open_orders: dict[int, LiveOrder] = field(default_factory=dict)
    open_client_ids: dict[bytes, LiveOrder] = field(default_factory=dict)
    finished: dict[bytes, FinishedOrder] = field(default_factory=dict)
    quote_groups: dict[int, QuoteGroup] = field(default_factory=dict)
    """Those of which something is known or was."""
    timers: dict[CancelTimer, int] = field(default_factory=dict)
    """When those that run run out."""

    def quotes(self, group: int) -> list[LiveOrder]:
        """The open quotes of a group, oldest first."""
        return [order for order in self.open_orders.values() if order.attributes.quote_group == group]

    def quote_group(self, number: int) -> QuoteGroup:
        """What is known of a group: of one that was never named, nothing."""
        return self.quote_groups.setdefault(number, QuoteGroup())

    def is_one_party_with(self, other: Account) -> bool:
        """Whether self-trade prevention works between the two."""
        return self is other or (self.group != 0 and self.group == other.group)

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

SLICE_NUMBERS: Final = 256
"""Of an iceberg: its slices are counted in a byte."""


@dataclass(slots=True, eq=False)
class LiveOrder:
    """An accepted order that is not finished: the incoming one, one that rests in a book, or a stop that waits."""

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
    """Lots left, an iceberg's reserve included; 0 for a notional order."""
    budget: int
    """What a notional order may still spend, in units of the quote asset; else 0."""
    rates: Rates
    filled: int = 0
    order_id: int = 0
    attributes: OrderAttributes = NO_ATTRIBUTES

    @property
    def is_notional(self) -> bool:
        """Whether the order counts money instead of lots."""
        return self.quantity_kind == QuantityKind.NOTIONAL

    @property
    def is_market(self) -> bool:
        """Whether its limit is a collar."""
        return self.order_type == OrderType.MARKET

    @property
    def has_something_left(self) -> bool:
        """Whether the order wants to go on trading."""
        return self.leaves > 0 or self.budget > 0

    @property
    def waits(self) -> bool:
        """Whether it is a stop that has not been let in yet."""
        return self.attributes.trigger != Trigger.NONE

    @property
    def trigger_price(self) -> int:
        """Of a stop that waits, as it is now; else 0."""
        return self.attributes.trigger_price

    @property
    def trail(self) -> int:
        """By how much a waiting stop trails; 0 if it does not."""
        return self.attributes.trail

    @property
    def is_linked(self) -> bool:
        """Whether it is a leg of a pair that is whole."""
        return self.attributes.partner != 0

    @property
    def is_entry(self) -> bool:
        """Whether exits close what it trades."""
        return self.attributes.exit_trigger != Trigger.NONE

    @property
    def queue(self) -> Queue[LiveOrder]:
        """Where a stop waits."""
        return self.instrument.queues[self.attributes.trigger, self.side]

    @property
    def is_hidden(self) -> bool:
        """Whether others do not see it when it rests."""
        return self.attributes.visibility == Visibility.HIDDEN

    @property
    def peg(self) -> PegReference:
        """What its price follows."""
        return PegReference(self.attributes.peg)

    @property
    def peg_offset(self) -> int:
        """Ticks behind that."""
        return self.attributes.peg_offset

    @property
    def arrival(self) -> int:
        """Of a pegged order: the sequence of the command with which it took its place; else 0."""
        return self.attributes.arrival

    @property
    def is_pegged(self) -> bool:
        """Whether its price follows something."""
        return self.peg != PegReference.NONE

    @property
    def has_hidden_minimum(self) -> bool:
        """Whether it takes part only in fills of so many lots when it rests."""
        return self.is_hidden and self.attributes.min_quantity > 0

    @property
    def is_below_minimum(self) -> bool:
        """Whether less is left than a hidden order's minimum."""
        return self.has_hidden_minimum and self.leaves < self.attributes.min_quantity

    @property
    def is_for_one_auction(self) -> bool:
        """Whether it ends with the next uncrossing."""
        return self.attributes.lifetime == Lifetime.AUCTION

    @property
    def is_cancel_pending(self) -> bool:
        """Whether it goes when the uncrossing of its instrument ends."""
        return self.order_id in self.instrument.pending_cancels

    @property
    def is_quote(self) -> bool:
        """Whether it came, and goes, with a mass quote."""
        return self.attributes.quote_group != 0

    @property
    def is_in_book(self) -> bool:
        """Whether it rests now: an incoming order does not, nor a stop that waits."""
        return any(other is self for other in self.instrument.book.orders(self.side) if other.price == self.price)

    @property
    def is_iceberg(self) -> bool:
        """Whether it shows a slice at a time when it rests."""
        return self.attributes.display_quantity > 0

    @property
    def slice_left(self) -> int:
        """Lots that can trade before it is the order's turn again: all, but for an iceberg that rests."""
        return self.leaves - self.attributes.reserve

    @property
    def held_asset(self) -> int:
        """The asset in which the order's hold is: what it pays with."""
        return self.instrument.quote if self.side == Side.BUY else self.instrument.base

    @property
    def opposite(self) -> Side:
        """The side it trades against."""
        return opposite(self.side)

    @property
    def slot(self) -> int:
        """The part of the order id that is used again."""
        return self.order_id & ((1 << ORDER_SLOT_BITS) - 1)

    def set_attributes(self, **values: int) -> None:
        """Gives attributes of the order other values."""
        self.attributes = self.attributes._replace(**values)

    def show_slice(self) -> None:
        """Shows as much as an iceberg does at a time; the rest becomes its reserve."""
        self.set_attributes(reserve=max(0, self.leaves - self.attributes.display_quantity))

    def count_slice(self) -> None:
        """The slice that is shown next has the next number."""
        self.set_attributes(slice=(self.attributes.slice + 1) % SLICE_NUMBERS)

    def cash(self, price: int, lots: int) -> int:
        """Exact value of `lots` at `price`, in units of the quote asset."""
        return price * lots * self.instrument.tick_lot_value

    @property
    def notional(self) -> int:
        """What is left of it at its limit, in units of the quote asset; of a notional order its budget."""
        return self.budget if self.is_notional else self.cash(self.price, self.leaves)

    def hold(self) -> int:
        """What the account must keep aside for what is left of the order, in units of `held_asset`: of a linked stop
        what it needs beyond the other leg's."""
        if self.attributes.partner_price:
            return max(0, self._hold_at(self.price) - self._hold_at(self.attributes.partner_price))
        return self._hold_at(self.price)

    def _hold_at(self, price: int) -> int:
        if self.side == Side.SELL:
            return sell_hold(self.leaves, self.instrument.lot_size)
        if self.is_notional:
            return self.budget
        return buy_hold(self.cash(price, self.leaves), max(self.rates))

    def reaches(self, price: int) -> bool:
        """Whether the order's limit allows a trade at `price`."""
        return is_within(self.side, self.price, price)

    def comes_to(self, price: int, followed: Followed) -> bool:
        """Whether the order trades at `price` when it comes in: as far as its limit, a peg as far as its effective
        price."""
        limit = effective_price(self, followed) if self.is_pegged else self.price
        return limit is not None and is_within(self.side, limit, price)

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


class ReferenceId(NamedTuple):
    """Under what a money command was carried out. They are in the order of these fields."""

    account: int
    command: int
    """Its kind."""
    text: bytes


class Original(NamedTuple):
    """What a money command did."""

    asset: int
    counterparty: int
    """Of a transfer, forced or not, else 0."""
    amount: int
    withdrawal_id: int
    """Of a withdrawal or a redemption; of a forced transfer its reason; else 0."""
    original_sequence: int


@dataclass(slots=True)
class OrderSlots:
    """The slots of the order slab: the freed last is taken first, then the lowest never used."""

    generations: list[int] = field(default_factory=list)
    """How often each slot has been used."""
    free: list[int] = field(default_factory=list)

    def room(self) -> int:
        """How many more orders there are slots for."""
        return len(self.free) + MAX_OPEN_ORDERS - len(self.generations)

    def take(self) -> int:
        """A slot for an accepted order, in its next generation."""
        if self.free:
            slot = self.free.pop()
        else:
            slot = len(self.generations)
            self.generations.append(0)
        self.generations[slot] += 1
        return slot

    def is_worn_out(self, slot: int) -> bool:
        """Whether its use now is its last."""
        return self.generations[slot] >= MAX_GENERATION

    def give_back(self, slot: int) -> None:
        """The slot of a finished order; a worn-out one is never used again."""
        if not self.is_worn_out(slot):
            self.free.append(slot)


class Key(NamedTuple):
    """An API key. One without a document is revoked."""

    account: int
    expires_at: int = 0
    """In nanoseconds; 0: never."""
    document: bytes = b""

    @property
    def is_revoked(self) -> bool:
        """Whether it is good for nothing any more."""
        return not self.document


@dataclass(slots=True)
class State:
    """The whole state. Registries are lists: an id is a position. Withdrawals are in ascending order of their ids."""

    shard: int = 0
    max_open_orders: int = DEFAULT_MAX_OPEN_ORDERS
    trade_date: int = 0
    """Eight digits: year, month, day; 0 before the first."""
    client_id_key: bytes = bytes(KEY_LEN)
    sequence: int = 0
    timestamp_ns: int = 0
    settlements: int = 0
    withdrawals_requested: int = 0
    fee_schedules: list[Fees] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    instruments: list[Instrument] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    slots: OrderSlots = field(default_factory=OrderSlots)
    open_orders: dict[int, LiveOrder] = field(default_factory=dict)
    withdrawals: dict[int, Withdrawal] = field(default_factory=dict)
    fee_overrides: dict[Target, Fees] = field(default_factory=dict)
    fee_changes: list[WaitingChange] = field(default_factory=list)
    """In the order in which they become effective."""
    traded: dict[tuple[int, int], Traded] = field(default_factory=dict)
    """What decides tiers, by account and quote asset."""
    obligations: dict[tuple[int, int], Kept] = field(default_factory=dict)
    """By account and instrument."""
    references: dict[ReferenceId, Original] = field(default_factory=dict)
    """Commands that moved money."""
    keys: list[Key] = field(default_factory=list)
    """API keys; their ids count from 1."""
    freezes: dict[FreezeId, int] = field(default_factory=dict)
    """How many units of each are frozen."""
    registered: dict[BeneficialId, int] = field(default_factory=dict)
    """How many units each beneficial holder has."""
    backing: Backing = field(default_factory=Backing)
    """What stands behind assets."""
    actions: Actions = field(default_factory=Actions)

    @classmethod
    def genesis(cls, shard: int, max_open_orders: int, client_id_key: bytes) -> State:
        """Before the first command: the venue's account and a free-of-charge fee schedule."""
        state = cls(shard, max_open_orders, client_id_key=client_id_key)
        state.fee_schedules.append(NO_FEES)
        state.accounts.append(Account(0, 0))
        return state

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
                yield from instrument.book.auction_orders(side)
                yield from instrument.book.pegs[side].listed()

    def waiting_stops(self) -> Iterator[LiveOrder]:
        """Every stop of every queue."""
        for instrument in self.instruments:
            for queue in instrument.queues.values():
                yield from queue.stops()

    def check(self) -> None:
        """Asserts what holds after every command: conservation, and that held is exactly what is held for something."""
        for asset, entry in enumerate(self.assets):
            assert self.total(asset) == entry.issued, (
                f"asset {asset}: {self.total(asset)} held by all, {entry.issued} issued"
            )
        expected: list[Counter[int]] = [Counter() for _ in self.accounts]
        for order in self.open_orders.values():
            expected[order.account.id][order.held_asset] += order.hold()
        for withdrawal in self.withdrawals.values():
            expected[withdrawal.account][withdrawal.asset] += withdrawal.amount
        for identifier, amount in self.freezes.items():
            expected[identifier.account][identifier.asset] += amount
        for beneficial, amount in self.registered.items():
            expected[beneficial.account][beneficial.asset] += amount
        for redemption in self.backing.redemptions.values():
            expected[redemption.account][redemption.asset] += redemption.amount + redemption.fee
        for payer, asset, amount in self.actions.held():
            expected[payer][asset] += amount
        for account in self.accounts:
            assert account.held == expected[account.id], f"account {account.id}: held {account.held}, not as its orders"
            assert min(account.available.values(), default=0) >= 0, f"account {account.id}: {account.available}"
        self._check_orders()
        self._check_slots()
        self._check_pairs()
        self._check_pegs()
        for account in self.accounts:
            self._check_quotes(account)
        self._check_fees()
        for instrument in self.instruments:
            _check_phase(instrument)
            self._check_pending_cancels(instrument)
            self._check_exits(instrument)
            _check_book(instrument)
            for queue in instrument.queues.values():
                _check_queue(instrument, queue)

    def _check_orders(self) -> None:
        """Asserts that every open order is in one place, and there with something left."""
        placed = [*self.resting_orders(), *self.waiting_stops()]
        for order in placed:
            name = f"order {order.order_id}"
            assert self.open_orders.get(order.order_id) is order, f"{name} rests or waits but is not open"
            assert order.leaves > 0, f"{name} rests or waits with nothing left"
            assert order.filled + order.leaves == order.quantity, f"{name} lost lots"
        assert len(placed) == len(self.open_orders), f"{len(self.open_orders)} open orders, {len(placed)} placed"
        assert len(placed) == sum(len(account.open_orders) for account in self.accounts), (
            "an open order without its account"
        )

    def _check_fees(self) -> None:
        """Asserts that fees are possible, and that each change of them that waits is one of those that can."""
        changes = self.fee_changes
        waiting = [change.fees for change in changes if change.fees is not None]
        for fees in (*self.fee_schedules, *self.fee_overrides.values(), *waiting):
            assert fees.are_possible, f"fees {fees}"
        for target in (*self.fee_overrides, *(change.target for change in changes)):
            assert target.fee_schedule < len(self.fee_schedules), f"{target}: no such fee schedule"
        places = [change[:2] for change in changes]
        assert places == sorted(set(places)), f"changes of fees wait out of order: {places}"
        assert all(change.effective_at > 0 for change in changes), "a change of fees waits for nothing"
        assert len(changes) <= MAX_PENDING_FEE_CHANGES, f"{len(changes)} changes of fees wait"
        for owner, traded in self.traded.items():
            for day, notional in traded.days.items():
                assert 0 < notional <= MAX_AMOUNT, f"{owner} traded {notional} on day {day}"
                assert day <= day_of(self.timestamp_ns), f"{owner} traded on day {day}, which is to come"

    def _check_pending_cancels(self, instrument: Instrument) -> None:
        """Asserts that what waits for the end of an uncrossing is there to be cancelled."""
        name = f"instrument {instrument.id}"
        assert instrument.phase == Phase.UNCROSSING or not instrument.pending_cancels, f"{name}: cancels that wait"
        for number, reason in instrument.pending_cancels.items():
            order = self.open_orders.get(number)
            assert order is not None, f"{name}: the cancel of order {number} waits, and it is not open"
            assert order.instrument is instrument, f"{name}: the cancel of order {number} waits, and it is elsewhere"
            assert reason in PENDING_REASONS, f"{name}: order {number} waits to be cancelled for {reason.name}"
            assert order.is_quote or reason not in QUOTE_REASONS, f"{name}: order {number} is no quote: {reason.name}"

    def _check_quotes(self, account: Account) -> None:
        """Asserts that a group has one quote a side of an instrument, and has traded no more than it may."""
        name = f"account {account.id}"
        quotes = [order for order in account.open_orders.values() if order.is_quote]
        places = [(order.attributes.quote_group, order.instrument.id, order.side) for order in quotes]
        assert len(set(places)) == len(places), f"{name}: two quotes in one place"
        for order in quotes:
            _check_quote(order)
        for number, group in account.quote_groups.items():
            staying = [quote for quote in account.quotes(number) if not quote.is_cancel_pending]
            assert not group.is_blocked or not staying, f"{name}: group {number} is blocked and quotes"
            window = group.window(self.timestamp_ns)
            assert not (group.is_blocked and window), f"{name}: group {number} is blocked and counts"
            # A difference can be left behind by fills that left the window: then nothing has reached it.
            reached = group.limit_reached(self.timestamp_ns)
            assert reached in (None, ProtectionLimit.DELTA), (
                f"{name}: group {number} has traded {group.sums(self.timestamp_ns)}"
            )
        assert all(account.timers.values()), f"{name}: a timer that runs out at no time"

    def _check_pairs(self) -> None:
        """Asserts that legs are linked to each other, whole, and together hold the larger of both holds."""
        for order in self.open_orders.values():
            if not order.is_linked:
                assert order.attributes.partner_price == 0, f"order {order.order_id}: a limit of nobody counts for it"
                continue
            other = self.open_orders.get(order.attributes.partner)
            name = f"order {order.order_id}, linked to {order.attributes.partner}"
            assert other is not None, f"{name}, which is not open"
            assert other.attributes.partner == order.order_id, f"{name}, which is linked to another"
            assert order.waits != other.waits, f"{name}: a pair is an order that rests and a stop"
            if order.waits:
                _check_pair(name, limit=other, stop=order)

    def _check_pegs(self) -> None:
        """Asserts that a peg is nothing else, and that its place is its own."""
        pegs = [peg for instrument in self.instruments for side in Side for peg in instrument.book.pegs[side].listed()]
        for peg in pegs:
            assert 1 <= peg.arrival <= self.sequence, f"order {peg.order_id} arrived with command {peg.arrival}"
            _check_peg(peg)
        assert len({peg.arrival for peg in pegs}) == len(pegs), "two pegs arrived with one command"

    def _check_exits(self, instrument: Instrument) -> None:
        """Asserts that what waits to be placed closes something that was traded."""
        entries = [exits.entry for exits in instrument.exits]
        assert len(set(entries)) == len(entries), f"instrument {instrument.id}: exits twice"
        for exits in instrument.exits:
            name = f"exits of order {exits.entry}"
            slot = exits.entry & ((1 << ORDER_SLOT_BITS) - 1)
            shard, generation = divmod(exits.entry >> ORDER_SLOT_BITS, 1 << ORDER_GENERATION_BITS)
            assert shard == self.shard, f"{name}, which is of shard {shard}"
            assert slot < len(self.slots.generations), f"{name}, whose slot was never used"
            assert 1 <= generation <= self.slots.generations[slot], f"{name}, which was never accepted"
            assert exits.entry not in self.open_orders, f"{name}, which is open"
            assert exits.account < len(self.accounts), f"{name}: no such account"
            assert exits.quantity >= 1, f"{name}: {exits.quantity} lots"
            prices = (exits.take_profit, exits.trigger_price, exits.stop_price)
            assert are_exit_prices(instrument, exits.side, *prices), f"{name}: {prices}"
            assert exits.trigger != Trigger.NONE, f"{name}: a stop that waits for nothing"

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


def is_within(side: Side, limit: int, price: int) -> bool:
    """Whether an order of this side and limit may trade at `price`."""
    return price <= limit if side == Side.BUY else price >= limit


def is_beyond(side: Side, price: int, trigger_price: int) -> bool:
    """Whether the limit of a pair's limit leg is on the other side of its stop's trigger price: they can not both be
    reached by one value."""
    return price > trigger_price if side == Side.SELL else price < trigger_price


def are_exit_prices(instrument: Instrument, side: Side, take_profit: int, trigger_price: int, stop_price: int) -> bool:
    """Whether exits of this side can have these prices."""
    are_prices = all(1 <= price <= instrument.max_price for price in (take_profit, trigger_price))
    return are_prices and 0 <= stop_price <= instrument.max_price and is_beyond(side, take_profit, trigger_price)


def _check_pair(name: str, limit: LiveOrder, stop: LiveOrder) -> None:
    """Asserts that these are the two legs that PLACE_OCO makes, and that neither has lost a lot."""
    for what in ("account", "instrument", "side", "quantity", "stp"):
        assert getattr(limit, what) == getattr(stop, what), f"{name}: not of one {what}"
    for what in ("expires_at", "lifetime", "trade_date"):
        assert getattr(limit.attributes, what) == getattr(stop.attributes, what), f"{name}: not of one {what}"
    rates = [(order.rates.maker_rate, max(order.rates)) for order in (limit, stop)]
    assert rates[0] == rates[1], f"{name}: rates {rates}"
    for order in (limit, stop):
        own = order.attributes
        assert order.leaves == order.quantity, f"{name}: {order.leaves} of {order.quantity} left"
        assert not any((own.display_quantity, own.min_quantity, own.visibility, own.trail)), f"{name} says too much"
        assert not order.is_entry, f"{name} is an entry"
        assert not order.is_for_one_auction, f"{name} is for an auction"
    assert limit.time_in_force == TimeInForce.GTC, f"{name}: the limit leg is {limit.time_in_force.name}"
    assert stop.is_market == (stop.time_in_force == TimeInForce.IOC), f"{name}: the stop leg is neither one nor other"
    assert not stop.client_order_id, f"{name}: the stop leg has a client order id"
    assert is_beyond(limit.side, limit.price, stop.trigger_price), f"{name}: {limit.price} and {stop.trigger_price}"
    assert limit.attributes.partner_price == 0, f"{name}: the limit leg counts on the stop's hold"
    assert stop.attributes.partner_price == limit.price, f"{name}: {limit.price} is not {stop.attributes.partner_price}"
    holds = [order._hold_at(order.price) for order in (limit, stop)]
    assert limit.hold() + stop.hold() == max(holds), f"{name}: {limit.hold()} and {stop.hold()} held"


def _check_phase(instrument: Instrument) -> None:
    """Asserts that the instrument remembers of a call what its phase needs, and nothing else."""
    name, phase, call = f"instrument {instrument.id}", instrument.phase, instrument.call
    assert call.next in (Phase.CONTINUOUS, Phase.CLOSED), f"{name}: {call.next.name} after an auction"
    assert 0 <= call.auction_price <= instrument.max_price, f"{name}: an auction at {call.auction_price}"
    if phase in AUCTION_CALLS:
        assert call.auction_price == 0, f"{name}: a price before the call has ended"
        assert call.indicate_at > 0, f"{name}: a price that is never said"
        assert call.ends_at > 0 or call.extensions == 0, f"{name}: a call without an end was extended"
    else:
        assert call.extensions == call.ends_at == call.indicate_at == 0, f"{name}: {phase.name}, and a call"
    if phase == Phase.PAUSE:
        assert call.ends_at > 0, f"{name}: a pause without an end"
        assert call.next == Phase.CONTINUOUS, f"{name}: {call.next.name} after a pause"
    if phase not in (*AUCTION_CALLS, Phase.UNCROSSING):
        assert call == NO_CALL, f"{name}: {phase.name}, and an auction"


def _check_book(instrument: Instrument) -> None:
    """Asserts that nothing rests that would have traded, and that each order shows what it should."""
    book, name = instrument.book, f"instrument {instrument.id}"
    if instrument.phase == Phase.CONTINUOUS:
        bid, ask = (
            next((order.price for order in book.orders(side) if not order.has_hidden_minimum), None) for side in Side
        )
        assert bid is None or ask is None or bid < ask, f"{name} is crossed: {bid} and {ask}"
    for side in Side:
        for price, orders in book.displayed[side]:
            shown = sum(order.slice_left for order in orders)
            assert 1 <= shown <= MAX_AMOUNT, f"{name}: {shown} lots shown at {price}"
        for order in book.auction_orders(side):
            _check_resting(order)
        for order in _done_before_the_next_command(instrument, side):
            assert not order.is_below_minimum, (
                f"order {order.order_id}: {order.leaves} left of at least {order.attributes.min_quantity}"
            )


def _done_before_the_next_command(instrument: Instrument, side: Side) -> Iterator[LiveOrder]:
    """The hidden orders of a side less the one that an uncrossing may have traded below its minimum."""
    traded = 1 if instrument.phase == Phase.UNCROSSING else 0
    return islice(instrument.book.hidden[side].orders(), traded, None)


def _check_resting(order: LiveOrder) -> None:
    """Asserts that an order that rests shows a part of what it should, and has nothing of a stop."""
    name, own = f"order {order.order_id}", order.attributes
    assert not any((own.trigger, own.trigger_price, own.trail, own.waiting_type, own.taker_rate)), f"{name} waits"
    assert not any((own.peg, own.peg_offset, own.arrival)), f"{name} is a peg, and has a level"
    exits = (own.exit_trigger, own.take_profit, own.exit_trigger_price, own.exit_price)
    if order.is_entry:
        assert are_exit_prices(order.instrument, order.opposite, *exits[1:]), f"{name}: exits at {exits[1:]}"
        assert not any((own.display_quantity, own.min_quantity, own.visibility)), f"{name} is an entry, and says more"
    else:
        assert not any(exits), f"{name} is no entry, and has exits"
    if order.is_iceberg:
        assert not order.is_hidden, f"{name} is a hidden iceberg"
        assert own.reserve >= 0, f"{name}: a reserve of {own.reserve}"
        assert 1 <= order.slice_left <= own.display_quantity, f"{name} shows {order.slice_left}"
    else:
        assert own.display_quantity == own.reserve == own.slice == 0, f"{name} has slices and is no iceberg"
    assert own.min_quantity == 0 or order.has_hidden_minimum, f"{name}: a minimum that means nothing any more"
    if order.is_for_one_auction:
        phase = order.instrument.phase
        assert phase != Phase.CONTINUOUS, f"{name} is for an auction, and there is none"
        assert phase == Phase.UNCROSSING or order.filled == 0, f"{name} had its auction"
    if order.is_market:
        assert order.is_for_one_auction, f"{name} is a market order, and not for an auction"
        assert not order.is_hidden, f"{name} is a hidden market order"
        assert not order.is_iceberg, f"{name} is a market order by slices"


def _check_peg(order: LiveOrder) -> None:
    """Asserts that a peg is a limit order that follows something, and nothing else."""
    name, own = f"peg {order.order_id}", order.attributes
    said = ("peg", "peg_offset", "arrival", "taker_rate", "expires_at", "lifetime", "trade_date")
    assert own == OrderAttributes(**{what: getattr(own, what) for what in said}), f"{name} is something else, too"
    assert not order.is_for_one_auction, f"{name} is for an auction"
    assert order.time_in_force == TimeInForce.GTC, f"{name} is {order.time_in_force.name}"
    least = 1 if order.peg == PegReference.MARKET else 0
    assert least <= own.peg_offset <= MAX_PEG_OFFSET, f"{name} is {own.peg_offset} ticks behind"


def _check_quote(order: LiveOrder) -> None:
    """Asserts that a quote is a displayed limit order and nothing else."""
    name = f"quote {order.order_id}"
    assert order.attributes == OrderAttributes(quote_group=order.attributes.quote_group), (
        f"{name} is something else, too"
    )
    assert not order.client_order_id, f"{name} has a client order id"
    assert order.time_in_force in (TimeInForce.GTC, TimeInForce.POST_ONLY), f"{name} is {order.time_in_force.name}"


def _check_queue(instrument: Instrument, queue: Queue[LiveOrder]) -> None:
    """Asserts that the stops that were reached are marked, and wait only for their turn; a halt or another phase defers
    that."""
    name = f"instrument {instrument.id}, {queue.trigger.name} {queue.side.name}"
    for stop in queue.stops():
        own = stop.attributes
        assert (own.trigger, stop.side) == (queue.trigger, queue.side), f"{name}: order {stop.order_id} waits for else"
        assert own.reserve == own.slice == 0, f"order {stop.order_id} shows a slice and waits"
        assert not any((own.peg, own.peg_offset, own.arrival)), f"order {stop.order_id} is a peg and waits"
        exits = (own.exit_trigger, own.take_profit, own.exit_trigger_price, own.exit_price)
        assert not any(exits), f"order {stop.order_id} is an entry and waits"
        assert stop.filled == 0, f"order {stop.order_id} traded and waits"
    assert 0 <= queue.mark <= instrument.max_price, f"{name}: a mark of {queue.mark}"
    if instrument.lets_stops_in:
        assert not queue.mark or queue.is_reached_by(queue.mark), f"{name}: the mark {queue.mark} reaches nothing"
        value = instrument.value(queue.trigger, queue.side)
        assert queue.mark or not queue.is_reached_by(value), f"{name} is reached by {value}, and has no mark"
