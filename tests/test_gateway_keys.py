"""API keys of a running venue: made, rotated, revoked, ended; where they may come from; how their secrets are kept."""

import asyncio
import os
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gateway import schemas
from gateway.audit import Trail
from gateway.auth import Ed25519Signer, HmacSigner, KeyDocument, Signer, signed_logon
from gateway.client import Client
from gateway.client.errors import ClientError
from gateway.framing import CloseCode
from gateway.keys import KeyRefusedError, Keys, Sealing
from gateway.server import GatewayServer, open_hub
from gateway.session import Session, Shared
from pyengine.commands import pack_deposit, pack_set_key
from pyengine.config import AuditConfig, ConfigError, LimitsConfig, VenueConfig, sealing_key
from pyengine.events import Rejected
from pyengine.journal import commands
from tests.gateway_support import (
    CHALLENGE,
    SECRETS,
    FakeHub,
    FakeLink,
    RawClient,
    keys_of,
    logon,
    message_frame,
    server_frames,
    venue_config,
)
from tests.test_gateway_end_to_end import connect, run, serving

NOW = 1_700_000_000_000_000_000
SEED = bytes(range(32))
SECRET = b"a secret of enough length"
FOREVER = Ed25519Signer(SEED)


def terms(name: str = "new", **fields: Any) -> schemas.AdminSetKey:
    said: dict[str, Any] = {"account": 1, "scopes": ["read"], "public_key": FOREVER.public_key.hex()} | fields
    return schemas.AdminSetKey(ref=1, name=name, **said)


class Venue:
    """A hub that takes every command, its keys, and sessions from any address."""

    def __init__(self) -> None:
        self.hub = FakeHub()
        self.shared = Shared(self.hub, keys_of(self.hub, venue_config("unused")), LimitsConfig(), Trail(None))
        self.now_ns = NOW

    def session(self, request: schemas.Logon, address: str = "192.0.2.7") -> tuple[Session, FakeLink]:
        link = FakeLink()
        link.peer = (address, 50_123)
        session = Session(self.shared, CHALLENGE, link, admin=False)
        session.receive(message_frame(request), self.now_ns)
        self.hub.poll()
        return session, link

    def refusal(self, name: str, signer: Signer, address: str = "192.0.2.7") -> str:
        """The code of a logon that is refused; empty if it is not."""
        session, _ = self.session(signed_logon(name, signer, CHALLENGE, cancel_on_disconnect=False), address)
        refused = self.shared.trail.page(0, 1_000)[0][-1].reason if session.key is None else ""
        session.ended(self.now_ns)
        return refused

    def ask(self, session: Session, request: schemas.Request) -> schemas.AnyReply:
        session.receive(message_frame(request), self.now_ns)
        ((_, output),) = self.hub.poll() or ((0, b""),)
        frames = server_frames(output) if isinstance(output, bytes) and output else []
        return schemas.decode_reply(frames[-1][1], text=False) if frames else schemas.Ok()


@pytest.fixture
def venue() -> Venue:
    return Venue()


def test_a_key_is_made_and_logs_on_at_once(venue: Venue) -> None:
    operator, _ = venue.session(logon("operator"))
    assert venue.refusal("new", FOREVER) == "logon_failed"
    venue.ask(operator, terms(rate_per_second=3, burst=2))
    assert venue.refusal("new", FOREVER) == ""
    assert venue.hub.named("submit")[-1][2] == pack_set_key(1, 5, keys_document(venue, "new").packed())
    assert venue.hub.limits[4] == ((3, 2), (500, 1_000)), "the place of a key in the hub is its number less one"
    (listed,) = venue.shared.keys.page(schemas.AdminGetKeys(first=5)).keys
    assert (listed.key, listed.name, listed.algorithm) == (5, "new", "ed25519")
    assert listed.public_key == FOREVER.public_key.hex()


def keys_document(venue: Venue, name: str) -> KeyDocument:
    return venue.shared.keys.authenticator.keys[name].document


def test_what_the_engine_refuses_is_no_key(venue: Venue) -> None:
    operator, _ = venue.session(logon("operator"))
    venue.hub.outcome = Rejected(reason=2)
    venue.ask(operator, terms(account=9))
    assert venue.refusal("new", FOREVER) == "logon_failed"
    assert len(venue.shared.keys) == 4
    assert venue.shared.trail.page(0, 1_000)[0][-2].reason == "unknown_account"


