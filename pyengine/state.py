"""The state of an engine as plain data: balances, open orders and books, with symbols and words instead of numbers.

Amounts are whole numbers of an asset's smallest unit, prices of ticks, quantities of lots, as everywhere else; `units`
makes of them what people read. Takes time and memory in proportion to the state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final, NamedTuple

from pyengine._engine_core import Engine, Order
from pyengine.records import (
    WORDS,
    AssetClass,
    Lifetime,
    OrderAttributes,
    OrderType,
    PegReference,
    Phase,
    SelfTradePrevention,
    Side,
    TimeInForce,
    Trigger,
    Visibility,
)
from pyengine.units import Scales

ALL_LEVELS: Final = 1 << 32
"""No book has as many."""
_WORDS: Final[dict[str, dict[Any, str]]] = {
    "trigger": WORDS[Trigger],
    "visibility": WORDS[Visibility],
    "lifetime": WORDS[Lifetime],
    "peg": WORDS[PegReference],
    "waiting_type": WORDS[OrderType],
    "exit_trigger": WORDS[Trigger],
}
"""Of the attributes of orders that are enumerations."""
_ATTRIBUTES: Final = attrgetter(*OrderAttributes._fields)

PURPOSES: Final = ("orders", "withdrawals", "redemptions", "frozen", "registered", "actions")
"""What units are held for: every held unit is for one of them."""

Level = dict[str, int]
"""`price`, `quantity` and `orders`."""


@dataclass(frozen=True, slots=True)
class State:
    """What an engine holds, all of it."""

    assets: dict[str, dict[str, Any]]
    """By symbol: class and decimals, what was `issued`, what of that was `minted` less `burned`, and the `total` of all
    accounts."""
    accounts: list[dict[str, Any]]
    """Every account, with its balances that are not zero."""
    holds: list[dict[str, Any]]
    """What has to be held, by account and asset: for open `orders`, pending `withdrawals` and `redemptions` that wait,
    what is `frozen`, what is `registered` to beneficial holders, and for corporate `actions` that pay. Computed from
    these, not read from the balances."""
    orders: list[dict[str, Any]]
    """Open orders by account, then oldest first; of the attributes that few orders have those that this one has."""
    books: dict[str, dict[str, Any]]
    """By symbol: terms and phase of the instrument, `bids` and `asks` as they are displayed, best first."""
    keys: list[dict[str, Any]]
    """API keys: `key` is the id that commands have in their header; without `expires_at` it is good until it is
    `revoked`."""

    @property
    def conservation_ok(self) -> bool:
        """Whether all accounts together have what was issued, of every asset."""
        return all(asset["total"] == asset["issued"] for asset in self.assets.values())

    def scales(self, symbol: str) -> Scales:
        """How the ticks and lots of an instrument read."""
        book = self.books[symbol]
        decimals = [self.assets[book[side]]["decimals"] for side in ("base", "quote")]
        return Scales(book["lot_size"], book["tick_lot_value"], *decimals)

    @property
    def hold_differences(self) -> "list[HoldDifference]":
        """Where what is held is not what has to be."""
        held = {(row["account"], it["asset"]): it["held"] for row in self.accounts for it in row["balances"]}
        needed = {(row["account"], row["asset"]): sum(row[name] for name in PURPOSES) for row in self.holds}
        return [
            HoldDifference(*each, held.get(each, 0), needed.get(each, 0))
            for each in sorted(held.keys() | needed.keys())
            if held.get(each, 0) != needed.get(each, 0)
        ]


class HoldDifference(NamedTuple):
    """An account that holds something else than its purposes need."""

    account: int
    asset: str
    held: int
    needed: int

    def __str__(self) -> str:
        needs = "its orders, withdrawals, redemptions, freezes, registrations and corporate actions need"
        return f"account {self.account} holds {self.held} of {self.asset}, {needs} {self.needed}"


def state_of(engine: Engine) -> State:
    """Reads the state of an engine, and adds up its balances."""
    assets, instruments = engine.assets(), engine.instruments()
    symbols = [symbol for symbol, *_ in assets]
    totals = [0] * len(assets)
    accounts: list[dict[str, Any]] = []
    orders: list[dict[str, Any]] = []
    for account in range(engine.counts()[2]):
        balances = engine.balances(account)
        for asset, available, held in balances:
            totals[asset] += available + held
        shown = [{"asset": symbols[asset], "available": available, "held": held} for asset, available, held in balances]
        accounts.append({"account": account, "balances": shown})
        orders.extend(_order(order, instruments[order.instrument][0]) for order in engine.open_orders(account))
    holds = [
        {"account": account, "asset": symbols[asset], **dict(zip(PURPOSES, held, strict=True))}
        for account, asset, *held in engine.holds()
        if any(held)
    ]
    books = {}
    for instrument, (symbol, base, quote, lot_size, tick_lot_value, _, _, halted, phase) in enumerate(instruments):
        bids, asks = engine.depth(instrument, ALL_LEVELS)
        books[symbol] = {
            "base": symbols[base],
            "quote": symbols[quote],
            "lot_size": lot_size,
            "tick_lot_value": tick_lot_value,
            "phase": WORDS[Phase][phase],
            "halted": halted,
            "bids": _levels(bids),
            "asks": _levels(asks),
        }
    backed = {row["asset"]: row for row in engine.backing()}
    told = {
        symbol: {
            "asset_class": WORDS[AssetClass][kind],
            "decimals": decimals,
            "issued": engine.issued(asset),
            "minted": backed[asset]["minted"] if asset in backed else 0,
            "burned": backed[asset]["burned"] if asset in backed else 0,
            "total": totals[asset],
        }
        for asset, (symbol, kind, decimals, _) in enumerate(assets)
    }
    keys = [
        {"key": key, "account": account, "expires_at": expires_at or None, "revoked": not document}
        for key, (account, expires_at, document) in enumerate(engine.keys(), start=1)
    ]
    return State(told, accounts, holds, orders, books, keys)


def _order(order: Order, symbol: str) -> dict[str, Any]:
    told = {
        "order_id": order.order_id,
        "client_order_id": order.client_order_id,
        "account": order.account,
        "instrument": symbol,
        "side": WORDS[Side][order.side],
        "price": order.price,
        "quantity": order.quantity,
        "leaves": order.leaves,
        "filled": order.filled,
        "time_in_force": WORDS[TimeInForce][order.time_in_force],
        "stp": WORDS[SelfTradePrevention][order.stp],
    }
    attributes = _ATTRIBUTES(order)
    if any(attributes):
        named = zip(OrderAttributes._fields, attributes, strict=True)
        told |= {name: _WORDS[name][value] if name in _WORDS else value for name, value in named if value}
    return told


def _levels(levels: Iterable[tuple[int, int, int]]) -> list[Level]:
    return [{"price": price, "quantity": quantity, "orders": orders} for price, quantity, orders in levels]
