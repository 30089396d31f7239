"""What a venue lists, what a configuration says it should, and how the two differ.

The configuration is a seed. The first start of a venue carries it out; from then on the journal owns reference data,
and a configuration that says something else changes nothing until an operator asks for it.

Keys are listed by the requests that would make them. What is said of a difference never says a secret.
"""

import select
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Final, NamedTuple, TypeVar

import msgspec

from gateway import schemas
from gateway.hub import Hub
from gateway.keys import KeyRefusedError, Keys, hmac_key
from gateway.registry import Registry
from pyengine.config import (
    AssetConfig,
    ConfigError,
    FeeScheduleConfig,
    FeeTierConfig,
    InstrumentConfig,
    KeyConfig,
    VenueConfig,
    decode_secret,
)
from pyengine.events import Event, Rejected
from pyengine.records import VENUE_ACCOUNT, RejectCode

SEED_BATCH: Final = 1_024  # commands between commits, well within what the hub accumulates for its journal
COMMIT_TIMEOUT_SECONDS: Final = 30.0  # a journal that takes longer for one batch is broken
NO_FEES: Final = FeeScheduleConfig(maker_rate=0, taker_rate=0)

Listed = TypeVar("Listed", AssetConfig, InstrumentConfig)


class Listing(NamedTuple):
    """Reference data by id, in the configuration's terms."""

    assets: list[AssetConfig]
    instruments: list[InstrumentConfig]
    fee_schedules: list[FeeScheduleConfig]
    accounts: list[int]
    """The fee schedule of each account, the venue's own included."""
    keys: list[schemas.AdminSetKey]
    """Without a secret: it has one that is not told, or what it has if it is no new one."""

    @classmethod
    def new(cls) -> "Listing":
        """What a venue begins with."""
        return cls([], [], [NO_FEES], [0], [])

    @classmethod
    def wanted(cls, config: VenueConfig) -> "Listing":
        """What a configuration says."""
        accounts = [0]
        for table in config.accounts:
            accounts += [table.fee_schedule] * table.count
        return cls(config.assets, config.instruments, config.fee_schedules, accounts, [*map(_key_terms, config.keys)])

    @classmethod
    def of(cls, hub: Hub, keys: Keys) -> "Listing":
        """What a venue has."""
        assets = [
            AssetConfig(
                symbol=symbol,
                asset_class=schemas.ASSET_CLASSES[kind],
                decimals=decimals,
                min_withdrawal=least,
            )
            for symbol, kind, decimals, least in hub.assets()
        ]
        instruments = [
            InstrumentConfig(
                symbol=symbol,
                base=assets[base].symbol,
                quote=assets[quote].symbol,
                lot_size=lot_size,
                tick_lot_value=tick_lot_value,
                max_price=max_price,
                collar_bps=collar_bps,
            )
            for symbol, base, quote, lot_size, tick_lot_value, max_price, collar_bps, _, _ in hub.instruments()
        ]
        schedules = [
            FeeScheduleConfig(
                maker_rate=maker,
                taker_rate=taker,
                tiers=[FeeTierConfig(notional=least, maker_rate=m, taker_rate=t) for least, m, t in tiers],
            )
            for maker, taker, tiers in hub.fee_schedules()
        ]
        accounts = [hub.account_fee_schedule(account) for account in range(hub.counts()[2])]
        return cls(assets, instruments, schedules, accounts, keys.terms())


class Difference(NamedTuple):
    """One thing that a configuration says and a venue does not have like that."""

    text: str
    """Where the configuration says what, and what the venue has."""
    requests: tuple[schemas.AdminRequest, ...]
    """What brings the venue there, in this order; none where nothing can."""


def differences(found: Listing, wanted: Listing) -> Iterator[Difference]:
    """How a configuration differs from a venue. What the venue has beyond it is no difference: the file is a seed.

    Requests that are carried out in the order of the differences find what they refer to.
    """
    yield from _fee_schedules(found, wanted)
    yield from _assets(found, wanted)
    yield from _instruments(found, wanted)
    yield from _accounts(found, wanted)
    yield from _keys(found, wanted)


