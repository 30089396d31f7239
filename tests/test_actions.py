"""Corporate actions (`engine_core/docs/assets.md`): what every one of them keeps to, whoever owns how much.

Entitlements add up to what is declared less the residue that is told; a split takes less than a unit of value from
anybody; every asset adds up after every command; and an engine that is restored in the midst of any stage goes on as
the one that was not.
"""

import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pyengine
from pyengine import reference
from pyengine.events import ActionDone, ActionFailed, ActionLegPaid, Entitled, EntitlementPaid, Event
from pyengine.records import (
    ACTION_ITEMS,
    MAX_AMOUNT,
    NONE_ID,
    ActionKind,
    ActionStage,
    AssetClass,
    OrderPolicy,
    Side,
)
from tests.images import NOTHING_BEHIND_REFERENCES, Images

USD, SHARE, OTHER = range(3)
PAYER, RECORD_AT = 0, 100
CANCEL = {"order_policy": OrderPolicy.CANCEL}
MANY = 150
"""Accounts: more than a pulse looks at."""


def world(new_engine: Any, owned: list[int], **payer: int) -> Any:
    """Account 0 pays; the accounts behind it own so many shares."""
    engine = new_engine()
    engine.create_asset(USD, "USD", AssetClass.STABLECOIN, 2)
    engine.create_asset(SHARE, "SHARE", AssetClass.EQUITY, 0)
    engine.create_asset(OTHER, "OTHER", AssetClass.EQUITY, 0)
    engine.create_instrument(0, "SHARE-USD", SHARE, USD, lot_size=1, tick_lot_value=1, max_price=1_000)
    for account, quantity in enumerate(owned, start=1):
        engine.create_account(account)
        if quantity:
            engine.deposit(account, SHARE, quantity)
    for asset, amount in ((USD, payer.get("usd", 0)), (OTHER, payer.get("other", 0))):
        if amount:
            engine.deposit(PAYER, asset, amount)
    return engine


def executed(engine: Any) -> list[Event]:
    """Pulses until nothing is due; every asset adds up behind each."""
    events: list[Event] = []
    now = RECORD_AT
    while engine.next_due is not None:
        events += [Event.from_bytes(bytes(event)) for event in engine.pulse(timestamp_ns=now)]
        for asset in (USD, SHARE, OTHER):
            assert engine.total(asset) == engine.issued(asset)
    return events


def balances(engine: Any) -> list[tuple[int, int]]:
    """Of every account, of every asset."""
    return [engine.balance(account, asset) for account in range(engine.counts()[2]) for asset in (USD, SHARE, OTHER)]


OWNED = st.lists(st.integers(0, 1_000), min_size=1, max_size=12)
RATIO = st.tuples(st.integers(1, 60), st.integers(1, 60))


