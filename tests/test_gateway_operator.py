"""What the operator asks, over the native hub: the answers are the state, in pages of any size; and over sockets."""

import asyncio
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import schemas
from gateway.framing import CloseCode
from gateway.hub import Hub
from gateway.keys import Keys, Sealing
from gateway.listing import seed
from gateway.queries import Queries
from gateway.registry import Registry
from pyengine import _engine_core
from pyengine.commands import (
    pack_announce_action,
    pack_cancel_withdrawal,
    pack_deposit,
    pack_place,
    pack_request_withdrawal,
    pack_set_account,
    pack_set_fee_override,
    pack_set_fee_schedule,
    pack_settle_withdrawal,
)
from pyengine.records import Side
from tests.gateway_support import FakeHub, RawClient, until, venue_config
from tests.test_gateway_server import run, serving

ACCOUNTS = range(1, 5)
ASSETS = ("USDC", "AAPL", "XAU")
ACCOUNT = st.sampled_from(ACCOUNTS)
STEP = st.one_of(
    st.tuples(st.just("withdraw"), ACCOUNT, st.integers(0, 2), st.integers(100, 1_000)),
    st.tuples(st.sampled_from(["settle", "cancel"]), st.integers(0, 20)),
    st.tuples(st.just("place"), ACCOUNT, st.integers(1, 9)),
    st.tuples(st.just("set"), ACCOUNT, st.integers(1, 9), st.integers(0, 3)),
)


def opened() -> tuple[Hub, Queries]:
    """A hub without a journal, with a funded venue."""
    hub = _engine_core.Hub(None, client_id_key=bytes(16))
    config = venue_config("unused")
    seed(hub, Keys(hub, Sealing(None), config.limits), config, 1)
    for account in ACCOUNTS:
        for asset in range(3):
            hub.submit(-1, 0, pack_deposit(account, asset, 10**6), 1)
    return hub, Queries(hub, Registry(hub))


def all_of(ask: Any, request: schemas.AdminPage, name: str) -> list[Any]:
    """A list from all its pages, none of them empty but the first."""
    found: list[Any] = []
    while True:
        reply = ask(request)
        page = getattr(reply, name)
        assert len(page) <= request.limit
        assert page or not found
        found += page
        if not reply.next:
            return found
        request = msgspec.structs.replace(request, first=reply.next)


@settings(deadline=None, max_examples=60)
@given(st.lists(STEP, max_size=40), st.integers(1, 7))
def test_the_answers_are_the_state(steps: list[Any], limit: int) -> None:
    """Against what a few lines of Python remember of the commands."""
    hub, queries = opened()
    pending: dict[int, tuple[int, int, int]] = {}
    available = {(account, asset): 10**6 for account in ACCOUNTS for asset in range(3)}
    held = dict.fromkeys(available, 0)
    open_orders = dict.fromkeys(ACCOUNTS, 0)
    limits = dict.fromkeys(ACCOUNTS, (1, 4_096, 0))
    requested = 0
    for kind, *said in steps:
        if kind == "withdraw":
            account, asset, amount = said
            requested += 1
            hub.submit(-1, 0, pack_request_withdrawal(account, asset, amount), 2)
            pending[requested] = (account, asset, amount)
            available[account, asset] -= amount
            held[account, asset] += amount
        elif kind in ("settle", "cancel"):
            number = said[0]
            if number not in pending:
                continue
            account, asset, amount = pending.pop(number)
            pack = pack_settle_withdrawal if kind == "settle" else pack_cancel_withdrawal
            hub.submit(-1, 0, pack(account, number), 2)
            held[account, asset] -= amount
            available[account, asset] += amount if kind == "cancel" else 0
        elif kind == "place":
            account, price = said
            hub.submit(-1, 0, pack_place(account, 1, Side.SELL, price=price, quantity=1), 2)
            open_orders[account] += 1
            held[account, 2] += 1_000
            available[account, 2] -= 1_000
        else:
            account, most, group = said
            limits[account] = (0, most + 40, group)
            hub.submit(-1, 0, pack_set_account(account, max_open_orders=most + 40, group=group), 2)

    withdrawals = all_of(queries.withdrawals, schemas.AdminGetWithdrawals(limit=limit), "withdrawals")
    told = {each.withdrawal_id: (each.account, ASSETS.index(each.asset), each.amount) for each in withdrawals}
    assert list(told.items()) == sorted(pending.items())
    accounts = all_of(queries.accounts, schemas.AdminGetAccounts(limit=limit), "accounts")
    assert [each.account for each in accounts] == [0, *ACCOUNTS]
    for each in accounts[1:]:
        account = each.account
        own = {number: kept for number, kept in pending.items() if kept[0] == account}
        assert (each.fee_schedule, each.max_open_orders, each.group) == limits[account]
        assert (each.open_orders, each.pending_withdrawals) == (open_orders[account], len(own))
        asked = schemas.AdminGetWithdrawals(account=account, limit=limit)
        assert [each.withdrawal_id for each in all_of(queries.withdrawals, asked, "withdrawals")] == sorted(own)
        balances = all_of(queries.balances, schemas.AdminGetBalances(account=account, limit=limit), "balances")
        assert [(each.asset, each.available, each.held) for each in balances] == [
            (symbol, available[account, asset], held[account, asset]) for asset, symbol in enumerate(ASSETS)
        ]
        orders = all_of(queries.orders, schemas.AdminGetOrders(account=account, limit=limit), "orders")
        ids = [each.order_id for each in orders]
        assert (len(ids), ids) == (open_orders[account], sorted(set(ids)))


