"""Keys of attestors (`engine_core/docs/assets.md`): which points of Ed25519 are keys, and what a signature fits."""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIELD: Final = 2**255 - 19
D: Final = -121665 * pow(121666, -1, FIELD) % FIELD
"""Of the curve `-x^2 + y^2 = 1 + d x^2 y^2` (RFC 8032, section 5.1)."""
SQUARE_ROOT_OF_MINUS_1: Final = pow(2, (FIELD - 1) // 4, FIELD)

Point = tuple[int, int]


def is_attestor_key(key: bytes) -> bool:
    """Whether it is the canonical encoding of a point that is not of small order: eight times it is not neutral."""
    point = decoded(key)
    if point is None:
        return False
    for _ in range(3):
        point = added(point, point)
    return point != (0, 1)


def decoded(key: bytes) -> Point | None:
    """The point of an encoding (RFC 8032, section 5.1.3); None if it is none."""
    sign, y = key[31] >> 7, int.from_bytes(key, "little") & ((1 << 255) - 1)
    if y >= FIELD:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if x * x % FIELD != square:
        x = x * SQUARE_ROOT_OF_MINUS_1 % FIELD
    if x * x % FIELD != square or (x == 0 and sign):
        return None
    return (FIELD - x if x % 2 != sign else x), y


def added(one: Point, other: Point) -> Point:
    """The sum of two points."""
    (x1, y1), (x2, y2) = one, other
    product = D * x1 * x2 * y1 * y2 % FIELD
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, FIELD) % FIELD
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, FIELD) % FIELD
    return x, y


def verifies(key: bytes, text: bytes, signature: bytes) -> bool:
    """Whether the signature fits: `S` below the order, `R` byte for byte the encoding of `[S]B - [k]A`."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except InvalidSignature:
        return False
    return True
