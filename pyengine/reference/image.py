"""The state image (`engine_core/docs/semantics.md`, section 9): canonical bytes of a state, and back.

Reading trusts nothing: it accepts exactly the images that writing can produce, of states that hold their invariants.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from pyengine.errors import SnapshotError
from pyengine.records import (
    ACCOUNT_CLIENT_ID_WINDOW_MAX,
    ACCOUNT_OPEN_ORDERS_MAX,
    CLIENT_ID_LEN,
    MAX_ACCOUNTS,
    MAX_AMOUNT,
    MAX_ASSETS,
    MAX_COLLAR_BPS,
    MAX_DECIMALS,
    MAX_FEE_SCHEDULES,
    MAX_INSTRUMENTS,
    MAX_MINIMUM_ORDERS,
    MAX_OPEN_ORDERS,
    MAX_PENDING_WITHDRAWALS_PER_ACCOUNT,
    MAX_PRICE_TICKS,
    MAX_TRAILING_ORDERS,
    ORDER_ATTRIBUTES,
    ORDER_GENERATION_BITS,
    ORDER_SLOT_BITS,
    SEMANTICS_VERSION,
    SYMBOL_LEN,
    AssetClass,
    CancelReason,
    CancelTimer,
    HaltCause,
    Lifetime,
    LimitState,
    OrderAttributes,
    OrderStatus,
    OrderType,
    PegReference,
    Phase,
    PrimaryPolicy,
    PrimaryStatus,
    QuantityKind,
    SelfTradePrevention,
    Side,
    StalePolicy,
    TimeInForce,
    Trigger,
    Visibility,
)
from pyengine.reference import image_actions, image_backing, image_fees, image_holders, image_keys
from pyengine.reference.client_ids import DIGEST_LEN, KEY_LEN, digest
from pyengine.reference.fees import Rates
from pyengine.reference.forms import is_trade_date
from pyengine.reference.image_reader import U32, Reader
from pyengine.reference.keys import check_keys
from pyengine.reference.matching import RESTING_TIMES
from pyengine.reference.obligations import check_obligations
from pyengine.reference.order_entry import has_too_many_slices
from pyengine.reference.price_protection import Bucket, PriceProtection, ReferencePolicy, Volatility, VolatilityBands
from pyengine.reference.protection import is_quote_group, is_valid_protection
from pyengine.reference.protection_check import check_protection
from pyengine.reference.reference_data import are_trading_limits
from pyengine.reference.references import check_references
from pyengine.reference.state import (
    MAX_GENERATION,
    NO_PROTECTION,
    Account,
    Asset,
    Call,
    CountedFill,
    Exits,
    FinishedOrder,
    Instrument,
    Kept,
    LiveOrder,
    ObligationTerms,
    OrderSlots,
    Original,
    Protection,
    QuoteGroup,
    ReferenceId,
    State,
    TradingLimits,
    Withdrawal,
)
from pyengine.reference.stops import stop_collar

MAGIC = b"PYESTATE"
MAX_COUNTER = 2**63 - 1
_U64 = struct.Struct("<Q")
_HEAD = struct.Struct("<8sIB3x")
_GENESIS = struct.Struct(f"<II{KEY_LEN}s")
_COUNTERS = struct.Struct("<QQQQ")
_ASSET = struct.Struct(f"<BBBx{SYMBOL_LEN}sqq")
_INSTRUMENT = struct.Struct(f"<IIIqqqBB{SYMBOL_LEN}sIIIQ")
_MARKS = struct.Struct("<6I")
_PHASE = struct.Struct("<BB2xIIQQ")
_LIMITS = struct.Struct("<IIIQqq")
_PENDING_CANCEL = struct.Struct("<QB")
_EXITS = struct.Struct("<QIIIIqBBB")
_TIMER = struct.Struct("<IBQ")
_QUOTE_GROUP = struct.Struct("<IBBIQqqq")
_COUNTED_FILL = struct.Struct("<Qqq")
_ACCOUNT = struct.Struct("<IQIIIq")
_BALANCE = struct.Struct("<Iqq")
_FINISHED = struct.Struct(f"<{DIGEST_LEN}sQQIIqqBB")
_WITHDRAWAL = struct.Struct("<QIIq")
_VOLATILITY = struct.Struct("<IIIIQQQQB3xIQ")
_BUCKET = struct.Struct("<QQQ")
_PROTECTION = struct.Struct("<BBBBIQIIQIIQ")
_ORDER = struct.Struct("<QIIqqhHBBB")
_OBLIGATION = struct.Struct("<IIIIiB3xqQQ")
_REFERENCE = struct.Struct("<IBB")
_ORIGINAL = struct.Struct("<IIqQQ")


def encode(state: State) -> bytes:
    """The image of a state."""
    out = [
        _HEAD.pack(MAGIC, SEMANTICS_VERSION, state.shard),
        _GENESIS.pack(state.max_open_orders, state.trade_date, state.client_id_key),
        _COUNTERS.pack(state.sequence, state.timestamp_ns, state.settlements, state.withdrawals_requested),
    ]
    out.append(image_fees.encode_schedules(state))
    out.append(U32.pack(len(state.assets)))
    out.extend(_encode_asset(asset) for asset in state.assets)
    out.append(U32.pack(len(state.instruments)))
    out.extend(_encode_instrument(instrument) for instrument in state.instruments)
    out.append(_encode_numbers(state.slots.generations))
    out.append(_encode_numbers(state.slots.free))
    out.append(U32.pack(len(state.accounts)))
    out.extend(_encode_account(account) for account in state.accounts)
    out.append(U32.pack(len(state.withdrawals)))
    out.extend(_WITHDRAWAL.pack(number, *withdrawal) for number, withdrawal in state.withdrawals.items())
    for instrument in state.instruments:
        for place in _places(instrument):
            orders = list(place.orders)
            out.append(U32.pack(len(orders)))
            out.extend(_encode_order(order) for order in orders)
    timers = [(account.id, *timer) for account in state.accounts for timer in sorted(account.timers.items())]
    out.append(U32.pack(len(timers)))
    out.extend(_TIMER.pack(*timer) for timer in timers)
    groups = [group for account in state.accounts for group in _encode_quote_groups(account, state.timestamp_ns)]
    out.append(U32.pack(len(groups)))
    out.extend(groups)
    out.append(image_fees.encode(state))
    protected = [instrument for instrument in state.instruments if _is_protected(instrument)]
    out.append(U32.pack(len(protected)))
    out.extend(_encode_protection(instrument, state.timestamp_ns) for instrument in protected)
    out.append(U32.pack(len(state.obligations)))
    out.extend(_encode_obligation(place, kept) for place, kept in sorted(state.obligations.items(), key=itemgetter(0)))
    out.append(U32.pack(len(state.references)))
    out.extend(_encode_reference(reference, original) for reference, original in sorted(state.references.items()))
    out.append(image_keys.encode(state))
    out.append(image_holders.encode(state))
    out.append(image_backing.encode(state))
    out.append(image_actions.encode(state))
    return b"".join(out)


def _encode_reference(reference: ReferenceId, original: Original) -> bytes:
    name = _REFERENCE.pack(reference.account, reference.command, len(reference.text)) + reference.text
    return name + _ORIGINAL.pack(*original)


def _encode_obligation(place: tuple[int, int], kept: Kept) -> bytes:
    own = kept.terms
    terms = (own.max_spread, own.required_bps, own.maker_rate)
    return _OBLIGATION.pack(*place, *terms, kept.is_earned, own.min_quantity, kept.met_ns, kept.open_ns)


def _is_protected(instrument: Instrument) -> bool:
    """Whether there is anything to say of it in the image's last part."""
    return instrument.volatility != Volatility() or instrument.protection != PriceProtection()


