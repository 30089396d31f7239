"""The two engines that are held to the same rules, by name."""

from typing import Any, Final, TypeAlias

import pyengine
from pyengine import reference

AnyEngine: TypeAlias = reference.Engine | pyengine.Engine
REFERENCE: Final = "reference"
NATIVE: Final = "native"
ENGINES: Final[dict[str, Any]] = {REFERENCE: reference.Engine, NATIVE: pyengine.Engine}
