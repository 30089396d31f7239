"""Five shapes of order flow, from a calm market to a crash, drawn from the description of a public benchmark of
matching engines (arXiv 2606.01183).

One liquid share. Its middle price walks at random; every order is placed on its own side of it, most a few ticks away,
and most are cancelled within a millisecond. Buys are priced along the first half of the walk and sells along the
second, then all arrive in shuffled order: that is what makes them cross. What is drawn here are messages, not command
records: the native half turns them into commands of the engine and of its peers.

Nothing here runs an engine, so a message may come too late (its order filled or cancelled), as in life. Nothing here
measures. Walks are given by their seeds, because how much of a walk's second half lies beyond its first decides how
much ever crosses: these are walks whose figures are those of the description.
"""

from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]
Messages: TypeAlias = npt.NDArray[np.void]

ACCOUNTS: Final = 1_000
ORDERS: Final = 1_000_000
"""New orders of a run; with modifies and cancels it is twice as many messages."""
START_TICKS: Final = 33_504
WALK_STEPS: Final = 1_000_000
"""Every walk has as many; a shorter run sees fewer points of the same walk, and so the same market."""
MAX_DISTANCE: Final = 800
MAX_LOTS: Final = 100
MAX_LOTS_MORE: Final = 20
"""What a modify adds at most. The description leaves it open."""
IMMEDIATE_SHARE: Final = 0.15
MODIFIED_SHARE: Final = 0.20
CANCELLED_SHARE: Final = 0.95
REPRICED_SHARE: Final = 0.80
"""Of the modifies: one tick towards the other side as well as more lots."""
CANCELLED_TWICE_SHARE: Final = 0.02
MODIFIED_LATE_SHARE: Final = 0.02
LIFETIME_MEDIAN_MS: Final = 0.431
ARRIVAL_INTERVAL_MS: Final = 23.4
"""Between new orders on average: a million in a trading day of six and a half hours. The description leaves it open,
but not wholly: were it shorter, orders about to be cancelled would trade more than the figures have it."""
LIFETIME_DEPTH: Final = 16
"""An order so many ticks away lives twice as long as one at the touch."""

NEW, MODIFY, CANCEL = 0, 1, 2
MESSAGE_DTYPE: Final = np.dtype(
    [
        ("order", "<u4"),  # counts new orders, in order of arrival
        ("account", "<u4"),
        ("price", "<u4"),
        ("quantity", "<u4"),  # of a modify: the new total
        ("kind", "u1"),
        ("side", "u1"),  # 0 buys, 1 sells
        ("immediate", "u1"),
        ("reserved", "u1"),
    ]
)
"""What the native half reads; without holes, so that arrays of it can be indexed freely."""


class Figures(NamedTuple):
    """What a run of full size looks like. Average and peak over time, both sides together."""

    standing_average: float
    standing_peak: float
    levels_average: float
    levels_peak: float
    fills: float


class Shape(NamedTuple):
    """A market: how far its price swings, along which walk, and what it then should look like."""

    swing: float
    """Standard deviation of the walk's end, as a share of its start."""
    walk_seed: int
    expected: Figures
    """As the public description gives them."""


SHAPES: Final[dict[str, Shape]] = {
    "static": Shape(0.0, 1, Figures(20_900, 41_800, 60, 90, 800)),
    "normal": Shape(0.02, 404, Figures(2_700, 5_500, 290, 330, 62_000)),
    "swing-25": Shape(0.25, 263, Figures(1_300, 2_600, 830, 1_400, 67_000)),
    "swing-40": Shape(0.40, 263, Figures(700, 1_400, 560, 1_000, 69_000)),
    "flash-crash": Shape(0.60, 169, Figures(240, 500, 210, 400, 70_000)),
}


class Orders(NamedTuple):
    """The new orders in order of arrival, a value each."""

    side: Integers
    distance: Integers
    price: Integers
    quantity: Integers
    account: Integers
    immediate: npt.NDArray[np.bool_]
    time_ms: Floats


def make_messages(shape: Shape, orders: int = ORDERS, *, seed: int = 1) -> Messages:
    """The messages of a run in order (`MESSAGE_DTYPE`). The same arguments give the same bytes."""
    random = np.random.default_rng(seed)
    new = _new_orders(shape, orders, random)
    times, messages = zip(_placed(new), *_followed(new, random), strict=True)
    time = np.concatenate(times)
    return np.concatenate(messages)[np.argsort(time, kind="stable")]


