"""Records in Python: layouts, what is refused because it is none, and what packing refuses to write down."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pyengine
from pyengine import commands, packing, records
from pyengine.errors import CommandError
from pyengine.event import KINDS
from pyengine.events import EVENT_DTYPE, EVENT_DTYPES, EVENT_LEN, Deposited, Event
from pyengine.packing import pack, split, unpack
from pyengine.records import (
    BODIES,
    BODY_LENGTHS,
    BODY_OF_KIND,
    CLIENT_ID_LEN,
    ENTRIES,
    HEADER,
    HEADER_LEN,
    MAX_COMMAND_LEN,
    ORDER_ENTRY_DTYPE,
    Amend,
    Cancel,
    CancelAll,
    CommandKind,
    EventKind,
    Place,
    QuoteEntry,
    RejectCode,
    Side,
    Transfer,
)
from tests.scenarios import ACCOUNTS, opening

BOOK = Path(__file__).parents[1] / "engine_core" / "docs" / "semantics.md"
ALICE = ACCOUNTS["alice"]
PLACED = commands.pack_place(ALICE, 0, Side.BUY, 50, 2, client_order_id="twelve-chars")
DTYPES = {"ORDER_ENTRY": ORDER_ENTRY_DTYPE, "EVENT": EVENT_DTYPE} | {
    EventKind(kind).name: dtype for kind, dtype in EVENT_DTYPES.items()
}


def with_bytes(record: bytes, at: int, *values: int) -> bytes:
    return record[:at] + bytes(values) + record[at + len(values) :]


# -------------------------------------------------------------------------------------------------------------- layouts


def test_the_core_is_of_the_same_semantics() -> None:
    assert pyengine.SEMANTICS_VERSION == records.SEMANTICS_VERSION


def test_every_record_has_its_length() -> None:
    assert HEADER.size == HEADER_LEN == 24
    for body_type, layout in BODIES.items():
        assert layout.size == BODY_LENGTHS[body_type][-1]
        assert all(length % 8 == 0 for length in BODY_LENGTHS[body_type])
        assert list(BODY_LENGTHS[body_type]) == sorted(set(BODY_LENGTHS[body_type]))
    assert BODY_OF_KIND.keys() == set(CommandKind)
    assert KINDS.keys() == EVENT_DTYPES.keys() == set(EventKind)
    assert EVENT_DTYPE.itemsize == EVENT_LEN == 136
    assert {dtype.itemsize for dtype in EVENT_DTYPES.values()} == {EVENT_LEN}
    assert {kind.LAYOUT.size for kind in KINDS.values()} == {EVENT_LEN}


@pytest.mark.parametrize("dtype", DTYPES.values(), ids=DTYPES)
def test_every_byte_belongs_to_a_field(dtype: np.dtype[np.void]) -> None:
    """NumPy leaves bytes between fields behind when it copies: so there are none."""
    assert dtype.fields is not None
    end = 0
    for field, offset in sorted(((field[0], field[1]) for field in dtype.fields.values()), key=lambda each: each[1]):
        assert offset == end, f"a hole at {end}"
        end = offset + field.itemsize
    assert end == dtype.itemsize


COPIES: dict[str, Callable[[Any], Any]] = {
    "mask": lambda rows: rows[np.arange(len(rows)) % 2 == 1],
    "fancy": lambda rows: rows[[3, 1, 1]],
    "copy": lambda rows: rows.copy(),
    "step": lambda rows: rows[::3].copy(),
    "concatenate": lambda rows: np.concatenate([rows[4:], rows[:4]]),
    "take": lambda rows: rows.take([2, 0]),
}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("dtype", DTYPES.values(), ids=DTYPES)
def test_a_copy_keeps_every_byte(dtype: np.dtype[np.void], copied: Callable[[Any], Any]) -> None:
    noise = np.random.default_rng(7).integers(1, 256, (8, dtype.itemsize), dtype=np.uint8)
    rows = noise.view(dtype).reshape(-1)
    expected = copied(noise.view(f"V{dtype.itemsize}").reshape(-1))
    assert copied(rows).tobytes() == expected.tobytes()


def test_records_are_as_short_as_what_they_say() -> None:
    assert len(PLACED) == 72
    assert len(commands.pack_place(ALICE, 0, Side.BUY, 50, 2)) == 56
    assert len(commands.pack_cancel(ALICE, order_id=1 << 63)) == 40
    assert len(commands.pack_cancel_all(ALICE)) == 32
    assert len(commands.pack_set_fee_schedule(1, -1, 2)) == 40
    assert len(commands.pack_set_fee_schedule(1, -1, 2, effective_at=3)) == 176
    assert max(len(pack(kind, 1, body())) for kind, body in BODY_OF_KIND.items()) == 192
    assert len(commands.pack_place(ALICE, 0, Side.BUY, 50, 2, client_order_id="x" * CLIENT_ID_LEN)) == 96


def test_offsets_of_the_rule_book() -> None:
    """Each layout of section 3, a field at a time: `name type @offset`."""
    sizes = {"B": 1, "H": 2, "I": 4, "i": 4, "Q": 8, "q": 8}
    checked = 0
    for name, body in re.findall(r"^\| \d+ \| (\w+) \| `(.*)` \|$", BOOK.read_text(encoding="utf-8"), re.MULTILINE):
        if name not in CommandKind.__members__:
            continue
        body_type = BODY_OF_KIND[CommandKind[name]]
        offset, offsets = HEADER_LEN, {}
        fields = iter(body_type._fields)
        for count, code in re.findall(r"(\d*)([BHIQiqsx])", BODIES[body_type].format):
            if code != "x":
                offsets[next(fields)] = offset
            offset += int(count or 1) if code in "xs" else sizes[code]
        offsets |= dict.fromkeys(fields, offset)
        found = {field: int(at) for field, at in re.findall(r"(\w+) (?:\w+|\[[\w ]+\]) @(\d+)", body)}
        found.pop("reserved", None)
        assert found == offsets, name
        checked += len(found)
    assert checked > 40


def test_event_offsets_of_the_rule_book() -> None:
    """Each body of section 4, a field at a time: `name (what) @offset`."""
    rows = re.findall(r"^\| \d+ \| (\w+) \| [^|]* \| (.*@.*) \|$", BOOK.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for name, _ in rows} == set(EventKind.__members__)
    for name, body in rows:
        fields = EVENT_DTYPES[EventKind[name]].fields
        assert fields is not None
        found = {field: int(at) for field, at in re.findall(r"(\w+)(?: \([^)]*\))? @(\d+)", body)}
        named = KINDS[EventKind[name]].__struct_fields__[4:]
        assert found == {field: fields[field][1] for field in named}, name


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_an_event_is_its_record_is_its_row(kind: type[Event]) -> None:
    values: dict[str, Any] = {name: number for number, name in enumerate(kind.__struct_fields__, start=1)}
    if "client_order_id" in values:
        values["client_order_id"] = "some-id"
    event = kind(**values)
    record = bytes(event)
    assert Event.from_bytes(record) == event
    (row,) = np.frombuffer(record, EVENT_DTYPES[kind.KIND])
    assert {name: row[name] for name in values} == values | (
        {"client_order_id": b"some-id"} if "client_order_id" in values else {}
    )
    (any_kind,) = np.frombuffer(record, EVENT_DTYPE)
    assert (any_kind["kind"], any_kind["account"], any_kind["sequence"]) == (kind.KIND, event.account, event.sequence)


def test_what_is_no_event_record_is_refused() -> None:
    record = bytes(Deposited(account=1, asset=0, amount=5))
    for length in (0, 135, 137):
        with pytest.raises(CommandError, match=f"136 bytes, not {length}"):
            Event.from_bytes((record + record)[:length])
    for kind in (0, 31, 61, 255):
        with pytest.raises(CommandError, match=f"unknown kind {kind}"):
            Event.from_bytes(with_bytes(record, 28, kind))


# -------------------------------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(("kind", "body_type"), BODY_OF_KIND.items(), ids=lambda each: getattr(each, "name", ""))
def test_what_is_packed_is_unpacked(kind: int, body_type: type[Any]) -> None:
    numbers: dict[str, Any] = {name: number for number, name in enumerate(body_type._fields, start=1)}
    texts = ("client_order_id", "reference", "symbol", "isin", "currency", "vault", "code", "serial")
    octets = {"public_key": bytes(range(32)), "signature": bytes(range(64))}
    numbers |= {name: value for name, value in octets.items() if name in numbers}
    for name in texts:
        if name in numbers:
            numbers |= {name: b"seven-7", f"{name}_len": 7}
    if "document" in numbers:
        numbers |= {"document": bytes(range(16)), "document_len": 2}
    if body_type in ENTRIES:
        entry = ENTRIES[body_type].entry
        width = len(entry._fields)
        listed = body_type._fields[-1]
        numbers |= {listed: (entry(*range(1, 1 + width)), entry(*range(6, 6 + width))), f"{listed}_len": 2}
    header, body = unpack(pack(kind, 77, body_type(**numbers), 99, key=5))
    for name in texts:
        if name in numbers:
            numbers[name] = getattr(body, name).rstrip(b"\0").ljust(len(getattr(body, name)), b"\0")
            assert numbers[name].startswith(b"seven-7\0")
    assert body == body_type(**numbers)
    assert (header.kind, header.version, header.flags, header.key, header.account, header.timestamp_ns) == (
        kind,
        len(BODY_LENGTHS[body_type]),
        0,
        5,
        77,
        99,
    )


MOVES: dict[str, tuple[Callable[..., bytes], tuple[int, ...], int]] = {
    "deposit": (commands.pack_deposit, (ALICE, 0, 5), 40),
    "request": (commands.pack_request_withdrawal, (ALICE, 0, 5), 40),
    "settle": (commands.pack_settle_withdrawal, (ALICE, 1), 32),
    "cancel": (commands.pack_cancel_withdrawal, (ALICE, 1), 32),
    "transfer": (commands.pack_transfer, (ALICE, 0, 0, 5), 40),
}


@pytest.mark.parametrize(("packed", "arguments", "length"), MOVES.values(), ids=MOVES)
def test_money_without_a_reference_is_said_as_before_there_were_any(
    new_engine: Any, packed: Callable[..., bytes], arguments: tuple[int, ...], length: int
) -> None:
    """So journals of before are read, and nobody pays for what he does not say."""
    first, second = packed(*arguments), packed(*arguments, reference="ref")
    assert [(len(record), unpack(record).header.version) for record in (first, second)] == [
        (length, 1),
        (length + 16, 2),
    ]
    for record, name in ((first, b""), (second, b"ref" + bytes(5))):
        body: Any = unpack(record).body
        assert (body.reference_len, body.reference) == (len(name.rstrip(bytes(1))), name)
    engine, named = opening(new_engine), opening(new_engine)
    for each in (engine, named):
        each.request_withdrawal(ALICE, 0, 9)
    assert list(map(bytes, engine.apply(first))) == list(map(bytes, named.apply(second)))


def no_record(record: bytes, defect: str) -> Any:
    return pytest.param(record, defect, id=defect)


NO_RECORDS = [
    no_record(b"\1", "1 bytes, a header has 24"),
    no_record(PLACED[:23], "23 bytes, a header has 24"),
    no_record(PLACED[:-1], "from 24 to 71"),
    no_record(PLACED[:24], "length 72 is not a multiple of 8 from 24 to 24"),
    no_record(with_bytes(PLACED, 0, 71, 0), "length 71 is not a multiple"),
    no_record(with_bytes(PLACED, 0, 0, 0), "length 0 is not a multiple"),
    no_record(with_bytes(PLACED, 0, 16, 0), "length 16 is not a multiple"),
    no_record(with_bytes(PLACED, 0, 80, 0), "length 80 is not a multiple"),
    no_record(with_bytes(bytes(1_064), 0, 0x28, 4), "length 1064 is not a multiple of 8 from 24 to 1056"),
    no_record(with_bytes(PLACED, 3, 0), "version 0 of kind 1"),
    no_record(with_bytes(PLACED, 3, 2), "length 72, kind 1 here has 80"),
    no_record(with_bytes(PLACED, 3, 3), "length 72, kind 1 here has 96"),
    no_record(with_bytes(PLACED, 3, 5), "version 5 of kind 1"),
    no_record(with_bytes(PLACED, 3, 255), "version 255 of kind 1"),
    no_record(with_bytes(PLACED, 4, 1), "unknown flags 0x1"),
    no_record(with_bytes(PLACED, 7, 128), "unknown flags 0x80000000"),
    no_record(with_bytes(pack(200, 1, Transfer()), 4, 1), "unknown flags 0x1"),
    no_record(with_bytes(PLACED[:48], 0, 48), "length 48, kind 1 here has 56"),
    no_record(with_bytes(PLACED[:24], 0, 24), "length 24, kind 1 here has 56"),
    no_record(with_bytes(PLACED + bytes(8), 0, 80), "length 80, kind 1 here has 72"),
    no_record(with_bytes(PLACED, 49, 0), "length 72, kind 1 here has 56"),
    no_record(with_bytes(PLACED, 49, 8), "length 72, kind 1 here has 64"),
    no_record(with_bytes(PLACED, 49, 17), "length 72, kind 1 here has 80"),
    no_record(with_bytes(PLACED, 49, 255), "length 72, kind 1 here has 96"),
    no_record(with_bytes(commands.pack_cancel(1, order_id=1), 32, 1), "length 40, kind 2 here has 48"),
    no_record(with_bytes(commands.pack_amend(1, 1, 1, order_id=1), 48, 1), "length 56, kind 3 here has 64"),
    no_record(with_bytes(commands.pack_mass_quote(1, 1, [QuoteEntry()]), 30, 2), "length 64, kind 6 here has 96"),
    no_record(with_bytes(commands.pack_mass_quote(1, 1, [QuoteEntry()]), 30, 0), "length 64, kind 6 here has 32"),
    no_record(with_bytes(commands.pack_mass_quote(1, 1, [QuoteEntry()]), 30, 255), "length 64, kind 6 here has 1056"),
    no_record(with_bytes(commands.pack_halt(1) + bytes(8), 0, 40), "length 40, kind 20 here has 32"),
    no_record(with_bytes(commands.pack_deposit(1, 0, 1)[:32], 0, 32), "length 32, kind 32 here has 40"),
    # A record of a version that does not say how long a text is has none, whatever lies where it would say it.
    no_record(with_bytes(commands.pack_deposit(1, 0, 1) + b"\x08" + bytes(7), 0, 48), "length 48, kind 32 here has 40"),
    no_record(
        with_bytes(commands.pack_deposit(1, 0, 1) + b"\x08" + bytes(15), 0, 56), "length 56, kind 32 here has 40"
    ),
    no_record(with_bytes(commands.pack_transfer(1, 2, 0, 1, reference="r"), 40, 9), "length 56, kind 36 here has 64"),
    no_record(with_bytes(commands.pack_transfer(1, 2, 0, 1, reference="r"), 3, 1), "length 56, kind 36 here has 40"),
]


@pytest.mark.parametrize(("record", "defect"), NO_RECORDS)
def test_what_is_no_record_is_refused(record: bytes, defect: str) -> None:
    with pytest.raises(CommandError, match=re.escape(defect)):
        unpack(record)
    with pytest.raises(CommandError, match=f"at byte {2 * len(PLACED)}: .*{re.escape(defect)}"):
        list(split(PLACED + PLACED + record))


@pytest.mark.parametrize(("record", "defect"), NO_RECORDS)
def test_both_engines_refuse_what_is_no_record(new_engine: Any, record: bytes, defect: str) -> None:
    """And nothing of a batch is applied that has such a one in it."""
    engine = new_engine()
    with pytest.raises(CommandError):
        engine.apply(record)
    with pytest.raises(CommandError):
        engine.apply_batch(PLACED + PLACED + record)
    assert engine.sequence == 0


def test_one_record_is_not_two(new_engine: Any) -> None:
    for record in (b"", PLACED + PLACED):
        with pytest.raises(CommandError):
            unpack(record)
        with pytest.raises(CommandError):
            new_engine().apply(record)


RECORDS: dict[str, tuple[bytes, RejectCode]] = {
    "an unknown kind of any length": (
        with_bytes(bytes(MAX_COMMAND_LEN), 0, *MAX_COMMAND_LEN.to_bytes(2, "little")),
        RejectCode.MALFORMED,
    ),
    "an unknown kind of any version": (with_bytes(bytes(24), 0, 24, 0, 255, 255), RejectCode.MALFORMED),
    "a length of 37 in 40 bytes": (
        with_bytes(commands.pack_place(ALICE, 0, 0, 1, 1, client_order_id="x" * CLIENT_ID_LEN), 49, 37),
        RejectCode.MALFORMED,
    ),
    "a length of 255 in 40 bytes": (
        with_bytes(commands.pack_place(ALICE, 0, 0, 1, 1, client_order_id="x" * CLIENT_ID_LEN), 49, 255),
        RejectCode.MALFORMED,
    ),
    "zeros for characters": (with_bytes(PLACED, 49, 13), RejectCode.MALFORMED),
    "nobody's": (with_bytes(PLACED, 12, 255, 255, 255, 255), RejectCode.UNKNOWN_ACCOUNT),
}


@pytest.mark.parametrize(("record", "code"), RECORDS.values(), ids=RECORDS)
def test_what_is_a_record_is_judged(new_engine: Any, record: bytes, code: RejectCode) -> None:
    engine = opening(new_engine)
    (event,) = engine.apply(record)
    assert (event.kind, event.reason) == (EventKind.REJECTED, code)
    (row,) = engine.apply_batch(record).view(EVENT_DTYPES[EventKind.REJECTED])
    assert (row["reason"], row["sequence"]) == (code, event.sequence + 1)


def test_a_field_of_a_later_version_is_zero_in_an_older_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if `amount` of TRANSFER had been appended by a version 2."""
    monkeypatch.setitem(BODY_LENGTHS, Transfer, (8, 16, 24))
    without = pack(CommandKind.TRANSFER, 1, Transfer(2, 3, 0))
    assert (len(without), unpack(without).header.version) == (HEADER_LEN + 8, 1)
    assert unpack(without).body == Transfer(2, 3, 0)
    whole = pack(CommandKind.TRANSFER, 1, Transfer(2, 3, 4))
    assert (len(whole), unpack(whole).header.version) == (HEADER_LEN + 16, 2)
    assert unpack(whole).body == Transfer(2, 3, 4)
    for record in (with_bytes(without, 3, 2), with_bytes(whole, 3, 1)):
        with pytest.raises(CommandError, match="kind 36 here has"):
            unpack(record)
    assert list(split(without + whole + without)) == [without, whole, without]


