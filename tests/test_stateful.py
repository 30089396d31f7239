"""Whatever is asked of both engines in whatever order, they do the same, and every invariant holds after every step.

Hypothesis looks for the shortest way to a difference; the worlds are tiny so that orders, accounts and ids meet often.
"""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

import pyengine
from pyengine import reference
from pyengine.errors import CommandError
from pyengine.packing import unpack
from pyengine.records import (
    BODY_LENGTHS,
    BODY_OF_KIND,
    HEADER,
    HEADER_LEN,
    CancelTimer,
    EventKind,
    Header,
    Lifetime,
    PegReference,
    Phase,
    QuantityKind,
    QuoteEntry,
    SelfTradePrevention,
    Side,
    TimeInForce,
    Trigger,
)
from tests.differential import describe_events
from tests.engines import as_values

ACCOUNTS, ASSETS, INSTRUMENTS = 4, 3, 2
MAX_PRICE, MAX_OPEN_ORDERS = 12, 20

accounts = st.integers(0, ACCOUNTS)
"""The last one is unknown; so below."""
assets = st.integers(0, ASSETS)
instruments = st.integers(0, INSTRUMENTS)
prices = st.integers(0, MAX_PRICE + 1)
lots = st.one_of(st.integers(0, 9), st.sampled_from([10**6, 2**62, 2**63 - 1]))
references = st.sampled_from(["", "", "r", "s", "s " + "t" * 40])
amounts = st.one_of(st.integers(0, 600), st.sampled_from([-1, 2**62, 2**63 - 1]))
client_ids = st.sampled_from(["", "", "", "a", "b", "c", "d", "e", "no space", "x" * 37])
times_in_force = st.sampled_from(TimeInForce)
preventions = st.sampled_from(SelfTradePrevention)
sides = st.sampled_from(Side)
few_lots = st.integers(0, 4)
"""Of what shows, and of what must trade: 0 is none."""
quote_groups = st.sampled_from([1, 1, 2])
quotes = st.builds(QuoteEntry, instruments, st.integers(3, 7), st.integers(5, 9), few_lots, few_lots)
phases = st.sampled_from(
    [*Phase, len(Phase), *[Phase.CONTINUOUS, Phase.AUCTION] * 4, Phase.PRE_OPEN, Phase.PRE_OPEN, Phase.CLOSED]
)
basis_points = st.sampled_from([0, 0, 1, 1_000, 2_500, 10_000, 10_001])


