"""Scenarios that read as tables: one command a row, the expected events behind the bar.

    alice sell 5@100 #a   | ACCEPTED alice #a 5@100
    bob buy 3@101 ioc     | ACCEPTED bob; FILL bob taker 3@100 leaves=0 cash=30000;
                          | FILL alice maker #a leaves=2
    bob has               | USDC 9970000+0 AAPL 10030+0
    AAPL book             | / 2@100

Left: who does what; `#a` names the order (or withdrawal) that the row creates, later the one it is about. Right: all
events in their order, each with its kind, `/REASON` where it has one, its account, and whichever fields matter to the
row: `q@p` is quantity and price, `id=` the client order id, `name=value` any other. `has` and `book` rows look at the
state. After every row all assets must add up, and after the last one the state image must come back as it went.

Every scenario starts from `opening`: the listings and the money it names are what the rows rely on.
"""

from typing import Any

from pyengine.records import (
    AssetClass,
    EventKind,
    Liquidity,
    OrderType,
    QuantityKind,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from tests.differential import REASONS, describe_events

ACCOUNTS = {"venue": 0, "alice": 1, "bob": 2, "carol": 3, "dave": 4, "poor": 5, "nobody": 99}
"""alice and bob trade free of charge; carol and dave pay 0.1 % as makers and 0.2 % as takers; poor has nothing."""
ASSETS = {"USDC": 0, "AAPL": 1, "GOLD": 2, "NONE": 77}
INSTRUMENTS = {"AAPL": 0, "GOLD": 1, "NONE": 77}
"""AAPL: a lot is 10 units, a tick of a lot 100 units of USDC, collar 5 %. GOLD: everything 1, collar 0; the least
withdrawal is 5."""
FUNDS = {"USDC": 10_000_000, "AAPL": 10_000, "GOLD": 1_000}
FEE_MAKER, FEE_TAKER = 1_000, 2_000
MAX_PRICE = 1_000

_TIMES = {"gtc": TimeInForce.GTC, "ioc": TimeInForce.IOC, "fok": TimeInForce.FOK, "post": TimeInForce.POST_ONLY}
_PREVENTIONS = {
    "newest": SelfTradePrevention.CANCEL_NEWEST,
    "oldest": SelfTradePrevention.CANCEL_OLDEST,
    "both": SelfTradePrevention.CANCEL_BOTH,
}
_WITHDRAWALS = (EventKind.WITHDRAWAL_REQUESTED, EventKind.WITHDRAWAL_SETTLED, EventKind.WITHDRAWAL_CANCELLED)


def opening(new_engine: Any) -> Any:
    """An engine with the scenarios' listings, accounts and money."""
    engine = new_engine()
    engine.create_asset(ASSETS["USDC"], "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(ASSETS["AAPL"], "AAPL", AssetClass.EQUITY, 6)
    engine.create_asset(ASSETS["GOLD"], "GOLD", AssetClass.GOLD, 9, min_withdrawal=5)
    engine.create_instrument(0, "AAPL-USDC", 1, 0, lot_size=10, tick_lot_value=100, max_price=MAX_PRICE, collar_bps=500)
    engine.create_instrument(1, "GOLD-USDC", 2, 0, lot_size=1, tick_lot_value=1, max_price=MAX_PRICE, collar_bps=0)
    engine.set_fee_schedule(1, FEE_MAKER, FEE_TAKER)
    for name, schedule in (("alice", 0), ("bob", 0), ("carol", 1), ("dave", 1), ("poor", 0)):
        engine.create_account(ACCOUNTS[name], fee_schedule=schedule)
        if name != "poor":
            for asset, amount in FUNDS.items():
                engine.deposit(ACCOUNTS[name], ASSETS[asset], amount)
    return engine


def play(new_engine: Any, table: str) -> Any:
    """Runs a table on a fresh engine and returns the engine."""
    scenario = Scenario(opening(new_engine))
    for row in _rows(table):
        scenario.row(row)
    assert new_engine.restore(scenario.engine.state_image()).state_hash() == scenario.engine.state_hash()
    return scenario.engine


def _rows(table: str) -> list[str]:
    """The rows; a line with nothing on the left goes on with the outcome of the line before."""
    rows: list[str] = []
    for line in filter(None, map(str.strip, table.splitlines())):
        if line.startswith("|"):
            rows[-1] += line[1:]
        else:
            rows.append(line)
    return rows


class Scenario:
    """The engine of one table and the names its rows have given."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self._names: dict[str, int] = {}

    def row(self, row: str) -> None:
        """Does what the left says and holds the outcome to the right."""
        left, bar, right = row.partition("|")
        assert bar, f"no outcome: {row}"
        words = left.split()
        if words[1] == "has":
            self._check_balances(ACCOUNTS[words[0]], right.split(), row)
        elif words[1] == "book":
            assert self._book(INSTRUMENTS[words[0]]) == " ".join(right.split()), row
        else:
            events = self._do(words)
            self._name(words, events)
            expected = [self._expected(outcome.split()) for outcome in right.split(";")]
            actual = [
                {field: getattr(event, field, None) for field in fields}
                for event, fields in zip(events, expected, strict=False)
            ]
            happened = "\n".join(describe_events(b"".join(map(bytes, events))))
            assert (len(events), actual) == (len(expected), expected), f"{row}\n{happened}"
        self._check_invariants(row)

    def _check_invariants(self, row: str) -> None:
        for asset in range(self.engine.counts()[0]):
            assert self.engine.total(asset) == self.engine.issued(asset), row
        if hasattr(self.engine, "check"):
            self.engine.check()

    def _check_balances(self, account: int, words: list[str], row: str) -> None:
        for asset, amounts in zip(words[::2], words[1::2], strict=True):
            available, held = self.engine.balance(account, ASSETS[asset])
            assert f"{available}+{held}" == amounts, f"{row}: {asset} is {available}+{held}"

    def _book(self, instrument: int) -> str:
        bids, asks = self.engine.depth(instrument, 100)
        levels = [[f"{quantity}@{price}" for price, quantity, _ in side] for side in (bids, asks)]
        return " ".join([*levels[0], "/", *levels[1]])

    # ------------------------------------------------------------------------------------------------------------- left

    def _do(self, words: list[str]) -> list[Any]:
        account, verb, rest = ACCOUNTS[words[0]], words[1], words[2:]
        engine = self.engine
        match verb:
            case "buy" | "sell" | "spend":
                return self._place(account, verb, rest)
            case "cancel":
                events = engine.cancel(account, **self._which(rest[0]))
            case "amend":
                quantity, price = rest[1].split("@")
                events = engine.amend(account, int(price), int(quantity), **self._which(rest[0]))
            case "cancel-all":
                events = engine.cancel_all(account, INSTRUMENTS[rest[0]] if rest else None)
            case "deposit":
                events = engine.deposit(account, ASSETS[rest[1]], int(rest[0]))
            case "withdraw":
                events = engine.request_withdrawal(account, ASSETS[rest[1]], int(rest[0]))
            case "settle":
                events = engine.settle_withdrawal(account, self._number(rest[0]))
            case "keep":
                events = engine.cancel_withdrawal(account, self._number(rest[0]))
            case "transfer":
                events = engine.transfer(account, ACCOUNTS[rest[2]], ASSETS[rest[1]], int(rest[0]))
            case "halt":
                events = engine.halt(INSTRUMENTS[rest[0]])
            case "resume":
                events = engine.resume(INSTRUMENTS[rest[0]])
            case "fees":
                events = engine.set_fee_schedule(*map(int, rest))
            case _:
                raise AssertionError(f"no such command: {verb}")
        return list(events)

    def _place(self, account: int, verb: str, words: list[str]) -> list[Any]:
        quantity, price = words[0].split("@")
        options: dict[str, Any] = {}
        instrument = "AAPL"
        if verb == "spend":
            options |= {"quantity_kind": QuantityKind.NOTIONAL, "time_in_force": TimeInForce.IOC}
        if price == "market":
            options |= {"order_type": OrderType.MARKET, "time_in_force": TimeInForce.IOC}
            price = "0"
        for word in words[1:]:
            if word in _TIMES:
                options["time_in_force"] = _TIMES[word]
            elif word in _PREVENTIONS:
                options["stp"] = _PREVENTIONS[word]
            elif word.startswith("id="):
                options["client_order_id"] = word[3:]
            elif word.startswith("on="):
                instrument = word[3:]
            else:
                assert word.startswith("#"), word
        side = Side.SELL if verb == "sell" else Side.BUY
        events = self.engine.place(account, INSTRUMENTS[instrument], side, int(price), int(quantity), **options)
        return list(events)

    def _which(self, word: str) -> dict[str, Any]:
        return {"client_order_id": word[3:]} if word.startswith("id=") else {"order_id": self._number(word)}

    def _number(self, word: str) -> int:
        return self._names[word] if word in self._names else int(word.removeprefix("#"))

    def _name(self, words: list[str], events: list[Any]) -> None:
        first = events[0]
        if first.kind == EventKind.ACCEPTED and words[-1].startswith("#"):
            self._names[words[-1]] = first.order_id
        if first.kind == EventKind.WITHDRAWAL_REQUESTED and words[-1].startswith("#"):
            self._names[words[-1]] = first.withdrawal_id

    # ------------------------------------------------------------------------------------------------------------ right

    def _expected(self, words: list[str]) -> dict[str, int | str]:
        kind_name, _, code_name = words[0].partition("/")
        kind = EventKind[kind_name]
        expected: dict[str, int | str] = {"kind": int(kind), "account": ACCOUNTS[words[1]]}
        if code_name:
            expected["reason"] = int(REASONS[kind][code_name])
        for word in words[2:]:
            name, equals, value = word.partition("=")
            if equals:
                name = "client_order_id" if name == "id" else name
                expected[name] = self._value(name, value)
            elif word in ("maker", "taker"):
                expected["liquidity"] = Liquidity[word.upper()]
            elif word in ("buy", "sell"):
                expected["side"] = Side[word.upper()]
            elif word.startswith("#"):
                expected["withdrawal_id" if kind in _WITHDRAWALS else "order_id"] = self._number(word)
            else:
                quantity, _, price = word.partition("@")
                expected |= {"quantity": int(quantity), "price": int(price)}
        return expected

    @staticmethod
    def _value(field: str, word: str) -> int | str:
        if field == "client_order_id":
            return word
        names = {"asset": ASSETS, "instrument": INSTRUMENTS, "counterparty": ACCOUNTS}.get(field, {})
        return names[word] if word in names else int(word)
