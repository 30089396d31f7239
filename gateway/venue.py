"""Reference data between configuration, journal and wire: symbols to ids, and the bootstrap of a configured venue.

Listings are matched by symbol, accounts and fee schedules by id. What the journal lacks is submitted as commands; fee
rates and tiers that differ are set again (the file is what the operator declared last); any other difference is a
contradiction, because the engine has no command to change it, and nothing at all is submitted then.
"""

import select
from collections.abc import Iterator
from typing import Final, TypeVar

from gateway.hub import Hub
from gateway.schemas import ASSET_CLASSES
from pyengine.commands import pack_create_account, pack_create_asset, pack_create_instrument, pack_set_fee_schedule
from pyengine.config import ConfigError, VenueConfig

BOOTSTRAP_BATCH: Final = 1_024  # commands between commits, well within what the hub accumulates for its journal
COMMIT_TIMEOUT_SECONDS: Final = 30.0  # a journal that takes longer for one batch is broken

K = TypeVar("K")


class Registry:
    """Ids by symbol, as the engine has them now."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._known = (0, 0)
        self._assets: dict[str, int] = {}
        self._instruments: dict[str, int] = {}
        self.asset_symbols: list[str] = []
        self.instrument_symbols: list[str] = []

    def refresh(self) -> None:
        """Takes over new listings; listings are never removed or renamed."""
        assets, instruments, _, _ = self._hub.counts()
        if (assets, instruments) == self._known:
            return
        self._known = (assets, instruments)
        self.asset_symbols = [asset[0] for asset in self._hub.assets()]
        self.instrument_symbols = [instrument[0] for instrument in self._hub.instruments()]
        self._assets = {symbol: index for index, symbol in enumerate(self.asset_symbols)}
        self._instruments = {symbol: index for index, symbol in enumerate(self.instrument_symbols)}

    def asset(self, symbol: str) -> int | None:
        """The asset's id, or None."""
        self.refresh()
        return self._assets.get(symbol)

    def instrument(self, symbol: str) -> int | None:
        """The instrument's id, or None."""
        self.refresh()
        return self._instruments.get(symbol)


def bootstrap(hub: Hub, config: VenueConfig, now_ns: int) -> int:
    """Brings the engine up to the configuration and waits until that is durable; returns the number of commands.

    `ConfigError` if the journal contradicts the configuration. Blocks: call it before serving.
    """
    records = [
        *_fee_schedules(hub, config),
        *_assets(hub, config),
        *_instruments(hub, config),
        *_accounts(hub, config),
    ]
    for start in range(0, len(records), BOOTSTRAP_BATCH):
        for record in records[start : start + BOOTSTRAP_BATCH]:
            hub.submit(-1, 0, record, now_ns)
        wait_durable(hub)
    return len(records)


def wait_durable(hub: Hub) -> None:
    """Commits and blocks until everything applied is durable. `TimeoutError` after `COMMIT_TIMEOUT_SECONDS`."""
    hub.commit()
    durable = select.poll()  # `select` takes no descriptor beyond 1,023
    if hub.fileno() >= 0:
        durable.register(hub.fileno(), select.POLLIN)
    while hub.durable_sequence < hub.sequence:
        if not durable.poll(COMMIT_TIMEOUT_SECONDS * 1_000):
            raise TimeoutError(f"the journal did not become durable within {COMMIT_TIMEOUT_SECONDS} s")
        hub.poll()
        hub.commit()


def _fee_schedules(hub: Hub, config: VenueConfig) -> Iterator[bytes]:
    existing = dict(enumerate(hub.fee_schedules()))
    for index, schedule in enumerate(config.fee_schedules):
        rates = (schedule.maker_rate, schedule.taker_rate)
        tiers = [(tier.notional, tier.maker_rate, tier.taker_rate) for tier in schedule.tiers]
        if existing.get(index) != (*rates, tiers):
            names = ("notional", "maker_rate", "taker_rate")
            said = {
                f"{name}_{number}": value
                for number, tier in enumerate(tiers, start=1)
                for name, value in zip(names, tier, strict=True)
            }
            yield pack_set_fee_schedule(index, *rates, **said)


def _assets(hub: Hub, config: VenueConfig) -> Iterator[bytes]:
    existing = {symbol: rest for symbol, *rest in hub.assets()}
    following = len(existing)
    names = ("class", "decimals", "min_withdrawal")
    for index, asset in enumerate(config.assets):
        kind = ASSET_CLASSES.index(asset.asset_class)
        wanted = [kind, asset.decimals, asset.min_withdrawal]
        if asset.symbol in existing:
            _must_agree(f"$.assets[{index}]", asset.symbol, names, wanted, existing[asset.symbol])
        else:
            least = asset.min_withdrawal
            yield pack_create_asset(following, asset.symbol, kind, asset.decimals, min_withdrawal=least)
            following += 1


def _asset_ids(hub: Hub, config: VenueConfig) -> dict[str, int]:
    """Ids of all assets, those included that `_assets` is about to create."""
    ids = {asset[0]: index for index, asset in enumerate(hub.assets())}
    for asset in config.assets:
        ids.setdefault(asset.symbol, len(ids))
    return ids


def _instruments(hub: Hub, config: VenueConfig) -> Iterator[bytes]:
    existing = {symbol: terms for symbol, *terms, _halted, _phase in hub.instruments()}
    following = len(existing)
    assets = _asset_ids(hub, config)
    names = ("base", "quote", "lot_size", "tick_lot_value", "max_price", "collar_bps")
    for index, item in enumerate(config.instruments):
        base, quote = assets[item.base], assets[item.quote]
        wanted = [base, quote, item.lot_size, item.tick_lot_value, item.max_price, item.collar_bps]
        if item.symbol in existing:
            _must_agree(f"$.instruments[{index}]", item.symbol, names, wanted, existing[item.symbol])
            continue
        yield pack_create_instrument(
            following,
            item.symbol,
            base,
            quote,
            lot_size=item.lot_size,
            tick_lot_value=item.tick_lot_value,
            max_price=item.max_price,
            collar_bps=item.collar_bps,
        )
        following += 1


def _accounts(hub: Hub, config: VenueConfig) -> Iterator[bytes]:
    existing = hub.counts()[2]
    for index, table in enumerate(config.accounts):
        for account in range(table.id, table.id + table.count):
            if account >= existing:
                yield pack_create_account(account, fee_schedule=table.fee_schedule)
                continue
            found = hub.account_fee_schedule(account)
            _must_agree(f"$.accounts[{index}]", f"account {account}", ("fee_schedule",), [table.fee_schedule], [found])


def _must_agree(where: str, thing: str, names: tuple[str, ...], wanted: list[K], found: list[K]) -> None:
    for name, new, old in zip(names, wanted, found, strict=True):
        if new != old:
            raise ConfigError(f"{where}.{name}: {new}, but the journal has {thing} with {old}, which cannot be changed")
