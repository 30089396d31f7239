"""Who may receive what (`engine_core/docs/assets.md`, Holders): SET_HOLDER, SET_ELIGIBILITY, and what is asked of an
order when it comes and of both sides of each fill.

What becomes of who may not trade is decided by `order_entry`, `matching` and `auction`.
"""

from __future__ import annotations

from typing import NamedTuple

from pyengine.events import EligibilitySet, HolderSet
from pyengine.records import (
    MAX_AMOUNT,
    MAX_JURISDICTIONS,
    NONE_ID,
    VENUE_ACCOUNT,
    InvestorClass,
    JurisdictionRule,
    RejectCode,
    SetEligibility,
    SetHolder,
    Side,
    Verification,
)
from pyengine.reference.holders import EVERYBODY, Eligibility, is_jurisdiction
from pyengine.reference.machine import Machine
from pyengine.reference.refusals import BeyondLimit, Refusal
from pyengine.reference.state import Account, Instrument, LiveOrder, State, find


def set_holder(machine: Machine, account_id: int, body: SetHolder) -> RejectCode | None:
    """SET_HOLDER."""
    if body.investor_class not in set(InvestorClass):
        return RejectCode.MALFORMED
    if body.jurisdiction and not is_jurisdiction(body.jurisdiction):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT

    account.holder = account.holder._replace(**body._asdict() | {"investor_class": InvestorClass(body.investor_class)})
    machine.emit(HolderSet, account_id, **body._asdict())
    return None