# ----------------------------------------------------------------------------------------------------------------- rows


def rows_of(*entries: dict[str, Any]) -> Any:
    rows = np.zeros(len(entries), ORDER_ENTRY_DTYPE)
    for row, entry in zip(rows, entries, strict=True):
        for name, value in ({"account": ALICE} | entry).items():
            row[name] = value
    return rows


ALL_FIELDS: dict[str, Any] = {
    "timestamp_ns": 9,
    "price": 50,
    "quantity": 2,
    "order_id": 1 << 63,
    "key": 4,
    "instrument": 1,
    "side": 1,
    "order_type": 1,
    "time_in_force": 1,
    "stp": 2,
    "quantity_kind": 1,
    "client_order_id": b"x" * CLIENT_ID_LEN,
}
LONGEST: dict[str, Any] = {"client_order_id_len": CLIENT_ID_LEN, "client_order_id": b"x" * CLIENT_ID_LEN}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (CommandKind.PLACE, Place(1, 1, 1, 1, 2, 50, 2, 1, **LONGEST)),
        (CommandKind.CANCEL, Cancel(1 << 63, **LONGEST)),
        (CommandKind.AMEND, Amend(1 << 63, 50, 2, **LONGEST)),
        (CommandKind.CANCEL_ALL, CancelAll(1)),
    ],
    ids=["PLACE", "CANCEL", "AMEND", "CANCEL_ALL"],
)
def test_a_row_is_the_record_of_its_kind(new_engine: Any, kind: CommandKind, body: Any) -> None:
    rows, record = rows_of(ALL_FIELDS | {"kind": kind}), pack(kind, ALICE, body, 9, key=4)
    assert list(packing.rows(rows)) == [record]
    by_row, by_record = opening(new_engine), opening(new_engine)
    assert by_row.apply_batch(rows).tobytes() == by_record.apply_batch(record).tobytes()
    assert by_row.state_image() == by_record.state_image()


