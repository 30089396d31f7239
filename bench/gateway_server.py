"""The real gateway for one benchmark: an empty venue for the flow's instrument, one account for each client.

    python -m bench.gateway_server DIRECTORY CONNECTIONS

Its journal is in DIRECTORY, durability `sync`. Prints its port, then serves until SIGTERM. The keys' secrets are in
this file: it listens on the loopback interface only, on a free port.
"""

import argparse
from typing import Final

from bench import flow
from gateway import server
from gateway.auth import HmacSigner
from gateway.server import GatewayServer
from pyengine import config
from pyengine.config import VenueConfig

INSTRUMENT: Final = "XAU-USDC"
OPERATOR: Final = "operator"
RATE_LIMIT: Final = 100_000_000
"""Commands per second of each key: the configuration's largest, so that no bucket is ever empty."""


def trader(number: int) -> str:
    """The key of the connection with that number; its account is the next one after."""
    return f"trader-{number}"


def secret(key: str) -> bytes:
    """What a key signs with."""
    return f"{key}: secret of a benchmark".encode()


def signer(key: str) -> HmacSigner:
    """The client's half of a key."""
    return HmacSigner(secret(key))


def venue(directory: str, connections: int) -> VenueConfig:
    """The configuration."""
    traders = [
        config.KeyConfig(
            name=trader(number),
            account=number + 1,
            scopes=["read", "trade"],
            secret=secret(trader(number)).hex(),
            rate_per_second=RATE_LIMIT,
            burst=RATE_LIMIT,
        )
        for number in range(connections)
    ]
    operator = config.KeyConfig(name=OPERATOR, account=0, scopes=["read", "admin"], secret=secret(OPERATOR).hex())
    venue = VenueConfig(
        journal=config.JournalConfig(directory=directory, durability="sync"),
        secrets=config.SecretsConfig(sealing_key=f"{directory}/sealing.key"),
        server=config.ServerConfig(port=0, http_port=0),
        assets=[
            config.AssetConfig(symbol="USDC", asset_class="stablecoin", decimals=6),
            config.AssetConfig(symbol="XAU", asset_class="gold", decimals=6),
        ],
        instruments=[
            config.InstrumentConfig(
                symbol=INSTRUMENT,
                base="XAU",
                quote="USDC",
                lot_size=flow.LOT_SIZE,
                tick_lot_value=flow.TICK_LOT_VALUE,
                max_price=1_000_000,
            )
        ],
        fee_schedules=[config.FeeScheduleConfig(maker_rate=flow.MAKER_RATE, taker_rate=flow.TAKER_RATE)],
        accounts=[config.AccountConfig(id=1, count=connections)],
        keys=[*traders, operator],
    )
    config.check(venue)
    return venue


def _print_port(running: GatewayServer) -> None:
    print(running.port, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="The gateway for one benchmark.")
    parser.add_argument("directory")
    parser.add_argument("connections", type=int)
    arguments = parser.parse_args()
    server.run(venue(arguments.directory, arguments.connections), on_ready=_print_port)
