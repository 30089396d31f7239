"""The rule book as a program: a pure-Python engine that is meant to be read.

It implements `engine_core/docs/semantics.md` with the interface of the native `pyengine._engine_core.Engine`, naively
and in the order in which the rules are written, on dictionaries and sortedcontainers. It shares no code with the
native engine: tests drive both with the same commands and compare every event and every byte of state. It is an
oracle, not a venue: no journal, no threads, tens of thousands of commands a second.
"""

from pyengine.reference.engine import Engine
from pyengine.reference.values import Event, Order

__all__ = ["Engine", "Event", "Order"]
