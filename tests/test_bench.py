"""The benchmarks: that each runs and says what it should, never how fast; the load generator keeps to the protocol."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import picows
import pytest

from bench import __main__ as all_benchmarks
from bench import harness, memory, scenarios
from bench.flow import DEEP_TICKS, MID_PRICE, Flow, Market, make_flow
from bench.harness import Result
from bench.shapes import ACCOUNTS, MESSAGE_DTYPE, MODIFY, NEW, SHAPES, make_messages, walk
from gateway import schemas
from gateway.auth import ApiKey, Authenticator, KeyDocument
from pyengine import Engine
from pyengine.packing import split
from pyengine.records import CommandKind, EventKind, TimeInForce

BUILD_TIMEOUT_SECONDS = harness.BUILD_TIMEOUT_SECONDS
IN_FLIGHT = 16
STALL_SECONDS = 0.5
KEY, SECRET, CHALLENGE = "trader", bytes(range(16)), "c0" * 32

pytestmark = [
    pytest.mark.skipif(shutil.which("cargo") is None, reason="the native halves need a Rust toolchain"),
    pytest.mark.timeout(BUILD_TIMEOUT_SECONDS),
]
builds = pytest.mark.long
"""What runs native halves, after they are built once, optimised: that takes minutes."""


@pytest.fixture(scope="module")
def flow() -> Flow:
    return make_flow(20_000)


# The flow


def test_the_same_seed_gives_the_same_flow(flow: Flow) -> None:
    again = make_flow(20_000)
    assert again.setup == flow.setup
    assert all(
        (left == right).all() for left, right in ((again.warm_up, flow.warm_up), (again.commands, flow.commands))
    )
    assert again[3:] == flow[3:]
    assert (make_flow(20_000, seed=2).commands != flow.commands).any()


def test_the_flow_is_the_mix_that_it_says(flow: Flow) -> None:
    cancels = int(np.count_nonzero(flow.commands["kind"] == CommandKind.CANCEL))
    crossing = int(np.count_nonzero(flow.commands["time_in_force"] == TimeInForce.IOC))
    assert (len(flow.commands), cancels, crossing) == (20_000, 8_000, 2_000)
    assert len(np.unique(flow.commands["account"])) > 5_000


def test_the_flow_does_again_what_it_did_when_it_was_made(flow: Flow) -> None:
    engine = Engine()
    engine.apply_batch(flow.setup)
    engine.apply_batch(flow.warm_up)
    events = engine.apply_batch(flow.commands)
    assert np.count_nonzero(events["kind"] == EventKind.FILL) == 2 * flow.fills > 0
    assert np.count_nonzero(events["kind"] == EventKind.REJECTED) == flow.rejected


def test_a_larger_market_is_the_same_flow_and_one_thing_more(flow: Flow) -> None:
    idle = make_flow(2_000, market=Market(idle_instruments=3))
    deep = make_flow(2_000, market=Market(deep_orders=5_000))
    assert len(list(split(idle.setup))) == len(list(split(flow.setup))) + 3
    assert idle.commands.tobytes() == make_flow(2_000).commands.tobytes()
    resting = deep.warm_up[-5_000:]
    distance = np.abs(resting["price"] - MID_PRICE)
    assert (DEEP_TICKS[0], DEEP_TICKS[1] - 1) == (distance.min(), distance.max())
    assert len(np.unique(resting["account"])) == 2, "no account may have more open orders than the engine allows"


def test_far_prices_are_anywhere_in_the_range() -> None:
    prices = make_flow(2_000, market=Market(far_share=0.1)).warm_up["price"]
    far = prices[np.abs(prices - MID_PRICE) > 500]
    assert len(far) == pytest.approx(0.1 * len(prices), rel=0.1)
    assert far.min() < 1_000
    assert far.max() > 900_000


def test_a_market_of_many_instruments_is_traded_throughout() -> None:
    many = make_flow(5_000, market=Market(accounts=5_000, instruments=16))
    places = many.commands[many.commands["kind"] == CommandKind.PLACE]
    assert len(np.unique(places["instrument"])) == 16
    assert many.fills > 100
    assert many.rejected < 50, "accounts have funds for what they trade"


# The five shapes

SHAPE_ORDERS = 20_000


@pytest.mark.parametrize("name", SHAPES)
def test_the_same_seed_gives_the_same_messages(name: str) -> None:
    messages = make_messages(SHAPES[name], 5_000)
    assert messages.dtype == MESSAGE_DTYPE
    assert messages.tobytes() == make_messages(SHAPES[name], 5_000).tobytes()
    assert messages.tobytes() != make_messages(SHAPES[name], 5_000, seed=2).tobytes()


@pytest.mark.parametrize("name", SHAPES)
def test_the_messages_are_the_mix_that_they_say(name: str) -> None:
    messages = make_messages(SHAPES[name], SHAPE_ORDERS)
    new = messages[messages["kind"] == NEW]
    assert (new["order"] == np.arange(SHAPE_ORDERS)).all(), "orders are numbered as they arrive"
    assert len(messages) == pytest.approx(2 * SHAPE_ORDERS, rel=0.01)
    assert new["immediate"].mean() == pytest.approx(0.15, rel=0.05)
    later = messages[messages["kind"] != NEW]
    assert not later["immediate"].any()
    modified = np.count_nonzero(messages["kind"] == MODIFY)
    assert modified == pytest.approx(0.85 * 0.20 * 1.019 * SHAPE_ORDERS, rel=0.05)
    assert len(later) - modified == pytest.approx(0.85 * 0.95 * 1.02 * SHAPE_ORDERS, rel=0.02)
    assert set(np.unique(messages["account"]).tolist()) == set(range(1, ACCOUNTS + 1))
    assert (new["account"] % 2 == (1 - new["side"])).all(), "no account is on both sides"
    assert set(np.unique(new["quantity"]).tolist()) == set(range(1, 101))


@pytest.mark.parametrize("name", SHAPES)
def test_nothing_follows_before_its_order_and_every_modify_asks_for_more(name: str) -> None:
    messages = make_messages(SHAPES[name], 5_000)
    placed = np.flatnonzero(messages["kind"] == NEW)
    assert (np.arange(len(messages)) >= placed[messages["order"]]).all()
    modifies = messages[messages["kind"] == MODIFY]
    original = messages[placed[modifies["order"]]]
    assert (modifies["quantity"] > original["quantity"]).all()
    towards = modifies["price"].astype(int) - original["price"]
    assert set(np.unique(np.where(original["side"] == 0, towards, -towards)).tolist()) == {0, 1}


@pytest.mark.parametrize(("name", "shape"), SHAPES.items())
def test_the_walk_swings_as_far_as_its_shape(name: str, shape: Any) -> None:
    path = walk(shape)
    excursion = (path.max() - path.min()) / path[0]
    assert 0.8 * shape.swing <= excursion <= 2.2 * shape.swing, name


@builds
def test_at_full_size_the_shapes_look_as_described(tmp_path: Path) -> None:
    """The figures that say whether the flow is the one meant; nothing is timed."""
    for name, shape in SHAPES.items():
        path = tmp_path / name
        path.write_bytes(make_messages(shape).tobytes())
        seen = harness.run_native("scenarios", path, 0)
        for figure, expected in shape.expected._asdict().items():
            assert seen[figure] == pytest.approx(expected, rel=0.15), (name, figure)


# The harness


def test_a_debug_build_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    harness.require_release_build()
    monkeypatch.setattr(harness, "DEBUG_BUILD", True)
    with pytest.raises(SystemExit, match="debug build"):
        harness.require_release_build()


def test_a_missed_floor_is_marked() -> None:
    met, missed = Result("core", 5_000_000, 5_000_000), Result("journal", 999_999, 1_000_000)
    assert "| 5,000,000/s | ✓ |" in all_benchmarks.markdown([met, missed])
    assert "| 1,000,000/s | ✗ |" in all_benchmarks.markdown([met, missed])
    assert "MISSED" in harness.summary(missed)
    assert "MISSED" not in harness.summary(met)


def test_a_ceiling_is_a_floor_upside_down() -> None:
    below, above = (Result("memory", value, 200, unit=" MB", at_most=True) for value in (200.0, 200.1))
    assert "| 200 MB | ≤ 200 MB | ✓ |" in all_benchmarks.markdown([below])
    assert "| ✗ |" in all_benchmarks.markdown([above])
    assert "(at most 200: MISSED)" in harness.summary(above)
    assert Result.from_json(json.loads(json.dumps(asdict(above)))) == above


@builds
def test_a_benchmark_that_fails_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(all_benchmarks, "BENCHMARKS", ("core", "no_such_benchmark"))
    monkeypatch.setattr(all_benchmarks, "RESULTS", tmp_path)
    assert all_benchmarks.main(["--quick", "--markdown"]) == 1
    printed = capfd.readouterr()
    assert "| `core` |" in printed.out
    assert "no_such_benchmark failed" in printed.err
    (path,) = tmp_path.iterdir()
    written = json.loads(path.read_text())
    assert [result["name"] for result in written["results"]] == ["core"]
    assert written["failed"] == ["no_such_benchmark"]


@builds
@pytest.mark.parametrize(
    ("name", "floors"),
    [
        ("core", {"core": 5_000_000, "core.client_ids": 5_000_000}),
        ("python_api", {"python_api": 3_000_000, "python_api.per_call": 500_000}),
        ("journal", {"journal": 1_000_000, "journal.python": None}),
        ("recovery", {"recovery": 2_000_000}),
        ("gateway", {"gateway": 250_000}),
        (
            "market",
            {
                "market": None,
                "market.stops": 95,
                "market.icebergs_and_hidden": 80,
                "market.auction": 500_000,
                "market.cascade": None,
                "market.quotes_unchanged": 25_000_000,
                "market.quotes_moved": 12_000_000,
                "market.protected": 95,
                "market.pegs": 95,
            },
        ),
        (
            "memory",
            {
                "memory": None,
                "memory.instruments": 200,
                "memory.price_walk": 4,
                "memory.accounts": 400,
                "memory.orders": 600,
            },
        ),
    ],
)
def test_a_quick_run(name: str, floors: dict[str, int | None]) -> None:
    result = quick_run(name)
    rows = {row.name: row for row in Result.from_json(result).rows()}
    assert {row.name: row.floor for row in rows.values()} == floors
    assert all(row.rate_per_second > 0 for row in rows.values() if row.name != "memory.price_walk")
    assert result["quick"]
    assert result["machine"]["cores"] >= 1
    if name == "gateway":
        check_gateway(result["details"])
    if name == "memory":
        check_memory(result["details"])


def test_a_quick_run_of_the_tape() -> None:
    result = quick_run("tape")
    plain, *depths = Result.from_json(result).rows()
    floors = {row.name: row.floor for row in depths}
    books = {"itch": 8_000_000, "dbn": 8_000_000, "lobster": 2_000_000}
    expected = {f"tape.{name}.book": floor for name, floor in books.items()}
    assert floors == expected | {f"tape.{name}.engine": 1_500_000 for name in books}
    assert (plain.name, plain.floor) == ("tape", None)
    rates = {row.name: row.rate_per_second for row in depths}
    told = result["details"]
    assert told["itch"]["plain_pass"] == plain.rate_per_second
    assert rates == {f"tape.{name}.{depth}": told[name][depth] for name in told for depth in ("book", "engine")}
    assert all(rate > 0 for rate in rates.values())


@builds
def test_a_quick_run_of_the_peers() -> None:
    result = quick_run("peers")
    names = {row.name for row in Result.from_json(result).rows()}
    assert {"peers", "peers.pyengine.reference"} <= names


@builds
def test_a_quick_run_of_the_scenarios() -> None:
    result = quick_run("scenarios")
    details, names = result["details"], [row.name for row in Result.from_json(result).rows()]
    assert names[:7] == ["scenarios", "scenarios.client_ids", *(f"scenarios.{shape}" for shape in SHAPES)]
    assert set(details["shapes"]) == set(SHAPES)
    assert set(details["peers"]) == {"matchcore", "rust_ob"}
    for shape, measured in details["shapes"].items():
        assert measured["plain"] > 0
        assert measured["client_ids"] > 0
        assert measured["commands"] > 2 * scenarios.QUICK_ORDERS * 0.99
        assert all(rates[shape] > 0 for rates in details["peers"].values())
    assert result["rate_per_second"] == min(measured["plain"] for measured in details["shapes"].values())
    assert details["scale_ratio"] > 0
    assert set(details["robustness"]) == {"untouched_instruments", "far_price", "deep_book"}


@builds
def test_the_scenarios_are_a_table_for_people() -> None:
    command = [sys.executable, "-m", "bench.scenarios", "--quick", "--orders", "1000"]
    printed = subprocess.run(
        command, check=True, cwd=harness.REPOSITORY, capture_output=True, text=True, timeout=BUILD_TIMEOUT_SECONDS
    ).stdout
    assert all(f"│ {shape}" in printed for shape in SHAPES)
    assert "20,900" in printed, "what a shape should look like stands beside what it looks like"
    assert "{" not in printed


def quick_run(name: str) -> dict[str, Any]:
    # What pytest says to its workers is not for a benchmark that runs a pytest of its own.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    finished = subprocess.run(
        [sys.executable, "-m", f"bench.{name}", "--json", "--quick"],
        check=False,
        cwd=harness.REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=BUILD_TIMEOUT_SECONDS,
    )
    assert finished.returncode == 0, finished.stderr
    result: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    assert result["name"] == name
    return result


def check_memory(details: dict[str, Any]) -> None:
    assert {f"{state}_mb" for state in memory.STATES} | {"states"} == set(details)
    states = details["states"]
    open_orders = [states[name]["open_orders"] for name in ("instruments", "price_walk", "accounts", "orders")]
    assert open_orders == [200, 0, 0, 40_000]
    assert states["price_walk"]["stops"] * states["price_walk"]["step_ticks"] >= states["price_walk"]["max_price"]
    assert details["orders_mb"] >= states["orders"]["before_kb"] * 1_024 // 1_000_000


def check_gateway(details: dict[str, Any]) -> None:
    measured = details["gateway"]
    assert measured["connections"] == 8
    assert measured["closed"]["fills"] > 0
    for run in (measured, details["echo"], details["echo_coalesced"]):
        latency = run["open"]["latency_us"]
        assert 0 < latency["p50"] <= latency["p99"] <= latency["max"]
        assert latency["samples"] == run["open"]["sent"] > 0


# The load generator, against a server that checks what it is sent


class StandIn(picows.WSListener):
    """Answers as the gateway would, keeps what was wrong, and can stall once."""

    def __init__(self, log: "Log") -> None:
        super().__init__()
        self._log = log
        self._last_ref = 0
        self._open: set[int] = set()
        self._unanswered: list[schemas.Report] = []
        self._authenticator = Authenticator([ApiKey(1, 1, 0, KeyDocument(KEY, "hmac", b"", ("trade",), 1, 1), SECRET)])

    def on_ws_connected(self, transport: picows.WSTransport) -> None:
        greeting = schemas.Challenge(protocol=schemas.PROTOCOL_VERSION, challenge=CHALLENGE)
        transport.send(picows.WSMsgType.TEXT, schemas.encode(greeting, text=True))

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        if frame.msg_type != picows.WSMsgType.BINARY:
            return
        try:
            self._received(transport, schemas.decode_request(frame.get_payload_as_bytes(), text=False))
        except Exception as error:
            self._log.wrong.append(repr(error))

    def _received(self, transport: picows.WSTransport, request: schemas.AnyRequest) -> None:
        if isinstance(request, schemas.Logon):
            assert self._authenticator.authenticate(request, CHALLENGE, "127.0.0.1", 0).name == KEY
            self._log.logons += 1
            self._send(transport, logged_on())
            return
        assert request.ref == self._last_ref + 1, f"ref {request.ref} after {self._last_ref}"
        self._last_ref = request.ref
        if not self._unanswered:
            asyncio.get_running_loop().call_later(self._log.pause(), self._answer, transport)
        self._unanswered.append(self._report(request))
        self._log.in_flight_max = max(self._log.in_flight_max, len(self._unanswered))

    def _report(self, request: schemas.AnyRequest) -> schemas.Report:
        report = schemas.Report(kind="accepted", ref=request.ref, seq=1, account_seq=1, timestamp_ns=1)
        if isinstance(request, schemas.Cancel):
            assert request.order_id in self._open, "cancels an order that is not open"
            self._open.remove(request.order_id)
            report.kind, report.order_id = "cancelled", request.order_id
        else:
            assert isinstance(request, schemas.Place)
            assert request.price > 0
            assert request.quantity > 0
            report.order_id = request.ref << 22
            if request.time_in_force == "gtc":
                self._open.add(report.order_id)
        self._log.requests += 1
        return report

    def _answer(self, transport: picows.WSTransport) -> None:
        answers, self._unanswered = self._unanswered, []
        for report in answers:
            self._send(transport, report)

    def _send(self, transport: picows.WSTransport, message: schemas.Reply) -> None:
        transport.send(picows.WSMsgType.BINARY, schemas.encode(message, text=False))


class Log:
    """What a stand-in has seen."""

    def __init__(self, stall_after: int | None = None) -> None:
        self.logons = 0
        self.requests = 0
        self.in_flight_max = 0
        self.wrong: list[str] = []
        self._stall_after = stall_after

    def pause(self) -> float:
        """Seconds until the answer."""
        if self._stall_after is not None and self.requests >= self._stall_after:
            self._stall_after = None
            return STALL_SECONDS
        return 0.001


def logged_on() -> schemas.LoggedOn:
    return schemas.LoggedOn(
        account=1,
        scopes=["read", "trade"],
        engine_seq=1,
        account_seq=1,
        timestamp_ns=1,
        max_in_flight=128,
        rate_per_second=1,
        burst=1,
        max_message_bytes=4096,
        idle_timeout_seconds=30,
    )


class Refusing(StandIn):
    """Takes no logon."""

    def _received(self, transport: picows.WSTransport, request: schemas.AnyRequest) -> None:
        self._send(transport, schemas.Error(code="logon_failed", message="no"))


@contextmanager
def stand_in(log: Log, listener: type[StandIn] = StandIn) -> Iterator[int]:
    """The port of a stand-in that runs in a thread of this process."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        starting = picows.ws_create_server(lambda request: listener(log), "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(starting, loop).result(timeout=10)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            loop.call_soon_threadsafe(server.close)
            time.sleep(0.1)  # the connections' ends are seen before the loop is
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()


