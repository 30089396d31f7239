"""The part of the state image that is about what stands behind assets (`engine_core/docs/semantics.md`, section 9)."""

from __future__ import annotations

import struct
from typing import Final

from pyengine.records import (
    MAX_AMOUNT,
    MAX_ATTESTORS,
    MAX_BARS,
    MAX_PENDING_WITHDRAWALS_PER_ACCOUNT,
    MAX_REFINERS,
    SYMBOL_LEN,
    AssetClass,
    AssetForm,
    AttestationPolicy,
    AttestorStatus,
    BarPolicy,
    CommandKind,
    HaltCause,
    RefinerStatus,
)
from pyengine.reference.attestor_keys import is_attestor_key
from pyengine.reference.backed import (
    AssetTerms,
    Attestation,
    Attestor,
    Backed,
    Bar,
    Peg,
    Redemption,
    Refiner,
    Sweep,
    are_asset_terms,
)
from pyengine.reference.forms import is_text
from pyengine.reference.image_reader import U32, Reader
from pyengine.reference.money import pending_withdrawals
from pyengine.reference.state import State

MAX_COUNTER: Final = 2**63 - 1
_TEXT: Final = struct.Struct(f"<B{SYMBOL_LEN}s")
_ATTESTOR: Final = struct.Struct("<32sB3x")
_STATUS: Final = struct.Struct("<B2x")
_ISSUER: Final = struct.Struct("<IBBBBB3x")
_TERMS: Final = struct.Struct("<Iqqqqqq")
_ATTESTATION: Final = struct.Struct("<IqQQ")
_COUNTER: Final = struct.Struct("<Q")
_BAR: Final = struct.Struct("<QII")
_WEIGHTS: Final = struct.Struct("<qq")
_REDEMPTION: Final = struct.Struct("<QIIqqqQ")
_PEG: Final = struct.Struct("<IIIIIqQ")
_SWEEP: Final = struct.Struct("<IBB2xI")


def encode(state: State) -> bytes:
    """The part of a state."""
    own = state.backing
    out = [U32.pack(len(own.attestors)), *(_ATTESTOR.pack(*attestor) for attestor in own.attestors)]
    out.append(U32.pack(len(own.refiners)))
    out.extend(_text(refiner.code) + _STATUS.pack(refiner.status) for refiner in own.refiners)
    out.append(U32.pack(len(own.backed)))
    out.extend(U32.pack(asset) + _encode_backed(own.backed[asset]) for asset in sorted(own.backed))
    out.append(_COUNTER.pack(own.bars_registered))
    out.append(U32.pack(len(own.bars)))
    for number, bar in sorted(own.bars.items()):
        out.append(_BAR.pack(number, bar.asset, bar.refiner) + _text(bar.serial) + _text(bar.vault))
        out.append(_WEIGHTS.pack(bar.gross_weight, bar.fine_weight))
    out.append(U32.pack(len(own.redemptions)))
    out.extend(_REDEMPTION.pack(number, *redemption) for number, redemption in sorted(own.redemptions.items()))
    out.append(U32.pack(len(own.pegs)))
    for asset, peg in sorted(own.pegs.items()):
        out.append(_PEG.pack(asset, *peg[:3], peg.value_source, peg.value, peg.observed_at))
    out.append(U32.pack(len(own.sweeps)))
    out.extend(_SWEEP.pack(sweep.asset, sweep.cause, sweep.halts, sweep.next) for sweep in own.sweeps)
    return b"".join(out)


def _text(text: bytes) -> bytes:
    return _TEXT.pack(len(text), text)


def _encode_backed(backed: Backed) -> bytes:
    terms, attestation = backed.terms, backed.attestation
    policies = (terms.form, terms.attestation, terms.bars)
    return b"".join(
        [
            _ISSUER.pack(terms.issuer, *policies, attestation is not None, backed.is_expired),
            *map(_text, (terms.isin, terms.currency, terms.vault)),
            _TERMS.pack(
                *(terms.redemption_fee_rate, terms.backing, terms.min_redemption, terms.redemption_unit),
                *(terms.redemption_fee, backed.minted, backed.burned),
            ),
            _ATTESTATION.pack(*attestation) if attestation is not None else b"",
        ]
    )


