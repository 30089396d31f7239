"""MASS_QUOTE (`engine_core/docs/market-rules.md`, section 22): what the quotes of a group shall be, and how they get
there.

A quote is an order: what it has to hold to, and how it trades, is that of `order_entry` and `matching`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from enum import Enum
from typing import Final, NamedTuple

from pyengine.events import MassQuoted, QuoteRejected
from pyengine.records import (
    MAX_AMOUNT,
    MAX_QUOTE_ENTRIES,
    CancelReason,
    MassQuote,
    Place,
    Priority,
    QuoteEntry,
    RejectCode,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from pyengine.reference.amendment import become
from pyengine.reference.machine import Machine
from pyengine.reference.matching import come_in
from pyengine.reference.order_end import cancel_or_wait
from pyengine.reference.order_entry import check_room, check_terms, enter, judge_incoming
from pyengine.reference.protection import is_quote_group
from pyengine.reference.refusals import Refusal, code_of
from pyengine.reference.state import Account, LiveOrder, find

TIMES: Final = (TimeInForce.GTC, TimeInForce.POST_ONLY)


class Outcome(Enum):
    """What became of a side: the field of MASS_QUOTED that counts it."""

    ACCEPTED = "accepted"
    KEPT = "kept"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


class Said(NamedTuple):
    """One side of an entry: what its quote shall be."""

    group: int
    number: int
    """Of the entry, from 0."""
    order: Place
    """The order that it would be."""
    is_crossed: bool
    """Whether the entry's bid reaches its ask."""


def mass_quote(machine: Machine, account_id: int, body: MassQuote) -> RejectCode | None:
    """MASS_QUOTE."""
    if not is_well_formed_mass_quote(body):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    if account.quote_group(body.quote_group).is_blocked:
        return RejectCode.QUOTE_GROUP_BLOCKED

    outcomes: Counter[Outcome | None] = Counter()
    for number, entry in enumerate(body.quotes):
        bid, ask = sides_said(body, number, entry)
        for said in in_turn(account, bid, ask):
            outcomes[quote_side(machine, account, said)] += 1
    counts = {outcome.value: outcomes[outcome] for outcome in Outcome}
    machine.emit(MassQuoted, account_id, quote_group=body.quote_group, **counts)
    return None


def is_well_formed_mass_quote(body: MassQuote) -> bool:
    """Whether the command is one: a group, an enumeration, and each instrument once."""
    instruments = [entry.instrument for entry in body.quotes]
    return (
        body.stp in set(SelfTradePrevention)
        and body.time_in_force in TIMES
        and is_quote_group(body.quote_group)
        and 1 <= body.quotes_len <= MAX_QUOTE_ENTRIES
        and len(set(instruments)) == len(instruments)
    )


def sides_said(body: MassQuote, number: int, entry: QuoteEntry) -> tuple[Said, Said]:
    """The bid and the ask of an entry."""
    two_sided = entry.bid_quantity > 0 and entry.ask_quantity > 0
    is_crossed = two_sided and entry.bid_price >= entry.ask_price
    bid, ask = (
        Place(
            instrument=entry.instrument,
            side=side,
            time_in_force=body.time_in_force,
            stp=body.stp,
            price=price,
            quantity=quantity,
        )
        for side, price, quantity in (
            (Side.BUY, entry.bid_price, entry.bid_quantity),
            (Side.SELL, entry.ask_price, entry.ask_quantity),
        )
    )
    return Said(body.quote_group, number, bid, is_crossed), Said(body.quote_group, number, ask, is_crossed)


def in_turn(account: Account, bid: Said, ask: Said) -> tuple[Said, Said]:
    """Both sides, that one first behind which the other can not meet it."""
    open_ask = open_quote(account, ask)
    meets = open_ask is not None and bid.order.quantity > 0 and bid.order.price >= open_ask.price
    return (ask, bid) if meets else (bid, ask)


def open_quote(account: Account, said: Said) -> LiveOrder | None:
    """The quote that is in this place now."""
    place = (said.order.instrument, said.order.side)
    quotes = account.quotes(said.group)
    return next((quote for quote in quotes if (quote.instrument.id, quote.side) == place), None)


