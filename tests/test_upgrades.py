"""What the command line says of a clean stop, and of journals of other versions: one line, with the way out.

Other versions are this one's files with another number in a header. The rules themselves are tested in Rust
(`journal_upgrades.rs`).
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import xxhash
from typer.testing import CliRunner, Result

from pyengine import AssetClass, DurableEngine, JournalError, JournalVersionError
from pyengine.cli import main
from pyengine.records import SEMANTICS_VERSION

FORMAT_OFFSET, SEMANTICS_OFFSET = 16, 20
HEADER_BYTES = {".log": 512, ".img": 128}
VENUE = """
[journal]
directory = "journal"
[server]
port = 0
http_port = 0
[[assets]]
symbol = "USDC"
class = "stablecoin"
decimals = 6
"""


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def set_version(path: Path, offset: int, version: int) -> None:
    """Makes the file one of another version, its header's checksum being right."""
    data = bytearray(path.read_bytes())
    data[offset : offset + 4] = version.to_bytes(4, "little")
    header = data[8 : HEADER_BYTES[path.suffix]]
    data[:8] = xxhash.xxh3_64_intdigest(bytes(header)).to_bytes(8, "little")
    path.write_bytes(data)


def segment(journal: Path, first: int = 1) -> Path:
    return journal / f"journal-{first:020}.log"


