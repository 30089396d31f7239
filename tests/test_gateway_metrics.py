"""What a scrape says: that counters count what their help says, how long things took, and that the dashboard asks for
nothing else."""

import json
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from gateway import schemas
from gateway.client.errors import OrderRejectedError, RequestError
from gateway.latency import BUCKETS, Latency
from gateway.server import GatewayServer
from tests.gateway_support import venue_config
from tests.test_gateway_end_to_end import AAPL, connect, fund, run, serving
from tests.test_gateway_server import get

DASHBOARD = Path(__file__).parent.parent / "docs/grafana.json"
MS = 1_000_000

Samples = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


def samples(text: str) -> Samples:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def scraped(gateway: GatewayServer) -> Samples:
    status, _, body = await get(gateway.http_port, "/metrics")
    assert status == 200
    return samples(body.decode())


def value(found: Samples, name: str, **labels: str) -> float:
    return found.get((name, frozenset(labels.items())), 0)


async def traded(gateway: GatewayServer) -> None:
    """Two trades, three refusals by the engine, two by the gateway, one by the hub."""
    await fund(gateway)
    async with connect(gateway, "maker") as maker, connect(gateway, "taker") as taker:
        await maker.place(AAPL, "sell", price=100, quantity=5)
        await taker.place(AAPL, "buy", price=100, quantity=2)
        await taker.place(AAPL, "buy", price=100, quantity=2)
        for price in (0, 1 << 40):
            with pytest.raises(OrderRejectedError):
                await maker.place(AAPL, "sell", price=price, quantity=5)
        with pytest.raises(RequestError):
            await maker.place("MSFT-USDC", "sell", price=5, quantity=5)
        with pytest.raises(RequestError):
            await maker.admin(schemas.AdminHalt(instrument=AAPL))
    async with connect(gateway, "operator") as operator:
        with pytest.raises(RequestError):
            await operator.admin(schemas.AdminDeposit(account=99, asset="USDC", amount=1))
        with pytest.raises(RequestError):
            await operator.admin(schemas.AdminHalt(instrument="MSFT-USDC"))


