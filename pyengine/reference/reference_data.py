"""Commands that list assets, instruments and accounts, set an account's terms, say what an instrument is worth
and what bounds its trading, and halt and resume it.

They move no money and touch no order.
"""

from __future__ import annotations

from typing import Final

from pyengine.events import (
    AccountCreated,
    AccountSet,
    AssetCreated,
    InstrumentCreated,
    TradingLimitsSet,
)
from pyengine.records import (
    ACCOUNT_CLIENT_ID_WINDOW_MAX,
    ACCOUNT_OPEN_ORDERS_MAX,
    MAX_CALL_NS,
    MAX_COLLAR_BPS,
    MAX_DECIMALS,
    MAX_PRICE_TICKS,
    VENUE_ACCOUNT,
    AssetClass,
    CreateAccount,
    CreateAsset,
    CreateInstrument,
    Halt,
    HaltCause,
    Phase,
    RejectCode,
    Resume,
    SetAccount,
    SetTradingLimits,
)
from pyengine.reference.backing import halt_new
from pyengine.reference.forms import is_asset_class, is_phase, symbol_of
from pyengine.reference.freeze import has_frozen_asset
from pyengine.reference.machine import Machine
from pyengine.reference.phases import set_cause
from pyengine.reference.state import Account, Asset, Instrument, TradingLimits, find

FIRST_PHASES: Final = (Phase.CONTINUOUS, Phase.PRE_OPEN, Phase.CLOSED)
"""In which an instrument can be listed."""


def create_asset(machine: Machine, _account_id: int, body: CreateAsset) -> RejectCode | None:
    """CREATE_ASSET."""
    assets = machine.state.assets
    symbol = symbol_of(body)
    if not is_asset_class(body.asset_class) or symbol is None:
        return RejectCode.MALFORMED
    if body.asset < len(assets) or any(asset.symbol == symbol for asset in assets):
        return RejectCode.ALREADY_EXISTS
    if len(assets) >= machine.max_assets:
        return RejectCode.REGISTRY_FULL
    if body.asset > len(assets):
        return RejectCode.ID_NOT_NEXT
    if body.decimals > MAX_DECIMALS or body.min_withdrawal < 1:
        return RejectCode.INVALID_PARAMETER

    assets.append(Asset(body.asset_class, body.decimals, symbol, body.min_withdrawal))
    machine.emit(AssetCreated, VENUE_ACCOUNT, asset=body.asset)
    return None


def create_instrument(machine: Machine, _account_id: int, body: CreateInstrument) -> RejectCode | None:
    """CREATE_INSTRUMENT."""
    instruments, assets = machine.state.instruments, machine.state.assets
    symbol = symbol_of(body)
    if symbol is None or not is_phase(body.phase):
        return RejectCode.MALFORMED
    if body.instrument < len(instruments) or any(instrument.symbol == symbol for instrument in instruments):
        return RejectCode.ALREADY_EXISTS
    if len(instruments) >= machine.max_instruments:
        return RejectCode.REGISTRY_FULL
    if body.instrument > len(instruments):
        return RejectCode.ID_NOT_NEXT
    if find(assets, body.base) is None or find(assets, body.quote) is None:
        return RejectCode.UNKNOWN_ASSET
    if body.base == body.quote or assets[body.quote].asset_class != AssetClass.STABLECOIN:
        return RejectCode.INVALID_PARAMETER
    if body.lot_size < 1 or body.tick_lot_value < 1:
        return RejectCode.INVALID_PARAMETER
    if not 1 <= body.max_price <= MAX_PRICE_TICKS or body.collar_bps > MAX_COLLAR_BPS:
        return RejectCode.INVALID_PARAMETER
    if body.phase not in FIRST_PHASES:
        return RejectCode.INVALID_PARAMETER
    if machine.state.actions.locks(body.base):
        return RejectCode.ACTION_IN_PROGRESS

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
            phase=Phase(body.phase),
        )
    )
    machine.emit(InstrumentCreated, VENUE_ACCOUNT, instrument=body.instrument)
    if has_frozen_asset(machine.state, instruments[-1]):
        set_cause(machine, instruments[-1], HaltCause.ASSET_FROZEN, True)
    halt_new(machine, instruments[body.instrument])
    return None


