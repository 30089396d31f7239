"""Commands that move money without a trade: deposits, two-phase withdrawals, transfers.

They touch no order: what an order holds is its own, and no withdrawal or transfer takes from it. What is asked first
of all of them, of the account and the reference, is in `references`.
"""

from __future__ import annotations

from pyengine.events import (
    Deposited,
    Event,
    ForcedTransfer,
    TransferIn,
    TransferOut,
    WithdrawalCancelled,
    WithdrawalRequested,
    WithdrawalSettled,
)
from pyengine.records import (
    MAX_AMOUNT,
    MAX_PENDING_WITHDRAWALS_PER_ACCOUNT,
    CancelWithdrawal,
    CommandKind,
    Deposit,
    ForceTransfer,
    RejectCode,
    RequestWithdrawal,
    SettleWithdrawal,
    Transfer,
)
from pyengine.reference.eligibility import check_receipt, check_table
from pyengine.reference.freeze import check_may_give, freezes_of, has_room_for, lock, lock_of, thaw
from pyengine.reference.machine import Machine
from pyengine.reference.references import once
from pyengine.reference.refusals import BeyondLimit, Refusal
from pyengine.reference.state import Account, State, Withdrawal, find


@once(CommandKind.DEPOSIT)
def deposit(machine: Machine, account_id: int, body: Deposit) -> Refusal | None:
    """DEPOSIT."""
    account = machine.state.accounts[account_id]
    asset = find(machine.state.assets, body.asset)
    if asset is None:
        return RejectCode.UNKNOWN_ASSET
    if body.amount < 1:
        return RejectCode.INVALID_AMOUNT
    if machine.state.actions.locks(body.asset):
        return RejectCode.ACTION_IN_PROGRESS
    if asset.issued + body.amount > MAX_AMOUNT:
        return RejectCode.OVERFLOW
    refusal = check_receipt(machine.state, account, body.asset, body.amount)
    if refusal is not None:
        return refusal
    freeze = lock_of(machine.state, account, body.asset)
    if freeze is not None and not has_room_for(machine, freeze):
        return RejectCode.REGISTRY_FULL

    asset.issued += body.amount
    account.available[body.asset] += body.amount
    machine.emit(Deposited, account_id, asset=body.asset, amount=body.amount)
    if freeze is not None:
        lock(machine, freeze, body.amount)
    return None


@once(CommandKind.REQUEST_WITHDRAWAL)
def request_withdrawal(machine: Machine, account_id: int, body: RequestWithdrawal) -> Refusal | None:
    """REQUEST_WITHDRAWAL."""
    account = machine.state.accounts[account_id]
    asset = find(machine.state.assets, body.asset)
    if asset is None:
        return RejectCode.UNKNOWN_ASSET
    if body.amount < 1:
        return RejectCode.INVALID_AMOUNT
    refusal = check_may_give(machine.state, account, body.asset)
    if refusal is not None:
        return refusal
    if machine.state.actions.locks(body.asset):
        return RejectCode.ACTION_IN_PROGRESS
    if machine.state.actions.has_closed_books(body.asset, machine.state.timestamp_ns):
        return RejectCode.BOOKS_CLOSED
    if body.amount < asset.min_withdrawal and not takes_everything(account, body):
        return BeyondLimit(RejectCode.BELOW_MINIMUM, body.amount, asset.min_withdrawal)
    if pending_withdrawals(machine.state, account_id) >= MAX_PENDING_WITHDRAWALS_PER_ACCOUNT:
        return RejectCode.WITHDRAWAL_LIMIT
    if account.available[body.asset] < body.amount:
        return RejectCode.INSUFFICIENT_FUNDS

    account.hold(body.asset, body.amount)
    machine.state.withdrawals_requested += 1
    withdrawal_id = machine.state.withdrawals_requested
    withdrawal = Withdrawal(account_id, body.asset, body.amount)
    machine.state.withdrawals[withdrawal_id] = withdrawal
    _report(machine, WithdrawalRequested, withdrawal_id, withdrawal)
    return None


def takes_everything(account: Account, body: RequestWithdrawal) -> bool:
    """Whether nothing stays available: an account can always be emptied, however little it has."""
    return body.amount == account.available[body.asset]


def pending_withdrawals(state: State, account_id: int) -> int:
    """How many withdrawals and redemptions the account is waiting for."""
    withdrawals = [each.account for each in state.withdrawals.values()]
    redemptions = [each.account for each in state.backing.redemptions.values()]
    return (withdrawals + redemptions).count(account_id)


