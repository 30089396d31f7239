"""The demo's clients: market makers that quote around a wandering price, one of them by mass quotes behind a
protection, takers that trade against them, and an operator who opens the venue by an auction, halts an instrument and
reopens it.

All of them speak the gateway's protocol through `gateway.client`, as anybody's would. Prices are ticks, quantities
lots.
"""

import asyncio
import itertools
import random
import time
from collections import deque
from contextlib import AsyncExitStack, suppress
from typing import Any, Final, Self

import numpy as np

from gateway import schemas
from gateway.auth import HmacSigner
from gateway.client import Client, OrderRejectedError
from gateway.demo.proof import Claim
from gateway.sample import (
    DEPOSIT_BASE,
    DEPOSIT_QUOTE,
    LISTINGS,
    OPERATOR_KEY,
    QUOTE,
    Listing,
    trader_keys,
)

SIDES: Final[tuple[schemas.Side, ...]] = ("buy", "sell")
LEVELS: Final = 3
"""Orders a maker keeps on each side of each instrument."""
LATENCIES_KEPT: Final = 1_000_000
TRADES_SHOWN: Final = 8
OPENING_SECONDS: Final = 1.0
HALTED: Final = "XAU-USDC"
"""The instrument that the operator halts, for so much of the demo's time, and from when on."""
HALT_FROM: Final = 0.4
HALT_FOR: Final = 0.05
CALL_FOR: Final = 0.1
CALL_SECONDS_MAX: Final = 1.0
"""How long the call of an auction lasts that begins by itself: so much of the demo's time, at most so long."""
STATIC_BPS: Final = 2_000
QUOTE_GROUP: Final = 1
PROTECTION: Final = {"window_ns": 1_000_000_000, "max_fills": 200, "max_quantity": 40_000}
"""Of the market maker that quotes: fills and lots in a second, over all instruments."""
BLOCKED_SECONDS: Final = 0.2
"""How long it stays away when its protection has stopped it."""
SEED: Final = 2012
"""The traders draw the same numbers in every demo; their timing does not repeat."""


class Trader:
    """One account and its session. Keeps what it was told: its open orders, from reports alone."""

    def __init__(self, market: "Market", name: str, account: int) -> None:
        self.market = market
        self.account = account
        self.random = random.Random(SEED * 1_000 + account)
        self.open: dict[int, int] = {}
        """Lots left by order id."""
        self.client = market.client(name, on_report=self._on_report)
        self._names = itertools.count(1)

    def _on_report(self, report: schemas.Report) -> None:
        market = self.market
        match report.kind:
            case "accepted":
                self.open[report.order_id] = report.leaves
                market.orders += 1
            case "amended":
                self.open[report.order_id] = report.leaves
                market.amendments += 1
            case "fill":
                self.open[report.order_id] = report.leaves
                if not report.leaves:
                    del self.open[report.order_id]
                if report.liquidity == "taker" or (report.liquidity == "auction" and report.side == "buy"):
                    market.fills += 1
                    market.settled_notional += report.cash
            case "cancelled":
                self.open.pop(report.order_id, None)
            case "mass_quoted":
                market.mass_quotes += 1
            case "protection_triggered":
                market.protections += 1

    async def timed(self, request: "asyncio.Future[Any] | Any") -> schemas.Report | None:
        """The answer, its latency kept; None if the engine rejected the request, as it may."""
        start = time.perf_counter_ns()
        try:
            report: schemas.Report = await request
        except OrderRejectedError:
            self.market.rejections += 1
            return None
        self.market.latencies_ns.append(time.perf_counter_ns() - start)
        return report

    def name_order(self) -> str:
        """A client order id not used before."""
        return f"{self.account}-{next(self._names)}"

    async def join_the_opening(self) -> None:
        """One order on each side of each instrument, for the opening auction alone: prices that cross others'."""
        for listing in LISTINGS:
            for side in SIDES:
                price = listing.start_price + self.random.randrange(-8, 9)
                quantity = self.random.randrange(100, 2_000)
                await self.timed(self.client.place(listing.symbol, side, quantity, price, lifetime="auction"))


