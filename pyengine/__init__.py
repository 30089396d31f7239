"""Order book and T+0 delivery-versus-payment settlement, Rust core and Python surface.

>>> from pyengine import AssetClass, Engine, Side
>>> engine = Engine()
>>> _ = engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
"""

from pyengine._engine_core import SEMANTICS_VERSION, DurableEngine, Engine, Event, Obligation, Order
from pyengine.errors import (
    CommandError,
    EngineError,
    JournalBusyError,
    JournalCorruptError,
    JournalError,
    JournalFailedError,
    JournalGenesisError,
    JournalVersionError,
    SnapshotError,
)
from pyengine.events import EVENT_DTYPE, EVENT_DTYPES
from pyengine.records import (
    ORDER_ENTRY_DTYPE,
    AssetClass,
    CancelReason,
    CommandKind,
    EventKind,
    Liquidity,
    OrderStatus,
    OrderType,
    QuantityKind,
    RejectCode,
    SelfTradePrevention,
    Side,
    TimeInForce,
)

__all__ = [
    "EVENT_DTYPE",
    "EVENT_DTYPES",
    "ORDER_ENTRY_DTYPE",
    "SEMANTICS_VERSION",
    "AssetClass",
    "CancelReason",
    "CommandError",
    "CommandKind",
    "DurableEngine",
    "Engine",
    "EngineError",
    "Event",
    "EventKind",
    "JournalBusyError",
    "JournalCorruptError",
    "JournalError",
    "JournalFailedError",
    "JournalGenesisError",
    "JournalVersionError",
    "Liquidity",
    "Obligation",
    "Order",
    "OrderStatus",
    "OrderType",
    "QuantityKind",
    "RejectCode",
    "SelfTradePrevention",
    "Side",
    "SnapshotError",
    "TimeInForce",
]