def load(port: int, *options: str | int | float) -> dict[str, Any]:
    measured: dict[str, Any] = harness.run_native(
        "loadgen",
        "--port",
        port,
        "--server-pid",
        os.getpid(),
        "--logon",
        f"{KEY}:{SECRET.hex()}",
        "--warm-up",
        0.1,
        *options,
    )
    return measured


@builds
def test_the_load_generator_keeps_to_the_protocol_and_to_its_bound() -> None:
    log = Log()
    with stand_in(log) as port:
        measured = load(port, "--in-flight", IN_FLIGHT, "--closed", 0.3, "--open", 0.3, "--load", 0.5)
    assert log.wrong == []
    assert (log.logons, log.in_flight_max) == (1, IN_FLIGHT)
    assert measured["closed"]["answered"] > 0
    assert measured["closed"]["errors"] == 0
    assert measured["open"]["latency_us"]["samples"] == measured["open"]["sent"]


@builds
def test_latency_counts_from_the_intended_time() -> None:
    """A server that stalls for a third of the open loop: that third's orders are late, though one was in flight."""
    log = Log(stall_after=50)
    with stand_in(log) as port:
        measured = load(port, "--in-flight", 1, "--warm-up", 0, "--closed", 0.001, "--open", 1.6, "--rate", 200)
    assert log.wrong == []
    latency = measured["open"]["latency_us"]
    assert latency["max"] >= STALL_SECONDS * 1e6
    assert latency["p90"] >= 0.2 * STALL_SECONDS * 1e6, "orders that could not be sent in time were left out"
    assert latency["samples"] == pytest.approx(320, abs=2)


@builds
def test_a_server_that_refuses_the_logon_ends_the_load() -> None:
    with stand_in(Log(), Refusing) as port, pytest.raises(SystemExit, match="loadgen failed with status 1"):
        load(port)
