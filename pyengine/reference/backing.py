"""Terms of assets, attestors and attestations, bars, bands around par (`engine_core/docs/assets.md`), and the halts
that follow from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pyengine.events import (
    AssetTermsSet,
    AttestationExpired,
    Attested,
    AttestorSet,
    BarRegistered,
    BarRemoved,
    CashReferenceSet,
    PegChanged,
    PegSet,
    RefinerSet,
)
from pyengine.records import (
    MAX_AMOUNT,
    MAX_ATTESTORS,
    MAX_BARS,
    MAX_REFINERS,
    VENUE_ACCOUNT,
    AssetClass,
    AssetForm,
    Attest,
    AttestationPolicy,
    AttestorStatus,
    BarPolicy,
    HaltCause,
    PegStatus,
    RefinerStatus,
    RegisterBar,
    RejectCode,
    RemoveBar,
    SetAssetTerms,
    SetAttestor,
    SetCashReference,
    SetPeg,
    SetRefiner,
)
from pyengine.reference.attestor_keys import is_attestor_key, verifies
from pyengine.reference.backed import (
    AssetTerms,
    Attestation,
    Attestor,
    Backed,
    Bar,
    Peg,
    Refiner,
    Sweep,
    are_asset_terms,
    attestation_text,
)
from pyengine.reference.forms import is_text
from pyengine.reference.machine import Machine
from pyengine.reference.phases import set_cause
from pyengine.reference.refusals import BeyondLimit, Refusal
from pyengine.reference.state import Instrument, State, find

CAUSES: Final = (HaltCause.STALE_REFERENCE, HaltCause.DEPEGGED)
"""Those that follow from assets, in the order in which they are looked at."""


def check_next(number: int, registry: Sequence[Any], most: int) -> RejectCode | None:
    """Whether a number is listed or may be the next, or why it may not."""
    if number < len(registry):
        return None
    if len(registry) >= most:
        return RejectCode.REGISTRY_FULL
    return RejectCode.ID_NOT_NEXT if number > len(registry) else None


def put(registry: list[Any], number: int, entry: Any) -> None:
    """Replaces an entry, or appends it."""
    registry[number : number + 1] = [entry]


def set_asset_terms(machine: Machine, _account_id: int, body: SetAssetTerms) -> Refusal | None:
    """SET_ASSET_TERMS."""
    state, backing = machine.state, machine.state.backing
    texts = ((body.isin, body.isin_len), (body.currency, body.currency_len), (body.vault, body.vault_len))
    if not all(is_text(*text) for text in texts):
        return RejectCode.MALFORMED
    if body.form not in set(AssetForm) or body.attestation not in set(AttestationPolicy):
        return RejectCode.MALFORMED
    if body.bars not in set(BarPolicy):
        return RejectCode.MALFORMED
    asset = find(state.assets, body.asset)
    if asset is None:
        return RejectCode.UNKNOWN_ASSET
    if find(state.accounts, body.issuer) is None:
        return RejectCode.UNKNOWN_ACCOUNT
    terms = AssetTerms(
        issuer=body.issuer,
        form=AssetForm(body.form),
        attestation=AttestationPolicy(body.attestation),
        bars=BarPolicy(body.bars),
        isin=body.isin[: body.isin_len],
        currency=body.currency[: body.currency_len],
        vault=body.vault[: body.vault_len],
        backing=body.backing,
        min_redemption=body.min_redemption,
        redemption_unit=body.redemption_unit,
        redemption_fee=body.redemption_fee,
        redemption_fee_rate=body.redemption_fee_rate,
    )
    before = backing.backed.get(body.asset, Backed(terms, asset.decimals))
    if not are_asset_terms(terms, asset.asset_class):
        return RejectCode.INVALID_PARAMETER
    if before.outstanding > 0 and terms.backing != before.terms.backing:
        return RejectCode.INVALID_PARAMETER
    if terms.bars != BarPolicy.NONE:
        covered = Backed(terms, asset.decimals).covered_by(backing.fine_weight(body.asset))
        if before.outstanding > covered:
            return BeyondLimit(RejectCode.RESERVE_EXCEEDED, before.outstanding, covered)

    halted = backing.halts(body.asset, HaltCause.STALE_REFERENCE)
    before.terms = terms
    backing.backed[body.asset] = before
    said = body._asdict()
    machine.emit(
        AssetTermsSet,
        VENUE_ACCOUNT,
        **{name: said[name] for name in AssetTermsSet.__struct_fields__ if name in said},
    )
    lacks = before.needs_attestation and not before.is_attested(state.timestamp_ns)
    see_expired(machine, body.asset, lacks, halted)
    return None


def see_expired(machine: Machine, asset: int, lacks: bool, halted: bool) -> None:
    """It is seen whether an asset lacks an attestation: that is said, and its instruments follow, if it is new."""
    backing = machine.state.backing
    backed = backing.backed[asset]
    is_new, backed.is_expired = lacks and not backed.is_expired, lacks
    if is_new:
        valid_until = backed.attestation.valid_until if backed.attestation else 0
        machine.emit(AttestationExpired, VENUE_ACCOUNT, asset=asset, valid_until=valid_until)
    if backed.halts != halted:
        backing.begin_sweep(asset, HaltCause.STALE_REFERENCE, backed.halts)


def set_attestor(machine: Machine, _account_id: int, body: SetAttestor) -> RejectCode | None:
    """SET_ATTESTOR."""
    attestors = machine.state.backing.attestors
    if body.status not in set(AttestorStatus):
        return RejectCode.MALFORMED
    refusal = check_next(body.attestor, attestors, MAX_ATTESTORS)
    if refusal is not None:
        return refusal
    if not is_attestor_key(body.public_key):
        return RejectCode.INVALID_PARAMETER

    put(attestors, body.attestor, Attestor(body.public_key, AttestorStatus(body.status)))
    machine.emit(AttestorSet, VENUE_ACCOUNT, status=body.status, attestor=body.attestor)
    return None


def attest(machine: Machine, _account_id: int, body: Attest) -> RejectCode | None:
    """ATTEST."""
    state, now = machine.state, machine.state.timestamp_ns
    asset = find(state.assets, body.asset)
    if asset is None:
        return RejectCode.UNKNOWN_ASSET
    backed = state.backing.backed.get(body.asset)
    if backed is None:
        return RejectCode.NO_ASSET_TERMS
    attestor = find(state.backing.attestors, body.attestor)
    if attestor is None or attestor.status != AttestorStatus.ACTIVE:
        return RejectCode.UNKNOWN_ATTESTOR
    if body.reserve < 0:
        return RejectCode.INVALID_AMOUNT
    if backed.terms.backing == 0 or body.as_of > now:
        return RejectCode.INVALID_PARAMETER
    if body.valid_until <= now:
        return RejectCode.INVALID_EXPIRY
    if backed.attestation is not None and body.as_of < backed.attestation.as_of:
        return RejectCode.STALE_ATTESTATION
    said = Attestation(body.attestor, body.reserve, body.as_of, body.valid_until)
    if not verifies(attestor.public_key, attestation_text(asset.symbol, said), body.signature):
        return RejectCode.INVALID_SIGNATURE

    halted = backed.halts
    backed.attestation = said
    machine.emit(Attested, VENUE_ACCOUNT, asset=body.asset, **said._asdict())
    see_expired(machine, body.asset, False, halted)
    return None


def set_refiner(machine: Machine, _account_id: int, body: SetRefiner) -> RejectCode | None:
    """SET_REFINER."""
    refiners, code = machine.state.backing.refiners, body.code[: body.code_len]
    if body.status not in set(RefinerStatus) or not is_text(body.code, body.code_len):
        return RejectCode.MALFORMED
    refusal = check_next(body.refiner, refiners, MAX_REFINERS)
    if refusal is not None:
        return refusal
    if any(refiner.code == code for number, refiner in enumerate(refiners) if number != body.refiner):
        return RejectCode.ALREADY_EXISTS
    if not code:
        return RejectCode.INVALID_PARAMETER

    put(refiners, body.refiner, Refiner(code, RefinerStatus(body.status)))
    machine.emit(RefinerSet, VENUE_ACCOUNT, status=body.status, refiner=body.refiner)
    return None


def register_bar(machine: Machine, _account_id: int, body: RegisterBar) -> RejectCode | None:
    """REGISTER_BAR."""
    state, backing = machine.state, machine.state.backing
    if not is_text(body.serial, body.serial_len) or not is_text(body.vault, body.vault_len):
        return RejectCode.MALFORMED
    if find(state.assets, body.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    backed = backing.backed.get(body.asset)
    if backed is None:
        return RejectCode.NO_ASSET_TERMS
    refiner = find(backing.refiners, body.refiner)
    if refiner is None or refiner.status != RefinerStatus.LISTED:
        return RejectCode.UNKNOWN_REFINER
    texts = (body.serial[: body.serial_len], body.vault[: body.vault_len])
    bar = Bar(body.asset, body.refiner, *texts, body.gross_weight, body.fine_weight)
    if any((other.refiner, other.serial) == (bar.refiner, bar.serial) for other in backing.bars.values()):
        return RejectCode.ALREADY_EXISTS
    if not bar.is_possible or backed.terms.bars == BarPolicy.NONE or bar.vault != backed.terms.vault:
        return RejectCode.INVALID_PARAMETER
    if len(backing.bars) >= MAX_BARS:
        return RejectCode.REGISTRY_FULL
    if backing.fine_weight(body.asset) + bar.fine_weight > MAX_AMOUNT:
        return RejectCode.OVERFLOW

    backing.bars_registered += 1
    number = backing.bars_registered
    backing.bars[number] = bar
    weights = {"gross_weight": bar.gross_weight, "fine_weight": bar.fine_weight}
    machine.emit(BarRegistered, VENUE_ACCOUNT, asset=bar.asset, refiner=bar.refiner, bar=number, **weights)
    return None


def remove_bar(machine: Machine, _account_id: int, body: RemoveBar) -> Refusal | None:
    """REMOVE_BAR."""
    backing = machine.state.backing
    bar = backing.bars.get(body.bar)
    if bar is None:
        return RejectCode.UNKNOWN_BAR
    if not backing.is_free(body.bar):
        return RejectCode.BAR_ASSIGNED
    backed = backing.backed[bar.asset]
    if backed.terms.bars != BarPolicy.NONE:
        left = backed.covered_by(backing.fine_weight(bar.asset) - bar.fine_weight)
        if backed.outstanding > left:
            return BeyondLimit(RejectCode.RESERVE_EXCEEDED, backed.outstanding, left)

    take_bar(machine, body.bar)
    return None


def take_bar(machine: Machine, number: int) -> None:
    """A bar leaves the vault."""
    bar = machine.state.backing.bars.pop(number)
    machine.emit(
        BarRemoved, VENUE_ACCOUNT, asset=bar.asset, refiner=bar.refiner, bar=number, fine_weight=bar.fine_weight
    )


def set_peg(machine: Machine, _account_id: int, body: SetPeg) -> RejectCode | None:
    """SET_PEG."""
    state, asset = machine.state, find(machine.state.assets, body.asset)
    if asset is None:
        return RejectCode.UNKNOWN_ASSET
    peg = Peg(*body[1:])
    removes = not any(peg)
    if asset.asset_class != AssetClass.STABLECOIN or not (removes or peg.is_possible):
        return RejectCode.INVALID_PARAMETER

    machine.emit(PegSet, VENUE_ACCOUNT, **body._asdict())
    before = state.backing.pegs.get(body.asset, peg)
    kept = {"value": before.value, "value_source": before.value_source, "observed_at": before.observed_at}
    change_peg(machine, body.asset, None if removes else peg._replace(**kept))
    return None


def set_cash_reference(machine: Machine, _account_id: int, body: SetCashReference) -> RejectCode | None:
    """SET_CASH_REFERENCE."""
    state = machine.state
    if find(state.assets, body.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    peg = state.backing.pegs.get(body.asset)
    if peg is None:
        return RejectCode.NO_PEG
    if body.value < 1:
        return RejectCode.INVALID_PRICE
    if peg.source not in (0, body.source) or body.observed_at < peg.observed_at:
        return RejectCode.INVALID_PARAMETER

    machine.emit(CashReferenceSet, VENUE_ACCOUNT, **body._asdict())
    said = {"value": body.value, "value_source": body.source, "observed_at": body.observed_at}
    change_peg(machine, body.asset, peg._replace(**said))
    return None


def change_peg(machine: Machine, asset: int, peg: Peg | None) -> None:
    """A band or what is compared with it is another: the instruments follow."""
    backing = machine.state.backing
    was_outside = backing.halts(asset, HaltCause.DEPEGGED)
    backing.pegs.pop(asset, None)
    if peg is not None:
        backing.pegs[asset] = peg
    is_outside = peg is not None and peg.is_outside
    if is_outside == was_outside:
        return
    machine.emit(
        PegChanged,
        VENUE_ACCOUNT,
        status=PegStatus.DEPEGGED if is_outside else PegStatus.PEGGED,
        asset=asset,
        haircut_bps=peg.haircut_bps if peg is not None and is_outside else 0,
        value=peg.value if peg is not None else 0,
    )
    backing.begin_sweep(asset, HaltCause.DEPEGGED, is_outside)


def asset_halts(state: State, instrument: Instrument, cause: HaltCause) -> bool:
    """Whether an asset of an instrument asks that it does not trade."""
    return any(state.backing.halts(asset, cause) for asset in (instrument.base, instrument.quote))


def halt_new(machine: Machine, instrument: Instrument) -> None:
    """A new instrument does not trade while one of its assets asks for that."""
    for cause in CAUSES:
        if asset_halts(machine.state, instrument, cause):
            set_cause(machine, instrument, cause, True)


def go_on_with_assets(machine: Machine, most: int) -> int:
    """Attestations expire, then the instruments of assets follow, at most so many items of it; returns how many."""
    state, backing, items = machine.state, machine.state.backing, 0
    while items < most:
        expiry = backing.next_expiry()
        if expiry is None or expiry[0] > state.timestamp_ns:
            break
        see_expired(machine, expiry[1], True, backing.backed[expiry[1]].halts)
        items += 1
    drop_done(state)
    while items < most and backing.sweeps:
        sweep = backing.sweeps[0]
        visit(machine, sweep, state.instruments[sweep.next])
        sweep.next += 1
        items += 1
        drop_done(state)
    return items


def drop_done(state: State) -> None:
    """What has gone through all instruments ends."""
    sweeps = state.backing.sweeps
    while sweeps and sweeps[0].next >= len(state.instruments):
        sweeps.pop(0)


def visit(machine: Machine, sweep: Sweep, instrument: Instrument) -> None:
    """An instrument of the asset is halted, or not any more if nothing else asks for it."""
    if sweep.asset not in (instrument.base, instrument.quote):
        return
    stands = sweep.cause in instrument.halts
    if sweep.halts and not stands:
        set_cause(machine, instrument, sweep.cause, True)
    elif stands and not sweep.halts and not asks_for(machine.state, instrument, sweep.cause):
        set_cause(machine, instrument, sweep.cause, False)


def asks_for(state: State, instrument: Instrument, cause: HaltCause) -> bool:
    """Whether anything asks for a cause that follows from assets."""
    is_old = cause == HaltCause.STALE_REFERENCE and instrument.protection.asks_for_stale_halt
    return is_old or asset_halts(state, instrument, cause)
