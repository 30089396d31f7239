"""Server, native hub, journal and client over real sockets: trading, gaps, bounds, bad frames, stop and restart."""

import asyncio
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import picows
import pytest
import uvloop

from gateway import schemas
from gateway.auth import HmacSigner
from gateway.client import (
    Client,
    ConnectionClosedError,
    LogonRefusedError,
    OrderRejectedError,
    OutcomeUnknownError,
    ReportsOverflowError,
    RequestError,
    WrongVenueError,
)
from gateway.connection import Connection
from gateway.framing import CloseCode, Opcode
from gateway.schemas import Report
from gateway.server import GatewayServer, open_hub
from pyengine.config import ConfigError, EngineConfig, VenueConfig
from pyengine.records import CLIENT_ID_WINDOW
from tests.gateway_support import SECRETS, RawClient, client_frame, key, message_frame, until, venue_config

TEST_SECONDS = 20.0
AAPL = "AAPL-USDC"


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(TEST_SECONDS):
            await scenario()

    uvloop.run(bounded())


@asynccontextmanager
async def serving(config: VenueConfig) -> AsyncIterator[GatewayServer]:
    hub = open_hub(config)
    gateway = GatewayServer(config, hub)
    await gateway.start()
    try:
        yield gateway
    finally:
        await gateway.stop("test over")
        hub.close()


def connect(gateway: GatewayServer, name: str, **options: Any) -> Client:
    return Client(f"ws://127.0.0.1:{gateway.port}/", name, HmacSigner(SECRETS[name]), **options)


async def fund(gateway: GatewayServer) -> None:
    async with connect(gateway, "operator") as operator:
        for account in (1, 2):
            await operator.admin(schemas.AdminDeposit(account=account, asset="USDC", amount=10**12))
            await operator.admin(schemas.AdminDeposit(account=account, asset="AAPL", amount=10**9))


async def conserved(gateway: GatewayServer) -> schemas.Status:
    async with connect(gateway, "operator") as operator:
        status = await operator.status()
    assert all(asset.conserved for asset in status.assets)
    return status


def places(count: int, *, price: int = 100, start: int = 0, prefix: str = "c", instrument: str = AAPL) -> bytes:
    """`count` resting buys in one chunk."""
    return b"".join(
        message_frame(
            schemas.Place(
                ref=number + 1,
                client_order_id=f"{prefix}{number}",
                instrument=instrument,
                side="buy",
                price=price,
                quantity=1,
            )
        )
        for number in range(start, start + count)
    )


def cut(client: Client) -> None:
    """Ends the client's connection without a word."""
    assert client._connection is not None
    assert client._connection.transport is not None
    client._connection.transport.underlying_transport.abort()


async def following(stream: AsyncIterator[Report]) -> Report:
    return await anext(stream)


def hold_off(client: Client) -> asyncio.Event:
    """Keeps the client from reconnecting until the event is set."""
    gate, reopen = asyncio.Event(), client._open

    async def wait_and_open() -> None:
        await gate.wait()
        client._open = reopen  # type: ignore[method-assign]
        await reopen()

    client._open = wait_and_open  # type: ignore[method-assign]
    return gate


# time


def test_an_idle_venue_wakes_for_an_order_that_ends(tmp_path: Path) -> None:
    """Nobody sends anything any more; a restart in between does not lose what is due."""

    async def scenario() -> None:
        config = venue_config(str(tmp_path))
        reports: list[Report] = []
        async with serving(config) as gateway:
            await fund(gateway)
            async with connect(gateway, "maker", on_report=reports.append) as maker:
                soon = time.time_ns() + 300_000_000
                order = await maker.place(AAPL, "buy", quantity=1, price=90, client_order_id="brief", expires_at=soon)
                later = await maker.place(AAPL, "buy", quantity=1, price=80, expires_at=soon + 600_000_000)
                info = {info.order_id: info.expires_at for info in (await maker.orders()).orders}
                assert info == {order.order_id: soon, later.order_id: soon + 600_000_000}
                await until(lambda: any(report.reason == "expired" for report in reports))
                (ended,) = [report for report in reports if report.kind == "cancelled"]
                assert (ended.order_id, ended.client_order_id, ended.reason) == (order.order_id, "brief", "expired")
                assert soon <= ended.timestamp_ns < soon + 500_000_000
                with pytest.raises(OrderRejectedError, match="invalid_expiry"):
                    await maker.place(AAPL, "buy", quantity=1, price=80, expires_at=soon)
        async with serving(config) as gateway, connect(gateway, "maker") as maker:
            # Due while the venue was stopped, or soon after.
            reached = time.time_ns() + 1_000_000_000
            await until(lambda: time.time_ns() > reached)
            assert (await maker.orders()).orders == []
            await conserved(gateway)

    run(scenario)


# phases


