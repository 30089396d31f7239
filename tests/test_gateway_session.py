"""The session core over a recording hub: logon, scopes, order of messages, transcoding, and every kind of bad input."""

import struct
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway import schemas
from gateway.audit import Trail
from gateway.framing import CloseCode, Opcode, close_frame, frame
from gateway.session import TURN_FRAMES, Session, Shared
from pyengine import commands
from pyengine.commands import pack_cancel_all
from pyengine.config import LimitsConfig
from pyengine.packing import unpack
from pyengine.records import CancelTimer, CommandKind, JurisdictionEntry
from pyengine.reference import Order
from tests.gateway_support import (
    CHALLENGE,
    FakeHub,
    FakeLink,
    client_frame,
    keys_of,
    logon,
    message_frame,
    server_frames,
    venue_config,
)
from tests.test_gateway_protocol import EXAMPLES, REQUESTS, op_of

SECOND = 1_000_000_000
PLACE = schemas.Place(ref=9, instrument="AAPL-USDC", side="buy", price=100, quantity=1)


class Peer:
    """A session and its client's view of it."""

    def __init__(
        self, name: str = "", *, text: bool = False, limits: LimitsConfig | None = None, admin: bool = False
    ) -> None:
        self.hub = FakeHub()
        config = venue_config("unused")
        self.shared = Shared(self.hub, keys_of(self.hub, config), limits or config.limits, Trail(None))
        self.now_ns = 1_767_225_600_000_000_000
        self.link = FakeLink()
        self.session = Session(self.shared, CHALLENGE, self.link, admin=admin)
        self.text = text
        ((opcode, greeting),) = server_frames(self.session.take_direct())
        assert opcode == Opcode.TEXT
        assert schemas.decode_reply(greeting, text=True) == schemas.Challenge(protocol=2, challenge=CHALLENGE)
        if name:
            (reply,) = self.send(logon(name))
            assert isinstance(reply, schemas.LoggedOn)

    def bytes_in(self, data: bytes) -> list[schemas.AnyReply]:
        while self.session.receive(data, self.now_ns):
            data = b""
        return self.replies()

    def replies(self) -> list[schemas.AnyReply]:
        frames = server_frames(self.session.take_direct())
        for _, output in self.hub.poll():
            frames += server_frames(self.session.frames(output))
        self.control = [pair for pair in frames if pair[0] >= Opcode.CLOSE]
        data = [pair for pair in frames if pair[0] < Opcode.CLOSE]
        assert all((opcode == Opcode.TEXT) == self.text for opcode, _ in data)
        return [schemas.decode_reply(payload, text=self.text) for _, payload in data]

    def send(self, request: schemas.Request) -> list[schemas.AnyReply]:
        return self.bytes_in(message_frame(request, text=self.text))

    def raw(self, payload: bytes) -> list[schemas.AnyReply]:
        return self.bytes_in(client_frame(Opcode.TEXT if self.text else Opcode.BINARY, payload))

    def error(self, replies: list[schemas.AnyReply]) -> schemas.Error:
        (reply,) = replies
        assert isinstance(reply, schemas.Error)
        assert reply.code in (*schemas.ERROR_CODES, *schemas.REJECT_REASONS)
        return reply


# logon


@pytest.mark.parametrize("text", [False, True])
def test_logon_tells_account_and_limits(text: bool) -> None:
    peer = Peer(text=text)
    request = logon("viewer")
    request.ref = 5
    (reply,) = peer.send(request)
    assert isinstance(reply, schemas.LoggedOn)
    assert (reply.ref, reply.account, reply.scopes, reply.account_seq) == (5, 1, ["read"], 7)
    assert (reply.max_in_flight, reply.max_message_bytes) == (96, 4096)
    assert peer.hub.named("authorize") == [(1, 2, 1, False, text)]
    assert peer.hub.limits == dict.fromkeys(range(4), ((50_000, 10_000), (500, 1_000)))


@pytest.mark.parametrize(
    ("key", "challenge", "code"),
    [("nobody", CHALLENGE, "logon_failed"), ("maker", "c1" * 32, "logon_failed")],
)
def test_refused_logon_closes(key: str, challenge: str, code: str) -> None:
    peer = Peer()
    request = logon("maker", challenge)
    request.key = key
    assert peer.error(peer.send(request)).code == code
    assert peer.session.closing == (CloseCode.LOGON_REFUSED, code)
    assert [opcode for opcode, _ in peer.control] == [Opcode.CLOSE]
    assert peer.hub.named("authorize") == []


def test_a_captured_logon_is_refused_in_every_other_session() -> None:
    peer = Peer()
    request = logon("maker")
    peer.send(request)
    second = Session(peer.shared, "c1" * 32, FakeLink())
    second.receive(message_frame(request), peer.now_ns)
    assert second.closing == (CloseCode.LOGON_REFUSED, "logon_failed")


def test_a_key_that_has_used_up_its_allowance_cannot_log_on() -> None:
    peer = Peer()
    peer.hub.exhausted.add(0)
    assert peer.error(peer.send(logon("maker"))).code == "rate_limited"
    assert peer.session.closing == (CloseCode.LOGON_REFUSED, "rate_limited")


def test_sessions_of_a_key_and_of_an_account_are_limited() -> None:
    """Maker and viewer are two keys of one account."""
    peer = Peer(limits=LimitsConfig(sessions_per_key=2, sessions_per_account=3))

    def log_on(name: str, *, admin: bool = False) -> tuple[Session, str]:
        session = Session(peer.shared, CHALLENGE, FakeLink(), admin=admin)
        session.receive(message_frame(logon(name)), peer.now_ns)
        return session, session.closing.reason if session.closing else ""

    first, refused = log_on("maker")
    assert [refused, *(log_on(name)[1] for name in ("maker", "maker", "viewer", "viewer", "taker"))] == [
        "", "", "too_many_sessions", "", "too_many_sessions", "",
    ]  # fmt: skip
    first.ended(peer.now_ns)
    assert [log_on(name)[1] for name in ("viewer", "maker")] == ["", "too_many_sessions"]
    operators = [log_on("operator", admin=admin)[1] for admin in (False, False, False, True, True, True)]
    assert operators == ["", "", "too_many_sessions"] * 2, "each port counts for itself"


def test_the_admin_port_is_for_operators() -> None:
    peer = Peer(admin=True)
    assert peer.error(peer.send(logon("maker"))).code == "forbidden"
    assert peer.session.closing == (CloseCode.LOGON_REFUSED, "forbidden")
    assert Peer("operator", admin=True).send(schemas.Ping(ref=1)) == [schemas.Pong(ref=1)]


def test_second_logon_in_a_session_is_refused_and_the_session_goes_on() -> None:
    peer = Peer("maker")
    assert peer.error(peer.send(logon("taker"))).code == "already_logged_on"
    assert peer.send(schemas.Ping(ref=3)) == [schemas.Pong(ref=3)]


