"""The two engines that are held to the same rules, by name."""

import importlib
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pyengine import reference

if TYPE_CHECKING:
    from pyengine import _engine_core

    AnyEngine: TypeAlias = reference.Engine | _engine_core.Engine
else:
    AnyEngine = Any

REFERENCE: Final = "reference"
NATIVE: Final = "native"


def engine_class(name: str) -> Any:
    """The engine class of that name; `ModuleNotFoundError` for the native one where it is not built."""
    if name == REFERENCE:
        return reference.Engine
    return importlib.import_module("pyengine._engine_core").Engine


def snapshot_error(name: str) -> Any:
    """What the engine of that name raises for a damaged state image."""
    if name == REFERENCE:
        return reference.SnapshotError
    return importlib.import_module("pyengine._engine_core").SnapshotError


def native_is_built() -> bool:
    """Whether there is a native engine to compare with."""
    try:
        engine_class(NATIVE)
    except ModuleNotFoundError:
        return False
    return True