def _encode_protection(instrument: Instrument, timestamp_ns: int) -> bytes:
    own, policy, window = (
        instrument.volatility,
        instrument.protection.policy,
        instrument.volatility.window(timestamp_ns),
    )
    bps, ticks, multiplier, limit_state_ns, pause_ns = own.bands
    times = (limit_state_ns, pause_ns, own.moved_at, own.look_at)
    protection = instrument.protection
    return b"".join(
        [
            U32.pack(instrument.id),
            _VOLATILITY.pack(
                *(bps, ticks, multiplier, own.reference, *times, own.limit_state, len(window), own.state_ends_at)
            ),
            *(_BUCKET.pack(number, *bucket) for number, bucket in sorted(window.items())),
            _PROTECTION.pack(
                *(policy.stale, policy.primary, protection.status, protection.is_too_old),
                *policy[2:],
                *(protection.close, protection.anchor, protection.step_at),
            ),
        ]
    )


class _Place(NamedTuple):
    """Where the orders of one list rest or wait, and those orders in their order."""

    side: Side
    visibility: Visibility | None
    """Of orders that rest; a stop that waits can have either."""
    trigger: Trigger
    order_type: OrderType | None
    """Of orders that rest; a stop that waits says what it will be."""
    is_pegged: bool
    orders: Iterator[LiveOrder]