@pytest.mark.parametrize("request_", [PLACE, schemas.Ping(ref=9), schemas.GetOrders(ref=9), schemas.AdminStatus(ref=9)])
def test_nothing_happens_before_logon(request_: schemas.Request) -> None:
    peer = Peer()
    error = peer.error(peer.send(request_))
    assert (error.ref, error.code) == (9, "not_logged_on")
    assert peer.session.closing == (CloseCode.LOGON_EXPECTED, "the first message must be `logon`")
    assert peer.hub.calls == []


@pytest.mark.parametrize("payload", [b"\xc1", b"", b"\x81\xa2op\xa5logon"])
def test_nonsense_before_logon_closes(payload: bytes) -> None:
    peer = Peer()
    assert peer.error(peer.raw(payload)).code == "invalid_message"
    assert peer.session.closing == (CloseCode.LOGON_EXPECTED, "the first message must be `logon`")


def test_cancel_on_disconnect() -> None:
    for wanted in (False, True):
        peer = Peer()
        peer.send(logon("maker", cancel_on_disconnect=wanted))
        peer.session.ended(peer.now_ns)
        expected = [(-1, 0, pack_cancel_all(1))] if wanted else []
        assert peer.hub.named("submit") == expected
        assert peer.hub.calls[-1] == ("close_session", 1)
        assert peer.shared.sessions == 0


def test_orders_outlive_the_last_guarding_session_by_its_grace() -> None:
    peer = Peer()
    request = msgspec.structs.replace(logon("maker", cancel_on_disconnect=True), grace_ms=5)
    (reply,) = peer.send(request)
    assert isinstance(reply, schemas.LoggedOn)
    stops = (-1, 0, commands.pack_cancel_after(1, 0, timer=CancelTimer.SESSION))
    assert peer.hub.named("submit") == [stops]
    peer.shared.guard(1, peer.now_ns)
    peer.session.ended(peer.now_ns)
    assert peer.hub.named("submit") == [stops], "there is another session like that"
    peer.shared.end_guard(1, 7, peer.now_ns)
    begins = (-1, 0, commands.pack_cancel_after(1, 7_000_000, timer=CancelTimer.SESSION))
    assert peer.hub.named("submit") == [stops, begins]
    peer.shared.guard(1, peer.now_ns)
    assert peer.hub.named("submit") == [stops, begins, stops]


# scopes

