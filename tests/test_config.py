"""The configuration file: what is read, and that each thing that is wrong is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyengine import config as configuration
from pyengine.config import ConfigError

VALID = """
[journal]
directory = "journal"
durability = "async"

[server]
port = 9000

[limits]
idle_timeout_seconds = 60

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
max_price = 10000000

[[fee_schedules]]
maker_rate = 0
taker_rate = 0

[[fee_schedules]]
maker_rate = 100
taker_rate = 500

[[accounts]]
id = 1
count = 2
fee_schedule = 1

[[accounts]]
id = 3

[[keys]]
name = "maker-1"
account = 3
scopes = ["read", "trade"]
secret = "000102030405060708090a0b0c0d0e0f"

[[keys]]
name = "operator"
account = 0
scopes = ["admin"]
public_key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
"""


ROLL = "[trade_date]\ntime_zone = 'Europe/London'\n"


def test_valid_file_is_read_and_paths_are_relative_to_it(tmp_path: Path) -> None:
    file = tmp_path / "venue.toml"
    file.write_text(VALID)
    config = configuration.load(file)
    assert config.journal == configuration.JournalConfig(directory=str(tmp_path / "journal"), durability="async")
    assert config.server.port == 9000
    assert config.limits.idle_timeout_seconds == 60
    assert config.instruments[0].collar_bps == 500
    assert config.venue == configuration.EngineConfig(shard=0, max_open_orders=4_194_304)
    assert [asset.min_withdrawal for asset in config.assets] == [1, 1]
    assert [(account.id, account.count) for account in config.accounts] == [(1, 2), (3, 1)]
    assert config.server.tls_certificate == ""
    assert config.trade_date is None


@pytest.mark.parametrize("rolls_at", ["00:00", "09:05", "17:00", "23:59"])
def test_the_trade_date_may_roll_by_the_clock(rolls_at: str) -> None:
    config = configuration.parse(f"{VALID}\n{ROLL}rolls_at = '{rolls_at}'".encode())
    assert config.trade_date == configuration.TradeDateConfig(rolls_at=rolls_at, time_zone="Europe/London")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        # (what is changed, into what, what the error says)
        ('directory = "journal"', "", r"missing required field `directory` - at `\$.journal`"),
        ('durability = "async"', 'durability = "maybe"', r"'maybe' - at `\$.journal.durability`"),
        ("port = 9000", "port = 70000", r"<= 65535 - at `\$.server.port`"),
        ("port = 9000", "prot = 9000", r"unknown field `prot` - at `\$.server`"),
        ("idle_timeout_seconds = 60", "idle_timeout_seconds = 0", r"> 0.0 - at `\$.limits.idle_timeout_seconds`"),
        ("idle_timeout_seconds = 60", "idle_timeout_seconds = 5", r"\$.limits.ping_interval_seconds: must be below"),
        ("idle_timeout_seconds = 60", "max_in_flight = 65537", r"<= 65536 - at `\$.limits.max_in_flight`"),
        ("[journal]", "[venue]\nshard = 256\n[journal]", r"<= 255 - at `\$.venue.shard`"),
        ("[journal]", "[venue]\nmax_open_orders = 0\n[journal]", r">= 1 - at `\$.venue.max_open_orders`"),
        (
            "[journal]",
            "[venue]\nmax_open_orders = 67108865\n[journal]",
            r"<= 67108864 - at `\$.venue.max_open_orders`",
        ),
        ("decimals = 6", "decimals = 6\nmin_withdrawal = 0", r">= 1 - at `\$.assets\[0\].min_withdrawal`"),
        ("decimals = 6", "decimals = 19", r"<= 18 - at `\$.assets\[0\].decimals`"),
        ("decimals = 6", 'decimals = "6"', r"Expected `int`, got `str` - at `\$.assets\[0\].decimals`"),
        ("decimals = 6", "decimals = -1", r">= 0 - at `\$.assets\[0\].decimals`"),
        ('symbol = "XAU"', 'symbol = "USDC"', r"\$.assets\[1\].symbol: 'USDC' is already \$.assets\[0\]"),
        ('symbol = "XAU"', 'symbol = "GOLD COIN"', r"matching regex .* at `\$.assets\[1\].symbol`"),
        ('symbol = "XAU"', 'symbol = "AAAAAAAAAAAAAAAAA"', r"length <= 16 - at `\$.assets\[1\].symbol`"),
        ('class = "gold"', 'class = "oil"', r"'oil' - at `\$.assets\[1\].class`"),
        ('base = "XAU"', 'base = "XAG"', r"\$.instruments\[0\].base: no asset 'XAG'"),
        ('base = "XAU"', 'base = "USDC"', r"\$.instruments\[0\].quote: the same asset as base"),
        ('quote = "USDC"', 'quote = "XAU"', r"\$.instruments\[0\].quote: the same asset as base"),
        ("lot_size = 1000", "lot_size = 0", r">= 1 - at `\$.instruments\[0\].lot_size`"),
        ("lot_size = 1000", "lot_size = 9223372036854775808", r"<= 9223372036854775807 - at `\$.instruments\[0\].lot"),
        ("max_price = 10000000", "max_price = 4294967296", r"<= 4294967295 - at `\$.instruments\[0\].max_price`"),
        (
            "max_price = 10000000",
            "max_price = 9\ncollar_bps = 10001",
            r"<= 10000 - at `\$.instruments\[0\].collar_bps`",
        ),
        ("taker_rate = 500", "taker_rate = 32768", r"<= 32767 - at `\$.fee_schedules\[1\].taker_rate`"),
        ("taker_rate = 500", "taker_rate = -1", r">= 0 - at `\$.fee_schedules\[1\].taker_rate`"),
        (
            "taker_rate = 500",
            "taker_rate = 500\ntiers = [{ notional = 5, maker_rate = -9, taker_rate = 9 }, "
            "{ notional = 5, maker_rate = -9, taker_rate = 9 }]",
            r"\$.fee_schedules\[1\].tiers\[1\].notional: 5, which is not above 5",
        ),
        ("id = 3", "id = 4", r"\$.accounts\[1\].id: 4, but ids are consecutive and the next is 3"),
        ("id = 3", "id = 0", r">= 1 - at `\$.accounts\[1\].id`"),
        ("id = 3", "id = 3\ncount = 2147483647", r"\$.accounts\[1\].count: more than 2147483648 accounts"),
        ("fee_schedule = 1", "fee_schedule = 2", r"\$.accounts\[0\].fee_schedule: 2, but \$.fee_schedules has 2"),
        ('name = "maker-1"', 'name = "operator"', r"\$.keys\[1\].name: 'operator' is already \$.keys\[0\]"),
        ('scopes = ["admin"]', 'scopes = ["root"]', r"'root' - at `\$.keys\[1\].scopes\[0\]`"),
        ('scopes = ["admin"]', "scopes = []", r"length >= 1 - at `\$.keys\[1\].scopes`"),
        ("public_key =", 'secret = "00"\npublic_key =', r"\$.keys\[1\]: exactly one of public_key and secret"),
        ('secret = "000102030405060708090a0b0c0d0e0f"', "", r"\$.keys\[0\]: exactly one of public_key and secret"),
        (
            'secret = "000102030405060708090a0b0c0d0e0f"',
            'secret = "0001"',
            r"\$.keys\[0\].secret: 2 bytes, at least 16",
        ),
        (
            'secret = "000102030405060708090a0b0c0d0e0f"',
            'secret = "h€x"',
            r"\$.keys\[0\].secret: neither hex nor base64",
        ),
        ("11qYAYKx", "", r"\$.keys\[1\].public_key: 26 bytes, an Ed25519 key has 32"),
        ("port = 9000", 'tls_certificate = "a.pem"', r"\$.server: tls_certificate and tls_private_key go together"),
        ("[journal]", "[journal]\nsegment_bytes = 1048577", r"multiple of 512 - at `\$.journal.segment_bytes`"),
        ("[journal]", "[journal]\nsegment_bytes = 4294967808", r"<= 4294967296 - at `\$.journal.segment_bytes`"),
        ("[journal]", '[trade_date]\nrolls_at = "17:00"\n[journal]', r"field `time_zone` - at `\$.trade_date`"),
        ("[journal]", f"{ROLL}rolls_at = 17:00:00\n[journal]", r"Expected `str`.* - at `\$.trade_date.rolls_at`"),
        ("[journal]", f"{ROLL}rolls_at = '24:00'\n[journal]", r"\$.trade_date.rolls_at: '24:00', .* 00:00 to 23:59"),
        ("[journal]", f"{ROLL}rolls_at = '5:00'\n[journal]", r"\$.trade_date.rolls_at: '5:00', .* 00:00 to 23:59"),
        ("[journal]", f'{ROLL}rolls_at = "17:00\\n"\n[journal]', r"\$.trade_date.rolls_at: '17:00\\n', .* to 23:59"),
        *[
            (
                "[journal]",
                f"{ROLL}rolls_at = '17:00'\n[journal]".replace("Europe/London", zone),
                rf"\$.trade_date.time_zone: '{zone}', but it is a name of the IANA database",
            )
            for zone in ("Mars/Olympus", "America", "../zoneinfo/UTC", "/etc/localtime", "BST", "tzdata.zi")
        ],
        ("[journal]", "[journal", r"not TOML: .*line 2"),
    ],
)
def test_each_mistake_is_named(old: str, new: str, message: str) -> None:
    assert old in VALID
    with pytest.raises(ConfigError, match=message):
        configuration.parse(VALID.replace(old, new, 1).encode())


def test_quote_must_be_a_stablecoin() -> None:
    text = VALID.replace('class = "stablecoin"', 'class = "equity"')
    with pytest.raises(ConfigError, match=r"\$.instruments\[0\].quote: 'USDC' is not a stablecoin"):
        configuration.parse(text.encode())


def test_file_errors_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml: No such file"):
        configuration.load(tmp_path / "absent.toml")
    (tmp_path / "latin.toml").write_bytes(b'[journal]\ndirectory = "\xe9"')
    with pytest.raises(ConfigError, match=r"latin\.toml: not UTF-8 at byte 23"):
        configuration.load(tmp_path / "latin.toml")
    (tmp_path / "empty.toml").write_bytes(b"")
    with pytest.raises(ConfigError, match=r"empty\.toml: .*missing required field `journal`"):
        configuration.load(tmp_path / "empty.toml")


@pytest.mark.parametrize("text", ["00ff10", "00FF10", "AP8Q", "AP8Q====", "-_8Q", "+/8Q", "AP8"])
def test_secrets_are_hex_or_base64(text: str) -> None:
    assert configuration.decode_secret(text)


@pytest.mark.parametrize("text", ["", " 00ff", "00 ff", "00f!", "é", "A"])
def test_other_texts_are_not_secrets(text: str) -> None:
    with pytest.raises(ValueError, match="neither hex nor base64"):
        configuration.decode_secret(text)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_configuration_or_a_config_error(data: bytes) -> None:
    with pytest.raises(ConfigError):
        configuration.parse(data + b"\n[journal]\ndirectory = 1\n")
