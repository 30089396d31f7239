"""An instrument in the units of its assets: what the engine counts in ticks and lots, people write as decimals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pyengine.units import TEXT_MAX, Scales, UnitError

if TYPE_CHECKING:
    from pyengine._engine_core import Engine


@dataclass(frozen=True, slots=True)
class Instrument:
    """What `Engine.instrument` finds. Exact both ways: what does not fit the tick or the lot is a `UnitError`.

    Decimals come in as text, as a `Decimal` or as a whole number, never as a float: `"189.50"`.
    """

    instrument: int
    """The id that commands take."""
    symbol: str
    base: str
    """Symbol of the asset that is traded."""
    quote: str
    """Symbol of the asset that it is paid with."""
    scales: Scales

    @property
    def tick_size(self) -> Decimal:
        """The smallest step of a price, in units of the quote asset for one of the base asset.

        `UnitError` if that is no decimal number, such as a third.
        """
        if not self.scales.price_increment:
            raise UnitError(f"{self.symbol}: its tick, {self.scales.tick}, is no decimal number")
        return Decimal(self.scales.price_increment)

    @property
    def lot_size(self) -> Decimal:
        """The smallest step of a quantity, in units of the base asset."""
        return Decimal(self.scales.quantity_increment)

    def price(self, price: str | Decimal | int) -> int:
        """Ticks of a price."""
        return self.scales.ticks(_text("price", price))

    def quantity(self, quantity: str | Decimal | int) -> int:
        """Lots of a quantity."""
        return self.scales.lots(_text("quantity", quantity))

    def shown_price(self, ticks: int) -> str:
        """A price as people read it: `4,012.5`; in ticks if it is no decimal number."""
        return self.scales.price(ticks)

    def shown_quantity(self, lots: int) -> str:
        """A quantity as people read it."""
        return self.scales.quantity(lots)


def instrument_of(engine: Engine, symbol: str) -> Instrument:
    """The instrument of this symbol. `KeyError` if there is none."""
    for instrument, (name, base, quote, lot_size, tick_lot_value, *_) in enumerate(engine.instruments()):
        if name == symbol:
            assets = engine.assets()
            (base_symbol, _, base_decimals, _), (quote_symbol, _, quote_decimals, _) = assets[base], assets[quote]
            scales = Scales(lot_size, tick_lot_value, base_decimals, quote_decimals)
            return Instrument(instrument, name, base_symbol, quote_symbol, scales)
    raise KeyError(f"instrument {symbol!r} is unknown")


def _text(name: str, number: str | Decimal | int) -> str:
    """A decimal as text without an exponent."""
    if isinstance(number, str):
        return number
    if isinstance(number, Decimal):
        if number.is_finite() and abs(number.adjusted()) > TEXT_MAX:
            raise UnitError(f"{name}: {number} has more than {TEXT_MAX} digits")
        return f"{number:f}"
    if isinstance(number, int) and not isinstance(number, bool):
        return str(number)
    raise TypeError(f"{name}: text, a Decimal or a whole number, not {number!r}, a {type(number).__name__}")
