"""The state image of holders, tables of eligibility, freezes and registers."""

import struct
from typing import Any

import pytest

import pyengine
from pyengine import reference
from pyengine.records import FreezeScope, HaltCause
from tests.images import NO_HOLDERS, NOTHING_BEHIND_HOLDERS, Images, restored_image, with_assets

DE, US = (int.from_bytes(code, "little") for code in (b"DE", b"US"))
UNITS: dict[str, int] = {"scope": FreezeScope.UNITS, "asset": 0}


def with_holders(new_engine: Any) -> Any:
    """Of everything some, set in another order than the image's; one instrument is halted for a frozen asset."""
    engine = with_assets(new_engine)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=9)
    for account in (1, 2):
        engine.create_account(account)
    engine.deposit(1, 0, 100)
    engine.set_holder(2, investor_class=4, jurisdiction=US, verified_until=77, firm=5)
    engine.set_holder(1, firm=6)
    engine.freeze(1)
    engine.set_eligibility(instrument=0, classes=6)
    codes = [(US,), (DE,)]
    engine.set_eligibility(
        asset=1, verification=1, jurisdiction_rule=2, jurisdictions=codes, max_holding=8, locked_until=9
    )
    engine.set_eligibility(asset=0, classes=1)
    engine.set_eligibility(asset=0)
    engine.freeze(scope=FreezeScope.ASSET, asset=1)
    engine.freeze(1, **UNITS, amount=11, until=50)
    engine.freeze(1, **UNITS, amount=12)
    engine.set_beneficial(1, 0, 20, to_holder=9)
    engine.set_beneficial(1, 0, 3, from_holder=9, to_holder=8)
    return engine


def holder(account: int, jurisdiction: int = 0, kind: int = 0, frozen: int = 0, firm: int = 0, until: int = 0) -> bytes:
    return struct.pack("<IHBBIQ", account, jurisdiction, kind, frozen, firm, until)


def table(kind: int, number: int, *codes: int, **rules: int) -> bytes:
    said = [rules.get(name, 0) for name in ("verification", "rule")]
    numbers = [rules.get(name, 0) for name in ("classes", "most", "locked")]
    fixed = struct.pack("<BBBBIIqQ", kind, *said, rules.get("count", len(codes)), number, *numbers)
    return fixed + struct.pack(f"<{len(codes)}H", *codes)


def units(account: int, asset: int, of: int, amount: int) -> bytes:
    """Of a freeze and of a registration."""
    return struct.pack("<IIQq", account, asset, of, amount)


FIRST, SECOND = holder(1, frozen=1, firm=6), holder(2, US, 4, firm=5, until=77)
OF_ASSET = table(0, 1, DE, US, verification=1, rule=2, most=8, locked=9)
OF_INSTRUMENT = table(1, 0, classes=6)
FROZEN_ASSETS = struct.pack("<II", 1, 1)
ENDLESS, ENDING = units(1, 0, 0, 12), units(1, 0, 50, 11)
EIGHT, NINE = units(1, 0, 8, 3), units(1, 0, 9, 17)
TWO = struct.pack("<I", 2)
FREEZES, REGISTER = TWO + ENDLESS + ENDING, TWO + EIGHT + NINE
HOLDERS = TWO + FIRST + SECOND + TWO + OF_ASSET + OF_INSTRUMENT + FROZEN_ASSETS + FREEZES + REGISTER


def test_holders_byte_by_byte(new_engine: Any) -> None:
    assert with_holders(new_engine).state_image().endswith(HOLDERS + NOTHING_BEHIND_HOLDERS)


