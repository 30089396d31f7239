"""Scenarios that read as tables: one command a row, the expected events behind the bar.

    alice sell 5@100 #a   | ACCEPTED alice #a 5@100
    bob buy 3@101 ioc     | ACCEPTED bob; FILL bob taker 3@100 leaves=0 cash=30000;
                          | FILL alice maker #a leaves=2
    bob has               | USDC 9970000+0 AAPL 10030+0
    AAPL book             | / 2@100

Left: who does what; `#a` names the order (or withdrawal) that the row creates, later the one it is about; `#a #b` names
more than one, in the order of their ACCEPTED (`cancel #a #b`: the first is what the row is about). Right: all events in
their order, each with its kind, `/REASON` where it has one, its account, and whichever fields matter to the row: `q@p`
is quantity and price, `id=` the client order id, `maker`, `taker` or `auction` the liquidity of a fill, `name=value`
any other (phases, states, policies and orders by name). `64 times (FILL ...; FILL ...)` says it once, and so does `70
times alice buy ...` of rows. `has`, `book`, `is` (of an open order: the fields named, or `gone`), `score` (of
obligations: `AAPL 30/150 met earned` is the time met and open, whether it is met now, whether its rate holds), `due`
(when the engine wants its next pulse) and `keys` (API keys by id: `alice:-` is revoked, `alice:one@50` is known by
"one" up to 50) rows look at the state. After `venue restarts` the rows go on with an engine that
was restored from the state image. After every row all assets must add up, and after the last one the state image must
come back as it went.

What an order can be, in words behind `q@p`: a time in force (`gtc`, `ioc`, `fok`, `post`, `slide`), what it does with
orders of its own party (`newest`, `oldest`, `both`, `stp=decrement`, `stp=none`), `mtl` (market-to-limit, with
`@market`), `min=` and `display=` lots, `hidden`, `day`, `auction` (with `@market` it is GTC, not IOC), `expires=` a
time, `stop=PRICE` and `trail=TICKS` with what they look at: `on=last` (if nothing is said), `on=opposite` or
`on=reference`; `peg=primary`, `peg=market` or `peg=midpoint` with `offset=TICKS` behind it; `on=GOLD` is the
instrument. An amendment takes `display=`, `min=`, `stop=`, `trail=` and `expires=` (`never`: at no time any more).
`at=` is a command's time. `ref=` is the reference of a `deposit`, `withdraw`, `settle`, `keep` (which cancels a
withdrawal) or `transfer`.

`oco sell 5@110 stop=95` is a pair: its limit leg, and a stop that becomes a market order, or with `stop_price=` a limit
order. `bracket buy 5@100 profit=110 stop=95` is an entry, as any order, and what its exits will be, as of a pair.

What the venue does: `phase AAPL auction` (or any other phase, or a number) with `next=` a phase and `ends=` a time;
`limits AAPL` with `static=`, `dynamic=` and `auction=` basis points, `call=` nanoseconds, `quantity=` and `notional=`;
`volatility AAPL` with `bps=`, `ticks=`, `multiplier=` (hundredths; 100 if nothing is said), `limit=` and `pause=`
nanoseconds; `policy AAPL` with `stale=` and `primary=` by name, `widen=` hundredths, `age=` nanoseconds, `closed=` and
`step=` basis points, `every=` nanoseconds; `primary AAPL closed` (or `open`, `halted`) with `close=` a price;
`obligation alice AAPL` with `spread=`, `quantity=`, `required=` basis points and `rate=` (nothing: there is none);
`announce 1 split AAPL 2/1:AAPL cancel record=100` a corporate action: `2/1:AAPL` is a leg, two units of AAPL for one of
its asset, `3/2:GOLD~50` one whose fractions are worth 50 a unit in `lieu=USDC`; `payer=`, `books=` (when they close);
`withdraw-action 1`; `stage` says what runs, as `1 paying 3` (id, stage, cursor), or nothing;
`list GOLD2 pre_open`, which is like GOLD, in its first phase; `halt`, `resume`, `reference`, `roll`, `fees`, `pulse`.
`holder alice professional DE` (a class and a jurisdiction, either may be left out) with `verified=` a time and `firm=`;
`eligible USDC` (an asset, or an instrument as `AAPL-USDC`) with classes by name, `verified` (its verification is
required), `allowed=DE,FR` or `denied=US`, `holding=` units and `locked=` a time (nothing: everybody); `freeze alice`,
`freeze asset AAPL` and `freeze units alice 50 AAPL` with `until=`, and the same of
`unfreeze` (of units without a number);
`alice force 5 AAPL bob reason=2 ref=court` and `alice register 5 AAPL from=1 to=2` (beneficial holders; 0 is nobody).
`key alice 1 one` with `expires=` a time is her API key 1, known by "one" (or so many bytes of zeros), and `revoke
alice 1` takes it away.
`fees 1 -500 1500` are the rates of a schedule, maker and taker; behind them come tiers, each as
`NOTIONAL:MAKER/TAKER`, `effective=` the time they hold from, and `on=GOLD` if they are its override for an instrument
(`fees 1 on=GOLD remove` takes that away). `alice group 7`, `alice limit 2` (of open orders) and `alice set notional=N`
(of what they are worth) are settings of an account; what else `set` says (`schedule=`, `orders=`, `group=`) it sets.

    alice quote 1 AAPL 5@99/5@101 GOLD 3@9/0@0 post #b #a   | a mass quote of group 1; `#` names what it accepts
    alice protect 1 window=1000 fills=3 quantity=9          | a market-maker protection; also `notional=`, `delta=`
    alice reset 1                                           | lifts the block of a group
    alice cancel-after 100 session                          | a timer; without `session` it is the client's
    alice cancel-all AAPL group=2 buy                       | the quotes of a group

What stands behind assets is said as `tests/scenarios_backing.py` explains.

Every scenario starts from `opening`: the listings and the money it names are what the rows rely on.
"""

