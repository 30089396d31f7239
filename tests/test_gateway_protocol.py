"""PROTOCOL.md and `gateway.schemas` say the same: each documented example is a message, each message has an example."""

import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

import gateway
from gateway import schemas
from gateway.book import BookMirror
from gateway.order_book import OrderBookMirror

PROTOCOL = (Path(gateway.__file__).parent / "PROTOCOL.md").read_text(encoding="utf-8")
EXAMPLES = [match.strip() for match in re.findall(r"```json\n(.*?)```", PROTOCOL, flags=re.DOTALL)]
REQUESTS = {struct.__struct_config__.tag: struct for struct in get_args(schemas.AnyRequest)}
REPLIES = {struct.__struct_config__.tag: struct for struct in get_args(schemas.AnyReply)}


def op_of(example: str) -> str:
    return str(msgspec.json.decode(example)["op"])


def decode(op: str, payload: bytes, *, text: bool) -> schemas.Request | schemas.Reply:
    decoder: Any = schemas.decode_request if op in REQUESTS else schemas.decode_reply
    message = decoder(payload, text=text)
    assert isinstance(message, schemas.Request | schemas.Reply)
    return message


@pytest.mark.parametrize("example", EXAMPLES, ids=op_of)
def test_example_is_a_message_in_both_encodings(example: str) -> None:
    op, fields = op_of(example), msgspec.json.decode(example)
    message = decode(op, example.encode(), text=True)
    assert type(message) is {**REQUESTS, **REPLIES}[op]
    for text in (True, False):
        assert decode(op, schemas.encode(message, text=text), text=text) == message
    assert decode(op, msgspec.msgpack.encode(fields), text=False) == message


@pytest.mark.parametrize("example", EXAMPLES, ids=op_of)
def test_example_with_an_unknown_field_is_refused(example: str) -> None:
    fields = {**msgspec.json.decode(example), "colour": "red"}
    with pytest.raises(msgspec.ValidationError, match="colour"):
        decode(op_of(example), msgspec.json.encode(fields), text=True)


def test_every_message_has_an_example() -> None:
    assert REQUESTS.keys() & REPLIES.keys() == set()
    assert {op_of(example) for example in EXAMPLES} == REQUESTS.keys() | REPLIES.keys()


@pytest.mark.parametrize(
    "word",
    [
        *schemas.ERROR_CODES,
        *schemas.REJECT_REASONS,
        *schemas.CANCEL_REASONS,
        *schemas.AMEND_REASONS,
        *schemas.DUPLICATE_REASONS,
        *get_args(schemas.ReportKind),
        *schemas.SIDES,
        *schemas.ORDER_TYPES,
        *schemas.TIMES_IN_FORCE,
        *schemas.STP_MODES,
        *schemas.CHANNELS,
        *get_args(schemas.ChangeKind),
        *get_args(schemas.Scope),
    ],
)
def test_every_enumeration_is_documented(word: str) -> None:
    assert f"`{word}`" in PROTOCOL or f'"{word}"' in PROTOCOL


def test_documented_checksums_are_right() -> None:
    messages = [decode(op_of(text), text.encode(), text=True) for text in EXAMPLES if op_of(text) in {"book", "delta"}]
    snapshot, delta = messages
    assert isinstance(snapshot, schemas.Book)
    assert isinstance(delta, schemas.Delta)
    mirror = BookMirror(snapshot.instrument)
    mirror.snapshot(snapshot)
    mirror.apply(delta)
    assert mirror.bids() == [(18940, 500)]
    assert mirror.asks() == [(18955, 100), (18960, 200)]


def test_documented_checksums_of_orders_are_right() -> None:
    ops = {"level3_book", "level3_delta"}
    messages = [decode(op_of(text), text.encode(), text=True) for text in EXAMPLES if op_of(text) in ops]
    snapshot, delta = messages
    assert isinstance(snapshot, schemas.Level3Book)
    assert isinstance(delta, schemas.Level3Delta)
    mirror = OrderBookMirror(snapshot.instrument)
    mirror.snapshot(snapshot)
    mirror.apply(delta)
    assert [(price, quantity) for _, price, quantity in mirror.orders("buy")] == [(18950, 5), (18950, 80)]
    assert [(price, quantity) for _, price, quantity in mirror.orders("sell")] == [(18955, 100), (18960, 200)]