def test_rows_do_what_calls_do(new_engine: Any) -> None:
    engine, called = opening(new_engine), opening(new_engine)
    placed = {"kind": CommandKind.PLACE, "side": Side.SELL, "price": 50, "quantity": 2}
    rows = rows_of(
        placed | {"client_order_id": b"a"},
        placed | {"client_order_id": b"a"},
        placed | {"client_order_id": b"a\0b"},
        placed,
        {"kind": CommandKind.AMEND, "client_order_id": b"a", "price": 51, "quantity": 3},
        {"kind": CommandKind.CANCEL, "client_order_id": b"a", "timestamp_ns": 77},
        {"kind": CommandKind.CANCEL_ALL, "instrument": 0},
    )
    events = engine.apply_batch(rows)
    told = [
        *called.place(ALICE, 0, Side.SELL, 50, 2, client_order_id="a"),
        *called.place(ALICE, 0, Side.SELL, 50, 2, client_order_id="a"),
        *called.place(ALICE, 0, Side.SELL, 50, 2, client_order_id="a\0b"),
        *called.place(ALICE, 0, Side.SELL, 50, 2),
        *called.amend(ALICE, 51, 3, client_order_id="a"),
        *called.cancel(ALICE, client_order_id="a", timestamp_ns=77),
        *called.cancel_all(ALICE, 0),
    ]
    assert events.dtype == EVENT_DTYPE
    assert events.tobytes() == b"".join(map(bytes, told))
    assert [int(kind) for kind in events["kind"]] == [
        EventKind.ACCEPTED,
        EventKind.DUPLICATE,
        EventKind.REJECTED,
        EventKind.ACCEPTED,
        EventKind.AMENDED,
        EventKind.CANCELLED,
        EventKind.CANCELLED,
        EventKind.CANCEL_ALL_DONE,
    ]
    assert engine.state_image() == called.state_image()


