"""The state image of references of money commands."""

import struct
from typing import Any

import pytest

import pyengine
from pyengine import SnapshotError, reference
from pyengine.records import MAX_REFERENCES, CommandKind
from tests.images import NO_REFERENCES, NOTHING_BEHIND_REFERENCES, Images, restored_image, with_assets

DEPOSIT, REQUEST, SETTLE, CANCEL, TRANSFER = (
    CommandKind.DEPOSIT,
    CommandKind.REQUEST_WITHDRAWAL,
    CommandKind.SETTLE_WITHDRAWAL,
    CommandKind.CANCEL_WITHDRAWAL,
    CommandKind.TRANSFER,
)
LONG = "x" * 36


def with_references(new_engine: Any) -> Any:
    """Two accounts that have moved money, under names that are not in the order of the image: one withdrawal is
    settled, one cancelled, one pending.
    """
    engine = with_assets(new_engine)
    engine.create_account(1)
    engine.deposit(1, 1, 90, reference="b")
    engine.deposit(0, 0, 1_000, reference=LONG)
    engine.deposit(0, 0, 7, reference="b")
    engine.deposit(0, 0, 7, reference="a!")
    engine.deposit(0, 1, 7, reference="a")
    engine.deposit(0, 0, 7)
    engine.transfer(0, 1, 0, 8, reference="b")
    for amount in (10, 11, 12):
        engine.request_withdrawal(0, 0, amount, reference=f"w{amount}")
    engine.settle_withdrawal(0, 1, reference="b")
    engine.cancel_withdrawal(0, 2, reference="b")
    engine.deposit(0, 0, 7, reference="a!")
    return engine


def referred(account: int, command: int, text: str, moved: tuple[int, int, int, int, int]) -> bytes:
    """What the rule book lays out: of the moved asset, counterparty, amount, withdrawal and sequence."""
    return struct.pack("<IBB", account, command, len(text)) + text.encode() + struct.pack("<IIqQQ", *moved)


FIRST = referred(0, DEPOSIT, "a", (1, 0, 7, 0, 8))
SHORT_FIRST = referred(0, DEPOSIT, "a!", (0, 0, 7, 0, 7))
PENDING = referred(0, REQUEST, "w12", (0, 0, 12, 3, 13))
SETTLED = referred(0, SETTLE, "b", (0, 0, 10, 1, 14))
CANCELLED = referred(0, CANCEL, "b", (0, 0, 11, 2, 15))
SENT = referred(0, TRANSFER, "b", (0, 1, 8, 0, 10))
LAST = referred(1, DEPOSIT, "b", (1, 0, 90, 0, 4))
REFERENCES = b"".join(
    (
        struct.pack("<I", 11),
        FIRST,
        SHORT_FIRST,
        referred(0, DEPOSIT, "b", (0, 0, 7, 0, 6)),
        referred(0, DEPOSIT, LONG, (0, 0, 1_000, 0, 5)),
        referred(0, REQUEST, "w10", (0, 0, 10, 1, 11)),
        referred(0, REQUEST, "w11", (0, 0, 11, 2, 12)),
        PENDING,
        SETTLED,
        CANCELLED,
        SENT,
        LAST,
    )
)


def test_references_byte_by_byte(new_engine: Any) -> None:
    assert with_references(new_engine).state_image().endswith(REFERENCES + NOTHING_BEHIND_REFERENCES)


def first(account: int = 0, command: int = DEPOSIT, text: str = "a", **moved: int) -> list[tuple[bytes, bytes]]:
    """The first of them, with a change."""
    said = {"asset": 1, "counterparty": 0, "amount": 7, "withdrawal_id": 0, "sequence": 8} | moved
    return [(FIRST, referred(account, command, text, tuple(said.values())))]  # type: ignore[arg-type]


def sent(account: int = 0, counterparty: int = 1, withdrawal_id: int = 0) -> list[tuple[bytes, bytes]]:
    return [(SENT, referred(account, TRANSFER, "b", (0, counterparty, 8, withdrawal_id, 10)))]


def of_withdrawal(before: bytes, command: int, text: str, *moved: int) -> list[tuple[bytes, bytes]]:
    return [(before, referred(0, command, text, moved))]  # type: ignore[arg-type]


