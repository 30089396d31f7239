"""`pyengine prove`: a page that says what a journal leads to, and that every amount in it is accounted for."""

import dataclasses
import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest
from typer.testing import CliRunner, Result

from pyengine import DurableEngine, Engine, files
from pyengine._engine_core import verify_journal
from pyengine.cli import main
from pyengine.proof import asset_rows, proof_of
from pyengine.state import HoldDifference, State, state_of
from pyengine.tape.journal import Until, replay_journal, shown_id
from tests.flow import Flow
from tests.test_tape_journal import COMMANDS, SEGMENT_BYTES, Written, contents, damage, other_state, plant, steps

WITHDRAWN: Final = 12_345


@pytest.fixture
def venue(tmp_path: Path) -> Written:
    """Two accounts with open orders, one of them with a pending withdrawal; snapshots on the way and at the end."""
    written = Written(tmp_path / "journal")
    with DurableEngine(written.directory, segment_bytes=SEGMENT_BYTES) as engine:
        written.note(engine)
        for number in range(COMMANDS + 1):
            if number < COMMANDS:
                steps()[number](engine)
            else:
                engine.request_withdrawal(1, 0, WITHDRAWN)
            written.note(engine)
            if engine.sequence in (20, 45, COMMANDS + 1):
                engine.snapshot()
    return written


def prove(*arguments: str | Path | int) -> Result:
    result = CliRunner().invoke(main, ["prove", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def proof(*arguments: str | Path | int, exit_code: int = 0) -> dict[str, Any]:
    result = prove(*arguments, "--json")
    assert result.exit_code == exit_code, result.stderr
    parsed = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(parsed, dict)
    return parsed


def test_every_amount_is_accounted_for(venue: Written) -> None:
    found = proof(venue.directory)
    with DurableEngine(venue.directory) as engine:
        for asset, symbol in enumerate(("USD", "XAU")):
            balances = [engine.balance(account, asset) for account in range(3)]
            row = found["assets"][symbol]
            assert row["issued"] == row["total"] == 10**9
            assert (row["available"], row["held"]) == tuple(map(sum, zip(*balances, strict=True)))
            assert row["held"] == row["held_for_orders"] + row["held_for_withdrawals"] > 0
            assert row["difference"] == row["held_difference"] == 0
    assert found["assets"]["USD"]["held_for_withdrawals"] == WITHDRAWN
    assert found["assets"]["XAU"]["held_for_withdrawals"] == 0
    assert (found["proven"], found["conservation_ok"], found["holds_ok"]) == (True, True, True)
    assert (found["accounts"], found["hold_differences"]) == (3, [])


def test_the_page_says_which_history_and_how_far(venue: Written) -> None:
    found, verified = proof(venue.directory), verify_journal(venue.directory)
    assert verified["journal_id"] is not None
    assert verified["chain"] is not None
    assert (found["journal_id"], found["chain"]) == (shown_id(verified["journal_id"]), shown_id(verified["chain"]))
    assert (found["sequence"], found["timestamp_ns"]) == (COMMANDS + 1, venue.times[-1])
    assert found["state_hash"] == found["recovered_state_hash"] == venue.hashes[-1]
    assert (found["snapshots_checked"], found["snapshots_matched"], found["commands"]) == (3, 3, COMMANDS + 1)


def test_who_repeats_it_finds_the_same(venue: Written) -> None:
    found = proof(venue.directory, "--until", 40)
    program, *arguments = found["repeat"].split()
    assert program == "pyengine"
    with DurableEngine(venue.directory) as engine:
        engine.deposit(1, 0, 5)
    assert proof(*arguments[1:]) == found
    assert found["state_hash"] == venue.hashes[40]


def test_people_get_one_page(venue: Written) -> None:
    result = prove(venue.directory)
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) < 40
    for shown in ("proven", "for withdrawals", "0.012345", venue.hashes[-1], "3 of 3", "same state", "--until 68"):
        assert shown in result.stdout, shown


def test_a_snapshot_of_another_state_is_exit_1(venue: Written) -> None:
    plant(venue.snapshot(45), other_state(45))
    found = proof(venue.directory, exit_code=1)
    assert not found["proven"]
    assert (found["snapshots_checked"], found["snapshots_matched"]) == (3, 2)
    assert found["first_difference"]["sequence"] == 45
    assert "NOT PROVEN" in prove(venue.directory).stdout


def test_a_damaged_snapshot_is_no_proof(venue: Written) -> None:
    damage(venue.snapshot(45), 300)
    assert not proof(venue.directory, exit_code=2)["proven"]


def changed(state: State, account: int, **amounts: int) -> State:
    """With other balances of an account's first asset."""
    rows = [dict(row, balances=[dict(each) for each in row["balances"]]) for row in state.accounts]
    rows[account]["balances"][0] |= amounts
    return dataclasses.replace(state, accounts=rows)


def test_what_is_held_for_nothing_is_told_by_account(venue: Written) -> None:
    """Although the sum over both accounts is right."""
    result = replay_journal(venue.directory, Until(), check=True)
    held = [row["balances"][0]["held"] for row in result.state.accounts if row["balances"]]
    state = changed(result.state, 1, held=held[0] + 7)
    assert state.hold_differences == [HoldDifference(1, "USD", held[0] + 7, held[0])]
    assert str(state.hold_differences[0]) == (
        f"account 1 holds {held[0] + 7} of USD, its orders, withdrawals, redemptions, freezes, registrations and"
        f" corporate actions need {held[0]}"
    )
    result.state = state
    page = proof_of(result, 0)
    assert (page["proven"], page["holds_ok"]) == (False, False)
    assert page["hold_differences"] == [{"account": 1, "asset": "USD", "held": held[0] + 7, "needed": held[0]}]
    assert page["assets"]["USD"]["held_difference"] == 7


def test_a_hold_that_is_missing_is_told(venue: Written) -> None:
    state = replay_journal(venue.directory, Until()).state
    needed = state.holds[0]["orders"] + state.holds[0]["withdrawals"]
    gone = changed(state, 1, held=0)
    assert gone.hold_differences == [HoldDifference(1, "USD", 0, needed)]
    assert asset_rows(gone)["USD"]["held_difference"] == -needed


def test_money_from_nowhere_is_told(venue: Written) -> None:
    result = replay_journal(venue.directory, Until())
    result.state.assets["XAU"]["total"] += 3
    page = proof_of(result, 0)
    assert (page["proven"], page["conservation_ok"]) == (False, False)
    assert page["assets"]["XAU"]["difference"] == 3


@pytest.mark.parametrize("seed", range(4))
def test_every_hold_has_its_reason(seed: int) -> None:
    """Over random commands of every kind: the holds of orders and withdrawals are the balances that are held."""
    engine, flow = Engine(), Flow(seed)
    reasons: Counter[str] = Counter()
    flow.observe(engine.apply_batch(flow.opening()))
    for _ in range(30):
        flow.observe(engine.apply_batch(flow.batch(200)))
        state = state_of(engine)
        assert state.hold_differences == []
        reasons.update(name for hold in state.holds for name in ("orders", "withdrawals") if hold[name])
    assert min(reasons["orders"], reasons["withdrawals"]) > 10


def test_it_changes_nothing_and_needs_no_lock(venue: Written) -> None:
    with files.locked(venue.directory):
        before = contents(venue.directory)
        assert proof(venue.directory)["sequence"] == COMMANDS + 1
        assert contents(venue.directory) == before
