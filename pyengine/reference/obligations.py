"""What market makers owe (`engine_core/docs/market-rules.md`, section 39): SET_OBLIGATION, the time in which it is met,
the score of a trade date, and the maker rate that is earned by it.
"""

from __future__ import annotations

from pyengine.events import ObligationScored, ObligationSet
from pyengine.records import (
    COLLAR_SCALE,
    MAX_FEE_RATE,
    MAX_OBLIGATION_SPREAD,
    MAX_OBLIGATIONS,
    RejectCode,
    SetObligation,
    Side,
)
from pyengine.reference.machine import Machine
from pyengine.reference.state import Account, Instrument, Kept, ObligationTerms, State, find


def set_obligation(machine: Machine, account_id: int, body: SetObligation) -> RejectCode | None:
    """SET_OBLIGATION."""
    state, place = machine.state, (account_id, body.instrument)
    if find(state.accounts, account_id) is None:
        return RejectCode.UNKNOWN_ACCOUNT
    if find(state.instruments, body.instrument) is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    terms = ObligationTerms(body.max_spread, body.min_quantity, body.required_bps, body.maker_rate)
    removes = terms == ObligationTerms(0, 0, 0, 0)
    if not removes and not is_possible(terms):
        return RejectCode.INVALID_PARAMETER
    if not removes and place not in state.obligations and len(state.obligations) >= MAX_OBLIGATIONS:
        return RejectCode.REGISTRY_FULL

    before = state.obligations.pop(place, None)
    if before is not None:
        score(machine, place, before, state.trade_date)
    if not removes:
        state.obligations[place] = Kept(terms, is_earned=before is not None and before.is_earned)
    machine.emit(ObligationSet, account_id, instrument=body.instrument, **terms._asdict())
    return None


def is_possible(terms: ObligationTerms) -> bool:
    """Whether a market maker can owe this."""
    return (
        1 <= terms.max_spread <= MAX_OBLIGATION_SPREAD
        and terms.min_quantity >= 1
        and 1 <= terms.required_bps <= COLLAR_SCALE
        and -MAX_FEE_RATE <= terms.maker_rate <= MAX_FEE_RATE
    )


def is_met(account: Account, instrument: Instrument, terms: ObligationTerms) -> bool:
    """Whether what the account displays on both sides is large and near enough, while the instrument trades."""
    if not instrument.lets_stops_in:
        return False
    bid = _price_of(account, instrument, Side.BUY, terms.min_quantity)
    if bid is None:
        return False
    ask = _price_of(account, instrument, Side.SELL, terms.min_quantity)
    return ask is not None and ask - bid <= terms.max_spread


def _price_of(account: Account, instrument: Instrument, side: Side, lots: int) -> int | None:
    """The price up to which the account's displayed orders show so many lots; None if they show less."""
    shown = 0
    for price, level in instrument.book.displayed[side]:
        for order in level:
            if order.account is account:
                shown += order.slice_left
        if shown >= lots:
            return price
    return None


def count_time(state: State, until: int) -> None:
    """The time since the last command counts as it was seen then: nothing has changed since."""
    if until == state.timestamp_ns:
        return
    for (account, instrument), kept in state.obligations.items():
        market = state.instruments[instrument]
        if market.lets_stops_in:
            kept.open_ns += until - state.timestamp_ns
        if is_met(state.accounts[account], market, kept.terms):
            kept.met_ns += until - state.timestamp_ns


def score_all(machine: Machine, trade_date: int) -> None:
    """A trade date is over: says of each obligation how it was met, and what is earned by it."""
    for place, kept in sorted(machine.state.obligations.items(), key=lambda item: item[0]):
        score(machine, place, kept, trade_date)


def score(machine: Machine, place: tuple[int, int], kept: Kept, trade_date: int) -> None:
    """Says how an obligation was met since it began anew, which it does now."""
    account, instrument = place
    required = kept.open_ns * kept.terms.required_bps
    kept.is_earned = kept.open_ns > 0 and kept.met_ns * COLLAR_SCALE >= required
    said = {"met_ns": kept.met_ns, "open_ns": kept.open_ns, "earned": int(kept.is_earned)}
    machine.emit(ObligationScored, account, instrument=instrument, trade_date=trade_date, **said)
    kept.met_ns = kept.open_ns = 0


def check_obligations(state: State) -> None:
    """Asserts that obligations can be, and that nobody has met one for longer than there was time."""
    assert len(state.obligations) <= MAX_OBLIGATIONS, f"{len(state.obligations)} obligations"
    for (account, instrument), kept in state.obligations.items():
        name = f"obligation of account {account} on instrument {instrument}"
        assert account < len(state.accounts), f"{name}: no such account"
        assert instrument < len(state.instruments), f"{name}: no such instrument"
        assert is_possible(kept.terms), f"{name}: {kept.terms}"
        assert 0 <= kept.met_ns <= kept.open_ns <= state.timestamp_ns, f"{name}: {kept.met_ns} of {kept.open_ns} ns"