TRADING: list[schemas.Request] = [
    PLACE,
    schemas.Cancel(ref=9, order_id=1),
    schemas.Amend(ref=9, order_id=1, price=1, quantity=1),
    schemas.CancelAll(ref=9),
    schemas.MassQuote(ref=9, quote_group=1, quotes=[schemas.QuoteEntry(instrument="AAPL-USDC")]),
    schemas.Withdraw(ref=9, asset="USDC", amount=1),
    schemas.Redeem(ref=9, asset="USDC", amount=1),
    schemas.SetMarketMakerProtection(ref=9, quote_group=1),
    schemas.ResetMarketMakerProtection(ref=9, quote_group=1),
    schemas.CancelAfter(ref=9, timeout_ns=1),
    schemas.PlaceOco(
        ref=9, instrument="AAPL-USDC", side="sell", price=9, quantity=1, trigger="reference", trigger_price=5
    ),
    schemas.PlaceBracket(
        ref=9,
        instrument="AAPL-USDC",
        side="buy",
        price=6,
        quantity=1,
        take_profit=9,
        trigger="reference",
        trigger_price=5,
    ),
]
GERMAN = int.from_bytes(b"DE", "little")
ADMIN_COMMANDS: list[tuple[schemas.Request, bytes]] = [
    # (what is asked for, the command)
    (schemas.AdminDeposit(ref=9, account=1, asset="USDC", amount=5), commands.pack_deposit(1, 0, 5)),
    (
        schemas.AdminDeposit(ref=9, account=1, asset="USDC", amount=5, reference="r"),
        commands.pack_deposit(1, 0, 5, reference="r"),
    ),
    (
        schemas.AdminSettleWithdrawal(ref=9, account=1, withdrawal_id=3, reference="r"),
        commands.pack_settle_withdrawal(1, 3, reference="r"),
    ),
    (
        schemas.AdminCancelWithdrawal(ref=9, account=1, withdrawal_id=3, reference="r"),
        commands.pack_cancel_withdrawal(1, 3, reference="r"),
    ),
    (
        schemas.AdminTransfer(ref=9, account=1, to_account=2, asset="AAPL", amount=5, reference="r"),
        commands.pack_transfer(1, 2, 1, 5, reference="r"),
    ),
    (schemas.AdminHalt(ref=9, instrument="AAPL-USDC"), commands.pack_halt(0)),
    (schemas.AdminResume(ref=9, instrument="AAPL-USDC", cause="regulator"), commands.pack_resume(0, cause=1)),
    (
        schemas.AdminCreateAsset(ref=9, symbol="XAU", asset_class="gold", decimals=6, min_withdrawal=7),
        commands.pack_create_asset(2, "XAU", 2, 6, min_withdrawal=7),
    ),
    (
        schemas.AdminCreateAsset(ref=9, symbol="X", asset_class="equity", decimals=0),
        commands.pack_create_asset(2, "X", 1, 0, min_withdrawal=1),
    ),
    (
        schemas.AdminCreateInstrument(
            ref=9, symbol="X", base="AAPL", quote="USDC", lot_size=2, tick_lot_value=3, max_price=4, collar_bps=5
        ),
        commands.pack_create_instrument(1, "X", 1, 0, lot_size=2, tick_lot_value=3, max_price=4, collar_bps=5),
    ),
    (schemas.AdminCreateAccount(ref=9, account=5, fee_schedule=1), commands.pack_create_account(5, fee_schedule=1)),
    (
        schemas.AdminSetAccount(
            ref=9, account=5, fee_schedule=1, max_open_orders=2, client_id_window=3, group=4, max_open_notional=5
        ),
        commands.pack_set_account(
            5, fee_schedule=1, max_open_orders=2, client_id_window=3, group=4, max_open_notional=5
        ),
    ),
    (
        schemas.AdminSetReference(ref=9, instrument="AAPL-USDC", price=7, source=2, observed_at=2**64 - 1),
        commands.pack_set_reference(0, 7, source=2, observed_at=2**64 - 1),
    ),
    (schemas.AdminRollTradeDate(ref=9, trade_date=20_261_201), commands.pack_roll_trade_date(20_261_201)),
    (
        schemas.AdminCreateInstrument(
            ref=9, symbol="X", base="AAPL", quote="USDC", lot_size=2, tick_lot_value=3, max_price=4, phase="pre_open"
        ),
        commands.pack_create_instrument(1, "X", 1, 0, lot_size=2, tick_lot_value=3, max_price=4, phase=1),
    ),
    (schemas.AdminSetPhase(ref=9, instrument="AAPL-USDC", phase="pre_open"), commands.pack_set_phase(0, 1)),
    (
        schemas.AdminSetPhase(ref=9, instrument="AAPL-USDC", phase="auction", next="closed", ends_at=2**64 - 1),
        commands.pack_set_phase(0, 2, next=5, ends_at=2**64 - 1),
    ),
    (
        schemas.AdminSetTradingLimits(
            ref=9,
            instrument="AAPL-USDC",
            static_bps=1,
            dynamic_bps=2,
            auction_bps=3,
            call_ns=4,
            max_quantity=5,
            max_notional=6,
        ),
        commands.pack_set_trading_limits(
            0, static_bps=1, dynamic_bps=2, auction_bps=3, call_ns=4, max_quantity=5, max_notional=6
        ),
    ),
    (
        schemas.AdminSetVolatilityBands(
            ref=9, instrument="AAPL-USDC", bps=1, ticks=2, multiplier=3, limit_state_ns=4, pause_ns=5
        ),
        commands.pack_set_volatility_bands(0, bps=1, ticks=2, multiplier=3, limit_state_ns=4, pause_ns=5),
    ),
    (
        schemas.AdminSetReferencePolicy(
            ref=9,
            instrument="AAPL-USDC",
            stale="widen",
            primary="reanchor",
            widen=1,
            max_age_ns=2,
            closed_bps=3,
            step_bps=4,
            step_ns=5,
        ),
        commands.pack_set_reference_policy(
            0, stale=1, primary=2, widen=1, max_age_ns=2, closed_bps=3, step_bps=4, step_ns=5
        ),
    ),
    (
        schemas.AdminSetPrimaryStatus(ref=9, instrument="AAPL-USDC", status="closed", close=7),
        commands.pack_set_primary_status(0, 1, close=7),
    ),
    (
        schemas.AdminSetObligation(
            ref=9,
            account=1,
            instrument="AAPL-USDC",
            max_spread=2,
            min_quantity=3,
            required_bps=4,
            maker_rate=-5,
        ),
        commands.pack_set_obligation(1, 0, max_spread=2, min_quantity=3, required_bps=4, maker_rate=-5),
    ),
    (
        schemas.AdminSetAssetTerms(
            ref=9,
            asset="AAPL",
            issuer=2,
            form="tokenized",
            attestation="trading",
            bars="pooled",
            isin="US0378331005",
            currency="USD",
            vault="V",
            backing=3,
            min_redemption=4,
            redemption_unit=5,
            redemption_fee=6,
            redemption_fee_rate=7,
        ),
        commands.pack_set_asset_terms(
            1,
            2,
            form=1,
            attestation=2,
            bars=1,
            isin="US0378331005",
            currency="USD",
            vault="V",
            backing=3,
            min_redemption=4,
            redemption_unit=5,
            redemption_fee=6,
            redemption_fee_rate=7,
        ),
    ),
    (
        schemas.AdminSetAttestor(ref=9, attestor=1, public_key=bytes(range(32)).hex(), status="inactive"),
        commands.pack_set_attestor(1, bytes(range(32)), status=1),
    ),
    (
        schemas.AdminAttest(
            ref=9, asset="AAPL", attestor=1, reserve=2, as_of=3, valid_until=4, signature=bytes(range(64)).hex()
        ),
        commands.pack_attest(1, 1, 2, 3, 4, bytes(range(64))),
    ),
    (
        schemas.AdminMint(ref=9, account=1, asset="AAPL", amount=5, reference="m"),
        commands.pack_mint(1, 1, 5, reference="m"),
    ),
    (
        schemas.AdminSettleRedemption(ref=9, account=1, withdrawal_id=5, reference="s"),
        commands.pack_settle_redemption(1, 5, reference="s"),
    ),
    (
        schemas.AdminRefuseRedemption(ref=9, account=1, withdrawal_id=5, refusal="undeliverable"),
        commands.pack_refuse_redemption(1, 5, refusal=2),
    ),
    (
        schemas.AdminSetRefiner(ref=9, refiner=1, code="R", status="delisted"),
        commands.pack_set_refiner(1, "R", status=1),
    ),
    (
        schemas.AdminRegisterBar(ref=9, asset="AAPL", refiner=1, serial="B", gross_weight=3, fine_weight=2, vault="V"),
        commands.pack_register_bar(1, 1, "B", gross_weight=3, fine_weight=2, vault="V"),
    ),
    (schemas.AdminRemoveBar(ref=9, bar=2**64 - 1), commands.pack_remove_bar(2**64 - 1)),
    (
        schemas.AdminSetPeg(ref=9, asset="USDC", band_bps=1, haircut_bps=2, source=3),
        commands.pack_set_peg(0, band_bps=1, haircut_bps=2, source=3),
    ),
    (
        schemas.AdminSetCashReference(ref=9, asset="USDC", value=1, source=2, observed_at=3),
        commands.pack_set_cash_reference(0, 1, source=2, observed_at=3),
    ),
    (
        schemas.AdminSetFees(ref=9, fee_schedule=1, maker_rate=2, taker_rate=3),
        commands.pack_set_fee_schedule(1, 2, 3),
    ),
    (
        schemas.AdminSetFees(
            ref=9, fee_schedule=1, maker_rate=-2, taker_rate=3, effective_at=7, notional_1=5, maker_rate_1=-4
        ),
        commands.pack_set_fee_schedule(1, -2, 3, effective_at=7, notional_1=5, maker_rate_1=-4),
    ),
    (
        schemas.AdminSetFeeOverride(ref=9, fee_schedule=1, instrument="AAPL-USDC", maker_rate=-2, taker_rate=3),
        commands.pack_set_fee_override(1, 0, -2, 3),
    ),
    (
        schemas.AdminSetFeeOverride(ref=9, fee_schedule=1, instrument="AAPL-USDC", change="remove", effective_at=7),
        commands.pack_set_fee_override(1, 0, change=1, effective_at=7),
    ),
    (
        schemas.AdminSetHolder(
            ref=9, account=1, investor_class="retail", jurisdiction="DE", verified_until=2**64 - 1, firm=3
        ),
        commands.pack_set_holder(1, investor_class=1, jurisdiction=GERMAN, verified_until=2**64 - 1, firm=3),
    ),
    (
        schemas.AdminSetEligibility(
            ref=9, asset="AAPL", classes=6, verification="required", jurisdiction_rule="denied", jurisdictions=("DE",)
        ),
        commands.pack_set_eligibility(
            asset=1, classes=6, verification=1, jurisdiction_rule=2, jurisdictions=[JurisdictionEntry(GERMAN)]
        ),
    ),
    (
        schemas.AdminSetEligibility(ref=9, instrument="AAPL-USDC", max_holding=4, locked_until=5),
        commands.pack_set_eligibility(instrument=0, max_holding=4, locked_until=5),
    ),
    (schemas.AdminFreeze(ref=9, account=1), commands.pack_freeze(1)),
    (
        schemas.AdminFreeze(ref=9, account=1, scope="units", asset="AAPL", amount=2, until=3),
        commands.pack_freeze(1, scope=2, asset=1, amount=2, until=3),
    ),
    (schemas.AdminFreeze(ref=9, scope="asset", asset="USDC"), commands.pack_freeze(0, scope=1, asset=0)),
    (schemas.AdminUnfreeze(ref=9, account=1), commands.pack_unfreeze(1)),
    (
        schemas.AdminForceTransfer(ref=9, account=1, to_account=2, asset="AAPL", amount=3, reason=4, reference="r"),
        commands.pack_force_transfer(1, 2, 1, 3, reason=4, reference="r"),
    ),
    (
        schemas.AdminSetBeneficial(ref=9, account=1, asset="AAPL", quantity=3, from_holder=4, to_holder=2**64 - 1),
        commands.pack_set_beneficial(1, 1, 3, from_holder=4, to_holder=2**64 - 1),
    ),
    (
        schemas.AdminAnnounceAction(
            ref=9,
            action=4,
            asset="AAPL",
            action_kind="merger",
            record_at=2**64 - 1,
            payer=3,
            order_policy="cancel",
            books_close_at=7,
            lieu_asset="USDC",
            asset_1="USDC",
            numerator_1=5,
            denominator_1=6,
            asset_2="AAPL",
            numerator_2=7,
            denominator_2=8,
            lieu_price_2=9,
        ),
        commands.pack_announce_action(
            *(4, 1, 7),
            record_at=2**64 - 1,
            payer=3,
            order_policy=1,
            books_close_at=7,
            lieu_asset=0,
            asset_1=0,
            numerator_1=5,
            denominator_1=6,
            asset_2=1,
            numerator_2=7,
            denominator_2=8,
            lieu_price_2=9,
        ),
    ),
    (schemas.AdminCancelAction(ref=9, action=4), commands.pack_cancel_action(4)),
]
ADMIN: list[schemas.Request] = [
    *(request for request, _ in ADMIN_COMMANDS),
    schemas.AdminSnapshot(ref=9),
    schemas.AdminStatus(ref=9),
    schemas.AdminGetAccounts(ref=9),
    schemas.AdminGetBalances(ref=9, account=1),
    schemas.AdminGetOrders(ref=9, account=1),
    schemas.AdminGetWithdrawals(ref=9),
    schemas.AdminGetFees(ref=9),
    schemas.AdminGetHolders(ref=9),
    schemas.AdminGetEligibility(ref=9),
    schemas.AdminGetFreezes(ref=9),
    schemas.AdminGetBeneficial(ref=9, account=1),
    schemas.AdminGetSessions(ref=9),
    schemas.AdminGetKeys(ref=9),
    schemas.AdminSetKey(ref=9, name="new", account=1, scopes=["read"], secret="5a" * 16),
    schemas.AdminRevokeKey(ref=9, name="viewer"),
    schemas.AdminDisconnect(ref=9, session=1),
]


