"""The records in Python are the records of the core: layouts, enumerations, limits, and what packing refuses."""

import re
import struct
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pyengine import records
from pyengine.errors import CommandError
from pyengine.records import (
    BODIES,
    BODY_OF_KIND,
    COMMAND_DTYPE,
    COMMAND_LEN,
    EVENT_DTYPE,
    EVENT_LEN,
    HEADER,
    HEADER_LEN,
    CommandKind,
    EventKind,
    OrderEntry,
    Side,
)
from pyengine.reference import Event

SOURCE = Path(__file__).parents[1] / "engine_core" / "src"


def constants(file: str, pattern: str) -> dict[str, int]:
    """The whole numbers that a Rust source file names."""
    found = re.findall(pattern, (SOURCE / file).read_text(encoding="utf-8"))
    return {name: eval(value.replace("_", ""), {"__builtins__": {}}) for name, value in found}


def test_limits_are_the_core_s() -> None:
    limits = constants("types.rs", r"pub const (\w+): \w+ = ([\d_()<\- ]+);")
    assert len(limits) > 12
    names = limits.keys() & vars(records).keys()
    assert len(names) > 12
    assert {name: getattr(records, name) for name in names} == {name: limits[name] for name in names}
    assert 1 << records.ORDER_SLOT_BITS == records.MAX_OPEN_ORDERS


@pytest.mark.parametrize(
    ("file", "name"),
    [
        *(("types.rs", name) for name in ("Side", "OrderType", "TimeInForce", "SelfTradePrevention", "QuantityKind")),
        ("types.rs", "AssetClass"),
        *(("event.rs", name) for name in ("OrderStatus", "CancelReason", "RejectCode")),
    ],
)
def test_enumerations_are_the_core_s(file: str, name: str) -> None:
    (body,) = re.findall(rf"pub enum {name} {{(.*?)}}", (SOURCE / file).read_text(encoding="utf-8"), flags=re.DOTALL)
    theirs = {variant.upper(): int(value) for variant, value in re.findall(r"(\w+) = (\d+)", body)}
    ours: type[IntEnum] = getattr(records, name)
    assert {member.name.replace("_", ""): member.value for member in ours} == theirs


@pytest.mark.parametrize(("file", "kinds"), [("command.rs", CommandKind), ("event.rs", EventKind)])
def test_kinds_are_the_core_s(file: str, kinds: type[IntEnum]) -> None:
    (module,) = re.findall(r"pub mod kind {(.*?)}", (SOURCE / file).read_text(encoding="utf-8"), flags=re.DOTALL)
    theirs = {name: int(value) for name, value in re.findall(r"pub const (\w+): u8 = (\d+);", module)}
    assert {member.name: member.value for member in kinds} == theirs


def test_every_record_has_its_length() -> None:
    assert HEADER.size == HEADER_LEN
    assert {layout.size for layout in BODIES.values()} == {COMMAND_LEN - HEADER_LEN}
    assert records.EVENT.size == EVENT_DTYPE.itemsize == EVENT_LEN
    assert COMMAND_DTYPE.itemsize == COMMAND_LEN
    assert BODY_OF_KIND.keys() == set(CommandKind)


def test_the_numpy_command_is_the_packed_command() -> None:
    entry = OrderEntry(1, 1, 0, 2, 1, 333, -4, 5 << 40, 1, 3, b"abc")
    record = records.pack(CommandKind.PLACE, 77, entry, 99)
    (row,) = np.frombuffer(record, COMMAND_DTYPE)
    assert {name: row[name] for name in OrderEntry._fields} == entry._asdict()
    assert (row["kind"], row["account"], row["timestamp_ns"]) == (1, 77, 99)
    again = np.zeros(1, COMMAND_DTYPE)
    for name in COMMAND_DTYPE.names or ():
        again[name] = row[name]
    assert again.tobytes() == record


def test_the_numpy_event_is_the_event() -> None:
    fields = Event.__struct_fields__
    assert EVENT_DTYPE.names == fields
    event = Event(*range(1, len(fields) + 1))
    (row,) = np.frombuffer(bytes(event), EVENT_DTYPE)
    assert tuple(int(row[name]) for name in fields) == tuple(range(1, len(fields) + 1))
    assert Event.from_bytes(bytes(event)) == event
    with pytest.raises(CommandError, match="104"):
        Event.from_bytes(bytes(103))


