"""References of money commands (`engine_core/docs/semantics.md`, section 6): what was carried out under one is not
carried out again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeAlias, TypeVar

from pyengine.events import (
    Deposited,
    Event,
    ForcedTransfer,
    Minted,
    MoneyRepeated,
    RedemptionRefused,
    RedemptionRequested,
    RedemptionSettled,
    TransferOut,
    WithdrawalCancelled,
    WithdrawalRequested,
    WithdrawalSettled,
)
from pyengine.records import (
    MAX_AMOUNT,
    MAX_REFERENCES,
    CancelWithdrawal,
    CommandKind,
    Deposit,
    ForceTransfer,
    Mint,
    RefuseRedemption,
    RejectCode,
    RequestRedemption,
    RequestWithdrawal,
    SettleRedemption,
    SettleWithdrawal,
    Transfer,
)
from pyengine.reference.forms import Referenced, is_reference, is_valid_reference, reference_of
from pyengine.reference.machine import Machine
from pyengine.reference.refusals import Refusal
from pyengine.reference.state import Original, ReferenceId, State, find

BodyT = TypeVar(
    "BodyT",
    Deposit,
    RequestWithdrawal,
    SettleWithdrawal,
    CancelWithdrawal,
    Transfer,
    ForceTransfer,
    Mint,
    RequestRedemption,
    SettleRedemption,
    RefuseRedemption,
)
Rule: TypeAlias = Callable[[Machine, int, BodyT], Refusal | None]


def once(kind: CommandKind) -> Callable[[Rule[BodyT]], Rule[BodyT]]:
    """Puts the rules of references before those of a kind of command: under one it is carried out at most once."""

    def with_references(rule: Rule[BodyT]) -> Rule[BodyT]:
        @wraps(rule)
        def applied(machine: Machine, account_id: int, body: BodyT) -> Refusal | None:
            if not is_valid_reference(body) or (kind == CommandKind.FORCE_TRANSFER and not reference_of(body)):
                return RejectCode.MALFORMED
            if find(machine.state.accounts, account_id) is None:
                return RejectCode.UNKNOWN_ACCOUNT
            if not reference_of(body):
                return rule(machine, account_id, body)
            reference = ReferenceId(account_id, kind, reference_of(body))
            original = find_original(machine.state, reference)
            if original is not None and not is_same(body, original):
                return RejectCode.REFERENCE_REUSED
            if original is not None:
                repeat(machine, reference, original)
                return None
            if len(machine.state.references) >= machine.max_references:
                return RejectCode.ENGINE_FULL
            refusal = rule(machine, account_id, body)
            if refusal is None:
                remember(machine.state, reference, machine.events[0])
            return refusal

        return applied

    return with_references


def find_original(state: State, reference: ReferenceId) -> Original | None:
    """What was carried out under the reference, if anything was."""
    return state.references.get(reference)


def is_same(body: Referenced, original: Original) -> bool:
    """Whether the command says, beside its reference, what the original said."""
    match body:
        case Deposit() | RequestWithdrawal() | Mint() | RequestRedemption():
            return (body.asset, body.amount) == (original.asset, original.amount)
        case SettleWithdrawal() | CancelWithdrawal() | SettleRedemption() | RefuseRedemption():
            return body.withdrawal_id == original.withdrawal_id
        case Transfer():
            said = (body.asset, body.to_account, body.amount)
            return said == (original.asset, original.counterparty, original.amount)
        case ForceTransfer():
            by_force = (body.asset, body.to_account, body.amount, body.reason)
            return by_force == (original.asset, original.counterparty, original.amount, original.withdrawal_id)


def repeat(machine: Machine, reference: ReferenceId, original: Original) -> None:
    """Says what was done, and does nothing."""
    machine.emit(MoneyRepeated, reference.account, command=reference.command, **original._asdict())


def remember(state: State, reference: ReferenceId, event: Event) -> None:
    """Keeps what a command did, which its first event says."""
    counterparty, withdrawal_id, amount = 0, 0, event.amount
    match event:
        case TransferOut():
            counterparty = event.counterparty
        case ForcedTransfer():
            counterparty, withdrawal_id = event.counterparty, event.reason_code
        case WithdrawalRequested() | WithdrawalSettled() | WithdrawalCancelled():
            withdrawal_id = event.withdrawal_id
        case RedemptionRequested():
            withdrawal_id, amount = event.withdrawal_id, event.asked
        case RedemptionSettled() | RedemptionRefused():
            withdrawal_id = event.withdrawal_id
        case _:
            assert isinstance(event, Deposited | Minted), f"{event} moves no money"
    state.references[reference] = Original(event.asset, counterparty, amount, withdrawal_id, event.sequence)


def check_references(state: State) -> None:
    """Asserts that every reference is of a command that can have been carried out."""
    assert len(state.references) <= MAX_REFERENCES, f"{len(state.references)} references"
    for reference, original in state.references.items():
        name = f"reference {reference.text!r} of account {reference.account}"
        assert is_reference(reference.text), f"{name}: it is none"
        assert reference.account < len(state.accounts), f"{name}: no such account"
        assert original.asset < len(state.assets), f"{name}: no such asset"
        assert 1 <= original.amount <= MAX_AMOUNT, f"{name}: an amount of {original.amount}"
        assert 1 <= original.original_sequence <= state.sequence, f"{name}: of {original.original_sequence}"
        _check_parties(state, name, reference, original)


def _check_parties(state: State, name: str, reference: ReferenceId, original: Original) -> None:
    counterparty, withdrawal_id = original.counterparty, original.withdrawal_id
    pending = state.withdrawals.get(withdrawal_id)
    match reference.command:
        case CommandKind.DEPOSIT | CommandKind.MINT:
            assert (counterparty, withdrawal_id) == (0, 0), f"{name}: a deposit from {counterparty}, {withdrawal_id}"
        case CommandKind.TRANSFER:
            assert withdrawal_id == 0, f"{name}: a transfer of a withdrawal"
            assert counterparty < len(state.accounts), f"{name}: a transfer to nobody"
            assert counterparty != reference.account, f"{name}: a transfer to itself"
        case CommandKind.FORCE_TRANSFER:
            assert withdrawal_id < 2**32, f"{name}: no reason {withdrawal_id}"
            assert counterparty < len(state.accounts), f"{name}: a transfer to nobody"
            assert counterparty != reference.account, f"{name}: a transfer to itself"
        case CommandKind.REQUEST_WITHDRAWAL | CommandKind.SETTLE_WITHDRAWAL | CommandKind.CANCEL_WITHDRAWAL:
            assert counterparty == 0, f"{name}: a withdrawal by another"
            assert 1 <= withdrawal_id <= state.withdrawals_requested, f"{name}: no such withdrawal"
            if reference.command == CommandKind.REQUEST_WITHDRAWAL:
                same = (reference.account, original.asset, original.amount)
                assert pending in (None, same), f"{name}: {pending} is pending"
            else:
                assert pending is None, f"{name}: {pending} is still pending"
        case CommandKind.REQUEST_REDEMPTION | CommandKind.SETTLE_REDEMPTION | CommandKind.REFUSE_REDEMPTION:
            assert counterparty == 0, f"{name}: a redemption by another"
            assert 1 <= withdrawal_id <= state.withdrawals_requested, f"{name}: no such redemption"
            assert pending is None, f"{name}: {pending} is pending, a withdrawal"
        case _:
            raise AssertionError(f"{name}: command {reference.command} moves no money")