@pytest.mark.parametrize("text", [False, True])
@pytest.mark.parametrize(
    ("name", "requests"), [("viewer", TRADING), ("viewer", ADMIN), ("maker", ADMIN), ("operator", TRADING)]
)
def test_scopes(name: str, requests: list[schemas.Request], text: bool) -> None:
    peer = Peer(name, text=text)
    before = list(peer.hub.calls)
    for request in requests:
        error = peer.error(peer.send(request))
        assert (error.ref, error.code) == (9, "forbidden")
    assert peer.hub.calls == before


@pytest.mark.parametrize(("request_", "record"), ADMIN_COMMANDS, ids=lambda value: type(value).__name__)
def test_an_admin_request_becomes_its_command(request_: schemas.Request, record: bytes) -> None:
    peer = Peer("operator")
    assert peer.send(request_) == []
    assert peer.hub.named("submit") == [(1, 9, record)]


OWN_COMMANDS: list[tuple[schemas.Request, bytes]] = [
    (schemas.Withdraw(ref=3, asset="AAPL", amount=5), commands.pack_request_withdrawal(1, 1, 5)),
    (schemas.Redeem(ref=3, asset="AAPL", amount=5), commands.pack_request_redemption(1, 1, 5)),
    (
        schemas.Withdraw(ref=3, asset="AAPL", amount=5, reference="r"),
        commands.pack_request_withdrawal(1, 1, 5, reference="r"),
    ),
    (
        schemas.SetMarketMakerProtection(
            ref=3, quote_group=2, window_ns=3, max_quantity=4, max_notional=5, max_fills=6, max_delta=7
        ),
        commands.pack_set_market_maker_protection(
            1, 2, window_ns=3, max_quantity=4, max_notional=5, max_fills=6, max_delta=7
        ),
    ),
    (
        schemas.ResetMarketMakerProtection(ref=3, quote_group=2),
        commands.pack_reset_market_maker_protection(1, 2),
    ),
    (schemas.CancelAfter(ref=3, timeout_ns=2**64 - 1), commands.pack_cancel_after(1, 2**64 - 1)),
    (schemas.CancelAfter(ref=3, timeout_ns=0, timer="session"), commands.pack_cancel_after(1, 0, timer=1)),
    (
        schemas.PlaceOco(
            ref=3,
            instrument="AAPL-USDC",
            side="sell",
            price=9,
            quantity=8,
            trigger="reference",
            trigger_price=7,
            stop_price=6,
            stp="both",
            client_order_id="pair",
            expires_at=2**64 - 1,
            lifetime="day",
        ),
        commands.pack_place_oco(
            *(1, 0, 1, 9, 8),
            trigger=3,
            trigger_price=7,
            stop_price=6,
            stp=2,
            client_order_id="pair",
            expires_at=2**64 - 1,
            lifetime=1,
        ),
    ),
    (
        schemas.PlaceOco(
            ref=3, instrument="AAPL-USDC", side="buy", price=9, quantity=8, trigger="last_trade", trigger_price=7
        ),
        commands.pack_place_oco(1, 0, 0, 9, 8, trigger=1, trigger_price=7),
    ),
    (
        schemas.PlaceBracket(
            ref=3,
            instrument="AAPL-USDC",
            side="buy",
            price=5,
            quantity=4,
            take_profit=9,
            trigger="best_opposite",
            trigger_price=3,
            stop_price=2,
            order_type="market_to_limit",
            time_in_force="post_only",
            stp="oldest",
            client_order_id="bracket",
            expires_at=1,
            lifetime="auction",
        ),
        commands.pack_place_bracket(
            *(1, 0, 0, 5, 4),
            take_profit=9,
            trigger=2,
            trigger_price=3,
            stop_price=2,
            order_type=2,
            time_in_force=3,
            stp=1,
            client_order_id="bracket",
            expires_at=1,
            lifetime=2,
        ),
    ),
    (
        schemas.PlaceBracket(
            ref=3,
            instrument="AAPL-USDC",
            side="sell",
            price=5,
            quantity=4,
            take_profit=1,
            trigger="last_trade",
            trigger_price=7,
        ),
        commands.pack_place_bracket(1, 0, 1, 5, 4, take_profit=1, trigger=1, trigger_price=7),
    ),
]


