"""A seeded random flow of commands that keeps reaching the interesting states of the engine.

Few accounts with tight funds trade few instruments at tight prices, so that orders meet their own party, run out of
money, fill in part and queue up. Most orders are plain; the others are of every kind that the rules know: icebergs,
hidden orders, minimum quantities, stops near the values that they wait for, pegs behind the best prices that others
move, orders of a day, pairs of which one cancels the other, brackets. A few accounts make markets: they quote in
groups, mostly what they said before, under protections with small limits. Client ids are used again near the edge of
the finished window, for the same order or for another; withdrawals, halts, fees, references, new trade dates and bad
input come in between. Some instruments do nothing but trade; others open and close, hold auctions, are bounded by bands
and sizes, have primary markets, and are retired for new ones. The flow learns only from events (which orders are open
at what price, in which phase an instrument is): the same seed against engines that emit the same events gives the same
commands.
"""

import random
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from numpy.typing import NDArray

from pyengine.attestation import attestation_text
from pyengine.commands import (
    pack_amend,
    pack_announce_action,
    pack_attest,
    pack_cancel,
    pack_cancel_action,
    pack_cancel_after,
    pack_cancel_all,
    pack_cancel_replace,
    pack_cancel_withdrawal,
    pack_create_account,
    pack_create_asset,
    pack_create_instrument,
    pack_deposit,
    pack_force_transfer,
    pack_freeze,
    pack_halt,
    pack_mass_quote,
    pack_mint,
    pack_place,
    pack_place_bracket,
    pack_place_oco,
    pack_pulse,
    pack_refuse_redemption,
    pack_register_bar,
    pack_remove_bar,
    pack_request_redemption,
    pack_request_withdrawal,
    pack_reset_market_maker_protection,
    pack_resume,
    pack_revoke_key,
    pack_roll_trade_date,
    pack_set_account,
    pack_set_asset_terms,
    pack_set_attestor,
    pack_set_beneficial,
    pack_set_cash_reference,
    pack_set_eligibility,
    pack_set_fee_override,
    pack_set_fee_schedule,
    pack_set_holder,
    pack_set_key,
    pack_set_market_maker_protection,
    pack_set_obligation,
    pack_set_peg,
    pack_set_phase,
    pack_set_primary_status,
    pack_set_reference,
    pack_set_reference_policy,
    pack_set_refiner,
    pack_set_trading_limits,
    pack_set_volatility_bands,
    pack_settle_redemption,
    pack_settle_withdrawal,
    pack_transfer,
    pack_unfreeze,
)
from pyengine.events import (
    Accepted,
    AccountSet,
    ActionAnnounced,
    Amended,
    BarRegistered,
    BarRemoved,
    Cancelled,
    Event,
    Fill,
    InstrumentCreated,
    KeySet,
    MassQuoted,
    PhaseChanged,
    ProtectionReset,
    ProtectionTriggered,
    RedemptionRequested,
    Triggered,
    Uncrossed,
    WithdrawalRequested,
)
from pyengine.packing import split
from pyengine.records import (
    ACCOUNT_OPEN_ORDERS_MAX,
    ACTION_ITEMS,
    BODY_LENGTHS,
    BODY_OF_KIND,
    CLIENT_ID_LEN,
    CLIENT_ID_WINDOW,
    DAY_NS,
    ENTRIES,
    FEE_DAYS,
    HEADER_LEN,
    INDICATION_INTERVAL,
    MAX_ACTIONS,
    MAX_AMOUNT,
    MAX_CALL_NS,
    MAX_COLLAR_BPS,
    MAX_FEE_RATE,
    MAX_FEE_SCHEDULES,
    MAX_KEY_DOCUMENT_WORDS,
    MAX_MINIMUM_ORDERS,
    MAX_MULTIPLIER,
    MAX_OBLIGATION_SPREAD,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    MAX_PEG_OFFSET,
    MAX_PENDING_FEE_CHANGES,
    MAX_PENDING_WITHDRAWALS_PER_ACCOUNT,
    MAX_PROTECTED_FILLS,
    MAX_QUOTE_ENTRIES,
    MAX_QUOTE_GROUPS,
    MAX_TRAILING_ORDERS,
    NONE_ID,
    TAILS,
    TRIGGER_ITEMS,
    VOLATILITY_INTERVAL,
    ActionKind,
    AssetClass,
    AssetForm,
    AttestationPolicy,
    AttestorStatus,
    BarPolicy,
    CancelTimer,
    FeeChange,
    FreezeScope,
    HaltCause,
    InvestorClass,
    JurisdictionEntry,
    JurisdictionRule,
    Lifetime,
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
    RefinerStatus,
    SelfTradePrevention,
    SetKey,
    Side,
    SideFilter,
    StalePolicy,
    TimeInForce,
    Trigger,
    Verification,
    Visibility,
)

USDC, AAPL, GOLD, EURC, NOTE, SHARE = range(6)
ACCOUNTS = 7
"""Accounts 0 (the venue trades too) to 6 trade; 8 is unknown."""
SPLIT_INSTRUMENT = 6
"""Of the asset that is split: nobody withdraws it."""
STUFFED_ACCOUNT = 6
EMPTIED_ACCOUNT = 7
"""Has nothing but what it is sent, and withdraws that."""
MARKET_MAKERS = (1, 2, 3, 3, 4)
QUOTE_GROUPS = (1, 1, 2, 3)
CAUSES = (HaltCause.OPERATOR, *HaltCause, len(HaltCause))
FUNDED_ASSETS = (USDC, AAPL, GOLD, EURC)
MIN_WITHDRAWALS = {USDC: 2_000, AAPL: 70, GOLD: 6, EURC: 1 << 54, NOTE: 1, SHARE: 1}
PADDED_CLIENT_ID_LEN = -(-CLIENT_ID_LEN // 8) * 8
LENGTHS_AT = {body_type: tail.counted_at for body_type, tail in TAILS.items()} | {
    body_type: entries.counted_at for body_type, entries in ENTRIES.items()
}
"""Where a body says how much there is behind it."""
NEVER = 2**64 - 1
"""The time at which an amended order that ends at none ends."""
IMMEDIATE = (TimeInForce.IOC, TimeInForce.FOK)
PASSIVE = (TimeInForce.POST_ONLY, TimeInForce.POST_ONLY_SLIDE)
TIMES = dict(zip(TimeInForce, (56, 14, 11, 10, 9), strict=True))
"""Every time in force, and how many of a hundred orders have it."""
CASCADE = TRIGGER_ITEMS + 12
"""Stops that are reached at once: more than one command lets in."""
CROSSING = (TRIGGER_ITEMS + 8) // 2
"""Pegs of a side that meet those of the other at once: of two each, more than one command lets take."""
CALL_PHASES = (Phase.PRE_OPEN, Phase.AUCTION, Phase.PAUSE)
TIMED_PHASES = (Phase.AUCTION, Phase.PAUSE)
PHASES_AFTER = {
    Phase.CONTINUOUS: {Phase.AUCTION: 12, Phase.PRE_OPEN: 4, Phase.CLOSED: 4},
    Phase.PRE_OPEN: {Phase.AUCTION: 3, Phase.CONTINUOUS: 3, Phase.PRE_OPEN: 2, Phase.CLOSED: 2},
    Phase.AUCTION: {Phase.CONTINUOUS: 12, Phase.AUCTION: 2, Phase.PRE_OPEN: 2, Phase.CLOSED: 2},
    Phase.PAUSE: {Phase.CONTINUOUS: 1, Phase.AUCTION: 3, Phase.PRE_OPEN: 5, Phase.CLOSED: 3},
    Phase.UNCROSSING: {Phase.CONTINUOUS: 1, Phase.CLOSED: 1, Phase.AUCTION: 1},
    Phase.CLOSED: {Phase.AUCTION: 3, Phase.CONTINUOUS: 3, Phase.PRE_OPEN: 3, Phase.CLOSED: 1},
    Phase.RETIRED: {Phase.CONTINUOUS: 1, Phase.PRE_OPEN: 1},
}
"""What the venue wants of an instrument in each phase, and how often."""
UNREACHED = 4
"""Orders that an auction does not trade."""
FIRST_PHASES = (Phase.PRE_OPEN, Phase.CLOSED)
AUCTIONED = 3
"""Instruments with auctions at one time."""
CALL = 25_000
"""Nanoseconds of a call: the flow's clock takes some fifty commands for it."""
FEW_OPEN_ORDERS = 25
"""Where there is little room: so few that the engine is full now and then."""
ENTRY_TERMS = (
    "instrument",
    "side",
    "price",
    "quantity",
    "order_type",
    "time_in_force",
    "stp",
    "expires_at",
    "lifetime",
)
"""What the entry of a bracket says of what an order can."""
TIERS = (1, 1_000, 20_000, 300_000, 1 << 58, MAX_AMOUNT - 1, MAX_AMOUNT)
"""Notionals of tiers: an account reaches the first at once, and the last but in one asset never."""
OPEN_NOTIONALS = (0, 0, 0, 0, 500, 4_000, 40_000, 1 << 59, MAX_AMOUNT, -1)
"""Some are a few orders of one asset."""
JURISDICTIONS = tuple(int.from_bytes(code, "little") for code in (b"DE", b"US", b"KP"))
OUNCE = 1_000_000
"""Of a bar: as much as a smallest unit of GOLD is backed by."""
ATTESTORS = tuple(Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)) for number in range(2))
KEYS = tuple(key.public_key().public_bytes_raw() for key in ATTESTORS)
SMALL_ORDER = bytes([1]) + bytes(31)
KEPT_BARS = 12
"""How many bars there are, more or less."""
KEPT_IDS = 64
"""Finished orders and withdrawals that the flow goes on naming."""


