"""Recovery: from a journal without a snapshot to the state, as after a crash.

The journal is written by the binary `journal`; each repetition of the binary `recovery` is a new process. The rate is
that of a process that ended (its journal is still in the page cache); beside it stands a start from the disk, the
journal's pages dropped. Every recovered state must have the hash of the state that wrote the journal.
"""

import argparse
import os
from pathlib import Path
from typing import Final

from bench import harness
from bench.harness import Result

FLOOR: Final = 2_000_000


def run(arguments: argparse.Namespace) -> Result:
    """Measures."""
    flow = harness.flow_for(arguments)
    with harness.flow_file(flow) as (path, untimed), harness.journal_directory(arguments) as directory:
        written = harness.run_native("journal", path, untimed, directory, "async")
        cold = _recovered(directory, written["state_hash"], cold=True)
        rates = [_recovered(directory, written["state_hash"]) for _ in range(harness.repetitions(arguments))]
    details = harness.spread(rates) | {"commands": written["acknowledged"], "state_hash": written["state_hash"]}
    beside = f"same state hash; {cold:,.0f}/s with nothing in the page cache"
    return Result("recovery", harness.median(rates), FLOOR, beside, details | {"cold_rate_per_second": round(cold)})


def _recovered(directory: Path, state_hash: str, *, cold: bool = False) -> float:
    """Commands per second of one recovery."""
    if cold:
        _drop_from_page_cache(directory)
    measured = harness.run_native("recovery", directory)
    if measured["state_hash"] != state_hash:
        raise SystemExit(f"bench: recovered {measured['state_hash']}, but {state_hash} was journaled")
    return float(measured["commands"] / measured["seconds"])


def _drop_from_page_cache(directory: Path) -> None:
    for path in directory.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())  # only clean pages can be dropped
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


if __name__ == "__main__":
    harness.main("Commands per second from the journal back to the state.", run, harness.add_directory)
