"""MINT, REQUEST_REDEMPTION, SETTLE_REDEMPTION and REFUSE_REDEMPTION (`engine_core/docs/assets.md`): how an issuer's
units come into being, and how they end.
"""

from __future__ import annotations

from pyengine.events import Minted, RedemptionFee, RedemptionRefused, RedemptionRequested, RedemptionSettled
from pyengine.records import (
    MAX_AMOUNT,
    MAX_PENDING_WITHDRAWALS_PER_ACCOUNT,
    AssetForm,
    BarPolicy,
    CommandKind,
    Mint,
    RefuseRedemption,
    RejectCode,
    RequestRedemption,
    SettleRedemption,
)
from pyengine.reference.backed import Redemption
from pyengine.reference.backing import take_bar
from pyengine.reference.machine import Machine
from pyengine.reference.money import pending_withdrawals
from pyengine.reference.references import once
from pyengine.reference.refusals import BeyondLimit, Refusal
from pyengine.reference.state import find


@once(CommandKind.MINT)
def mint(machine: Machine, account_id: int, body: Mint) -> Refusal | None:
    """MINT."""
    state, backing = machine.state, machine.state.backing
    asset = find(state.assets, body.asset)
    if asset is None:
        return RejectCode.UNKNOWN_ASSET
    backed = backing.backed.get(body.asset)
    if backed is None:
        return RejectCode.NO_ASSET_TERMS
    if backed.terms.issuer != account_id:
        return RejectCode.NOT_ISSUER
    if backed.terms.form == AssetForm.TRADITIONAL:
        return RejectCode.NOT_MINTABLE
    if body.amount < 1:
        return RejectCode.INVALID_AMOUNT
    if state.actions.locks(body.asset):
        return RejectCode.ACTION_IN_PROGRESS
    if backed.needs_attestation and not backed.is_attested(state.timestamp_ns):
        return RejectCode.STALE_ATTESTATION
    if max(backed.minted, asset.issued) + body.amount > MAX_AMOUNT:
        return RejectCode.OVERFLOW
    outstanding, most = backed.outstanding + body.amount, backing.most(body.asset)
    if outstanding > most:
        return BeyondLimit(RejectCode.RESERVE_EXCEEDED, outstanding, most)

    backed.minted += body.amount
    asset.issued += body.amount
    state.accounts[account_id].available[body.asset] += body.amount
    machine.emit(Minted, account_id, asset=body.asset, amount=body.amount, outstanding=outstanding)
    return None


@once(CommandKind.REQUEST_REDEMPTION)
def request_redemption(machine: Machine, account_id: int, body: RequestRedemption) -> Refusal | None:
    """REQUEST_REDEMPTION."""
    state, backing = machine.state, machine.state.backing
    account = state.accounts[account_id]
    if find(state.assets, body.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    backed = backing.backed.get(body.asset)
    if backed is None:
        return RejectCode.NO_ASSET_TERMS
    terms = backed.terms
    if terms.form == AssetForm.TRADITIONAL:
        return RejectCode.NOT_MINTABLE
    if body.amount < 1 or body.amount % terms.redemption_unit:
        return RejectCode.INVALID_AMOUNT
    if state.actions.locks(body.asset):
        return RejectCode.ACTION_IN_PROGRESS
    if body.amount < terms.min_redemption:
        return BeyondLimit(RejectCode.BELOW_MINIMUM, body.amount, terms.min_redemption)
    if pending_withdrawals(state, account_id) >= MAX_PENDING_WITHDRAWALS_PER_ACCOUNT:
        return RejectCode.WITHDRAWAL_LIMIT
    bar, amount = 0, body.amount
    if terms.bars == BarPolicy.WHOLE:
        found = backing.lightest(body.asset, body.amount)
        if found is None:
            return RejectCode.NO_BAR
        bar, amount = found, backed.worth(backing.bars[found].fine_weight)
    if amount > MAX_AMOUNT:
        return RejectCode.OVERFLOW
    redeemable = backed.outstanding - backing.redeeming(body.asset)
    if amount > redeemable:
        return BeyondLimit(RejectCode.RESERVE_EXCEEDED, amount, redeemable)
    fee = terms.fee(amount)
    if account.available[body.asset] < amount + fee:
        return RejectCode.INSUFFICIENT_FUNDS

    account.hold(body.asset, amount + fee)
    state.withdrawals_requested += 1
    number = state.withdrawals_requested
    redemption = Redemption(account_id, body.asset, body.amount, amount, fee, bar)
    backing.redemptions[number] = redemption
    said = {"asset": body.asset, "amount": amount, "fee": fee, "bar": bar}
    machine.emit(RedemptionRequested, account_id, withdrawal_id=number, asked=body.amount, **said)
    return None


def _waiting(machine: Machine, account_id: int, number: int) -> Redemption | None:
    """The account's redemption of this number, if it waits."""
    redemption = machine.state.backing.redemptions.get(number)
    return redemption if redemption is not None and redemption.account == account_id else None


@once(CommandKind.SETTLE_REDEMPTION)
def settle_redemption(machine: Machine, account_id: int, body: SettleRedemption) -> RejectCode | None:
    """SETTLE_REDEMPTION."""
    state, backing = machine.state, machine.state.backing
    redemption = _waiting(machine, account_id, body.withdrawal_id)
    if redemption is None:
        return RejectCode.UNKNOWN_WITHDRAWAL
    if state.actions.locks(redemption.asset):
        return RejectCode.ACTION_IN_PROGRESS

    del backing.redemptions[body.withdrawal_id]
    _, asset, _, amount, fee, bar = redemption
    backed = backing.backed[asset]
    issuer = backed.terms.issuer
    state.accounts[account_id].held[asset] -= amount + fee
    state.assets[asset].issued -= amount
    backed.burned += amount
    said = {"asset": asset, "withdrawal_id": body.withdrawal_id}
    machine.emit(RedemptionSettled, account_id, amount=amount, fee=fee, bar=bar, **said)
    if fee:
        state.accounts[issuer].available[asset] += fee
        machine.emit(RedemptionFee, issuer, counterparty=account_id, amount=fee, **said)
    if bar:
        take_bar(machine, bar)
    return None


@once(CommandKind.REFUSE_REDEMPTION)
def refuse_redemption(machine: Machine, account_id: int, body: RefuseRedemption) -> RejectCode | None:
    """REFUSE_REDEMPTION."""
    redemption = _waiting(machine, account_id, body.withdrawal_id)
    if redemption is None:
        return RejectCode.UNKNOWN_WITHDRAWAL

    del machine.state.backing.redemptions[body.withdrawal_id]
    _, asset, _, amount, fee, bar = redemption
    machine.state.accounts[account_id].release(asset, amount + fee)
    said = {"asset": asset, "amount": amount, "fee": fee, "bar": bar}
    machine.emit(RedemptionRefused, account_id, refusal=body.refusal, withdrawal_id=body.withdrawal_id, **said)
    return None
