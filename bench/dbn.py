"""Databento Binary Encoding: metadata of versions 1 to 3 and a few of its records, encoded.

Written from Databento's description of the encoding, not from the decoder, which is tested with it. Numbers have their
lowest byte first. Prices are in billionths, times in nanoseconds since the Unix epoch. What does not fit its field is
an error.
"""

from collections.abc import Iterable, Sequence
from struct import Struct
from typing import Final, Literal, TypeAlias

Side: TypeAlias = Literal["A", "B", "N"]
Action: TypeAlias = Literal["A", "C", "M", "R", "T", "F", "N"]
Schema: TypeAlias = Literal["mbo", "mbp-1", "mbp-10", "tbbo", "trades", "status", "imbalance"]
Level: TypeAlias = tuple[int, int, int]
"""Price, quantity, orders."""

UNIT: Final = 10**9
UNDEF_PRICE: Final = 2**63 - 1
UNDEF_TIMESTAMP: Final = 2**64 - 1
LAST: Final = 1 << 7
TOB: Final = 1 << 6
SNAPSHOT: Final = 1 << 5
MBP: Final = 1 << 4
BAD_TS_RECV: Final = 1 << 3
MAYBE_BAD_BOOK: Final = 1 << 2
SCHEMAS: Final[dict[Schema, int]] = {
    "mbo": 0,
    "mbp-1": 1,
    "mbp-10": 2,
    "tbbo": 3,
    "trades": 4,
    "status": 11,
    "imbalance": 12,
}
MIXED: Final = 2**16 - 1
"""In place of a schema."""
SYMBOL_LENGTHS: Final = {1: 22, 2: 71, 3: 71}
"""By version."""
DATASET: Final = 16
DEPTH: Final = 10
_RAW_SYMBOL: Final = 1
_INSTRUMENT_ID: Final = 0
_RECORD: Final = Struct("<BBHIQ")
"""Length in words, kind, publisher, instrument, time of the event."""
_MBO: Final = Struct("<BBHIQQqIBBccQiI")
_MBP: Final = Struct("<qIccBBQiI")
_PAIR: Final = Struct("<qqIIII")
_WORD: Final = 4
ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_BLOCK: Final = 1 << 17


def text(value: str, length: int) -> bytes:
    """A field of text."""
    encoded = value.encode("ascii")
    if len(encoded) > length:
        raise ValueError(f"{value!r} is longer than {length} bytes")
    return encoded.ljust(length, b"\0")


def metadata(
    mappings: dict[str, int],
    *,
    version: int = 3,
    schema: Schema | None = "mbo",
    dataset: str = "XNAS.ITCH",
    start: int = 0,
    dates: tuple[int, int] = (20200101, 20300101),
) -> bytes:
    """What a file begins with: its schema (`None`: mixed) and the instruments' names."""
    symbol = SYMBOL_LENGTHS[version]
    body = text(dataset, DATASET) + (MIXED if schema is None else SCHEMAS[schema]).to_bytes(2, "little")
    body += Struct("<QQQ").pack(start, UNDEF_TIMESTAMP, 0)
    if version == 1:
        body += bytes(8)  # how many records there are, which nobody tells any more
    body += bytes([_RAW_SYMBOL, _INSTRUMENT_ID, 0])
    body += bytes(47) if version == 1 else symbol.to_bytes(2, "little") + bytes(53)
    body += bytes(4)  # no definition of a schema
    body += _symbols(list(mappings), symbol) + _symbols([], symbol) * 2
    body += len(mappings).to_bytes(4, "little")
    for name, number in mappings.items():
        interval = Struct("<II").pack(*dates) + text(str(number), symbol)
        body += text(name, symbol) + (1).to_bytes(4, "little") + interval
    if version == 3:
        body += bytes(-len(body) % 8)
    return b"DBN" + bytes([version]) + len(body).to_bytes(4, "little") + body


def _symbols(names: Sequence[str], length: int) -> bytes:
    return len(names).to_bytes(4, "little") + b"".join(text(name, length) for name in names)


