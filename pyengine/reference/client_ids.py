"""By what an order with a client order id is known again: the digest of the id, the content of the command.

Pure functions of bytes. They do not know which orders there are, nor what the answer to one of them is.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import Final

import xxhash

from pyengine.packing import oldest_version
from pyengine.records import BODIES, Place, PlaceBracket, PlaceOco

DIGEST_LEN: Final = 16
KEY_LEN: Final = 16
_WORD: Final = 2**64 - 1
_ACCOUNT: Final = struct.Struct("<I")
_HALVES: Final = struct.Struct("<QQ")


@lru_cache(maxsize=4_096)
def digest(key: bytes, account_id: int, client_order_id: bytes) -> bytes:
    """What the engine remembers of a client order id: SipHash-1-3 with 128 bits of output, of the account's number
    (four bytes, lowest first) and the characters."""
    return siphash(key, _ACCOUNT.pack(account_id) + client_order_id, 1, 3)


def siphash(key: bytes, data: bytes, rounds: int, last_rounds: int) -> bytes:
    """SipHash with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF", and its reference
    implementation)."""
    first, second = _HALVES.unpack(key)
    a, b = first ^ 0x736F6D6570736575, second ^ 0x646F72616E646F6D ^ 0xEE
    c, d = first ^ 0x6C7967656E657261, second ^ 0x7465646279746573
    whole = len(data) // 8 * 8
    words = [word for (word,) in struct.iter_unpack("<Q", data[:whole])]
    words.append(len(data) % 256 << 56 | int.from_bytes(data[whole:], "little"))
    for word in words:
        d ^= word
        for _ in range(rounds):
            a, b, c, d = _round(a, b, c, d)
        a ^= word
    halves = []
    c ^= 0xEE
    for _ in range(2):
        for _ in range(last_rounds):
            a, b, c, d = _round(a, b, c, d)
        halves.append(a ^ b ^ c ^ d)
        b ^= 0xDD
    return _HALVES.pack(*halves)


def _round(a: int, b: int, c: int, d: int) -> tuple[int, int, int, int]:
    a, c = (a + b) & _WORD, (c + d) & _WORD
    b, d = _rotated(b, 13) ^ a, _rotated(d, 16) ^ c
    a, c = (_rotated(a, 32) + d) & _WORD, (c + b) & _WORD
    b, d = _rotated(b, 17) ^ c, _rotated(d, 21) ^ a
    return a, b, _rotated(c, 32), d


def _rotated(word: int, by: int) -> int:
    return (word << by | word >> (64 - by)) & _WORD


def content(entry: Place | PlaceOco | PlaceBracket) -> int:
    """What a resubmission must repeat: XXH3-64 of the body, in the oldest version that can say it, without the client
    order id."""
    kind = type(entry)
    body = BODIES[kind].pack(
        *(value for name, value in entry._replace(client_order_id_len=0)._asdict().items() if name != "client_order_id")
    )
    _, length = oldest_version(kind, body)
    return xxhash.xxh3_64_intdigest(body[:length])
