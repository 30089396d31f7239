"""`pyengine replay journal`: the state that a venue had at a sequence or a time, found without touching its journal."""

import hashlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
import xxhash
from typer.testing import CliRunner, Result

from pyengine import AssetClass, DurableEngine, Engine, JournalCorruptError, JournalError, Side
from pyengine._engine_core import JournalReplay, verify_journal
from pyengine.cli import main
from pyengine.commands import pack_deposit
from pyengine.records import SEMANTICS_VERSION, Visibility
from pyengine.tape.journal import Until, parse_until, shown_time

START_NS: Final = 1_767_225_600_000_000_000
START: Final = "2026-01-01T00:00:00"
SECOND: Final = 1_000_000_000
SEGMENT_BYTES: Final = 4_096
"""Room for seven commands, each in a batch of its own."""
COMMANDS: Final = 67
HEADER_BYTES: Final = {".log": 512, ".img": 128}

KEYS: Final = {
    "tape": str,
    "messages": int,
    "messages_per_second": int,
    "seconds": float,
    "sequence": int,
    "timestamp_ns": int,
    "from_snapshot": int | None,
    "fills": int,
    "snapshots_checked": int,
    "snapshots_matched": int,
    "first_difference": dict | None,
    "damaged_snapshots": list,
    "conservation_ok": bool,
    "holds_ok": bool,
    "holds": list,
    "journal_id": str,
    "chain": str | None,
    "state_hash": str,
    "recovered_state_hash": str | None,
    "instruments": int,
    "open_orders": int,
    "assets": dict,
    "accounts": list,
    "orders": list,
    "books": dict,
    "keys": list,
}