class Maker(Trader):
    """Quotes every instrument on both sides, and follows the fair price by amending."""

    async def trade(self) -> None:
        """Requotes one instrument after the other until cancelled."""
        quotes: dict[tuple[str, schemas.Side, int], int] = {}
        while self.market.trading:
            listing = self.random.choice(LISTINGS)
            places = [(listing.symbol, side, level) for side in SIDES for level in range(LEVELS)]
            await asyncio.gather(*(self._quote(quotes, place) for place in places))
            await asyncio.sleep(self.random.expovariate(100))

    async def _quote(
        self, quotes: dict[tuple[str, schemas.Side, int], int], place: tuple[str, schemas.Side, int]
    ) -> None:
        symbol, side, level = place
        fair = self.market.fair[symbol]
        distance = 1 + level * 2 + self.random.randrange(2)
        price = fair - distance if side == "buy" else fair + distance
        order_id = quotes.get(place, 0)
        if self.open.get(order_id):
            total = self.random.randrange(200, 4_000)
            if await self.timed(self.client.amend(price, total, order_id=order_id)) is not None:
                return
            with suppress(OrderRejectedError):
                await self.client.cancel(order_id=order_id)
        quantity = self.random.randrange(100, 2_000)
        report = await self.timed(
            self.client.place(
                symbol, side, quantity, price, time_in_force="post_only", client_order_id=self.name_order()
            )
        )
        if report is not None:
            quotes[place] = report.order_id


class Quoter(Trader):
    """Quotes all instruments at once, and leaves it to the venue to stop it when it trades too much."""

    async def trade(self) -> None:
        """Says what its quotes shall be, again and again, until cancelled; stopped, it comes back a little later."""
        await self.timed(self.client.set_market_maker_protection(QUOTE_GROUP, **PROTECTION))
        while self.market.trading:
            quotes = [self._quote(listing) for listing in LISTINGS]
            if await self.timed(self.client.mass_quote(QUOTE_GROUP, quotes)) is None:
                await asyncio.sleep(BLOCKED_SECONDS)
                await self.timed(self.client.reset_market_maker_protection(QUOTE_GROUP))
            await asyncio.sleep(self.random.expovariate(50))

    def _quote(self, listing: Listing) -> schemas.QuoteEntry:
        fair = self.market.fair[listing.symbol]
        return schemas.QuoteEntry(
            instrument=listing.symbol,
            bid_price=fair - 2,
            bid_quantity=self.random.randrange(1, 4) * 500,
            ask_price=fair + 2,
            ask_quantity=self.random.randrange(1, 4) * 500,
        )


class Taker(Trader):
    """Takes liquidity: by limit, by market order, and by spending an amount of money."""

    async def trade(self) -> None:
        """One order after the other until cancelled."""
        while self.market.trading:
            listing = self.random.choice(LISTINGS)
            await self.timed(self._order(listing))
            await asyncio.sleep(self.random.expovariate(150))

    def _order(self, listing: Listing) -> Any:
        place, name = self.client.place, self.name_order()
        side: schemas.Side = self.random.choice(("buy", "sell"))
        quantity = self.random.randrange(1, 1_500)
        kind = self.random.random()
        if kind < 0.2:
            notional = self.random.randrange(10, 1_000) * 1_000_000
            return place(
                listing.symbol, "buy", notional=notional, order_type="market", time_in_force="ioc", client_order_id=name
            )
        if kind < 0.4:
            return place(listing.symbol, side, quantity, order_type="market", time_in_force="ioc", client_order_id=name)
        fair = self.market.fair[listing.symbol]
        price = fair + 5 if side == "buy" else fair - 5
        return place(listing.symbol, side, quantity, price, time_in_force="ioc", client_order_id=name)


