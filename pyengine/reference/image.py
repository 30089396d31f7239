"""The state image (`engine_core/docs/semantics.md`, section 9): canonical bytes of a state, and back.

Reading trusts nothing: it accepts exactly the images that writing can produce, of states that hold their invariants.
"""

from __future__ import annotations

import re
import struct
from typing import Any

from pyengine.errors import SnapshotError
from pyengine.records import (
    CLIENT_ID_LEN,
    CLIENT_ID_WINDOW,
    MAX_ACCOUNTS,
    MAX_AMOUNT,
    MAX_ASSETS,
    MAX_COLLAR_BPS,
    MAX_DECIMALS,
    MAX_FEE_RATE,
    MAX_FEE_SCHEDULES,
    MAX_INSTRUMENTS,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    MAX_PENDING_WITHDRAWALS,
    MAX_PRICE_TICKS,
    ORDER_SLOT_BITS,
    SEMANTICS_VERSION,
    SYMBOL_LEN,
    AssetClass,
    OrderStatus,
    OrderType,
    QuantityKind,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from pyengine.reference.state import (
    Account,
    Asset,
    FeeSchedule,
    FinishedOrder,
    Instrument,
    LiveOrder,
    OrderSlots,
    State,
    Withdrawal,
)

MAGIC = b"PYESTATE"
MAX_COUNTER = 2**63 - 1
_U32 = struct.Struct("<I")
_HEAD = struct.Struct("<8sII")
_COUNTERS = struct.Struct("<QQQQQ")
_FEE_SCHEDULE = struct.Struct("<II")
_ASSET = struct.Struct(f"<BBBx{SYMBOL_LEN}sq")
_INSTRUMENT = struct.Struct(f"<IIIqqqBB{SYMBOL_LEN}s")
_ACCOUNT = struct.Struct("<IQ")
_BALANCE = struct.Struct("<Iqq")
_FINISHED = struct.Struct(f"<QIBBB{CLIENT_ID_LEN}sqqq")
_WITHDRAWAL = struct.Struct("<QIIq")
_ORDER = struct.Struct(f"<QIqqqIIBBB{CLIENT_ID_LEN}s")


def encode(state: State) -> bytes:
    """The image of a state."""
    out = [
        _HEAD.pack(MAGIC, SEMANTICS_VERSION, 0),
        _COUNTERS.pack(
            state.sequence,
            state.timestamp_ns,
            state.orders_accepted,
            state.settlements,
            state.withdrawals_requested,
        ),
    ]
    out.append(_U32.pack(len(state.fee_schedules)))
    out.extend(_FEE_SCHEDULE.pack(*schedule) for schedule in state.fee_schedules)
    out.append(_U32.pack(len(state.assets)))
    out.extend(
        _ASSET.pack(asset.asset_class, asset.decimals, len(asset.symbol), asset.symbol, asset.issued)
        for asset in state.assets
    )
    out.append(_U32.pack(len(state.instruments)))
    out.extend(_encode_instrument(instrument) for instrument in state.instruments)
    out.append(struct.pack(f"<II{len(state.slots.free)}I", state.slots.used, len(state.slots.free), *state.slots.free))
    out.append(_U32.pack(len(state.accounts)))
    out.extend(_encode_account(account) for account in state.accounts)
    out.append(_U32.pack(len(state.withdrawals)))
    out.extend(_WITHDRAWAL.pack(number, *withdrawal) for number, withdrawal in state.withdrawals.items())
    for instrument in state.instruments:
        for side in (Side.BUY, Side.SELL):
            orders = list(instrument.book.orders(side))
            out.append(_U32.pack(len(orders)))
            out.extend(_encode_order(order) for order in orders)
    return b"".join(out)


def _encode_instrument(instrument: Instrument) -> bytes:
    return _INSTRUMENT.pack(
        instrument.base,
        instrument.quote,
        instrument.collar_bps,
        instrument.lot_size,
        instrument.tick_lot_value,
        instrument.max_price,
        instrument.halted,
        len(instrument.symbol),
        instrument.symbol,
    )


def _encode_account(account: Account) -> bytes:
    balances = [
        (asset, available, held)
        for asset, (available, held) in enumerate(zip(account.available, account.held, strict=True))
        if available or held
    ]
    return b"".join(
        [
            _ACCOUNT.pack(account.fee_schedule, account.sequence),
            _U32.pack(len(balances)),
            *(_BALANCE.pack(*balance) for balance in balances),
            _U32.pack(len(account.finished)),
            *(_encode_finished(client_order_id, order) for client_order_id, order in account.finished.items()),
        ]
    )


def _encode_finished(client_order_id: bytes, order: FinishedOrder) -> bytes:
    return _FINISHED.pack(
        order.order_id,
        order.instrument,
        order.side,
        order.status,
        len(client_order_id),
        client_order_id,
        order.price,
        order.quantity,
        order.filled,
    )


def _encode_order(order: LiveOrder) -> bytes:
    return _ORDER.pack(
        order.order_id,
        order.account.id,
        order.price,
        order.quantity,
        order.leaves,
        order.rates.maker_rate,
        max(order.rates),
        order.time_in_force,
        order.stp,
        len(order.client_order_id),
        order.client_order_id,
    )


def decode(image: bytes) -> State:
    """The state of an image; `SnapshotError` if there is no such state."""
    magic, version, _reserved = _Reader(image).take(_HEAD)
    if magic != MAGIC:
        raise SnapshotError("not a state image")
    if version != SEMANTICS_VERSION:
        raise SnapshotError(f"state image of semantics version {version}, not {SEMANTICS_VERSION}")
    try:
        state = _decode_state(_Reader(image))
        _check_counters(state)
        _check_reference_data(state)
        _check_orders(state)
        state.check()
    except (LookupError, ValueError, AssertionError) as error:
        raise SnapshotError(f"damaged state image: {error}") from error
    if encode(state) != image:
        raise SnapshotError("damaged state image: it does not say what it should in the one way it could")
    return state


def _check_counters(state: State) -> None:
    """Asserts that every counter can go on: no history is as long as `MAX_COUNTER`."""
    counters = (state.sequence, state.settlements, state.withdrawals_requested)
    assert max(counters) <= MAX_COUNTER, f"counters {counters}"
    assert state.orders_accepted >> (64 - ORDER_SLOT_BITS) == 0, f"{state.orders_accepted} orders do not fit order ids"
    for account in state.accounts:
        assert account.sequence <= MAX_COUNTER, f"account {account.id}: sequence {account.sequence}"


def _check_reference_data(state: State) -> None:
    """Asserts what the rules of the CREATE commands and of SET_FEE_SCHEDULE let through."""
    assert 1 <= len(state.fee_schedules) <= MAX_FEE_SCHEDULES, f"{len(state.fee_schedules)} fee schedules"
    for schedule in state.fee_schedules:
        assert max(schedule) <= MAX_FEE_RATE, f"fee rates {schedule}"
    for registry, limit in ((state.assets, MAX_ASSETS), (state.instruments, MAX_INSTRUMENTS)):
        symbols = [entry.symbol for entry in registry]
        assert len(symbols) <= limit, f"{len(symbols)} listings of at most {limit}"
        assert len(set(symbols)) == len(symbols), "a symbol twice"
        assert all(re.fullmatch(rb"[\x21-\x7e]+", symbol) for symbol in symbols), "a symbol that is none"
    for asset in state.assets:
        AssetClass(asset.asset_class)
        assert asset.decimals <= MAX_DECIMALS, f"{asset.decimals} decimals"
        assert asset.issued >= 0, f"{asset.issued} issued"
    for instrument in state.instruments:
        name = f"instrument {instrument.id}"
        assert instrument.base != instrument.quote, f"{name}: base and quote are one"
        assert instrument.base < len(state.assets), f"{name}: no such base"
        assert state.assets[instrument.quote].asset_class == AssetClass.STABLECOIN, f"{name}: quote is no stablecoin"
        assert min(instrument.lot_size, instrument.tick_lot_value) >= 1, f"{name}: an empty lot"
        assert 1 <= instrument.max_price <= MAX_PRICE_TICKS, f"{name}: max_price {instrument.max_price}"
        assert instrument.collar_bps <= MAX_COLLAR_BPS, f"{name}: collar {instrument.collar_bps}"
    assert 1 <= len(state.accounts) <= MAX_ACCOUNTS, f"{len(state.accounts)} accounts"
    for account in state.accounts:
        assert account.fee_schedule < len(state.fee_schedules), f"account {account.id}: no such fee schedule"


def _check_orders(state: State) -> None:
    """Asserts what accepted and finished orders and requested withdrawals say of themselves."""
    for order in state.open_orders.values():
        name = f"order {order.order_id}"
        assert order.time_in_force in (TimeInForce.GTC, TimeInForce.POST_ONLY), f"{name} can not rest"
        assert 1 <= order.price <= order.instrument.max_price, f"{name}: price {order.price}"
        assert order.rates.maker_rate <= max(order.rates) <= MAX_FEE_RATE, f"{name}: rates {order.rates}"
        assert order.filled >= 0, f"{name}: {order.leaves} of {order.quantity} left"
        assert max(order.hold(), order.cash(order.price, order.leaves)) <= MAX_AMOUNT, f"{name} is too large"
    accepted = [order_id >> ORDER_SLOT_BITS for order_id in state.open_orders]
    for account in state.accounts:
        assert len(account.open_orders) <= MAX_OPEN_ORDERS_PER_ACCOUNT, f"account {account.id}: too many open orders"
        assert len(account.finished) <= CLIENT_ID_WINDOW, f"account {account.id}: too many finished orders"
        assert not account.finished.keys() & account.open_client_ids.keys(), f"account {account.id}: a client id twice"
        for text in (*account.finished, *account.open_client_ids):
            assert re.fullmatch(rb"[\x21-\x7e]+", text), f"account {account.id}: client id {text!r}"
        for finished in account.finished.values():
            accepted.append(finished.order_id >> ORDER_SLOT_BITS)
            assert finished.status != OrderStatus.OPEN, f"order {finished.order_id} is finished and open"
            assert finished.instrument < len(state.instruments), f"order {finished.order_id}: no such instrument"
            assert 0 <= finished.filled <= finished.quantity, f"order {finished.order_id}: filled {finished.filled}"
            max_price = state.instruments[finished.instrument].max_price
            assert 1 <= finished.price <= max_price, f"order {finished.order_id}: price {finished.price}"
    assert len(set(accepted)) == len(accepted), "an order twice"
    assert all(1 <= number <= state.orders_accepted for number in accepted), "an order that was never accepted"
    assert len(state.withdrawals) <= MAX_PENDING_WITHDRAWALS, f"{len(state.withdrawals)} pending withdrawals"
    assert list(state.withdrawals) == sorted(state.withdrawals), "withdrawals out of order"
    for number, withdrawal in state.withdrawals.items():
        assert 1 <= number <= state.withdrawals_requested, f"withdrawal {number} was never requested"
        assert withdrawal.amount >= 1, f"withdrawal {number}: amount {withdrawal.amount}"


class _Reader:
    def __init__(self, image: bytes) -> None:
        self._image = image
        self._offset = 0

    def take(self, layout: struct.Struct) -> tuple[Any, ...]:
        """The next fields; `SnapshotError` where the image ends too early."""
        if self._offset + layout.size > len(self._image):
            raise SnapshotError(f"truncated state image: {len(self._image)} bytes, more needed at {self._offset}")
        fields = layout.unpack_from(self._image, self._offset)
        self._offset += layout.size
        return fields

    def count(self) -> int:
        """The count in front of a list."""
        return int(self.take(_U32)[0])


def _decode_state(reader: _Reader) -> State:
    reader.take(_HEAD)
    state = State(*reader.take(_COUNTERS))
    state.fee_schedules = [FeeSchedule(*reader.take(_FEE_SCHEDULE)) for _ in range(reader.count())]
    state.assets = [_decode_asset(reader) for _ in range(reader.count())]
    state.instruments = [_decode_instrument(reader, number) for number in range(reader.count())]
    used = reader.count()
    state.slots = OrderSlots(used, [reader.count() for _ in range(reader.count())])
    state.accounts = [_decode_account(reader, number, len(state.assets)) for number in range(reader.count())]
    for _ in range(reader.count()):
        number, account, asset, amount = reader.take(_WITHDRAWAL)
        state.withdrawals[number] = Withdrawal(account, asset, amount)
    orders = [
        _decode_order(reader, state, instrument, side)
        for instrument in state.instruments
        for side in (Side.BUY, Side.SELL)
        for _ in range(reader.count())
    ]
    for order in orders:
        order.instrument.book.add(order)
    for order in sorted(orders, key=lambda order: order.order_id):
        state.open_orders[order.order_id] = order
        order.account.open_orders[order.order_id] = order
        if order.client_order_id:
            order.account.open_client_ids[order.client_order_id] = order
    return state


def _decode_asset(reader: _Reader) -> Asset:
    asset_class, decimals, symbol_len, symbol, issued = reader.take(_ASSET)
    return Asset(asset_class, decimals, symbol[:symbol_len], issued)


def _decode_instrument(reader: _Reader, number: int) -> Instrument:
    *fields, halted, symbol_len, symbol = reader.take(_INSTRUMENT)
    base, quote, collar_bps, lot_size, tick_lot_value, max_price = fields
    return Instrument(
        number, symbol[:symbol_len], base, quote, collar_bps, lot_size, tick_lot_value, max_price, bool(halted)
    )


def _decode_account(reader: _Reader, number: int, assets: int) -> Account:
    fee_schedule, sequence = reader.take(_ACCOUNT)
    account = Account(number, fee_schedule, [0] * assets, [0] * assets, sequence)
    for _ in range(reader.count()):
        asset, available, held = reader.take(_BALANCE)
        account.available[asset], account.held[asset] = available, held
    for _ in range(reader.count()):
        order_id, instrument, side, status, length, text, price, quantity, filled = reader.take(_FINISHED)
        account.finished[text[:length]] = FinishedOrder(
            order_id, instrument, Side(side), OrderStatus(status), price, quantity, filled
        )
    return account


def _decode_order(reader: _Reader, state: State, instrument: Instrument, side: Side) -> LiveOrder:
    order_id, account, price, quantity, leaves, maker_rate, hold_rate, time_in_force, stp, length, text = reader.take(
        _ORDER
    )
    return LiveOrder(
        account=state.accounts[account],
        instrument=instrument,
        side=side,
        order_type=OrderType.LIMIT,
        time_in_force=TimeInForce(time_in_force),
        stp=SelfTradePrevention(stp),
        quantity_kind=QuantityKind.LOTS,
        client_order_id=text[:length],
        price=price,
        quantity=quantity,
        leaves=leaves,
        budget=0,
        # A resting order takes no more under these rates: only the larger of the two still matters, for its hold.
        rates=FeeSchedule(maker_rate, hold_rate),
        filled=quantity - leaves,
        order_id=order_id,
    )
