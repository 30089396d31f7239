"""What reads an image from its front: it knows where it is, and nothing of what it reads."""

from __future__ import annotations

import struct
from typing import Any, Final

from pyengine.errors import SnapshotError

U32: Final = struct.Struct("<I")


class Reader:
    """The fields of an image, one after another."""

    def __init__(self, image: bytes) -> None:
        self._image = image
        self._offset = 0

    def bytes(self, length: int) -> bytes:
        """The next bytes; `SnapshotError` where the image ends too early."""
        if self._offset + length > len(self._image):
            raise SnapshotError(f"truncated state image: {len(self._image)} bytes, more needed at {self._offset}")
        self._offset += length
        return self._image[self._offset - length : self._offset]

    def take(self, layout: struct.Struct) -> tuple[Any, ...]:
        """The next fields."""
        return layout.unpack(self.bytes(layout.size))

    def count(self) -> int:
        """The count in front of a list."""
        return int(self.take(U32)[0])

    def numbers(self) -> list[int]:
        """A list of `u32`, its count in front of it."""
        count = self.count()
        return list(struct.unpack(f"<{count}I", self.bytes(4 * count)))