def decode(reader: Reader, state: State) -> None:
    """Reads the part into a state."""
    own = state.backing
    for _ in range(reader.count()):
        key, status = reader.take(_ATTESTOR)
        own.attestors.append(Attestor(key, AttestorStatus(status)))
    for _ in range(reader.count()):
        code, (status,) = _read_text(reader), reader.take(_STATUS)
        own.refiners.append(Refiner(code, RefinerStatus(status)))
    for _ in range(reader.count()):
        (asset,) = reader.take(U32)
        own.backed[asset] = _decode_backed(reader, state.assets[asset].decimals)
    (own.bars_registered,) = reader.take(_COUNTER)
    for _ in range(reader.count()):
        number, asset, refiner = reader.take(_BAR)
        assert number not in own.bars, f"bar {number} twice"
        own.bars[number] = Bar(asset, refiner, _read_text(reader), _read_text(reader), *reader.take(_WEIGHTS))
    for _ in range(reader.count()):
        number, *redemption = reader.take(_REDEMPTION)
        assert number not in own.redemptions, f"redemption {number} twice"
        own.redemptions[number] = Redemption(*redemption)
    for _ in range(reader.count()):
        asset, band_bps, haircut_bps, source, value_source, value, observed_at = reader.take(_PEG)
        own.pegs[asset] = Peg(band_bps, haircut_bps, source, value, value_source, observed_at)
    for _ in range(reader.count()):
        asset, cause, halts, following = reader.take(_SWEEP)
        own.sweeps.append(Sweep(asset, HaltCause(cause), bool(halts), following))


def _read_text(reader: Reader) -> bytes:
    length, text = reader.take(_TEXT)
    assert is_text(text, length), f"{text!r} is no text of {length} characters"
    return bytes(text[:length])


def _decode_backed(reader: Reader, decimals: int) -> Backed:
    issuer, form, attestation, bars, is_attested, is_expired = reader.take(_ISSUER)
    isin, currency, vault = (_read_text(reader) for _ in range(3))
    fee_rate, backing, min_redemption, redemption_unit, fee, minted, burned = reader.take(_TERMS)
    policies = (AssetForm(form), AttestationPolicy(attestation), BarPolicy(bars))
    amounts = (backing, min_redemption, redemption_unit, fee, fee_rate)
    terms = AssetTerms(issuer, *policies, isin, currency, vault, *amounts)
    said = Attestation(*reader.take(_ATTESTATION)) if is_attested == 1 else None
    return Backed(terms, decimals, said, is_expired == 1, minted, burned)


def check(state: State) -> None:
    """Asserts what commands leave of all that: bars cover what was issued against them, and nothing waits twice."""
    own = state.backing
    assert len(own.attestors) <= MAX_ATTESTORS, f"{len(own.attestors)} attestors"
    assert all(is_attestor_key(attestor.public_key) for attestor in own.attestors), "a key that no attestor has"
    codes = [refiner.code for refiner in own.refiners]
    assert len(codes) <= MAX_REFINERS, f"{len(codes)} refiners"
    assert len({*codes, b""}) == len(codes) + 1, "a refiner without a code of its own"
    for asset, backed in own.backed.items():
        _check_backed(state, asset, backed)
    _check_bars(state)
    _check_redemptions(state)
    for asset, peg in own.pegs.items():
        name = f"band of asset {asset}"
        assert state.assets[asset].asset_class == AssetClass.STABLECOIN, f"{name}: it is no money"
        assert peg.is_possible, f"{name}: {peg}"
        assert peg.value > 0 or not any(peg[3:]), f"{name}: worth {peg.value}"
    _check_sweeps(state)
    _check_references(state)


def _check_backed(state: State, asset: int, backed: Backed) -> None:
    name, terms, said, now = f"asset {asset}", backed.terms, backed.attestation, state.timestamp_ns
    assert terms.issuer < len(state.accounts), f"{name}: no such issuer"
    assert are_asset_terms(terms, state.assets[asset].asset_class), f"{name}: {terms}"
    assert 0 <= backed.burned <= backed.minted, f"{name}: {backed.burned} of {backed.minted} burned"
    if said is not None:
        assert said.attestor < len(state.backing.attestors), f"{name}: no such attestor"
        assert said.reserve >= 0, f"{name}: a reserve of {said.reserve}"
        assert said.as_of <= now, f"{name}: attested in time to come"
        assert said.as_of < said.valid_until, f"{name}: {said} was never valid"
    if backed.is_expired:
        assert backed.needs_attestation, f"{name}: expired, and needs none"
        assert not backed.is_attested(now), f"{name}: expired, and valid"
    else:
        assert said is not None or not backed.needs_attestation, f"{name}: never attested, and not expired"
    if terms.bars != BarPolicy.NONE:
        covered = backed.covered_by(state.backing.fine_weight(asset))
        assert backed.outstanding <= covered, f"{name}: {backed.outstanding} issued, bars for {covered}"


