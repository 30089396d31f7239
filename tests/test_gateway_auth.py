"""Who may log on: signatures of both kinds in every spelling, the time window, and nonces that work once."""

import base64
from typing import Any

import pytest

from gateway import auth
from gateway.auth import TIMESTAMP_WINDOW_NS, Authenticator, Ed25519Signer, HmacSigner, LogonError
from gateway.schemas import Logon
from pyengine.config import KeyConfig

NOW = 1_767_225_600_000_000_000
SECRET = b"a shared secret of enough length"
SEED = bytes(range(32))


@pytest.fixture
def authenticator() -> Authenticator:
    ed25519 = Ed25519Signer(SEED).public_key
    return Authenticator(
        [
            KeyConfig(name="hmac", account=1, scopes=["read", "trade"], secret=SECRET.hex()),
            KeyConfig(name="ed25519", account=2, scopes=["read"], public_key=base64.b64encode(ed25519).decode()),
        ]
    )


def signed(key: str, **changes: Any) -> Logon:
    signer = Ed25519Signer(SEED) if key == "ed25519" else HmacSigner(SECRET)
    fields = {"timestamp_ns": NOW, "nonce": "nonce-0001", "cancel_on_disconnect": False, **changes}
    return auth.signed_logon(key, signer, **fields)


def refusal(authenticator: Authenticator, logon: Logon, now_ns: int = NOW) -> str:
    with pytest.raises(LogonError) as caught:
        authenticator.authenticate(logon, now_ns)
    return caught.value.code


def test_canonical_text_is_the_documented_one() -> None:
    assert auth.canonical_logon("maker-1", 17, "abcdefgh", True) == b"pyengine-logon-v1\nmaker-1\n17\nabcdefgh\n1"


@pytest.mark.parametrize(("key", "account"), [("hmac", 1), ("ed25519", 2)])
def test_valid_signature_gives_the_key(authenticator: Authenticator, key: str, account: int) -> None:
    assert authenticator.authenticate(signed(key), NOW).account == account


@pytest.mark.parametrize("key", ["hmac", "ed25519"])
def test_signature_in_base64(authenticator: Authenticator, key: str) -> None:
    logon = signed(key)
    raw = bytes.fromhex(logon.signature)
    for nonce, encode in (("nonce-b64", base64.b64encode), ("nonce-url", base64.urlsafe_b64encode)):
        logon = signed(key, nonce=nonce)
        raw = bytes.fromhex(logon.signature)
        logon.signature = encode(raw).decode().rstrip("=")
        assert authenticator.authenticate(logon, NOW).name == key


@pytest.mark.parametrize("key", ["hmac", "ed25519"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("timestamp_ns", NOW + 1),
        ("nonce", "nonce-0002"),
        ("cancel_on_disconnect", True),
        ("signature", "00" * 32),
        ("signature", "00" * 64),
        ("signature", "!"),
    ],
)
def test_every_signed_field_counts(authenticator: Authenticator, key: str, field: str, value: Any) -> None:
    logon = signed(key)
    setattr(logon, field, value)
    assert refusal(authenticator, logon) == "logon_failed"


def test_one_key_does_not_sign_for_another(authenticator: Authenticator) -> None:
    logon = signed("hmac")
    logon.key = "ed25519"
    assert refusal(authenticator, logon) == "logon_failed"
    logon.key = "nobody"
    assert refusal(authenticator, logon) == "logon_failed"


@pytest.mark.parametrize("offset", [-TIMESTAMP_WINDOW_NS - 1, TIMESTAMP_WINDOW_NS + 1])
def test_time_window(authenticator: Authenticator, offset: int) -> None:
    inside = offset - (1 if offset > 0 else -1)
    assert refusal(authenticator, signed("hmac", timestamp_ns=NOW + offset)) == "timestamp_outside_window"
    assert authenticator.authenticate(signed("hmac", timestamp_ns=NOW + inside), NOW)


def test_nonce_works_once_as_long_as_its_time_is_valid(authenticator: Authenticator) -> None:
    logon = signed("hmac", timestamp_ns=NOW + TIMESTAMP_WINDOW_NS)
    authenticator.authenticate(logon, NOW)
    for later in (0, TIMESTAMP_WINDOW_NS, 2 * TIMESTAMP_WINDOW_NS):
        assert refusal(authenticator, logon, NOW + later) == "nonce_reused"
    assert refusal(authenticator, logon, NOW + 2 * TIMESTAMP_WINDOW_NS + 1) == "timestamp_outside_window"


def test_nonce_is_free_after_its_window_and_per_key(authenticator: Authenticator) -> None:
    authenticator.authenticate(signed("hmac"), NOW)
    authenticator.authenticate(signed("ed25519"), NOW)
    later = NOW + 2 * TIMESTAMP_WINDOW_NS + 1
    authenticator.authenticate(signed("hmac", timestamp_ns=later), later)


def test_wrong_signature_uses_up_no_nonce(authenticator: Authenticator) -> None:
    forged = signed("hmac")
    forged.signature = "00" * 32
    assert refusal(authenticator, forged) == "logon_failed"
    assert authenticator.authenticate(signed("hmac"), NOW)


def test_nonce_store_is_bounded_and_recovers(authenticator: Authenticator) -> None:
    for number in range(auth.NONCES_PER_KEY_MAX):
        authenticator.authenticate(signed("hmac", nonce=f"nonce-{number:05}"), NOW)
    assert refusal(authenticator, signed("hmac", nonce="one-too-many")) == "rate_limited"
    later = NOW + 2 * TIMESTAMP_WINDOW_NS + 1
    assert authenticator.authenticate(signed("hmac", nonce="one-too-many", timestamp_ns=later), later)
