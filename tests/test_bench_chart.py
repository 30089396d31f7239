"""Picture and tables of a run: that they say what was measured, and that those of the README are of one run."""

import json
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest

from bench import __main__ as all_benchmarks
from bench import chart, scenarios
from bench.chart import BLUE, LABELS, MARGIN, ORANGE, PLOT, RATIO_MAX, WIDTH, Shown

ROOT: Final = Path(__file__).parent.parent
PICTURE: Final = ROOT / "docs/pictures/speed.svg"
LETTER: Final = 8
"""A letter of the picture is no wider."""


def row(name: str, rate: float, floor: float | None = None, **fields: Any) -> dict[str, Any]:
    """A result as a benchmark prints it."""
    plain = {"beside": "", "details": {}, "also": [], "unit": "/s", "at_most": False, "quick": False}
    return {"name": name, "rate_per_second": rate, "floor": floor, **plain, **fields}


SHAPES: Final = {
    "calm": {"plain": 20e6, "client_ids": 10e6, "spread": {}, "seen": {}},
    "crash": {"plain": 5e6, "client_ids": 4e6, "spread": {}, "seen": {}},
}
RESULTS: Final = [
    row("core", 7_500_000, 5_000_000, beside="5 < 6 runs", also=[row("core.client_ids", 2_500_000, 5_000_000)]),
    row("journal", 90_000_000, 1_000_000, also=[row("journal.python", 5)]),
    row("market", 97, 95, unit=" %"),
    row(
        "scenarios",
        5e6,
        3e7,
        details={
            "shapes": SHAPES,
            "peers": {"matchcore": {"calm": 10e6, "crash": 40e6}},
            "scale_ratio": 0.3,
            "robustness": {"deep_book": 0.9},
            "markets": {},
        },
    ),
    row("memory", 6, unit=" MB", details=dict.fromkeys(chart.MEMORY, 1.5) | {"states": {}}),
    row("peers", 5),
]


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.json"
    facts = {"cpu": "A & B", "cores": 2, "python": "3.11.9", "measured": "2026-01-02"}
    path.write_text(json.dumps({"machine": facts, "results": RESULTS, "failed": []}))
    return path


def drawn(picture: str) -> tuple[list[Any], list[Any]]:
    """Its bars and its texts."""
    root = ElementTree.fromstring(picture)
    name = "{http://www.w3.org/2000/svg}"
    return root.findall(f"{name}rect"), root.findall(f"{name}text")


def test_the_readme_and_its_picture_are_of_one_run() -> None:
    """Of the results that lie beside the picture, which `--readme` leaves there."""
    shown = Shown.read(PICTURE.with_suffix(".json"))
    assert len(shown.rows()) >= 8
    assert PICTURE.read_text(encoding="utf-8") == chart.svg(shown)
    text = chart.README.read_text(encoding="utf-8")
    assert chart.rewritten(text, chart.readme(shown, "docs/pictures/speed.svg")) == text
    assert PICTURE.with_suffix(".json").read_text(encoding="utf-8") == shown.written()


def test_a_bar_is_as_long_as_its_rate_has_floors(results: Path) -> None:
    picture = chart.svg(Shown.read(results))
    bars, texts = drawn(picture)
    said = [text.text for text in texts]
    assert said[:9] == [
        "Rates beside their floors (the line)",
        "core", "7.5 M/s of 5.0 M/s ✓",
        "core.client_ids", "2.5 M/s of 5.0 M/s ✗",
        "journal", "90.0 M/s of 1.0 M/s ✓",
        "Five shapes of order flow: the engine, with client ids, and what only matches (matchcore)",
        "calm",
    ]  # fmt: skip
    lengths = [int(bar.get("width")) for bar in bars]
    colours = [bar.get("fill") for bar in bars]
    assert colours[:3] == [BLUE, ORANGE, BLUE]
    assert lengths[:3] == [round(PLOT * 1.5 / RATIO_MAX), round(PLOT * 0.5 / RATIO_MAX), PLOT]
    assert lengths[3:] == [round(PLOT * rate / 40) for rate in (20, 10, 10, 5, 4, 40)]
    (line,) = ElementTree.fromstring(picture).findall("{http://www.w3.org/2000/svg}line")
    assert int(line.get("x1", "")) == MARGIN + LABELS + round(PLOT / RATIO_MAX)


