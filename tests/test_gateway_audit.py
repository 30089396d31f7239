"""The audit trail: what is entered, what is kept, and that operators hear of each entry once."""

import asyncio
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gateway import audit, schemas
from gateway.audit import AuditError, Trail
from gateway.session import Session, Shared
from pyengine import config as configuration
from pyengine.errors import JournalFailedError
from pyengine.events import MoneyRepeated, Rejected, WithdrawalRequested
from pyengine.records import RejectCode
from tests.gateway_support import (
    CHALLENGE,
    SECRETS,
    FakeHub,
    FakeLink,
    keys_of,
    logon,
    message_frame,
    server_frames,
    until,
    venue_config,
)
from tests.test_gateway_end_to_end import connect, cut, fund, hold_off, run, serving

NOW = 1_767_225_600_000_000_000
SECOND = 1_000_000_000


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ends every trail of a test."""
    trails: list[Trail] = []
    begin = Trail.__init__

    def noted(trail: Trail, directory: Path | None) -> None:
        trails.append(trail)
        begin(trail, directory)

    monkeypatch.setattr(Trail, "__init__", noted)
    yield
    for trail in trails:
        trail.close()


def sequences(entries: list[schemas.Audit]) -> list[int]:
    return [entry.audit_seq for entry in entries]


def all_of(trail: Trail, limit: int = 100) -> list[schemas.Audit]:
    entries: list[schemas.Audit] = []
    more = True
    while more:
        page, more = trail.page(entries[-1].audit_seq if entries else 0, limit)
        entries += page
    return entries


def written(directory: Path) -> list[dict[str, Any]]:
    lines = [line for path in sorted(directory.iterdir()) for line in path.read_text().splitlines()]
    return [json.loads(line) for line in lines]


def filled(directory: Path, count: int) -> Trail:
    trail = Trail(directory)
    for number in range(1, count + 1):
        trail.note("act", NOW + number, seq=number, key="operator", request={"op": "admin_halt"})
    trail.write(count)
    return trail


# the trail


def test_entries_are_counted_and_written_once(tmp_path: Path) -> None:
    trail = filled(tmp_path, 3)
    trail.write(3)
    lines = written(tmp_path)
    assert [(line["op"], line["audit_seq"], line["seq"], line["key"]) for line in lines] == [
        ("audit", number, number, "operator") for number in (1, 2, 3)
    ]
    assert sequences(all_of(trail)) == [1, 2, 3]
    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == [0o600]


def test_nothing_is_written_before_its_command_is_durable(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    trail.note("act", NOW, seq=7)
    trail.note("logon", NOW)
    trail.note("act", NOW, seq=8)
    trail.write(6)
    assert written(tmp_path) == []
    trail.write(7)
    assert [line["audit_seq"] for line in written(tmp_path)] == [1, 2], "in their order, and no further than durable"
    trail.write(8)
    assert [line["audit_seq"] for line in written(tmp_path)] == [1, 2, 3]


def test_a_trail_goes_on_where_it_ended(tmp_path: Path) -> None:
    filled(tmp_path, 5).close()
    trail = Trail(tmp_path)
    assert trail.last == 5
    trail.note("started", NOW, seq=5)
    trail.write(5)
    assert sequences(all_of(trail)) == [1, 2, 3, 4, 5, 6]
    assert [line["audit_seq"] for line in written(tmp_path)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("torn", [b'{"op":"audit","audit_seq":6', b"\x00" * 9_000, b"x"])
def test_an_unfinished_line_is_cut(tmp_path: Path, torn: bytes) -> None:
    filled(tmp_path, 5).close()
    (path,) = tmp_path.iterdir()
    with path.open("ab") as file:
        file.write(torn)
    trail = Trail(tmp_path)
    assert trail.last == 5
    trail.note("act", NOW, seq=6)
    trail.write(6)
    assert [line["audit_seq"] for line in written(tmp_path)] == [1, 2, 3, 4, 5, 6]


def test_a_file_with_nothing_but_an_unfinished_line(tmp_path: Path) -> None:
    (tmp_path / "audit-000000000041.jsonl").write_bytes(b'{"op":')
    trail = Trail(tmp_path)
    assert trail.last == 40
    trail.note("act", NOW, seq=1)
    trail.write(1)
    assert [line["audit_seq"] for line in written(tmp_path)] == [41]


@pytest.mark.parametrize("limit", [1, 7, 100])
@pytest.mark.parametrize("kept", [0, 10, 1_000])
def test_every_page_from_every_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int, limit: int) -> None:
    """Out of memory, out of files, and where one follows the other; in files of a few lines each."""
    monkeypatch.setattr(audit, "KEPT", kept)
    monkeypatch.setattr(audit, "FILE_BYTES", 500)
    trail = filled(tmp_path, 60)
    assert len(list(tmp_path.iterdir())) > 10
    for after in range(62):
        entries, more = trail.page(after, limit)
        assert sequences(entries) == list(range(after + 1, min(60, after + limit) + 1))
        assert more == (after + limit < 60)


def test_lines_of_any_length_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "KEPT", 0)
    monkeypatch.setattr(audit, "READ_BYTES", 64)
    trail = Trail(tmp_path)
    for number in range(1, 80):
        trail.note("act", NOW, seq=number, request={"op": "x" * (number * 37 % 300)})
    trail.write(80)
    for after in range(80):
        entries, _ = trail.page(after, 1)
        assert sequences(entries) == ([after + 1] if after < 79 else [])


def test_in_memory_it_knows_its_last_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "KEPT", 4)
    trail = Trail(None)
    for number in range(1, 11):
        trail.note("act", NOW, seq=number)
    trail.write(10)
    assert sequences(all_of(trail)) == [7, 8, 9, 10]


def test_what_anybody_can_cause_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "ENTRIES_BURST", 5)
    monkeypatch.setattr(audit, "ENTRIES_PER_SECOND", 2)
    trail = Trail(None)
    for _ in range(20):
        trail.note("logon_refused", NOW, reason="logon_failed")
    assert trail.last == 5
    for number in range(8):
        trail.note("act", NOW, seq=number + 1)
    assert trail.last == 13, "an operator's acts are always entered"
    assert [entry.passed_over for entry in all_of(trail)[5:]] == [15] + [0] * 7
    trail.note("act", NOW, seq=9, reason="insufficient_funds")
    assert trail.last == 13
    trail.note("logon", NOW + SECOND)
    trail.note("logon", NOW + SECOND)
    trail.note("logon", NOW + SECOND)
    assert trail.last == 15
    trail.note("logon", NOW - 10 * SECOND)
    assert trail.last == 15, "a clock that goes back gives nothing"


@pytest.mark.parametrize("line", [b"nonsense\n", b'{"op":"audit","audit_seq":"six"}\n', b"\xff\n"])
def test_a_file_that_is_no_trail_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "audit-000000000001.jsonl"
    path.write_bytes(line)
    with pytest.raises(AuditError, match=r"audit-000000000001\.jsonl: a line that is no entry"):
        Trail(tmp_path)


def test_a_file_of_another_name_is_named(tmp_path: Path) -> None:
    (tmp_path / "audit-old.jsonl").touch()
    with pytest.raises(AuditError, match=r"audit-old\.jsonl: no file of an audit trail has this name"):
        Trail(tmp_path)


def test_a_directory_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AuditError, match=str(tmp_path / "file")):
        Trail(tmp_path / "file" / "audit")


# what sessions enter


class Entered:
    """A shared trail, and sessions of it."""

    def __init__(self) -> None:
        self.hub = FakeHub()
        config = venue_config("unused")
        self.trail = Trail(None)
        self.shared = Shared(self.hub, keys_of(self.hub, config), config.limits, self.trail)
        self.sessions: list[Session] = []

    def session(self, name: str) -> Session:
        session = Session(self.shared, CHALLENGE, FakeLink())
        self.sessions.append(session)
        session.receive(message_frame(logon(name)), NOW)
        return session

    def last(self) -> schemas.Audit:
        return all_of(self.trail)[-1]


def test_a_logon_and_its_end_are_entered() -> None:
    entered = Entered()
    session = entered.session("maker")
    who: dict[str, Any] = {
        "key": "maker",
        "account": 1,
        "address": "192.0.2.7",
        "session": session.id,
        "timestamp_ns": NOW,
    }
    assert entered.last() == schemas.Audit(audit_seq=1, kind="logon", **who)
    session.close(4003, "idle")
    session.ended(NOW)
    assert entered.last() == schemas.Audit(audit_seq=2, kind="disconnected", reason="idle", **who)
    session = entered.session("viewer")
    session.ended(NOW)
    assert entered.last().reason == "lost"


def test_a_refused_logon_is_entered_without_its_signature() -> None:
    entered = Entered()
    session = Session(entered.shared, CHALLENGE, FakeLink())
    forged = msgspec.structs.replace(logon("operator"), signature="ab" * 32)
    session.receive(message_frame(forged), NOW)
    assert entered.last() == schemas.Audit(
        audit_seq=1,
        timestamp_ns=NOW,
        kind="logon_refused",
        key="operator",
        address="192.0.2.7",
        session=session.id,
        reason="logon_failed",
    )
    assert b"abab" not in schemas.json_encoder.encode(entered.last())
    session.ended(NOW)
    assert entered.trail.last == 1, "a session that never was does not end"


@pytest.mark.parametrize(
    ("request_", "outcome", "fields"),
    [
        (
            schemas.AdminHalt(ref=4, instrument="AAPL-USDC", cause="regulator"),
            None,
            {"seq": 1, "request": {"op": "admin_halt", "instrument": "AAPL-USDC", "cause": "regulator"}},
        ),
        (
            schemas.AdminTransfer(ref=4, account=1, to_account=2, asset="AAPL", amount=5),
            Rejected(reason=RejectCode.INSUFFICIENT_FUNDS),
            {
                "seq": 1,
                "reason": "insufficient_funds",
                "request": {"op": "admin_transfer", "account": 1, "to_account": 2, "asset": "AAPL", "amount": 5},
            },
        ),
        (
            schemas.AdminHalt(instrument="MSFT-USDC"),
            None,
            {"reason": "unknown_instrument", "request": {"op": "admin_halt", "instrument": "MSFT-USDC"}},
        ),
        (schemas.AdminSnapshot(ref=4), None, {"reason": "unavailable", "request": {"op": "admin_snapshot"}}),
        (
            schemas.AdminDisconnect(ref=4, session=9),
            None,
            {"reason": "unknown_session", "request": {"op": "admin_disconnect", "session": 9}},
        ),
    ],
)
def test_acts_are_entered(request_: schemas.Request, outcome: Any, fields: dict[str, Any]) -> None:
    entered = Entered()
    operator = entered.session("operator")
    if outcome is not None:
        entered.hub.outcome = outcome
    operator.receive(message_frame(request_), NOW)
    assert entered.last() == schemas.Audit(
        audit_seq=2,
        timestamp_ns=NOW,
        kind="act",
        key="operator",
        account=0,
        address="192.0.2.7",
        session=operator.id,
        **fields,
    )


def test_withdrawals_are_entered_and_other_requests_are_not() -> None:
    entered = Entered()
    maker, operator = entered.session("maker"), entered.session("operator")
    entered.hub.outcome = WithdrawalRequested(account=1, withdrawal_id=12)
    maker.receive(message_frame(schemas.Withdraw(ref=1, asset="AAPL", amount=5)), NOW)
    entry = entered.last()
    assert (entry.kind, entry.key, entry.withdrawal_id, entry.seq) == ("withdrawal", "maker", 12, 1)
    entered.hub.outcome = MoneyRepeated(account=1, withdrawal_id=12, original_sequence=1)
    maker.receive(message_frame(schemas.Withdraw(ref=1, asset="AAPL", amount=5, reference="r")), NOW)
    entry = entered.last()
    assert (entry.kind, entry.withdrawal_id, entry.seq, entry.original_sequence) == ("withdrawal", 12, 2, 1)
    before = entered.trail.last
    maker.receive(message_frame(schemas.CancelAfter(timeout_ns=5)), NOW)
    maker.receive(message_frame(schemas.GetBalances()), NOW)
    operator.receive(message_frame(schemas.AdminStatus()), NOW)
    operator.receive(message_frame(schemas.AdminGetAudit()), NOW)
    assert entered.trail.last == before
    maker.receive(message_frame(schemas.AdminHalt(instrument="AAPL-USDC")), NOW)
    entry = entered.last()
    assert (entry.kind, entry.key, entry.reason, entry.seq) == ("act", "maker", "forbidden", 0)


def test_who_watches_is_told_of_what_follows() -> None:
    entered = Entered()
    operator, other = entered.session("operator"), entered.session("operator")
    told: Callable[[Session], list[schemas.AnyReply]] = lambda session: [  # noqa: E731
        schemas.decode_reply(payload, text=False)
        for id_, output in entered.hub.poll()
        if id_ == session.id
        for _, payload in server_frames(session.frames(output))
    ]
    entered.hub.poll()
    operator.receive(message_frame(schemas.AdminWatch(ref=1)), NOW)
    other.receive(message_frame(schemas.AdminHalt(ref=2, instrument="AAPL-USDC")), NOW)
    messages = told(operator)
    assert messages[0] == schemas.Ok(ref=1)
    assert [entry.kind for entry in messages[1:] if isinstance(entry, schemas.Audit)] == ["act"]
    operator.receive(message_frame(schemas.AdminWatch(ref=3, watch=False)), NOW)
    other.receive(message_frame(schemas.AdminHalt(ref=4, instrument="AAPL-USDC")), NOW)
    assert told(operator) == [schemas.Ok(ref=3)]
    operator.receive(message_frame(schemas.AdminWatch()), NOW)
    operator.ended(NOW)
    other.receive(message_frame(schemas.AdminHalt(instrument="AAPL-USDC")), NOW)


def test_a_page_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "KEPT", 0)
    entered = Entered()
    entered.shared.trail = filled(tmp_path, 3)
    operator = entered.session("operator")
    entered.hub.poll()
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"nonsense\n" * 3)
    operator.receive(message_frame(schemas.AdminGetAudit(ref=9)), NOW)
    ((_, output),) = entered.hub.poll()
    ((_, payload),) = server_frames(operator.frames(output))
    error = schemas.decode_reply(payload, text=False)
    assert isinstance(error, schemas.Error)
    assert (error.ref, error.code) == (9, "unavailable")
    assert "a line that is no entry" in error.message


# a venue


def audited(directory: Path) -> configuration.VenueConfig:
    config = venue_config(str(directory / "journal"))
    return msgspec.structs.replace(config, audit=configuration.AuditConfig(directory=str(directory / "audit")))


def test_an_operator_hears_everything_once_over_lost_connections_and_restarts(tmp_path: Path) -> None:
    heard: list[schemas.Audit] = []

    async def first_day() -> None:
        async with serving(audited(tmp_path)) as gateway, connect(gateway, "operator") as operator:

            async def listen() -> None:
                async for entry in operator.audit(follow=True):
                    heard.append(entry)  # noqa: PERF401 - the others are waited for meanwhile

            listening = asyncio.create_task(listen())
            await fund(gateway)
            async with connect(gateway, "maker") as maker:
                await maker.withdraw("USDC", 1_000)
                await until(lambda: any(entry.kind == "withdrawal" for entry in heard))
                gate = hold_off(operator)
                cut(operator)
                await maker.withdraw("USDC", 2_000)
                gate.set()
                await until(lambda: sum(entry.kind == "withdrawal" for entry in heard) == 2)
            listening.cancel()

    async def second_day() -> None:
        async with serving(audited(tmp_path)) as gateway, connect(gateway, "operator") as operator:
            heard.extend([entry async for entry in operator.audit(heard[-1].audit_seq)])

    run(first_day)
    run(second_day)
    assert sequences(heard) == list(range(1, len(heard) + 1)), "without a gap, and each once"
    kinds = [entry.kind for entry in heard]
    assert kinds[0] == "started"
    assert kinds.count("started") == 2
    assert kinds.count("stopped") == 1
    assert [entry.withdrawal_id for entry in heard if entry.kind == "withdrawal"] == [1, 2]
    deposits = [entry for entry in heard if entry.request.get("op") == "admin_deposit"]
    assert [(entry.key, entry.address, entry.request["account"]) for entry in deposits] == [
        ("operator", "127.0.0.1", account) for account in (1, 1, 2, 2)
    ]
    lines = written(tmp_path / "audit")
    assert [line["audit_seq"] for line in lines[: len(heard)]] == sequences(heard)
    text = json.dumps(lines)
    assert all(secret.hex() not in text and secret.decode() not in text for secret in SECRETS.values())


def test_a_trail_that_cannot_be_written_stops_the_venue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with serving(audited(tmp_path)) as gateway, connect(gateway, "operator", reconnect=False) as operator:

            def broken(entry: schemas.Audit) -> Any:
                raise OSError(28, "No space left on device")

            monkeypatch.setattr(gateway.trail, "_file_for", broken)
            await operator.admin(schemas.AdminHalt(instrument="AAPL-USDC"))
            assert gateway.failed is not None
            with pytest.raises(AuditError, match="audit: No space left on device"):
                await asyncio.wait_for(asyncio.shield(gateway.failed), 5)
            assert not gateway.healthy

    run(scenario)
    assert not issubclass(AuditError, JournalFailedError)
