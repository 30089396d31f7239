"""The commands of `docs/operations.md`, run in their order, as an operator types them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from pyengine.config import JournalConfig, RetainConfig, parse

ROOT: Final = Path(__file__).parent.parent
GUIDE: Final = ROOT / "docs/operations.md"
PATIENCE_SECONDS: Final = 60


def commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()]


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


def test_the_guide_s_configuration_is_one() -> None:
    tables = re.findall(r"^```toml\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert len(tables) == 1
    journal = parse(tables[0].encode()).journal
    assert journal.min_free_bytes == JournalConfig(directory="journal").min_free_bytes, "it shows the default"
    assert journal.retain == RetainConfig(snapshots=3, days=30, archive="/archive/my-venue")
