"""The venue's history beside it: `pyengine follow` in a process of its own, of the lowest priority.

It is begun anew when it ends, ever more seldom, and told to end when the venue stops. Nothing of it reaches the venue:
it reads the journal's files, and its errors are lines of a log.
"""

import asyncio
import logging
import sys
from contextlib import suppress
from typing import Final

RESTART_SECONDS: Final = 1.0
"""Before the first restart; twice as long before each further one,"""
RESTART_SECONDS_MAX: Final = 60.0
"""up to this; and from the beginning after a process that has lasted longer."""
CATCH_UP_SECONDS_MAX: Final = 10.0
"""How long a stop waits for the follower to take in the rest; what is left it takes in after the next start."""

log = logging.getLogger("gateway.history")


class HistoryProcess:
    """Keeps a follower running from `start` to `stop`."""

    def __init__(self, directory: str, store: str) -> None:
        self._command = [sys.executable, "-m", "pyengine", "follow", directory, "--store", store, "--until-closed"]
        self._keeper: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = asyncio.Event()

    def start(self) -> None:
        """Begins."""
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Lets the follower take in what is there, but not for longer than `CATCH_UP_SECONDS_MAX`, and ends it."""
        if self._keeper is None:
            return
        self._stopping.set()
        self._close_input()
        done, _ = await asyncio.wait((self._keeper,), timeout=CATCH_UP_SECONDS_MAX)
        if done:
            return
        log.warning("the follower of the history is behind; it goes on from there after the next start")
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
        await self._keeper

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        wait = RESTART_SECONDS
        while not self._stopping.is_set():
            begun = loop.time()
            said = await self._run()
            if self._stopping.is_set():
                return
            if loop.time() - begun > RESTART_SECONDS_MAX:
                wait = RESTART_SECONDS
            log.warning("the follower of the history ended (%s); again in %g s", said, wait)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)
            wait = min(2 * wait, RESTART_SECONDS_MAX)

    async def _run(self) -> str:
        """Runs a follower to its end, and says which it was."""
        try:
            # A session of its own: Ctrl-C is the venue's to hear. The pipe tells it when the venue stops, or is gone.
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            return str(error)
        if self._stopping.is_set():
            self._close_input()
        return f"status {await self._process.wait()}"

    def _close_input(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
