"""The one order flow that every in-process benchmark and every peer runs, and the same in other markets (`Market`).

One instrument, 10,000 accounts, client order ids on every order; half of the commands add a resting limit order, 40 %
cancel a random open order by its order id, 10 % cross the spread. Fees are charged and every account has funds for a
few orders at a time, so that some orders are rejected for want of funds. The flow is made by running it: commands are
drawn in chunks, and a chunk's cancels are drawn from the orders that were open when it began (some are filled by the
time they come, as in life).
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from pyengine import EVENT_DTYPES, Engine, commands
from pyengine.records import (
    MAX_ASSETS,
    ORDER_ENTRY_DTYPE,
    AssetClass,
    CommandKind,
    EventKind,
    Side,
    TimeInForce,
    Trigger,
    Visibility,
)

ACCOUNTS: Final = 10_000
WARM_UP_ORDERS: Final = 20_000
CHUNK: Final = 500
MID_PRICE: Final = 20_000
MEAN_DISTANCE_TICKS: Final = 12
"""Resting orders sit this far from the middle on average (geometric)."""
CROSSING_TICKS: Final = 40
MAX_LOTS: Final = 100
LOT_SIZE: Final = 10_000
TICK_LOT_VALUE: Final = 100
FUNDS: Final = 8
"""Orders of the largest size that an account can fund on each side."""
MAKER_RATE: Final = 100
TAKER_RATE: Final = 300
MAX_PRICE: Final = 1_000_000
INSTRUMENTS_OF_AN_ACCOUNT: Final = 4
"""In a market of many, an account trades so many at most, and has funds for these."""
DEEP_ORDERS_OF_AN_ACCOUNT: Final = 4_000
DEEP_TICKS: Final = (200, 2_200)
"""How far from the middle the deep orders rest: beyond what the flow ever trades through."""


class Market(NamedTuple):
    """What the flow meets. The defaults are the market of `core`; the others ask what a larger one costs."""

    accounts: int = ACCOUNTS
    instruments: int = 1
    idle_instruments: int = 0
    """Further instruments that nobody trades."""
    deep_orders: int = 0
    """Orders that rest behind the others and stay, of accounts that do nothing else."""
    far_share: float = 0.0
    """Of the resting orders: how many are placed anywhere between one tick and the highest price."""
    stops: int = 0
    """Stop orders that wait all the time, of the same accounts as the deep orders: the price never comes that far."""
    unseen_share: float = 0.0
    """Of the resting orders: how many are icebergs of three slices or hidden, half of them each."""


class Flow(NamedTuple):
    """Commands to apply in this order, those on orders as rows (`ORDER_ENTRY_DTYPE`); only `commands` are measured."""

    setup: bytes
    """Records, back to back."""
    warm_up: npt.NDArray[np.void]
    commands: npt.NDArray[np.void]
    rejected: int
    """Rejections among the events of `commands`, most for want of funds."""
    fills: int
    """Fills (counted once) among the events of `commands`."""


def make_flow(count: int, *, seed: int = 1, market: Market | None = None) -> Flow:
    """Draws `count` commands after set-up and a warm-up of resting orders. The same arguments give the same flow."""
    return _Maker(seed, market or Market()).make(count)


def without_client_ids(flow: Flow) -> Flow:
    """The same commands with no client order ids: the same events, without what it costs to make resubmission safe."""

    def stripped(rows: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
        rows = rows.copy()
        rows["client_order_id"] = b""
        return rows

    return flow._replace(warm_up=stripped(flow.warm_up), commands=stripped(flow.commands))


class _Maker:
    def __init__(self, seed: int, market: Market) -> None:
        self._random = np.random.default_rng(seed)
        self._other_random = np.random.default_rng(seed)  # its own, so that what is not far is as it would be without
        self._market = market
        self._engine = Engine()
        self._orders_named = 0
        self._open: dict[int, int] = {}  # order id -> account
        self._rejected = 0
        self._fills = 0

    def make(self, count: int) -> Flow:
        setup = self._setup()
        warm_up = [self._run(self._adds(CHUNK)) for _ in range(WARM_UP_ORDERS // CHUNK)]
        warm_up.append(self._deep())
        warm_up.append(self._stops())
        self._rejected = self._fills = 0
        measured = [self._run(self._chunk(min(CHUNK, count - start))) for start in range(0, count, CHUNK)]
        return Flow(setup, np.concatenate(warm_up), np.concatenate(measured), self._rejected, self._fills)

    def _setup(self) -> bytes:
        market = self._market
        packed = [commands.pack_create_asset(0, "USDC", AssetClass.STABLECOIN, 6)]
        packed += [
            commands.pack_create_asset(base, f"XAU-{base}", AssetClass.GOLD, 6) for base in range(1, 1 + self._bases)
        ]
        packed += [self._instrument(number) for number in range(market.instruments + market.idle_instruments)]
        packed.append(commands.pack_set_fee_schedule(0, MAKER_RATE, TAKER_RATE))
        for account in range(1, market.accounts + 1):
            packed += _funded(account, self._bases_of(account), FUNDS)
        for account in range(market.accounts + 1, market.accounts + 1 + self._deep_accounts):
            packed += _funded(account, {1}, DEEP_ORDERS_OF_AN_ACCOUNT)
        setup = b"".join(packed)
        self._engine.apply_batch(setup)
        return setup

    @property
    def _bases(self) -> int:
        """An asset for each instrument that trades, as far as they go round."""
        return min(self._market.instruments, MAX_ASSETS - 1)

    @property
    def _deep_accounts(self) -> int:
        return -(-max(self._market.deep_orders, self._market.stops) // DEEP_ORDERS_OF_AN_ACCOUNT)

    def _instrument(self, number: int) -> bytes:
        return commands.pack_create_instrument(
            number,
            f"XAU-USDC-{number}",
            1 + number % self._bases,
            0,
            lot_size=LOT_SIZE,
            tick_lot_value=TICK_LOT_VALUE,
            max_price=MAX_PRICE,
            collar_bps=500,
        )

    def _bases_of(self, account: int) -> set[int]:
        count = min(INSTRUMENTS_OF_AN_ACCOUNT, self._market.instruments)
        return {
            1 + int(number) % self._bases for number in self._instruments(np.full(count, account), np.arange(count))
        }

    def _instruments(self, account: npt.NDArray[np.int64], choice: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The instrument that is an account's first, second, and so on choice."""
        return (account * INSTRUMENTS_OF_AN_ACCOUNT + choice) % self._market.instruments

    def _adds(self, count: int) -> npt.NDArray[np.void]:
        """Limit orders on their own side of the middle."""
        orders = self._places(count)
        distance = self._random.geometric(1 / MEAN_DISTANCE_TICKS, count)
        if self._market.far_share:
            far = self._other_random.random(count) < self._market.far_share
            room = np.where(orders["side"] == Side.BUY, MID_PRICE - 1, MAX_PRICE - MID_PRICE)
            distance = np.where(far, self._other_random.integers(1, room + 1), distance)
        orders["price"] = np.where(orders["side"] == Side.BUY, MID_PRICE - distance, MID_PRICE + distance)
        if self._market.unseen_share:
            kind = self._other_random.random(count) / self._market.unseen_share
            sliced, hidden = kind < 1 / 2, (kind >= 1 / 2) & (kind < 1)
            orders["display_quantity"] = np.where(sliced, (orders["quantity"] + 2) // 3, 0)
            orders["visibility"] = np.where(hidden, Visibility.HIDDEN, Visibility.DISPLAYED)
        return orders

    def _deep(self) -> npt.NDArray[np.void]:
        """The orders that rest behind all others. They are never cancelled, so they are not among the open ones."""
        orders = self._far_away(self._market.deep_orders)
        self._engine.apply_batch(orders)
        return orders

    def _stops(self) -> npt.NDArray[np.void]:
        """The stops that nothing reaches: sells wait for prices far below, buys for prices far above."""
        orders = self._far_away(self._market.stops)
        orders["trigger"] = Trigger.LAST_TRADE
        orders["trigger_price"] = 2 * MID_PRICE - orders["price"]
        self._engine.apply_batch(orders)
        return orders

    def _far_away(self, count: int) -> npt.NDArray[np.void]:
        """Orders of the accounts that do nothing else, on their own side of the middle."""
        orders = np.zeros(count, ORDER_ENTRY_DTYPE)
        orders["kind"] = CommandKind.PLACE
        orders["account"] = self._market.accounts + 1 + np.arange(count) // DEEP_ORDERS_OF_AN_ACCOUNT
        orders["side"] = np.arange(count) % 2
        orders["quantity"] = 1
        distance = self._other_random.integers(*DEEP_TICKS, count)
        orders["price"] = np.where(orders["side"] == Side.BUY, MID_PRICE - distance, MID_PRICE + distance)
        return orders

    def _crossings(self, count: int) -> npt.NDArray[np.void]:
        """Limit orders well through the middle, immediate or cancel."""
        orders = self._places(count)
        if len(self._open) < WARM_UP_ORDERS:  # smaller ones, until the book is as deep again as it was
            orders["quantity"] = (orders["quantity"] + 1) // 2
        orders["time_in_force"] = TimeInForce.IOC
        orders["price"] = np.where(orders["side"] == Side.BUY, MID_PRICE + CROSSING_TICKS, MID_PRICE - CROSSING_TICKS)
        return orders

    def _places(self, count: int) -> npt.NDArray[np.void]:
        orders = np.zeros(count, ORDER_ENTRY_DTYPE)
        orders["kind"] = CommandKind.PLACE
        orders["account"] = self._random.integers(1, self._market.accounts + 1, count)
        orders["side"] = self._random.integers(0, 2, count)
        orders["quantity"] = self._random.integers(1, MAX_LOTS + 1, count)
        if self._market.instruments > 1:
            choice = self._other_random.integers(0, INSTRUMENTS_OF_AN_ACCOUNT, count)
            orders["instrument"] = self._instruments(orders["account"].astype(np.int64), choice)
        names = np.arange(self._orders_named, self._orders_named + count)
        self._orders_named += count
        orders["client_order_id"] = np.char.mod("order-%010d", names)
        return orders

    def _cancels(self, count: int) -> npt.NDArray[np.void]:
        ids = list(self._open)
        picked = self._random.choice(len(ids), count, replace=False)
        cancels = np.zeros(count, ORDER_ENTRY_DTYPE)
        cancels["kind"] = CommandKind.CANCEL
        cancels["order_id"] = [ids[at] for at in picked]
        cancels["account"] = [self._open[ids[at]] for at in picked]
        return cancels

    def _chunk(self, count: int) -> npt.NDArray[np.void]:
        cancelled, crossing = min(count * 4 // 10, len(self._open)), count // 10
        parts = [self._adds(count - cancelled - crossing), self._cancels(cancelled), self._crossings(crossing)]
        return np.concatenate(parts)[self._random.permutation(count)]

    def _run(self, rows: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
        events = self._engine.apply_batch(rows)
        accepted, fills, cancelled = (
            of_kind(events, kind) for kind in (EventKind.ACCEPTED, EventKind.FILL, EventKind.CANCELLED)
        )
        self._rejected += len(of_kind(events, EventKind.REJECTED))
        self._fills += len(fills) // 2
        self._open.update(zip(accepted["order_id"].tolist(), accepted["account"].tolist(), strict=True))
        for finished in (cancelled, fills[fills["leaves"] == 0]):
            for order_id in finished["order_id"].tolist():
                self._open.pop(order_id, None)
        return rows


def of_kind(events: npt.NDArray[np.void], kind: EventKind) -> npt.NDArray[np.void]:
    """The events of one kind, with its fields."""
    chosen: npt.NDArray[np.void] = events[events["kind"] == kind].view(EVENT_DTYPES[kind])
    return chosen


def _funded(account: int, bases: set[int], orders: int) -> list[bytes]:
    """An account that can fund so many orders of the largest size on each side."""
    cash = MID_PRICE * MAX_LOTS * TICK_LOT_VALUE * orders
    return [
        commands.pack_create_account(account, fee_schedule=0),
        commands.pack_deposit(account, 0, cash),
        *(commands.pack_deposit(account, base, MAX_LOTS * LOT_SIZE * orders) for base in sorted(bases)),
    ]
