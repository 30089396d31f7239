"""By what an order is known again: that the hashes are SipHash and XXH3, and what goes into them."""

from typing import Any

import pytest
import xxhash

from pyengine.commands import pack_place
from pyengine.errors import CommandError
from pyengine.packing import unpack
from pyengine.records import AssetClass, EventKind, Place, Side, TimeInForce
from pyengine.reference.client_ids import content, digest, siphash

PRIME32, PRIME64 = 2_654_435_761, 11_400_714_785_074_694_797


def sanity_buffer(length: int) -> bytes:
    """The bytes that the vectors of the xxHash project are about."""
    state, out = PRIME32, bytearray()
    for _ in range(length):
        out.append(state >> 56)
        state = state * PRIME64 % 2**64
    return bytes(out)


@pytest.mark.parametrize(
    ("length", "seed", "expected"),
    [
        (0, 0, 0x2D06800538D394C2),
        (0, PRIME64, 0xA8A6B918B2F0364A),
        (1, 0, 0xC44BDFF4074EECDB),
        (6, 0, 0x27B56A84CD2D7325),
        (12, 0, 0xA713DAF0DFBB77E7),
        (24, 0, 0xA3FE70BF9D3510EB),
        (48, 0, 0x397DA259ECBA1F11),
    ],
)
def test_xxh3_64(length: int, seed: int, expected: int) -> None:
    assert xxhash.xxh3_64_intdigest(sanity_buffer(length), seed) == expected


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (0, "a3817f04ba25a8e66df67214c7550293"),
        (1, "da87c1d86b99af44347659119b22fc45"),
        (2, "8177228da4a45dc7fca38bdef60affe4"),
    ],
)
def test_siphash(length: int, expected: str) -> None:
    """Vectors of the reference implementation, which are of SipHash-2-4."""
    assert siphash(bytes(range(16)), bytes(range(length)), 2, 4).hex() == expected


def test_a_digest_is_siphash_of_the_account_and_the_characters() -> None:
    key = bytes(range(16))
    assert digest(key, 0x04030201, b"an id of 18 letters") == siphash(key, b"\1\2\3\4an id of 18 letters", 1, 3)


def placed(**fields: Any) -> Place:
    body = unpack(pack_place(1, 2, 1, 3, 4)).body
    assert isinstance(body, Place)
    return body._replace(**fields)


def test_a_content_is_xxh3_64_of_the_body_as_it_lies_in_the_record() -> None:
    record = pack_place(1, 2, 1, 3, 4)
    assert content(placed()) == xxhash.xxh3_64_intdigest(record[24:56])


@pytest.mark.parametrize(
    "field", ["instrument", "side", "order_type", "time_in_force", "stp", "price", "quantity", "quantity_kind"]
)
def test_every_field_is_content(field: str) -> None:
    assert content(placed(**{field: 9})) != content(placed())


def test_the_name_is_no_content() -> None:
    """Nor is who asks, or when: those are not in the body."""
    named = unpack(pack_place(7, 2, 1, 3, 4, client_order_id="name", timestamp_ns=5)).body
    assert isinstance(named, Place)
    assert named.client_order_id_len == 4
    assert content(named) == content(placed())


@pytest.mark.parametrize("name", ["1", "1234", "12345678", "a" * 11, "a" * 12, "a" * 13, "~" * 35, "!" * 36])
def test_both_engines_remember_by_that_digest(new_engine: Any, name: str) -> None:
    """Under the key of their genesis, and that of the state that they are restored from."""
    key = b"sixteen letters."
    engine = new_engine(client_id_key=key)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "XAU", AssetClass.GOLD, 6)
    engine.create_instrument(0, "XAU-USDC", 1, 0, lot_size=1, tick_lot_value=1, max_price=100)
    for account in (1, 2):
        engine.create_account(account)
        engine.deposit(account, 0, 1_000)
        engine.place(account, 0, Side.BUY, 1, 1, client_order_id=name, time_in_force=TimeInForce.IOC)
    image = engine.state_image()
    assert [image.count(digest(key, account, name.encode())) for account in (0, 1, 2)] == [0, 1, 1]
    restored = type(engine).restore(image)
    (again,) = restored.place(2, 0, Side.BUY, 1, 1, client_order_id=name, time_in_force=TimeInForce.IOC)
    assert again.kind == EventKind.DUPLICATE


def test_a_key_has_sixteen_bytes(new_engine: Any) -> None:
    for length in (0, 15, 17):
        with pytest.raises(CommandError, match=f"client_id_key: {length} bytes, a key has 16"):
            new_engine(client_id_key=bytes(length))