@pytest.mark.parametrize("kind", [0, 6, CommandKind.CREATE_ACCOUNT, CommandKind.DEPOSIT, 255])
def test_rows_of_other_kinds_are_refused_by_number(new_engine: Any, kind: int) -> None:
    engine = opening(new_engine)
    before = engine.sequence
    place = {"kind": CommandKind.PLACE, "price": 1, "quantity": 1}
    with pytest.raises(CommandError, match=r"\brow 2\b"):
        engine.apply_batch(rows_of(place, place, {"kind": kind}, place))
    assert engine.sequence == before


def test_chosen_rows_are_applied_as_they_are_chosen(new_engine: Any) -> None:
    rows = rows_of(*({"kind": CommandKind.PLACE, "price": price, "quantity": 1} for price in range(1, 7)))
    for chosen in (rows[rows["price"] > 3], rows[[4, 2]], rows[:3], rows[::2].copy(), rows[:0]):
        events = opening(new_engine).apply_batch(chosen)
        accepted = events.view(EVENT_DTYPES[EventKind.ACCEPTED])
        assert accepted["price"].tolist() == chosen["price"].tolist()


def test_a_batch_of_nothing_is_nothing(new_engine: Any) -> None:
    events = new_engine().apply_batch(b"")
    assert (events.dtype, len(events)) == (EVENT_DTYPE, 0)