@pytest.mark.parametrize("text", [False, True])
def test_an_auction_opens_an_instrument_and_reopens_it(tmp_path: Path, text: bool) -> None:
    """Its phases, indications and trades are public; the call ends by itself, with nobody sending anything."""

    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            market: list[Any] = []
            async with (
                connect(gateway, "maker", text=text, on_market_data=market.append) as maker,
                connect(gateway, "taker") as taker,
                connect(gateway, "operator") as operator,
            ):
                await maker.subscribe("phase", AAPL)
                await maker.subscribe("trades", AAPL)
                ends_at = time.time_ns() + 1_400_000_000
                await operator.admin(schemas.AdminSetPhase(instrument=AAPL, phase="auction", ends_at=ends_at))
                with pytest.raises(OrderRejectedError, match="wrong_phase"):
                    await taker.place(AAPL, "buy", 1, 18_960, time_in_force="ioc")
                await maker.place(AAPL, "sell", 100, 18_950)
                await taker.place(AAPL, "buy", 40, 18_960, lifetime="auction")
                assert (await operator.instruments()).instruments[0].phase == "auction"
                await until(lambda: any(isinstance(message, schemas.Trade) for message in market))
                phases = [message for message in market if isinstance(message, schemas.InstrumentPhase)]
                assert [(each.kind, each.phase) for each in phases] == [
                    ("", "continuous"),
                    ("phase_changed", "auction"),
                    ("indicated", "auction"),
                    ("uncrossed", "continuous"),
                    ("phase_changed", "continuous"),
                ]
                assert (phases[1].ends_at, phases[2].ends_at, phases[4].ends_at) == (ends_at, ends_at, 0)
                for told in phases[2:4]:
                    assert (told.price, told.quantity, told.surplus) == (18_950, 40, -60)
                (trade,) = [message for message in market if isinstance(message, schemas.Trade)]
                assert (trade.side, trade.price, trade.quantity) == ("", 18_950, 40)
                limits = schemas.AdminSetTradingLimits(instrument=AAPL, static_bps=1_000, call_ns=100_000_000)
                await operator.admin(limits)
                with pytest.raises(OrderRejectedError, match="price_out_of_band: limit 21000 above upper band 20845"):
                    await taker.place(AAPL, "buy", 1, 21_000)
                await operator.admin(schemas.AdminHalt(instrument=AAPL, cause="regulator"))
                await operator.admin(schemas.AdminResume(instrument=AAPL, cause="regulator"))
                await until(lambda: market[-1].kind == "phase_changed" and market[-1].phase == "continuous")
                phases = [message for message in market if isinstance(message, schemas.InstrumentPhase)][5:]
                assert [(each.kind, each.causes) for each in phases] == [
                    ("halted", 2),
                    ("resumed", 0),
                    ("phase_changed", 0),
                    ("uncrossed", 0),
                    ("phase_changed", 0),
                ]
                await maker.unsubscribe("phase", AAPL)
            await conserved(gateway)

    run(scenario)


# trading


