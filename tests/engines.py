"""The two engines that are held to the same rules, by name."""

from collections.abc import Iterable
from typing import Any, Final, TypeAlias

import pyengine
from pyengine import reference
from pyengine.reference import Order

AnyEngine: TypeAlias = reference.Engine | pyengine.Engine
REFERENCE: Final = "reference"
NATIVE: Final = "native"
ENGINES: Final[dict[str, Any]] = {REFERENCE: reference.Engine, NATIVE: pyengine.Engine}


def as_values(orders: Iterable[Any]) -> list[Order]:
    """The orders of either engine as values that compare."""
    return [Order(**{name: getattr(order, name) for name in Order.__struct_fields__}) for order in orders]
