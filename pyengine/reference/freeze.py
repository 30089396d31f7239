"""FREEZE and UNFREEZE (`engine_core/docs/assets.md`, Holders): accounts, assets, and units in an account."""

from __future__ import annotations

from pyengine.events import Frozen, Unfrozen
from pyengine.records import (
    NONE_ID,
    VENUE_ACCOUNT,
    CancelReason,
    Freeze,
    FreezeScope,
    HaltCause,
    Phase,
    RejectCode,
    Unfreeze,
)
from pyengine.reference.holders import FreezeId
from pyengine.reference.machine import Machine
from pyengine.reference.order_end import cancel_or_wait, cancel_resting
from pyengine.reference.phases import set_cause
from pyengine.reference.state import Account, Instrument, State, find


def freeze(machine: Machine, account_id: int, body: Freeze) -> RejectCode | None:
    """FREEZE."""
    state = machine.state
    refusal = _check_subject(state, account_id, body)
    if refusal is not None:
        return refusal
    identifier = FreezeId(account_id, body.asset, body.until)
    if body.scope == FreezeScope.UNITS:
        if 0 < body.until <= state.timestamp_ns:
            return RejectCode.INVALID_PARAMETER
        if body.amount < 1:
            return RejectCode.INVALID_AMOUNT
        if state.actions.locks(body.asset):
            return RejectCode.ACTION_IN_PROGRESS
        if not has_room_for(machine, identifier):
            return RejectCode.REGISTRY_FULL
    elif body.amount:
        return RejectCode.INVALID_PARAMETER

    said = {"scope": body.scope, "asset": body.asset, "until": body.until}
    match FreezeScope(body.scope):
        case FreezeScope.ACCOUNT:
            orders, pending = _freeze_account(machine, state.accounts[account_id])
            machine.emit(Frozen, account_id, orders=orders, pending=pending, **said)
        case FreezeScope.ASSET:
            state.assets[body.asset].is_frozen = True
            for instrument in _instruments_of(state, body.asset):
                set_cause(machine, instrument, HaltCause.ASSET_FROZEN, True)
            machine.emit(Frozen, VENUE_ACCOUNT, **said)
        case FreezeScope.UNITS:
            orders = _freeze_units(machine, identifier, body.amount)
            machine.emit(Frozen, account_id, orders=orders, amount=state.freezes.get(identifier, 0), **said)
    return None


def unfreeze(machine: Machine, account_id: int, body: Unfreeze) -> RejectCode | None:
    """UNFREEZE."""
    state = machine.state
    refusal = _check_subject(state, account_id, body)
    if refusal is not None:
        return refusal

    match FreezeScope(body.scope):
        case FreezeScope.ACCOUNT:
            account = state.accounts[account_id]
            account.holder = account.holder._replace(is_frozen=False)
            machine.emit(Unfrozen, account_id, scope=body.scope, asset=body.asset)
        case FreezeScope.ASSET:
            state.assets[body.asset].is_frozen = False
            for instrument in _instruments_of(state, body.asset):
                if not has_frozen_asset(state, instrument):
                    set_cause(machine, instrument, HaltCause.ASSET_FROZEN, False)
            machine.emit(Unfrozen, VENUE_ACCOUNT, scope=body.scope, asset=body.asset)
        case FreezeScope.UNITS:
            end_freeze(machine, FreezeId(account_id, body.asset, body.until))
    return None