@pytest.mark.parametrize(("request_", "record"), OWN_COMMANDS, ids=lambda value: type(value).__name__)
def test_what_an_account_asks_for_is_of_the_sessions_own(request_: schemas.Request, record: bytes) -> None:
    peer = Peer("maker")
    assert peer.send(request_) == []
    assert peer.hub.named("submit") == [(1, 3, record)]


def test_the_operator_sees_what_stands_behind_assets() -> None:
    peer = Peer("operator")
    terms = {"isin": "", "currency": "", "vault": "V", "backing": 5, "min_redemption": 1, "redemption_unit": 1}
    sums = {"minted": 9, "burned": 2, "redeeming": 1, "fine_weight": 8, "most": 7, "expired": True}
    said = {"attestor": None, "reserve": 0, "as_of": 0, "valid_until": 0}
    fees = {"redemption_fee": 0, "redemption_fee_rate": 3}
    peer.hub.backed = [
        {"asset": 1, "issuer": 4, "form": 1, "attestation": 2, "bars": 1, **terms, **fees, **sums, **said}
    ]
    (backing,) = peer.send(schemas.AdminGetBacking(ref=4))
    assert isinstance(backing, schemas.Backing)
    (row,) = backing.assets
    assert (row.asset, row.form, row.attestation, row.bars, row.attestor) == (
        "AAPL",
        "tokenized",
        "trading",
        "pooled",
        None,
    )
    assert backing.attestors == [schemas.AttestorInfo(public_key=bytes(range(32)).hex(), status="inactive")]
    assert [refiner.status for refiner in backing.refiners] == ["listed", "delisted"]
    assert [(peg.asset, peg.value, peg.depegged) for peg in backing.pegs] == [("USDC", 980_000, True)]
    (second,) = peer.send(schemas.AdminGetBacking(ref=5, first=1))
    assert isinstance(second, schemas.Backing)
    assert (second.assets, second.attestors, second.pegs, second.next) == ([], [], [], 0)
    (bars,) = peer.send(schemas.AdminGetBars(ref=6, first=2, limit=2))
    assert isinstance(bars, schemas.Bars)
    assert [(bar.bar, bar.assigned) for bar in bars.bars] == [(2, False), (3, True)]
    assert bars.next == 4
    (unknown,) = peer.send(schemas.AdminGetRedemptions(ref=7, account=5))
    assert isinstance(unknown, schemas.Error)
    assert unknown.code == "unknown_account"


def test_every_command_has_a_request_and_every_request_a_table() -> None:
    """What the vocabulary writes is used whole; only the sequencer sends pulses, and only the gateway knows keys."""
    assert {type(request) for request, _ in ADMIN_COMMANDS + OWN_COMMANDS} == schemas.COMMANDS.keys()
    requests = len(schemas.COMMANDS) + len(get_args(schemas.HotRequest))
    assert requests == len(set(CommandKind) - {CommandKind.PULSE, CommandKind.SET_KEY, CommandKind.REVOKE_KEY})


# order and transcoding


def test_messages_of_one_chunk_are_carried_out_in_order() -> None:
    peer = Peer("maker")
    peer.hub.calls.clear()
    chunk = b"".join(
        message_frame(request)
        for request in (
            PLACE,
            schemas.Withdraw(asset="USDC", amount=1),
            schemas.Subscribe(channel="book", instrument="AAPL-USDC"),
            PLACE,
            PLACE,
            schemas.Unsubscribe(channel="book", instrument="AAPL-USDC"),
        )
    )
    peer.bytes_in(chunk)
    assert [call[0] for call in peer.hub.calls] == ["hot", "submit", "subscribe", "hot", "hot", "unsubscribe"]


def test_chunks_split_anywhere_give_the_same() -> None:
    data = message_frame(schemas.Ping(ref=1)) + message_frame(schemas.Ping(ref=2))
    for cut in range(len(data)):
        peer = Peer("maker")
        assert peer.bytes_in(data[:cut]) + peer.bytes_in(data[cut:]) == [schemas.Pong(ref=1), schemas.Pong(ref=2)]


def test_hot_messages_in_json_reach_the_hub_as_messagepack() -> None:
    peer = Peer("maker", text=True)
    for request in TRADING[:4]:
        assert peer.send(request) == []
    payloads = [payload for _, payload in peer.hub.named("message")]
    assert [schemas.decode_request(payload, text=False) for payload in payloads] == TRADING[:4]


def test_a_text_frame_in_a_binary_session_is_answered_in_binary() -> None:
    peer = Peer("maker")
    assert peer.bytes_in(message_frame(schemas.Ping(ref=4), text=True)) == [schemas.Pong(ref=4)]


# queries and channels


def test_queries() -> None:
    peer = Peer("viewer")
    (instruments,) = peer.send(schemas.GetInstruments(ref=1))
    assert isinstance(instruments, schemas.Instruments)
    assert instruments.assets == [
        schemas.AssetInfo(symbol="USDC", asset_class="stablecoin", decimals=6, min_withdrawal=1),
        schemas.AssetInfo(symbol="AAPL", asset_class="equity", decimals=4, min_withdrawal=100),
    ]
    assert instruments.instruments == [
        schemas.InstrumentInfo(
            symbol="AAPL-USDC",
            base="AAPL",
            quote="USDC",
            lot_size=100,
            tick_lot_value=100,
            max_price=1_000_000,
            collar_bps=500,
            phase="continuous",
            price_increment="0.01",
            quantity_increment="0.01",
        )
    ]
    (balances,) = peer.send(schemas.GetBalances(ref=2))
    assert isinstance(balances, schemas.Balances)
    assert (balances.ref, balances.account_seq) == (2, 7)
    assert [(item.asset, item.available, item.held) for item in balances.balances] == [
        ("USDC", 1000, 5),
        ("AAPL", 1001, 5),
    ]
    assert peer.send(schemas.GetOrders(ref=3)) == [schemas.Orders(ref=3, seq=0, account_seq=7, orders=[])]
    assert peer.send(schemas.Replay(ref=4, from_account_seq=2**64 - 1)) == []
    assert peer.hub.named("replay") == [(1, 4, 2**64 - 1)]


