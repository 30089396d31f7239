"""A picture of one symbol's replay: price with trades, spread, depth and messages, over the tape's time.

What is drawn is thinned while it comes, so a long tape takes no more memory than a short one: of best prices and of
depth the last in each stretch of time is kept, of trades the largest.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pyengine.errors import TapeError
from pyengine.tape.rows import SIDES, UNFINISHED, UNKNOWN_SIDE, Columns, Origin, TakeAway, needing
from pyengine.tape.times import SECOND_NS

with needing("--plot"):
    import matplotlib as mpl
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine
    from matplotlib.lines import Line2D
    from matplotlib.ticker import FuncFormatter, MultipleLocator

SUFFIXES: Final = (".png", ".svg")
MOST_POINTS: Final = 20_000
"""Of a series; with more it is thinned to half."""
RATE_BINS: Final = 600
DAY_SECONDS: Final = 86_400
TICK_SECONDS: Final = (
    *(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
    *(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400),
)
MOST_TICKS: Final = 14
LEAST_DOT: Final = 7.0
"""Of the smallest trade, in square points."""
MOST_DOT: Final = 130.0
"""Of the largest, where there are few."""
ALL_DOTS: Final = 60_000.0
"""Of as many of the largest, where there are many."""
BID, ASK, UNKNOWN, INK = "#1f6fb4", "#d1660f", "#7a7a7a", "#333333"
BID_SHADES: Final = ("#0b3c66", "#1f6fb4", "#6aaad9", "#bcd9ee")
ASK_SHADES: Final = ("#7a3503", "#d1660f", "#f0a060", "#f9d9bd")
STYLE: Final[Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "axes.edgecolor": "#b0b0b0",
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.7,
    "legend.frameon": False,
    "svg.hashsalt": "pyengine",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": INK,
    "ytick.color": INK,
}

Numbers = NDArray[np.float64]
Kept = Callable[[Columns, NDArray[np.intp]], NDArray[np.intp]]
"""Which row of each group of rows is kept; the groups are told by where they begin."""


def last_of(columns: Columns, begins: NDArray[np.intp]) -> NDArray[np.intp]:
    """How it stood at the end of the stretch."""
    return np.append(begins[1:], len(columns["time_ns"])) - 1


def largest_of(columns: Columns, begins: NDArray[np.intp]) -> NDArray[np.intp]:
    """The row of the largest quantity, the first of several."""
    group = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(columns["time_ns"]))))
    order = np.lexsort((-columns["quantity"], group))
    return np.sort(order[begins])


class Series:
    """Rows in the tape's order, thinned where there are too many."""

    def __init__(self, kept: Kept, most: int = MOST_POINTS) -> None:
        self._kept = kept
        self._most = most
        self._parts: list[Columns] = []
        self._rows = 0
        self._stretch_ns = 1
        self.is_thinned = False

    def add(self, columns: Columns) -> None:
        """Rows to come behind those so far."""
        self._parts.append(columns)
        self._rows += len(columns["time_ns"])
        if self._rows > self._most:
            times = self.columns()["time_ns"]
            span = int(times.max() - times.min())
            self._stretch_ns = max(self._stretch_ns, 2 * span // self._most + 1)
            self._thin()
        while self._rows > self._most:  # Times that go back and forth begin the same stretch again and again.
            self._stretch_ns *= 2
            self._thin()

    def _thin(self) -> None:
        whole = self.columns()
        stretches = whole["time_ns"] // np.uint64(self._stretch_ns)
        begins = np.flatnonzero(np.append(True, stretches[1:] != stretches[:-1]))
        rows = self._kept(whole, begins)
        self._parts = [{name: column[rows] for name, column in whole.items()}]
        self._rows = len(rows)
        self.is_thinned = True

    def columns(self) -> Columns:
        """All that was kept."""
        if not self._parts:
            return {"time_ns": np.empty(0, np.uint64)}
        if len(self._parts) > 1:
            names = self._parts[0]
            self._parts = [{name: np.concatenate([part[name] for part in self._parts]) for name in names}]
        return self._parts[0]


class Picture:
    """Draws what it was given when the replay is whole."""

    tables: Final = frozenset({"trades", "top", "depth", "rates"})

    def __init__(self, path: Path, origin: Origin, take_away: TakeAway) -> None:
        self._path = path
        self._origin = origin
        self._edges = band_edges(take_away.depth)
        self._symbol = ""
        self._instruments: set[int] = set()
        self._messages = self._trades = 0
        self._top = Series(last_of)
        self._traded = Series(largest_of)
        self._rates = Series(last_of, most=10 * DAY_SECONDS)
        self._depth = [Series(last_of) for _ in SIDES]
        if path.suffix not in SUFFIXES:
            raise TapeError(f"--plot {path}: its name ends neither in .png nor in .svg")
        self._unfinished = path.with_name(path.name + UNFINISHED)
        self._unfinished.touch()

    def take(self, table: str, columns: Columns, symbols: list[str]) -> None:
        """Keeps what is drawn of the next rows."""
        self._instruments |= set(np.unique(columns["instrument"]).tolist())
        if len(self._instruments) > 1:
            raise TapeError("--plot draws one symbol, and the tape has more: choose one with --symbols")
        self._symbol = symbols[next(iter(self._instruments))]
        if table == "rates":
            self._messages += int(columns["messages"].sum())
            self._rates.add(columns)
        elif table == "top":
            self._top.add(columns)
        elif table == "trades":
            self._trades += len(columns["time_ns"])
            self._traded.add(columns)
        else:
            self._take_depth(columns)

    def _take_depth(self, columns: Columns) -> None:
        """Of each look at a side: how much there was up to the level that ends each band."""
        begins = np.flatnonzero(columns["level"] == 1)
        sides = columns["side"][begins]
        looks: Columns = {"time_ns": columns["time_ns"][begins]}
        for edge in self._edges:
            within = np.where(columns["level"] <= edge, columns["quantity"], 0)
            looks[str(edge)] = np.add.reduceat(within, begins)
        for side, series in enumerate(self._depth):
            of_side = sides == side
            if of_side.any():
                series.add({name: column[of_side] for name, column in looks.items()})

    def keep(self) -> None:
        """Draws."""
        if not self._messages:
            raise TapeError(f"{self._origin.tape}: no message about an order or a trade: nothing to draw")
        with mpl.rc_context(STYLE):
            figure = self._figure()
            kind = self._path.suffix[1:]
            figure.savefig(self._unfinished, format=kind, dpi=150, metadata={"Date": None} if kind == "svg" else None)
        self._unfinished.rename(self._path)

    def discard(self) -> None:
        """Leaves no picture."""
        self._unfinished.unlink(missing_ok=True)

    # Drawing

    def _figure(self) -> Figure:
        figure = Figure(figsize=(13, 10), layout=ConstrainedLayoutEngine(h_pad=0.06, hspace=0.03))
        FigureCanvasAgg(figure)
        price, spread, depth, rate = figure.subplots(4, 1, sharex=True, height_ratios=(3.4, 1.1, 2.0, 1.1))
        rates = self._rates.columns()
        begin = int(rates["time_ns"][0])
        self._day_seconds = begin // SECOND_NS // DAY_SECONDS * DAY_SECONDS
        self._begin = self._seconds(self._ends(0)).min()
        self._end = max(self._seconds(self._ends(-1)).max(), self._begin + 1e-6)
        self._draw_price(price)
        self._draw_spread(spread)
        self._draw_depth(depth)
        self._draw_rate(rate, rates)
        time_axis(rate, self._begin, self._end)
        rate.set_xlabel(self._time_label())
        figure.align_ylabels()
        figure.suptitle(
            f"{self._symbol or 'unnamed'}  ·  {self._origin.tape.name}", x=0.01, ha="left", fontsize=15, weight="bold"
        )
        price.set_title(self._told(), loc="left", fontsize=10, color="#666666", pad=10)
        return figure

    def _ends(self, at: int) -> NDArray[np.uint64]:
        """The first or last time of each series that has one; of messages the second that holds it does not count."""
        series = [one.columns()["time_ns"] for one in (self._top, self._traded, *self._depth)]
        times = [times[at] for times in series if len(times)]
        return np.array(times or [self._rates.columns()["time_ns"][at]], np.uint64)

    def _seconds(self, times: NDArray[np.uint64]) -> Numbers:
        """Of the day."""
        return np.asarray((times - np.uint64(self._day_seconds * SECOND_NS)).astype(np.float64) / SECOND_NS)

    def _prices(self, steps: NDArray[Any]) -> Numbers:
        """In the currency; not a number where there is none."""
        return np.where(steps > 0, steps / self._origin.price_scale, np.nan)

    def _told(self) -> str:
        shown = f"{self._messages:,} messages, {self._trades:,} trades"
        return shown + (" (of trades close together the largest is drawn)" if self._traded.is_thinned else "")

    def _time_label(self) -> str:
        if self._day_seconds == 0:
            return f"time after {self._origin.time_from} (hours:minutes:seconds)"
        day = datetime.fromtimestamp(self._day_seconds, UTC)
        return f"time of {day:%Y-%m-%d} (UTC, hours:minutes:seconds)"

    def _best(self) -> tuple[Numbers, Numbers, Numbers]:
        """When best prices changed, and what bid and ask were from then on; the last until the end."""
        top = self._top.columns()
        if not len(top["time_ns"]):
            return np.array([self._begin]), np.array([np.nan]), np.array([np.nan])
        times = np.append(self._seconds(top["time_ns"]), self._end)
        bid, ask = (self._prices(top[f"{side}_price"]) for side in ("bid", "ask"))
        return times, np.append(bid, bid[-1]), np.append(ask, ask[-1])

    def _draw_price(self, axes: Axes) -> None:
        times, bid, ask = self._best()
        axes.fill_between(times, bid, ask, step="post", color="#999999", alpha=0.13, linewidth=0)
        for side, color in ((bid, BID), (ask, ASK)):
            axes.step(times, side, where="post", color=color, linewidth=0.9, alpha=0.75)
        traded = self._traded.columns()
        prices = np.empty(0)
        if len(traded["time_ns"]):
            prices = self._prices(traded["price"])
            self._draw_trades(axes, traded, prices)
        low, high = price_range(bid, ask, prices)
        axes.set_ylim(low, high)
        axes.set_ylabel("price (USD)")
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.{decimals(high - low)}f}"))
        dots = [("buyer-initiated", BID), ("seller-initiated", ASK), ("hidden or cross", UNKNOWN)]
        handles = [Line2D([], [], color=color, label=name) for name, color in (("best bid", BID), ("best ask", ASK))]
        handles += [
            Line2D(
                [],
                [],
                marker="o",
                linestyle="",
                markersize=7,
                markeredgecolor="white",
                color=color,
                label=f"trade, {name}",
            )
            for name, color in dots
        ]
        axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1), ncols=5, borderaxespad=0.2, fontsize=9)

    def _draw_trades(self, axes: Axes, traded: Columns, prices: Numbers) -> None:
        times, root = self._seconds(traded["time_ns"]), np.sqrt(traded["quantity"].astype(np.float64))
        most = min(MOST_DOT, max(2 * LEAST_DOT, ALL_DOTS / len(root)))
        share = np.minimum(root / max(float(np.quantile(root, 0.999)), 1.0), 1.0)
        areas = LEAST_DOT + (most - LEAST_DOT) * share
        for side, color in ((UNKNOWN_SIDE, UNKNOWN), (0, BID), (1, ASK)):
            of = traded["aggressor"] == side
            axes.scatter(
                times[of],
                prices[of],
                s=areas[of],
                color=color,
                alpha=0.85,
                linewidths=0.25,
                edgecolors="white",
                zorder=3,
                rasterized=True,
            )

    def _draw_spread(self, axes: Axes) -> None:
        times, bid, ask = self._best()
        spread = 100 * (ask - bid)
        axes.fill_between(times, 0, spread, step="post", color="#8a5fb0", alpha=0.2, linewidth=0)
        axes.step(times, spread, where="post", color="#6b3f94", linewidth=0.8)
        known = spread[np.isfinite(spread)]
        if len(known):
            axes.set_ylim(min(0.0, float(known.min())), 1.15 * max(float(np.quantile(known, 0.98)), 1e-3))
        axes.set_ylabel("spread (cents)")

    def _draw_depth(self, axes: Axes) -> None:
        highest = 1.0
        for side, series, sign, shades in zip(SIDES, self._depth, (1, -1), (BID_SHADES, ASK_SHADES), strict=True):
            columns = series.columns()
            if not len(columns["time_ns"]):
                continue
            times = np.append(self._seconds(columns["time_ns"]), self._end)
            inner = np.zeros(len(times))
            before = 0
            for edge, shade in zip(self._edges, shades, strict=False):
                outer = sign * np.append(columns[str(edge)], columns[str(edge)][-1]).astype(np.float64)
                name = f"{'bid' if side == SIDES[0] else 'ask'} {band_name(before, edge)}"
                axes.fill_between(times, inner, outer, step="post", color=shade, linewidth=0, label=name)
                inner, before = outer, edge
            highest = max(highest, float(np.quantile(np.abs(inner), 0.995)))
        axes.axhline(0, color="white", linewidth=1)
        axes.set_ylim(-1.08 * highest, 1.08 * highest)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.0f}"))
        axes.set_ylabel("depth (shares)\nasks  |  bids")
        if axes.get_legend_handles_labels()[0]:
            axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=8, borderaxespad=0.2, fontsize=8)

    def _draw_rate(self, axes: Axes, rates: Columns) -> None:
        seconds = (rates["time_ns"] // np.uint64(SECOND_NS)).astype(np.int64) - self._day_seconds
        width = max(1, int(seconds[-1] - seconds[0] + 1) // RATE_BINS)
        bins = (seconds - seconds[0]) // width
        counts = np.bincount(bins, weights=rates["messages"].astype(np.float64))
        edges = seconds[0] + width * np.arange(len(counts) + 1)
        axes.stairs(counts / width, edges, fill=True, color="#5a8f5a", alpha=0.85)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 10 else f"{value:g}"))
        axes.set_ylabel("messages\nper second")


