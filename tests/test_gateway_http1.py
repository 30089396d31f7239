"""The HTTP of the three ports: what is a request, what becomes a websocket, and that nothing else gets further."""

from http import HTTPStatus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gateway import http1
from tests.gateway_support import HANDSHAKE

HOST = b"Host: venue\r\n"


def head(line: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join((line, *headers, b"", b""))


def test_a_request_is_read() -> None:
    request = http1.read_request(head(b"GET /health?all=1 HTTP/1.1", b"Host: venue", b"Accept:\ttext/plain \t"))
    assert request == http1.Request("/health", {"host": "venue", "accept": "text/plain"})


@pytest.mark.parametrize(
    ("line", "headers"),
    [
        (b"POST / HTTP/1.1", [b"Host: venue"]),
        (b"GET / HTTP/1.0", [b"Host: venue"]),
        (b"GET  / HTTP/1.1", [b"Host: venue"]),
        (b"GET http://venue/ HTTP/1.1", [b"Host: venue"]),
        (b"GET /a b HTTP/1.1", [b"Host: venue"]),
        (b"", [b"Host: venue"]),
        (b"GET / HTTP/1.1", []),
        (b"GET / HTTP/1.1", [b"Host: venue", b"Host: other"]),
        (b"GET / HTTP/1.1", [b"Host : venue"]),
        (b"GET / HTTP/1.1", [b"Host: venue", b" folded"]),
        (b"GET / HTTP/1.1", [b"Host: venue", b"X: \x01"]),
        (b"GET / HTTP/1.1", [b"Host: venue", b"X: a\nY: b"]),
        (b"GET / HTTP/1.1", [b"Host: venue", b"Content-Length: 1"]),
        (b"GET / HTTP/1.1", [b"Host: venue", b"Transfer-Encoding: chunked"]),
    ],
)
def test_what_is_no_plain_request_is_refused(line: bytes, headers: list[bytes]) -> None:
    with pytest.raises(http1.Refusal) as refused:
        http1.read_request(head(line, *headers))
    assert refused.value.status == HTTPStatus.BAD_REQUEST


def test_the_upgrade_of_the_rfc() -> None:
    """RFC 6455, section 1.3."""
    answer = http1.upgraded(http1.read_request(HANDSHAKE))
    assert answer.startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    assert b"\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n" in answer


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        (b"Upgrade: websocket\r\n", b"", HTTPStatus.BAD_REQUEST),
        (b"Connection: Upgrade", b"Connection: keep-alive", HTTPStatus.BAD_REQUEST),
        (b"Connection: Upgrade", b"Connection: keep-alive, UPGRADE", None),
        (b"Upgrade: websocket", b"Upgrade: h2c, WebSocket", None),
        (b"Version: 13", b"Version: 8", HTTPStatus.UPGRADE_REQUIRED),
        (b"dGhlIHNhbXBsZSBub25jZQ==", b"dGhl", HTTPStatus.BAD_REQUEST),
        (b"dGhlIHNhbXBsZSBub25jZQ==", b"!", HTTPStatus.BAD_REQUEST),
        (b"dGhlIHNhbXBsZSBub25jZQ==", b"", HTTPStatus.BAD_REQUEST),
    ],
)
def test_upgrades(before: bytes, after: bytes, status: HTTPStatus | None) -> None:
    assert before in HANDSHAKE
    request = http1.read_request(HANDSHAKE.replace(before, after))
    if status is None:
        assert http1.upgraded(request).startswith(b"HTTP/1.1 101")
        return
    with pytest.raises(http1.Refusal) as refused:
        http1.upgraded(request)
    assert refused.value.status == status
    assert refused.value.answer().startswith(f"HTTP/1.1 {status.value} ".encode())


@given(st.binary(max_size=300))
@example(b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n")
def test_any_bytes_are_a_request_or_refused(data: bytes) -> None:
    try:
        request = http1.read_request(data)
    except http1.Refusal:
        return
    assert request.path.startswith("/")
    assert "host" in request.headers