@pytest.mark.parametrize(
    ("request_", "code", "message"),
    [
        (terms(public_key=""), "invalid_key", "a new key has a `public_key` or a `secret`"),
        (terms(secret="00" * 16), "invalid_key", "`public_key` and `secret` exclude each other"),
        (terms(public_key="00" * 31), "invalid_key", "public_key: 31 bytes, an Ed25519 key has 32"),
        (terms(public_key="", secret="zz"), "invalid_key", "secret: 1 bytes, at least 16 are needed"),
        (terms(public_key="", secret="!" * 40), "invalid_key", "secret: neither hex nor base64"),
        (terms(allow=["10.0.0.0/8", "10.0.0.1/8"]), "invalid_key", "allow[1]: 10.0.0.1/8 has host bits set"),
        (terms(expires_at=NOW), "invalid_key", f"expires_at: {NOW} is past"),
        (terms("maker", account=2), "invalid_key", "key 'maker' is of account 1, and remains so"),
        (schemas.AdminRevokeKey(name="nobody"), "unknown_key", "no key 'nobody'"),
        (schemas.AdminRevokeKey(name="operator"), "last_admin_key", "'operator' is the last key"),
        (terms("operator", account=0, scopes=["read"]), "last_admin_key", "'operator' is the last key"),
        (terms("operator", account=0, scopes=["admin"], expires_at=NOW + 1), "last_admin_key", "that does not expire"),
    ],
)
def test_what_is_no_key_is_refused_and_named(venue: Venue, request_: Any, code: str, message: str) -> None:
    before = venue.shared.keys.terms()
    with pytest.raises(KeyRefusedError) as caught:
        venue.shared.keys.change(request_, NOW)
    assert caught.value.code == code
    assert message in str(caught.value)
    assert "!!" not in str(caught.value)
    operator, _ = venue.session(logon("operator"))
    refused = venue.ask(operator, request_)
    assert isinstance(refused, schemas.Error)
    assert refused.code == code
    assert venue.shared.keys.terms() == before
    assert venue.hub.named("submit") == []


def test_another_operator_may_take_the_place_of_the_last(venue: Venue) -> None:
    keys = venue.shared.keys
    keys.carried_out(keys.change(terms("passing", account=0, scopes=["admin"], expires_at=NOW + 9), NOW))
    with pytest.raises(KeyRefusedError):
        keys.change(schemas.AdminRevokeKey(name="operator"), NOW)
    keys.carried_out(keys.change(terms("second", account=0, scopes=["admin"]), NOW))
    keys.carried_out(keys.change(schemas.AdminRevokeKey(name="operator"), NOW))
    with pytest.raises(KeyRefusedError, match="'second' is the last key"):
        keys.change(schemas.AdminRevokeKey(name="second"), NOW)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (schemas.AdminRevokeKey(name="maker"), "key_revoked"),
        (terms("maker", scopes=["read", "trade"]), "key_rotated"),
        (terms("maker", scopes=["read", "trade"], public_key="", secret=SECRETS["maker"].hex()), "key_rotated"),
        (terms("maker", scopes=["read"], public_key=""), "key_changed"),
        (terms("maker", scopes=["read", "trade"], public_key="", allow=["10.0.0.0/8"]), "key_changed"),
        (terms("maker", scopes=["read", "trade", "admin"], public_key="", allow=["192.0.2.0/24"], burst=1), None),
    ],
)
def test_sessions_end_with_what_they_logged_on_by(venue: Venue, change: Any, reason: str | None) -> None:
    operator, _ = venue.session(logon("operator"))
    _, link = venue.session(logon("maker"))
    _, other = venue.session(logon("viewer"))
    venue.ask(operator, change)
    assert link.closed == ([(CloseCode.KEY_ENDED, reason)] if reason else [])
    assert other.closed == [], "another key of the account is another key"


