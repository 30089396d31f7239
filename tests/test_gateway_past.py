"""What an operator asks of the past: pages of any size are the whole, and what cannot be read is said."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gateway import schemas
from gateway.client.errors import ClientError, RequestError
from gateway.past import Asked, Past
from pyengine import AssetClass, DurableEngine, Side
from pyengine import config as configuration
from pyengine.history.store import FILL_COLUMNS, reading
from tests.gateway_support import until, venue_config
from tests.history_support import Written, follow_all, write_flow
from tests.test_gateway_end_to_end import AAPL, connect, fund, run, serving

Page = tuple[list[Any], int]
COLUMNS = ("sequence", "timestamp_ns", "kind", "asset", "amount", "withdrawal_id", "counterparty")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_flow(tmp_path_factory.mktemp("past") / "journal", 5, 60)


@pytest.fixture(scope="module")
def store(written: Written, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("past") / "history.db"
    assert follow_all(written.directory, path) > 500
    return path


def pages(ask: Callable[[int], Page]) -> list[Any]:
    """Everything, from one place to the next."""
    found, place = ask(0)
    while place:
        page, following = ask(place)
        assert page, "a page that says there is more is followed by one that has some"
        assert following == 0 or following > place
        found, place = [*found, *page], following
    return found


def asked(of: Callable[[int, int, int], Page], account: int, limit: int, place: int) -> Page:
    return of(account, place, limit)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 256])
def test_pages_are_the_whole(store: Path, limit: int) -> None:
    both_sides = 0
    with reading(store) as found:
        for account in range(found.position.accounts):
            query = f"SELECT {', '.join(FILL_COLUMNS)} FROM fills WHERE account = ? ORDER BY settlement_id, side"
            fills = list(found.select(query, account))
            assert pages(partial(asked, found.fills, account, limit)) == fills
            assert all(len(found.fills(account, place, limit)[0]) <= limit for place in range(0, 400, 17))
            both_sides += len(fills) - len({fill[0] for fill in fills})
            query = f"SELECT {', '.join(COLUMNS)} FROM movements WHERE account = ? ORDER BY sequence"
            movements = list(found.select(query, account))
            assert pages(partial(asked, found.movements, account, limit)) == movements
        assert both_sides, "accounts that trade with themselves are among them"
        assert found.fills(1, 1 << 60, limit) == ([], 0)


def test_answers_say_what_the_reports_said(store: Path) -> None:
    past = Past(store)
    with reading(store) as found:
        (row,) = found.select(f"SELECT {', '.join(FILL_COLUMNS)} FROM fills WHERE account = 2 LIMIT 1")
        symbol = found.instruments()[row[7]][0]
        last = found.position.sequence
    answer = past.answer(schemas.AdminGetFills(ref=3, account=2, first=2 * row[0] + (row[1] == "sell"), limit=1))
    assert isinstance(answer, schemas.Fills)
    assert (answer.ref, answer.seq) == (3, last)
    (fill,) = answer.fills
    assert (fill.settlement_id, fill.side, fill.seq, fill.instrument) == (row[0], row[1], row[2], symbol)
    assert (fill.price, fill.quantity, fill.cash, fill.fee) == row[9:13]
    moved = past.answer(schemas.AdminGetMovements(ref=4, account=2))
    assert isinstance(moved, schemas.Movements)
    assert {movement.kind for movement in moved.movements} >= {"deposited"}


def test_order_ids_are_unsigned(tmp_path: Path) -> None:
    with DurableEngine(tmp_path / "journal", shard=255) as engine:
        engine.create_asset(0, "USD", AssetClass.STABLECOIN, 2)
        engine.create_asset(1, "XAU", AssetClass.GOLD, 2)
        engine.create_instrument(0, "XAU-USD", 1, 0, lot_size=1, tick_lot_value=1, max_price=100)
        engine.create_account(1)
        engine.create_account(2)
        engine.deposit(1, 1, 5)
        engine.deposit(2, 0, 50)
        engine.place(1, 0, Side.SELL, 10, 5)
        (accepted, *_) = engine.place(2, 0, Side.BUY, 10, 5)
    follow_all(tmp_path / "journal", tmp_path / "history.db")
    answer = Past(tmp_path / "history.db").answer(schemas.AdminGetFills(account=2))
    assert isinstance(answer, schemas.Fills)
    assert [fill.order_id for fill in answer.fills] == [accepted.order_id]
    assert accepted.order_id >= 255 << 56


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    answer = Past(tmp_path / "none.db").answer(schemas.AdminGetFills(ref=9, account=1))
    assert isinstance(answer, schemas.Error)
    assert (answer.ref, answer.code) == (9, "unavailable")
    assert "none.db: no such store" in answer.message


def test_an_operator_asks_a_running_venue(tmp_path: Path) -> None:
    async def scenario() -> None:
        config = venue_config(str(tmp_path / "journal"))
        store = tmp_path / "history.db"
        kept = msgspec.structs.replace(config, history=configuration.HistoryConfig(store=str(store)))
        async with serving(kept) as gateway, connect(gateway, "operator") as operator:
            await fund(gateway)
            async with connect(gateway, "maker") as maker, connect(gateway, "taker") as taker:
                await maker.place(AAPL, "sell", price=100, quantity=5, client_order_id="offer")
                for _ in range(3):
                    await taker.place(AAPL, "buy", price=100, quantity=1)
            with pytest.raises(RequestError, match="no such store"):
                await operator.query(schemas.AdminGetFills(account=1), schemas.Fills)
            await asyncio.to_thread(follow_all, tmp_path / "journal", store)
            asked = [operator.query(schemas.AdminGetFills(account=1, limit=2), schemas.Fills) for _ in range(3)]
            first, second, third = await asyncio.gather(*asked)
            assert first.fills == second.fills == third.fills
            assert [(fill.client_order_id, fill.liquidity) for fill in first.fills] == [("offer", "maker")] * 2
            rest = await operator.query(schemas.AdminGetFills(account=1, first=first.next), schemas.Fills)
            assert (len(rest.fills), rest.next) == (1, 0)
            moved = await operator.query(schemas.AdminGetMovements(account=1), schemas.Movements)
            assert [(each.kind, each.asset, each.amount) for each in moved.movements] == [
                ("deposited", "USDC", 10**12),
                ("deposited", "AAPL", 10**9),
            ]
            assert moved.seq == gateway.hub.sequence
            many = [operator.query(schemas.AdminGetFills(account=1), schemas.Fills) for _ in range(40)]
            outcomes = await asyncio.gather(*many, return_exceptions=True)
            assert {type(outcome) for outcome in outcomes} == {schemas.Fills, RequestError}
            last = await operator.query(schemas.AdminGetFills(account=2), schemas.Fills)
            assert len(last.fills) == 3, "what was refused has taken no place for good"

    run(scenario)


def test_a_venue_without_a_history_says_so(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway, connect(gateway, "operator") as operator:
            with pytest.raises(RequestError, match="no history is kept"):
                await operator.query(schemas.AdminGetMovements(account=1), schemas.Movements)
            async with connect(gateway, "maker") as maker:
                with pytest.raises(RequestError, match="lacks the scope"):
                    await maker.query(schemas.AdminGetMovements(account=1), schemas.Movements)

    run(scenario)


def test_who_leaves_before_the_answer_is_no_matter(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asks, may_answer, answered = threading.Event(), threading.Event(), threading.Event()
    answer = Past.answer

    def slow(past: Past, request: Asked) -> Any:
        asks.set()
        assert may_answer.wait(10)
        try:
            return answer(past, request)
        finally:
            answered.set()

    async def scenario() -> None:
        monkeypatch.setattr(Past, "answer", slow)
        config = venue_config(str(tmp_path / "journal"))
        kept = msgspec.structs.replace(config, history=configuration.HistoryConfig(store=str(store)))
        async with serving(kept) as gateway:
            operator = connect(gateway, "operator", reconnect=False)
            await operator.connect()
            asked = asyncio.ensure_future(operator.query(schemas.AdminGetFills(account=1), schemas.Fills))
            assert await asyncio.to_thread(asks.wait, 10)
            await operator.close()
            with pytest.raises(ClientError):
                await asked
            await until(lambda: not gateway.shared.sessions)
            may_answer.set()
            assert await asyncio.to_thread(answered.wait, 10)
            async with connect(gateway, "operator") as other:
                assert (await other.query(schemas.AdminGetFills(account=1), schemas.Fills)).fills

    run(scenario)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