def test_nothing_is_drawn_over_the_edge_or_the_line(results: Path) -> None:
    bars, texts = drawn(chart.svg(Shown.read(results)))
    line = MARGIN + LABELS + round(PLOT / RATIO_MAX)
    for text in texts:
        begin, length = int(text.get("x")), LETTER * len(text.text)
        if text.get("text-anchor") == "end":
            assert begin - length >= 0, text.text
            continue
        assert begin + length <= WIDTH, text.text
        if " of " in text.text and "M/s" in text.text:
            assert begin > line, text.text
    heights = [int(bar.get("y")) for bar in bars]
    assert heights == sorted(set(heights))


def test_tables_say_what_was_measured(results: Path) -> None:
    text = chart.readme(Shown.read(results), "speed.svg")
    for line in (
        "One run on A & B, 2 cores, Python 3.11.9, 2026-01-02:",
        "![Rates beside their floors](speed.svg)",
        "| `core` | 7,500,000/s | 5,000,000/s | ✓ | 5 < 6 runs |",
        "| `core.client_ids` | 2,500,000/s | 5,000,000/s | ✗ |  |",
        "| `journal.python` | 5/s |  |  |  |",
        "| `market` | 97 % | 95 % | ✓ |  |",
        "| shape | engine | with client ids | matchcore | engine ÷ matchcore |",
        "| calm | 20.0 | 10.0 | 10.0 | 2.00 |",
        "| crash | 5.0 | 4.0 | 40.0 | 0.12 |",
        "Of a plain market's rate there is left: 0.90 with a deep book; 0.30 with 256 instruments, 100,000 accounts"
        " and client ids.",
    ):
        assert line in text.splitlines(), line
    assert "`peers`" not in text
    assert "`memory`" not in text
    assert text.count(" 2 MB") == len(chart.MEMORY)


def test_what_lies_beside_the_picture_leads_to_the_same(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{chart.BEGIN}\nold\n{chart.END}\nafter\n")
    monkeypatch.setattr(chart, "README", readme)
    assert chart.main([str(results), str(tmp_path / "speed.svg"), "--readme"]) == 0
    written = [path.read_bytes() for path in (tmp_path / "speed.svg", tmp_path / "speed.json", readme)]
    assert chart.main([str(tmp_path / "speed.json"), str(tmp_path / "speed.svg"), "--readme"]) == 0
    assert [path.read_bytes() for path in (tmp_path / "speed.svg", tmp_path / "speed.json", readme)] == written
    lines = readme.read_text().splitlines()
    assert (lines[:2], lines[-2:]) == (["before", chart.BEGIN], [chart.END, "after"])
    assert "old" not in lines
    assert "| `core` | 7,500,000/s | 5,000,000/s | ✓ | 5 < 6 runs |" in lines


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "no results of `python -m bench`"),
        ("[]", "no results of `python -m bench`"),
        ('{"machine": {}, "results": [{"name": "core"}]}', "no results of `python -m bench`"),
        (json.dumps({"machine": {}, "results": [row("core", 5, 4, quick=True)]}), "was measured with --quick"),
        (json.dumps({"machine": {}, "results": [row("core", 5)]}), "nothing to draw"),
    ],
)
def test_what_can_not_be_drawn_is_said_and_nothing_is_written(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "run.json"
    path.write_text(text)
    assert chart.main([str(path), str(tmp_path / "speed.svg")]) == 2
    assert message in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["run.json"]


def test_a_picture_has_a_name_for_one_and_a_readme_a_place(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        chart.main([str(results), str(tmp_path / "speed.json")])
    assert "speed.json: a picture's name ends in .svg" in capsys.readouterr().err
    with pytest.raises(ValueError, match=r"no region between <!-- bench\.chart: begin --> and"):
        chart.rewritten(f"{chart.END}\n{chart.BEGIN}\n", "")


def test_what_a_market_is_called_is_known() -> None:
    assert {*scenarios.MARKETS} - {scenarios.BASE} == {*chart.BURDENS} - {""}


@pytest.mark.parametrize("quick", [False, True])
def test_a_run_draws_itself(quick: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_benchmarks, "RESULTS", tmp_path)
    monkeypatch.setattr(all_benchmarks, "_run", lambda name, quick: row(name, 7, 5, quick=quick))
    assert all_benchmarks.main(["core", *(["--quick"] if quick else [])]) == 0
    (results,) = tmp_path.glob("*.json")
    assert "measured" in json.loads(results.read_text())["machine"]
    pictures = list(tmp_path.glob("*.svg"))
    if quick:
        assert not pictures, "it would say nothing of speed"
    else:
        assert [path.read_text() for path in pictures] == [chart.svg(Shown.read(results))]