def test_counters_count_what_they_say(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await traded(gateway)
            found = await scraped(gateway)
            assert value(found, "pyengine_trades_total", instrument=AAPL) == 2
            assert value(found, "pyengine_events_total", kind="fill") == 4
            assert value(found, "pyengine_events_total", kind="deposited") == 4
            assert value(found, "pyengine_events_total", kind="accepted") == 3
            rejected = {
                dict(labels)["reason"]: count
                for (name, labels), count in found.items()
                if name == "pyengine_rejections_total"
            }
            assert rejected == {"invalid_price": 2, "unknown_account": 1}
            assert value(found, "pyengine_events_total", kind="rejected") == 3
            # Of the refusals above those that are error messages: the orders' are reports.
            assert value(found, "pyengine_gateway_errors_total") == 4
            assert value(found, "pyengine_build_info", semantics="3", build="release") == 1

    run(scenario)


def test_every_order_is_in_a_histogram(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await traded(gateway)
            found = await scraped(gateway)
            groups = value(found, "pyengine_acknowledge_seconds_count")
            assert groups >= 10, "each request was answered before the next was made"
            assert value(found, "pyengine_stage_seconds_count", stage="durable") == groups
            assert 0 < value(found, "pyengine_stage_seconds_count", stage="publish") <= groups
            assert value(found, "pyengine_stage_seconds_count", stage="apply") >= groups
            took = {stage: value(found, "pyengine_stage_seconds_sum", stage=stage) for stage in ("durable", "publish")}
            assert min(took.values()) > 0
            assert value(found, "pyengine_acknowledge_seconds_sum") > took["durable"]

    run(scenario)


def test_the_journal_tells_how_long_the_disk_takes(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await traded(gateway)
            found = await scraped(gateway)
            groups = value(found, "pyengine_journal_sync_seconds_count")
            assert groups > value(found, "pyengine_acknowledge_seconds_count") >= 10, "and one of what was listed"
            for what in ("write", "sync"):
                name = f"pyengine_journal_{what}_seconds"
                assert value(found, f"{name}_count") == value(found, f"{name}_bucket", le="+Inf") == groups
                counts = [value(found, f"{name}_bucket", le=str(bound)) for bound in BUCKETS]
                assert counts == sorted(counts)
                # No more than each bucket's bound, and no less than the bound before it.
                entries = [later - earlier for earlier, later in pairwise([0, *counts])]
                least = sum(count * bound / 2 for count, bound in zip(entries, BUCKETS, strict=True))
                most = 2 * least + (groups - counts[-1]) * 60
                assert least - entries[0] * BUCKETS[0] / 2 <= value(found, f"{name}_sum") <= most, what
            assert value(found, "pyengine_journal_sync_seconds_sum") > 0

    run(scenario)


def test_without_a_journal_there_is_no_disk_to_tell_of(tmp_path: Path) -> None:
    async def scenario() -> None:
        config = venue_config(str(tmp_path))
        config = msgspec.structs.replace(config, journal=msgspec.structs.replace(config.journal, durability="off"))
        async with serving(config) as gateway:
            await fund(gateway)
            assert not [name for name, _ in await scraped(gateway) if name.startswith("pyengine_journal_")]

    run(scenario)


def observed(latency: Latency) -> dict[str, list[float]]:
    """Bounds, in milliseconds, of the buckets in which each histogram's entries are."""
    registry = CollectorRegistry()
    latency.register(registry)
    entries: dict[str, list[float]] = {}
    for family in registry.collect():
        before: dict[str, float] = {}
        for sample in family.samples:
            if not sample.name.endswith("_bucket"):
                continue
            name = sample.labels.get("stage", "acknowledge")
            count = int(sample.value - before.get(name, 0))
            entries.setdefault(name, []).extend([float(sample.labels["le"]) * 1_000] * count)
            before[name] = sample.value
    return entries


def test_a_group_is_measured_from_its_first_chunk_to_its_last_write() -> None:
    latency = Latency()
    latency.applied(10 * MS, 11 * MS)
    latency.applied(12 * MS, 13 * MS)
    latency.gathered(5, 14 * MS, handed=False)
    latency.gathered(5, 16 * MS, handed=True)
    latency.published(4, 20 * MS, 21 * MS)
    assert observed(latency)["acknowledge"] == [], "it is not durable yet"
    latency.published(5, 36 * MS, 40 * MS)
    latency.published(5, 50 * MS, 60 * MS)
    assert observed(latency) == {
        "apply": [1.28, 1.28],
        "durable": [20.48],
        "publish": [5.12],
        "acknowledge": [40.96],
    }


def test_what_was_no_command_begins_no_group() -> None:
    latency = Latency()
    latency.applied(1 * MS, 2 * MS)
    latency.gathered(0, 3 * MS, handed=False)
    latency.applied(1_000 * MS, 1_001 * MS)
    latency.gathered(1, 1_002 * MS, handed=True)
    latency.gathered(2, 1_003 * MS, handed=True)
    latency.published(2, 1_004 * MS, 1_005 * MS)
    assert observed(latency)["acknowledge"] == [2.56, 5.12], "the second began with a command of nobody's"


def test_buckets_reach_from_a_sync_to_a_stall() -> None:
    assert BUCKETS[0] <= 2e-5
    assert BUCKETS[-1] >= 5
    assert all(later == 2 * earlier for earlier, later in pairwise(BUCKETS))


def test_the_dashboard_asks_for_what_there_is(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await traded(gateway)
            names = {name for name, _ in await scraped(gateway)}
            panels: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
            asked = [(panel["title"], target["expr"]) for panel in panels for target in panel["targets"]]
            assert len(asked) > 20
            for title, expression in asked:
                metrics = set(re.findall(r"pyengine_\w+", expression))
                assert metrics, title
                assert metrics <= names, title

    run(scenario)
