"""What stands behind assets, beside its tables: keys and signatures on which both engines agree, properties of random
histories, many instruments that follow an asset, bounds of what is listed.
"""

import hashlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

import pyengine
from pyengine import CommandError, reference
from pyengine.attestation import attestation_text
from pyengine.events import Attested, AttestorSet, Event, Halted, Minted, Pulsed, Rejected, Resumed
from pyengine.records import (
    MAX_AMOUNT,
    MAX_ATTESTORS,
    MAX_REFINERS,
    PULSE_ITEMS,
    AssetClass,
    AssetForm,
    AttestationPolicy,
    BarPolicy,
    HaltCause,
    RejectCode,
)
from pyengine.reference.attestor_keys import FIELD, D, added, decoded
from tests.scenarios_backing import KEYS

USDC, GOLD = 0, 1
ISSUER, HOLDER = 1, 2
ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the base point of Ed25519 (RFC 8032, 5.1)."""
OUNCE = 1_000_000


def opened(new_engine: Any, **terms: Any) -> Any:
    """An engine with money, and gold of which a smallest unit is an ounce."""
    engine = new_engine()
    engine.create_asset(USDC, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(GOLD, "GOLD", AssetClass.GOLD, 9)
    engine.create_account(ISSUER)
    engine.create_account(HOLDER)
    said: dict[str, Any] = {"form": AssetForm.TOKENIZED, "backing": OUNCE * 10**9} | terms
    engine.set_asset_terms(GOLD, ISSUER, **said)
    return engine


def reason(events: list[Any]) -> RejectCode:
    (event,) = events
    rejected = Event.from_bytes(bytes(event))
    assert isinstance(rejected, Rejected), f"{rejected} is no refusal"
    return RejectCode(rejected.reason)


def encoded(point: tuple[int, int]) -> bytes:
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def small_order() -> list[tuple[int, int]]:
    """The eight points of it: the multiples of the first that has order 8, each a point multiplied by `ORDER`."""
    for y in range(2, 100):
        point = decoded(y.to_bytes(32, "little"))
        if point is None:
            continue
        sum_, base, left = (0, 1), point, ORDER
        while left:
            if left & 1:
                sum_ = added(sum_, base)
            base, left = added(base, base), left >> 1
        points = [(0, 1)]
        while (following := added(points[-1], sum_)) != (0, 1):
            points.append(following)
        if len(points) == 8:
            return points
    raise AssertionError("no point of order 8")


SMALL = small_order()


def test_points_are_on_the_curve() -> None:
    for x, y in SMALL:
        assert (-x * x + y * y - 1 - D * x * x * y * y) % FIELD == 0


KEYS_THAT_ARE_NONE = {
    **{f"small order {number}": encoded(point) for number, point in enumerate(SMALL)},
    **{f"p + {more}": (FIELD + more).to_bytes(32, "little") for more in range(19)},
    **{f"p + {more}, signed": (FIELD + more | 1 << 255).to_bytes(32, "little") for more in range(19)},
    "minus zero": (1 | 1 << 255).to_bytes(32, "little"),
    "minus zero, the other": (FIELD - 1 | 1 << 255).to_bytes(32, "little"),
    "not on the curve": (2).to_bytes(32, "little"),
    "all ones": b"\xff" * 32,
}


@pytest.mark.parametrize("key", KEYS_THAT_ARE_NONE.values(), ids=KEYS_THAT_ARE_NONE)
def test_what_is_no_key_is_refused(new_engine: Any, key: bytes) -> None:
    assert reason(opened(new_engine).set_attestor(0, key)) == RejectCode.INVALID_PARAMETER


@given(st.binary(min_size=32, max_size=32))
def test_both_engines_know_the_same_keys(key: bytes) -> None:
    said = [bytes(opened(engine).set_attestor(0, key)[0]) for engine in (reference.Engine, pyengine.Engine)]
    assert said[0] == said[1]


def test_a_key_has_32_bytes_and_a_signature_64(new_engine: Any) -> None:
    engine = opened(new_engine)
    with pytest.raises(CommandError, match="public_key: 31 bytes"):
        engine.set_attestor(0, bytes(31))
    with pytest.raises(CommandError, match="signature: 65 bytes"):
        engine.attest(GOLD, 0, 1, 0, 10, bytes(65))


def attested(new_engine: Any, signature: bytes, key: bytes = KEYS[0].public_key().public_bytes_raw()) -> Any:
    engine = opened(new_engine)
    assert isinstance(Event.from_bytes(bytes(engine.set_attestor(0, key)[0])), AttestorSet)
    (event,) = engine.attest(GOLD, 0, 5, 0, 10, signature)
    return Event.from_bytes(bytes(event))


TEXT = attestation_text("GOLD", 0, 5, 0, 10)
SIGNED = KEYS[0].sign(TEXT)


def scalar(value: int) -> bytes:
    return SIGNED[:32] + value.to_bytes(32, "little")


S = int.from_bytes(SIGNED[32:], "little")
SIGNATURES_THAT_FIT_NOTHING = {
    "zeros": bytes(64),
    "ones": b"\xff" * 64,
    "S beyond the order": scalar(S + ORDER),
    "S beyond the order, by much": scalar(S + 8 * ORDER),
    "another S": scalar(S ^ 1),
    "another R": bytes([SIGNED[0] ^ 1]) + SIGNED[1:],
    "the sign of R": SIGNED[:31] + bytes([SIGNED[31] ^ 0x80]) + SIGNED[32:],
    "R beyond the field": (FIELD + 1).to_bytes(32, "little") + SIGNED[32:],
    "of another text": KEYS[0].sign(TEXT + b" "),
    "of another key": KEYS[1].sign(TEXT),
}


def test_the_text_of_an_attestation_is_what_the_document_says() -> None:
    assert TEXT == b"pyengine attestation v1 asset=GOLD attestor=0 reserve=5 as_of=0 valid_until=10"


def test_a_signature_fits(new_engine: Any) -> None:
    assert isinstance(attested(new_engine, SIGNED), Attested)


@pytest.mark.parametrize("signature", SIGNATURES_THAT_FIT_NOTHING.values(), ids=SIGNATURES_THAT_FIT_NOTHING)
def test_what_does_not_fit_is_refused(new_engine: Any, signature: bytes) -> None:
    event = attested(new_engine, signature)
    assert isinstance(event, Rejected)
    assert event.reason == RejectCode.INVALID_SIGNATURE


def expanded(secret: bytes) -> int:
    """The secret scalar of a key (RFC 8032, 5.1.5)."""
    digest = bytearray(hashlib.sha512(secret).digest()[:32])
    digest[0] &= 248
    digest[31] = digest[31] & 127 | 64
    return int.from_bytes(digest, "little")


@pytest.mark.parametrize("point", SMALL, ids=[str(number) for number in range(8)])
def test_both_engines_say_the_same_of_a_signature_with_an_r_of_small_order(point: tuple[int, int]) -> None:
    """Who has the key can make such: where the libraries' stricter rules differ."""
    secret, key = bytes([3] * 32), KEYS[0].public_key().public_bytes_raw()
    r = encoded(point)
    k = int.from_bytes(hashlib.sha512(r + key + TEXT).digest(), "little")
    signature = r + (k * expanded(secret) % ORDER).to_bytes(32, "little")
    said = [type(attested(engine, signature)) for engine in (reference.Engine, pyengine.Engine)]
    assert said == [Attested if point == (0, 1) else Rejected] * 2