import re
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from pyengine.records import (
    NONE_ID,
    ActionFailure,
    ActionKind,
    ActionStage,
    AssetClass,
    CancelTimer,
    CommandKind,
    EventKind,
    FeeChange,
    FreezeScope,
    HaltCause,
    InvestorClass,
    JurisdictionRule,
    Lifetime,
    LimitState,
    Liquidity,
    OnFailure,
    OrderPolicy,
    OrderType,
    PegReference,
    Phase,
    PrimaryPolicy,
    PrimaryStatus,
    QuantityKind,
    QuoteEntry,
    RedemptionRefusal,
    SelfTradePrevention,
    Side,
    SideFilter,
    StalePolicy,
    TimeInForce,
    Trigger,
    Verification,
    Visibility,
)
from tests.differential import REASONS, describe_events
from tests.flow import NEVER
from tests.scenarios_backing import ACCOUNTS as ACCOUNTS
from tests.scenarios_backing import ASSETS as ASSETS
from tests.scenarios_backing import BACKING

PAYERS = ACCOUNTS | {"none": NONE_ID}
"""What is created has no payer."""
INSTRUMENTS = {"AAPL": 0, "GOLD": 1, "GOLD2": 2, "NONE": 77}
"""AAPL: a lot is 10 units, a tick of a lot 100 units of USDC, collar 5 %. GOLD: everything 1, collar 0; the least
withdrawal is 5. GOLD2 is there once a row has listed it."""
PAIRS = {"AAPL-USDC": 0, "GOLD-USDC": 1}
"""Instruments by their symbols, where an asset could be meant as well."""
SCHEDULES = {"alice": 0, "bob": 0, "carol": 1, "dave": 1, "poor": 0}
FUNDS = {"USDC": 10_000_000, "AAPL": 10_000, "GOLD": 1_000}
FEE_MAKER, FEE_TAKER = 1_000, 2_000
MAX_PRICE = 1_000

