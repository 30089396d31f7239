"""A run's results as a picture and as tables of the README: `python -m bench.chart RESULTS.json OUT.svg [--readme]`.

The picture is SVG, written here, with nothing measured; beside it goes what was drawn, as results again (`OUT.json`),
of which `--readme` writes the region of the README as well. So picture and tables are of one run, and the same results
give the same bytes. Nothing in it depends on a colour scheme: every colour is legible on white and on black.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

from bench import harness
from bench.harness import Details, Result

MET, MISSED = "✓", "✗"
README: Final = harness.REPOSITORY / "README.md"
BEGIN: Final = "<!-- bench.chart: begin -->"
END: Final = "<!-- bench.chart: end -->"
SHAPED: Final = "scenarios"
ELSEWHERE: Final = ("scenarios", "memory", "peers")
"""Benchmarks that are not rows of the README's table: shapes and memory are told below it, peers are not the engine."""
BURDENS: Final = {
    "untouched_instruments": "1,000 untouched instruments",
    "far_price": "prices far from the touch",
    "deep_book": "a deep book",
    "": "256 instruments, 100,000 accounts and client ids",
}
"""What a market of `bench.scenarios` has more than the plain one; last the large one."""
MEMORY: Final = {
    "instruments_mb": "1,000 instruments of full price range",
    "price_walk_mb": "a walk over every price of an instrument adds",
    "accounts_mb": "1,000,000 accounts with 3 of 500 assets each",
    "orders_mb": "4,000,000 open orders with client ids",
}
DRAWN_DETAILS: Final = {
    "scenarios": ("shapes", "peers", "scale_ratio", "robustness"),
    "memory": tuple(MEMORY),
}
DRAWN_OF_SHAPES: Final = ("plain", "client_ids")