def set_eligibility(machine: Machine, _account_id: int, body: SetEligibility) -> RejectCode | None:
    """SET_ELIGIBILITY."""
    of_asset = body.asset != NONE_ID
    codes = sorted({entry.jurisdiction for entry in body.jurisdictions})
    if body.verification not in set(Verification) or body.jurisdiction_rule not in set(JurisdictionRule):
        return RejectCode.MALFORMED
    if of_asset == (body.instrument != NONE_ID):
        return RejectCode.MALFORMED
    if body.jurisdictions_len > MAX_JURISDICTIONS or len(codes) != body.jurisdictions_len:
        return RejectCode.MALFORMED
    if not all(map(is_jurisdiction, codes)):
        return RejectCode.MALFORMED
    if of_asset and find(machine.state.assets, body.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    if not of_asset and find(machine.state.instruments, body.instrument) is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    table = Eligibility(
        classes=body.classes,
        verification=Verification(body.verification),
        jurisdiction_rule=JurisdictionRule(body.jurisdiction_rule),
        jurisdictions=tuple(codes),
        max_holding=body.max_holding,
        locked_until=body.locked_until,
    )
    if not table.is_possible(of_asset=of_asset):
        return RejectCode.INVALID_PARAMETER

    if of_asset:
        machine.state.assets[body.asset].eligibility = table
    else:
        machine.state.instruments[body.instrument].eligibility = table
    said = body._asdict()
    del said["jurisdictions_len"]
    machine.emit(EligibilitySet, VENUE_ACCOUNT, **said | {"jurisdictions": len(codes)})
    return None


def barred_from(state: State, account: Account, tables: tuple[Eligibility, ...]) -> RejectCode | None:
    """The first rule of these tables that keeps the account out; the venue's own is kept out by none."""
    if account.id == VENUE_ACCOUNT:
        return None
    refusals = (table.refuses(account.holder, state.timestamp_ns) for table in tables)
    return next((refusal for refusal in refusals if refusal is not None), None)


def is_guarded(state: State, instrument: Instrument) -> bool:
    """Whether any table is asked of its orders."""
    tables = (state.assets[instrument.base].eligibility, state.assets[instrument.quote].eligibility)
    return any(table != EVERYBODY for table in (*tables, instrument.eligibility))


def barred(state: State, order: LiveOrder) -> RejectCode | None:
    """The rule that keeps the order's account from receiving what the order is for, but for how much it holds."""
    instrument = order.instrument
    received = state.assets[instrument.base if order.side == Side.BUY else instrument.quote]
    return barred_from(state, order.account, (received.eligibility, instrument.eligibility))


def check_holding(state: State, account: Account, asset: int, units: int) -> BeyondLimit | None:
    """Whether the account may hold so many units more."""
    bound = state.assets[asset].eligibility.max_holding
    value = account.available[asset] + account.held[asset] + units
    if account.id == VENUE_ACCOUNT or bound == 0 or value <= bound:
        return None
    return BeyondLimit(RejectCode.HOLDING_LIMIT, min(value, MAX_AMOUNT), bound)


def check_receipt(state: State, account: Account, asset: int, amount: int) -> Refusal | None:
    """Whether the account may receive units outside of trading."""
    if state.assets[asset].is_frozen:
        return RejectCode.ASSET_FROZEN
    return check_table(state, account, asset, amount)


def check_table(state: State, account: Account, asset: int, amount: int) -> Refusal | None:
    """Whether the asset's table lets the account receive so much more, be it frozen or not."""
    refusal = barred_from(state, account, (state.assets[asset].eligibility,))
    return refusal or check_holding(state, account, asset, amount)


def check_eligible(state: State, order: LiveOrder) -> Refusal | None:
    """Whether the account of an order that comes may receive what that is for: of a notional order at least a lot."""
    refusal = barred(state, order)
    if refusal is not None or order.side == Side.SELL:
        return refusal
    instrument = order.instrument
    return check_holding(state, order.account, instrument.base, max(order.leaves, 1) * instrument.lot_size)


def room_to_buy(state: State, account: Account, instrument: Instrument) -> int:
    """Lots that the account may buy before it holds as much as it may."""
    bound = state.assets[instrument.base].eligibility.max_holding
    if account.id == VENUE_ACCOUNT or bound == 0:
        return MAX_AMOUNT
    holding = account.available[instrument.base] + account.held[instrument.base]
    return max(0, bound - holding) // instrument.lot_size


class Verdict(NamedTuple):
    """What eligibility makes of a trade: so many lots, or the order that may not make it."""

    lots: int
    barred: LiveOrder | None = None


def judge_trade(state: State, taker: LiveOrder, maker: LiveOrder, lots: int) -> Verdict:
    """How much of a trade between two orders their accounts may make."""
    if not is_guarded(state, taker.instrument):
        return Verdict(lots)
    for order in (taker, maker):
        if barred(state, order) is not None:
            return Verdict(0, order)
    buyer = taker if taker.side == Side.BUY else maker
    room = room_to_buy(state, buyer.account, taker.instrument)
    if room < least_of(buyer, is_maker=buyer is maker):
        return Verdict(0, buyer)
    return Verdict(min(lots, room))


def least_of(order: LiveOrder, *, is_maker: bool) -> int:
    """The fewest lots that are a trade for the order."""
    return max(1, order.attributes.min_quantity) if is_maker and order.has_hidden_minimum else 1


def judge_crossing(state: State, buy: LiveOrder, sell: LiveOrder, lots: int) -> Verdict:
    """The same in an auction, of two orders that rest."""
    if not is_guarded(state, buy.instrument):
        return Verdict(lots)
    room = room_to_buy(state, buy.account, buy.instrument)
    if room == 0 or barred(state, buy) is not None:
        return Verdict(0, buy)
    if barred(state, sell) is not None:
        return Verdict(0, sell)
    return Verdict(min(lots, room))


class Walk:
    """What a walk over a book leaves of the room of those who rest there."""

    def __init__(self, state: State, taker: LiveOrder) -> None:
        self._state, self._taker = state, taker
        self._is_guarded = is_guarded(state, taker.instrument)
        self._bought: dict[int, int] = {}

    def lots_of(self, maker: LiveOrder) -> int:
        """Lots that the order may trade: none if it would be cancelled instead."""
        if not self._is_guarded:
            return MAX_AMOUNT
        if barred(self._state, maker) is not None:
            return 0
        if maker.side == Side.SELL:
            return MAX_AMOUNT
        bought = self._bought.get(maker.account.id, 0)
        room = room_to_buy(self._state, maker.account, maker.instrument) - bought
        return room if room >= least_of(maker, is_maker=True) else 0

    def count(self, maker: LiveOrder, lots: int) -> None:
        """The order has traded so many; what an account buys of itself it has already."""
        if maker.side == Side.BUY and maker.account is not self._taker.account:
            self._bought[maker.account.id] = self._bought.get(maker.account.id, 0) + lots
