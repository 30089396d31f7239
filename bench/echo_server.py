"""A websocket echo server of the library under the gateway, to measure the gateway's figures against.

    python -m bench.echo_server [--coalesce]

Prints its port, then echoes every frame until it is ended: one Python call a frame, and one write for each frame or,
with `--coalesce`, one for all frames of a read. It decodes nothing and keeps nothing.
"""

import argparse
import struct

import picows
import uvloop


class WriteEach(picows.WSListener):
    """One write a frame."""

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        """Sends the frame back."""
        transport.send(frame.msg_type, frame.get_payload_as_bytes())


class WriteCoalesced(picows.WSListener):
    """One write for the frames of a read."""

    def __init__(self) -> None:
        super().__init__()
        self._frames: list[bytes] = []

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        """Keeps the frame until the last one of the read."""
        payload = frame.get_payload_as_bytes()
        head = bytes((0x82, len(payload))) if len(payload) < 126 else struct.pack(">BBH", 0x82, 126, len(payload))
        self._frames += (head, payload)
        if frame.last_in_buffer:
            transport.underlying_transport.write(b"".join(self._frames))
            self._frames.clear()


async def serve(listener: type[picows.WSListener]) -> None:
    """Serves on a free port of the loopback interface for ever."""
    server = await picows.ws_create_server(lambda request: listener(), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A websocket echo server.")
    parser.add_argument("--coalesce", action="store_true", help="one write for all frames of a read")
    uvloop.run(serve(WriteCoalesced if parser.parse_args().coalesce else WriteEach))
