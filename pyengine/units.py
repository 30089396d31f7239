"""Exact decimals in and out: amounts of an asset, prices and quantities of an instrument, rates of fees.

The engine counts whole smallest units, ticks, lots and hundredths of a basis point. People write decimals. Each way is
exact, without a float, and what does not fit is refused with the tick, the lot or the unit that it does not fit.

As text a decimal has digits and at most one point: `1000.50`. What people are shown has thousands separators as well
(`1,000.5`), which are never read: for half the world they are the point.
"""

import re
from fractions import Fraction
from typing import Final, NamedTuple

from pyengine.records import MAX_AMOUNT

PRICE_DECIMALS_MAX: Final = 36
"""Of a price that is written as a decimal number."""
JURISDICTION_LEN: Final = 2
"""Characters of a code."""
TEXT_MAX: Final = 64
"""Characters of a decimal: more than any amount needs."""
RATE_DECIMALS: Final = 2
"""A rate is counted in hundredths of a basis point."""
_DECIMAL: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class UnitError(ValueError):
    """Text is no decimal number, or one that does not fit; says which it is and what it has to fit."""


def read_decimal(text: str) -> Fraction:
    """The number that a text says, 0 or more. `UnitError`."""
    if len(text) > TEXT_MAX:
        raise UnitError(f"{text[:16]}...: longer than {TEXT_MAX} characters")
    if text.startswith("-") and _DECIMAL.fullmatch(text[1:]):
        raise UnitError(f"{text}: below 0")
    if _DECIMAL.fullmatch(text) is None:
        raise UnitError(f"{text}: not a decimal number like 1000.50, without separators")
    return Fraction(text)


def read_amount(text: str, decimals: int, asset: str) -> int:
    """Smallest units of an asset. `UnitError`."""
    return _whole(text, read_decimal(text) * 10**decimals, f"the smallest unit of {asset}, {decimal(1, decimals)}")


def read_rate(text: str) -> int:
    """A rate that is said in basis points, below 0 too, in hundredths of them. `UnitError`."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    rate = read_decimal(digits) * 10**RATE_DECIMALS
    return sign * _whole(text, rate, "a hundredth of a basis point, 0.01")


def decimal(units: int, decimals: int) -> str:
    """An amount as text: exact, and without decimals that say nothing."""
    whole, fraction = divmod(abs(units), 10**decimals)
    text = f"{'-' if units < 0 else ''}{whole}"
    return f"{text}.{fraction:0{decimals}}".rstrip("0") if fraction else text


def rate_text(rate: int) -> str:
    """A rate as text, in basis points."""
    return decimal(rate, RATE_DECIMALS)


def shown(text: str) -> str:
    """A decimal for people: with thousands separators."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{fraction}"


def shown_amount(units: int, decimals: int) -> str:
    """An amount for people."""
    return shown(decimal(units, decimals))


class Scales(NamedTuple):
    """How the ticks and lots of an instrument read in units of its assets."""

    lot_size: int
    """A lot, in smallest units of the base asset."""
    tick_lot_value: int
    """What a lot is worth at a price of one tick, in smallest units of the quote asset."""
    base_decimals: int
    quote_decimals: int

    @classmethod
    def of_increments(cls, tick: str, lot: str, base_decimals: int, quote_decimals: int) -> "Scales":
        """Those of an instrument whose prices move by `tick` and its quantities by `lot`. `UnitError`."""
        lot_size = read_amount(lot, base_decimals, "the base asset")
        _above_zero("lot", lot, lot_size)
        least = cls(lot_size, 1, base_decimals, quote_decimals)
        tick_lot_value = _whole(
            tick,
            read_decimal(tick) / least.tick,
            f"{least.price_increment or least.tick}, the smallest tick of a lot of {lot}",
        )
        _above_zero("tick", tick, tick_lot_value)
        return cls(lot_size, tick_lot_value, base_decimals, quote_decimals)

    @property
    def tick(self) -> Fraction:
        """In units of the quote asset for one of the base asset."""
        return Fraction(self.tick_lot_value * 10**self.base_decimals, self.lot_size * 10**self.quote_decimals)

    @property
    def price_increment(self) -> str:
        """The tick as text; empty if it is no decimal number."""
        return self.price_text(1)

    @property
    def quantity_increment(self) -> str:
        """The lot as text."""
        return self.quantity_text(1)

    def ticks(self, text: str) -> int:
        """A price in ticks. `UnitError`."""
        return _whole(text, read_decimal(text) / self.tick, f"the tick, {self.price_increment or self.tick}")

    def lots(self, text: str) -> int:
        """A quantity in lots. `UnitError`."""
        lots = read_decimal(text) * Fraction(10**self.base_decimals, self.lot_size)
        return _whole(text, lots, f"the lot, {self.quantity_increment}")

    def price_text(self, ticks: int) -> str:
        """A price as text; empty if it is no decimal number."""
        price = ticks * self.tick
        for decimals in range(PRICE_DECIMALS_MAX + 1):
            scaled = price * 10**decimals
            if scaled.denominator == 1:
                return decimal(int(scaled), decimals)
        return ""

    def quantity_text(self, lots: int) -> str:
        """A quantity as text."""
        return decimal(lots * self.lot_size, self.base_decimals)

    def price(self, ticks: int) -> str:
        """A price for people: units of the quote asset for one of the base asset, or ticks where that is no decimal."""
        text = self.price_text(ticks)
        return shown(text) if text else f"{ticks:,} ticks"

    def quantity(self, lots: int) -> str:
        """A quantity for people, in units of the base asset."""
        return shown(self.quantity_text(lots))


def _whole(text: str, number: Fraction, unit: str) -> int:
    """The number, if it is whole and the engine counts so far. `unit` is what it counts."""
    if number.denominator != 1:
        raise UnitError(f"{text}: not a multiple of {unit}")
    if number > MAX_AMOUNT:
        raise UnitError(f"{text}: more than {MAX_AMOUNT} times {unit}")
    return int(number)


def _above_zero(name: str, text: str, units: int) -> None:
    if units == 0:
        raise UnitError(f"{text}: a {name} is above 0")


def jurisdiction_number(code: str) -> int:
    """What the engine has for an ISO 3166-1 alpha-2 code such as `DE`; 0 for none. `UnitError` for anything else."""
    if not code:
        return 0
    if len(code) != JURISDICTION_LEN or not (code.isascii() and code.isalpha() and code.isupper()):
        raise UnitError(f"{code}: not a jurisdiction, which is two capital letters")
    return int.from_bytes(code.encode(), "little")


def jurisdiction_code(number: int) -> str:
    """The code of such a number, empty for 0."""
    return number.to_bytes(JURISDICTION_LEN, "little").decode() if number else ""
