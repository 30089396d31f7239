"""Simulated failure: the server's process is killed (SIGKILL) under load, twenty times, on one journal.

What must survive: every order and every cancel that a client was told of. What may be lost: requests without an answer,
which the clients repeat by client order id after the restart, and which then exist exactly once.
"""

import asyncio
import itertools
import random
import secrets
from pathlib import Path
from typing import Final

import pytest

from gateway.auth import HmacSigner
from gateway.client import Client, ClientError
from gateway.process import ServerProcess
from gateway.schemas import AdminDeposit
from pyengine import DurableEngine
from pyengine._engine_core import verify_journal

KILLS: Final = 20
TRADERS: Final = 4
IN_FLIGHT: Final = 8
"""Requests that each trader keeps unanswered."""
OPEN_MAX: Final = 2_000

CONFIG: Final = """
[journal]
directory = "journal"
segment_bytes = 1048576

[server]
port = 0
http_port = 0

[[assets]]
symbol = "USDC"
class = "stablecoin"
decimals = 6

[[assets]]
symbol = "XAU"
class = "gold"
decimals = 6

[[instruments]]
symbol = "XAU-USDC"
base = "XAU"
quote = "USDC"
lot_size = 1000
tick_lot_value = 10
max_price = 1000000

[[accounts]]
id = 1
count = {traders}
"""


class Trader:
    """Places resting bids and cancels some. Knows what it was told, and what it asked for without an answer."""

    def __init__(self, account: int) -> None:
        self.account = account
        self.open: dict[str, int] = {}
        """Order id by client order id, of orders that were acknowledged."""
        self.cancelled: set[str] = set()
        self.unanswered_places: dict[str, int] = {}
        """Price by client order id: only the same order may be repeated."""
        self.unanswered_cancels: set[str] = set()
        self._names = itertools.count(1)
        self._random = random.Random(account)

    async def load(self, client: Client) -> None:
        """Sends requests until the connection ends."""
        await asyncio.gather(*(self._work(client) for _ in range(IN_FLIGHT)), return_exceptions=True)

    async def _work(self, client: Client) -> None:
        while True:
            if (len(self.open) > 50 and self._random.random() < 0.4) or len(self.open) > OPEN_MAX:
                await self._cancel(client, self._random.choice(list(self.open)))
            else:
                await self._place(client, f"{self.account}-{next(self._names)}")

    async def _place(self, client: Client, name: str) -> None:
        price = self.unanswered_places[name] = self._random.randrange(1, 1_000)
        report = await client.place("XAU-USDC", "buy", 1, price, client_order_id=name)
        del self.unanswered_places[name]
        self.open[name] = report.order_id

    async def _cancel(self, client: Client, name: str) -> None:
        del self.open[name]
        self.unanswered_cancels.add(name)
        await client.cancel(client_order_id=name)
        self.unanswered_cancels.discard(name)
        self.cancelled.add(name)

    async def check(self, client: Client) -> None:
        """Compares what survived with what was acknowledged, then settles what was unanswered by repeating it."""
        survived = {order.client_order_id: order.order_id for order in (await client.orders()).orders}
        lost = {name: order_id for name, order_id in self.open.items() if survived.get(name) != order_id}
        assert not lost, f"account {self.account}: acknowledged orders are lost: {lost}"
        undone = self.cancelled & survived.keys()
        assert not undone, f"account {self.account}: acknowledged cancels are undone: {undone}"
        foreign = survived.keys() - self.open.keys() - self.unanswered_places.keys() - self.unanswered_cancels
        assert not foreign, f"account {self.account}: orders that nobody asked for: {foreign}"

        for name, price in sorted(self.unanswered_places.items()):
            report = await client.place("XAU-USDC", "buy", 1, price, client_order_id=name)
            assert report.kind == ("duplicate" if name in survived else "accepted")
            if name in survived:
                assert report.order_id == survived[name]
            self.open[name] = report.order_id
        self.open |= {name: survived[name] for name in self.unanswered_cancels & survived.keys()}
        self.cancelled |= self.unanswered_cancels - survived.keys()
        self.unanswered_places.clear()
        self.unanswered_cancels.clear()


def write_config(directory: Path) -> tuple[Path, dict[str, bytes]]:
    """The venue's file and the secret of each key."""
    accounts = {"operator": 0} | {f"trader-{number}": number for number in range(1, TRADERS + 1)}
    keys = {name: secrets.token_bytes(32) for name in accounts}
    text = CONFIG.format(traders=TRADERS)
    for name, account in accounts.items():
        scopes = '["read", "admin"]' if name == "operator" else '["read", "trade"]'
        text += f'\n[[keys]]\nname = "{name}"\naccount = {account}\nscopes = {scopes}\nsecret = "{keys[name].hex()}"\n'
    path = directory / "venue.toml"
    path.write_text(text)
    return path, keys


async def one_life(config: Path, keys: dict[str, bytes], traders: list[Trader], number: int, seconds: float) -> None:
    """Starts the server on what the last life left, checks it, loads it, and kills it in the middle."""
    async with ServerProcess(config) as server:
        if number == 0:
            async with Client(server.url, "operator", HmacSigner(keys["operator"]), reconnect=False) as operator:
                for trader in traders:
                    await operator.admin(AdminDeposit(account=trader.account, asset="USDC", amount=10**15))
        clients = [
            Client(server.url, f"trader-{t.account}", HmacSigner(keys[f"trader-{t.account}"]), reconnect=False)
            for t in traders
        ]
        for trader, client in zip(traders, clients, strict=True):
            await client.connect()
            await trader.check(client)
        loads = [asyncio.ensure_future(t.load(c)) for t, c in zip(traders, clients, strict=True)]
        await asyncio.sleep(seconds)
        assert not any(load.done() for load in loads), "the load ended before the kill"
        await server.kill()
        await asyncio.gather(*loads)
        for client in clients:
            try:
                await client.close()
            except (ClientError, OSError):
                continue


@pytest.mark.timeout(600)
def test_kill_under_load_loses_nothing_acknowledged(tmp_path: Path) -> None:
    config, keys = write_config(tmp_path)
    traders = [Trader(account) for account in range(1, TRADERS + 1)]
    moments = random.Random(20)

    async def lives() -> None:
        for number in range(KILLS):
            await one_life(config, keys, traders, number, moments.uniform(0.1, 0.5))

    asyncio.run(lives())

    summary = verify_journal(tmp_path / "journal")
    with DurableEngine(tmp_path / "journal") as engine:
        assert engine.sequence == summary["last_sequence"]
        assert engine.issued(0) == engine.total(0) == TRADERS * 10**15
        for trader in traders:
            survived = {order.client_order_id: order.order_id for order in engine.open_orders(trader.account)}
            assert trader.open.items() <= survived.items()
            assert not trader.cancelled & survived.keys()
    assert sum(len(trader.open) + len(trader.cancelled) for trader in traders) > 1_000, (
        "too little load to mean anything"
    )