NO_REFERENCES_OF_ANY = {
    "none": first(text=""),
    "not printable": first(text="\x7f"),
    "a blank": first(text=" "),
    "too long": first(text=LONG + "x"),
    "twice": first(text="a!"),
    "out of order": [(FIRST + SHORT_FIRST, SHORT_FIRST + FIRST)],
    "accounts out of order": [(LAST, FIRST), (FIRST + SHORT_FIRST, LAST + SHORT_FIRST)],
    "an account that is not there": [(LAST, referred(2, DEPOSIT, "b", (1, 0, 90, 0, 4)))],
    "a command that moves no money": first(command=CommandKind.SET_ACCOUNT),
    "an unknown command": [(LAST, referred(1, 37, "b", (1, 0, 90, 0, 4)))],
    "an asset that is not there": first(asset=2),
    "nothing moved": first(amount=0),
    "less than nothing": first(amount=-1),
    "before the first command": first(sequence=0),
    "a command to come": first(sequence=17),
    "a deposit of a withdrawal": first(withdrawal_id=1),
    "a deposit from an account": first(counterparty=1),
    "a transfer to nobody": sent(counterparty=2),
    "a transfer to itself": sent(counterparty=0),
    "a transfer of a withdrawal": sent(withdrawal_id=1),
    "a withdrawal to an account": of_withdrawal(PENDING, REQUEST, "w12", 0, 1, 12, 3, 13),
    "no withdrawal": of_withdrawal(PENDING, REQUEST, "w12", 0, 0, 12, 0, 13),
    "a withdrawal that was never requested": of_withdrawal(PENDING, REQUEST, "w12", 0, 0, 12, 4, 13),
    "another amount than is pending": of_withdrawal(PENDING, REQUEST, "w12", 0, 0, 13, 3, 13),
    "another asset than is pending": of_withdrawal(PENDING, REQUEST, "w12", 1, 0, 12, 3, 13),
    "another's withdrawal that is pending": [
        (LAST, LAST + referred(1, REQUEST, "w", (0, 0, 12, 3, 13))),
        (struct.pack("<I", 11) + FIRST, struct.pack("<I", 12) + FIRST),
    ],
    "settled and pending": of_withdrawal(SETTLED, SETTLE, "b", 0, 0, 10, 3, 14),
    "cancelled and pending": of_withdrawal(CANCELLED, CANCEL, "b", 0, 0, 11, 3, 15),
    "no withdrawal that is settled": of_withdrawal(SETTLED, SETTLE, "b", 0, 0, 10, 0, 14),
    "a settlement to an account": of_withdrawal(SETTLED, SETTLE, "b", 0, 1, 10, 1, 14),
    "more than there are": [(struct.pack("<I", 11) + FIRST, struct.pack("<I", 12) + FIRST)],
    "fewer than there are": [(struct.pack("<I", 11) + FIRST, struct.pack("<I", 10) + FIRST)],
}


@pytest.mark.parametrize("changes", NO_REFERENCES_OF_ANY.values(), ids=NO_REFERENCES_OF_ANY)
def test_references_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_references(new_engine).state_image()).refuses(*changes)


SOME_REFERENCES = {
    "of another asset": first(asset=0),
    "of more": first(amount=2**63 - 1),
    "of the first command": first(sequence=1),
    "of the last command": first(sequence=16),
    "of another withdrawal that has ended": of_withdrawal(SETTLED, SETTLE, "b", 1, 0, 99, 2, 14),
    "a transfer to the venue": [(SENT + LAST, LAST + referred(1, TRANSFER, "b", (0, 0, 8, 0, 10)))],
    "none": [(REFERENCES, bytes(4))],
}


@pytest.mark.parametrize("changes", SOME_REFERENCES.values(), ids=SOME_REFERENCES)
def test_references_that_an_engine_could_write_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_references(new_engine).state_image()).takes(*changes)


@pytest.mark.parametrize(
    ("count", "defect"),
    [(MAX_REFERENCES, "truncated"), (MAX_REFERENCES + 1, "too many references"), (2**32 - 1, "too many references")],
)
def test_more_references_than_there_can_be_are_not_read(count: int, defect: str) -> None:
    image = with_references(pyengine.Engine).state_image()
    with pytest.raises(SnapshotError, match=defect):
        pyengine.Engine.restore(image.removesuffix(REFERENCES + NOTHING_BEHIND_REFERENCES) + struct.pack("<I", count))


def test_both_engines_take_the_same_references() -> None:
    """Every byte of the part, with each of its bits another."""
    image = bytearray(with_references(reference.Engine).state_image())
    end = len(image) - len(NOTHING_BEHIND_REFERENCES)
    for at in range(end - len(REFERENCES), end):
        for bit in range(8):
            image[at] ^= 1 << bit
            python, rust = (restored_image(engine, bytes(image)) for engine in (reference.Engine, pyengine.Engine))
            assert (python is None) == (rust is None), f"bit {bit} of byte {at}"
            image[at] ^= 1 << bit


def test_a_restored_engine_knows_what_was_moved(new_engine: Any) -> None:
    engine = with_references(new_engine)
    restored = new_engine.restore(engine.state_image())
    for each in (engine, restored):
        (known,) = each.request_withdrawal(0, 0, 11, reference="w11")
        assert (known.withdrawal_id, known.original_sequence) == (2, 12)
    assert engine.state_hash() == restored.state_hash()


def test_who_uses_no_references_has_none_in_the_image(new_engine: Any) -> None:
    engine = with_assets(new_engine)
    engine.deposit(0, 0, 7)
    engine.deposit(0, 0, -7, reference="refused")
    assert engine.state_image().endswith(NO_REFERENCES)
    before = len(engine.state_image())
    engine.deposit(0, 0, 7, reference="kept")
    assert len(engine.state_image()) == before + 4 + 2 + len("kept") + 32