def _check_bars(state: State) -> None:
    own = state.backing
    assert own.bars_registered <= MAX_COUNTER, f"{own.bars_registered} bars"
    assert len(own.bars) <= MAX_BARS, f"{len(own.bars)} bars"
    assert list(own.bars) == sorted(own.bars), "bars out of order"
    serials = {(bar.refiner, bar.serial) for bar in own.bars.values()}
    assert len(serials) == len(own.bars), "a bar twice"
    for number, bar in own.bars.items():
        name = f"bar {number}"
        assert 1 <= number <= own.bars_registered, f"{name} was never registered"
        assert bar.asset in own.backed, f"{name}: an asset without terms"
        assert state.assets[bar.asset].asset_class == AssetClass.GOLD, f"{name}: of no metal"
        assert bar.refiner < len(own.refiners), f"{name}: no such refiner"
        assert bar.is_possible, f"{name}: {bar}"
    for asset in own.backed:
        assert own.fine_weight(asset) <= MAX_AMOUNT, f"asset {asset}: too much metal"


def _check_redemptions(state: State) -> None:
    own = state.backing
    assert list(own.redemptions) == sorted(own.redemptions), "redemptions out of order"
    taken = [each.bar for each in own.redemptions.values() if each.bar]
    assert len(set(taken)) == len(taken), "a bar of two redemptions"
    for number, each in own.redemptions.items():
        name = f"redemption {number}"
        assert 1 <= number <= state.withdrawals_requested, f"{name} was never requested"
        assert number not in state.withdrawals, f"{name} is a withdrawal, too"
        assert each.account < len(state.accounts), f"{name}: no such account"
        assert each.asset in own.backed, f"{name}: an asset without terms"
        assert each.asked >= 1, f"{name}: {each.asked} asked"
        assert each.fee >= 0, f"{name}: a fee of {each.fee}"
        assert each.amount + each.fee <= MAX_AMOUNT, f"{name}: {each.amount} and {each.fee}"
        if each.bar:
            assert own.bars[each.bar].asset == each.asset, f"{name}: a bar of another asset"
            assert each.asked <= each.amount, f"{name}: {each.amount} for {each.asked}"
        else:
            assert each.asked == each.amount, f"{name}: {each.amount} for {each.asked}"
        waiting = pending_withdrawals(state, each.account)
        assert waiting <= MAX_PENDING_WITHDRAWALS_PER_ACCOUNT, f"account {each.account}: {waiting} withdrawals"
    for asset, backed in own.backed.items():
        assert own.redeeming(asset) <= backed.outstanding, f"asset {asset}: more redeemed than there is"


def _check_sweeps(state: State) -> None:
    own = state.backing
    places = [(sweep.asset, sweep.cause) for sweep in own.sweeps]
    assert len(set(places)) == len(places), "an asset whose instruments follow twice"
    for number, sweep in enumerate(own.sweeps):
        name = f"instruments of asset {sweep.asset}"
        if sweep.cause == HaltCause.STALE_REFERENCE:
            assert sweep.asset in own.backed, f"{name}: it has no terms"
        else:
            assert sweep.cause == HaltCause.DEPEGGED, f"{name}: they do not follow for {sweep.cause.name}"
            assert state.assets[sweep.asset].asset_class == AssetClass.STABLECOIN, f"{name}: it is no money"
        assert own.halts(sweep.asset, sweep.cause) == sweep.halts, f"{name}: they follow what is over"
        assert sweep.next == 0 or number == 0, f"{name}: begun before its turn"
        assert sweep.next == 0 or sweep.next < len(state.instruments), f"{name}: done"


def _check_references(state: State) -> None:
    """Asserts that references of mints and redemptions say what there is of them."""
    for reference, original in state.references.items():
        waiting = state.backing.redemptions.get(original.withdrawal_id)
        name = f"reference {reference.text!r} of account {reference.account}"
        if reference.command in MINTING:
            assert original.asset in state.backing.backed, f"{name}: an asset without terms"
        if reference.command == CommandKind.REQUEST_REDEMPTION and waiting is not None:
            said = (waiting.account, waiting.asset, waiting.asked)
            assert said == (reference.account, original.asset, original.amount), f"{name}: {waiting} waits"
        elif reference.command != CommandKind.FORCE_TRANSFER:  # what it says in that place is a reason
            assert waiting is None, f"{name}: {waiting} waits"


MINTING: Final = (
    CommandKind.MINT,
    CommandKind.REQUEST_REDEMPTION,
    CommandKind.SETTLE_REDEMPTION,
    CommandKind.REFUSE_REDEMPTION,
)
"""Money commands on assets with terms."""