def mbo(
    action: Action,
    side: Side,
    price: int,
    size: int,
    order: int,
    *,
    instrument: int,
    ts_event: int,
    ts_recv: int | None = None,
    flags: int = LAST,
    sequence: int = 0,
    publisher: int = 2,
    channel: int = 0,
    ts_in_delta: int = 0,
) -> bytes:
    """What happened to an order."""
    received = ts_event if ts_recv is None else ts_recv
    return _MBO.pack(
        _MBO.size // _WORD,
        0xA0,
        publisher,
        instrument,
        ts_event,
        order,
        price,
        size,
        flags,
        channel,
        action.encode(),
        side.encode(),
        received,
        ts_in_delta,
        sequence,
    )


def mbp10(
    action: Action,
    side: Side,
    price: int,
    size: int,
    bids: Sequence[Level],
    asks: Sequence[Level],
    *,
    instrument: int,
    ts_event: int,
    ts_recv: int | None = None,
    flags: int = LAST,
    sequence: int = 0,
    publisher: int = 2,
) -> bytes:
    """The ten best levels of both sides, and what has changed them."""
    empty: Level = (UNDEF_PRICE, 0, 0)
    levels = [_pair(*(side[at] if at < len(side) else empty for side in (bids, asks))) for at in range(DEPTH)]
    body = _mbp(action, side, price, size, flags, ts_event if ts_recv is None else ts_recv, sequence)
    return _record(10, publisher, instrument, ts_event, body + b"".join(levels))


def trade(
    side: Side,
    price: int,
    size: int,
    *,
    instrument: int,
    ts_event: int,
    flags: int = LAST,
    sequence: int = 0,
    publisher: int = 2,
) -> bytes:
    """A record of the trades schema."""
    body = _mbp("T", side, price, size, flags, ts_event, sequence)
    return _record(0, publisher, instrument, ts_event, body)


def symbol_mapping(name: str, instrument: int, *, version: int = 3, ts_event: int = 0) -> bytes:
    """A record that names an instrument."""
    symbol = SYMBOL_LENGTHS[version]
    if version == 1:
        body = text(name, symbol) * 2 + bytes(4) + bytes(16)
    else:
        body = bytes([_RAW_SYMBOL]) + text(name, symbol) + bytes([_INSTRUMENT_ID]) + text(name, symbol) + bytes(16)
    return _record(0x16, 0, instrument, ts_event, body)


def other(kind: int, *, instrument: int = 1, length: int = 40) -> bytes:
    """A record of another kind, with nothing in it."""
    return _record(kind, 2, instrument, 0, bytes(length - _RECORD.size))


def _pair(bid: Level, ask: Level) -> bytes:
    return _PAIR.pack(bid[0], ask[0], bid[1], ask[1], bid[2], ask[2])


def _mbp(action: Action, side: Side, price: int, size: int, flags: int, ts_recv: int, sequence: int) -> bytes:
    return _MBP.pack(price, size, action.encode(), side.encode(), flags, 0, ts_recv, 0, sequence)


def _record(kind: int, publisher: int, instrument: int, ts_event: int, body: bytes) -> bytes:
    length, rest = divmod(_RECORD.size + len(body), _WORD)
    if rest:
        raise ValueError(f"a record of {_RECORD.size + len(body)} bytes is not one of whole words")
    return _RECORD.pack(length, kind, publisher, instrument, ts_event) + body


def packed(content: bytes) -> bytes:
    """A zstd file of blocks that are left as they are."""
    blocks = [content[at : at + _BLOCK] for at in range(0, len(content), _BLOCK)] or [b""]
    heads = [(len(block) << 3 | (at == len(blocks) - 1)).to_bytes(3, "little") for at, block in enumerate(blocks)]
    window = b"\x00\x38"  # no size, no checksum; 128 KiB
    return ZSTD_MAGIC + window + b"".join(head + block for head, block in zip(heads, blocks, strict=True))


def file(
    records: Iterable[bytes], mappings: dict[str, int], *, version: int = 3, schema: Schema | None = "mbo"
) -> bytes:
    """A whole file."""
    return metadata(mappings, version=version, schema=schema) + b"".join(records)