_WORDS: dict[str, dict[str, Any]] = {
    "gtc": {"time_in_force": TimeInForce.GTC},
    "ioc": {"time_in_force": TimeInForce.IOC},
    "fok": {"time_in_force": TimeInForce.FOK},
    "post": {"time_in_force": TimeInForce.POST_ONLY},
    "slide": {"time_in_force": TimeInForce.POST_ONLY_SLIDE},
    "newest": {"stp": SelfTradePrevention.CANCEL_NEWEST},
    "oldest": {"stp": SelfTradePrevention.CANCEL_OLDEST},
    "both": {"stp": SelfTradePrevention.CANCEL_BOTH},
    "stp=decrement": {"stp": SelfTradePrevention.DECREMENT},
    "stp=none": {"stp": SelfTradePrevention.NONE},
    "mtl": {"order_type": OrderType.MARKET_TO_LIMIT, "time_in_force": TimeInForce.GTC},
    "hidden": {"visibility": Visibility.HIDDEN},
    "day": {"lifetime": Lifetime.DAY},
    "auction": {"lifetime": Lifetime.AUCTION},
    "on=last": {"trigger": Trigger.LAST_TRADE},
    "on=opposite": {"trigger": Trigger.BEST_OPPOSITE},
    "on=reference": {"trigger": Trigger.REFERENCE},
    "expires=never": {"expires_at": NEVER},
    "peg=primary": {"peg": PegReference.PRIMARY},
    "peg=market": {"peg": PegReference.MARKET},
    "peg=midpoint": {"peg": PegReference.MIDPOINT},
}
"""What a word says of an order."""
_NUMBERS = {
    "min": "min_quantity",
    "display": "display_quantity",
    "expires": "expires_at",
    "stop": "trigger_price",
    "stop_price": "stop_price",
    "profit": "take_profit",
    "trail": "trail",
    "offset": "peg_offset",
}
"""What a word with a number says of an order."""
_LIMITS = {
    "static": "static_bps",
    "dynamic": "dynamic_bps",
    "auction": "auction_bps",
    "call": "call_ns",
    "quantity": "max_quantity",
    "notional": "max_notional",
}
"""What a word with a number says of an instrument's limits."""
_BANDS = {
    "bps": "bps",
    "ticks": "ticks",
    "multiplier": "multiplier",
    "limit": "limit_state_ns",
    "pause": "pause_ns",
}
"""What a word with a number says of an instrument's volatility bands."""
_POLICY = {
    "widen": "widen",
    "age": "max_age_ns",
    "closed": "closed_bps",
    "step": "step_bps",
    "every": "step_ns",
}
"""What a word with a number says of an instrument's reference policy."""
_SETTINGS = {
    "schedule": "fee_schedule",
    "orders": "max_open_orders",
    "group": "group",
    "notional": "max_open_notional",
}
"""What a word with a number says of an account."""
_TIMES = re.compile(r"(\d+) times \((.*?)\)")
_PROTECTIONS = {
    "window": "window_ns",
    "fills": "max_fills",
    "quantity": "max_quantity",
    "notional": "max_notional",
    "delta": "max_delta",
}
"""What a word with a number says of a protection."""
_OBLIGATIONS = {
    "spread": "max_spread",
    "quantity": "min_quantity",
    "required": "required_bps",
    "rate": "maker_rate",
}
"""What a word with a number says of an obligation."""
_ENUMS: dict[str, type[IntEnum]] = {
    "phase": Phase,
    "previous_phase": Phase,
    "limit_state": LimitState,
    "previous_state": LimitState,
    "stale": StalePolicy,
    "primary": PrimaryPolicy,
    "status": PrimaryStatus,
    "command": CommandKind,
    "scope": FreezeScope,
    "action_kind": ActionKind,
    "order_policy": OrderPolicy,
    "failure": ActionFailure,
}
"""Fields of events that are said by name."""
_MONEY = ("deposit", "withdraw", "settle", "keep", "transfer", "force", "mint", "redeem", "deliver", "refuse")
"""Verbs that can have a reference."""
_ABOUT = ("cancel", "amend", "replace", "settle", "keep", "deliver", "refuse")
"""Verbs that are about an order or a withdrawal that there is: the first name of their rows is its."""
_WITHDRAWALS = (
    EventKind.WITHDRAWAL_REQUESTED,
    EventKind.WITHDRAWAL_SETTLED,
    EventKind.WITHDRAWAL_CANCELLED,
    EventKind.MONEY_REPEATED,
    EventKind.REDEMPTION_REQUESTED,
    EventKind.REDEMPTION_SETTLED,
    EventKind.REDEMPTION_REFUSED,
    EventKind.REDEMPTION_FEE,
)