def _places(instrument: Instrument) -> Iterator[_Place]:
    """The fourteen lists of an instrument."""
    book = instrument.book
    halves = (
        (Visibility.DISPLAYED, OrderType.LIMIT, book.displayed),
        (Visibility.HIDDEN, OrderType.LIMIT, book.hidden),
        (Visibility.DISPLAYED, OrderType.MARKET, book.market),
    )
    for visibility, order_type, sides in halves:
        for side in (Side.BUY, Side.SELL):
            yield _Place(side, visibility, Trigger.NONE, order_type, False, sides[side].orders())
    for queue in instrument.queues.values():
        yield _Place(queue.side, None, queue.trigger, None, False, queue.stops())
    for side in (Side.BUY, Side.SELL):
        yield _Place(side, Visibility.DISPLAYED, Trigger.NONE, OrderType.LIMIT, True, book.pegs[side].listed())


def _encode_numbers(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers) + 1}I", len(numbers), *numbers)


def _encode_asset(asset: Asset) -> bytes:
    named = (asset.asset_class, asset.decimals, len(asset.symbol), asset.symbol)
    return _ASSET.pack(*named, asset.min_withdrawal, asset.issued)


def _encode_instrument(instrument: Instrument) -> bytes:
    fixed = _INSTRUMENT.pack(
        instrument.base,
        instrument.quote,
        instrument.collar_bps,
        instrument.lot_size,
        instrument.tick_lot_value,
        instrument.max_price,
        instrument.causes,
        len(instrument.symbol),
        instrument.symbol,
        instrument.last_trade,
        instrument.reference_price,
        instrument.reference_source,
        instrument.observed_at,
    )
    return b"".join(
        [
            fixed,
            _MARKS.pack(*(queue.mark for queue in instrument.queues.values())),
            _PHASE.pack(instrument.phase, *instrument.call),
            _LIMITS.pack(*instrument.limits),
            U32.pack(len(instrument.pending_cancels)),
            *(_PENDING_CANCEL.pack(*cancel) for cancel in sorted(instrument.pending_cancels.items())),
            U32.pack(len(instrument.exits)),
            *(_EXITS.pack(*exits) for exits in instrument.exits),
        ]
    )


def _encode_account(account: Account) -> bytes:
    assets = sorted(account.available.keys() | account.held.keys())
    balances = [(asset, account.available[asset], account.held[asset]) for asset in assets]
    not_zero = [balance for balance in balances if any(balance[1:])]
    limits = (account.max_open_orders, account.client_id_window)
    return b"".join(
        [
            _ACCOUNT.pack(account.fee_schedule, account.sequence, *limits, account.group, account.max_open_notional),
            U32.pack(len(not_zero)),
            *(_BALANCE.pack(*balance) for balance in not_zero),
            _encode_numbers([order.slot for order in account.open_orders.values()]),
            U32.pack(len(account.finished)),
            *(_encode_finished(name, order) for name, order in account.finished.items()),
        ]
    )


def _encode_finished(name: bytes, order: FinishedOrder) -> bytes:
    return _FINISHED.pack(
        name,
        order.content,
        order.order_id,
        order.instrument,
        order.price,
        order.quantity,
        order.filled,
        order.side,
        order.status,
    )


def _encode_order(order: LiveOrder) -> bytes:
    fixed = _ORDER.pack(
        order.order_id,
        order.account.id,
        order.price,
        order.quantity,
        order.slice_left,
        order.rates.maker_rate,
        max(order.rates),
        order.time_in_force,
        order.stp,
        len(order.client_order_id),
    )
    content = _U64.pack(order.content) if order.client_order_id else b""
    return fixed + order.client_order_id + content + _encode_attributes(order.attributes)


def _encode_attributes(attributes: OrderAttributes) -> bytes:
    return bytes([ORDER_ATTRIBUTES.size]) + ORDER_ATTRIBUTES.pack(*attributes) if any(attributes) else b"\0"


def _encode_quote_groups(account: Account, now: int) -> Iterator[bytes]:
    """The groups of an account that have a protection or are blocked."""
    for number, group in sorted(account.quote_groups.items()):
        if group.protection == NO_PROTECTION and not group.is_blocked:
            continue
        window = group.window(now)
        yield b"".join(
            [
                _QUOTE_GROUP.pack(account.id, number, group.is_blocked, *group.protection),
                U32.pack(len(window)),
                *(_COUNTED_FILL.pack(*fill) for fill in window),
            ]
        )


