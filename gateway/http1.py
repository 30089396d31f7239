"""The little HTTP/1.1 that a venue speaks, without IO: one request without a body, one answer, the end or an upgrade.

It reads the head of a GET request, strictly, and writes answers that close the connection, or the one that makes it a
websocket (RFC 6455, section 4.2). It knows no route and no socket, keeps no connection alive, and takes no body, no
folded header and no request that a proxy could read in another way.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, NamedTuple

HEAD_BYTES_MAX: Final = 8_192  # a browser's request with its cookies; more is no client of ours
HEAD_END: Final = b"\r\n\r\n"
WEBSOCKET_VERSION: Final = "13"
KEY_BYTES: Final = 16
_GUID: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
_REQUEST_LINE: Final = re.compile(r"([A-Z]{1,16}) (/[\x21-\x7e]*) HTTP/1\.1")
_HEADER: Final = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x20-\x7e\t]*?)[ \t]*")


class Refusal(Exception):
    """The request is answered by this status."""

    def __init__(self, status: HTTPStatus, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = headers or {}

    def answer(self) -> bytes:
        """The whole response."""
        return response(self.status, self.reason.encode(), self.headers)


class Request(NamedTuple):
    """A GET request; header names are in lower case."""

    path: str
    headers: dict[str, str]


def read_request(head: bytes) -> Request:
    """Reads a request's head, its empty line included. `Refusal` if it is none, or not a plain GET."""
    bad = HTTPStatus.BAD_REQUEST
    line, *lines = head.removesuffix(HEAD_END).decode("latin-1").split("\r\n")
    request = _REQUEST_LINE.fullmatch(line)
    if request is None:
        raise Refusal(bad, "not an HTTP/1.1 request")
    if request[1] != "GET":
        raise Refusal(bad, "only GET is served")
    headers: dict[str, str] = {}
    for text in lines:
        header = _HEADER.fullmatch(text)
        if header is None or header[1].lower() in headers:
            raise Refusal(bad, "a malformed or repeated header")
        headers[header[1].lower()] = header[2]
    if "host" not in headers:
        raise Refusal(bad, "no Host header")
    if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
        raise Refusal(bad, "a request with a body")
    return Request(request[2].split("?", 1)[0], headers)


def response(status: HTTPStatus, body: bytes, headers: Mapping[str, str] | None = None) -> bytes:
    """A whole answer, after which the connection ends."""
    fields = {"Content-Type": "text/plain", "Content-Length": str(len(body)), "Connection": "close"} | dict(
        headers or {}
    )
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + HEAD_END + body


def upgraded(request: Request) -> bytes:
    """The answer that makes the connection a websocket. `Refusal` if the request does not ask for that, version 13."""
    headers = request.headers
    if "upgrade" not in _tokens(headers, "connection") or "websocket" not in _tokens(headers, "upgrade"):
        raise Refusal(HTTPStatus.BAD_REQUEST, "not a websocket upgrade")
    if headers.get("sec-websocket-version") != WEBSOCKET_VERSION:
        version = {"Sec-WebSocket-Version": WEBSOCKET_VERSION}
        raise Refusal(HTTPStatus.UPGRADE_REQUIRED, "only websocket version 13", version)
    key = headers.get("sec-websocket-key", "").encode()
    try:
        length = len(base64.b64decode(key, validate=True))
    except binascii.Error:
        length = 0
    if length != KEY_BYTES:
        raise Refusal(HTTPStatus.BAD_REQUEST, "Sec-WebSocket-Key is not 16 bytes in base64")
    accept = base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + accept
        + HEAD_END
    )


def _tokens(headers: Mapping[str, str], name: str) -> list[str]:
    return [token.strip().lower() for token in headers.get(name, "").split(",")]
