"""Who may log on: API keys, scopes and signatures. No IO, no clock, no randomness and no memory of what was used.

A logon proves possession of a key over a text that holds the server's challenge, which is random and belongs to one
connection. So a recorded logon is worth nothing: on any other connection, after a restart, whatever a clock says.
"""

import hashlib
import hmac
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, Literal, Protocol, TypeAlias

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gateway.schemas import U32, KeyName, Logon, Scope
from pyengine.config import decode_secret
from pyengine.packing import DOCUMENT_WORD

LOGON_DOMAIN: Final = "pyengine-logon-v2"
LENGTH_BYTES: Final = 2
"""In front of a packed document."""
Network: TypeAlias = IPv4Network | IPv6Network


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
        """What the venue gets to know, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(message)


def signed_logon(key: str, signer: Signer, challenge: str, *, cancel_on_disconnect: bool) -> Logon:
    """A logon message, signed: the answer to the challenge that the server sent on this connection."""
    signature = signer.sign(canonical_logon(challenge, key, cancel_on_disconnect)).hex()
    return Logon(key=key, signature=signature, cancel_on_disconnect=cancel_on_disconnect)


class KeyDocument(msgspec.Struct, frozen=True, array_like=True):
    """What the journal keeps of a key beside its account and its end. Fields are only appended."""

    name: KeyName
    algorithm: Literal["ed25519", "hmac"]
    verifier: bytes
    """Of Ed25519 the public key, of HMAC the sealed secret: see `keys.Sealing`."""
    scopes: tuple[Scope, ...]
    rate_per_second: U32
    burst: U32
    allow: tuple[bytes, ...] = ()
    """Networks that it may come from, each an address and a byte with the length of its prefix; none: any."""
    note: str = ""

    def packed(self) -> bytes:
        """As a document of the engine: its length, MessagePack, zeros up to a whole word."""
        text = msgspec.msgpack.encode(self)
        document = len(text).to_bytes(LENGTH_BYTES, "little") + text
        return document + bytes(-len(document) % DOCUMENT_WORD)

    @classmethod
    def unpacked(cls, document: bytes) -> "KeyDocument":
        """`ValueError` if it is none."""
        end = LENGTH_BYTES + int.from_bytes(document[:LENGTH_BYTES], "little")
        if any(document[end:]):
            raise ValueError("bytes behind the end")
        return msgspec.msgpack.decode(document[LENGTH_BYTES:end], type=cls)

    @property
    def networks(self) -> list[Network]:
        """Those of `allow`."""
        return [ip_network((each[:-1], each[-1])) for each in self.allow]


def packed_network(text: str) -> bytes:
    """A network as `allow` has it. `ValueError` says what is wrong with it."""
    network = ip_network(text)
    return network.network_address.packed + bytes((network.prefixlen,))


class ApiKey:
    """A key that is not revoked. `secret` is that of HMAC, which nothing but a key holds in the open."""

    def __init__(self, number: int, account: int, expires_at: int, document: KeyDocument, secret: bytes = b"") -> None:
        self.number = number
        """Its id: what the headers of its commands say."""
        self.index = number - 1
        """Its place among the hub's keys."""
        self.account = account
        self.expires_at = expires_at
        self.document = document
        self.name = document.name
        self.scopes: frozenset[Scope] = frozenset(document.scopes)
        self.rate_per_second = document.rate_per_second
        self.burst = document.burst
        self.secret = secret
        self._networks = document.networks
        self._public_key = (
            Ed25519PublicKey.from_public_bytes(document.verifier) if document.algorithm == "ed25519" else None
        )

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's over the message.

        Both algorithms are gone through, HMAC in constant time: how long it takes does not tell which the key is of.
        """
        by_secret = hmac.compare_digest(hmac.digest(self.secret, message, hashlib.sha256), signature)
        try:
            (self._public_key or _NOBODYS).verify(signature, message)
        except InvalidSignature:
            by_public_key = False
        else:
            by_public_key = self._public_key is not None
        return by_public_key if self._public_key is not None else by_secret

    def has_expired(self, now_ns: int) -> bool:
        """Whether it is good for nothing any more."""
        return 0 < self.expires_at <= now_ns

    def admits(self, address: str) -> bool:
        """Whether it may come from there. An IPv4 address that is written as one of IPv6 is that of IPv4."""
        if not self._networks:
            return True
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
        return any((mapped or parsed) in network for network in self._networks)


_NOBODYS: Final = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"nobody").digest()).public_key()
_NOBODY: Final = ApiKey(0, 0, 0, KeyDocument("-", "hmac", b"", (), 0, 0), secret=b"-")
"""Whose signature nobody has."""


class Authenticator:
    """All keys of the venue that are not revoked."""

    def __init__(self, keys: Iterable[ApiKey] = ()) -> None:
        self.keys: dict[str, ApiKey] = {}
        """By name."""
        self.by_number: dict[int, ApiKey] = {}
        for key in keys:
            self.set(key)

    def set(self, key: ApiKey) -> None:
        """From now on a logon of this name is this key's."""
        self.keys[key.name] = self.by_number[key.number] = key

    def remove(self, key: ApiKey) -> None:
        """From now on nobody has heard of it."""
        del self.keys[key.name], self.by_number[key.number]

    def authenticate(self, logon: Logon, challenge: str, address: str, now_ns: int) -> ApiKey:
        """The key that signed the logon as the answer to the challenge. `LogonError` otherwise.

        A name that nobody has costs what a wrong signature costs. Only who has the key is told what else is wrong.
        """
        key = self.keys.get(logon.key)
        message = canonical_logon(challenge, logon.key, logon.cancel_on_disconnect)
        try:
            signature = decode_secret(logon.signature)
        except ValueError:
            signature = b""
        if not (key or _NOBODY).verifies(message, signature) or key is None:
            raise LogonError("logon_failed", "unknown key or wrong signature")
        if key.has_expired(now_ns):
            raise LogonError("key_expired", f"key {key.name!r} has expired")
        if not key.admits(address):
            raise LogonError("address_refused", f"key {key.name!r} may not be used from {address}")
        return key
