"""Messages of Nasdaq TotalView-ITCH 5.0, encoded: a function for each type, its arguments in the order of its fields.

Written from the field tables of the specification, not from the decoder, which is tested with it. Numbers have their
highest byte first, text is padded by spaces on the right. Prices are in ten-thousandths of a dollar (in `decline_level`
in hundred-millionths), times in nanoseconds after midnight. What does not fit its field is an error.
"""

from functools import cache
from struct import Struct
from typing import Final, Literal, TypeAlias

Side: TypeAlias = Literal["B", "S"]

STOCK: Final = 8
PARTICIPANT: Final = 4
LENGTH: Final = Struct(">H")
_LOW_HALF: Final = 32


def _layout(fields: str) -> Struct:
    """A message's fields behind its type, locate code, tracking number, and time in two halves."""
    return Struct(">cHHHI" + fields)


_SYSTEM_EVENT: Final = _layout("c")
_STOCK_DIRECTORY: Final = _layout("8sccIcc2scccccIc")
_TRADING_ACTION: Final = _layout("8scc4s")
_SHORT_SALE: Final = _layout("8sc")
_PARTICIPANT_POSITION: Final = _layout("4s8sccc")
_DECLINE_LEVEL: Final = _layout("QQQ")
_BREACH: Final = _layout("c")
_QUOTING_PERIOD: Final = _layout("8sIcI")
_AUCTION_COLLAR: Final = _layout("8sIIII")
_OPERATIONAL_HALT: Final = _layout("8scc")
_ADD: Final = _layout("QcI8sI")
_ADD_ATTRIBUTED: Final = _layout("QcI8sI4s")
_EXECUTED: Final = _layout("QIQ")
_EXECUTED_WITH_PRICE: Final = _layout("QIQcI")
_CANCEL: Final = _layout("QI")
_DELETE: Final = _layout("Q")
_REPLACE: Final = _layout("QQII")
_TRADE: Final = _layout("QcI8sIQ")
_CROSS_TRADE: Final = _layout("Q8sIQc")
_BROKEN_TRADE: Final = _layout("Q")
_IMBALANCE: Final = _layout("QQc8sIIIcc")
_RETAIL_INTEREST: Final = _layout("8sc")
_DIRECT_LISTING: Final = _layout("8scIIIQII")


@cache
def text(value: str, length: int) -> bytes:
    """A field of text."""
    encoded = value.encode("ascii")
    if len(encoded) > length:
        raise ValueError(f"{value!r} is longer than {length} bytes")
    return encoded.ljust(length)


def framed(*messages: bytes) -> bytes:
    """Messages as they lie in a file, each behind its length."""
    return b"".join([LENGTH.pack(len(message)) + message for message in messages])


def _message(layout: Struct, kind: bytes, locate: int, tracking: int, time_ns: int, *fields: int | bytes) -> bytes:
    high, low = time_ns >> _LOW_HALF, time_ns & ((1 << _LOW_HALF) - 1)
    return layout.pack(kind, locate, tracking, high, low, *fields)


def system_event(time_ns: int, event: str, *, locate: int = 0, tracking: int = 0) -> bytes:
    """S: the day's hours begin and end (O, S, Q, M, E, C)."""
    return _message(_SYSTEM_EVENT, b"S", locate, tracking, time_ns, text(event, 1))


def stock_directory(
    locate: int,
    time_ns: int,
    stock: str,
    *,
    category: str = "Q",
    financial_status: str = "N",
    round_lot: int = 100,
    round_lots_only: str = "N",
    classification: str = "C",
    sub_type: str = "Z",
    authenticity: str = "P",
    short_sale_threshold: str = "N",
    ipo: str = "N",
    price_tier: str = "1",
    etp: str = "N",
    etp_leverage: int = 0,
    inverse: str = "N",
    tracking: int = 0,
) -> bytes:
    """R: a symbol and its locate code of the day."""
    return _message(
        _STOCK_DIRECTORY,
        b"R",
        locate,
        tracking,
        time_ns,
        text(stock, STOCK),
        text(category, 1),
        text(financial_status, 1),
        round_lot,
        text(round_lots_only, 1),
        text(classification, 1),
        text(sub_type, 2),
        text(authenticity, 1),
        text(short_sale_threshold, 1),
        text(ipo, 1),
        text(price_tier, 1),
        text(etp, 1),
        etp_leverage,
        text(inverse, 1),
    )


