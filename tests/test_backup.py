"""`pyengine backup` and `restore`: copies of a journal that its venue goes on writing, and what broken ones leave."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from typer.testing import CliRunner

from pyengine import DurableEngine, JournalCorruptError, backup, files
from pyengine._engine_core import verify_journal
from pyengine.backup import BackupError, Copied, back_up, restore
from pyengine.cli import main
from pyengine.errors import JournalBusyError, JournalError
from pyengine.tape.journal import Until, replay_journal
from tests.test_tape_journal import COMMANDS, SEGMENT_BYTES, Written, contents, damage, steps, write

SHORT: Final = 40
"""Commands of a journal that has yet to go on."""


@pytest.fixture
def venue(tmp_path: Path) -> Written:
    return write(tmp_path / "journal", 20, 45)


def grow(directory: Path, begin: int, end: int, *, snapshot: bool = False) -> None:
    """Writes the commands after the first `begin` of a small market."""
    with DurableEngine(directory, segment_bytes=SEGMENT_BYTES) as engine:
        for step in steps()[begin:end]:
            step(engine)
        if snapshot:
            engine.snapshot()


def state_hash(directory: Path) -> str:
    """Of what recovery of a copy of the directory leads to."""
    copy = directory.with_name(f"{directory.name}-looked-at")
    shutil.copytree(directory, copy)
    try:
        with DurableEngine(copy) as engine:
            return engine.state_hash().hex()
    finally:
        shutil.rmtree(copy)


def names(directory: Path) -> list[str]:
    return [path.name for path in (*files.segments(directory), *files.snapshots(directory))]


# What is copied


def test_a_backup_is_the_journal(venue: Written, tmp_path: Path) -> None:
    copied = back_up(venue.directory, tmp_path / "backup")
    assert names(tmp_path / "backup") == names(venue.directory)
    assert (copied.sequence, copied.timestamp_ns) == (COMMANDS, venue.times[-1])
    whole, original = verify_journal(tmp_path / "backup"), verify_journal(venue.directory)
    assert (whole["chain"], whole["journal_id"]) == (original["chain"], original["journal_id"])
    assert (copied.chain, copied.journal_id) == (original["chain"], original["journal_id"])
    assert state_hash(tmp_path / "backup") == venue.hashes[-1]
    for path in files.segments(venue.directory):
        assert (tmp_path / "backup" / path.name).read_bytes() == path.read_bytes()
    assert sorted(path.name for path in (tmp_path / "backup").iterdir()) == sorted(
        [files.LOCK, *names(venue.directory)]
    )


def test_a_backup_is_for_its_owner_alone(venue: Written, tmp_path: Path) -> None:
    back_up(venue.directory, tmp_path / "kept" / "backup")
    for directory in (tmp_path / "kept", tmp_path / "kept" / "backup"):
        assert directory.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "kept" / "backup").iterdir()} == {0o600}


def test_what_is_sealed_is_copied_once(tmp_path: Path) -> None:
    """Whenever backups are made. Nor is a snapshot ever copied again."""
    journal, target = tmp_path / "journal", tmp_path / "backup"
    counts: Counter[str] = Counter()
    sealed: set[str] = set()
    for end in range(3, COMMANDS + 1, 3):
        grow(journal, end - 3, end, snapshot=end % 9 == 0)
        copied = back_up(journal, target)
        assert copied.sequence == end
        assert not sealed.intersection(copied.segments)
        sealed |= {path.name for path in files.segments(journal)[:-1]}.intersection(copied.segments)
        counts.update(copied.segments + copied.snapshots)
        again = back_up(journal, target)
        assert (again.segments, again.snapshots, again.bytes) == ([], [], 0)
        assert (again.sequence, again.chain) == (copied.sequence, copied.chain)
    assert len(sealed) > 4
    assert max(counts.values()) == 3, "the last segment, of seven commands, is met by three backups"
    assert {counts[path.name] for path in files.snapshots(journal)} == {1}
    assert state_hash(target) == state_hash(journal)


def test_only_what_is_used_takes_space(tmp_path: Path) -> None:
    with DurableEngine(tmp_path / "journal") as engine:
        steps()[0](engine)
        back_up(tmp_path / "journal", tmp_path / "backup")
    (segment,) = files.segments(tmp_path / "backup")
    assert segment.stat().st_size == 16 << 20
    assert segment.stat().st_blocks * 512 < 100_000


def test_beside_a_writer_every_backup_recovers(tmp_path: Path) -> None:
    """The journal grows by batches and segments while it is copied, and snapshots are written and removed."""
    journal, target = tmp_path / "journal", tmp_path / "backup"
    hashes: dict[int, str] = {}
    seen: list[int] = []
    ended = threading.Event()
    with DurableEngine(journal, segment_bytes=SEGMENT_BYTES) as engine:
        for step in steps()[:7]:
            step(engine)

        def trade() -> None:
            for turn in range(300):
                if turn >= 6 and len(seen) > 3:
                    break
                for step in steps()[7:]:
                    step(engine)
                    hashes[engine.sequence] = engine.state_hash().hex()
                engine.snapshot()
                files.snapshots(journal)[0].unlink()
            ended.set()

        writer = threading.Thread(target=trade)
        writer.start()
        while not ended.is_set():
            copied = back_up(journal, target)
            if copied.sequence in hashes:
                assert replay_journal(target, Until(), check=True).state_hash == hashes[copied.sequence]
                seen.append(copied.sequence)
        writer.join()
    assert len(seen) > 3
    assert back_up(journal, target).sequence == max(hashes)
    assert state_hash(target) == hashes[max(hashes)]


def test_a_snapshot_of_what_came_since_is_left_to_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The venue goes on, and writes a snapshot, when the segments have just been copied."""
    journal, target = tmp_path / "journal", tmp_path / "backup"
    grow(journal, 0, SHORT)
    copy_segments = backup._copy_segments

    def copy(*arguments: Any, **options: Any) -> None:
        copy_segments(*arguments, **options)
        grow(journal, SHORT, COMMANDS, snapshot=True)

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_copy_segments", copy)
        assert back_up(journal, target).sequence == SHORT
    assert files.snapshots(target) == []
    assert back_up(journal, target).snapshots == [path.name for path in files.snapshots(journal)]