def opening(new_engine: Any) -> Any:
    """An engine with the scenarios' listings, accounts and money."""
    engine = new_engine()
    engine.create_asset(ASSETS["USDC"], "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(ASSETS["AAPL"], "AAPL", AssetClass.EQUITY, 6)
    engine.create_asset(ASSETS["GOLD"], "GOLD", AssetClass.GOLD, 9, min_withdrawal=5)
    engine.create_instrument(0, "AAPL-USDC", 1, 0, lot_size=10, tick_lot_value=100, max_price=MAX_PRICE, collar_bps=500)
    engine.create_instrument(1, "GOLD-USDC", 2, 0, lot_size=1, tick_lot_value=1, max_price=MAX_PRICE, collar_bps=0)
    engine.set_fee_schedule(1, FEE_MAKER, FEE_TAKER)
    for name, schedule in SCHEDULES.items():
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
    return [row for line in rows for row in _repeated(line)]


def _repeated(row: str) -> list[str]:
    """`70 times alice buy ...` is the row so many times."""
    count, times, rest = row.partition(" times ")
    return [rest] * int(count) if times and count.isdecimal() else [row]


def _value_of(names: type[IntEnum], word: str) -> int:
    """A member of an enumeration by its name, or any number."""
    return int(word) if word.isdecimal() else names[word.upper()]


def _phase(word: str) -> int:
    return _value_of(Phase, word)


def _numbers(words: list[str], names: dict[str, str]) -> dict[str, int]:
    """What words with numbers say."""
    return {names[name]: int(value) for name, _, value in (word.partition("=") for word in words)}


def _document(word: str) -> bytes:
    """The bytes of a word, or so many zeros, filled up to eights (one beyond a limit: a word of eight more)."""
    length = int(word) if word.isdecimal() else len(word)
    return (bytes(length) if word.isdecimal() else word.encode()).ljust(-(-length // 8) * 8, b"\0")


def _bands(words: list[str]) -> dict[str, int]:
    """What is said of volatility bands; the multiplier is 1, if there are any, unless it is said."""
    bands = _numbers(words, _BANDS)
    return bands if "multiplier" in bands or not bands else {"multiplier": 100} | bands


def _policy(words: list[str]) -> dict[str, int]:
    """What is said of a reference policy."""
    kinds = {"stale": StalePolicy, "primary": PrimaryPolicy}
    said = [word for word in words if word.partition("=")[0] not in kinds]
    named = dict(word.split("=") for word in words if word not in said)
    return {name: _value_of(kinds[name], value) for name, value in named.items()} | _numbers(said, _POLICY)


def _jurisdiction(code: str) -> int:
    return int.from_bytes(code.encode(), "little")


def _holder(words: list[str]) -> dict[str, int]:
    """What is said of a holder."""
    said = _numbers([word for word in words if "=" in word], {"verified": "verified_until", "firm": "firm"})
    for word in words:
        if word.upper() in InvestorClass.__members__:
            said["investor_class"] = InvestorClass[word.upper()]
        elif "=" not in word:
            said["jurisdiction"] = _jurisdiction(word)
    return said


def _eligibility(words: list[str]) -> dict[str, Any]:
    """A table, and whose it is."""
    subject, *rules = words
    table: dict[str, Any] = {"asset": ASSETS[subject]} if subject in ASSETS else {"instrument": PAIRS[subject]}
    for word in rules:
        name, equals, value = word.partition("=")
        if name in ("allowed", "denied"):
            table["jurisdiction_rule"] = JurisdictionRule[name.upper()]
            table["jurisdictions"] = [(_jurisdiction(code),) for code in value.split(",")]
        elif equals:
            table |= _numbers([word], {"holding": "max_holding", "locked": "locked_until"})
        elif word == "verified":
            table["verification"] = Verification.REQUIRED
        else:
            table["classes"] = table.get("classes", 0) | 1 << InvestorClass[word.upper()]
    return table


def _frozen(words: list[str]) -> tuple[int, dict[str, int]]:
    """What is frozen, or no longer, and of which account."""
    if words[0] == "asset":
        return 0, {"scope": FreezeScope.ASSET, "asset": ASSETS[words[1]]}
    if words[0] != "units":
        return ACCOUNTS[words[0]], {"scope": FreezeScope.ACCOUNT}
    until = _numbers([word for word in words if "=" in word], {"until": "until"})
    amount, asset = [*words[2:4], ""][:2] if words[2].isdecimal() else ("", words[2])
    amounts = {"amount": int(amount)} if amount else {}
    return ACCOUNTS[words[1]], {"scope": FreezeScope.UNITS, "asset": ASSETS[asset], **amounts, **until}


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
        match words[1]:
            case "has":
                self._check_balances(ACCOUNTS[words[0]], right.split(), row)
            case "book":
                assert self._book(INSTRUMENTS[words[0]]) == " ".join(right.split()), row
            case "is":
                self._check_order(self._number(words[0]), right.split(), row)
            case "stage":
                assert self._stage() == right.split(), f"{row}: {self._stage()}"
            case "score":
                assert self._score(ACCOUNTS[words[0]]) == right.split(), f"{row}: {self._score(ACCOUNTS[words[0]])}"
            case "keys":
                assert self._keys() == right.split(), f"{row}: {self._keys()}"
            case "restarts":
                self.engine = type(self.engine).restore(self.engine.state_image())
            case "due":
                assert str(self.engine.next_due) == right.strip(), f"{row}: {self.engine.next_due}"
            case _:
                self._check_events(words, right, row)
        self._check_invariants(row)

    def _check_events(self, words: list[str], right: str, row: str) -> None:
        about = 1 if words[1] in _ABOUT else 0
        named = [number for number, word in enumerate(words) if word.startswith("#")][about:]
        events = self._do([word for number, word in enumerate(words) if number not in named])
        self._name([words[number] for number in named], events)
        right = _TIMES.sub(lambda found: ";".join([found[2]] * int(found[1])), right)
        expected = [self._expected(outcome.split()) for outcome in right.split(";")]
        actual = [
            {field: getattr(event, field, None) for field in fields}
            for event, fields in zip(events, expected, strict=False)
        ]
        happened = "\n".join(describe_events(b"".join(map(bytes, events))))
        assert (len(events), actual) == (len(expected), expected), f"{row}\n{happened}"

    def _keys(self) -> list[str]:
        """Every API key: whose it is, and what it is known by up to when."""
        names = {number: name for name, number in ACCOUNTS.items()}
        rows = self.engine.keys()
        return [
            f"{names[account]}:{document.rstrip(bytes(1)).decode() or '-'}" + (f"@{expires_at}" if expires_at else "")
            for account, expires_at, document in rows
        ]

    def _score(self, account: int) -> list[str]:
        """How an account meets its obligations: of each the time met and open, and what else is true of it."""
        symbols = {number: symbol for symbol, number in INSTRUMENTS.items()}
        words = []
        for row in self.engine.obligations():
            if row.account == account:
                words += [symbols[row.instrument], f"{row.met_ns}/{row.open_ns}"]
                words += ["met"] * row.is_met + ["earned"] * row.earned
        return words

    def _check_order(self, number: int, words: list[str], row: str) -> None:
        order = self.engine.order(number)
        if words == ["gone"]:
            assert order is None, row
            return
        assert order is not None, f"{row}: it is gone"
        for word in words:
            name, _, value = word.partition("=")
            assert getattr(order, name) == self._value(name, value), f"{row}: {order}"

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
        times: dict[str, Any] = {}
        for word in [word for word in words if word.startswith("at=")]:
            times["timestamp_ns"] = int(word[3:])
            words = [other for other in words if other != word]
        account, verb, rest = ACCOUNTS[words[0]], words[1], words[2:]
        if verb in _MONEY:
            references = [word for word in rest if word.startswith("ref=")]
            rest = [word for word in rest if word not in references]
            times["reference"] = "".join(references)[4:]
        engine, stop = self.engine, {"trigger": Trigger.LAST_TRADE, "trigger_price": 0}
        match verb:
            case "buy" | "sell" | "spend":
                return self._place(account, verb, rest, times)
            case "oco":
                return self._place(account, rest[0], rest[1:], stop | times, engine.place_oco)
            case "bracket":
                profit = {"take_profit": 0}
                return self._place(account, rest[0], rest[1:], stop | profit | times, engine.place_bracket)
            case "replace":
                return self._replace(account, rest, times)
            case "cancel":
                events = engine.cancel(account, **self._which(rest[0]), **times)
            case "amend":
                events = self._amend(account, rest, times)
            case "cancel-all":
                events = engine.cancel_all(account, **self._mass_cancel(rest), **times)
            case "quote":
                events = self._quote(account, rest, times)
            case "protect":
                limits = {
                    _PROTECTIONS[name]: int(value) for name, _, value in (word.partition("=") for word in rest[1:])
                }
                events = engine.set_market_maker_protection(account, int(rest[0]), **limits, **times)
            case "reset":
                events = engine.reset_market_maker_protection(account, int(rest[0]), **times)
            case "cancel-after":
                timer = CancelTimer[(rest[1:] or ["client"])[0].upper()]
                events = engine.cancel_after(account, int(rest[0]), timer=timer, **times)
            case "deposit":
                events = engine.deposit(account, ASSETS[rest[1]], int(rest[0]), **times)
            case "withdraw":
                events = engine.request_withdrawal(account, ASSETS[rest[1]], int(rest[0]), **times)
            case "settle":
                events = engine.settle_withdrawal(account, self._number(rest[0]), **times)
            case "keep":
                events = engine.cancel_withdrawal(account, self._number(rest[0]), **times)
            case "transfer":
                events = engine.transfer(account, ACCOUNTS[rest[2]], ASSETS[rest[1]], int(rest[0]), **times)
            case "force":
                reasons = _numbers(rest[3:], {"reason": "reason"})
                to_account = ACCOUNTS[rest[2]]
                events = engine.force_transfer(account, to_account, ASSETS[rest[1]], int(rest[0]), **reasons, **times)
            case "register":
                holders = _numbers(rest[2:], {"from": "from_holder", "to": "to_holder"})
                events = engine.set_beneficial(account, ASSETS[rest[1]], int(rest[0]), **holders, **times)
            case "group":
                schedule = SCHEDULES.get(words[0], 0)
                events = engine.set_account(account, fee_schedule=schedule, group=int(rest[0]), **times)
            case "limit":
                schedule = SCHEDULES.get(words[0], 0)
                events = engine.set_account(account, fee_schedule=schedule, max_open_orders=int(rest[0]), **times)
            case "halt":
                events = engine.halt(INSTRUMENTS[rest[0]], **self._cause(rest), **times)
            case "resume":
                events = engine.resume(INSTRUMENTS[rest[0]], **self._cause(rest), **times)
            case "set":
                said = {_SETTINGS[name]: int(value) for name, _, value in (word.partition("=") for word in rest)}
                settings = {"fee_schedule": SCHEDULES.get(words[0], 0)} | said
                events = engine.set_account(account, **settings, **times)
            case "fees":
                events = self._fees(int(rest[0]), rest[1:], times)
            case "pulse":
                events = engine.pulse(**times)
            case "phase":
                events = engine.set_phase(INSTRUMENTS[rest[0]], _phase(rest[1]), **self._call(rest[2:]), **times)
            case "limits":
                limits = {_LIMITS[name]: int(value) for name, _, value in (word.partition("=") for word in rest[1:])}
                events = engine.set_trading_limits(INSTRUMENTS[rest[0]], **limits, **times)
            case "volatility":
                events = engine.set_volatility_bands(INSTRUMENTS[rest[0]], **_bands(rest[1:]), **times)
            case "policy":
                events = engine.set_reference_policy(INSTRUMENTS[rest[0]], **_policy(rest[1:]), **times)
            case "primary":
                close = _numbers(rest[2:], {"close": "close"})
                status = _value_of(PrimaryStatus, rest[1])
                events = engine.set_primary_status(INSTRUMENTS[rest[0]], status, **close, **times)
            case "obligation":
                owes = _numbers(rest[2:], _OBLIGATIONS)
                events = engine.set_obligation(ACCOUNTS[rest[0]], INSTRUMENTS[rest[1]], **owes, **times)
            case "holder":
                events = engine.set_holder(ACCOUNTS[rest[0]], **_holder(rest[1:]), **times)
            case "eligible":
                events = engine.set_eligibility(**_eligibility(rest), **times)
            case "freeze" | "unfreeze":
                account, subject = _frozen(rest)
                call = engine.freeze if verb == "freeze" else engine.unfreeze
                events = call(account, **subject, **times)
            case "announce":
                events = self._announce(rest, times)
            case "withdraw-action":
                events = engine.cancel_action(int(rest[0]), **times)
            case "key":
                ends = _numbers(rest[3:], {"expires": "expires_at"})
                events = engine.set_key(ACCOUNTS[rest[0]], int(rest[1]), _document(rest[2]), **ends, **times)
            case "revoke":
                events = engine.revoke_key(ACCOUNTS[rest[0]], int(rest[1]), **times)
            case "list":
                events = self._list(rest[0], _phase(rest[1]), times)
            case "roll":
                events = engine.roll_trade_date(int(rest[0]), **times)
            case "reference":
                options = {name: int(value) for name, _, value in (word.partition("=") for word in rest[2:])}
                events = engine.set_reference(INSTRUMENTS[rest[0]], int(rest[1]), **options, **times)
            case "deliver":
                events = engine.settle_redemption(account, self._number(rest[0]), **times)
            case "refuse":
                refusal = RedemptionRefusal[(rest[1:] or ["other"])[0].upper()]
                events = engine.refuse_redemption(account, self._number(rest[0]), refusal=refusal, **times)
            case _ if verb in BACKING:
                events = BACKING[verb](engine, account, rest, times)
            case _:
                raise AssertionError(f"no such command: {verb}")
        return list(events)

    def _fees(self, schedule: int, words: list[str], times: dict[str, int]) -> Any:
        """Fees of a schedule, or of its override for an instrument."""
        where: list[int] = []
        rates: list[int] = []
        options: dict[str, int] = {}
        tiers = 0
        for word in words:
            name, equals, value = word.partition("=")
            if equals and name == "on":
                where = [INSTRUMENTS[value]]
            elif equals and name == "effective":
                options["effective_at"] = int(value)
            elif word == "remove":
                options["change"] = FeeChange.REMOVE
            elif ":" in word:
                tiers += 1
                numbers = map(int, re.split("[:/]", word))
                options |= dict(
                    zip((f"notional_{tiers}", f"maker_rate_{tiers}", f"taker_rate_{tiers}"), numbers, strict=True)
                )
            else:
                rates.append(int(word))
        call = self.engine.set_fee_override if where else self.engine.set_fee_schedule
        return call(schedule, *where, *rates, **options, **times)

    def _announce(self, words: list[str], times: dict[str, int]) -> Any:
        """A corporate action: its id, kind and asset, then legs and the rest."""
        options: dict[str, int] = {}
        legs = 0
        for word in words[3:]:
            name, equals, value = word.partition("=")
            if equals:
                names = {"record": "record_at", "books": "books_close_at", "payer": "payer", "lieu": "lieu_asset"}
                known = ACCOUNTS if name == "payer" else ASSETS
                options[names[name]] = known[value] if value in known else int(value)
            elif ":" in word:
                legs += 1
                numerator, denominator, asset, price = re.fullmatch(r"(-?\d+)/(-?\d+):(\w+)~?(-?\d*)", word).groups()  # type: ignore[union-attr]
                said = (ASSETS[asset], int(numerator), int(denominator), int(price or 0))
                names_of_leg = ("asset", "numerator", "denominator", "lieu_price")
                options |= {f"{name}_{legs}": value for name, value in zip(names_of_leg, said, strict=True)}
            else:
                options["order_policy"] = OrderPolicy[word.upper()]
        kind = _value_of(ActionKind, words[1])
        return self.engine.announce_action(int(words[0]), ASSETS[words[2]], kind, **options, **times)

    def _stage(self) -> list[str]:
        """Id, stage and cursor of the corporate action that runs."""
        running = [row for row in self.engine.actions() if row[-2] != ActionStage.ANNOUNCED]
        return [word for row in running for word in (str(row[0]), ActionStage(row[-2]).name.lower(), str(row[-1]))]

    @staticmethod
    def _cause(words: list[str]) -> dict[str, Any]:
        return {"cause": HaltCause[words[1].upper()]} if words[1:] else {}

    @staticmethod
    def _call(words: list[str]) -> dict[str, int]:
        """What is said of a call: the phase after it, and when it ends."""
        said = dict(word.split("=") for word in words)
        options = {"ends_at": int(said.pop("ends"))} if "ends" in said else {}
        if "next" in said:
            options["next"] = _phase(said.pop("next"))
        assert not said, said
        return options

    def _list(self, symbol: str, phase: int, times: dict[str, int]) -> Any:
        """Another instrument like GOLD."""
        sizes = {"lot_size": 1, "tick_lot_value": 1, "max_price": MAX_PRICE, "collar_bps": 0}
        return self.engine.create_instrument(INSTRUMENTS[symbol], symbol, 2, 0, **sizes, phase=phase, **times)

    @staticmethod
    def _mass_cancel(words: list[str]) -> dict[str, Any]:
        """`cancel-all [AAPL] [group=1] [buy]`."""
        which: dict[str, Any] = {}
        for word in words:
            if word in INSTRUMENTS:
                which["instrument"] = INSTRUMENTS[word]
            elif word.startswith("group="):
                which["quote_group"] = int(word[6:])
            else:
                which["sides"] = SideFilter[word.upper()]
        return which

    def _quote(self, account: int, words: list[str], times: dict[str, int]) -> Any:
        """`quote 1 AAPL 5@99/5@101 ... [post]`: the group, entries, and what all orders have."""
        quotes: list[QuoteEntry] = []
        options: dict[str, Any] = {}
        entries = iter(words[1:])
        for word in entries:
            if word in INSTRUMENTS:
                (bid, bid_price), (ask, ask_price) = (map(int, side.split("@")) for side in next(entries).split("/"))
                quotes.append(QuoteEntry(INSTRUMENTS[word], bid_price, ask_price, bid, ask))
            else:
                options |= self._said(word)
        return self.engine.mass_quote(account, int(words[0]), quotes, **options, **times)

    def _replace(self, account: int, words: list[str], times: dict[str, int]) -> list[Any]:
        """`replace #old [anyway] buy ...`: the rest as for an order."""
        goes: dict[str, Any] = {"order_id": self._number(words[0])}
        if words[1] == "anyway":
            goes["on_failure"] = OnFailure.PLACE_ANYWAY
            words = words[1:]
        return self._place(account, words[1], words[2:], goes | times, self.engine.cancel_replace)

    def _place(
        self, account: int, verb: str, words: list[str], more: dict[str, Any], call: Callable[..., Any] | None = None
    ) -> list[Any]:
        quantity, price = words[0].split("@")
        options: dict[str, Any] = more.copy()
        instrument = "AAPL"
        if verb == "spend":
            options |= {"quantity_kind": QuantityKind.NOTIONAL, "time_in_force": TimeInForce.IOC}
        if price == "market":
            options["order_type"] = OrderType.MARKET
            options["time_in_force"] = TimeInForce.GTC if "auction" in words else TimeInForce.IOC
            price = "0"
        if any(word.startswith(("stop=", "trail=")) for word in words):
            options["trigger"] = Trigger.LAST_TRADE
        for word in words[1:]:
            if word.startswith("on=") and word[3:] in INSTRUMENTS:
                instrument = word[3:]
            else:
                options |= self._said(word)
        side = Side.SELL if verb == "sell" else Side.BUY
        call = call or self.engine.place
        return list(call(account, INSTRUMENTS[instrument], side, int(price), int(quantity), **options))

    def _amend(self, account: int, words: list[str], times: dict[str, int]) -> Any:
        quantity, price = words[1].replace("@market", "@0").split("@")
        options: dict[str, Any] = {}
        for word in words[2:]:
            options |= self._said(word)
        return self.engine.amend(account, int(price), int(quantity), **self._which(words[0]), **options, **times)

    @staticmethod
    def _said(word: str) -> dict[str, Any]:
        """What one word says of an order."""
        name, equals, value = word.partition("=")
        if word in _WORDS:
            return _WORDS[word]
        if equals and name in _NUMBERS:
            return {_NUMBERS[name]: int(value)}
        assert equals, word
        assert name == "id", word
        return {"client_order_id": value}

    def _which(self, word: str) -> dict[str, Any]:
        return {"client_order_id": word[3:]} if word.startswith("id=") else {"order_id": self._number(word)}

    def _number(self, word: str) -> int:
        return self._names[word] if word in self._names else int(word.removeprefix("#"))

    def _name(self, names: list[str], events: list[Any]) -> None:
        ids = [event.order_id for event in events if event.kind == EventKind.ACCEPTED]
        requests = (EventKind.WITHDRAWAL_REQUESTED, EventKind.REDEMPTION_REQUESTED)
        ids += [event.withdrawal_id for event in events if event.kind in requests]
        self._names.update(zip(names, ids, strict=False))

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
            elif word in ("maker", "taker", "auction"):
                expected["liquidity"] = Liquidity[word.upper()]
            elif word in ("buy", "sell"):
                expected["side"] = Side[word.upper()]
            elif word.startswith("#"):
                expected["withdrawal_id" if kind in _WITHDRAWALS else "order_id"] = self._number(word)
            else:
                quantity, _, price = word.partition("@")
                expected |= {"quantity": int(quantity), "price": int(price)}
        return expected

    def _value(self, field: str, word: str) -> int | str:
        if field == "client_order_id":
            return word
        if word.startswith("#"):
            return self._number(word)
        if field in _ENUMS:
            return _value_of(_ENUMS[field], word)
        names = {
            "asset": ASSETS,
            "instrument": INSTRUMENTS,
            "counterparty": ACCOUNTS,
            "payer": PAYERS,
            "holder": ACCOUNTS,
        }.get(field, {})
        return names[word] if word in names else int(word)
