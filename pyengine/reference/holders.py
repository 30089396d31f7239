"""Who holds accounts, who may receive what, and which units are frozen (`engine_core/docs/assets.md`, Holders): plain
values. They know no account, no order and no state.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from pyengine.records import InvestorClass, JurisdictionRule, RejectCode, Verification

CODE_LEN: Final = 2
EVERY_CLASS: Final = sum(1 << each for each in InvestorClass)


def is_jurisdiction(number: int) -> bool:
    """Whether a number is a code: two capital letters."""
    return all(ord("A") <= letter <= ord("Z") for letter in number.to_bytes(CODE_LEN, "little"))


def code_of(number: int) -> str:
    """The code that a number is; empty for 0."""
    return number.to_bytes(CODE_LEN, "little").decode("ascii") if number else ""


class Holder(NamedTuple):
    """Who holds an account."""

    jurisdiction: int = 0
    """0: not known."""
    investor_class: InvestorClass = InvestorClass.NONE
    is_frozen: bool = False
    firm: int = 0
    verified_until: int = 0
    """0: never verified."""


UNKNOWN: Final = Holder()


class Eligibility(NamedTuple):
    """A table: who may receive an asset, or trade an instrument."""

    classes: int = 0
    """A bit each; 0: all."""
    verification: Verification = Verification.NOT_REQUIRED
    jurisdiction_rule: JurisdictionRule = JurisdictionRule.ANY
    jurisdictions: tuple[int, ...] = ()
    """Ascending."""
    max_holding: int = 0
    """0: any."""
    locked_until: int = 0
    """0: what is deposited is not frozen."""

    def is_possible(self, *, of_asset: bool) -> bool:
        """Whether a table can say so."""
        names_some = len(self.jurisdictions) > 0
        return (
            self.classes & ~EVERY_CLASS == 0
            and names_some == (self.jurisdiction_rule != JurisdictionRule.ANY)
            and self.max_holding >= 0
            and (of_asset or self.max_holding == self.locked_until == 0)
        )

    def refuses(self, holder: Holder, now: int) -> RejectCode | None:
        """The first rule that the holder does not meet."""
        if self.verification == Verification.REQUIRED and now >= holder.verified_until:
            return RejectCode.NOT_VERIFIED
        if self.classes and not self.classes & (1 << holder.investor_class):
            return RejectCode.CLASS_NOT_ELIGIBLE
        is_named = holder.jurisdiction in self.jurisdictions
        if self.jurisdiction_rule == JurisdictionRule.ALLOWED and not is_named:
            return RejectCode.JURISDICTION_NOT_ELIGIBLE
        if self.jurisdiction_rule == JurisdictionRule.DENIED and (is_named or not holder.jurisdiction):
            return RejectCode.JURISDICTION_NOT_ELIGIBLE
        return None


EVERYBODY: Final = Eligibility()


class BeneficialId(NamedTuple):
    """Whose units of an account are; the holder is not 0. They are in the order of these fields."""

    account: int
    asset: int
    holder: int


class FreezeId(NamedTuple):
    """Which units are frozen; 0: without an end. They are in the order of these fields."""

    account: int
    asset: int
    until: int
