"""The engine alone: commands applied in-process by native code, one instrument, no journal, no Python.

The binary `core` reads the flow as records and times everything after set-up and warm-up; each repetition is a new
process. The flow is run twice: as the floor has it, and with a client order id on every order, as market makers send
them and as every other benchmark here has it. The difference is the price of safe resubmission.
"""

import argparse
from typing import Final

from bench import harness
from bench.flow import Flow, without_client_ids
from bench.harness import Result

FLOOR: Final = 5_000_000


def run(arguments: argparse.Namespace) -> Result:
    """Measures."""
    flow = harness.flow_for(arguments)
    return _measure("core", without_client_ids(flow), arguments, [_measure("core.client_ids", flow, arguments, [])])


def _measure(name: str, flow: Flow, arguments: argparse.Namespace, also: list[Result]) -> Result:
    with harness.flow_file(flow) as (path, untimed):
        runs = [harness.run_native("core", path, untimed) for _ in range(harness.repetitions(arguments))]
    rates = [run["commands"] / run["seconds"] for run in runs]
    details = harness.spread(rates) | {name: runs[0][name] for name in ("commands", "events", "open_orders")}
    details |= {"fills": flow.fills, "rejected": flow.rejected}
    beside = f"{details['min']:,} to {details['max']:,} in {len(rates)} runs, {details['events']:,} events"
    return Result(name, harness.median(rates), FLOOR, beside, details, also)


if __name__ == "__main__":
    harness.main("Commands per second of the engine alone.", run)
