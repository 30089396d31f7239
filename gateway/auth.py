"""Who may log on: API keys, scopes, signatures and used nonces. No IO and no clock: the caller passes the time.

A logon proves possession of a key over a text that holds a time and a nonce, so that a recorded logon is worth nothing:
outside `TIMESTAMP_WINDOW_NS` the time refuses it, inside it the nonce does.
"""

import hashlib
import hmac
from collections import deque
from collections.abc import Iterable
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gateway.schemas import Logon, Scope
from pyengine.config import KeyConfig, decode_secret

LOGON_DOMAIN: Final = "pyengine-logon-v1"
TIMESTAMP_WINDOW_NS: Final = 5_000_000_000
# Nonces are kept until their window has passed on both sides; a key that would overflow the store is refused instead of
# forgotten, so a flood of logons by one key holder can not open the door to a replay of another's.
NONCES_PER_KEY_MAX: Final = 1_024


class LogonError(Exception):
    """A refused logon: `code` is the protocol's error code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def canonical_logon(key: str, timestamp_ns: int, nonce: str, cancel_on_disconnect: bool) -> bytes:
    """The bytes that are signed. None of the parts can hold a line end, so the text has one reading."""
    return "\n".join((LOGON_DOMAIN, key, str(timestamp_ns), nonce, "1" if cancel_on_disconnect else "0")).encode()


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


def signed_logon(key: str, signer: Signer, timestamp_ns: int, nonce: str, *, cancel_on_disconnect: bool) -> Logon:
    """A logon message, signed."""
    signature = signer.sign(canonical_logon(key, timestamp_ns, nonce, cancel_on_disconnect)).hex()
    return Logon(
        key=key, timestamp_ns=timestamp_ns, nonce=nonce, signature=signature, cancel_on_disconnect=cancel_on_disconnect
    )


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


class NonceStore:
    """The nonces of one key that a recorded logon could still be replayed with, oldest first."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._expiry: deque[tuple[int, str]] = deque()

    def use(self, nonce: str, now_ns: int) -> None:
        """Takes the nonce. `LogonError` if it was used within the window or the store is full."""
        while self._expiry and self._expiry[0][0] < now_ns:
            self._used.discard(self._expiry.popleft()[1])
        if nonce in self._used:
            raise LogonError("nonce_reused", "this nonce was used before")
        if len(self._used) >= NONCES_PER_KEY_MAX:
            raise LogonError("rate_limited", f"more than {NONCES_PER_KEY_MAX} logons of this key within the window")
        self._used.add(nonce)
        # A timestamp may lie one window ahead of the clock and stays valid for one window after that.
        self._expiry.append((now_ns + 2 * TIMESTAMP_WINDOW_NS, nonce))


class Authenticator:
    """All keys of the venue."""

    def __init__(self, keys: Iterable[KeyConfig]) -> None:
        self.keys = {config.name: ApiKey(index, config) for index, config in enumerate(keys)}
        self._nonces: dict[str, NonceStore] = {}

    def authenticate(self, logon: Logon, now_ns: int) -> ApiKey:
        """The key that signed the logon. `LogonError` otherwise; a nonce is used up only by a valid signature."""
        offset_ns = logon.timestamp_ns - now_ns
        if abs(offset_ns) > TIMESTAMP_WINDOW_NS:
            raise LogonError(
                "timestamp_outside_window",
                f"`timestamp_ns` is {offset_ns} ns from the server's clock, the limit is {TIMESTAMP_WINDOW_NS}",
            )
        key = self.keys.get(logon.key)
        message = canonical_logon(logon.key, logon.timestamp_ns, logon.nonce, logon.cancel_on_disconnect)
        try:
            signature = decode_secret(logon.signature)
        except ValueError:
            signature = b""
        if key is None or not key.verifies(message, signature):
            raise LogonError("logon_failed", "unknown key or wrong signature")
        self._nonces.setdefault(key.name, NonceStore()).use(logon.nonce, now_ns)
        return key