@pytest.mark.parametrize("new_engine", [pyengine.Engine, reference.Engine])
@settings(max_examples=60, deadline=None)
@given(owned=OWNED, ratio=RATIO, price=st.integers(0, 30))
def test_entitlements_add_up_to_what_is_declared_less_the_residue(
    new_engine: Any, owned: list[int], ratio: tuple[int, int], price: int
) -> None:
    engine = world(new_engine, owned, other=1 << 40, usd=1 << 40)
    numerator, denominator = ratio
    terms: dict[str, int] = {"asset_1": OTHER, "numerator_1": numerator, "denominator_1": denominator}
    if price:
        terms |= {"lieu_price_1": price, "lieu_asset": USD}
    engine.announce_action(1, SHARE, ActionKind.SPIN_OFF, record_at=RECORD_AT, payer=PAYER, **terms)
    events = executed(engine)
    units = {
        event.account: event.amount for event in events if isinstance(event, EntitlementPaid) and not event.in_lieu
    }
    cash = {event.account: event.amount for event in events if isinstance(event, EntitlementPaid) and event.in_lieu}
    for account, quantity in enumerate(owned, start=1):
        whole, fraction = divmod(quantity * numerator, denominator)
        assert (units.get(account, 0), cash.get(account, 0)) == (whole, fraction * price // denominator)
        assert engine.balance(account, OTHER) == (whole, 0)
    told = [event for event in events if isinstance(event, ActionLegPaid)]
    assert told[0].total == sum(units.values())
    assert told[0].total + told[0].residue == sum(owned) * numerator // denominator
    assert [event.total for event in told[1:]] == ([sum(cash.values())] if price else [])
    assert engine.balance(PAYER, OTHER) == ((1 << 40) - told[0].total, 0)
    assert engine.balance(PAYER, USD) == ((1 << 40) - sum(cash.values()), 0)
    (done,) = (event for event in events if isinstance(event, ActionDone))
    assert (done.holders, done.quantity) == (sum(map(bool, owned)), sum(owned))


@pytest.mark.parametrize("new_engine", [pyengine.Engine, reference.Engine])
@settings(max_examples=60, deadline=None)
@given(owned=OWNED, ratio=RATIO.filter(lambda ratio: ratio[0] != ratio[1]))
def test_a_split_takes_less_than_a_new_unit_from_anybody(
    new_engine: Any, owned: list[int], ratio: tuple[int, int]
) -> None:
    engine = world(new_engine, owned)
    numerator, denominator = ratio
    kind = ActionKind.SPLIT if numerator > denominator else ActionKind.REVERSE_SPLIT
    terms = {"asset_1": SHARE, "numerator_1": numerator, "denominator_1": denominator}
    engine.announce_action(1, SHARE, kind, record_at=RECORD_AT, **terms, **CANCEL)
    issued = engine.issued(SHARE)
    events = executed(engine)
    taken = sum(event.taken for event in events if isinstance(event, Entitled))
    created = sum(event.amount for event in events if isinstance(event, EntitlementPaid))
    assert engine.issued(SHARE) == issued - taken + created
    for account, quantity in enumerate(owned, start=1):
        available, _ = engine.balance(account, SHARE)
        # In parts of a new unit: as much as before, less by less than one.
        assert 0 <= quantity * numerator - available * denominator < denominator


@pytest.mark.parametrize("new_engine", [pyengine.Engine, reference.Engine])
@settings(max_examples=40, deadline=None)
@given(owned=OWNED, ratio=RATIO, less=st.integers(0, 3))
def test_who_has_one_unit_too_little_pays_nothing(
    new_engine: Any, owned: list[int], ratio: tuple[int, int], less: int
) -> None:
    numerator, denominator = ratio
    needed = sum(quantity * numerator // denominator for quantity in owned)
    engine = world(new_engine, owned, usd=max(0, needed - less))
    before = balances(engine)
    terms = {"asset_1": USD, "numerator_1": numerator, "denominator_1": denominator}
    engine.announce_action(1, SHARE, ActionKind.COUPON, record_at=RECORD_AT, payer=PAYER, **terms)
    events = executed(engine)
    failed = [event.missing for event in events if isinstance(event, ActionFailed)]
    short = needed - max(0, needed - less)
    assert failed == ([short] if short else [])
    if short:
        assert balances(engine) == before
        assert not any(isinstance(event, Entitled | EntitlementPaid) for event in events)


KINDS: dict[str, tuple[ActionKind, dict[str, int]]] = {
    "dividend": (ActionKind.CASH_DIVIDEND, {"asset_1": USD, "numerator_1": 1, "denominator_1": 3}),
    "split": (
        ActionKind.SPLIT,
        {"asset_1": SHARE, "numerator_1": 3, "denominator_1": 2, "lieu_price_1": 9, "lieu_asset": USD, **CANCEL},
    ),
    "merger": (
        ActionKind.MERGER,
        {"asset_1": OTHER, "numerator_1": 2, "denominator_1": 3}
        | {"lieu_price_1": 7, "asset_2": USD, "numerator_2": 1, "denominator_2": 1, "lieu_asset": USD, **CANCEL},
    ),
}


def of_many(new_engine: Any, kind: str) -> Any:
    """A world of many holders and of more orders than a pulse cancels, and an action of it."""
    engine = world(new_engine, [1 + number % 7 for number in range(MANY)], usd=10_000, other=10_000)
    buyer = 3
    engine.deposit(buyer, USD, 1_000)
    engine.place(buyer, 0, Side.BUY, 2, 4)
    engine.place(4, 0, Side.SELL, 2, 2)
    for _ in range(ACTION_ITEMS + 20):
        engine.place(buyer, 0, Side.BUY, 1, 1)
    what, terms = KINDS[kind]
    engine.announce_action(1, SHARE, what, record_at=RECORD_AT, payer=PAYER, **terms)
    engine.announce_action(2, SHARE, ActionKind.DELISTING, record_at=RECORD_AT, **CANCEL)
    engine.announce_action(3, OTHER, ActionKind.COUPON, record_at=RECORD_AT + 9, **KINDS["dividend"][1], payer=1)
    return engine


@pytest.mark.parametrize("kind", KINDS)
def test_an_engine_that_is_restored_in_the_midst_goes_on_as_the_other(new_engine: Any, kind: str) -> None:
    engine, stages = of_many(new_engine, kind), set[int]()
    while engine.next_due == RECORD_AT:
        again = new_engine.restore(engine.state_image())
        assert again.state_hash() == engine.state_hash()
        assert again.next_due == engine.next_due
        assert again.actions() == engine.actions()
        stages |= {row[-2] for row in engine.actions()}
        done = [bytes(event) for event in engine.pulse(timestamp_ns=RECORD_AT)]
        assert [bytes(event) for event in again.pulse(timestamp_ns=RECORD_AT)] == done
        assert again.state_image() == engine.state_image()
    expected = {ActionStage.ANNOUNCED, ActionStage.COUNTING, ActionStage.PAYING}
    assert stages >= expected | ({ActionStage.CANCELLING} if "order_policy" in KINDS[kind][1] else set())
    assert engine.next_due == RECORD_AT + 9


def counting(new_engine: Any) -> Any:
    """An engine whose action has counted as far as a pulse goes."""
    engine = of_many(new_engine, "dividend")
    engine.pulse(timestamp_ns=RECORD_AT)
    assert engine.actions()[0][-2] == ActionStage.COUNTING
    return engine


def paying(new_engine: Any) -> Any:
    """One that is paying."""
    engine = counting(new_engine)
    engine.pulse(timestamp_ns=RECORD_AT)
    assert engine.actions()[0][-2] == ActionStage.PAYING
    return engine


def test_actions_byte_by_byte(new_engine: Any) -> None:
    engine = world(new_engine, [5])
    assert engine.state_image().endswith(NOTHING_BEHIND_REFERENCES)
    engine.announce_action(
        1, SHARE, ActionKind.COUPON, record_at=RECORD_AT, asset_1=USD, numerator_1=1, denominator_1=2
    )
    terms = {"asset_1": OTHER, "numerator_1": 2, "denominator_1": 3, "lieu_price_1": 4, "lieu_asset": USD}
    engine.announce_action(2, SHARE, ActionKind.MERGER, record_at=99, books_close_at=98, payer=1, **terms, **CANCEL)
    engine.announce_action(3, SHARE, ActionKind.DELISTING, record_at=7, **CANCEL)
    engine.cancel_action(3)
    first = struct.pack("<IIIIQQBBB5x", 1, SHARE, 0, NONE_ID, RECORD_AT, 0, 1, 0, 1) + struct.pack(
        "<I4xqqq", 0, 1, 2, 0
    )
    second = struct.pack("<IIIIQQBBB5x", 2, SHARE, 1, USD, 99, 98, 7, 1, 1) + struct.pack("<I4xqqq", OTHER, 2, 3, 4)
    image = engine.state_image()
    assert image.endswith(struct.pack("<II", 3, 2) + first + second + struct.pack("<I", 0))
    images = Images(new_engine, image)
    end = image[-4:]
    for wrong in (
        (first, first[:32] + b"\x02" + first[33:]),
        (first, struct.pack("<I", 2) + first[4:]),
        (first, first[:-8] + struct.pack("<q", 5)),
        (second, second[:24] + struct.pack("<Q", 100) + second[32:]),
        (second, second[:4] + struct.pack("<I", 9) + second[8:]),
        (second, second[:8] + struct.pack("<I", 9) + second[12:]),
        (second, second[:33] + b"\0" + second[34:]),
        (second, second[:35] + b"\1" + second[36:]),
        (second + end, second + struct.pack("<I", 2)),
        (second + end, second + struct.pack("<I", 9)),
    ):
        assert images.refuses(wrong), wrong
    assert images.takes((first, first[:16] + struct.pack("<Q", RECORD_AT + 1) + first[24:]))


@pytest.mark.parametrize("far", [counting, paying])
def test_sums_that_are_not_those_of_the_holders_are_refused(new_engine: Any, far: Any) -> None:
    """Every number of what runs follows from the balances, but for what the paid ones had been counted with."""
    engine = far(new_engine)
    image = engine.state_image()
    assert new_engine.restore(image).state_image() == image
    running = struct.Struct("<IB3xIIq5q5q")
    at = len(image) - running.size
    fields = list(running.unpack(image[at:]))
    stage, free = fields[1], {3, 4, 5} if far is paying else set()
    for number in range(len(fields)):
        wrong = fields.copy()
        wrong[number] += 1 if number != 1 else 10
        changed = image[:at] + running.pack(*wrong)
        if number in free:
            assert new_engine.restore(changed).state_image() == changed
        else:
            with pytest.raises(pyengine.SnapshotError):
                new_engine.restore(changed)
    assert stage in (ActionStage.COUNTING, ActionStage.PAYING)


@pytest.mark.parametrize("new_engine", [pyengine.Engine, reference.Engine])
def test_the_largest_amounts(new_engine: Any) -> None:
    engine = world(new_engine, [MAX_AMOUNT], usd=MAX_AMOUNT)
    terms = {"asset_1": USD, "numerator_1": MAX_AMOUNT, "denominator_1": MAX_AMOUNT}
    engine.announce_action(1, SHARE, ActionKind.COUPON, record_at=RECORD_AT, payer=PAYER, **terms)
    executed(engine)
    assert engine.balance(1, USD) == (MAX_AMOUNT, 0)
    assert engine.balance(PAYER, USD) == (0, 0)