def test_sessions_of_a_key_end_when_it_expires(venue: Venue) -> None:
    keys = venue.shared.keys
    keys.carried_out(keys.change(terms(expires_at=NOW + 10), NOW))
    assert venue.refusal("new", FOREVER) == ""
    _, link = venue.session(signed_logon("new", FOREVER, CHALLENGE, cancel_on_disconnect=False))
    venue.shared.look_at_keys(NOW + 9)
    assert link.closed == []
    venue.shared.look_at_keys(NOW + 10)
    assert link.closed == [(CloseCode.KEY_ENDED, "key_expired")]
    venue.now_ns = NOW + 10
    assert venue.refusal("new", FOREVER) == "key_expired"
    assert venue.refusal("new", HmacSigner(SECRET)) == "logon_failed", "who has not got the key is told nothing"
    keys.carried_out(keys.change(terms(), NOW + 10))
    assert venue.refusal("new", FOREVER) == "", "an end can be moved, even from behind it"


def test_who_revokes_his_own_key_gets_the_answer_first(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = venue.shared.keys
    keys.carried_out(keys.change(terms("second", account=0, scopes=["admin"]), NOW))
    operator, link = venue.session(logon("operator"))
    submit = venue.hub.submit

    def not_durable_yet(*command: Any) -> bytes:
        event = submit(*command)
        venue.hub.durable_sequence = 0
        return event

    monkeypatch.setattr(venue.hub, "submit", not_durable_yet)
    venue.ask(operator, schemas.AdminRevokeKey(name="operator"))
    venue.shared.look_at_keys(NOW)
    venue.shared.look_at_keys(NOW)
    assert link.closed == [], "the answer is not durable yet"
    venue.hub.durable_sequence = venue.hub.sequence
    venue.shared.look_at_keys(NOW)
    venue.shared.look_at_keys(NOW)
    assert link.closed == [(CloseCode.KEY_ENDED, "key_revoked")]


@pytest.mark.parametrize(
    ("allow", "address", "may"),
    [
        ([], "192.0.2.7", True),
        (["192.0.2.0/24"], "192.0.2.255", True),
        (["192.0.2.0/24"], "192.0.3.0", False),
        (["192.0.2.7"], "192.0.2.7", True),
        (["192.0.2.7"], "192.0.2.8", False),
        (["2001:db8::/32", "10.0.0.0/8"], "2001:db8:ffff::1", True),
        (["2001:db8::/32", "10.0.0.0/8"], "10.255.0.1", True),
        (["2001:db8::/32"], "2001:db9::1", False),
        (["2001:db8::/32"], "192.0.2.7", False),
        (["192.0.2.0/24"], "::ffff:192.0.2.7", True),
        (["192.0.2.0/24"], "::ffff:192.0.3.7", False),
        (["0.0.0.0/0"], "2001:db8::1", False),
        (["::/0"], "fe80::1%eth0", True),
        (["0.0.0.0/0", "::/0"], "", False),
    ],
)
def test_where_a_key_may_come_from(venue: Venue, allow: list[str], address: str, may: bool) -> None:
    keys = venue.shared.keys
    keys.carried_out(keys.change(terms(allow=allow), NOW))
    assert venue.refusal("new", FOREVER, address) == ("" if may else "address_refused")
    assert venue.refusal("new", HmacSigner(SECRET), address) == "logon_failed"


# Sealing


def test_a_secret_opens_for_its_key_alone(tmp_path: Path) -> None:
    path = tmp_path / "made" / "sealing.key"
    sealed = Sealing(path).seal(3, "maker", SECRET)
    assert SECRET not in sealed
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(path.parent.iterdir()) == [path]
    assert Sealing(path).unseal(3, "maker", sealed) == SECRET
    assert Sealing(path).seal(3, "maker", SECRET) != sealed
    wrong = ((4, "maker", sealed), (3, "taker", sealed), (3, "maker", sealed[:-1]), (3, "maker", b""))
    for number, name, found in wrong:
        with pytest.raises(ConfigError, match=f"{path}: is not the key that the secret of API key '{name}' was"):
            Sealing(path).unseal(number, name, found)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "is not there, but the journal has secrets that were sealed with it"),
        ("00" * 32, "is not the key that the secret of API key 'maker' was sealed with"),
        ("00" * 31, "is not 32 bytes in hex"),
        ("no hex", "is not 32 bytes in hex"),
        ("\xff", "is not 32 bytes in hex"),
    ],
)
def test_a_venue_does_not_start_without_what_opens_its_secrets(
    tmp_path: Path, content: str | None, problem: str
) -> None:
    config = venue_config(str(tmp_path / "journal"))
    open_hub(config).close()
    path = tmp_path / "sealing.key"
    kept = path.read_text()
    if content is None:
        path.unlink()
    else:
        path.write_text(content, encoding="latin-1")
    with pytest.raises(ConfigError) as caught:
        open_hub(config)
    assert str(caught.value) == f"$.secrets.sealing_key: {path}: {problem}"
    assert path.exists() == (content is not None), "no other is made in its place"
    path.write_text(kept)
    open_hub(config).close()