def walk(shape: Shape) -> Floats:
    """The middle price in ticks, a geometric Brownian motion without drift."""
    step = shape.swing / np.sqrt(WALK_STEPS)
    steps = np.random.default_rng(shape.walk_seed).standard_normal(WALK_STEPS) * step - step * step / 2
    middle: Floats = START_TICKS * np.exp(np.cumsum(steps))
    return middle


def _new_orders(shape: Shape, count: int, random: np.random.Generator) -> Orders:
    middle = walk(shape)[np.arange(count) * WALK_STEPS // count]
    side = (np.arange(count) >= count // 2).astype(np.int64)
    distance = _distances(count, random)
    below, above = np.ceil(middle - 1).astype(np.int64), np.floor(middle + 1).astype(np.int64)
    price = np.maximum(np.where(side == 0, below - distance, above + distance), 2)  # a modify may go one tick lower
    arrival = random.permutation(count)
    side, distance, price = side[arrival], distance[arrival], price[arrival]
    # Buyers and sellers are different accounts: bare books know no self-trade prevention, and all shall trade the same.
    account = 1 + 2 * random.integers(0, ACCOUNTS // 2, count) + side
    time = np.cumsum(random.exponential(ARRIVAL_INTERVAL_MS, count))
    quantity = random.integers(1, MAX_LOTS + 1, count)
    return Orders(side, distance, price, quantity, account, random.random(count) < IMMEDIATE_SHARE, time)


def _distances(count: int, random: np.random.Generator) -> Integers:
    """Ticks from the middle: many at the touch, more around the ninth tick, a long thin tail."""
    ticks = np.arange(MAX_DISTANCE)
    weights = 1 / (ticks + 1) ** 2.23 + 5 * np.exp(-((ticks - 8.0) ** 2) / 2)
    return random.choice(MAX_DISTANCE, count, p=weights / weights.sum())


def _placed(new: Orders) -> tuple[Floats, Messages]:
    return new.time_ms, _messages(new, np.arange(len(new.side)), NEW, new.price, new.quantity)


def _followed(new: Orders, random: np.random.Generator) -> list[tuple[Floats, Messages]]:
    """What comes after a new order: its modify, its cancel, and both too late."""
    count = len(new.side)
    lifetime = random.exponential(1.0, count) * (1 + new.distance / LIFETIME_DEPTH)
    lifetime *= LIFETIME_MEDIAN_MS / np.median(lifetime)
    modified = ~new.immediate & (random.random(count) < MODIFIED_SHARE)
    cancelled = ~new.immediate & (random.random(count) < CANCELLED_SHARE)
    twice = cancelled & (random.random(count) < CANCELLED_TWICE_SHARE)
    late = modified & cancelled & (random.random(count) < MODIFIED_LATE_SHARE)
    early, after = random.random(count), 1 + random.random(count)
    repriced = random.random(count) < REPRICED_SHARE
    price = new.price + np.where(repriced, 1 - 2 * new.side, 0)
    quantity = new.quantity + random.integers(1, MAX_LOTS_MORE + 1, count)

    def sent(chosen: npt.NDArray[np.bool_], kind: int, share: Floats | float) -> tuple[Floats, Messages]:
        order = np.flatnonzero(chosen)
        time = (new.time_ms + lifetime * share)[order]
        changes = kind == MODIFY
        return time, _messages(new, order, kind, (price if changes else 0 * price)[order], (quantity * changes)[order])

    return [
        sent(modified, MODIFY, early),
        sent(cancelled, CANCEL, 1.0),
        sent(twice, CANCEL, after),
        sent(late, MODIFY, after),
    ]


def _messages(new: Orders, order: Integers, kind: int, price: Integers, quantity: Integers) -> Messages:
    messages = np.zeros(len(order), MESSAGE_DTYPE)
    messages["order"] = order
    messages["account"] = new.account[order]
    messages["price"] = price
    messages["quantity"] = quantity
    messages["kind"] = kind
    messages["side"] = new.side[order]
    messages["immediate"] = new.immediate[order]
    return messages