def test_the_journal_is_not_touched(venue: Written, tmp_path: Path) -> None:
    before = contents(venue.directory)
    back_up(venue.directory, tmp_path / "backup")
    assert contents(venue.directory) == before


def test_an_unfinished_write_at_the_end_is_not_copied(venue: Written, tmp_path: Path) -> None:
    last = files.segments(venue.directory)[-1]
    used = verify_journal(venue.directory)["segments"][-1]["used_bytes"]
    damage(last, used + 100)
    assert back_up(venue.directory, tmp_path / "backup").sequence == COMMANDS
    assert verify_journal(tmp_path / "backup")["torn_bytes"] == 0


def test_a_damaged_snapshot_is_named_and_not_copied(venue: Written, tmp_path: Path) -> None:
    damage(venue.snapshot(20), 200)
    copied = back_up(venue.directory, tmp_path / "backup")
    assert copied.damaged_snapshots == [str(venue.snapshot(20))]
    assert files.snapshots(tmp_path / "backup") == [tmp_path / "backup" / venue.snapshot(45).name]


# What is refused


def test_damage_in_the_journal_is_not_backed_up(venue: Written, tmp_path: Path) -> None:
    damage(files.segments(venue.directory)[2], 600)
    with pytest.raises((BackupError, JournalCorruptError), match="journal-"):
        back_up(venue.directory, tmp_path / "backup")
    kept = verify_journal(tmp_path / "backup")
    assert len(kept["segments"]) == 2


def test_a_missing_segment_is_noticed(venue: Written, tmp_path: Path) -> None:
    gone = files.segments(venue.directory)[3]
    gone.unlink()
    with pytest.raises(BackupError, match="does not continue the segment before it"):
        back_up(venue.directory, tmp_path / "backup")