def decode(image: bytes) -> State:
    """The state of an image; `SnapshotError` if there is no such state."""
    magic, version, _shard = Reader(image).take(_HEAD)
    if magic != MAGIC:
        raise SnapshotError("not a state image")
    if version != SEMANTICS_VERSION:
        raise SnapshotError(f"state image of semantics version {version}, not {SEMANTICS_VERSION}")
    try:
        state = _decode_state(Reader(image))
        _check_counters(state)
        image_fees.check(state)
        _check_reference_data(state)
        _check_open_orders(state)
        state.check()
        _check_client_ids(state)
        _check_withdrawals(state)
        _check_quote_groups(state)
        for instrument in state.instruments:
            check_protection(instrument, state.timestamp_ns)
        check_obligations(state)
        check_references(state)
        check_keys(state)
        image_holders.check(state)
        image_backing.check(state)
        image_actions.check(state)
    except (LookupError, ValueError, AssertionError) as error:
        raise SnapshotError(f"damaged state image: {error}") from error
    if encode(state) != image:
        raise SnapshotError("damaged state image: it does not say what it should in the one way it could")
    return state


def _check_counters(state: State) -> None:
    """Asserts that every counter can go on: no history is as long as `MAX_COUNTER`."""
    counters = (state.sequence, state.settlements, state.withdrawals_requested)
    assert max(counters) <= MAX_COUNTER, f"counters {counters}"
    for account in state.accounts:
        assert account.sequence <= MAX_COUNTER, f"account {account.id}: sequence {account.sequence}"
    assert state.trade_date == 0 or is_trade_date(state.trade_date), f"trade date {state.trade_date}"
    assert 1 <= state.max_open_orders <= MAX_OPEN_ORDERS, f"max_open_orders {state.max_open_orders}"
    assert len(state.slots.generations) <= MAX_OPEN_ORDERS, f"{len(state.slots.generations)} slots"
    for generation in state.slots.generations:
        assert 1 <= generation <= MAX_GENERATION, f"a slot used {generation} times"


def _check_reference_data(state: State) -> None:
    """Asserts what the rules of reference data let through."""
    assert 1 <= len(state.fee_schedules) <= MAX_FEE_SCHEDULES, f"{len(state.fee_schedules)} fee schedules"
    for registry, limit in ((state.assets, MAX_ASSETS), (state.instruments, MAX_INSTRUMENTS)):
        symbols = [entry.symbol for entry in registry]
        assert len(symbols) <= limit, f"{len(symbols)} listings of at most {limit}"
        assert len(set(symbols)) == len(symbols), "a symbol twice"
        assert all(re.fullmatch(rb"[\x21-\x7e]+", symbol) for symbol in symbols), "a symbol that is none"
    for asset in state.assets:
        AssetClass(asset.asset_class)
        assert asset.decimals <= MAX_DECIMALS, f"{asset.decimals} decimals"
        assert asset.min_withdrawal >= 1, f"min_withdrawal {asset.min_withdrawal}"
        assert asset.issued >= 0, f"{asset.issued} issued"
    for instrument in state.instruments:
        name = f"instrument {instrument.id}"
        assert instrument.base != instrument.quote, f"{name}: base and quote are one"
        assert instrument.base < len(state.assets), f"{name}: no such base"
        assert state.assets[instrument.quote].asset_class == AssetClass.STABLECOIN, f"{name}: quote is no stablecoin"
        assert min(instrument.lot_size, instrument.tick_lot_value) >= 1, f"{name}: an empty lot"
        assert 1 <= instrument.max_price <= MAX_PRICE_TICKS, f"{name}: max_price {instrument.max_price}"
        assert instrument.collar_bps <= MAX_COLLAR_BPS, f"{name}: collar {instrument.collar_bps}"
        assert instrument.last_trade <= instrument.max_price, f"{name}: a trade at {instrument.last_trade}"
        assert instrument.reference_price <= instrument.max_price, f"{name}: worth {instrument.reference_price}"
        assert are_trading_limits(instrument.limits), f"{name}: {instrument.limits}"
    assert 1 <= len(state.accounts) <= MAX_ACCOUNTS, f"{len(state.accounts)} accounts"
    for account in state.accounts:
        name = f"account {account.id}"
        assert account.fee_schedule < len(state.fee_schedules), f"{name}: no such fee schedule"
        assert 1 <= account.max_open_orders <= ACCOUNT_OPEN_ORDERS_MAX, f"{name}: limit {account.max_open_orders}"
        assert 1 <= account.client_id_window <= ACCOUNT_CLIENT_ID_WINDOW_MAX, (
            f"{name}: window {account.client_id_window}"
        )
        assert account.max_open_notional >= 0, f"{name}: open notional up to {account.max_open_notional}"
        for asset_id in account.available.keys() | account.held.keys():
            assert asset_id < len(state.assets), f"{name}: no such asset {asset_id}"