def quote_side(machine: Machine, account: Account, said: Said) -> Outcome | None:
    """Makes a side's quote what it shall be; None if nothing was there, and nothing shall be."""
    quote = open_quote(account, said)
    if said.order.quantity == 0:
        return withdraw(machine, quote)
    if quote is None:
        return _accept(machine, account, said)
    if is_kept(quote, said):
        return Outcome.KEPT
    if is_only_smaller(quote, said):
        return _reduce(machine, account, quote, said)
    return _move(machine, account, quote, said)


def withdraw(machine: Machine, quote: LiveOrder | None) -> Outcome | None:
    """Nothing shall be quoted there."""
    if quote is None:
        return None
    _take_out(machine, quote, CancelReason.QUOTE_WITHDRAWN)
    return Outcome.WITHDRAWN


def is_kept(quote: LiveOrder, said: Said) -> bool:
    """Whether the quote is what it shall be."""
    return (quote.price, quote.leaves) == (said.order.price, said.order.quantity) and not said.is_crossed


def is_only_smaller(quote: LiveOrder, said: Said) -> bool:
    """Whether the quote can become what it shall be where it is."""
    return quote.price == said.order.price and said.order.quantity < quote.leaves


def _accept(machine: Machine, account: Account, said: Said) -> Outcome:
    """A quote where there was none."""
    refusal: Refusal | None = _check(machine, account, said) or check_room(machine, account, None)
    judged = refusal or _judge_lots(machine, account, said, None)
    if not isinstance(judged, LiveOrder):
        return refuse(machine, account, None, said, judged)
    enter(machine, judged)
    return Outcome.ACCEPTED


def _reduce(machine: Machine, account: Account, quote: LiveOrder, said: Said) -> Outcome:
    """Less at the same price keeps its place."""
    code = _check(machine, account, said)
    if code is not None:
        return refuse(machine, account, quote, said, code)
    gone = quote.leaves - said.order.quantity
    become(machine, quote, replace(quote, quantity=quote.quantity - gone, leaves=quote.leaves - gone), Priority.KEPT)
    return Outcome.CHANGED


def _move(machine: Machine, account: Account, quote: LiveOrder, said: Said) -> Outcome:
    """Another price, or more, comes in anew."""
    judged = _check(machine, account, said) or _judge_lots(machine, account, said, quote)
    if not isinstance(judged, LiveOrder):
        return refuse(machine, account, quote, said, judged)
    quote.instrument.book.remove(quote)
    quote.stp, quote.time_in_force = judged.stp, judged.time_in_force
    become(machine, quote, replace(judged, quantity=quote.filled + judged.leaves), Priority.LOST)
    come_in(machine, quote)
    return Outcome.CHANGED


def _check(machine: Machine, account: Account, said: Said) -> RejectCode | None:
    """Whether the group may quote, and the terms of the side are in order."""
    if account.quote_group(said.group).is_blocked:
        return RejectCode.QUOTE_GROUP_BLOCKED
    instrument = find(machine.state.instruments, said.order.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    code = check_terms(instrument, said.order)
    return RejectCode.INVALID_PRICE if code is None and said.is_crossed else code


def _judge_lots(machine: Machine, account: Account, said: Said, going: LiveOrder | None) -> LiveOrder | Refusal:
    """The quote as it would come in, or why it may not; what was there is judged to be gone."""
    instrument = machine.state.instruments[said.order.instrument]
    filled = 0 if going is None else going.filled
    if said.order.quantity + filled > MAX_AMOUNT:
        return RejectCode.OVERFLOW
    judged = judge_incoming(machine, account, instrument, said.order, going)
    if isinstance(judged, LiveOrder):
        judged.set_attributes(quote_group=said.group)
    return judged


def refuse(machine: Machine, account: Account, quote: LiveOrder | None, said: Said, refusal: Refusal) -> Outcome:
    """The side may not be what it shall be; what was there goes."""
    machine.emit(
        QuoteRejected,
        account.id,
        side=said.order.side,
        reason=code_of(refusal),
        instrument=said.order.instrument,
        quote_group=said.group,
        entry_number=said.number,
    )
    if quote is not None:
        _take_out(machine, quote, CancelReason.QUOTE_REFUSED)
    return Outcome.REFUSED


def _take_out(machine: Machine, quote: LiveOrder, reason: CancelReason) -> None:
    """The one place in which a mass quote ends a quote."""
    cancel_or_wait(machine, quote, reason)