def seed(hub: Hub, keys: Keys, config: VenueConfig, now_ns: int) -> int:
    """Carries the configuration out at a new venue and waits until that is durable; returns the number of commands.

    A seed that a stop cut short goes on: a venue is new as long as nothing but a part of it has happened there. Of any
    other venue nothing is changed, but one whose journal has never had a key gets those of the configuration: it is of
    a time when keys were there alone. Blocks: call it before serving. `ConfigError` if a key cannot be made.
    """
    wanted = Listing.wanted(config)
    missing = _unseeded(hub, keys, wanted)
    if not missing and not len(keys):
        missing = [request for difference in _keys(Listing.new(), wanted) for request in difference.requests]
    _check_owners(hub, wanted, missing)
    registry = Registry(hub)
    for start in range(0, len(missing), SEED_BATCH):
        for request in missing[start : start + SEED_BATCH]:
            if isinstance(request, schemas.AdminSetKey):
                _make_key(hub, keys, request, now_ns)
            else:
                hub.submit(-1, 0, registry.command(request, VENUE_ACCOUNT), now_ns)
        wait_durable(hub)
    return len(missing)


def _unseeded(hub: Hub, keys: Keys, wanted: Listing) -> list[schemas.AdminRequest]:
    """What of the seed of a new venue has not happened yet; nothing of any other venue."""
    if hub.sequence > sum(len(table) for table in wanted):
        return []  # more has happened than there is to seed, and that is soon said of a venue with many accounts
    whole = sum(len(difference.requests) for difference in differences(Listing.new(), wanted))
    missing = [request for difference in differences(Listing.of(hub, keys), wanted) for request in difference.requests]
    return missing if hub.sequence + len(missing) == whole else []


def _check_owners(hub: Hub, wanted: Listing, missing: list[schemas.AdminRequest]) -> None:
    """Before anything of a seed happens: the accounts of its keys are there, or of the seed."""
    accounts = hub.counts()[2] + sum(isinstance(request, schemas.AdminCreateAccount) for request in missing)
    for request in missing:
        if isinstance(request, schemas.AdminSetKey) and request.account >= accounts:
            where = f"$.keys[{wanted.keys.index(request)}].account"
            raise ConfigError(f"{where}: the venue has no account {request.account}")


def _make_key(hub: Hub, keys: Keys, request: schemas.AdminSetKey, now_ns: int) -> None:
    try:
        change = keys.change(request, now_ns)
    except KeyRefusedError as error:
        raise ConfigError(f"$.keys, {request.name!r}: {error}") from error
    event = Event.from_bytes(hub.submit(-1, 0, change.record, now_ns))
    if isinstance(event, Rejected):
        raise ConfigError(f"$.keys, {request.name!r}: {RejectCode(event.reason).name.lower()}")
    keys.carried_out(change)


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


def _fee_schedules(found: Listing, wanted: Listing) -> Iterator[Difference]:
    for index, schedule in enumerate(wanted.fee_schedules):
        existing = found.fee_schedules[index] if index < len(found.fee_schedules) else None
        if schedule == existing:
            continue
        tiers = {
            f"{name}_{number}": getattr(tier, name)
            for number, tier in enumerate(schedule.tiers, start=1)
            for name in ("notional", "maker_rate", "taker_rate")
        }
        request = schemas.AdminSetFees(
            fee_schedule=index, maker_rate=schedule.maker_rate, taker_rate=schedule.taker_rate, **tiers
        )
        has = "no such schedule" if existing is None else _shown_fees(existing)
        yield Difference(f"$.fee_schedules[{index}]: {_shown_fees(schedule)}, the venue has {has}", (request,))


def _shown_fees(schedule: FeeScheduleConfig) -> str:
    tiers = "".join(f", {tier.maker_rate} and {tier.taker_rate} from {tier.notional}" for tier in schedule.tiers)
    return f"rates {schedule.maker_rate} and {schedule.taker_rate}{tiers}"


def _assets(found: Listing, wanted: Listing) -> Iterator[Difference]:
    existing = {asset.symbol: asset for asset in found.assets}
    for index, asset in enumerate(wanted.assets):
        where = f"$.assets[{index}]"
        if asset.symbol in existing:
            yield from _terms(where, asset, existing[asset.symbol], {"asset_class": "class"})
        else:
            yield _unlisted(where, asset.symbol, schemas.AdminCreateAsset(**msgspec.structs.asdict(asset)))


