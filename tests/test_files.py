"""Who may read what a venue writes, and how much of the disk a first start takes."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway import demo
from pyengine import AssetClass, DurableEngine, files
from pyengine.cli import main
from pyengine.config import load, sealing_key


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    """The process forbids itself nothing: what is private is so because it was asked for."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(directory: Path) -> dict[str, int]:
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.rglob("*")}
    return found | {directory.name: stat.S_IMODE(directory.stat().st_mode)}


def disk_bytes(directory: Path) -> int:
    """What the files of a directory take of the disk, not how long they are."""
    return sum(path.stat().st_blocks * 512 for path in directory.rglob("*"))


def venue_in(directory: Path) -> Path:
    assert CliRunner().invoke(main, ["init", str(directory)]).exit_code == 0
    config = directory / "venue.toml"
    text = config.read_text()
    for port in ("port = 8900", "port = 8901"):
        text = text.replace(port, "port = 0")
    config.write_text(text)
    return config


@contextmanager
def served(config: Path) -> Iterator[subprocess.Popen[str]]:
    """A venue that is ready."""
    command = [sys.executable, "-m", "pyengine", "serve", str(config), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert process.stdout.readline().startswith("{")
        yield process
    finally:
        process.kill()
        process.communicate()


def warnings_of(config: Path) -> list[str]:
    """What a venue warns of from its start to its stop."""
    with served(config) as process:
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate(timeout=60)
        assert process.returncode == 0
    return [line for line in stderr.splitlines() if " WARNING " in line]


def test_a_journal_is_its_owner_s_alone(tmp_path: Path) -> None:
    """Every file of it: segments, the one that is prepared, snapshots, the lock; and directories on the way."""
    directory = tmp_path / "venue" / "journal"
    with DurableEngine(directory, segment_bytes=4_096) as engine:
        for asset in range(20):
            engine.create_asset(asset, f"A{asset}", AssetClass.GOLD, 0)
        engine.snapshot()
        found = modes(tmp_path / "venue")
    assert {name: mode for name, mode in found.items() if name not in ("venue", "journal")}.keys() >= {
        "LOCK",
        "journal-00000000000000000001.log",
        "journal-next.prepared",
        "snapshot-00000000000000000020.img",
    }
    assert {found.pop("venue"), found.pop("journal")} == {0o700}
    assert set(found.values()) == {0o600}


def test_a_snapshot_replaces_a_leftover_that_was_open(tmp_path: Path) -> None:
    with DurableEngine(tmp_path / "journal") as engine:
        engine.create_asset(0, "A", AssetClass.GOLD, 0)
        (tmp_path / "journal" / "snapshot-next.partial").touch(mode=0o666)
        path = engine.snapshot()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_init_makes_a_private_directory(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "new" / "venue")]).exit_code == 0
    assert modes(tmp_path / "new") == {"new": 0o700, "venue": 0o700, "venue.toml": 0o600}


def test_the_demo_makes_a_private_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[int] = []

    def run(seconds: float, directory: Path, json: bool) -> int:
        found.append(stat.S_IMODE(directory.stat().st_mode))
        return 0

    monkeypatch.setattr(demo, "_run_to_the_end", run)
    demo.run(seconds=1, directory=tmp_path / "kept")
    demo.run(seconds=1)
    assert found == [0o700, 0o700]


def test_open_is_whatever_others_may_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for mode in range(0o1000):
        (tmp_path / "file").chmod(mode)
        told = files.open_to_others(tmp_path / "file")
        assert (told is not None) == bool(mode % 0o100)
        assert told is None or told.startswith(f"{tmp_path / 'file'}: mode {mode:04o},")


def test_a_start_tells_what_others_can_read(tmp_path: Path) -> None:
    """One line each, which names path and mode; nothing where there is nothing to tell."""
    config = venue_in(tmp_path / "venue")
    journal = Path(load(config).journal.directory)
    assert warnings_of(config) == []
    sealing = sealing_key(load(config))
    assert sealing is not None
    sealing.chmod(0o604)
    (told,) = warnings_of(config)
    assert f"WARNING pyengine {sealing}: mode 0604, open to others than its owner; chmod 600 closes it" in told
    sealing.chmod(0o600)
    config.chmod(0o640)
    journal.chmod(0o755)
    both = warnings_of(config)
    assert len(both) == 2
    assert f"WARNING pyengine {config}: mode 0640, open to others than its owner; chmod 600 closes it" in both[0]
    assert f"WARNING pyengine {journal}: mode 0755, open to others than its owner; chmod 700 closes it" in both[1]


def test_a_first_start_takes_64_mb_at_most(tmp_path: Path) -> None:
    """Blocks, not lengths: the first segment is filled, the next one reserved."""
    config = venue_in(tmp_path / "venue")
    segment_bytes = load(config).journal.segment_bytes
    with served(config):
        taken = disk_bytes(tmp_path)
    assert 2 * segment_bytes <= taken <= 64_000_000
