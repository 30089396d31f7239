"""Delivery versus payment: both legs and both fees of a fill in one final step. It knows no orders and no books."""

from __future__ import annotations

from typing import NamedTuple

from pyengine.records import VENUE_ACCOUNT
from pyengine.reference.state import Account, State


class Delivery(NamedTuple):
    """What each side of a fill gives, in smallest units of the two assets."""

    buyer: Account
    seller: Account
    base: int
    quote: int
    delivered: int
    """Base, out of the seller's hold."""
    cash: int
    """Quote, out of the buyer's hold."""
    freed: int
    """By how much the buyer's hold falls: the cash, the fee, and what is given back."""
    buyer_fee: int
    seller_fee: int


def settle(state: State, delivery: Delivery) -> None:
    """Moves both legs and both fees."""
    buyer, seller, base, quote, delivered, cash, freed, buyer_fee, seller_fee = delivery
    buyer.held[quote] -= cash + buyer_fee
    release_improvement(buyer, quote, freed - cash - buyer_fee)
    seller.available[quote] += cash - seller_fee
    pay_venue(state, quote, buyer_fee + seller_fee)

    seller.held[base] -= delivered
    buyer.available[base] += delivered


def release_improvement(buyer: Account, quote: int, amount: int) -> None:
    """What was held for these lots and not spent: a better price, or a lower fee than the largest possible."""
    buyer.release(quote, amount)


def pay_venue(state: State, asset: int, amount: int) -> None:
    """The fees of both sides."""
    state.accounts[VENUE_ACCOUNT].available[asset] += amount