class Market:
    """All clients of the demo, and what they saw. Use as `async with`."""

    def __init__(self, url: str, keys: dict[str, bytes], seconds: float) -> None:
        """`seconds` is how long it will be traded, behind the opening."""
        self._seconds = seconds
        self._url = url
        self._keys = keys
        self._stack = AsyncExitStack()
        self._tasks: list[asyncio.Task[None]] = []
        self._random = random.Random(SEED)
        self.trading = True
        self.fair = {listing.symbol: listing.start_price for listing in LISTINGS}
        self.orders = self.amendments = self.rejections = self.fills = self.settled_notional = 0
        self.mass_quotes = self.protections = self.auctions = self.halts = 0
        self.phases: dict[str, schemas.InstrumentPhase] = {}
        """What each instrument was last said to do."""
        self._opened = asyncio.Event()
        self.latencies_ns: deque[int] = deque(maxlen=LATENCIES_KEPT)
        self.trades: deque[schemas.Trade] = deque(maxlen=TRADES_SHOWN)
        self.started = time.monotonic()
        self.operator = self.client(OPERATOR_KEY)
        self.viewer = self.client(trader_keys()[0][0], on_market_data=self._on_market_data)
        makers = [(name, account) for name, account in trader_keys() if name.startswith("maker")]
        takers = [(name, account) for name, account in trader_keys() if not name.startswith("maker")]
        self.traders: list[Maker | Quoter | Taker] = [Maker(self, *key) for key in makers[:-1]]
        self.traders += [Quoter(self, *makers[-1]), *(Taker(self, *key) for key in takers)]

    def client(self, name: str, **callbacks: Any) -> Client:
        """A client with the key `name`, not yet connected."""
        return Client(self._url, name, HmacSigner(self._keys[name]), **callbacks)

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self.operator)
        for trader in self.traders:
            for asset in (QUOTE, *(listing.base for listing in LISTINGS)):
                amount = DEPOSIT_QUOTE if asset == QUOTE else DEPOSIT_BASE
                await self.operator.admin(schemas.AdminDeposit(account=trader.account, asset=asset, amount=amount))
        await self._stack.enter_async_context(self.viewer)
        for listing in LISTINGS:
            for channel in ("book", "trades", "phase"):
                await self.viewer.subscribe(channel, listing.symbol)
        for trader in self.traders:
            await self._stack.enter_async_context(trader.client)
        await self._open()
        self.started = time.monotonic()
        self._tasks = [asyncio.create_task(trader.trade()) for trader in self.traders]
        self._tasks += [asyncio.create_task(self._wander()), asyncio.create_task(self._halt_and_reopen())]
        return self

    async def _open(self) -> None:
        """The opening auction of every instrument."""
        call = min(CALL_SECONDS_MAX, CALL_FOR * self._seconds)
        ends_at = time.time_ns() + round(OPENING_SECONDS * 1e9)
        for listing in LISTINGS:
            limits = schemas.AdminSetTradingLimits(
                instrument=listing.symbol, static_bps=STATIC_BPS, call_ns=round(call * 1e9)
            )
            await self.operator.admin(limits)
            opening = schemas.AdminSetPhase(instrument=listing.symbol, phase="auction", ends_at=ends_at)
            await self.operator.admin(opening)
        await asyncio.gather(*(trader.join_the_opening() for trader in self.traders))
        await self._opened.wait()

    async def _halt_and_reopen(self) -> None:
        """Once, in the middle: trading goes on by an auction that nobody has to ask for."""
        await asyncio.sleep(HALT_FROM * self._seconds)
        await self.operator.admin(schemas.AdminHalt(instrument=HALTED, cause="primary_market"))
        await asyncio.sleep(HALT_FOR * self._seconds)
        await self.operator.admin(schemas.AdminResume(instrument=HALTED, cause="primary_market"))

    async def __aexit__(self, *exc: object) -> None:
        self.trading = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._stack.aclose()

    async def _wander(self) -> None:
        """Moves the fair prices, as news would."""
        while self.trading:
            for symbol in self.fair:
                self.fair[symbol] = max(100, self.fair[symbol] + self._random.choice((-1, 0, 0, 1)))
            await asyncio.sleep(0.02)

    def _on_market_data(self, message: Any) -> None:
        if isinstance(message, schemas.Trade):
            self.trades.append(message)
        elif isinstance(message, schemas.InstrumentPhase):
            self.phases[message.instrument] = message
            self.auctions += message.kind == "uncrossed" and message.price > 0
            self.halts += message.kind == "halted"
            if message.kind == "phase_changed" and all(told.phase == "continuous" for told in self.phases.values()):
                self._opened.set()

    def check(self) -> None:
        """Raises what ended a trader, if something did."""
        for task in self._tasks:
            if task.done() and not self.trading:
                continue
            if task.done():
                task.result()

    async def stop_trading(self) -> None:
        """Lets every trader finish what it is doing; afterwards nothing is in flight."""
        self.trading = False
        await asyncio.gather(*self._tasks)
        for trader in self.traders:
            await trader.client.ping()

    async def claims(self) -> list[Claim]:
        """What the venue told each trader: its open orders and its balances."""
        claims = []
        for trader in self.traders:
            balances = await trader.client.balances()
            amounts = {info.asset: (info.available, info.held) for info in balances.balances}
            claims.append(Claim(trader.account, dict(trader.open), amounts))
        return claims

    def summary(self, status: schemas.Status) -> dict[str, Any]:
        """The figures of the demo; latencies are of whole requests, in microseconds, as the clients saw them."""
        latencies = np.array(self.latencies_ns) / 1_000
        percentiles = np.percentile(latencies, (50, 90, 99, 99.9)) if len(latencies) else (0, 0, 0, 0)
        names = ("p50", "p90", "p99", "p99_9")
        return {
            "orders": self.orders,
            "amendments": self.amendments,
            "rejections": self.rejections,
            "fills": self.fills,
            "settled_notional": self.settled_notional,
            "mass_quotes": self.mass_quotes,
            "protections_triggered": self.protections,
            "auctions": self.auctions,
            "halts": self.halts,
            "latency_us": {name: round(float(value)) for name, value in zip(names, percentiles, strict=True)},
            "commands": status.seq,
            "open_orders": status.open_orders,
        }
