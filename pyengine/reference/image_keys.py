"""API keys in the state image (`engine_core/docs/semantics.md`, section 9, part 16)."""

from __future__ import annotations

import struct
from typing import Final

from pyengine.packing import DOCUMENT_WORD
from pyengine.records import MAX_KEY_DOCUMENT_WORDS
from pyengine.reference.image_reader import U32, Reader
from pyengine.reference.state import Key, State

_KEY: Final = struct.Struct("<IIQ")


def encode(state: State) -> bytes:
    """All of them, by id."""
    return b"".join([U32.pack(len(state.keys)), *map(_encode_key, state.keys)])


def _encode_key(key: Key) -> bytes:
    return _KEY.pack(key.account, len(key.document) // DOCUMENT_WORD, key.expires_at) + key.document


def decode(reader: Reader, state: State) -> None:
    """Reads them; whether they can be is checked afterwards."""
    for _ in range(reader.count()):
        account, words, expires_at = reader.take(_KEY)
        assert words <= MAX_KEY_DOCUMENT_WORDS, f"a document of {words} words"
        state.keys.append(Key(account, expires_at, reader.bytes(words * DOCUMENT_WORD)))
