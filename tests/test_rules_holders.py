"""Who may hold what (`engine_core/docs/assets.md`, Holders): which refusal wins, limits, and what holds after every
command of a long flow.

How it trades is in tests/tables/holders.py; here a command that breaks two rules is told the first one in its list.
"""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

import pyengine
from pyengine import reference
from pyengine.commands import pack_freeze, pack_set_beneficial
from pyengine.events import Event
from pyengine.packing import pack
from pyengine.records import (
    BODY_OF_KIND,
    MAX_AMOUNT,
    MAX_FREEZES,
    MAX_JURISDICTIONS,
    NONE_ID,
    CancelReason,
    CommandKind,
    EventKind,
    FreezeScope,
    InvestorClass,
    JurisdictionEntry,
    RejectCode,
    Side,
)
from pyengine.reference.eligibility import barred_from
from pyengine.state import PURPOSES
from tests.flow import Flow
from tests.scenarios import ACCOUNTS, opening

ALICE, BOB, POOR, NOBODY = (ACCOUNTS[name] for name in ("alice", "bob", "poor", "nobody"))
UNVERIFIED, RETAIL, AMERICAN, FROZEN, OWNER = range(6, 11)
"""One account for each refusal, and one that may everything but hold much."""
USDC, AAPL, GOLD, NONE = 0, 1, 2, 77
US, DE = (int.from_bytes(code, "little") for code in (b"US", b"DE"))
MOST = 10_010
"""Units of AAPL that an account may hold: a lot more than the owner does."""
LATER, NOW = 100, 7

Change = dict[str, Any]
Rule = tuple[RejectCode, Change]


def world(new_engine: Any) -> Any:
    """AAPL may be received by verified professionals outside the US, and not much of it; GOLD is frozen."""
    engine = opening(new_engine)
    for account in range(UNVERIFIED, OWNER + 1):
        engine.create_account(account)
        engine.deposit(account, USDC, 10_000)
    for account in (FROZEN, OWNER):
        engine.deposit(account, AAPL, 10_000)
    sound: dict[str, int] = {"investor_class": InvestorClass.PROFESSIONAL, "jurisdiction": DE, "verified_until": LATER}
    for account in (ALICE, BOB, FROZEN, OWNER):
        engine.set_holder(account, **sound)
    engine.set_holder(UNVERIFIED, **sound | {"verified_until": NOW, "investor_class": 0, "jurisdiction": US})
    engine.set_holder(RETAIL, **sound | {"investor_class": InvestorClass.RETAIL, "jurisdiction": US})
    engine.set_holder(AMERICAN, **sound | {"jurisdiction": US})
    engine.freeze(FROZEN)
    engine.freeze(scope=FreezeScope.ASSET, asset=GOLD)
    table: dict[str, Any] = {"classes": 1 << InvestorClass.PROFESSIONAL, "verification": 1, "jurisdiction_rule": 2}
    table["jurisdictions"] = [JurisdictionEntry(US)]
    engine.set_eligibility(asset=AAPL, **table, max_holding=MOST, timestamp_ns=NOW)
    return engine


KEPT_OUT: list[Rule] = [
    (RejectCode.NOT_VERIFIED, {"account": UNVERIFIED}),
    (RejectCode.CLASS_NOT_ELIGIBLE, {"account": RETAIL}),
    (RejectCode.JURISDICTION_NOT_ELIGIBLE, {"account": AMERICAN}),
]
TO_THEM: list[Rule] = [(code, {"to_account": change["account"]}) for code, change in KEPT_OUT]
TWICE = [JurisdictionEntry(US), JurisdictionEntry(US)]
MANY = [JurisdictionEntry(US)] * (MAX_JURISDICTIONS + 1)


def naming(*entries: JurisdictionEntry, rule: int = 1) -> Change:
    return {"jurisdictions": entries, "jurisdictions_len": len(entries), "jurisdiction_rule": rule}


