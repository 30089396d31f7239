"""What of a journal goes when nobody needs it any more, and that a start never misses it."""

import json
import logging
import os
import shutil
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from typer.testing import CliRunner

from gateway import disk
from pyengine import AssetClass, DurableEngine, backup, files, retention
from pyengine._engine_core import Hub, verify_journal, verify_snapshot
from pyengine.backup import BackupError
from pyengine.cli import main
from pyengine.commands import pack_deposit
from pyengine.config import ConfigError, HistoryConfig, JournalConfig, RetainConfig, VenueConfig, parse
from pyengine.errors import JournalBusyError
from pyengine.retention import DAY_NS, Retention
from pyengine.tape.journal import Until, replay_journal
from tests.gateway_support import until, venue_config
from tests.test_backup import interrupted, names
from tests.test_gateway_end_to_end import run, serving
from tests.test_gateway_metrics import scraped, value
from tests.test_gateway_server import get
from tests.test_tape_journal import COMMANDS, Written, contents, damage, write

NOW_NS: Final = 4_000_000_000 * 10**9
"""Later than every file was written."""
BATCH: Final = 50_000
LONG: Final = 1_400_000
SNAPSHOTS: Final = (200_000, 300_000, 1_200_000, LONG)
"""A server begins at the second: that leaves a million commands to replay, and the third does not."""


