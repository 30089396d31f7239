"""A server in a process of its own, as the demo, the benchmarks and the crash tests use it."""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any, Final, Self

START_SECONDS_MAX: Final = 60
STOP_SECONDS_MAX: Final = 30


class ServerProcessError(Exception):
    """The server did not start, or ended otherwise than asked."""


class ServerProcess:
    """`pyengine serve CONFIG`. Use as `async with`, which ends the process whatever happens."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._process: asyncio.subprocess.Process | None = None
        self.url = ""
        """Websocket address, once started."""
        self.admin_url = ""
        """The operator's own."""
        self.health_url = ""
        self.metrics_url = ""

    @property
    def pid(self) -> int:
        """Process id of the running server."""
        assert self._process is not None
        return self._process.pid

    async def __aenter__(self) -> Self:
        command = [sys.executable, "-m", "pyengine", "serve", str(self._config), "--json"]
        self._process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        try:
            ready = await asyncio.wait_for(self._ready(), START_SECONDS_MAX)
        except BaseException:
            await self.kill()
            raise
        self.url, self.admin_url = ready["url"], ready["admin"]
        self.health_url, self.metrics_url = ready["health"], ready["metrics"]
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.kill()

    async def stop(self) -> None:
        """Stops the server gracefully. `ServerProcessError` if it ends badly."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        status = await asyncio.wait_for(self._process.wait(), STOP_SECONDS_MAX)
        if status != 0:
            raise ServerProcessError(f"the server ended with status {status}")

    async def kill(self) -> None:
        """Ends the process at once, as a power failure of its own. Does nothing if it has ended."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def _ready(self) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise ServerProcessError(f"the server ended with status {await self._process.wait()}")
        message: dict[str, Any] = json.loads(line)
        return message
