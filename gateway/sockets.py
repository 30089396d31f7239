"""Sockets before they are sessions: how many there may be, from whom, and whom a full port lets go.

A port's places are counted from the moment a socket is accepted, so that what never finishes a handshake counts, too.
A full port drops the oldest connection without a logon, of the address that has most of them: a flood of idle
connections takes places from itself, and an honest client, which logs on at once, gets one. A connection that has
logged on is never dropped for another.

It never holds more descriptors than `fit_descriptors` found room for; the rest is the journal's. It reads no byte.
"""

import asyncio
import logging
import os
import resource
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, NamedTuple

import msgspec

from pyengine.config import LimitsConfig

ACCEPTS_A_TURN: Final = 16  # sockets of one port taken on between two turns of the sessions
BACKLOG: Final = 1_024  # connections the kernel keeps for a port until it takes them
# Of the process's descriptors, what sockets never get beside those open at the start: one in four, and never fewer than
# the journal's next segments and snapshots, the listeners and files that are open for a moment need together.
RESERVED_DESCRIPTORS_MIN: Final = 64
RESERVED_PART: Final = 4
ENDING_MAX: Final = 32  # sockets of a port, beyond its places, that were dropped and are not yet closed
ACCEPT_RETRY_SECONDS: Final = 0.1
FULL: Final = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

log = logging.getLogger("gateway")


class NoDescriptorsError(OSError):
    """The limit of open files leaves no room to serve."""


def raise_descriptor_limit() -> int:
    """Raises the process's limit of descriptors as far as it may; returns it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with suppress(ValueError, OSError):  # a limit that may not be raised is what it is
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def open_descriptors() -> int:
    """How many descriptors the process has open."""
    return len(os.listdir("/proc/self/fd"))


def fit_descriptors(limits: LimitsConfig, descriptors: int, in_use: int) -> LimitsConfig:
    """The limits, with as many `connections` as the descriptors allow beside those in use, a reserve and other ports.

    `NoDescriptorsError` if that is none.
    """
    reserved = in_use + max(RESERVED_DESCRIPTORS_MIN, descriptors // RESERVED_PART)
    room = descriptors - reserved - limits.admin_connections - limits.http_connections - 3 * ENDING_MAX
    if room < 1:
        raise NoDescriptorsError(f"a limit of {descriptors} open files leaves none for connections")
    if room < limits.connections:
        log.warning("a limit of %d open files leaves room for %d connections only", descriptors, room)
    return msgspec.structs.replace(limits, connections=min(limits.connections, room))


class Place:
    """One accepted socket's place at a gate, until `leave`."""

    def __init__(self, gate: "Gate", network: bytes, drop: Callable[[], None]) -> None:
        self._gate = gate
        self.network = network
        self.drop = drop
        """Ends the connection because others need the place."""
        self.taken = False
        """Whether a protocol has it, which will give it back."""

    def take(self, drop: Callable[[], None]) -> None:
        """There is a connection, which ends itself when it must, and gives the place back when it is gone."""
        self.taken = True
        self.drop = drop

    def settle(self) -> None:
        """The connection has logged on: it stays as long as it likes."""
        self._gate.unlist(self)

    def leave(self) -> None:
        """The socket is gone. Once only."""
        self._gate.leave(self)


class GateLimits(NamedTuple):
    """Most sockets of a port: in all, without a logon, and of one network."""

    total: int
    unsettled: int
    per_network: int


