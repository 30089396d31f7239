"""Order book and T+0 delivery-versus-payment settlement, Rust core and Python surface.

>>> from pyengine import AssetClass, Engine, Side
>>> engine = Engine()
>>> _ = engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
"""

from pyengine._engine_core import SEMANTICS_VERSION, Engine, Event, Order
from pyengine.errors import CommandError, EngineError, SnapshotError

__all__ = ["SEMANTICS_VERSION", "CommandError", "Engine", "EngineError", "Event", "Order", "SnapshotError"]
