"""The venue's API keys: what the journal has of them, what an operator changes, and how their secrets are kept.

The journal owns them: the engine numbers them and keeps their documents, which are written and read here. A public key
lies in its document as it is, a secret sealed: who has the journal, a backup or an image of the state, but not the
sealing key, has no secret. Nothing here logs, and no error says more of a secret than what is wrong with it.
"""

import hashlib
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from gateway import schemas
from gateway.auth import ApiKey, Authenticator, KeyDocument, packed_network
from gateway.hub import Hub
from pyengine.commands import pack_revoke_key, pack_set_key
from pyengine.config import ConfigError, LimitsConfig, VenueConfig, decode_hmac_secret, decode_public_key, sealing_key
from pyengine.files import make_private, sync_directory

SEALING_BYTES: Final = 32
NONCE_BYTES: Final = 12
HMAC_BLOCK_BYTES: Final = 64
_OF_THIS_PROCESS: Final = secrets.token_bytes(SEALING_BYTES)

KeyRequest: TypeAlias = schemas.AdminSetKey | schemas.AdminRevokeKey


class KeyRefusedError(Exception):
    """A key cannot be made, changed or revoked like that; `code` is the protocol's error code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Sealing:
    """Seals secrets with a key out of a file, which the first secret makes; without a path, for this process alone.

    ChaCha20-Poly1305 (RFC 8439) under a random nonce; the number and the name of the API key are authenticated, so a
    sealed secret opens for no other key. `ConfigError` names the file.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._cipher = ChaCha20Poly1305(_OF_THIS_PROCESS) if path is None else None

    def seal(self, number: int, name: str, secret: bytes) -> bytes:
        """The nonce and the sealed secret."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._opened(make=True).encrypt(nonce, secret, _sealed_for(number, name))

    def unseal(self, number: int, name: str, sealed: bytes) -> bytes:
        """The secret."""
        try:
            return self._opened(make=False).decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _sealed_for(number, name)
            )
        except (InvalidTag, ValueError) as error:
            raise self._unusable(f"is not the key that the secret of API key {name!r} was sealed with") from error

    def _opened(self, *, make: bool) -> ChaCha20Poly1305:
        if self._cipher is None:
            self._cipher = ChaCha20Poly1305(self._read(make=make))
        return self._cipher

    def _read(self, *, make: bool) -> bytes:
        assert self._path is not None
        try:
            if make and not self._path.exists():
                self._make(self._path)
            key = bytes.fromhex(self._path.read_text(encoding="ascii").strip())
        except FileNotFoundError as error:
            raise self._unusable("is not there, but the journal has secrets that were sealed with it") from error
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from error
        except ValueError as error:
            raise self._unusable(f"is not {SEALING_BYTES} bytes in hex") from error
        if len(key) != SEALING_BYTES:
            raise self._unusable(f"is not {SEALING_BYTES} bytes in hex")
        return key

    @staticmethod
    def _make(path: Path) -> None:
        """On disk, and whole or not there, before anything is sealed with it."""
        make_private(path.parent)
        written = path.with_name(f"{path.name}.new")
        written.unlink(missing_ok=True)
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SEALING_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(written)  # never over another, whoever made that meanwhile
        written.unlink()
        sync_directory(path.parent)

    def _unusable(self, problem: str) -> ConfigError:
        return ConfigError(f"$.secrets.sealing_key: {self._path or 'the key of this process'}: {problem}")


def _sealed_for(number: int, name: str) -> bytes:
    return f"pyengine-key-v1\n{number}\n{name}".encode()


class Change(NamedTuple):
    """A change of a key before the engine has carried it out."""

    record: bytes
    """The command."""
    before: ApiKey | None
    after: ApiKey | None
    """What the key is then; None: revoked."""


class Keys:
    """All keys of a venue, as its journal has them."""

    def __init__(self, hub: Hub, sealing: Sealing, limits: LimitsConfig) -> None:
        """`ConfigError` if a secret cannot be opened, or a document not be read."""
        self._hub = hub
        self._sealing = sealing
        self._requests = (limits.requests_per_second, limits.requests_burst)
        self.authenticator = Authenticator()
        self._accounts: list[int] = []
        """Of every key, those that are revoked included."""
        for number, (account, expires_at, document) in enumerate(hub.keys(), start=1):
            self._accounts.append(account)
            if document:
                self._take(self._read(number, account, expires_at, document))

    @classmethod
    def of(cls, hub: Hub, config: VenueConfig) -> "Keys":
        """Those of the venue of a configuration."""
        return cls(hub, Sealing(sealing_key(config)), config.limits)

    def __len__(self) -> int:
        return len(self._accounts)

    def change(self, request: KeyRequest, now_ns: int) -> Change:
        """What carries a request out; nothing has changed yet. `KeyRefusedError` if it cannot be."""
        before = self.authenticator.keys.get(request.name)
        if isinstance(request, schemas.AdminRevokeKey):
            if before is None:
                raise KeyRefusedError("unknown_key", f"no key {request.name!r}")
            self._keep_an_operator(before, None)
            return Change(pack_revoke_key(before.account, before.number), before, None)
        if before is not None and before.account != request.account:
            raise _invalid(f"key {request.name!r} is of account {before.account}, and remains so")
        if 0 < request.expires_at <= now_ns:
            raise _invalid(f"expires_at: {request.expires_at} is past")
        number = before.number if before is not None else len(self) + 1
        document, secret = self._document(number, request, before)
        after = ApiKey(number, request.account, request.expires_at, document, secret)
        self._keep_an_operator(before, after)
        record = pack_set_key(after.account, number, document.packed(), expires_at=after.expires_at)
        return Change(record, before, after)

    def carried_out(self, change: Change) -> None:
        """The engine has: from now on logons are by it."""
        if change.after is not None:
            if change.before is None:
                self._accounts.append(change.after.account)
            self._take(change.after)
        elif change.before is not None:
            self.authenticator.remove(change.before)

    def ended(self, key: ApiKey, address: str, now_ns: int) -> str | None:
        """Why a session of a key, as it was at its logon, from there, cannot go on; None if it can."""
        now = self.authenticator.by_number.get(key.number)
        if now is None:
            return "key_revoked"
        if now.has_expired(now_ns):
            return "key_expired"
        if now is key:
            return None
        if now.document.verifier != key.document.verifier:
            return "key_rotated"
        return None if key.scopes <= now.scopes and now.admits(address) else "key_changed"

    def page(self, request: schemas.AdminGetKeys) -> schemas.Keys:
        """By number, from `first` on."""
        first = max(1, request.first)
        numbers = range(first, min(first + request.limit, len(self) + 1))
        following = first + request.limit if first + request.limit <= len(self) else 0
        infos = [self._info(number) for number in numbers]
        return schemas.Keys(ref=request.ref, seq=self._hub.sequence, keys=infos, next=following)

    def terms(self) -> list[schemas.AdminSetKey]:
        """What would make each key that is not revoked, with its secret."""
        return [terms_of(self._info(key.number), key.secret.hex()) for key in self.authenticator.by_number.values()]

    def _info(self, number: int) -> schemas.KeyInfo:
        key = self.authenticator.by_number.get(number)
        if key is None:
            return schemas.KeyInfo(key=number, account=self._accounts[number - 1], revoked=True)
        document = key.document
        return schemas.KeyInfo(
            key=number,
            name=key.name,
            account=key.account,
            scopes=list(document.scopes),
            algorithm=document.algorithm,
            public_key=document.verifier.hex() if document.algorithm == "ed25519" else "",
            rate_per_second=key.rate_per_second,
            burst=key.burst,
            expires_at=key.expires_at,
            allow=[str(network) for network in document.networks],
            note=document.note,
        )

    def _take(self, key: ApiKey) -> None:
        self.authenticator.set(key)
        self._hub.set_limits(key.index, (key.rate_per_second, key.burst), self._requests)

    def _read(self, number: int, account: int, expires_at: int, packed: bytes) -> ApiKey:
        try:
            document = KeyDocument.unpacked(packed)
            secret = (
                self._sealing.unseal(number, document.name, document.verifier) if document.algorithm == "hmac" else b""
            )
            return ApiKey(number, account, expires_at, document, secret)
        except ValueError as error:
            raise ConfigError(f"API key {number} of the journal has a document of something else: {error}") from error

    def _document(self, number: int, request: schemas.AdminSetKey, before: ApiKey | None) -> tuple[KeyDocument, bytes]:
        """The document, and the secret in the open."""
        if request.public_key and request.secret:
            raise _invalid("`public_key` and `secret` exclude each other")
        if before is None and not (request.public_key or request.secret):
            raise _invalid("a new key has a `public_key` or a `secret`")
        secret = b"" if before is None else before.secret
        algorithm: Literal["ed25519", "hmac"]
        if request.public_key:
            algorithm, verifier, secret = "ed25519", _decoded(decode_public_key, "public_key", request.public_key), b""
        elif request.secret:
            secret = _decoded(hmac_key, "secret", request.secret)
            algorithm, verifier = "hmac", self._seal(number, request.name, secret)
        else:
            assert before is not None
            algorithm, verifier = before.document.algorithm, before.document.verifier
        scopes = tuple(scope for scope in ("read", "trade", "admin") if scope in request.scopes)
        rates = (request.rate_per_second, request.burst)
        allow = []
        for place, text in enumerate(request.allow):
            try:
                allow.append(packed_network(text))
            except ValueError as error:
                raise _invalid(f"allow[{place}]: {error}") from error
        return KeyDocument(request.name, algorithm, verifier, scopes, *rates, tuple(allow), request.note), secret

    def _seal(self, number: int, name: str, secret: bytes) -> bytes:
        try:
            return self._sealing.seal(number, name, secret)
        except ConfigError as error:
            raise KeyRefusedError("unavailable", str(error)) from error

    def _keep_an_operator(self, before: ApiKey | None, after: ApiKey | None) -> None:
        """A venue whose last administrator's key ends has nobody who could make another."""
        if before is None or not _lasts(before) or (after is not None and _lasts(after)):
            return
        if not any(_lasts(key) for key in self.authenticator.keys.values() if key is not before):
            raise KeyRefusedError(
                "last_admin_key", f"{before.name!r} is the last key with the scope 'admin' that does not expire"
            )


def hmac_key(text: str) -> bytes:
    """A secret as it is kept. `ValueError` if it is none.

    What is longer than a block counts for HMAC as its hash does (RFC 2104, section 2).
    """
    secret = decode_hmac_secret(text)
    return secret if len(secret) <= HMAC_BLOCK_BYTES else hashlib.sha256(secret).digest()


def terms_of(info: schemas.KeyInfo, secret: str = "") -> schemas.AdminSetKey:
    """The request that would make a key; without its secret, that would leave it as it is."""
    return schemas.AdminSetKey(
        name=info.name,
        account=info.account,
        scopes=info.scopes,
        public_key=info.public_key,
        secret=secret,
        rate_per_second=info.rate_per_second,
        burst=info.burst,
        expires_at=info.expires_at,
        allow=info.allow,
        note=info.note,
    )


def _lasts(key: ApiKey) -> bool:
    return "admin" in key.scopes and key.expires_at == 0


def _invalid(message: str) -> KeyRefusedError:
    return KeyRefusedError("invalid_key", message)


def _decoded(decode: Callable[[str], bytes], name: str, text: str) -> bytes:
    try:
        return decode(text)
    except ValueError as error:
        raise _invalid(f"{name}: {error}") from error
