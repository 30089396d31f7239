"""`pyengine admin` against a real venue: the day of docs/operator.md, pages, refusals, and where the venue is found."""

import asyncio
import json
import re
import shlex
import time
import tomllib
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
import typer.core
import typer.main
from typer.testing import CliRunner, Result

from gateway.auth import Ed25519Signer, HmacSigner, Signer
from gateway.client import Client
from gateway.client.errors import ClientError, OutcomeUnknownError
from gateway.sample import write_config
from pyengine.cli import main
from pyengine.journal import commands
from pyengine.units import decimal
from tests.test_cli import started

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs/operator.md").read_text(encoding="utf-8")
VARIABLES = ("PYENGINE_URL", "PYENGINE_KEY", "PYENGINE_SECRET", "PYENGINE_PRIVATE_KEY", "PYENGINE_CONFIG")
T = TypeVar("T")


def examples(section: str) -> list[list[str]]:
    """The commands of a section of the guide, each as its words after `pyengine`."""
    text = GUIDE[GUIDE.index(f"## {section}") :].split("\n## ")[0]
    return [shlex.split(command)[1:] for command in re.findall(r"^\| `(pyengine .*?)` \|", text, re.MULTILINE)]


class Operator:
    """A running venue, and whoever may operate it."""

    def __init__(self, directory: Path, addresses: Mapping[str, str]) -> None:
        self.directory = directory
        self.config = directory / "venue.toml"
        self.url, self.admin_url = addresses["url"], addresses["admin"]
        keys = tomllib.loads(self.config.read_text())["keys"]
        self.secrets = {key["name"]: key["secret"] for key in keys}
        self.environment = {
            "PYENGINE_URL": self.admin_url,
            "PYENGINE_KEY": "operator",
            "PYENGINE_SECRET": self.secrets["operator"],
        }

    def run(self, *words: str, environment: Mapping[str, str] | None = None) -> Result:
        """Runs a command, as the operator unless another environment is given."""
        known = self.environment if environment is None else environment
        result = CliRunner().invoke(main, list(words), env={name: known.get(name) for name in VARIABLES})
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def told(self, *words: str) -> dict[str, Any]:
        """What a command that is done tells programs."""
        result = self.run(*words, "--json")
        assert result.exit_code == 0, (words, result.stderr)
        told = json.loads(result.stdout.splitlines()[-1])
        assert isinstance(told, dict)
        return told

    def told_when(self, *words: str, until: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The same, once the follower of the history has come so far."""
        for _ in range(100):
            if until(told := self.told(*words)):
                break
            time.sleep(0.1)
        return told

    def as_trader(self, key: str, act: Callable[[Client], Awaitable[T]]) -> T:
        """What comes of something that the trader does."""

        async def session() -> T:
            async with self.client(key) as client:
                return await act(client)

        return asyncio.run(session())

    def client(self, key: str) -> Client:
        """Of a trader, not yet connected."""
        return Client(self.url, key, HmacSigner(bytes.fromhex(self.secrets[key])), reconnect=False)


@contextmanager
def venue(directory: Path) -> Iterator[Operator]:
    config, _ = write_config(directory, history=True)
    config.write_text(config.read_text() + "\n[limits]\nidle_timeout_seconds = 3600\n")
    with started("serve", config, "--json") as process:
        assert process.stdout is not None
        yield Operator(directory, json.loads(process.stdout.readline()))


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    """Of a venue that tests share: each has its own accounts there."""
    with venue(tmp_path_factory.mktemp("venue")) as running:
        yield running


async def _trade(client: Client) -> None:
    await client.place("XAU-USDC", "buy", quantity=500, price=401_200)


async def _redeem(client: Client) -> None:
    for amount in (10_000_000, 20_000_000):
        await client.redeem("XAG", amount)


async def _withdraw(client: Client) -> None:
    for amount in (100_250_000, 200_000_000):
        await client.withdraw("USDC", amount)


def test_a_venue_that_does_not_run_is_said(tmp_path: Path) -> None:
    write_config(tmp_path, port=1)
    known = dict.fromkeys(VARIABLES) | {"PYENGINE_CONFIG": str(tmp_path / "venue.toml")}
    result = CliRunner().invoke(main, ["admin", "status"], env=known)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "pyengine: ws://127.0.0.1:3/: nobody listens there; is the venue running?\n"


def test_the_operators_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of the guide, in its order, with what the traders do in between."""
    with venue(tmp_path) as operator, asyncio.Runner() as runner:
        monkeypatch.chdir(operator.directory)
        maker = operator.client("maker-1")
        runner.run(maker.connect())

        def go_through(section: str) -> None:
            assert examples(section)
            for words in examples(section):
                result = operator.run(*words)
                assert (result.exit_code, result.stderr) == (0, ""), (words, result.stderr)
                assert result.stdout

        go_through("What is listed")
        (silver,) = [each for each in operator.told("admin", "asset", "list")["assets"] if each["symbol"] == "XAG"]
        assert silver == {"symbol": "XAG", "asset_class": "gold", "decimals": 6, "min_withdrawal": "0.1"}
        assert operator.told("admin", "instrument", "list")["instruments"][-1] == {
            "symbol": "XAG-USDC",
            "base": "XAG",
            "quote": "USDC",
            "tick": "0.001",
            "lot": "0.01",
            "max_price": "1000",
            "collar_bps": 500,
            "phase": "pre_open",
            "halted": False,
        }
        go_through("Accounts and fees")
        assert operator.told("admin", "fees", "list", "--first", "1")["fees"] == [
            {
                "fee_schedule": 1,
                "maker_rate": "-0.1",
                "taker_rate": "1.5",
                "tiers": [{"notional": 10**12, "maker_rate": "-0.2", "taker_rate": "1"}],
            },
            {
                "fee_schedule": 1,
                "instrument": "XAG-USDC",
                "maker_rate": "0",
                "taker_rate": "0",
                "tiers": [],
                "effective_at": 4_102_444_800_000_000_000,
            },
        ]
        assert operator.told("admin", "account", "show", "9") == {
            "account": 9,
            "fee_schedule": 1,
            "max_open_orders": 64,
            "client_id_window": 128,
            "group": 0,
            "max_open_notional": 50_000_000_000,
            "open_orders": 0,
            "pending_withdrawals": 0,
        }
        go_through("Keys")
        *_, made = operator.told("admin", "key", "list")["keys"]
        assert made == {"key": 10, "account": 1, "revoked": True}
        go_through("Money")
        held = [{"asset": "USDC", "available": "9000.5", "held": "0"}]
        assert operator.told("admin", "balances", "2") == {"balances": held, "next": 0}
        runner.run(maker.place("XAU-USDC", "sell", quantity=2_000, price=401_200, client_order_id="offer"))
        operator.as_trader("maker-2", _trade)
        (offer,) = operator.told("admin", "orders", "1")["orders"]
        assert [offer[name] for name in ("client_order_id", "side", "price", "quantity", "leaves", "filled")] == [
            "offer", "sell", "4012", "2", "1.5", "0.5",
        ]  # fmt: skip
        go_through("Markets")
        operator.as_trader("maker-2", _withdraw)
        assert operator.told("admin", "withdrawal", "list", "--account", "2")["withdrawals"] == [
            {"withdrawal_id": 1, "account": 2, "asset": "USDC", "amount": "100.25"},
            {"withdrawal_id": 2, "account": 2, "asset": "USDC", "amount": "200"},
        ]
        go_through("Withdrawals")
        assert operator.told("admin", "withdrawal", "list") == {"withdrawals": [], "next": 0}
        go_through("What stands behind assets")
        (silver,) = operator.told("admin", "asset", "backing")["assets"]
        assert (silver["asset"], silver["form"], silver["outstanding"], silver["backing"]) == (
            "XAG",
            "tokenized",
            "100",
            "1",
        )
        operator.told("admin", "transfer", "9", "2", "--amount", "50 XAG")
        operator.as_trader("maker-2", _redeem)
        waiting = operator.told("admin", "redemption", "list", "--account", "2")["redemptions"]
        assert [(each["withdrawal_id"], each["amount"], each["fee"]) for each in waiting] == [
            (3, "10", "0.0025"),
            (4, "20", "0.005"),
        ]
        go_through("Redemptions")
        assert operator.told("admin", "redemption", "list") == {"redemptions": [], "next": 0}
        assert operator.told("admin", "bar", "list") == {"bars": [], "next": 0}
        (peg,) = operator.told("admin", "peg", "list")["pegs"]
        assert (peg["asset"], peg["value"], peg["haircut_bps"]) == ("USDC", "0.9997", 500)
        # Half an ounce at 4,012.00 costs 2,006 and a fee of 2 basis points.
        assert operator.told("admin", "balances", "2")["balances"] == [
            {"asset": "USDC", "available": "6893.8488", "held": "0"},
            {"asset": "XAU", "available": "0.5", "held": "0"},
            {"asset": "XAG", "available": "39.9975", "held": "0"},
        ]
        first, *_ = operator.told("admin", "session", "list")["sessions"]
        assert (first["session"], first["key"], first["port"], first["unread_bytes"]) == (
            65_536,
            "maker-1",
            "trading",
            0,
        )
        assert re.fullmatch(r"127\.0\.0\.1:\d+", first["client"])
        movements = operator.told_when("admin", "movements", "2", until=lambda told: len(told["movements"]) == 11)
        assert [(each["kind"], each["amount"]) for each in movements["movements"]] == [
            ("deposited", "10000.5"),
            ("transfer_out", "1000"),
            ("withdrawal_requested", "100.25"),
            ("withdrawal_requested", "200"),
            ("withdrawal_settled", "100.25"),
            ("withdrawal_cancelled", "200"),
            ("transfer_in", "50"),
            ("redemption_requested", "10.0025"),
            ("redemption_requested", "20.005"),
            ("redemption_settled", "10.0025"),
            ("redemption_refused", "20.005"),
        ]
        statement = operator.told("admin", "statement", "2", "--to", "2100-01-01")
        assert statement["assets"] == [
            {
                "asset": "USDC",
                "opening": "0",
                "totals": {
                    "deposited": "10000.5",
                    "fee": "-0.4012",
                    "payment": "-2006",
                    "transfer_out": "-1000",
                    "withdrawal_settled": "-100.25",
                },
                "closing": "6893.8488",
            },
            {"asset": "XAU", "opening": "0", "totals": {"delivery": "0.5"}, "closing": "0.5"},
            {
                "asset": "XAG",
                "opening": "0",
                "totals": {"redemption_settled": "-10.0025", "transfer_in": "50"},
                "closing": "39.9975",
            },
        ]
        later = operator.told("admin", "statement", "2", "--from", "2100-01-01", "--asset", "XAU")
        assert later["assets"] == [{"asset": "XAU", "opening": "0.5", "totals": {}, "closing": "0.5"}]
        refused = operator.run("admin", "statement", "2", "--from", "2100-01-02", "--to", "2100-01-01")
        assert (refused.exit_code, refused.stderr) == (2, "pyengine: --from 2100-01-02 is after --to 2100-01-01\n")
        (fill,) = operator.told("admin", "fills", "2")["fills"]
        assert (fill["price"], fill["quantity"], fill["cash"], fill["fee"]) == ("4012", "0.5", "2006", "0.4012")
        go_through("Corporate actions")
        assert operator.told("admin", "action", "list")["actions"] == [
            {
                "action": 1,
                "action_kind": "cash_dividend",
                "asset": "XAU",
                "payer": 1,
                "record_at": 4_102_444_800_000_000_000,
                "legs": [{"asset": "USDC", "numerator": 3, "denominator": 10}],
                "pays": ["0.3 USDC per 1"],
            }
        ]
        go_through("The past")
        go_through("The venue")
        with pytest.raises(OutcomeUnknownError, match="4007 the operator ended the session"):
            runner.run(maker.ping())
        status = operator.told("admin", "status")
        issued = {asset["asset"]: asset["issued"] for asset in status["assets"]}
        assert issued == {"USDC": "9900.25", "AAPL": "0", "NVDA": "0", "XAU": "5", "XAG": "90"}
        assert all(asset["conserved"] and asset["total"] == asset["issued"] for asset in status["assets"])
        assert (status["accounts"], status["open_orders"], status["trade_date"]) == (10, 1, 20_261_201)
        journaled = list(commands(tmp_path / "journal", 1, 1_000))
    (reference,) = [each for each in journaled if each["kind"] == "set_reference"]
    assert (reference["price"], reference["source"]) == (401_200, 3)
    (bounds,) = [each for each in journaled if each["kind"] == "set_trading_limits"]
    assert (bounds["max_quantity"], bounds["max_notional"]) == (10_000, 100_000_000_000)
    (obligation,) = [each for each in journaled if each["kind"] == "set_obligation"]
    assert [obligation[name] for name in ("max_spread", "min_quantity", "maker_rate")] == [50, 100, -10]
    (created,) = [each for each in journaled if each["kind"] == "create_instrument" and each["symbol"] == "XAG-USDC"]
    assert [created[name] for name in ("lot_size", "tick_lot_value", "max_price")] == [10_000, 10, 1_000_000]


def test_every_command_has_an_example() -> None:
    def leaves(group: typer.core.TyperGroup, *words: str) -> Iterator[str]:
        for name, command in group.commands.items():
            if isinstance(command, typer.core.TyperGroup):
                yield from leaves(command, *words, name)
            else:
                yield " ".join((*words, name))

    root = typer.main.get_command(main)
    assert isinstance(root, typer.core.TyperGroup)
    admin = root.commands["admin"]
    assert isinstance(admin, typer.core.TyperGroup)
    shown = [
        " ".join(words) for section in re.findall(r"^## (.*)$", GUIDE, re.MULTILINE) for words in examples(section)
    ]
    missing = [
        name for name in leaves(admin, "admin") if not any(f"{words} ".startswith(f"{name} ") for words in shown)
    ]
    assert missing == []


def test_lists_go_on_where_they_ended(operator: Operator) -> None:
    page = operator.told("admin", "account", "list", "--first", "2", "--limit", "3")
    assert ([each["account"] for each in page["accounts"]], page["next"]) == ([2, 3, 4], 5)
    rest = operator.told("admin", "account", "list", "--first", "5")
    assert ([each["account"] for each in rest["accounts"]], rest["next"]) == ([5, 6, 7, 8], 0)
    shown = operator.run("admin", "account", "list", "--limit", "3").stdout
    assert "... and more; go on with --first 3" in shown
    assert "more" not in operator.run("admin", "account", "list").stdout


def test_long_lists_are_fetched_in_pages(operator: Operator) -> None:
    """A page of the protocol has 256 entries at most."""
    assert operator.run("admin", "deposit", "2", "--amount", "1000 USDC").exit_code == 0
    prices = range(1, 301)

    async def place(client: Client) -> None:
        for price in prices:
            await client.place("XAU-USDC", "buy", quantity=1, price=price)

    operator.as_trader("maker-2", place)
    found = operator.told("admin", "orders", "2")
    assert sorted(each["price"] for each in found["orders"]) == sorted(decimal(price, 2) for price in prices)
    assert found["next"] == 0
    part = operator.told("admin", "orders", "2", "--limit", "299")
    assert part["orders"] == found["orders"][:299]
    assert operator.told("admin", "orders", "2", "--first", str(part["next"]))["orders"] == found["orders"][299:]


def test_a_deposit_is_booked_once_under_its_reference(operator: Operator) -> None:
    words = ("admin", "deposit", "1", "--amount", "5 XAU", "--reference", "wire-1")
    before = operator.told("admin", "status")["assets"]
    for _ in range(3):
        assert operator.told(*words)["reference"] == "wire-1"
    after = operator.told("admin", "status")["assets"]
    booked = [float(new["issued"]) - float(old["issued"]) for old, new in zip(before, after, strict=True)]
    assert sorted(booked)[-2:] == [0, 5]
    other = operator.run("admin", "deposit", "1", "--amount", "6 XAU", "--reference", "wire-1")
    assert other.exit_code == 1
    assert "reference_reused" in other.stderr


def test_the_audit_trail_is_shown(operator: Operator) -> None:
    operator.told("admin", "market", "halt", "XAU-USDC", "--cause", "regulator")
    operator.run("admin", "market", "halt", "NONE-USDC")
    entries = operator.told("admin", "audit")["entries"]
    assert [entry["audit_seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert any(entry.get("request", {}).get("op") == "admin_halt" for entry in entries)
    rest = operator.told("admin", "audit", "--after", "2", "--limit", "1")["entries"]
    assert [entry["audit_seq"] for entry in rest] == [3]
    shown = operator.run("admin", "audit", "--limit", "2").stdout
    assert "go on with --after 2" in shown


def test_a_configuration_is_applied_if_asked(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    seed = operator.config.read_text()
    assert operator.told("admin", "apply", str(operator.config), "--diff")["differences"] == []
    listed = '[[assets]]\nsymbol = "CHF"\nclass = "stablecoin"\ndecimals = 2\n'
    file.write_text(seed.replace("taker_rate = 200", "taker_rate = 250").replace("\ncount = 8", "\ncount = 9") + listed)
    said = operator.told("admin", "apply", str(file), "--diff")
    assert [text.split(":")[0] for text in said["differences"]] == ["$.fee_schedules[0]", "$.assets[4]", "$.accounts"]
    assert not said["applied"]
    assert operator.told("admin", "apply", str(file), "--diff") == said, "--diff changes nothing"
    assert operator.told("admin", "apply", str(file)) == said | {"applied": True}
    assert operator.told("admin", "apply", str(file), "--diff")["differences"] == []
    assert operator.told("admin", "account", "show", "9")["account"] == 9
    file.write_text(file.read_text().replace("collar_bps = 200", "collar_bps = 100") + listed.replace("CHF", "GBP"))
    refused = operator.run("admin", "apply", str(file))
    assert refused.exit_code == 1
    assert "which cannot be changed; nothing was changed" in refused.stderr
    assert "GBP" not in operator.run("admin", "asset", "list").stdout


def test_keys_from_their_making_to_their_end(operator: Operator, tmp_path: Path) -> None:
    def logs_on(signer: Signer, name: str = "desk") -> str:
        async def session() -> str:
            async with Client(operator.url, name, signer, reconnect=False) as client:
                await client.ping()
                return "on"

        try:
            return asyncio.run(session())
        except ClientError as error:
            return str(error).partition(":")[0]

    made = operator.told("admin", "key", "create", "desk", "--account", "4", "--scope", "read", "--rate", "7")
    assert made.keys() == {"name", "account", "public_key", "private_key", "sequence"}
    signer = Ed25519Signer(bytes.fromhex(made["private_key"]))
    assert signer.public_key.hex() == made["public_key"]
    assert logs_on(signer) == "on"
    again = operator.run("admin", "key", "create", "desk", "--account", "4", "--scope", "read")
    assert (again.exit_code, "already_exists" in again.stderr) == (1, True)

    shown = operator.run("admin", "key", "rotate", "desk", "--algorithm", "hmac").stdout
    assert "shown this once" in shown
    (secret,) = re.findall(r"^secret: ([0-9a-f]{64})$", shown, re.MULTILINE)
    assert [logs_on(signer), logs_on(HmacSigner(bytes.fromhex(secret)))] == ["logon_failed", "on"]
    (listed,) = [each for each in operator.told("admin", "key", "list")["keys"] if each.get("name") == "desk"]
    assert (listed["account"], listed["algorithm"], listed["rate_per_second"]) == (4, "hmac", 7)
    assert secret not in operator.run("admin", "key", "list", "--json").stdout

    assert operator.run("admin", "key", "revoke", "desk").exit_code == 0
    assert logs_on(HmacSigner(bytes.fromhex(secret))) == "logon_failed"
    last = operator.run("admin", "key", "revoke", "operator")
    assert (last.exit_code, "last_admin_key" in last.stderr) == (1, True)
    for words in (("rotate", "desk"), ("revoke", "desk")):
        gone = operator.run("admin", "key", *words)
        assert (gone.exit_code, "unknown_key" in gone.stderr) == (1, True)
    acts = [entry["request"] for entry in operator.told("admin", "audit")["entries"] if "request" in entry]
    assert [act["op"] for act in acts if act.get("name") == "desk"] == [
        "admin_set_key",
        "admin_set_key",
        "admin_revoke_key",
        "admin_revoke_key",
    ]
    assert next(act for act in acts if "secret" in act)["secret"] == "not told"


def test_an_operator_may_sign_with_ed25519(operator: Operator) -> None:
    made = operator.told("admin", "key", "create", "night", "--account", "0", "--scope", "admin", "--scope", "read")
    night = operator.environment | {"PYENGINE_KEY": "night", "PYENGINE_SECRET": ""}
    known = operator.run("admin", "status", environment=night | {"PYENGINE_PRIVATE_KEY": made["private_key"]})
    assert (known.exit_code, known.stderr) == (0, "")
    short = operator.run("admin", "status", environment=night | {"PYENGINE_PRIVATE_KEY": "00"})
    assert (short.exit_code, "PYENGINE_PRIVATE_KEY: 1 bytes" in short.stderr) == (2, True)
    assert operator.run("admin", "key", "revoke", "night").exit_code == 0


@pytest.mark.parametrize(
    ("secret", "problem"),
    [("zz", "1 bytes, at least 16 are needed"), ("00" * 15, "15 bytes"), ("!" * 40, "neither hex nor base64")],
)
def test_a_secret_of_the_environment_that_is_none_is_named(operator: Operator, secret: str, problem: str) -> None:
    said = operator.run("admin", "status", environment=operator.environment | {"PYENGINE_SECRET": secret})
    assert said.exit_code == 2
    assert f"PYENGINE_SECRET: {problem}" in said.stderr
    assert secret not in said.stderr


def test_keys_of_a_configuration_are_applied(operator: Operator, tmp_path: Path) -> None:
    file, seed = tmp_path / "other.toml", operator.config.read_text()
    secret = "ab" * 32
    more = f'[[keys]]\nname = "filed"\naccount = 2\nscopes = ["read"]\nsecret = "{secret}"\nallow = ["10.0.0.0/8"]\n'
    file.write_text(seed + more)
    said = operator.told("admin", "apply", str(file), "--diff")
    assert said["differences"][-1] == "$.keys[9]: filed, which the venue does not have"
    assert operator.told("admin", "apply", str(file))["applied"]
    assert operator.told("admin", "apply", str(file), "--diff")["differences"] == []
    file.write_text(seed + more.replace('["read"]', '["read", "trade"]').replace("10.0.0.0/8", "127.0.0.1"))
    (text,) = [each for each in operator.told("admin", "apply", str(file))["differences"] if "$.keys" in each]
    assert text == "$.keys[9]: filed, of which the venue has another scopes, allow"
    operator.secrets["filed"] = secret
    assert operator.as_trader("filed", lambda client: client.ping()) is None
    only = operator.told("admin", "apply", str(operator.config), "--diff")
    assert only["keys_of_the_venue_alone"] == ["filed"]
    assert "keeps: filed." in operator.run("admin", "apply", str(operator.config)).stdout
    assert operator.run("admin", "key", "revoke", "filed").exit_code == 0


def test_what_is_not_given_stays(operator: Operator) -> None:
    operator.told("admin", "account", "set", "3", "--group", "7", "--max-open-notional", "0.5 USDC")
    said = operator.told("admin", "account", "set", "3", "--max-open-orders", "9")
    kept = {"group": 7, "max_open_notional": 500_000, "max_open_orders": 9, "client_id_window": 128}
    assert {name: said[name] for name in kept} == kept
    operator.told("admin", "account", "set", "3", "--max-open-notional", "0", "--group", "0")
    shown = operator.told("admin", "account", "show", "3")
    assert (shown["group"], shown["max_open_notional"], shown["max_open_orders"]) == (0, 0, 9)
    operator.told("admin", "fees", "override", "0", "XAU-USDC", "--maker", "-0.25", "--taker", "1")
    (override,) = operator.told("admin", "fees", "list", "--first", "1")["fees"]
    assert (override["instrument"], override["maker_rate"], override["taker_rate"]) == ("XAU-USDC", "-0.25", "1")
    operator.told("admin", "fees", "override", "0", "XAU-USDC", "--remove")
    assert len(operator.told("admin", "fees", "list")["fees"]) == 1


@pytest.mark.parametrize(
    ("status", "words", "problem"),
    [
        (2, "deposit 1 --amount 5", '5: not an amount like "1000.50 USDC"'),
        (2, "deposit 1 --amount '5 6 USDC'", '5 6 USDC: not an amount like "1000.50 USDC"'),
        (2, "deposit 1 --amount '1,000 USDC'", "1,000: not a decimal number like 1000.50, without separators"),
        (2, "deposit 1 --amount '-5 USDC'", "-5: below 0"),
        (2, "deposit 1 --amount '0.0000001 USDC'", "0.0000001: not a multiple of the smallest unit of USDC, 0.000001"),
        (2, "deposit 1 --amount '9223372036854.775808 USDC'", "more than 9223372036854775807 times"),
        (1, "deposit 1 --amount '5 EUR'", "unknown_asset: no asset 'EUR'"),
        (1, "deposit 1 --amount '0 USDC'", "invalid_amount: rejected by the engine at sequence"),
        (1, "deposit 99 --amount '5 USDC'", "unknown_account: rejected by the engine at sequence"),
        (2, "deposit 4294967296 --amount '5 USDC'", "<= 4294967295 - at `$.account`"),
        (1, "transfer 1 2 --amount '5 USDC'", "insufficient_funds: rejected by the engine at sequence"),
        (1, "withdrawal settle 9", "unknown_withdrawal: no withdrawal 9 is pending"),
        (1, "withdrawal cancel 9", "unknown_withdrawal: no withdrawal 9 is pending"),
        (1, "balances 99", "unknown_account: no account 99"),
        (1, "redemption settle 9", "unknown_withdrawal: no redemption 9 waits"),
        (1, "redemption refuse 9", "unknown_withdrawal: no redemption 9 waits"),
        (2, "redemption refuse 9 --reason mood", "--reason mood: not one of other, compliance, undeliverable"),
        (1, "redemption list --account 99", "unknown_account: no account 99"),
        (1, "mint 1 --amount '5 USDC'", "no_asset_terms: rejected by the engine at sequence"),
        (2, "asset terms USDC --issuer 1 --form mood", "--form mood: not one of native, tokenized, traditional"),
        (1, "asset terms USDC --issuer 1 --currency usd", "invalid_parameter: rejected by the engine at sequence"),
        (2, "attestor set 0 --public-key abc", "at `$.public_key`"),
        (1, "bar remove 9", "unknown_bar: rejected by the engine at sequence"),
        (1, "peg reference USDC --value 1", "no_peg: rejected by the engine at sequence"),
        (1, "orders 99", "unknown_account: no account 99"),
        (1, "withdrawal list --account 99", "unknown_account: no account 99"),
        (1, "account show 99", "unknown_account: no account 99"),
        (1, "account create 99", "id_not_next: rejected by the engine at sequence"),
        (1, "session disconnect 1", "unknown_session: session 1 is not logged on"),
        (2, "asset create X --class mood --decimals 2", "--class mood: not one of stablecoin, equity, gold"),
        (2, "asset create X --class gold --decimals 2 --min-withdrawal 0.001", "0.001: not a multiple of the smallest"),
        (1, "asset create USDC --class gold --decimals 2", "already_exists: rejected by the engine at sequence"),
        (
            2,
            "instrument create X --base XAU --quote USDC --tick 0.0001 --lot 0.001 --max-price 1",
            "0.0001: not a multiple of 0.001, the smallest tick of a lot of 0.001",
        ),
        (1, "instrument create X --base EUR --quote USDC --tick 1 --lot 1 --max-price 1", "unknown_asset: no asset"),
        (2, "market reference XAU-USDC --price 189.505", "189.505: not a multiple of the tick, 0.01"),
        (1, "market reference NONE --price 1", "unknown_instrument: no instrument 'NONE'"),
        (2, "market limits XAU-USDC --max-quantity 0.0005", "0.0005: not a multiple of the lot, 0.001"),
        (2, "market obligation XAU-USDC 1 --maker 0.001", "0.001: not a multiple of a hundredth of a basis point"),
        (2, "fees set 0 --maker 1 --taker x", "x: not a decimal number"),
        (2, "fees set 0 --maker 1 --taker 1 --tier '100 USDC 1'", '--tier 100 USDC 1: not a tier like "100000 USDC'),
        (2, "fees set 0 --maker 1 --taker 1 --at noon", "--at noon: not a time like 2026-01-02T15:04:05"),
        (2, "fees override 0 XAU-USDC --maker 1", "--maker and --taker are needed, or --remove"),
        (2, "fees override 0 XAU-USDC --maker 1 --remove", "--remove takes no rates"),
        (2, "action announce 1 gift XAU --at 2100-01-01T00:00:00Z", "kind gift: not one of cash_dividend, coupon,"),
        (2, "action announce 1 coupon XAU --pay 5 --at 2100-01-01T00:00:00Z", '--pay 5: not like "0.25 USDC per 1" or'),
        (2, "action announce 1 coupon XAU --pay '0 USDC per 1' --at 2100-01-01T00:00:00Z", "must be above 0"),
        (2, "action announce 1 coupon XAU --at noon", "--at noon: not a time like 2026-01-02T15:04:05"),
        (1, "action announce 1 coupon XAU --pay '1 EUR per 1' --at 2100-01-01T00:00:00Z", "no asset 'EUR'"),
        (1, "action announce 1 coupon XAU --at 2100-01-01T00:00:00Z", "invalid_action: rejected by the engine at"),
        (1, "action cancel 9", "unknown_action: rejected by the engine at sequence"),
        (1, "fees set 9 --maker 1 --taker 1", "id_not_next: rejected by the engine at sequence"),
        (1, "fees set 0 --maker 400 --taker 1", "invalid_parameter: rejected by the engine at sequence"),
    ],
)
def test_refusals_say_what_and_why(operator: Operator, status: int, words: str, problem: str) -> None:
    result = operator.run("admin", *shlex.split(words))
    assert (result.exit_code, result.stderr.count("\n"), result.stdout) == (status, 1, ""), result.stderr
    assert problem in result.stderr


def test_where_the_venue_is(operator: Operator) -> None:
    config, url = str(operator.config), operator.admin_url
    secret = operator.secrets["operator"]
    environment: Mapping[str, str]
    words: tuple[str, ...]
    for environment, words, problem in (
        ({}, (), "where is the venue? Give --config, or set PYENGINE_CONFIG, or PYENGINE_URL, PYENGINE_KEY and"),
        ({"PYENGINE_SECRET": secret}, (), "PYENGINE_SECRET is set: set PYENGINE_URL and PYENGINE_KEY too"),
        ({"PYENGINE_SECRET": secret, "PYENGINE_URL": url}, (), "set PYENGINE_URL and PYENGINE_KEY too"),
        ({"PYENGINE_SECRET": "!", "PYENGINE_URL": url, "PYENGINE_KEY": "operator"}, (), "PYENGINE_SECRET: neither hex"),
        ({"PYENGINE_CONFIG": config}, (), "leaves the admin port to the system: give --url"),
        ({"PYENGINE_CONFIG": f"{config}.not"}, (), f"{config}.not: No such file or directory"),
        ({"PYENGINE_CONFIG": config}, ("--key", "maker-1"), "no key maker-1 with the scope admin and a secret"),
        ({**operator.environment, "PYENGINE_KEY": "nobody"}, (), "logon_failed"),
        ({**operator.environment, "PYENGINE_URL": "ws://127.0.0.1:1/"}, (), "ws://127.0.0.1:1/: "),
        (operator.environment, ("--config", config), "leaves the admin port to the system: give --url"),
    ):
        result = operator.run("admin", "asset", "list", *words, environment=environment)
        assert (result.exit_code != 0, result.stderr.count("\n")) == (True, 1), result.stderr
        assert problem in result.stderr
        assert secret not in result.stderr
    for environment, words in (
        (operator.environment, ()),
        ({**operator.environment, "PYENGINE_KEY": "", "PYENGINE_URL": ""}, ("--key", "operator", "--url", url)),
        ({"PYENGINE_CONFIG": config, "PYENGINE_URL": url}, ()),
        ({"PYENGINE_CONFIG": config}, ("--url", url)),
        ({"PYENGINE_URL": "ws://127.0.0.1:1/", "PYENGINE_KEY": "nobody"}, ("--config", config, "--url", url)),
    ):
        assert operator.run("admin", "asset", "list", *words, environment=environment).exit_code == 0


def test_the_shell_completes_commands() -> None:
    completing = {"_PYENGINE_COMPLETE": "complete_bash", "COMP_WORDS": "pyengine admin wi", "COMP_CWORD": "2"}
    result = CliRunner().invoke(main, [], env=completing, prog_name="pyengine")
    assert result.stdout.split() == ["withdrawal"]
    helped = CliRunner().invoke(main, ["--help"]).stdout
    assert "--install-completion" in helped
    assert "--show-completion" in helped
