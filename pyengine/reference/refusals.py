"""Why a command is refused: a code, and for a limit what was asked and what may be. It knows no rule."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from pyengine.records import RejectCode


class BeyondLimit(NamedTuple):
    """A refusal that says the limit."""

    code: RejectCode
    value: int
    """What was asked."""
    bound: int
    """The most, or least, that may be."""


Refusal: TypeAlias = RejectCode | BeyondLimit


def code_of(refusal: Refusal) -> RejectCode:
    """The refusal without its limit."""
    return refusal.code if isinstance(refusal, BeyondLimit) else refusal


def as_fields(refusal: Refusal) -> dict[str, int]:
    """What a rejection says of it."""
    _, value, bound = refusal if isinstance(refusal, BeyondLimit) else (refusal, 0, 0)
    return {"reason": code_of(refusal), "value": value, "bound": bound}