def _check_open_orders(state: State) -> None:
    """Asserts what accepted orders say of themselves, and how many there may be."""
    assert len(state.open_orders) <= state.max_open_orders, f"{len(state.open_orders)} open orders"
    for order in state.open_orders.values():
        name = f"order {order.order_id}"
        assert 1 <= order.price <= order.instrument.max_price, f"{name}: price {order.price}"
        assert order.filled >= 0, f"{name}: {order.leaves} of {order.quantity} left"
        assert max(order.hold(), order.cash(order.price, order.leaves)) <= MAX_AMOUNT, f"{name} is too large"
        _check_attributes(state, order)
        if order.waits:
            _check_stop(order)
        else:
            assert order.time_in_force in RESTING_TIMES, f"{name} can not rest"
    for account in state.accounts:
        assert len(account.open_orders) <= ACCOUNT_OPEN_ORDERS_MAX, f"account {account.id}: too many open orders"
    for instrument in state.instruments:
        _check_bounds(instrument)


def _check_attributes(state: State, order: LiveOrder) -> None:
    """Asserts that the attributes of an order go together, beside what `State.check` asserts of them."""
    name, own = f"order {order.order_id}", order.attributes
    if Lifetime(own.lifetime) == Lifetime.DAY:
        assert own.trade_date == 0 or is_trade_date(own.trade_date), f"{name}: of the day {own.trade_date}"
        assert own.trade_date <= state.trade_date, f"{name}: of the day {own.trade_date} to come"
    else:
        assert own.trade_date == 0, f"{name} has a day that does not end it"
    if order.is_for_one_auction:
        assert order.time_in_force == TimeInForce.GTC, f"{name} is for an auction, and not only to rest"
        assert not order.waits, f"{name} is for an auction, and waits for something else"
        assert own.min_quantity == 0, f"{name} is for an auction, and has a minimum"
    assert own.display_quantity >= 0, f"{name}: shows {own.display_quantity}"
    assert not has_too_many_slices(order.quantity, own.display_quantity), f"{name}: too many slices"
    assert not (order.is_hidden and order.is_iceberg), f"{name} is a hidden iceberg"
    assert 0 <= own.min_quantity <= order.quantity, f"{name}: at least {own.min_quantity} of {order.quantity}"
    if own.min_quantity:
        assert order.time_in_force == TimeInForce.GTC, f"{name} has a minimum and adds liquidity only"
        assert not order.waits, f"{name} has a minimum and waits"


def _check_stop(order: LiveOrder) -> None:
    """Asserts that there can be such a stop, and that its limit is not narrower than its hold is for."""
    name, own = f"order {order.order_id}", order.attributes
    max_price = order.instrument.max_price
    assert order.time_in_force in (TimeInForce.GTC, TimeInForce.IOC), f"{name} can not wait"
    assert 1 <= own.trigger_price <= max_price, f"{name}: trigger price {own.trigger_price}"
    assert own.trail <= max_price, f"{name}: trail {own.trail}"
    assert own.waiting_type != OrderType.MARKET_TO_LIMIT, f"{name} has no limit yet"
    if order.time_in_force == TimeInForce.IOC:
        assert not order.is_hidden, f"{name} will never rest, and says hidden"
        assert not order.is_iceberg, f"{name} will never rest, and says by slices"
    if order.is_market:
        limit = stop_collar(order)
        is_wide_enough = order.price >= limit if order.side == Side.BUY else order.price <= limit
        assert order.time_in_force == TimeInForce.IOC, f"{name} is a market order that would rest"
        assert is_wide_enough if own.trail else order.price == limit, f"{name}: limit {order.price}, not {limit}"


def _check_bounds(instrument: Instrument) -> None:
    """Asserts that there are no more orders of the kinds that are bounded than may be."""
    name = f"instrument {instrument.id}"
    for side in Side:
        minimum_orders = sum(order.has_hidden_minimum for order in instrument.book.hidden[side].orders())
        assert minimum_orders <= MAX_MINIMUM_ORDERS, f"{name}: {minimum_orders} orders with a minimum"
    for queue in instrument.queues.values():
        assert len(queue.trailing()) <= MAX_TRAILING_ORDERS, f"{name}: {len(queue.trailing())} trailing stops"


