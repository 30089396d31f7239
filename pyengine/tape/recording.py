"""An engine that remembers its commands in memory, so that its state can be recovered from them.

Commands are kept as calls, in order; queries pass through. Bounded by memory alone: meant for one tape, not for a
venue.
"""

from collections.abc import Callable
from typing import Any, Final

COMMANDS: Final = frozenset(
    ("create_asset", "create_instrument", "create_account", "set_fee_schedule", "deposit", "place", "cancel", "amend")
)


class CommandRecorder:
    """Wraps `engine`; see the module."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._commands: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._engine, name)
        if name in COMMANDS:
            method = self._recorded(name, method)
        setattr(self, name, method)  # looked up once
        return method

    def _recorded(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def record(*args: Any, **kwargs: Any) -> Any:
            self._commands.append((name, args, kwargs))
            return method(*args, **kwargs)

        return record

    def recover(self, fresh: Any) -> Any:
        """Gives the recorded commands to `fresh`, an engine in its first state, and returns it."""
        for name, args, kwargs in self._commands:
            getattr(fresh, name)(*args, **kwargs)
        return fresh