def create_account(machine: Machine, account_id: int, body: CreateAccount) -> RejectCode | None:
    """CREATE_ACCOUNT."""
    accounts = machine.state.accounts
    if account_id < len(accounts):
        return RejectCode.ALREADY_EXISTS
    if len(accounts) >= machine.max_accounts:
        return RejectCode.REGISTRY_FULL
    if account_id > len(accounts):
        return RejectCode.ID_NOT_NEXT
    if find(machine.state.fee_schedules, body.fee_schedule) is None:
        return RejectCode.UNKNOWN_FEE_SCHEDULE

    accounts.append(Account(account_id, body.fee_schedule))
    machine.emit(AccountCreated, account_id, fee_schedule=body.fee_schedule)
    return None


def set_account(machine: Machine, account_id: int, body: SetAccount) -> RejectCode | None:
    """SET_ACCOUNT."""
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    if find(machine.state.fee_schedules, body.fee_schedule) is None:
        return RejectCode.UNKNOWN_FEE_SCHEDULE
    if not 1 <= body.max_open_orders <= ACCOUNT_OPEN_ORDERS_MAX:
        return RejectCode.INVALID_PARAMETER
    if not 1 <= body.client_id_window <= ACCOUNT_CLIENT_ID_WINDOW_MAX:
        return RejectCode.INVALID_PARAMETER
    if body.max_open_notional < 0:
        return RejectCode.INVALID_PARAMETER

    account.fee_schedule, account.group = body.fee_schedule, body.group
    account.max_open_orders, account.client_id_window = body.max_open_orders, body.client_id_window
    account.max_open_notional = body.max_open_notional
    machine.emit(AccountSet, account_id, **body._asdict())
    return None


def set_trading_limits(machine: Machine, _account_id: int, body: SetTradingLimits) -> RejectCode | None:
    """SET_TRADING_LIMITS."""
    instrument = find(machine.state.instruments, body.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    limits = TradingLimits(*body[1:])
    needs_calls = instrument.protection.policy.closed_bps != 0
    if not are_trading_limits(limits) or (needs_calls and limits.call_ns == 0):
        return RejectCode.INVALID_PARAMETER

    instrument.limits = limits
    machine.emit(TradingLimitsSet, VENUE_ACCOUNT, **body._asdict())
    return None


def are_trading_limits(limits: TradingLimits) -> bool:
    """Whether an instrument can be bounded so: a price out of bounds begins a call or goes on with one."""
    widest = max(limits.static_bps, limits.dynamic_bps, limits.auction_bps)
    lasts = 0 < limits.call_ns <= MAX_CALL_NS or (limits.call_ns == 0 and widest == 0)
    return widest <= MAX_COLLAR_BPS and lasts and min(limits.max_quantity, limits.max_notional) >= 0


def halt(machine: Machine, _account_id: int, body: Halt) -> RejectCode | None:
    """HALT."""
    return _set_halted(machine, body, True)


def resume(machine: Machine, _account_id: int, body: Resume) -> RejectCode | None:
    """RESUME."""
    return _set_halted(machine, body, False)


def _set_halted(machine: Machine, body: Halt | Resume, stands: bool) -> RejectCode | None:
    if body.cause not in set(HaltCause):
        return RejectCode.MALFORMED
    instrument = find(machine.state.instruments, body.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    if not stands and body.cause == HaltCause.ASSET_FROZEN and has_frozen_asset(machine.state, instrument):
        return RejectCode.ASSET_FROZEN
    if not stands and body.cause == HaltCause.CORPORATE_ACTION and machine.state.actions.runs_for(instrument.base):
        return RejectCode.ACTION_IN_PROGRESS

    set_cause(machine, instrument, HaltCause(body.cause), stands)
    return None