def _check_client_ids(state: State) -> None:
    """Asserts that the windows name orders that were and are no more, and that no client id names two."""
    known = set(state.open_orders)
    for account in state.accounts:
        finished_count = len(account.finished)
        assert finished_count <= ACCOUNT_CLIENT_ID_WINDOW_MAX, f"account {account.id}: too many finished orders"
        assert not account.finished.keys() & account.open_client_ids.keys(), f"account {account.id}: a client id twice"
        named = [order for order in account.open_orders.values() if order.client_order_id]
        assert len(named) == len(account.open_client_ids), f"account {account.id}: a client id is open twice"
        for order in named:
            assert re.fullmatch(rb"[\x21-\x7e]+", order.client_order_id), f"client id {order.client_order_id!r}"
            assert len(order.client_order_id) <= CLIENT_ID_LEN, f"client id {order.client_order_id!r}"
        for finished in account.finished.values():
            assert finished.order_id not in known, f"order {finished.order_id} twice"
            known.add(finished.order_id)
            _check_finished(state, finished)


def _check_finished(state: State, finished: FinishedOrder) -> None:
    """Asserts that there can have been such an order."""
    name = f"order {finished.order_id}"
    slot = finished.order_id & (1 << ORDER_SLOT_BITS) - 1
    shard, generation = divmod(finished.order_id >> ORDER_SLOT_BITS, 1 << ORDER_GENERATION_BITS)
    assert shard == state.shard, f"{name} is of shard {shard}"
    assert slot < len(state.slots.generations), f"{name} has a slot that was never used"
    assert 1 <= generation <= state.slots.generations[slot], f"{name} was never accepted"
    assert finished.status != OrderStatus.OPEN, f"{name} is finished and open"
    assert finished.instrument < len(state.instruments), f"{name}: no such instrument"
    assert 1 <= finished.price <= state.instruments[finished.instrument].max_price, f"{name}: price {finished.price}"
    assert 0 <= finished.filled <= finished.quantity, f"{name}: filled {finished.filled}"


def _check_withdrawals(state: State) -> None:
    """Asserts that pending withdrawals were requested, each for something."""
    assert list(state.withdrawals) == sorted(state.withdrawals), "withdrawals out of order"
    pending = [0] * len(state.accounts)
    for number, withdrawal in state.withdrawals.items():
        assert 1 <= number <= state.withdrawals_requested, f"withdrawal {number} was never requested"
        assert withdrawal.amount >= 1, f"withdrawal {number}: amount {withdrawal.amount}"
        pending[withdrawal.account] += 1
    assert max(pending) <= MAX_PENDING_WITHDRAWALS_PER_ACCOUNT, f"{max(pending)} withdrawals of one account"


def _check_quote_groups(state: State) -> None:
    """Asserts that a group has a protection that can be, and has counted what can have been."""
    for account in state.accounts:
        for number, group in account.quote_groups.items():
            name = f"account {account.id}, group {number}"
            assert is_quote_group(number), f"{name}: there is none"
            if group.protection == NO_PROTECTION:
                assert group.is_blocked, f"{name}: nothing is known of it"
            else:
                assert is_valid_protection(group.protection), f"{name}: {group.protection}"
            times = [fill.time for fill in group.counted]
            assert times == sorted(times), f"{name}: fills out of order"
            assert max(times, default=0) <= state.timestamp_ns, f"{name}: a fill to come"
            for fill in group.counted:
                assert 1 <= abs(fill.lots) <= MAX_AMOUNT, f"{name}: a fill of {fill.lots}"
                assert 1 <= fill.cash <= MAX_AMOUNT, f"{name}: a fill for {fill.cash}"


def _decode_state(reader: Reader) -> State:
    _magic, _version, shard = reader.take(_HEAD)
    state = State(shard, *reader.take(_GENESIS), *reader.take(_COUNTERS))
    image_fees.decode_schedules(reader, state)
    state.assets = [_decode_asset(reader) for _ in range(reader.count())]
    state.instruments = [_decode_instrument(reader, number) for number in range(reader.count())]
    state.slots = OrderSlots(reader.numbers(), reader.numbers())
    open_slots = []
    for number in range(reader.count()):
        account, slots = _decode_account(reader, number)
        state.accounts.append(account)
        open_slots.append(slots)
    for _ in range(reader.count()):
        number, *withdrawal = reader.take(_WITHDRAWAL)
        assert number not in state.withdrawals, f"withdrawal {number} twice"
        state.withdrawals[number] = Withdrawal(*withdrawal)
    _decode_books(reader, state)
    _list_open_orders(state, open_slots)
    _decode_timers(reader, state)
    _decode_quote_groups(reader, state)
    image_fees.decode(reader, state)
    for _ in range(reader.count()):
        _decode_protection(reader, state)
    for _ in range(reader.count()):
        _decode_obligation(reader, state)
    for _ in range(reader.count()):
        account, command, length = reader.take(_REFERENCE)
        reference = ReferenceId(account, command, reader.bytes(length))
        state.references[reference] = Original(*reader.take(_ORIGINAL))
    image_keys.decode(reader, state)
    image_holders.decode(reader, state)
    image_backing.decode(reader, state)
    image_actions.decode(reader, state)
    return state


