"""The state image of what stands behind assets."""

import struct
from typing import Any

import pytest

import pyengine
from pyengine import reference
from pyengine.attestation import attestation_text
from pyengine.records import AssetClass, AssetForm, AttestationPolicy, BarPolicy, CommandKind, RefinerStatus
from tests.images import NO_ACTIONS, SHARD, Images, restored_image
from tests.scenarios_backing import KEYS, WEAK

MINT, REQUEST, SETTLE = CommandKind.MINT, CommandKind.REQUEST_REDEMPTION, CommandKind.SETTLE_REDEMPTION
OUNCE = 1_000_000


def backed(new_engine: Any) -> Any:
    """Money outside its band, shares that are attested, gold with three bars of which a redemption has one."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 6)
    engine.create_asset(2, "GOLD", AssetClass.GOLD, 9)
    engine.create_instrument(0, "GOLD-USDC", 2, 0, lot_size=1, tick_lot_value=1, max_price=9)
    engine.create_instrument(1, "AAPL-USDC", 1, 0, lot_size=1, tick_lot_value=1, max_price=9)
    engine.create_account(1)
    tokenized: dict[str, Any] = {"form": AssetForm.TOKENIZED}
    engine.set_asset_terms(
        1, 1, backing=OUNCE, attestation=AttestationPolicy.TRADING, isin="US0378331005", redemption_fee=7, **tokenized
    )
    engine.set_asset_terms(2, 1, backing=OUNCE * 10**9, bars=BarPolicy.WHOLE, vault="V", **tokenized)
    engine.set_attestor(0, KEYS[0].public_key().public_bytes_raw())
    engine.attest(1, 0, 900, 5, 100, KEYS[0].sign(attestation_text("AAPL", 0, 900, 5, 100)), timestamp_ns=10)
    engine.set_refiner(0, "R0")
    engine.set_refiner(1, "R1", status=RefinerStatus.DELISTED)
    for number in range(3):
        weight = (number + 4) * OUNCE
        engine.register_bar(2, 0, f"B{number}", gross_weight=weight + 9, fine_weight=weight, vault="V")
    engine.mint(1, 2, 10, reference="m")
    engine.mint(1, 1, 300)
    engine.request_redemption(1, 2, 3, reference="r")
    engine.request_redemption(1, 1, 20)
    engine.request_redemption(1, 1, 30, reference="s")
    engine.settle_redemption(1, 3, reference="s")
    engine.set_peg(0, band_bps=100, haircut_bps=5, source=3)
    engine.set_cash_reference(0, 900_000, source=3, observed_at=4)
    return engine


def text(characters: str) -> bytes:
    return struct.pack("<B16s", len(characters), characters.encode())


ATTESTOR = KEYS[0].public_key().public_bytes_raw() + bytes(4)
REFINERS = text("R0") + bytes(3) + text("R1") + bytes([1, 0, 0])
ATTESTED = struct.pack("<IqQQ", 0, 900, 5, 100)


def terms(asset: int, policies: bytes, isin: str, vault: str, values: tuple[int, ...], issuer: int = 1) -> bytes:
    fixed = struct.pack("<II5s3x", asset, issuer, policies)
    return fixed + text(isin) + text("") + text(vault) + struct.pack("<Iqqqqqq", *values)


SHARES = terms(1, bytes([1, 2, 0, 1, 0]), "US0378331005", "", (0, OUNCE, 1, 1, 7, 300, 30)) + ATTESTED
METAL = terms(2, bytes([1, 0, 2, 0, 0]), "", "V", (0, OUNCE * 10**9, 1, 1, 0, 10, 0))


def bar(number: int, serial: str, ounces: int, **other: int) -> bytes:
    said = {"asset": 2, "refiner": 0, "more": 9} | other
    weights = struct.pack("<qq", ounces * OUNCE + said["more"], ounces * OUNCE)
    return struct.pack("<QII", number, said["asset"], said["refiner"]) + text(serial) + text("V") + weights


def redemption(number: int, *said: int) -> bytes:
    return struct.pack("<QIIqqqQ", number, *said)


BARS = bar(1, "B0", 4), bar(2, "B1", 5), bar(3, "B2", 6)
OF_METAL, OF_SHARES = redemption(1, 1, 2, 3, 4, 0, 1), redemption(2, 1, 1, 20, 20, 7, 0)
PEG = struct.pack("<IIIIIqQ", 0, 100, 5, 3, 3, 900_000, 4)
SWEEPS = struct.pack("<IBB2xI", 1, 4, 0, 0) + struct.pack("<IBB2xI", 0, 7, 1, 0)


def count(number: int) -> bytes:
    return struct.pack("<I", number)


PART = b"".join(
    (
        *(count(1), ATTESTOR, count(2), REFINERS, count(2), SHARES, METAL),
        *(struct.pack("<Q", 3), count(3), *BARS),
        *(count(2), OF_METAL, OF_SHARES, count(1), PEG, count(2), SWEEPS),
    )
)


def test_the_part_byte_by_byte(new_engine: Any) -> None:
    assert backed(new_engine).state_image().endswith(PART + NO_ACTIONS)


def test_it_comes_back(new_engine: Any) -> None:
    engine = backed(new_engine)
    restored = new_engine.restore(engine.state_image())
    for each in (engine, restored):
        each.settle_redemption(1, 1)
        each.pulse()
        each.mint(1, 1, 9)
        each.request_redemption(1, 2, 5)
    assert engine.state_hash() == restored.state_hash()


def test_both_engines_write_and_read_the_same() -> None:
    image = backed(reference.Engine).state_image()
    assert image == backed(pyengine.Engine).state_image()
    assert restored_image(reference.Engine, image) == restored_image(pyengine.Engine, image) == image


def moved(command: int, characters: str, *said: int) -> bytes:
    return struct.pack("<IBB", 1, command, len(characters)) + characters.encode() + struct.pack("<IIqQQ", *said)


MINTED, REQUESTED, SETTLED = (
    moved(MINT, "m", 2, 0, 10, 0, 16),
    moved(REQUEST, "r", 2, 0, 3, 1, 18),
    moved(SETTLE, "s", 1, 0, 30, 3, 21),
)

NOT_SO = {
    "a key of small order": [(ATTESTOR, WEAK + bytes(4))],
    "a status of an attestor": [(ATTESTOR, ATTESTOR[:32] + bytes([2, 0, 0, 0]))],
    "reserved bytes of an attestor": [(ATTESTOR, ATTESTOR[:32] + bytes([0, 1, 0, 0]))],
    "no attestor": [(count(1) + ATTESTOR, count(0))],
    "a code twice": [(REFINERS, text("R0") + bytes(3) + text("R0") + bytes([1, 0, 0]))],
    "no code": [(REFINERS, text("R0") + bytes(3) + text("") + bytes([1, 0, 0]))],
    "a code with a blank": [(REFINERS, text("R0") + bytes(3) + text("R ") + bytes([1, 0, 0]))],
    "characters behind a code": [(REFINERS, text("R0") + bytes(3) + b"\1R1" + bytes(14) + bytes([1, 0, 0]))],
    "no refiner of a bar": [(count(2) + REFINERS, count(0))],
    "terms out of order": [(SHARES + METAL, METAL + SHARES)],
    "terms twice": [(SHARES + METAL, SHARES + SHARES)],
    "terms of no asset": [(METAL, count(3) + METAL[4:])],
    "no issuer": [(METAL, METAL[:4] + count(2) + METAL[8:])],
    "an unknown form": [(METAL, METAL[:8] + b"\3" + METAL[9:])],
    "tokens of nothing": [(METAL, terms(2, bytes([1, 0, 0, 0, 0]), "", "V", (0, 0, 1, 1, 0, 10, 0)))],
    "a wrong check digit": [(b"US0378331005", b"US0378331004")],
    "more burned than minted": [
        (METAL, terms(2, bytes([1, 0, 2, 0, 0]), "", "V", (0, OUNCE * 10**9, 1, 1, 0, 10, 11)))
    ],
    "more minted than bars cover": [
        (METAL, terms(2, bytes([1, 0, 2, 0, 0]), "", "V", (0, OUNCE * 10**9, 1, 1, 0, 16, 0)))
    ],
    "never attested and not expired": [(SHARES, SHARES[:11] + b"\0" + SHARES[12 : -len(ATTESTED)])],
    "expired and valid": [(SHARES, SHARES[:12] + b"\1" + SHARES[13:])],
    "attested in another way": [(SHARES, SHARES[:11] + b"\2" + SHARES[12:])],
    "attested in time to come": [(ATTESTED, struct.pack("<IqQQ", 0, 900, 11, 100))],
    "attested by nobody": [(ATTESTED, struct.pack("<IqQQ", 1, 900, 5, 100))],
    "less than no reserve": [(ATTESTED, struct.pack("<IqQQ", 0, -1, 5, 100))],
    "an attestation that was never valid": [(ATTESTED, struct.pack("<IqQQ", 0, 900, 5, 5))],
    "fewer bars registered": [(struct.pack("<Q", 3) + count(3), struct.pack("<Q", 2) + count(3))],
    "bars out of order": [(BARS[1] + BARS[2], BARS[2] + BARS[1])],
    "a serial number twice": [(BARS[1], bar(2, "B0", 5))],
    "no serial number": [(BARS[1], bar(2, "", 5))],
    "a bar that is not fine": [(BARS[1], bar(2, "B1", 5, more=OUNCE))],
    "lighter than fine": [(BARS[1], bar(2, "B1", 5, more=-1))],
    "a bar of shares": [(BARS[1], bar(2, "B1", 5, asset=1))],
    "a bar of no refiner": [(BARS[1], bar(2, "B1", 5, refiner=2))],
    "redemptions out of order": [(OF_METAL + OF_SHARES, OF_SHARES + OF_METAL)],
    "a redemption that was never requested": [(OF_SHARES, redemption(4, 1, 1, 20, 20, 7, 0))],
    "a redemption that is settled": [(OF_SHARES, redemption(3, 1, 1, 20, 20, 7, 0))],
    "of another account": [(OF_SHARES, redemption(2, 0, 1, 20, 20, 7, 0))],
    "of an account that is not there": [(OF_SHARES, redemption(2, 2, 1, 20, 20, 7, 0))],
    "of an asset without terms": [(OF_SHARES, redemption(2, 1, 0, 20, 20, 7, 0))],
    "of another amount": [(OF_SHARES, redemption(2, 1, 1, 20, 21, 6, 0))],
    "of another fee": [(OF_SHARES, redemption(2, 1, 1, 20, 20, 8, 0))],
    "of a bar of another asset": [(OF_SHARES, redemption(2, 1, 1, 20, 20, 7, 2))],
    "of a bar that is not there": [(OF_METAL, redemption(1, 1, 2, 3, 4, 0, 4))],
    "less than was asked": [(OF_METAL, redemption(1, 1, 2, 5, 4, 0, 1))],
    "nothing asked": [(OF_METAL, redemption(1, 1, 2, 0, 4, 0, 1))],
    "of another than its reference says": [(OF_METAL, redemption(1, 1, 2, 2, 4, 0, 1))],
    "a band of nothing": [(PEG, struct.pack("<IIIIIqQ", 0, 0, 5, 3, 3, 900_000, 4))],
    "a band of all": [(PEG, struct.pack("<IIIIIqQ", 0, 10_001, 5, 3, 3, 900_000, 4))],
    "a band of shares": [(PEG, struct.pack("<IIIIIqQ", 1, 100, 5, 3, 3, 900_000, 4))],
    "a value below 0": [(PEG, struct.pack("<IIIIIqQ", 0, 100, 5, 3, 3, -1, 4))],
    "no value, and observed": [(PEG, struct.pack("<IIIIIqQ", 0, 100, 5, 3, 3, 0, 4))],
    "within its band, and its instruments halt": [(PEG, struct.pack("<IIIIIqQ", 0, 100, 5, 3, 3, 1_000_000, 4))],
    "instruments twice": [(SWEEPS, SWEEPS[:12] * 2)],
    "another cause": [(SWEEPS[:12], struct.pack("<IBB2xI", 1, 5, 0, 0))],
    "halted for what is not asked": [(SWEEPS[:12], struct.pack("<IBB2xI", 1, 4, 1, 0))],
    "begun before its turn": [(SWEEPS, SWEEPS[:12] + struct.pack("<IBB2xI", 0, 7, 1, 1))],
    "gone through": [(SWEEPS, struct.pack("<IBB2xI", 1, 4, 0, 2) + SWEEPS[12:])],
    "a mint of what has no terms": [(MINTED, moved(MINT, "m", 0, 0, 10, 0, 16))],
    "a mint of a redemption": [(MINTED, moved(MINT, "m", 2, 0, 10, 1, 16))],
    "a mint by another": [(MINTED, moved(MINT, "m", 2, 1, 10, 0, 16))],
    "settled and waiting": [(SETTLED, moved(SETTLE, "s", 1, 0, 20, 2, 21))],
    "a withdrawal of a redemption's id": [(REQUESTED, moved(CommandKind.REQUEST_WITHDRAWAL, "r", 2, 0, 3, 1, 18))],
}


@pytest.mark.parametrize("changes", NOT_SO.values(), ids=NOT_SO)
def test_what_no_engine_writes_is_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, backed(new_engine).state_image()).refuses(*changes)


ALSO_SO = {
    "of another reserve": [(ATTESTED, struct.pack("<IqQQ", 0, 0, 5, 100))],
    "an attestation that has expired and was not looked at": [(ATTESTED, struct.pack("<IqQQ", 0, 900, 5, 10))],
    "of another band": [(PEG, struct.pack("<IIIIIqQ", 0, 999, 5, 0, 9, 900_000, 7))],
    "a sweep in the midst": [(SWEEPS, struct.pack("<IBB2xI", 1, 4, 0, 1) + SWEEPS[12:])],
    "of another serial number": [(BARS[1], bar(2, "B9", 5))],
    "more bars registered": [(struct.pack("<Q", 3) + count(3), struct.pack("<Q", 9) + count(3))],
    "no sweeps": [(count(2) + SWEEPS, count(0))],
}


@pytest.mark.parametrize("changes", ALSO_SO.values(), ids=ALSO_SO)
def test_what_an_engine_could_write_is_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, backed(new_engine).state_image()).takes(*changes)


def test_both_engines_take_the_same() -> None:
    """Every byte of the part, with one of its bits another."""
    image = bytearray(backed(reference.Engine).state_image())
    end = len(image) - len(NO_ACTIONS)
    for at in range(end - len(PART), end):
        bit = at * 5 % 8
        image[at] ^= 1 << bit
        python, rust = (restored_image(engine, bytes(image)) for engine in (reference.Engine, pyengine.Engine))
        assert (python is None) == (rust is None), f"bit {bit} of byte {at - end + len(PART)} of the part"
        image[at] ^= 1 << bit