def _instruments(found: Listing, wanted: Listing) -> Iterator[Difference]:
    existing = {instrument.symbol: instrument for instrument in found.instruments}
    for index, instrument in enumerate(wanted.instruments):
        where = f"$.instruments[{index}]"
        if instrument.symbol in existing:
            yield from _terms(where, instrument, existing[instrument.symbol], {})
        else:
            request = schemas.AdminCreateInstrument(**msgspec.structs.asdict(instrument))
            yield _unlisted(where, instrument.symbol, request)


def _unlisted(where: str, symbol: str, request: schemas.AdminRequest) -> Difference:
    return Difference(f"{where}: {symbol}, which the venue does not list", (request,))


def _terms(where: str, wanted: Listed, found: Listed, names: dict[str, str]) -> Iterator[Difference]:
    """No command changes the terms of what is listed. `names`: what the file calls a field."""
    for name, value in msgspec.structs.asdict(wanted).items():
        if value != (has := getattr(found, name)):
            text = f"{where}.{names.get(name, name)}: {value}, the venue has {wanted.symbol} with {has}"
            yield Difference(f"{text}, which cannot be changed", ())


def _accounts(found: Listing, wanted: Listing) -> Iterator[Difference]:
    for account, (has, schedule) in enumerate(zip(found.accounts, wanted.accounts, strict=False)):
        if account != VENUE_ACCOUNT and has != schedule:
            text = f"$.accounts: account {account} with fee schedule {schedule}, the venue has it with {has}"
            yield Difference(f"{text}, which `pyengine admin account set` changes", ())
    first = len(found.accounts)
    requests = tuple(
        schemas.AdminCreateAccount(account=account, fee_schedule=schedule)
        for account, schedule in enumerate(wanted.accounts[first:], start=first)
    )
    if requests:
        yield Difference(f"$.accounts: {len(wanted.accounts) - 1}, the venue has {first - 1}", requests)


def _key_terms(key: KeyConfig) -> schemas.AdminSetKey:
    return schemas.AdminSetKey(
        name=key.name,
        account=key.account,
        scopes=key.scopes,
        public_key=key.public_key,
        secret=key.secret,
        rate_per_second=key.rate_per_second,
        burst=key.burst,
        allow=[str(ip_network(text)) for text in key.allow],
        note=key.note,
    )


def _keys(found: Listing, wanted: Listing) -> Iterator[Difference]:
    """A configuration says nothing of when a key expires: that stays as it is."""
    existing = {key.name: key for key in found.keys}
    for index, key in enumerate(wanted.keys):
        where, has = f"$.keys[{index}]", existing.get(key.name)
        if has is None:
            yield Difference(f"{where}: {key.name}, which the venue does not have", (key,))
            continue
        if has.account != key.account:
            text = f"{where}.account: {key.account}, the venue has {key.name} with {has.account}"
            yield Difference(f"{text}, which cannot be changed", ())
            continue
        changes = [name for name in _KEY_TERMS if _compared(getattr(key, name)) != _compared(getattr(has, name))]
        verifier = _verifier(key, has)
        if changes or verifier:
            names = ", ".join(changes + list(verifier))
            request = msgspec.structs.replace(
                key, expires_at=has.expires_at, **{"public_key": "", "secret": ""} | verifier
            )
            yield Difference(f"{where}: {key.name}, of which the venue has another {names}", (request,))


_KEY_TERMS: Final = ("scopes", "rate_per_second", "burst", "allow", "note")


def _compared(value: object) -> object:
    """Lists of a key's terms have no order."""
    return sorted(value) if isinstance(value, list) else value


def _verifier(wanted: schemas.AdminSetKey, found: schemas.AdminSetKey) -> dict[str, str]:
    """What a key is to be known by, if that is something else. A secret that is not told is the one that is wanted."""
    if wanted.public_key:
        same = bool(found.public_key) and decode_secret(wanted.public_key) == decode_secret(found.public_key)
        return {} if same else {"public_key": wanted.public_key}
    is_secret_told = bool(found.secret or found.public_key)
    same = not is_secret_told or (bool(found.secret) and hmac_key(wanted.secret) == hmac_key(found.secret))
    return {} if same else {"secret": wanted.secret}
