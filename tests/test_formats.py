"""Journals of every released format, opened for ever: `fixtures/format_*`, each with the script that once wrote it.

They are copied before they are opened: what is kept is never written to.
"""

import shutil
from pathlib import Path

import pytest

from pyengine import DurableEngine, reference
from pyengine._engine_core import read_journal, verify_journal
from pyengine.journal import commands
from pyengine.packing import split

FIXTURES = Path(__file__).parent / "fixtures"
FORMATS = sorted(path.name for path in FIXTURES.glob("format_*"))
RECORDS_MAX = 100_000


def expectation(name: str) -> list[tuple[int, str]]:
    """Sequence and state hash at each snapshot, the last of which is the end."""
    lines = (FIXTURES / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    return [(int(sequence), state_hash) for sequence, state_hash in (line.split() for line in lines)]


@pytest.fixture
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURES / request.param / "journal", tmp_path / "journal"))


def test_the_first_format_is_kept() -> None:
    assert "format_2" in FORMATS


@pytest.mark.parametrize(("journal", "name"), [(name, name) for name in FORMATS], indirect=["journal"], ids=FORMATS)
def test_a_released_journal_is_whole_and_leads_to_its_state(journal: Path, name: str) -> None:
    (_, _), (last, state_hash) = expectation(name)
    verified = verify_journal(journal)
    assert (verified["first_sequence"], verified["last_sequence"], verified["torn_bytes"]) == (1, last, 0)
    assert len(verified["segments"]) > 1
    with DurableEngine(journal) as engine:
        assert (engine.sequence, engine.state_hash().hex()) == (last, state_hash)
        assert engine.recovered == (0, last, 0)
        engine.create_account(engine.counts()[0])
        assert engine.sequence == last + 1
    with DurableEngine(journal) as engine:
        assert engine.recovered == (1, last, 0)


@pytest.mark.parametrize(("journal", "name"), [(name, name) for name in FORMATS], indirect=["journal"], ids=FORMATS)
def test_every_way_through_a_released_journal_leads_to_its_state(journal: Path, name: str) -> None:
    """From the state before the first command, and from each snapshot without the later ones."""
    (middle, _), (last, state_hash) = expectation(name)

    def open_it(base: int | None, *, whole_replay: bool = False) -> None:
        with DurableEngine(journal, whole_replay=whole_replay) as engine:
            assert engine.state_hash().hex() == state_hash
            assert engine.recovered == (last - (base or 0), base, 0)

    open_it(None, whole_replay=True)
    open_it(last)
    (journal / f"snapshot-{last:020}.img").unlink()
    open_it(middle)
    (journal / f"snapshot-{middle:020}.img").unlink()
    open_it(None)


@pytest.mark.parametrize(("journal", "name"), [(name, name) for name in FORMATS], indirect=["journal"], ids=FORMATS)
def test_the_oracle_reads_a_released_journal(journal: Path, name: str) -> None:
    engine = reference.Engine()
    first, records = read_journal(journal, 1, RECORDS_MAX)
    assert first == 1
    expected = dict(expectation(name))
    for record in split(records):
        engine.apply(record)
        if engine.sequence in expected:
            assert engine.state_hash().hex() == expected.pop(engine.sequence)
    assert not expected
    described = list(commands(journal, 1, RECORDS_MAX))
    assert [command["sequence"] for command in described] == list(range(1, engine.sequence + 1))