class TwoEngines(RuleBasedStateMachine):
    """The reference engine and the native one, asked the same."""

    orders = Bundle("orders")
    withdrawals = Bundle("withdrawals")

    def __init__(self) -> None:
        super().__init__()
        self.reference = reference.Engine(shard=9, max_open_orders=MAX_OPEN_ORDERS)
        self.native = pyengine.Engine(shard=9, max_open_orders=MAX_OPEN_ORDERS)
        self.last_named: dict[str, Any] = {}

    def ask(self, method: str, *arguments: Any, **options: Any) -> list[Any]:
        """The same of both; the events of either."""
        expected = getattr(self.reference, method)(*arguments, **options)
        events = getattr(self.native, method)(*arguments, **options)
        told, heard = (b"".join(map(bytes, each)) for each in (expected, events))
        assert heard == told, "\n".join(["reference:", *describe_events(told), "native:", *describe_events(heard)])
        return list(events)

    @initialize(
        fees=st.tuples(*[st.sampled_from([0, 1, 20_000, 32_767])] * 4), collar=st.sampled_from([0, 900, 10_000])
    )
    def open_the_venue(self, fees: tuple[int, int, int, int], collar: int) -> None:
        self.ask("create_asset", 0, "USDC", 0, 6)
        self.ask("create_asset", 1, "AAPL", 1, 6, min_withdrawal=50)
        self.ask("create_asset", 2, "GOLD", 2, 6, min_withdrawal=41)
        for number, (base, lot_size, tick_lot_value) in enumerate(((1, 10, 3), (2, 1, 1))):
            self.ask(
                "create_instrument",
                number,
                f"I{number}",
                base,
                0,
                lot_size=lot_size,
                tick_lot_value=tick_lot_value,
                max_price=MAX_PRICE,
                collar_bps=collar,
            )
        self.ask("set_fee_schedule", 0, *fees[:2])
        self.ask("set_fee_schedule", 1, *fees[2:])
        for account in range(1, ACCOUNTS):
            self.ask("create_account", account, fee_schedule=account % 2)
        for account in range(ACCOUNTS):
            for asset, amount in enumerate((500, 300, 40)):
                self.ask("deposit", account, asset, amount)

    @rule(
        target=orders,
        account=accounts,
        instrument=instruments,
        side=sides,
        price=prices,
        quantity=lots,
        time_in_force=times_in_force,
        stp=preventions,
        client_order_id=client_ids,
    )
    def place_limit(self, account: int, **order: Any) -> Any:
        self.last_named = order | {"account": account}
        return self.placed(self.ask("place", account, **order), account)

    @rule(target=orders, change=st.sampled_from([{}, {}, {"price": 5}, {"stp": 1}]))
    def place_again(self, change: dict[str, int]) -> Any:
        """What was placed last, or nearly that."""
        if not self.last_named:
            return multiple()
        order = self.last_named | change
        return self.placed(self.ask("place", **order), order["account"])

    @rule(
        target=orders,
        account=st.integers(0, ACCOUNTS - 1),
        instrument=st.integers(0, INSTRUMENTS - 1),
        side=sides,
        price=st.integers(4, 8),
        quantity=st.integers(1, 6),
        stp=preventions,
    )
    def place_sensible(self, account: int, **order: Any) -> Any:
        return self.placed(self.ask("place", account, **order), account)

    @rule(
        target=orders,
        account=accounts,
        instrument=instruments,
        side=sides,
        quantity=lots,
        time_in_force=st.sampled_from([TimeInForce.IOC, TimeInForce.FOK]),
        stp=preventions,
    )
    def place_market(self, account: int, **order: Any) -> Any:
        return self.placed(self.ask("place", account, price=0, order_type=1, **order), account)

    @rule(
        target=orders,
        account=accounts,
        instrument=instruments,
        order=st.sampled_from([{"order_type": 1, "price": 0}, {"price": 5}, {"price": MAX_PRICE}]),
        budget=amounts,
        stp=preventions,
        client_order_id=client_ids,
    )
    def place_notional(self, account: int, order: dict[str, int], budget: int, **options: Any) -> Any:
        notional = {"quantity": budget, "quantity_kind": QuantityKind.NOTIONAL, "time_in_force": TimeInForce.IOC}
        return self.placed(self.ask("place", account, side=Side.BUY, **order, **notional, **options), account)

    @rule(
        target=orders,
        account=st.integers(0, ACCOUNTS - 1),
        instrument=st.integers(0, INSTRUMENTS - 1),
        side=sides,
        price=st.integers(4, 8),
        quantity=st.integers(1, 9),
        stp=preventions,
        order_type=st.sampled_from([0, 0, 0, 2]),
        time_in_force=st.sampled_from([TimeInForce.GTC, TimeInForce.GTC, TimeInForce.POST_ONLY_SLIDE]),
        display_quantity=few_lots,
        min_quantity=few_lots,
        visibility=st.integers(0, 1),
        lifetime=st.integers(0, 1),
    )
    def place_in_part(self, account: int, **order: Any) -> Any:
        """Icebergs, hidden orders, minimum quantities, orders of the day."""
        if order["visibility"]:
            order["display_quantity"] = 0
        if order["order_type"]:
            order |= {"price": 0, "time_in_force": TimeInForce.GTC}
        return self.placed(self.ask("place", account, **order), account)

    @rule(
        target=orders,
        account=st.integers(0, ACCOUNTS - 1),
        instrument=st.integers(0, INSTRUMENTS - 1),
        side=sides,
        price=st.integers(3, 9),
        quantity=st.integers(1, 6),
        stp=preventions,
        kind=st.sampled_from([{}, {}, {"order_type": 1, "time_in_force": 1, "price": 0}, {"display_quantity": 1}]),
        trigger=st.sampled_from([Trigger.LAST_TRADE, Trigger.BEST_OPPOSITE, Trigger.REFERENCE]),
        trigger_price=st.integers(0, MAX_PRICE + 1),
        trail=st.sampled_from([0, 0, 1, 2, 5]),
        lifetime=st.integers(0, 1),
    )
    def place_stop(self, account: int, kind: dict[str, int], **order: Any) -> Any:
        return self.placed(self.ask("place", account, **order | kind), account)

    @rule(
        target=orders,
        account=st.integers(0, ACCOUNTS - 1),
        instrument=st.integers(0, INSTRUMENTS - 1),
        side=sides,
        price=st.integers(2, 10),
        quantity=st.integers(1, 6),
        stp=preventions,
        time_in_force=st.sampled_from([TimeInForce.GTC, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK]),
        peg=st.sampled_from([*PegReference, PegReference.MARKET, PegReference.MIDPOINT]),
        peg_offset=st.sampled_from([0, 1, 1, 2, 16]),
    )
    def place_peg(self, account: int, **order: Any) -> Any:
        return self.placed(self.ask("place", account, **order), account)

    @rule(
        target=orders,
        account=st.integers(0, ACCOUNTS - 1),
        instrument=st.integers(0, INSTRUMENTS - 1),
        side=sides,
        price=st.integers(3, 9),
        quantity=st.integers(1, 6),
        kind=st.sampled_from([{}, {}, {"order_type": 1, "price": 0}, {"display_quantity": 1}, {"visibility": 1}]),
    )
    def place_for_auction(self, account: int, kind: dict[str, int], **order: Any) -> Any:
        return self.placed(self.ask("place", account, **order | kind, lifetime=Lifetime.AUCTION), account)

    @staticmethod
    def placed(events: list[Any], account: int) -> Any:
        accepted = [(event.order_id, account) for event in events if event.kind == EventKind.ACCEPTED]
        return multiple(*accepted)

    @rule(order=orders)
    def cancel(self, order: tuple[int, int]) -> None:
        self.ask("cancel", order[1], order_id=order[0])

    @rule(account=accounts, client_order_id=client_ids)
    def cancel_by_client_id(self, account: int, client_order_id: str) -> None:
        self.ask("cancel", account, client_order_id=client_order_id)

    @rule(order=orders, price=prices, quantity=lots)
    def amend(self, order: tuple[int, int], price: int, quantity: int) -> None:
        self.ask("amend", order[1], price, quantity, order_id=order[0])

    @rule(order=orders, change=st.integers(-3, 3))
    def amend_quantity(self, order: tuple[int, int], change: int) -> None:
        live = self.reference.order(order[0])
        if live is not None:
            self.ask("amend", order[1], live.price, live.quantity + change, order_id=order[0])

    @rule(
        order=orders,
        change=st.integers(-2, 2),
        move=st.integers(-2, 2),
        terms=st.dictionaries(
            st.sampled_from(["display_quantity", "min_quantity", "trigger_price", "trail", "expires_at"]),
            st.integers(1, 10),
            max_size=2,
        ),
    )
    def amend_terms(self, order: tuple[int, int], change: int, move: int, terms: dict[str, int]) -> None:
        live = self.reference.order(order[0])
        if live is not None:
            price = 0 if live.waiting_type == 1 else live.price + move
            self.ask("amend", order[1], price, live.quantity + change, order_id=order[0], **terms)

    @rule(account=accounts, client_order_id=client_ids, price=prices, quantity=lots)
    def amend_by_client_id(self, account: int, client_order_id: str, price: int, quantity: int) -> None:
        self.ask("amend", account, price, quantity, client_order_id=client_order_id)

    @rule(account=accounts, instrument=st.one_of(st.none(), instruments))
    def cancel_all(self, account: int, instrument: int | None) -> None:
        self.ask("cancel_all", account, instrument)

    @rule(account=accounts, quote_group=st.integers(0, 2))
    def cancel_group(self, account: int, quote_group: int) -> None:
        self.ask("cancel_all", account, quote_group=quote_group)

    @rule(
        target=orders,
        account=st.integers(0, ACCOUNTS - 1),
        quote_group=quote_groups,
        entries=st.lists(quotes, min_size=1, max_size=3, unique_by=lambda entry: entry.instrument),
        time_in_force=st.sampled_from([TimeInForce.GTC, TimeInForce.POST_ONLY]),
        stp=preventions,
    )
    def mass_quote(self, account: int, quote_group: int, entries: list[QuoteEntry], **options: Any) -> Any:
        return self.placed(self.ask("mass_quote", account, quote_group, entries, **options), account)

    @rule(
        account=accounts,
        quote_group=quote_groups,
        window_ns=st.integers(0, 9),
        max_fills=st.integers(0, 3),
        max_quantity=few_lots,
        max_notional=st.sampled_from([0, 0, 12, 200]),
        max_delta=few_lots,
    )
    def protect(self, account: int, quote_group: int, **limits: int) -> None:
        self.ask("set_market_maker_protection", account, quote_group, **limits)

    @rule(account=accounts, quote_group=quote_groups)
    def reset_protection(self, account: int, quote_group: int) -> None:
        self.ask("reset_market_maker_protection", account, quote_group)

    @rule(account=accounts, timeout_ns=st.integers(0, 20), timer=st.sampled_from(CancelTimer))
    def cancel_after(self, account: int, timeout_ns: int, timer: CancelTimer) -> None:
        self.ask("cancel_after", account, timeout_ns, timer=timer)

    @rule(account=accounts, asset=assets, amount=amounts, reference=references)
    def deposit(self, account: int, asset: int, amount: int, reference: str) -> None:
        self.move("deposit", account, asset, amount, reference=reference)

    @rule(account=accounts, to_account=accounts, asset=assets, amount=amounts, reference=references)
    def transfer(self, account: int, to_account: int, asset: int, amount: int, reference: str) -> None:
        self.move("transfer", account, to_account, asset, amount, reference=reference)

    @rule(target=withdrawals, account=accounts, asset=assets, amount=amounts, reference=references)
    def request_withdrawal(self, account: int, asset: int, amount: int, reference: str) -> Any:
        event, *_ = self.move("request_withdrawal", account, asset, amount, reference=reference)
        return multiple(*([(event.withdrawal_id, account)] if event.kind == EventKind.WITHDRAWAL_REQUESTED else []))

    @rule(target=withdrawals, account=st.integers(0, ACCOUNTS - 1), asset=st.integers(0, ASSETS - 1))
    def withdraw_everything(self, account: int, asset: int) -> Any:
        (event,) = self.ask("request_withdrawal", account, asset, self.reference.balance(account, asset)[0])
        return multiple(*([(event.withdrawal_id, account)] if event.kind == EventKind.WITHDRAWAL_REQUESTED else []))

    @rule(
        withdrawal=withdrawals,
        stranger=st.booleans(),
        step=st.sampled_from(["settle", "cancel"]),
        reference=references,
    )
    def end_withdrawal(self, withdrawal: tuple[int, int], stranger: bool, step: str, reference: str) -> None:
        number, account = withdrawal
        self.move(f"{step}_withdrawal", (account + stranger) % ACCOUNTS, number, reference=reference)

    def move(self, command: str, *arguments: int, reference: str) -> list[Any]:
        """A command that moves money; under a reference a second time, which moves nothing."""
        events = self.ask(command, *arguments, reference=reference)
        if reference and events[0].kind != EventKind.REJECTED:
            balances = self.balances()
            (repeated,) = self.ask(command, *arguments, reference=reference)
            first = getattr(events[0], "original_sequence", events[0].sequence)
            assert (repeated.kind, repeated.original_sequence) == (EventKind.MONEY_REPEATED, first)
            assert self.balances() == balances
        return events

    def balances(self) -> list[Any]:
        """Of every account and asset."""
        return [self.reference.balance(account, asset) for account in range(ACCOUNTS) for asset in range(ASSETS)]

    @rule(instrument=instruments)
    def halt(self, instrument: int) -> None:
        self.ask("halt", instrument)

    @rule(
        instrument=instruments,
        phase=phases,
        next=st.sampled_from([0, 0, 0, Phase.CLOSED, Phase.CLOSED, Phase.PRE_OPEN, 255]),
        ends_at=st.sampled_from([0, 0, 5, 20, 45]),
    )
    def set_phase(self, instrument: int, phase: int, next: int, ends_at: int) -> None:
        call = {"next": next, "ends_at": ends_at} if phase == Phase.AUCTION or next == 255 else {}
        self.ask("set_phase", instrument, phase, **call)

    @rule(
        instrument=instruments,
        bands=st.tuples(basis_points, basis_points, basis_points),
        call_ns=st.sampled_from([0, 3, 3, 10]),
        max_quantity=st.sampled_from([0, 0, 0, 5, -1]),
        max_notional=st.sampled_from([0, 0, 0, 100, -1]),
    )
    def set_trading_limits(self, instrument: int, bands: tuple[int, int, int], **limits: int) -> None:
        widths = dict(zip(("static_bps", "dynamic_bps", "auction_bps"), bands, strict=True))
        self.ask("set_trading_limits", instrument, **widths, **limits)

    @rule(instrument=instruments, price=prices, observed_at=st.integers(0, 2))
    def set_reference(self, instrument: int, price: int, observed_at: int) -> None:
        self.ask("set_reference", instrument, price, observed_at=observed_at)

    @rule(trade_date=st.sampled_from([20261130, 20261201, 20261202, 20261203, 20261200]))
    def roll_trade_date(self, trade_date: int) -> None:
        self.ask("roll_trade_date", trade_date)

    @rule(timestamp_ns=st.one_of(st.none(), st.integers(0, 50), st.sampled_from([10**9, 10**9 + 20, 2 * 10**9])))
    def pulse(self, timestamp_ns: int | None) -> None:
        self.ask("pulse", timestamp_ns=timestamp_ns)

    @rule(instrument=instruments, timestamp_ns=st.one_of(st.none(), st.integers(0, 50)))
    def resume(self, instrument: int, timestamp_ns: int | None) -> None:
        self.ask("resume", instrument, timestamp_ns=timestamp_ns)

    @rule(schedule=st.integers(0, 3), rates=st.tuples(*[st.sampled_from([0, 3, 30_000, 32_767, 32_768])] * 2))
    def set_fee_schedule(self, schedule: int, rates: tuple[int, int]) -> None:
        self.ask("set_fee_schedule", schedule, *rates)

    @rule(
        account=accounts,
        fee_schedule=st.integers(0, 2),
        max_open_orders=st.sampled_from([0, 1, 2, 5, 16_384, 16_385]),
        client_id_window=st.sampled_from([0, 1, 2, 3, 128, 65_536, 65_537]),
        group=st.integers(0, 1),
    )
    def set_account(self, account: int, **terms: int) -> None:
        self.ask("set_account", account, **terms)

    @rule(
        kind=st.integers(0, 40),
        version=st.integers(1, 4),
        account=accounts,
        body=st.binary(min_size=80, max_size=80),
        tail=st.binary(max_size=40),
    )
    def noise(self, kind: int, version: int, account: int, body: bytes, tail: bytes) -> None:
        """A body of noise; what then is no record is none for both."""
        lengths = BODY_LENGTHS[BODY_OF_KIND[kind]] if kind in BODY_OF_KIND else (0,)
        length = lengths[min(version, len(lengths)) - 1]
        noisy = (body[:length] + tail)[: (length + len(tail)) // 8 * 8]
        record = HEADER.pack(*Header(HEADER_LEN + len(noisy), kind, version, 0, 0, account, 0)) + noisy
        try:
            unpack(record)
        except CommandError:
            for engine in (self.reference, self.native):
                with pytest.raises(CommandError):
                    engine.apply(record)
        else:
            self.ask("apply", record)

    @rule()
    def restart(self) -> None:
        """Each engine goes on from the other's image."""
        from_reference, from_native = self.reference.state_image(), self.native.state_image()
        self.reference = reference.Engine.restore(from_native)
        self.native = pyengine.Engine.restore(from_reference)

    @invariant()
    def the_state_is_the_same(self) -> None:
        assert self.native.state_image() == self.reference.state_image()
        assert self.native.state_hash() == self.reference.state_hash()

    @invariant()
    def the_books_balance(self) -> None:
        self.reference.check()
        for asset in range(self.native.counts()[0]):
            assert self.native.total(asset) == self.native.issued(asset) == self.reference.issued(asset)

    @invariant()
    def what_is_due_is_the_same(self) -> None:
        assert self.native.next_due == self.reference.next_due

    @invariant()
    def every_query_answers_the_same(self) -> None:
        assert self.native.counts() == self.reference.counts()
        assert (self.native.sequence, self.native.timestamp_ns) == (
            self.reference.sequence,
            self.reference.timestamp_ns,
        )
        assets_count, instruments_count, accounts_count, _ = self.native.counts()
        for account in range(accounts_count):
            for asset in range(assets_count):
                assert self.native.balance(account, asset) == self.reference.balance(account, asset)
            assert as_values(self.native.open_orders(account)) == self.reference.open_orders(account)
        for instrument in range(instruments_count):
            depth = self.reference.depth(instrument, 3)
            assert self.native.depth(instrument, 3) == depth
            for side, levels in zip(Side, depth, strict=True):
                for price, _, _ in levels:
                    queue = self.reference.queue(instrument, side, price)
                    assert as_values(self.native.queue(instrument, side, price)) == queue


TwoEngines.TestCase.settings = settings(max_examples=180, stateful_step_count=40, deadline=None)
TestTwoEngines = TwoEngines.TestCase
