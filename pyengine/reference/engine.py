"""The state machine of the rule book (`engine_core/docs/semantics.md`): a command in, events out, nothing else.

Every command has one method here, which first asks its rules in their order, each with its rejection code, and then,
below an empty line, does what the command says. Nothing has changed when a rule rejects. It reads no clock and does no
IO; it is neither fast nor thread-safe.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from pyengine.errors import CommandError
from pyengine.records import (
    BODIES,
    BODY_OF_KIND,
    CLIENT_ID_LEN,
    CLIENT_ID_WINDOW,
    COLLAR_SCALE,
    COMMAND_LEN,
    FEE_RATE_SCALE,
    HEADER,
    HEADER_LEN,
    MAX_ACCOUNTS,
    MAX_AMOUNT,
    MAX_ASSETS,
    MAX_COLLAR_BPS,
    MAX_DECIMALS,
    MAX_FEE_RATE,
    MAX_FEE_SCHEDULES,
    MAX_INSTRUMENTS,
    MAX_OPEN_ORDERS,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    MAX_ORDERS_ACCEPTED,
    MAX_PENDING_WITHDRAWALS,
    MAX_PRICE_TICKS,
    NONE_ID,
    ORDER_SLOT_BITS,
    SYMBOL_LEN,
    VENUE_ACCOUNT,
    AssetClass,
    CancelReason,
    CommandKind,
    CreateAccount,
    CreateAsset,
    CreateInstrument,
    EventKind,
    Header,
    Liquidity,
    MoneyMovement,
    OrderEntry,
    OrderStatus,
    OrderType,
    Priority,
    QuantityKind,
    RejectCode,
    SelfTradePrevention,
    SetFeeSchedule,
    Side,
    TimeInForce,
    TradingPhase,
    WithdrawalStep,
)
from pyengine.reference import image
from pyengine.reference.calls import CommandCalls
from pyengine.reference.state import (
    Account,
    Asset,
    FeeSchedule,
    FinishedOrder,
    Instrument,
    LiveOrder,
    State,
    Withdrawal,
    fee,
)
from pyengine.reference.values import Event, Order

if TYPE_CHECKING:
    from typing_extensions import Buffer

_PRINTABLE = re.compile(rb"[\x21-\x7e]*")
_VENUE_COMMANDS = frozenset(
    {
        CommandKind.CREATE_ASSET,
        CommandKind.CREATE_INSTRUMENT,
        CommandKind.CREATE_ACCOUNT,
        CommandKind.SET_FEE_SCHEDULE,
        CommandKind.HALT,
        CommandKind.RESUME,
    }
)

T = TypeVar("T")


class Engine(CommandCalls):
    """The reference engine. Interface, units and errors: `pyengine/_engine_core.pyi`; `check` is its own.

    Some limits are class attributes, so that a test can reach one without a million commands.
    """

    max_accounts = MAX_ACCOUNTS
    max_assets = MAX_ASSETS
    max_instruments = MAX_INSTRUMENTS
    max_open_orders = MAX_OPEN_ORDERS
    client_id_window = CLIENT_ID_WINDOW

    def __init__(self) -> None:
        self.state = State.genesis()
        self._events: list[Event] = []
        self._rules: dict[int, Callable[[int, Any], RejectCode | None]] = {
            CommandKind.PLACE: self._place,
            CommandKind.CANCEL: self._cancel,
            CommandKind.AMEND: self._amend,
            CommandKind.CANCEL_ALL: self._cancel_all,
            CommandKind.CREATE_ASSET: self._create_asset,
            CommandKind.CREATE_INSTRUMENT: self._create_instrument,
            CommandKind.CREATE_ACCOUNT: self._create_account,
            CommandKind.SET_FEE_SCHEDULE: self._set_fee_schedule,
            CommandKind.HALT: self._halt,
            CommandKind.RESUME: self._resume,
            CommandKind.DEPOSIT: self._deposit,
            CommandKind.REQUEST_WITHDRAWAL: self._request_withdrawal,
            CommandKind.SETTLE_WITHDRAWAL: self._settle_withdrawal,
            CommandKind.CANCEL_WITHDRAWAL: self._cancel_withdrawal,
            CommandKind.TRANSFER: self._transfer,
        }

    # ---------------------------------------------------------------------------------------------------------- records

    def apply(self, command: Buffer) -> list[Event]:
        """One 96-byte command record; its sequence is ignored, a timestamp of 0 keeps the last.

        `CommandError` for another length.
        """
        record = bytes(command)
        if len(record) != COMMAND_LEN:
            raise CommandError(f"a command record has {COMMAND_LEN} bytes, not {len(record)}")
        self._events = []
        self._apply(record)
        return self._events

    def apply_batch(self, commands: Buffer) -> bytes:
        """Command records back to back; returns event records back to back.

        `CommandError` if the length is no multiple of 96.
        """
        records = bytes(commands)
        if len(records) % COMMAND_LEN:
            raise CommandError(f"{len(records)} bytes are no multiple of a command record's {COMMAND_LEN}")
        self._events = []
        for start in range(0, len(records), COMMAND_LEN):
            self._apply(records[start : start + COMMAND_LEN])
        return b"".join(map(bytes, self._events))

    def _apply(self, record: bytes) -> None:
        header = Header._make(HEADER.unpack_from(record))
        self.state.sequence += 1
        self.state.timestamp_ns = max(self.state.timestamp_ns, header.timestamp_ns)
        rules = self._rules.get(header.kind)
        if rules is None:
            self._emit(EventKind.REJECTED, header.account, code=RejectCode.MALFORMED)
            return
        body_type = BODY_OF_KIND[header.kind]
        body = body_type._make(BODIES[body_type].unpack_from(record, HEADER_LEN))
        code = rules(header.account, body)
        if code is not None:
            account = VENUE_ACCOUNT if header.kind in _VENUE_COMMANDS else header.account
            self._emit(EventKind.REJECTED, account, code=code, **_echo(header.kind, body))

    def _emit(self, kind: EventKind, account_id: int, **fields: int) -> None:
        account = _find(self.state.accounts, account_id)
        if account is not None:
            account.sequence += 1
        self._events.append(
            Event(
                self.state.sequence,
                self.state.timestamp_ns,
                kind,
                account=account_id,
                account_sequence=0 if account is None else account.sequence,
                **fields,
            )
        )

    # ----------------------------------------------------------------------------------------------------------- orders

    def _place(self, account_id: int, entry: OrderEntry) -> RejectCode | None:
        if not _is_well_formed_place(entry):
            return RejectCode.MALFORMED
        account = _find(self.state.accounts, account_id)
        if account is None:
            return RejectCode.UNKNOWN_ACCOUNT
        client_order_id = _client_order_id(entry)
        if client_order_id and self._answer_duplicate(account, client_order_id):
            return None
        instrument = _find(self.state.instruments, entry.instrument)
        if instrument is None:
            return RejectCode.UNKNOWN_INSTRUMENT
        if instrument.halted:
            return RejectCode.INSTRUMENT_HALTED
        if not _is_valid_combination(entry):
            return RejectCode.INVALID_COMBINATION
        if entry.quantity < 1:
            return RejectCode.INVALID_QUANTITY
        if entry.order_type == OrderType.MARKET:
            if entry.price != 0:
                return RejectCode.INVALID_PRICE
        elif not 1 <= entry.price <= instrument.max_price:
            return RejectCode.INVALID_PRICE
        if len(account.open_orders) >= MAX_OPEN_ORDERS_PER_ACCOUNT:
            return RejectCode.OPEN_ORDER_LIMIT
        if len(self.state.open_orders) >= self.max_open_orders or self.state.orders_accepted == MAX_ORDERS_ACCEPTED:
            return RejectCode.ENGINE_FULL
        is_notional = entry.quantity_kind == QuantityKind.NOTIONAL
        order = LiveOrder(
            account=account,
            instrument=instrument,
            side=Side(entry.side),
            order_type=OrderType(entry.order_type),
            time_in_force=TimeInForce(entry.time_in_force),
            stp=SelfTradePrevention(entry.stp),
            quantity_kind=QuantityKind(entry.quantity_kind),
            client_order_id=client_order_id,
            price=entry.price,
            quantity=0 if is_notional else entry.quantity,
            leaves=0 if is_notional else entry.quantity,
            budget=entry.quantity if is_notional else 0,
            rates=self.state.fee_schedules[account.fee_schedule],
        )
        if order.order_type == OrderType.MARKET:
            best = instrument.book.best_price(order.opposite)
            if best is None:
                return RejectCode.NO_LIQUIDITY
            order.price = self._collar(instrument, order.side, best)
        if self._overflows(order):
            return RejectCode.OVERFLOW
        if order.time_in_force == TimeInForce.POST_ONLY and self._would_cross(order):
            return RejectCode.POST_ONLY_WOULD_CROSS
        if account.available[order.held_asset] < order.hold():
            return RejectCode.INSUFFICIENT_FUNDS
        if order.time_in_force == TimeInForce.FOK and not self._is_fillable(order):
            return RejectCode.FOK_UNFILLABLE

        self._accept(order)
        self._match(order)
        return None

    def _answer_duplicate(self, account: Account, client_order_id: bytes) -> bool:
        """Whether the account's order of this client id is still known; if so, its outcome is the answer."""
        live = account.open_client_ids.get(client_order_id)
        if live is not None:
            known, leaves = _as_finished(live, OrderStatus.OPEN), live.leaves
        elif client_order_id in account.finished:
            known, leaves = account.finished[client_order_id], 0
        else:
            return False
        self._emit(
            EventKind.DUPLICATE,
            account.id,
            code=known.status,
            instrument=known.instrument,
            side=known.side,
            order_id=known.order_id,
            price=known.price,
            quantity=known.quantity,
            leaves=leaves,
            filled=known.filled,
        )
        return True

    def _collar(self, instrument: Instrument, side: Side, best: int) -> int:
        """The limit of a market order: how far from the best opposite price it may trade."""
        if side == Side.BUY:
            return min(instrument.max_price, best * (COLLAR_SCALE + instrument.collar_bps) // COLLAR_SCALE)
        return max(1, -(-best * (COLLAR_SCALE - instrument.collar_bps) // COLLAR_SCALE))

    def _overflows(self, order: LiveOrder) -> bool:
        value = order.cash(order.price, order.leaves) if order.side == Side.SELL else 0
        return order.hold() > MAX_AMOUNT or value > MAX_AMOUNT

    def _would_cross(self, order: LiveOrder) -> bool:
        best = order.instrument.book.best_price(order.opposite)
        return best is not None and order.reaches(best)

    def _is_fillable(self, order: LiveOrder) -> bool:
        """Whether the book can fill the order whole, without trading with its own account."""
        wanted = order.leaves
        for maker in order.instrument.book.orders(order.opposite):
            if not order.reaches(maker.price):
                return False
            if maker.account is order.account:
                if order.stp == SelfTradePrevention.CANCEL_OLDEST:
                    continue
                return False
            wanted -= maker.leaves
            if wanted <= 0:
                return True
        return False

    def _accept(self, order: LiveOrder) -> None:
        state, account = self.state, order.account
        state.orders_accepted += 1
        order.order_id = (state.orders_accepted << ORDER_SLOT_BITS) | state.slots.take()
        state.open_orders[order.order_id] = order
        account.open_orders[order.order_id] = order
        if order.client_order_id:
            account.open_client_ids[order.client_order_id] = order
        self._emit(
            EventKind.ACCEPTED,
            account.id,
            instrument=order.instrument.id,
            side=order.side,
            order_id=order.order_id,
            price=order.price,
            quantity=order.quantity,
            leaves=order.leaves,
            cash=order.budget,
        )
        account.hold(order.held_asset, order.hold())

    def _cancel(self, account_id: int, entry: OrderEntry) -> RejectCode | None:
        if not _names_one_order(entry):
            return RejectCode.MALFORMED
        account = _find(self.state.accounts, account_id)
        if account is None:
            return RejectCode.UNKNOWN_ACCOUNT
        order = _named_order(account, entry)
        if order is None:
            return RejectCode.UNKNOWN_ORDER

        self._cancel_resting(order, CancelReason.USER)
        return None

    def _amend(self, account_id: int, entry: OrderEntry) -> RejectCode | None:
        if not _names_one_order(entry):
            return RejectCode.MALFORMED
        account = _find(self.state.accounts, account_id)
        if account is None:
            return RejectCode.UNKNOWN_ACCOUNT
        order = _named_order(account, entry)
        if order is None:
            return RejectCode.UNKNOWN_ORDER
        if order.instrument.halted:
            return RejectCode.INSTRUMENT_HALTED
        if entry.quantity < 1:
            return RejectCode.INVALID_QUANTITY
        if not 1 <= entry.price <= order.instrument.max_price:
            return RejectCode.INVALID_PRICE
        if entry.price == order.price and entry.quantity == order.quantity:
            return RejectCode.AMEND_NO_CHANGE
        if entry.quantity <= order.filled:
            return RejectCode.AMEND_BELOW_FILLED
        if entry.price == order.price and entry.quantity < order.quantity:
            self._amend_in_place(order, entry.quantity)
            return None
        return self._amend_and_match(order, entry.price, entry.quantity)

    def _amend_in_place(self, order: LiveOrder, quantity: int) -> None:
        """A smaller quantity at the same price: the order keeps its place."""
        hold_before = order.hold()
        order.quantity = quantity
        order.leaves = quantity - order.filled
        order.account.release(order.held_asset, hold_before - order.hold())
        self._emit_amended(order, Priority.KEPT, order.price)

    def _amend_and_match(self, order: LiveOrder, price: int, quantity: int) -> RejectCode | None:
        """Any other change: the order loses its place and comes in anew, under today's rates."""
        account = order.account
        rates = self.state.fee_schedules[account.fee_schedule]
        amended = replace(order, price=price, quantity=quantity, leaves=quantity - order.filled, rates=rates)
        if self._overflows(amended):
            return RejectCode.OVERFLOW
        if order.time_in_force == TimeInForce.POST_ONLY and self._would_cross(amended):
            return RejectCode.POST_ONLY_WOULD_CROSS
        if account.available[order.held_asset] + order.hold() < amended.hold():
            return RejectCode.INSUFFICIENT_FUNDS

        order.instrument.book.remove(order)
        account.release(order.held_asset, order.hold())
        account.hold(order.held_asset, amended.hold())
        previous_price = order.price
        order.price, order.quantity, order.leaves, order.rates = price, quantity, amended.leaves, rates
        self._emit_amended(order, Priority.LOST, previous_price)
        self._match(order)
        return None

    def _emit_amended(self, order: LiveOrder, priority: Priority, previous_price: int) -> None:
        self._emit(
            EventKind.AMENDED,
            order.account.id,
            code=priority,
            instrument=order.instrument.id,
            side=order.side,
            order_id=order.order_id,
            price=order.price,
            quantity=order.quantity,
            leaves=order.leaves,
            filled=order.filled,
            reference=previous_price,
        )

    def _cancel_all(self, account_id: int, entry: OrderEntry) -> RejectCode | None:
        account = _find(self.state.accounts, account_id)
        if account is None:
            return RejectCode.UNKNOWN_ACCOUNT
        everywhere = entry.instrument == NONE_ID
        if not everywhere and _find(self.state.instruments, entry.instrument) is None:
            return RejectCode.UNKNOWN_INSTRUMENT

        orders = [
            order for order in account.open_orders.values() if everywhere or order.instrument.id == entry.instrument
        ]
        for order in orders:
            self._cancel_resting(order, CancelReason.CANCEL_ALL)
        self._emit(EventKind.CANCEL_ALL_DONE, account_id, instrument=entry.instrument, quantity=len(orders))
        return None

    # --------------------------------------------------------------------------------------------------------- matching

    def _match(self, taker: LiveOrder) -> None:
        """Price-time priority: the incoming order trades with the oldest order of the best level within its limit."""
        book = taker.instrument.book
        while taker.has_something_left:
            maker = book.best(taker.opposite)
            if maker is None or not taker.reaches(maker.price):
                break
            if maker.account is taker.account:
                if self._prevent_self_trade(taker, maker):
                    continue
                return
            lots = self._fill_size(taker, maker)
            if lots == 0:
                break
            self._fill(taker, maker, lots)
        self._end_matching(taker)

    def _prevent_self_trade(self, taker: LiveOrder, maker: LiveOrder) -> bool:
        """Cancels by the incoming order's mode; returns whether the incoming order goes on."""
        if taker.stp in (SelfTradePrevention.CANCEL_OLDEST, SelfTradePrevention.CANCEL_BOTH):
            self._cancel_resting(maker, CancelReason.SELF_TRADE_RESTING)
        if taker.stp in (SelfTradePrevention.CANCEL_NEWEST, SelfTradePrevention.CANCEL_BOTH):
            self._end_cancelled(taker, CancelReason.SELF_TRADE_INCOMING)
            return False
        return True

    def _fill_size(self, taker: LiveOrder, maker: LiveOrder) -> int:
        """Lots that trade now; 0 if a notional order can not afford one."""
        wanted = self._affordable(taker, maker.price) if taker.is_notional else taker.leaves
        return min(wanted, maker.leaves)

    def _affordable(self, order: LiveOrder, price: int) -> int:
        """The most lots whose cash and taker fee fit the budget of a notional order."""
        cost_of_lot = order.cash(price, 1) * (FEE_RATE_SCALE + order.rates.taker_rate)
        return ((order.budget + 1) * FEE_RATE_SCALE - 1) // cost_of_lot

    def _fill(self, taker: LiveOrder, maker: LiveOrder, lots: int) -> None:
        price = maker.price
        cash = taker.cash(price, lots)
        taker_fee = self._fee(cash, taker.rates.taker_rate)
        maker_fee = self._fee(cash, maker.rates.maker_rate)
        settlement_id = self._next_settlement_id()
        if taker.side == Side.BUY:
            self._settle(taker, taker_fee, maker, maker_fee, lots, cash)
        else:
            self._settle(maker, maker_fee, taker, taker_fee, lots, cash)
        for order, order_fee, liquidity in (
            (taker, taker_fee, Liquidity.TAKER),
            (maker, maker_fee, Liquidity.MAKER),
        ):
            self._emit(
                EventKind.FILL,
                order.account.id,
                instrument=order.instrument.id,
                side=order.side,
                liquidity=liquidity,
                order_id=order.order_id,
                price=price,
                quantity=lots,
                leaves=order.leaves,
                filled=order.filled,
                cash=cash,
                fee=order_fee,
                reference=settlement_id,
            )
        if not maker.has_something_left:
            maker.instrument.book.remove(maker)
            self._finish(maker, OrderStatus.FILLED)

    def _fee(self, cash: int, rate: int) -> int:
        return fee(cash, rate)

    def _next_settlement_id(self) -> int:
        self.state.settlements += 1
        return self.state.settlements

    def _settle(
        self, buyer: LiveOrder, buyer_fee: int, seller: LiveOrder, seller_fee: int, lots: int, cash: int
    ) -> None:
        """Delivery versus payment: both legs and both fees, final."""
        instrument = buyer.instrument
        base, quote = instrument.base, instrument.quote
        quantity = lots * instrument.lot_size
        freed = self._take_from_hold(buyer, lots, cash + buyer_fee)
        self._take_from_hold(seller, lots, 0)

        buyer.account.held[quote] -= cash + buyer_fee
        self._release_improvement(buyer, freed - cash - buyer_fee)
        seller.account.available[quote] += cash - seller_fee
        self._pay_venue(quote, buyer_fee + seller_fee)

        seller.account.held[base] -= quantity
        buyer.account.available[base] += quantity

    def _release_improvement(self, buyer: LiveOrder, amount: int) -> None:
        """What was held for these lots and not spent: a better price, or a lower fee than the largest possible."""
        buyer.account.release(buyer.held_asset, amount)

    def _pay_venue(self, asset: int, amount: int) -> None:
        self.state.accounts[VENUE_ACCOUNT].available[asset] += amount

    def _take_from_hold(self, order: LiveOrder, lots: int, spent: int) -> int:
        """Counts a fill on the order; returns by how much its hold has become smaller."""
        before = order.hold()
        order.filled += lots
        if order.is_notional:
            order.budget -= spent
        else:
            order.leaves -= lots
        return before - order.hold()

    def _end_matching(self, taker: LiveOrder) -> None:
        """What becomes of the incoming order once nothing more matches."""
        if not taker.has_something_left:
            self._finish(taker, OrderStatus.FILLED)
        elif taker.time_in_force in (TimeInForce.GTC, TimeInForce.POST_ONLY):
            taker.instrument.book.add(taker)
        elif taker.order_type == OrderType.MARKET:
            self._end_cancelled(taker, CancelReason.MARKET_REMAINDER)
        else:
            self._end_cancelled(taker, CancelReason.IOC_REMAINDER)

    def _cancel_resting(self, order: LiveOrder, reason: CancelReason) -> None:
        order.instrument.book.remove(order)
        self._end_cancelled(order, reason)

    def _end_cancelled(self, order: LiveOrder, reason: CancelReason) -> None:
        """Ends an order that is in no book, or no longer."""
        order.account.release(order.held_asset, order.hold())
        self._emit(
            EventKind.CANCELLED,
            order.account.id,
            code=reason,
            instrument=order.instrument.id,
            side=order.side,
            order_id=order.order_id,
            price=order.price,
            quantity=_reported_quantity(order),
            leaves=order.leaves,
            filled=order.filled,
            cash=order.budget,
        )
        self._finish(order, OrderStatus.CANCELLED)

    def _finish(self, order: LiveOrder, status: OrderStatus) -> None:
        """Frees the slot; an order with a client id goes on answering for it."""
        account = order.account
        del self.state.open_orders[order.order_id]
        del account.open_orders[order.order_id]
        self.state.slots.give_back(order.slot)
        if order.client_order_id:
            del account.open_client_ids[order.client_order_id]
            account.remember(order.client_order_id, _as_finished(order, status), self.client_id_window)

    # --------------------------------------------------------------------------------------------------- reference data

    def _create_asset(self, _account_id: int, body: CreateAsset) -> RejectCode | None:
        assets = self.state.assets
        symbol = _symbol(body)
        if body.asset_class not in _ASSET_CLASSES or symbol is None:
            return RejectCode.MALFORMED
        if body.asset < len(assets) or any(asset.symbol == symbol for asset in assets):
            return RejectCode.ALREADY_EXISTS
        if len(assets) >= self.max_assets:
            return RejectCode.REGISTRY_FULL
        if body.asset > len(assets):
            return RejectCode.ID_NOT_NEXT
        if body.decimals > MAX_DECIMALS:
            return RejectCode.INVALID_PARAMETER

        assets.append(Asset(body.asset_class, body.decimals, symbol))
        for account in self.state.accounts:
            account.available.append(0)
            account.held.append(0)
        self._emit(EventKind.ASSET_CREATED, VENUE_ACCOUNT, asset=body.asset)
        return None

    def _create_instrument(self, _account_id: int, body: CreateInstrument) -> RejectCode | None:
        instruments, assets = self.state.instruments, self.state.assets
        symbol = _symbol(body)
        if symbol is None:
            return RejectCode.MALFORMED
        if body.instrument < len(instruments) or any(instrument.symbol == symbol for instrument in instruments):
            return RejectCode.ALREADY_EXISTS
        if len(instruments) >= self.max_instruments:
            return RejectCode.REGISTRY_FULL
        if body.instrument > len(instruments):
            return RejectCode.ID_NOT_NEXT
        if _find(assets, body.base) is None or _find(assets, body.quote) is None:
            return RejectCode.UNKNOWN_ASSET
        if body.base == body.quote or assets[body.quote].asset_class != AssetClass.STABLECOIN:
            return RejectCode.INVALID_PARAMETER
        if body.lot_size < 1 or body.tick_lot_value < 1:
            return RejectCode.INVALID_PARAMETER
        if not 1 <= body.max_price <= MAX_PRICE_TICKS or body.collar_bps > MAX_COLLAR_BPS:
            return RejectCode.INVALID_PARAMETER

        instruments.append(
            Instrument(
                id=body.instrument,
                symbol=symbol,
                base=body.base,
                quote=body.quote,
                collar_bps=body.collar_bps,
                lot_size=body.lot_size,
                tick_lot_value=body.tick_lot_value,
                max_price=body.max_price,
            )
        )
        self._emit(EventKind.INSTRUMENT_CREATED, VENUE_ACCOUNT, instrument=body.instrument)
        return None

    def _create_account(self, account_id: int, body: CreateAccount) -> RejectCode | None:
        accounts = self.state.accounts
        if account_id < len(accounts):
            return RejectCode.ALREADY_EXISTS
        if len(accounts) >= self.max_accounts:
            return RejectCode.REGISTRY_FULL
        if account_id > len(accounts):
            return RejectCode.ID_NOT_NEXT
        if _find(self.state.fee_schedules, body.fee_schedule) is None:
            return RejectCode.UNKNOWN_FEE_SCHEDULE

        nothing = [0] * len(self.state.assets)
        accounts.append(Account(account_id, body.fee_schedule, available=nothing.copy(), held=nothing.copy()))
        self._emit(EventKind.ACCOUNT_CREATED, account_id, reference=body.fee_schedule)
        return None

    def _set_fee_schedule(self, _account_id: int, body: SetFeeSchedule) -> RejectCode | None:
        schedules = self.state.fee_schedules
        if body.fee_schedule >= MAX_FEE_SCHEDULES:
            return RejectCode.REGISTRY_FULL
        if body.fee_schedule > len(schedules):
            return RejectCode.ID_NOT_NEXT
        if body.maker_rate > MAX_FEE_RATE or body.taker_rate > MAX_FEE_RATE:
            return RejectCode.INVALID_PARAMETER

        schedules[body.fee_schedule : body.fee_schedule + 1] = [FeeSchedule(body.maker_rate, body.taker_rate)]
        self._emit(
            EventKind.FEE_SCHEDULE_SET,
            VENUE_ACCOUNT,
            reference=body.fee_schedule,
            price=body.maker_rate,
            quantity=body.taker_rate,
        )
        return None

    def _halt(self, _account_id: int, body: TradingPhase) -> RejectCode | None:
        return self._set_halted(body.instrument, True, EventKind.HALTED)

    def _resume(self, _account_id: int, body: TradingPhase) -> RejectCode | None:
        return self._set_halted(body.instrument, False, EventKind.RESUMED)

    def _set_halted(self, instrument_id: int, halted: bool, kind: EventKind) -> RejectCode | None:
        instrument = _find(self.state.instruments, instrument_id)
        if instrument is None:
            return RejectCode.UNKNOWN_INSTRUMENT

        instrument.halted = halted
        self._emit(kind, VENUE_ACCOUNT, instrument=instrument_id)
        return None

    # ------------------------------------------------------------------------------------------------------------ money

    def _deposit(self, account_id: int, body: MoneyMovement) -> RejectCode | None:
        account = _find(self.state.accounts, account_id)
        if account is None:
            return RejectCode.UNKNOWN_ACCOUNT
        asset = _find(self.state.assets, body.asset)
        if asset is None:
            return RejectCode.UNKNOWN_ASSET
        if body.amount < 1:
            return RejectCode.INVALID_AMOUNT
        if asset.issued + body.amount > MAX_AMOUNT:
            return RejectCode.OVERFLOW

        asset.issued += body.amount
        account.available[body.asset] += body.amount
        self._emit(EventKind.DEPOSITED, account_id, asset=body.asset, cash=body.amount)
        return None

    def _request_withdrawal(self, account_id: int, body: MoneyMovement) -> RejectCode | None:
        account = _find(self.state.accounts, account_id)
        if account is None:
            return RejectCode.UNKNOWN_ACCOUNT
        if _find(self.state.assets, body.asset) is None:
            return RejectCode.UNKNOWN_ASSET
        if body.amount < 1:
            return RejectCode.INVALID_AMOUNT
        if len(self.state.withdrawals) >= MAX_PENDING_WITHDRAWALS:
            return RejectCode.WITHDRAWAL_LIMIT
        if account.available[body.asset] < body.amount:
            return RejectCode.INSUFFICIENT_FUNDS

        account.hold(body.asset, body.amount)
        self.state.withdrawals_requested += 1
        withdrawal_id = self.state.withdrawals_requested
        withdrawal = Withdrawal(account_id, body.asset, body.amount)
        self.state.withdrawals[withdrawal_id] = withdrawal
        self._emit_withdrawal(EventKind.WITHDRAWAL_REQUESTED, withdrawal_id, withdrawal)
        return None

    def _settle_withdrawal(self, account_id: int, body: WithdrawalStep) -> RejectCode | None:
        account = _find(self.state.accounts, account_id)
        if account is None:
            return RejectCode.UNKNOWN_ACCOUNT
        withdrawal = self.state.withdrawals.get(body.withdrawal_id)
        if withdrawal is None or withdrawal.account != account_id:
            return RejectCode.UNKNOWN_WITHDRAWAL

        del self.state.withdrawals[body.withdrawal_id]
        account.held[withdrawal.asset] -= withdrawal.amount
        self.state.assets[withdrawal.asset].issued -= withdrawal.amount
        self._emit_withdrawal(EventKind.WITHDRAWAL_SETTLED, body.withdrawal_id, withdrawal)
        return None

    def _cancel_withdrawal(self, account_id: int, body: WithdrawalStep) -> RejectCode | None:
        account = _find(self.state.accounts, account_id)
        if account is None:
            return RejectCode.UNKNOWN_ACCOUNT
        withdrawal = self.state.withdrawals.get(body.withdrawal_id)
        if withdrawal is None or withdrawal.account != account_id:
            return RejectCode.UNKNOWN_WITHDRAWAL

        del self.state.withdrawals[body.withdrawal_id]
        account.release(withdrawal.asset, withdrawal.amount)
        self._emit_withdrawal(EventKind.WITHDRAWAL_CANCELLED, body.withdrawal_id, withdrawal)
        return None

    def _emit_withdrawal(self, kind: EventKind, withdrawal_id: int, withdrawal: Withdrawal) -> None:
        self._emit(kind, withdrawal.account, asset=withdrawal.asset, cash=withdrawal.amount, reference=withdrawal_id)

    def _transfer(self, account_id: int, body: MoneyMovement) -> RejectCode | None:
        account = _find(self.state.accounts, account_id)
        if account is None:
            return RejectCode.UNKNOWN_ACCOUNT
        receiver = _find(self.state.accounts, body.to_account)
        if receiver is None or receiver is account:
            return RejectCode.UNKNOWN_COUNTERPARTY
        if _find(self.state.assets, body.asset) is None:
            return RejectCode.UNKNOWN_ASSET
        if body.amount < 1:
            return RejectCode.INVALID_AMOUNT
        if account.available[body.asset] < body.amount:
            return RejectCode.INSUFFICIENT_FUNDS

        account.available[body.asset] -= body.amount
        receiver.available[body.asset] += body.amount
        self._emit(EventKind.TRANSFER_OUT, account.id, asset=body.asset, cash=body.amount, reference=body.to_account)
        self._emit(EventKind.TRANSFER_IN, receiver.id, asset=body.asset, cash=body.amount, reference=account_id)
        return None

    # ---------------------------------------------------------------------------------------------------------- queries

    @property
    def sequence(self) -> int:
        """Sequence number of the last command."""
        return self.state.sequence

    @property
    def timestamp_ns(self) -> int:
        """Time of the last command."""
        return self.state.timestamp_ns

    def balance(self, account: int, asset: int) -> tuple[int, int]:
        """(available, held). `KeyError` if either is unknown; so for every query below."""
        _known(self.state.assets, asset, "asset")
        entry = _known(self.state.accounts, account, "account")
        return entry.available[asset], entry.held[asset]

    def issued(self, asset: int) -> int:
        """Deposits less settled withdrawals."""
        return _known(self.state.assets, asset, "asset").issued

    def total(self, asset: int) -> int:
        """Sum of available and held over all accounts, counted anew."""
        _known(self.state.assets, asset, "asset")
        return self.state.total(asset)

    def depth(self, instrument: int, levels: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """(bids, asks), best first, each (price, quantity, orders)."""
        book = _known(self.state.instruments, instrument, "instrument").book
        bids, asks = (
            [(price, sum(order.leaves for order in orders), len(orders)) for price, orders in book.levels(side)]
            for side in (Side.BUY, Side.SELL)
        )
        return bids[:levels], asks[:levels]

    def order(self, order_id: int) -> Order | None:
        """The open order, or None."""
        order = self.state.open_orders.get(order_id)
        return None if order is None else order.view()

    def open_orders(self, account: int) -> list[Order]:
        """Oldest first."""
        return [order.view() for order in _known(self.state.accounts, account, "account").open_orders.values()]

    def queue(self, instrument: int, side: int, price: int) -> list[Order]:
        """The orders of one level, first to trade first."""
        book = _known(self.state.instruments, instrument, "instrument").book
        return [order.view() for order in book.orders(Side(side)) if order.price == price]

    def counts(self) -> tuple[int, int, int, int]:
        """(assets, instruments, accounts, open orders)."""
        state = self.state
        return len(state.assets), len(state.instruments), len(state.accounts), len(state.open_orders)

    def state_hash(self) -> bytes:
        """SHA-256 of the state image."""
        return hashlib.sha256(self.state_image()).digest()

    def state_image(self) -> bytes:
        """The canonical state image."""
        return image.encode(self.state)

    @classmethod
    def restore(cls, state_image: Buffer) -> Engine:
        """The engine whose state image this is. `SnapshotError` otherwise."""
        engine = cls()
        engine.state = image.decode(bytes(state_image))
        return engine

    def check(self) -> None:
        """Asserts conservation, holds, slots and uncrossed books; costs time in proportion to the whole state."""
        self.state.check()


_ENUM_VALUES = {
    enum: frozenset(int(member) for member in enum)
    for enum in (Side, OrderType, TimeInForce, SelfTradePrevention, QuantityKind)
}
_ASSET_CLASSES = frozenset(int(member) for member in AssetClass)


def _find(registry: Sequence[T], index: int) -> T | None:
    return registry[index] if index < len(registry) else None


def _known(registry: Sequence[T], index: int, what: str) -> T:
    if not 0 <= index < len(registry):
        raise KeyError(f"unknown {what} {index}")
    return registry[index]


def _echo(kind: int, body: Any) -> dict[str, int]:
    """What a rejection repeats of its command."""
    match kind:
        case CommandKind.PLACE | CommandKind.CANCEL_ALL:
            return {"instrument": body.instrument}
        case CommandKind.CANCEL | CommandKind.AMEND:
            return {"order_id": body.order_id}
        case CommandKind.DEPOSIT | CommandKind.REQUEST_WITHDRAWAL | CommandKind.TRANSFER:
            return {"asset": body.asset}
        case CommandKind.SETTLE_WITHDRAWAL | CommandKind.CANCEL_WITHDRAWAL:
            return {"reference": body.withdrawal_id}
        case _:
            return {}


def _client_order_id(entry: OrderEntry) -> bytes:
    return entry.client_order_id[: entry.client_order_id_len]


def _is_valid_client_order_id(entry: OrderEntry) -> bool:
    return entry.client_order_id_len <= CLIENT_ID_LEN and _PRINTABLE.fullmatch(_client_order_id(entry)) is not None


def _is_well_formed_place(entry: OrderEntry) -> bool:
    return (
        entry.side in _ENUM_VALUES[Side]
        and entry.order_type in _ENUM_VALUES[OrderType]
        and entry.time_in_force in _ENUM_VALUES[TimeInForce]
        and entry.stp in _ENUM_VALUES[SelfTradePrevention]
        and entry.quantity_kind in _ENUM_VALUES[QuantityKind]
        and entry.order_id == 0
        and _is_valid_client_order_id(entry)
    )


def _is_valid_combination(entry: OrderEntry) -> bool:
    if entry.order_type == OrderType.MARKET and entry.time_in_force not in (TimeInForce.IOC, TimeInForce.FOK):
        return False
    is_notional = entry.quantity_kind == QuantityKind.NOTIONAL
    return not is_notional or (entry.side == Side.BUY and entry.time_in_force == TimeInForce.IOC)


def _names_one_order(entry: OrderEntry) -> bool:
    has_order_id, has_client_order_id = entry.order_id != 0, entry.client_order_id_len != 0
    return _is_valid_client_order_id(entry) and has_order_id != has_client_order_id


def _named_order(account: Account, entry: OrderEntry) -> LiveOrder | None:
    if entry.order_id:
        return account.open_orders.get(entry.order_id)
    return account.open_client_ids.get(_client_order_id(entry))


def _symbol(body: CreateAsset | CreateInstrument) -> bytes | None:
    """The symbol, or None if it is malformed."""
    symbol = body.symbol[: body.symbol_len]
    return symbol if 1 <= body.symbol_len <= SYMBOL_LEN and _PRINTABLE.fullmatch(symbol) else None


def _reported_quantity(order: LiveOrder) -> int:
    """Total lots; what a notional order wanted in lots is known only as what it got."""
    return order.filled if order.is_notional else order.quantity


def _as_finished(order: LiveOrder, status: OrderStatus) -> FinishedOrder:
    return FinishedOrder(
        order.order_id,
        order.instrument.id,
        order.side,
        status,
        order.price,
        _reported_quantity(order),
        order.filled,
    )
