"""The page about the configuration says what the schema says, and leaves nothing out."""

from pathlib import Path

import msgspec
import pytest

from pyengine import config
from pyengine.config_reference import markdown
from tests.test_cli import run

PAGE = Path(__file__).parent.parent / "docs/configuration.md"
TABLES = [
    each
    for each in vars(config).values()
    if isinstance(each, type) and issubclass(each, msgspec.Struct) and each.__struct_fields__
]
TABLES.remove(config.VenueConfig)


def test_the_page_is_what_the_command_prints() -> None:
    assert run("config").stdout == PAGE.read_text(encoding="utf-8") == markdown()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_key_is_there(table: type[msgspec.Struct]) -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for key in table.__struct_encode_fields__:
        begins = (f"| `{key}` |", f"## `[journal.{key}]`", f"## `[[fee_schedules.{key}]]`")
        assert any(line.startswith(begins) for line in lines)


def test_limits_and_defaults_are_those_of_the_check() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "| `port` | a whole number, 0 to 65,535 | 8,900 | For trading. |" in page
    assert "| `shard` | a whole number, 0 to 255 | 0 |" in page
    assert "| `segment_bytes` | a whole number, 1 MiB to 4 GiB, a multiple of 512 | 16 MiB |" in page
    assert "| `scopes` | a list of `read` or `trade` or `admin`, not empty | needed |" in page
    assert "| `idle_timeout_seconds` | a number, above 0 to 86,400 | 30 |" in page
    assert "| `class` | `stablecoin` or `equity` or `gold` | needed |" in page
    assert page.index("## `[journal]`") < page.index("## `[journal.retain]`") < page.index("## `[[keys]]`")