@once(CommandKind.SETTLE_WITHDRAWAL)
def settle_withdrawal(machine: Machine, account_id: int, body: SettleWithdrawal) -> RejectCode | None:
    """SETTLE_WITHDRAWAL."""
    account = machine.state.accounts[account_id]
    withdrawal = machine.state.withdrawals.get(body.withdrawal_id)
    if withdrawal is None or withdrawal.account != account_id:
        return RejectCode.UNKNOWN_WITHDRAWAL
    if machine.state.actions.locks(withdrawal.asset):
        return RejectCode.ACTION_IN_PROGRESS

    del machine.state.withdrawals[body.withdrawal_id]
    account.held[withdrawal.asset] -= withdrawal.amount
    machine.state.assets[withdrawal.asset].issued -= withdrawal.amount
    _report(machine, WithdrawalSettled, body.withdrawal_id, withdrawal)
    return None


@once(CommandKind.CANCEL_WITHDRAWAL)
def cancel_withdrawal(machine: Machine, account_id: int, body: CancelWithdrawal) -> RejectCode | None:
    """CANCEL_WITHDRAWAL."""
    account = machine.state.accounts[account_id]
    withdrawal = machine.state.withdrawals.get(body.withdrawal_id)
    if withdrawal is None or withdrawal.account != account_id:
        return RejectCode.UNKNOWN_WITHDRAWAL

    del machine.state.withdrawals[body.withdrawal_id]
    account.release(withdrawal.asset, withdrawal.amount)
    _report(machine, WithdrawalCancelled, body.withdrawal_id, withdrawal)
    return None


def _report(machine: Machine, kind: type[Event], withdrawal_id: int, withdrawal: Withdrawal) -> None:
    account, asset, amount = withdrawal
    machine.emit(kind, account, asset=asset, amount=amount, withdrawal_id=withdrawal_id)


@once(CommandKind.TRANSFER)
def transfer(machine: Machine, account_id: int, body: Transfer) -> Refusal | None:
    """TRANSFER."""
    account = machine.state.accounts[account_id]
    receiver = find(machine.state.accounts, body.to_account)
    if receiver is None or receiver is account:
        return RejectCode.UNKNOWN_COUNTERPARTY
    if find(machine.state.assets, body.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    if body.amount < 1:
        return RejectCode.INVALID_AMOUNT
    refusal: Refusal | None = check_may_give(machine.state, account, body.asset)
    refusal = refusal or check_receipt(machine.state, receiver, body.asset, body.amount)
    if refusal is not None:
        return refusal
    if machine.state.actions.locks(body.asset):
        return RejectCode.ACTION_IN_PROGRESS
    if account.available[body.asset] < body.amount:
        return RejectCode.INSUFFICIENT_FUNDS

    _send(machine, account, receiver, body)
    return None


def _send(machine: Machine, account: Account, receiver: Account, body: Transfer | ForceTransfer) -> None:
    """Moves what is available."""
    account.available[body.asset] -= body.amount
    receiver.available[body.asset] += body.amount
    machine.emit(TransferOut, account.id, asset=body.asset, counterparty=receiver.id, amount=body.amount)
    machine.emit(TransferIn, receiver.id, asset=body.asset, counterparty=account.id, amount=body.amount)


@once(CommandKind.FORCE_TRANSFER)
def force_transfer(machine: Machine, account_id: int, body: ForceTransfer) -> Refusal | None:
    """FORCE_TRANSFER: who gives is not asked."""
    state = machine.state
    account = state.accounts[account_id]
    receiver = find(state.accounts, body.to_account)
    if receiver is None or receiver is account:
        return RejectCode.UNKNOWN_COUNTERPARTY
    if find(state.assets, body.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    if body.amount < 1:
        return RejectCode.INVALID_AMOUNT
    if state.actions.locks(body.asset):
        return RejectCode.ACTION_IN_PROGRESS
    refusal = check_table(state, receiver, body.asset, body.amount)
    if refusal is not None:
        return refusal
    freezes = freezes_of(state, account_id, body.asset)
    if account.available[body.asset] + sum(state.freezes[each] for each in freezes) < body.amount:
        return RejectCode.INSUFFICIENT_FUNDS

    said = {"asset": body.asset, "counterparty": receiver.id, "amount": body.amount}
    machine.emit(ForcedTransfer, account_id, **said, reason_code=body.reason)
    missing = body.amount
    for freeze in freezes:
        taken = min(missing, state.freezes[freeze])
        if taken:
            thaw(machine, freeze, taken)
        missing -= taken
    _send(machine, account, receiver, body)
    return None
