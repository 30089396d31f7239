"""The repository says only what is true: the README runs, documents name what exists, stubs describe what they stub."""

import asyncio
import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.auth import HmacSigner
from gateway.client import Client
from gateway.process import ServerProcess
from gateway.sample import write_config
from gateway.schemas import AdminDeposit

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "ARCHITECTURE.md",
    ROOT / "CHANGELOG.md",
    ROOT / "docs/operator.md",
    ROOT / "docs/tapes.md",
    ROOT / "docs/operations.md",
    ROOT / "gateway/PROTOCOL.md",
    ROOT / "engine_core/docs/semantics.md",
    ROOT / "engine_core/docs/journal-format.md",
]
LEFT_OVER = re.compile(r"\b(TODO|FIXME|HACK)\b|todo!\(|unimplemented!\(")


def tracked(*patterns: str) -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, timeout=60)
    if listing.returncode != 0:
        pytest.skip("not a git checkout: there is no list of the project's own files")
    return [ROOT / name for name in listing.stdout.split("\0") if name]


def test_the_readme_runs_as_often_as_it_is_run() -> None:
    for _ in range(2):
        result = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
        assert result.attempted > 10
        assert result.failed == 0


def test_the_readme_client_trades_as_often_as_it_is_run(tmp_path: Path) -> None:
    """As the README says, once the operator has funded both: its example in a process of its own, twice."""
    examples = re.findall(r"```python\n(import.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 1
    (tmp_path / "my-venue").mkdir()
    config, secrets = write_config(tmp_path / "my-venue")

    async def example(url: str) -> tuple[str, str]:
        program = examples[0].replace("ws://127.0.0.1:8900/", url)
        pipe = asyncio.subprocess.PIPE
        client = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, cwd=tmp_path, stdout=pipe, stderr=pipe
        )
        stdout, stderr = await asyncio.wait_for(client.communicate(), 60)
        return stdout.decode(), stderr.decode()

    async def run() -> list[tuple[str, str]]:
        async with ServerProcess(config) as server:
            async with Client(server.url, "operator", HmacSigner(secrets["operator"])) as operator:
                await operator.admin(AdminDeposit(account=1, asset="XAU", amount=5_000_000))
                await operator.admin(AdminDeposit(account=5, asset="USDC", amount=10_000_000_000))
            said = [await example(server.url) for _ in range(2)]
            await server.stop()
        return said

    for times, (stdout, stderr) in enumerate(asyncio.run(run()), 1):
        assert stderr == ""
        assert "500 lots offered at 401100" in stdout.splitlines()
        # A tenth of an ounce at 4,011.00, and 2 basis points.
        assert stdout.splitlines()[-1] == str({"USDC": 10**10 - times * 401_180_220, "XAU": times * 100_000})


def test_the_stub_describes_the_native_module() -> None:
    command = [sys.executable, "-m", "mypy.stubtest", "pyengine._engine_core"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert not missing


def test_the_readme_names_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", readme)) - targets <= {"it"}
    helped = subprocess.run([sys.executable, "-m", "pyengine", "--help"], capture_output=True, text=True, timeout=60)
    for command in re.findall(r"[`/]pyengine ([a-z]+)", readme):
        assert re.search(rf"^\s+{command}\b", helped.stdout, re.MULTILINE), command


def test_the_code_map_names_files_that_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    code_map = text[text.index("## Code map") : text.index("## Architecture invariants")]
    named = re.findall(r"`([\w/.]+(?:\.rs|\.py|\.md|/))`", code_map)
    places = [ROOT, ROOT / "engine_core/src", ROOT / "pyengine", ROOT / "gateway"]
    missing = [name for name in named if not any((place / name).exists() for place in places)]
    assert len(named) > 20
    assert not missing


def test_every_make_target_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    explained = re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE)
    assert sorted(explained) == sorted(phony[1].split())


def test_no_left_overs() -> None:
    sources = tracked("*.rs", "*.py", "*.pyi", "*.toml", "*.md", "Makefile", ".ci/run")
    found = [path for path in sources if path != Path(__file__) and LEFT_OVER.search(path.read_text(encoding="utf-8"))]
    assert not found


def test_no_download_addresses_in_pinned_versions() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in pins
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in pins.splitlines())
