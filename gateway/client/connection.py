"""One websocket connection of the client: messages in and out, heartbeats, and why it ended.

It decides nothing: what arrives is handed on decoded, what ends it is kept in `reason`, and it never connects again.
"""

import asyncio
import ssl
from collections.abc import Callable
from typing import Final, Self
from urllib.parse import urlsplit

import picows

from gateway import schemas
from gateway.client.errors import TlsRequiredError

MAX_FRAME_BYTES: Final = 64 << 20  # a whole book in one message
PING_SECONDS: Final = 5.0
TLS_SECONDS: Final = 2.0  # for a handshake that only shall explain why there is no connection


class Connection(picows.WSListener):
    """Use `open`; a connection is never used again after its end."""

    def __init__(self, received: Callable[[schemas.AnyReply], None], *, text: bool) -> None:
        self._received = received
        self._text = text
        self.transport: picows.WSTransport | None = None
        self.abandoned = False
        """Nobody waits for the handshake any more, which picows goes on with."""
        self.reason = ""
        """Why the connection was given up or closed, as far as anybody said."""
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @classmethod
    async def open(
        cls,
        url: str,
        received: Callable[[schemas.AnyReply], None],
        *,
        text: bool,
        ssl_context: ssl.SSLContext | None,
        handshake_seconds: float,
    ) -> Self:
        """Connects. `OSError` or `picows.WSError` if there is nobody, or somebody else: `TlsRequiredError` is one."""
        connection = cls(received, text=text)
        try:
            await picows.ws_connect(
                lambda: connection,
                url,
                ssl_context=ssl_context,
                websocket_handshake_timeout=handshake_seconds,
                enable_auto_ping=True,
                auto_ping_idle_timeout=PING_SECONDS,
                auto_ping_reply_timeout=PING_SECONDS,
                max_frame_size=MAX_FRAME_BYTES,
                logger_name="gateway.client",
                use_aiofastnet=False,
            )
            if connection.transport is None:
                raise ConnectionResetError(f"{url}: the connection was closed before the handshake")
        except (picows.WSError, ConnectionResetError) as error:
            if await _speaks_tls(url):
                raise TlsRequiredError(url) from error
            raise
        except asyncio.CancelledError:
            connection.abandoned = True
            raise
        return connection

    def send(self, request: schemas.Request) -> None:
        """One message; after the end it goes nowhere."""
        assert self.transport is not None
        kind = picows.WSMsgType.TEXT if self._text else picows.WSMsgType.BINARY
        self.transport.send(kind, schemas.encode(request, text=self._text))

    def close(self) -> None:
        """Says goodbye and ends."""
        assert self.transport is not None
        self.transport.send_close(picows.WSCloseCode.OK)
        self.transport.disconnect()

    def abort(self, reason: str) -> None:
        """Ends at once. The first reason counts."""
        assert self.transport is not None
        self.reason = self.reason or reason
        self.transport.disconnect(graceful=False)

    def on_ws_connected(self, transport: picows.WSTransport) -> None:
        """The handshake is done."""
        if self.abandoned:
            transport.disconnect(graceful=False)
        else:
            self.transport = transport

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        """A frame: a message is handed on, a close frame is the reason of the end."""
        if self.abandoned:
            return
        match frame.msg_type:
            case picows.WSMsgType.BINARY | picows.WSMsgType.TEXT:
                text = frame.msg_type == picows.WSMsgType.TEXT
                self._received(schemas.decode_reply(frame.get_payload_as_bytes(), text=text))
            case picows.WSMsgType.CLOSE:
                code = int(frame.get_close_code().value)
                self.reason = f"{code} {frame.get_close_reason() or ''}".strip()
                transport.disconnect()

    def on_ws_disconnected(self, transport: picows.WSTransport) -> None:
        """The end, whoever made it."""
        if not self.closed.done():
            self.closed.set_result(None)


async def _speaks_tls(url: str) -> bool:
    """Whether an address without TLS leads to a port with it: asked of the port itself, whosever its certificate."""
    address = urlsplit(url)
    if address.scheme != "ws":
        return False
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with asyncio.timeout(TLS_SECONDS):
            _, writer = await asyncio.open_connection(address.hostname, address.port or 80, ssl=context)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True