@given(st.binary(min_size=64, max_size=64))
def test_both_engines_say_the_same_of_any_signature(signature: bytes) -> None:
    said = [bytes(attested(engine, signature)) for engine in (reference.Engine, pyengine.Engine)]
    assert said[0] == said[1]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("bar"), st.integers(1, 12)),
        st.tuples(st.just("unbar"), st.integers(1, 12)),
        st.tuples(st.just("mint"), st.integers(1, 30)),
        st.tuples(st.just("redeem"), st.integers(1, 14)),
        st.tuples(st.just("deliver"), st.integers(1, 12)),
        st.tuples(st.just("refuse"), st.integers(1, 12)),
        st.tuples(st.just("deposit"), st.integers(1, 9)),
        st.tuples(st.just("policy"), st.integers(0, 2)),
    ),
    max_size=60,
)


@given(STEPS)
def test_bars_cover_what_is_outstanding_and_every_unit_is_accounted_for(steps: list[tuple[str, int]]) -> None:
    terms: dict[str, Any] = {"form": AssetForm.TOKENIZED, "backing": OUNCE * 10**9, "redemption_fee_rate": 30_000}
    engine = opened(pyengine.Engine, bars=BarPolicy.WHOLE, **terms)
    engine.set_refiner(0, "R")
    deposits = 0
    for number, (what, value) in enumerate(steps):
        match what:
            case "bar":
                weights = {"gross_weight": value * OUNCE, "fine_weight": value * OUNCE - 1}
                engine.register_bar(GOLD, 0, f"S{number}", **weights)
            case "unbar":
                engine.remove_bar(value)
            case "mint":
                engine.mint(ISSUER, GOLD, value)
                engine.transfer(ISSUER, HOLDER, GOLD, value // 2)
            case "redeem":
                engine.request_redemption(HOLDER, GOLD, value)
            case "deliver":
                engine.settle_redemption(HOLDER, value)
            case "refuse":
                engine.refuse_redemption(HOLDER, value)
            case "deposit":
                engine.deposit(HOLDER, GOLD, value)
                deposits += value
            case "policy":
                engine.set_asset_terms(GOLD, ISSUER, bars=value, **terms)
        (row,) = engine.backing()
        outstanding = row["minted"] - row["burned"]
        assert row["redeeming"] <= outstanding
        if row["bars"] != BarPolicy.NONE:
            assert row["fine_weight"] >= outstanding * OUNCE
        assert engine.issued(GOLD) == deposits + outstanding == engine.total(GOLD)
        held = {account: engine.balance(account, GOLD)[1] for account in (ISSUER, HOLDER)}
        waiting, _ = engine.redemptions(None, 0, 99)
        assert held == {ISSUER: 0, HOLDER: sum(each[4] + each[5] for each in waiting)}
    assert pyengine.Engine.restore(engine.state_image()).state_hash() == engine.state_hash()
    assert reference.Engine.restore(engine.state_image()).state_hash() == engine.state_hash()


@given(
    st.integers(0, MAX_AMOUNT),
    st.integers(1, MAX_AMOUNT),
    st.integers(0, 18),
    st.integers(1, MAX_AMOUNT),
)
def test_nothing_is_minted_beyond_a_reserve_of_any_size(reserve: int, backing: int, decimals: int, amount: int) -> None:
    """To the unit, in whole numbers, whatever the sizes."""
    for new_engine in (reference.Engine, pyengine.Engine):
        engine: Any = new_engine()
        engine.create_asset(0, "GOLD", AssetClass.GOLD, decimals)
        policy = {"form": AssetForm.TOKENIZED, "attestation": AttestationPolicy.MINTING}
        engine.set_asset_terms(0, 0, backing=backing, **policy)
        engine.set_attestor(0, KEYS[0].public_key().public_bytes_raw())
        engine.attest(0, 0, reserve, 0, 9, KEYS[0].sign(attestation_text("GOLD", 0, reserve, 0, 9)))
        (event,) = engine.mint(0, 0, amount)
        event = Event.from_bytes(bytes(event))
        assert isinstance(event, Minted) == (amount * backing <= reserve * 10**decimals)
        if isinstance(event, Rejected):
            assert (event.value, event.bound) == (amount, min(reserve * 10**decimals // backing, MAX_AMOUNT))


def test_many_instruments_follow_an_asset_a_pulse_at_a_time(new_engine: Any) -> None:
    engine = opened(new_engine)
    count = PULSE_ITEMS + 4
    for number in range(count):
        engine.create_instrument(number, f"I{number}", GOLD, USDC, lot_size=1, tick_lot_value=1, max_price=9)
    engine.set_peg(USDC, band_bps=100)
    engine.set_cash_reference(USDC, 900_000)
    assert engine.next_due == engine.timestamp_ns
    *first, pulsed = engine.pulse()
    assert (len(first), pulsed.items) == (PULSE_ITEMS, PULSE_ITEMS)
    assert all(isinstance(Event.from_bytes(bytes(event)), Halted) for event in first)
    restored = new_engine.restore(engine.state_image())
    # What comes back meanwhile overtakes it, and finds the others as they were.
    for each in (engine, restored):
        each.set_cash_reference(USDC, 1_000_000)
        *first, _ = each.pulse()
        assert [type(Event.from_bytes(bytes(event))) for event in first] == [Resumed] * PULSE_ITEMS
        (pulsed,) = each.pulse()
        assert Event.from_bytes(bytes(pulsed)).items == 4
        assert each.next_due is None
    assert engine.state_hash() == restored.state_hash()


def test_a_cause_of_two_assets_is_lifted_with_the_last(new_engine: Any) -> None:
    engine = opened(new_engine)
    engine.create_asset(2, "EURC", AssetClass.STABLECOIN, 6)
    engine.create_instrument(0, "EURC-USDC", 2, USDC, lot_size=1, tick_lot_value=1, max_price=9)
    for asset in (USDC, 2):
        engine.set_peg(asset, band_bps=100)
        engine.set_cash_reference(asset, 900_000)
    said = [type(Event.from_bytes(bytes(event))) for event in engine.pulse()]
    assert said == [Halted, Pulsed]
    engine.set_cash_reference(USDC, 1_000_000)
    assert [type(Event.from_bytes(bytes(event))) for event in engine.pulse()] == [Pulsed]
    engine.set_peg(2)
    *_, resumed, _ = engine.pulse()
    assert (resumed.cause, resumed.causes) == (HaltCause.DEPEGGED, 0)


def test_registries_are_bounded(new_engine: Any) -> None:
    engine = opened(new_engine)
    key = KEYS[0].public_key().public_bytes_raw()
    assert reason(engine.set_attestor(1, key)) == RejectCode.ID_NOT_NEXT
    for number in range(MAX_ATTESTORS):
        engine.set_attestor(number, key)
    assert reason(engine.set_attestor(MAX_ATTESTORS, key)) == RejectCode.REGISTRY_FULL
    for number in range(MAX_REFINERS):
        engine.set_refiner(number, f"R{number}")
    assert reason(engine.set_refiner(MAX_REFINERS, "NEW")) == RejectCode.REGISTRY_FULL
    assert reason(engine.set_refiner(0, "R1")) == RejectCode.ALREADY_EXISTS
    assert len(engine.state_image()) > MAX_ATTESTORS * 36
    assert new_engine.restore(engine.state_image()).state_hash() == engine.state_hash()


def test_what_was_ever_minted_is_bounded(new_engine: Any) -> None:
    engine = opened(new_engine, form=AssetForm.NATIVE, backing=0)
    engine.mint(ISSUER, GOLD, MAX_AMOUNT)
    engine.request_redemption(ISSUER, GOLD, MAX_AMOUNT)
    engine.settle_redemption(ISSUER, 1)
    assert engine.issued(GOLD) == 0
    assert reason(engine.mint(ISSUER, GOLD, 1)) == RejectCode.OVERFLOW


def test_a_redemption_counts_as_a_withdrawal(new_engine: Any) -> None:
    engine = opened(new_engine, form=AssetForm.NATIVE, backing=0)
    engine.mint(ISSUER, GOLD, 100)
    for number in range(64):
        request = engine.request_withdrawal if number % 2 else engine.request_redemption
        request(ISSUER, GOLD, 1)
    assert reason(engine.request_redemption(ISSUER, GOLD, 1)) == RejectCode.WITHDRAWAL_LIMIT
    assert reason(engine.request_withdrawal(ISSUER, GOLD, 1)) == RejectCode.WITHDRAWAL_LIMIT
    assert reason(engine.settle_withdrawal(ISSUER, 1)) == RejectCode.UNKNOWN_WITHDRAWAL
    assert reason(engine.settle_redemption(ISSUER, 2)) == RejectCode.UNKNOWN_WITHDRAWAL


def test_another_key_signs_from_now_on(new_engine: Any) -> None:
    engine = opened(new_engine)
    other = Ed25519PrivateKey.from_private_bytes(bytes([9] * 32))
    engine.set_attestor(0, KEYS[0].public_key().public_bytes_raw())
    engine.set_attestor(0, other.public_key().public_bytes_raw())
    assert reason(engine.attest(GOLD, 0, 5, 0, 10, SIGNED)) == RejectCode.INVALID_SIGNATURE
    (event,) = engine.attest(GOLD, 0, 5, 0, 10, other.sign(TEXT))
    assert isinstance(Event.from_bytes(bytes(event)), Attested)
