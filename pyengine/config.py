"""The venue's configuration: one TOML file, decoded into frozen structs and checked whole before anything starts.

It says what a new venue lists, who may do what, and where to listen; it never holds money. Every error is a
`ConfigError` that names the key path and, where there is one, the limit. Quantities that the engine limits are checked
here with the engine's own limits, so that a wrong file fails before the journal is touched.
"""

import base64
import binascii
import ipaddress
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct, field

from pyengine._engine_core import SNAPSHOTS_KEPT
from pyengine.records import (
    ACCOUNT_CLIENT_ID_WINDOW_MAX,
    CLIENT_ID_WINDOW,
    DEFAULT_MAX_OPEN_ORDERS,
    MAX_ACCOUNTS,
    MAX_AMOUNT,
    MAX_ASSETS,
    MAX_COLLAR_BPS,
    MAX_DECIMALS,
    MAX_FEE_RATE,
    MAX_FEE_SCHEDULES,
    MAX_FEE_TIERS,
    MAX_INSTRUMENTS,
    MAX_KEYS,
    MAX_OPEN_ORDERS,
    MAX_PRICE_TICKS,
    SHARD_BITS,
)

SEGMENT_BYTES_MIN: Final = 1 << 20
SEGMENT_BYTES_MAX: Final = 1 << 32
SECTOR_BYTES: Final = 512
ED25519_PUBLIC_KEY_BYTES: Final = 32
HMAC_SECRET_BYTES_MIN: Final = 16
ALLOWED_NETWORKS_MAX: Final = 8
NOTE_LEN: Final = 128
CONFIG_BYTES_MAX: Final = 256 << 20  # a million accounts fit; anything larger is not a configuration

Text: TypeAlias = Annotated[str, Meta(min_length=1)]
Symbol: TypeAlias = Annotated[str, Meta(min_length=1, max_length=16, pattern=r"^[\x21-\x7e]*\Z")]
KeyName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[\x21-\x7e]*\Z")]
Note: TypeAlias = Annotated[str, Meta(max_length=NOTE_LEN, pattern=r"^[\x20-\x7e]*\Z")]
Port: TypeAlias = Annotated[int, Meta(ge=0, le=65_535)]
SegmentBytes: TypeAlias = Annotated[int, Meta(ge=SEGMENT_BYTES_MIN, le=SEGMENT_BYTES_MAX, multiple_of=SECTOR_BYTES)]
Seconds: TypeAlias = Annotated[float, Meta(gt=0, le=86_400)]
Positive: TypeAlias = Annotated[int, Meta(ge=1, le=MAX_AMOUNT)]
FeeRate: TypeAlias = Annotated[int, Meta(ge=0, le=MAX_FEE_RATE)]
MakerRate: TypeAlias = Annotated[int, Meta(ge=-MAX_FEE_RATE, le=MAX_FEE_RATE)]
Scope: TypeAlias = Literal["read", "trade", "admin"]
Connections: TypeAlias = Annotated[int, Meta(ge=1, le=65_536)]
Rate: TypeAlias = Annotated[int, Meta(ge=1, le=100_000_000)]


class ConfigError(Exception):
    """The configuration is unreadable, out of a limit, or contradicts itself or the journal; names the key path."""