def test_a_batch_may_be_any_buffer(new_engine: Any) -> None:
    batch = PLACED * 3
    for buffer in (batch, bytearray(batch), memoryview(batch), np.frombuffer(batch, np.uint8)):
        events = new_engine().apply_batch(buffer)
        assert events["sequence"].tolist() == [1, 2, 3]


def test_events_of_one_kind_are_viewed_as_what_they_are(new_engine: Any) -> None:
    engine = opening(new_engine)
    events = engine.apply_batch(
        commands.pack_place(ALICE, 0, Side.SELL, 50, 2, client_order_id="maker")
        + commands.pack_place(ACCOUNTS["bob"], 0, Side.BUY, 50, 1, client_order_id="taker")
    )
    fills = events[events["kind"] == EventKind.FILL].view(EVENT_DTYPES[EventKind.FILL])
    assert fills["client_order_id"].tolist() == [b"taker", b"maker"]
    assert fills["leaves"].tolist() == [0, 1]


# -------------------------------------------------------------------------------------------------------------- packing


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: commands.pack_place(-1, 0, 0, 1, 1), "account is -1"),
        (lambda: commands.pack_place(2**32, 0, 0, 1, 1), "account is 4294967296"),
        (lambda: commands.pack_place(1, 0, 256, 1, 1), "side is 256, outside 0 to 255"),
        (lambda: commands.pack_place(1, 0, 0, 2**63, 1), "price is 9223372036854775808"),
        (lambda: commands.pack_place(1, 0, 0, 1, -(2**63) - 1), "quantity is -9223372036854775809"),
        (lambda: commands.pack_place(1, 0, 0, 1, 1, timestamp_ns=-1), "timestamp_ns is -1"),
        (lambda: commands.pack_cancel(1, order_id=2**64), "order_id is"),
        (lambda: commands.pack_deposit(1, 0, 2**63), "amount is"),
        (lambda: commands.pack_create_asset(0, "A", 0, 256), "decimals is 256"),
        (lambda: commands.pack_create_asset(0, "A", 0, 0, min_withdrawal=2**63), "min_withdrawal is"),
        (lambda: commands.pack_set_fee_schedule(0, -(2**31) - 1, 0), "maker_rate is -2147483649"),
        (lambda: commands.pack_set_fee_schedule(0, 0, -1), "taker_rate is -1"),
        (lambda: commands.pack_settle_withdrawal(1, -1), "withdrawal_id is -1"),
        (lambda: pack(256, 1, Transfer()), "kind is 256"),
        (lambda: pack(1, 1, Transfer(), key=2**32), "key is 4294967296"),
        (lambda: commands.pack_halt(1.5), "instrument is 1.5, not a whole number"),  # type: ignore[arg-type]
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
        lambda: engine.create_asset(0, "A", 0, 0, min_withdrawal=2**63),
    ]
    for call in calls:
        with pytest.raises(CommandError):
            call()
    assert engine.sequence == 0


@pytest.mark.parametrize("length", [37, 40, 41, 255, 256, 300])
def test_too_long_a_text_is_the_engine_s_to_judge(new_engine: Any, length: int) -> None:
    record = commands.pack_place(ALICE, 0, 0, 1, 1, client_order_id="x" * length)
    assert (len(record), record[49]) == (96, min(length, 255))
    for event in (*new_engine().apply(record), *new_engine().place(ALICE, 0, 0, 1, 1, client_order_id="x" * length)):
        assert (event.reason, event.client_order_id) == (RejectCode.MALFORMED, "")


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
