"""Whatever rests when a call ends, its auction is what the rules say of it, on both engines.

The price is that of a search through all prices; the trades are those of a plain model of the queues. Money, holds
and what is left are counted from the events. Between two steps each engine is restored from the image of the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

import pyengine
from pyengine import reference
from pyengine.records import (
    COLLAR_SCALE,
    INDICATION_INTERVAL,
    AssetClass,
    CancelReason,
    EventKind,
    Lifetime,
    Liquidity,
    OrderType,
    Phase,
    RejectCode,
    Side,
    Visibility,
)

MAX_PRICE: Final = 12
PRICES: Final = range(1, MAX_PRICE + 1)
COLLAR: Final = 2_500
LOT_SIZE, TICK_LOT_VALUE = 2, 30_000
FUNDS: Final = 1 << 40
RATES: Final = ((0, 0), (20_000, 30_000), (32_767, 1))
"""Maker and taker rate of each account's schedule; account 0 takes no part."""
CASH, BASE = 0, 1
MARKET, DISPLAYED, HIDDEN = range(3)
"""How orders of one limit come one after another."""


class Wish(NamedTuple):
    """An order that somebody would have in the auction."""

    account: int
    side: Side
    price: int
    quantity: int
    form: str
    part: int
    """What an iceberg shows, or a hidden order's minimum."""
    for_auction: bool


@dataclass
class Resting:
    """An order as the model has it."""

    order_id: int
    account: int
    side: Side
    limit: int
    rank: int
    shows: int
    reserve: int
    display: int
    minimum: int
    for_auction: bool

    @property
    def leaves(self) -> int:
        return self.shows + self.reserve

    @property
    def kept(self) -> int:
        """What still rests when the auction is over."""
        return 0 if self.for_auction or self.leaves < self.minimum else self.leaves


class Venue:
    """The reference engine and the native one, asked the same."""

    def __init__(self) -> None:
        self.engines: list[Any] = [reference.Engine(), pyengine.Engine()]
        self.events: list[Any] = []
        self.ask("create_asset", CASH, "USDC", AssetClass.STABLECOIN, 6)
        self.ask("create_asset", BASE, "AAPL", AssetClass.EQUITY, 6)
        sizes = {"lot_size": LOT_SIZE, "tick_lot_value": TICK_LOT_VALUE, "max_price": MAX_PRICE, "collar_bps": COLLAR}
        self.ask("create_instrument", 0, "AAPL-USDC", BASE, CASH, **sizes)
        for schedule, rates in enumerate(RATES):
            self.ask("set_fee_schedule", schedule, *rates)
            self.ask("create_account", schedule + 1, fee_schedule=schedule)
            for asset in (CASH, BASE):
                self.ask("deposit", schedule + 1, asset, FUNDS)

    def ask(self, method: str, *arguments: Any, **options: Any) -> list[Any]:
        """The events of either, which are those of the other."""
        left, right = (list(getattr(engine, method)(*arguments, **options)) for engine in self.engines)
        assert b"".join(map(bytes, left)) == b"".join(map(bytes, right))
        self.events += left
        return left

    def swap(self) -> None:
        """Each engine goes on from the image of the other."""
        images = [engine.state_image() for engine in self.engines]
        assert images[0] == images[1]
        self.engines = [type(engine).restore(image) for engine, image in zip(self.engines, images[::-1], strict=True)]
        assert [engine.state_image() for engine in self.engines] == images

    def uncross(self) -> Iterable[list[Any]]:
        """Ends the call: the events of each step until trading goes on."""
        events = self.ask("set_phase", 0, Phase.CONTINUOUS)
        yield events
        while events[-1].kind != EventKind.PHASE_CHANGED:
            self.swap()
            *events, done = self.ask("pulse")
            assert done.items > 0
            yield events


