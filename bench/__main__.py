"""All benchmarks, one after the other, each in a process of its own: `python -m bench [--quick] [--markdown]`.

Prints one table and writes everything that was measured to `bench/results/`, with a picture of it. A missed floor is
marked, not an error: the exit status is 1 only if a benchmark could not be run.
"""

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bench import chart, harness
from bench.harness import Result

BENCHMARKS: Final = (
    "core",
    "scenarios",
    "market",
    "memory",
    "python_api",
    "journal",
    "gateway",
    "recovery",
    "tape",
    "peers",
)
TIMEOUT_SECONDS: Final = 1_800
RESULTS: Final = harness.REPOSITORY / "bench" / "results"
QUIET_LOAD_AVERAGE: Final = 0.5


def main(words: list[str] | None = None) -> int:
    """Runs them; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Runs every benchmark.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of: {', '.join(BENCHMARKS)}")
    parser.add_argument("--quick", action="store_true", help="a few seconds each, to see that all of them work")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    arguments = parser.parse_args(words)
    if unknown := set(arguments.names) - set(BENCHMARKS):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}")
    harness.require_release_build()
    facts = harness.machine()
    if not arguments.quick and float(facts["load_average"]) > QUIET_LOAD_AVERAGE:
        print(f"bench: load average {facts['load_average']}: other work will slow what is measured", file=sys.stderr)
    measured, failed = [], []
    for name in arguments.names or BENCHMARKS:
        print(f"bench: {name}", file=sys.stderr, flush=True)
        result = _run(name, quick=arguments.quick)
        if result is None:
            failed.append(name)
        else:
            measured.append(result)
    rows = [row for result in measured for row in Result.from_json(result).rows()]
    if arguments.markdown:
        print(markdown(rows))
    else:
        _print_table(rows)
    now = datetime.now(UTC)
    path = RESULTS / f"{now:%Y-%m-%dT%H%M%SZ}.json"
    RESULTS.mkdir(parents=True, exist_ok=True)
    run = {"machine": facts | {"measured": f"{now:%Y-%m-%d}"}, "results": measured, "failed": failed}
    path.write_text(json.dumps(run, indent=2) + "\n")
    print(f"bench: written to {path}", file=sys.stderr)
    if not arguments.quick:
        _draw(path)
    for name in failed:
        print(f"bench: {name} failed", file=sys.stderr)
    return 1 if failed else 0


def _draw(results: Path) -> None:
    """Beside the results. A run of few benchmarks may have nothing in it to draw, which is no failure."""
    picture = results.with_suffix(".svg")
    try:
        picture.write_text(chart.svg(chart.Shown.read(results)), encoding="utf-8")
    except ValueError as error:
        print(f"bench: no picture: {error}", file=sys.stderr)
    else:
        print(f"bench: drawn as {picture}", file=sys.stderr)


def _run(name: str, *, quick: bool) -> dict[str, Any] | None:
    """The benchmark's JSON object, or None if it failed (it has said why on stderr)."""
    command = [sys.executable, "-m", f"bench.{name}", "--json", *(["--quick"] if quick else [])]
    try:
        finished = subprocess.run(
            command, check=True, cwd=harness.REPOSITORY, stdout=subprocess.PIPE, text=True, timeout=TIMEOUT_SECONDS
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    result: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    return result


def markdown(rows: list[Result]) -> str:
    """The table for a document."""
    facts = harness.machine()
    machine = f"Measured on {facts['cpu']}, {facts['cores']} cores, Python {facts['python']}."
    return "\n".join([*chart.table(rows), "", machine])


def _print_table(rows: list[Result]) -> None:
    facts = harness.machine()
    table = Table(title=f"{facts['cpu']}, {facts['cores']} cores, Python {facts['python']}", title_justify="left")
    table.add_column("benchmark", no_wrap=True)
    table.add_column("rate", justify="right", no_wrap=True)
    table.add_column("floor", justify="right", no_wrap=True)
    table.add_column("")
    table.add_column("beside", overflow="fold")
    for row in rows:
        table.add_row(row.name, f"{row.rate_per_second:,.0f}{row.unit}", chart.floor(row), chart.mark(row), row.beside)
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
