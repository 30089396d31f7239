"""Corporate actions as they are announced, and what is remembered of the one that runs. It knows no account."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pyengine.records import ActionKind, ActionStage, OrderPolicy

LIEU: Final = 4
"""Where the sums of cash for fractions are: behind those of the legs."""
SUMS: Final = LIEU + 1

CREATING: Final = (ActionKind.STOCK_DIVIDEND, ActionKind.SPLIT, ActionKind.REVERSE_SPLIT)
"""Nobody pays these: their units are new, and every holder gets them."""
TAKING: Final = (ActionKind.SPLIT, ActionKind.REVERSE_SPLIT, ActionKind.MERGER, ActionKind.REDEMPTION)
"""What is owned of the asset goes."""
SPLITTING: Final = (ActionKind.SPLIT, ActionKind.REVERSE_SPLIT)


class Leg(NamedTuple):
    """What is paid out of one asset: `numerator` units for `denominator` of the action's."""

    asset: int
    numerator: int
    denominator: int
    lieu_price: int
    """What a whole unit is worth of which a holder gets less; 0: nothing is paid for it."""


class Action(NamedTuple):
    """What was announced."""

    kind: ActionKind
    order_policy: OrderPolicy
    asset: int
    payer: int
    lieu_asset: int
    record_at: int
    books_close_at: int
    legs: tuple[Leg, ...]

    @property
    def creates(self) -> bool:
        """Whether what it pays is new."""
        return self.kind in CREATING

    @property
    def takes(self) -> bool:
        """Whether what is owned of the asset goes."""
        return self.kind in TAKING

    def asset_of(self, place: int) -> int:
        """The asset of a sum."""
        return self.lieu_asset if place == LIEU else self.legs[place].asset

    def paid_from_hold(self) -> list[int]:
        """The places of the sums that the payer pays."""
        return ([] if self.creates else list(range(len(self.legs)))) + [LIEU]

    def amounts(self, account: int, quantity: int) -> list[int]:
        """What an account that owned so much gets, by place: whole units of each leg, then cash for what is less."""
        amounts = [0] * SUMS
        if account == self.payer and not self.creates:
            return amounts
        for place, leg in enumerate(self.legs):
            amounts[place], fraction = divmod(quantity * leg.numerator, leg.denominator)
            if account != self.payer:
                amounts[LIEU] += fraction * leg.lieu_price // leg.denominator
        return amounts


@dataclass(slots=True)
class Running:
    """How far the action is that has begun."""

    action: int
    """Its id."""
    stage: ActionStage = ActionStage.HALTING
    cursor: int = 0
    """The instrument or the account that is looked at next."""
    holders: int = 0
    quantity: int = 0
    totals: list[int] = field(default_factory=lambda: [0] * SUMS)
    unpaid: list[int] = field(default_factory=lambda: [0] * SUMS)
    """Of the totals, while they are paid."""

    def enter(self, stage: ActionStage) -> None:
        """The next stage begins with the first of what it looks at."""
        self.stage, self.cursor = stage, 0

    def forget(self) -> None:
        """What was counted is told, or is worth nothing."""
        self.holders = self.quantity = 0
        self.totals, self.unpaid = [0] * SUMS, [0] * SUMS


LOCKING: Final = (ActionStage.CANCELLING, ActionStage.COUNTING, ActionStage.PAYING)


@dataclass(slots=True)
class Actions:
    """Those that are announced, by id, and the one that runs."""

    last: int = 0
    """Id of the last that was announced; 0: none was."""
    open: dict[int, Action] = field(default_factory=dict)
    running: Running | None = None

    def in_order(self) -> list[int]:
        """The ids, the first to be executed first."""
        return sorted(self.open, key=lambda number: (self.open[number].record_at, number))

    def runs_for(self, asset: int) -> bool:
        """Whether an action of the asset has begun."""
        return self.running is not None and self.open[self.running.action].asset == asset

    def locks(self, asset: int) -> bool:
        """Whether what is owned of the asset may not move: its holders are being counted, or paid."""
        return self.runs_for(asset) and self.running is not None and self.running.stage in LOCKING

    def has_closed_books(self, asset: int, now: int) -> bool:
        """Whether no withdrawal of the asset may be requested, for an action to come."""
        return any(action.asset == asset and 0 < action.books_close_at <= now for action in self.open.values())

    def held(self) -> list[tuple[int, int, int]]:
        """Account, asset and amount of what is held to be paid."""
        if self.running is None:
            return []
        action, unpaid = self.open[self.running.action], self.running.unpaid
        return [
            (action.payer, action.asset_of(place), unpaid[place]) for place in action.paid_from_hold() if unpaid[place]
        ]