def run(*arguments: str | Path | int) -> Result:
    result = CliRunner().invoke(main, ["replay", "journal", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def replayed(*arguments: str | Path | int, exit_code: int = 0) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == exit_code, result.stderr
    parsed = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(parsed, dict)
    return parsed


def refused(*arguments: str | Path | int) -> str:
    """What is said, in one line."""
    for options in ((), ("--json",)):
        result = run(*arguments, *options)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("pyengine: ").rstrip("\n")


def steps(deposit: int = 10**9) -> list[Callable[[Any], Any]]:
    """Commands of a small market, three at each second from the eighth on; some of them trade."""
    made: list[Callable[[Any], Any]] = [
        lambda engine: engine.create_asset(0, "USD", AssetClass.STABLECOIN, 6, timestamp_ns=START_NS),
        lambda engine: engine.create_asset(1, "XAU", AssetClass.GOLD, 3),
        lambda engine: engine.create_instrument(
            0, "XAU-USD", 1, 0, lot_size=10, tick_lot_value=100, max_price=1_000_000
        ),
        lambda engine: engine.create_account(1, timestamp_ns=START_NS + 1),
        lambda engine: engine.create_account(2),
        lambda engine: engine.deposit(1, 0, deposit),
        lambda engine: engine.deposit(2, 1, 10**9),
    ]

    def order(index: int) -> Callable[[Any], Any]:
        account, side = (1, Side.BUY) if index % 2 else (2, Side.SELL)
        price, now = 1_000 + (index * 7) % 11, START_NS + (1 + index // 3) * SECOND
        return lambda engine: engine.place(account, 0, side, price, 5 + index, timestamp_ns=now)

    return made + [order(index) for index in range(COMMANDS - len(made))]


@dataclass
class Written:
    """A journal, and what its engine said of its state after each command."""

    directory: Path
    hashes: list[str] = field(default_factory=list)
    times: list[int] = field(default_factory=list)

    def segments(self) -> list[Path]:
        return sorted(self.directory.glob("journal-*.log"))

    def snapshot(self, sequence: int) -> Path:
        return self.directory / f"snapshot-{sequence:020}.img"

    def note(self, engine: Engine) -> None:
        self.hashes.append(engine.state_hash().hex())
        self.times.append(engine.timestamp_ns)

    def without_head(self, first: int) -> None:
        """Takes the segments away that end before this sequence."""
        segments = self.segments()
        for path, following in itertools.pairwise(segments):
            if int(following.stem.removeprefix("journal-")) <= first:
                path.unlink()


def write(directory: Path, *snapshots: int) -> Written:
    written = Written(directory)
    with DurableEngine(directory, segment_bytes=SEGMENT_BYTES) as engine:
        written.note(engine)
        for step in steps():
            step(engine)
            written.note(engine)
            if engine.sequence in snapshots:
                engine.snapshot()
    return written


@pytest.fixture
def journal(tmp_path: Path) -> Written:
    written = write(tmp_path / "journal")
    assert len(written.segments()) > 8
    return written


@pytest.fixture
def with_snapshots(tmp_path: Path) -> Written:
    return write(tmp_path / "journal", 20, 45)


def contents(directory: Path) -> dict[str, Any]:
    """All that could change in a directory, itself included."""
    paths = [directory, *directory.iterdir()]
    stats = {path.name: path.stat() for path in paths}
    whole = {path.name: path.read_bytes() for path in paths if path.is_file()}
    return {
        name: (it.st_mtime_ns, it.st_ctime_ns, it.st_ino, it.st_mode, whole.get(name)) for name, it in stats.items()
    }


def seal(path: Path, data: bytearray) -> None:
    """Writes a file with the checksum that its header has to have."""
    header = bytes(data[8 : HEADER_BYTES[path.suffix]])
    data[:8] = xxhash.xxh3_64_intdigest(header).to_bytes(8, "little")
    path.write_bytes(data)


def plant(path: Path, image: bytes) -> None:
    """Makes the snapshot a whole one of another state."""
    data = bytearray(path.read_bytes()[: HEADER_BYTES[".img"]])
    data[48:56] = len(image).to_bytes(8, "little")
    data[56:88] = hashlib.sha256(image).digest()
    seal(path, data + image)


def damage(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"damage")


# The state at a sequence


@pytest.mark.parametrize("sequence", [0, 1, 6, 7, 8, 14, 30, COMMANDS - 1, COMMANDS])
def test_the_state_at_a_sequence_is_the_one_that_was_there(journal: Written, sequence: int) -> None:
    found = replayed(journal.directory, "--until", sequence)
    assert found["state_hash"] == journal.hashes[sequence]
    assert (found["sequence"], found["timestamp_ns"]) == (sequence, journal.times[sequence])
    assert (found["messages"], found["from_snapshot"], found["conservation_ok"]) == (sequence, None, True)


def test_without_an_end_it_is_the_journal_s(journal: Written) -> None:
    found = replayed(journal.directory)
    assert (found["sequence"], found["state_hash"]) == (COMMANDS, journal.hashes[-1])
    assert found["timestamp_ns"] == journal.times[-1]


def test_what_is_told_is_what_an_engine_says_that_stopped_there(journal: Written, tmp_path: Path) -> None:
    sequence = 41
    with DurableEngine(tmp_path / "stopped") as engine:
        for step in steps()[:sequence]:
            step(engine)
    found = replayed(journal.directory, "--until", sequence)
    with DurableEngine(tmp_path / "stopped") as engine:
        assert engine.sequence == sequence
        assert found["state_hash"] == engine.state_hash().hex()
        for account in range(3):
            expected = {symbol: engine.balance(account, asset) for asset, symbol in enumerate(("USD", "XAU"))}
            row = found["accounts"][account]
            balances = {each["asset"]: (each["available"], each["held"]) for each in row["balances"]}
            assert row["account"] == account
            assert balances == {symbol: balance for symbol, balance in expected.items() if balance != (0, 0)}
        orders = [order for account in range(3) for order in engine.open_orders(account)]
        names = ("order_id", "account", "price", "quantity", "leaves", "filled")
        assert [[order[name] for name in names] for order in found["orders"]] == [
            [getattr(order, name) for name in names] for order in orders
        ]
        assert [order["side"] for order in found["orders"]] == [("buy", "sell")[order.side] for order in orders]
        for side, levels in zip(("bids", "asks"), engine.depth(0, 1_000), strict=True):
            shown = found["books"]["XAU-USD"][side]
            assert [(level["price"], level["quantity"], level["orders"]) for level in shown] == levels
        assert found["open_orders"] == len(orders) > 5
        assert found["assets"]["USD"] == {
            "asset_class": "stablecoin",
            "decimals": 6,
            "issued": engine.issued(0),
            "minted": 0,
            "burned": 0,
            "total": engine.total(0),
        }


def test_the_attributes_that_an_order_has_are_told(tmp_path: Path) -> None:
    with DurableEngine(tmp_path) as engine:
        for step in steps()[:7]:
            step(engine)
        engine.place(1, 0, Side.BUY, 5, 10, visibility=Visibility.HIDDEN, min_quantity=3, client_order_id="mine")
        engine.place(1, 0, Side.BUY, 4, 10)
    hidden, plain = replayed(tmp_path)["orders"]
    assert (hidden["visibility"], hidden["min_quantity"], hidden["client_order_id"]) == ("hidden", 3, "mine")
    assert hidden.keys() - plain.keys() == {"visibility", "min_quantity"}
    assert (plain["instrument"], plain["time_in_force"], plain["stp"]) == ("XAU-USD", "gtc", "newest")


def test_what_was_settled_on_the_way_is_counted(with_snapshots: Written) -> None:
    from_genesis = replayed(with_snapshots.directory, "--check")["fills"]
    until = replayed(with_snapshots.directory, "--check", "--until", 45)["fills"]
    after = replayed(with_snapshots.directory)
    assert (after["from_snapshot"], after["messages"]) == (45, COMMANDS - 45)
    assert from_genesis > until > 0
    assert after["fills"] == from_genesis - until


@pytest.mark.parametrize(
    ("sequence", "begins_at"), [(19, None), (20, 20), (21, 20), (44, 20), (45, 45), (46, 45), (COMMANDS, 45)]
)
def test_it_begins_at_the_newest_snapshot_that_leads_there(
    with_snapshots: Written, sequence: int, begins_at: int | None
) -> None:
    found = replayed(with_snapshots.directory, "--until", sequence)
    assert (found["from_snapshot"], found["state_hash"]) == (begins_at, with_snapshots.hashes[sequence])
    assert found["messages"] == sequence - (begins_at or 0)


def test_a_sequence_in_the_midst_of_a_batch(tmp_path: Path) -> None:
    """A batch of a hundred commands: what is behind the end is not applied."""
    with DurableEngine(tmp_path) as engine:
        for step in steps()[:7]:
            step(engine)
        engine.apply_batch(b"".join(pack_deposit(1, 0, 1) for _ in range(100)))
    for sequence in (7, 8, 50, 106, 107):
        found = replayed(tmp_path, "--until", sequence)
        assert found["sequence"] == sequence
        assert found["accounts"][1]["balances"][0]["available"] == 10**9 + sequence - 7


# The state at a time


@pytest.mark.parametrize(
    ("text", "sequence"),
    [
        ("1999-12-31T23:59:59.999999999Z", 0),
        (f"{START}Z", 3),
        ("2025-12-31T23:59:59.999999999Z", 0),
        (f"{START}.000000000999Z", 3),
        (f"{START}.000000001Z", 7),
        ("2026-01-01T00:00:00.999999999Z", 7),
        ("2026-01-01T00:00:01Z", 10),
        ("2026-01-01 01:00:01+01:00", 10),
        ("2025-12-31T18:30:01,5-0530", 10),
        ("2025-12-31T16:00:01.999999999-08", 10),
        ("2026-01-01t00:00:02z", 13),
        ("2026-01-01T00:01Z", COMMANDS),
        ("2026-01-01T00:00:19.999999999Z", 64),
        ("2026-01-01T00:00:20Z", COMMANDS),
        ("2999-01-01T00:00:00Z", COMMANDS),
    ],
)
def test_the_state_at_a_time_is_that_after_the_last_command_not_later(
    journal: Written, text: str, sequence: int
) -> None:
    found = replayed(journal.directory, "--until", text)
    assert (found["sequence"], found["state_hash"]) == (sequence, journal.hashes[sequence])
    assert found["timestamp_ns"] == journal.times[sequence]


def test_every_time_of_the_journal_leads_to_its_last_command(with_snapshots: Written) -> None:
    """Whatever segment it is in, and whatever snapshot it begins at; one nanosecond earlier is the command before."""
    times = with_snapshots.times
    for timestamp_ns in sorted(set(times[1:])):
        for wanted in (timestamp_ns - 1, timestamp_ns):
            expected = max(sequence for sequence, time in enumerate(times) if time <= wanted or not sequence)
            found = replayed(with_snapshots.directory, "--until", shown_time(wanted))
            assert (found["sequence"], found["state_hash"]) == (expected, with_snapshots.hashes[expected])


def test_a_time_in_the_midst_of_a_batch(tmp_path: Path) -> None:
    """Three commands at each second, all in one batch."""
    with DurableEngine(tmp_path) as engine:
        for step in steps()[:7]:
            step(engine)
        times = [START_NS + (1 + index // 3) * SECOND for index in range(30)]
        engine.apply_batch(b"".join(pack_deposit(1, 0, 1, timestamp_ns=timestamp_ns) for timestamp_ns in times))
    assert verify_journal(tmp_path)["batches"] == 8
    for second in range(12):
        expected = 7 + min(3 * second, 30)
        for wanted in (START_NS + second * SECOND + 1, START_NS + (second + 1) * SECOND - 1):
            assert replayed(tmp_path, "--until", shown_time(wanted))["sequence"] == expected
        on_time = replayed(tmp_path, "--until", shown_time(START_NS + second * SECOND))
        assert on_time["sequence"] == (expected if second else 3)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2026-01-01T00:00:00", "a time without an offset: add Z, for UTC, or one like +02:00"),
        ("2026-01-01", "neither a sequence nor a time like 2026-01-02T15:04:05.123456789Z"),
        ("yesterday", "neither a sequence nor a time like 2026-01-02T15:04:05.123456789Z"),
        ("2026-01-01T00:00.5Z", "neither a sequence nor a time like 2026-01-02T15:04:05.123456789Z"),
        ("12345678901234567890", "neither a sequence nor a time like 2026-01-02T15:04:05.123456789Z"),
        ("²", "neither a sequence nor a time like 2026-01-02T15:04:05.123456789Z"),
        ("-5", "neither a sequence nor a time like 2026-01-02T15:04:05.123456789Z"),
        ("1969-12-31T23:59:59Z", "before 1970"),
    ],
)
def test_what_is_neither_a_sequence_nor_a_time_is_refused(journal: Written, text: str, problem: str) -> None:
    assert refused(journal.directory, f"--until={text}") == f"--until {text}: {problem}"


@pytest.mark.parametrize("text", ["2026-02-29T00:00:00Z", "2026-01-01T24:30:00Z", "2026-01-01T00:00:60Z"])
def test_a_time_that_does_not_exist_is_refused(journal: Written, text: str) -> None:
    assert refused(journal.directory, "--until", text).startswith(f"--until {text}: no time: ")


def test_times_are_read_to_the_nanosecond_and_shown_so() -> None:
    for timestamp_ns in (0, 1, START_NS + 123_456_789, (1 << 64) - 1):
        assert parse_until(shown_time(timestamp_ns)) == Until(timestamp_ns=timestamp_ns)
    assert parse_until("1970-01-01T00:00:00.5Z") == Until(timestamp_ns=SECOND // 2)
    assert parse_until("9999-12-31T23:59:59Z") == Until(timestamp_ns=(1 << 64) - 1)


# Out of reach


def test_a_sequence_beyond_the_end_is_refused_with_the_limits(journal: Written) -> None:
    said = refused(journal.directory, "--until", COMMANDS + 1)
    assert said == f"{journal.directory}: has no state at sequence {COMMANDS + 1}, only from sequence 0 to {COMMANDS}"
    assert refused(journal.directory, "--check", "--until", 10**18).endswith(f"only from sequence 0 to {COMMANDS}")


def test_a_journal_without_its_head_begins_at_a_snapshot(with_snapshots: Written) -> None:
    journal = with_snapshots
    journal.without_head(21)
    assert 10 < int(journal.segments()[0].stem.removeprefix("journal-")) <= 21
    for options, sequence, begins_at in (
        ((), COMMANDS, 45),
        (("--check",), COMMANDS, 20),
        (("--until", "20"), 20, 20),
        (("--until", "30"), 30, 20),
        (("--check", "--until", "30"), 30, 20),
        (("--until", f"{START[:-2]}05Z"), 22, 20),
    ):
        found = replayed(journal.directory, *options)
        assert (found["sequence"], found["from_snapshot"]) == (sequence, begins_at)
        assert found["state_hash"] == journal.hashes[sequence]
        assert found["messages"] == sequence - begins_at
    text = run(journal.directory).stdout
    assert "from snapshot" in text
    assert "45" in text


def test_what_is_before_the_first_state_is_refused_with_the_limits(with_snapshots: Written) -> None:
    journal = with_snapshots
    journal.without_head(21)
    where = f"{journal.directory}: has no state at "
    assert refused(journal.directory, "--until", 19) == f"{where}sequence 19, only from sequence 20 to {COMMANDS}"
    first = shown_time(journal.times[20])
    # The first is refused by what the segments say, the other by the time of the snapshot.
    for wanted in (shown_time(START_NS), shown_time(journal.times[20] - 1)):
        said = refused(journal.directory, "--until", wanted)
        assert said == f"{where}{wanted}: the first is of sequence 20, at {first}"
    assert replayed(journal.directory, "--until", first)["sequence"] == 22


def test_a_snapshot_right_before_the_first_segment_is_of_its_own_time(tmp_path: Path) -> None:
    """All commands that are left are later than the time, but so is the snapshot, or not."""
    directory = tmp_path / "journal"
    with DurableEngine(directory, segment_bytes=SEGMENT_BYTES) as engine:
        for step in steps()[:7]:
            step(engine)
        engine.snapshot()
        engine.deposit(1, 0, 1, timestamp_ns=START_NS + SECOND)
    journal = Written(directory)
    journal.without_head(8)
    assert [path.name for path in journal.segments()] == [f"journal-{8:020}.log"]
    between, before = shown_time(START_NS + 2), shown_time(START_NS)
    assert replayed(directory, "--until", between)["sequence"] == 7
    said = refused(directory, "--until", before)
    assert said == f"{directory}: has no state at {before}: the first is of sequence 7, at {shown_time(START_NS + 1)}"


def test_commands_of_older_rules_are_not_replayed(journal: Written) -> None:
    DurableEngine(journal.directory, segment_bytes=SEGMENT_BYTES).close(snapshot=True)
    for path in journal.segments():
        data = bytearray(path.read_bytes())
        data[20:24] = (SEMANTICS_VERSION - 1).to_bytes(4, "little")
        seal(path, data)
    with DurableEngine(journal.directory, segment_bytes=SEGMENT_BYTES) as engine:
        engine.deposit(1, 0, 1, timestamp_ns=START_NS + 3_600 * SECOND)
        state_hash = engine.state_hash().hex()
    found = replayed(journal.directory)
    assert (found["from_snapshot"], found["messages"], found["state_hash"]) == (COMMANDS, 1, state_hash)
    assert replayed(journal.directory, "--until", "2026-01-01T00:30Z")["sequence"] == COMMANDS
    limits = f"only from sequence {COMMANDS} to {COMMANDS + 1}"
    assert refused(journal.directory, "--until", 5) == f"{journal.directory}: has no state at sequence 5, {limits}"
    assert "the first is of sequence 67, at 2026-" in refused(journal.directory, "--until", f"{START}Z")


@pytest.mark.parametrize("options", [[], ["--check"], ["--until", "3"]])
def test_where_there_is_no_journal(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    for name, problem in (("empty", "holds no journal"), ("none", "no such directory"), ("file", "no such directory")):
        assert refused(tmp_path / name, *options) == f"{tmp_path / name}: {problem}"
    assert list((tmp_path / "empty").iterdir()) == []
    with pytest.raises(ValueError, match=r"empty: holds no journal"):
        JournalReplay(tmp_path / "empty")


# The check


def test_the_check_agrees_with_every_snapshot_on_the_way(with_snapshots: Written) -> None:
    for until, checked, newest in ((19, 0, None), (20, 1, 20), (44, 1, 20), (45, 2, 45), (COMMANDS, 2, 45)):
        found = replayed(with_snapshots.directory, "--check", "--until", until)
        assert (found["snapshots_checked"], found["snapshots_matched"]) == (checked, checked)
        assert (found["from_snapshot"], found["messages"]) == (None, until)
        assert found["state_hash"] == with_snapshots.hashes[until]
        assert found["recovered_state_hash"] == (None if newest is None else found["state_hash"])
    assert "Nothing was compared" not in run(with_snapshots.directory, "--check").stdout


def test_without_a_check_nothing_is_compared(with_snapshots: Written) -> None:
    found = replayed(with_snapshots.directory)
    assert (found["snapshots_checked"], found["recovered_state_hash"]) == (0, None)


def other_state(sequence: int) -> bytes:
    """The image of a state with the same sequence and time, in which account 1 has been given less."""
    engine = Engine()
    for step in steps(deposit=10**9 - 1)[:sequence]:
        step(engine)
    assert engine.sequence == sequence
    return engine.state_image()


@pytest.mark.parametrize("planted", [20, 45])
def test_the_check_finds_a_snapshot_of_another_state(with_snapshots: Written, planted: int) -> None:
    journal, image = with_snapshots, other_state(planted)
    plant(journal.snapshot(planted), image)
    expected, found = hashlib.sha256(image).hexdigest(), journal.hashes[planted]
    assert expected != found
    result = run(journal.directory, "--check")
    assert result.exit_code == 1
    lines = [line.removeprefix("pyengine: ") for line in result.stderr.splitlines()]
    path = journal.snapshot(planted)
    assert lines[0] == f"{path}: of sequence {planted} with state hash {expected}, found {found}"
    assert lines[-1] == "replay failed"
    parsed = replayed(journal.directory, "--check", exit_code=1)
    assert (parsed["snapshots_checked"], parsed["snapshots_matched"]) == (2, 1)
    assert parsed["first_difference"] == {
        "snapshot": str(path),
        "sequence": planted,
        "expected": expected,
        "found": found,
    }
    assert parsed["state_hash"] == journal.hashes[-1]
    # Only the newest snapshot is one that recovery begins at.
    recovers = parsed["recovered_state_hash"] == parsed["state_hash"]
    assert (recovers, any("recovery led to another state" in line for line in lines)) == (planted == 20, planted == 45)
    assert run(journal.directory, "--check", "--until", planted - 1).exit_code == 0


def test_a_snapshot_of_another_history_is_refused(with_snapshots: Written) -> None:
    """The same sequence, but another chain value: the journal is not the one that it was taken of."""
    path = with_snapshots.snapshot(20)
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    seal(path, data)
    said = refused(with_snapshots.directory, "--check")
    assert "chain value" in said
    assert "journal-" in said


def test_that_nothing_was_compared_is_said(journal: Written) -> None:
    result = run(journal.directory, "--check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].startswith("Nothing was compared: ")
    assert replayed(journal.directory, "--check")["snapshots_checked"] == 0
    assert "Nothing was compared" not in run(journal.directory).stdout


def test_the_snapshot_that_a_replay_begins_at_is_nothing_to_compare_with(with_snapshots: Written) -> None:
    with_snapshots.without_head(21)
    assert replayed(with_snapshots.directory, "--check", "--until", 44)["snapshots_checked"] == 0
    assert replayed(with_snapshots.directory, "--check")["snapshots_checked"] == 1


def test_a_damaged_snapshot_is_passed_over_and_named(with_snapshots: Written) -> None:
    """Its header is whole, so what it records is compared; but nobody can begin at it."""
    path = with_snapshots.snapshot(45)
    damage(path, 500)
    found = replayed(with_snapshots.directory)
    assert (found["from_snapshot"], found["damaged_snapshots"]) == (20, [str(path)])
    assert found["state_hash"] == with_snapshots.hashes[-1]
    assert run(with_snapshots.directory).stderr == f"pyengine: {path}: damaged\n"
    checked = replayed(with_snapshots.directory, "--check", exit_code=2)
    assert (checked["snapshots_checked"], checked["snapshots_matched"]) == (2, 2)
    assert checked["damaged_snapshots"] == [str(path)]
    damage(path, 0)
    checked = replayed(with_snapshots.directory, "--check", exit_code=2)
    assert (checked["snapshots_checked"], checked["damaged_snapshots"]) == (1, [str(path)])


# Damage


def test_a_damaged_journal_is_one_line_that_names_the_place(journal: Written) -> None:
    middle = journal.segments()[4]
    first = int(middle.stem.removeprefix("journal-"))
    damage(middle, 600)
    for options in ([], ["--check"], ["--until", first], ["--until", COMMANDS]):
        assert refused(journal.directory, *options).startswith(f"{middle}: at byte 512: ")
    said = refused(journal.directory, "--until", shown_time(journal.times[first]))
    assert said.startswith(f"{middle}: at byte 512: ")
    # What was before it can still be had.
    found = replayed(journal.directory, "--until", first - 1)
    assert found["state_hash"] == journal.hashes[first - 1]


def test_damage_in_the_last_segment_is_named(journal: Written) -> None:
    last = journal.segments()[-1]
    first = int(last.stem.removeprefix("journal-"))
    assert first < COMMANDS - 1
    damage(last, 600)
    assert refused(journal.directory).startswith(f"{last}: at byte 512: ")
    assert replayed(journal.directory, "--until", first - 1)["state_hash"] == journal.hashes[first - 1]


def test_a_missing_segment_is_named(journal: Written) -> None:
    segments = journal.segments()
    segments[4].unlink()
    assert refused(journal.directory).startswith(f"{segments[5]}: at byte 0: sequence ")


def test_a_journal_that_ends_before_its_snapshot_is_refused(with_snapshots: Written) -> None:
    for path in with_snapshots.segments():
        if int(path.stem.removeprefix("journal-")) > 40:
            path.unlink()
    said = refused(with_snapshots.directory)
    assert said.startswith(f"{with_snapshots.snapshot(45)}: at byte 0: the journal ends at sequence ")
    assert replayed(with_snapshots.directory, "--until", 30)["state_hash"] == with_snapshots.hashes[30]


def test_an_unfinished_write_at_the_end_is_not_there_and_not_cut(journal: Written) -> None:
    last = journal.segments()[-1]
    data = last.read_bytes().rstrip(b"\0")
    with last.open("r+b") as file:
        file.seek(len(data) + 512 - len(data) % 512)
        file.write(b"unfinished")
    before = contents(journal.directory)
    for options in ([], ["--check"], ["--until", "2030-01-01T00:00:00Z"]):
        found = replayed(journal.directory, *options)
        assert (found["sequence"], found["state_hash"]) == (COMMANDS, journal.hashes[-1])
    assert contents(journal.directory) == before
    assert b"unfinished" in last.read_bytes()


# It only looks


@pytest.mark.parametrize("options", [[], ["--check"], ["--until", "30"], ["--until", f"{START}Z"], ["--until", "999"]])
def test_the_directory_stays_as_it_is(with_snapshots: Written, options: list[str]) -> None:
    (with_snapshots.directory / "journal-next.prepared").write_bytes(b"being prepared")
    (with_snapshots.directory / "snapshot-next.partial").write_bytes(b"being written")
    before = contents(with_snapshots.directory)
    for shown in ([], ["--json"]):
        run(with_snapshots.directory, *options, *shown)
    assert contents(with_snapshots.directory) == before


def test_it_needs_no_lock_and_makes_none(journal: Written) -> None:
    with DurableEngine(journal.directory, segment_bytes=SEGMENT_BYTES) as engine:
        assert replayed(journal.directory, "--check")["state_hash"] == engine.state_hash().hex()
    (journal.directory / "LOCK").unlink()
    replayed(journal.directory, "--check")
    assert not (journal.directory / "LOCK").exists()


def test_beside_a_writer_it_sees_states_that_were_there(tmp_path: Path) -> None:
    """Commands, segments and snapshots come meanwhile; stops remove snapshots."""
    directory, hashes, ended = tmp_path / "journal", {0: Engine().state_hash().hex()}, threading.Event()

    def work() -> None:
        while not ended.is_set():
            engine = DurableEngine(directory, segment_bytes=SEGMENT_BYTES)
            for step in steps() if not engine.sequence else [lambda engine: engine.deposit(1, 0, 1)] * 20:
                # What is to come is known before it can be read.
                hashes[engine.sequence + 1] = _after(engine, step)
                step(engine)
                if engine.sequence % 25 == 0:
                    engine.snapshot()
            engine.close(snapshot=True)

    write(directory)
    shutil.rmtree(directory)
    with DurableEngine(directory, segment_bytes=SEGMENT_BYTES):
        pass
    writer = threading.Thread(target=work)
    writer.start()
    try:
        seen: set[int] = set()
        deadline = time.monotonic() + 60
        while len(seen) < 30 and time.monotonic() < deadline:
            options = ("--check",) if len(seen) % 2 else ()
            found = replayed(directory, *options)
            assert found["state_hash"] == hashes[found["sequence"]]
            assert found["recovered_state_hash"] in (None, found["state_hash"])
            assert found["damaged_snapshots"] == []
            seen.add(found["sequence"])
    finally:
        ended.set()
        writer.join()
    assert len(seen) == 30


def _after(engine: Engine, step: Callable[[Any], Any]) -> str:
    """The state that a command will lead to."""
    other = Engine.restore(engine.state_image())
    step(other)
    return other.state_hash().hex()


def test_an_interrupt_ends_it_soon(tmp_path: Path) -> None:
    with DurableEngine(tmp_path, durability="async") as engine:
        for step in steps()[:7]:
            step(engine)
        batch = b"".join(pack_deposit(1, 0, 1) for _ in range(200_000))
        for _ in range(10):
            engine.apply_batch(batch)
    command = [sys.executable, "-m", "pyengine", "replay", "journal", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 60
        while not _has_open(process.pid, "journal-"):
            assert process.poll() is None
            assert time.monotonic() < deadline
        process.send_signal(signal.SIGINT)
        interrupted = time.monotonic()
        stdout, stderr = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, stdout) == (130, "")
    assert "Traceback" not in stderr
    assert time.monotonic() - interrupted < 5


def _has_open(pid: int, prefix: str) -> bool:
    try:
        links = [os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")]
    except OSError:  # it closes and ends as it likes
        return False
    return any(Path(link).name.startswith(prefix) for link in links)


# What is printed


def test_json_has_exactly_what_is_documented(with_snapshots: Written) -> None:
    documented = (Path(__file__).parent.parent / "docs/tapes.md").read_text(encoding="utf-8")
    documented = documented[documented.index("## The venue's own journal") :]
    for options in ([], ["--check"], ["--until", "0"]):
        parsed = replayed(with_snapshots.directory, *options)
        assert parsed.keys() == KEYS.keys()
        for name, kind in KEYS.items():
            assert isinstance(parsed[name], kind), name
            assert type(parsed[name]) is not bool or kind is bool, name
            assert f"`{name}`" in documented, name
    assert parsed["tape"] == str(with_snapshots.directory)
    assert (parsed["instruments"], parsed["open_orders"], parsed["books"]) == (0, 0, {})
    parsed = replayed(with_snapshots.directory)
    assert parsed["books"]["XAU-USD"].keys() == {
        "base",
        "quote",
        "lot_size",
        "tick_lot_value",
        "phase",
        "halted",
        "bids",
        "asks",
    }
    assert parsed["instruments"] == 1


def test_people_see_a_bounded_part(journal: Written) -> None:
    with DurableEngine(journal.directory, segment_bytes=SEGMENT_BYTES) as engine:
        for account in range(3, 40):
            engine.create_account(account)
            engine.deposit(account, 0, 1_500_000)
        for instrument in range(1, 9):
            engine.create_instrument(
                instrument, f"X{instrument}", 1, 0, lot_size=10, tick_lot_value=100, max_price=1_000
            )
            for price in range(1, 10):
                engine.place(1, instrument, Side.BUY, price, 1)
        balances = sum(len(engine.balances(account)) for account in range(40))
        orders = engine.counts()[3]
    lines = run(journal.directory).stdout.splitlines()
    assert f"... and {balances - 20} more; all of them with --json" in lines
    assert f"... and {orders - 20} more; all of them with --json" in lines
    assert "... and 4 more; all of them with --json" in lines
    assert "... and the books of 4 more instruments; all of them with --json" in lines
    assert any("1.5" in line and "USD" in line for line in lines)
    assert len(lines) < 150


def test_people_see_the_state_in_units(tmp_path: Path) -> None:
    with DurableEngine(tmp_path) as engine:
        for step in steps()[:7]:
            step(engine)
        engine.place(1, 0, Side.BUY, 1_234, 250)
    shown = " ".join(run(tmp_path).stdout.split())
    # A lot is 0.01 XAU, a tick of it 0.0001 USD: 0.01 USD for one XAU.
    assert "XAU-USD (continuous)" in shown
    assert "─ 1 2.5 12.34" in shown
    assert " 1 USD 969.15 30.85 " in shown
    assert "2026-01-01T00:00:00.000000001Z" in shown
    assert "none: from the first command" in shown
    assert "before the first command" in run(tmp_path, "--until", 0).stdout


def test_the_help_lists_it() -> None:
    listed = CliRunner().invoke(main, ["replay", "--help"]).stdout
    assert "journal" in listed
    for option in ("--until", "--check", "--json"):
        assert option in run("--help").stdout


# The native class


def test_a_replay_in_steps_passes_every_state(journal: Written) -> None:
    """A step ends with a batch; here, each is one command."""
    replay = JournalReplay(journal.directory, sequence=40)
    assert (replay.sequence, replay.end, replay.from_snapshot, replay.compared) == (0, 40, None, [])
    more = True
    for sequence in range(1, 41):
        assert more
        more = replay.advance(1)
        assert replay.sequence == sequence
    assert not more
    assert not replay.advance(1)
    engine = replay.finish()
    assert engine.state_hash().hex() == journal.hashes[40]
    # It is an engine like any other, and nobody's journal.
    steps()[40](engine)
    assert engine.state_hash().hex() == journal.hashes[41]
    for ended in (replay.finish, lambda: replay.advance(1), lambda: replay.sequence):
        with pytest.raises(JournalError, match="the replay has ended"):
            ended()


def test_an_end_is_a_sequence_or_a_time(journal: Written) -> None:
    with pytest.raises(ValueError, match="one of them at most"):
        JournalReplay(journal.directory, sequence=1, timestamp_ns=1)
    assert JournalReplay(journal.directory, timestamp_ns=0).end == 0


def test_a_segment_that_vanishes_meanwhile_is_no_end(journal: Written) -> None:
    replay = JournalReplay(journal.directory)
    assert replay.advance(1)
    for path in journal.segments()[3:]:
        path.unlink()
    with pytest.raises(JournalError, match=r"open .*journal-.*\.log: No such file"):
        replay.advance(1_000)


def test_a_journal_that_is_cut_meanwhile_is_no_end(journal: Written) -> None:
    replay = JournalReplay(journal.directory)
    assert replay.advance(1)
    last = journal.segments()[-1]
    first = int(last.stem.removeprefix("journal-"))
    last.write_bytes(last.read_bytes()[:512].ljust(SEGMENT_BYTES, b"\0"))
    said = f"has no state at sequence {COMMANDS}, only from sequence 0 to {first - 1}"
    with pytest.raises(JournalError, match=said):
        replay.advance(1_000)


def test_damage_is_raised_where_the_replay_comes_to_it(journal: Written) -> None:
    damage(journal.segments()[4], 600)
    replay = JournalReplay(journal.directory)
    assert replay.advance(1)
    with pytest.raises(JournalCorruptError):
        replay.advance(1_000)
