"""A wheel carries the documents, and the command finds them there: built of a copy whose core is a stub, which takes a
second, by the maturin and the configuration that a release is built with."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Final

import pytest

import pyengine
from tests.test_cli import run

ROOT: Final = Path(__file__).parent.parent
RULES: Final = sorted((ROOT / "engine_core/docs").glob("*.md"))
GUIDES: Final = sorted((ROOT / "docs").glob("*.md"))
DOCUMENTS: Final = {path.stem.lower(): path for path in (*RULES, ROOT / "gateway/PROTOCOL.md", *GUIDES)}
STUB: Final = '[package]\nname = "stub"\nversion = "0.1.0"\nedition = "2021"\n[workspace]\n'


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an installation of the wheel puts beside other packages."""
    tree = tmp_path_factory.mktemp("tree")
    ignored = shutil.ignore_patterns("__pycache__", "*.so")
    for name in ("pyengine", "gateway", "docs", "engine_core/docs"):
        shutil.copytree(ROOT / name, tree / name, symlinks=True, ignore=ignored)
    for name in ("README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    (tree / "stub/src").mkdir(parents=True)
    (tree / "stub/src/main.rs").write_text("fn main() {}\n")
    (tree / "stub/Cargo.toml").write_text(STUB)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    options = tomllib.loads(project)["tool"]["maturin"]
    scripts = '[project.scripts]\npyengine = "pyengine.cli:main"\n'
    for line in (scripts, 'module-name = "pyengine._engine_core"\n', 'features = ["python"]\n'):
        assert line in project
        project = project.replace(line, "")
    project = project.replace(options["manifest-path"], "stub/Cargo.toml")
    project = project.replace("[tool.maturin]\n", '[tool.maturin]\nbindings = "bin"\n')
    (tree / "pyproject.toml").write_text(project, encoding="utf-8")
    maturin = str(Path(sys.executable).parent / "maturin")
    command = [maturin, "build", "--offline", "--out", "wheel", "--target-dir", "target"]
    built = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=120)
    assert built.returncode == 0, built.stderr
    (wheel,) = (tree / "wheel").glob("*.whl")
    where = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(where)
    (native,) = Path(pyengine.__file__).parent.glob("_engine_core.*.so")
    shutil.copy(native, where / "pyengine")
    return where


def said_in(where: Path, *arguments: str) -> str:
    """By the package that lies there, and nothing of the source tree."""
    environment = os.environ | {"PYTHONPATH": str(where)}
    command = [sys.executable, "-m", "pyengine", *arguments]
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_wheel_has_every_document_and_nothing_beside_its_packages(unpacked: Path) -> None:
    assert len(RULES) >= 3
    assert sorted(path.name for path in (unpacked / "pyengine/docs/rules").iterdir()) == [path.name for path in RULES]
    assert sorted(path.name for path in (unpacked / "pyengine/docs/guides").iterdir()) == [path.name for path in GUIDES]
    assert not any(path.is_symlink() for path in unpacked.rglob("*"))
    beside = {path.name for path in unpacked.iterdir() if not path.name.startswith("pyengine-")}
    assert beside == {"pyengine", "gateway"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_command_prints_each_of_the_wheel_s(unpacked: Path, name: str) -> None:
    assert said_in(unpacked, "docs", name) == DOCUMENTS[name].read_text(encoding="utf-8")


def test_the_command_lists_them(unpacked: Path) -> None:
    """In the source tree as in the wheel."""
    listed = said_in(unpacked, "docs")
    for name, path in DOCUMENTS.items():
        title = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
        assert any(line.split()[:1] == [name] and title in line for line in listed.splitlines()), name
    assert run("docs").stdout == listed
    for name, path in DOCUMENTS.items():
        assert run("docs", name).stdout == path.read_text(encoding="utf-8")


def test_a_document_that_there_is_not() -> None:
    refused = run("docs", "rules")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == f"pyengine: docs rules: not one of {', '.join(DOCUMENTS)}\n"