@pytest.fixture(scope="module")
def long_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of more commands than a server replays at least; nobody changes it."""
    directory = tmp_path_factory.mktemp("long") / "journal"
    deposits = b"".join(pack_deposit(1, 0, 1) for _ in range(BATCH))
    with DurableEngine(directory, segment_bytes=2 << 20) as engine:
        engine.create_asset(0, "USD", AssetClass.STABLECOIN, 6)
        engine.create_account(1)
        engine.apply_batch(b"".join(pack_deposit(1, 0, 1) for _ in range(BATCH - 2)))
        while engine.sequence < LONG:
            engine.apply_batch(deposits)
            if engine.sequence in SNAPSHOTS:
                engine.snapshot()
    return directory


@pytest.fixture
def long(long_journal: Path, tmp_path: Path) -> Path:
    return shutil.copytree(long_journal, tmp_path / "journal")


def start(directory: Path) -> tuple[int, int, str]:
    """Where a server begins, how far it comes, and the state there; as a crash of it would, it changes nothing else."""
    hub = Hub(directory)
    stats = hub.stats()
    return stats["recovered_from_snapshot"], hub.sequence, hub.state_hash().hex()


def keep(snapshots: int = 1, days: int = 0, archive: Path | str = "") -> RetainConfig:
    return RetainConfig(snapshots=snapshots, days=days, archive=str(archive))


# What goes


@pytest.mark.parametrize(("snapshots", "oldest"), [(1, 300_000), (2, 300_000), (3, 300_000)])
def test_a_server_begins_where_it_would_have(long: Path, snapshots: int, oldest: int) -> None:
    """The snapshot that leaves it a million commands stays, however few are to be kept."""
    before = start(long)
    assert before[:2] == (oldest, LONG)
    gone = Retention(long, keep(snapshots)).run(LONG, NOW_NS)
    assert len(gone) > 4
    assert files.sequence_of(files.segments(long)[1]) > oldest + 1 >= files.sequence_of(files.segments(long)[0])
    assert files.sequence_of(files.snapshots(long)[0]) == oldest
    assert start(long) == before
    assert Retention(long, keep(snapshots)).run(LONG, NOW_NS) == []
    assert replay_journal(long, Until(), check=True).passed


@pytest.mark.parametrize(("followed", "oldest"), [(LONG, 300_000), (300_000, 300_000), (299_999, 200_000)])
def test_a_follower_can_go_on(long: Path, tmp_path: Path, followed: int, oldest: int) -> None:
    """There is still a snapshot that is not beyond what it has, and all that comes after it."""
    assert Retention(long, keep()).run(LONG, NOW_NS, followed=followed)
    assert files.sequence_of(files.snapshots(long)[0]) == oldest
    assert replay_journal(long, Until(sequence=followed)).passed


@pytest.mark.parametrize("followed", [0, 199_999])
def test_a_follower_before_every_snapshot_keeps_all(long: Path, followed: int) -> None:
    assert Retention(long, keep()).run(LONG, NOW_NS, followed=followed) == []


def test_what_was_written_lately_stays(long: Path) -> None:
    written_ns = files.segments(long)[0].stat().st_mtime_ns
    for age_days, goes in ((6, False), (8, True)):
        gone = Retention(long, keep(days=7)).run(LONG, written_ns + age_days * DAY_NS)
        assert bool(gone) == goes


def test_what_is_not_verified_is_not_counted(long: Path) -> None:
    damage(files.snapshots(long)[-1], 200)
    assert Retention(long, keep(3)).run(LONG, NOW_NS)  # three others are whole
    damage(files.snapshots(long)[0], 200)
    assert Retention(long, keep(3)).run(LONG, NOW_NS) == []


def test_a_snapshot_is_read_once(long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def verify(path: Path) -> None:
        read.append(path.name)
        verify_snapshot(path)

    monkeypatch.setattr(retention, "verify_snapshot", verify)
    keeper = Retention(long, keep(days=36_500))
    for _ in range(3):
        assert keeper.run(LONG, NOW_NS // 2) == []
    assert sorted(read) == [path.name for path in files.snapshots(long)]


def test_a_short_journal_is_kept_whole(tmp_path: Path) -> None:
    """A server replays all of it, so that clients find their reports."""
    journal = write(tmp_path / "journal", 20, 45)
    before = contents(journal.directory)
    assert Retention(journal.directory, keep()).run(COMMANDS, NOW_NS) == []
    assert contents(journal.directory) == before


# How it goes


def eager(segments: list[tuple[int, int]], verified: list[int], **_: Any) -> int:
    """As if a server wanted nothing to replay, so that a short journal will do."""
    return sum(following <= verified[-1] + 1 for (following, _), _ in zip(segments[1:], segments, strict=False))


@pytest.fixture
def short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    monkeypatch.setattr(retention, "surplus_segments", eager)
    return write(tmp_path / "journal", 20, 45)


@pytest.mark.parametrize("archived", [False, True])
def test_whatever_interrupts_it_leaves_a_journal_that_recovers(
    short: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archived: bool
) -> None:
    original = tmp_path / "original"
    short.directory.rename(original)
    everything = names(original)
    for at in range(100):
        directory, kept = tmp_path / f"journal-{at}", tmp_path / f"archive-{at}"
        shutil.copytree(original, directory)
        keeper = Retention(directory, keep(archive=kept if archived else ""))
        stopped = interrupted(partial(keeper.run, COMMANDS, NOW_NS), at, monkeypatch)
        assert replay_journal(directory, Until(), check=True).state_hash == short.hashes[-1]
        if archived:
            there = [*names(directory), *(names(kept) if kept.exists() else [])]
            assert set(there) == set(everything), "nothing is gone that is not there"
        keeper.run(COMMANDS, NOW_NS)
        assert files.sequence_of(files.segments(directory)[0]) == 43
        assert [files.sequence_of(path) for path in files.snapshots(directory)] == [45]
        with DurableEngine(directory) as engine:
            assert engine.state_hash().hex() == short.hashes[-1]
        if not stopped:
            break
    assert 5 < at < 99, "as many as there are syncs"


def test_an_archive_is_a_journal_s_beginning(short: Written, tmp_path: Path) -> None:
    original = {path.name: path.read_bytes() for path in short.segments()}
    gone = Retention(short.directory, keep(archive=tmp_path / "archive")).run(COMMANDS, NOW_NS)
    assert names(tmp_path / "archive") == [path.name for path in sorted(gone)]
    assert verify_journal(tmp_path / "archive")["last_sequence"] == 42
    assert replay_journal(tmp_path / "archive", Until(), check=True).state_hash == short.hashes[42]
    left = {path.name: path.read_bytes() for path in short.segments()}
    assert left | {path.name: path.read_bytes() for path in files.segments(tmp_path / "archive")} == original
    assert (tmp_path / "archive").stat().st_mode & 0o777 == 0o700


def test_what_can_not_be_archived_stays(short: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = names(short.directory)
    keeper = Retention(short.directory, keep(archive=tmp_path / "archive"))
    (tmp_path / "archive").mkdir()
    with files.locked(tmp_path / "archive"), pytest.raises(JournalBusyError):
        keeper.run(COMMANDS, NOW_NS)
    copy_file = backup._copy_file

    def damaged(path: Path, copy: Path, used: int, length: int) -> None:
        copy_file(path, copy, used, length)
        damage(copy, 100)

    monkeypatch.setattr(backup, "_copy_file", damaged)
    with pytest.raises(BackupError, match="is not what was written"):
        keeper.run(COMMANDS, NOW_NS)
    assert names(short.directory) == before
    assert names(tmp_path / "archive") == []


def test_it_ends_when_it_may_not_go_on(short: Written) -> None:
    answers = iter([True] * 4)
    gone = Retention(short.directory, keep()).run(COMMANDS, NOW_NS, lambda: next(answers, False))
    assert len(gone) == 2, "two were looked at as snapshots"
    assert replay_journal(short.directory, Until()).state_hash == short.hashes[-1]


# In a venue


def with_journal(config: VenueConfig, **fields: Any) -> VenueConfig:
    return msgspec.structs.replace(config, journal=msgspec.structs.replace(config.journal, **fields))


def test_a_venue_keeps_everything_unless_it_is_told(long: Path) -> None:
    everything = names(long)
    hub = Hub(long)

    async def scenario(journal: JournalConfig) -> None:
        looking = disk.Disk(journal, HistoryConfig(enabled=False), lambda: hub.durable_sequence)
        looking.start()
        await until(lambda: looking.usage is not None)
        await looking.stop()

    run(lambda: scenario(JournalConfig(directory=str(long))))
    assert names(long) == everything
    run(lambda: scenario(JournalConfig(directory=str(long), retain=keep())))
    assert len(names(long)) < len(everything)
    hub.close()
    assert replay_journal(long, Until(), check=True).passed


def test_metrics_say_what_the_disk_has(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path / "journal"))) as gateway:
            await until(lambda: gateway.disk.usage is not None)
            found = await scraped(gateway)
            taken = sum(path.stat().st_blocks * 512 for path in (tmp_path / "journal").glob("journal-*"))
            assert value(found, "pyengine_journal_bytes") == taken > 1 << 20
            assert value(found, "pyengine_journal_segments") == 1
            assert value(found, "pyengine_snapshot_bytes") == value(found, "pyengine_snapshots") == 0
            free = shutil.disk_usage(tmp_path).free
            assert abs(value(found, "pyengine_disk_free_bytes") - free) < 1 << 30

    run(scenario)


@pytest.mark.parametrize(("min_free_bytes", "warns"), [(0, False), (1 << 62, True)])
def test_little_space_is_a_warning_and_no_failure(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, min_free_bytes: int, warns: bool
) -> None:
    monkeypatch.setattr(disk, "LOOK_SECONDS", 0.01)
    config = with_journal(venue_config(str(tmp_path / "journal")), min_free_bytes=min_free_bytes)
    looks: list[Path] = []
    usage = files.usage

    def look(directory: Path) -> files.Usage:
        looks.append(directory)
        return usage(directory)

    async def scenario() -> None:
        monkeypatch.setattr(files, "usage", look)
        async with serving(config) as gateway:
            await until(lambda: len(looks) > 3)
            status, _, body = await get(gateway.http_port, "/health")
            told = json.loads(body)
            assert (status, told["status"]) == (200, "ok")
            assert len(told["warnings"]) == warns
            if warns:
                assert f"less than journal.min_free_bytes, {1 << 62}" in told["warnings"][0]

    with caplog.at_level(logging.WARNING, "gateway"):
        run(scenario)
    assert sum("min_free_bytes" in record.message for record in caplog.records) == warns, "once, not at every look"


def test_a_directory_that_can_not_be_looked_at_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    looking = disk.Disk(JournalConfig(directory=str(tmp_path / "gone")), HistoryConfig(enabled=False), lambda: 0)
    with caplog.at_level(logging.WARNING, "gateway"):
        for _ in range(3):
            looking._look(tmp_path / "gone", 0)
    assert len(caplog.records) == 1
    assert (looking.usage, looking.warning) == (None, None)


# The configuration, and the command line


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("snapshots = 2", "missing required field `days`"),
        ("snapshots = 0\ndays = 1", ">= 1"),
        ("snapshots = 4\ndays = 1", "<= 3"),
        ("days = -1", ">= 0"),
        ("days = 1\nkeep = 2", "unknown field `keep`"),
        ('days = 1\narchive = "journal"', "archive: is the directory of the journal itself"),
    ],
)
def test_a_wrong_policy_is_refused(table: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse(f'[journal]\ndirectory = "journal"\n[journal.retain]\n{table}\n'.encode())


def test_show_says_how_much_there_is(tmp_path: Path) -> None:
    journal = write(tmp_path / "journal", 20, 45)
    result = CliRunner().invoke(main, ["journal", "show", str(journal.directory), "--json"])
    told = json.loads(result.stdout)
    assert (told["segments"], told["snapshots"]) == (len(journal.segments()), 2)
    assert (told["first_sequence"], told["last_sequence"]) == (1, COMMANDS)
    assert (told["first_timestamp_ns"], told["last_timestamp_ns"]) == (journal.times[1], journal.times[-1])
    blocks = {
        kind: sum(path.stat().st_blocks * 512 for path in journal.directory.glob(f"{kind}-*"))
        for kind in ("journal", "snapshot")
    }
    assert (told["journal_bytes"], told["snapshot_bytes"]) == (blocks["journal"], blocks["snapshot"])
    assert told["free_bytes"] > 0
    people = CliRunner().invoke(main, ["journal", "show", str(journal.directory)]).stdout
    for shown in ("free bytes", "last sequence", str(COMMANDS), "2026-01-01T00:00:20"):
        assert shown in people


def test_show_knows_the_last_time_although_the_last_segment_is_empty(tmp_path: Path) -> None:
    journal = write(tmp_path / "journal")
    last = journal.segments()[-1]
    data = last.read_bytes()
    last.write_bytes(data[:512] + bytes(len(data) - 512))
    told = files.extent(journal.directory)
    assert told.last_sequence == files.sequence_of(last) - 1
    assert told.last_timestamp_ns == journal.times[told.last_sequence]


def test_what_is_archived_is_for_its_owner_alone(tmp_path: Path) -> None:
    source = tmp_path / "journal-00000000000000000001.log"
    source.write_bytes(os.urandom(3_000_000))
    backup.archive(source, tmp_path / "deep" / "archive")
    copy = tmp_path / "deep" / "archive" / source.name
    assert copy.read_bytes() == source.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
