"""How long things take on their way through the server, as histograms that a scrape reads.

A figure is of a chunk or of a commit group, not of each order: what it costs is a clock's reading and an entry for each
of these, however many orders they hold. The clock is the caller's, in nanoseconds, and goes only forward.
"""

from collections import deque
from itertools import accumulate
from typing import Final, NamedTuple

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.metrics_core import HistogramMetricFamily

SECONDS: Final = 1e-9
BUCKETS: Final = tuple(1e-5 * 2**power for power in range(20))
"""Upper bounds, from 10 microseconds to 5 seconds, each twice the last; those of the journal are the same."""


class _Group(NamedTuple):
    """What was handed to the journal at once."""

    last_sequence: int
    received_ns: int
    handed_ns: int


class Latency:
    """The stages of a commit group, from the first chunk that was read for it to the last write of what it caused."""

    def __init__(self) -> None:
        self._received_ns: int | None = None
        self._groups: deque[_Group] = deque()
        self._last_sequence = 0  # of the last group
        self._stages = Histogram(
            "pyengine_stage_seconds",
            "apply: a chunk is decoded, carried out and encoded; durable: a group is written and synced; publish: what"
            " became durable is written to the sockets.",
            ["stage"],
            registry=None,
            buckets=BUCKETS,
        )
        self._apply = self._stages.labels("apply")
        self._durable = self._stages.labels("durable")
        self._publish = self._stages.labels("publish")
        self._acknowledge = Histogram(
            "pyengine_acknowledge_seconds",
            "From the read of a group's first chunk to the write of its acknowledgements.",
            registry=None,
            buckets=BUCKETS,
        )

    def register(self, registry: CollectorRegistry) -> None:
        """Makes the histograms part of what is scraped."""
        registry.register(self._stages)
        registry.register(self._acknowledge)

    def applied(self, began_ns: int, ended_ns: int) -> None:
        """A chunk was read and carried out."""
        self._apply.observe((ended_ns - began_ns) * SECONDS)
        if self._received_ns is None:
            self._received_ns = began_ns

    def gathered(self, sequence: int, now_ns: int, *, handed: bool) -> None:
        """The commands up to this one were applied, and `handed` to the journal or not yet."""
        if sequence == self._last_sequence:
            self._received_ns = None  # what was read since the last group was no command
        if not handed:
            return
        self._last_sequence = sequence
        received_ns = now_ns if self._received_ns is None else self._received_ns
        self._groups.append(_Group(sequence, received_ns, now_ns))
        self._received_ns = None

    def published(self, durable_sequence: int, began_ns: int, ended_ns: int) -> None:
        """What was durable when this began has been written to the sockets."""
        done = False
        while self._groups and self._groups[0].last_sequence <= durable_sequence:
            group = self._groups.popleft()
            self._durable.observe((began_ns - group.handed_ns) * SECONDS)
            self._acknowledge.observe((ended_ns - group.received_ns) * SECONDS)
            done = True
        if done:
            self._publish.observe((ended_ns - began_ns) * SECONDS)


def counted(name: str, text: str, times: tuple[list[int], int]) -> HistogramMetricFamily:
    """A histogram that was counted elsewhere: in each of `BUCKETS` and above them, and the sum in nanoseconds."""
    counts, sum_ns = times
    bounds = [*(str(bound) for bound in BUCKETS), "+Inf"]
    return HistogramMetricFamily(name, text, list(zip(bounds, accumulate(counts), strict=True)), sum_ns * SECONDS)