class _Instrument:
    """One listing: the flow needs its price range to be tight."""

    def __init__(self, base: int, quote: int, lot_size: int, tick_lot_value: int, max_price: int, collar: int) -> None:
        self.base, self.quote, self.lot_size, self.tick_lot_value = base, quote, lot_size, tick_lot_value
        self.max_price, self.collar = max_price, collar
        self.mid = max_price // 2
        self.phase = Phase.CONTINUOUS

    def another(self) -> "_Instrument":
        """The same, as it was listed."""
        return _Instrument(self.base, self.quote, self.lot_size, self.tick_lot_value, self.max_price, self.collar)

    @property
    def spread(self) -> int:
        """How far from the middle its prices are."""
        return max(2, self.max_price // 20)


class _Open(NamedTuple):
    """What the flow knows of an open order."""

    account: int
    instrument: int
    side: int
    price: int
    quantity: int
    trigger_price: int
    """Of a stop that waits, else 0."""
    placed: dict[str, Any]
    """What it was placed as, if it has a client id."""


class _Moved(NamedTuple):
    """A money command under a reference; whether it was carried out the flow does not know."""

    account: int
    rest: tuple[int, ...]
    """Its other arguments."""
    reference: str


_Pack = Callable[..., bytes]


class Flow:
    """Commands as records; feed every event back with `observe` before asking for more."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._stuffs_orders = seed % 5 == 0
        self._stuffs_withdrawals = seed % 5 == 1
        self._stuffs_queues = seed % 5 == 3
        self._fills_up = seed % 5 == 2
        self._clock = 1_700_000_000_000_000_000
        self._instruments = [
            _Instrument(AAPL, USDC, lot_size=10, tick_lot_value=3, max_price=60, collar=500),
            _Instrument(GOLD, USDC, lot_size=1, tick_lot_value=7, max_price=400, collar=100),
            _Instrument(AAPL, EURC, lot_size=1, tick_lot_value=1 << 38, max_price=1 << 20, collar=10_000),
            _Instrument(EURC, USDC, lot_size=1 << 40, tick_lot_value=1, max_price=10, collar=0),
        ]
        self._plain = range(len(self._instruments))
        self._listings = {4: self._instruments[0].another(), 5: self._instruments[1].another()}
        self._listings[SPLIT_INSTRUMENT] = _Instrument(SHARE, USDC, 1, 5, 900, 1_000)
        self._auctioned: list[int] = []
        self._trade_date = 20261128
        self._announced = self._last_action = 0
        self._open: dict[int, _Open] = {}
        self._finished: list[tuple[int, int]] = []
        self._withdrawals: list[tuple[int, int]] = []
        self._references = 0
        self._issuers = {USDC: 1, AAPL: 2, GOLD: 3}
        self._bars: list[int] = []
        self._assigned: list[int] = []
        self._redemptions: list[tuple[int, int]] = []
        self._serials = 0
        self._moved: dict[_Pack, list[_Moved]] = {}
        self._client_ids = [0] * (ACCOUNTS + 1)
        self._windows = [CLIENT_ID_WINDOW] * (ACCOUNTS + 1)
        self._placed: dict[tuple[int, str], dict[str, Any]] = {}
        self._pairs: dict[tuple[int, str], dict[str, Any]] = {}
        self._brackets: dict[tuple[int, str], dict[str, Any]] = {}
        self._quotes: dict[tuple[int, int, int], QuoteEntry] = {}
        self._open_quotes: set[int] = set()
        self._blocked: dict[tuple[int, int], None] = {}
        self._keys: list[int] = []
        makers: list[tuple[float, Callable[[], bytes]]] = [
            (640, self._place),
            (60, self._place_pair),
            (100, self._place_bracket),
            (0.6, self._close_many),
            (120, self._close_nothing),
            (100, self._cancel),
            (200, self._amend),
            (50, self._replace),
            (4, self._cancel_all),
            (190, self._quote),
            (9, self._quote_beyond_limits),
            (28, self._protect),
            (60, self._reset_protection),
            (5, self._cancel_after),
            (50, self._deposit),
            (20, self._request_withdrawal),
            (4, self._empty_an_account),
            (14, self._settle_withdrawal),
            (10, self._cancel_withdrawal),
            (18, self._transfer),
            (110, self._move_again),
            (3, self._halt),
            (40, self._resume),
            (12, self._set_fee_schedule),
            (8, self._set_fee_override),
            (12, self._set_obligation),
            (6, self._earn_an_obligation),
            (0.5, self._announce_many),
            (0.6, self._let_days_pass),
            (8, self._set_account),
            (2, self._trade_within_a_firm),
            (10, self._create),
            (24, self._pulse),
            (36, self._set_reference),
            (3, self._roll_trade_date),
            (20, self._corrupted),
            (0.3, self._cascade),
            (26, self._move_a_peg),
            (11, self._reach_the_unseen),
            (0.6, self._cross_pegs),
            (56, self._set_phase),
            (8, self._set_trading_limits),
            (36, self._leave_a_band),
            (7, self._extend_a_call),
            (12, self._halt_a_call),
            (3, self._let_a_call_go_on),
            (1.3, self._uncross_many),
            (2, self._list_another),
            (2, self._paced_trades),
            (3, self._quote_beyond_a_band),
            (4, self._quotes_meet_in_an_auction),
            (8, self._set_volatility_bands),
            (7, self._reach_a_limit),
            (12, self._trade_beyond_a_limit),
            (4, self._move_a_reference),
            (2, self._let_a_reference_be_looked_at),
            (8, self._set_reference_policy),
            (10, self._set_primary_status),
            (6, self._let_a_reference_grow_old),
            (5, self._let_an_anchor_step),
            (12, self._set_asset_terms),
            (6, self._set_attestor),
            (32, self._attest),
            (40, self._mint),
            (44, self._request_redemption),
            (26, self._settle_redemption),
            (26, self._refuse_redemption),
            (8, self._set_refiner),
            (36, self._register_bar),
            (14, self._remove_bar),
            (5, self._set_peg),
            (16, self._set_cash_reference),
            (5, self._act),
            (9, self._fail_an_action),
            (4, self._act_wrongly),
            (1.5, self._close_books),
            (2.5, self._act_in_steps),
            (2.5, self._split),
            (0.5, self._delist),
            (0.12, self._announce_too_many_actions),
            (0.4 if self._stuffs_queues else 0, self._stuff_queues),
            (3 if self._stuffs_withdrawals else 0, self._stuff_withdrawals),
            (14, self._set_key),
            (5, self._revoke_key),
            (10, self._set_holder),
            (4, self._set_eligibility),
            (26, self._keep_out),
            (8, self._keep_out_of_an_auction),
            (11, self._freeze),
            (8, self._freeze_for_a_while),
            (3, self._lock_deposits),
            (8, self._force_transfer),
            (8, self._force_frozen_units),
            (16, self._set_beneficial),
        ]
        self._weights = [weight for weight, _ in makers]
        self._makers = [make for _, make in makers]

    def opening(self) -> bytes:
        """Reference data and first deposits; some seeds also bring one account to one of its limits."""
        assets = (
            (USDC, "USDC", AssetClass.STABLECOIN, 6),
            (AAPL, "AAPL", AssetClass.EQUITY, 6),
            (GOLD, "GOLD", AssetClass.GOLD, 9),
            (EURC, "EURC", AssetClass.STABLECOIN, 18),
            (NOTE, "NOTE", AssetClass.EQUITY, 2),
            (SHARE, "SHARE", AssetClass.EQUITY, 0),
        )
        commands = [
            *(pack_create_asset(*asset, min_withdrawal=MIN_WITHDRAWALS[asset[0]]) for asset in assets),
            pack_set_fee_schedule(0, 0, 3_000),
            pack_set_fee_schedule(1, 1_000, 25_000),
            pack_set_fee_schedule(2, MAX_FEE_RATE, 0),
        ]
        listings = [*enumerate(self._instruments), *self._listings.items()]
        commands += [self._listing(number, listing, Phase.CONTINUOUS) for number, listing in listings]
        commands += [
            pack_create_account(account, fee_schedule=account % 3) for account in range(1, EMPTIED_ACCOUNT + 1)
        ]
        for account in range(ACCOUNTS):
            commands += [pack_deposit(account, asset, self._small_amount(asset)) for asset in FUNDED_ASSETS]
        commands += [pack_set_attestor(number, key) for number, key in enumerate(KEYS)]
        commands += [pack_set_refiner(number, f"R{number}") for number in range(2)]
        tokenized: dict[str, Any] = {"form": AssetForm.TOKENIZED, "attestation": AttestationPolicy.MINTING}
        commands += [
            pack_set_asset_terms(USDC, self._issuers[USDC], currency="USD"),
            pack_set_asset_terms(AAPL, self._issuers[AAPL], backing=OUNCE, redemption_fee=7, **tokenized),
            pack_set_asset_terms(
                GOLD, self._issuers[GOLD], backing=OUNCE * 10**9, bars=BarPolicy.WHOLE, vault="V", redemption_fee=3
            ),
        ]
        if self._stuffs_withdrawals:
            commands.append(self._stuff_withdrawals(MAX_PENDING_WITHDRAWALS_PER_ACCOUNT + 1))
        if self._stuffs_orders:
            commands.append(pack_deposit(STUFFED_ACCOUNT, USDC, 10 * MAX_OPEN_ORDERS_PER_ACCOUNT))
            commands += [pack_place(STUFFED_ACCOUNT, 1, Side.BUY, 1, 1)] * (MAX_OPEN_ORDERS_PER_ACCOUNT + 1)
        if self._stuffs_queues:
            commands.append(self._stuff_queues())
        return b"".join(commands)

    def batch(self, count: int) -> bytes:
        """The next commands."""
        makers = self._random.choices(self._makers, self._weights, k=count)
        self._open_ids = list(self._open)
        return b"".join(make() for make in makers)

    def observe(self, events: NDArray[np.void]) -> None:
        """Learns what the last commands did."""
        accepted: list[Accepted] = []
        for row in events:
            event = Event.from_bytes(row.tobytes())
            match event:
                case Accepted() | Amended():
                    placed = self._placed.get((event.account, event.client_order_id), {})
                    terms = (event.side, event.price, event.quantity, event.trigger_price)
                    self._open[event.order_id] = _Open(event.account, event.instrument, *terms, placed)
                case MassQuoted():
                    quotes = [quote.order_id for quote in accepted if quote.sequence == event.sequence]
                    self._open_quotes.update(self._open.keys() & quotes)
                case Triggered():
                    self._open[event.order_id] = self._open[event.order_id]._replace(price=event.price, trigger_price=0)
                case Cancelled():
                    self._forget(event.order_id, event.account)
                case Fill(leaves=0):
                    self._forget(event.order_id, event.account)
                case ProtectionTriggered():
                    self._blocked[event.account, event.quote_group] = None
                case ProtectionReset():
                    self._blocked.pop((event.account, event.quote_group), None)
                case AccountSet() if event.account <= ACCOUNTS:
                    self._windows[event.account] = event.client_id_window
                case WithdrawalRequested():
                    self._withdrawals = [*self._withdrawals[-KEPT_IDS:], (event.withdrawal_id, event.account)]
                case RedemptionRequested():
                    self._redemptions = [*self._redemptions[-KEPT_IDS:], (event.withdrawal_id, event.account)]
                    self._assigned = [*self._assigned[-3:], event.bar]
                case BarRegistered():
                    self._bars.append(event.bar)
                case BarRemoved():
                    self._bars.remove(event.bar)
                case KeySet() if event.key_id > len(self._keys):
                    self._keys.append(event.account)
                case PhaseChanged():
                    self._instruments[event.instrument].phase = Phase(event.phase)
                    if event.phase == Phase.RETIRED and event.instrument in self._auctioned:
                        self._auctioned.remove(event.instrument)
                case ActionAnnounced():
                    self._announced = max(self._announced, event.action)
                case Uncrossed():
                    self._instruments[event.instrument].phase = Phase.UNCROSSING
                case InstrumentCreated() if event.instrument in self._listings:
                    self._instruments.append(self._listings.pop(event.instrument))
                    if event.instrument != SPLIT_INSTRUMENT:
                        self._auctioned.append(event.instrument)
            if isinstance(event, Accepted):
                accepted.append(event)
        self._last_action = self._announced

    def _forget(self, order_id: int, account: int) -> None:
        self._open.pop(order_id, None)
        self._open_quotes.discard(order_id)
        self._finished = [*self._finished[-KEPT_IDS:], (order_id, account)]

    # ------------------------------------------------------------------------------------------------------ ingredients

    def _one_in(self, chance: int) -> bool:
        return self._random.random() * chance < 1

    def _account(self) -> int:
        """Account 1 is the busiest, so that its window of finished orders turns over; rarely nobody."""
        if self._one_in(300):
            return self._random.choice((EMPTIED_ACCOUNT + 1, 2**32 - 1))
        return 1 if self._one_in(4) else self._random.randrange(ACCOUNTS)

    def _instrument(self) -> int:
        """Two in three of those that only trade; rarely none, or one that may be retired."""
        if self._one_in(300):
            return self._random.choice((len(self._instruments), self._random.randrange(len(self._instruments))))
        if self._auctioned and self._one_in(3):
            return self._random.choice(self._auctioned)
        return self._random.choice((0, 0, 0, 0, 1, 1, 2, 3))

    def _auctioned_instrument(self, *phases: Phase) -> int:
        """Of those with auctions, if there is one in such a phase; rarely any instrument."""
        if self._one_in(60):
            return self._random.choice((self._random.randint(len(self._plain), len(self._instruments)), NONE_ID))
        fitting = [number for number in self._auctioned if not phases or self._instruments[number].phase in phases]
        return self._random.choice(fitting or self._auctioned or [len(self._instruments)])

    def _known_instrument(self, number: int) -> _Instrument:
        return self._instruments[number % len(self._instruments)]

    def _asset(self) -> int:
        return 9 if self._one_in(70) else self._random.choice(FUNDED_ASSETS)

    def _small_amount(self, asset: int) -> int:
        scale = {USDC: 20_000, AAPL: 700, GOLD: 60, EURC: 1 << 58, NOTE: 700, SHARE: 60}[asset]
        return self._random.randrange(1, scale)

    def _any_amount(self, asset: int) -> int:
        if self._one_in(40):
            return self._random.choice((0, -1, MAX_AMOUNT, -(2**63)))
        return self._small_amount(asset) if asset in FUNDED_ASSETS else 1

    def _limit(self, listing: _Instrument, side: Side) -> int:
        """Every other limit is on its own side of the middle: books have to grow before they are taken from."""
        price = self._price(listing)
        if not 1 <= price <= listing.max_price or self._one_in(2):
            return price
        away = abs(price - listing.mid)
        return max(1, listing.mid - away) if side == Side.BUY else min(listing.mid + away, listing.max_price)

    def _price(self, listing: _Instrument) -> int:
        if self._one_in(60):
            return self._random.choice((0, -1, 1, listing.max_price, listing.max_price + 1, 2**62))
        return min(max(1, listing.mid + self._random.randint(-listing.spread, listing.spread)), listing.max_price)

    def _lots(self) -> int:
        if self._one_in(80):
            return self._random.choice((0, -5, 1 << 20, 1 << 40, MAX_AMOUNT))
        return self._random.randrange(1, 40 if self._one_in(6) else 12)

    def _time(self) -> int | None:
        if self._one_in(20):
            return self._random.choice((None, 0, 1, self._clock - 1_000))
        self._clock += 1 if self._one_in(4) else self._random.randrange(1_300)
        return self._clock

    def _known_order(self) -> tuple[int, int]:
        """(order id, account): mostly an open order and its owner; else a finished one, a stranger, or nonsense."""
        if self._open_ids and not self._one_in(8):
            order_id = self._random.choice(self._open_ids)
            account = self._open[order_id].account
        elif self._finished:
            order_id, account = self._random.choice(self._finished)
        else:
            order_id, account = self._random.randrange(2**40), 1
        return order_id, self._account() if self._one_in(25) else account

    def _client_id(self, account: int) -> str:
        """Nothing, the next id, or one used before: just now, or about a window of finished orders ago."""
        account = min(account, ACCOUNTS)
        last = self._client_ids[account]
        chance = self._random.random()
        if self._one_in(200):
            return self._random.choice(("x" * CLIENT_ID_LEN, "x" * (CLIENT_ID_LEN + 1), "no space", "caf\u00e9"))
        if chance < 0.3:
            return ""
        if chance < 0.4:
            return f"c{last - self._random.randrange(6)}"
        if chance < 0.5:
            return f"c{last - self._windows[account] - self._random.randrange(-30, 60)}"
        self._client_ids[account] = last + 1
        return f"c{last + 1}"

    def _used_client_id(self, account: int) -> str:
        return f"c{self._client_ids[min(account, ACCOUNTS)] - self._random.randrange(12)}"

    # --------------------------------------------------------------------------------------------------------- commands

    def _place(self) -> bytes:
        """An order; if its client id has been used, mostly the one it was used for."""
        account = self._account()
        client_order_id = self._client_id(account)
        order = self._placed.get((account, client_order_id))
        if not client_order_id or order is None or self._one_in(3):
            order = self._placed[account, client_order_id] = self._order()
        return pack_place(account, **order, client_order_id=client_order_id, timestamp_ns=self._time())

    def _place_pair(self) -> bytes:
        """A pair of orders; if its client id has been used for one, mostly that."""
        account = self._account()
        client_order_id = self._client_id(account)
        pair = self._pairs.get((account, client_order_id))
        if not client_order_id or pair is None or self._one_in(3):
            pair = self._pairs[account, client_order_id] = self._pair()
        return pack_place_oco(account, **pair, client_order_id=client_order_id, timestamp_ns=self._time())

    def _pair(self) -> dict[str, Any]:
        instrument = self._instrument()
        listing, side = self._known_instrument(instrument), self._random.choice((Side.BUY, Side.SELL))
        pair = {
            "instrument": instrument,
            "side": side,
            "price": self._away(listing, side, -1),
            "quantity": self._lots(),
            "stp": self._random.choice(list(SelfTradePrevention)),
        }
        if self._one_in(5):
            pair["expires_at"] = max(1, self._clock + self._random.randrange(-100, 40_000))
        if self._one_in(8):
            pair["lifetime"] = Lifetime.AUCTION if self._one_in(8) else Lifetime.DAY
        if self._one_in(40):
            pair["price"] = self._price(listing)
        return pair | self._stop_of_pair(listing, side)

    def _stop_of_pair(self, listing: _Instrument, side: Side) -> dict[str, Any]:
        """On the other side of the middle than a limit of this side."""
        opposite = Side.SELL if side == Side.BUY else Side.BUY
        trigger_price = self._away(listing, opposite, -1 if self._one_in(8) else 0)
        stop_price = 0 if self._one_in(2) else self._away(listing, opposite, 0)
        trigger = self._random.choice((Trigger.LAST_TRADE, Trigger.BEST_OPPOSITE, Trigger.REFERENCE))
        if self._one_in(40):
            trigger = self._random.choice((Trigger.NONE, trigger, trigger))
            trigger_price = self._random.choice((0, trigger_price, listing.max_price + 1, 2**32 - 1))
            stop_price = self._random.choice((-1, stop_price, listing.max_price + 1, 2**62))
        return {"trigger": trigger, "trigger_price": trigger_price, "stop_price": stop_price}

    def _away(self, listing: _Instrument, side: Side, least: int) -> int:
        """A price on this side's own side of the middle: a sell's is above it, at least so far."""
        away = self._random.randint(least, listing.spread)
        return min(max(1, listing.mid + (away if side == Side.SELL else -away)), listing.max_price)

    def _place_bracket(self) -> bytes:
        """An entry and what closes it; if its client id has been used for one, mostly that."""
        account = self._account()
        client_order_id = self._client_id(account)
        bracket = self._brackets.get((account, client_order_id))
        if not client_order_id or bracket is None or self._one_in(3):
            bracket = self._brackets[account, client_order_id] = self._bracket()
        return pack_place_bracket(account, **bracket, client_order_id=client_order_id, timestamp_ns=self._time())

    def _bracket(self) -> dict[str, Any]:
        order = self._order()
        bracket = {name: value for name, value in order.items() if name in ENTRY_TERMS}
        if "quantity_kind" in order:
            bracket["quantity"] = self._lots()
        listing, side = self._known_instrument(order["instrument"]), Side(order["side"])
        opposite = Side.SELL if side == Side.BUY else Side.BUY
        take_profit = self._away(listing, opposite, 0)
        if self._one_in(30):
            take_profit = self._random.choice((0, -1, self._away(listing, side, 0), listing.max_price + 1, 2**62))
        return bracket | {"take_profit": take_profit} | self._stop_of_pair(listing, opposite)

    def _close_many(self) -> bytes:
        """More entries than one command places the exits of, filled by one order; or one after another, each by what
        closes the one before."""
        instrument, side = 3, self._random.choice((Side.BUY, Side.SELL))
        opposite = Side.SELL if side == Side.BUY else Side.BUY
        account, other = self._random.sample(range(ACCOUNTS), 2)
        lots, take_profit = self._random.choice(((CASCADE, 5), (CASCADE, 6 if side == Side.BUY else 4), (1, 5)))
        trigger_price, stop_price = (4, 3) if side == Side.BUY else (6, 7)
        terms: dict[str, Any] = {"take_profit": take_profit, "trigger_price": trigger_price, "stop_price": stop_price}
        free: dict[str, Any] = {"stp": SelfTradePrevention.NONE}
        commands = [
            *(pack_resume(instrument, cause=cause) for cause in HaltCause),
            *(pack_set_account(number) for number in (account, other)),
            pack_deposit(account if side == Side.BUY else other, USDC, 8 * CASCADE),
        ]
        for _ in range(CASCADE):
            trigger = self._random.choice((Trigger.LAST_TRADE, Trigger.REFERENCE))
            commands.append(pack_place_bracket(account, instrument, side, 5, 1, **terms, trigger=trigger, **free))
        commands.append(pack_place(other, instrument, opposite, 5, lots, **free, timestamp_ns=self._time()))
        if self._one_in(2):
            meanwhile = (pack_halt(instrument), pack_cancel_all(account), self._pulse(), self._pulse())
            commands.append(self._random.choice(meanwhile))
        return b"".join(commands)

    def _close_nothing(self) -> bytes:
        """An entry that has traded in part ends while no exits can be placed, or none of such a size or price."""
        account, other = self._random.sample(range(ACCOUNTS), 2)
        cause = self._random.choice(
            (0, 0, 0, 1, 2, 2, 3, 3, 4, 5, 6, 6, *[7] * 9, 8, 8) + (2,) * (10 if self._fills_up else 0)
        )
        instrument = self._auctioned_instrument(Phase.CONTINUOUS) if cause == 0 else self._random.choice(self._plain)
        listing, side = self._known_instrument(instrument), self._random.choice((Side.BUY, Side.SELL))
        opposite = Side.SELL if side == Side.BUY else Side.BUY
        lots, price = 20, listing.mid + (1 if side == Side.BUY else -1)
        free: dict[str, Any] = {"stp": SelfTradePrevention.NONE}
        terms: dict[str, Any] = {"take_profit": self._away(listing, opposite, 1)}
        terms |= {"trigger": Trigger.REFERENCE, "trigger_price": self._away(listing, side, 0)}
        self._client_ids[account] += 1
        name = f"c{self._client_ids[account]}"
        buyer, seller = (account, other) if side == Side.BUY else (other, account)
        commands = [pack_resume(instrument, cause=each) for each in HaltCause]
        commands += self._means(listing, buyer, seller, lots * price, lots)
        commands += [
            pack_place_bracket(account, instrument, side, price, lots, **terms, **free, client_order_id=name),
            pack_place(other, instrument, opposite, price, 2, **free, timestamp_ns=self._time()),
        ]
        received = listing.base if side == Side.BUY else listing.quote
        match cause:
            case 0:
                commands.append(pack_set_phase(instrument, Phase.CLOSED))
            case 1:
                commands.append(pack_halt(instrument))
            case 2 if self._fills_up:
                commands += [pack_place(other, 3, Side.BUY, 1, 1)] * FEW_OPEN_ORDERS
            case 2:
                commands.append(pack_set_account(account, max_open_orders=1))
            case 3 if received != EURC:
                commands += [pack_transfer(account, other, received, 1 << bit) for bit in reversed(range(15))]
            case 4:
                worth = listing.max_price if side == Side.BUY else 1
                commands.append(pack_set_reference(instrument, worth, observed_at=self._clock))
                commands.append(pack_set_trading_limits(instrument, static_bps=1, call_ns=CALL))
            case 5:
                commands.append(pack_set_trading_limits(instrument, max_quantity=1))
            case 7:
                commands.append(pack_set_holder(account))
                commands.append(self._table_against(listing, instrument, side))
            case 8:
                # Frozen before its entry ends, which that ends, too.
                commands.append(pack_freeze(account))
            case _:
                commands.append(pack_set_account(account, max_open_notional=1))
        commands.append(pack_cancel(account, client_order_id=name, timestamp_ns=self._time()))
        commands += [pack_resume(instrument), pack_set_account(account), pack_set_trading_limits(instrument)]
        if self._fills_up:
            commands.append(pack_cancel_all(other, 3))
        if cause in (7, 8):
            commands += [pack_set_eligibility(instrument=instrument), pack_set_eligibility(asset=listing.base)]
            commands.append(pack_unfreeze(account))
        return b"".join(commands)

    def _table_against(self, listing: _Instrument, instrument: int, side: Side) -> bytes:
        """A rule that one of whom nothing is known does not meet, or whose exits of such an entry buy too much."""
        if side == Side.SELL and self._one_in(2):
            return pack_set_eligibility(asset=listing.base, max_holding=1)
        codes = [JurisdictionEntry(JURISDICTIONS[0])]
        rules: tuple[dict[str, Any], ...] = (
            {"classes": 2},
            {"verification": Verification.REQUIRED},
            {"jurisdiction_rule": JurisdictionRule.ALLOWED, "jurisdictions": codes},
        )
        return pack_set_eligibility(instrument=instrument, **self._random.choice(rules))

    def _replace(self) -> bytes:
        """Another order in the place of one, mostly of the same instrument and side."""
        order_id, account = self._known_order()
        order, goes = self._order(), self._open.get(order_id)
        if goes is not None and not self._one_in(8):
            order |= {"instrument": goes.instrument, "side": goes.side}
        on_failure = self._random.choice((*OnFailure, OnFailure.STOP, OnFailure.STOP))
        client_order_id = self._client_id(account) if self._one_in(4) else ""
        options: dict[str, Any] = {"on_failure": on_failure, "client_order_id": client_order_id}
        return pack_cancel_replace(account, **order, order_id=order_id, **options, timestamp_ns=self._time())

    def _order(self, instrument: int | None = None) -> dict[str, Any]:
        instrument = self._instrument() if instrument is None else instrument
        listing = self._known_instrument(instrument)
        if self._one_in(20):
            listing.mid = min(max(3, listing.mid + self._random.choice((-1, 1))), listing.max_price - 3)
        side = self._random.choice((Side.BUY, Side.SELL))
        order = {
            "instrument": instrument,
            "side": side,
            "price": self._limit(listing, side),
            "quantity": self._lots(),
            "order_type": self._random.choices(list(OrderType), (28, 4, 2))[0],
            "time_in_force": self._random.choices(list(TIMES), list(TIMES.values()))[0],
            "stp": self._random.choice(list(SelfTradePrevention)),
        }
        if order["order_type"] == OrderType.MARKET and not self._one_in(15):
            order["time_in_force"] = self._random.choice(IMMEDIATE)
        if self._one_in(12):
            order |= self._notional(order, listing)
        if self._one_in(40 if order["time_in_force"] in IMMEDIATE else 6):
            order["expires_at"] = max(1, self._clock + self._random.randrange(-300, 60_000))
        for chance, kind in (
            (9, self._iceberg),
            (6, self._hidden),
            (14, self._minimum),
            (6, self._stop),
            (5, self._peg),
        ):
            if self._one_in(chance):
                order |= kind(order, listing)
        if self._one_in(10):
            order["lifetime"] = Lifetime.DAY
        if listing.phase in CALL_PHASES and not self._one_in(16):
            self._make_wait(order)
        elif self._one_in(100):
            order["lifetime"] = Lifetime.AUCTION
        if not self._one_in(16):
            self._make_possible(order)
        if order["order_type"] != OrderType.LIMIT and not self._one_in(30):
            order["price"] = 0
        return order

    def _notional(self, order: dict[str, Any], listing: _Instrument) -> dict[str, Any]:
        budget = order["quantity"] * listing.tick_lot_value * self._random.randrange(1, 2 * listing.mid)
        return {"quantity_kind": QuantityKind.NOTIONAL, "quantity": min(max(budget, -1), MAX_AMOUNT)}

    def _iceberg(self, order: dict[str, Any], _listing: _Instrument) -> dict[str, Any]:
        quantity = max(1, order["quantity"])
        if self._one_in(15):
            return {"display_quantity": self._random.choice((-1, min(quantity + 1, MAX_AMOUNT), 1))}
        quantity = min(quantity + self._random.randrange(8), MAX_AMOUNT)
        return {"quantity": quantity, "display_quantity": self._random.randint(1, min(quantity, 5))}

    def _hidden(self, order: dict[str, Any], _listing: _Instrument) -> dict[str, Any]:
        """Most with a minimum that a fill or two may go below."""
        hidden: dict[str, Any] = {"visibility": Visibility.HIDDEN}
        if self._one_in(3):
            return hidden
        quantity = max(1, min(order["quantity"], 40))
        minimum = self._random.randint(-(-quantity // 3), quantity)
        return hidden | {"min_quantity": minimum, "time_in_force": TimeInForce.GTC}

    def _minimum(self, order: dict[str, Any], _listing: _Instrument) -> dict[str, Any]:
        quantity = min(max(1, order["quantity"]), 20)
        if self._one_in(20):
            return {"min_quantity": self._random.choice((-1, quantity + 1, order["quantity"]))}
        return {"min_quantity": self._random.randint(1, min(quantity, 6))}

    def _stop(self, order: dict[str, Any], listing: _Instrument) -> dict[str, Any]:
        """Waits for a value near the middle, mostly on the side on which it is not reached yet."""
        away, spread = self._random.randint(-1, listing.spread), listing.spread
        trigger_price = listing.mid + away if order["side"] == Side.BUY else listing.mid - away
        trail = self._random.randint(1, spread + 1) if self._one_in(3) else 0
        if self._one_in(60):
            trigger_price, trail = self._random.choice(((0, 0), (listing.max_price + 1, 0), (2**32 - 1, 2**32 - 1)))
        elif trail and not self._one_in(3):
            trigger_price = 0
        triggers = (Trigger.LAST_TRADE, Trigger.BEST_OPPOSITE, Trigger.REFERENCE)
        return {"trigger": self._random.choice(triggers), "trigger_price": max(0, trigger_price), "trail": trail}

    def _peg(self, order: dict[str, Any], listing: _Instrument) -> dict[str, Any]:
        """Most are near what they follow, and of a limit that is reached only now and then."""
        peg = self._random.choices(list(PegReference)[1:], (3, 2, 2))[0]
        terms: dict[str, Any] = {"peg": peg, "peg_offset": self._random.choice((0, 0, 1, 1, 2, 3))}
        if peg == PegReference.MARKET and not self._one_in(30):
            terms["peg_offset"] = max(1, terms["peg_offset"])
        if self._one_in(40):
            terms |= self._random.choice(
                (
                    {"peg": len(PegReference)},
                    {"peg": PegReference.NONE},
                    {"peg_offset": MAX_PEG_OFFSET},
                    {"peg_offset": MAX_PEG_OFFSET + 1},
                    {"peg_offset": 255},
                )
            )
        if not self._one_in(3):
            away = self._random.randint(0, listing.spread)
            price = listing.mid + (away if order["side"] == Side.BUY else -away)
            terms["price"] = min(max(1, price), listing.max_price)
        return terms

    def _make_wait(self, order: dict[str, Any]) -> None:
        """Makes of it what is collected for an auction: much of it for that auction only, some at any price."""
        order.pop("quantity_kind", None)
        order["quantity"] = min(order["quantity"], 40)
        order["time_in_force"] = TimeInForce.GTC
        if "visibility" not in order:
            order.pop("min_quantity", None)
        if order["order_type"] == OrderType.MARKET_TO_LIMIT:
            order["order_type"] = OrderType.LIMIT
        if order["order_type"] == OrderType.MARKET or self._one_in(4):
            order["lifetime"] = Lifetime.AUCTION
            if not self._one_in(20):
                for name in ("trigger", "trigger_price", "trail", "min_quantity"):
                    order.pop(name, None)
        if order["order_type"] == OrderType.MARKET and not self._one_in(20):
            for name in ("visibility", "display_quantity"):
                order.pop(name, None)

    def _make_possible(self, order: dict[str, Any]) -> None:
        """Takes away what does not go together with the rest of the order."""

        def leave_out(*names: str) -> None:
            for name in names:
                order.pop(name, None)

        if order.get("quantity_kind"):
            order["side"], order["time_in_force"] = Side.BUY, TimeInForce.IOC
            if order["order_type"] == OrderType.MARKET_TO_LIMIT:
                order["order_type"] = OrderType.LIMIT
            if order["stp"] == SelfTradePrevention.DECREMENT:
                order["stp"] = SelfTradePrevention.NONE
            leave_out("trigger", "trigger_price", "trail", "min_quantity")
        if order["order_type"] == OrderType.MARKET_TO_LIMIT:
            order["time_in_force"] = TimeInForce.GTC
            leave_out("trigger", "trigger_price", "trail")
        is_stop, is_market = "trigger" in order, order["order_type"] == OrderType.MARKET
        if is_market and order["time_in_force"] not in IMMEDIATE and order.get("lifetime") != Lifetime.AUCTION:
            order["time_in_force"] = TimeInForce.IOC
        if is_stop and order["time_in_force"] in (TimeInForce.FOK, *PASSIVE):
            order["time_in_force"] = TimeInForce.IOC if is_market else TimeInForce.GTC
        if is_stop or order["time_in_force"] in (TimeInForce.FOK, *PASSIVE):
            leave_out("min_quantity")
        if order["time_in_force"] in IMMEDIATE:
            leave_out("display_quantity", "visibility")
            if not is_stop:
                leave_out("expires_at", "lifetime")
        if "visibility" in order:
            leave_out("display_quantity")
        if order.get("peg"):
            order["order_type"] = OrderType.LIMIT
            if order["time_in_force"] in PASSIVE:
                order["time_in_force"] = TimeInForce.GTC
            if order.get("lifetime") == Lifetime.AUCTION:
                leave_out("lifetime")
            leave_out("quantity_kind", "visibility", "display_quantity", "min_quantity")
            leave_out("trigger", "trigger_price", "trail")

    def _cancel(self) -> bytes:
        order_id, account = self._known_order()
        if self._one_in(6):
            return pack_cancel(account, client_order_id=self._used_client_id(account), timestamp_ns=self._time())
        return pack_cancel(account, order_id=order_id, timestamp_ns=self._time())

    def _amend(self) -> bytes:
        order_id, account = self._known_order()
        if order_id in self._open_quotes and not self._one_in(4):
            order_id, account = self._known_order()
        order = self._open.get(order_id, _Open(account, 0, Side.BUY, 30, 5, 0, {}))
        price, quantity = order.price, order.quantity
        if self._one_in(3):
            price = self._price(self._instruments[order.instrument])
        if order.trigger_price and order.placed.get("order_type") == OrderType.MARKET and not self._one_in(9):
            price = 0
        if not self._one_in(4):
            quantity = self._lots() if self._one_in(3) else max(1, quantity + self._random.randint(-3, 2))
        if self._one_in(20):
            quantity = 1
        which: dict[str, Any] = {"order_id": order_id}
        if self._one_in(6):
            which = {"client_order_id": self._used_client_id(account)}
        terms = self._other_terms(order)
        return pack_amend(account, price, quantity, **which, **terms, timestamp_ns=self._time())

    def _other_terms(self, order: _Open) -> dict[str, Any]:
        """What else an amendment changes: mostly what the order has."""
        terms: dict[str, Any] = {}
        is_careless = self._one_in(40)
        if self._one_in(3) and (order.placed.get("display_quantity") or is_careless):
            terms["display_quantity"] = self._random.choice((-1, 1, 2, 3, 4, 5, 9) if self._one_in(5) else (2, 3, 4, 5))
        if self._one_in(3) and ((order.placed.get("visibility") and order.placed.get("min_quantity")) or is_careless):
            terms["min_quantity"] = -1 if self._one_in(20) else self._random.randint(1, 7)
        if self._one_in(2) and (order.trigger_price or is_careless):
            terms["trigger_price"] = max(0, order.trigger_price + self._random.randint(-3, 3))
        if self._one_in(4) and (order.placed.get("trail") or is_careless):
            terms["trail"] = self._random.randint(1, 5)
        if self._one_in(12):
            ends = self._clock + self._random.randrange(60_000)
            terms["expires_at"] = self._random.choice((NEVER, 1, ends, ends, ends))
        return terms

    def _cancel_all(self) -> bytes:
        instrument = None if self._one_in(3) else self._instrument()
        which = {"sides": self._random.choice((*SideFilter, SideFilter.BOTH, len(SideFilter)))}
        if self._one_in(2):
            which["quote_group"] = self._quote_group()
        return pack_cancel_all(self._account(), instrument, **which, timestamp_ns=self._time())

    def _quote(self) -> bytes:
        """Some instruments of a group: mostly what was said before, with a change here and there."""
        account, group = self._market_maker(), self._quote_group()
        instruments = self._random.sample(range(len(self._instruments)), self._random.choice((1, 1, 2, 2, 3, 4)))
        if self._one_in(60):
            instruments.append(self._random.choice((len(self._instruments), 2**32 - 1, instruments[0])))
        if self._one_in(300):
            instruments = list(range(MAX_QUOTE_ENTRIES + self._random.randrange(2)))
        entries = []
        for instrument in instruments:
            said = self._quotes.get((account, group, instrument))
            entry = self._new_quote(instrument) if said is None or self._one_in(6) else self._next_quote(said)
            self._quotes[account, group, instrument] = entry
            entries.append(entry)
        times = (*TimeInForce, *[TimeInForce.GTC] * 20, *[TimeInForce.POST_ONLY] * 40)
        stp = len(SelfTradePrevention) if self._one_in(300) else self._random.choice(list(SelfTradePrevention))
        options: dict[str, Any] = {"time_in_force": self._random.choice(times), "stp": stp}
        return pack_mass_quote(account, group, entries, **options, timestamp_ns=self._time())

    def _quote_beyond_limits(self) -> bytes:
        """Quotes of more lots or money than an order may have, or more than all may, or at prices beyond a band."""
        account, group = self._random.choice(MARKET_MAKERS), self._random.choice(QUOTE_GROUPS)
        bounded, plain = self._auctioned_instrument(Phase.CONTINUOUS), self._random.choice(self._plain)
        listing, other = self._known_instrument(bounded), self._known_instrument(plain)
        limits = {"static_bps": 100, "call_ns": CALL, "max_quantity": self._random.choice((0, 9))}
        low, high = max(1, listing.mid - listing.spread), min(listing.mid + listing.spread, listing.max_price)
        entries = [
            QuoteEntry(bounded, *self._random.choice(((high, 0, 12, 0), (0, low, 0, 12)))),
            QuoteEntry(plain, other.mid, other.max_price, self._random.choice((MAX_AMOUNT, 1 << 62, -1)), 0),
        ]
        nothing = [entry._replace(bid_quantity=0, ask_quantity=0) for entry in entries]
        return b"".join(
            (
                pack_set_reference(bounded, listing.mid, observed_at=self._clock),
                pack_set_trading_limits(bounded, **limits),
                pack_reset_market_maker_protection(account, group),
                pack_mass_quote(account, group, entries, timestamp_ns=self._time()),
                pack_mass_quote(account, group, nothing),
                pack_set_account(account, max_open_notional=1),
                pack_mass_quote(account, group, [QuoteEntry(plain, other.mid, 0, 2, 0)]),
                pack_set_account(account, max_open_orders=1),
                pack_mass_quote(account, group, [QuoteEntry(plain, max(1, other.mid - 1), other.mid + 1, 2, 2)]),
                pack_set_account(account),
            )
        )

    def _market_maker(self) -> int:
        return self._account() if self._one_in(30) else self._random.choice(MARKET_MAKERS)

    def _quote_group(self) -> int:
        if self._one_in(100):
            return self._random.choice((0, MAX_QUOTE_GROUPS, MAX_QUOTE_GROUPS + 1, 2**32 - 1))
        return self._random.choice(QUOTE_GROUPS)

    def _new_quote(self, instrument: int) -> QuoteEntry:
        """Around the middle; now and then crossed, of one side, or beyond the bands and sizes of what has such."""
        listing = self._known_instrument(instrument)
        if self._one_in(8):
            bold = max(1, listing.mid + self._random.choice((-1, 1)) * listing.spread)
            lots = self._random.choice(((1, 9), (10, 45)))
            return QuoteEntry(instrument, max(0, bold - 1), bold, *(self._random.randint(*lots) for _ in range(2)))
        bid, ask = (
            listing.mid - self._random.randint(-1, listing.spread),
            listing.mid + self._random.randint(-1, listing.spread),
        )
        if bid >= ask and not self._one_in(5):
            bid, ask = min(bid, ask) - 1, max(bid, ask) + 1
        sizes = [0 if self._one_in(12) else self._random.randrange(1, 9) for _ in range(2)]
        return QuoteEntry(instrument, max(0, bid), ask, *sizes)

    def _next_quote(self, said: QuoteEntry) -> QuoteEntry:
        """The same again, moved, or with other sizes."""
        if self._one_in(32):
            wrong: tuple[dict[str, int], ...] = (
                {"bid_price": 0},
                {"ask_price": 2**32 - 1},
                {"bid_quantity": -1},
                {"ask_quantity": -(2**63)},
                {"bid_quantity": MAX_AMOUNT},
                {"ask_quantity": MAX_AMOUNT},
                {"bid_quantity": 1 << 62},
            )
            return said._replace(**self._random.choice(wrong))
        if self._one_in(15):
            return (
                said._replace(ask_price=said.bid_price) if self._one_in(2) else said._replace(bid_price=said.ask_price)
            )
        match self._random.randrange(8):
            case 0 | 1:
                return said
            case 2 | 3 | 4:
                move = self._random.choice((-2, -1, 1, 2))
                return said._replace(
                    bid_price=min(max(0, said.bid_price + move), 2**32 - 1),
                    ask_price=min(max(0, said.ask_price + move), 2**32 - 1),
                )
            case 5:
                return said._replace(bid_quantity=self._next_size(said.bid_quantity))
            case 6:
                return said._replace(ask_quantity=self._next_size(said.ask_quantity))
            case _:
                return (
                    said._replace(bid_quantity=0, ask_quantity=0)
                    if self._one_in(4)
                    else self._new_quote(said.instrument)
                )

    def _next_size(self, size: int) -> int:
        """A little less or more; nothing that is nonsense for long."""
        if not 0 < size < 20 or self._one_in(8):
            return self._random.randrange(9)
        return max(0, size + self._random.choice((-3, -2, -1, 1, 2)))

    def _protect(self) -> bytes:
        """Some limits, small ones; sometimes none, or what can not be."""
        account, group = self._market_maker(), self._quote_group()
        if self._one_in(8):
            return pack_set_market_maker_protection(account, group, timestamp_ns=self._time())
        limits: dict[str, int] = {
            "window_ns": self._random.choice((1, 1, 2, 500, 5_000, 20_000, 60_000, 2**64 - 1)),
            "max_fills": self._random.choice((1, 2, 3, 9, 20, MAX_PROTECTED_FILLS)),
        }
        if self._one_in(2):
            limits["max_quantity"] = self._random.randrange(1, 20)
        if self._one_in(2):
            limits["max_notional"] = self._random.choice((50, 500, 500, 3_000, 20_000, 1 << 45))
        if self._one_in(3):
            limits["max_delta"] = self._random.randrange(1, 12)
        if self._one_in(10):
            wrong = (("window_ns", 0), ("max_fills", 0), ("max_fills", MAX_PROTECTED_FILLS + 1), ("max_delta", -1))
            limits.update([self._random.choice(wrong)])
        return pack_set_market_maker_protection(account, group, **limits, timestamp_ns=self._time())

    def _reset_protection(self) -> bytes:
        """Mostly of a group that is blocked, so that none is for long."""
        account, group = self._market_maker(), self._quote_group()
        if self._blocked and not self._one_in(8):
            account, group = self._random.choice(list(self._blocked))
        return pack_reset_market_maker_protection(account, group, timestamp_ns=self._time())

    def _cancel_after(self) -> bytes:
        """Soon; often it is stopped again, or set anew. Some run out while their account goes on."""
        account = self._account()
        timer = self._random.choice((*CancelTimer, *CancelTimer, *CancelTimer, len(CancelTimer)))
        timeout = self._random.choice((0, 1, 1_000, 10_000, 40_000, 2**64 - 1))
        return pack_cancel_after(account, timeout, timer=timer, timestamp_ns=self._time())

    def _deposit(self) -> bytes:
        asset = self._asset()
        return self._move(pack_deposit, self._account(), asset, self._any_amount(asset))

    def _request_withdrawal(self) -> bytes:
        asset = self._asset()
        return self._move(pack_request_withdrawal, self._account(), asset, self._any_amount(asset))

    def _empty_an_account(self) -> bytes:
        """Sends an account less than can be withdrawn, and lets it withdraw that: all it has, unless it had more."""
        asset = self._random.choice(FUNDED_ASSETS)
        amount = self._random.randrange(1, MIN_WITHDRAWALS[asset])
        withdrawn = amount - self._one_in(4)
        return pack_transfer(self._account(), EMPTIED_ACCOUNT, asset, amount) + pack_request_withdrawal(
            EMPTIED_ACCOUNT, asset, withdrawn, timestamp_ns=self._time()
        )

    def _known_withdrawal(self) -> tuple[int, int]:
        number, account = self._random.choice(self._withdrawals) if self._withdrawals else (1, 1)
        return number, self._account() if self._one_in(10) else account

    def _settle_withdrawal(self) -> bytes:
        number, account = self._known_withdrawal()
        return self._move(pack_settle_withdrawal, account, number)

    def _cancel_withdrawal(self) -> bytes:
        number, account = self._known_withdrawal()
        return self._move(pack_cancel_withdrawal, account, number)

    def _transfer(self) -> bytes:
        asset, account, to_account = self._asset(), self._account(), self._account()
        return self._move(pack_transfer, account, to_account, asset, self._any_amount(asset))

    def _move(self, pack: _Pack, account: int, *rest: int) -> bytes:
        """A money command, most often under a new reference: some short, some as long as they may be, or longer."""
        if self._one_in(3):
            return pack(account, *rest, timestamp_ns=self._time())
        self._references += 1
        width = self._random.choice((1, 8, 9, CLIENT_ID_LEN, CLIENT_ID_LEN, CLIENT_ID_LEN + 1))
        moved = _Moved(account, rest, str(self._references).rjust(width, "x"))
        self._moved[pack] = [*self._moved.get(pack, [])[-KEPT_IDS:], moved]
        return pack(account, *rest, reference=moved.reference, timestamp_ns=self._time())

    def _move_again(self) -> bytes:
        """The same again; or under its reference one other field, all others, another account or kind of command."""
        if not self._moved:
            return self._deposit()
        pack = self._random.choice(list(self._moved))
        account, rest, reference = self._random.choice(self._moved[pack])
        match self._random.randrange(10):
            case 0 | 1:
                other = self._random.randrange(len(rest))
                rest = (*rest[:other], rest[other] ^ 1, *rest[other + 1 :])
            case 2:
                _, rest, _ = self._random.choice(self._moved[pack])
            case 3:
                account = self._account()
            case 4:
                pack = self._random.choice(list(self._moved))
                _, rest, _ = self._random.choice(self._moved[pack])
        return pack(account, *rest, reference=reference, timestamp_ns=self._time())

    def _set_asset_terms(self) -> bytes:
        """Of money that is not backed, of shares that are, of metal with bars. One in ten is impossible."""
        new, asset = self._random.choice, self._random.choice((USDC, AAPL, GOLD, GOLD, AAPL))
        issuer = self._issuers[asset] = new((1, 2, 3))
        attestation = new((*AttestationPolicy, AttestationPolicy.MINTING, AttestationPolicy.MINTING))
        terms: dict[str, Any] = {"form": AssetForm.TOKENIZED, "attestation": attestation, "backing": OUNCE}
        match asset:
            case 0:
                terms = {"form": new((AssetForm.NATIVE, AssetForm.NATIVE, AssetForm.TRADITIONAL)), "currency": "USD"}
            case 1:
                terms |= {"isin": new(("US0378331005", "")), "redemption_fee": new((0, 7, 7, 7))}
                terms |= {"min_redemption": new((1, 30)), "redemption_unit": new((1, 5))}
            case _:
                terms |= {"backing": OUNCE * 10**9, "bars": new((*BarPolicy, *[BarPolicy.WHOLE] * 5)), "vault": "V"}
                terms |= {"redemption_fee_rate": new((0, MAX_FEE_RATE))}
                terms["attestation"] = new((AttestationPolicy.NONE, attestation))
        if terms.get("min_redemption", 5) % terms.get("redemption_unit", 1):
            terms["min_redemption"] = 30
        if self._one_in(10):
            terms |= new(
                (
                    {"form": new((*AssetForm, len(AssetForm)))},
                    {"attestation": len(AttestationPolicy)},
                    {"bars": new((*BarPolicy, len(BarPolicy)))},
                    {"isin": new(("US0378331004", "not one", "no space", "TOO-LONG-A-NUMBER"))},
                    {"currency": new(("", "usd", "EURO", "EUR"))},
                    {"backing": new((-1, 0, 3, MAX_AMOUNT))},
                    {"min_redemption": 0},
                    {"redemption_unit": new((0, -1, 7))},
                    {"redemption_fee": new((-1, 5))},
                    {"redemption_fee_rate": new((MAX_FEE_RATE, MAX_FEE_RATE + 1))},
                )
            )
            asset, issuer = new((asset, asset, 9)), new((issuer, issuer, 999))
        return pack_set_asset_terms(asset, issuer, **terms, timestamp_ns=self._time())

    def _set_attestor(self) -> bytes:
        number = self._random.choice((0, 1, 1, 2, 4))
        status = self._random.choice((*AttestorStatus, *[AttestorStatus.ACTIVE] * 6, len(AttestorStatus)))
        key = SMALL_ORDER if self._one_in(8) else KEYS[number % 2]
        return pack_set_attestor(number, key, status=status, timestamp_ns=self._time())

    def _attest(self) -> bytes:
        """About as much as there is, for a while; mostly signed by the one who says so."""
        asset, attestor = self._asset() if self._one_in(8) else self._random.choice((AAPL, GOLD)), self._one_in(2)
        time = self._time()
        as_of = self._clock - self._random.choice((0, 0, 0, 500, 50_000, -1_000))
        valid_until = self._clock + self._random.choice((0, 2_000, 40_000, 90_000, 200_000))
        scale = 60 * OUNCE if asset == GOLD else 1_500
        reserve = -1 if self._one_in(40) else self._random.randrange(scale)
        symbol = {USDC: "USDC", AAPL: "AAPL", GOLD: "GOLD"}.get(asset, "EURC")
        text = attestation_text(symbol, attestor, reserve, as_of, valid_until)
        signature = bytearray(ATTESTORS[attestor].sign(text))
        if self._one_in(8):
            signature[self._random.randrange(64)] ^= 1 << self._random.randrange(8)
        number = 9 if self._one_in(15) else int(attestor)
        return pack_attest(asset, number, reserve, as_of, valid_until, bytes(signature), timestamp_ns=time)

    def _mint(self) -> bytes:
        asset = self._asset() if self._one_in(6) else self._random.choice((USDC, AAPL, AAPL, GOLD, GOLD))
        account = self._account() if self._one_in(10) else self._issuers.get(asset, 1)
        amount = self._random.randint(1, 9) if asset == GOLD else max(-1, self._any_amount(asset) // 3)
        return self._move(pack_mint, account, asset, amount)

    def _request_redemption(self) -> bytes:
        asset = self._asset() if self._one_in(6) else self._random.choice((USDC, AAPL, AAPL, AAPL, GOLD, GOLD))
        amount = self._random.choice((1, 2, 3, 5, 9, 30, 60)) if self._one_in(2) else self._any_amount(asset)
        return self._move(pack_request_redemption, self._account(), asset, amount)

    def _known_redemption(self) -> tuple[int, int]:
        recent = self._redemptions[-8:] if not self._one_in(4) else self._redemptions
        number, account = self._random.choice(recent) if recent else (1, 1)
        return number, self._account() if self._one_in(10) else account

    def _settle_redemption(self) -> bytes:
        number, account = self._known_redemption()
        return self._move(pack_settle_redemption, account, number)

    def _refuse_redemption(self) -> bytes:
        number, account = self._known_redemption()
        if self._one_in(10):
            refusal = self._random.choice((*RedemptionRefusal, len(RedemptionRefusal)))
            return pack_refuse_redemption(account, number, refusal=refusal, timestamp_ns=self._time())
        return self._move(pack_refuse_redemption, account, number)

    def _set_refiner(self) -> bytes:
        number = self._random.choice((0, 0, 1, 1, 2, 4))
        status = self._random.choice((*RefinerStatus, *[RefinerStatus.LISTED] * 4, len(RefinerStatus)))
        code = self._random.choice(("R0", "", "no space")) if self._one_in(6) else f"R{number}"
        return pack_set_refiner(number, code, status=status, timestamp_ns=self._time())

    def _register_bar(self) -> bytes:
        """Of a few ounces, if there are not many; some are not fine enough, or there already."""
        if len(self._bars) > KEPT_BARS and not self._one_in(3):
            return self._remove_bar()
        if self._serials == 0 or not self._one_in(8):
            self._serials += 1
        fine = self._random.randint(2, 12) * OUNCE + self._random.choice((0, 0, 1))
        gross = fine + self._random.choice((0, 1, fine // 199, fine // 190, -1))
        asset = self._asset() if self._one_in(8) else GOLD
        serial = self._random.choice(("", "no space")) if self._one_in(20) else f"B{self._serials}"
        weights = {"gross_weight": gross, "fine_weight": 0 if self._one_in(30) else fine}
        refiner = self._random.choice((0, 0, 1, 1, 1, 9))
        vault = "" if self._one_in(15) else "V"
        return pack_register_bar(asset, refiner, serial, **weights, vault=vault, timestamp_ns=self._time())

    def _remove_bar(self) -> bytes:
        known = self._assigned if self._one_in(3) else self._bars
        bar = self._random.choice(known) if known and not self._one_in(8) else self._random.randrange(9)
        return pack_remove_bar(bar, timestamp_ns=self._time())

    def _set_peg(self) -> bytes:
        """Of EURC; now and then of what is no money, or impossible."""
        asset = self._asset() if self._one_in(6) else EURC
        if self._one_in(6):
            return pack_set_peg(asset, timestamp_ns=self._time())
        band = self._random.choice((0, 10_001)) if self._one_in(8) else self._random.choice((100, 200, 300))
        haircut = 10_001 if self._one_in(12) else self._random.choice((0, 500))
        source = self._random.choice((0, 0, 1))
        return pack_set_peg(asset, band_bps=band, haircut_bps=haircut, source=source, timestamp_ns=self._time())

    def _set_cash_reference(self) -> bytes:
        """Mostly within the band; what is outside mostly comes back soon."""
        asset = self._asset() if self._one_in(6) else EURC
        value = self._random.choice((0, -1)) if self._one_in(20) else self._random.randint(985_000, 1_015_000)
        if self._one_in(4):
            value = 1_000_000 + self._random.choice((-30_000, -20_000, -10_000, 10_000, 20_000, 30_000))
        when = self._clock - (90_000 if self._one_in(12) else 0)
        source = self._random.choice((0, 1, 1))

        def said(value: int) -> bytes:
            return pack_set_cash_reference(asset, value, source=source, observed_at=when, timestamp_ns=self._time())

        if self._one_in(4):
            return said(self._random.choice((900_000, 1_100_000))) + self._pulse() + said(1_000_000) + self._pulse()
        return said(value)

    def _halt(self) -> bytes:
        return pack_halt(self._instrument(), cause=self._random.choice(CAUSES), timestamp_ns=self._time())

    def _resume(self) -> bytes:
        """Often whatever the cause, so that an instrument is not halted for long."""
        instrument, cause = self._instrument(), self._random.choice(CAUSES)
        causes = (cause,) if self._one_in(3) else tuple(HaltCause)
        return b"".join(pack_resume(instrument, cause=each, timestamp_ns=self._time()) for each in causes)

    def _set_fee_schedule(self) -> bytes:
        schedule = self._random.choice((0, 1, 2, 3, 4, 5, MAX_FEE_SCHEDULES))
        return pack_set_fee_schedule(schedule, **self._fees(), timestamp_ns=self._time())

    def _set_fee_override(self) -> bytes:
        """Of schedules and instruments that are used; taken away one time in four."""
        schedule = MAX_FEE_SCHEDULES if self._one_in(30) else self._random.choice((0, 0, 1, 1, 2, 2, 3))
        fees = self._fees()
        if self._one_in(4):
            effective = {"effective_at": fees.get("effective_at", 0)}
            fees = effective if not self._one_in(8) else effective | {"taker_rate": 1}
            fees["change"] = len(FeeChange) if self._one_in(15) else FeeChange.REMOVE
        return pack_set_fee_override(schedule, self._instrument(), **fees, timestamp_ns=self._time())

    def _fees(self) -> dict[str, int]:
        """Rates, rebates among them, mostly with tiers that some accounts reach; one in three from a time on."""
        fees = dict(zip(("maker_rate", "taker_rate"), self._rates(), strict=True))
        notionals = sorted(self._random.sample(TIERS, self._random.choice((0, 1, 2, 2, 3, len(TIERS)))))
        if self._one_in(30):
            notionals = self._random.choice(([2, 1], [1, 1], [-1], [0, 1]))
        for number, notional in enumerate(notionals, start=1):
            names = (f"notional_{number}", f"maker_rate_{number}", f"taker_rate_{number}")
            fees |= zip(names, (notional, *self._rates()), strict=True)
        if self._one_in(3):
            fees["effective_at"] = self._clock + self._random.randrange(2_000, 2 * CALL)
        if self._one_in(40):
            fees["effective_at"] = self._random.choice((1, self._clock - 5_000))
        return fees

    def _rates(self) -> tuple[int, int]:
        if self._one_in(60):
            return self._random.choice(((0, MAX_FEE_RATE + 1), (MAX_FEE_RATE + 1, 0), (-MAX_FEE_RATE - 1, 0)))
        maker = self._random.choice((-MAX_FEE_RATE, -25_000, -1_000, -1, 0, 1, 1_000, 25_000, MAX_FEE_RATE))
        return maker, self._random.choice((0, 1, 1_000, 25_000, MAX_FEE_RATE))

    def _set_obligation(self) -> bytes:
        """Mostly of who makes markets, of terms that are met now and then; or none any more."""
        if self._one_in(8):
            return pack_set_obligation(self._account(), self._instrument(), timestamp_ns=self._time())
        terms = {
            "max_spread": self._random.choice((1, 2, 4, 8, MAX_OBLIGATION_SPREAD)),
            "min_quantity": self._random.choice((1, 1, 2, 4, 9)),
            "required_bps": self._random.choice((1, 1_000, 5_000, 10_000)),
            "maker_rate": self._random.choice((-MAX_FEE_RATE, -500, 0, 500, MAX_FEE_RATE)),
        }
        if self._one_in(30):
            wrong: tuple[dict[str, int], ...] = ({"max_spread": MAX_OBLIGATION_SPREAD + 1}, {"min_quantity": 0})
            wrong += ({"required_bps": 10_001}, {"maker_rate": MAX_FEE_RATE + 1}, {"maker_rate": -MAX_FEE_RATE - 1})
            terms |= self._random.choice(wrong)
        account = self._account() if self._one_in(3) else self._random.choice(MARKET_MAKERS)
        return pack_set_obligation(account, self._instrument(), **terms, timestamp_ns=self._time())

    def _set_key(self) -> bytes:
        """A new key, or another document for one; now and then of another's, of one that is revoked, or of none."""
        account, key = self._account(), len(self._keys) + 1
        if self._keys and not self._one_in(3):
            key = self._some_key()
            account = account if self._one_in(6) else self._keys[key - 1]
        elif self._one_in(4):
            key = self._random.choice((0, len(self._keys) + 2, 2**32 - 1))
        words = self._random.choice((0, MAX_KEY_DOCUMENT_WORDS + 1, 300)) if self._one_in(30) else 0
        document = self._random.randbytes(8 * (words or self._random.choice((1, 1, 2, 3, MAX_KEY_DOCUMENT_WORDS))))
        expires_at = self._random.choice((0, 0, 0, self._clock + 1_000_000, NEVER))
        if self._one_in(12):
            expires_at = self._random.choice((1, self._clock))
        return pack_set_key(account, key, document, expires_at=expires_at, timestamp_ns=self._time())

    def _revoke_key(self) -> bytes:
        key = 0 if not self._keys or self._one_in(20) else self._some_key()
        account = self._keys[key - 1] if key and not self._one_in(8) else self._account()
        return pack_revoke_key(account, key, timestamp_ns=self._time())

    def _some_key(self) -> int:
        """Mostly one of the last, of which few are revoked."""
        return max(1, len(self._keys) - self._random.choice((0, 1, 2, 3, 5, 8, 40)))

    def _earn_an_obligation(self) -> bytes:
        """What is owed is there for a while, the trade date ends, and what is earned is the rate of what comes then."""
        instrument, account, other = self._random.choice(self._plain), *self._random.sample(range(ACCOUNTS), 2)
        listing, rate = self._known_instrument(instrument), self._random.choice((-MAX_FEE_RATE, -500, 0, 700))
        bid = max(1, listing.mid - 1)
        owed = {
            "max_spread": 3,
            "min_quantity": 2,
            "required_bps": self._random.choice((1, 10_000)),
            "maker_rate": rate,
        }
        commands = [pack_resume(instrument, cause=cause) for cause in HaltCause]
        commands += self._means(listing, account, account, 8 * listing.mid, 8)
        commands.append(pack_set_obligation(account, instrument, **owed, timestamp_ns=self._time()))
        commands.append(pack_place(account, instrument, Side.BUY, bid, 2))
        commands.append(pack_place(account, instrument, Side.SELL, bid + self._random.choice((2, 3, 3, 4)), 2))
        self._clock += self._random.choice((0, 1, 50))
        commands.append(self._roll_trade_date())
        side = self._random.choice((Side.BUY, Side.SELL))
        price = bid if side == Side.BUY else bid + 2
        opposite = Side.SELL if side == Side.BUY else Side.BUY
        free: dict[str, Any] = {"stp": SelfTradePrevention.NONE}
        commands.append(pack_place(account, instrument, side, price, 2, **free, timestamp_ns=self._time()))
        commands.append(pack_place(other, instrument, opposite, price, 4, **free, timestamp_ns=self._time()))
        return b"".join(commands)

    def _announce_many(self) -> bytes:
        """Changes of fees, up to and beyond as many as may wait; the last ones come before some of those."""
        schedule, instrument = self._random.randrange(3), self._random.randrange(4)
        own = self._one_in(2)
        commands = []
        for number in range(MAX_PENDING_FEE_CHANGES + 4):
            effective_at = self._clock + 60_000 + number
            if own:
                commands.append(pack_set_fee_schedule(schedule, *self._rates(), effective_at=effective_at))
            else:
                commands.append(pack_set_fee_override(schedule, instrument, *self._rates(), effective_at=effective_at))
        effective_at = self._clock + 60_000 + self._random.randrange(2 * MAX_PENDING_FEE_CHANGES)
        commands.append(pack_set_fee_schedule(schedule, 1, 1, effective_at=self._random.choice((0, effective_at))))
        return b"".join(commands)

    def _let_days_pass(self) -> bytes:
        """So many that what was traded before counts no more, or still does."""
        self._clock += self._random.choice((1, 1, FEE_DAYS - 1, FEE_DAYS)) * DAY_NS
        return self._place() + self._pulse()

    def _set_account(self) -> bytes:
        """Windows that shrink and grow, and limits of open orders that are rarely in the way."""
        limits = (0, 3, 20, 100, MAX_OPEN_ORDERS_PER_ACCOUNT, ACCOUNT_OPEN_ORDERS_MAX, ACCOUNT_OPEN_ORDERS_MAX + 1)
        return pack_set_account(
            self._account(),
            fee_schedule=self._random.choice((0, 1, 2, 2, 1, 0, MAX_FEE_SCHEDULES)),
            max_open_orders=self._random.choice(limits),
            client_id_window=0 if self._one_in(20) else self._random.randint(1, 200),
            group=self._random.choice((0, 0, 0, 1, 1, 2)),
            max_open_notional=self._random.choice(OPEN_NOTIONALS),
            timestamp_ns=self._time(),
        )

    def _trade_within_a_firm(self) -> bytes:
        """Two accounts of a group, one of which reaches the other's order."""
        instrument = self._auctioned_instrument(Phase.CONTINUOUS)
        listing = self._known_instrument(instrument)
        buyer, seller = self._random.sample(range(ACCOUNTS), 2)
        price = min(listing.mid + listing.spread, listing.max_price)
        return b"".join(
            (
                *(pack_resume(instrument, cause=cause) for cause in HaltCause),
                *(pack_set_account(account, group=2) for account in (buyer, seller)),
                *self._means(listing, buyer, seller, 9 * price, 9),
                pack_place(seller, instrument, Side.SELL, listing.mid, 2),
                pack_place(buyer, instrument, Side.BUY, price, 9, stp=self._random.randrange(4)),
                pack_set_account(self._random.choice((buyer, seller))),
            )
        )

    def _pulse(self) -> bytes:
        return pack_pulse(timestamp_ns=self._time())

    def _set_reference(self) -> bytes:
        """Moves about the middle, so that stops of both sides are reached; now and then nothing is known."""
        instrument = self._instrument()
        price = 0 if self._one_in(2) else self._price(self._known_instrument(instrument))
        observed_at = self._clock - self._random.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 90_000))
        source = self._random.choice((0, 1, 2, 2**32 - 1))
        return pack_set_reference(instrument, price, source=source, observed_at=observed_at, timestamp_ns=self._time())

    def _roll_trade_date(self) -> bytes:
        """The next date; one in three times another soon after it, so that orders of two dates end together."""
        rolls = [self._next_trade_date()]
        if self._one_in(3):
            rolls += [*(self._place() for _ in range(20)), self._next_trade_date()]
        return b"".join(rolls)

    def _next_trade_date(self) -> bytes:
        """One in five is none, or not the next."""
        if self._one_in(5):
            trade_date = self._random.choice((0, self._trade_date, self._trade_date // 100 * 100, 20261301, 2**32 - 1))
            return pack_roll_trade_date(trade_date, timestamp_ns=self._time())
        year, month, day = self._trade_date // 10_000, self._trade_date // 100 % 100, self._trade_date % 100 + 1
        if day > 31:
            month, day = month + 1, 1
        if month > 12:
            year, month = year + 1, 1
        self._trade_date = year * 10_000 + month * 100 + day
        return pack_roll_trade_date(self._trade_date, timestamp_ns=self._time())

    def _cascade(self) -> bytes:
        """More stops than one command lets in, and a value that reaches them: a reference, or trades.

        On the instrument of which every account has much: it takes a command that goes on, or a pulse, to end it.
        """
        instrument = 3
        trigger = self._random.choice((Trigger.REFERENCE, Trigger.REFERENCE, Trigger.LAST_TRADE))
        account = self._account()
        side = self._random.choice((Side.BUY, Side.SELL))
        trigger_price, value = (6, 8) if side == Side.BUY else (5, 3)
        commands = [pack_set_reference(instrument, 11 - value, observed_at=self._clock)]
        for _ in range(CASCADE):
            terms: dict[str, Any] = {"trigger_price": trigger_price, "trail": self._random.choice((0, 0, 0, 2))}
            price = self._random.randint(1, 10)
            commands.append(pack_place(account, instrument, side, price, 1, trigger=trigger, **terms))
        commands.append(pack_set_reference(instrument, value, observed_at=self._clock, timestamp_ns=self._time()))
        if self._one_in(2):
            commands.append(self._random.choice((pack_halt(instrument), pack_cancel_all(account), self._pulse())))
        return b"".join(commands)

    # ------------------------------------------------------------------------------------------------------------- pegs

    def _move_a_peg(self) -> bytes:
        """A spread with pegs in it, something unseen that they may come to reach, and another best price."""
        instrument = self._instrument()
        listing = self._known_instrument(instrument)
        low, high = (
            min(max(1, listing.mid + away), listing.max_price)
            for away in (-self._random.randint(1, listing.spread), self._random.randint(1, listing.spread))
        )
        commands = [
            pack_place(self._account(), instrument, Side.BUY, low, self._random.randint(1, 4)),
            pack_place(self._account(), instrument, Side.SELL, high, self._random.randint(1, 4)),
        ]
        for _ in range(self._random.randint(1, 4)):
            order = self._order(instrument)
            order |= {"quantity": self._random.randint(1, 8), "time_in_force": TimeInForce.GTC}
            order |= self._peg(order, listing)
            if not self._one_in(20):
                self._make_possible(order)
            commands.append(pack_place(self._account(), **order, timestamp_ns=self._time()))
        hidden: dict[str, Any] = {"visibility": Visibility.HIDDEN, "min_quantity": self._random.choice((0, 0, 3))}
        for side in self._random.choice(((), (Side.BUY,), (Side.SELL,), (Side.BUY, Side.SELL))):
            price = min(max(1, self._random.randint(low, max(low, high))), listing.max_price)
            commands.append(pack_place(self._account(), instrument, side, price, 3, **hidden))
        side = self._random.choice((Side.BUY, Side.SELL))
        near = min(max(1, listing.mid + self._random.choice((-1, 0, 1))), listing.max_price)
        terms: dict[str, Any] = {"time_in_force": self._random.choice((TimeInForce.IOC, *PASSIVE, TimeInForce.GTC))}
        commands.append(
            pack_place(self._account(), instrument, side, near, self._random.randint(1, 9), **terms),
        )
        if self._one_in(2):
            commands.append(pack_cancel_all(self._account(), instrument, sides=self._random.choice(list(SideFilter))))
        return b"".join(commands)

    def _reach_the_unseen(self) -> bytes:
        """Pegs that wait behind an order, and what they come to reach when it goes: orders of either side that nobody
        sees; sometimes so far away that a band is in between."""
        instrument = self._random.choice((1, 2, self._auctioned_instrument(Phase.CONTINUOUS)))
        listing = self._known_instrument(instrument)
        side = self._random.choice((Side.BUY, Side.SELL))
        opposite = Side.SELL if side == Side.BUY else Side.BUY
        commands = [pack_cancel_all(other, instrument) for other in range(ACCOUNTS) if not self._one_in(6)]
        if self._one_in(2):
            commands += [pack_resume(instrument, cause=cause) for cause in HaltCause]

        def price(away: int) -> int:
            return min(max(1, listing.mid + (away if side == Side.BUY else -away)), listing.max_price)

        spread = max(6, listing.spread)
        between = self._random.randrange(ACCOUNTS)
        self._client_ids[between] += 1
        apart = f"c{self._client_ids[between]}"
        commands += [
            pack_place(self._account(), instrument, side, price(-4), 2),
            pack_place(between, instrument, opposite, price(2), 2, client_order_id=apart),
            pack_place(self._account(), instrument, opposite, price(spread), 2),
        ]
        if self._one_in(4):
            limits = {"dynamic_bps": self._random.choice((100, 300)), "call_ns": CALL}
            commands.append(pack_set_trading_limits(self._auctioned_instrument(), **limits))
        unseen = []
        for each in self._random.choices((side, opposite), (3, 1), k=self._random.randint(1, 5)):
            terms: dict[str, Any] = {"stp": self._random.choice(list(SelfTradePrevention))}
            peg = self._random.choice((PegReference.MIDPOINT, PegReference.MARKET))
            terms |= {"peg": peg, "peg_offset": self._random.randint(int(peg == PegReference.MARKET), 3)}
            limit = price(spread) if each == side else price(-4)
            unseen.append(
                pack_place(self._account(), instrument, each, limit, self._random.randint(1, 6), **terms),
            )
        for _ in range(self._random.randint(1, 3)):
            terms = {"visibility": Visibility.HIDDEN, "min_quantity": self._random.choice((0, 0, 0, 2))}
            terms["stp"] = self._random.choice(list(SelfTradePrevention))
            away = self._random.randint(1, 5)
            unseen.append(pack_place(self._account(), instrument, opposite, price(away), 4, **terms))
        self._random.shuffle(unseen)
        commands += unseen
        commands.append(pack_cancel(between, client_order_id=apart, timestamp_ns=self._time()))
        if self._one_in(3):
            commands.append(self._pulse())
        return b"".join(commands)

    def _cross_pegs(self) -> bytes:
        """More pegs than one command lets trade meet, when the order goes that has kept them apart."""
        instrument, account = 3, self._random.randrange(ACCOUNTS)
        taken: dict[str, Any] = {"stp": SelfTradePrevention.NONE}
        commands = [
            *(pack_resume(instrument, cause=cause) for cause in HaltCause),
            pack_set_account(account),
            pack_deposit(account, USDC, 40 * CROSSING),
            *(pack_cancel_all(other, instrument) for other in range(ACCOUNTS)),
            pack_place(account, instrument, Side.BUY, 2, 1),
            pack_place(account, instrument, Side.SELL, 9, 1),
        ]
        self._client_ids[account] += 1
        apart = f"c{self._client_ids[account]}"
        side, price = self._random.choice(((Side.SELL, 3), (Side.BUY, 8)))
        commands.append(pack_place(account, instrument, side, price, 1, client_order_id=apart))
        for peg, limits, lots in ((PegReference.MARKET, (9, 3), 1), (PegReference.MIDPOINT, (7, 2), 2)):
            for each, limit in zip((Side.BUY, Side.SELL), limits, strict=True):
                terms = taken | {"peg": peg, "peg_offset": int(peg == PegReference.MARKET)}
                commands += [pack_place(account, instrument, each, limit, lots, **terms)] * CROSSING
        if self._one_in(3):
            terms = {"trigger": Trigger.LAST_TRADE, "trigger_price": 5, "time_in_force": TimeInForce.IOC}
            commands.append(pack_place(account, instrument, Side.SELL, 1, 3, **terms))
        if self._one_in(4):
            commands.append(pack_halt(instrument))
        commands.append(pack_cancel(account, client_order_id=apart, timestamp_ns=self._time()))
        commands.append(pack_resume(instrument))
        if self._one_in(2):
            meanwhile = (pack_halt(instrument), pack_cancel_all(account), self._pulse(), self._place_on(instrument))
            commands.append(self._random.choice(meanwhile))
        commands += [self._pulse()] * self._random.randint(1, 3)
        return b"".join(commands)

    # --------------------------------------------------------------------------------------------------------- auctions

    @staticmethod
    def _listing(number: int, listing: _Instrument, phase: int) -> bytes:
        return pack_create_instrument(
            number,
            f"I{number}",
            listing.base,
            listing.quote,
            lot_size=listing.lot_size,
            tick_lot_value=listing.tick_lot_value,
            max_price=listing.max_price,
            collar_bps=listing.collar,
            phase=phase,
        )

    def _set_phase(self) -> bytes:
        """Mostly what may come next; a call ends by itself as often as not."""
        instrument = self._auctioned_instrument(
            *self._random.choice(((), (Phase.PAUSE,), (Phase.PAUSE,), (Phase.PAUSE, Phase.PRE_OPEN)))
        )
        wanted = PHASES_AFTER[self._known_instrument(instrument).phase]
        phase: int = self._random.choices(list(wanted), list(wanted.values()))[0]
        if self._one_in(25):
            phase = self._random.choice((Phase.CONTINUOUS, Phase.PAUSE, Phase.UNCROSSING, len(Phase), 255))
        call = self._call() if phase == Phase.AUCTION or self._one_in(30) else {}
        return pack_set_phase(instrument, phase, **call, timestamp_ns=self._time())

    def _call(self) -> dict[str, int]:
        call: dict[str, int] = {}
        if not self._one_in(3):
            call["ends_at"] = self._clock + self._random.randrange(2_000, 2 * CALL)
        if self._one_in(3):
            call["next"] = Phase.CLOSED
        if self._one_in(30):
            call |= self._random.choice(({"ends_at": 1}, {"next": Phase.PRE_OPEN}, {"next": len(Phase)}))
        return call

    def _set_trading_limits(self) -> bytes:
        """So narrow that they are reached, or none; a band is as far from the middle as some prices are."""
        instrument = self._auctioned_instrument()
        listing, choose = self._known_instrument(instrument), self._random.choice
        worth = listing.tick_lot_value * listing.mid
        limits = {
            "static_bps": choose((0, 0, 300, 500, 900)),
            "dynamic_bps": choose((0, 0, 100, 300, 500)),
            "auction_bps": choose((0, 1, 1, 50)),
            "call_ns": choose((CALL // 4, CALL, 2 * CALL)),
            "max_quantity": choose((0, 0, 0, 9, 30)),
            "max_notional": choose((0, 0, 0, 12 * worth, 40 * worth)),
        }
        if self._one_in(4):
            limits |= {"static_bps": 0, "dynamic_bps": 0, "auction_bps": 0, "call_ns": choose((0, CALL))}
        if self._one_in(15):
            limits |= choose(
                (
                    {choose(("static_bps", "dynamic_bps", "auction_bps")): MAX_COLLAR_BPS + 1},
                    {"auction_bps": 1, "call_ns": 0},
                    {"call_ns": MAX_CALL_NS + 1},
                    {choose(("max_quantity", "max_notional")): -1},
                )
            )
        return pack_set_trading_limits(instrument, **limits, timestamp_ns=self._time())

    def _leave_a_band(self) -> bytes:
        """An order that could trade at a price so far from the last one that it begins a pause instead."""
        instrument, account = self._auctioned_instrument(Phase.CONTINUOUS), self._account()
        listing, side = self._known_instrument(instrument), self._random.choice((Side.BUY, Side.SELL))
        opposite = Side.SELL if side == Side.BUY else Side.BUY
        away = listing.spread if side == Side.BUY else -listing.spread
        far, lots = min(max(1, listing.mid + away), listing.max_price), self._random.randint(1, 4)
        limits = {"dynamic_bps": self._random.choice((100, 200)), "call_ns": self._random.choice((CALL, 2 * CALL))}
        limits["max_quantity"] = self._random.choice((0, 0, 6, 12))
        orders = ((opposite, listing.mid, 1), (side, listing.mid, 1), (opposite, far, lots), (side, far, lots))
        commands = [pack_set_account(account), pack_set_trading_limits(instrument, **limits)]
        if self._one_in(2):
            commands += [pack_resume(instrument, cause=cause) for cause in HaltCause]
        for order in orders:
            stp = SelfTradePrevention.NONE
            commands.append(pack_place(account, instrument, *order, stp=stp, timestamp_ns=self._time()))
        if self._one_in(2):
            phase = self._random.choice((Phase.PRE_OPEN, Phase.PRE_OPEN, Phase.CLOSED, Phase.CLOSED, Phase.AUCTION))
            commands.append(pack_set_phase(instrument, phase, timestamp_ns=self._time()))
        elif self._one_in(2):
            commands += [pack_halt(instrument), pack_resume(instrument, timestamp_ns=self._clock + 2_000)]
        return b"".join(commands)

    def _extend_a_call(self) -> bytes:
        """A call that ends at a price which is not what the instrument is worth: it goes on instead."""
        instrument, account = self._auctioned_instrument(Phase.CONTINUOUS, *CALL_PHASES), self._account()
        listing = self._known_instrument(instrument)
        limits = {"auction_bps": self._random.choice((1, 100, 300)), "call_ns": CALL}
        after = self._random.choice((Phase.CONTINUOUS, Phase.CLOSED))
        commands = [
            pack_set_trading_limits(instrument, **limits),
            pack_set_reference(instrument, listing.mid + listing.spread - 1, observed_at=self._clock),
            pack_set_phase(instrument, Phase.AUCTION, next=after, ends_at=self._clock + CALL, timestamp_ns=self._clock),
            *(pack_place(account, instrument, side, listing.mid - 1, 1) for side in Side),
        ]
        if self._one_in(2):
            # It presses on the price, and what the instrument is worth bounds it.
            terms: dict[str, Any] = {"order_type": OrderType.MARKET, "lifetime": Lifetime.AUCTION}
            side = self._random.choice((Side.BUY, Side.SELL))
            commands.append(pack_place(account, instrument, side, 0, self._random.randint(1, 5), **terms))
        for _ in range(self._random.randint(1, 3)):
            self._clock += CALL
            commands.append(self._pulse())
        return b"".join(commands)

    def _halt_a_call(self) -> bytes:
        """What is collected goes on being collected when the halt is over, for as long as a call lasts at least."""
        instrument = self._auctioned_instrument(*self._random.choice((TIMED_PHASES, (Phase.PAUSE,))))
        cause = self._random.choice(list(HaltCause))
        between = b"".join(self._place() for _ in range(self._random.randrange(3)))
        halted = pack_halt(instrument, cause=cause, timestamp_ns=self._time())
        if self._one_in(6):
            return halted + between + self._pulse()
        return halted + between + pack_resume(instrument, cause=cause, timestamp_ns=self._time())

    def _let_a_call_go_on(self) -> bytes:
        """Until its price is said."""
        instrument = self._auctioned_instrument(*TIMED_PHASES)
        commands = [] if self._one_in(2) else [pack_set_phase(instrument, Phase.AUCTION, timestamp_ns=self._time())]
        commands += [self._place() for _ in range(self._random.randrange(3))]
        self._clock += INDICATION_INTERVAL
        return b"".join((*commands, self._pulse()))

    def _uncross_many(self) -> bytes:
        """More trades than one command makes, and cancels that come meanwhile, of quotes and what is left at the end,
        too; or a retired book as large."""
        instrument = self._auctioned_instrument(Phase.CONTINUOUS, *CALL_PHASES)
        listing = self._known_instrument(instrument)
        buyer, seller = self._random.randrange(ACCOUNTS), self._random.randrange(ACCOUNTS)
        high, low = min(listing.mid + listing.spread, listing.max_price), max(1, listing.mid - listing.spread)
        maker, group = self._random.choice(MARKET_MAKERS), self._random.choice(QUOTE_GROUPS)
        lots = self._random.randint(1, 7)
        commands = [
            *(pack_resume(instrument, cause=cause) for cause in HaltCause),
            *(pack_set_account(account) for account in (buyer, seller, maker)),
            pack_set_trading_limits(instrument),
            pack_set_phase(instrument, Phase.AUCTION, next=self._random.choice((Phase.CONTINUOUS, Phase.CLOSED))),
            *self._means(listing, buyer, seller, CASCADE * high),
            *self._means(listing, maker, seller, low),
            pack_set_market_maker_protection(maker, group),
            pack_reset_market_maker_protection(maker, group),
            pack_mass_quote(maker, group, [QuoteEntry(instrument, max(1, low - 1), 0, 1, 0)]),
        ]
        named = []
        for account, side, price, quantity in (
            *[(seller, Side.SELL, low, lots)] * -(-(TRIGGER_ITEMS + 4) // lots),
            *[(buyer, Side.BUY, high, 1)] * CASCADE,
            *[(buyer, Side.BUY, max(1, low - 1), 1)] * UNREACHED,
        ):
            self._client_ids[account] += 1
            named.append((account, f"c{self._client_ids[account]}"))
            commands.append(pack_place(account, instrument, side, price, quantity, client_order_id=named[-1][1]))
            if self._one_in(8):
                commands.append(pack_place(self._account(), **self._order(instrument)))
        if self._one_in(4):
            return b"".join((*commands, *self._retired(instrument)))
        commands.append(pack_set_phase(instrument, Phase.CONTINUOUS, timestamp_ns=self._time()))
        if self._one_in(2):
            commands.append(pack_mass_quote(maker, group, [QuoteEntry(instrument, 0, 0, 0, 0)]))
        for account, client_order_id in self._random.choices(named[-2 * UNREACHED :], k=4):
            commands.append(pack_cancel(account, client_order_id=client_order_id, timestamp_ns=self._time()))
        if not self._one_in(3):
            commands.append(pack_cancel_all(self._random.choice((buyer, buyer, seller)), instrument))
        if self._one_in(2):
            commands.append(pack_halt(instrument))
        if self._one_in(2):
            commands.append(self._pulse())
        return b"".join(commands)

    @staticmethod
    def _means(listing: _Instrument, buyer: int, seller: int, cash: int, lots: int = CASCADE) -> list[bytes]:
        """What many orders cost; of what there is too much of already, nothing."""
        means = ((buyer, listing.quote, 2 * cash * listing.tick_lot_value), (seller, listing.base, 2 * lots * 10))
        return [pack_deposit(account, asset, amount) for account, asset, amount in means if asset != EURC]

    def _retired(self, instrument: int) -> list[bytes]:
        return [
            pack_set_phase(instrument, Phase.CLOSED, timestamp_ns=self._time()),
            pack_set_phase(instrument, Phase.RETIRED, timestamp_ns=self._time()),
        ]

    # ------------------------------------------------------------------------------------------------ price protections

    def _set_volatility_bands(self) -> bytes:
        """Narrow enough to be reached, or none."""
        instrument = self._auctioned_instrument()
        bands = self._bands() if self._one_in(2) else {}
        if self._one_in(8):
            bands |= self._random.choice(
                (
                    {"bps": MAX_COLLAR_BPS + 1},
                    {"bps": 0, "pause_ns": 1},
                    {"bps": 100, "multiplier": self._random.choice((0, MAX_MULTIPLIER + 1))},
                    {"bps": 100, "limit_state_ns": MAX_CALL_NS + 1},
                    {"bps": 100, "ticks": self._known_instrument(instrument).max_price + 1},
                )
            )
        return pack_set_volatility_bands(instrument, **bands, timestamp_ns=self._time())

    def _bands(self) -> dict[str, int]:
        choose = self._random.choice
        return {
            "bps": choose((200, 400, 700, 2_000)),
            "ticks": choose((0, 0, 0, 1, 3)),
            "multiplier": choose((100, 100, 100, 150, 200)),
            "limit_state_ns": choose((1, 2_000, CALL // 4)),
            "pause_ns": choose((CALL // 4, CALL)),
        }

    def _begin_bands(self) -> tuple[int, int, list[bytes]]:
        """Bands that begin anew around the middle, where there is a phase for it: of which instrument, how wide they
        are, and how they begin."""
        instrument = self._auctioned_instrument(Phase.CONTINUOUS)
        listing = self._known_instrument(instrument)
        commands = [pack_resume(instrument, cause=cause) for cause in HaltCause] if self._one_in(2) else []
        bands = self._bands() | {"bps": self._random.choice((200, 400)), "ticks": 0, "multiplier": 100}
        commands += [
            pack_set_volatility_bands(instrument),
            pack_set_reference(instrument, listing.mid, observed_at=self._clock, timestamp_ns=self._time()),
            pack_set_volatility_bands(instrument, **bands, timestamp_ns=self._time()),
        ]
        return instrument, max(1, listing.mid * bands["bps"] // 10_000), commands

    def _reach_a_limit(self) -> bytes:
        """An order at an edge of the bands: it trades, is cancelled, or stays until trading pauses."""
        instrument, width, commands = self._begin_bands()
        listing, side = self._known_instrument(instrument), self._random.choice((Side.BUY, Side.SELL))
        opposite = Side.SELL if side == Side.BUY else Side.BUY
        edge = listing.mid + (width if side == Side.BUY else -width)
        commands += [
            pack_place(self._account(), instrument, side, edge, self._lots(), timestamp_ns=self._time())
            for side in self._random.choice(((side,), (side, opposite), (side, side)))
        ]
        if self._one_in(2):
            commands += [self._place() for _ in range(self._random.randrange(4))]
            self._clock += self._random.choice((1_000, CALL // 4))
            commands.append(self._pulse())
        return b"".join(commands)

    def _trade_beyond_a_limit(self) -> bytes:
        """Orders that the bands leave outside, and one that would trade with them, or a stop that enters."""
        instrument = self._auctioned_instrument(Phase.CONTINUOUS)
        listing, account = self._known_instrument(instrument), self._account()
        side = self._random.choice((Side.BUY, Side.SELL))
        opposite = Side.SELL if side == Side.BUY else Side.BUY
        sign = 1 if side == Side.BUY else -1
        kinds: tuple[dict[str, Any], ...] = ({}, {"visibility": Visibility.HIDDEN}, {"display_quantity": 1})
        kinds += ({"visibility": Visibility.HIDDEN, "min_quantity": 1},)
        commands = [pack_resume(instrument, cause=cause) for cause in HaltCause]
        commands += [pack_set_phase(instrument, Phase.CONTINUOUS), pack_set_trading_limits(instrument)]
        commands.append(pack_set_volatility_bands(instrument))
        are_passed_over = self._one_in(3)
        for away in (listing.spread, listing.spread // 2, 1):
            kind, towards = self._random.choice(kinds), sign
            if are_passed_over and away > 1:
                kind, towards = kinds[-1], -sign
            price = min(max(1, listing.mid + towards * away), listing.max_price)
            commands.append(pack_place(account, instrument, opposite, price, 2, **kind, timestamp_ns=self._time()))
        reference = pack_set_reference(instrument, listing.mid, observed_at=self._clock, timestamp_ns=self._time())
        bands = pack_set_volatility_bands(instrument, **self._bands() | {"bps": 200}, timestamp_ns=self._time())
        commands += [reference, bands]
        market: dict[str, Any] = {"order_type": OrderType.MARKET, "time_in_force": self._random.choice(IMMEDIATE)}
        far = min(max(1, listing.mid + sign * listing.spread), listing.max_price)
        stop: dict[str, Any] = {"trigger": Trigger.LAST_TRADE, "trigger_price": listing.mid + sign, "min_quantity": 0}
        other = self._account()
        for terms in self._random.choice(((market,), (market, market), (stop, market), ({"min_quantity": 1},))):
            price = 0 if "order_type" in terms else far
            commands.append(pack_place(other, instrument, side, price, 4, **terms, timestamp_ns=self._time()))
        return b"".join(commands)

    def _move_a_reference(self) -> bytes:
        """Trades away from what the bands are around, and as much time as the bands need to follow."""
        instrument, width, commands = self._begin_bands()
        listing, account = self._known_instrument(instrument), self._account()
        price = listing.mid + self._random.choice((-width, width, -1, -1, 1, 1))
        for side in (*Side, *Side):
            stp = SelfTradePrevention.NONE
            commands.append(pack_place(account, instrument, side, price, 1, stp=stp, timestamp_ns=self._time()))
        return b"".join((*commands, self._let_a_reference_be_looked_at()))

    def _let_a_reference_be_looked_at(self) -> bytes:
        """The time that the bands need to follow, or ten times as much."""
        self._clock += VOLATILITY_INTERVAL * self._random.choice((1, 1, 1, 1, 10))
        return self._pulse() if not self._one_in(4) else self._place()

    def _set_reference_policy(self) -> bytes:
        instrument = self._auctioned_instrument()
        policy = self._policy(self._random.choice(list(StalePolicy)), self._random.choice(list(PrimaryPolicy)))
        if self._one_in(8):
            wrong: tuple[dict[str, int], ...] = ({"stale": 3}, {"primary": 4}, {"widen": 99}, {"closed_bps": 20_000})
            wrong += ({"step_ns": MAX_CALL_NS + 1}, {"max_age_ns": 1}, {"max_age_ns": 0}, {"step_bps": 1})
            policy |= self._random.choice(wrong)
        return pack_set_reference_policy(instrument, **policy, timestamp_ns=self._time())

    def _policy(self, stale: StalePolicy, primary: PrimaryPolicy) -> dict[str, int]:
        """What belongs together; a band of a closed market is refused where no call lasts."""
        choose = self._random.choice
        policy: dict[str, int] = {"stale": stale, "primary": primary}
        if stale != StalePolicy.KEEP:
            policy["max_age_ns"] = choose((1, 2_000, CALL, 4 * CALL))
        if stale == StalePolicy.WIDEN:
            policy["widen"] = choose((100, 150, 300))
        if primary in (PrimaryPolicy.FIXED_BAND, PrimaryPolicy.REANCHOR):
            policy["closed_bps"] = choose((200, 500, 1_000))
        if primary == PrimaryPolicy.REANCHOR:
            policy |= {"step_bps": choose((1, 200, 500)), "step_ns": choose((1_000, CALL))}
        return policy

    def _set_primary_status(self) -> bytes:
        """Open more often than not, so that what it halts goes on."""
        instrument = self._auctioned_instrument()
        statuses = (PrimaryStatus.OPEN, PrimaryStatus.OPEN, *PrimaryStatus, PrimaryStatus.CLOSED)
        status: int = len(PrimaryStatus) if self._one_in(25) else self._random.choice(statuses)
        close = 0
        if (status == PrimaryStatus.CLOSED and not self._one_in(3)) or self._one_in(20):
            close = self._price(self._known_instrument(instrument))
        return pack_set_primary_status(instrument, status, close=close, timestamp_ns=self._time())

    def _let_a_reference_grow_old(self) -> bytes:
        """And often a new one comes."""
        instrument = self._auctioned_instrument()
        listing = self._known_instrument(instrument)
        policy = self._policy(self._random.choice((StalePolicy.WIDEN, StalePolicy.HALT)), PrimaryPolicy.NONE)
        limits = pack_set_trading_limits(instrument, static_bps=self._random.choice((200, 400)), call_ns=CALL)
        price = self._random.choice((0, listing.mid, listing.mid))
        known = pack_set_reference(instrument, price, observed_at=self._clock, timestamp_ns=self._time())
        commands = [limits, known, pack_set_reference_policy(instrument, **policy, timestamp_ns=self._time())]
        self._clock += self._random.choice((policy["max_age_ns"], policy["max_age_ns"] - 1))
        commands += [self._pulse(), *(self._place() for _ in range(self._random.randrange(3)))]
        if not self._one_in(3):
            fresh = pack_set_reference(instrument, listing.mid, observed_at=self._clock, timestamp_ns=self._time())
            commands.append(fresh)
        return b"".join(commands)

    def _let_an_anchor_step(self) -> bytes:
        """A closed primary market, orders between its steps, and what it does next."""
        instrument = self._auctioned_instrument()
        listing, choose = self._known_instrument(instrument), self._random.choice
        primary = choose((PrimaryPolicy.FIXED_BAND, PrimaryPolicy.REANCHOR, PrimaryPolicy.REANCHOR))
        policy = self._policy(choose(list(StalePolicy)), primary)
        close = choose((0, listing.mid, listing.mid + 3, listing.mid - 2))
        commands = [
            pack_set_trading_limits(instrument, call_ns=CALL),
            pack_set_reference_policy(instrument, **policy, timestamp_ns=self._time()),
            pack_set_primary_status(instrument, PrimaryStatus.CLOSED, close=close, timestamp_ns=self._time()),
        ]
        for _ in range(self._random.randint(1, 3)):
            commands += [self._place_on(instrument) for _ in range(self._random.randrange(4))]
            self._clock += policy.get("step_ns", 1)
            commands.append(self._pulse())
        if not self._one_in(3):
            commands.append(pack_set_primary_status(instrument, PrimaryStatus.OPEN, timestamp_ns=self._time()))
        return b"".join(commands)

    def _place_on(self, instrument: int) -> bytes:
        return pack_place(self._account(), **self._order(instrument), timestamp_ns=self._time())

    def _list_another(self) -> bytes:
        """Another instrument, in the place of one that is retired; nothing is known yet of what it is worth."""
        retired = self._retired(self._auctioned_instrument()) if len(self._auctioned) >= AUCTIONED else []
        number, phase = len(self._instruments), self._random.choice(FIRST_PHASES)
        if self._one_in(10):
            return self._listing(number, self._instruments[0], self._random.choice((Phase.AUCTION, Phase.RETIRED)))
        listing = self._instruments[self._random.choice((0, 0, 1, 1, 2, 3, 3))].another()
        listing.phase = phase
        self._listings.setdefault(number, listing)
        opened = pack_set_phase(number, self._random.choice((Phase.PRE_OPEN, Phase.AUCTION)), timestamp_ns=self._time())
        terms: dict[str, Any] = {"order_type": OrderType.MARKET, "lifetime": Lifetime.AUCTION}
        orders = [pack_place(self._account(), number, side, 0, 1, **terms) for side in Side]
        if self._one_in(2):
            limits = {Side.BUY: listing.mid + self._random.randrange(2), Side.SELL: listing.mid - 1}
            orders += [pack_place(self._account(), number, side, price, 1) for side, price in limits.items()]
            orders.append(pack_set_phase(number, Phase.CONTINUOUS, timestamp_ns=self._time()))
        return b"".join((*retired, self._listing(number, listing, phase), opened, *orders))

    def _paced_trades(self) -> bytes:
        """A quote that is taken a lot at a time, as far apart as its window is long, and a little less at last.

        On the instrument of which every account has much.
        """
        instrument, account, group = 3, self._market_maker(), self._random.choice(QUOTE_GROUPS)
        window = self._random.randrange(1, 400)
        listing = self._instruments[instrument]
        limits = self._random.choice(
            ({"max_fills": 2}, {"max_fills": 9, "max_quantity": 2}, {"max_fills": 9, "max_delta": 2})
        )
        commands = [
            pack_reset_market_maker_protection(account, group),
            pack_set_market_maker_protection(account, group, window_ns=window, **limits),
            pack_mass_quote(account, group, [QuoteEntry(instrument, 0, listing.mid, 0, 5)], timestamp_ns=self._time()),
        ]
        taker = self._account()
        for apart in (0, window, window, window - 1):
            self._clock += apart
            terms: dict[str, Any] = {"time_in_force": TimeInForce.IOC, "stp": SelfTradePrevention.NONE}
            commands.append(pack_place(taker, instrument, Side.BUY, listing.mid, 1, **terms, timestamp_ns=self._clock))
        return b"".join(commands)

    def _quote_beyond_a_band(self) -> bytes:
        """A quote whose limit is too far from what its instrument is worth."""
        instrument, side = self._auctioned_instrument(Phase.CONTINUOUS), self._random.choice((Side.BUY, Side.SELL))
        listing = self._known_instrument(instrument)
        far = max(1, listing.mid + (listing.spread if side == Side.BUY else -listing.spread))
        entry = QuoteEntry(instrument, far, far, *((1, 0) if side == Side.BUY else (0, 1)))
        reference = {"price": listing.mid, "observed_at": self._clock}
        limits = {"static_bps": self._random.choice((100, 200, 300)), "call_ns": CALL}
        return b"".join(
            (
                pack_set_reference(instrument, **reference),
                pack_set_trading_limits(instrument, **limits),
                pack_mass_quote(self._market_maker(), self._quote_group(), [entry], timestamp_ns=self._time()),
            )
        )

    def _quotes_meet_in_an_auction(self) -> bytes:
        """Two market makers trade as much with each other as is too much for one group or both."""
        instrument, group = self._auctioned_instrument(Phase.CONTINUOUS), self._random.choice(QUOTE_GROUPS)
        mid = self._known_instrument(instrument).mid
        buyer, seller = self._random.sample(sorted(set(MARKET_MAKERS)), 2)
        commands = [pack_resume(instrument, cause=cause) for cause in HaltCause]
        commands.append(pack_set_phase(instrument, Phase.AUCTION, timestamp_ns=self._time()))
        for account, entry in (
            (buyer, QuoteEntry(instrument, mid + 1, 0, 2, 0)),
            (seller, QuoteEntry(instrument, 0, mid - 1, 0, 2)),
        ):
            commands += [
                pack_reset_market_maker_protection(account, group),
                pack_set_market_maker_protection(account, group, window_ns=9, max_fills=self._random.choice((1, 1, 2))),
                pack_mass_quote(account, group, [entry]),
            ]
        return b"".join((*commands, pack_set_phase(instrument, Phase.CONTINUOUS)))

    # ---------------------------------------------------------------------------------------------------------- holders

    def _set_holder(self) -> bytes:
        """Of every kind, verified until soon, until long after, or never."""
        return pack_set_holder(self._account(), **self._holder(), timestamp_ns=self._time())

    def _holder(self) -> dict[str, int]:
        choose = self._random.choice
        holder = {
            "investor_class": choose(list(InvestorClass)),
            "jurisdiction": choose((0, *JURISDICTIONS)),
            "verified_until": choose((0, self._clock + self._random.randrange(5_000), NEVER)),
            "firm": choose((0, 0, 1, 2)),
        }
        if self._one_in(20):
            holder |= choose(({"investor_class": len(InvestorClass)}, {"jurisdiction": 1}, {"jurisdiction": 0x6565}))
        return holder

    def _table(self) -> dict[str, Any]:
        """One rule or two of a table, each met by some."""
        choose = self._random.choice
        codes = [JurisdictionEntry(code) for code in self._random.sample(JURISDICTIONS, self._random.randint(1, 2))]
        rules: tuple[dict[str, Any], ...] = (
            {"classes": choose((2, 6, 12, 30))},
            {"verification": Verification.REQUIRED},
            {"jurisdiction_rule": JurisdictionRule.ALLOWED, "jurisdictions": codes},
            {"jurisdiction_rule": JurisdictionRule.DENIED, "jurisdictions": codes},
        )
        return choose(rules) | (choose(rules) if self._one_in(3) else {})

    def _set_eligibility(self) -> bytes:
        """What lasts until the next of it; mostly nothing, or not to be done."""
        choose = self._random.choice
        subject: dict[str, Any] = choose(({"asset": self._asset()}, {"instrument": self._instrument()}))
        table = self._table() if self._one_in(4) else {}
        if self._one_in(3):
            wrong: tuple[dict[str, Any], ...] = (
                {"classes": 32},
                {"max_holding": -1},
                {"jurisdiction_rule": JurisdictionRule.DENIED, "jurisdictions": ()},
                {"jurisdictions": [JurisdictionEntry(7)], "jurisdiction_rule": JurisdictionRule.DENIED},
                {"jurisdictions": [JurisdictionEntry(JURISDICTIONS[0])] * 2},
                {"verification": 2},
                {"instrument": 0, "asset": 0},
                {"instrument": None, "asset": None},
                {"instrument": 0, "asset": None, "locked_until": 1},
            )
            table |= choose(wrong)
        return pack_set_eligibility(**subject | table, timestamp_ns=self._time())

    def _keep_out(self) -> bytes:
        """Orders rest, a table comes, and others meet them, or come themselves; then mostly everybody may again."""
        instrument, choose = self._instrument(), self._random.choice
        listing = self._known_instrument(instrument)
        side = choose((Side.BUY, Side.SELL))
        opposite = Side.SELL if side == Side.BUY else Side.BUY
        one, other, third = self._random.sample(range(1, ACCOUNTS), 3)
        subject: dict[str, Any] = {"instrument": instrument % len(self._instruments)}
        if not self._one_in(4):
            subject = {"asset": choose((listing.base, listing.base, listing.quote))}
        table = self._table()
        if subject.get("asset") == listing.base and self._one_in(2):
            table = {"max_holding": self._small_amount(listing.base) * choose((1, 2, 8))}
        commands = [pack_resume(instrument, cause=cause) for cause in HaltCause] if self._one_in(3) else []
        commands += [pack_set_holder(account, **self._holder()) for account in (one, other, third)]
        commands += [self._order_of(account, instrument, side) for account in (one, other, one)]
        commands.append(pack_set_eligibility(**subject, **table, timestamp_ns=self._time()))
        for _ in range(self._random.randint(1, 4)):
            account = choose((one, other, third, third))
            match self._random.randrange(8):
                case 0:
                    entry = QuoteEntry(instrument, listing.mid - 1, listing.mid + 1, *self._random.choices((1, 3), k=2))
                    quote = pack_mass_quote(account, self._quote_group(), [entry], timestamp_ns=self._time())
                    commands += [pack_reset_market_maker_protection(account, 1), quote]
                case 1:
                    commands.append(pack_set_holder(account, **self._holder(), timestamp_ns=self._time()))
                case 2:
                    asset = choose((listing.base, listing.quote))
                    commands.append(self._move(pack_deposit, account, asset, self._small_amount(asset)))
                case 3:
                    asset = choose((listing.base, listing.quote))
                    commands.append(pack_transfer(one, account, asset, self._small_amount(asset)))
                case 4:
                    bracket = self._bracket() | {"instrument": instrument, "side": opposite, "price": listing.mid}
                    commands.append(pack_place_bracket(account, **bracket | {"order_type": OrderType.LIMIT}))
                case _:
                    commands.append(self._order_of(account, instrument, opposite))
        if not self._one_in(8):
            commands.append(pack_set_eligibility(**subject, timestamp_ns=self._time()))
        return b"".join(commands)

    def _order_of(self, account: int, instrument: int, side: Side) -> bytes:
        """An order at the middle or across it, of any kind."""
        listing = self._known_instrument(instrument)
        order = self._order(instrument) | {"side": side}
        if order.get("order_type", OrderType.LIMIT) == OrderType.LIMIT:
            away = self._random.randint(-1, 2)
            order["price"] = min(max(1, listing.mid + (away if side == Side.BUY else -away)), listing.max_price)
        return pack_place(account, **order, timestamp_ns=self._time())

    def _keep_out_of_an_auction(self) -> bytes:
        """Orders of some who may trade and some who may not meet in an auction, at prices that reach each other without
        those, too."""
        instrument, choose = self._auctioned_instrument(Phase.CONTINUOUS, *CALL_PHASES), self._random.choice
        listing = self._known_instrument(instrument)
        accounts = self._random.sample(range(1, ACCOUNTS), 4)
        commands = [
            *(pack_resume(instrument, cause=cause) for cause in HaltCause),
            *(pack_set_holder(account, **self._holder()) for account in accounts),
            pack_set_phase(instrument, Phase.AUCTION, timestamp_ns=self._time()),
        ]
        for _ in range(self._random.randint(3, 9)):
            price = min(max(1, listing.mid + self._random.randint(-3, 3)), listing.max_price)
            side = choose((Side.BUY, Side.SELL))
            commands.append(pack_place(choose(accounts), instrument, side, price, self._random.randint(1, 5)))
        subject: dict[str, Any] = {"asset": choose((listing.base, listing.base, listing.quote))}
        table = self._table()
        if subject["asset"] == listing.base and self._one_in(3):
            table = {"max_holding": self._small_amount(listing.base) * choose((1, 4))}
        commands.append(pack_set_eligibility(**subject, **table, timestamp_ns=self._time()))
        commands.append(pack_set_phase(instrument, Phase.CONTINUOUS, timestamp_ns=self._time()))
        if self._one_in(3):
            commands.append(self._pulse())
        commands.append(pack_set_eligibility(**subject, timestamp_ns=self._time()))
        return b"".join(commands)

    def _freeze(self) -> bytes:
        """Anything of it, alone: mostly what is lifted again at once, or not to be done."""
        choose, asset = self._random.choice, self._asset()
        subject: dict[str, Any] = choose(
            (
                {"scope": FreezeScope.UNITS, "asset": asset, "until": choose((0, 0, self._clock + 3_000, 1))},
                {"scope": FreezeScope.UNITS, "asset": asset},
                {"scope": FreezeScope.ASSET, "asset": asset},
                {"scope": FreezeScope.ACCOUNT},
            )
        )
        if self._one_in(8):
            wrong = ({"scope": len(FreezeScope)}, {"until": 5}, {"asset": 0}, {"scope": FreezeScope.ASSET, "asset": 9})
            subject |= choose(wrong)
        account = self._account()
        if self._one_in(4):
            return pack_unfreeze(account, **subject, timestamp_ns=self._time())
        is_of_units = subject["scope"] == FreezeScope.UNITS
        amount = self._any_amount(asset) if is_of_units or self._one_in(20) else 0
        frozen = pack_freeze(account, **subject, amount=amount, timestamp_ns=self._time())
        between = [choose((self._place, self._transfer, self._deposit, self._request_withdrawal))() for _ in range(3)]
        return b"".join((frozen, *between, pack_unfreeze(account, **subject, timestamp_ns=self._time())))

    def _freeze_for_a_while(self) -> bytes:
        """An account with orders, or the units that its orders hold, is frozen; what it does then; mostly an end."""
        instrument, account = self._instrument(), self._random.randrange(1, ACCOUNTS)
        listing, choose = self._known_instrument(instrument), self._random.choice
        scope = choose((FreezeScope.ACCOUNT, FreezeScope.ACCOUNT, FreezeScope.UNITS, FreezeScope.ASSET))
        asset = choose((listing.base, listing.quote))
        subject: dict[str, Any] = {"scope": scope} | ({} if scope == FreezeScope.ACCOUNT else {"asset": asset})
        amount = 0
        if scope == FreezeScope.UNITS:
            amount = choose((1, self._small_amount(asset), MAX_AMOUNT))
            subject["until"] = choose((0, self._clock + self._random.randrange(4_000, 9_000)))
        commands = [self._order_of(account, instrument, choose((Side.BUY, Side.SELL))) for _ in range(3)]
        bracket = self._bracket() | {"instrument": instrument, "price": listing.mid, "order_type": OrderType.LIMIT}
        commands.append(pack_place_bracket(account, **bracket))
        commands.append(pack_freeze(account, **subject, amount=amount, timestamp_ns=self._time()))
        for _ in range(self._random.randrange(5)):
            entry = QuoteEntry(instrument, listing.mid - 1, listing.mid + 1, 1, 1)
            commands.append(
                choose(
                    (
                        self._order_of(account, instrument, Side.BUY),
                        pack_mass_quote(account, 1, [entry]),
                        pack_deposit(account, asset, self._small_amount(asset)),
                        pack_transfer(account, self._account(), asset, 1),
                        pack_request_withdrawal(account, asset, self._small_amount(asset)),
                        pack_resume(instrument, cause=HaltCause.ASSET_FROZEN),
                        self._pulse(),
                    )
                )
            )
        if scope != FreezeScope.UNITS or self._one_in(2):
            commands.append(pack_unfreeze(account, **subject, timestamp_ns=self._time()))
        else:
            self._clock += 5_000
            commands.append(self._pulse())
        return b"".join(commands)

    def _force_transfer(self) -> bytes:
        asset, account, to_account = self._asset(), self._account(), self._account()
        return self._move(pack_force_transfer, account, to_account, asset, self._any_amount(asset))

    def _force_frozen_units(self) -> bytes:
        """Freezes of several times, and a transfer by authority that ends some of them."""
        account, to_account = self._random.sample(range(1, ACCOUNTS), 2)
        asset, choose = self._random.choice((USDC, AAPL, GOLD)), self._random.choice
        few = self._small_amount(asset) // 4 + 1
        units: dict[str, Any] = {"scope": FreezeScope.UNITS, "asset": asset}
        commands = [
            pack_freeze(account, **units, amount=few, until=until, timestamp_ns=self._time())
            for until in (self._clock + 9_000, 0, self._clock + 5_000)
        ]
        self._references += 1
        amount, reason = choose((few // 2 + 1, few, 2 * few, 3 * few + 1)), choose((0, 7, 2**32 - 1))
        forced: dict[str, Any] = {"reason": reason, "reference": f"court-{self._references}"}
        commands.append(pack_force_transfer(account, to_account, asset, amount, **forced, timestamp_ns=self._time()))
        if self._one_in(4):
            forced["reason"] = choose((reason, 8))
            commands.append(pack_force_transfer(account, to_account, asset, amount, **forced))
        commands += [pack_unfreeze(account, **units, until=until) for until in (0, self._clock + 5_000)]
        return b"".join(commands)

    def _set_beneficial(self) -> bytes:
        """Of few holders, so that they have something to move; mostly all of it comes back."""
        account, asset, choose = self._account(), self._asset(), self._random.choice
        few = max(1, self._any_amount(asset) // 8) if self._one_in(2) else choose((1, 2, self._any_amount(asset)))
        one, other = choose((0, 0, 0, 1, 2, 2**64 - 1)), choose((0, 1, 1, 2, 2**64 - 1))
        holders = {"from_holder": one, "to_holder": other}
        back = {"from_holder": other, "to_holder": 0}
        registered = pack_set_beneficial(account, asset, few, **holders, timestamp_ns=self._time())
        return registered + (b"" if self._one_in(4) else pack_set_beneficial(account, asset, few, **back))

    def _lock_deposits(self) -> bytes:
        """What is deposited is frozen for a while."""
        asset, account = self._random.choice(FUNDED_ASSETS), self._account()
        until = self._clock + self._random.randrange(1, 9_000)
        commands = [pack_set_eligibility(asset=asset, locked_until=until, timestamp_ns=self._time())]
        commands += [pack_deposit(account, asset, self._small_amount(asset)) for _ in range(2)]
        commands.append(pack_transfer(account, self._account(), asset, self._small_amount(asset)))
        self._clock += self._random.choice((0, 9_000))
        return b"".join((*commands, self._pulse(), pack_set_eligibility(asset=asset)))

    def _stuff_withdrawals(self, count: int = 12) -> bytes:
        """Withdrawals, up to and beyond as many as may be pending."""
        amount = MIN_WITHDRAWALS[USDC]
        withdrawal = pack_request_withdrawal(STUFFED_ACCOUNT, USDC, amount)
        return pack_deposit(STUFFED_ACCOUNT, USDC, amount * count) + withdrawal * count

    def _stuff_queues(self) -> bytes:
        """Hidden orders with a minimum, and trailing stops, up to and beyond as many as there may be."""
        beyond = 30
        hidden = pack_place(STUFFED_ACCOUNT, 1, Side.BUY, 1, 1, visibility=Visibility.HIDDEN, min_quantity=1)
        stop = pack_place(STUFFED_ACCOUNT, 1, Side.BUY, 1, 1, trigger=Trigger.REFERENCE, trigger_price=400, trail=400)
        room = pack_set_account(STUFFED_ACCOUNT) + pack_deposit(STUFFED_ACCOUNT, USDC, 10_000)
        return room + hidden * (MAX_MINIMUM_ORDERS + beyond) + stop * (MAX_TRAILING_ORDERS + beyond)

    # ------------------------------------------------------------------------------------------------ corporate actions

    def _announce(
        self, kind: int, asset: int, *legs: tuple[int, ...], number: int | None = None, **terms: int
    ) -> bytes:
        """Under what will be the next id, if none is said; a leg: asset, numerator, denominator, fraction's price."""
        names = ("asset", "numerator", "denominator", "lieu_price")
        said = {
            f"{name}_{place}": value
            for place, leg in enumerate(legs, start=1)
            for name, value in zip(names, leg, strict=False)
        }
        if any(len(leg) > 3 and leg[3] for leg in legs):
            terms.setdefault("lieu_asset", USDC)
        if number is None:
            self._last_action += 1
            number = self._last_action
        terms.setdefault("record_at", self._clock + self._random.choice((1, 1, 500, 5_000)))
        return pack_announce_action(number, asset, kind, **said, **terms, timestamp_ns=self._clock)

    def _possible_action(self) -> bytes:
        """Of any kind that leaves the asset's instruments there; the payer has enough now and then."""
        ratio = self._random.choice(((1, 10), (1, 3), (7, 1_000), (1, 1)))
        price = self._random.choice((0, 0, 1, 50))
        payer, keep = self._account(), {"order_policy": OrderPolicy(self._random.randrange(2))}
        cancel = {"order_policy": OrderPolicy.CANCEL}
        asset = self._random.choice((AAPL, GOLD, NOTE))
        other = self._random.choice([each for each in (AAPL, GOLD, NOTE) if each != asset])
        match self._random.choice(list(ActionKind)[:-1]):
            case ActionKind.CASH_DIVIDEND | ActionKind.COUPON as kind:
                cash = [(each, *ratio, 0) for each in self._random.choice(((USDC,), (EURC,), (USDC, EURC)))]
                return self._announce(kind, asset, *cash, payer=payer, **keep)
            case ActionKind.STOCK_DIVIDEND as kind:
                return self._announce(kind, asset, (asset, 1, 20, price), payer=payer, **keep)
            case ActionKind.SPLIT as kind:
                several = self._random.choice(((2, 1), (3, 2), (5, 4)))
                return self._announce(kind, asset, (asset, *several, price), payer=payer, **cancel)
            case ActionKind.REVERSE_SPLIT as kind:
                return self._announce(kind, asset, (asset, *self._random.choice(((1, 2), (2, 3))), price), **cancel)
            case ActionKind.SPIN_OFF as kind:
                return self._announce(kind, asset, (other, *ratio, price), payer=payer, **keep)
            case ActionKind.RIGHTS_ISSUE as kind:
                return self._announce(kind, asset, (other, *ratio, price), payer=payer, **keep)
            case ActionKind.MERGER as kind:
                exchanges: tuple[list[tuple[int, ...]], ...] = (
                    [(AAPL, 1, 3, price)],
                    [(AAPL, 1, 7, price), (USDC, 1, 2)],
                    [(EURC, 1, 1)],
                )
                legs = self._random.choice(exchanges)
                return self._announce(kind, NOTE, *legs, payer=payer, **cancel)
            case kind:
                return self._announce(kind, NOTE, (USDC, *ratio, 0), payer=payer, **cancel)

    def _notes(self) -> bytes:
        """Some for some accounts."""
        owners = self._random.sample(range(ACCOUNTS), 3)
        return b"".join(pack_deposit(owner, NOTE, self._random.randrange(1, 500)) for owner in owners)

    def _act(self) -> bytes:
        """A corporate action, whose time comes at once or in a while."""
        announced = self._notes() + self._possible_action()
        self._clock += self._random.choice((0, 1, 600))
        return announced + pack_pulse(timestamp_ns=self._clock) * self._random.choice((0, 1, 1, 3))

    def _fail_an_action(self) -> bytes:
        """One that no payer can pay, that leads to too much, that takes what is held or changes what was minted."""
        payer = self._account()
        commands = [self._notes(), pack_pulse(timestamp_ns=self._clock)]
        match self._random.randrange(5):
            case 4:
                minted = self._random.choice((AAPL, GOLD))
                commands.append(self._announce(ActionKind.STOCK_DIVIDEND, minted, (minted, 1, 10**6)))
            case 0:
                commands.append(self._announce(ActionKind.COUPON, NOTE, (USDC, MAX_AMOUNT // 60_000, 1), payer=payer))
            case 1:
                commands.append(
                    self._announce(ActionKind.SPIN_OFF, NOTE, (AAPL, 1, 7, 1 << 55), payer=payer, lieu_asset=EURC)
                )
            case 2:
                ratio = self._random.choice(((MAX_AMOUNT, 1), (MAX_AMOUNT - 1, 3)))
                commands.append(self._announce(ActionKind.STOCK_DIVIDEND, NOTE, (NOTE, *ratio)))
            case _:
                holder = self._random.randrange(ACCOUNTS)
                commands.append(pack_deposit(holder, NOTE, 9) + pack_request_withdrawal(holder, NOTE, 2))
                redeems = self._random.choice((ActionKind.REDEMPTION, ActionKind.MERGER))
                cancel = {"order_policy": OrderPolicy.CANCEL}
                commands.append(self._announce(redeems, NOTE, (USDC, 1, 9), payer=payer, **cancel))
        self._clock += self._random.choice((1, 600))
        return b"".join((*commands, pack_pulse(timestamp_ns=self._clock) * 2))

    def _act_wrongly(self) -> bytes:
        """What can not be announced or withdrawn: ids, kinds, names, terms and times."""
        new, last = self._random.choice, self._last_action
        cancel = {"order_policy": OrderPolicy.CANCEL}
        announce = partial(self._announce, number=last + 1)
        dividend = partial(announce, ActionKind.CASH_DIVIDEND, AAPL)
        return b"".join(
            (
                new(
                    (
                        dividend((USDC, 1, 2), number=new((0, last, last + 2))),
                        dividend((USDC, 1, 2), payer=99),
                        dividend((9, 1, 2)),
                        announce(len(ActionKind), AAPL, (USDC, 1, 2)),
                        announce(ActionKind.COUPON, 9, (USDC, 1, 2)),
                        dividend((USDC, 1, 2), record_at=self._clock),
                        dividend((USDC, 1, 2), record_at=self._clock + 9, books_close_at=self._clock + 10),
                    )
                ),
                new(
                    (
                        dividend(),
                        dividend((AAPL, 1, 2)),
                        dividend((USDC, 1, 0)),
                        dividend((USDC, -1, 1)),
                        dividend((USDC, 1, 2), (USDC, 1, 2)),
                        dividend((USDC, 0, 1)),
                        dividend((USDC, 1, 2, 3)),
                        dividend((USDC, 1, 2), lieu_asset=USDC),
                        dividend((GOLD, 1, 2, -1)),
                        announce(ActionKind.SPLIT, AAPL, (AAPL, 2, 1)),
                        announce(ActionKind.SPLIT, AAPL, (AAPL, 2, 2), **cancel),
                        announce(ActionKind.REVERSE_SPLIT, AAPL, (AAPL, 2, 2), **cancel),
                        announce(ActionKind.SPIN_OFF, AAPL, (GOLD, 1, 2, 3), lieu_asset=AAPL),
                        announce(ActionKind.SPIN_OFF, AAPL, (USDC, 1, 2)),
                        announce(ActionKind.RIGHTS_ISSUE, AAPL, (GOLD, 1, 2), (NOTE, 1, 2)),
                        announce(ActionKind.COUPON, USDC, (EURC, 1, 2)),
                        announce(ActionKind.DELISTING, AAPL, payer=1, **cancel),
                        announce(ActionKind.DELISTING, AAPL),
                    )
                ),
                pack_cancel_action(new((0, last, last, last + 1)), timestamp_ns=self._time()),
            )
        )

    def _close_books(self) -> bytes:
        """Nobody can withdraw any more, and then there is no reason for it, or it is executed."""
        self._last_action += 1
        number = self._last_action
        closes_at = self._clock + 3_000
        books = {"record_at": closes_at + 900, "books_close_at": closes_at}
        commands = [self._notes(), pack_pulse(timestamp_ns=self._clock)]
        commands.append(self._announce(ActionKind.COUPON, NOTE, (USDC, 1, 99), payer=1, number=number, **books))
        for at in (closes_at - 1, closes_at, closes_at, closes_at, closes_at + 100, closes_at + 899):
            self._clock = max(self._clock, at)
            commands.append(pack_request_withdrawal(self._account(), NOTE, 1, timestamp_ns=self._clock))
        return b"".join((*commands, pack_cancel_action(number))) if self._one_in(2) else b"".join(commands)

    def _split(self) -> bytes:
        """Of an asset that is traded, and whose prices are known and bounded in several ways."""
        number, (buyer, seller) = SPLIT_INSTRUMENT, self._random.sample(range(ACCOUNTS), 2)
        price = self._random.choice((1, 7, 300, 900))
        commands = [pack_pulse(timestamp_ns=self._clock)]
        commands += [pack_resume(number, cause=cause) for cause in HaltCause]
        commands.append(pack_deposit(buyer, USDC, 20 * price) + pack_deposit(seller, SHARE, 2))
        commands += [
            self._random.choice(
                (
                    pack_set_reference(number, price, observed_at=self._clock),
                    pack_set_primary_status(number, PrimaryStatus.CLOSED, close=price),
                    pack_set_volatility_bands(number, **self._bands()),
                    pack_set_trading_limits(number, static_bps=5_000, call_ns=CALL),
                    pack_set_reference_policy(number, **self._policy(StalePolicy.WIDEN, PrimaryPolicy.FIXED_BAND)),
                    pack_set_phase(number, Phase.CONTINUOUS),
                )
            )
            for _ in range(2)
        ]
        free: dict[str, Any] = {"stp": SelfTradePrevention.NONE}
        commands += [
            pack_place(buyer, number, Side.BUY, price, 2, **free),
            pack_place(seller, number, Side.SELL, price, 1, **free),
        ]
        kind, ratio = self._random.choice(((ActionKind.SPLIT, (3, 2)), (ActionKind.REVERSE_SPLIT, (2, 3))))
        cancel = {"order_policy": OrderPolicy.CANCEL, "record_at": self._clock + 1}
        fraction = self._random.choice((0, 0, 9))
        commands.append(self._announce(kind, SHARE, (SHARE, *ratio, fraction), payer=seller, **cancel))
        self._clock += 2_000
        return b"".join((*commands, pack_pulse(timestamp_ns=self._clock) * self._random.choice((1, 1, 2))))

    def _act_in_steps(self) -> bytes:
        """Orders that take more than a pulse to cancel; meanwhile somebody tries what would move the asset, or the
        action."""
        account, asset, instrument = self._account(), AAPL, 0
        self._last_action += 1
        listing, number = self._instruments[instrument], self._last_action
        orders = pack_place(account, instrument, Side.SELL, listing.max_price, 1) * (
            ACTION_ITEMS - self._random.randrange(40)
        )
        room = pack_set_account(account, max_open_orders=ACCOUNT_OPEN_ORDERS_MAX)
        commands = [pack_pulse(timestamp_ns=self._clock) * 4, room, *self._means(listing, account, account, 1, 150)]
        commands += [pack_resume(instrument, cause=cause) for cause in HaltCause]
        commands.append(orders)
        record = {"record_at": self._clock + 1, "number": number, "order_policy": OrderPolicy.CANCEL}
        commands.append(
            self._announce(ActionKind.SPLIT, asset, (asset, 3, 2, 7), payer=account, **record)
            if self._one_in(2)
            else self._announce(ActionKind.CASH_DIVIDEND, asset, (USDC, 1, 50), payer=account, **record)
        )
        self._clock += self._random.choice((2, 2_000))
        withdrawal, owner = self._known_withdrawal()
        another = len(self._instruments)
        if another not in self._listings:
            self._listings[another] = listing.another()
            self._listings[another].phase = Phase.CLOSED
        tried = [
            pack_deposit(self._account(), asset, 5),
            pack_transfer(1, 2, asset, 5),
            pack_request_withdrawal(self._account(), asset, MIN_WITHDRAWALS[asset]),
            pack_settle_withdrawal(owner, withdrawal),
            pack_cancel_withdrawal(owner, withdrawal),
            pack_resume(instrument, cause=HaltCause.CORPORATE_ACTION),
            pack_cancel_action(number),
            self._announce(ActionKind.COUPON, asset, (USDC, 1, 50), number=number),
            self._listing(another, self._listings[another], Phase.CLOSED),
            pack_place(account, instrument, Side.BUY, 1, 1),
            pack_place(account, 1, Side.BUY, 1, 1),
        ]
        for _ in range(3):
            commands.append(pack_pulse(timestamp_ns=self._clock))
            commands += self._random.sample(tried, 3)
        return b"".join(commands)

    def _delist(self) -> bytes:
        """An instrument of the notes, with orders in it, which never trades again."""
        number, phase = len(self._instruments), self._random.choice(FIRST_PHASES)
        listing = _Instrument(NOTE, USDC, lot_size=1, tick_lot_value=3, max_price=60, collar=500)
        listing.phase = phase
        if number in self._listings:
            return self._act()
        self._listings[number] = listing
        commands = [self._notes(), self._listing(number, listing, phase)]
        commands.append(pack_set_phase(number, Phase.PRE_OPEN, timestamp_ns=self._time()))
        commands += [pack_place(self._account(), number, side, 30, 1) for side in Side]
        commands.append(self._announce(ActionKind.DELISTING, NOTE, order_policy=OrderPolicy.CANCEL))
        self._clock += 5_000
        return b"".join((*commands, pack_pulse(timestamp_ns=self._clock) * 3))

    def _announce_too_many_actions(self) -> bytes:
        """Up to as many as may be open and beyond; none of them will be."""
        first = self._last_action + 1
        numbers = range(first, first + MAX_ACTIONS + 1)
        self._last_action += MAX_ACTIONS
        times = {"record_at": self._clock + DAY_NS}
        announced = [
            self._announce(ActionKind.COUPON, NOTE, (USDC, 1, 9), number=number, **times) for number in numbers
        ]
        withdrawn = [pack_cancel_action(number) for number in numbers]
        return b"".join((*announced, announced[-1] * 40, *withdrawn))

    def _create(self) -> bytes:
        """Reference data that is mostly refused: the flow's own world stays small."""
        new = self._random.choice
        match new(("asset", "instrument", "account")):
            case "asset":
                symbol = new(("USDC", "NEW", "", "TOO-LONG-A-SYMBOL"))
                return pack_create_asset(
                    new((0, 6, 7)), symbol, new((0, 1, 3)), new((18, 19, 255)), min_withdrawal=new((0, -1))
                )
            case "instrument":
                return pack_create_instrument(
                    new((0, len(self._instruments), len(self._instruments) + 1)),
                    new(("I0", "NEW", "")),
                    new((USDC, AAPL, 9)),
                    new((USDC, GOLD)),
                    lot_size=new((0, -1)),
                    tick_lot_value=new((0, 1)),
                    max_price=new((0, 1)),
                    collar_bps=new((0, 10_001)),
                    phase=new((*Phase, len(Phase))),
                )
            case _:
                return pack_create_account(new((0, EMPTIED_ACCOUNT + 1, EMPTIED_ACCOUNT + 2)), fee_schedule=999)

    def _corrupted(self) -> bytes:
        """A record with an unknown kind, noise for a body, a bit or the length of what is behind its body changed."""
        makers = (
            self._place,
            self._place_pair,
            self._place_bracket,
            self._cancel,
            self._amend,
            self._replace,
            self._transfer,
            self._settle_withdrawal,
            self._quote,
            self._set_key,
        )
        record = bytearray(next(split(self._random.choice(makers)())))
        body_type = BODY_OF_KIND[record[2]]
        body = slice(HEADER_LEN, HEADER_LEN + BODY_LENGTHS[body_type][record[3] - 1])
        length_at = HEADER_LEN + LENGTHS_AT.get(body_type, 0)
        has_length = body_type in LENGTHS_AT and length_at < body.stop
        length, behind = record[length_at] if has_length else 0, len(record) - body.stop
        match self._random.randrange(4):
            case 0:
                record[2] = self._random.choice((0, 12, 15, 31, 37, 255))
            case 1:
                record[body] = self._random.randbytes(body.stop - body.start)
            case 2:
                # Not the upper bytes of the time: it would not come again, and nothing would be due any more.
                at = self._random.choice((*range(8, 18), *range(HEADER_LEN, len(record))))
                record[at] ^= 1 << self._random.randrange(8)
            case _ if body_type is SetKey:
                length = (
                    length if length < MAX_KEY_DOCUMENT_WORDS else self._random.randrange(MAX_KEY_DOCUMENT_WORDS, 256)
                )
            case _ if body_type in ENTRIES:
                length = length if length < MAX_QUOTE_ENTRIES else self._random.randrange(MAX_QUOTE_ENTRIES, 256)
            case _ if behind == PADDED_CLIENT_ID_LEN:
                length = self._random.randrange(CLIENT_ID_LEN - 3, 256)
            case _ if behind:
                length = self._random.randrange(behind - 7, behind + 1)
        if has_length:
            record[length_at] = length
        return bytes(record)
