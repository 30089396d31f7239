"""The state image of API keys."""

import struct
from typing import Any

import pytest

import pyengine
from pyengine import SnapshotError, reference
from pyengine.records import MAX_KEYS, RejectCode
from tests.images import NO_KEYS, NOTHING_BEHIND_KEYS, Images, restored_image, with_assets

LONGEST = b"\xff" * 512
SHORT = b"a key's " * 2


def with_keys(new_engine: Any) -> Any:
    """Two accounts with keys: of the longest document, of a short one that ends, revoked."""
    engine = with_assets(new_engine)
    engine.create_account(1)
    engine.set_key(1, 1, LONGEST)
    engine.set_key(0, 2, SHORT, expires_at=99, timestamp_ns=70)
    engine.set_key(1, 3, SHORT, expires_at=2**64 - 1)
    engine.revoke_key(1, 3)
    return engine


def of_key(account: int, document: bytes, expires_at: int = 0, words: int | None = None) -> bytes:
    """What the rule book lays out."""
    return struct.pack("<IIQ", account, len(document) // 8 if words is None else words, expires_at) + document


FIRST, SECOND, REVOKED = of_key(1, LONGEST), of_key(0, SHORT, 99), of_key(1, b"")
KEYS = struct.pack("<I", 3) + FIRST + SECOND + REVOKED


def test_keys_byte_by_byte(new_engine: Any) -> None:
    assert with_keys(new_engine).state_image().endswith(KEYS + NOTHING_BEHIND_KEYS)


IMPOSSIBLE = {
    "an account that is not there": [(SECOND, of_key(2, SHORT, 99))],
    "revoked, with an end": [(SECOND + REVOKED, SECOND + of_key(1, b"", 1))],
    "too long a document": [(FIRST, of_key(1, LONGEST + bytes(8)))],
    "more words than there are": [(SECOND, of_key(0, SHORT, 99, words=3))],
    "fewer words than there are": [(SECOND, of_key(0, SHORT, 99, words=1))],
    "more than there are": [(KEYS, struct.pack("<I", 4) + KEYS[4:])],
    "fewer than there are": [(KEYS, struct.pack("<I", 2) + KEYS[4:])],
}


@pytest.mark.parametrize("changes", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_keys_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_keys(new_engine).state_image()).refuses(*changes)


POSSIBLE = {
    "another's": [(SECOND, of_key(1, SHORT, 99))],
    "one that has ended": [(SECOND, of_key(0, SHORT, 1))],
    "one that never does": [(SECOND, of_key(0, SHORT))],
    "a document of zeros": [(SECOND, of_key(0, bytes(16), 99))],
    "all revoked": [(FIRST + SECOND, REVOKED + of_key(0, b""))],
    "none": [(KEYS, NO_KEYS)],
}


@pytest.mark.parametrize("changes", POSSIBLE.values(), ids=POSSIBLE)
def test_keys_that_an_engine_could_write_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_keys(new_engine).state_image()).takes(*changes)


@pytest.mark.parametrize(("count", "defect"), [(MAX_KEYS, "truncated"), (MAX_KEYS + 1, "too many keys")])
def test_more_keys_than_there_can_be_are_not_read(count: int, defect: str) -> None:
    image = with_keys(pyengine.Engine).state_image()
    with pytest.raises(SnapshotError, match=defect):
        pyengine.Engine.restore(image.removesuffix(KEYS + NOTHING_BEHIND_KEYS) + struct.pack("<I", count))


def test_both_engines_take_the_same_keys() -> None:
    """Every byte of the part, with each of its bits another."""
    image = bytearray(with_keys(reference.Engine).state_image())
    end = len(image) - len(NOTHING_BEHIND_KEYS)
    for at in range(end - len(KEYS), end):
        for bit in range(8):
            image[at] ^= 1 << bit
            python, rust = (restored_image(engine, bytes(image)) for engine in (reference.Engine, pyengine.Engine))
            assert python == rust, f"bit {bit} of byte {at}"
            image[at] ^= 1 << bit


def test_a_restored_engine_knows_whose_keys_are_whose(new_engine: Any) -> None:
    engine = with_keys(new_engine)
    restored = new_engine.restore(engine.state_image())
    assert restored.keys() == engine.keys() == [(1, 0, LONGEST), (0, 99, SHORT), (1, 0, b"")]
    for each in (engine, restored):
        (refused,) = each.set_key(1, 3, SHORT)
        assert refused.reason == RejectCode.KEY_REVOKED
        (new,) = each.set_key(0, 4, SHORT)
        assert (new.account, new.key_id) == (0, 4)
    assert engine.state_hash() == restored.state_hash()
