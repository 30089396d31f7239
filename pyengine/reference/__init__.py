"""The rule book as a program: a pure-Python engine that is meant to be read.

It implements `engine_core/docs/semantics.md` and `market-rules.md` beside it with the interface of the native
`pyengine._engine_core.Engine`, naively and in the order in which the rules are written, on dictionaries and
sortedcontainers. It shares no code with the native engine: tests drive both with the same commands and compare every
event and every byte of state. It is an oracle, not a venue: no journal, no threads, tens of thousands of commands a
second.

Its files are the families of the core's rules, and each knows only those named before it: `values` `risk` `pegs` `book`
`waiting` `client_ids` `fees` `state` (what is remembered), `machine` (state and events: what rules work on), `refusals`
`forms` `bands` `charges` `clearing` `settlement` `order_end` `phases` `protection` `obligations` `matching` `stops`
`order_entry` `linked` `brackets` `amendment` `replacement` `quotes` `reference_data` `keys` `money` `auction`
`crossing` `work` `time` (the rules), `image_reader` `image_fees` `image_keys` `image` `queries` `calls` (what else can
be asked), and `engine`, which finds the rule of a command. Its events are those of `pyengine.events`.
"""

from pyengine.reference.engine import Engine
from pyengine.reference.values import Order

__all__ = ["Engine", "Order"]
