"""Who may log on: signatures of both kinds in every spelling, each the answer to one challenge and to no other."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from gateway import auth
from gateway.auth import ApiKey, Authenticator, Ed25519Signer, HmacSigner, KeyDocument, LogonError
from gateway.schemas import Logon

CHALLENGE = "5a" * 32
ADDRESS = "192.0.2.7"
NOW = 1_700_000_000_000_000_000
SECRET = b"a shared secret of enough length"
SEED = bytes(range(32))


@pytest.fixture
def authenticator() -> Authenticator:
    ed25519 = Ed25519Signer(SEED).public_key
    return Authenticator(
        [
            ApiKey(1, 1, 0, KeyDocument("hmac", "hmac", b"sealed", ("read", "trade"), 1, 1), SECRET),
            ApiKey(2, 2, 0, KeyDocument("ed25519", "ed25519", ed25519, ("read",), 1, 1)),
        ]
    )


def signed(key: str, challenge: str = CHALLENGE, *, cancel_on_disconnect: bool = False) -> Logon:
    signer = Ed25519Signer(SEED) if key == "ed25519" else HmacSigner(SECRET)
    return auth.signed_logon(key, signer, challenge, cancel_on_disconnect=cancel_on_disconnect)


def refusal(authenticator: Authenticator, logon: Logon, challenge: str = CHALLENGE) -> str:
    with pytest.raises(LogonError) as caught:
        authenticator.authenticate(logon, challenge, ADDRESS, NOW)
    return caught.value.code


def test_canonical_text_is_the_documented_one() -> None:
    assert auth.canonical_logon("c0ffee", "maker-1", True) == b"pyengine-logon-v2\nc0ffee\nmaker-1\n1"


@pytest.mark.parametrize(("key", "account"), [("hmac", 1), ("ed25519", 2)])
def test_valid_signature_gives_the_key(authenticator: Authenticator, key: str, account: int) -> None:
    assert authenticator.authenticate(signed(key), CHALLENGE, ADDRESS, NOW).account == account


@pytest.mark.parametrize("key", ["hmac", "ed25519"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_signature_in_base64(authenticator: Authenticator, key: str, encode: Callable[[bytes], bytes]) -> None:
    logon = signed(key)
    logon.signature = encode(bytes.fromhex(logon.signature)).decode().rstrip("=")
    assert authenticator.authenticate(logon, CHALLENGE, ADDRESS, NOW).name == key


@pytest.mark.parametrize("key", ["hmac", "ed25519"])
@pytest.mark.parametrize(
    ("field", "value"),
    [("cancel_on_disconnect", True), ("signature", "00" * 32), ("signature", "00" * 64), ("signature", "!")],
)
def test_every_signed_field_counts(authenticator: Authenticator, key: str, field: str, value: Any) -> None:
    logon = signed(key)
    setattr(logon, field, value)
    assert refusal(authenticator, logon) == "logon_failed"


@pytest.mark.parametrize("key", ["hmac", "ed25519"])
@pytest.mark.parametrize("challenge", ["5a" * 31 + "5b", "", CHALLENGE.upper()])
def test_a_captured_logon_answers_no_other_challenge(authenticator: Authenticator, key: str, challenge: str) -> None:
    assert refusal(authenticator, signed(key), challenge) == "logon_failed"


def test_one_key_does_not_sign_for_another(authenticator: Authenticator) -> None:
    logon = signed("hmac")
    logon.key = "ed25519"
    assert refusal(authenticator, logon) == "logon_failed"
    logon.key = "nobody"
    assert refusal(authenticator, logon) == "logon_failed"
