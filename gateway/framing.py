"""Server-to-client websocket frames (RFC 6455, section 5.2): unmasked, unfragmented. Parsing is the hub's."""

import struct
from enum import IntEnum
from typing import Final

FIN: Final = 0x80
MAX_CONTROL_PAYLOAD: Final = 125


class Opcode(IntEnum):
    """Frame opcodes."""

    TEXT = 0x1
    BINARY = 0x2
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA


class CloseCode(IntEnum):
    """Why the server ends a connection; documented in PROTOCOL.md, section 8."""

    NORMAL = 1000
    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002
    INVALID_UTF8 = 1007
    TOO_BIG = 1009
    JOURNAL_FAILED = 1011
    TRY_AGAIN = 1013
    SLOW_CONSUMER = 4000
    LOGON_TIMEOUT = 4001
    LOGON_REFUSED = 4002
    IDLE = 4003
    LOGON_EXPECTED = 4004
    FLOOD = 4005
    CROWDED_OUT = 4006
    DISCONNECTED = 4007
    KEY_ENDED = 4008


def frame(opcode: Opcode, payload: bytes) -> bytes:
    """One whole frame."""
    length = len(payload)
    if length < 126:
        return bytes((FIN | opcode, length)) + payload
    if length < 1 << 16:
        return struct.pack(">BBH", FIN | opcode, 126, length) + payload
    return struct.pack(">BBQ", FIN | opcode, 127, length) + payload


def close_frame(code: int, reason: str) -> bytes:
    """A close frame; the reason is cut to what a control frame holds."""
    text = reason.encode()[: MAX_CONTROL_PAYLOAD - 2].decode(errors="ignore").encode()
    return frame(Opcode.CLOSE, struct.pack(">H", code) + text)