def _decode_asset(reader: Reader) -> Asset:
    asset_class, decimals, symbol_len, symbol, min_withdrawal, issued = reader.take(_ASSET)
    return Asset(asset_class, decimals, symbol[:symbol_len], min_withdrawal, issued)


def _decode_instrument(reader: Reader, number: int) -> Instrument:
    *listing, causes, symbol_len, symbol, last_trade, price, source, observed_at = reader.take(_INSTRUMENT)
    base, quote, collar_bps, lot_size, tick_lot_value, max_price = listing
    instrument = Instrument(
        id=number,
        symbol=symbol[:symbol_len],
        base=base,
        quote=quote,
        collar_bps=collar_bps,
        lot_size=lot_size,
        tick_lot_value=tick_lot_value,
        max_price=max_price,
        halts={cause for cause in HaltCause if causes >> cause & 1},
        last_trade=last_trade,
        reference_price=price,
        reference_source=source,
        observed_at=observed_at,
    )
    assert instrument.causes == causes, f"instrument {number}: halted for {causes}"
    for queue, mark in zip(instrument.queues.values(), reader.take(_MARKS), strict=True):
        queue.mark = mark
    phase, after, *call = reader.take(_PHASE)
    instrument.phase, instrument.call = Phase(phase), Call(Phase(after), *call)
    instrument.limits = TradingLimits(*reader.take(_LIMITS))
    cancels = [reader.take(_PENDING_CANCEL) for _ in range(reader.count())]
    instrument.pending_cancels = {order_id: CancelReason(reason) for order_id, reason in cancels}
    instrument.exits = [_decode_exits(reader) for _ in range(reader.count())]
    return instrument


def _decode_exits(reader: Reader) -> Exits:
    exits = Exits(*reader.take(_EXITS))
    return exits._replace(side=Side(exits.side), stp=SelfTradePrevention(exits.stp), trigger=Trigger(exits.trigger))


def _decode_account(reader: Reader, number: int) -> tuple[Account, list[int]]:
    """The account, and the slots of its open orders, which are read later."""
    account = Account(number, *reader.take(_ACCOUNT))
    for _ in range(reader.count()):
        asset, available, held = reader.take(_BALANCE)
        account.available[asset], account.held[asset] = available, held
    open_slots = reader.numbers()
    for _ in range(reader.count()):
        name, content, order_id, instrument, price, quantity, filled, side, status = reader.take(_FINISHED)
        account.finished[name] = FinishedOrder(
            order_id, instrument, Side(side), OrderStatus(status), price, quantity, filled, content
        )
    return account, open_slots


def _decode_books(reader: Reader, state: State) -> None:
    for instrument in state.instruments:
        for place in _places(instrument):
            for _ in range(reader.count()):
                order = _decode_order(reader, state, instrument, place)
                assert order.order_id not in state.open_orders, f"order {order.order_id} twice"
                state.open_orders[order.order_id] = order
                if order.waits:
                    order.queue.add(order)
                else:
                    instrument.book.add(order)


