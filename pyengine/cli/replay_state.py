"""What a replay says of the state that it led to."""

from typing import TYPE_CHECKING, Any, Final

import typer

from pyengine.output import print_columns, print_error

if TYPE_CHECKING:
    from pyengine.state import Level, State
    from pyengine.units import Scales

ROWS_SHOWN: Final = 20
"""Balances and orders of a state."""
BOOKS_SHOWN: Final = 5
LEVELS_SHOWN: Final = 5
"""Of each side."""
BALANCE_COLUMNS: Final = ("account", "asset", "available", "held")
ORDER_COLUMNS: Final = ("order", "account", "instrument", "side", "time in force", "price", "left", "of")
BOOK_COLUMNS: Final = ("orders", "quantity", "bid", "ask", "quantity", "orders")


def judge_state(conservation_ok: bool, state_hash: str, recovered: str | None) -> None:
    """Says what was wrong with the state that a replay led to. `recovered`: hash of its recovery, if there was one."""
    if not conservation_ok:
        print_error("balances do not add up to what was deposited")
    if recovered not in (None, state_hash):
        print_error(f"recovery led to another state: {recovered}, expected {state_hash}")


def print_state(state: "State") -> None:
    """As much as fits a few screens, and how much more there is."""
    balances = [(account["account"], balance) for account in state.accounts for balance in account["balances"]]
    rows = [_balance_row(state, account, balance) for account, balance in balances[:ROWS_SHOWN]]
    _print_part("Balances", BALANCE_COLUMNS, rows, len(balances))
    rows = [_order_row(order, state.scales(order["instrument"])) for order in state.orders[:ROWS_SHOWN]]
    _print_part("Open orders", ORDER_COLUMNS, rows, len(state.orders))
    books = [(symbol, book) for symbol, book in state.books.items() if book["bids"] or book["asks"]]
    for symbol, book in books[:BOOKS_SHOWN]:
        scales, deepest = state.scales(symbol), max(len(book["bids"]), len(book["asks"]))
        levels = ((book[side][at : at + 1] for side in ("bids", "asks")) for at in range(min(deepest, LEVELS_SHOWN)))
        rows = [(*reversed(_level_cells(bid, scales)), *_level_cells(ask, scales)) for bid, ask in levels]
        _print_part(f"{symbol} ({book['phase'].replace('_', ' ')})", BOOK_COLUMNS, rows, deepest)
    if len(books) > BOOKS_SHOWN:
        typer.echo(f"... and the books of {len(books) - BOOKS_SHOWN:,} more instruments; all of them with --json")


def _print_part(title: str, names: tuple[str, ...], rows: list[tuple[str, ...]], count: int) -> None:
    """Some of `count` rows."""
    more = count - len(rows)
    if rows:
        print_columns(title, names, rows, f"... and {more:,} more; all of them with --json" if more else "")


def _balance_row(state: "State", account: int, balance: dict[str, Any]) -> tuple[str, ...]:
    from pyengine.units import shown_amount

    decimals = state.assets[balance["asset"]]["decimals"]
    available, held = (shown_amount(balance[name], decimals) for name in ("available", "held"))
    return str(account), balance["asset"], available, held


def _order_row(order: dict[str, Any], scales: "Scales") -> tuple[str, ...]:
    named = (str(order[name]) for name in ("order_id", "account", "instrument", "side", "time_in_force"))
    return *named, scales.price(order["price"]), scales.quantity(order["leaves"]), scales.quantity(order["quantity"])


def _level_cells(levels: "list[Level]", scales: "Scales") -> tuple[str, str, str]:
    """Price, quantity and orders of the one level, if there is one."""
    if not levels:
        return "", "", ""
    level = levels[0]
    return scales.price(level["price"]), scales.quantity(level["quantity"]), f"{level['orders']:,}"