def image(journal: Path, sequence: int) -> Path:
    return journal / f"snapshot-{sequence:020}.img"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Four commands, with a verified snapshot after three."""
    journal = tmp_path / "journal"
    engine = DurableEngine(journal, segment_bytes=4_096)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_account(1)
    engine.deposit(1, 0, 5)
    assert engine.close(snapshot=True) == image(journal, 3)
    with DurableEngine(journal, segment_bytes=4_096) as engine:
        engine.deposit(1, 0, 5)
    return journal


def test_an_engine_leaves_a_snapshot_only_when_asked(journal: Path) -> None:
    with DurableEngine(journal) as engine:
        assert engine.recovered == (1, 3, 0)
        assert engine.close() is None
        assert engine.close(snapshot=True) is None, "it is closed already"
    assert not image(journal, 4).exists()
    with DurableEngine(journal, whole_replay=True) as engine:
        assert engine.recovered == (4, None, 0)
        assert engine.close(snapshot=True) == image(journal, 4)
    with DurableEngine(journal) as engine:
        assert engine.recovered == (0, 4, 0)


def test_a_snapshot_that_can_not_be_left_is_an_error_and_loses_nothing(journal: Path) -> None:
    engine = DurableEngine(journal)
    engine.deposit(1, 0, 5)
    (journal / "snapshot-next.partial").mkdir()
    with pytest.raises(JournalError, match=r"write .*snapshot-next\.partial: "):
        engine.close(snapshot=True)
    with DurableEngine(journal) as recovered:
        assert recovered.balance(1, 0) == (15, 0)


def test_the_upgrade_goes_on_from_the_snapshot_in_a_segment_of_its_own(journal: Path) -> None:
    DurableEngine(journal).close(snapshot=True)
    set_version(segment(journal), SEMANTICS_OFFSET, SEMANTICS_VERSION - 1)
    written = json.loads(run("snapshot", journal, "--json").stdout)
    assert (written["from_snapshot"], written["commands_replayed"]) == (4, 0)
    assert segment(journal, 5).is_file()
    verified = json.loads(run("journal", "verify", journal, "--json").stdout)
    assert (verified["ok"], verified["semantics_versions"]) == (True, [SEMANTICS_VERSION - 1, SEMANTICS_VERSION])
    with DurableEngine(journal) as engine:
        engine.deposit(1, 0, 1)
    lines = run("journal", "inspect", journal, "--from", "5").stdout.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("5 ")


def test_commands_under_older_rules_are_told_with_the_way_out(journal: Path) -> None:
    set_version(segment(journal), SEMANTICS_OFFSET, 1)
    expected = (
        f"pyengine: {segment(journal)}: command 4 was written under semantics version 1, which this release"
        f" ({SEMANTICS_VERSION}) does not replay: start the release with semantics version 1 on this directory once and"
        " stop it cleanly, which leaves a snapshot at 4; then start "
    )
    result = run("snapshot", journal)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(expected)
    assert result.stderr.count("\n") == 1
    with pytest.raises(JournalVersionError):
        DurableEngine(journal)
    # An audit reads it all the same, and says which rules it is of.
    assert "semantics" in run("journal", "verify", journal).stdout
    assert json.loads(run("journal", "verify", journal, "--json").stdout)["semantics_versions"] == [1]
    result = run("journal", "inspect", journal)
    assert result.exit_code == 2
    assert "4 commands, from sequence 1 to 4, were written under semantics version 1" in result.stderr


@pytest.mark.parametrize(
    ("offset", "version", "said"),
    [
        (SEMANTICS_OFFSET, 9, "semantics version 9 is newer than this release, which knows versions up to"),
        (FORMAT_OFFSET, 9, "journal format version 9 is newer than this release, which knows versions up to"),
        (FORMAT_OFFSET, 1, "journal format version 1 is older than this release reads"),
    ],
)
def test_what_is_not_read_is_refused_by_every_command(journal: Path, offset: int, version: int, said: str) -> None:
    set_version(segment(journal), offset, version)
    for command, status in ((["journal", "verify"], 1), (["journal", "inspect"], 2), (["snapshot"], 2)):
        result = run(*command, journal)
        assert result.exit_code == status
        assert result.stderr.startswith(f"pyengine: {segment(journal)}: {said}")
        assert result.stderr.count("\n") == 1


def test_a_newer_snapshot_is_refused(journal: Path) -> None:
    set_version(image(journal, 3), SEMANTICS_OFFSET, 9)
    result = run("snapshot", journal)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"pyengine: {image(journal, 3)}: semantics version 9 is newer than this release")


def _serve(config: Path, *options: str) -> tuple[list[str], str]:
    """The lines that a server prints from its start to its clean stop, and what it logs."""
    command = [sys.executable, "-m", "pyengine", "serve", str(config), *options]
    pipe = subprocess.PIPE
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or not ("stops." in lines[-1] or "--json" in options):
            line = process.stdout.readline()
            assert line, process.communicate(timeout=60)
            lines.append(line)
        process.send_signal(signal.SIGTERM)
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 0
    return [*lines, *stdout.splitlines(keepends=True)], stderr


def test_a_server_says_what_its_stop_left(tmp_path: Path) -> None:
    config = tmp_path / "venue.toml"
    config.write_text(VENUE)
    config.chmod(0o600)
    left = image(tmp_path / "journal", 1)
    lines, stderr = _serve(config)
    assert (lines[-1], stderr) == (f"Stopped at sequence 1; left {left}, verified.\n", "")
    lines, _ = _serve(config, "--json")
    stopped: dict[str, Any] = json.loads(lines[-1])
    assert stopped == {"stopped_at": 1, "snapshot": str(left), "problem": None}
    left.unlink()
    (tmp_path / "journal" / "snapshot-next.partial").mkdir()
    lines, stderr = _serve(config)
    assert lines[-1] == "Stopped at sequence 1; all of it is in the journal, but no snapshot.\n"
    assert "no snapshot of sequence 1 was left, the journal is whole: write " in stderr
    config.write_text(VENUE.replace("[journal]", '[journal]\ndurability = "off"'))
    lines, stderr = _serve(config)
    assert lines[-1].endswith("Ctrl-C stops.\n")
    assert stderr == ""


def test_a_server_tells_an_upgrade_that_can_not_be_in_one_line(tmp_path: Path, journal: Path) -> None:
    config = tmp_path / "venue.toml"
    config.write_text(VENUE)
    set_version(segment(journal), SEMANTICS_OFFSET, 1)
    result = run("serve", config)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{segment(journal)}: command 4 was written under semantics version 1" in result.stderr
    assert result.stderr.count("\n") == 1
