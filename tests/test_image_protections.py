"""The state image of price protections and of obligations."""

import struct
from typing import Any

import pytest

from pyengine import reference
from pyengine.records import (
    MAX_AMOUNT,
    MAX_CALL_NS,
    VOLATILITY_INTERVAL,
    Side,
)
from tests.engines import ENGINES
from tests.images import BEGAN, NO_REFERENCES, Images, restored_image, with_assets

# Price protections

LOOK = BEGAN + VOLATILITY_INTERVAL


def with_price_protections(new_engine: Any) -> Any:
    """A closed primary market whose anchor moves; bands around 100, a trade at 104, and a bid at the upper bound."""
    engine = with_assets(new_engine)
    for number, symbol in enumerate(("A-U", "B-U")):
        engine.create_instrument(number, symbol, 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
        engine.set_reference(number, 100, observed_at=5)
    for asset in (0, 1):
        engine.deposit(0, asset, 1_000)
    engine.set_trading_limits(0, call_ns=50)
    steps = {"closed_bps": 300, "step_bps": 100, "step_ns": 40}
    engine.set_reference_policy(0, stale=1, primary=2, widen=150, max_age_ns=7, **steps, timestamp_ns=BEGAN)
    engine.set_primary_status(0, 1, close=200)
    engine.set_volatility_bands(1, bps=500, ticks=6, multiplier=100, limit_state_ns=15, pause_ns=300)
    engine.place(0, 1, Side.SELL, 104, 1)
    engine.place(0, 1, Side.BUY, 104, 1, stp=4)
    engine.place(0, 1, Side.BUY, 105, 1)
    return engine


def of_bands(*buckets: tuple[int, int, int], **fields: int) -> bytes:
    """What the rule book lays out of an instrument's bands: those of `protected`, with a change."""
    layout = {"bps": "I", "ticks": "I", "multiplier": "I", "reference": "I", "limit_state_ns": "Q", "pause_ns": "Q"}
    layout |= {"moved_at": "Q", "look_at": "Q", "limit_state": "B3x", "buckets": "I", "state_ends_at": "Q"}
    said = {"bps": 500, "ticks": 6, "multiplier": 100, "reference": 100, "limit_state_ns": 15, "pause_ns": 300}
    said |= {"moved_at": BEGAN, "look_at": LOOK, "limit_state": 1, "state_ends_at": BEGAN + 15}
    buckets = buckets or ((0, 104, 1),)
    said |= {"buckets": len(buckets), **fields}
    fixed = struct.pack("<" + "".join(layout.values()), *(said[name] for name in layout))
    return fixed + b"".join(struct.pack("<QQQ", *bucket) for bucket in buckets)


def of_policy(**fields: int) -> bytes:
    """The same of a policy."""
    layout = {"stale": "B", "primary": "B", "status": "B", "too_old": "B", "widen": "I", "max_age_ns": "Q"}
    layout |= {"closed_bps": "I", "step_bps": "I", "step_ns": "Q", "close": "I", "anchor": "I", "step_at": "Q"}
    said = {"stale": 1, "primary": 2, "status": 1, "widen": 150, "max_age_ns": 7, "closed_bps": 300, "step_bps": 100}
    said |= {"step_ns": 40, "close": 200, "anchor": 200, "step_at": BEGAN + 40}
    return struct.pack("<" + "".join(layout.values()), *((said | fields).get(name, 0) for name in layout))


NO_BANDS, NO_POLICY = bytes(64), bytes(48)

PROTECTIONS = b"".join((struct.pack("<II", 2, 0), NO_BANDS, of_policy(), struct.pack("<I", 1), of_bands(), NO_POLICY))


def test_price_protections_byte_by_byte(new_engine: Any) -> None:
    image = with_price_protections(new_engine).state_image()
    assert image.endswith(PROTECTIONS + NO_OBLIGATIONS + NO_REFERENCES)
    assert new_engine.restore(image).next_due == BEGAN + 15


def bands(*buckets: tuple[int, int, int], **fields: int) -> list[tuple[bytes, bytes]]:
    return [(of_bands(), of_bands(*buckets, **fields))]


def policy(**fields: int) -> list[tuple[bytes, bytes]]:
    return [(of_policy(), of_policy(**fields))]


FIXED: dict[str, int] = {"primary": 1, "step_bps": 0, "step_ns": 0, "step_at": 0}

OPEN: dict[str, int] = {"status": 0, "close": 0, "anchor": 0, "step_at": 0}

NO_PROTECTIONS: dict[str, list[tuple[bytes, bytes]]] = {
    "too wide": bands(bps=10_001),
    "bands without a width, and with a multiplier": bands(bps=0),
    "ticks beyond all prices": bands(ticks=1_001),
    "no multiplier": bands(multiplier=0),
    "too large a multiplier": bands(multiplier=10_001),
    "no time for a limit state": bands(limit_state_ns=0),
    "too long a limit state": bands(limit_state_ns=MAX_CALL_NS + 1),
    "no time for a pause": bands(pause_ns=0),
    "too long a pause": bands(pause_ns=MAX_CALL_NS + 1),
    "a reference beyond all prices": bands(reference=1_001),
    "no reference, though there was a trade": bands(reference=0, limit_state=0, state_ends_at=0),
    "a reference of the future": bands(moved_at=BEGAN + 1),
    "trades that are not looked at": bands(look_at=0),
    "another limit state": bands(limit_state=2),
    "no limit state of a bid at the bound": bands(limit_state=0, state_ends_at=0),
    "an unknown limit state": bands(limit_state=3),
    "a limit state without an end": bands(state_ends_at=0),
    "an end of no limit state": bands(reference=200, limit_state=0),
    "a limit state of bands that are elsewhere": bands(reference=200),
    "trades of the future": bands((1, 104, 1)),
    "no trades of a second": bands((0, 0, 0)),
    "trades for nothing": bands((0, 0, 1)),
    "trades above all prices": bands((0, 1_001, 1)),
    "a second twice": bands((0, 104, 1), (0, 104, 1)),
    "an unknown policy": policy(stale=3),
    "an unknown policy of the primary market": policy(primary=4),
    "an unknown status": policy(status=3),
    "more than too old": policy(too_old=2, **OPEN),
    "too old, though it is not asked": policy(too_old=1),
    "a reference that is not too old yet": policy(too_old=1, **OPEN),
    "narrower instead of wider": policy(widen=99),
    "too wide a band": policy(widen=10_001),
    "wider, and never": policy(max_age_ns=0),
    "an age that matters to nobody": policy(stale=0, widen=0),
    "a width of a halt": policy(stale=2),
    "no band of a closed market": policy(closed_bps=0),
    "too wide a band of a closed market": policy(closed_bps=10_001),
    "steps of a fixed band": policy(primary=1, step_at=0),
    "steps of no length": policy(step_bps=0),
    "too long steps": policy(step_bps=10_001),
    "steps all the time": policy(step_ns=0),
    "steps that never come": policy(step_ns=MAX_CALL_NS + 1),
    "an anchor that makes no step": policy(step_at=0),
    "a step of a fixed band": policy(**FIXED | {"step_at": 50}),
    "a step that is further away than any": policy(step_at=BEGAN + 41),
    "no anchor, though there was a close": policy(anchor=0),
    "a limit state that lasts longer than any": bands(state_ends_at=BEGAN + MAX_CALL_NS + 1),
    "a look that is further away than any": bands(look_at=LOOK + 1),
    "a close beyond all prices": policy(close=1_001),
    "an anchor beyond all prices": policy(anchor=1_001),
    "a close of an open market": policy(**OPEN | {"close": 200}),
    "an anchor of an open market": policy(**OPEN | {"anchor": 200}),
    "a step of an open market": policy(**OPEN | {"step_at": 50}),
    "nothing to say": [(struct.pack("<I", 1) + of_bands(), struct.pack("<I", 1) + NO_BANDS)],
    "an instrument that is not there": [(struct.pack("<I", 1) + of_bands(), struct.pack("<I", 2) + of_bands())],
    "an instrument twice": [(struct.pack("<I", 1) + of_bands(), struct.pack("<I", 0) + of_bands())],
}


@pytest.mark.parametrize("changes", NO_PROTECTIONS.values(), ids=NO_PROTECTIONS)
def test_protections_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_price_protections(new_engine).state_image()).refuses(*changes)


