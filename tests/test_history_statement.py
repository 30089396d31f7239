"""Statements and exports: exact sums, the journal's own balances, and files that read back as they were written."""

import csv
import json
import sqlite3
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from pyengine import AssetClass, DurableEngine, Side
from pyengine.cli import main
from pyengine.commands import pack_place
from pyengine.errors import HistoryError
from pyengine.history.export import fills_table, ledger_table, orders_table, statement_table
from pyengine.history.statement import Statement, moment
from pyengine.history.store import reading
from pyengine.history.table import Amount, shown
from tests.history_support import Written, follow_all, write_flow

DAY_NS: Final = 86_400 * 10**9
START_NS: Final = 20_454 * DAY_NS
"""2026-01-01, UTC."""
SEGMENT_BYTES: Final = 4_096
HOUR_NS: Final = 3_600 * 10**9


def run(*arguments: str | Path | int) -> Result:
    result = CliRunner().invoke(main, [*map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


class Market:
    """A gold market whose every amount can be followed by hand: lots of 0.01 XAU, ticks of 1 USD for 1 XAU."""

    def __init__(self, tmp_path: Path) -> None:
        self.journal, self.store = tmp_path / "journal", tmp_path / "history.db"
        with DurableEngine(self.journal, segment_bytes=SEGMENT_BYTES) as engine:
            at = START_NS
            engine.create_asset(0, "USD", AssetClass.STABLECOIN, 2, timestamp_ns=at)
            engine.create_asset(1, "XAU", AssetClass.GOLD, 3)
            engine.create_instrument(0, "XAU-USD", 1, 0, lot_size=10, tick_lot_value=1, max_price=1_000_000)
            engine.set_fee_schedule(0, -100, 1_000)  # a rebate of 1 and a fee of 10 basis points
            for account in (1, 2, 3):
                engine.create_account(account)
            engine.deposit(1, 0, 1_000_000, timestamp_ns=at + HOUR_NS)
            engine.deposit(2, 1, 5_000)
            at = START_NS + DAY_NS
            engine.place(2, 0, Side.SELL, 4_000, 100, timestamp_ns=at)
            bought = bytearray(pack_place(1, 0, Side.BUY, 4_000, 50, client_order_id="b-1", timestamp_ns=at + HOUR_NS))
            bought[8:12] = (7).to_bytes(4, "little")  # by an API key
            engine.apply(bytes(bought))
            withdrawal = engine.request_withdrawal(1, 0, 10_000)[0].withdrawal_id
            cancelled = engine.request_withdrawal(1, 0, 5)[0].withdrawal_id
            at += DAY_NS
            engine.settle_withdrawal(1, withdrawal, timestamp_ns=at)
            engine.cancel_withdrawal(1, cancelled)
            engine.transfer(1, 2, 1, 250)
            self.last = engine.sequence
        follow_all(self.journal, self.store)

    def lines(self, account: int, *options: str) -> list[tuple[str, ...]]:
        """Of the statement as CSV: asset, kind, amount, balance."""
        result = run("statement", account, "--store", self.store, "--format", "csv", *options)
        assert result.exit_code == 0, result.stderr
        return [
            (it["asset"], it["kind"], it["amount"], it["balance"]) for it in csv.DictReader(result.stdout.splitlines())
        ]


@pytest.fixture
def market(tmp_path: Path) -> Market:
    return Market(tmp_path)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_flow(tmp_path_factory.mktemp("flow") / "journal", 4, 60)


@pytest.fixture(scope="module")
def store(written: Written, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "history.db"
    follow_all(written.directory, path)
    return path


# statements

USD_1: Final = [
    ("USD", "opening", "", "0"),
    ("USD", "deposited", "10000", "10000"),
    ("USD", "fee", "-2", "9998"),
    ("USD", "payment", "-2000", "7998"),
    ("USD", "withdrawal_settled", "-100", "7898"),
    ("USD", "closing", "", "7898"),
]
XAU_1: Final = [
    ("XAU", "opening", "", "0"),
    ("XAU", "delivery", "0.5", "0.5"),
    ("XAU", "transfer_out", "-0.25", "0.25"),
    ("XAU", "closing", "", "0.25"),
]


def test_a_statement_by_hand(market: Market) -> None:
    assert market.lines(1) == USD_1 + XAU_1
    assert market.lines(1, "--asset", "XAU") == XAU_1
    assert market.lines(2) == [
        ("USD", "opening", "", "0"),
        ("USD", "fee", "0.2", "0.2"),
        ("USD", "payment", "2000", "2000.2"),
        ("USD", "closing", "", "2000.2"),
        ("XAU", "opening", "", "0"),
        ("XAU", "deposited", "5", "5"),
        ("XAU", "delivery", "-0.5", "4.5"),
        ("XAU", "transfer_in", "0.25", "4.75"),
        ("XAU", "closing", "", "4.75"),
    ]
    assert market.lines(0) == [
        ("USD", "opening", "", "0"),
        ("USD", "fee_income", "-0.2", "-0.2"),
        ("USD", "fee_income", "2", "1.8"),
        ("USD", "closing", "", "1.8"),
    ]
    assert market.lines(3) == []


@pytest.mark.parametrize(
    ("options", "first", "last"),
    [
        (("--from", "2026-01-02"), 2, 4),
        (("--to", "2026-01-01"), 1, 1),
        (("--from", "2026-01-02", "--to", "2026-01-02"), 2, 3),
        (("--from", "2026-01-02T01:00:00Z", "--to", "2026-01-02T01:00:00Z"), 2, 3),
        (("--from", "2026-01-02T01:00:00.000000001Z"), 4, 4),
        (("--to", "2026-01-02T02:00:00+01:00"), 1, 3),
        (("--to", "2026-01-02T00:59:59.999999999Z"), 1, 1),
        (("--from", "2030-01-01"), 5, 4),
    ],
)
def test_a_period_includes_both_its_ends(market: Market, options: tuple[str, ...], first: int, last: int) -> None:
    """Of the movements of USD from `first` to `last`, with the balances before and after them."""
    shown_ = market.lines(1, "--asset", "USD", *options)
    before, after = USD_1[first - 1][3] if first < 5 else USD_1[4][3], USD_1[last][3]
    assert shown_ == [("USD", "opening", "", before), *USD_1[first : last + 1], ("USD", "closing", "", after)]


def test_the_lines_say_where_they_come_from(market: Market) -> None:
    result = run("statement", 1, "--store", market.store, "--format", "json")
    lines = json.loads(result.stdout)["rows"]
    by_kind = {(line["asset"], line["kind"]): line for line in lines}
    assert by_kind["USD", "withdrawal_settled"]["withdrawal_id"] == 1
    assert by_kind["XAU", "transfer_out"]["counterparty"] == 2
    payment = by_kind["USD", "payment"]
    assert (payment["settlement_id"], payment["instrument"], payment["key"]) == (1, "XAU-USD", 7)
    assert by_kind["USD", "deposited"]["key"] is None
    assert (payment["time"], payment["amount"]) == ("2026-01-02T01:00:00.000000000Z", "-2000")
    closing = by_kind["USD", "closing"]
    assert (closing["sequence"], closing["time"]) == (market.last, "2026-01-03T00:00:00.000000000Z")


def test_every_statement_adds_up_and_is_the_journals(written: Written, store: Path) -> None:
    """At the end, and at times in between, of every account and asset."""
    with reading(store) as found:
        sequence = written.last
        ends: list[tuple[int | None, int]] = [(None, sequence)]
        for at, time_ns in written.times.items():
            (more,) = next(
                found.select("SELECT count(*) FROM ledger WHERE timestamp_ns = ? AND sequence > ?", time_ns, at)
            )
            if not more:
                ends.append((time_ns, at))
        assert len(ends) > 3
        checked = Counter[str]()
        for to_ns, at in ends:
            for account in range(found.position.accounts):
                lines = list(Statement(found, account, None, to_ns).lines())
                checked.update(line.kind for line in lines)
                closing = {line.asset: line.balance for line in lines if line.kind == "closing" and line.balance}
                symbols = [symbol for symbol, _ in found.assets]
                rows = written.balances[at].items()
                assert closing == {symbols[asset]: amount for (whose, asset), amount in rows if whose == account}
        kinds = {"deposited", "withdrawal_settled", "transfer_in", "transfer_out", "delivery", "payment", "fee"}
        assert kinds | {"fee_income"} <= checked.keys()
        for account in range(0, found.position.accounts, 3):
            assert Statement(found, account, None, None).check(written.directory) == (sequence, [])


def test_a_wrong_store_is_found_out(market: Market) -> None:
    right = run("statement", 1, "--store", market.store, "--check", market.journal)
    assert (right.exit_code, right.stderr) == (
        0,
        f"The journal leads to the same balances at sequence {market.last}.\n",
    )
    in_between = run("statement", 1, "--store", market.store, "--to", "2026-01-01", "--check", market.journal)
    assert (in_between.exit_code, in_between.stderr) == (0, "The journal leads to the same balances at sequence 9.\n")
    connection = sqlite3.connect(market.store)
    connection.execute("UPDATE fills SET cash = cash - 1 WHERE side = 'buy'")
    connection.commit()
    connection.close()
    wrong = run("statement", 1, "--store", market.store, "--check", market.journal)
    assert wrong.exit_code == 1
    assert f"sequence {market.last}: USD of account 1: 789801, but the journal leads to 789800" in wrong.stderr


def test_movements_that_do_not_lead_to_the_closing_balance(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading(market.store) as found:
        statement = Statement(found, 1, None, None)
        monkeypatch.setattr(Statement, "closing", lambda _self, _asset: 5)
        with pytest.raises(HistoryError, match="USD of account 1: the movements lead to 789800, not to 5"):
            list(statement.lines())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("7",), "account 7: unknown, there are 4 at sequence 16, where the history ends"),
        (("1", "--asset", "EUR"), "asset EUR: unknown, there are USD, XAU at sequence 16"),
        (("1", "--from", "yesterday"), "--from yesterday: neither a date like 2026-01-02 nor a time like"),
        (("1", "--from", "2026-13-01"), "--from 2026-13-01: month must be in 1..12"),
        (("1", "--to", "2026-01-02T00:00:00"), "--to 2026-01-02T00:00:00: a time without an offset"),
        (("1", "--to", "1969-12-31"), "--to 1969-12-31: before 1970"),
        (("1", "--from", "2026-01-03", "--to", "2026-01-02"), "--from 2026-01-03 is after --to 2026-01-02"),
        (("1", "--format", "parquet"), "--format parquet: needs --out FILE"),
        (("1", "--out", "x"), "--out x: needs --format csv, parquet or json"),
        (("1", "--config", "x.toml"), "give either --store FILE or --config FILE"),
        (("1", "--check", "nowhere"), "nowhere: no such directory"),
    ],
)
def test_a_statement_that_can_not_be_had(market: Market, options: tuple[str, ...], said: str) -> None:
    refused = run("statement", *options, "--store", market.store)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    config = tmp_path / "venue.toml"
    config.write_text('[journal]\ndirectory = "journal"\n', encoding="utf-8")
    for options, said in (
        (("--store", tmp_path / "none.db"), "no such store; `pyengine follow` makes it of a journal"),
        (("--config", config), "keeps no history: it has no [history]"),
        (("--config", tmp_path / "other.toml"), "No such file"),
        ((), "give either --store FILE or --config FILE"),
    ):
        refused = run("statement", 1, *options)
        assert refused.exit_code == 2
        assert said in refused.stderr
    config.write_text('[journal]\ndirectory = "journal"\n[history]\n', encoding="utf-8")
    assert str(tmp_path / "history.db") in run("statement", 1, "--config", config).stderr


def test_a_history_that_begins_at_a_snapshot(market: Market, tmp_path: Path) -> None:
    """What was before is the opening balance, and nothing is said of it."""
    with DurableEngine(market.journal, segment_bytes=SEGMENT_BYTES) as engine:
        engine.snapshot()
        for _ in range(10):
            engine.deposit(1, 0, 7, timestamp_ns=START_NS + 5 * DAY_NS)
    segments = sorted(market.journal.glob("journal-*.log"))
    first = [int(each.stem.removeprefix("journal-")) for each in segments]
    for path, following in zip(segments, first[1:], strict=False):
        if following <= market.last + 1:
            path.unlink()
    store = tmp_path / "late.db"
    follow_all(market.journal, store)
    market.store = store
    lines = market.lines(1, "--asset", "USD")
    assert lines[:2] == [("USD", "opening", "", "7898"), ("USD", "deposited", "0.07", "7898.07")]
    assert lines[-1] == ("USD", "closing", "", "7898.7")
    assert market.lines(2, "--asset", "XAU") == [("XAU", "opening", "", "4.75"), ("XAU", "closing", "", "4.75")]
    for option in ("--from", "--to"):
        refused = run("statement", 1, "--store", store, option, "2026-01-02")
        assert refused.exit_code == 2
        begins = f"the history begins behind sequence {market.last}, at 2026-01-03T00:00:00.000000000Z"
        assert begins in refused.stderr


@pytest.mark.parametrize(
    ("text", "is_end", "expected"),
    [
        ("2026-01-01", False, START_NS),
        ("2026-01-01", True, START_NS + DAY_NS - 1),
        ("1970-01-01", False, 0),
        ("2026-01-01T00:00:00Z", True, START_NS),
        ("2026-01-01T02:00:00.5+02:00", False, START_NS + 5 * 10**8),
    ],
)
def test_moments(text: str, is_end: bool, expected: int) -> None:
    assert moment("--from", text, is_end=is_end) == expected


# exports


def read_back(path: Path) -> list[dict[str, Any]]:
    """Every cell as text, empty where there is none."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    table = pq.read_table(path)
    columns = {}
    for name in table.column_names:
        column = table[name]
        if str(column.type).startswith("timestamp"):
            column = column.cast("int64")
        columns[name] = column.to_pylist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def plain(value: Any) -> str:
    """An exact number as it is written here."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize("what", ["fills", "ledger", "orders", "statement"])
def test_files_read_back_as_they_were(what: str, written: Written, store: Path, tmp_path: Path) -> None:
    with reading(store) as found:
        table = {
            "fills": lambda: fills_table(found),
            "ledger": lambda: ledger_table(found),
            "orders": lambda: orders_table(written.directory),
            "statement": lambda: statement_table(Statement(found, 2, None, None), found),
        }[what]()
        columns, rows = table.columns, list(table.rows)
    assert len(rows) > 30
    for suffix in (".csv", ".parquet"):
        out = tmp_path / f"{what}{suffix}"
        if what == "statement":
            done = run("statement", 2, "--store", store, "--format", suffix[1:], "--out", out)
        elif what == "orders":
            done = run("export", "orders", written.directory, "--out", out)
        else:
            done = run("export", what, "--store", store, "--out", out)
        assert (done.exit_code, done.stdout) == (0, f"{out}: {len(rows):,} rows.\n"), done.stderr
        found_rows = read_back(out)
        assert len(found_rows) == len(rows)
        for row, read in zip(rows, found_rows, strict=True):
            assert list(read) == list(columns)
            for (name, kind), value in zip(columns.items(), row, strict=True):
                expected = (
                    str(value) if suffix == ".parquet" and not isinstance(value, type(None)) else shown(kind, value)
                )
                assert plain(read[name]) == expected, f"{name} of {row}"
    assert list(tmp_path.iterdir()) != []
    assert not list(tmp_path.glob("*.unfinished"))


def test_the_ledger_is_every_balance(written: Written, store: Path) -> None:
    with reading(store) as found:
        decimals = dict(found.assets)
        sums: Counter[tuple[int, str]] = Counter()
        for _, _, account, asset, _, amount, *_ in ledger_table(found).rows:
            assert amount.decimals == decimals[asset]
            sums[account, asset] += amount.units
        symbols = [symbol for symbol, _ in found.assets]
    expected = {
        (account, symbols[asset]): amount for (account, asset), amount in written.balances[written.last].items()
    }
    assert {key: amount for key, amount in sums.items() if amount} == expected


def test_every_row_names_the_key_that_caused_it(market: Market) -> None:
    """Account 1 bought by key 7, which is what made both sides trade; all else the venue has done itself."""
    with reading(market.store) as found:
        tables = {"fills": fills_table(found), "ledger": ledger_table(found), "orders": orders_table(market.journal)}
        rows = {
            name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for name, table in tables.items()
        }
    assert [(row["account"], row["key"]) for row in rows["fills"]] == [(1, 7), (2, 7)]
    assert [(row["client_order_id"], row["key"]) for row in rows["orders"]] == [("b-1", 7), ("", None)]
    assert {(row["settlement_id"], row["key"]) for row in rows["ledger"]} == {(1, 7), (None, None)}


@pytest.mark.parametrize("seed", [4, 5, 8])
def test_orders_end_as_the_engine_says(seed: int, tmp_path: Path) -> None:
    """Those that are open are the engine's own, lots included; of the others what filled is what was settled."""
    written, path = write_flow(tmp_path / "journal", seed, 40), tmp_path / "history.db"
    follow_all(written.directory, path)
    names = list(orders_table(written.directory).columns)
    rows = [dict(zip(names, row, strict=True)) for row in orders_table(written.directory).rows]
    open_orders = {
        it["order_id"]: (it["account"], it["quantity_lots"], it["filled_lots"]) for it in rows if it["status"] == "open"
    }
    assert open_orders == written.open_orders
    settled: Counter[int] = Counter()
    cash: Counter[int] = Counter()
    with reading(path) as found:
        for _, _, _, _, order_id, _, _, _, _, _, lots, _, paid, fee, _ in fills_table(found).rows:
            settled[order_id] += lots
            cash[order_id] += paid.units + fee.units
    assert len({it["order_id"] for it in rows}) == len(rows)
    for it in rows:
        assert it["filled_lots"] == settled[it["order_id"]]
        assert it["cash"].units + it["fee"].units == cash[it["order_id"]]
        assert (it["ended_sequence"] is None) == (it["status"] == "open")
        if it["status"] == "filled":
            assert it["filled_lots"] == it["quantity_lots"] or it["fills"]
    assert {it["status"] for it in rows} == {"open", "filled", "cancelled"}
    assert len({it["reason"] for it in rows}) > 8


@pytest.mark.parametrize("command", ["fills", "ledger"])
def test_an_export_that_can_not_be_had(command: str, store: Path, tmp_path: Path) -> None:
    for out, said in (
        (tmp_path / "x.xlsx", "x.xlsx: not a name that ends in .csv or .parquet"),
        (tmp_path / "none" / "x.csv", "No such file or directory"),
    ):
        refused = run("export", command, "--store", store, "--out", out)
        assert refused.exit_code == 2
        assert said in refused.stderr
        assert not out.exists()


def test_without_the_extra_parquet_says_so(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    refused = run("export", "fills", "--store", store, "--out", tmp_path / "x.parquet")
    assert refused.exit_code == 2
    assert "A Parquet file needs the package pyarrow: pip install 'pyengine[research]'" in refused.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("units", "decimals", "text"),
    [(1_234_567, 2, "12345.67"), (-5, 3, "-0.005"), (10**18, 18, "1"), (1_000_000, 0, "1000000"), (0, 6, "0")],
)
def test_amounts(units: int, decimals: int, text: str) -> None:
    assert str(Amount(units, decimals)) == text
