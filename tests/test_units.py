"""Exact decimals: what is written reads back as it was, and what does not fit is refused with what it has to fit."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyengine.records import MAX_AMOUNT, MAX_DECIMALS, MAX_PRICE_TICKS
from pyengine.units import (
    TEXT_MAX,
    Scales,
    UnitError,
    decimal,
    rate_text,
    read_amount,
    read_decimal,
    read_rate,
    shown,
    shown_amount,
)

UNITS = st.integers(0, MAX_AMOUNT)
DECIMALS = st.integers(0, MAX_DECIMALS)
LOTS = st.builds(lambda twos, fives: 2**twos * 5**fives, st.integers(0, 18), st.integers(0, 12))
DECIMAL_SCALES = st.builds(Scales, LOTS, st.integers(1, 10**12), DECIMALS, DECIMALS)
"""Ticks that are decimal numbers."""
SCALES = DECIMAL_SCALES | st.builds(Scales, st.integers(1, 10**12), st.integers(1, 10**12), DECIMALS, DECIMALS)
GOLD = Scales(lot_size=1_000, tick_lot_value=10, base_decimals=6, quote_decimals=6)
"""A tick is a cent, a lot a thousandth."""
THIRDS = Scales(lot_size=3, tick_lot_value=1, base_decimals=0, quote_decimals=0)


@pytest.mark.parametrize(
    ("units", "decimals", "text"),
    [
        (0, 6, "0"),
        (1, 18, "0.000000000000000001"),
        (-1, 1, "-0.1"),
        (-1_234_567_800, 6, "-1,234.5678"),
        (10**18, 0, "1,000,000,000,000,000,000"),
        (1_500, 3, "1.5"),
        (999, 0, "999"),
    ],
)
def test_amounts_are_shown_exactly(units: int, decimals: int, text: str) -> None:
    assert shown_amount(units, decimals) == text
    assert decimal(units, decimals) == text.replace(",", "")


def test_prices_are_shown_exactly() -> None:
    assert Scales(lot_size=10, tick_lot_value=100, base_decimals=3, quote_decimals=6).price(1_234) == "12.34"
    assert Scales(lot_size=1, tick_lot_value=1, base_decimals=0, quote_decimals=18).price(1) == "0.000000000000000001"
    assert (THIRDS.price(1_234), THIRDS.price_text(1_234), THIRDS.price_increment) == ("1,234 ticks", "", "")
    assert (THIRDS.price(6), THIRDS.price_text(6)) == ("2", "2")
    assert (GOLD.price_increment, GOLD.quantity_increment) == ("0.01", "0.001")
    assert (GOLD.price(401_200), GOLD.price_text(401_200), GOLD.quantity(1_500)) == ("4,012", "4012", "1.5")


def test_what_people_write_is_counted() -> None:
    assert read_amount("1000.50", 6, "USDC") == 1_000_500_000
    assert read_amount("1.5000000", 1, "USDC") == 15, "zeros say nothing"
    assert read_amount("9223372036854775807", 0, "X") == MAX_AMOUNT
    assert (GOLD.ticks("4012.00"), GOLD.lots("0.5"), THIRDS.ticks("2")) == (401_200, 500, 6)
    assert [read_rate(text) for text in ("0.5", "-0.25", "0", "-0", "12")] == [50, -25, 0, 0, 1_200]
    assert [rate_text(rate) for rate in (50, -25, 0, 1_200)] == ["0.5", "-0.25", "0", "12"]


@pytest.mark.parametrize(
    ("read", "text", "problem"),
    [
        ("amount", "1.0000001", "1.0000001: not a multiple of the smallest unit of USDC, 0.000001"),
        ("amount", "9223372036854.775808", "9223372036854.775808: more than 9223372036854775807 times the smallest"),
        ("amount", "-1", "-1: below 0"),
        ("ticks", "189.505", "189.505: not a multiple of the tick, 0.01"),
        ("ticks", "-0.01", "-0.01: below 0"),
        ("lots", "0.0005", "0.0005: not a multiple of the lot, 0.001"),
        ("thirds", "0.5", "0.5: not a multiple of the tick, 1/3"),
        ("rate", "0.005", "0.005: not a multiple of a hundredth of a basis point, 0.01"),
        ("rate", "--1", "-1: below 0"),
        *(
            ("amount", text, "not a decimal number like 1000.50, without separators")
            for text in (
                "",
                "1,000",
                "1.000.000",
                "1_000",
                " 1",
                "1 ",
                "+1",
                "1e3",
                ".5",
                "5.",
                "0x1",
                "١",
                "nan",
                "1/3",
            )
        ),
        ("amount", "9" * (TEXT_MAX + 1), f"9999999999999999...: longer than {TEXT_MAX} characters"),
    ],
)
def test_what_does_not_fit_is_named(read: str, text: str, problem: str) -> None:
    readers = {
        "amount": lambda said: read_amount(said, 6, "USDC"),
        "ticks": GOLD.ticks,
        "lots": GOLD.lots,
        "thirds": THIRDS.ticks,
        "rate": read_rate,
    }
    with pytest.raises(UnitError) as refused:
        readers[read](text)
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("tick", "lot", "decimals", "terms"),
    [
        ("0.01", "0.001", (6, 6), (1_000, 10)),
        ("0.01", "0.01", (4, 6), (100, 100)),
        ("0.5", "1", (0, 2), (1, 50)),
        ("100", "0.000001", (6, 6), (1, 100)),
    ],
)
def test_increments_make_an_instrument(tick: str, lot: str, decimals: tuple[int, int], terms: tuple[int, int]) -> None:
    scales = Scales.of_increments(tick, lot, *decimals)
    assert scales == (*terms, *decimals)
    assert (scales.price_increment, scales.quantity_increment) == (tick, lot)


@pytest.mark.parametrize(
    ("tick", "lot", "problem"),
    [
        ("0.01", "0.0000001", "0.0000001: not a multiple of the smallest unit of the base asset, 0.000001"),
        ("0.01", "0", "0: a lot is above 0"),
        ("0", "0.001", "0: a tick is above 0"),
        ("0.0001", "0.001", "0.0001: not a multiple of 0.001, the smallest tick of a lot of 0.001"),
        ("x", "0.001", "x: not a decimal number"),
    ],
)
def test_impossible_increments_are_named(tick: str, lot: str, problem: str) -> None:
    with pytest.raises(UnitError) as refused:
        Scales.of_increments(tick, lot, 6, 6)
    assert problem in str(refused.value)


@given(UNITS, DECIMALS)
def test_any_amount_reads_back(units: int, decimals: int) -> None:
    text = decimal(units, decimals)
    assert read_amount(text, decimals, "X") == units
    assert Fraction(Decimal(text)) * 10**decimals == units
    assert shown(text).replace(",", "") == text
    assert decimal(-units, decimals) == (f"-{text}" if units else text)


@given(st.integers(-32_767, 32_767))
def test_any_rate_reads_back(rate: int) -> None:
    assert read_rate(rate_text(rate)) == rate


@given(SCALES, st.integers(0, MAX_PRICE_TICKS), st.integers(0, MAX_PRICE_TICKS))
def test_any_price_and_quantity_reads_back(scales: Scales, ticks: int, lots: int) -> None:
    """Cash by the engine's rule is cash by that of people: price times quantity. Or the price is no decimal number."""
    quantity, price = scales.quantity_text(lots), scales.price_text(ticks)
    assert scales.lots(quantity) == lots
    if not price:
        assert scales.price(ticks) == f"{ticks:,} ticks"
        return
    assert scales.ticks(price) == ticks
    cash = Fraction(ticks * lots * scales.tick_lot_value, 10**scales.quote_decimals)
    assert Fraction(price) * Fraction(quantity) == cash


@given(DECIMAL_SCALES)
def test_increments_lead_back_to_their_instrument(scales: Scales) -> None:
    tick, lot = scales.price_increment, scales.quantity_increment
    assert Scales.of_increments(tick, lot, scales.base_decimals, scales.quote_decimals) == scales


@given(st.text("0123456789.-, ", max_size=TEXT_MAX), DECIMALS)
def test_what_is_read_is_what_was_said(text: str, decimals: int) -> None:
    """Either exactly the number that the text is, or a refusal."""
    try:
        units = read_amount(text, decimals, "X")
    except UnitError:
        return
    assert Fraction(units, 10**decimals) == Fraction(Decimal(text))
    assert read_decimal(text) >= 0
