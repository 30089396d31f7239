"""Corporate actions in the history: what holders owned, got and paid, and statements that add up over it."""

from pathlib import Path

import pytest

from pyengine import AssetClass, DurableEngine
from pyengine.history.statement import Statement
from pyengine.history.store import reading
from pyengine.records import ActionKind, OrderPolicy
from tests.history_support import balances_of, follow_all


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A dividend and a split with cash for fractions, of 5 shares of account 1 and 8 of account 2; account 3 pays."""
    journal, path = tmp_path / "journal", tmp_path / "history.db"
    with DurableEngine(journal) as engine:
        engine.create_asset(0, "USD", AssetClass.STABLECOIN, 2, timestamp_ns=1)
        engine.create_asset(1, "SHARE", AssetClass.EQUITY, 0)
        for account in (1, 2, 3):
            engine.create_account(account)
        for account, asset, amount in ((1, 1, 5), (2, 1, 8), (3, 0, 1_000), (3, 1, 2)):
            engine.deposit(account, asset, amount)
        dividend = {"asset_1": 0, "numerator_1": 3, "denominator_1": 2}
        engine.announce_action(1, 1, ActionKind.CASH_DIVIDEND, record_at=10, payer=3, **dividend)
        split = {"asset_1": 1, "numerator_1": 3, "denominator_1": 2, "lieu_price_1": 100, "lieu_asset": 0}
        engine.announce_action(2, 1, ActionKind.SPLIT, record_at=20, payer=3, order_policy=OrderPolicy.CANCEL, **split)
        for now in (10, 20):
            engine.pulse(timestamp_ns=now)
        balances = balances_of(engine)
    assert balances == {(1, 0): 7 + 50, (1, 1): 7, (2, 0): 12, (2, 1): 12, (3, 0): 1_000 - 19 - 50, (3, 1): 3}
    follow_all(journal, path)
    with reading(path) as found:
        assert found.balances(found.position.sequence) == balances
    return path


def lines(store: Path, account: int) -> list[tuple[str, str, int | None, int, int | None]]:
    with reading(store) as found:
        told = Statement(found, account, None, None).lines()
        return [(line.asset, line.kind, line.amount, line.balance, line.counterparty) for line in told]


def test_a_holders_statement_adds_up(store: Path) -> None:
    assert lines(store, 1) == [
        ("USD", "opening", None, 0, None),
        ("USD", "entitlement_paid", 7, 7, 3),
        ("USD", "entitlement_in_lieu", 50, 57, 3),
        ("USD", "closing", None, 57, None),
        ("SHARE", "opening", None, 0, None),
        ("SHARE", "deposited", 5, 5, None),
        ("SHARE", "entitlement_paid", 7, 12, None),
        ("SHARE", "entitlement_taken", -5, 7, None),
        ("SHARE", "closing", None, 7, None),
    ]


def test_the_payers_statement_says_to_whom(store: Path) -> None:
    assert lines(store, 3)[:6] == [
        ("USD", "opening", None, 0, None),
        ("USD", "deposited", 1_000, 1_000, None),
        ("USD", "entitlement_cost", -12, 988, 2),
        ("USD", "entitlement_cost", -7, 981, 1),
        ("USD", "entitlement_cost", -50, 931, 1),
        ("USD", "closing", None, 931, None),
    ]


def test_positions_at_the_record_moment_are_in_the_store(store: Path) -> None:
    with reading(store) as found:
        query = (
            "SELECT account, quantity, amount FROM entitlements WHERE action = ? AND kind = 'entitled' ORDER BY account"
        )
        assert list(found.select(query, 1)) == [(1, 5, 0), (2, 8, 0)]
        assert list(found.select(query, 2)) == [(1, 5, 5), (2, 8, 8), (3, 2, 2)]
