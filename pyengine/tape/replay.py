"""Replays a LOBSTER tape through an engine and holds the engine's book against the exchange's after every message.

The tape's orders belong to a fixed number of funded participants; its executions become aggressive immediate-or-cancel
orders of another participant, so that every trade of the tape is matched, charged with fees and settled. Only ordinary
commands are used: nothing here reaches around the engine, and what is compared is what the engine itself says.

What a level-limited tape does not tell, and what is done about it:

- The first row's book is entered as one anonymous order a level; the first message itself is what led to that book.
- A level that leaves the window is cancelled: the tape says nothing about it from then on, so to keep it would be to
  guess. The engine's book is therefore the visible window exactly, and is compared whole.
- A level revealed when another has gone is entered from the order book file, as one anonymous order. This is permitted
  only where the file can have known of it: behind every other level, and if the window was full one message before.
- A message about an order id that is not known (from before the open, or from a level while it was out of the window)
  is about the anonymous order of its level. Without one (a tape without order book file) the message is skipped and
  counted.
- Where the tape executes an order that is not at the front of its queue, the tape wins: the rest of the queue is
  cancelled, the order is executed, and the queue is entered again in its old sequence.
- An order that stands in the way of what the tape says (a better price than an execution's, a price that a new order
  would have matched) must have gone unseen; it is cancelled and counted. With an order book file this shows as a
  difference.
- Hidden executions, crosses and trading halts do not change the visible book. A halt of the tape is counted and not
  imposed on the engine: cancellations during a halt reveal levels, and these could not be entered.

A side that differs is counted, and the whole book is entered anew from the file, so that one difference is counted
once.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pyengine.records import AssetClass, EventKind, Liquidity, RejectCode, Side, TimeInForce
from pyengine.tape.lobster import MAX_PRICE, PRICE_UNITS_PER_TICK, LobsterTape, MessageType

if TYPE_CHECKING:
    import pyengine
    from pyengine import events, reference

    AnyEngine = pyengine.Engine | reference.Engine
    AnyEvent = pyengine.Event | events.Event

PARTICIPANTS: Final = 1_000
QUOTE: Final = 0
BASE: Final = 1
INSTRUMENT: Final = 0
FEE_SCHEDULE: Final = 1
MAKER_RATE: Final = 0
TAKER_RATE: Final = 100
"""Hundredths of a basis point: takers pay one basis point, makers nothing."""
DECIMALS: Final = 6
UNITS: Final = 10**DECIMALS
FUNDS: Final = 1_000_000_000 * UNITS
"""A billion dollars and a billion shares for everybody: a day's turnover of one stock does not exhaust it, and the sum
over all participants stays below the largest amount."""
TICK_LOT_VALUE: Final = UNITS // 100
"""One share, one cent up."""
CHUNK_ROWS: Final = 8_192
"""Rows turned into Python numbers at a time, and between two conservation checks and progress reports: some tens of
milliseconds."""

Level = list[int]
"""Price in ticks and size in shares."""
_Message = tuple[int, int, int, int, bool]
"""Type, order id, size, price, whether the resting order is a buy."""


class ReplayError(Exception):
    """The engine contradicts itself, whatever the tape says; names the row."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A side of the engine's book that is not what the tape says. Levels are (price in ticks, shares), best first."""

    row: int
    """Row of the files, from 1."""
    side: str
    expected: list[Level]
    found: list[Level]
    refused: str | None
    """Why the engine rejected a command of this row, if it did."""

    def __str__(self) -> str:
        refused = f" (the engine refused a command: {self.refused})" if self.refused else ""
        return f"row {self.row}: {self.side} side differs{refused}: expected {self.expected}, found {self.found}"


@dataclass(slots=True)
class ReplayResult:
    """What a replay counted. Amounts are in smallest units of the quote asset (a millionth of a dollar)."""

    tape: str
    levels: int
    rows: int = 0
    sides_checked: int = 0
    sides_matched: int = 0
    executions: int = 0
    queue_front_agreed: int = 0
    fills: int = 0
    settled_shares: int = 0
    settled_notional: int = 0
    fees: int = 0
    hidden_executions: int = 0
    crosses: int = 0
    halts: int = 0
    levels_revealed: int = 0
    levels_dropped: int = 0
    orders_in_the_way: int = 0
    messages_skipped: int = 0
    commands_refused: int = 0
    conservation_ok: bool = True
    state_hash: str = ""
    recovered_state_hash: str = ""
    seconds: float = 0.0
    """Of the replay itself with all comparisons; not of reading the tape, and not of recovery."""
    messages_per_second: int = 0
    first_difference: Difference | None = None

    @property
    def passed(self) -> bool:
        """Every side matched, nothing was lost, and recovery led to the same state."""
        recovered = self.state_hash == self.recovered_state_hash
        return self.sides_matched == self.sides_checked and self.conservation_ok and recovered

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(slots=True)
class _Resting:
    """An order of the tape in the engine's book. `key`: the tape's order id, or (side, price) of an anonymous order."""

    key: int | tuple[int, int]
    order_id: int
    account: int
    side: int
    price: int
    quantity: int
    leaves: int