def band_edges(levels: int) -> tuple[int, ...]:
    """The levels that end a band of the depth: the best, and some groups behind it."""
    return tuple(sorted({1, -(-levels * 3 // 10), -(-levels // 2), levels}))


def band_name(before: int, edge: int) -> str:
    """The levels of a band."""
    return f"level {edge}" if edge == before + 1 else f"{before + 1}–{edge}"


def price_range(bid: Numbers, ask: Numbers, trades: Numbers) -> tuple[float, float]:
    """What is shown: trades, and best prices but for the few that are far off."""
    sides = [side[np.isfinite(side)] for side in (bid, ask)]
    lows = [float(np.quantile(side, 0.02)) for side in sides[:1] if len(side)]
    highs = [float(np.quantile(side, 0.98)) for side in sides[1:] if len(side)]
    if len(trades):
        lows.append(float(trades.min()))
        highs.append(float(trades.max()))
    low, high = min(lows or highs or [0.0]), max(highs or lows or [1.0])
    margin = 0.05 * (high - low) or 0.01 * high
    return low - margin, high + margin


def decimals(span: float) -> int:
    """Of prices on an axis that is so long."""
    return 2 if span >= 0.05 else 4


def time_axis(axes: Axes, begin: float, end: float) -> None:
    """Ticks at round times of day."""
    step = next((step for step in TICK_SECONDS if (end - begin) / step <= MOST_TICKS), TICK_SECONDS[-1])
    digits = max(0, 3 if step < 0.01 else 2 if step < 0.1 else 1 if step < 1 else 0)

    def shown(value: float, _: object) -> str:
        ticks = round(value * 10**digits)
        whole, fraction = divmod(ticks, 10**digits)
        minutes, seconds = divmod(whole, 60)
        text = f"{minutes // 60 % 24:02}:{minutes % 60:02}:{seconds:02}"
        return f"{text}.{fraction:0{digits}}" if digits else text

    axes.set_xlim(begin, end)
    axes.xaxis.set_major_locator(MultipleLocator(step))
    axes.xaxis.set_major_formatter(FuncFormatter(shown))
