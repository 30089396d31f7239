"""What every benchmark shares: arguments, the release check, native binaries, and one form of result.

A benchmark module is run as `python -m bench.NAME`; it hands its work to `main`, which prints a summary for people and,
with `--json`, the result as one JSON object on the last line. Nothing here measures.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from bench.flow import Flow, make_flow
from pyengine._engine_core import DEBUG_BUILD
from pyengine.packing import split

REPOSITORY: Final = Path(__file__).resolve().parent.parent
NATIVE_TIMEOUT_SECONDS: Final = 600
BUILD_TIMEOUT_SECONDS: Final = 1_800
COMMANDS: Final = 2_000_000
QUICK_COMMANDS: Final = 20_000
REPETITIONS: Final = 5

Details: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Result:
    """One measured rate. `beside` says in a few words what was measured in the same run to judge it by."""

    name: str
    rate_per_second: float
    """Or another quantity, where `unit` says so."""
    floor: float | None
    beside: str = ""
    details: Details = field(default_factory=dict)
    also: list["Result"] = field(default_factory=list)
    """Further rates of the same benchmark, each a row of the table."""
    unit: str = "/s"
    at_most: bool = False
    """The floor is a ceiling."""

    @classmethod
    def from_json(cls, printed: Details) -> "Result":
        """The result in an object that `main` has printed."""
        also = [cls.from_json(row) for row in printed["also"]]
        names = ("name", "rate_per_second", "floor", "beside", "details", "unit", "at_most")
        return cls(**{name: printed[name] for name in names}, also=also)

    def rows(self) -> Iterator["Result"]:
        """This rate and the further ones."""
        yield self
        for result in self.also:
            yield from result.rows()


Run: TypeAlias = Callable[[argparse.Namespace], Result]


def main(
    description: str,
    run: Run,
    add_arguments: Callable[[argparse.ArgumentParser], object] | None = None,
    show: Callable[[Result], object] | None = None,
) -> None:
    """Parses the command line, measures, prints; `show` prints more than a line for each row."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help="a run of a few seconds, to see that it works")
    if add_arguments is not None:
        add_arguments(parser)
    arguments = parser.parse_args()
    require_release_build()
    facts = machine()
    result = run(arguments)
    print(f"{facts['cpu']}, {facts['cores']} cores, Python {facts['python']}, {facts['system']}")
    if show is not None:
        show(result)
    for row in result.rows():
        print(summary(row))
    if arguments.json:
        print(json.dumps(asdict(result) | {"quick": arguments.quick, "machine": facts}))


def summary(result: Result) -> str:
    """One line for people."""
    limit = "at most" if result.at_most else "floor"
    met = "met" if meets_floor(result) else "MISSED"
    judged = "" if result.floor is None else f"  ({limit} {result.floor:,.0f}: {met})"
    beside = f"  [{result.beside}]" if result.beside else ""
    return f"{result.name}: {result.rate_per_second:,.0f}{result.unit}{judged}{beside}"


def meets_floor(result: Result) -> bool:
    """Whether there is nothing to blame."""
    if result.floor is None:
        return True
    return result.rate_per_second <= result.floor if result.at_most else result.rate_per_second >= result.floor


def require_release_build() -> None:
    """Ends the process if the extension module is a debug build: its figures would mislead."""
    if DEBUG_BUILD:
        raise SystemExit("bench: pyengine._engine_core is a debug build; build it with --release")


def machine() -> dict[str, str | int | float]:
    """The facts that a rate depends on; before the first run, the load average tells of other work."""
    return {
        "cpu": _cpu_model(),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "load_average": round(os.getloadavg()[0], 2),
    }


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.processor() or "unknown CPU"


@cache
def native(name: str) -> Path:
    """The native binary of that name, built if need be."""
    command = ["cargo", "build", "--release", "--quiet", "--package", "bench_native"]
    subprocess.run(command, cwd=REPOSITORY, check=True, timeout=BUILD_TIMEOUT_SECONDS, stdout=sys.stderr)
    target = REPOSITORY / os.environ.get("CARGO_TARGET_DIR", "target")
    return target / "release" / name


def run_native(name: str, *arguments: str | int | float | Path) -> Details:
    """Runs a native binary to its end; returns the JSON object that it prints."""
    command = [str(native(name)), *map(str, arguments)]
    finished = subprocess.run(command, check=False, timeout=NATIVE_TIMEOUT_SECONDS, stdout=subprocess.PIPE)
    if finished.returncode != 0:
        raise SystemExit(f"bench: {name} failed with status {finished.returncode}")
    printed: Details = json.loads(finished.stdout)
    return printed


def flow_for(arguments: argparse.Namespace) -> Flow:
    """The order flow, short for a quick run."""
    return make_flow(QUICK_COMMANDS if arguments.quick else COMMANDS)


def repetitions(arguments: argparse.Namespace) -> int:
    """How often a measurement is repeated; its median counts."""
    return 1 if arguments.quick else REPETITIONS


@contextmanager
def flow_file(flow: Flow) -> Iterator[tuple[Path, int]]:
    """The flow as a file for a native binary (`read_commands` there), and how many commands are not to be timed.

    Set-up is written as records; orders are written as the rows they are, of which the other side makes records before
    it measures: it is what encodes rows in a batch too, and a million of them take Python seconds.
    """
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "commands"
        with path.open("wb") as file:
            file.write(len(flow.setup).to_bytes(8, "little"))
            file.write(flow.setup)
            for rows in (flow.warm_up, flow.commands):
                file.write(rows.tobytes())
        yield path, sum(1 for _ in split(flow.setup)) + len(flow.warm_up)


def spread(rates: list[float]) -> Details:
    """The repetitions of one measurement."""
    return {"rates": [round(rate) for rate in rates], "min": round(min(rates)), "max": round(max(rates))}


def median(rates: list[float]) -> float:
    """What counts of several repetitions, as a whole number."""
    return round(statistics.median(rates))


def add_directory(parser: argparse.ArgumentParser) -> None:
    """`--directory`, for the benchmarks whose figure is one of a disk."""
    parser.add_argument(
        "--directory", type=Path, default=REPOSITORY, help="where the journal is written (default: beside the sources)"
    )


@contextmanager
def journal_directory(arguments: argparse.Namespace) -> Iterator[Path]:
    """An empty directory on the disk that is measured, removed afterwards. Refuses a file system in memory."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=arguments.directory) as name:
        if _file_system(Path(name)) in ("tmpfs", "ramfs"):
            raise SystemExit(f"bench: {arguments.directory} is in memory; name a directory on a disk with --directory")
        yield Path(name)


def _file_system(path: Path) -> str:
    """The type of the file system that holds the path."""
    mounts = (line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines())
    holding = [(where, kind) for where, kind in mounts if path.is_relative_to(where)]
    return max(holding, key=lambda mount: len(mount[0]))[1] if holding else "unknown"
