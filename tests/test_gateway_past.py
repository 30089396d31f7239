"""What an operator asks of the past: pages of any size are the whole, and what cannot be read is said."""

import asyncio
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gateway import schemas
from gateway.client.errors import ClientError, RequestError
from gateway.past import Asked, Past
from pyengine import AssetClass, DurableEngine, Side
from pyengine import config as configuration
from pyengine.history.statement import Statement
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
            query = f"SELECT {', '.join(COLUMNS)} FROM movements WHERE account = ? ORDER BY sequence, kind"
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
    answer = past.answer(schemas.AdminGetFills(ref=3, account=2, first=2 * row[0] + (row[1] == "sell"), limit=1), 0)
    assert isinstance(answer, schemas.Fills)
    assert (answer.ref, answer.seq) == (3, last)
    (fill,) = answer.fills
    assert (fill.settlement_id, fill.side, fill.seq, fill.instrument) == (row[0], row[1], row[2], symbol)
    assert (fill.price, fill.quantity, fill.cash, fill.fee) == row[9:13]
    moved = past.answer(schemas.AdminGetMovements(ref=4, account=2), 0)
    assert isinstance(moved, schemas.Movements)
    assert {movement.kind for movement in moved.movements} >= {"deposited"}


def in_full(store: Path, request: schemas.AdminGetStatement) -> list[schemas.StatementAsset]:
    """All pages of a statement over the wire."""

    def page(first: int) -> Page:
        answer = Past(store).answer(msgspec.structs.replace(request, first=first), 0)
        assert isinstance(answer, schemas.Statement), answer
        assert len(answer.assets) <= request.limit
        return answer.assets, answer.next

    return pages(page)


@pytest.mark.parametrize("limit", [1, 2, 256])
def test_a_statement_over_the_wire_is_the_sum_of_its_lines(written: Written, store: Path, limit: int) -> None:
    """For every account and several periods: what is added up in one look is what the lines lead to, one by one."""
    times = [None, *sorted(written.times.values())[1:-1:2]]
    seen: set[str] = set()
    with reading(store) as found:
        for account in range(found.position.accounts):
            for from_ns, to_ns in [(None, None), *pairwise(times), (times[1], None)]:
                expected: dict[str, schemas.StatementAsset] = {}
                totals: dict[str, Counter[str]] = defaultdict(Counter)
                for line in Statement(found, account, from_ns, to_ns).lines():
                    if line.kind == "opening":
                        expected[line.asset] = schemas.StatementAsset(asset=line.asset, opening=line.balance)
                    elif line.kind == "closing":
                        expected[line.asset].closing = line.balance
                    else:
                        assert line.amount is not None
                        totals[line.asset][line.kind] += line.amount
                for symbol, each in expected.items():
                    each.totals = [
                        schemas.StatementTotal(kind=kind, amount=amount)
                        for kind, amount in sorted(totals[symbol].items())
                    ]
                    seen |= {total.kind for total in each.totals}
                request = schemas.AdminGetStatement(account=account, from_ns=from_ns or 0, to_ns=to_ns, limit=limit)
                assert in_full(store, request) == list(expected.values())
                for symbol in expected:
                    only = msgspec.structs.replace(request, asset=symbol)
                    assert in_full(store, only) == [expected[symbol]]
    moved = {"deposited", "withdrawal_settled", "transfer_in", "transfer_out"}
    assert seen >= moved | {"delivery", "payment", "fee", "fee_income"}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (schemas.AdminGetStatement(ref=9, account=900), "account 900: unknown"),
        (schemas.GetStatement(ref=9, asset="NONE"), "asset NONE: unknown"),
    ],
)
def test_a_statement_of_what_the_history_does_not_know(store: Path, request_: Asked, message: str) -> None:
    answer = Past(store).answer(request_, 1)
    assert isinstance(answer, schemas.Error)
    assert (answer.ref, answer.code) == (9, "unavailable")
    assert answer.message.startswith(message)


def test_a_period_that_ends_before_it_begins_is_no_message() -> None:
    with pytest.raises(msgspec.ValidationError, match="`to_ns` is before `from_ns`"):
        schemas.decode_request(b'{"op": "get_statement", "from_ns": 5, "to_ns": 4}', text=True)


def test_a_total_beyond_64_bits_is_said(tmp_path: Path) -> None:
    most = (1 << 62) - 1
    with DurableEngine(tmp_path / "journal") as engine:
        engine.create_asset(0, "USD", AssetClass.STABLECOIN, 2)
        engine.create_account(1)
        for _ in range(3):
            engine.deposit(1, 0, most)
            engine.settle_withdrawal(1, engine.request_withdrawal(1, 0, most)[0].withdrawal_id)
    follow_all(tmp_path / "journal", tmp_path / "history.db")
    answer = Past(tmp_path / "history.db").answer(schemas.GetStatement(ref=2), 1)
    assert isinstance(answer, schemas.Error)
    assert answer.message == "USD: deposited comes to more than 64 bits; ask for a shorter period"


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
    answer = Past(tmp_path / "history.db").answer(schemas.AdminGetFills(account=2), 0)
    assert isinstance(answer, schemas.Fills)
    assert [fill.order_id for fill in answer.fills] == [accepted.order_id]
    assert accepted.order_id >= 255 << 56


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    answer = Past(tmp_path / "none.db").answer(schemas.AdminGetFills(ref=9, account=1), 0)
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
            told = await operator.query(schemas.AdminGetStatement(account=2), schemas.Statement)
            assert (told.account, told.seq) == (2, gateway.hub.sequence)
            async with connect(gateway, "taker") as taker, connect(gateway, "viewer") as viewer:
                own = await taker.query(schemas.GetStatement(), schemas.Statement)
                assert own.assets == told.assets, "that of its own account"
                assert [each.asset for each in own.assets] == ["USDC", "AAPL"]
                balances = {each.asset: each.available + each.held for each in (await taker.balances()).balances}
                assert {each.asset: each.closing for each in own.assets} == balances
                assert (await viewer.query(schemas.GetFills(), schemas.Fills)).fills == [*first.fills, *rest.fills]
                mine = await viewer.query(schemas.GetMovements(), schemas.Movements)
                assert mine.movements == moved.movements, "the scope read is enough"
                for request in (schemas.AdminGetStatement(account=2), schemas.AdminGetStatement(account=1)):
                    with pytest.raises(RequestError, match="lacks the scope"):
                        await viewer.query(request, schemas.Statement)
                at_once = [each.query(schemas.GetStatement(), schemas.Statement) for each in (taker, viewer) * 10]
                answers = await asyncio.gather(*at_once, return_exceptions=True)
                assert {type(each) for each in answers} == {schemas.Statement, RequestError}
                refused = {str(each) for each in answers if isinstance(each, RequestError)}
                assert any("3 such requests of accounts wait already" in each for each in refused), refused
                assert (await taker.query(schemas.GetStatement(), schemas.Statement)).assets == own.assets
            assert gateway.shared.clients_recalling == 0
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

    def slow(past: Past, request: Asked, own_account: int) -> Any:
        asks.set()
        assert may_answer.wait(10)
        try:
            return answer(past, request, own_account)
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