def _check_subject(state: State, account_id: int, body: Freeze | Unfreeze) -> RejectCode | None:
    """Whether there is what the command is about."""
    if body.scope not in set(FreezeScope):
        return RejectCode.MALFORMED
    if body.scope != FreezeScope.ASSET and find(state.accounts, account_id) is None:
        return RejectCode.UNKNOWN_ACCOUNT
    if body.scope != FreezeScope.ACCOUNT and find(state.assets, body.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    if body.scope == FreezeScope.ACCOUNT and body.asset != NONE_ID:
        return RejectCode.INVALID_PARAMETER
    if body.scope != FreezeScope.UNITS and body.until:
        return RejectCode.INVALID_PARAMETER
    if body.scope != FreezeScope.ASSET and account_id == VENUE_ACCOUNT:
        return RejectCode.INVALID_PARAMETER
    return None


def _freeze_account(machine: Machine, account: Account) -> tuple[int, int]:
    """The account is frozen, and what it has open is cancelled; returns how many orders were, and how many will be."""
    account.holder = account.holder._replace(is_frozen=True)
    before = list(account.open_orders.values())
    pending = 0
    for order in before:
        # A leg may be gone with the other one.
        if order.order_id in account.open_orders:
            pending += not cancel_or_wait(machine, order, CancelReason.FROZEN)
    return len(before) - len(account.open_orders), pending


def _instruments_of(state: State, asset: int) -> list[Instrument]:
    return [each for each in state.instruments if asset in (each.base, each.quote)]


def has_frozen_asset(state: State, instrument: Instrument) -> bool:
    """Whether it can not be delivered, or not be paid for."""
    return state.assets[instrument.base].is_frozen or state.assets[instrument.quote].is_frozen


def has_room_for(machine: Machine, identifier: FreezeId) -> bool:
    """Whether the freeze is there already, or one more can be."""
    return identifier in machine.state.freezes or len(machine.state.freezes) < machine.max_freezes


def _freeze_units(machine: Machine, identifier: FreezeId, amount: int) -> int:
    """The freeze is of so many units, or of as many as there are; returns how many orders were cancelled for it."""
    state = machine.state
    account, asset = state.accounts[identifier.account], identifier.asset
    before = state.freezes.get(identifier, 0)
    orders = _make_available(machine, account, asset, amount - before)
    add_to_freeze(state, identifier, min(amount - before, account.available[asset]))
    return orders


def add_to_freeze(state: State, identifier: FreezeId, amount: int) -> None:
    """So many units more are frozen, or fewer."""
    total = state.freezes.pop(identifier, 0) + amount
    state.accounts[identifier.account].hold(identifier.asset, amount)
    if total:
        state.freezes[identifier] = total


def _make_available(machine: Machine, account: Account, asset: int, amount: int) -> int:
    """Cancels the newest orders that hold the asset until so much is available; returns how many are gone."""
    before = list(account.open_orders.values())
    for order in reversed(before):
        if account.available[asset] >= amount:
            break
        is_open = order.order_id in account.open_orders
        stays = order.instrument.phase == Phase.UNCROSSING
        if is_open and not stays and order.held_asset == asset and order.hold() > 0:
            cancel_resting(machine, order, CancelReason.FROZEN)
    return len(before) - len(account.open_orders)


def end_freeze(machine: Machine, identifier: FreezeId) -> None:
    """The units are available again."""
    thaw(machine, identifier, machine.state.freezes.get(identifier, 0))


def thaw(machine: Machine, identifier: FreezeId, amount: int) -> None:
    """So many units of a freeze are available again."""
    add_to_freeze(machine.state, identifier, -amount)
    said = {"scope": FreezeScope.UNITS, "asset": identifier.asset, "amount": amount, "until": identifier.until}
    machine.emit(Unfrozen, identifier.account, **said)


def freezes_of(state: State, account: int, asset: int) -> list[FreezeId]:
    """The freezes of an account's units of an asset, by when they end, the endless one first."""
    return sorted(each for each in state.freezes if (each.account, each.asset) == (account, asset))


def ending_freezes(state: State) -> list[FreezeId]:
    """Those that end by themselves, the first to end first."""
    timed = [identifier for identifier in state.freezes if identifier.until]
    return sorted(timed, key=lambda each: (each.until, each.account, each.asset))


def end_freezes(machine: Machine, most: int) -> int:
    """Ends the freezes whose time has come, at most so many; returns how many."""
    over = [each for each in ending_freezes(machine.state) if each.until <= machine.state.timestamp_ns][:most]
    for identifier in over:
        end_freeze(machine, identifier)
    return len(over)


def lock_of(state: State, account: Account, asset: int) -> FreezeId | None:
    """The freeze that what is deposited now comes under, if there is one."""
    until = state.assets[asset].eligibility.locked_until
    if account.id == VENUE_ACCOUNT or until <= state.timestamp_ns:
        return None
    return FreezeId(account.id, asset, until)


def lock(machine: Machine, identifier: FreezeId, amount: int) -> None:
    """What was deposited is frozen."""
    add_to_freeze(machine.state, identifier, amount)
    said = {"scope": FreezeScope.UNITS, "asset": identifier.asset, "until": identifier.until}
    machine.emit(Frozen, identifier.account, amount=machine.state.freezes[identifier], **said)


def check_may_give(state: State, account: Account, asset: int) -> RejectCode | None:
    """Whether the account may give anything of the asset away."""
    if account.holder.is_frozen:
        return RejectCode.ACCOUNT_FROZEN
    return RejectCode.ASSET_FROZEN if state.assets[asset].is_frozen else None