RULES: list[tuple[CommandKind, Change, list[Rule]]] = [
    (
        CommandKind.PLACE,
        {"account": OWNER, "instrument": 0, "side": Side.BUY, "price": 10, "quantity": 1},
        [
            (RejectCode.MALFORMED, {"stp": 9}),
            (RejectCode.OVERFLOW, {"quantity": 1 << 61}),
            *KEPT_OUT,
            (RejectCode.HOLDING_LIMIT, {"quantity": 2}),
            (RejectCode.ACCOUNT_FROZEN, {"account": FROZEN}),
            (RejectCode.INSUFFICIENT_FUNDS, {"price": 101}),
        ],
    ),
    (
        CommandKind.DEPOSIT,
        {"account": OWNER, "asset": AAPL, "amount": 10},
        [
            (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
            (RejectCode.UNKNOWN_ASSET, {"asset": NONE}),
            (RejectCode.INVALID_AMOUNT, {"amount": 0}),
            (RejectCode.OVERFLOW, {"amount": MAX_AMOUNT}),
            (RejectCode.ASSET_FROZEN, {"asset": GOLD}),
            *KEPT_OUT,
            (RejectCode.HOLDING_LIMIT, {"amount": 11}),
        ],
    ),
    (
        CommandKind.TRANSFER,
        {"account": ALICE, "to_account": OWNER, "asset": AAPL, "amount": 10},
        [
            (RejectCode.UNKNOWN_COUNTERPARTY, {"to_account": NOBODY}),
            (RejectCode.UNKNOWN_ASSET, {"asset": NONE}),
            (RejectCode.INVALID_AMOUNT, {"amount": 0}),
            (RejectCode.ACCOUNT_FROZEN, {"account": FROZEN}),
            (RejectCode.ASSET_FROZEN, {"asset": GOLD}),
            *TO_THEM,
            (RejectCode.HOLDING_LIMIT, {"amount": 11}),
            (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
        ],
    ),
    (
        CommandKind.REQUEST_WITHDRAWAL,
        {"account": ALICE, "asset": AAPL, "amount": 10},
        [
            (RejectCode.UNKNOWN_ASSET, {"asset": NONE}),
            (RejectCode.INVALID_AMOUNT, {"amount": 0}),
            (RejectCode.ACCOUNT_FROZEN, {"account": FROZEN}),
            (RejectCode.ASSET_FROZEN, {"asset": GOLD}),
            (RejectCode.INSUFFICIENT_FUNDS, {"amount": 10_001}),
        ],
    ),
    (
        CommandKind.FORCE_TRANSFER,
        {"account": ALICE, "to_account": OWNER, "asset": AAPL, "amount": 10, "reference": b"x", "reference_len": 1},
        [
            (RejectCode.MALFORMED, {"reference_len": 0, "reference": b""}),
            (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
            (RejectCode.UNKNOWN_COUNTERPARTY, {"to_account": NOBODY}),
            (RejectCode.UNKNOWN_ASSET, {"asset": NONE}),
            (RejectCode.INVALID_AMOUNT, {"amount": 0}),
            *TO_THEM,
            (RejectCode.HOLDING_LIMIT, {"amount": 11}),
            (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
        ],
    ),
    (
        CommandKind.SET_HOLDER,
        {"account": ALICE, "investor_class": 1},
        [(RejectCode.MALFORMED, {"investor_class": 5}), (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY})],
    ),
    (
        CommandKind.SET_ELIGIBILITY,
        {"asset": USDC, "instrument": NONE_ID},
        [
            (RejectCode.MALFORMED, {"verification": 2}),
            (RejectCode.UNKNOWN_ASSET, {"asset": NONE}),
            (RejectCode.INVALID_PARAMETER, {"classes": 32}),
        ],
    ),
    (
        CommandKind.SET_ELIGIBILITY,
        {"asset": NONE_ID, "instrument": 0},
        [
            (RejectCode.MALFORMED, {"jurisdiction_rule": 3}),
            (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
            (RejectCode.INVALID_PARAMETER, {"max_holding": 1}),
        ],
    ),
    (
        CommandKind.FREEZE,
        {"account": ALICE, "scope": FreezeScope.UNITS, "asset": AAPL, "amount": 1},
        [
            (RejectCode.MALFORMED, {"scope": 3}),
            (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
            (RejectCode.UNKNOWN_ASSET, {"asset": NONE}),
            (RejectCode.INVALID_PARAMETER, {"until": NOW}),
            (RejectCode.INVALID_AMOUNT, {"amount": 0}),
        ],
    ),
    (
        CommandKind.UNFREEZE,
        {"account": ALICE, "scope": FreezeScope.ACCOUNT, "asset": NONE_ID},
        [
            (RejectCode.MALFORMED, {"scope": 3}),
            (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
            (RejectCode.INVALID_PARAMETER, {"asset": AAPL}),
        ],
    ),
    (
        CommandKind.RESUME,
        {"instrument": 0, "cause": 5},
        [(RejectCode.MALFORMED, {"cause": 9}), (RejectCode.ASSET_FROZEN, {"instrument": 1})],
    ),
    (
        CommandKind.SET_BENEFICIAL,
        {"account": ALICE, "asset": AAPL, "to_holder": 7, "quantity": 1},
        [
            (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
            (RejectCode.UNKNOWN_ASSET, {"asset": NONE}),
            (RejectCode.INVALID_AMOUNT, {"quantity": 0}),
            (RejectCode.INVALID_PARAMETER, {"from_holder": 7}),
            (RejectCode.INSUFFICIENT_FUNDS, {"quantity": 10_001}),
        ],
    ),
]
CASES = [(kind, base, *rule) for kind, base, rules in RULES for rule in rules]
PAIRS = [
    (kind, base, earlier[0], earlier[1] | later[1])
    for kind, base, rules in RULES
    for earlier, later in itertools.combinations(rules, 2)
    if not earlier[1].keys() & later[1].keys()
]


def record(kind: CommandKind, fields: Change) -> bytes:
    fields = fields.copy()
    account = fields.pop("account", 0)
    return pack(kind, account, BODY_OF_KIND[kind](**fields))


@pytest.mark.parametrize(("kind", "base"), [(kind, base) for kind, base, _ in RULES], ids=str)
def test_the_base_breaks_no_rule(new_engine: Any, kind: CommandKind, base: Change) -> None:
    events = world(new_engine).apply(record(kind, base))
    assert EventKind.REJECTED not in [event.kind for event in events]


@pytest.mark.parametrize(("kind", "base", "code", "change"), [*CASES, *PAIRS], ids=str)
def test_the_first_rule_that_is_broken_refuses(
    new_engine: Any, kind: CommandKind, base: Change, code: RejectCode, change: Change
) -> None:
    engine = world(new_engine)
    before = engine.holders(), engine.eligibility(), engine.freezes(), engine.beneficial(ALICE)
    (event,) = engine.apply(record(kind, base | change))
    assert (event.kind, RejectCode(event.reason)) == (EventKind.REJECTED, code)
    assert (engine.holders(), engine.eligibility(), engine.freezes(), engine.beneficial(ALICE)) == before


@pytest.mark.parametrize(
    "change",
    [
        {"verification": 255},
        {"asset": NONE_ID},
        {"instrument": 0},
        naming(*TWICE),
        naming(*MANY),
        naming(JurisdictionEntry(0)),
        naming(JurisdictionEntry(int.from_bytes(b"de", "little"))),
        naming(JurisdictionEntry(int.from_bytes(b"D1", "little"))),
    ],
    ids=lambda change: str(change)[:60],
)
def test_malformed_tables(new_engine: Any, change: Change) -> None:
    base: Change = {"asset": USDC, "instrument": NONE_ID}
    (event,) = world(new_engine).apply(record(CommandKind.SET_ELIGIBILITY, base | change))
    assert (event.account, RejectCode(event.reason)) == (0, RejectCode.MALFORMED)


@pytest.mark.parametrize(
    "change",
    [
        {"classes": 1 << 31},
        {"max_holding": -1},
        naming(),
        naming(JurisdictionEntry(DE), rule=0),
        {"jurisdiction_rule": 2},
    ],
    ids=str,
)
def test_tables_that_can_not_be(new_engine: Any, change: Change) -> None:
    base: Change = {"asset": USDC, "instrument": NONE_ID}
    if change == naming():
        change = {"jurisdiction_rule": 1}
    (event,) = world(new_engine).apply(record(CommandKind.SET_ELIGIBILITY, base | change))
    assert RejectCode(event.reason) == RejectCode.INVALID_PARAMETER


def test_as_many_jurisdictions_as_there_may_be(new_engine: Any) -> None:
    codes = [first + 256 * second for first, second in itertools.product(range(65, 73), repeat=2)]
    assert len(codes) == MAX_JURISDICTIONS
    engine = opening(new_engine)
    (event,) = engine.set_eligibility(asset=AAPL, jurisdiction_rule=2, jurisdictions=[(code,) for code in codes[::-1]])
    assert event.jurisdictions == MAX_JURISDICTIONS
    ((_, _, _, _, _, named, _, _),) = engine.eligibility()
    assert named == [code.to_bytes(2, "little").decode() for code in sorted(codes)]
    assert new_engine.restore(engine.state_image()).eligibility() == engine.eligibility()


def test_the_venues_own_account_is_not_frozen(new_engine: Any) -> None:
    engine = opening(new_engine)
    for subject in ({}, {"scope": FreezeScope.UNITS, "asset": USDC, "amount": 1}):
        (event,) = engine.freeze(0, **subject)
        assert RejectCode(event.reason) == RejectCode.INVALID_PARAMETER


def test_freezes_of_units_are_bounded() -> None:
    engine = opening(pyengine.Engine)
    engine.deposit(ALICE, USDC, MAX_FREEZES)
    units: dict[str, int] = {"scope": FreezeScope.UNITS, "asset": USDC, "amount": 1}
    events = engine.apply_batch(b"".join(pack_freeze(ALICE, **units, until=1 + at) for at in range(MAX_FREEZES)))
    assert set(events["kind"].tolist()) == {EventKind.FROZEN}
    (event,) = engine.freeze(ALICE, **units)
    assert RejectCode(event.reason) == RejectCode.REGISTRY_FULL
    (event,) = engine.freeze(ALICE, **units | {"amount": 2}, until=1)
    assert (event.kind, event.amount) == (EventKind.FROZEN, 2)
    engine.set_eligibility(asset=USDC, locked_until=MAX_FREEZES + 9)
    (event,) = engine.deposit(ALICE, USDC, 1)
    assert RejectCode(event.reason) == RejectCode.REGISTRY_FULL
    engine.unfreeze(ALICE, scope=FreezeScope.UNITS, asset=USDC, until=9)
    assert len(engine.deposit(ALICE, USDC, 1)) == 2


def test_the_oracles_registers_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound of the core's is beyond a test's time; that one counts as this one does."""
    monkeypatch.setattr(reference.Engine, "max_registrations", 2)
    engine = opening(reference.Engine)
    engine.apply_batch(b"".join(pack_set_beneficial(ALICE, AAPL, 5, to_holder=holder) for holder in (1, 2)))
    (event,) = engine.set_beneficial(ALICE, AAPL, 1, to_holder=3)
    assert RejectCode(event.reason) == RejectCode.REGISTRY_FULL
    (event,) = engine.set_beneficial(ALICE, AAPL, 4, from_holder=1, to_holder=3)
    assert RejectCode(event.reason) == RejectCode.REGISTRY_FULL
    (event,) = engine.set_beneficial(ALICE, AAPL, 5, from_holder=1, to_holder=3)
    assert event.kind == EventKind.BENEFICIAL_SET
    assert engine.beneficial(ALICE) == [(AAPL, 2, 5), (AAPL, 3, 5)]


# ----------------------------------------------------------------------------------------------------------- properties


class Watched(reference.Engine):
    """The oracle, looked at after every command."""

    def _apply(self, record: Any) -> list[Event]:
        events = super()._apply(record)
        for event in events:
            if event.kind == EventKind.FILL:
                self._look_at(event)
        return events

    fills = 0

    def _look_at(self, event: Any) -> None:
        """Nobody is credited by a trade who may not hold what it brings; tables stand still in a command."""
        state, instrument = self.state, self.state.instruments[event.instrument]
        account = state.accounts[event.account]
        received = state.assets[instrument.base if event.side == Side.BUY else instrument.quote]
        assert barred_from(state, account, (received.eligibility, instrument.eligibility)) is None, event
        self.fills += received.eligibility.classes != 0 or received.eligibility.max_holding != 0
        bound = received.eligibility.max_holding
        if event.side == Side.BUY and bound and event.account:
            holding = account.available[instrument.base] + account.held[instrument.base]
            assert holding <= bound, f"{event}: {holding} of {bound}"


def flow_of(seed: int, new_engine: Callable[[], Any], batches: int = 60) -> Any:
    engine, flow = new_engine(), Flow(seed)
    flow.observe(engine.apply_batch(flow.opening()))
    for _ in range(batches):
        flow.observe(engine.apply_batch(flow.batch(100)))
    return engine


@pytest.mark.parametrize("seed", [4, 9])
def test_nobody_is_credited_by_a_trade_who_may_not_hold_it(seed: int) -> None:
    assert flow_of(seed, Watched).fills > 0


@pytest.mark.parametrize("seed", [4, 9])
def test_every_held_unit_is_held_for_one_purpose(seed: int) -> None:
    engine = flow_of(seed, pyengine.Engine)
    held = {(account, asset): sum(purposes) for account, asset, *purposes in engine.holds()}
    for account in range(engine.counts()[2]):
        for asset, available, of_it in engine.balances(account):
            assert available >= 0
            assert held.pop((account, asset), 0) == of_it
    assert not any(held.values())
    for account, asset, *purposes in engine.holds():
        registered = purposes[PURPOSES.index("registered")]
        units = [units for of, _, units in engine.beneficial(account) if of == asset]
        assert registered == sum(units)
        assert all(each > 0 for each in units)
    assert engine.freezes() or any(engine.beneficial(account) for account in range(7))


def test_a_pulse_lifts_a_bounded_number_and_the_rest_goes_on_after_a_restart(new_engine: Any) -> None:
    engine = opening(new_engine)
    units: dict[str, int] = {"scope": FreezeScope.UNITS, "asset": USDC, "amount": 1}
    engine.apply_batch(b"".join(pack_freeze(ALICE, **units, until=10 + at) for at in range(300)))
    (*lifted, pulsed) = engine.pulse(timestamp_ns=1_000)
    assert (len(lifted), pulsed.items) == (256, 256)
    restored = new_engine.restore(engine.state_image())
    assert restored.next_due == engine.next_due == 10 + 256
    assert restored.pulse() == engine.pulse()
    assert restored.state_hash() == engine.state_hash()
    assert engine.next_due is None


def test_who_is_cancelled_for_it_is_told_why(new_engine: Any) -> None:
    engine = world(new_engine)
    engine.place(OWNER, 0, Side.BUY, 10, 1)
    engine.set_holder(OWNER)
    events = engine.place(BOB, 0, Side.SELL, 10, 1)
    cancelled = [event for event in events if event.kind == EventKind.CANCELLED]
    assert [(event.account, event.reason) for event in cancelled] == [(OWNER, CancelReason.INELIGIBLE)]