@dataclass(slots=True)
class _Book:
    """The orders in the engine's book, by the tape's name for them and by the engine's."""

    by_key: dict[int | tuple[int, int], _Resting] = field(default_factory=dict)
    by_order_id: dict[int, _Resting] = field(default_factory=dict)

    def add(self, resting: _Resting) -> None:
        self.by_key[resting.key] = resting
        self.by_order_id[resting.order_id] = resting

    def remove(self, resting: _Resting) -> None:
        del self.by_key[resting.key]
        del self.by_order_id[resting.order_id]

    def find(self, tape_id: int, side: int, price: int) -> _Resting | None:
        """The order of that id or else the anonymous order of its level."""
        return self.by_key.get(tape_id) or self.by_key.get((side, price))


def replay(
    tape: LobsterTape,
    engine: "AnyEngine",
    recover: Callable[[], bytes],
    on_progress: Callable[[int], None] = lambda rows: None,
) -> ReplayResult:
    """Replays `tape` through the fresh engine `engine`, then compares its state hash with that of its recovery.

    `recover` brings back the state of `engine` from what was recorded of it, and returns the state hash found; it may
    end `engine`. `on_progress` gets the number of rows done, now and then.

    Raises:
        ReplayError: the engine's answers contradict each other, or it rejected the set-up.
    """
    run = _Replay(tape, engine)
    run.open()
    started = time.perf_counter()
    for start in range(0, tape.rows, CHUNK_ROWS):
        run.chunk(start, min(start + CHUNK_ROWS, tape.rows))
        on_progress(run.result.rows)
    result = run.result
    result.seconds = time.perf_counter() - started
    result.messages_per_second = int(result.rows / result.seconds)
    result.fees = sum(engine.balance(0, QUOTE))
    result.state_hash = engine.state_hash().hex()
    result.recovered_state_hash = recover().hex()
    return result


