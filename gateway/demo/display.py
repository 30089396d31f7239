"""What a person sees of the demo: the books while it runs, the summary when it is over."""

import asyncio
import json as json_module
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from gateway.sample import LISTINGS, LOT_UNITS, QUOTE_UNIT

if TYPE_CHECKING:
    from rich.console import Group, RenderableType

    from gateway.demo.traders import Market

FRAME_SECONDS: Final = 0.25
DEPTH_SHOWN_MAX: Final = 5
BOOK_COLUMNS: Final = 47
BOOK_HEADER_LINES: Final = 3
TRADES_SHOWN_MIN: Final = 3
STATUS_COLUMNS: Final = 105
TICKS_PER_DOLLAR: Final = 100


async def show_live(market: "Market", seconds: float, *, quiet: bool) -> None:
    """Waits for the demo's time to pass; on a terminal it shows the market meanwhile."""
    from rich.console import Console
    from rich.live import Live

    end = time.monotonic() + seconds
    if quiet or not sys.stdout.isatty():
        while time.monotonic() < end:
            await asyncio.sleep(min(FRAME_SECONDS, max(0.0, end - time.monotonic())))
            market.check()
        return
    console = Console()
    with Live(console=console, auto_refresh=False, transient=True) as live:
        while time.monotonic() < end:
            live.update(_frame(market, end - time.monotonic(), *console.size), refresh=True)
            await asyncio.sleep(min(FRAME_SECONDS, max(0.0, end - time.monotonic())))
            market.check()


def layout(columns: int, lines: int) -> tuple[int, int]:
    """(levels of each book, trades) that fit on a terminal of this size; at least one level and no trade."""
    books_in_a_row = max(1, columns // (BOOK_COLUMNS + 1))
    rows = -(-len(LISTINGS) // books_in_a_row)
    room = lines - 1 - -(-STATUS_COLUMNS // columns)  # the last line stays free for the cursor
    depth = (room - TRADES_SHOWN_MIN) // rows - BOOK_HEADER_LINES
    depth = max(1, min(DEPTH_SHOWN_MAX, depth))
    return depth, max(0, room - rows * (depth + BOOK_HEADER_LINES))


def _frame(market: "Market", seconds_left: float, columns: int, lines: int) -> "Group":
    from rich.columns import Columns
    from rich.console import Group
    from rich.text import Text

    elapsed = max(time.monotonic() - market.started, 1e-9)
    line = (
        f"{market.orders:,} orders   {market.amendments:,} amendments   {market.fills:,} fills settled   "
        f"{market.settled_notional / QUOTE_UNIT:,.2f} USDC   {market.fills / elapsed:,.0f} fills/s   "
        f"{seconds_left:.0f} s left"
    )
    depth, trades_shown = layout(columns, lines)
    latest = list(market.trades)[-trades_shown:] if trades_shown else []
    trades = Text("\n".join(_trade_line(trade) for trade in latest), style="dim")
    books = Columns([_book(market, listing.symbol, depth) for listing in LISTINGS])
    return Group(Text(line, style="bold"), books, trades)


def _book(market: "Market", symbol: str, depth: int) -> "RenderableType":
    from rich.table import Table

    table = Table(title=f"{symbol}{_phase(market, symbol)}", show_edge=False)
    for name, style in (("bid", "green"), ("price", "green"), ("price", "red"), ("ask", "red")):
        table.add_column(name, justify="right", style=style, min_width=9)
    mirror = market.viewer.books.get(symbol)
    bids = mirror.bids()[:depth] if mirror else []
    asks = mirror.asks()[:depth] if mirror else []
    for row in range(depth):
        bid = (_quantity(bids[row][1]), _price(bids[row][0])) if row < len(bids) else ("", "")
        ask = (_price(asks[row][0]), _quantity(asks[row][1])) if row < len(asks) else ("", "")
        table.add_row(*bid, *ask)
    return table


def _phase(market: "Market", symbol: str) -> str:
    """What an instrument does instead of trading continuously, and what its auction would do."""
    told = market.phases.get(symbol)
    if told is None or (told.phase == "continuous" and not told.causes):
        return ""
    indicated = f", {_quantity(told.quantity)} at {_price(told.price)} so far" if told.kind == "indicated" else ""
    return f"  ({'halted' if told.causes else told.phase}{indicated})"


def _trade_line(trade: Any) -> str:
    quantity, price = _quantity(trade.quantity), _price(trade.price)
    side = trade.side or "auction"
    return f"settled {trade.settlement_id:>8,}  {trade.instrument:<10} {side:>7} {quantity:>9} at {price}"


def _price(ticks: int) -> str:
    return f"{ticks / TICKS_PER_DOLLAR:,.2f}"


def _quantity(lots: int) -> str:
    return f"{lots * LOT_UNITS / QUOTE_UNIT:,.3f}"


def show_summary(summary: dict[str, Any], *, json: bool) -> None:
    """The figures and the proof, for people or as one JSON object on the last line."""
    if json:
        sys.stdout.write(json_module.dumps(summary) + "\n")
        return
    from pyengine.output import print_error, print_table

    latency = summary["latency_us"]
    figures = {name: summary[name] for name in ("orders", "amendments", "rejections", "fills")}
    names = ("mass_quotes", "protections_triggered", "auctions", "halts")
    figures |= {name.replace("_", " "): summary[name] for name in names}
    figures["settled notional"] = f"{summary['settled_notional'] / QUOTE_UNIT:,.2f} USDC"
    for name, microseconds in latency.items():
        figures[f"latency {name.replace('_', '.')}"] = f"{microseconds / 1_000:.2f} ms"
    figures["commands recovered from the journal"] = summary["recovered_commands"]
    print_table("The venue", figures)
    conservation = {
        symbol: f"{sums['total']:,} of {sums['issued']:,} units {'ok' if sums['total'] == sums['issued'] else 'LOST'}"
        for symbol, sums in summary["conservation"].items()
    }
    print_table("Conservation: held by all accounts, of what was deposited", conservation)
    # Not in a table: a hash is there to be compared and copied, so it must not be folded.
    sys.stdout.write(f"State hash before the stop:  {summary['state_hash']}\n")
    sys.stdout.write(f"State hash after recovery:   {summary['recovered_state_hash']}\n")
    for difference in summary["differences"]:
        print_error(difference)
    verdict = "Nothing was lost." if summary["proven"] else "THE PROOF FAILED."
    sys.stdout.write(verdict + "\n")
