"""Images of engines, as their tests take them apart: parts as bytes, and what becomes of an image that is another."""

import struct
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import xxhash

from pyengine import SnapshotError
from pyengine.records import AssetClass

SHARD = 7


def content(**fields: int) -> int:
    """Of a PLACE that has these fields and is zero otherwise, as the rule book lays it out."""
    names = ("instrument", "side", "order_type", "time_in_force", "stp", "price", "quantity", "quantity_kind")
    body = struct.pack("<IBBBBqqB7x", *(fields.pop(name, 0) for name in names))
    if fields:
        body += struct.pack("<Q", fields.pop("expires_at", 0))
    if fields:
        newer = ("display_quantity", "min_quantity", "trigger_price", "trail", "trigger", "visibility", "lifetime")
        body += struct.pack("<qqIIBBB5x", *(fields.pop(name, 0) for name in newer))
    if fields:
        body += struct.pack("<BB6x", *(fields.pop(name, 0) for name in ("peg", "peg_offset")))
    assert not fields
    return xxhash.xxh3_64_intdigest(body)


def order_id(slot: int, generation: int = 1, shard: int = 0) -> int:
    return (shard << 56) | (generation << 26) | slot


def with_assets(new_engine: Any) -> Any:
    """An engine with what most of these images trade: asset 1 against asset 0."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    return engine


PLAIN = bytes(28 + 36 + 4 + 4)
"""What is behind the values of an instrument that trades, has no limits, and on which no cancels and no exits wait."""

NO_FEES = bytes(4 + 12)
"""What is behind quotes, of one schedule without tiers: no overrides, no changes, nothing traded."""

NO_TIMERS_NO_GROUPS = bytes(4 + 4)

NO_KEYS = bytes(4)

NO_HOLDERS = bytes(5 * 4)
"""No holder, no table, no frozen asset, no freeze, no registration."""

NO_BACKING = bytes(3 * 4 + 8 + 4 * 4)
"""Nothing stands behind assets."""

NO_ACTIONS = bytes(4 + 4 + 4)
"""No corporate action was ever announced."""

NOTHING_BEHIND_HOLDERS = NO_BACKING + NO_ACTIONS

NOTHING_BEHIND_KEYS = NO_HOLDERS + NOTHING_BEHIND_HOLDERS

NOTHING_BEHIND_REFERENCES = NO_KEYS + NOTHING_BEHIND_KEYS

NO_REFERENCES = bytes(4) + NOTHING_BEHIND_REFERENCES

NOTHING_BEHIND_FEES = bytes(4 + 4) + NO_REFERENCES
"""No price protections and no obligations either."""

NOTHING_BEHIND_QUOTES = NO_FEES + NOTHING_BEHIND_FEES

NOTHING_MORE = NO_TIMERS_NO_GROUPS + NOTHING_BEHIND_QUOTES
"""What is behind the books, if nothing of it is used."""


def restored_image(new_engine: Any, image: bytes) -> bytes | None:
    """What an engine of this image writes; None if there is no such engine. What there is of an asset adds up."""
    try:
        restored = new_engine.restore(image)
    except SnapshotError:
        return None
    for asset in range(restored.counts()[0]):
        assert restored.total(asset) == restored.issued(asset)
    return bytes(restored.state_image())


class Images:
    """An image, and what becomes of it when something in it is something else."""

    def __init__(self, new_engine: Any, image: bytes) -> None:
        self._new_engine, self._image = new_engine, image
        assert restored_image(new_engine, image) == image

    def takes(self, *changes: tuple[bytes, bytes]) -> bool:
        """Whether the image is one still, with each first half, which is in it once, replaced by the second."""
        image = self._image
        for old, new in changes:
            assert image.count(old) == 1, f"{image.count(old)} of {old!r}"
            image = image.replace(old, new)
        return restored_image(self._new_engine, image) == image

    def refuses(self, *changes: tuple[bytes, bytes]) -> bool:
        """Whether that is no image."""
        return not self.takes(*changes)


BID, ASK, GONE = (order_id(slot, 1, SHARD) for slot in range(3))


def resting(number: int, price: int, lots: int, text: bytes, account: int = 0, **other: int) -> bytes:
    fixed = {"maker": 0, "hold": 0, "time_in_force": 0, "stp": 0, "leaves": lots, "length": len(text)} | other
    return (
        struct.pack("<QIIqq", number, account, price, lots, fixed["leaves"])
        + struct.pack("<hHBBB", *(fixed[name] for name in ("maker", "hold", "time_in_force", "stp", "length")))
        + text
    )


NO_ATTRIBUTES = b"\0"

TODAY = 20261201


def attributes(**fields: int) -> bytes:
    """Attributes of an order with their length in front, as the rule book lays them out."""
    layout = {"expires_at": "Q", "display_quantity": "q", "min_quantity": "q", "trigger_price": "I", "trail": "I"}
    layout |= {"trigger": "B", "visibility": "B", "lifetime": "B", "peg": "B", "peg_offset": "B3x"}
    layout |= {"trade_date": "I4x", "reserve": "q"}
    layout |= {"taker_rate": "I", "waiting_type": "B", "slice": "B", "quote_group": "B", "exit_trigger": "B"}
    layout |= {"partner": "Q"}
    layout |= dict.fromkeys(("partner_price", "take_profit", "exit_trigger_price", "exit_price"), "I")
    layout |= {"arrival": "Q"}
    return bytes([96]) + struct.pack("<" + "".join(layout.values()), *(fields.get(name, 0) for name in layout))


SAME: Mapping[str, int] = MappingProxyType({})

BEGAN, ENDS = 10, 100

QUOTED_BID, QUOTED_ASK, SOLD_IN_SLICES = (order_id(slot, 1, SHARD) for slot in range(3))
