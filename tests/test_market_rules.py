"""Every worked scenario of `engine_core/docs/market-rules.md`, and many more by rule, on both engines.

The document's own tables are read out of it, so it can not say what the engines do not do. Those of
`tests/tables/` go further: every size relation, both sides, both ends of the prices.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios import play
from tests.tables import CHAPTERS

DOCUMENT = Path(__file__).parent.parent / "engine_core" / "docs" / "market-rules.md"
FIRST_RULE = 3
"""The section in front of which there are only words and combinations."""


def documented() -> dict[str, str]:
    """The scenarios of the document by name."""
    text = DOCUMENT.read_text()
    return dict(re.findall(r"^```scenario (.+)\n((?:.*\n)+?)```$", text, flags=re.MULTILINE))


DOCUMENTED = documented()
TABLES = {f"{chapter}: {title}": table for chapter, tables in CHAPTERS.items() for title, table in tables.items()}


def test_every_section_with_a_rule_is_played() -> None:
    text = DOCUMENT.read_text()
    sections = [int(number) for number in re.findall(r"^## (\d+)\.", text, flags=re.MULTILINE)]
    assert len(set(sections)) == len(sections), "a number twice"
    assert len(DOCUMENTED) == text.count("```scenario"), "a name twice, or a block that is not read"
    assert len(DOCUMENTED) >= len(sections) - FIRST_RULE + 1
    assert all(table.count("|") >= 2 for table in DOCUMENTED.values())


@pytest.mark.parametrize("table", DOCUMENTED.values(), ids=DOCUMENTED)
def test_the_document(new_engine: Any, table: str) -> None:
    play(new_engine, table)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_scenario(new_engine: Any, table: str) -> None:
    play(new_engine, table)