def trading_action(
    locate: int, time_ns: int, stock: str, state: str = "T", reason: str = "", *, tracking: int = 0
) -> bytes:
    """H: trading is halted, paused, or goes on (H, P, Q, T)."""
    return _message(
        _TRADING_ACTION, b"H", locate, tracking, time_ns, text(stock, STOCK), text(state, 1), b" ", text(reason, 4)
    )


def short_sale_restriction(locate: int, time_ns: int, stock: str, action: str = "0", *, tracking: int = 0) -> bytes:
    """Y: a restriction of Regulation SHO is in force or not (0, 1, 2)."""
    return _message(_SHORT_SALE, b"Y", locate, tracking, time_ns, text(stock, STOCK), text(action, 1))


def participant_position(
    locate: int,
    time_ns: int,
    participant: str,
    stock: str,
    *,
    primary: str = "Y",
    mode: str = "N",
    state: str = "A",
    tracking: int = 0,
) -> bytes:
    """L: a market maker's state in a symbol."""
    return _message(
        _PARTICIPANT_POSITION,
        b"L",
        locate,
        tracking,
        time_ns,
        text(participant, PARTICIPANT),
        text(stock, STOCK),
        text(primary, 1),
        text(mode, 1),
        text(state, 1),
    )


def decline_level(time_ns: int, first: int, second: int, third: int, *, locate: int = 0, tracking: int = 0) -> bytes:
    """V: where the market-wide circuit breakers lie, in hundred-millionths."""
    return _message(_DECLINE_LEVEL, b"V", locate, tracking, time_ns, first, second, third)


def breach(time_ns: int, level: str, *, locate: int = 0, tracking: int = 0) -> bytes:
    """W: a level of the market-wide circuit breakers is breached (1, 2, 3)."""
    return _message(_BREACH, b"W", locate, tracking, time_ns, text(level, 1))


def quoting_period(
    locate: int, time_ns: int, stock: str, release_seconds: int, qualifier: str, price: int, *, tracking: int = 0
) -> bytes:
    """K: when an IPO is released (seconds after midnight), or that it is not (A, C)."""
    return _message(
        _QUOTING_PERIOD, b"K", locate, tracking, time_ns, text(stock, STOCK), release_seconds, text(qualifier, 1), price
    )


def auction_collar(
    locate: int, time_ns: int, stock: str, reference: int, upper: int, lower: int, extension: int, *, tracking: int = 0
) -> bytes:
    """J: the collars of the auction after a pause of limit-up limit-down."""
    return _message(
        _AUCTION_COLLAR, b"J", locate, tracking, time_ns, text(stock, STOCK), reference, upper, lower, extension
    )


def operational_halt(
    locate: int, time_ns: int, stock: str, market: str = "Q", action: str = "H", *, tracking: int = 0
) -> bytes:
    """h: one market's own halt, or its end (H, T)."""
    return _message(
        _OPERATIONAL_HALT, b"h", locate, tracking, time_ns, text(stock, STOCK), text(market, 1), text(action, 1)
    )


def add_order(
    locate: int, time_ns: int, order: int, side: Side, shares: int, stock: str, price: int, *, tracking: int = 0
) -> bytes:
    """A: an order comes to rest."""
    return _message(_ADD, b"A", locate, tracking, time_ns, order, text(side, 1), shares, text(stock, STOCK), price)


def add_attributed_order(
    locate: int,
    time_ns: int,
    order: int,
    side: Side,
    shares: int,
    stock: str,
    price: int,
    participant: str,
    *,
    tracking: int = 0,
) -> bytes:
    """F: an order comes to rest, and its participant is told."""
    return _message(
        _ADD_ATTRIBUTED,
        b"F",
        locate,
        tracking,
        time_ns,
        order,
        text(side, 1),
        shares,
        text(stock, STOCK),
        price,
        text(participant, PARTICIPANT),
    )


