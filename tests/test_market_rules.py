"""Every worked scenario of the rule book (`engine_core/docs/`), and many more by rule, on both engines.

The documents' own tables are read out of it, so they can not say what the engines do not do. Those of
`tests/tables/` go further: every size relation, both sides, both ends of the prices.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios import play
from tests.tables import CHAPTERS

DOCUMENTS = Path(__file__).parent.parent / "engine_core" / "docs"
MARKET_RULES, SEMANTICS, ASSETS = (DOCUMENTS / name for name in ("market-rules.md", "semantics.md", "assets.md"))
FIRST_RULE = 3
"""The section in front of which there are only words and combinations."""


def documented(document: Path) -> dict[str, str]:
    """The scenarios of a document by name."""
    return dict(re.findall(r"^```scenario (.+)\n((?:.*\n)+?)```$", document.read_text(), flags=re.MULTILINE))


DOCUMENTED = {document: documented(document) for document in (MARKET_RULES, SEMANTICS, ASSETS)}
PLAYED = {name: table for tables in DOCUMENTED.values() for name, table in tables.items()}
TABLES = {f"{chapter}: {title}": table for chapter, tables in CHAPTERS.items() for title, table in tables.items()}


def test_every_section_with_a_rule_is_played() -> None:
    text = MARKET_RULES.read_text()
    sections = [int(number) for number in re.findall(r"^## (\d+)\.", text, flags=re.MULTILINE)]
    assert len(set(sections)) == len(sections), "a number twice"
    assert len(DOCUMENTED[MARKET_RULES]) >= len(sections) - FIRST_RULE + 1


def test_every_table_is_played() -> None:
    blocks = sum(document.read_text().count("```scenario") for document in DOCUMENTED)
    assert len(PLAYED) == blocks, "a name twice, or a block that is not read"
    assert all(DOCUMENTED.values()), "a document without a table"
    assert all(table.count("|") >= 2 for table in PLAYED.values())


@pytest.mark.parametrize("table", PLAYED.values(), ids=PLAYED)
def test_the_documents(new_engine: Any, table: str) -> None:
    play(new_engine, table)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_scenario(new_engine: Any, table: str) -> None:
    play(new_engine, table)
