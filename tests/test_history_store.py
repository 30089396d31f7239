"""The follower and its store: nothing lost, nothing doubled, whatever happens to either."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner, Result

from pyengine import AssetClass, DurableEngine
from pyengine.cli import main
from pyengine.cli.history import NICENESS
from pyengine.errors import HistoryError
from pyengine.history.follower import HistoryFollower
from pyengine.history.rebuild import rebuild
from pyengine.history.store import APPLICATION_ID, SCHEMA_VERSION, StoreWriter, followed, reading, remove
from tests.flow import Flow
from tests.history_support import BATCH, SEGMENT_BYTES, Written, balances_of, contents, follow_all, write_flow

BATCHES: Final = 60
SNAPSHOT_AT: Final = 25
KILLS: Final = 25


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_flow(tmp_path_factory.mktemp("flow") / "journal", 1, BATCHES, snapshot_at=SNAPSHOT_AT)


@pytest.fixture(scope="module")
def store(written: Written, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "history.db"
    assert follow_all(written.directory, path) > 1_000
    return path


@pytest.fixture(autouse=True)
def _keep_priority(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that runs in the process of the tests shall not make them the last in the machine."""
    monkeypatch.setattr(os, "nice", lambda _increment: 0)


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [*map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("seed", range(2, 7))
def test_the_store_has_every_balance_of_the_engine(seed: int, tmp_path: Path) -> None:
    written, path = write_flow(tmp_path / "journal", seed, 40), tmp_path / "history.db"
    follow_all(written.directory, path, commands=700)
    with reading(path) as found:
        assert found.position.sequence == written.last
        assert len(written.balances) >= 5
        for sequence, balances in written.balances.items():
            assert balances
            assert found.balances(sequence) == balances, f"at sequence {sequence}"


def test_fills_are_told_whole(store: Path) -> None:
    """Two sides of each, of the same quantity, cash and instrument; the ids are without a gap."""
    rows = contents(store)["fills"]
    settlements = {row[0] for row in rows}
    assert settlements == set(range(1, len(settlements) + 1))
    for buy, sell in zip(rows[::2], rows[1::2], strict=True):
        assert (buy[0], buy[1], sell[1]) == (sell[0], "buy", "sell")
        assert [buy[at] for at in (2, 3, 7, 9, 10, 11)] == [sell[at] for at in (2, 3, 7, 9, 10, 11)]


def test_it_follows_while_the_journal_is_written(tmp_path: Path) -> None:
    """Every few commands, with one follower, and with a new one each time: the same rows as in one go."""
    flow, directory = Flow(11), tmp_path / "journal"
    paths = [tmp_path / name for name in ("one", "many", "after")]
    with (
        DurableEngine(directory, segment_bytes=SEGMENT_BYTES, durability="async") as engine,
        StoreWriter(paths[0]) as writer,
    ):
        follower = HistoryFollower(directory, writer)
        for number in range(40):
            flow.observe(engine.apply_batch(flow.batch(BATCH) if number else flow.opening()))
            while follower.advance(37):
                pass
            follow_all(directory, paths[1])
            assert follower.sequence == engine.sequence
            with reading(paths[0]) as found:
                assert found.balances(engine.sequence) == balances_of(engine)
    assert len(list(directory.glob("journal-*.log"))) > 1
    follow_all(directory, paths[2])
    assert contents(paths[0]) == contents(paths[1]) == contents(paths[2])


def without_beginning(written: Written, directory: Path) -> int:
    """A copy of the journal without the segments before its snapshot; where a history of it can begin."""
    shutil.copytree(written.directory, directory)
    assert written.snapshot is not None
    base = int(written.snapshot.stem.removeprefix("snapshot-"))
    segments = sorted(directory.glob("journal-*.log"))
    first = max(at for at, each in enumerate(segments) if int(each.stem.removeprefix("journal-")) <= base)
    assert first > 0
    for segment in segments[:first]:
        segment.unlink()
    return base + 1


def test_a_store_that_begins_at_a_snapshot(written: Written, tmp_path: Path) -> None:
    """The segments before it are gone: what was before is one balance for each account and asset."""
    directory, path = tmp_path / "journal", tmp_path / "history.db"
    base = without_beginning(written, directory) - 1
    follow_all(directory, path)
    with reading(path) as found:
        assert found.position.base_sequence == base
        later = {sequence: rows for sequence, rows in written.balances.items() if sequence >= base}
        assert len(later) >= 3
        for sequence, balances in later.items():
            assert found.balances(sequence) == balances, f"at sequence {sequence}"


def test_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """Each in the midst of many small transactions; what is there then is what the whole history has up to there."""
    path, whole = tmp_path / "history.db", tmp_path / "whole.db"
    written = write_flow(tmp_path / "journal", 1, 80, together=4)
    follow_all(written.directory, whole)
    program = (
        "import sys; from pathlib import Path\n"
        "from pyengine.history.follower import HistoryFollower\n"
        "from pyengine.history.store import StoreWriter\n"
        "with StoreWriter(Path(sys.argv[2])) as writer:\n"
        "    follower = HistoryFollower(Path(sys.argv[1]), writer)\n"
        "    while follower.sequence < writer.position.sequence: follower.advance(100)\n"
        "    while follower.advance(3): print(flush=True)\n"
    )
    chance, sequences = random.Random(7), [0]
    for _ in range(KILLS):
        command = [sys.executable, "-c", program, str(written.directory), str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            for _ in range(chance.randrange(40)):
                child.stdout.readline()
            time.sleep(chance.uniform(0, 0.002))
            child.kill()
        with reading(path) as found, reading(whole) as other:
            sequences.append(found.position.sequence)
            assert found.balances(sequences[-1]) == other.balances(sequences[-1])
    assert sequences == sorted(sequences)
    assert len(set(sequences)) > KILLS // 2, "the kills come while it writes"
    assert sequences[-1] < written.last
    follow_all(written.directory, path)
    assert contents(path) == contents(whole)


def test_a_rebuilt_store_is_the_old_one(written: Written, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    shutil.copy(store, path)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM fills WHERE settlement_id % 2")
    connection.close()
    assert contents(path) != contents(store)
    assert run("follow", written.directory, "--store", path, "--once").exit_code == 0
    assert contents(path) != contents(store)
    done = run("follow", written.directory, "--store", path, "--once", "--rebuild")
    rows = sum(len(contents(path)[table]) for table in ("fills", "movements", "entitlements"))
    assert done.stdout == f"{path}: up to sequence {written.last}, {rows:,} rows written.\n"
    assert contents(path) == contents(store)


def test_a_rebuild_that_would_lose_the_beginning_is_refused(written: Written, store: Path, tmp_path: Path) -> None:
    directory, path = tmp_path / "journal", tmp_path / "history.db"
    first = without_beginning(written, directory)
    shutil.copy(store, path)
    arguments = ("follow", directory, "--store", path, "--once", "--rebuild")
    for said, told in (
        (
            (),
            f"{path}: begins at sequence 1, and what the journal still has leads to a history that begins at {first} ",
        ),
        (("--begins-at", f"{first + 1}"), f"--begins-at {first + 1}: the journal leads to a history that begins at"),
    ):
        refused = run(*arguments, *said)
        assert refused.exit_code == 2
        assert refused.stderr.startswith(f"pyengine: {told}")
        assert contents(path) == contents(store)
        assert sorted(each.name for each in tmp_path.iterdir()) == ["history.db", "journal"]
    assert run(*arguments, "--begins-at", f"{first}").exit_code == 0
    with reading(path) as found:
        assert found.position.base_sequence == first - 1
        assert found.balances(written.last) == written.balances[written.last]
    assert run(*arguments).exit_code == 0, "nothing more is lost"
    for segment in written.directory.glob("journal-*.log"):
        shutil.copy(segment, directory)  # out of the archive
    assert run(*arguments).exit_code == 0
    assert contents(path) == contents(store)


def test_begins_at_is_of_a_rebuild(written: Written, tmp_path: Path) -> None:
    refused = run("follow", written.directory, "--store", tmp_path / "history.db", "--begins-at", "5")
    assert (refused.exit_code, refused.stderr) == (2, "pyengine: --begins-at 5: needs --rebuild\n")


def test_an_interrupted_rebuild_leaves_the_old_store(written: Written, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    shutil.copy(store, path)
    (tmp_path / "history.db.rebuilding").write_bytes(b"")  # of one that was killed

    def interrupted(follower: HistoryFollower) -> None:
        assert follower.advance(500)
        assert contents(path) == contents(store)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(written.directory, path, None, interrupted)
    assert contents(path) == contents(store)
    assert [each.name for each in tmp_path.iterdir()] == ["history.db"]


def test_a_damaged_store_is_made_anew(written: Written, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    whole = store.read_bytes()
    path.write_bytes(whole[:4_096] + bytes(len(whole) - 4_096))
    assert run("follow", written.directory, "--store", path, "--once").exit_code == 2
    assert run("follow", written.directory, "--store", path, "--once", "--rebuild").exit_code == 0
    assert contents(path) == contents(store)


def test_a_follower_whose_store_was_replaced_ends(written: Written, tmp_path: Path) -> None:
    """What it wrote would be read by nobody."""
    path = tmp_path / "history.db"
    with StoreWriter(path) as writer:
        follower = HistoryFollower(written.directory, writer)
        follower.advance(100)
        assert run("follow", written.directory, "--store", path, "--once", "--rebuild").exit_code == 0
        with pytest.raises(HistoryError, match="has been replaced, or removed, since it was opened"):
            follower.advance(100)
    with reading(path) as found:
        assert found.balances(written.last) == written.balances[written.last]


def test_a_truncated_tail_is_the_end_for_now(written: Written, store: Path, tmp_path: Path) -> None:
    directory, path = tmp_path / "journal", tmp_path / "history.db"
    shutil.copytree(written.directory, directory)
    for snapshot in directory.glob("snapshot-*"):
        snapshot.unlink()
    segment = max(directory.glob("journal-*.log"))
    whole = segment.read_bytes()
    used = len(whole.rstrip(b"\0"))
    segment.write_bytes(whole[: used - 100].ljust(len(whole), b"\0"))
    follow_all(directory, path)
    with reading(path) as found:
        assert written.last - BATCH * 10 < found.position.sequence < written.last
    segment.write_bytes(whole)
    follow_all(directory, path)
    assert contents(path) == contents(store)


def test_a_replaced_journal_is_refused(written: Written, store: Path, tmp_path: Path) -> None:
    directory, path = tmp_path / "journal", tmp_path / "history.db"
    shutil.copy(store, path)
    write_flow(directory, 3, 10)
    refused = run("follow", directory, "--store", path, "--once")
    assert refused.exit_code == 2
    assert f"does not lead on to sequence {written.last + 1}: belongs to journal" in refused.stderr
    assert refused.stderr.endswith("; --rebuild makes it anew\n")
    assert contents(path) == contents(store)
    assert run("follow", directory, "--store", path, "--once", "--rebuild").exit_code == 0
    assert contents(path)["position"] != contents(store)["position"]


def test_only_one_follower_writes(written: Written, tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with StoreWriter(path) as first, StoreWriter(path) as second:
        HistoryFollower(written.directory, first)
        with pytest.raises(HistoryError, match="another follower writes it"):
            HistoryFollower(written.directory, second)
    with StoreWriter(path) as first, StoreWriter(path) as second:
        followers = [HistoryFollower(written.directory, writer) for writer in (first, second)]
        followers[0].advance(10)
        with pytest.raises(HistoryError, match="another follower writes it"):
            followers[1].advance(500)
        followers[0].advance(10_000)
    follow_all(written.directory, path)
    with reading(path) as found:
        assert found.balances(written.last) == written.balances[written.last]


def test_a_turnover_beyond_64_bits(tmp_path: Path) -> None:
    """Much came and went; no balance was ever more than there can be."""
    much = 6 * 10**18
    with DurableEngine(tmp_path / "journal") as engine:
        engine.create_asset(0, "USD", AssetClass.STABLECOIN, 18)
        engine.create_account(1)
        for _ in range(3):
            engine.deposit(1, 0, much)
            engine.settle_withdrawal(1, engine.request_withdrawal(1, 0, much)[0].withdrawal_id)
        engine.deposit(1, 0, much)
        sequence = engine.sequence
    follow_all(tmp_path / "journal", tmp_path / "history.db")
    with reading(tmp_path / "history.db") as found:
        assert found.balances(sequence) == {(1, 0): much}
        assert found.summed("account = ?", 1) == much
    out = tmp_path / "out.parquet"
    command = ("statement", "1", "--store", tmp_path / "history.db", "--check", tmp_path / "journal")
    assert run(*command, "--format", "parquet", "--out", out).exit_code == 0


def test_order_ids_of_any_shard(tmp_path: Path) -> None:
    """The highest are beyond what SQLite knows."""
    with DurableEngine(tmp_path / "journal", shard=255) as engine:
        engine.create_asset(0, "USD", AssetClass.STABLECOIN, 2)
        engine.create_asset(1, "XAU", AssetClass.GOLD, 2)
        engine.create_instrument(0, "XAU-USD", 1, 0, lot_size=1, tick_lot_value=1, max_price=100)
        for account in (1, 2):
            engine.create_account(account)
            engine.deposit(account, account - 1, 1_000)
        engine.place(1, 0, 0, price=5, quantity=5)
        order_id = engine.place(2, 0, 1, price=5, quantity=5)[0].order_id
    assert order_id > 1 << 63
    follow_all(tmp_path / "journal", tmp_path / "history.db")
    out = tmp_path / "fills.csv"
    assert run("export", "fills", "--store", tmp_path / "history.db", "--out", out).exit_code == 0
    assert str(order_id) in out.read_text(encoding="utf-8")


def test_what_is_no_store_is_left_alone(written: Written, tmp_path: Path) -> None:
    text, database, other = tmp_path / "text", tmp_path / "database", tmp_path / "other"
    text.write_bytes(b"not a database, and longer than its header would be" * 4)
    for path, pragma in ((database, "user_version = 7"), (other, f"application_id = {APPLICATION_ID}")):
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE something (x)")
        connection.execute(f"PRAGMA {pragma}")
        connection.close()
    for path, said in (
        (text, "file is not a database"),
        (database, "is no store of a history"),
        (other, f"a store of version 0, this release reads version {SCHEMA_VERSION}"),
    ):
        before = path.read_bytes()
        for command in (("follow", written.directory, "--store", path, "--once"), ("statement", "1", "--store", path)):
            refused = run(*command)
            assert refused.exit_code == 2
            assert said in refused.stderr
            assert str(path) in refused.stderr
        assert path.read_bytes()[100:] == before[100:]
    for path in (text, database):
        with pytest.raises(HistoryError, match="it is left alone"):
            remove(path)
        assert path.exists()
    remove(other)
    remove(other)
    assert not other.exists()


def test_it_ends_when_its_input_is_closed(written: Written, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    command = [sys.executable, "-m", "pyengine", "follow", str(written.directory), "--store", str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen([*command, "--until-closed", "--json"], stdin=pipe, stdout=pipe, stderr=pipe) as child:
        for _ in range(300):
            time.sleep(0.1)
            with suppress(HistoryError):  # it has not begun
                if followed(path) == written.last:
                    break
        assert child.poll() is None
        assert os.getpriority(os.PRIO_PROCESS, child.pid) == NICENESS
        stdout, stderr = child.communicate(timeout=30)
    assert (child.returncode, stderr) == (0, b"")
    assert f'"sequence": {written.last}'.encode() in stdout
    assert contents(path) == contents(store)