NO_HOLDERS_OF_ANY: dict[str, list[tuple[bytes, bytes]]] = {
    "an account that is not there": [(SECOND, holder(3, US, 4, firm=5, until=77))],
    "accounts out of order": [(FIRST + SECOND, SECOND + FIRST)],
    "an account twice": [(SECOND, FIRST)],
    "nothing said of it": [(SECOND, holder(2))],
    "no such class": [(SECOND, holder(2, US, 5, firm=5, until=77))],
    "no such jurisdiction": [(SECOND, holder(2, 1, 4, firm=5, until=77))],
    "neither frozen nor not": [(FIRST, holder(1, frozen=2, firm=6))],
    "the venue's own account frozen": [(FIRST, holder(0, frozen=1, firm=6))],
    "a table of neither": [(OF_INSTRUMENT, table(2, 0, classes=6))],
    "a table of no asset": [(OF_ASSET, table(0, 9, DE, US, verification=1, rule=2, most=8, locked=9))],
    "a table of no instrument": [(OF_INSTRUMENT, table(1, 1, classes=6))],
    "tables out of order": [(OF_ASSET + OF_INSTRUMENT, OF_INSTRUMENT + OF_ASSET)],
    "a table that says nothing": [(OF_INSTRUMENT, table(1, 0))],
    "no such verification": [(OF_ASSET, table(0, 1, DE, US, verification=2, rule=2, most=8, locked=9))],
    "no such rule": [(OF_ASSET, table(0, 1, DE, US, verification=1, rule=3, most=8, locked=9))],
    "jurisdictions without a rule": [(OF_ASSET, table(0, 1, DE, US, verification=1, most=8, locked=9))],
    "jurisdictions out of order": [(OF_ASSET, table(0, 1, US, DE, verification=1, rule=2, most=8, locked=9))],
    "a jurisdiction twice": [(OF_ASSET, table(0, 1, DE, DE, verification=1, rule=2, most=8, locked=9))],
    "a jurisdiction that is none": [(OF_ASSET, table(0, 1, 5, US, verification=1, rule=2, most=8, locked=9))],
    "a class that there is not": [(OF_INSTRUMENT, table(1, 0, classes=32))],
    "a negative holding": [(OF_ASSET, table(0, 1, DE, US, verification=1, rule=2, most=-8, locked=9))],
    "an instrument's holding": [(OF_INSTRUMENT, table(1, 0, classes=6, most=1))],
    "an instrument's lock-up": [(OF_INSTRUMENT, table(1, 0, classes=6, locked=1))],
    "a frozen asset that is not there": [(OF_INSTRUMENT + FROZEN_ASSETS, OF_INSTRUMENT + struct.pack("<II", 1, 9))],
    "a freeze of nothing": [(ENDING, units(1, 0, 50, 0))],
    "a freeze of more than is held": [(ENDING, units(1, 0, 50, 12))],
    "a freeze of less than is held": [(ENDING, units(1, 0, 50, 10))],
    "a freeze of another": [(ENDING, units(2, 0, 50, 11))],
    "a freeze of the venue": [(ENDING, units(0, 0, 50, 11))],
    "freezes out of order": [(ENDLESS + ENDING, ENDING + ENDLESS)],
    "a registration to nobody": [(EIGHT, units(1, 0, 0, 3))],
    "a registration of nothing": [
        (FREEZES + REGISTER, FREEZES + struct.pack("<I", 3) + units(1, 0, 7, 0) + EIGHT + NINE)
    ],
    "a registration of more than is held": [(NINE, units(1, 0, 9, 18))],
    "registrations out of order": [(EIGHT + NINE, NINE + EIGHT)],
}


@pytest.mark.parametrize("changes", NO_HOLDERS_OF_ANY.values(), ids=NO_HOLDERS_OF_ANY)
def test_holders_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_holders(new_engine).state_image()).refuses(*changes)


HOLDERS_OF_OTHERS: dict[str, list[tuple[bytes, bytes]]] = {
    "another holder": [(SECOND, holder(2, DE, 1, firm=0, until=2**64 - 1))],
    "another table": [(OF_INSTRUMENT, table(1, 0, US, rule=1))],
    "a freeze whose time has come": [(ENDLESS + ENDING, ENDLESS + units(1, 0, 1, 11))],
    "other parts of what is held": [(ENDLESS + ENDING, units(1, 0, 0, 11) + units(1, 0, 50, 12))],
    "held for the other purpose": [(ENDING, units(1, 0, 50, 12)), (NINE, units(1, 0, 9, 16))],
}


@pytest.mark.parametrize("changes", HOLDERS_OF_OTHERS.values(), ids=HOLDERS_OF_OTHERS)
def test_holders_that_an_engine_could_write_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_holders(new_engine).state_image()).takes(*changes)


def test_a_frozen_asset_halts_its_instruments(new_engine: Any) -> None:
    engine = with_holders(new_engine)
    image = engine.state_image()
    instrument = struct.pack("<IIIqqqB", 1, 0, 500, 1, 1, 9, 1 << HaltCause.ASSET_FROZEN)
    assert Images(new_engine, image).refuses((instrument, instrument[:-1] + b"\0"))
    (refused,) = new_engine.restore(image).resume(0, cause=HaltCause.ASSET_FROZEN)
    assert refused.reason == 75


def test_both_engines_take_the_same_holders() -> None:
    """Every byte of the part, with each of its bits another."""
    image = bytearray(with_holders(reference.Engine).state_image())
    end = len(image) - len(NOTHING_BEHIND_HOLDERS)
    for at in range(end - len(HOLDERS), end):
        for bit in range(8):
            image[at] ^= 1 << bit
            python, rust = (restored_image(engine, bytes(image)) for engine in (reference.Engine, pyengine.Engine))
            assert (python is None) == (rust is None), f"bit {bit} of byte {at}"
            image[at] ^= 1 << bit


def test_a_restored_engine_asks_as_the_one_before(new_engine: Any) -> None:
    engine = with_holders(new_engine)
    restored = new_engine.restore(engine.state_image())
    for each in (engine, restored):
        each.unfreeze(scope=FreezeScope.ASSET, asset=1)
        assert [event.reason for event in each.place(2, 0, 0, 5, 1)] == [72]
        each.set_eligibility(asset=1)
        assert [event.reason for event in each.place(2, 0, 0, 5, 1)] == [71]
    assert engine.state_hash() == restored.state_hash()


def test_who_uses_none_of_it_has_nothing_of_it_in_the_image(new_engine: Any) -> None:
    engine = with_assets(new_engine)
    engine.set_holder(0)
    engine.set_eligibility(asset=0)
    engine.set_beneficial(0, 0, 1, to_holder=1)
    assert engine.state_image().endswith(NO_HOLDERS + NOTHING_BEHIND_HOLDERS)