def order_executed(locate: int, time_ns: int, order: int, shares: int, match: int, *, tracking: int = 0) -> bytes:
    """E: some of an order was traded at its price."""
    return _message(_EXECUTED, b"E", locate, tracking, time_ns, order, shares, match)


def order_executed_with_price(
    locate: int, time_ns: int, order: int, shares: int, match: int, printable: str, price: int, *, tracking: int = 0
) -> bytes:
    """C: some of an order was traded at another price (printable Y, N)."""
    return _message(
        _EXECUTED_WITH_PRICE, b"C", locate, tracking, time_ns, order, shares, match, text(printable, 1), price
    )


def order_cancel(locate: int, time_ns: int, order: int, shares: int, *, tracking: int = 0) -> bytes:
    """X: so many shares of an order are cancelled, and some are left."""
    return _message(_CANCEL, b"X", locate, tracking, time_ns, order, shares)


def order_delete(locate: int, time_ns: int, order: int, *, tracking: int = 0) -> bytes:
    """D: an order is gone."""
    return _message(_DELETE, b"D", locate, tracking, time_ns, order)


def order_replace(
    locate: int, time_ns: int, order: int, new_order: int, shares: int, price: int, *, tracking: int = 0
) -> bytes:
    """U: an order is gone, another takes its side and symbol."""
    return _message(_REPLACE, b"U", locate, tracking, time_ns, order, new_order, shares, price)


def trade(
    locate: int,
    time_ns: int,
    side: Side,
    shares: int,
    stock: str,
    price: int,
    match: int,
    *,
    order: int = 0,
    tracking: int = 0,
) -> bytes:
    """P: an order was traded that no book shows."""
    return _message(
        _TRADE, b"P", locate, tracking, time_ns, order, text(side, 1), shares, text(stock, STOCK), price, match
    )


def cross_trade(
    locate: int, time_ns: int, shares: int, stock: str, price: int, match: int, cross: str = "O", *, tracking: int = 0
) -> bytes:
    """Q: what an auction traded in all (O, C, H)."""
    return _message(
        _CROSS_TRADE, b"Q", locate, tracking, time_ns, shares, text(stock, STOCK), price, match, text(cross, 1)
    )


def broken_trade(locate: int, time_ns: int, match: int, *, tracking: int = 0) -> bytes:
    """B: a trade is broken; books stay as they are."""
    return _message(_BROKEN_TRADE, b"B", locate, tracking, time_ns, match)


def net_order_imbalance(
    locate: int,
    time_ns: int,
    paired: int,
    imbalance: int,
    direction: str,
    stock: str,
    far: int,
    near: int,
    reference: int,
    *,
    cross: str = "O",
    variation: str = "L",
    tracking: int = 0,
) -> bytes:
    """I: what an auction would trade, and what would be left over."""
    return _message(
        _IMBALANCE,
        b"I",
        locate,
        tracking,
        time_ns,
        paired,
        imbalance,
        text(direction, 1),
        text(stock, STOCK),
        far,
        near,
        reference,
        text(cross, 1),
        text(variation, 1),
    )


def retail_interest(locate: int, time_ns: int, stock: str, interest: str = "N", *, tracking: int = 0) -> bytes:
    """N: on which sides there is retail price improvement (B, S, A, N)."""
    return _message(_RETAIL_INTEREST, b"N", locate, tracking, time_ns, text(stock, STOCK), text(interest, 1))


def direct_listing(
    locate: int,
    time_ns: int,
    stock: str,
    eligibility: str,
    minimum: int,
    maximum: int,
    near: int,
    near_time_ns: int,
    lower: int,
    upper: int,
    *,
    tracking: int = 0,
) -> bytes:
    """O: whether a direct listing with capital raise may open, and within which prices (N, Y)."""
    return _message(
        _DIRECT_LISTING,
        b"O",
        locate,
        tracking,
        time_ns,
        text(stock, STOCK),
        text(eligibility, 1),
        minimum,
        maximum,
        near,
        near_time_ns,
        lower,
        upper,
    )
