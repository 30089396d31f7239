"""Reading the state: nothing here changes it. Interface and units: `pyengine/_engine_core.pyi`."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter, itemgetter
from typing import TypeAlias, TypeVar

from pyengine.records import NONE_ID, ActionStage, Side
from pyengine.reference.announced import Action, Running
from pyengine.reference.holders import EVERYBODY, UNKNOWN, code_of
from pyengine.reference.obligations import is_met
from pyengine.reference.state import LiveOrder, State
from pyengine.reference.time import next_due
from pyengine.reference.values import Obligation, Order

T = TypeVar("T")
ActionRow: TypeAlias = tuple[
    int, int, int, int, int, int | None, int, int, list[tuple[int, int, int, int]], int, int
]  # as `actions` of the native engine says it


class Queries:
    """Everything that can be read of an engine without its image."""

    state: State

    @property
    def sequence(self) -> int:
        """Sequence number of the last command."""
        return self.state.sequence

    @property
    def timestamp_ns(self) -> int:
        """Time of the last command."""
        return self.state.timestamp_ns

    @property
    def next_due(self) -> int | None:
        """When the engine wants a `pulse`, in nanoseconds; `None` while nothing waits for time."""
        return next_due(self.state)

    def balance(self, account: int, asset: int) -> tuple[int, int]:
        """(available, held). `KeyError` if either is unknown; so for every query below."""
        _known(self.state.assets, asset, "asset")
        entry = _known(self.state.accounts, account, "account")
        return entry.available[asset], entry.held[asset]

    def issued(self, asset: int) -> int:
        """Deposits less settled withdrawals, and minted less burned."""
        return _known(self.state.assets, asset, "asset").issued

    def total(self, asset: int) -> int:
        """Sum of available and held over all accounts, counted anew."""
        _known(self.state.assets, asset, "asset")
        return self.state.total(asset)

    def depth(self, instrument: int, levels: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """(bids, asks) as they are displayed, best first, each (price, quantity, orders)."""
        book = _known(self.state.instruments, instrument, "instrument").book
        bids, asks = (
            [_level(price, list(orders)) for price, orders in book.displayed[side]] for side in (Side.BUY, Side.SELL)
        )
        return bids[:levels], asks[:levels]

    def order(self, order_id: int) -> Order | None:
        """The open order, or None."""
        order = self.state.open_orders.get(order_id)
        return None if order is None else order.view()

    def open_orders(self, account: int) -> list[Order]:
        """Oldest first."""
        return [order.view() for order in _known(self.state.accounts, account, "account").open_orders.values()]

    def queue(self, instrument: int, side: int, price: int) -> list[Order]:
        """The displayed orders of one level, first to trade first."""
        book = _known(self.state.instruments, instrument, "instrument").book
        return [order.view() for order in book.displayed[Side(side)].orders() if order.price == price]

    def obligations(self) -> list[Obligation]:
        """What market makers owe, by account, then by instrument."""
        state = self.state
        return [
            Obligation(
                account,
                instrument,
                **kept.terms._asdict(),
                met_ns=kept.met_ns,
                open_ns=kept.open_ns,
                is_met=is_met(state.accounts[account], state.instruments[instrument], kept.terms),
                earned=kept.is_earned,
            )
            for (account, instrument), kept in sorted(state.obligations.items(), key=itemgetter(0))
        ]

    def holders(self) -> list[tuple[int, str, int, int, int, bool]]:
        """(account, jurisdiction or "", investor class, verified_until, firm, frozen) of whom anything was said."""
        return [
            (each.id, code_of(own.jurisdiction), own.investor_class, own.verified_until, own.firm, own.is_frozen)
            for each in self.state.accounts
            if (own := each.holder) != UNKNOWN
        ]

    def eligibility(self) -> list[tuple[int | None, int | None, int, int, int, list[str], int, int]]:
        """Every table that says anything: those of assets, then those of instruments."""
        rows: list[tuple[int | None, int | None, int, int, int, list[str], int, int]] = []
        for of_asset, registry in ((True, self.state.assets), (False, self.state.instruments)):
            for number, table in enumerate(map(attrgetter("eligibility"), registry)):
                if table != EVERYBODY:
                    whose = (number, None) if of_asset else (None, number)
                    rules = (table.classes, int(table.verification), int(table.jurisdiction_rule))
                    codes = list(map(code_of, table.jurisdictions))
                    rows.append((*whose, *rules, codes, table.max_holding, table.locked_until))
        return rows

    def frozen_assets(self) -> list[int]:
        """The assets that are frozen."""
        return [number for number, asset in enumerate(self.state.assets) if asset.is_frozen]

    def freezes(self) -> list[tuple[int, int, int, int]]:
        """(account, asset, until, amount) of every freeze of units."""
        return [(*identifier, amount) for identifier, amount in sorted(self.state.freezes.items())]

    def beneficial(self, account: int) -> list[tuple[int, int, int]]:
        """(asset, beneficial holder, units) that are registered of an account."""
        _known(self.state.accounts, account, "account")
        own = sorted((each, units) for each, units in self.state.registered.items() if each.account == account)
        return [(each.asset, each.holder, units) for each, units in own]

    def actions(self) -> list[ActionRow]:
        """What is announced or runs, by id, as the native engine says it."""
        actions = self.state.actions
        return [_action_row(number, action, actions.running) for number, action in sorted(actions.open.items())]

    def keys(self) -> list[tuple[int, int, bytes]]:
        """(account, when it expires or 0, document) of each API key, by id from 1."""
        return [(*key,) for key in self.state.keys]

    def counts(self) -> tuple[int, int, int, int]:
        """(assets, instruments, accounts, open orders)."""
        state = self.state
        return len(state.assets), len(state.instruments), len(state.accounts), len(state.open_orders)


def _action_row(number: int, action: Action, running: Running | None) -> ActionRow:
    lieu_asset = None if action.lieu_asset == NONE_ID else action.lieu_asset
    legs = [(leg.asset, leg.numerator, leg.denominator, leg.lieu_price) for leg in action.legs]
    runs = running is not None and running.action == number
    stage, cursor = (running.stage, running.cursor) if running and runs else (ActionStage.ANNOUNCED, 0)
    said = (number, action.kind, action.asset, action.payer, action.order_policy, lieu_asset)
    return (*said, action.record_at, action.books_close_at, legs, stage, cursor)


def _level(price: int, orders: Sequence[LiveOrder]) -> tuple[int, int, int]:
    """What is displayed of a level: of an iceberg its slice."""
    return price, sum(order.slice_left for order in orders), len(orders)


def _known(registry: Sequence[T], index: int, what: str) -> T:
    if not 0 <= index < len(registry):
        raise KeyError(f"unknown {what} {index}")
    return registry[index]
