"""Pegged orders that rest: what their prices follow, and who of them goes first. Nothing here knows a book.

The words *effective price* and *waits* are those of `engine_core/docs/market-rules.md`, section 38. No price is kept:
each is found anew whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, NamedTuple, Protocol, TypeVar

from pyengine.records import PegReference, Side


class Pegged(Protocol):
    """What is asked of an order here: all of it stays what it is for as long as the order rests."""

    @property
    def order_id(self) -> int:
        """Unique among the pegs of a side."""

    @property
    def side(self) -> Side:
        """Where it rests."""

    @property
    def price(self) -> int:
        """Its limit, in ticks."""

    @property
    def peg(self) -> PegReference:
        """What its price follows."""

    @property
    def peg_offset(self) -> int:
        """Ticks behind that."""

    @property
    def arrival(self) -> int:
        """The sequence of the command with which it took its place."""


PegT = TypeVar("PegT", bound=Pegged)


class Followed(NamedTuple):
    """What pegs follow: the displayed bests as they stand when an order comes in, and as they stay for it. There are
    none where pegs wait."""

    bid: int | None
    ask: int | None
    max_price: int
    """No effective price is higher."""


def target(peg: Pegged, followed: Followed) -> int | None:
    """Where the order would be without its limit; None if what it follows is not there."""
    reference = _reference(peg, followed)
    if reference is None:
        return None
    return reference - peg.peg_offset if peg.side == Side.BUY else reference + peg.peg_offset


def _reference(peg: Pegged, followed: Followed) -> int | None:
    bid, ask, _ = followed
    if peg.peg == PegReference.MIDPOINT:
        return None if bid is None or ask is None else _midpoint(bid, ask)
    follows_bid = (peg.side == Side.BUY) == (peg.peg == PegReference.PRIMARY)
    return bid if follows_bid else ask


def _midpoint(bid: int, ask: int) -> int | None:
    """A whole tick between the two, if there is one."""
    middle = (bid + ask) // 2
    return middle if middle > bid else None


def effective_price(peg: Pegged, followed: Followed) -> int | None:
    """At which the order trades now, in ticks; None if it waits."""
    wanted = target(peg, followed)
    if wanted is None:
        return None
    price = min(wanted, peg.price) if peg.side == Side.BUY else max(wanted, peg.price)
    return price if 1 <= price <= followed.max_price else None


class Pegs(Generic[PegT]):
    """The pegs of a side."""

    def __init__(self, side: Side) -> None:
        self._sign = -1 if side == Side.BUY else 1
        self._orders: dict[int, PegT] = {}

    def add(self, peg: PegT) -> None:
        """Puts the order into its place, which is by its arrival, not by the time of this call."""
        self._orders[peg.order_id] = peg

    def remove(self, peg: PegT) -> None:
        """Takes a resting peg out."""
        del self._orders[peg.order_id]

    def __len__(self) -> int:
        return len(self._orders)

    def listed(self) -> Iterator[PegT]:
        """Every peg: those that follow the same together, of these the best limit first, then the first to arrive."""
        return iter(
            sorted(
                self._orders.values(), key=lambda peg: (peg.peg, peg.peg_offset, self._sign * peg.price, peg.arrival)
            )
        )

    def priced(self, followed: Followed) -> list[tuple[int, PegT]]:
        """Every peg that does not wait, first to trade first, with its effective price: of one of these the better
        limit goes first, of one limit the first to arrive."""
        prices = [(effective_price(peg, followed), peg) for peg in self._orders.values()]
        priced = [(price, peg) for price, peg in prices if price is not None]
        return sorted(priced, key=lambda place: (self._sign * place[0], self._sign * place[1].price, place[1].arrival))