def test_fees_are_told_with_overrides_and_what_waits() -> None:
    hub, queries = opened()
    for command in (
        pack_set_fee_schedule(2, -10, 20, notional_1=100, maker_rate_1=-20, taker_rate_1=15),
        pack_set_fee_override(2, 1, -1, 2),
        pack_set_fee_override(0, 0, 3, 4, notional_1=7, maker_rate_1=2, taker_rate_1=3),
        pack_set_fee_override(2, 1, change=1, effective_at=90),
        pack_set_fee_schedule(2, 5, 6, effective_at=80),
    ):
        hub.submit(-1, 0, command, 2)
    schedules = [
        schemas.FeeInfo(fee_schedule=0),
        schemas.FeeInfo(fee_schedule=1, maker_rate=100, taker_rate=500),
        schemas.FeeInfo(
            fee_schedule=2,
            maker_rate=-10,
            taker_rate=20,
            tiers=[schemas.FeeTier(notional=100, maker_rate=-20, taker_rate=15)],
        ),
    ]
    overrides = [
        schemas.FeeInfo(
            fee_schedule=0,
            instrument="AAPL-USDC",
            maker_rate=3,
            taker_rate=4,
            tiers=[schemas.FeeTier(notional=7, maker_rate=2, taker_rate=3)],
        ),
        schemas.FeeInfo(fee_schedule=2, instrument="XAU-USDC", maker_rate=-1, taker_rate=2),
    ]
    waiting = [
        schemas.FeeInfo(fee_schedule=2, maker_rate=5, taker_rate=6, effective_at=80),
        schemas.FeeInfo(fee_schedule=2, instrument="XAU-USDC", effective_at=90, change="remove"),
    ]
    for limit in (1, 3, 256):
        assert all_of(queries.fees, schemas.AdminGetFees(limit=limit), "fees") == [*schedules, *overrides, *waiting]


def test_corporate_actions_are_told_as_they_were_announced() -> None:
    hub, queries = opened()
    terms = {"asset_1": 0, "numerator_1": 3, "denominator_1": 7}
    cancel = {"order_policy": 1, "lieu_asset": 0}
    for command in (
        pack_announce_action(1, 1, 0, record_at=90, payer=2, **terms),
        pack_announce_action(2, 1, 9, record_at=95, order_policy=1),
        pack_announce_action(
            3,
            2,
            7,
            record_at=80,
            books_close_at=70,
            asset_1=1,
            numerator_1=1,
            denominator_1=2,
            lieu_price_1=5,
            **cancel,
        ),
    ):
        hub.submit(-1, 0, command, 2)
    dividend = [schemas.LegInfo(asset="USDC", numerator=3, denominator=7)]
    exchange = [schemas.LegInfo(asset="AAPL", numerator=1, denominator=2, lieu_price=5)]
    actions = [
        schemas.ActionInfo(action=1, action_kind="cash_dividend", asset="AAPL", payer=2, record_at=90, legs=dividend),
        schemas.ActionInfo(action=2, action_kind="delisting", asset="AAPL", order_policy="cancel", record_at=95),
        schemas.ActionInfo(
            action=3,
            action_kind="merger",
            asset="XAU",
            order_policy="cancel",
            record_at=80,
            books_close_at=70,
            lieu_asset="USDC",
            legs=exchange,
        ),
    ]
    for limit in (1, 2, 256):
        assert all_of(queries.actions, schemas.AdminGetActions(limit=limit), "actions") == actions


def test_an_operator_sees_who_does_not_read_and_ends_it() -> None:
    """The session's orders go with it, as it has asked for."""

    async def scenario() -> None:
        hub = FakeHub()
        async with serving(hub, write_buffer_bytes=16 << 20) as gateway:
            slow = await RawClient.logged_on(gateway.port, "maker", cancel_on_disconnect=True)
            operator = await RawClient.logged_on(gateway.admin_port, "operator")

            async def listed() -> list[schemas.SessionInfo]:
                operator.send(schemas.AdminGetSessions(ref=1))
                reply = await operator.message()
                assert isinstance(reply, schemas.Sessions)
                return reply.sessions

            first, second = await listed()
            assert (first.key, first.account, first.admin, first.unread_bytes) == ("maker", 1, False, 0)
            assert (second.key, second.account, second.admin, second.unread_bytes) == ("operator", 0, True, 0)
            for info, client in ((first, slow), (second, operator)):
                assert (info.address, info.port) == client.writer.get_extra_info("sockname")
            assert 0 < first.since_ns <= second.since_ns
            payload = schemas.encode(schemas.Error(code="x", message="y" * 60_000), text=False)
            while not (await listed())[0].unread_bytes:
                hub.send(first.session, payload)
            operator.send(schemas.AdminDisconnect(ref=2, session=first.session))
            assert await operator.message() == schemas.Ok(ref=2)
            assert await slow.closed() == (CloseCode.DISCONNECTED, "the operator ended the session")
            await slow.close()
            await until(lambda: gateway.shared.sessions == 1)
            assert [call[:2] for call in hub.named("submit")] == [(-1, 0)], "cancel-on-disconnect"
            assert [info.session for info in await listed()] == [second.session]
            operator.send(schemas.AdminDisconnect(ref=3, session=second.session))
            refused = await operator.message()
            assert isinstance(refused, schemas.Error)
            assert (refused.code, "is this one" in refused.message) == ("unknown_session", True)
            await operator.close()
            await asyncio.sleep(0)

    run(scenario)