PRICE_PROTECTED: dict[str, list[tuple[bytes, bytes]]] = {
    "widest bands": bands(bps=10_000, multiplier=10_000, ticks=5, limit_state=0, state_ends_at=0),
    "other bands with the same edge": bands(bps=1_000, ticks=5, limit_state_ns=MAX_CALL_NS, pause_ns=MAX_CALL_NS),
    "a limit state that lasts too long": bands(state_ends_at=1),
    "a look that is overdue": bands(look_at=1),
    "other trades": bands((0, 3_000, 3)),
    "a reference that is too old": [(of_policy(), of_policy(max_age_ns=5, too_old=1, **OPEN))],
    "an open market": policy(**OPEN),
    "a market that halts": policy(**OPEN | {"status": 2}),
    "a fixed band": policy(**FIXED),
    "an anchor that has moved": policy(anchor=1_000),
    "no anchor": policy(close=0, anchor=0),
    "the latest end of a limit state": bands(state_ends_at=BEGAN + MAX_CALL_NS),
    "a step that is overdue": policy(step_at=1),
    "a halt instead of a wider band": policy(stale=2, widen=0),
    "a closed market that halts": policy(**FIXED | {"primary": 3, "closed_bps": 0, "anchor": 0}),
}


@pytest.mark.parametrize("changes", PRICE_PROTECTED.values(), ids=PRICE_PROTECTED)
def test_protections_that_an_engine_could_write_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_price_protections(new_engine).state_image()).takes(*changes)


