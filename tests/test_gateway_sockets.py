"""The places of a port: how many, for whom, who is let go for others, and what is left of the descriptors."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.sockets import ENDING_MAX, Gate, GateLimits, NoDescriptorsError, Place, fit_descriptors, network_of
from pyengine.config import LimitsConfig

A, B, C = b"a", b"b", b"c"


class Port:
    """A gate, and the places that it let go, by the number of their entry."""

    def __init__(self, total: int, unsettled: int, per_network: int) -> None:
        self.gate = Gate(GateLimits(total, unsettled, per_network))
        self.dropped: list[int] = []
        self.entered = 0

    def enter(self, network: bytes) -> Place | None:
        self.entered += 1
        return self.gate.enter(network, partial(self.dropped.append, self.entered))

    def settled(self, network: bytes) -> Place:
        place = self.enter(network)
        assert place is not None
        place.settle()
        return place


@pytest.mark.parametrize(
    ("limits", "networks", "dropped", "refused"),
    [
        ((9, 9, 9), [A, B, A, B], [], 0),
        ((3, 9, 9), [A, A, A, A, A], [1, 2], 0),
        ((9, 3, 9), [A, A, A, A], [1], 0),
        ((9, 3, 9), [A, B, B, C], [2], 0),  # of the address with most, not the oldest of all
        ((9, 3, 9), [A, B, B, B, B], [2, 3], 0),
        ((9, 9, 2), [A, B, A, A, B], [1], 0),
    ],
)
def test_who_is_let_go(limits: tuple[int, int, int], networks: list[bytes], dropped: list[int], refused: int) -> None:
    port = Port(*limits)
    for network in networks:
        port.enter(network)
    assert (port.dropped, port.gate.refused) == (dropped, refused)


def test_a_session_is_never_let_go() -> None:
    port = Port(total=2, unsettled=2, per_network=2)
    first = port.settled(A)
    port.settled(A)
    assert port.enter(A) is None
    assert port.enter(B) is None
    assert (port.dropped, port.gate.refused) == ([], 2)
    first.leave()
    assert port.enter(B) is not None


def test_an_address_is_limited_whoever_else_is_there() -> None:
    port = Port(total=9, unsettled=9, per_network=2)
    port.settled(A)
    port.settled(A)
    assert port.enter(A) is None
    assert port.enter(B) is not None


def test_what_was_let_go_but_is_not_closed_is_bounded() -> None:
    port = Port(total=2, unsettled=2, per_network=10_000)
    places = [port.enter(A) for _ in range(ENDING_MAX + 10)]
    assert port.gate.occupied == ENDING_MAX + 2
    assert places.count(None) == 8
    for place in places:
        if place is not None:
            place.leave()
    assert port.gate.occupied == 0
    assert port.enter(A) is not None


@given(st.lists(st.tuples(st.sampled_from(["enter", "settle", "leave"]), st.integers(0, 5)), max_size=80))
def test_places_are_counted_exactly(steps: list[tuple[str, int]]) -> None:
    port = Port(total=5, unsettled=3, per_network=4)
    held: list[Place] = []
    for step, number in steps:
        if step == "enter":
            place = port.enter((A, B, C)[number % 3])
            if place is not None:
                held.append(place)
        elif held and step == "settle":
            held[number % len(held)].settle()
        elif held:
            held.pop(number % len(held)).leave()
        assert port.gate.occupied == len(held)
        assert port.gate.occupied - len(port.dropped) <= 5
    for place in held:
        place.leave()
    assert port.gate.occupied == 0
    assert all(port.enter(A) is not None for _ in range(3))


@pytest.mark.parametrize(
    ("host", "same", "other"),
    [
        ("10.0.0.1", "10.0.0.1", "10.0.0.2"),
        ("10.0.0.1", "::ffff:10.0.0.1", "::ffff:10.0.0.2"),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::", "2001:db8:0:2::1"),
        ("fe80::1%eth0", "fe80::2%eth1", "fe81::1"),
    ],
)
def test_addresses(host: str, same: str, other: str) -> None:
    assert network_of(host) == network_of(same)
    assert network_of(host) != network_of(other)


@pytest.mark.parametrize(
    ("descriptors", "in_use", "connections"),
    [(1 << 20, 9, 1_024), (1_024, 0, 640), (1_024, 40, 600), (512, 0, 256), (256, 0, 64), (193, 0, 1)],
)
def test_connections_fit_the_descriptors(descriptors: int, in_use: int, connections: int) -> None:
    assert fit_descriptors(LimitsConfig(), descriptors, in_use).connections == connections


def test_no_descriptors_is_an_error() -> None:
    with pytest.raises(NoDescriptorsError, match="192 open files"):
        fit_descriptors(LimitsConfig(), 192, 0)
