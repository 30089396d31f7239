"""Commands that move money without a trade: deposits, two-phase withdrawals, transfers.

They touch no order: what an order holds is its own, and no withdrawal or transfer takes from it.
"""

from __future__ import annotations

from pyengine.records import (
    MAX_AMOUNT,
    MAX_PENDING_WITHDRAWALS,
    EventKind,
    MoneyMovement,
    RejectCode,
    WithdrawalStep,
)
from pyengine.reference.machine import Machine
from pyengine.reference.state import Withdrawal, find


def deposit(machine: Machine, account_id: int, body: MoneyMovement) -> RejectCode | None:
    """DEPOSIT."""
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    asset = find(machine.state.assets, body.asset)
    if asset is None:
        return RejectCode.UNKNOWN_ASSET
    if body.amount < 1:
        return RejectCode.INVALID_AMOUNT
    if asset.issued + body.amount > MAX_AMOUNT:
        return RejectCode.OVERFLOW

    asset.issued += body.amount
    account.available[body.asset] += body.amount
    machine.emit(EventKind.DEPOSITED, account_id, asset=body.asset, cash=body.amount)
    return None


def request_withdrawal(machine: Machine, account_id: int, body: MoneyMovement) -> RejectCode | None:
    """REQUEST_WITHDRAWAL."""
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    if find(machine.state.assets, body.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    if body.amount < 1:
        return RejectCode.INVALID_AMOUNT
    if len(machine.state.withdrawals) >= MAX_PENDING_WITHDRAWALS:
        return RejectCode.WITHDRAWAL_LIMIT
    if account.available[body.asset] < body.amount:
        return RejectCode.INSUFFICIENT_FUNDS

    account.hold(body.asset, body.amount)
    machine.state.withdrawals_requested += 1
    withdrawal_id = machine.state.withdrawals_requested
    withdrawal = Withdrawal(account_id, body.asset, body.amount)
    machine.state.withdrawals[withdrawal_id] = withdrawal
    _emit_withdrawal(machine, EventKind.WITHDRAWAL_REQUESTED, withdrawal_id, withdrawal)
    return None


def settle_withdrawal(machine: Machine, account_id: int, body: WithdrawalStep) -> RejectCode | None:
    """SETTLE_WITHDRAWAL."""
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    withdrawal = machine.state.withdrawals.get(body.withdrawal_id)
    if withdrawal is None or withdrawal.account != account_id:
        return RejectCode.UNKNOWN_WITHDRAWAL

    del machine.state.withdrawals[body.withdrawal_id]
    account.held[withdrawal.asset] -= withdrawal.amount
    machine.state.assets[withdrawal.asset].issued -= withdrawal.amount
    _emit_withdrawal(machine, EventKind.WITHDRAWAL_SETTLED, body.withdrawal_id, withdrawal)
    return None


def cancel_withdrawal(machine: Machine, account_id: int, body: WithdrawalStep) -> RejectCode | None:
    """CANCEL_WITHDRAWAL."""
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    withdrawal = machine.state.withdrawals.get(body.withdrawal_id)
    if withdrawal is None or withdrawal.account != account_id:
        return RejectCode.UNKNOWN_WITHDRAWAL

    del machine.state.withdrawals[body.withdrawal_id]
    account.release(withdrawal.asset, withdrawal.amount)
    _emit_withdrawal(machine, EventKind.WITHDRAWAL_CANCELLED, body.withdrawal_id, withdrawal)
    return None


def _emit_withdrawal(machine: Machine, kind: EventKind, withdrawal_id: int, withdrawal: Withdrawal) -> None:
    machine.emit(kind, withdrawal.account, asset=withdrawal.asset, cash=withdrawal.amount, reference=withdrawal_id)


def transfer(machine: Machine, account_id: int, body: MoneyMovement) -> RejectCode | None:
    """TRANSFER."""
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    receiver = find(machine.state.accounts, body.to_account)
    if receiver is None or receiver is account:
        return RejectCode.UNKNOWN_COUNTERPARTY
    if find(machine.state.assets, body.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    if body.amount < 1:
        return RejectCode.INVALID_AMOUNT
    if account.available[body.asset] < body.amount:
        return RejectCode.INSUFFICIENT_FUNDS

    account.available[body.asset] -= body.amount
    receiver.available[body.asset] += body.amount
    machine.emit(EventKind.TRANSFER_OUT, account.id, asset=body.asset, cash=body.amount, reference=body.to_account)
    machine.emit(EventKind.TRANSFER_IN, receiver.id, asset=body.asset, cash=body.amount, reference=account_id)
    return None