class _Table(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A TOML table: immutable, and a misspelt key is an error."""


class AssetConfig(_Table, frozen=True, kw_only=True):
    """One asset; one unit of money is `10 ** decimals` smallest units, in which amounts are."""

    symbol: Symbol
    asset_class: Literal["stablecoin", "equity", "gold"] = field(name="class")
    """Only a stablecoin can be what others are quoted in."""
    decimals: Annotated[int, Meta(ge=0, le=MAX_DECIMALS)]
    """Of the unit that people count in."""
    min_withdrawal: Positive = 1
    """Less than that leaves the venue only as the last that an account has: each withdrawal is somebody's work."""


class InstrumentConfig(_Table, frozen=True, kw_only=True):
    """One instrument: q lots at p ticks are `q * lot_size` of base and `p * q * tick_lot_value` of quote."""

    symbol: Symbol
    base: Symbol
    """The asset that is traded."""
    quote: Symbol
    """The stablecoin that it is paid with."""
    lot_size: Positive
    """Smallest units of base in a lot."""
    tick_lot_value: Positive
    """Smallest units of quote that one lot costs per tick."""
    max_price: Annotated[int, Meta(ge=1, le=MAX_PRICE_TICKS)]
    """In ticks."""
    collar_bps: Annotated[int, Meta(ge=0, le=MAX_COLLAR_BPS)] = 500
    """How far from the best price a market order may trade, in basis points."""


class FeeTierConfig(_Table, frozen=True, kw_only=True):
    """Other rates of a fee schedule, for accounts that trade much."""

    notional: Positive
    """What an account has traded of a quote asset in 30 days, in its smallest units."""
    maker_rate: MakerRate
    """In hundredths of a basis point; below 0: a rebate."""
    taker_rate: FeeRate
    """In hundredths of a basis point."""


class FeeScheduleConfig(_Table, frozen=True, kw_only=True):
    """One fee schedule; its id is its place here."""

    maker_rate: MakerRate
    """In hundredths of a basis point; below 0: a rebate."""
    taker_rate: FeeRate
    """In hundredths of a basis point."""
    tiers: Annotated[list[FeeTierConfig], Meta(max_length=MAX_FEE_TIERS)] = []
    """By ascending notional."""


class AccountConfig(_Table, frozen=True, kw_only=True):
    """Accounts of consecutive ids. Account 0 is the venue's and always exists."""

    id: Annotated[int, Meta(ge=1, lt=MAX_ACCOUNTS)]
    """Of the first of them."""
    count: Annotated[int, Meta(ge=1, lt=MAX_ACCOUNTS)] = 1
    fee_schedule: Annotated[int, Meta(ge=0, lt=MAX_FEE_SCHEDULES)] = 0


class KeyConfig(_Table, frozen=True, kw_only=True):
    """An API key that a new venue begins with, with exactly one of `public_key` and `secret`, in hex or base64."""

    name: KeyName
    account: Annotated[int, Meta(ge=0, lt=MAX_ACCOUNTS)]
    """Whose orders it places, and whose reports it gets."""
    scopes: Annotated[list[Scope], Meta(min_length=1)]
    """What it may do."""
    public_key: str = ""
    """Of Ed25519, 32 bytes."""
    secret: str = ""
    """For HMAC-SHA256, 16 bytes at least."""
    rate_per_second: Rate = 50_000
    """Orders, over all its sessions."""
    burst: Rate = 10_000
    """Orders at once."""
    allow: Annotated[list[str], Meta(max_length=ALLOWED_NETWORKS_MAX)] = []
    """Networks that it may be used from, as `10.0.0.0/8` or `2001:db8::/32`; none: any."""
    note: Note = ""
    """For people."""


class EngineConfig(_Table, frozen=True, kw_only=True):
    """What the engine begins with. It stands in the journal, and cannot be changed once there is one."""

    shard: Annotated[int, Meta(ge=0, lt=1 << SHARD_BITS)] = 0
    """In every order id, so that the orders of several venues can be told apart."""
    max_open_orders: Annotated[int, Meta(ge=1, le=MAX_OPEN_ORDERS)] = DEFAULT_MAX_OPEN_ORDERS
    """Of all accounts together; memory follows what is used."""


class RetainConfig(_Table, frozen=True, kw_only=True):
    """What of the journal is kept at least; without this table everything is."""

    snapshots: Annotated[int, Meta(ge=1, le=SNAPSHOTS_KEPT)] = SNAPSHOTS_KEPT
    """The newest verified ones, and every later command. A server keeps the one that it would begin at as well."""
    days: Annotated[int, Meta(ge=0, le=36_500)]
    """Segments that were written to within them."""
    archive: str = ""
    """Directory to which goes what is not kept; left out, it is deleted."""


class JournalConfig(_Table, frozen=True, kw_only=True):
    """Where the journal lives, and what an acknowledgement promises."""

    directory: Text
    durability: Literal["sync", "async", "off"] = "sync"
    """`sync`: on disk. `async`: survives the process, not a power failure. `off`: nothing, and the directory is not
    touched."""
    segment_bytes: Annotated[int, Meta(ge=SEGMENT_BYTES_MIN, le=SEGMENT_BYTES_MAX, multiple_of=SECTOR_BYTES)] = 16 << 20
    """Of new segments. A start takes two of them of the disk: one that is filled, one in reserve."""
    min_free_bytes: Annotated[int, Meta(ge=0, le=1 << 50)] = 1 << 30
    """With less left of its disk, `/health` and the log warn; 0: never."""
    retain: RetainConfig | None = None


class ServerConfig(_Table, frozen=True, kw_only=True):
    """Addresses. Port 0 takes a free one. Trading and admin port speak TLS if there is a certificate."""

    host: Text = "127.0.0.1"
    port: Port = 8900
    """For trading."""
    http_host: Text = "127.0.0.1"
    http_port: Port = 8901
    """For `/health`, `/metrics` and the operator's page."""
    admin_host: Text = "127.0.0.1"
    admin_port: Port | None = None
    """Takes logons of keys with the scope `admin` alone: its places are the operator's, however full the other is. Left
    out, it is `port` + 2, or a free one where `port` is 0."""
    tls_certificate: str = ""
    """File in PEM, with the chain."""
    tls_private_key: str = ""
    """File in PEM."""


class LimitsConfig(_Table, frozen=True, kw_only=True):
    """Bounds of the gateway. Sockets count from the moment they are accepted, whatever they become; together they are
    kept well below the process's limit of descriptors, of which the journal has its own share."""

    connections: Connections = 1_024
    """Sockets of the trading port."""
    connections_before_logon: Connections = 256
    """Of `connections`, those without a logon; the oldest makes room for a new one."""
    connections_per_address: Connections = 512
    """Of `connections`, those of one address (of one /64 network for IPv6)."""
    admin_connections: Connections = 16
    """Sockets of the admin port."""
    http_connections: Connections = 16
    """Sockets of the http port."""
    sessions_per_key: Connections = 32
    """Logged on at a time."""
    sessions_per_account: Connections = 64
    """Logged on at a time."""
    max_in_flight: Annotated[int, Meta(ge=1, le=ACCOUNT_CLIENT_ID_WINDOW_MAX)] = CLIENT_ID_WINDOW
    """Orders of an account that are not yet answered. More than the engine remembers of the account (its
    `client_id_window`) could make a resubmitted order a second order, so there are never more than that."""
    requests_per_second: Rate = 500
    """All that a key sends but orders, over all its sessions: a token a frame, and one more for every 4 KiB of its
    answer."""
    requests_burst: Rate = 1_000
    """Of these tokens, at once."""
    write_buffer_bytes: Annotated[int, Meta(ge=65_536, le=1 << 30)] = 8 << 20
    """Output of one session that it does not read."""
    unread_output_bytes: Annotated[int, Meta(ge=1 << 20, le=1 << 40)] = 256 << 20
    """Of all sessions together, once while it waits to be durable and once in the sockets' buffers."""
    handshake_timeout_seconds: Seconds = 5.0
    logon_timeout_seconds: Seconds = 5.0
    """After the handshake."""
    ping_interval_seconds: Seconds = 10.0
    """Of silence, after which a client is asked for a sign of life."""
    idle_timeout_seconds: Seconds = 30.0
    """Of silence, after which a client is dropped."""
    stop_timeout_seconds: Seconds = 5.0
    """For each step of a graceful stop."""


class AuditConfig(_Table, frozen=True, kw_only=True):
    """Where the audit trail is kept, as JSON lines; without this table, it is in memory and ends with the process."""

    directory: Text


class SecretsConfig(_Table, frozen=True, kw_only=True):
    """How secrets of API keys are kept in the journal."""

    sealing_key: str = ""
    """File of 32 bytes in hex, which seals them; made with the first of them. Left out, it is `sealing.key` beside the
    journal's directory. Who loses it has to give every key with a secret another one."""


class HistoryConfig(_Table, frozen=True, kw_only=True):
    """Whether a follower, a process of its own beside the venue, keeps its history; without this table it does not."""

    enabled: bool = True
    store: Text = "history.db"
    """The file that it writes, from which `pyengine statement` and `pyengine export` answer."""


class TradeDateConfig(_Table, frozen=True, kw_only=True):
    """When the venue's clock rolls the trade date; without this table, only the operator does."""

    rolls_at: Text
    """Local time at which the trade date of that calendar date ends and the next one's begins, `HH:MM`. From 17:00 on
    Monday it is Tuesday's; with 00:00, the end of the day, it is always the calendar date."""
    time_zone: Text
    """IANA name, as `America/New_York`; daylight saving is kept. A time that the clocks skip is when they do, of one
    that comes twice the first counts."""


class VenueConfig(_Table, frozen=True, kw_only=True):
    """The whole file. A relative directory, store or TLS file is relative to the file's own directory.

    What it lists (assets, instruments, fee schedules, accounts, keys) is the seed of a new venue.
    """

    journal: JournalConfig
    venue: EngineConfig = EngineConfig()
    server: ServerConfig = ServerConfig()
    limits: LimitsConfig = LimitsConfig()
    audit: AuditConfig | None = None
    secrets: SecretsConfig = SecretsConfig()
    trade_date: TradeDateConfig | None = None
    history: HistoryConfig = HistoryConfig(enabled=False)
    assets: Annotated[list[AssetConfig], Meta(max_length=MAX_ASSETS)] = []
    instruments: Annotated[list[InstrumentConfig], Meta(max_length=MAX_INSTRUMENTS)] = []
    fee_schedules: Annotated[list[FeeScheduleConfig], Meta(max_length=MAX_FEE_SCHEDULES)] = []
    accounts: list[AccountConfig] = []
    keys: Annotated[list[KeyConfig], Meta(max_length=MAX_KEYS)] = []


def load(path: Path | str) -> VenueConfig:
    """Reads and checks the file. Raises `ConfigError`."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(CONFIG_BYTES_MAX + 1)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    if len(data) > CONFIG_BYTES_MAX:
        raise ConfigError(f"{path}: larger than the limit of {CONFIG_BYTES_MAX} bytes")
    try:
        config = parse(data)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error
    return _anchored(config, path.parent)


def parse(data: bytes) -> VenueConfig:
    """Decodes and checks TOML text; paths in it are kept as they are."""
    try:
        tables = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"not UTF-8 at byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not TOML: {error}") from error
    try:
        config = msgspec.convert(tables, VenueConfig)
    except msgspec.ValidationError as error:
        raise ConfigError(str(error)) from error
    check(config)
    return config


def check(config: VenueConfig) -> None:
    """What types alone cannot say: references between tables, and uniqueness. Raises `ConfigError`."""
    _check_unique("assets", (asset.symbol for asset in config.assets))
    _check_unique("instruments", (instrument.symbol for instrument in config.instruments))
    _check_unique("keys", (key.name for key in config.keys), "name")
    _check_instruments(config)
    _check_fees(config)
    _check_accounts(config)
    for index, key in enumerate(config.keys):
        _check_key(f"$.keys[{index}]", key)
    retain = config.journal.retain
    if retain is not None and retain.archive and Path(retain.archive) == Path(config.journal.directory):
        raise ConfigError("$.journal.retain.archive: is the directory of the journal itself")
    if config.trade_date is not None:
        _check_trade_date(config.trade_date)
    if config.history.enabled and config.journal.durability == "off":
        raise ConfigError("$.history.enabled: history comes from the journal, and durability off keeps none")
    if bool(config.server.tls_certificate) != bool(config.server.tls_private_key):
        raise ConfigError("$.server: tls_certificate and tls_private_key go together")
    if config.limits.ping_interval_seconds >= config.limits.idle_timeout_seconds:
        raise ConfigError(
            "$.limits.ping_interval_seconds: must be below idle_timeout_seconds, or every quiet client is dropped"
        )


def decode_secret(text: str) -> bytes:
    """Bytes written in hex or base64 (standard or URL alphabet, padding optional). `ValueError` if it is neither."""
    if not text or not text.isascii() or any(character.isspace() for character in text):
        raise ValueError("neither hex nor base64")
    try:
        return bytes.fromhex(text)
    except ValueError:
        standard = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("neither hex nor base64") from error


def decode_hmac_secret(text: str) -> bytes:
    """The secret of a key for HMAC-SHA256, as `decode_secret`. `ValueError` if it is none, or too short."""
    secret = decode_secret(text)
    if len(secret) < HMAC_SECRET_BYTES_MIN:
        raise ValueError(f"{len(secret)} bytes, at least {HMAC_SECRET_BYTES_MIN} are needed")
    return secret


def decode_public_key(text: str) -> bytes:
    """A public key of Ed25519, as `decode_secret`. `ValueError` if it is none."""
    public_key = decode_secret(text)
    if len(public_key) != ED25519_PUBLIC_KEY_BYTES:
        raise ValueError(f"{len(public_key)} bytes, an Ed25519 key has {ED25519_PUBLIC_KEY_BYTES}")
    return public_key


def sealing_key(config: VenueConfig) -> Path | None:
    """The file that seals secrets; None where nothing is kept."""
    if config.journal.durability == "off":
        return None
    return Path(config.secrets.sealing_key or Path(config.journal.directory).absolute().parent / "sealing.key")


def _check_unique(table: str, names: Iterable[str], key: str = "symbol") -> None:
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        if name in seen:
            raise ConfigError(f"$.{table}[{index}].{key}: {name!r} is already $.{table}[{seen[name]}]")
        seen[name] = index


def _check_instruments(config: VenueConfig) -> None:
    classes = {asset.symbol: asset.asset_class for asset in config.assets}
    for index, instrument in enumerate(config.instruments):
        where = f"$.instruments[{index}]"
        for side, symbol in (("base", instrument.base), ("quote", instrument.quote)):
            if symbol not in classes:
                raise ConfigError(f"{where}.{side}: no asset {symbol!r} in $.assets")
        if instrument.base == instrument.quote:
            raise ConfigError(f"{where}.quote: the same asset as base")
        if classes[instrument.quote] != "stablecoin":
            raise ConfigError(f"{where}.quote: {instrument.quote!r} is not a stablecoin")


def _check_fees(config: VenueConfig) -> None:
    for index, schedule in enumerate(config.fee_schedules):
        notional = 0
        for place, tier in enumerate(schedule.tiers):
            if tier.notional <= notional:
                where = f"$.fee_schedules[{index}].tiers[{place}].notional"
                raise ConfigError(f"{where}: {tier.notional}, which is not above {notional}")
            notional = tier.notional


def _check_accounts(config: VenueConfig) -> None:
    """Their ids must be the numbers from 1 on, each once: account 0 is the venue's."""
    following = 1
    schedules = max(1, len(config.fee_schedules))  # schedule 0 exists without being configured
    for index, account in enumerate(config.accounts):
        where = f"$.accounts[{index}]"
        if account.id != following:
            raise ConfigError(f"{where}.id: {account.id}, but ids are consecutive and the next is {following}")
        following += account.count
        if following > MAX_ACCOUNTS:
            raise ConfigError(f"{where}.count: more than {MAX_ACCOUNTS} accounts")
        if account.fee_schedule >= schedules:
            raise ConfigError(f"{where}.fee_schedule: {account.fee_schedule}, but $.fee_schedules has {schedules}")


def _check_key(where: str, key: KeyConfig) -> None:
    if bool(key.public_key) == bool(key.secret):
        raise ConfigError(f"{where}: exactly one of public_key and secret")
    name = "public_key" if key.public_key else "secret"
    try:
        if key.public_key:
            decode_public_key(key.public_key)
        else:
            decode_hmac_secret(key.secret)
    except ValueError as error:
        raise ConfigError(f"{where}.{name}: {error}") from error
    for number, network in enumerate(key.allow):
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            raise ConfigError(f"{where}.allow[{number}]: {error}") from error


def _check_trade_date(trade_date: TradeDateConfig) -> None:
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", trade_date.rolls_at):
        raise ConfigError(f"$.trade_date.rolls_at: {trade_date.rolls_at!r}, but it is a time from 00:00 to 23:59")
    try:
        ZoneInfo(trade_date.time_zone)
    except (KeyError, ValueError, OSError) as error:  # not found, not a name, a directory of the database
        raise ConfigError(
            f"$.trade_date.time_zone: {trade_date.time_zone!r}, but it is a name of the IANA database, as"
            " America/New_York; the database comes with the system or with the Python package tzdata"
        ) from error


def _anchored(config: VenueConfig, directory: Path) -> VenueConfig:
    def anchor(path: str) -> str:
        return str(directory / path) if path else path

    retain = config.journal.retain
    return msgspec.structs.replace(
        config,
        journal=msgspec.structs.replace(
            config.journal,
            directory=anchor(config.journal.directory),
            retain=retain and msgspec.structs.replace(retain, archive=anchor(retain.archive)),
        ),
        audit=config.audit and msgspec.structs.replace(config.audit, directory=anchor(config.audit.directory)),
        secrets=msgspec.structs.replace(config.secrets, sealing_key=anchor(config.secrets.sealing_key)),
        history=msgspec.structs.replace(config.history, store=anchor(config.history.store)),
        server=msgspec.structs.replace(
            config.server,
            tls_certificate=anchor(config.server.tls_certificate),
            tls_private_key=anchor(config.server.tls_private_key),
        ),
    )
