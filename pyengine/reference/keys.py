"""API keys (`engine_core/docs/semantics.md`, section 6): SET_KEY, REVOKE_KEY. What a document says is the gateway's."""

from __future__ import annotations

from pyengine.events import KeyRevoked, KeySet
from pyengine.packing import DOCUMENT_WORD
from pyengine.records import MAX_KEY_DOCUMENT_WORDS, MAX_KEYS, RejectCode, RevokeKey, SetKey
from pyengine.reference.machine import Machine
from pyengine.reference.state import Key, State, find


def set_key(machine: Machine, account_id: int, body: SetKey) -> RejectCode | None:
    """SET_KEY."""
    state = machine.state
    if not 1 <= body.document_len <= MAX_KEY_DOCUMENT_WORDS:
        return RejectCode.MALFORMED
    if find(state.accounts, account_id) is None:
        return RejectCode.UNKNOWN_ACCOUNT
    if 1 <= body.key_id <= len(state.keys):
        if (refusal := not_to_be_had(state, account_id, body.key_id)) is not None:
            return refusal
    elif len(state.keys) >= MAX_KEYS:
        return RejectCode.REGISTRY_FULL
    elif body.key_id != len(state.keys) + 1:
        return RejectCode.ID_NOT_NEXT
    if 0 < body.expires_at <= state.timestamp_ns:
        return RejectCode.INVALID_EXPIRY

    state.keys[body.key_id - 1 : body.key_id] = [Key(account_id, body.expires_at, body.document)]
    machine.emit(KeySet, account_id, key_id=body.key_id, expires_at=body.expires_at)
    return None


def revoke_key(machine: Machine, account_id: int, body: RevokeKey) -> RejectCode | None:
    """REVOKE_KEY."""
    state = machine.state
    if find(state.accounts, account_id) is None:
        return RejectCode.UNKNOWN_ACCOUNT
    if (refusal := not_to_be_had(state, account_id, body.key_id)) is not None:
        return refusal

    state.keys[body.key_id - 1] = Key(account_id)
    machine.emit(KeyRevoked, account_id, key_id=body.key_id)
    return None


def not_to_be_had(state: State, account_id: int, number: int) -> RejectCode | None:
    """Why an account has no such key."""
    if not 1 <= number <= len(state.keys) or state.keys[number - 1].account != account_id:
        return RejectCode.UNKNOWN_KEY
    return RejectCode.KEY_REVOKED if state.keys[number - 1].is_revoked else None


def check_keys(state: State) -> None:
    """Asserts that every key can have been set, or revoked."""
    assert len(state.keys) <= MAX_KEYS, f"{len(state.keys)} keys"
    for number, key in enumerate(state.keys, start=1):
        assert key.account < len(state.accounts), f"key {number}: no such account"
        assert len(key.document) <= MAX_KEY_DOCUMENT_WORDS * DOCUMENT_WORD, f"key {number}: too long a document"
        assert len(key.document) % DOCUMENT_WORD == 0, f"key {number}: a document of {len(key.document)} bytes"
        assert not key.is_revoked or key.expires_at == 0, f"key {number}: revoked, with an end at {key.expires_at}"