def collar(side: Side, price: int) -> int:
    if side == Side.BUY:
        return min(MAX_PRICE, price * (COLLAR_SCALE + COLLAR) // COLLAR_SCALE)
    return max(1, -(-price * (COLLAR_SCALE - COLLAR) // COLLAR_SCALE))


def place(venue: Venue, wish: Wish, around: int) -> Resting | None:
    """What comes to rest: all of it, whatever is on the other side."""
    part = min(wish.part, wish.quantity)
    options: dict[str, Any] = {"lifetime": Lifetime.AUCTION if wish.for_auction else Lifetime.UNTIL_CANCELLED}
    order = Resting(0, wish.account, wish.side, wish.price, DISPLAYED, wish.quantity, 0, 0, 0, wish.for_auction)
    match wish.form:
        case "market":
            options |= {"order_type": OrderType.MARKET, "lifetime": Lifetime.AUCTION}
            order.rank, order.limit, order.for_auction = MARKET, collar(wish.side, around), True
        case "hidden":
            options["visibility"], order.rank = Visibility.HIDDEN, HIDDEN
        case "minimum":
            options |= {"visibility": Visibility.HIDDEN, "min_quantity": part, "lifetime": Lifetime.UNTIL_CANCELLED}
            order.rank, order.minimum, order.for_auction = HIDDEN, part, False
        case "iceberg":
            options["display_quantity"] = part
            order.display, order.shows, order.reserve = part, part, wish.quantity - part
    price = 0 if wish.form == "market" else wish.price
    (event,) = venue.ask("place", wish.account, 0, wish.side, price, wish.quantity, **options)
    if wish.form == "market" and not around:
        assert (event.kind, event.reason) == (EventKind.REJECTED, RejectCode.NO_REFERENCE)
        return None
    assert (event.kind, event.price, event.leaves) == (EventKind.ACCEPTED, order.limit, wish.quantity)
    order.order_id = event.order_id
    return order


class Call(NamedTuple):
    """What somebody collects: a last fill, a reference price (0: none of it), orders, another reference price."""

    last: int
    reference: int
    wishes: list[Wish]
    then: int


def collect(venue: Venue, call: Call) -> list[Resting]:
    """Begins a call and places the orders."""
    if call.last:
        venue.ask("place", 1, 0, Side.SELL, call.last, 1)
        venue.ask("place", 2, 0, Side.BUY, call.last, 1)
    venue.ask("set_phase", 0, Phase.AUCTION)
    venue.ask("set_reference", 0, call.reference)
    placed = [place(venue, wish, call.reference or call.last) for wish in call.wishes]
    venue.ask("set_reference", 0, call.then)
    return [order for order in placed if order is not None]


def cleared(orders: list[Resting], around: int) -> tuple[int, int, int]:
    """Price, quantity and surplus, of all prices there are."""

    def surplus(price: int) -> int:
        return demand(price) - supply(price)

    def demand(price: int) -> int:
        return sum(order.leaves for order in orders if order.side == Side.BUY and order.limit >= price)

    def supply(price: int) -> int:
        return sum(order.leaves for order in orders if order.side == Side.SELL and order.limit <= price)

    executable = {price: min(demand(price), supply(price)) for price in PRICES}
    most = max(executable.values())
    if most == 0:
        return 0, 0, 0
    prices = [price for price in PRICES if executable[price] == most]
    least = min(abs(surplus(price)) for price in prices)
    prices = [price for price in prices if abs(surplus(price)) == least]
    limits = {order.limit for order in orders if order.rank != MARKET and order.limit in prices}
    if around:
        limits.add(min(max(around, prices[0]), prices[-1]))
    if limits and all(surplus(price) > 0 for price in prices):
        price = max(limits)
    elif limits and all(surplus(price) < 0 for price in prices):
        price = min(limits)
    elif around:
        price = min(prices, key=lambda price: abs(price - around))
    else:
        price = (prices[0] + prices[-1]) // 2
    return price, most, surplus(price)


def trade(orders: list[Resting], quantity: int) -> list[tuple[int, int, int]]:
    """The trades of so many lots: buy, sell, lots. A slice that has traded whole goes behind its level."""
    buys = sorted((order for order in orders if order.side == Side.BUY), key=lambda order: (-order.limit, order.rank))
    sells = sorted((order for order in orders if order.side == Side.SELL), key=lambda order: (order.limit, order.rank))
    trades = []
    while quantity:
        lots = min(buys[0].shows, sells[0].shows)
        trades.append((buys[0].order_id, sells[0].order_id, lots))
        quantity -= lots
        for side in (buys, sells):
            _take(side, lots)
    return trades


def _take(side: list[Resting], lots: int) -> None:
    order = side[0]
    order.shows -= lots
    if order.shows:
        return
    del side[0]
    if order.reserve:
        order.shows = min(order.display, order.reserve)
        order.reserve -= order.shows
        behind = [place for place, other in enumerate(side) if (other.limit, other.rank) == (order.limit, order.rank)]
        side.insert(behind[-1] + 1 if behind else 0, order)


def hold(order: Resting, lots: int) -> int:
    """What an order with so many lots left holds."""
    if order.side == Side.SELL:
        return lots * LOT_SIZE
    cash = order.limit * lots * TICK_LOT_VALUE
    return cash + cash * max(RATES[order.account - 1]) // 1_000_000


def check_money(venue: Venue, orders: list[Resting], rests: dict[int, int]) -> None:
    """Nothing is lost, nothing is held but for what rests, and everybody has what the fills say."""
    engine = venue.engines[0]
    for asset in (CASH, BASE):
        assert engine.total(asset) == engine.issued(asset)
    for account in range(1, len(RATES) + 1):
        has = {CASH: FUNDS, BASE: FUNDS}
        for event in venue.events:
            if event.kind == EventKind.FILL and event.account == account:
                sign = 1 if event.side == Side.BUY else -1
                has[BASE] += sign * event.quantity * LOT_SIZE
                has[CASH] -= sign * event.cash + event.fee
        for asset, side in ((CASH, Side.BUY), (BASE, Side.SELL)):
            mine = [order for order in orders if (order.account, order.side) == (account, side)]
            held = sum(hold(order, rests[order.order_id]) for order in mine)
            assert engine.balance(account, asset) == (has[asset] - held, held)


def check_rest(venue: Venue, rests: dict[int, int]) -> None:
    """What is open is what is left, and no two orders can trade."""
    engine = venue.engines[0]
    open_orders = {number: engine.order(number) for number in rests}
    assert {number: order.leaves if order else 0 for number, order in open_orders.items()} == rests
    buys, sells = (
        [order.price for order in open_orders.values() if order and order.side == side]
        for side in (Side.BUY, Side.SELL)
    )
    assert not buys or not sells or max(buys) < min(sells)


def fills_of(events: list[Any]) -> list[tuple[int, int, int]]:
    """Buy, sell and lots of each trade."""
    fills = [event for event in events if event.kind == EventKind.FILL]
    buys, sells = fills[::2], fills[1::2]
    assert all(event.liquidity == Liquidity.AUCTION for event in fills)
    assert [event.settlement_id for event in buys] == [event.settlement_id for event in sells]
    return [(buy.order_id, sell.order_id, buy.quantity) for buy, sell in zip(buys, sells, strict=True)]


def wishes(
    forms: tuple[str, ...],
    quantities: st.SearchStrategy[int],
    parts: st.SearchStrategy[int],
    *,
    sides: tuple[Side, ...] = tuple(Side),
    prices: range = PRICES,
) -> st.SearchStrategy[Wish]:
    return st.builds(
        Wish,
        account=st.integers(1, len(RATES)),
        side=st.sampled_from(sides),
        price=st.sampled_from(prices),
        quantity=quantities,
        form=st.sampled_from(forms),
        part=parts,
        for_auction=st.booleans(),
    )


few = st.integers(1, 9)
perhaps_a_price = st.integers(0, MAX_PRICE)
calls = st.builds(
    Call,
    last=st.one_of(st.just(0), perhaps_a_price),
    reference=perhaps_a_price,
    wishes=st.lists(wishes(("displayed", "hidden", "minimum", "iceberg", "market"), few, few), min_size=3, max_size=14),
    then=perhaps_a_price,
)
many, one_or_two = st.integers(80, 200), st.integers(1, 2)
long_calls = st.builds(
    Call,
    last=st.just(0),
    reference=st.just(6),
    wishes=st.builds(
        lambda buy, sell, more: [buy, sell, *more],
        wishes(("iceberg",), many, one_or_two, sides=(Side.BUY,), prices=PRICES[5:]),
        wishes(("iceberg",), many, one_or_two, sides=(Side.SELL,), prices=PRICES[:5]),
        st.lists(wishes(("displayed", "hidden", "minimum", "iceberg", "market"), many, one_or_two), max_size=5),
    ),
    then=st.just(6),
)
"""Two orders trade a slice at a time, and others take part."""


@settings(max_examples=150, deadline=None)
@given(call=calls)
def test_an_auction_is_what_the_rules_say(call: Call) -> None:
    venue = Venue()
    orders = collect(venue, call)
    venue.swap()
    price, quantity, surplus = cleared(orders, call.then or call.last)
    indicated, _ = venue.ask("pulse", timestamp_ns=INDICATION_INTERVAL)
    events = [event for step in venue.uncross() for event in step]
    for said in (indicated, events[0]):
        assert (said.price, said.quantity, said.surplus) == (price, quantity, surplus)
    assert {event.price for event in events if event.kind == EventKind.FILL} <= {price}
    assert fills_of(events) == trade(orders, quantity)
    venue.swap()
    rests = {order.order_id: order.kept for order in orders}
    check_rest(venue, rests)
    check_money(venue, orders, rests)


@settings(max_examples=60, deadline=None)
@given(call=long_calls, cancelled=st.sets(st.integers(0, 6)))
def test_an_auction_in_steps(call: Call, cancelled: set[int]) -> None:
    """It trades the same, whatever is cancelled between its steps; what is left of that goes at its end."""
    venue = Venue()
    orders = collect(venue, call)
    price, quantity, surplus = cleared(orders, call.then)
    events: list[Any] = []
    pending: set[int] = set()
    for step in venue.uncross():
        events += step
        if step[-1].kind != EventKind.PHASE_CHANGED and not pending:
            for order in (orders[place] for place in cancelled if place < len(orders)):
                (answer,) = venue.ask("cancel", order.account, order_id=order.order_id)
                if answer.kind == EventKind.CANCEL_PENDING:
                    pending.add(order.order_id)
        check_money(venue, orders, left(venue, orders))
    assert (events[0].price, events[0].quantity, events[0].surplus) == (price, quantity, surplus)
    assert fills_of(events) == trade(orders, quantity)
    rests = {order.order_id: 0 if order.order_id in pending else order.kept for order in orders}
    check_rest(venue, rests)
    cancels = [(event.order_id, event.reason) for event in events if event.kind == EventKind.CANCELLED]
    below = [order.order_id for order in orders if 0 < order.leaves < order.minimum]
    ends = sorted(order.order_id for order in orders if order.for_auction and order.leaves)
    others = sorted(order.order_id for order in orders if order.kept and order.order_id in pending)
    assert cancels == [
        *((number, CancelReason.BELOW_MINIMUM) for number in below),
        *((number, CancelReason.AUCTION_ENDED) for number in ends),
        *((number, CancelReason.USER) for number in others),
    ]


def left(venue: Venue, orders: list[Resting]) -> dict[int, int]:
    """The lots left of each order now."""
    now = [venue.engines[0].order(order.order_id) for order in orders]
    return {order.order_id: found.leaves if found else 0 for order, found in zip(orders, now, strict=True)}