def test_offsets_of_the_rule_book() -> None:
    """Each layout of section 3, a field at a time: `name type @offset`."""
    book = (SOURCE.parent / "docs" / "semantics.md").read_text(encoding="utf-8")
    sizes = {"B": 1, "I": 4, "Q": 8, "q": 8}
    checked = 0
    for name, body in re.findall(r"^\| \d+ \| (\w+) \| (.*) \|$", book, flags=re.MULTILINE):
        if name not in CommandKind.__members__:
            continue
        body_type = BODY_OF_KIND[CommandKind[name]]
        offset, offsets = HEADER_LEN, {}
        codes = re.findall(r"(\d*)([BIQqsx])", BODIES[body_type].format)
        fields = iter(body_type._fields)
        for count, code in codes:
            if code != "x":
                offsets[next(fields)] = offset
            offset += int(count or 1) if code in "xs" else sizes[code]
        for field, at in re.findall(r"(\w+) (?:\w+|\[\d+\]) @(\d+)", body):
            assert offsets["asset_class" if field == "class" else field] == int(at), f"{name}.{field}"
            checked += 1
    assert checked > 30


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: records.pack_place(-1, 0, 0, 1, 1), "account is -1"),
        (lambda: records.pack_place(2**32, 0, 0, 1, 1), "account is 4294967296"),
        (lambda: records.pack_place(1, 0, 256, 1, 1), "side is 256, outside 0 to 255"),
        (lambda: records.pack_place(1, 0, 0, 2**63, 1), "price is 9223372036854775808"),
        (lambda: records.pack_place(1, 0, 0, 1, -(2**63) - 1), "quantity is -9223372036854775809"),
        (lambda: records.pack_place(1, 0, 0, 1, 1, timestamp_ns=-1), "timestamp_ns is -1"),
        (lambda: records.pack_cancel(1, order_id=2**64), "order_id is"),
        (lambda: records.pack_deposit(1, 0, 2**63), "amount is"),
        (lambda: records.pack_create_asset(0, "A", 0, 256), "decimals is 256"),
        (lambda: records.pack_set_fee_schedule(0, -1, 0), "maker_rate is -1"),
        (lambda: records.pack_settle_withdrawal(1, -1), "withdrawal_id is -1"),
    ],
)
def test_a_number_that_does_not_fit_is_named(call: Any, named: str) -> None:
    with pytest.raises(CommandError, match=named):
        call()


def test_both_engines_refuse_what_can_not_be_written_down(new_engine: Any) -> None:
    engine = new_engine()
    calls: list[Callable[[], object]] = [
        lambda: engine.place(-1, 0, Side.BUY, 1, 1),
        lambda: engine.place(1, 0, 256, 1, 1),
        lambda: engine.place(1, 0, 0, 2**63, 1),
        lambda: engine.deposit(1, 0, -(2**63) - 1),
        lambda: engine.cancel(1, order_id=2**64),
        lambda: engine.halt(0, timestamp_ns=-1),
        lambda: engine.apply(bytes(95)),
        lambda: engine.apply(bytes(97)),
        lambda: engine.apply_batch(bytes(100)),
    ]
    for call in calls:
        with pytest.raises(CommandError):
            call()
    assert engine.sequence == 0


def test_a_batch_of_nothing_is_nothing(new_engine: Any) -> None:
    assert new_engine().apply_batch(b"") == b""


def test_a_batch_may_be_any_buffer(new_engine: Any) -> None:
    commands = np.zeros(3, COMMAND_DTYPE)
    commands["kind"] = CommandKind.PLACE
    for buffer in (commands, commands.tobytes(), bytearray(commands.tobytes()), memoryview(commands.tobytes())):
        assert len(new_engine().apply_batch(buffer)) == 3 * EVENT_LEN


def test_too_long_a_text_is_the_engine_s_to_judge() -> None:
    record = records.pack_place(1, 0, 0, 1, 1, client_order_id="x" * 300)
    assert len(record) == COMMAND_LEN
    assert struct.unpack_from("<B", record, 57) == (255,)


def test_queries_about_the_unknown(new_engine: Any) -> None:
    engine = new_engine()
    calls: list[Callable[[], object]] = [
        lambda: engine.balance(0, 0),
        lambda: engine.balance(1, 0),
        lambda: engine.issued(0),
        lambda: engine.total(0),
        lambda: engine.depth(0, 1),
        lambda: engine.queue(0, 0, 1),
        lambda: engine.open_orders(1),
    ]
    for call in calls:
        with pytest.raises(KeyError):
            call()
    assert engine.order(1) is None
    assert engine.counts() == (0, 0, 1, 0)
