"""Who may log on: API keys, scopes and signatures. No IO, no clock, no randomness and no memory of what was used.

A logon proves possession of a key over a text that holds the server's challenge, which is random and belongs to one
connection. So a recorded logon is worth nothing: on any other connection, after a restart, whatever a clock says.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gateway.schemas import Logon, Scope
from pyengine.config import KeyConfig, decode_secret

LOGON_DOMAIN: Final = "pyengine-logon-v2"


class LogonError(Exception):
    """A refused logon: `code` is the protocol's error code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def canonical_logon(challenge: str, key: str, cancel_on_disconnect: bool) -> bytes:
    """The bytes that are signed. None of the parts can hold a line end, so the text has one reading."""
    return "\n".join((LOGON_DOMAIN, challenge, key, "1" if cancel_on_disconnect else "0")).encode()


class Signer(Protocol):
    """The client's half of a key."""

    def sign(self, message: bytes) -> bytes:
        """The signature's bytes."""


class HmacSigner:
    """HMAC-SHA256 with a shared secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign(self, message: bytes) -> bytes:
        """32 bytes."""
        return hmac.digest(self._secret, message, hashlib.sha256)


class Ed25519Signer:
    """Ed25519 with the 32-byte private seed."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> bytes:
        """What goes into the venue's configuration, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(message)


def signed_logon(key: str, signer: Signer, challenge: str, *, cancel_on_disconnect: bool) -> Logon:
    """A logon message, signed: the answer to the challenge that the server sent on this connection."""
    signature = signer.sign(canonical_logon(challenge, key, cancel_on_disconnect)).hex()
    return Logon(key=key, signature=signature, cancel_on_disconnect=cancel_on_disconnect)


class ApiKey:
    """A configured key; `index` is its dense number among the keys."""

    def __init__(self, index: int, config: KeyConfig) -> None:
        self.index = index
        self.name = config.name
        self.account = config.account
        self.scopes: frozenset[Scope] = frozenset(config.scopes)
        self.rate_per_second = config.rate_per_second
        self.burst = config.burst
        self._secret = decode_secret(config.secret) if config.secret else b""
        self._public_key = (
            Ed25519PublicKey.from_public_bytes(decode_secret(config.public_key)) if config.public_key else None
        )

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's over the message; in constant time for HMAC."""
        if self._public_key is None:
            return hmac.compare_digest(hmac.digest(self._secret, message, hashlib.sha256), signature)
        try:
            self._public_key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class Authenticator:
    """All keys of the venue."""

    def __init__(self, keys: Iterable[KeyConfig]) -> None:
        self.keys = {config.name: ApiKey(index, config) for index, config in enumerate(keys)}

    def authenticate(self, logon: Logon, challenge: str) -> ApiKey:
        """The key that signed the logon as the answer to the challenge. `LogonError` otherwise."""
        key = self.keys.get(logon.key)
        message = canonical_logon(challenge, logon.key, logon.cancel_on_disconnect)
        try:
            signature = decode_secret(logon.signature)
        except ValueError:
            signature = b""
        if key is None or not key.verifies(message, signature):
            raise LogonError("logon_failed", "unknown key or wrong signature")
        return key
