"""The server as a process of its own: it says where it listens, and SIGTERM stops it gracefully."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from gateway import schemas
from gateway.auth import HmacSigner
from gateway.client import Client
from gateway.framing import CloseCode
from pyengine import config as configuration
from tests.gateway_support import RawClient
from tests.test_config import VALID

START_SECONDS = 30.0
SERVE = """
import sys
from gateway.server import run
from pyengine.config import load
run(load(sys.argv[1]), on_ready=lambda server: print(server.port, flush=True))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_stops_gracefully_and_the_journal_stays(tmp_path: Path, number: signal.Signals) -> None:
    file = tmp_path / "venue.toml"
    file.write_text(VALID.replace("port = 9000", "port = 0\nhttp_port = 0"))
    secret = HmacSigner(configuration.decode_secret("000102030405060708090a0b0c0d0e0f"))

    async def once(expected_seq: int) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SERVE, str(file), stdout=asyncio.subprocess.PIPE
        )
        try:
            assert process.stdout is not None
            port = int(await process.stdout.readline())
            async with Client(f"ws://127.0.0.1:{port}/", "maker-1", secret) as client:
                assert client.session is not None
                assert client.session.engine_seq == expected_seq
                await client.cancel_all()
            stranger = await RawClient.connect(port)
            process.send_signal(number)
            assert isinstance(await stranger.message(), schemas.Shutdown)
            assert (await stranger.closed())[0] == CloseCode.GOING_AWAY
            await stranger.close()
            assert await process.wait() == 0
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def scenario() -> None:
        async with asyncio.timeout(START_SECONDS):
            await once(2 + 1 + 1 + 3 + 2)  # assets, instrument, fee schedule 1, accounts, keys
            await once(2 + 1 + 1 + 3 + 2 + 1)  # and the cancel-all of the first run

    asyncio.run(scenario())