@dataclass(frozen=True)
class Shown:
    """What there is to show of a run."""

    machine: Details
    results: list[Result]

    @classmethod
    def read(cls, path: Path) -> "Shown":
        """Results as `python -m bench` writes them. `ValueError` if they are none, or are of no use."""
        try:
            run = json.loads(path.read_text(encoding="utf-8"))
            if any(result.get("quick") for result in run["results"]):
                raise ValueError(f"{path}: was measured with --quick, which says nothing of speed")
            return cls(run["machine"], [Result.from_json(result) for result in run["results"]])
        except (KeyError, TypeError, AttributeError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise ValueError(f"{path}: no results of `python -m bench`: {error!r}") from None

    def rows(self) -> list[Result]:
        """Rates of the benchmarks that have a row of their own."""
        measured = (result for result in self.results if result.name not in ELSEWHERE)
        return [row for result in measured for row in result.rows()]

    def details(self, name: str) -> Details:
        """Of a benchmark; nothing if it was not run."""
        return next((result.details for result in self.results if result.name == name), {})

    def written(self) -> str:
        """What was shown, as results: figures that nobody sees are left out."""
        results = [asdict(_trimmed(result)) for result in self.results if result.name != "peers"]
        return (
            json.dumps({"machine": self.machine, "results": results, "failed": []}, indent=1, ensure_ascii=False) + "\n"
        )


def _trimmed(result: Result) -> Result:
    details = {name: result.details[name] for name in DRAWN_DETAILS.get(result.name, ()) if name in result.details}
    if shapes := details.get("shapes"):
        kept = {name: {each: shape[each] for each in DRAWN_OF_SHAPES} for name, shape in shapes.items()}
        details = details | {"shapes": kept}
    return replace(result, details=details, also=[_trimmed(row) for row in result.also])


# The table


def mark(row: Result) -> str:
    """Beside the floor: whether it was met."""
    if row.floor is None:
        return ""
    return MET if harness.meets_floor(row) else MISSED


def floor(row: Result) -> str:
    """What the row is to reach, or to stay below."""
    if row.floor is None:
        return ""
    return f"{'≤ ' if row.at_most else ''}{row.floor:,.0f}{row.unit}"


def table(rows: Iterable[Result]) -> list[str]:
    """Lines of Markdown."""
    lines = ["| benchmark | rate | floor | | beside |", "|---|---:|---:|---|---|"]
    for row in rows:
        rate = f"{row.rate_per_second:,.0f}{row.unit}"
        lines.append(f"| `{row.name}` | {rate} | {floor(row)} | {mark(row)} | {row.beside} |")
    return lines


def readme(shown: Shown, picture: str) -> str:
    """The region of the README."""
    facts = shown.machine
    machine = f"{facts['cpu']}, {facts['cores']} cores, Python {facts['python']}"
    of = f", {facts['measured']}" if "measured" in facts else ""
    lines = [f"One run on {machine}{of}:", "", f"![Rates beside their floors]({picture})", "", *table(shown.rows())]
    details = shown.details(SHAPED)
    if details:
        lines += ["", *_shape_lines(details)]
    if "robustness" in details:
        kept = details["robustness"] | {"": details["scale_ratio"]}
        costs = "; ".join(f"{share:.2f} with {BURDENS[name]}" for name, share in kept.items())
        lines += ["", f"Of a plain market's rate there is left: {costs}."]
    if memory := shown.details("memory"):
        lines += ["", f"Memory, resident: {'; '.join(f'{MEMORY[name]} {memory[name]:,.0f} MB' for name in MEMORY)}."]
    return "\n".join(lines) + "\n"


def _shape_lines(details: Details) -> Iterator[str]:
    peers = details["peers"]
    first = next(iter(peers))
    yield "Five shapes of order flow, millions of messages a second, one command a call; the peers match only:"
    yield ""
    yield f"| shape | engine | with client ids | {' | '.join(peers)} | engine ÷ {first} |"
    yield "|---|" + "---:|" * (len(peers) + 3)
    for name, shape in details["shapes"].items():
        rates = [shape["plain"], shape["client_ids"], *(peers[peer][name] for peer in peers)]
        cells = " | ".join(f"{rate / 1e6:.1f}" for rate in rates)
        yield f"| {name} | {cells} | {shape['plain'] / peers[first][name]:.2f} |"


def rewritten(text: str, region: str) -> str:
    """A README with this region. `ValueError` if it has no place for one."""
    head, begin, rest = text.partition(BEGIN + "\n")
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no region between {BEGIN} and {END}")
    return head + begin + region + end + tail


# The picture

WIDTH: Final = 860
LABELS: Final = 190
"""Width of the names on the left."""
ROW: Final = 24
BAR: Final = 14
MARGIN: Final = 16
FIGURES: Final = 180
"""Width of the figures on the right."""
PLOT: Final = WIDTH - LABELS - FIGURES - 2 * MARGIN
RATIO_MAX: Final = 3.0
"""A rate of more than so many floors has a bar of this length; its figure says how much it is."""
BLUE, PALE, ORANGE, GREY, INK = "#3b82c4", "#8fb8de", "#d97706", "#9aa2ab", "#7a828c"


class Bar(NamedTuple):
    """One of a chart's bars: how long, of 1, in which colour, and what it says."""

    name: str
    share: float
    colour: str
    figure: str


def svg(shown: Shown) -> str:
    """The picture."""
    parts: list[str] = []
    y = MARGIN
    floors = [row for row in shown.rows() if row.floor and row.unit == "/s" and not row.at_most]
    if floors:
        title = "Rates beside their floors (the line)"
        y = _panel(parts, y, title, [_beside_floor(row) for row in floors], line=1 / RATIO_MAX)
    if details := shown.details(SHAPED):
        peers = ", ".join(details["peers"])
        title = f"Five shapes of order flow: the engine, with client ids, and what only matches ({peers})"
        y = _panel(parts, y, title, list(_shape_bars(details)))
    if not parts:
        raise ValueError("nothing to draw: no rate with a floor, and no shapes of order flow")
    size = f'viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}"'
    font = f'font-family="system-ui,sans-serif" font-size="12" fill="{INK}"'
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" {font}>', *parts, "</svg>", ""])


def _beside_floor(row: Result) -> Bar:
    assert row.floor
    ratio = row.rate_per_second / row.floor
    colour = BLUE if harness.meets_floor(row) else ORANGE
    figure = f"{_rate(row.rate_per_second)} of {_rate(row.floor)} {mark(row)}"
    return Bar(row.name, min(ratio / RATIO_MAX, 1), colour, figure)


def _shape_bars(details: Details) -> Iterator[Bar]:
    shapes, peers = details["shapes"], details["peers"]
    greatest = max(*(shape["plain"] for shape in shapes.values()), *(max(rates.values()) for rates in peers.values()))
    for name, shape in shapes.items():
        yield Bar(name, shape["plain"] / greatest, BLUE, f"{_rate(shape['plain'])} engine")
        yield Bar("", shape["client_ids"] / greatest, PALE, f"{_rate(shape['client_ids'])} with ids")
        for peer, rates in peers.items():
            yield Bar("", rates[name] / greatest, GREY, f"{_rate(rates[name])} {peer}")


def _rate(rate: float) -> str:
    return f"{rate / 1e6:.1f} M/s" if rate >= 1e6 else f"{rate / 1e3:,.0f} k/s"


def _panel(parts: list[str], y: int, title: str, bars: Sequence[Bar], line: float | None = None) -> int:
    """Adds a chart below `y`; returns where the next can begin."""
    parts.append(f'<text x="{MARGIN}" y="{y + 14}" font-size="14" font-weight="600">{escape(title)}</text>')
    left, grouped = MARGIN + LABELS, any(not bar.name for bar in bars)
    line_x = 0 if line is None else left + round(line * PLOT)
    top = y = y + ROW + 6
    for bar in bars:
        if grouped and bar.name and y > top:
            y += ROW - BAR
        base, length = y + BAR - 2, max(round(bar.share * PLOT), 1)
        at = left + length + 6
        if at < line_x:  # the line goes through no figure
            at = line_x + 6
        if bar.name:
            parts.append(f'<text x="{left - 8}" y="{base}" text-anchor="end">{escape(bar.name)}</text>')
        parts.append(f'<rect x="{left}" y="{y}" width="{length}" height="{BAR}" rx="2" fill="{bar.colour}"/>')
        parts.append(f'<text x="{at}" y="{base}">{escape(bar.figure)}</text>')
        y += BAR + 4 if grouped else ROW
    if line is not None:
        ends = f'x1="{line_x}" y1="{top - 4}" x2="{line_x}" y2="{y}"'
        parts.append(f'<line {ends} stroke="{INK}" stroke-dasharray="4 3"/>')
    return y + MARGIN


def draw(results: Path, out: Path) -> Shown:
    """Writes the picture and, beside it, what it shows. `ValueError`, and nothing is written."""
    shown = Shown.read(results)
    picture = svg(shown)
    out.write_text(picture, encoding="utf-8")
    out.with_suffix(".json").write_text(shown.written(), encoding="utf-8")
    return shown


def main(words: list[str] | None = None) -> int:
    """Draws; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.chart", description="Draws the results of a run.")
    parser.add_argument("results", type=Path, metavar="RESULTS.json", help="what `python -m bench` has written")
    parser.add_argument("out", type=Path, metavar="OUT.svg", help="the picture")
    parser.add_argument("--readme", action="store_true", help="write the README's figures of the same results, too")
    arguments = parser.parse_args(words)
    if arguments.out.suffix != ".svg":
        parser.error(f"{arguments.out}: a picture's name ends in .svg")
    try:
        shown = draw(arguments.results, arguments.out)
        if arguments.readme:
            picture = arguments.out.resolve().relative_to(README.parent).as_posix()
            text = rewritten(README.read_text(encoding="utf-8"), readme(shown, picture))
            README.write_text(text, encoding="utf-8")
    except (ValueError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
