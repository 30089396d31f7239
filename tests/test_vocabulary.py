"""What repeats the declaration of names, numbers and layouts is what the declaration says; a difference is found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BOOK = "engine_core/docs/semantics.md"
DECLARATION = "engine_core/vocabulary/vocabulary.toml"
COPIED = ("engine_core/vocabulary", "engine_core/src", "engine_core/docs", "gateway", "pyengine")
CONFIGURATION = ("pyproject.toml", "rustfmt.toml")
TIMEOUT_SECONDS = 60.0


def check_of(root: Path) -> subprocess.CompletedProcess[str]:
    """`--check` of a tree."""
    tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        [sys.executable, str(root / "engine_core/vocabulary"), "--check"],
        env=os.environ | {"PATH": tools},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
    )


def check(root: Path) -> tuple[int, list[str]]:
    """What `--check` exits with, and the files it names."""
    result = check_of(root)
    assert result.stderr == ""
    return result.returncode, [line.partition(":")[0] for line in result.stdout.splitlines()]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The declaration, its writers and everything written, to be spoilt."""
    for directory in COPIED:
        shutil.copytree(ROOT / directory, tmp_path / directory, ignore=shutil.ignore_patterns("*.so", "__pycache__"))
    for file in CONFIGURATION:
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_everything_written_is_what_the_declaration_says() -> None:
    assert check(ROOT) == (0, [])


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("engine_core/src/types/limits.rs", "4_096", "4_097"),
        ("engine_core/src/types/enumerations.rs", "FokUnfillable", "FokNotFillable"),
        (BOOK, "| 20 | HALT |", "| 19 | HALT |"),
        ("pyengine/records.py", "MAX_COLLAR_BPS: Final = 10_000", "MAX_COLLAR_BPS: Final = 10_001"),
        ("pyengine/events.py", "KIND: ClassVar[int] = EventKind.FILL", "KIND: ClassVar[int] = EventKind.AMENDED"),
        ("pyengine/commands.py", "quantity_kind: int = 0", "quantity_kind: int = 1"),
        ("pyengine/_engine_core.pyi", "stp: int = 0", "stp: int = 1"),
        ("pyengine/reference/calls.py", "stp=stp", "stp=side"),
        ("engine_core/src/python/calls.rs", "/// PLACE. A new order.", "/// PLACE. An order."),
        ("engine_core/src/python/attributes.rs", "/// Of FILL: paid or received,", "/// Of FILL: paid,"),
    ],
    ids=lambda value: value if "/" in value else "",
)
def test_a_change_that_was_not_declared_is_found(copy: Path, file: str, old: str, new: str) -> None:
    replace(copy / file, old, new)
    assert check(copy) == (1, [file])


def test_a_field_of_events_that_nothing_explains_is_refused(copy: Path) -> None:
    replace(copy / DECLARATION, "withdrawal_id = \"the withdrawal's or redemption's id\"\n", "")
    result = check_of(copy)
    assert result.returncode == 1
    assert "withdrawal_id: nothing explains this field of events" in result.stderr


def test_a_declaration_that_was_not_written_is_found(copy: Path) -> None:
    replace(copy / DECLARATION, "CLIENT_ID_WINDOW = [128,", "CLIENT_ID_WINDOW = [129,")
    status, files = check(copy)
    assert status == 1
    assert {"engine_core/docs/semantics.md", "engine_core/src/types/limits.rs", "pyengine/records.py"} == set(files)


def test_a_field_that_was_not_written_is_found_wherever_it_belongs(copy: Path) -> None:
    replace(copy / DECLARATION, '["to_account", "u32", ""]', '["to_account", "u64", ""]')
    status, files = check(copy)
    assert status == 1
    assert {"engine_core/docs/semantics.md", "engine_core/src/command/bodies.rs", "pyengine/records.py"} <= set(files)
