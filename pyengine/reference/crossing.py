"""Pegs that come to cross (`engine_core/docs/market-rules.md`, section 38): when displayed bests have moved, a peg can
reach what rests unseen on the other side, and takes it.

It matches as any incoming order: that is `matching`'s.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyengine.records import Side
from pyengine.reference.machine import Machine
from pyengine.reference.matching import match_order
from pyengine.reference.state import Instrument, LiveOrder, is_within


def crossed(instruments: Iterable[Instrument]) -> set[int]:
    """The instruments on which a peg reaches something now."""
    return {instrument.id for instrument in instruments if next_taker(instrument) is not None}


def next_taker(instrument: Instrument) -> LiveOrder | None:
    """The peg that takes what it reaches, if one does. What trades only with large orders is left out of account."""
    if not instrument.lets_stops_in:
        return None
    followed = instrument.followed()
    (bid, buy), (ask, sell) = (
        next(iter(instrument.book.pegs[side].priced(followed)), (None, None)) for side in (Side.BUY, Side.SELL)
    )
    if buy is not None and sell is not None and _meet(bid, ask):
        return later(buy, sell)
    if _meet(bid, instrument.best_hidden(Side.SELL)):
        return buy
    if _meet(instrument.best_hidden(Side.BUY), ask):
        return sell
    return None


def _meet(bid: int | None, ask: int | None) -> bool:
    """Whether there are both, and they can trade."""
    return bid is not None and ask is not None and is_within(Side.BUY, bid, ask)


def later(one: LiveOrder, other: LiveOrder) -> LiveOrder:
    """The one of the two that arrived last: the other was there first."""
    return max(one, other, key=lambda peg: peg.arrival)


def take(machine: Machine, peg: LiveOrder) -> None:
    """A peg trades with what it reaches; what is left of it is where it was."""
    peg.instrument.book.remove(peg)
    match_order(machine, peg)