def test_a_journal_that_has_lost_its_end_is_noticed(tmp_path: Path) -> None:
    """Nothing but a snapshot knows of it; on both ways."""
    venue = write(tmp_path / "journal", COMMANDS)
    back_up(venue.directory, tmp_path / "backup")
    for directory in (venue.directory, tmp_path / "backup"):
        for path in files.segments(directory)[-2:]:
            path.unlink()
    with pytest.raises(BackupError, match="is of a later command than the journal's last, 56"):
        back_up(venue.directory, tmp_path / "another")
    with pytest.raises(BackupError, match="is of a later command than the journal's last, 56"):
        restore(tmp_path / "backup", tmp_path / "restored")
    assert not (tmp_path / "restored").exists()


def test_another_history_is_refused(venue: Written, tmp_path: Path) -> None:
    back_up(venue.directory, tmp_path / "backup")
    before = contents(tmp_path / "backup")
    other = write(tmp_path / "other").directory
    with pytest.raises(BackupError, match="another history"):
        back_up(other, tmp_path / "backup")
    shutil.rmtree(other)
    grow(other, 0, SHORT)
    with pytest.raises(BackupError, match="another"):  # it does not even reach as far
        back_up(other, tmp_path / "backup")
    after = contents(tmp_path / "backup")
    assert {name: it for name, it in after.items() if name.endswith((".log", ".img"))} == {
        name: it for name, it in before.items() if name.endswith((".log", ".img"))
    }


def test_a_venue_that_went_on_otherwise_is_refused(tmp_path: Path) -> None:
    """As after a restore of an older backup, on which other commands followed."""
    grow(tmp_path / "journal", 0, SHORT)
    shutil.copytree(tmp_path / "journal", tmp_path / "fork")
    grow(tmp_path / "journal", SHORT, SHORT + 2)
    back_up(tmp_path / "journal", tmp_path / "backup")
    with DurableEngine(tmp_path / "fork") as engine:
        engine.deposit(1, 0, 1)
    with pytest.raises(BackupError, match="holds other commands"):
        back_up(tmp_path / "fork", tmp_path / "backup")


def test_a_journal_that_no_longer_reaches_back_is_refused(tmp_path: Path) -> None:
    journal = Written(tmp_path / "journal")
    grow(journal.directory, 0, SHORT)
    back_up(journal.directory, tmp_path / "backup")
    grow(journal.directory, SHORT, COMMANDS, snapshot=True)
    journal.without_head(COMMANDS - 8)
    with pytest.raises(BackupError, match="begin a new backup in another directory"):
        back_up(journal.directory, tmp_path / "backup")
    assert back_up(journal.directory, tmp_path / "another").sequence == COMMANDS
    assert state_hash(tmp_path / "another") == state_hash(journal.directory)