def _decode_order(reader: Reader, state: State, instrument: Instrument, place: _Place) -> LiveOrder:
    order_id, account, price, quantity, shown, maker_rate, hold_rate, time_in_force, stp, length = reader.take(_ORDER)
    client_order_id = reader.bytes(length)
    (content,) = reader.take(_U64) if length else (0,)
    attributes = _decode_attributes(reader)
    assert attributes.trigger == place.trigger, f"order {order_id} waits for something else"
    assert place.visibility in (None, attributes.visibility), f"order {order_id} is in the other half of the book"
    is_pegged = attributes.peg != PegReference.NONE
    assert is_pegged == place.is_pegged, f"order {order_id} is among pegs or is one, and not both"
    may_take = is_pegged or attributes.trigger != Trigger.NONE
    # Another resting order takes no more under these rates: only the larger of the two still matters, for its hold.
    rates = Rates(maker_rate, attributes.taker_rate if may_take else hold_rate)
    assert rates.are_possible, f"order {order_id}: rates {rates}"
    assert max(rates) == hold_rate, f"order {order_id}: rates {rates} and a hold of {hold_rate}"
    leaves = shown + attributes.reserve
    return LiveOrder(
        account=state.accounts[account],
        instrument=instrument,
        side=place.side,
        order_type=OrderType(attributes.waiting_type) if place.order_type is None else place.order_type,
        time_in_force=TimeInForce(time_in_force),
        stp=SelfTradePrevention(stp),
        quantity_kind=QuantityKind.LOTS,
        client_order_id=client_order_id,
        digest=digest(state.client_id_key, account, client_order_id) if length else b"",
        content=content,
        price=price,
        quantity=quantity,
        leaves=leaves,
        budget=0,
        rates=rates,
        filled=quantity - leaves,
        order_id=order_id,
        attributes=attributes,
    )


def _decode_attributes(reader: Reader) -> OrderAttributes:
    (length,) = reader.bytes(1)
    if length == 0:
        return OrderAttributes()
    attributes = (
        OrderAttributes(*reader.take(ORDER_ATTRIBUTES)) if length == ORDER_ATTRIBUTES.size else OrderAttributes()
    )
    if not any(attributes):
        raise SnapshotError("state image: impossible attributes of an order")
    Visibility(attributes.visibility)
    Trigger(attributes.exit_trigger)
    PegReference(attributes.peg)
    return attributes


def _decode_obligation(reader: Reader, state: State) -> None:
    account, instrument, max_spread, required_bps, maker_rate, earned, min_quantity, met_ns, open_ns = reader.take(
        _OBLIGATION
    )
    terms = ObligationTerms(max_spread, min_quantity, required_bps, maker_rate)
    state.obligations[account, instrument] = Kept(terms, met_ns, open_ns, bool(earned))


def _decode_protection(reader: Reader, state: State) -> None:
    instrument = state.instruments[reader.count()]
    bps, ticks, multiplier, reference, *times, limit_state, buckets, state_ends_at = reader.take(_VOLATILITY)
    limit_state_ns, pause_ns, moved_at, look_at = times
    instrument.volatility = Volatility(
        bands=VolatilityBands(bps, ticks, multiplier, limit_state_ns, pause_ns),
        reference=reference,
        moved_at=moved_at,
        look_at=look_at,
        limit_state=LimitState(limit_state),
        state_ends_at=state_ends_at,
    )
    for _ in range(buckets):
        number, *bucket = reader.take(_BUCKET)
        instrument.volatility.buckets[number] = Bucket(*bucket)
    stale, primary, status, is_too_old, *policy, close, anchor, step_at = reader.take(_PROTECTION)
    instrument.protection = PriceProtection(
        policy=ReferencePolicy(StalePolicy(stale), PrimaryPolicy(primary), *policy),
        status=PrimaryStatus(status),
        is_too_old=bool(is_too_old),
        close=close,
        anchor=anchor,
        step_at=step_at,
    )


def _list_open_orders(state: State, open_slots: list[list[int]]) -> None:
    """Gives each account its open orders in the order it lists their slots."""
    by_slot = {order.slot: order for order in state.open_orders.values()}
    for account, slots in zip(state.accounts, open_slots, strict=True):
        for slot in slots:
            order = by_slot.pop(slot)
            assert order.account is account, f"account {account.id} lists order {order.order_id} of another"
            account.open_orders[order.order_id] = order
            if order.client_order_id:
                account.open_client_ids[order.digest] = order
    assert not by_slot, "an open order that its account does not list"


def _decode_timers(reader: Reader, state: State) -> None:
    for _ in range(reader.count()):
        number, timer, due_at = reader.take(_TIMER)
        timers = state.accounts[number].timers
        assert timer not in timers, f"account {number}: timer {timer} twice"
        timers[CancelTimer(timer)] = due_at


def _decode_quote_groups(reader: Reader, state: State) -> None:
    for _ in range(reader.count()):
        account, number, is_blocked, *protection = reader.take(_QUOTE_GROUP)
        groups = state.accounts[account].quote_groups
        assert number not in groups, f"account {account}: group {number} twice"
        assert is_blocked in (0, 1), f"account {account}, group {number}: blocked {is_blocked}"
        counted = [CountedFill(*reader.take(_COUNTED_FILL)) for _ in range(reader.count())]
        groups[number] = QuoteGroup(Protection(*protection), bool(is_blocked), counted)
