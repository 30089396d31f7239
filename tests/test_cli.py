"""The command line: what it prints where, exit statuses, and errors in one line."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pyengine.cli import main

FIXTURES = Path(__file__).parent / "fixtures" / "lobster"
MESSAGE = FIXTURES / "TINY_2030-01-02_34200000_57600000_message_2.csv"
ORDERBOOK = FIXTURES / "TINY_2030-01-02_34200000_57600000_orderbook_2.csv"

REPLAY_KEYS = {
    "rows",
    "sides_checked",
    "sides_matched",
    "executions",
    "queue_front_agreed",
    "fills",
    "settled_notional",
    "conservation_ok",
    "state_hash",
    "recovered_state_hash",
    "messages_per_second",
}


def pyengine(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def last_line(result: Result) -> dict[str, Any]:
    parsed = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(parsed, dict)
    return parsed


def wrong_book(directory: Path) -> Path:
    path = directory / ORDERBOOK.name
    path.write_text(ORDERBOOK.read_text().replace("100500,100,100000,80", "100500,100,100000,81"))
    return path


def test_version() -> None:
    assert pyengine("version").stdout.startswith("pyengine ")
    assert last_line(pyengine("version", "--json"))["semantics_version"] == 1


def test_replay_prints_a_table() -> None:
    result = pyengine("replay", "lobster", MESSAGE, ORDERBOOK)
    assert (result.exit_code, result.stderr) == (0, "")
    for shown in ("sides matched", "30", "851.10 USD", "recovered state hash"):
        assert shown in result.stdout


def test_replay_prints_json() -> None:
    result = pyengine("replay", "lobster", MESSAGE, ORDERBOOK, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    parsed = last_line(result)
    assert parsed.keys() >= REPLAY_KEYS
    assert (parsed["rows"], parsed["sides_matched"], parsed["fills"]) == (16, 30, 5)
    assert parsed["settled_notional"] == 851_100_000
    assert parsed["state_hash"] == parsed["recovered_state_hash"]


def test_replay_of_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "tape.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in (MESSAGE, ORDERBOOK):
            archive.write(file, file.name)
    assert last_line(pyengine("replay", "lobster", path, "--json"))["sides_matched"] == 30


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_difference_is_exit_1_and_says_where(tmp_path: Path, options: list[str]) -> None:
    result = pyengine("replay", "lobster", MESSAGE, wrong_book(tmp_path), *options)
    assert result.exit_code == 1
    assert "row 2: buy side differs: expected [[1000, 81], [999, 70]], found [[1000, 80], [999, 70]]" in result.stderr
    if options:
        parsed = last_line(result)
        assert (parsed["sides_checked"], parsed["sides_matched"]) == (30, 28)
        assert parsed["first_difference"]["row"] == 2


def test_what_the_user_can_mend_is_one_line_and_exit_2(tmp_path: Path) -> None:
    cut = tmp_path / "cut.csv"
    cut.write_bytes(MESSAGE.read_bytes()[:-3])
    for arguments, named in (
        ([cut], f"pyengine: {cut}: row 16: no newline at the end of the file: it is truncated"),
        ([tmp_path / "none.csv"], f"pyengine: {tmp_path / 'none.csv'}: No such file or directory"),
        ([tmp_path], f"pyengine: {tmp_path}: Is a directory"),
        ([MESSAGE, MESSAGE], f"pyengine: {MESSAGE}: row 1: 6 columns: not a multiple of 4"),
    ):
        result = pyengine("replay", "lobster", *arguments, "--json")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith(named)
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["replay", "nonsense"], ["replay", "lobster"], ["version", "--nonsense"]]
)
def test_wrong_usage_is_exit_2_without_a_traceback(arguments: list[str]) -> None:
    result = pyengine(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert "Traceback" not in result.stderr


def test_help_names_every_command() -> None:
    result = pyengine("--help")
    assert result.exit_code == 0
    for command in ("replay", "version"):
        assert command in result.stdout


def test_start_imports_nothing_heavy() -> None:
    heavy = ("rich", "uvloop", "gateway")
    code = f"import sys, pyengine.cli; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stdout == "[]\n"


def test_interrupt_is_clean(tmp_path: Path) -> None:
    """The tape is a pipe that nobody writes to, so the interrupt meets the command while it reads."""
    pipe = tmp_path / "tape.csv"
    os.mkfifo(pipe)
    command = [sys.executable, "-c", "from pyengine.cli import main; main()", "replay", "lobster", str(pipe)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        with pipe.open("wb"):  # opens when the command has opened its end
            process.send_signal(signal.SIGINT)
            stdout, stderr = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, stdout) == (130, "")
    assert "Traceback" not in stderr