def test_a_document_of_something_else_is_refused_by_name(tmp_path: Path) -> None:
    hub = FakeHub()
    hub.api_keys = [(1, 0, b""), (1, 0, b"document")]
    with pytest.raises(ConfigError, match="API key 2 of the journal has a document of something else"):
        Keys(hub, Sealing(None), LimitsConfig())


def test_the_longest_terms_fit_a_document(venue: Venue) -> None:
    networks = [f"2001:db8:{number}:ffff:ffff:ffff:ffff:ffff/128" for number in range(8)]
    longest = terms(
        "n" * 64,
        scopes=["read", "trade", "admin"],
        public_key="",
        secret="ab" * 500,
        allow=networks,
        note="~" * 128,
        rate_per_second=100_000_000,
        burst=100_000_000,
    )
    venue.shared.keys.carried_out(venue.shared.keys.change(longest, NOW))
    document = keys_document(venue, "n" * 64)
    assert len(document.packed()) <= 512
    assert KeyDocument.unpacked(document.packed()) == document
    assert venue.refusal("n" * 64, HmacSigner(bytes.fromhex("ab" * 500)), "2001:db8:7:ffff:ffff:ffff:ffff:ffff") == ""


# A real venue


async def refused(gateway: GatewayServer, name: str, signer: Signer) -> str:
    try:
        async with Client(f"ws://127.0.0.1:{gateway.port}/", name, signer, reconnect=False) as client:
            await client.ping()
    except ClientError as error:
        return str(error).partition(":")[0]
    return ""


def test_from_its_making_to_its_end_and_over_a_restart(tmp_path: Path) -> None:
    config = venue_config(str(tmp_path / "journal"))
    before, after = HmacSigner(SECRET), HmacSigner(SECRET[::-1])

    async def scenario() -> None:
        async with serving(config) as gateway, connect(gateway, "operator") as operator:
            await operator.admin(terms("bot", scopes=["trade", "read"], public_key="", secret=SECRET.hex()))
            bot = await RawClient.connect(gateway.port)
            bot.send(signed_logon("bot", before, bot.challenge, cancel_on_disconnect=False))
            assert isinstance(await bot.message(), schemas.LoggedOn)
            await operator.admin(terms("bot", public_key="", secret=SECRET[::-1].hex()))
            assert await bot.closed() == (CloseCode.KEY_ENDED, "key_rotated")
            await bot.close()
        assert SECRET.hex() not in "".join(map(str, gateway.trail.page(0, 1_000)[0]))
        async with serving(config) as gateway:
            assert [await refused(gateway, "bot", each) for each in (before, after)] == ["logon_failed", ""]
            async with connect(gateway, "operator") as operator:
                bot = await RawClient.connect(gateway.port)
                bot.send(signed_logon("bot", after, bot.challenge, cancel_on_disconnect=False))
                assert isinstance(await bot.message(), schemas.LoggedOn)
                await operator.admin(schemas.AdminRevokeKey(name="bot"))
                assert await bot.closed() == (CloseCode.KEY_ENDED, "key_revoked")
                await bot.close()
        async with serving(config) as gateway:
            assert [await refused(gateway, "bot", each) for each in (before, after)] == ["logon_failed", "logon_failed"]
            assert gateway.hub.keys()[4] == (1, 0, b"")

    run(scenario)
    journaled = [each for each in commands(tmp_path / "journal", 1, 1_000) if each["kind"] in ("set_key", "revoke_key")]
    assert [(each["key"], each["key_id"]) for each in journaled[4:]] == [(4, 5), (4, 5), (4, 5)], "by the operator"


