"""Decimals of prices and quantities become ticks and lots exactly, and back; what does not fit is refused by name."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyengine import AssetClass, Engine, Side
from pyengine.instrument import Instrument
from pyengine.records import MAX_AMOUNT
from pyengine.units import Scales, UnitError, shown_amount


def listed(lot_size: int = 1_000, tick_lot_value: int = 10, decimals: tuple[int, int] = (6, 6)) -> Engine:
    """An engine with XAU-USDC: as in the README a tick of 0.01 and a lot of 0.001."""
    engine = Engine()
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, decimals[1])
    engine.create_asset(1, "XAU", AssetClass.GOLD, decimals[0])
    engine.create_instrument(0, "XAU-USDC", 1, 0, lot_size=lot_size, tick_lot_value=tick_lot_value, max_price=1_000_000)
    return engine


def test_an_engine_gives_out_its_instruments() -> None:
    gold = listed().instrument("XAU-USDC")
    assert (gold.instrument, gold.symbol, gold.base, gold.quote) == (0, "XAU-USDC", "XAU", "USDC")
    assert (gold.tick_size, gold.lot_size) == (Decimal("0.01"), Decimal("0.001"))
    assert (gold.price("189.50"), gold.quantity("0.5")) == (18_950, 500)
    assert (gold.price(Decimal("1.8950E+2")), gold.price(189)) == (18_950, 18_900)
    assert (gold.shown_price(401_250), gold.shown_quantity(1_234_500)) == ("4,012.5", "1,234.5")
    with pytest.raises(AttributeError):
        gold.symbol = "XAG-USDC"  # type: ignore[misc]


def test_an_unknown_symbol_is_named() -> None:
    with pytest.raises(KeyError, match="XAG-USDC"):
        listed().instrument("XAG-USDC")


@pytest.mark.parametrize(
    ("method", "given", "error", "message"),
    [
        ("price", "189.505", UnitError, "189.505: not a multiple of the tick, 0.01"),
        ("quantity", "0.0005", UnitError, "0.0005: not a multiple of the lot, 0.001"),
        ("price", Decimal("0.001"), UnitError, "the tick, 0.01"),
        ("price", "1,000", UnitError, "without separators"),
        ("price", "1e3", UnitError, "not a decimal number"),
        ("price", "", UnitError, "not a decimal number"),
        ("price", "-1", UnitError, "below 0"),
        ("price", Decimal("NaN"), UnitError, "not a decimal number"),
        ("price", Decimal("Infinity"), UnitError, "not a decimal number"),
        ("quantity", Decimal("1E+999999"), UnitError, "quantity: 1E+999999 has more than 64 digits"),
        ("quantity", "9" * 65, UnitError, "longer than 64 characters"),
        ("quantity", str(MAX_AMOUNT), UnitError, f"more than {MAX_AMOUNT} times the lot, 0.001"),
        ("price", 189.5, TypeError, "price: text, a Decimal or a whole number, not 189.5, a float"),
        ("quantity", True, TypeError, "quantity: text, a Decimal or a whole number, not True, a bool"),
    ],
)
def test_what_does_not_fit_is_refused(method: str, given: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=re.escape(message)):
        getattr(listed().instrument("XAU-USDC"), method)(given)


def test_a_tick_that_is_no_decimal_number_is_said_to_be_none() -> None:
    thirds = listed(lot_size=3, tick_lot_value=1, decimals=(0, 0)).instrument("XAU-USDC")
    with pytest.raises(UnitError, match="XAU-USDC: its tick, 1/3, is no decimal number"):
        _ = thirds.tick_size
    assert (thirds.price("2"), thirds.shown_price(6), thirds.shown_price(1_234)) == (6, "2", "1,234 ticks")
    with pytest.raises(UnitError, match="not a multiple of the tick, 1/3"):
        thirds.price("0.3")


@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.integers(0, 18),
    st.integers(0, 18),
    st.integers(0, 2**32 - 1),
    st.integers(0, 10**12),
)
def test_both_ways_meet(
    lot_size: int, tick_lot_value: int, base_decimals: int, quote_decimals: int, ticks: int, lots: int
) -> None:
    scales = Scales(lot_size, tick_lot_value, base_decimals, quote_decimals)
    each = Instrument(0, "A-B", "A", "B", scales)
    assert each.quantity(each.shown_quantity(lots).replace(",", "")) == lots
    assert each.lot_size * lots == Decimal(each.shown_quantity(lots).replace(",", ""))
    if "ticks" not in each.shown_price(ticks):
        assert each.price(each.shown_price(ticks).replace(",", "")) == ticks


def test_amounts_and_prices_are_exact() -> None:
    for units, decimals, text in (
        (0, 6, "0"),
        (1, 18, "0.000000000000000001"),
        (-1_234_567_800, 6, "-1,234.5678"),
        (10**18, 0, "1,000,000,000,000,000,000"),
        (1_500, 3, "1.5"),
    ):
        assert shown_amount(units, decimals) == text
    assert Scales(lot_size=10, tick_lot_value=100, base_decimals=3, quote_decimals=6).price(1_234) == "12.34"
    assert Scales(lot_size=1, tick_lot_value=1, base_decimals=0, quote_decimals=18).price(1) == "0.000000000000000001"


def test_orders_are_placed_in_them() -> None:
    engine = listed()
    gold = engine.instrument("XAU-USDC")
    engine.create_account(1)
    engine.deposit(1, 1, 5_000_000)
    (accepted,) = engine.place(1, gold.instrument, Side.SELL, gold.price("4012.00"), gold.quantity("2"))
    assert (gold.shown_price(accepted.price), gold.shown_quantity(accepted.quantity)) == ("4,012", "2")
