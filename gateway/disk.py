"""What a running venue's journal takes of its disk, what is left of that, and what nobody needs any more.

All of it happens on a thread beside the event loop, which trading waits for: a look asks the system about each file, a
snapshot is read whole before it counts as verified, and to copy or remove a file is to wait for the disk. The loop
starts the next look when one has ended, and reads what it found. The native core lets the loop run meanwhile.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from pyengine import files
from pyengine.config import HistoryConfig, JournalConfig
from pyengine.errors import EngineError
from pyengine.history.store import followed
from pyengine.retention import Retention

LOOK_SECONDS: Final = 10.0
"""Between two looks."""

log = logging.getLogger("gateway")


class Disk:
    """Looks after the directory of a journal; of a venue without one there is nothing to look after."""

    def __init__(self, journal: JournalConfig, history: HistoryConfig, sequence: Callable[[], int]) -> None:
        """`sequence`: tells the last durable one. What the history's follower still needs stays."""
        self._store = Path(history.store) if history.enabled else None
        self._directory = None if journal.durability == "off" else Path(journal.directory)
        self._min_free_bytes = journal.min_free_bytes
        self._sequence = sequence
        self._retention = None
        if self._directory is not None and journal.retain is not None:
            self._retention = Retention(self._directory, journal.retain)
        self._ends = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._problem = ""
        self.usage: files.Usage | None = None
        """As last looked at."""

    @property
    def warning(self) -> str | None:
        """What there is to say of the space that is left, if it is little."""
        if self.usage is None or self.usage.free_bytes >= self._min_free_bytes:
            return None
        return (
            f"{self._directory}: {self.usage.free_bytes} bytes of the disk are free, less than"
            f" journal.min_free_bytes, {self._min_free_bytes}"
        )

    def start(self) -> None:
        """Looks at once, and from then on again and again."""
        if self._directory is not None:
            self._task = asyncio.create_task(self._look_again_and_again(self._directory))

    async def stop(self) -> None:
        """Returns when nothing is touched any more: after the file that is being moved."""
        self._ends.set()
        if self._task is not None:
            await self._task

    async def _look_again_and_again(self, directory: Path) -> None:
        while not self._ends.is_set():
            warned = self.warning is not None
            await asyncio.to_thread(self._look, directory, self._sequence())
            if self.warning is not None and not warned:
                log.warning(self.warning)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ends.wait(), LOOK_SECONDS)

    def _look(self, directory: Path, end: int) -> None:
        """On a thread of its own."""
        problem = ""
        try:
            if self._retention is not None:
                reached = None if self._store is None else followed(self._store)
                gone = self._retention.run(end, time.time_ns(), lambda: not self._ends.is_set(), reached)
                if gone:
                    log.info("%d files that nobody needs any more are gone, up to %s", len(gone), gone[-1].name)
            self.usage = files.usage(directory)
        except (OSError, EngineError) as error:
            problem = str(error)
            if problem != self._problem:
                log.warning("the journal's directory can not be looked after: %s", problem)
        self._problem = problem