def test_balances_are_those_that_the_account_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many assets are listed, nobody asks for each of them."""
    peer = Peer("viewer")
    monkeypatch.delattr(FakeHub, "balance")
    monkeypatch.setattr(FakeHub, "balances", lambda hub, account: [(1, 40 + account, 5)])
    (balances,) = peer.send(schemas.GetBalances(ref=2))
    assert isinstance(balances, schemas.Balances)
    assert balances.balances == [schemas.BalanceInfo(asset="AAPL", available=41, held=5)]


def _order(order_id: int) -> Order:
    return Order(
        order_id=order_id,
        client_order_id="c",
        account=1,
        instrument=0,
        side=1,
        price=7,
        quantity=5,
        leaves=4,
        filled=1,
        time_in_force=3,
        stp=2,
    )


@pytest.mark.parametrize(
    ("count", "after", "limit", "page", "more"),
    [
        (0, 0, 256, [], False),
        (3, 0, 256, [1, 2, 3], False),
        (3, 0, 2, [1, 2], True),
        (3, 2, 2, [3], False),
        (3, 3, 2, [], False),
        (3, 2**64 - 1, 1, [], False),
        (257, 0, 256, list(range(1, 257)), True),
    ],
)
def test_orders_come_in_pages(count: int, after: int, limit: int, page: list[int], more: bool) -> None:
    peer = Peer("maker")
    peer.hub.orders = [_order(number + 1) for number in range(count)]
    (reply,) = peer.send(schemas.GetOrders(ref=3, after=after, limit=limit))
    assert isinstance(reply, schemas.Orders)
    assert ([order.order_id for order in reply.orders], reply.more) == (page, more)
    if reply.orders:
        order = reply.orders[0]
        assert (order.side, order.time_in_force, order.stp) == ("sell", "post_only", "both")


@pytest.mark.parametrize("limit", [0, -1, 257])
def test_a_page_is_bounded(limit: int) -> None:
    peer = Peer("maker")
    payload = msgspec.msgpack.encode({"op": "get_orders", "limit": limit})
    assert peer.error(peer.raw(payload)).code == "invalid_message"


# what the operator may ask


def _pages(peer: Peer, request: schemas.AdminPage, name: str) -> list[list[Any]]:
    """All pages of a list, each as its entries."""
    pages = []
    while True:
        (reply,) = peer.send(request)
        pages.append(getattr(reply, name))
        assert (getattr(reply, "ref", None), len(pages[-1]) <= request.limit) == (request.ref, True)
        following = getattr(reply, "next", 0)
        assert following == 0 or following > request.first, "pages go on"
        if not following:
            return pages
        request = msgspec.structs.replace(request, first=following)


def test_an_operator_sees_what_there_is() -> None:
    peer = Peer("operator")
    peer.hub.withdrawals = [(3, 1, 0, 250), (7, 2, 1, 5)]
    peer.hub.orders = [_order(4)]
    (accounts,) = peer.send(schemas.AdminGetAccounts(ref=1, first=3))
    assert accounts == schemas.Accounts(
        ref=1,
        seq=0,
        accounts=[
            schemas.AccountInfo(
                account=account,
                fee_schedule=account % 2,
                max_open_orders=4_096,
                client_id_window=128,
                max_open_notional=10 * account,
                open_orders=1,
                pending_withdrawals=2,
            )
            for account in (3, 4)
        ],
    )
    (balances,) = peer.send(schemas.AdminGetBalances(ref=2, account=3, first=1))
    balance = schemas.BalanceInfo(asset="AAPL", available=3_001, held=5)
    assert balances == schemas.Balances(ref=2, seq=0, account_seq=7, balances=[balance])
    (orders,) = peer.send(schemas.AdminGetOrders(ref=3, account=1))
    assert isinstance(orders, schemas.Orders)
    assert ([order.order_id for order in orders.orders], orders.more, orders.next) == ([4], False, 0)
    (withdrawals,) = peer.send(schemas.AdminGetWithdrawals(ref=4, account=2))
    withdrawal = schemas.WithdrawalInfo(withdrawal_id=7, account=2, asset="AAPL", amount=5)
    assert withdrawals == schemas.Withdrawals(ref=4, seq=0, withdrawals=[withdrawal])
    peer.hub.schedules = [(50, 200, [(1_000, -50, 150)])]
    (fees,) = peer.send(schemas.AdminGetFees(ref=5))
    tier = schemas.FeeTier(notional=1_000, maker_rate=-50, taker_rate=150)
    assert fees == schemas.Fees(
        ref=5,
        seq=0,
        fees=[
            schemas.FeeInfo(fee_schedule=0, maker_rate=50, taker_rate=200, tiers=[tier]),
            schemas.FeeInfo(fee_schedule=0, instrument="AAPL-USDC", effective_at=7, change="remove"),
        ],
    )


@pytest.mark.parametrize("limit", [1, 2, 3, 256])
def test_lists_come_in_pages_that_miss_nothing(limit: int) -> None:
    peer = Peer("operator")
    peer.hub.withdrawals = [(number, 1, 0, 1) for number in (2, 3, 5, 8, 13, 21)]
    peer.hub.orders = [_order(number) for number in (1, 2, 4, 8)]
    peer.hub.schedules = [(number, 0, []) for number in range(5)]
    for request, name, key, expected in (
        (schemas.AdminGetAccounts(ref=1), "accounts", "account", [0, 1, 2, 3, 4]),
        (schemas.AdminGetBalances(ref=2, account=1), "balances", "asset", ["USDC", "AAPL"]),
        (schemas.AdminGetOrders(ref=3, account=1), "orders", "order_id", [1, 2, 4, 8]),
        (schemas.AdminGetWithdrawals(ref=4), "withdrawals", "withdrawal_id", [2, 3, 5, 8, 13, 21]),
        (schemas.AdminGetFees(ref=5), "fees", "fee_schedule", [0, 1, 2, 3, 4, 0]),
        (schemas.AdminGetHolders(ref=7), "holders", "account", [1, 2, 4]),
        (schemas.AdminGetEligibility(ref=7), "tables", "classes", [4, 2]),
        (schemas.AdminGetFreezes(ref=7), "freezes", "amount", [0, 5, 6]),
        (schemas.AdminGetBeneficial(ref=7, account=1), "beneficial", "holder", [8, 9]),
        (schemas.AdminGetActions(ref=7), "actions", "action", [1, 3]),
        (schemas.AdminGetSessions(ref=6), "sessions", "session", [1]),
        (schemas.AdminGetKeys(ref=7), "keys", "name", ["maker", "taker", "viewer", "operator"]),
    ):
        pages = _pages(peer, msgspec.structs.replace(request, limit=limit), name)
        assert [getattr(entry, key) for page in pages for entry in page] == expected
        assert len(pages) == -(-len(expected) // limit), "no page is empty"


@pytest.mark.parametrize("op", ["accounts", "balances", "orders", "withdrawals", "fees", "actions", "sessions", "keys"])
@pytest.mark.parametrize(("field", "value"), [("limit", 0), ("limit", 257), ("first", -1), ("first", 2**64)])
def test_pages_of_the_operator_are_bounded(op: str, field: str, value: int) -> None:
    peer = Peer("operator", text=True)
    account = {"account": 1} if op in ("balances", "orders") else {}
    error = peer.error(peer.raw(msgspec.json.encode({"op": f"admin_get_{op}", field: value, **account})))
    assert error.code == "invalid_message"
    assert field in error.message
    beyond = {"op": f"admin_get_{op}", "first": 2**64 - 1, **account}
    (reply,) = peer.raw(msgspec.json.encode(beyond))
    assert (getattr(reply, op), getattr(reply, "next", 0)) == ([], 0)


def test_the_operator_sees_sessions_and_ends_them() -> None:
    peer = Peer("operator")
    link = FakeLink()
    other = Session(peer.shared, CHALLENGE, link)
    Session(peer.shared, CHALLENGE, FakeLink())  # which does not log on
    other.receive(message_frame(logon("maker")), peer.now_ns)
    peer.hub.poll()
    mine, theirs = peer.session.id, other.id
    where: dict[str, Any] = {"address": "192.0.2.7", "port": 50_123, "since_ns": FakeLink.since_ns, "unread_bytes": 17}
    (listed,) = peer.send(schemas.AdminGetSessions(ref=1))
    assert listed == schemas.Sessions(
        ref=1,
        sessions=[
            schemas.SessionInfo(session=mine, key="operator", **where),
            schemas.SessionInfo(session=theirs, key="maker", account=1, **where),
        ],
    )
    assert peer.send(schemas.AdminDisconnect(ref=2, session=theirs)) == [schemas.Ok(ref=2)]
    assert link.closed == [(CloseCode.DISCONNECTED, "the operator ended the session")]
    assert peer.link.closed == []
    other.ended(peer.now_ns)
    assert peer.error(peer.send(schemas.AdminDisconnect(ref=3, session=theirs))).code == "unknown_session"
    (listed,) = peer.send(schemas.AdminGetSessions(ref=4))
    assert isinstance(listed, schemas.Sessions)
    assert [each.session for each in listed.sessions] == [mine]


def test_channels() -> None:
    peer = Peer("viewer")
    for number, channel in enumerate(schemas.CHANNELS):
        instrument = "" if channel == "balances" else "AAPL-USDC"
        replies = peer.send(schemas.Subscribe(ref=1, channel=channel, instrument=instrument))
        assert replies[0] == schemas.Ok(ref=1)
        assert [type(reply) for reply in replies[1:]] == ([schemas.Balances] if channel == "balances" else [])
        assert peer.hub.named("subscribe")[-1] == (1, number, 0)
        assert peer.send(schemas.Unsubscribe(ref=2, channel=channel, instrument=instrument)) == [schemas.Ok(ref=2)]
        assert peer.hub.named("unsubscribe")[-1] == (1, number, 0)


@pytest.mark.parametrize(
    ("name", "request_", "code"),
    [
        ("viewer", schemas.Subscribe(ref=1, channel="book"), "unknown_instrument"),
        ("viewer", schemas.Subscribe(ref=1, channel="trades", instrument="X"), "unknown_instrument"),
        ("viewer", schemas.Unsubscribe(ref=1, channel="bbo", instrument="X"), "unknown_instrument"),
        ("viewer", schemas.Subscribe(ref=1, channel="balances", instrument="AAPL-USDC"), "invalid_message"),
        ("maker", schemas.Withdraw(ref=1, asset="EUR", amount=1), "unknown_asset"),
        ("operator", schemas.AdminHalt(ref=1, instrument="AAPL"), "unknown_instrument"),
        ("operator", schemas.AdminDeposit(ref=1, account=1, asset="", amount=1), "unknown_asset"),
        ("operator", schemas.AdminSnapshot(ref=1), "unavailable"),
        ("operator", schemas.AdminGetBalances(ref=1, account=5), "unknown_account"),
        ("operator", schemas.AdminGetOrders(ref=1, account=2**32 - 1), "unknown_account"),
        ("operator", schemas.AdminGetWithdrawals(ref=1, account=5), "unknown_account"),
        ("operator", schemas.AdminDisconnect(ref=1, session=99), "unknown_session"),
        ("operator", schemas.AdminDisconnect(ref=1, session=1), "unknown_session"),
    ],
)
def test_unknown_names_change_nothing(name: str, request_: schemas.Request, code: str) -> None:
    peer = Peer(name)
    error = peer.error(peer.send(request_))
    assert (error.ref, error.code) == (1, code)
    assert peer.hub.named("submit") == peer.hub.named("subscribe") == []


def test_new_listings_are_known_at_once() -> None:
    peer = Peer("maker")
    request = schemas.Withdraw(ref=1, asset="EUR", amount=1)
    assert peer.error(peer.send(request)).code == "unknown_asset"
    peer.hub.listed_assets.append(("EUR", 0, 2, 1))
    assert peer.send(request) == []
    assert len(peer.hub.named("submit")) == 1


# bad input

PLACE_FIELDS = {"op": "place", "ref": 9, "instrument": "AAPL-USDC", "side": "buy", "price": 100, "quantity": 1}
BAD_FIELDS = [
    # (field, value, what the message says)
    ("side", "bid", "Invalid enum value 'bid' - at `$.side`"),
    ("side", 0, "Expected `str`, got `int` - at `$.side`"),
    ("price", "100", "Expected `int`, got `str` - at `$.price`"),
    ("price", 1.5, "Expected `int`, got `float` - at `$.price`"),
    ("price", None, "Expected `int`, got `"),
    ("price", True, "Expected `int`, got `bool` - at `$.price`"),
    ("price", 2**63, "Expected `int` <= 9223372036854775807 - at `$.price`"),
    ("quantity", [1], "Expected `int`, got `array` - at `$.quantity`"),
    ("notional", 5, "`quantity` and `notional` exclude each other"),
    ("time_in_force", "day", "Invalid enum value 'day' - at `$.time_in_force`"),
    ("type", "stop", "Invalid enum value 'stop' - at `$.type`"),
    ("stp", "", "Invalid enum value '' - at `$.stp`"),
    ("client_order_id", "x" * 37, "Expected `str` of length <= 36 - at `$.client_order_id`"),
    ("client_order_id", "a b", "Expected `str` matching regex"),
    ("client_order_id", "ü", "Expected `str` matching regex"),
    ("client_order_id", "a\n", "Expected `str` matching regex"),
    ("instrument", "I" * 17, "Expected `str` of length <= 16 - at `$.instrument`"),
    ("colour", "red", "Object contains unknown field `colour`"),
    ("op", "plaice", "Invalid value 'plaice' - at `$.op`"),
    ("op", 1, "Expected `str`"),
]


@pytest.mark.parametrize("text", [False, True])
@pytest.mark.parametrize(("field", "value", "message"), BAD_FIELDS)
def test_bad_fields_are_named(field: str, value: Any, message: str, text: bool) -> None:
    peer = Peer("maker", text=text)
    encoder: Any = msgspec.json if text else msgspec.msgpack
    error = peer.error(peer.raw(encoder.encode({**PLACE_FIELDS, field: value})))
    assert (error.ref, error.code) == (9, "invalid_message")
    assert message in error.message
    assert peer.hub.named("hot") == peer.hub.named("message") == []
    assert peer.session.closing is None


@pytest.mark.parametrize("text", [False, True])
@pytest.mark.parametrize("missing", ["op", "instrument", "side"])
def test_missing_fields_are_named(missing: str, text: bool) -> None:
    peer = Peer("maker", text=text)
    encoder: Any = msgspec.json if text else msgspec.msgpack
    fields = {name: value for name, value in PLACE_FIELDS.items() if name != missing}
    error = peer.error(peer.raw(encoder.encode(fields)))
    assert (error.ref, error.code) == (9, "invalid_message")
    assert missing in error.message


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"null",
        b"[]",
        b"17",
        b"{",
        b'{"op":"ping"',
        b'{"op":"ping"}}',
        b"\xff\xfe",
        b'{"op":"ping","ref":-1}',
        b'{"op":"ping","ref":18446744073709551616}',
        b'{"op":"ping","ref":' + b"9" * 4000 + b"}",
        b'{"op":"ping","ref":1e400}',
        b'{"op":"replay","from_account_seq":18446744073709551616}',
        b'{"op":"cancel","order_id":18446744073709551616}',
        b'{"op":"ping","x":' + b"[" * 2000 + b"]" * 2000 + b"}",
        b'{"x":' + b'{"x":' * 700 + b"1" + b"}" * 701,
    ],
    ids=lambda payload: payload[:30].decode(errors="replace"),
)
@pytest.mark.parametrize("text", [False, True])
def test_garbage_is_answered_and_the_session_goes_on(payload: bytes, text: bool) -> None:
    peer = Peer("maker", text=text)
    assert peer.error(peer.raw(payload)).code == "invalid_message"
    assert peer.send(schemas.Ping(ref=1)) == [schemas.Pong(ref=1)]


@pytest.mark.parametrize(
    "payload",
    [
        b"\x82\xa2op\xa4ping\xa3ref\xcf",  # truncated integer
        b"\x81\xa2op\xa4pi\xffg",  # a string that is not UTF-8
        b"\x82\xa2op\xa4ping\xa2\xff\xff\x01",  # a key that is not UTF-8
        b"\xdf\xff\xff\xff\xff",  # a map of 2^32 - 1 entries
        b"\xc1",  # never used
        b"\x91" * 4000,
        b"\x82\xa2op\xa4ping\xa3ref\xff",  # -1
        b"\xc7\x01\x05\x00",  # an extension
    ],
)
def test_messagepack_garbage(payload: bytes) -> None:
    peer = Peer("maker")
    assert peer.error(peer.raw(payload)).code == "invalid_message"
    assert peer.send(schemas.Ping(ref=1)) == [schemas.Pong(ref=1)]


def test_wire_errors_close_with_their_code() -> None:
    peer = Peer("maker")
    good = message_frame(schemas.Ping(ref=1))
    peer.bytes_in(good + client_frame(Opcode.BINARY, b"x", mask=None))
    assert peer.session.closing == (1002, "unmasked")
    assert peer.bytes_in(good) == []


def test_client_close_and_ping() -> None:
    peer = Peer("maker")
    peer.bytes_in(client_frame(Opcode.PING, b"abc"))
    assert peer.control == [(Opcode.PONG, b"abc")]
    peer.bytes_in(client_frame(Opcode.PONG, b""))
    assert peer.control == []
    peer.bytes_in(client_frame(Opcode.CLOSE, struct.pack(">H", 1000)) + message_frame(schemas.Ping()))
    assert peer.control == [(Opcode.CLOSE, struct.pack(">H", 1000))]
    assert peer.session.closing == (1000, "")


@given(st.binary(max_size=300), st.booleans())
def test_any_payload_gets_at_most_an_error(payload: bytes, text: bool) -> None:
    peer = Peer("maker", text=text)
    for reply in peer.raw(payload):
        assert isinstance(reply, schemas.Error)
    assert peer.send(schemas.Ping(ref=1)) == [schemas.Pong(ref=1)]


@given(st.binary(max_size=300))
def test_any_bytes_never_escape_the_session(data: bytes) -> None:
    peer = Peer("maker")
    peer.bytes_in(data)
    assert peer.session.closing is None or peer.session.closing.code in set(CloseCode)


ODD_VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    1,
    2**31,
    2**32,
    2**63 - 1,
    2**63,
    -(2**63),
    2**64 - 1,
    2**64,
    10**30,
    0.5,
    1e300,
    "",
    "buy",
    "USDC",
    "AAPL",
    "AAPL-USDC",
    "book",
    "balances",
    "x" * 65,
    "\u0000",
    "\ud7ff",
    [],
    [1],
    {},
    {"op": "ping"},
]


@pytest.mark.parametrize("example", [text for text in EXAMPLES if op_of(text) in REQUESTS], ids=op_of)
def test_any_field_of_any_request_may_hold_anything(example: str) -> None:
    """Each request with each field replaced by each odd value: an answer or a whole record, never worse."""
    fields = msgspec.json.decode(example)
    peer = Peer("operator", text=True, limits=LimitsConfig(requests_burst=100_000))
    for field in fields:
        for value in ODD_VALUES:
            for reply in peer.raw(msgspec.json.encode({**fields, field: value})):
                if isinstance(reply, schemas.Error):
                    assert reply.code in (*schemas.ERROR_CODES, *schemas.REJECT_REASONS)
            assert peer.session.closing is None
    for _, _, record in peer.hub.named("submit"):
        assert unpack(record).body is not None


# limits


def test_frames_over_the_keys_allowance_are_refused() -> None:
    peer = Peer("viewer")
    peer.hub.exhausted.add(2)
    assert (error := peer.error(peer.send(schemas.Ping(ref=8)))).code == "rate_limited"
    assert error.ref == 8
    assert peer.error(peer.raw(b"\xc1")).code == "rate_limited"
    assert peer.bytes_in(client_frame(Opcode.PING, b"hello")) == []
    assert peer.control == [], "not even a pong"
    peer.hub.exhausted.clear()
    assert peer.send(schemas.Ping(ref=1)) == [schemas.Pong(ref=1)]


def test_a_turn_is_bounded() -> None:
    peer = Peer("viewer")
    pings = message_frame(schemas.Ping(ref=1)) * (2 * TURN_FRAMES)
    answered = []
    more, data = True, pings
    while more:
        more, data = peer.session.receive(data, peer.now_ns), b""
        answered.append(len(peer.replies()))
    assert answered == [TURN_FRAMES, TURN_FRAMES, 0]


def test_a_large_answer_ends_the_turn() -> None:
    peer = Peer("maker")
    peer.hub.orders = [_order(number) for number in range(1, 257)]
    small, large = message_frame(schemas.Ping(ref=1)), message_frame(schemas.GetOrders(ref=2))
    replay = message_frame(schemas.Replay(ref=3, from_account_seq=1))
    for last in (large, replay):
        assert peer.session.receive(small + last + small, peer.now_ns)
        assert schemas.Pong(ref=1) in peer.replies()
        assert not peer.session.receive(b"", peer.now_ns)
        assert peer.replies() == [schemas.Pong(ref=1)]


def test_overflowed_output_closes_as_slow_consumer() -> None:
    peer = Peer("maker")
    assert peer.session.frames(None) == b""
    assert peer.session.closing is not None
    assert peer.session.closing.code == CloseCode.SLOW_CONSUMER


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_frames_of_every_length(size: int) -> None:
    payload = bytes(size)
    assert server_frames(frame(Opcode.BINARY, payload)) == [(Opcode.BINARY, payload)]


def test_close_reason_is_cut_between_characters() -> None:
    ((_, payload),) = server_frames(close_frame(4000, "ü" * 100))
    assert payload[2:].decode() == "ü" * 61
