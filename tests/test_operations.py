"""The commands of `docs/operations.md`, and the README's hour, run in their order, as an operator types them."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from pyengine.config import JournalConfig, RetainConfig, parse

ROOT: Final = Path(__file__).parent.parent
GUIDE: Final = ROOT / "docs/operations.md"
README: Final = ROOT / "README.md"
PATIENCE_SECONDS: Final = 60


def commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()]


def free_ports() -> int:
    """The first of three neighbours that nobody has: trading, health and metrics, the operator."""
    for _ in range(100):
        with ExitStack() as opened:
            first = 0
            try:
                for number in range(3):
                    listener = opened.enter_context(socket.socket())
                    listener.bind(("127.0.0.1", first + number if first else 0))
                    first = first or listener.getsockname()[1]
            except OSError:
                continue
            return first
    raise AssertionError("no three ports are free beside each other")


@contextmanager
def served(command: str, directory: Path, environment: dict[str, str]) -> Iterator[str]:
    """A venue for as long as it is wanted; what it says when it is ready."""
    arguments = command.split()
    process = subprocess.Popen(arguments, cwd=directory, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline()
        process.terminate()
        assert process.wait(PATIENCE_SECONDS) == 0
    finally:
        process.kill()
        process.communicate()


def test_the_guide_s_commands_work_in_their_order(tmp_path: Path) -> None:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    said: dict[str, str] = {}
    with ExitStack() as running:
        for command in commands():
            if command.startswith("pyengine serve"):
                running.close()  # only one venue can have the ports
                said[command] = running.enter_context(served(command, tmp_path, environment))
                continue
            done = subprocess.run(
                command,
                shell=True,
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                timeout=PATIENCE_SECONDS,
            )
            assert (done.returncode, done.stderr) == (0, ""), command
            said[command] = done.stdout
            if command.startswith("pyengine init"):  # the ports may be in use here
                config = tmp_path / "my-venue/venue.toml"
                config.write_text(re.sub(r"port = \d+", "port = 0", config.read_text()))
    assert len(said) == 11
    proof = json.loads(said["pyengine prove my-venue/journal --json"])
    assert proof["proven"]
    for copy in ("backups/my-venue", "restored/journal"):
        page = said[f"pyengine prove {copy}"]
        assert f"{copy}: proven" in page
        assert proof["state_hash"] in page
    assert re.match(r"Sequence \d+, \d+ commands replayed", said["pyengine serve restored/venue.toml"])


def test_the_readme_s_hour(tmp_path: Path) -> None:
    """Its one block, a line after the other; what is exported stays, and only the ports are others."""
    text = README.read_text(encoding="utf-8")
    text = text[text.index("## An operator's hour") :]
    (block,), (program,) = (
        re.findall(rf"^```{kind}\n(.*?)^```", text.split("\n## ")[0], re.DOTALL | re.MULTILINE)
        for kind in ("sh", "python")
    )
    port = free_ports()
    (tmp_path / "trade.py").write_text(program.replace("127.0.0.1:8900", f"127.0.0.1:{port}"), encoding="utf-8")
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "120",
    }
    said: dict[str, str] = {}
    exported = ""

    def run(command: str) -> str:
        done = subprocess.run(
            ["bash", "-c", f"{exported}{command}"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        assert (done.returncode, done.stderr) == (0, ""), command
        return done.stdout

    with ExitStack() as running:
        for line in block.splitlines():
            command = line.partition("  #")[0].strip()
            if command.startswith("export "):
                exported += f"{command}\n"
            elif command.startswith("pyengine serve "):
                running.enter_context(served(command, tmp_path, environment))
            else:
                said[command] = run(command)
            if command.startswith("pyengine init "):
                config = tmp_path / "my-venue/venue.toml"
                given = config.read_text()
                assert (given.count("\nport = 8900\n"), given.count("\nhttp_port = 8901\n")) == (1, 1)
                given = given.replace("http_port = 8901", f"http_port = {port + 1}")
                config.write_text(given.replace("\nport = 8900", f"\nport = {port}"))
        assert len(said) >= 11
        last = command
        for _ in range(100):  # until the history has come so far
            if "401.1" in said[last]:
                break
            time.sleep(0.1)
            said[last] = run(last)
        trades = said["python trade.py"].splitlines()
        assert "500 lots offered at 401100" in trades
        assert trades[-1] == "{'USDC': 9598819780, 'XAU': 100000}"
        for figure in ("10,000", "-401.1", "-0.08022", "9,598.81978", "0.1"):
            assert figure in said[last].split(), said[last]
        listed = json.loads(run("pyengine admin instrument list --json"))["instruments"]
        assert {each["symbol"]: each["halted"] for each in listed}.keys() >= {"XAU-USDC", "XAG-USDC"}
        assert not [each for each in listed if each["halted"]], "what was halted trades again"
        assert "restored/journal: proven" in said["pyengine prove restored/journal"]
    assert (tmp_path / "restored/journal").is_dir()


def test_the_guide_s_configuration_is_one() -> None:
    tables = re.findall(r"^```toml\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert len(tables) == 1
    journal = parse(tables[0].encode()).journal
    assert journal.min_free_bytes == JournalConfig(directory="journal").min_free_bytes, "it shows the default"
    assert journal.retain == RetainConfig(snapshots=3, days=30, archive="/archive/my-venue")
