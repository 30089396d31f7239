"""By what an order is known again: that the hashes are XXH3, and what goes into them."""

from typing import Any

import pytest
import xxhash

from pyengine.commands import pack_place
from pyengine.packing import unpack
from pyengine.records import AssetClass, EventKind, Place, RejectCode, Side
from pyengine.reference.client_ids import content, digest

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
    ("length", "seed", "low", "high"),
    [
        (0, 0, 0x6001C324468D497F, 0x99AA06D3014798D8),
        (0, PRIME32, 0x5444F7869C671AB0, 0x92220AE55E14AB50),
        (1, 0, 0xC44BDFF4074EECDB, 0xA6CD5E9392000F6A),
        (1, PRIME32, 0xB53D5557E7F76F8D, 0x89B99554BA22467C),
        (6, PRIME32, 0x269D8F70BE98856E, 0x5A865B5389ABD2B1),
        (12, PRIME32, 0x9BE9F9A67F3C7DFB, 0xD7E09D518A3405D3),
        (24, PRIME32, 0xD7304C54EBAD40A9, 0x3162026714A6A243),
        (48, PRIME32, 0x7BA3C3E453A1934E, 0x163ADDE36C072295),
    ],
)
def test_a_digest_is_xxh3_128_seeded_with_the_account(length: int, seed: int, low: int, high: int) -> None:
    expected = low.to_bytes(8, "little") + high.to_bytes(8, "little")
    assert digest(seed, sanity_buffer(length)) == expected


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


def test_ids_of_two_accounts_with_one_digest_are_two(new_engine: Any) -> None:
    """A seed is only added to what is hashed: the digest alone would answer one account with another's order."""
    names = {1: "1-103", 2: "2-100"}
    assert len({digest(account, name.encode()) for account, name in names.items()}) == 1
    engine = new_engine()
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "XAU", AssetClass.GOLD, 6)
    engine.create_instrument(0, "XAU-USDC", 1, 0, lot_size=1, tick_lot_value=1, max_price=100)
    for account in names:
        engine.create_account(account)
        engine.deposit(account, 0, 1_000)
    place = [engine.place(account, 0, Side.BUY, account, 1, client_order_id=name) for account, name in names.items()]
    assert [events[0].kind for events in place] == [EventKind.ACCEPTED] * 2
    restored = type(engine).restore(engine.state_image())
    for at, (account, name) in enumerate(names.items()):
        (again,) = restored.place(account, 0, Side.BUY, account, 1, client_order_id=name)
        assert (again.kind, again.order_id) == (EventKind.DUPLICATE, place[at][0].order_id)
        (cancelled,) = restored.cancel(account, client_order_id=name)
        assert (cancelled.kind, cancelled.order_id) == (EventKind.CANCELLED, place[at][0].order_id)
        (other,) = restored.place(account, 0, Side.BUY, 9, 1, client_order_id=name)
        assert (other.kind, other.reason) == (EventKind.REJECTED, RejectCode.CLIENT_ORDER_ID_REUSED)
