"""The command line: what it prints where, exit statuses, and errors in one line."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from gateway.demo.display import layout
from gateway.sample import LISTINGS, write_config
from pyengine import AssetClass, DurableEngine
from pyengine._engine_core import journal_genesis
from pyengine.cli import main
from pyengine.cli.log import JsonLines
from pyengine.commands import pack_amend, pack_cancel, pack_cancel_all, pack_place, pack_transfer
from pyengine.config import load
from pyengine.journal import ENVELOPE, describe
from pyengine.packing import unpack
from pyengine.records import HEADER, SEMANTICS_VERSION, Header

FIXTURES = Path(__file__).parent / "fixtures" / "lobster"
MESSAGE = FIXTURES / "TINY_2030-01-02_34200000_57600000_message_2.csv"
ORDERBOOK = FIXTURES / "TINY_2030-01-02_34200000_57600000_orderbook_2.csv"

REPLAY_KEYS = {
    "messages",
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


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def last_line(result: Result) -> dict[str, Any]:
    parsed = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(parsed, dict)
    return parsed


@contextmanager
def started(*arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "pyengine", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wrong_book(directory: Path) -> Path:
    path = directory / ORDERBOOK.name
    path.write_text(ORDERBOOK.read_text().replace("100500,100,100000,80", "100500,100,100000,81"))
    return path


def test_version() -> None:
    assert run("version").stdout.startswith("pyengine ")
    assert last_line(run("version", "--json"))["semantics_version"] == SEMANTICS_VERSION


def test_replay_prints_a_table() -> None:
    result = run("replay", "lobster", MESSAGE, ORDERBOOK)
    assert (result.exit_code, result.stderr) == (0, "")
    for shown in ("sides matched", "30", "851.10 USD", "recovered state hash"):
        assert shown in result.stdout


def test_replay_prints_json() -> None:
    result = run("replay", "lobster", MESSAGE, ORDERBOOK, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    parsed = last_line(result)
    assert parsed.keys() >= REPLAY_KEYS
    assert (parsed["messages"], parsed["sides_matched"], parsed["fills"]) == (16, 30, 5)
    assert parsed["settled_notional"] == 851_100_000
    assert parsed["state_hash"] == parsed["recovered_state_hash"]


def test_replay_of_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "tape.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in (MESSAGE, ORDERBOOK):
            archive.write(file, file.name)
    assert last_line(run("replay", "lobster", path, "--json"))["sides_matched"] == 30


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_difference_is_exit_1_and_says_where(tmp_path: Path, options: list[str]) -> None:
    result = run("replay", "lobster", MESSAGE, wrong_book(tmp_path), *options)
    assert result.exit_code == 1
    assert "after message 2: TINY: buy side differs at 10.00: expected 81 shares, found 80 shares in " in result.stderr
    if options:
        parsed = last_line(result)
        assert (parsed["sides_checked"], parsed["sides_matched"]) == (30, 28)
        assert parsed["first_difference"]["message"] == 2


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """The journal of a replay of the small tape."""
    directory = tmp_path / "journal"
    assert run("replay", "lobster", MESSAGE, ORDERBOOK, "--journal", directory).exit_code == 0
    return directory


def segment(directory: Path) -> Path:
    return directory / "journal-00000000000000000001.log"


def test_replay_starts_no_second_history_in_a_journal(journal: Path) -> None:
    before = segment(journal).read_bytes()
    result = run("replay", "lobster", MESSAGE, ORDERBOOK, "--journal", journal)
    assert result.exit_code == 2
    assert result.stderr == f"pyengine: {journal}: holds a journal already; a replay starts a new one\n"
    assert segment(journal).read_bytes() == before


def test_replay_without_a_directory_leaves_none_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert run("replay", "lobster", MESSAGE, ORDERBOOK).exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_journal_verify(journal: Path) -> None:
    parsed = last_line(run("journal", "verify", journal, "--json"))
    assert (parsed["ok"], parsed["segments"], parsed["first_sequence"], parsed["torn_bytes"]) == (True, 1, 1, 0)
    assert parsed["last_sequence"] > 3_000
    assert f"{parsed['last_sequence']:,}" in run("journal", "verify", journal).stdout


def test_journal_verify_of_a_damaged_journal_is_exit_1(journal: Path) -> None:
    with DurableEngine(journal) as engine:  # says that all before is on disk
        engine.deposit(1, 0, 1)
    with segment(journal).open("r+b") as file:
        file.seek(600)
        file.write(b"damage")
    result = run("journal", "verify", journal, "--json")
    assert result.exit_code == 1
    assert last_line(result)["ok"] is False
    assert segment(journal).name in result.stderr
    assert result.stderr.count("\n") == 1


def test_journal_verify_tells_an_unfinished_write(journal: Path) -> None:
    data = segment(journal).read_bytes().rstrip(b"\0")
    with segment(journal).open("r+b") as file:
        file.seek(len(data) + 512 - len(data) % 512)
        file.write(b"unfinished")
    result = run("journal", "verify", journal)
    assert result.exit_code == 0
    assert "whole, up to an unfinished write" in result.stdout
    assert last_line(run("journal", "verify", journal, "--json"))["torn_bytes"] == 512


def test_journal_inspect_names_what_is_in_it(journal: Path) -> None:
    commands = last_line(run("journal", "inspect", journal, "--limit", "1000000", "--json"))["commands"]
    last = last_line(run("journal", "verify", journal, "--json"))["last_sequence"]
    assert [command["sequence"] for command in commands] == list(range(1, last + 1))
    (share,) = (command for command in commands if command.get("asset_class") == "equity")
    assert share == {
        "sequence": share["sequence"],
        "length": 56,
        "kind": "create_asset",
        "version": 1,
        "flags": 0,
        "key": 0,
        "account": 0,
        "timestamp_ns": 34_200_000_000_001,
        "asset": 1,
        "asset_class": "equity",
        "decimals": 6,
        "min_withdrawal": 1,
        "symbol": "0:TINY",
    }
    places = [command for command in commands if command["kind"] == "place"]
    assert {command["time_in_force"] for command in places} == {"post_only", "ioc"}
    assert sum(command["quantity"] for command in places if command["time_in_force"] == "ioc") == 85


def test_journal_inspect_shows_a_part(journal: Path) -> None:
    lines = run("journal", "inspect", journal, "--from", "5", "--limit", "2").stdout.splitlines()
    assert lines == [
        "5 0 account=1 deposit asset=0 amount=9223372036854775 reference=",
        "6 0 account=2 create_account fee_schedule=1",
    ]
    assert run("journal", "inspect", journal, "--from", "99999").stdout == ""


def test_snapshot_is_what_the_next_start_recovers_from(journal: Path) -> None:
    replayed = last_line(run("journal", "verify", journal, "--json"))["last_sequence"]
    first = last_line(run("snapshot", journal, "--json"))
    assert (first["commands_replayed"], first["from_snapshot"], first["sequence"]) == (replayed, None, replayed)
    assert Path(first["path"]).is_file()
    again = last_line(run("snapshot", journal, "--json"))
    assert (again["commands_replayed"], again["from_snapshot"]) == (0, replayed)
    assert again["state_hash"] == first["state_hash"]
    assert "state hash" in run("snapshot", journal).stdout


def test_snapshot_of_a_journal_in_use_is_refused(journal: Path) -> None:
    with DurableEngine(journal):
        result = run("snapshot", journal)
    assert result.exit_code == 2
    assert str(journal) in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["journal", "verify"], ["journal", "inspect"], ["snapshot"]])
def test_no_command_starts_a_journal_where_there_is_none(tmp_path: Path, command: list[str]) -> None:
    for directory, problem in ((tmp_path, "holds no journal"), (tmp_path / "none", "no such directory")):
        result = run(*command, directory)
        assert (result.exit_code, result.stderr) == (2, f"pyengine: {directory}: {problem}\n")
    assert list(tmp_path.iterdir()) == []


def test_snapshot_takes_the_shard_and_the_bound_from_the_journal(tmp_path: Path) -> None:
    key = bytes(range(16))
    with DurableEngine(tmp_path, shard=7, max_open_orders=99, client_id_key=key) as engine:
        engine.create_account(1)
        before = engine.state_hash().hex()
    assert last_line(run("snapshot", tmp_path, "--json"))["state_hash"] == before
    assert journal_genesis(tmp_path) == {"shard": 7, "max_open_orders": 99, "client_id_key": key}


def test_inspect_says_which_key_asked(tmp_path: Path) -> None:
    with DurableEngine(tmp_path) as engine:
        header, _ = unpack(pack_cancel_all(5))
        engine.apply(HEADER.pack(*header._replace(key=3)) + pack_cancel_all(5)[HEADER.size :])
    assert (
        run("journal", "inspect", tmp_path).stdout
        == "1 0 account=5 key=3 cancel_all instrument=4294967295 sides=both quote_group=0\n"
    )


def test_what_has_no_name_is_described_by_its_number() -> None:
    unknown = Header(length=24, kind=99, version=1, flags=0, key=0, account=5, timestamp_ns=7)
    assert describe(HEADER.pack(*unknown)) == unknown._asdict()
    place = pack_place(5, 0, 1, 100, 2, client_order_id="mine\x1b")
    fields = describe(place[:28] + bytes([9]) + place[29:])
    assert (fields["kind"], fields["side"], fields["quantity"]) == ("place", 9, 2)
    assert fields["client_order_id"] == "mine\\x1b"


def test_a_command_is_described_by_the_fields_it_uses() -> None:
    amend = describe(pack_amend(5, 100, 2, client_order_id="mine"))
    own = {"display_quantity", "min_quantity", "expires_at", "trigger_price", "trail"}
    assert amend.keys() - ENVELOPE == {"order_id", "client_order_id", "price", "quantity"} | own
    assert describe(pack_cancel(5, order_id=9)).keys() - ENVELOPE == {"order_id", "client_order_id"}
    assert describe(pack_cancel_all(5)).keys() - ENVELOPE == {"instrument", "sides", "quote_group"}
    transfer = describe(pack_transfer(5, 6, 0, 1, reference="rent\x1b"))
    assert transfer.keys() - ENVELOPE == {"asset", "to_account", "amount", "reference"}
    assert transfer["reference"] == "rent\\x1b"


def test_what_the_user_can_mend_is_one_line_and_exit_2(tmp_path: Path) -> None:
    cut = tmp_path / "cut.csv"
    cut.write_bytes(MESSAGE.read_bytes()[:-3])
    for arguments, named in (
        ([cut], f"pyengine: {cut}: byte 368: row 16: no newline at the end of the file: it is truncated"),
        ([tmp_path / "none.csv"], f"pyengine: {tmp_path / 'none.csv'}: No such file or directory"),
        ([tmp_path], f"pyengine: {tmp_path}: Is a directory"),
        ([MESSAGE, MESSAGE], f"pyengine: {MESSAGE}: byte 0: row 1: 6 columns: not a multiple of 4"),
    ):
        result = run("replay", "lobster", *arguments, "--json")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith(named)
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["replay", "nonsense"], ["replay", "lobster"], ["version", "--nonsense"]]
)
def test_wrong_usage_is_exit_2_without_a_traceback(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert "Traceback" not in result.stderr


def test_help_names_every_command() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for command in ("init", "serve", "demo", "replay", "journal", "snapshot", "version"):
        assert command in result.stdout


def test_the_version_is_an_option_too() -> None:
    assert run("--version").stdout == run("version").stdout != ""


@pytest.mark.parametrize(
    "command", ["", "init", "serve", "demo", "admin", "admin market halt", "replay", "replay itch", "journal verify"]
)
def test_every_command_takes_the_short_option_for_help(command: str) -> None:
    short, long = run(*command.split(), "-h"), run(*command.split(), "--help")
    assert short.exit_code == long.exit_code == 0
    assert short.stdout == long.stdout
    assert "-h, --help" in short.stdout


def test_init_writes_a_configuration_once(tmp_path: Path) -> None:
    directory = tmp_path / "venue"
    assert run("init", directory).exit_code == 0
    config = load(directory / "venue.toml")
    assert len({key.secret for key in config.keys}) == len(config.keys) > 1
    assert (directory / "venue.toml").stat().st_mode & 0o077 == 0, "others can read the secrets"
    again = run("init", directory)
    assert (again.exit_code, again.stderr) == (2, f"pyengine: {directory / 'venue.toml'}: File exists\n")


def test_start_imports_nothing_heavy() -> None:
    heavy = ("rich", "uvloop", "gateway")
    code = f"import sys, pyengine.cli; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stdout == "[]\n"


def test_interrupt_is_clean(tmp_path: Path) -> None:
    """The tape is a pipe that nobody writes to, so the interrupt meets the command while it reads."""
    pipe = tmp_path / "tape.csv"
    os.mkfifo(pipe)
    with started("replay", "lobster", pipe) as process, pipe.open("wb"):  # opens when the command has opened its end
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stdout) == (130, "")
    assert "Traceback" not in stderr


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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_where_and_stops_gracefully(tmp_path: Path, number: signal.Signals) -> None:
    config = tmp_path / "venue.toml"
    config.write_text(VENUE)
    config.chmod(0o600)
    with started("serve", config, "--json") as process:
        assert process.stdout is not None
        addresses = json.loads(process.stdout.readline())
        assert addresses["url"].startswith("ws://127.0.0.1:")
        assert (addresses["commands_recovered"], addresses["torn_bytes_cut"]) == (0, 0)
        with urllib.request.urlopen(addresses["health"], timeout=30) as answer:
            assert answer.status == 200
        process.send_signal(number)
        stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (0, "")
    stopped = json.loads(stdout)
    assert (stopped["stopped_at"], stopped["problem"]) == (1, None)
    assert Path(stopped["snapshot"]).is_file()
    parsed = last_line(run("journal", "inspect", tmp_path / "journal", "--json"))
    assert "create_asset" in [command["kind"] for command in parsed["commands"]]


def test_a_start_says_how_the_configuration_differs_and_changes_nothing(tmp_path: Path) -> None:
    config = tmp_path / "venue.toml"
    config.write_text(VENUE)
    with DurableEngine(tmp_path / "journal") as engine:
        engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 2)
        engine.create_account(1)
    text = "$.assets[0].decimals: 6, the venue has USDC with 2, which cannot be changed"
    with started("serve", config, "--json") as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["differences"] == [text]
        process.send_signal(signal.SIGTERM)
        assert json.loads(process.communicate(timeout=60)[0])["stopped_at"] == 2
    with started("serve", config) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
    assert lines[1:] == [f"The venue keeps what it lists, though {config} says otherwise:\n", f"  {text}\n"]


def test_the_log_is_lines_of_json_if_asked(tmp_path: Path) -> None:
    config, _ = write_config(tmp_path)
    with started("serve", config, "--verbose", "--log", "json", "--json") as process:
        assert process.stdout is not None
        admin = json.loads(process.stdout.readline())["admin"]
        assert run("admin", "market", "halt", "XAU-USDC", "--config", config, "--url", admin).exit_code == 0
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate(timeout=60)
    lines = [json.loads(line) for line in stderr.splitlines()]
    assert lines
    assert all(line.keys() == {"time", "level", "logger", "message"} for line in lines)
    assert {line["level"] for line in lines} == {"info"}
    result = run("serve", config, "--log", "xml")
    assert result.exit_code == 2
    assert "'xml' is not one of 'text', 'json'" in result.stderr.replace("\n", "")


def test_a_log_line_is_one_line_whatever_is_said() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        record = logging.LogRecord("gateway", logging.ERROR, "", 0, "%s\nand %d", ("one", 2), sys.exc_info())
    (line,) = JsonLines().format(record).splitlines()
    said = json.loads(line)
    assert (said["level"], said["message"]) == ("error", "one\nand 2")
    assert said["exception"].endswith("ValueError: two\nlines")


def test_the_operator_halts_and_resumes_a_running_venue(tmp_path: Path) -> None:
    config, _ = write_config(tmp_path)
    with started("serve", config, "--json") as process:
        assert process.stdout is not None
        to_venue = ("--config", config, "--url", json.loads(process.stdout.readline())["admin"])
        market = ("admin", "market")
        halted = last_line(run(*market, "halt", "XAU-USDC", "--cause", "regulator", *to_venue, "--json"))
        assert halted == {"instrument": "XAU-USDC", "cause": "regulator", "sequence": halted["sequence"]}
        assert run(*market, "resume", "XAU-USDC", "--cause", "regulator", *to_venue).stdout.startswith(
            "Done, at sequence"
        )
        assert run(*market, "reference", "XAU-USDC", "--price", "4012", "--source", "3", *to_venue).exit_code == 0
        assert run(*market, "roll", "20261201", *to_venue).exit_code == 0
        assert run(*market, "phase", "XAU-USDC", "closed", *to_venue).exit_code == 0
        assert run(*market, "auction", "XAU-USDC", "--seconds", "60", "--close", *to_venue).exit_code == 0
        assert (
            run(*market, "limits", "XAU-USDC", "--static-bps", "500", "--call-seconds", "60", *to_venue).exit_code == 0
        )
        for status, words, problem in (
            (1, ("roll", "20261201"), "invalid_parameter"),
            (1, ("halt", "NONE"), "no instrument 'NONE'"),
            (2, ("halt", "XAU-USDC", "--cause", "mood"), "--cause mood: not one of operator, regulator"),
            (1, ("phase", "XAU-USDC", "retired"), "wrong_phase"),
            (1, ("limits", "XAU-USDC", "--dynamic-bps", "500"), "invalid_parameter"),
            (2, ("phase", "XAU-USDC", "noon"), "noon: not one of continuous, pre_open"),
            (2, ("reference", "XAU-USDC", "--price", "92233720368547758.08"), "times the tick, 0.01"),
            (2, ("halt", "XAU-USDC", "--key", "maker-1"), "no key maker-1 with the scope admin"),
        ):
            result = run(*market, *words, *to_venue)
            assert (result.exit_code, result.stderr.count("\n")) == (status, 1), result.stderr
            assert problem in result.stderr
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    without_port = run(*market, "halt", "XAU-USDC", "--config", config)
    assert (without_port.exit_code, "give --url" in without_port.stderr) == (2, True)
    parsed = last_line(run("journal", "inspect", tmp_path / "journal", "--limit", "100", "--json"))
    kinds = [command["kind"] for command in parsed["commands"]]
    assert [
        kind
        for kind in ("halt", "resume", "set_reference", "roll_trade_date", "set_phase", "set_trading_limits")
        if kind not in kinds
    ] == []


def test_serve_tells_people_what_it_recovered(tmp_path: Path) -> None:
    config = tmp_path / "venue.toml"
    config.write_text(VENUE)
    for told in (
        f"A new venue: {config} is in its journal, up to sequence 1.\n",
        "Sequence 1, 1 commands replayed.\n",
    ):
        with started("serve", config) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == told
            assert process.stdout.readline().startswith("Trading at ws://127.0.0.1:")
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
    config.write_text(VENUE.replace("[journal]", '[journal]\ndurability = "off"'))
    with started("serve", config) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Durability is off: nothing is journaled")


def test_serve_tells_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    config = tmp_path / "venue.toml"
    for text, problem in ((VENUE.replace("6", "99"), "decimals"), ("[journal", "not TOML"), ("", "journal")):
        config.write_text(text)
        result = run("serve", config)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"pyengine: {config}: ")
        assert problem in result.stderr
        assert result.stderr.count("\n") == 1
    result = run("serve", tmp_path / "none.toml")
    assert (result.exit_code, result.stderr) == (2, f"pyengine: {tmp_path / 'none.toml'}: No such file or directory\n")


def test_serve_of_a_journal_in_use_is_refused(tmp_path: Path) -> None:
    config = tmp_path / "venue.toml"
    config.write_text(VENUE)
    with DurableEngine(tmp_path / "journal"):
        result = run("serve", config)
    assert result.exit_code == 2
    assert str(tmp_path / "journal") in result.stderr
    assert result.stderr.count("\n") == 1


def test_demo_proves_itself_and_keeps_its_journal(tmp_path: Path) -> None:
    with started("demo", "--seconds", "2", "--directory", tmp_path, "--json") as process:
        stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 0, stderr
    summary = json.loads(stdout.splitlines()[-1])
    assert summary["proven"] is True
    assert summary["fills"] > 0
    verified = last_line(run("journal", "verify", tmp_path / "journal", "--json"))
    assert verified["last_sequence"] > summary["fills"]
    again = run("demo", "--directory", tmp_path)
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr == f"pyengine: {tmp_path}: holds a journal already; a demo starts a new one\n"


def test_the_commands_fit_a_terminal() -> None:
    """Nothing of the first thing that one reads is cut off."""
    said = CliRunner().invoke(main, ["-h"], env={"COLUMNS": "80"}).stdout
    assert "..." not in said[said.index("Commands:") :]


def test_an_address_that_cannot_be_listened_on_is_named(tmp_path: Path) -> None:
    config = tmp_path / "venue.toml"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for key in ("port", "http_port"):
            config.write_text(VENUE.replace(f"\n{key} = 0", f"\n{key} = {port}"))
            result = run("serve", config)
            assert (result.exit_code, result.stderr) == (2, f"pyengine: 127.0.0.1:{port}: Address already in use\n")
            assert result.stdout == ""
            assert [path.name for path in tmp_path.iterdir()] == ["venue.toml"], "what can not listen seeds nothing"
    config.write_text(VENUE.replace("[server]", '[server]\nhost = "venue.invalid"'))
    result = run("serve", config)
    assert result.exit_code == 2
    assert result.stderr.startswith("pyengine: venue.invalid:0: ")


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (100, 20), (120, 40), (200, 50), (300, 30)])
def test_the_demo_fits_the_terminal(columns: int, lines: int) -> None:
    depth, trades = layout(columns, lines)
    rows_of_books = -(-len(LISTINGS) // (columns // 48))
    assert depth >= 3
    assert trades >= 3
    status_lines = 1 if columns > 104 else 2
    assert status_lines + rows_of_books * (3 + depth) + trades < lines


def test_a_terminal_too_small_for_the_demo_is_no_error() -> None:
    assert layout(1, 1) == (1, 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_demo_that_is_terminated_takes_its_server_and_its_directory_with_it(
    tmp_path: Path, number: signal.Signals
) -> None:
    returncode, stderr = stopped_demo(tmp_path, number)
    assert returncode == 128 + signal.SIGTERM
    assert "Traceback" not in stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kept", [False, True])
def test_a_demo_that_is_interrupted_says_what_there_is(tmp_path: Path, kept: bool) -> None:
    directory = tmp_path / "kept"
    returncode, stderr = stopped_demo(tmp_path, signal.SIGINT, *(("--directory", directory) if kept else ()))
    files = f"configuration and journal are in {directory}" if kept else "its files are gone"
    expected = f"pyengine: the demo was stopped before its end: nothing was proven; {files}"
    assert (returncode, stderr.splitlines()[-1]) == (130, expected)
    assert "Traceback" not in stderr
    assert list(tmp_path.iterdir()) == ([directory] if kept else [])


def stopped_demo(directory: Path, number: signal.Signals, *options: str | Path) -> tuple[int, str]:
    """What a demo exits with and says, once it trades and has got a signal."""
    command = [sys.executable, "-m", "pyengine", "demo", "--seconds", "600", *map(str, options)]
    environment = os.environ | {"TMPDIR": str(directory)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        deadline = time.monotonic() + 60
        while not list(directory.glob("*/journal/LOCK")):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(number)
        _, stderr = process.communicate(timeout=60)
    return process.returncode, stderr
