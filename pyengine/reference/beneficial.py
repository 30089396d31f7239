"""SET_BENEFICIAL (`engine_core/docs/assets.md`, Holders): whose units of an omnibus account are."""

from __future__ import annotations

from pyengine.events import BeneficialSet
from pyengine.records import RejectCode, SetBeneficial
from pyengine.reference.holders import BeneficialId
from pyengine.reference.machine import Machine
from pyengine.reference.state import Account, State, find


def set_beneficial(machine: Machine, account_id: int, body: SetBeneficial) -> RejectCode | None:
    """SET_BENEFICIAL."""
    state = machine.state
    account = find(state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    if find(state.assets, body.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    if body.quantity < 1:
        return RejectCode.INVALID_AMOUNT
    if body.from_holder == body.to_holder:
        return RejectCode.INVALID_PARAMETER
    if state.actions.locks(body.asset):
        return RejectCode.ACTION_IN_PROGRESS
    if not _has_room(machine, account_id, body):
        return RejectCode.REGISTRY_FULL
    if units_of(state, account, body.asset, body.from_holder) < body.quantity:
        return RejectCode.INSUFFICIENT_FUNDS

    register(state, account, body.asset, body.from_holder, -body.quantity)
    register(state, account, body.asset, body.to_holder, body.quantity)
    now = [state.registered.get(BeneficialId(account_id, *of), 0) for of in _both(body)]
    machine.emit(BeneficialSet, account_id, **body._asdict(), from_registered=now[0], to_registered=now[1])
    return None


def _both(body: SetBeneficial) -> tuple[tuple[int, int], tuple[int, int]]:
    return (body.asset, body.from_holder), (body.asset, body.to_holder)


def _has_room(machine: Machine, account: int, body: SetBeneficial) -> bool:
    """Whether the register is long enough for who comes, when who goes is gone."""
    registered = machine.state.registered
    leaving, coming = (BeneficialId(account, *of) for of in _both(body))
    is_new = body.to_holder != 0 and coming not in registered
    goes = registered.get(leaving) == body.quantity
    return not is_new or goes or len(registered) < machine.max_registrations


def units_of(state: State, account: Account, asset: int, holder: int) -> int:
    """What a beneficial holder has in the account; of nobody what is available."""
    return state.registered.get(BeneficialId(account.id, asset, holder), 0) if holder else account.available[asset]


def register(state: State, account: Account, asset: int, holder: int, units: int) -> None:
    """So many units more are the holder's: held for it, unless it is nobody."""
    if not holder:
        account.release(asset, units)
        return
    identifier = BeneficialId(account.id, asset, holder)
    total = state.registered.pop(identifier, 0) + units
    if total:
        state.registered[identifier] = total
