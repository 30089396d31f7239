"""The engine behind its journal: every command acknowledged only when it is on disk (durability `sync`).

The binary `journal` runs the flow through a venue, whose calls return when their commands are durable. In the same
directory and the same run the binary `disk` measures how often this disk can append and sync, and how many bytes a
second: the limits that the journal works under. The probe runs before and after, because a shared disk is not always
equally fast.
"""

import argparse
import time
from pathlib import Path
from typing import Final

from bench import harness
from bench.flow import Flow
from bench.harness import Details, Result
from pyengine import DurableEngine

PYTHON_BATCH: Final = 131_072
"""As the native binary: a fraction of a second of work, so that the wait for the last sync of a call weighs little."""
FLOOR: Final = 1_000_000
PROBE_SECONDS: Final = 2.0
QUICK_PROBE_SECONDS: Final = 0.2


def run(arguments: argparse.Namespace) -> Result:
    """Measures."""
    flow = harness.flow_for(arguments)
    probe_seconds = QUICK_PROBE_SECONDS if arguments.quick else PROBE_SECONDS
    with harness.flow_file(flow) as (path, untimed), harness.journal_directory(arguments) as directory:
        before = harness.run_native("disk", directory, probe_seconds)
        runs = [_journaled(path, untimed, directory / str(number)) for number in range(harness.repetitions(arguments))]
        python = [
            _python_rate(flow, directory / f"python-{number}") for number in range(harness.repetitions(arguments))
        ]
        disks = [before, harness.run_native("disk", directory, probe_seconds)]
    rates = [run["commands"] / run["seconds"] for run in runs]
    rate = harness.median(rates)
    disk = {name: max(probe[name] for probe in disks) for name in ("syncs_per_second", "megabytes_per_second")}
    bytes_each = runs[0]["record_bytes"] / runs[0]["commands"]
    megabytes = rate * bytes_each / 1e6
    small = disks[0]["small_bytes"]
    beside = (
        f"{megabytes:,.0f} MB/s of commands of {bytes_each:.1f} bytes; "
        f"the disk: {disk['syncs_per_second']:,.0f} append+sync/s of {small} bytes, "
        f"{disk['megabytes_per_second']:,.0f} MB/s in large ones"
    )
    details = harness.spread(rates) | {"commands": runs[0]["commands"], "megabytes_per_second": round(megabytes, 1)}
    details |= {"bytes_per_command": round(bytes_each, 1)}
    details |= {"disk": disk, "disk_probes": disks}
    also = Result(
        "journal.python", harness.median(python), None, "DurableEngine.apply_batch, sync", harness.spread(python)
    )
    return Result("journal", rate, FLOOR, beside, details, also=[also])


def _journaled(path: Path, untimed: int, directory: Path) -> Details:
    directory.mkdir()
    measured = harness.run_native("journal", path, untimed, directory, "sync")
    assert measured["acknowledged"] == untimed + measured["commands"], "a command was not acknowledged"
    return measured


def _python_rate(flow: Flow, directory: Path) -> float:
    with DurableEngine(directory, durability="sync") as engine:
        engine.apply_batch(flow.setup)
        engine.apply_batch(flow.warm_up)
        start = time.perf_counter()
        for first in range(0, len(flow.commands), PYTHON_BATCH):
            engine.apply_batch(flow.commands[first : first + PYTHON_BATCH])
        return len(flow.commands) / (time.perf_counter() - start)


if __name__ == "__main__":
    harness.main("Commands per second that are durable when they are acknowledged.", run, harness.add_directory)