class _Replay:
    """One replay in progress."""

    def __init__(self, tape: LobsterTape, engine: "AnyEngine") -> None:
        self.tape = tape
        self.result = ReplayResult(tape=tape.name, levels=tape.levels)
        self._engine = engine
        self._book = _Book()
        self._window = tape.levels
        self._now = int(tape.time_ns[0])
        self._refused: str | None = None
        self._was_full = [False, False]
        """By side: whether the window had all its levels one message before: there may be more behind it then."""

    # Set-up and the loop

    def open(self) -> None:
        """Creates and funds the participants."""
        symbol = self.tape.ticker or "EQUITY"
        engine = self._engine
        events = [
            engine.create_asset(QUOTE, "USD", AssetClass.STABLECOIN, DECIMALS, timestamp_ns=self._now),
            engine.create_asset(BASE, symbol, AssetClass.EQUITY, DECIMALS),
            engine.create_instrument(
                INSTRUMENT,
                f"{symbol}/USD",
                BASE,
                QUOTE,
                lot_size=UNITS,
                tick_lot_value=TICK_LOT_VALUE,
                max_price=MAX_PRICE // PRICE_UNITS_PER_TICK,
            ),
            engine.set_fee_schedule(FEE_SCHEDULE, MAKER_RATE, TAKER_RATE),
        ]
        for account in range(1, PARTICIPANTS + 1):
            events.append(engine.create_account(account, fee_schedule=FEE_SCHEDULE))
            events.extend(engine.deposit(account, asset, FUNDS) for asset in (QUOTE, BASE))
        for caused in events:
            if caused[0].kind == EventKind.REJECTED:
                raise ReplayError(f"the engine rejected the set-up: {RejectCode(caused[0].reason).name}")

    def chunk(self, start: int, end: int) -> None:
        """Replays rows `start` up to `end` (from 0), then counts all money anew."""
        tape = self.tape
        rows = slice(start, end)
        columns = (tape.kind, tape.order_id, tape.size, tape.price, tape.is_buy)
        messages = zip(*(column[rows].tolist() for column in columns), strict=True)
        times = tape.time_ns[rows].tolist()
        if tape.bids is None or tape.asks is None:
            for self._now, message in zip(times, messages, strict=True):
                self._message(*message)
                self.result.rows += 1
        else:
            books = zip(tape.bids[rows].tolist(), tape.asks[rows].tolist(), strict=True)
            for self._now, message, (bids, asks) in zip(times, messages, books, strict=True):
                self._row(message, [level for level in bids if level[0]], [level for level in asks if level[0]])
        self._check_conservation()

    def _row(self, message: _Message, bids: list[Level], asks: list[Level]) -> None:
        if self.result.rows:
            self._refused = None
            self._message(*message)
            self._compare(bids, asks)
        else:
            self._seed(bids, asks)
        self._was_full = [len(bids) == self._window, len(asks) == self._window]
        self.result.rows += 1

    def _check_conservation(self) -> None:
        for asset in (QUOTE, BASE):
            if not self._engine.total(asset) == self._engine.issued(asset) == PARTICIPANTS * FUNDS:
                self.result.conservation_ok = False

    # Messages to commands

    def _message(self, kind: int, tape_id: int, size: int, price: int, is_buy: bool) -> None:
        side = Side.BUY if is_buy else Side.SELL
        if kind == MessageType.NEW:
            self._enter(tape_id, _participant(tape_id), side, price, size)
        elif kind in (MessageType.PARTIAL_CANCEL, MessageType.DELETE):
            resting = self._book.find(tape_id, side, price)
            if resting is None:
                self.result.messages_skipped += 1
            else:
                self._reduce(resting, size)
        elif kind == MessageType.EXECUTION:
            self._execution(tape_id, side, price, size)
        elif kind == MessageType.HIDDEN_EXECUTION:
            self.result.hidden_executions += 1
        elif kind == MessageType.CROSS:
            self.result.crosses += 1
        else:
            self.result.halts += 1

    def _enter(self, key: int | tuple[int, int], account: int, side: int, price: int, quantity: int) -> None:
        """Rests an order. Post-only: the tape's new orders are those that rested, so one that would trade is a
        contradiction."""
        for _ in range(2):
            event = self._engine.place(
                account, INSTRUMENT, side, price, quantity, time_in_force=TimeInForce.POST_ONLY, timestamp_ns=self._now
            )[0]
            if event.kind == EventKind.ACCEPTED:
                self._book.add(_Resting(key, event.order_id, account, side, price, quantity, quantity))
                return
            if event.reason != RejectCode.POST_ONLY_WOULD_CROSS:
                break
            self._clear_the_way(1 - side, price, inclusive=True)
        self._refuse(event)

    def _enter_anonymous(self, side: int, level: Level) -> None:
        price, size = level
        if (side, price) in self._book.by_key:
            raise ReplayError(
                f"row {self.result.rows + 1}: the engine does not show the level at {price} ticks, where orders rest"
            )
        self._enter((side, price), _participant(price), side, price, size)

    def _reduce(self, resting: _Resting, size: int) -> None:
        """Cancels `size` shares of the order, which keeps its place in the queue."""
        if size >= resting.leaves:
            self._cancel(resting)
            return
        resting.quantity -= size
        resting.leaves -= size
        event = self._engine.amend(
            resting.account, resting.price, resting.quantity, order_id=resting.order_id, timestamp_ns=self._now
        )[0]
        if event.kind != EventKind.AMENDED:
            self._refuse(event)

    def _cancel(self, resting: _Resting) -> None:
        self._book.remove(resting)
        event = self._engine.cancel(resting.account, order_id=resting.order_id, timestamp_ns=self._now)[0]
        if event.kind != EventKind.CANCELLED:
            self._refuse(event)

    def _refuse(self, event: "AnyEvent") -> None:
        self._refused = RejectCode(event.reason).name
        self.result.commands_refused += 1

    # Executions

    def _execution(self, tape_id: int, side: int, price: int, size: int) -> None:
        self.result.executions += 1
        resting = self._book.find(tape_id, side, price)
        if resting is None:
            self.result.messages_skipped += 1
            return
        self._clear_the_way(side, price, inclusive=False)
        queue = self._queue(side, resting.price)
        if queue[0] is resting:
            self.result.queue_front_agreed += 1
            self._execute(resting, size)
        else:
            self._execute_out_of_turn(queue, resting, size)

    def _execute(self, resting: _Resting, size: int) -> None:
        """Trades with the order at the front of its queue, and with nothing else: the quantity is never more than it
        has left."""
        quantity = min(size, resting.leaves)
        events = self._engine.place(
            self._taker(resting),
            INSTRUMENT,
            1 - resting.side,
            resting.price,
            quantity,
            time_in_force=TimeInForce.IOC,
            timestamp_ns=self._now,
        )
        if events[0].kind == EventKind.REJECTED:
            self._refuse(events[0])
            return
        for event in events:
            if event.kind == EventKind.FILL and event.liquidity == Liquidity.MAKER:
                self._settled(resting, event)

    def _settled(self, resting: _Resting, fill: "AnyEvent") -> None:
        if fill.order_id != resting.order_id:
            raise ReplayError(
                f"row {self.result.rows + 1}: the engine filled order {fill.order_id},"
                f" but {resting.order_id} was first in its queue"
            )
        self.result.fills += 1
        self.result.settled_shares += fill.quantity
        self.result.settled_notional += fill.cash
        resting.leaves -= fill.quantity
        if resting.leaves == 0:
            self._book.remove(resting)

    def _execute_out_of_turn(self, queue: list[_Resting], resting: _Resting, size: int) -> None:
        """The tape wins: everybody else steps aside for the execution, and the queue forms again as it was."""
        for other in queue:
            if other is not resting:
                self._cancel(other)
        self._execute(resting, size)
        if resting.leaves:
            self._cancel(resting)
        for order in queue:
            if order.leaves:
                self._enter(order.key, order.account, order.side, order.price, order.leaves)

    def _taker(self, resting: _Resting) -> int:
        """Some participant, each in turn, but never the order's own: self-trade prevention must not come into it."""
        step = 1 + self.result.executions % (PARTICIPANTS - 1)
        return 1 + (resting.account - 1 + step) % PARTICIPANTS

    def _queue(self, side: int, price: int) -> list[_Resting]:
        """The level's orders as the engine ranks them."""
        return [self._book.by_order_id[order.order_id] for order in self._engine.queue(INSTRUMENT, side, price)]

    def _clear_the_way(self, side: int, price: int, *, inclusive: bool) -> None:
        """Cancels the orders of `side` at better prices than `price` (`inclusive`: or at it)."""
        while levels := self._engine.depth(INSTRUMENT, 1)[side]:
            best = levels[0][0]
            better = best > price if side == Side.BUY else best < price
            if not better and not (inclusive and best == price):
                return
            self.result.orders_in_the_way += self._cancel_level(side, best)

    def _cancel_level(self, side: int, price: int) -> int:
        """Returns the number of orders."""
        queue = self._queue(side, price)
        for resting in queue:
            self._cancel(resting)
        return len(queue)

    # The window

    def _seed(self, bids: list[Level], asks: list[Level]) -> None:
        """Enters a row's book into an empty one."""
        for side, levels in ((Side.BUY, bids), (Side.SELL, asks)):
            for level in levels:
                self._enter_anonymous(side, level)

    def _compare(self, bids: list[Level], asks: list[Level]) -> None:
        """Compares both sides with the engine's book, which first follows the window where they differ."""
        expected = (bids, asks)
        shown = self._shown()
        if shown != expected:
            for side in Side:
                self._follow_window(side, shown[side], expected[side])
            shown = self._shown()
        self.result.sides_checked += 2
        if shown == expected:
            self.result.sides_matched += 2
            return
        for side in Side:
            if shown[side] == expected[side]:
                self.result.sides_matched += 1
            else:
                self._differ(side, expected[side], shown[side])
        self._enter_anew(bids, asks)

    def _shown(self) -> tuple[list[Level], list[Level]]:
        """The engine's book, one level deeper than the window: there must be none."""
        bids, asks = self._engine.depth(INSTRUMENT, self._window + 1)
        return [[price, size] for price, size, _ in bids], [[price, size] for price, size, _ in asks]

    def _follow_window(self, side: int, shown: list[Level], expected: list[Level]) -> None:
        """Cancels a level that has left the window; enters one newly revealed behind all others."""
        if len(shown) > self._window:
            self._cancel_level(side, shown[-1][0])
            self.result.levels_dropped += 1
            return
        revealed = self._was_full[side] and len(shown) == self._window - 1 and len(expected) == self._window
        if revealed and (not shown or _is_behind(side, expected[-1][0], shown[-1][0])):
            self._enter_anonymous(side, expected[-1])
            self.result.levels_revealed += 1

    def _differ(self, side: Side, expected: list[Level], found: list[list[int]]) -> None:
        if self.result.first_difference is None:
            shown = [list(level) for level in expected]
            self.result.first_difference = Difference(
                self.result.rows + 1, side.name.lower(), shown, found, self._refused
            )

    def _enter_anew(self, bids: list[Level], asks: list[Level]) -> None:
        for resting in list(self._book.by_order_id.values()):
            self._cancel(resting)
        self._seed(bids, asks)


def _participant(number: int) -> int:
    """The account that owns what the tape calls `number`."""
    return 1 + number % PARTICIPANTS


def _is_behind(side: int, price: int, other: int) -> bool:
    """Whether `price` is further from the market than `other`."""
    return price < other if side == Side.BUY else price > other