def test_both_engines_take_the_same_protections() -> None:
    image = bytearray(with_price_protections(reference.Engine).state_image())
    differences = []
    end = len(image) - len(NO_OBLIGATIONS + NO_REFERENCES)
    for offset in range(end - len(PROTECTIONS), end):
        for flip in (0x01, 0x02, 0x10, 0x80):
            image[offset] ^= flip
            ours, theirs = (restored_image(engine, bytes(image)) for engine in ENGINES.values())
            if ours != theirs:
                differences.append((offset - end + len(PROTECTIONS), flip, ours is None))
            image[offset] ^= flip
    assert not differences


# Obligations


def with_obligations(new_engine: Any) -> Any:
    """Of two accounts one meets what it owes, and the other has earned its rate on one instrument of two."""
    engine = with_assets(new_engine)
    for number, symbol in enumerate(("A-U", "B-U")):
        engine.create_instrument(number, symbol, 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
    engine.create_account(1)
    for account in (0, 1):
        for asset in (0, 1):
            engine.deposit(account, asset, 1_000)
        for side, price in ((Side.BUY, 50), (Side.SELL, 52)):
            engine.place(account, account, side, price + account, 2 + account)
    engine.set_obligation(1, 1, max_spread=2, min_quantity=3, required_bps=5_000, maker_rate=-7, timestamp_ns=100)
    engine.set_obligation(1, 0, max_spread=1_000, min_quantity=MAX_AMOUNT, required_bps=10_000, maker_rate=32_767)
    engine.roll_trade_date(20261201, timestamp_ns=150)
    engine.set_obligation(0, 0, max_spread=1, min_quantity=1, required_bps=1, timestamp_ns=160)
    engine.halt(0, timestamp_ns=167)
    engine.pulse(timestamp_ns=190)
    return engine


NO_OBLIGATIONS = struct.pack("<I", 0)

OBLIGED = {"account": 1, "instrument": 1, "max_spread": 2, "required_bps": 5_000, "maker_rate": -7, "earned": 1}

OBLIGED |= {"min_quantity": 3, "met_ns": 40, "open_ns": 40}


def of_obligation(**fields: int) -> bytes:
    """What the rule book lays out of an obligation: of the one that is met, with a change."""
    return struct.pack("<IIIIiB3xqQQ", *(OBLIGED | fields).values())


OF_FIRST = of_obligation(
    account=0, instrument=0, max_spread=1, required_bps=1, maker_rate=0, earned=0, min_quantity=1, met_ns=0, open_ns=7
)

WIDEST = {"max_spread": 1_000, "required_bps": 10_000, "maker_rate": 32_767, "min_quantity": MAX_AMOUNT}

OF_SECOND = of_obligation(instrument=0, **WIDEST, earned=0, met_ns=0, open_ns=17)

OBLIGATIONS = struct.pack("<I", 3) + OF_FIRST + OF_SECOND + of_obligation()


def test_obligations_byte_by_byte(new_engine: Any) -> None:
    image = with_obligations(new_engine).state_image()
    assert image.endswith(OBLIGATIONS + NO_REFERENCES)
    restored = new_engine.restore(image)
    restored.pulse(timestamp_ns=200)
    assert [(row.met_ns, row.open_ns, row.is_met, row.earned) for row in restored.obligations()] == [
        (0, 7, False, False),
        (0, 17, False, False),
        (50, 50, True, True),
    ]


def obligation(**fields: int) -> list[tuple[bytes, bytes]]:
    return [(of_obligation(), of_obligation(**fields))]


NO_OBLIGATION: dict[str, list[tuple[bytes, bytes]]] = {
    "no spread": obligation(max_spread=0),
    "too wide a spread": obligation(max_spread=1_001),
    "no quantity": obligation(min_quantity=0),
    "no share of the time": obligation(required_bps=0),
    "more than all of the time": obligation(required_bps=10_001),
    "too high a rate": obligation(maker_rate=32_768),
    "too low a rate": obligation(maker_rate=-32_768),
    "more than earned": obligation(earned=2),
    "more time met than open": obligation(met_ns=41),
    "more time open than there was": obligation(open_ns=191),
    "an account that is not there": obligation(account=2),
    "an instrument that is not there": obligation(instrument=2),
    "twice": obligation(instrument=0),
    "not in their order": [(OF_FIRST + OF_SECOND, OF_SECOND + OF_FIRST)],
    "reserved bytes": [(of_obligation(), of_obligation()[:21] + b"\x01" + of_obligation()[22:])],
}


@pytest.mark.parametrize("changes", NO_OBLIGATION.values(), ids=NO_OBLIGATION)
def test_obligations_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_obligations(new_engine).state_image()).refuses(*changes)


OBLIGATION: dict[str, list[tuple[bytes, bytes]]] = {
    "other terms": obligation(**WIDEST),
    "not earned": obligation(earned=0),
    "met for no time": obligation(met_ns=0),
    "as long as there was": obligation(open_ns=190),
    "none": [(OBLIGATIONS, NO_OBLIGATIONS)],
}


@pytest.mark.parametrize("changes", OBLIGATION.values(), ids=OBLIGATION)
def test_obligations_that_an_engine_could_write_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_obligations(new_engine).state_image()).takes(*changes)


def test_both_engines_take_the_same_obligations() -> None:
    image = bytearray(with_obligations(reference.Engine).state_image())
    for offset in range(len(image) - len(OBLIGATIONS + NO_REFERENCES), len(image) - len(NO_REFERENCES)):
        for flip in (0x01, 0x10, 0x80):
            image[offset] ^= flip
            ours, theirs = (restored_image(engine, bytes(image)) for engine in ENGINES.values())
            assert ours == theirs, (offset - len(image) + len(OBLIGATIONS), flip)
            image[offset] ^= flip
