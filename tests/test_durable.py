"""`DurableEngine`: what its journal holds when the process ends without closing it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from pyengine import DurableEngine

TIMEOUT_SECONDS = 30.0
DEPOSITS = 300

WRITER = f"""
import sys, time
from pyengine import DurableEngine
engine = DurableEngine(sys.argv[1], durability="async")
engine.create_asset(0, "USDC", 0, 6)
engine.create_account(1)
for _ in range({DEPOSITS}):
    engine.deposit(1, 0, 1)
deadline = time.monotonic() + 10
while engine.durable_sequence < engine.sequence and time.monotonic() < deadline:
    time.sleep(0.01)
print(engine.sequence, flush=True)
time.sleep({TIMEOUT_SECONDS})
"""


def test_async_commands_reach_the_kernel_without_a_further_call(tmp_path: Path) -> None:
    """A process that is killed while idle loses nothing: `async` is about power failures."""
    directory = tmp_path / "journal"
    arguments = [sys.executable, "-c", WRITER, str(directory)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        try:
            sequence = int(writer.stdout.readline())
        finally:
            os.kill(writer.pid, signal.SIGKILL)
    with DurableEngine(directory) as engine:
        assert (engine.sequence, engine.balance(1, 0)) == (sequence, (DEPOSITS, 0))


def test_an_engine_that_is_dropped_while_open_keeps_what_it_returned(tmp_path: Path) -> None:
    """Forgetting `close` costs nothing that a call has returned."""
    engine = DurableEngine(tmp_path, durability="async")
    engine.create_asset(0, "USDC", 0, 6)
    engine.create_account(1)
    for _ in range(DEPOSITS):
        engine.deposit(1, 0, 1)
    del engine
    with DurableEngine(tmp_path) as engine:
        assert engine.balance(1, 0) == (DEPOSITS, 0)
