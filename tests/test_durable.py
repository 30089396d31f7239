"""`DurableEngine`: what its journal holds when the process ends without closing it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from pyengine import DurableEngine, Engine
from pyengine._engine_core import Hub, journal_genesis
from pyengine.records import EventKind

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


def test_a_journal_keeps_its_client_id_key(tmp_path: Path) -> None:
    """Whoever opens it, with whatever key, from its beginning or from a snapshot, knows the ids that are in it."""
    key = bytes(range(16))

    def place(engine: Engine) -> int:
        return engine.place(1, 0, 0, 5, 1, client_order_id="once")[0].kind

    with DurableEngine(tmp_path, client_id_key=key) as engine:
        engine.create_asset(0, "USDC", 0, 6)
        engine.create_asset(1, "XAU", 2, 6)
        engine.create_instrument(0, "XAU-USDC", 1, 0, lot_size=1, tick_lot_value=1, max_price=100)
        engine.create_account(1)
        engine.deposit(1, 0, 100)
        assert place(engine) == EventKind.ACCEPTED
        before = engine.state_hash()
    for other in (b"another key here", bytes(16)):
        with DurableEngine(tmp_path, client_id_key=other) as engine:
            assert engine.state_hash() == before
            engine.snapshot()
        assert journal_genesis(tmp_path)["client_id_key"] == key
    with DurableEngine(tmp_path) as engine:
        assert place(engine) == EventKind.DUPLICATE
    with DurableEngine(tmp_path, whole_replay=True) as engine:
        assert place(engine) == EventKind.DUPLICATE


def test_every_venue_draws_its_own_client_id_key(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "other"):
        for _ in range(2):
            Hub(tmp_path / name).close()
            keys.append(journal_genesis(tmp_path / name)["client_id_key"])
    assert keys[0] == keys[1] != keys[2] == keys[3]
    assert bytes(16) not in keys
