"""`make build` says what it does, and what it lacks: before anything is downloaded, with both versions."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COPIED = ("Makefile", "pyproject.toml", "constraints.txt", "Cargo.toml", "Cargo.lock", "engine_core/Cargo.toml")
SCRIPT = "engine_core/toolchain.sh"
TOOLS = ("sh", "make", "find", "sed", "sort", "dirname", "touch", "rm", "printf", "mkdir", "cp", "chmod", "cat")
# Says its version, and makes an environment of itself whose pip downloads nothing but says what it was asked for.
PYTHON = """#!/bin/sh
case "$1" in
-c) echo {version} ;;
-m) mkdir -p "$3/bin" && cp "$0" "$3/bin/python"
    echo 'echo pip >> pip.log' > "$3/bin/pip" && chmod +x "$3/bin/pip" ;;
esac
"""


def asked(file: str, key: str) -> str:
    found = re.search(rf'^{key} = "[>=]*([\d.]+)"$', (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]


RUST = asked("engine_core/Cargo.toml", "rust-version")
LEAST_PYTHON = asked("pyproject.toml", "requires-python")


def program(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def build(directory: Path, *, cargo: str, python: str) -> subprocess.CompletedProcess[str]:
    """`make build` of a tree of its own, where nothing is on the PATH but what is named here."""
    for name in (*COPIED, SCRIPT):
        (directory / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, directory / name)
    path = directory / "path"
    path.mkdir()
    for name in TOOLS:
        where = shutil.which(name)
        assert where, name
        (path / name).symlink_to(where)
    if cargo:
        program(path / "cargo", f"#!/bin/sh\necho '{cargo}'\n")
    if python:
        program(path / "python3", PYTHON.format(version=python))
    return subprocess.run(
        ["make", "build"], cwd=directory, env={"PATH": str(path)}, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("cargo", "python", "said"),
    [
        ("", "3.12.1", f"pyengine needs Rust {RUST} or later, and finds none. https://rustup.rs"),
        (
            "cargo 1.70.0 (abc 2023-01-01)",
            "3.12.1",
            f"pyengine needs Rust {RUST} or later, and finds Rust 1.70.0. http",
        ),
        ("cargo 1.9.0", "3.12.1", f"pyengine needs Rust {RUST} or later, and finds Rust 1.9.0. "),
        ("cargo 1.99.0", "3.10.14", f"pyengine needs Python {LEAST_PYTHON} or later, and finds Python 3.10.14. "),
        ("cargo 1.99.0", "3.9.2", f"pyengine needs Python {LEAST_PYTHON} or later, and finds Python 3.9.2. "),
        ("cargo 1.99.0", "", f"pyengine needs Python {LEAST_PYTHON} or later, and finds none. "),
    ],
)
def test_what_is_missing_is_said_before_anything_is_done(tmp_path: Path, cargo: str, python: str, said: str) -> None:
    result = build(tmp_path, cargo=cargo, python=python)
    assert result.returncode != 0
    assert result.stderr.startswith(said)
    assert result.stdout == ""
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("cargo", [f"cargo {RUST}.0", "cargo 2.0.0-nightly (abc 2027-01-01)"])
def test_every_step_is_said(tmp_path: Path, cargo: str) -> None:
    result = build(tmp_path, cargo=cargo, python=f"{LEAST_PYTHON}.0")
    assert (result.returncode, result.stderr) == (0, "")
    *steps, last = result.stdout.splitlines()
    assert [step.split(" ")[0] for step in steps] == ["Making", "Fetching", "Fetching"]
    assert all(re.search(r"\((seconds|1 to 3 minutes.*)\)$", step) for step in steps)
    assert last == "Built: .venv/bin/pyengine"
    assert (tmp_path / "pip.log").read_text().count("pip") == 2


def test_a_build_that_is_there_needs_no_rust(tmp_path: Path) -> None:
    assert build(tmp_path, cargo="cargo 1.99.0", python="3.12.0").returncode == 0
    (tmp_path / "path" / "cargo").unlink()
    again = subprocess.run(
        ["make", "build"],
        cwd=tmp_path,
        env={"PATH": str(tmp_path / "path")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert again.returncode == 0
    assert "Fetching" not in again.stdout


def test_the_tools_of_this_machine_are_new_enough() -> None:
    result = subprocess.run(
        [str(ROOT / SCRIPT), sys.executable], env=os.environ, capture_output=True, text=True, timeout=60
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