def test_reports_are_kept_of_whoever_got_a_key_while_the_venue_ran(tmp_path: Path) -> None:
    """From its making on, over a restart, too: the configuration knows nothing of a key of account 3."""
    config = venue_config(str(tmp_path / "journal"))

    async def seen(gateway: GatewayServer, account_seq: int) -> list[str]:
        reports: list[schemas.Report] = []
        options: dict[str, Any] = {"reconnect": False, "account_seq": account_seq, "on_report": reports.append}
        async with Client(f"ws://127.0.0.1:{gateway.port}/", "new", FOREVER, **options):
            return [report.kind for report in reports]

    async def scenario() -> None:
        async with serving(config) as gateway:
            async with connect(gateway, "operator") as operator:
                await operator.admin(terms(account=3))
                await operator.admin(schemas.AdminDeposit(account=3, asset="USDC", amount=1))
            assert await seen(gateway, 2) == ["deposited"]
        async with serving(config) as gateway:
            assert await seen(gateway, 1) == ["key_set", "deposited"]

    run(scenario)


def test_an_expired_key_loses_its_session_by_the_clock(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path / "journal"))) as gateway:
            async with connect(gateway, "operator") as operator:
                await operator.admin(terms(expires_at=time.time_ns() + 300_000_000))
            client = await RawClient.connect(gateway.port)
            client.send(signed_logon("new", FOREVER, client.challenge, cancel_on_disconnect=False))
            assert isinstance(await client.message(), schemas.LoggedOn)
            async with asyncio.timeout(5):
                assert await client.closed() == (CloseCode.KEY_ENDED, "key_expired")
                await client.close()
            assert await refused(gateway, "new", FOREVER) == "key_expired"

    run(scenario)


def test_no_secret_is_in_any_file_of_the_venue(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Journal, snapshot, audit trail: but for the configuration, which is not written here."""
    config = msgspec.structs.replace(
        venue_config(str(tmp_path / "journal")), audit=AuditConfig(directory=str(tmp_path / "audit"))
    )
    errors: list[str] = []

    async def scenario() -> None:
        async with serving(config) as gateway, connect(gateway, "operator") as operator:
            await operator.admin(terms("bot", public_key="", secret=SECRET.hex()))
            both = terms("bad", secret=SECRET.hex())
            for wrong in (both, terms("bad", account=77, public_key="", secret=SECRET.hex())):
                with pytest.raises(ClientError) as caught:
                    await operator.admin(wrong)
                errors.append(str(caught.value))
            await operator.admin(schemas.AdminSnapshot())

    run(scenario)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} >= {"journal", "audit"}
    said = [(path.name, path.read_bytes()) for path in files] + [("errors", "".join(errors).encode())]
    said.append(("log", caplog.text.encode()))
    for secret in (SECRET, *SECRETS.values()):
        for spelling in (secret, secret.hex().encode()):
            assert [name for name, text in said if spelling in text] == []
    assert any(b"not told" in text for _, text in said), "the trail says that there was one"


def test_a_venue_whose_journal_has_no_keys_takes_over_those_of_its_file(tmp_path: Path) -> None:
    config = venue_config(str(tmp_path / "journal"))
    hub = open_hub(msgspec.structs.replace(config, keys=[]))
    hub.submit(-1, 0, pack_deposit(1, 0, 5), 1)
    hub.close()
    hub = open_hub(config)
    try:
        assert [row[0] for row in list(hub.keys())] == [1, 2, 1, 0]
        sequence = hub.sequence
    finally:
        hub.close()
    fewer: VenueConfig = msgspec.structs.replace(config, keys=config.keys[:1])
    hub = open_hub(fewer)
    try:
        assert (len(hub.keys()), hub.sequence) == (4, sequence), "a file changes nothing any more"
    finally:
        hub.close()


def test_where_the_sealing_key_lies(tmp_path: Path) -> None:
    config = venue_config(str(tmp_path / "data" / "journal"))
    assert sealing_key(config) == tmp_path / "data" / "sealing.key"
    off = msgspec.structs.replace(config, journal=msgspec.structs.replace(config.journal, durability="off"))
    assert sealing_key(off) is None
    open_hub(off).close()
    assert not os.listdir(tmp_path)