@pytest.mark.parametrize("text", [False, True])
def test_a_fill_from_quote_to_settlement(tmp_path: Path, text: bool) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            market: list[Any] = []
            async with (
                connect(gateway, "maker", text=text, on_market_data=market.append) as maker,
                connect(gateway, "taker", text=text) as taker,
            ):
                makers: list[Report] = []
                maker._on_report = makers.append
                for channel in ("book", "trades", "bbo"):
                    await maker.subscribe(channel, AAPL)
                await maker.subscribe("balances")
                quote = await maker.place(AAPL, "sell", 100, 18_960, time_in_force="post_only", client_order_id="q-1")
                assert (quote.kind, quote.client_order_id, quote.leaves) == ("accepted", "q-1", 100)
                taken = await taker.place(AAPL, "buy", 40, 19_000, time_in_force="ioc")
                await taker.ping()
                await until(lambda: len(makers) == 2)
                fill = makers[1]
                cash = 18_960 * 40 * 100
                assert (fill.kind, fill.liquidity, fill.order_id) == ("fill", "maker", quote.order_id)
                assert (fill.price, fill.quantity, fill.leaves, fill.filled) == (18_960, 40, 60, 40)
                assert (fill.cash, fill.fee, fill.settlement_id) == (cash, cash * 100 // 10**6, 1)
                assert (fill.ref, fill.client_order_id) == (0, "q-1")
                assert taken.kind == "accepted"
                await until(lambda: any(isinstance(message, schemas.Trade) for message in market))
                await until(lambda: maker.books[AAPL].asks() == [(18_960, 60)])
                balances = {item.asset: item for item in (await maker.balances()).balances}
                assert balances["AAPL"].held == 60 * 100
                assert balances["USDC"].available == 10**12 + cash - fill.fee
                (trade,) = [message for message in market if isinstance(message, schemas.Trade)]
                assert (trade.side, trade.price, trade.quantity, trade.settlement_id) == ("buy", 18_960, 40, 1)
                bbo = [message for message in market if isinstance(message, schemas.Bbo)][-1]
                assert (bbo.ask_price, bbo.ask_quantity, bbo.bid_quantity) == (18_960, 60, 0)
                usdc = [m for m in market if isinstance(m, schemas.Balance) and m.asset == "USDC"][-1]
                assert usdc.available == balances["USDC"].available
                (order,) = (await maker.orders()).orders
                assert (order.order_id, order.client_order_id, order.leaves) == (quote.order_id, "q-1", 60)
                assert (order.time_in_force, order.side) == ("post_only", "sell")
            status = await conserved(gateway)
            assert status.open_orders == 1

    run(scenario)


def test_every_session_of_an_account_hears_its_client_order_ids(tmp_path: Path) -> None:
    """The one that placed the order, a second one of its key, a drop copy (a key that only reads), and one that comes
    later and asks for what it missed."""

    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            heard: dict[str, list[Report]] = {name: [] for name in ("first", "second", "drop copy", "late")}
            async with (
                connect(gateway, "maker", on_report=heard["first"].append) as maker,
                connect(gateway, "maker", on_report=heard["second"].append) as second,
                connect(gateway, "viewer", on_report=heard["drop copy"].append),
                connect(gateway, "taker") as taker,
            ):
                began = maker.account_seq
                await maker.place(AAPL, "sell", 100, 18_960, client_order_id="q-1")
                await taker.place(AAPL, "buy", 40, 18_960, time_in_force="ioc", client_order_id="t-1")
                await maker.amend(18_970, 90, client_order_id="q-1")
                await second.cancel(client_order_id="q-1")
                with pytest.raises(OrderRejectedError):
                    await maker.cancel(client_order_id="q-1")
                await until(lambda: all(len(reports) == 5 for name, reports in heard.items() if name != "late"))
                async with connect(gateway, "viewer", account_seq=began, on_report=heard["late"].append):
                    await until(lambda: len(heard["late"]) == 5)
            for name, reports in heard.items():
                kinds = [report.kind for report in reports]
                assert kinds == ["accepted", "fill", "amended", "cancelled", "rejected"], name
                assert {report.client_order_id for report in reports} == {"q-1"}, name
                assert reports[1].liquidity == "maker", name

    run(scenario)


def test_every_order_command_and_its_answers(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            async with connect(gateway, "maker") as maker:
                first = await maker.place(AAPL, "buy", 10, 100, client_order_id="a")
                again = await maker.place(AAPL, "buy", 10, 100, client_order_id="a")
                assert (again.kind, again.reason, again.order_id) == ("duplicate", "open", first.order_id)
                assert (again.price, again.quantity, again.client_order_id) == (100, 10, "a")
                with pytest.raises(OrderRejectedError, match="client_order_id_reused") as reused:
                    await maker.place(AAPL, "buy", 99, 500, client_order_id="a")
                assert (reused.value.report.command, reused.value.report.client_order_id) == ("place", "a")
                kept = await maker.amend(100, 5, client_order_id="a")
                assert (kept.kind, kept.reason, kept.previous_price) == ("amended", "priority_kept", 100)
                lost = await maker.amend(101, 5, order_id=first.order_id)
                assert (lost.reason, lost.price, lost.previous_price) == ("priority_lost", 101, 100)
                with pytest.raises(OrderRejectedError, match="amend_no_change"):
                    await maker.amend(101, 5, order_id=first.order_id)
                cancelled = await maker.cancel(client_order_id="a")
                assert (cancelled.kind, cancelled.reason, cancelled.leaves) == ("cancelled", "user", 5)
                assert cancelled.client_order_id == "a"
                with pytest.raises(OrderRejectedError, match="unknown_order") as caught:
                    await maker.cancel(order_id=first.order_id)
                assert caught.value.report.account_seq == maker.account_seq
                again = await maker.place(AAPL, "buy", 10, 100, client_order_id="a")
                assert (again.kind, again.reason) == ("duplicate", "cancelled")
                for number in range(3):
                    await maker.place(AAPL, "buy", 1, 100 + number)
                last = await maker.place(AAPL, "buy", 2, 90, client_order_id="goes")
                comes = await maker.cancel_replace(last.order_id, AAPL, "buy", 3, 91, client_order_id="comes")
                assert (comes.kind, comes.client_order_id, comes.price) == ("accepted", "comes", 91)
                with pytest.raises(OrderRejectedError, match="unknown_order"):
                    await maker.cancel_replace(last.order_id, AAPL, "buy", 3, 92)
                assert (await maker.cancel_all(AAPL, "sell")).orders == 0
                done = await maker.cancel_all(AAPL, "buy")
                assert (done.kind, done.orders, done.instrument) == ("cancel_all_done", 4, AAPL)
                assert (await maker.cancel_all()).orders == 0
                await maker.place(AAPL, "sell", 10, 200)
                with pytest.raises(OrderRejectedError, match="post_only_would_cross"):
                    await maker.place(AAPL, "buy", 1, 200, time_in_force="post_only")
                with pytest.raises(OrderRejectedError, match="invalid_quantity"):
                    await maker.place(AAPL, "buy", 0, 200)
                with pytest.raises(OrderRejectedError, match="invalid_quantity"):
                    await maker.place(AAPL, "buy", -5, 200)
                with pytest.raises(OrderRejectedError, match="invalid_price"):
                    await maker.place(AAPL, "buy", 1, 2**63 - 1)
                with pytest.raises(OrderRejectedError, match="invalid_quantity"):
                    await maker.place(AAPL, "buy", 0, notional=-1, order_type="market", time_in_force="ioc")
                with pytest.raises(RequestError, match="unknown_instrument"):
                    await maker.place("NONE", "buy", 1, 1)
                with pytest.raises(ValueError, match="exclude each other"):
                    await maker.place(AAPL, "buy", 1, 1, notional=1)
                with pytest.raises(RequestError, match=r"invalid_message.*length <= 36"):
                    await maker.place(AAPL, "buy", 1, 1, client_order_id="x" * 37)
                async with connect(gateway, "taker") as taker:
                    spent = await taker.place(
                        AAPL, "buy", notional=200 * 100 * 3, order_type="market", time_in_force="ioc"
                    )
                    assert (spent.kind, spent.budget) == ("accepted", 60_000)
                    reports: list[Report] = []
                    await taker.ping()
                    taker._on_report = reports.append
                    asked = await taker.withdraw("USDC", 500)
                    assert (asked.kind, asked.asset, asked.amount, asked.withdrawal_id) == (
                        "withdrawal_requested",
                        "USDC",
                        500,
                        1,
                    )
                    async with connect(gateway, "operator") as operator:
                        with pytest.raises(RequestError, match="unknown_withdrawal"):
                            await operator.admin(schemas.AdminSettleWithdrawal(account=1, withdrawal_id=1))
                        await operator.admin(schemas.AdminSettleWithdrawal(account=2, withdrawal_id=1))
                        transfer = schemas.AdminTransfer(account=2, to_account=1, asset="USDC", amount=7)
                        await operator.admin(transfer)
                        await operator.admin(schemas.AdminHalt(instrument=AAPL))
                        with pytest.raises(OrderRejectedError, match="instrument_halted"):
                            await taker.place(AAPL, "buy", 1, 1)
                        listed = (await operator.instruments()).instruments
                        assert [item.halted for item in listed] == [True, False]
                        await operator.admin(schemas.AdminResume(instrument=AAPL))
                        await operator.admin(
                            schemas.AdminCreateAsset(symbol="EUR", asset_class="stablecoin", decimals=2)
                        )
                        await operator.admin(
                            schemas.AdminCreateInstrument(
                                symbol="XAU-EUR", base="XAU", quote="EUR", lot_size=1, tick_lot_value=1, max_price=9
                            )
                        )
                        await operator.admin(schemas.AdminCreateAccount(account=5))
                        with pytest.raises(RequestError, match="id_not_next"):
                            await operator.admin(schemas.AdminCreateAccount(account=7))
                        await operator.admin(schemas.AdminSetFees(fee_schedule=1, maker_rate=1, taker_rate=2))
                        with pytest.raises(RequestError, match="unknown_account"):
                            await operator.admin(schemas.AdminDeposit(account=99, asset="EUR", amount=1))
                        with pytest.raises(RequestError, match="forbidden"):
                            await operator.place(AAPL, "buy", 1, 1)
                    with pytest.raises(OrderRejectedError, match="no_liquidity"):
                        await taker.place("XAU-EUR", "buy", 1, order_type="market", time_in_force="ioc")
                    kinds = [report.kind for report in reports]
                    assert kinds == [
                        "withdrawal_requested",
                        "withdrawal_settled",
                        "transfer_out",
                        "rejected",
                        "rejected",
                    ]
                    assert (reports[2].counterparty, reports[2].amount) == (1, 7)
            await conserved(gateway)

    run(scenario)


def test_text_and_binary_sessions_of_an_account_see_the_same(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            seen: dict[bool, list[Report]] = {False: [], True: []}
            books: dict[bool, list[Any]] = {False: [], True: []}
            async with (
                connect(gateway, "maker", on_report=seen[False].append, on_market_data=books[False].append) as binary,
                connect(
                    gateway, "maker", text=True, on_report=seen[True].append, on_market_data=books[True].append
                ) as text,
                connect(gateway, "taker") as taker,
            ):
                for session in (binary, text):
                    await session.subscribe("book", AAPL)
                for number, session in enumerate((binary, text) * 5):
                    await session.place(AAPL, "sell", 10, 200 + number, client_order_id=f"o{number}")
                await taker.place(AAPL, "buy", 35, 210)
                await text.cancel_all()
                await until(lambda: len(seen[False]) == len(seen[True]) == 10 + 4 + 7 + 1)
                await binary.ping()
                await text.ping()

            def plain(reports: list[Report]) -> list[Report]:
                return [msgspec.structs.replace(report, ref=0) for report in reports]

            assert plain(seen[False]) == plain(seen[True])
            assert all(report.client_order_id for report in seen[False] if report.kind != "cancel_all_done")
            assert books[False][-1] == books[True][-1]
            assert binary.books[AAPL].asks() == text.books[AAPL].asks() == []

    run(scenario)


# gaps and reconnects


def test_reports_missed_while_disconnected_arrive_once_and_in_order(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            reports: list[Report] = []
            async with (
                connect(gateway, "maker", on_report=reports.append) as maker,
                connect(gateway, "taker") as taker,
            ):
                await maker.subscribe("book", AAPL)
                for price in range(200, 210):
                    await maker.place(AAPL, "sell", 1, price)
                for round_ in range(5):
                    gate = hold_off(maker)
                    cut(maker)
                    await until(lambda: not maker.connected)
                    await taker.place(AAPL, "buy", 2, 300, time_in_force="ioc")
                    gate.set()
                    await maker.wait_connected()
                    assert len(reports) == 10 + 2 * (round_ + 1)
                await until(lambda: maker.books[AAPL].seq is not None and maker.books[AAPL].asks() == [])
            assert [report.account_seq for report in reports] == list(range(6, 6 + 20))
            assert [report.kind for report in reports[10:]] == ["fill"] * 10

    run(scenario)


def test_a_gap_beyond_the_ring_is_bridged_by_snapshots(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            snapshots: list[Any] = []
            reports: list[Report] = []
            early = connect(
                gateway,
                "maker",
                account_seq=5,
                on_report=reports.append,
                on_snapshot=lambda orders, balances: snapshots.append((orders, balances)),
            )
            async with connect(gateway, "maker") as busy:
                for number in range(700):
                    await busy.place(AAPL, "buy", 1, 100, client_order_id=f"n{number}")
                    await busy.cancel(client_order_id=f"n{number}")
                kept = await busy.place(AAPL, "buy", 1, 100)
                async with early:
                    ((orders, balances),) = snapshots
                    assert [order.order_id for order in orders] == [kept.order_id]
                    assert balances.account_seq == early.account_seq == 5 + 1401
                    await busy.place(AAPL, "buy", 1, 101)
                    await until(lambda: len(reports) == 1)
                    assert reports[0].account_seq == 5 + 1402

    run(scenario)


def test_an_order_whose_answer_was_lost_is_not_placed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            write = Connection.write
            swallowed = 0

            def lose_answer(connection: Connection, data: bytes) -> None:
                nonlocal swallowed
                swallowed += 1
                connection.abort()
                monkeypatch.setattr(Connection, "write", write)

            async with connect(gateway, "maker") as maker:
                monkeypatch.setattr(Connection, "write", lose_answer)
                answer = await maker.place(AAPL, "buy", 1, 100, client_order_id="once")
                assert swallowed == 1
                assert (answer.kind, answer.client_order_id) == ("accepted", "once")  # the replay said so
                assert len((await maker.orders()).orders) == 1
                # Without a client order id nobody can tell, and the client does not guess.
                monkeypatch.setattr(Connection, "write", lose_answer)
                with pytest.raises(OutcomeUnknownError):
                    await maker.place(AAPL, "buy", 1, 100)
                assert len((await maker.orders()).orders) == 2

    run(scenario)


def test_a_lost_answer_is_found_though_the_engine_has_forgotten_the_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the client is away, more of its orders finish than the engine remembers ids of."""
    quotes = CLIENT_ID_WINDOW + 10
    reports: list[Report] = []

    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            write = Connection.write

            def lose_answer(connection: Connection, data: bytes) -> None:
                connection.abort()
                monkeypatch.setattr(Connection, "write", write)

            async with (
                connect(gateway, "maker", on_report=reports.append) as maker,
                connect(gateway, "taker") as taker,
            ):
                for number in range(quotes):
                    await maker.place(AAPL, "sell", 1, 200, client_order_id=f"quote-{number}")
                reopen = hold_off(maker)
                monkeypatch.setattr(Connection, "write", lose_answer)
                once = asyncio.ensure_future(
                    maker.place(AAPL, "sell", 1, 900, time_in_force="ioc", client_order_id="once")
                )
                await until(lambda: not maker.connected)
                await taker.place(AAPL, "buy", quotes, 200)
                reopen.set()
                answer = await asyncio.wait_for(once, 10)
                assert (answer.kind, answer.client_order_id) == ("accepted", "once")
                await maker.ping()
        assert [report.client_order_id for report in reports if report.kind == "accepted"].count("once") == 1
        assert sum(report.kind == "fill" for report in reports) == quotes

    run(scenario)


def test_an_order_that_never_arrived_is_placed_after_reconnecting(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            async with connect(gateway, "maker") as maker:
                send = maker._send

                def lose_request(request: schemas.Request) -> None:
                    maker._send = send  # type: ignore[method-assign]
                    cut(maker)

                maker._send = lose_request  # type: ignore[method-assign]
                answer = await maker.place(AAPL, "buy", 1, 100, client_order_id="late")
                assert answer.kind == "accepted"

    run(scenario)


def test_orders_and_hash_survive_a_restart_and_the_client_comes_back(tmp_path: Path) -> None:
    async def scenario() -> None:
        config = venue_config(str(tmp_path))
        reports: list[Report] = []
        async with serving(config) as gateway:
            await fund(gateway)
            port = gateway.port
            maker = connect(gateway, "maker", on_report=reports.append)
            await maker.connect()
            quote = await maker.place(AAPL, "sell", 5, 200, client_order_id="stays")
            status = await conserved(gateway)
        config = msgspec.structs.replace(config, server=msgspec.structs.replace(config.server, port=port))
        async with serving(config) as gateway:
            assert (await conserved(gateway)).state_hash == status.state_hash
            await maker.wait_connected()
            async with connect(gateway, "taker") as taker:
                await taker.place(AAPL, "buy", 5, 200)
            await until(lambda: [report.kind for report in reports] == ["accepted", "fill"])
            assert reports[1].order_id == quote.order_id
            again = await maker.place(AAPL, "sell", 5, 200, client_order_id="stays")
            assert (again.kind, again.reason) == ("duplicate", "filled")
            await maker.close()

    run(scenario)


def test_replay_reaches_back_over_a_restart(tmp_path: Path) -> None:
    async def scenario() -> None:
        config = venue_config(str(tmp_path))
        async with serving(config) as gateway:
            await fund(gateway)
            async with connect(gateway, "maker") as maker:
                await maker.place(AAPL, "sell", 5, 200)
        async with serving(config) as gateway:
            reports: list[Report] = []
            async with connect(gateway, "maker", account_seq=0, on_report=reports.append):
                assert [report.account_seq for report in reports] == [1, 2, 3, 4, 5, 6]
                money = ["deposited", "deposited", "accepted"]
                assert [report.kind for report in reports] == ["account_created", "key_set", "key_set", *money]

    run(scenario)


def test_client_refusals(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            wrong = Client(f"ws://127.0.0.1:{gateway.port}/", "maker", HmacSigner(b"not the secret at all"))
            with pytest.raises(LogonRefusedError, match="logon_failed"):
                await wrong.connect()
            with pytest.raises(WrongVenueError, match="at report 3, this client has seen 50"):
                await connect(gateway, "maker", account_seq=50).connect()
            maker = connect(gateway, "maker", reconnect=False)
            await maker.connect()
            with pytest.raises(RequestError, match="unknown_instrument"):
                await maker.subscribe("book", "NONE")
            waiting = asyncio.create_task(following(maker.reports()))
            await asyncio.sleep(0)
            await maker.close()
            with pytest.raises(StopAsyncIteration):
                await waiting
            with pytest.raises(ConnectionClosedError):
                await maker.ping()

    run(scenario)


def test_reports_as_an_iterator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        monkeypatch.setattr("gateway.client.client.REPORT_QUEUE", 3)
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            async with connect(gateway, "maker") as maker:
                stream = maker.reports()
                first = asyncio.create_task(following(stream))
                await asyncio.sleep(0)
                await maker.place(AAPL, "buy", 1, 100)
                assert (await first).kind == "accepted"
                for _ in range(4):
                    await maker.place(AAPL, "buy", 1, 100)
                with pytest.raises(ReportsOverflowError, match="more than 3 reports"):
                    async for _ in stream:
                        pass

    run(scenario)


# bounds


def test_orders_in_flight_are_limited(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path), max_in_flight=64)) as gateway:
            await fund(gateway)
            client = await RawClient.logged_on(gateway.port, "maker")
            client.write(places(80))
            replies = [await client.message() for _ in range(80)]
            accepted = [reply for reply in replies if isinstance(reply, Report)]
            refused = [reply for reply in replies if isinstance(reply, schemas.Error)]
            assert 64 <= len(accepted) < 80
            assert {error.code for error in refused} == {"too_many_in_flight"}
            assert sorted(reply.ref for reply in replies if hasattr(reply, "ref")) == list(range(1, 81))
            client.write(places(1, start=100))
            assert isinstance(await client.message(), Report)
            await client.close()

    run(scenario)


@pytest.mark.parametrize("text", [False, True])
def test_orders_are_rate_limited_per_key(tmp_path: Path, text: bool) -> None:
    async def scenario() -> None:
        config = venue_config(str(tmp_path))
        slow_key = key("maker", 1, "read", "trade", rate_per_second=1, burst=5)
        config = msgspec.structs.replace(config, keys=[slow_key, *config.keys[1:]])
        async with serving(config) as gateway:
            await fund(gateway)
            clients = [await RawClient.logged_on(gateway.port, "maker", text=text) for _ in range(2)]
            for index, client in enumerate(clients):
                for number in range(5):
                    place = schemas.Place(ref=number + 1, instrument=AAPL, side="buy", price=1, quantity=1)
                    client.send(place, text=text)
                replies = [await client.message() for _ in range(5 if index == 0 else 10)]
                errors = [reply.code for reply in replies if isinstance(reply, schemas.Error)]
                # The bucket is the key's: the second session finds it empty (it also gets the first one's reports).
                assert set(errors) <= {"rate_limited"}
                assert len(errors) >= index
            for client in clients:
                await client.close()

    run(scenario)


def test_slow_consumer_of_market_data_is_dropped_and_the_others_go_on(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(
            venue_config(str(tmp_path), write_buffer_bytes=1 << 16, requests_burst=10**6, stop_timeout_seconds=0.5)
        ) as gateway:
            await fund(gateway)
            slow = await RawClient.logged_on(gateway.port, "viewer")
            async with connect(gateway, "taker") as taker:
                for start in range(0, 2000, 100):
                    await asyncio.gather(*(taker.place(AAPL, "buy", 1, 1 + start + number) for number in range(100)))
                await taker.subscribe("book", AAPL)
                # A wide book makes big snapshots; the slow session keeps asking for more and reads none.
                while not gateway.slow_consumers:
                    slow.send(schemas.Subscribe(channel="book", instrument=AAPL))
                    await taker.ping()
                await until(lambda: gateway.shared.sessions == 1)
                await taker.place(AAPL, "buy", 1, 5_000)
                await until(lambda: taker.books[AAPL].best_bid() == (5_000, 1))
            await slow.close()

    run(scenario)


# bad frames, on the real parser


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (client_frame(Opcode.BINARY, b"x", mask=None), 1002),
        (client_frame(0x3, b"x"), 1002),
        (b"\xc2" + client_frame(Opcode.BINARY, b"x")[1:], 1002),
        (client_frame(0x0, b"x"), 1002),
        (client_frame(Opcode.PING, b"x" * 126), 1002),
        (client_frame(Opcode.PING, b"x", fin=False), 1002),
        (client_frame(Opcode.CLOSE, b"x"), 1002),
        (client_frame(Opcode.BINARY, b"x" * 4097), 1009),
        (b"\x82\xff" + struct.pack(">Q", 2**63 - 1), 1009),
        (client_frame(Opcode.TEXT, b"\xff\xfe"), 1007),
    ],
    ids=["unmasked", "opcode", "rsv", "continuation", "long-ping", "half-ping", "close", "big", "huge", "utf8"],
)
@pytest.mark.parametrize("name", ["", "maker"])
def test_bad_frames_close_and_what_came_before_is_done(tmp_path: Path, name: str, data: bytes, code: int) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            if not name:
                client = await RawClient.connect(gateway.port)
                client.write(data)
            else:
                client = await RawClient.logged_on(gateway.port, name)
                client.write(places(3) + data + places(3, start=3))
            assert (await client.closed())[0] == code
            await client.close()
            async with connect(gateway, "maker") as maker:
                orders = (await maker.orders()).orders
                assert [order.client_order_id for order in orders] == ([f"c{n}" for n in range(3)] if name else [])

    run(scenario)


def test_fragments_are_joined_and_pings_may_come_between(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            client = await RawClient.logged_on(gateway.port, "viewer")
            payload = schemas.encode(schemas.Ping(ref=77), text=False)
            client.write(
                client_frame(Opcode.BINARY, payload[:3], fin=False)
                + client_frame(Opcode.PING, b"p")
                + client_frame(0x0, payload[3:5], fin=False)
                + client_frame(0x0, payload[5:])
            )
            assert await client.frame() == (Opcode.PONG, b"p")
            assert await client.message() == schemas.Pong(ref=77)
            await client.close()

    run(scenario)


@pytest.mark.parametrize("text", [False, True])
def test_unusual_but_valid_encodings_are_the_same_order(tmp_path: Path, text: bool) -> None:
    """What the native codec hands over to Python, because it is not canonical, still becomes the same order."""
    plain = {"op": "place", "ref": 1, "instrument": AAPL, "side": "buy", "price": 100, "quantity": 1}
    spelled_out = {
        **plain,
        "type": "limit",
        "time_in_force": "gtc",
        "notional": 0,
        "stp": "newest",
        "client_order_id": "",
    }
    variants = [plain, spelled_out, dict(reversed(list(plain.items())))]
    wide = msgspec.msgpack.encode(plain).replace(b"\xa5price\x64", b"\xa5price\xd3" + struct.pack(">q", 100))
    assert len(wide) > len(msgspec.msgpack.encode(plain))

    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            client = await RawClient.logged_on(gateway.port, "maker", text=text)
            encoder: Any = msgspec.json if text else msgspec.msgpack
            payloads = [encoder.encode(variant) for variant in variants] + ([] if text else [wide])
            for payload in payloads:
                client.write(client_frame(Opcode.TEXT if text else Opcode.BINARY, payload))
                report = await client.message()
                assert isinstance(report, Report)
                assert (report.kind, report.price, report.quantity, report.ref) == ("accepted", 100, 1, 1)
            await client.close()

    run(scenario)


def test_order_of_mixed_messages_in_one_chunk(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            client = await RawClient.logged_on(gateway.port, "maker")
            client.write(
                places(1)
                + message_frame(schemas.GetOrders(ref=10))
                + places(1, start=1)
                + message_frame(schemas.CancelAll(ref=20))
                + message_frame(schemas.GetOrders(ref=11))
                + message_frame(schemas.Ping(ref=12), text=True)
            )
            replies: list[Any] = [await client.message() for _ in range(8)]
            answers = [(type(reply).__name__, getattr(reply, "kind", ""), reply.ref) for reply in replies]
            assert answers == [
                ("Report", "accepted", 1),
                ("Orders", "", 10),
                ("Report", "accepted", 2),
                ("Report", "cancelled", 20),
                ("Report", "cancelled", 20),
                ("Report", "cancel_all_done", 20),
                ("Orders", "", 11),
                ("Pong", "", 12),
            ]
            assert len(replies[1].orders) == 1
            assert replies[6].orders == []
            await client.close()

    run(scenario)


# stop, restart, configuration


def test_graceful_stop_answers_everything_it_took(tmp_path: Path) -> None:
    async def scenario() -> None:
        config = venue_config(str(tmp_path))
        async with serving(config) as gateway:
            await fund(gateway)
            client = await RawClient.logged_on(gateway.port, "maker")
            client.write(places(100))
            replies = [await client.message()]
            stopping = asyncio.create_task(gateway.stop("maintenance"))
            while not isinstance(replies[-1], schemas.Shutdown):
                replies.append(await client.message())
            assert await client.closed() == (CloseCode.GOING_AWAY, "maintenance")
            await stopping
            orders = len(gateway.hub.open_orders_page(1, 0, 4_096)[0])
            answered = [reply.ref for reply in replies if isinstance(reply, Report)]
            assert answered == list(range(1, orders + 1))
            await client.close()
        hub = open_hub(config)
        assert len(hub.open_orders_page(1, 0, 4_096)[0]) == orders
        hub.close()

    run(scenario)


def test_cancel_on_disconnect(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            client = await RawClient.logged_on(gateway.port, "maker", cancel_on_disconnect=True)
            client.write(places(3))
            for _ in range(3):
                await client.message()
            async with connect(gateway, "viewer") as viewer:
                kinds: list[str] = []
                viewer._on_report = lambda report: kinds.append(f"{report.kind} {report.reason}".strip())
                client.writer.transport.abort()
                await until(lambda: len(kinds) == 4)
                assert kinds == ["cancelled cancel_all"] * 3 + ["cancel_all_done"]

    run(scenario)


def test_a_market_maker_quotes_and_is_gone_for_a_while(tmp_path: Path) -> None:
    async def scenario() -> None:
        quote = schemas.QuoteEntry(instrument="AAPL-USDC", bid_price=90, bid_quantity=5, ask_price=110, ask_quantity=6)
        reports: list[schemas.Report] = []
        guarded: dict[str, Any] = {"cancel_on_disconnect": True, "grace_ms": 50}
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            async with connect(gateway, "viewer", on_report=reports.append):
                async with connect(gateway, "maker", **guarded) as maker:
                    done = await maker.mass_quote(1, [quote])
                    assert (done.kind, done.quote_group, done.accepted) == ("mass_quoted", 1, 2)
                    assert (await maker.mass_quote(1, [quote], time_in_force="post_only")).kept == 2
                    moved = msgspec.structs.replace(quote, bid_price=91, ask_quantity=0)
                    done = await maker.mass_quote(1, [moved])
                    assert (done.changed, done.withdrawn, done.refused) == (1, 1, 0)
                    with pytest.raises(OrderRejectedError):
                        await maker.mass_quote(256, [quote])
                    protected = await maker.set_market_maker_protection(1, window_ns=10**9, max_fills=9)
                    assert (protected.kind, protected.max_fills) == ("protection_set", 9)
                    assert (await maker.reset_market_maker_protection(1)).kind == "protection_reset"
                    assert (await maker.cancel_after(10**12)).due_at > 10**12
                    assert (await maker.cancel_after(0)).due_at == 0
                    orders = (await maker.orders()).orders
                    assert [(order.price, order.leaves) for order in orders] == [(91, 5)]
                await until(lambda: any(report.reason == "disconnected" for report in reports))
                ended = [(report.kind, report.price) for report in reports if report.reason == "disconnected"]
                assert ended == [("cancelled", 91)]
                assert [report.timer for report in reports if report.kind == "cancel_after_set"] == [
                    "session",
                    "client",
                    "client",
                    "session",
                ]

    run(scenario)


def test_a_journal_of_another_genesis_is_refused_by_name(tmp_path: Path) -> None:
    venue = EngineConfig(shard=3, max_open_orders=1_000)
    config = msgspec.structs.replace(venue_config(str(tmp_path)), venue=venue)
    open_hub(config).close()
    for other in (EngineConfig(shard=3), EngineConfig(max_open_orders=1_000)):
        wrong = msgspec.structs.replace(config, venue=other)
        with pytest.raises(ConfigError, match=r"\$\.venue: .*is of shard 3 with max_open_orders 1000, not of shard"):
            open_hub(wrong)

    async def scenario() -> None:
        async with serving(config) as gateway:
            await fund(gateway)
            async with connect(gateway, "maker") as maker:
                order = await maker.place(AAPL, "buy", 1, 1)
                assert order.order_id >> 56 == 3

    run(scenario)


def test_withdrawals_are_bounded_in_size_and_number(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            async with connect(gateway, "maker") as maker, connect(gateway, "operator") as operator:
                (aapl,) = [asset for asset in (await maker.instruments()).assets if asset.symbol == "AAPL"]
                with pytest.raises(OrderRejectedError, match="below_minimum") as refused:
                    await maker.withdraw("AAPL", aapl.min_withdrawal - 1)
                assert (refused.value.report.command, refused.value.report.asset) == ("request_withdrawal", "AAPL")
                for number in range(64):
                    pending = await maker.withdraw("AAPL", aapl.min_withdrawal)
                    assert pending.withdrawal_id == number + 1
                with pytest.raises(OrderRejectedError, match="withdrawal_limit"):
                    await maker.withdraw("USDC", 500)
                await operator.admin(schemas.AdminCancelWithdrawal(account=1, withdrawal_id=1))
                assert (await maker.withdraw("USDC", 500)).amount == 500
            await conserved(gateway)

    run(scenario)


def test_money_whose_answer_was_lost_is_moved_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports: list[Report] = []

    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            write = Connection.write
            lost = 0

            async def carried_out_twice(who: str, command: Awaitable[Any]) -> Any:
                """The answer of a command whose first answer was lost, with the connection."""

                def lose_answer(connection: Connection, data: bytes) -> None:
                    nonlocal lost
                    session = connection.session
                    if session is None or session.key is None or session.key.name != who:
                        write(connection, data)
                        return
                    lost += 1
                    connection.abort()
                    monkeypatch.setattr(Connection, "write", write)

                monkeypatch.setattr(Connection, "write", lose_answer)
                return await command

            async with (
                connect(gateway, "maker", on_report=reports.append) as maker,
                connect(gateway, "operator") as operator,
            ):
                before = gateway.hub.issued(0)
                deposit = schemas.AdminDeposit(account=2, asset="USDC", amount=700)
                await carried_out_twice("operator", operator.admin(deposit))
                assert gateway.hub.issued(0) == before + 700
                again = await carried_out_twice("maker", maker.withdraw("USDC", 500))
                assert (again.kind, again.command, again.asset) == ("money_repeated", "request_withdrawal", "USDC")
                assert (again.amount, again.withdrawal_id) == (500, 1)
                settle = schemas.AdminSettleWithdrawal(account=1, withdrawal_id=1)
                await carried_out_twice("operator", operator.admin(settle))
                assert gateway.hub.issued(0) == before + 700 - 500
                transfer = schemas.AdminTransfer(account=1, to_account=2, asset="USDC", amount=300)
                await carried_out_twice("operator", operator.admin(transfer))
                assert lost == 4
                await maker.ping()
                kinds = [report.kind for report in reports]
                moved = ["withdrawal_requested", "withdrawal_settled", "transfer_out"]
                assert kinds == [each for kind in moved for each in (kind, "money_repeated")]
                assert [report.original_sequence for report in reports[1::2]] == [report.seq for report in reports[::2]]
                # Its own reference is not another's: the same once more is booked once more.
                await operator.admin(transfer)
                assert reports[-1].kind == "transfer_out"
                # A reference of the caller's holds over the client's life.
                kept = await maker.withdraw("USDC", 500, reference="rent/2026-11")
                with pytest.raises(OrderRejectedError, match="reference_reused"):
                    await maker.withdraw("USDC", 501, reference="rent/2026-11")
            async with connect(gateway, "maker") as maker:
                known = await maker.withdraw("USDC", 500, reference="rent/2026-11")
                assert (known.kind, known.original_sequence) == ("money_repeated", kept.seq)
            await conserved(gateway)

    run(scenario)


def test_market_data_mirror_survives_heavy_traffic(tmp_path: Path) -> None:
    """Deltas, checksums and sequence numbers hold under batches of orders; the mirror ends as the engine's book."""

    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            gaps: list[str] = []
            async with connect(gateway, "viewer") as viewer:
                await viewer.subscribe("book", AAPL)
                first = viewer.books[AAPL]
                forget = first.forget
                first.forget = lambda: (gaps.append("gap"), forget())  # type: ignore[assignment,func-returns-value]
                traders = [await RawClient.logged_on(gateway.port, name) for name in ("maker", "taker")]
                for round_ in range(20):
                    for side, client in zip(("buy", "sell"), traders, strict=True):
                        chunk = b"".join(
                            message_frame(
                                schemas.Place(
                                    ref=number + 1,
                                    instrument=AAPL,
                                    side=side,  # type: ignore[arg-type]
                                    price=1000 + (number * 7 + round_) % 41 + (-15 if side == "buy" else 15),
                                    quantity=1 + number % 5,
                                )
                            )
                            for number in range(50)
                        )
                        client.write(chunk)
                    for client in traders:
                        client.send(schemas.Ping(ref=round_ + 1))
                        while not isinstance(await client.message(), schemas.Pong):
                            pass
                for client in traders:
                    await client.close()
                sequence = gateway.hub.sequence
                await viewer.ping()
                bids, asks = gateway.hub.depth(0, 1000)
                assert first.bids() == [(price, quantity) for price, quantity, _ in bids]
                assert first.asks() == [(price, quantity) for price, quantity, _ in asks]
                assert first.seq is not None
                assert first.seq <= sequence
            assert gaps == []
            await conserved(gateway)

    run(scenario)


def test_a_dead_server_is_noticed(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            maker = connect(gateway, "maker", reconnect=False)
            await maker.connect()
        with pytest.raises(ConnectionClosedError, match="test over"):
            await maker.place(AAPL, "buy", 1, 1)
        await maker.close()
        with pytest.raises((OSError, picows.WSError)):
            await Client(maker._url, "maker", HmacSigner(SECRETS["maker"])).connect()

    run(scenario)