def test_what_retention_takes_meanwhile_is_told(
    venue: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segments = files.segments

    def listed(directory: Path) -> list[Path]:
        found = segments(directory)
        if directory == venue.directory:
            found[0].unlink()
        return found

    with monkeypatch.context() as patched:
        patched.setattr(files, "segments", listed)
        with pytest.raises(BackupError, match="was moved away while it was copied; run the backup again"):
            back_up(venue.directory, tmp_path / "backup")
    with pytest.raises(JournalError):
        replay_journal(venue.directory, Until(sequence=5))
    assert back_up(venue.directory, tmp_path / "backup").sequence == COMMANDS


def test_a_backup_is_not_made_where_a_venue_runs(venue: Written, tmp_path: Path) -> None:
    with DurableEngine(tmp_path / "other"), pytest.raises(JournalBusyError):
        back_up(venue.directory, tmp_path / "other")
    with pytest.raises(BackupError, match="is the journal itself"):
        back_up(venue.directory, venue.directory)


def test_a_copy_that_is_not_what_was_written_is_refused(
    venue: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file in turn; what was there before stays."""
    copy_file = backup._copy_file
    for number in range(len(names(venue.directory))):
        target = tmp_path / f"backup-{number}"
        files_before = iter(range(number))

        def copy(path: Path, to: Path, used: int, length: int, files_before: Iterator[int] = files_before) -> None:
            copy_file(path, to, used, length)
            if next(files_before, None) is None:
                damage(to, used - 500)

        monkeypatch.setattr(backup, "_copy_file", copy)
        with pytest.raises((BackupError, JournalError)):
            back_up(venue.directory, target)
        monkeypatch.setattr(backup, "_copy_file", copy_file)
        assert back_up(venue.directory, target).sequence == COMMANDS
        assert state_hash(target) == venue.hashes[-1]


# What is interrupted


def interrupted(action: Callable[[], Any], at: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether Ctrl-C came before the action had synced so many times; it comes instead of that sync."""
    fsync, count = os.fsync, iter(range(at))

    def sync(descriptor: int) -> None:
        if next(count, None) is None:
            raise KeyboardInterrupt
        fsync(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", sync)
        try:
            action()
        except KeyboardInterrupt:
            return True
    return False


def test_whatever_interrupts_a_backup_leaves_one_that_recovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, earlier = write(tmp_path / "journal", 20, 45), tmp_path / "earlier"
    interrupted(lambda: back_up(journal.directory, earlier), 5, monkeypatch)
    assert 1 < len(files.segments(earlier)) < 4
    for at in range(100):
        target = tmp_path / f"backup-{at}"
        if at % 2:
            # One that already has a part.
            shutil.copytree(earlier, target)
        stopped = interrupted(partial(back_up, journal.directory, target), at, monkeypatch)
        if files.segments(target):
            reached = replay_journal(target, Until())
            assert reached.state_hash == journal.hashes[reached.sequence]
        assert back_up(journal.directory, target).sequence == COMMANDS
        assert state_hash(target) == journal.hashes[-1]
        assert names(target) == names(journal.directory)
        if not stopped and at % 2 == 0:
            break
    assert 20 < at < 99, "as many as there are syncs"


def test_a_backup_that_is_killed_leaves_one_that_recovers(tmp_path: Path) -> None:
    journal = Written(tmp_path / "journal")
    grow(journal.directory, 0, COMMANDS)
    expected = state_hash(journal.directory)
    command = [sys.executable, "-m", "pyengine", "backup", str(journal.directory), str(tmp_path / "backup")]
    slow = "import os, time; f = os.fsync; os.fsync = lambda d: (f(d), time.sleep(0.05))\n"
    program = f"{slow}import runpy, sys; sys.argv = {command[2:]!r}; runpy.run_module('pyengine', run_name='__main__')"
    process = subprocess.Popen([sys.executable, "-c", program])
    while not (tmp_path / "backup").exists() or len(files.segments(tmp_path / "backup")) < 4:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    reached = replay_journal(tmp_path / "backup", Until())
    assert 0 < reached.sequence < COMMANDS
    assert back_up(journal.directory, tmp_path / "backup").sequence == COMMANDS
    assert state_hash(tmp_path / "backup") == expected
    assert not (tmp_path / "backup" / backup.INCOMING).exists()


# The way back


@pytest.mark.parametrize("there", [False, True])
def test_what_is_restored_goes_on(venue: Written, tmp_path: Path, there: bool) -> None:
    back_up(venue.directory, tmp_path / "backup")
    directory = tmp_path / "restored" / "journal"
    if there:
        directory.mkdir(parents=True)
    before = contents(tmp_path / "backup")
    copied, replayed = restore(tmp_path / "backup", directory)
    assert contents(tmp_path / "backup") == before
    assert (copied.sequence, replayed.state_hash, replayed.from_snapshot) == (COMMANDS, venue.hashes[-1], 45)
    assert names(directory) == names(venue.directory)
    assert directory.stat().st_mode & 0o777 == 0o700
    with DurableEngine(directory, segment_bytes=SEGMENT_BYTES) as engine:
        assert engine.state_hash().hex() == venue.hashes[-1]
        engine.deposit(1, 0, 5)
    assert verify_journal(directory)["last_sequence"] == COMMANDS + 1
    assert sorted(path.name for path in directory.parent.iterdir()) == ["journal"]


def test_only_into_an_empty_directory(venue: Written, tmp_path: Path) -> None:
    back_up(venue.directory, tmp_path / "backup")
    before = contents(venue.directory)
    for directory in (venue.directory, files.segments(venue.directory)[0]):
        with pytest.raises(BackupError, match="exists, and is not an empty directory"):
            restore(tmp_path / "backup", directory)
    assert contents(venue.directory) == before


def test_nothing_is_restored_from_a_damaged_backup(venue: Written, tmp_path: Path) -> None:
    back_up(venue.directory, tmp_path / "backup")
    for path in files.segments(tmp_path / "backup"):
        whole = path.read_bytes()
        damage(path, 600)
        with pytest.raises((BackupError, JournalError)):
            restore(tmp_path / "backup", tmp_path / "restored")
        assert not (tmp_path / "restored").exists()
        assert not (tmp_path / "restored.restoring").exists()
        path.write_bytes(whole)
    assert restore(tmp_path / "backup", tmp_path / "restored")[0].sequence == COMMANDS


def test_a_restore_that_is_interrupted_leaves_nothing(
    venue: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(venue.directory, tmp_path / "backup")
    for at in (0, 1, 7, 20):
        restored = tmp_path / f"restored-{at}"
        assert interrupted(partial(restore, tmp_path / "backup", restored), at, monkeypatch)
        assert not restored.exists()
        assert not restored.with_name(f"{restored.name}.restoring").exists()


def test_what_a_killed_restore_left_is_in_nobody_s_way(venue: Written, tmp_path: Path) -> None:
    back_up(venue.directory, tmp_path / "backup")
    left = tmp_path / "restored.restoring"
    left.mkdir()
    for name in ("journal-00000000000000000900.log", "snapshot-00000000000000000950.img"):
        (left / name).write_bytes(b"half")
    assert restore(tmp_path / "backup", tmp_path / "restored")[1].state_hash == venue.hashes[-1]
    assert names(tmp_path / "restored") == names(venue.directory)


def test_a_backup_that_is_being_written_is_not_restored(venue: Written, tmp_path: Path) -> None:
    back_up(venue.directory, tmp_path / "backup")
    with files.locked(tmp_path / "backup"), pytest.raises(JournalBusyError):
        restore(tmp_path / "backup", tmp_path / "restored")
    assert not (tmp_path / "restored").exists()
    (tmp_path / "backup" / files.LOCK).unlink()  # as of one that was copied elsewhere, file by file
    assert restore(tmp_path / "backup", tmp_path / "restored")[0].sequence == COMMANDS


# The command line


def told(*arguments: str | Path, exit_code: int = 0) -> dict[str, Any]:
    result = CliRunner().invoke(main, [*map(str, arguments), "--json"])
    assert result.exit_code == exit_code, result.output
    parsed = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(parsed, dict)
    return parsed


def test_the_commands_say_what_they_did(venue: Written, tmp_path: Path) -> None:
    target, directory = tmp_path / "backup", tmp_path / "restored"
    done = told("backup", venue.directory, target)
    assert (done["sequence"], done["segments_copied"], done["snapshots_copied"]) == (
        COMMANDS,
        len(venue.segments()),
        2,
    )
    assert told("backup", venue.directory, target)["bytes_copied"] == 0
    back = told("restore", target, directory)
    assert (back["chain"], back["journal_id"]) == (done["chain"], done["journal_id"])
    assert (back["state_hash"], back["conservation_ok"]) == (venue.hashes[-1], True)
    shown = CliRunner().invoke(main, ["backup", str(venue.directory), str(target)])
    assert f"{target}: whole up to sequence {COMMANDS}" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("backup", "nowhere", "to"), 2, "nowhere: no such directory"),
        (("restore", "nowhere", "to"), 2, "nowhere: no such directory"),
        (("backup", "empty", "to"), 2, "empty: holds no journal"),
        (("restore", "journal", "journal"), 1, "journal: exists, and is not an empty directory"),
        (("backup", "journal", "journal"), 1, "journal: is the journal itself"),
        (("backup", "journal", "file"), 2, "file: "),
    ],
)
def test_what_is_wrong_is_one_line(
    venue: Written,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    result = CliRunner().invoke(main, list(arguments))
    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr.startswith(f"pyengine: {said}")
    assert result.stderr.count("\n") == 1


def test_a_copy_knows_where_it_ends(venue: Written, tmp_path: Path) -> None:
    """Also where nothing was to be copied."""
    first = back_up(venue.directory, tmp_path / "backup")
    second = back_up(venue.directory, tmp_path / "backup")
    assert second == Copied(str(tmp_path / "backup"), first.journal_id, first.sequence, first.timestamp_ns, first.chain)