class Gate:
    """The places of one port."""

    def __init__(self, limits: GateLimits) -> None:
        self._limits = limits
        self.occupied = 0
        self.refused = 0
        self._of_network: dict[bytes, int] = {}
        # By network, oldest first; a network without any is not in it.
        self._unsettled: dict[bytes, dict[Place, None]] = {}
        self._unsettled_count = 0

    def enter(self, network: bytes, drop: Callable[[], None]) -> Place | None:
        """A place, for which others may be dropped; None if everybody who has one keeps it."""
        if self._of_network.get(network, 0) >= self._limits.per_network and not self._make_room(network):
            self.refused += 1
            return None
        full = self.occupied >= self._limits.total or self._unsettled_count >= self._limits.unsettled
        ending = self.occupied >= self._limits.total + ENDING_MAX
        if ending or (full and not self._make_room(self._most_crowded())):
            self.refused += 1
            return None
        place = Place(self, network, drop)
        self.occupied += 1
        self._of_network[network] = self._of_network.get(network, 0) + 1
        self._unsettled.setdefault(network, {})[place] = None
        self._unsettled_count += 1
        return place

    def unlist(self, place: Place) -> bool:
        """The place is no longer one that can be asked for. False if it was not before."""
        places = self._unsettled.get(place.network, {})
        if place not in places:
            return False
        del places[place]
        self._unsettled_count -= 1
        if not places:
            del self._unsettled[place.network]
        return True

    def leave(self, place: Place) -> None:
        """The place is free."""
        self.unlist(place)
        self.occupied -= 1
        self._of_network[place.network] -= 1
        if not self._of_network[place.network]:
            del self._of_network[place.network]

    def _most_crowded(self) -> bytes:
        return max(self._unsettled, key=lambda network: len(self._unsettled[network]), default=b"")

    def _make_room(self, network: bytes) -> bool:
        """Drops the network's oldest connection without a logon. Its descriptor is free a moment later."""
        for place in self._unsettled.get(network, {}):
            self.unlist(place)
            place.drop()
            return True
        return False


def network_of(host: str) -> bytes:
    """What counts as one address: all 32 bits of IPv4, the first 64 of IPv6, of which one client has all the rest."""
    try:
        packed = socket.inet_pton(socket.AF_INET6, host.partition("%")[0])
    except OSError:
        return socket.inet_aton(host)
    mapped = packed.startswith(bytes(10) + b"\xff\xff")
    return packed[12:] if mapped else packed[:8]


class Listener:
    """The listening sockets of one port, and what becomes of each socket that they accept."""

    def __init__(
        self,
        listening: list[socket.socket],
        gate: Gate,
        protocol: Callable[[Place], asyncio.BaseProtocol],
        context: ssl.SSLContext | None,
        handshake_timeout_seconds: float,
    ) -> None:
        self.gate = gate
        self._listening = listening
        self._protocol = protocol
        self._tls: dict[str, Any] = {}
        if context is not None:
            self._tls = {"ssl": context, "ssl_handshake_timeout": handshake_timeout_seconds}
        self._opening: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        for listener in listening:
            self._loop.add_reader(listener.fileno(), self._accept, listener)

    @property
    def port(self) -> int:
        """The port in use."""
        return int(self._listening[0].getsockname()[1])

    def close(self) -> None:
        """Takes no more connections. Those that there are stay."""
        for listener in self._listening:
            self._loop.remove_reader(listener.fileno())
            listener.close()
        self._listening.clear()

    def _accept(self, listener: socket.socket) -> None:
        for _ in range(ACCEPTS_A_TURN):
            try:
                accepted, address = listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as error:
                log.error("no connection can be accepted: %s", error)
                self._loop.remove_reader(listener.fileno())
                self._loop.call_later(ACCEPT_RETRY_SECONDS, self._retry, listener)
                return
            self._admit(accepted, address[0])

    def _retry(self, listener: socket.socket) -> None:
        if listener in self._listening:
            self._loop.add_reader(listener.fileno(), self._accept, listener)

    def _admit(self, accepted: socket.socket, host: str) -> None:
        accepted.setblocking(False)
        # Until there is a connection to end, its handshake fails by the end of the stream.
        place = self.gate.enter(network_of(host), lambda: _shut(accepted))
        if place is None:
            with suppress(OSError):
                if not self._tls:
                    accepted.send(FULL)
            accepted.close()
            return
        task = self._loop.create_task(self._open(accepted, place))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _open(self, accepted: socket.socket, place: Place) -> None:
        """Hands the socket to its protocol, which gives the place back; if that never had it, here."""
        try:
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await self._loop.connect_accepted_socket(lambda: self._protocol(place), accepted, **self._tls)
        except OSError as error:  # no TLS handshake in time, or at all
            log.info("a connection was not opened: %s", error)
            accepted.close()
            if not place.taken:
                place.leave()


def _shut(accepted: socket.socket) -> None:
    with suppress(OSError):
        accepted.shutdown(socket.SHUT_RDWR)


async def listening_sockets(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen on every address of the host. `OSError` if one is taken."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets: list[socket.socket] = []
    try:
        for family, kind, protocol, _, address in dict.fromkeys(found):
            listener = socket.socket(family, kind, protocol)
            sockets.append(listener)
            listener.setblocking(False)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind(address)
            listener.listen(BACKLOG)
    except OSError:
        for listener in sockets:
            listener.close()
        raise
    return sockets
