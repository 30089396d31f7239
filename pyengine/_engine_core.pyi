"""Types of the native core. The Rust side is `engine_core/src/python/`; a test compares the two.

Its exceptions are the classes of `pyengine.errors`.
"""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self, TypedDict, final, type_check_only

from numpy.typing import NDArray
from typing_extensions import Buffer, disjoint_base

from pyengine.instrument import Instrument
from pyengine.records import JurisdictionEntry, QuoteEntry

__all__ = [
    "DEBUG_BUILD",
    "SEMANTICS_VERSION",
    "SNAPSHOTS_KEPT",
    "DurableEngine",
    "Engine",
    "Event",
    "Hub",
    "JournalFollower",
    "JournalReplay",
    "Obligation",
    "Order",
    "TapeReplay",
    "journal_genesis",
    "read_journal",
    "read_segment",
    "recognise_tape",
    "surplus_segments",
    "verify_journal",
    "verify_snapshot",
]

SEMANTICS_VERSION: Final[int]
DEBUG_BUILD: Final[bool]
SNAPSHOTS_KEPT: Final[int]

@final
class Event:
    """One event, immutable. Fields and units: `engine_core/docs/semantics.md`, section 4."""

    @property
    def sequence(self) -> int:
        """Of the command that caused it."""
    @property
    def timestamp_ns(self) -> int:
        """Of that command, in nanoseconds since the Unix epoch."""
    @property
    def account_sequence(self) -> int:
        """Of the account's events, from 1; 0 if there is no such account."""
    @property
    def account(self) -> int:
        """Whose event it is."""
    @property
    def kind(self) -> int:
        """What happened, an `EventKind`."""
    # Fields that only some kinds have (`pyengine.events` has a class for each); `AttributeError` for any other.
    # vocabulary: events
    @property
    def side(self) -> int:
        """A `Side`, of the entry; its exits are of the other. Of EXITS_REFUSED: a `Side`, of the exits."""
    @property
    def order_id(self) -> int:
        """The order's id. Of REJECTED: of CANCEL, AMEND and CANCEL_REPLACE, else 0. Of EXITS_REFUSED: the entry."""
    @property
    def instrument(self) -> int:
        """The instrument's id. Of REJECTED: of PLACE, CANCEL_REPLACE, CANCEL_ALL, PLACE_OCO and PLACE_BRACKET,
        else none. Of CANCEL_ALL_DONE: as given. Of ELIGIBILITY_SET: if it is an instrument's table, else none.
        """
    @property
    def price(self) -> int:
        """Of ACCEPTED, TRIGGERED: the limit in ticks; of a market order the collar. Of FILL: the maker's, in
        ticks. Of CANCELLED, CANCEL_PENDING: the limit in ticks. Of AMENDED: the new limit in ticks. Of
        DUPLICATE: its limit now or last. Of REFERENCE_SET, INDICATED: in ticks; 0: none. Of UNCROSSED: in
        ticks; 0: nothing trades. Of AUCTION_EXTENDED: in ticks.
        """
    @property
    def quantity(self) -> int:
        """Of ACCEPTED: total lots; 0 for a notional order. Of FILL: lots of this fill. Of CANCELLED: total lots;
        of a notional order what filled. Of AMENDED: the new total in lots. Of DUPLICATE: its total now or last;
        of a finished notional order what filled. Of TRIGGERED, CANCEL_PENDING: total lots. Of
        PROTECTION_TRIGGERED: lots. Of INDICATED: lots that would trade. Of UNCROSSED: lots that trade. Of
        EXITS_REFUSED: lots that the entry has traded. Of BENEFICIAL_SET: smallest units. Of ENTITLED: smallest
        units, held ones included. Of ACTION_DONE: what they owned, in smallest units.
        """
    @property
    def leaves(self) -> int:
        """Of ACCEPTED, TRIGGERED: lots left: all of them. Of FILL: lots left; 0 for a notional order. Of
        CANCELLED: lots cancelled; 0 for a notional order. Of AMENDED: lots left, before any match. Of
        DUPLICATE: 0 unless open. Of CANCEL_PENDING: lots left now.
        """
    @property
    def budget(self) -> int:
        """Of ACCEPTED: what a notional order may spend, else 0. Of CANCELLED: what a notional order did not spend,
        else 0.
        """
    @property
    def trigger_price(self) -> int:
        """Of ACCEPTED: of a stop order, else 0. Of AMENDED: of a stop order that waits, else 0. Of TRIGGERED: what
        was reached, in ticks.
        """
    @property
    def peg(self) -> int:
        """Of ACCEPTED: a `PegReference`, of a pegged order: what its price follows, else none."""
    @property
    def peg_offset(self) -> int:
        """Of ACCEPTED: of a pegged order: ticks behind that, else 0."""
    @property
    def partner(self) -> int:
        """Of ACCEPTED: of a linked order: the other leg, else 0."""
    @property
    def entry(self) -> int:
        """Of ACCEPTED: of an exit of a bracket: the order that it closes, else 0."""
    @property
    def client_order_id(self) -> str:
        """The client's own name for the order, or empty. Of REJECTED: of a command on orders if it is one, else
        empty.
        """
    @property
    def reason(self) -> int:
        """Of REJECTED, QUOTE_REJECTED, EXITS_REFUSED: a `RejectCode`, why, by the venue's own numbers. Of
        CANCELLED: a `CancelReason`, why, by the venue's own numbers. Of AMENDED: a `Priority`, why, by the
        venue's own numbers. Of DUPLICATE: an `OrderStatus`, why, by the venue's own numbers.
        """
    @property
    def command(self) -> int:
        """Of REJECTED: kind of the command. Of MONEY_REPEATED: kind of both."""
    @property
    def asset(self) -> int:
        """The asset's id. Of REJECTED: of DEPOSIT, REQUEST_WITHDRAWAL, TRANSFER, FORCE_TRANSFER, MINT and
        REQUEST_REDEMPTION, else none. Of ELIGIBILITY_SET: if it is an asset's table, else none. Of FROZEN,
        UNFROZEN: of an asset and of units, else none. Of ACTION_FUNDED, ENTITLEMENT_PAID, ACTION_LEG_PAID: paid
        out. Of ACTION_FAILED: of which there is too little, too much, or something held.
        """
    @property
    def withdrawal_id(self) -> int:
        """The withdrawal's or redemption's id. Of REJECTED: of a command that ends a withdrawal or a redemption,
        else 0. Of MONEY_REPEATED: of a withdrawal or a redemption; of FORCE_TRANSFER its reason; else 0.
        """
    @property
    def value(self) -> int:
        """Of REJECTED: what was asked, if it is a limit that refused it, else 0. Of CASH_REFERENCE_SET: in
        millionths of par. Of PEG_CHANGED: in millionths of par; 0: it has no band any more.
        """
    @property
    def bound(self) -> int:
        """Of REJECTED: that limit, else 0."""
    @property
    def liquidity(self) -> int:
        """A `Liquidity`."""
    @property
    def filled(self) -> int:
        """Of FILL: lots filled so far, these included. Of CANCELLED, AMENDED, DUPLICATE, CANCEL_PENDING: lots."""
    @property
    def cash(self) -> int:
        """Of FILL: paid or received, in units of the quote asset."""
    @property
    def fee(self) -> int:
        """Of FILL: this side's, in units of the quote asset; below 0: a rebate. Of REDEMPTION_REQUESTED: held on
        top. Of REDEMPTION_SETTLED: paid to the issuer. Of REDEMPTION_REFUSED: not paid.
        """
    @property
    def settlement_id(self) -> int:
        """Of FILL: the same on both sides."""
    @property
    def previous_price(self) -> int:
        """Of AMENDED: the limit before."""
    @property
    def orders(self) -> int:
        """Of CANCEL_ALL_DONE, FROZEN: how many were cancelled."""
    @property
    def pending(self) -> int:
        """Of CANCEL_ALL_DONE, FROZEN: how many will be when their auction's trades are made."""
    @property
    def quote_group(self) -> int:
        """Which of the account's groups, from 1."""
    @property
    def entry_number(self) -> int:
        """Of QUOTE_REJECTED: which of the command's entries, from 0."""
    @property
    def accepted(self) -> int:
        """Of MASS_QUOTED: new orders."""
    @property
    def kept(self) -> int:
        """Of MASS_QUOTED: as they were."""
    @property
    def changed(self) -> int:
        """Of MASS_QUOTED: another price or quantity."""
    @property
    def withdrawn(self) -> int:
        """Of MASS_QUOTED: taken out because nothing is quoted there any more."""
    @property
    def refused(self) -> int:
        """Sides that were refused."""
    @property
    def max_fills(self) -> int:
        """Fills in the window."""
    @property
    def window_ns(self) -> int:
        """How long the window is, in nanoseconds."""
    @property
    def max_quantity(self) -> int:
        """Lots; 0: any."""
    @property
    def max_notional(self) -> int:
        """Units of quote assets; 0: any."""
    @property
    def max_delta(self) -> int:
        """Lots bought less lots sold in the window, or the other way round; 0: any."""
    @property
    def limit(self) -> int:
        """A `ProtectionLimit`."""
    @property
    def fills(self) -> int:
        """How many in the window."""
    @property
    def notional(self) -> int:
        """Of PROTECTION_TRIGGERED: units of quote assets."""
    @property
    def delta(self) -> int:
        """Of PROTECTION_TRIGGERED: lots bought less lots sold."""
    @property
    def timer(self) -> int:
        """A `CancelTimer`, which of the two."""
    @property
    def due_at(self) -> int:
        """Of CANCEL_AFTER_SET: when it runs out, in nanoseconds; 0: it does not run."""
    @property
    def fee_schedule(self) -> int:
        """The fee schedule's id."""
    @property
    def maker_rate(self) -> int:
        """Hundredths of a basis point; below 0: a rebate."""
    @property
    def taker_rate(self) -> int:
        """Hundredths of a basis point."""
    @property
    def tiers(self) -> int:
        """Of FEE_SCHEDULE_SET, FEE_OVERRIDE_SET: above these rates."""
    @property
    def effective_at(self) -> int:
        """Of FEE_SCHEDULE_SET, FEE_OVERRIDE_SET: in nanoseconds; 0: from now on."""
    @property
    def replaced(self) -> int:
        """Of FEE_SCHEDULE_SET, FEE_OVERRIDE_SET: changes that waited and never will be."""
    @property
    def cause(self) -> int:
        """A `HaltCause`."""
    @property
    def causes(self) -> int:
        """Of HALTED, RESUMED: that stand now: bit 0 for the first, and so on."""
    @property
    def items(self) -> int:
        """Of PULSED: how much was done."""
    @property
    def max_open_orders(self) -> int:
        """How many orders it may have open."""
    @property
    def client_id_window(self) -> int:
        """How many finished orders with a client order id are remembered."""
    @property
    def group(self) -> int:
        """Accounts of one firm, between which self-trade prevention works too; 0: none."""
    @property
    def max_open_notional(self) -> int:
        """Of ACCOUNT_SET: 0: any."""
    @property
    def source(self) -> int:
        """Who says so, by the venue's own numbers; of PEG_SET: whose values are taken, 0 anybody's."""
    @property
    def observed_at(self) -> int:
        """When it was so, in nanoseconds."""
    @property
    def trade_date(self) -> int:
        """Year, month and day as eight digits. Of OBLIGATION_SCORED: 0: before the first."""
    @property
    def previous(self) -> int:
        """Of TRADE_DATE_ROLLED: the date before; 0: none."""
    @property
    def phase(self) -> int:
        """A `Phase`, the first one."""
    @property
    def previous_phase(self) -> int:
        """A `Phase`."""
    @property
    def ends_at(self) -> int:
        """Of PHASE_CHANGED: of a call, in nanoseconds; 0: by command. Of AUCTION_EXTENDED: in nanoseconds. Of
        LIMIT_STATE_CHANGED: when trading pauses if it still lasts, in nanoseconds; 0: it has ended.
        """
    @property
    def surplus(self) -> int:
        """Of INDICATED: lots at the price that would not: of buys, below 0 of sells. Of UNCROSSED: lots at the
        price that do not: of buys, below 0 of sells.
        """
    @property
    def lower(self) -> int:
        """Of AUCTION_EXTENDED: bound of the price. Of VOLATILITY_BAND_MOVED: lowest price that trades. Of
        STATIC_BAND_MOVED: in ticks; 0: none.
        """
    @property
    def upper(self) -> int:
        """Of AUCTION_EXTENDED: bound of the price. Of VOLATILITY_BAND_MOVED: highest price that trades. Of
        STATIC_BAND_MOVED: in ticks; 0: none.
        """
    @property
    def extensions(self) -> int:
        """Of AUCTION_EXTENDED: of this call, this one included."""
    @property
    def static_bps(self) -> int:
        """How far from the reference prices may be; 0: any."""
    @property
    def dynamic_bps(self) -> int:
        """How far from the last trade a trade may be; 0: any."""
    @property
    def auction_bps(self) -> int:
        """How far from the reference an auction's price may be without an extension; 0: any."""
    @property
    def call_ns(self) -> int:
        """How long a call lasts that begins by itself; 0: a halt does not end with one."""
    @property
    def bps(self) -> int:
        """How far from their mean prices may be; 0: any, and all else is 0. Of STATIC_BAND_MOVED: its width; 0:
        there is none.
        """
    @property
    def ticks(self) -> int:
        """The same in ticks, if that is less; 0: it is not asked."""
    @property
    def multiplier(self) -> int:
        """Of VOLATILITY_BANDS_SET: in hundredths."""
    @property
    def limit_state_ns(self) -> int:
        """How long a limit state lasts before trading pauses."""
    @property
    def pause_ns(self) -> int:
        """How long the call lasts after it."""
    @property
    def reference(self) -> int:
        """Of VOLATILITY_BAND_MOVED: what it is around, in ticks."""
    @property
    def limit_state(self) -> int:
        """A `LimitState`."""
    @property
    def previous_state(self) -> int:
        """A `LimitState`."""
    @property
    def stale(self) -> int:
        """A `StalePolicy`, what a reference price leads to that is too old."""
    @property
    def primary(self) -> int:
        """A `PrimaryPolicy`, what a closed primary market leads to."""
    @property
    def widen(self) -> int:
        """Of REFERENCE_POLICY_SET: in hundredths."""
    @property
    def closed_bps(self) -> int:
        """Of FIXED_BAND and REANCHOR: how far from the anchor prices may be, else 0."""
    @property
    def step_bps(self) -> int:
        """Of REANCHOR: how far the anchor moves at once, else 0."""
    @property
    def max_age_ns(self) -> int:
        """Nanoseconds after which a reference price is too old; 0: never."""
    @property
    def step_ns(self) -> int:
        """Of REANCHOR: nanoseconds between two moves, else 0."""
    @property
    def status(self) -> int:
        """Of PRIMARY_STATUS_SET: a `PrimaryStatus`, what it is now. Of ATTESTOR_SET: an `AttestorStatus`, what it
        is now. Of REFINER_SET: a `RefinerStatus`, what it is now. Of PEG_CHANGED: a `PegStatus`, what it is
        now.
        """
    @property
    def close(self) -> int:
        """Of PRIMARY_STATUS_SET: in ticks; 0: not known."""
    @property
    def anchor(self) -> int:
        """Of STATIC_BAND_MOVED: what it is around while the primary market is closed; 0: the auction reference."""
    @property
    def amount(self) -> int:
        """Smallest units. Of FROZEN: of units: how many are frozen until then, else 0. Of UNFROZEN: of units: how
        many are available again, else 0. Of REDEMPTION_REQUESTED: what will be burned. Of REDEMPTION_SETTLED:
        burned. Of REDEMPTION_REFUSED: not burned.
        """
    @property
    def counterparty(self) -> int:
        """Of TRANSFER_OUT, FORCED_TRANSFER: to. Of TRANSFER_IN, REDEMPTION_FEE: from. Of MONEY_REPEATED: of
        TRANSFER and FORCE_TRANSFER: to, else 0.
        """
    @property
    def original_sequence(self) -> int:
        """Of MONEY_REPEATED: of the command that moved it."""
    @property
    def change(self) -> int:
        """A `FeeChange`."""
    @property
    def max_spread(self) -> int:
        """Of OBLIGATION_SET: in ticks."""
    @property
    def min_quantity(self) -> int:
        """Of OBLIGATION_SET: lots."""
    @property
    def required_bps(self) -> int:
        """Of OBLIGATION_SET: of the time."""
    @property
    def met_ns(self) -> int:
        """Of OBLIGATION_SCORED: in nanoseconds."""
    @property
    def open_ns(self) -> int:
        """Of OBLIGATION_SCORED: how long the instrument traded, in nanoseconds."""
    @property
    def earned(self) -> int:
        """Of OBLIGATION_SCORED: 1 if it gets the rate from now on, else 0."""
    @property
    def key_id(self) -> int:
        """Of KEY_SET, KEY_REVOKED: its id."""
    @property
    def expires_at(self) -> int:
        """Of KEY_SET: from when on it is good for nothing, in nanoseconds; 0: never."""
    @property
    def investor_class(self) -> int:
        """An `InvestorClass`."""
    @property
    def jurisdiction(self) -> int:
        """Where the holder is; 0: not known."""
    @property
    def firm(self) -> int:
        """Whose client it is, by the venue's own numbers; 0: nobody's."""
    @property
    def verified_until(self) -> int:
        """Of HOLDER_SET: in nanoseconds."""
    @property
    def verification(self) -> int:
        """A `Verification`, of the holder's identity."""
    @property
    def jurisdiction_rule(self) -> int:
        """A `JurisdictionRule`, what the jurisdictions behind are."""
    @property
    def classes(self) -> int:
        """Of ELIGIBILITY_SET: a bit each; 0: all."""
    @property
    def jurisdictions(self) -> int:
        """Of ELIGIBILITY_SET: how many it names."""
    @property
    def max_holding(self) -> int:
        """Of ELIGIBILITY_SET: 0: any."""
    @property
    def locked_until(self) -> int:
        """Of ELIGIBILITY_SET: in nanoseconds."""
    @property
    def scope(self) -> int:
        """A `FreezeScope`."""
    @property
    def until(self) -> int:
        """Of FROZEN: of units: when that ends by itself, in nanoseconds; 0: it does not. Of UNFROZEN: of units:
        when the freeze would have ended, in nanoseconds, else 0.
        """
    @property
    def reason_code(self) -> int:
        """Of FORCED_TRANSFER: why, by the venue's own numbers."""
    @property
    def from_holder(self) -> int:
        """Of BENEFICIAL_SET: 0: nobody."""
    @property
    def to_holder(self) -> int:
        """Of BENEFICIAL_SET: 0: nobody."""
    @property
    def from_registered(self) -> int:
        """Of BENEFICIAL_SET: units that are registered to the first from now on."""
    @property
    def to_registered(self) -> int:
        """Of BENEFICIAL_SET: units that are registered to the other from now on."""
    @property
    def form(self) -> int:
        """An `AssetForm`."""
    @property
    def attestation(self) -> int:
        """An `AttestationPolicy`, what needs an attestation."""
    @property
    def bars(self) -> int:
        """A `BarPolicy`, whether bars stand behind it."""
    @property
    def issuer(self) -> int:
        """The account that mints and gets the fees of redemptions."""
    @property
    def redemption_fee_rate(self) -> int:
        """Hundredths of a basis point of it, on top; 0: none, or an amount."""
    @property
    def backing(self) -> int:
        """Millionths of a unit of reserve, of gold a fine troy ounce, for a whole token; 0: nothing."""
    @property
    def min_redemption(self) -> int:
        """Smallest units of a redemption at least."""
    @property
    def redemption_unit(self) -> int:
        """Smallest units that it is a multiple of."""
    @property
    def redemption_fee(self) -> int:
        """Smallest units, on top; 0: none, or a rate."""
    @property
    def attestor(self) -> int:
        """The attestor's number."""
    @property
    def reserve(self) -> int:
        """Millionths of a unit of reserve."""
    @property
    def as_of(self) -> int:
        """When it was so, in nanoseconds."""
    @property
    def valid_until(self) -> int:
        """When it expires, in nanoseconds. Of ATTESTATION_EXPIRED: of the last one, in nanoseconds; 0: there was
        none.
        """
    @property
    def outstanding(self) -> int:
        """Of MINTED: minted less burned so far."""
    @property
    def asked(self) -> int:
        """Of REDEMPTION_REQUESTED: the amount of the request."""
    @property
    def bar(self) -> int:
        """The bar's number; 0: none. Of REDEMPTION_REQUESTED: assigned; 0: none. Of REDEMPTION_SETTLED: delivered;
        0: none. Of REDEMPTION_REFUSED: not assigned any more; 0: none.
        """
    @property
    def refusal(self) -> int:
        """A `RedemptionRefusal`, why; the same command with another is a repetition."""
    @property
    def refiner(self) -> int:
        """The refiner's number."""
    @property
    def gross_weight(self) -> int:
        """Millionths of an ounce."""
    @property
    def fine_weight(self) -> int:
        """Millionths of an ounce."""
    @property
    def band_bps(self) -> int:
        """How far its reference value may be from par."""
    @property
    def haircut_bps(self) -> int:
        """What is deducted from its value outside the band. Of PEG_CHANGED: deducted from its value from now on."""
    @property
    def action_kind(self) -> int:
        """An `ActionKind`."""
    @property
    def order_policy(self) -> int:
        """An `OrderPolicy`, what becomes of open orders."""
    @property
    def action(self) -> int:
        """The corporate action's id."""
    @property
    def payer(self) -> int:
        """Account that pays what is paid. Of ENTITLEMENT_PAID: whose it was; 0xFFFFFFFF: it was created."""
    @property
    def legs(self) -> int:
        """Of ACTION_ANNOUNCED: assets that it pays out."""
    @property
    def record_at(self) -> int:
        """When it is executed, in nanoseconds: who owns then is entitled."""
    @property
    def books_close_at(self) -> int:
        """From when on no withdrawal of it is requested, in nanoseconds; 0: with the execution."""
    @property
    def total(self) -> int:
        """Of ACTION_FUNDED, ACTION_LEG_PAID: smallest units, of all holders."""
    @property
    def taken(self) -> int:
        """Of ENTITLED: smallest units."""
    @property
    def in_lieu(self) -> int:
        """Of ENTITLEMENT_PAID, ACTION_LEG_PAID: 1 if it is cash for fractions, else 0."""
    @property
    def residue(self) -> int:
        """Of ACTION_LEG_PAID: what the holders together would get, less that."""
    @property
    def holders(self) -> int:
        """Of ACTION_DONE: accounts that were entitled."""
    @property
    def failure(self) -> int:
        """An `ActionFailure`."""
    @property
    def holder(self) -> int:
        """Of ACTION_FAILED: account of which something is held, else 0."""
    @property
    def missing(self) -> int:
        """Of ACTION_FAILED: what the payer has too little, or what is held, else 0."""
    @property
    def last_trade(self) -> int:
        """Of REBASED: in ticks; 0: none."""
    @property
    def reference_price(self) -> int:
        """Of REBASED: in ticks; 0: none."""
    @property
    def numerator(self) -> int:
        """Of REBASED: units after it."""
    @property
    def denominator(self) -> int:
        """Of REBASED: for so many before."""
    # vocabulary: end
    def __bytes__(self) -> bytes:
        """The record of 136 bytes."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Obligation:
    """What a market maker owes on an instrument, and has done of it by now, immutable."""

    @property
    def account(self) -> int:
        """Who owes it."""
    @property
    def instrument(self) -> int:
        """The instrument's id."""
    @property
    def max_spread(self) -> int:
        """Ticks that its best bid and its best offer may be apart."""
    @property
    def min_quantity(self) -> int:
        """Lots that it must show on each side."""
    @property
    def required_bps(self) -> int:
        """How much of the time, in basis points."""
    @property
    def maker_rate(self) -> int:
        """Hundredths of a basis point that its orders pay once it is earned; below 0: a rebate."""
    @property
    def met_ns(self) -> int:
        """How long it was met on this trade date, in nanoseconds."""
    @property
    def open_ns(self) -> int:
        """How long the instrument traded on this trade date, in nanoseconds."""
    @property
    def is_met(self) -> bool:
        """Whether it is met now."""
    @property
    def earned(self) -> bool:
        """Whether the maker rate holds now: the last trade date earned it."""

@final
class Order:
    """An open order as it stands now, immutable."""

    @property
    def order_id(self) -> int:
        """The order's id, never given out twice."""
    @property
    def client_order_id(self) -> str:
        """The client's own name for it, or empty."""
    @property
    def account(self) -> int:
        """Whose it is."""
    @property
    def instrument(self) -> int:
        """The instrument's id."""
    @property
    def side(self) -> int:
        """A `Side`."""
    @property
    def price(self) -> int:
        """The limit in ticks."""
    @property
    def quantity(self) -> int:
        """Total lots."""
    @property
    def leaves(self) -> int:
        """Lots that are still open."""
    @property
    def filled(self) -> int:
        """Lots that have traded."""
    @property
    def time_in_force(self) -> int:
        """A `TimeInForce`."""
    @property
    def stp(self) -> int:
        """A `SelfTradePrevention`."""
    # vocabulary: order attributes
    @property
    def expires_at(self) -> int:
        """When the order ends by itself, in nanoseconds; 0: never."""
    @property
    def display_quantity(self) -> int:
        """Lots of an iceberg shown at a time; 0: all."""
    @property
    def min_quantity(self) -> int:
        """Lots that each fill of a hidden order must have; 0: any."""
    @property
    def trigger_price(self) -> int:
        """Of a stop order that waits, as it is now, in ticks."""
    @property
    def trail(self) -> int:
        """Ticks by which a waiting stop's trigger follows; 0: it does not."""
    @property
    def trigger(self) -> int:
        """A `Trigger`, what the order waits for; it does not rest in the book yet."""
    @property
    def visibility(self) -> int:
        """A `Visibility`."""
    @property
    def lifetime(self) -> int:
        """A `Lifetime`."""
    @property
    def peg(self) -> int:
        """A `PegReference`, what its price follows."""
    @property
    def peg_offset(self) -> int:
        """Ticks behind that."""
    @property
    def trade_date(self) -> int:
        """Of a day order: the date it ends with."""
    @property
    def reserve(self) -> int:
        """Lots of an iceberg behind the slice that is shown."""
    @property
    def taker_rate(self) -> int:
        """Of a stop order that waits, or a pegged one: what it will pay as a taker."""
    @property
    def waiting_type(self) -> int:
        """An `OrderType`, of a stop order that waits: what it will be."""
    @property
    def slice(self) -> int:
        """Of an iceberg: how many slices were shown before this one, modulo 256."""
    @property
    def quote_group(self) -> int:
        """Of a quote: its group."""
    @property
    def exit_trigger(self) -> int:
        """A `Trigger`, of the entry of a bracket: what its exit at a stop will wait for."""
    @property
    def partner(self) -> int:
        """Of a linked order: the other leg."""
    @property
    def partner_price(self) -> int:
        """Of a linked stop: the other leg's limit, whose hold counts for it, in ticks."""
    @property
    def take_profit(self) -> int:
        """Of the entry of a bracket: limit of its exit at a profit, in ticks."""
    @property
    def exit_trigger_price(self) -> int:
        """Trigger price of its exit at a stop, in ticks."""
    @property
    def exit_price(self) -> int:
        """Limit of its exit at a stop, in ticks; 0: it becomes a market order."""
    @property
    def arrival(self) -> int:
        """Of a pegged order: the sequence of the command with which it took its place."""
    # vocabulary: end

@disjoint_base
class Engine:
    """The deterministic engine, in memory. Every command method returns the events it caused, in order.

    Times are nanoseconds since the Unix epoch. A command without `timestamp_ns` keeps the last one; an
    earlier one than the last is raised to it, so that time never runs backwards. Rejections are events, not exceptions.

    `client_id_key`: 16 bytes, which no client may know who is not trusted with the choice of his ids. Zeros.
    """

    def __new__(cls, *, shard: int = 0, max_open_orders: int = ..., client_id_key: bytes = ...) -> Self: ...
    # vocabulary: calls
    def place(
        self,
        account: int,
        instrument: int,
        side: int,
        price: int,
        quantity: int,
        *,
        order_type: int = 0,
        time_in_force: int = 0,
        stp: int = 0,
        quantity_kind: int = 0,
        client_order_id: str = "",
        expires_at: int = 0,
        display_quantity: int = 0,
        min_quantity: int = 0,
        trigger_price: int = 0,
        trail: int = 0,
        trigger: int = 0,
        visibility: int = 0,
        lifetime: int = 0,
        peg: int = 0,
        peg_offset: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """PLACE. A new order.

        `instrument`: what to trade.
        `stp`: self-trade prevention.
        `price`: limit in ticks; 0 for a market or market-to-limit order.
        `quantity`: lots or, notional, units of the quote asset.
        `client_order_id`: the client's own name for the order, or empty.
        `expires_at`: when the order ends by itself, in nanoseconds; 0: never.
        `display_quantity`: lots of an iceberg shown at a time; 0: all.
        `min_quantity`: lots that must trade on entry or, hidden, in each fill; 0: any.
        `trigger_price`: of a stop order, in ticks; 0: none, or of a trailing one where it begins by itself.
        `trail`: ticks by which a trailing stop's trigger follows; 0: it does not.
        `trigger`: what a stop order waits for.
        `visibility`: who sees it rest.
        `lifetime`: what else ends it.
        `peg`: what its price follows.
        `peg_offset`: ticks behind that.
        """
    def cancel(
        self, account: int, *, order_id: int = 0, client_order_id: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """CANCEL. Takes one open order off the book.

        `order_id`: the order, or 0.
        `client_order_id`: the order, or empty: exactly one of the two.
        """
    def amend(
        self,
        account: int,
        price: int,
        quantity: int,
        *,
        order_id: int = 0,
        client_order_id: str = "",
        display_quantity: int = 0,
        min_quantity: int = 0,
        expires_at: int = 0,
        trigger_price: int = 0,
        trail: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """AMEND. Gives one open order a new price, a new total quantity, and what else of it can be changed.

        `order_id`: the order, or 0.
        `price`: the new limit in ticks; 0 for a market stop.
        `quantity`: the new total in lots, what is filled included.
        `client_order_id`: the order, or empty: exactly one of the two.
        `display_quantity`: of an iceberg: lots shown at a time from now on; 0: as it is.
        `min_quantity`: of a hidden order that has one; 0: as it is.
        `expires_at`: when it ends by itself, in nanoseconds; 0: as it is; 2^64 - 1: never.
        `trigger_price`: of a stop order that waits, in ticks; 0: as it is.
        `trail`: of a trailing stop that waits, in ticks; 0: as it is.
        """
    def cancel_all(
        self,
        account: int,
        instrument: int | None = None,
        *,
        sides: int = 0,
        quote_group: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """CANCEL_ALL. Cancels the account's open orders.

        `instrument`: on this instrument, or on all (0xFFFFFFFF).
        `sides`: of which.
        `quote_group`: only the quotes of this group; 0: every order.
        """
    def cancel_replace(
        self,
        account: int,
        instrument: int,
        side: int,
        price: int,
        quantity: int,
        *,
        order_id: int = 0,
        order_type: int = 0,
        time_in_force: int = 0,
        stp: int = 0,
        quantity_kind: int = 0,
        client_order_id: str = "",
        expires_at: int = 0,
        display_quantity: int = 0,
        min_quantity: int = 0,
        trigger_price: int = 0,
        trail: int = 0,
        trigger: int = 0,
        visibility: int = 0,
        lifetime: int = 0,
        peg: int = 0,
        peg_offset: int = 0,
        on_failure: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """CANCEL_REPLACE. Takes an open order out and places another, or does nothing.

        `instrument`: what to trade.
        `stp`: self-trade prevention.
        `price`: limit in ticks; 0 for a market or market-to-limit order.
        `quantity`: lots or, notional, units of the quote asset.
        `client_order_id`: the client's own name for the order, or empty.
        `on_failure`: if the order that goes is not open.
        `order_id`: the order that goes.
        `expires_at`: when the order ends by itself, in nanoseconds; 0: never.
        `display_quantity`: lots of an iceberg shown at a time; 0: all.
        `min_quantity`: lots that must trade on entry or, hidden, in each fill; 0: any.
        `trigger_price`: of a stop order, in ticks; 0: none, or of a trailing one where it begins by itself.
        `trail`: ticks by which a trailing stop's trigger follows; 0: it does not.
        `trigger`: what a stop order waits for.
        `visibility`: who sees it rest.
        `lifetime`: what else ends it.
        `peg`: what its price follows.
        `peg_offset`: ticks behind that.
        """
    def mass_quote(
        self,
        account: int,
        quote_group: int,
        quotes: Sequence[QuoteEntry],
        *,
        time_in_force: int = 0,
        stp: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """MASS_QUOTE. Says what the quotes of a group shall be, on many instruments at once.

        `quote_group`: which of the account's groups, from 1.
        `time_in_force`: GTC or POST_ONLY.
        `stp`: self-trade prevention.
        """
    def set_market_maker_protection(
        self,
        account: int,
        quote_group: int,
        *,
        window_ns: int = 0,
        max_quantity: int = 0,
        max_notional: int = 0,
        max_fills: int = 0,
        max_delta: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_MARKET_MAKER_PROTECTION. Limits what a group may trade in a while; all 0: no longer.

        `quote_group`: which of the account's groups, from 1.
        `max_fills`: fills in the window.
        `window_ns`: how long the window is, in nanoseconds.
        `max_quantity`: lots traded in the window; 0: any.
        `max_notional`: units of quote assets traded in the window; 0: any.
        `max_delta`: lots bought less lots sold in the window, or the other way round; 0: any.
        """
    def reset_market_maker_protection(
        self, account: int, quote_group: int, *, timestamp_ns: int | None = None
    ) -> list[Event]:
        """RESET_MARKET_MAKER_PROTECTION. Lets a group that its protection has blocked quote again.

        `quote_group`: which of the account's groups, from 1.
        """
    def cancel_after(
        self, account: int, timeout_ns: int, *, timer: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """CANCEL_AFTER. Sets a timer that cancels all open orders of the account when it runs out.

        `timeout_ns`: from now on, in nanoseconds; 0: stops the timer.
        `timer`: which of the two.
        """
    def place_oco(
        self,
        account: int,
        instrument: int,
        side: int,
        price: int,
        quantity: int,
        *,
        trigger: int,
        trigger_price: int,
        stop_price: int = 0,
        stp: int = 0,
        client_order_id: str = "",
        expires_at: int = 0,
        lifetime: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """PLACE_OCO. A limit order and a stop of one side and quantity, of which one cancels the other.

        `instrument`: what to trade.
        `stp`: self-trade prevention, of both.
        `trigger`: what the stop waits for.
        `lifetime`: what else ends them.
        `price`: of the limit order, in ticks.
        `quantity`: lots of each.
        `stop_price`: limit of the stop once it has been reached, in ticks; 0: it becomes a market order.
        `expires_at`: when both end by themselves, in nanoseconds; 0: never.
        `trigger_price`: of the stop, in ticks.
        `client_order_id`: the client's own name for the limit order, or empty.
        """
    def place_bracket(
        self,
        account: int,
        instrument: int,
        side: int,
        price: int,
        quantity: int,
        *,
        take_profit: int,
        trigger: int,
        trigger_price: int,
        stop_price: int = 0,
        order_type: int = 0,
        time_in_force: int = 0,
        stp: int = 0,
        client_order_id: str = "",
        expires_at: int = 0,
        lifetime: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """PLACE_BRACKET. An order that two others follow, to close what it has traded at a profit or at a stop.

        `instrument`: what to trade.
        `side`: of the entry; its exits are of the other.
        `order_type`: of the entry.
        `time_in_force`: of the entry.
        `stp`: self-trade prevention, of entry and exits.
        `price`: of the entry: limit in ticks; 0 for a market or market-to-limit order.
        `quantity`: lots of the entry.
        `take_profit`: limit of the exit at a profit, in ticks.
        `stop_price`: limit of the exit at a stop once it has been reached, in ticks; 0: it becomes a market order.
        `expires_at`: when the entry ends by itself, in nanoseconds; 0: never.
        `trigger_price`: of the exit at a stop, in ticks.
        `trigger`: what the exit at a stop waits for.
        `lifetime`: what else ends the entry.
        `client_order_id`: the client's own name for the entry, or empty.
        """
    def create_asset(
        self,
        asset: int,
        symbol: str,
        asset_class: int,
        decimals: int,
        *,
        min_withdrawal: int = 1,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """CREATE_ASSET. Lists an asset under the next id.

        `asset`: the new id.
        `decimals`: of the unit that people count in.
        `min_withdrawal`: smallest amount that can be withdrawn, in smallest units.
        """
    def create_instrument(
        self,
        instrument: int,
        symbol: str,
        base: int,
        quote: int,
        *,
        lot_size: int,
        tick_lot_value: int,
        max_price: int,
        collar_bps: int = 500,
        phase: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """CREATE_INSTRUMENT. Lists an instrument under the next id.

        `instrument`: the new id.
        `base`: what is traded.
        `quote`: what it is paid with.
        `collar_bps`: how far a market order may trade from the best price.
        `lot_size`: units of base in one lot.
        `tick_lot_value`: units of quote that one lot costs per tick.
        `max_price`: highest price in ticks.
        `phase`: the first one.
        """
    def create_account(self, account: int, *, fee_schedule: int = 0, timestamp_ns: int | None = None) -> list[Event]:
        """CREATE_ACCOUNT. Opens an account under the next id.

        `fee_schedule`: what it pays.
        """
    def set_fee_schedule(
        self,
        fee_schedule: int,
        maker_rate: int,
        taker_rate: int,
        *,
        effective_at: int = 0,
        notional_1: int = 0,
        maker_rate_1: int = 0,
        taker_rate_1: int = 0,
        notional_2: int = 0,
        maker_rate_2: int = 0,
        taker_rate_2: int = 0,
        notional_3: int = 0,
        maker_rate_3: int = 0,
        taker_rate_3: int = 0,
        notional_4: int = 0,
        maker_rate_4: int = 0,
        taker_rate_4: int = 0,
        notional_5: int = 0,
        maker_rate_5: int = 0,
        taker_rate_5: int = 0,
        notional_6: int = 0,
        maker_rate_6: int = 0,
        taker_rate_6: int = 0,
        notional_7: int = 0,
        maker_rate_7: int = 0,
        taker_rate_7: int = 0,
        notional_8: int = 0,
        maker_rate_8: int = 0,
        taker_rate_8: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_FEE_SCHEDULE. Replaces a fee schedule, or appends one under the next id.

        `maker_rate`: hundredths of a basis point; below 0: a rebate.
        `taker_rate`: hundredths of a basis point.
        `effective_at`: from when on, in nanoseconds; 0: at once.
        `notional_1`: units of the quote asset in 30 days from which these hold; 0: no such tier.
        `notional_2`: the same, of the next tier.
        `notional_3`: the same, of the next tier.
        `notional_4`: the same, of the next tier.
        `notional_5`: the same, of the next tier.
        `notional_6`: the same, of the next tier.
        `notional_7`: the same, of the next tier.
        `notional_8`: the same, of the next tier.
        """
    def halt(self, instrument: int, *, cause: int = 0, timestamp_ns: int | None = None) -> list[Event]:
        """HALT. Stops an instrument's trading, for a cause; cancels still work."""
    def resume(self, instrument: int, *, cause: int = 0, timestamp_ns: int | None = None) -> list[Event]:
        """RESUME. Lifts a cause; an instrument's trading goes on when it was the last."""
    def pulse(self, *, timestamp_ns: int | None = None) -> list[Event]:
        """PULSE. Time has come: the engine does what is due, a bounded part of it."""
    def set_account(
        self,
        account: int,
        *,
        fee_schedule: int = 0,
        max_open_orders: int = 4096,
        client_id_window: int = 128,
        group: int = 0,
        max_open_notional: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_ACCOUNT. Gives an account another fee schedule, other limits, another group.

        `fee_schedule`: what its orders pay from now on.
        `max_open_orders`: how many orders it may have open.
        `client_id_window`: how many finished orders with a client order id are remembered.
        `group`: accounts of one firm, between which self-trade prevention works too; 0: none.
        `max_open_notional`: units of a quote asset that its open orders may be worth at their limits; 0: any.
        """
    def set_reference(
        self, instrument: int, price: int, *, source: int = 0, observed_at: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_REFERENCE. Says what an instrument is worth elsewhere.

        `source`: who says so, by the venue's own numbers.
        `price`: in ticks; 0: no longer known.
        `observed_at`: when it was so, in nanoseconds.
        """
    def roll_trade_date(self, trade_date: int, *, timestamp_ns: int | None = None) -> list[Event]:
        """ROLL_TRADE_DATE. Begins a trade date; trading goes on, and the day orders of earlier dates end.

        `trade_date`: year, month and day as eight digits.
        """
    def set_phase(
        self, instrument: int, phase: int, *, next: int = 0, ends_at: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_PHASE. Opens, closes or retires an instrument, begins an auction, or ends its call.

        `next`: of an auction: the phase after it.
        `ends_at`: of an auction: when its call ends by itself, in nanoseconds; 0: it does not.
        """
    def set_trading_limits(
        self,
        instrument: int,
        *,
        static_bps: int = 0,
        dynamic_bps: int = 0,
        auction_bps: int = 0,
        call_ns: int = 0,
        max_quantity: int = 0,
        max_notional: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_TRADING_LIMITS. Bounds an instrument's prices and the size of its orders.

        `static_bps`: how far from the reference prices may be; 0: any.
        `dynamic_bps`: how far from the last trade a trade may be; 0: any.
        `auction_bps`: how far from the reference an auction's price may be without an extension; 0: any.
        `call_ns`: how long a call lasts that begins by itself; 0: a halt does not end with one.
        `max_quantity`: lots of an order; 0: any.
        `max_notional`: units of the quote asset that an order is worth at its limit; 0: any.
        """
    def set_volatility_bands(
        self,
        instrument: int,
        *,
        bps: int = 0,
        ticks: int = 0,
        multiplier: int = 0,
        limit_state_ns: int = 0,
        pause_ns: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_VOLATILITY_BANDS. Bounds an instrument's prices by its own trades of the last minutes.

        `bps`: how far from their mean prices may be; 0: any, and all else is 0.
        `ticks`: the same in ticks, if that is less; 0: it is not asked.
        `multiplier`: hundredths by which both are multiplied.
        `limit_state_ns`: how long a limit state lasts before trading pauses.
        `pause_ns`: how long the call lasts after it.
        """
    def set_reference_policy(
        self,
        instrument: int,
        *,
        stale: int = 0,
        primary: int = 0,
        widen: int = 0,
        max_age_ns: int = 0,
        closed_bps: int = 0,
        step_bps: int = 0,
        step_ns: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_REFERENCE_POLICY. Says what an old reference price leads to, and a closed primary market.

        `stale`: what a reference price leads to that is too old.
        `primary`: what a closed primary market leads to.
        `widen`: of WIDEN: hundredths by which the static band is multiplied, else 0.
        `max_age_ns`: nanoseconds after which a reference price is too old; 0: never.
        `closed_bps`: of FIXED_BAND and REANCHOR: how far from the anchor prices may be, else 0.
        `step_bps`: of REANCHOR: how far the anchor moves at once, else 0.
        `step_ns`: of REANCHOR: nanoseconds between two moves, else 0.
        """
    def set_primary_status(
        self, instrument: int, status: int, *, close: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_PRIMARY_STATUS. Says whether an instrument's primary market trades.

        `close`: of CLOSED: its last price in ticks; 0: not known.
        """
    def deposit(
        self, account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """DEPOSIT. Credits an account: what the venue has received.

        `amount`: smallest units.
        `reference`: the caller's own name for the command, or empty.
        """
    def request_withdrawal(
        self, account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """REQUEST_WITHDRAWAL. Holds an amount until the venue settles or cancels its withdrawal.

        `amount`: smallest units.
        `reference`: the caller's own name for the command, or empty.
        """
    def settle_withdrawal(
        self, account: int, withdrawal_id: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """SETTLE_WITHDRAWAL. The money has left.

        `reference`: the caller's own name for the command, or empty.
        """
    def cancel_withdrawal(
        self, account: int, withdrawal_id: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """CANCEL_WITHDRAWAL. Gives a withdrawal's money back to the account.

        `reference`: the caller's own name for the command, or empty.
        """
    def transfer(
        self,
        account: int,
        to_account: int,
        asset: int,
        amount: int,
        *,
        reference: str = "",
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """TRANSFER. Moves money between two accounts.

        `amount`: smallest units.
        `reference`: the caller's own name for the command, or empty.
        """
    def set_fee_override(
        self,
        fee_schedule: int,
        instrument: int,
        maker_rate: int = 0,
        taker_rate: int = 0,
        *,
        change: int = 0,
        effective_at: int = 0,
        notional_1: int = 0,
        maker_rate_1: int = 0,
        taker_rate_1: int = 0,
        notional_2: int = 0,
        maker_rate_2: int = 0,
        taker_rate_2: int = 0,
        notional_3: int = 0,
        maker_rate_3: int = 0,
        taker_rate_3: int = 0,
        notional_4: int = 0,
        maker_rate_4: int = 0,
        taker_rate_4: int = 0,
        notional_5: int = 0,
        maker_rate_5: int = 0,
        taker_rate_5: int = 0,
        notional_6: int = 0,
        maker_rate_6: int = 0,
        taker_rate_6: int = 0,
        notional_7: int = 0,
        maker_rate_7: int = 0,
        taker_rate_7: int = 0,
        notional_8: int = 0,
        maker_rate_8: int = 0,
        taker_rate_8: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_FEE_OVERRIDE. Gives a fee schedule other rates and tiers for one instrument, or takes them away.

        `maker_rate`: hundredths of a basis point; below 0: a rebate.
        `taker_rate`: hundredths of a basis point.
        `effective_at`: from when on, in nanoseconds; 0: at once.
        `notional_1`: units of the quote asset in 30 days from which these hold; 0: no such tier.
        `notional_2`: the same, of the next tier.
        `notional_3`: the same, of the next tier.
        `notional_4`: the same, of the next tier.
        `notional_5`: the same, of the next tier.
        `notional_6`: the same, of the next tier.
        `notional_7`: the same, of the next tier.
        `notional_8`: the same, of the next tier.
        """
    def set_obligation(
        self,
        account: int,
        instrument: int,
        *,
        max_spread: int = 0,
        min_quantity: int = 0,
        required_bps: int = 0,
        maker_rate: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_OBLIGATION. Says what a market maker owes on an instrument and gets for it; all 0: nothing.

        `max_spread`: ticks between its buys and its sells.
        `min_quantity`: lots of each side.
        `required_bps`: of the time in which the instrument trades.
        `maker_rate`: hundredths of a basis point that its orders pay once it is earned; below 0: a rebate.
        """
    def set_key(
        self, account: int, key_id: int, document: bytes, *, expires_at: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_KEY. Gives an account an API key, or an API key of it another document and another end.

        `key_id`: the next id for a new key, from 1 on, or that of a key of the account.
        `document`: what the gateway knows the key by.
        `expires_at`: from when on it is good for nothing, in nanoseconds; 0: never.
        """
    def revoke_key(self, account: int, key_id: int, *, timestamp_ns: int | None = None) -> list[Event]:
        """REVOKE_KEY. Takes an API key away, for good.

        `key_id`: its id.
        """
    def set_holder(
        self,
        account: int,
        *,
        investor_class: int = 0,
        jurisdiction: int = 0,
        verified_until: int = 0,
        firm: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_HOLDER. Says who holds an account: what eligibility asks for.

        `jurisdiction`: where the holder is; 0: not known.
        `firm`: whose client it is, by the venue's own numbers; 0: nobody's.
        `verified_until`: when the verification of its identity ends, in nanoseconds; 0: it is not verified.
        """
    def set_eligibility(
        self,
        *,
        asset: int | None = None,
        instrument: int | None = None,
        classes: int = 0,
        verification: int = 0,
        jurisdiction_rule: int = 0,
        jurisdictions: Sequence[JurisdictionEntry] = ...,
        max_holding: int = 0,
        locked_until: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_ELIGIBILITY. Says who may receive an asset, or trade an instrument; nothing said: everybody.

        `asset`: whose table it is, or none (0xFFFFFFFF).
        `instrument`: whose table it is, or none (0xFFFFFFFF): exactly one of the two.
        `classes`: investor classes that may, a bit each; 0: all.
        `verification`: of the holder's identity.
        `jurisdiction_rule`: what the jurisdictions behind are.
        `max_holding`: of an asset: most units that an account may come to hold; 0: any.
        `locked_until`: of an asset: until when units that are deposited are frozen, in nanoseconds; 0: they are not.
        """
    def freeze(
        self,
        account: int = 0,
        *,
        scope: int = 0,
        asset: int | None = None,
        amount: int = 0,
        until: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """FREEZE. Freezes an account, an asset, or units of an asset in an account.

        `asset`: of an asset and of units, else none (0xFFFFFFFF).
        `amount`: of units: how many are frozen until then from now on, else 0.
        `until`: of units: when that ends by itself, in nanoseconds; 0: it does not.
        """
    def unfreeze(
        self,
        account: int = 0,
        *,
        scope: int = 0,
        asset: int | None = None,
        until: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """UNFREEZE. Lifts a freeze.

        `asset`: of an asset and of units, else none (0xFFFFFFFF).
        `until`: of units: which freeze of them, by the time at which it would end, else 0.
        """
    def force_transfer(
        self,
        account: int,
        to_account: int,
        asset: int,
        amount: int,
        *,
        reason: int = 0,
        reference: str = "",
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """FORCE_TRANSFER. Moves units between two accounts by authority, frozen ones first.

        `amount`: smallest units.
        `reason`: why, by the venue's own numbers.
        `reference`: whose authority: required.
        """
    def set_beneficial(
        self,
        account: int,
        asset: int,
        quantity: int,
        *,
        from_holder: int = 0,
        to_holder: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_BENEFICIAL. Moves units of an account onto its register of beneficial holders, on it, and off.

        `from_holder`: whose they were; 0: nobody's, available.
        `to_holder`: whose they are; 0: nobody's, available.
        `quantity`: smallest units.
        """
    def set_asset_terms(
        self,
        asset: int,
        issuer: int,
        *,
        form: int = 0,
        attestation: int = 0,
        bars: int = 0,
        isin: str = "",
        currency: str = "",
        vault: str = "",
        backing: int = 0,
        min_redemption: int = 1,
        redemption_unit: int = 1,
        redemption_fee: int = 0,
        redemption_fee_rate: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_ASSET_TERMS. Says what stands behind an asset, who issues it and how it is redeemed.

        `issuer`: the account that mints and gets the fees of redemptions.
        `attestation`: what needs an attestation.
        `bars`: whether bars stand behind it.
        `isin`: ISO 6166, with its check digit, or empty.
        `currency`: ISO 4217, of a stablecoin; else empty.
        `vault`: where the reserve is, or empty.
        `backing`: millionths of a unit of reserve, of gold a fine troy ounce, for a whole token; 0: nothing.
        `min_redemption`: smallest units of a redemption at least.
        `redemption_unit`: smallest units that it is a multiple of.
        `redemption_fee`: smallest units, on top; 0: none, or a rate.
        `redemption_fee_rate`: hundredths of a basis point of it, on top; 0: none, or an amount.
        """
    def set_attestor(
        self, attestor: int, public_key: bytes, *, status: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_ATTESTOR. Lists who attests reserves under the next number, or gives one another key or status.

        `attestor`: its number, from 0.
        `status`: whether its attestations are taken.
        `public_key`: of Ed25519, 32 bytes.
        """
    def attest(
        self,
        asset: int,
        attestor: int,
        reserve: int,
        as_of: int,
        valid_until: int,
        signature: bytes,
        *,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """ATTEST. Brings what an attestor says of an asset's reserve, under its signature.

        `attestor`: who says so.
        `reserve`: millionths of a unit of reserve.
        `as_of`: when it was so, in nanoseconds.
        `valid_until`: when it expires, in nanoseconds.
        `signature`: of Ed25519 over the text of the attestation, 64 bytes.
        """
    def mint(
        self, account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """MINT. Issues an asset to its issuer's account, as far as what stands behind it reaches.

        `amount`: smallest units.
        `reference`: the caller's own name for the command, or empty.
        """
    def request_redemption(
        self, account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """REQUEST_REDEMPTION. Holds an amount until its redemption is settled or refused.

        `amount`: smallest units; where whole bars are redeemed, the least that the bar is worth.
        `reference`: the caller's own name for the command, or empty.
        """
    def settle_redemption(
        self, account: int, withdrawal_id: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """SETTLE_REDEMPTION. What a redemption is for has been delivered: its units are burned.

        `reference`: the caller's own name for the command, or empty.
        """
    def refuse_redemption(
        self,
        account: int,
        withdrawal_id: int,
        *,
        refusal: int = 0,
        reference: str = "",
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """REFUSE_REDEMPTION. Gives a redemption's units back to the holder.

        `refusal`: why; the same command with another is a repetition.
        `reference`: the caller's own name for the command, or empty.
        """
    def set_refiner(self, refiner: int, code: str, *, status: int = 0, timestamp_ns: int | None = None) -> list[Event]:
        """SET_REFINER. Lists who makes bars under the next number, or gives one another code or status.

        `refiner`: its number, from 0.
        `status`: whether its new bars are taken.
        `code`: 1 to 16 characters.
        """
    def register_bar(
        self,
        asset: int,
        refiner: int,
        serial: str,
        *,
        gross_weight: int,
        fine_weight: int,
        vault: str = "",
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """REGISTER_BAR. A bar is in the vault, and stands behind an asset from now on.

        `refiner`: who made it.
        `serial`: its number at the refiner, 1 to 16 characters.
        `vault`: that of the asset's terms.
        `gross_weight`: millionths of an ounce.
        `fine_weight`: millionths of an ounce.
        """
    def remove_bar(self, bar: int, *, timestamp_ns: int | None = None) -> list[Event]:
        """REMOVE_BAR. A bar leaves the vault; what is left must cover what was issued.

        `bar`: its number.
        """
    def set_peg(
        self, asset: int, *, band_bps: int = 0, haircut_bps: int = 0, source: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_PEG. Says how far a cash asset may be from par before its instruments halt; 0: however far.

        `band_bps`: how far its reference value may be from par.
        `haircut_bps`: what is deducted from its value outside the band.
        `source`: whose reference values are taken, by the venue's own numbers; 0: anybody's.
        """
    def set_cash_reference(
        self, asset: int, value: int, *, source: int = 0, observed_at: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_CASH_REFERENCE. Says what a cash asset is worth elsewhere.

        `source`: who says so, by the venue's own numbers.
        `value`: in millionths of par.
        `observed_at`: when it was so, in nanoseconds.
        """
    def announce_action(
        self,
        action: int,
        asset: int,
        action_kind: int,
        *,
        record_at: int,
        payer: int = 0,
        order_policy: int = 0,
        books_close_at: int = 0,
        lieu_asset: int = 4294967295,
        asset_1: int = 4294967295,
        numerator_1: int = 0,
        denominator_1: int = 0,
        lieu_price_1: int = 0,
        asset_2: int = 4294967295,
        numerator_2: int = 0,
        denominator_2: int = 0,
        lieu_price_2: int = 0,
        asset_3: int = 4294967295,
        numerator_3: int = 0,
        denominator_3: int = 0,
        lieu_price_3: int = 0,
        asset_4: int = 4294967295,
        numerator_4: int = 0,
        denominator_4: int = 0,
        lieu_price_4: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """ANNOUNCE_ACTION. Announces a corporate action under the next id, or in the place of an announced one.

        `action`: the next id, from 1 on, or one that is announced and has not begun.
        `asset`: whose holders are entitled.
        `order_policy`: what becomes of open orders.
        `payer`: account that pays what is paid.
        `lieu_asset`: what fractions are paid in; none: they are dropped.
        `record_at`: when it is executed, in nanoseconds: who owns then is entitled.
        `books_close_at`: from when on no withdrawal of it is requested, in nanoseconds; 0: with the execution.
        `asset_1`: what the first leg pays out; none: there is no such leg.
        `numerator_1`: units of it.
        `denominator_1`: for so many units of the asset.
        `lieu_price_1`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
        `asset_2`: what the second leg pays out; none: there is no such leg.
        `numerator_2`: units of it.
        `denominator_2`: for so many units of the asset.
        `lieu_price_2`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
        `asset_3`: what the third leg pays out; none: there is no such leg.
        `numerator_3`: units of it.
        `denominator_3`: for so many units of the asset.
        `lieu_price_3`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
        `asset_4`: what the fourth leg pays out; none: there is no such leg.
        `numerator_4`: units of it.
        `denominator_4`: for so many units of the asset.
        `lieu_price_4`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
        """
    def cancel_action(self, action: int, *, timestamp_ns: int | None = None) -> list[Event]:
        """CANCEL_ACTION. Withdraws the announcement of a corporate action that has not begun.

        `action`: one that is announced and has not begun.
        """
    # vocabulary: end
    # records
    def apply(self, command: Buffer) -> list[Event]:
        """One command record. A timestamp of 0 keeps the last one."""
    def apply_batch(self, commands: Buffer | NDArray[Any]) -> NDArray[Any]:
        """Many commands, with the GIL released: records back to back, or rows of `pyengine.ORDER_ENTRY_DTYPE`.

        Returns the events as a read-only array of `pyengine.EVENT_DTYPE`. `CommandError`, naming the byte or the row,
        if something is no record or no order entry; nothing is applied then.
        """
    # queries
    @property
    def sequence(self) -> int:
        """Of the last command; 0 before the first."""
    @property
    def timestamp_ns(self) -> int:
        """Of the last command."""
    @property
    def next_due(self) -> int | None:
        """When the engine wants a `pulse`, in nanoseconds; it may be past already. `None`: nothing waits for time."""
    def balance(self, account: int, asset: int) -> tuple[int, int]:
        """(available, held). `KeyError` if either is unknown; so for every query below."""
    def balances(self, account: int) -> list[tuple[int, int, int]]:
        """(asset, available, held) of all that is not zero, by asset."""
    def holds(self) -> list[tuple[int, int, int, int, int, int, int, int]]:
        """(account, asset, for open orders, for pending withdrawals, for redemptions, frozen, registered, for corporate
        actions): what has to be held, computed from these anew."""
    def backing(self) -> list[dict[str, Any]]:
        """What stands behind each asset with terms, by asset: its terms as `set_asset_terms` has them, `minted`,
        `burned`, `redeeming` (what redemptions that wait will burn), `fine_weight` of its bars, `most` that may be
        outstanding, whether its attestation is `expired`, and of that `attestor` (None: there is none), `reserve`,
        `as_of`, `valid_until`."""
    def attestors(self) -> list[tuple[bytes, int]]:
        """(public key, status) of each attestor, by number."""
    def refiners(self) -> list[tuple[str, int]]:
        """(code, status) of each refiner, by number."""
    def redemptions(
        self, account: int | None, first: int, limit: int
    ) -> tuple[list[tuple[int, int, int, int, int, int, int]], bool]:
        """(id, account, asset, asked, amount, fee, bar) of the redemptions that wait, ascending from `first` on, at
        most `limit`, of all accounts if `account` is None; whether there are more."""
    def bars(self, first: int, limit: int) -> tuple[list[tuple[int, int, int, str, str, int, int, bool]], bool]:
        """(number, asset, refiner, serial, vault, gross weight, fine weight, whether no redemption has it) of the
        bars, ascending from `first` on, at most `limit`; whether there are more."""
    def pegs(self) -> list[tuple[int, int, int, int, int, int, int, bool]]:
        """(asset, band, haircut, source, value, source of the value, observed at, whether it is outside) of the bands
        of cash assets, by asset."""
    def issued(self, asset: int) -> int:
        """Deposits less settled withdrawals, and minted less burned."""
    def total(self, asset: int) -> int:
        """Sum of available and held over all accounts, counted anew: equals `issued` or the engine is broken."""
    def depth(self, instrument: int, levels: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """(bids, asks), best first, each (price, quantity, orders)."""
    def order(self, order_id: int) -> Order | None:
        """The open order, or None."""
    def open_orders(self, account: int) -> list[Order]:
        """Oldest first."""
    def queue(self, instrument: int, side: int, price: int) -> list[Order]:
        """The orders of one level, first to trade first."""
    def actions(
        self,
    ) -> list[tuple[int, int, int, int, int, int | None, int, int, list[tuple[int, int, int, int]], int, int]]:
        """The corporate actions that are announced or run, by id: (id, kind, asset, payer, order policy, asset of
        fractions or None, record_at, books_close_at, legs, stage, cursor); a leg is (asset, numerator, denominator,
        lieu price). The cursor is the account or instrument that the one which runs looks at next."""
    def counts(self) -> tuple[int, int, int, int]:
        """(assets, instruments, accounts, open orders)."""
    def assets(self) -> list[tuple[str, int, int, int]]:
        """(symbol, class, decimals, min_withdrawal) by id."""
    def instruments(self) -> list[tuple[str, int, int, int, int, int, int, bool, int]]:
        """(symbol, base, quote, lot_size, tick_lot_value, max_price, collar_bps, halted, phase) by id."""
    def instrument(self, symbol: str) -> Instrument:
        """An instrument by its symbol: makes ticks and lots of decimals, and decimals of them. `KeyError` if none."""
    def describe(self, event: Event) -> str:
        """An event as `print` shows it, with symbols in place of the ids of instruments and assets."""
    def obligations(self) -> list[Obligation]:
        """By account, then by instrument, as of the last command."""
    def holders(self) -> list[tuple[int, str, int, int, int, bool]]:
        """(account, jurisdiction or "", class, verified_until, firm, frozen) of whom anything was said, by account."""
    def eligibility(self) -> list[tuple[int | None, int | None, int, int, int, list[str], int, int]]:
        """(asset, instrument, classes, verification, rule, jurisdictions, max_holding, locked_until) of every table.

        Either asset or instrument is None. Those of assets come first, each by id.
        """
    def frozen_assets(self) -> list[int]:
        """The assets that are frozen, by id."""
    def freezes(self) -> list[tuple[int, int, int, int]]:
        """(account, asset, until, amount) of every freeze of units, in the order of these."""
    def beneficial(self, account: int) -> list[tuple[int, int, int]]:
        """(asset, beneficial holder, units) that are registered of an account, in the order of these."""
    def keys(self) -> list[tuple[int, int, bytes]]:
        """(account, when it expires or 0, document) of each API key, by id from 1. Without a document it is revoked."""
    def state_hash(self) -> bytes:
        """SHA-256 of the state image (32 bytes)."""
    def state_image(self) -> bytes:
        """The canonical state image: `engine_core/docs/semantics.md`, section 9."""
    @staticmethod
    def restore(image: Buffer) -> Engine:
        """The engine whose state image this is. `SnapshotError` otherwise."""

@final
class Hub:
    """The gateway's hot path: websocket frames in, commands applied and journaled, durable reports out.

    For one thread, an event loop's. Session numbers come from `open_session`; every other id is the engine's. Times are
    nanoseconds since the Unix epoch, payloads MessagePack (`gateway/schemas.py`). `KeyError` for an unknown session or
    id, `ValueError` after `close` (but for `poll`).

    Opens and recovers the journal in `directory`; without one nothing is kept and everything counts as durable.

    `durability`: `sync` or `async`. `max_in_flight`: unanswered hot messages of one account, 1 to
    `ACCOUNT_CLIENT_ID_WINDOW_MAX`, but never more than its `client_id_window`. `replay_accounts`: accounts whose
    last 1,024 reports are kept for `replay` from the first replayed command on, as a rule of the last million
    commands at least; `authorize` adds its account from then on.
    `unread_output_bytes`: output of all sessions that may wait to be durable; beyond it the account with most of it
    loses its largest session's.
    `shard`, `max_open_orders`: those of the journal, if there is one. `client_id_key`: of a
    new one; `None` draws it. `JournalError` and its subclasses.
    """

    def __new__(
        cls,
        directory: str | PathLike[str] | None,
        *,
        durability: str = "sync",
        segment_bytes: int = ...,
        max_in_flight: int = ...,
        replay_accounts: Sequence[int] = ...,
        unread_output_bytes: int = ...,
        shard: int = 0,
        max_open_orders: int = ...,
        client_id_key: bytes | None = None,
    ) -> Self: ...
    def fileno(self) -> int:
        """An eventfd, readable when `poll` may have something; -1 without a journal: there `commit` is all it takes."""
    # sessions
    def open_session(self) -> int:
        """A new session, not authorized; its number is never used again. `ValueError` if there are 65,536."""
    def authorize(self, session: int, key: int, account: int, can_trade: bool, text: bool) -> None:
        """From now on the session gets its account's reports and, if it may trade, its hot messages are carried out.

        `text`: `poll` gives its output as a list of payloads instead of frames.
        """
    def set_limits(self, key: int, orders: tuple[int, int], requests: tuple[int, int]) -> None:
        """The key's allowances, each (rate per second, burst), full, over all its sessions that are authorized later.

        `orders` are hot messages; `requests` are all other frames, a token each and one more for every 4 KiB of their
        answers. A frame without a token is refused, and a key that goes on then is flooding (`WireError`, 4005). The
        same limits again change nothing. A key without limits is not limited.
        """
    def admit(self, key: int, now_ns: int) -> bool:
        """Charges a logon to the key; False if its allowance of requests is used up."""
    def close_session(self, session: int) -> None:
        """Ends the session; output that was not polled is dropped."""
    # input
    def receive(self, session: int, data: bytes, now_ns: int) -> list[tuple[int, bytes, bool]]:
        """Takes a chunk of the session's stream; returns the frames (opcode, unmasked payload, granted) that are the
        caller's: at most one message, and a bounded number of control frames before it. A frame that is not granted is
        over the key's allowance.

        Hot messages (place, cancel, amend, cancel_all in well-formed MessagePack, session authorized to trade) are
        carried out. To keep their order with the frames returned, what follows waits: call again with b"" until the
        list is empty. `WireError`, after everything before the break was taken, if the connection must be closed, and
        at once if it floods (4005) or sends too much without being authorized (4004).
        """
    def message(self, session: int, payload: bytes, now_ns: int) -> bool:
        """Carries out one hot message. False if it is none."""
    def submit(self, session: int, ref: int, command: bytes, now_ns: int) -> bytes:
        """Carries out a command record, which is not rate limited; its key is the session's. Returns the record of its
        first event.

        The accounts concerned get their reports. The session gets `ok` or `error` after them; for a withdrawal request
        its report carries `ref` instead. Session -1: nobody is answered. `CommandError` if it is no record.
        """
    def backlog(self) -> list[int]:
        """Takes the sessions whose input waits for room in the journal: call `receive` for each after `poll`."""
    def pulse(self, now_ns: int) -> int | None:
        """Gives the engine its time if that has come: one bounded pulse. Returns when it wants the next, if it does."""
    # output
    def send(self, session: int, payload: bytes) -> None:
        """Writes one message to the session, after everything written before."""
    def subscribe(self, session: int, channel: int, instrument: int) -> None:
        """Channel 0 book, 1 trades, 2 bbo, 3 balances (of the session's account; `instrument` is ignored), 4 level3.

        Book, bbo and level3 begin with their state at the end of the commit group; subscribing again repeats that.
        """
    def next_part(self, session: int, instrument: int) -> bool:
        """Writes the next part of a level3 book, if there is one, at the end of the commit group.

        Asking twice in one group is asking once. False if the session does not subscribe to it.
        """
    def unsubscribe(self, session: int, channel: int, instrument: int) -> None:
        """Ends a channel, if the session has it."""
    def replay(self, session: int, ref: int, from_account_seq: int) -> None:
        """Writes the account's reports from `from_account_seq` on, if all are kept, and `replayed`."""
    def commit(self) -> bool:
        """Ends the commit group, if the journal is idle or not needed. True if commands were handed to it."""
    def poll(self) -> list[tuple[int, bytes | list[bytes] | None]]:
        """What is durable, as (session, output), in order; resets `fileno`.

        Output is ready websocket frames, or a list of payloads for a text session, or None, once, for a session whose
        waiting output outgrew 4 MiB and was discarded: drop it. `JournalFailedError` if the journal failed.
        """
    def snapshot(self) -> Path:
        """Makes everything durable and writes a snapshot. Blocks. `JournalError` without a directory."""
    def close(self) -> tuple[Path | None, str | None]:
        """Makes everything durable, leaves a verified snapshot and ends the journal. Blocks. One more `poll` gives the
        last output. Returns the snapshot's path, and why there is none; neither if there was nothing to keep."""
    # queries
    @property
    def sequence(self) -> int:
        """Of the last command."""
    @property
    def durable_sequence(self) -> int:
        """Of the last command that is on disk."""
    @property
    def timestamp_ns(self) -> int:
        """Of the last command."""
    @property
    def trade_date(self) -> int:
        """The current one, as eight digits; 0 before the first roll."""
    def balance(self, account: int, asset: int) -> tuple[int, int]:
        """(available, held)."""
    def balances(self, account: int) -> list[tuple[int, int, int]]:
        """(asset, available, held) of all that is not zero, by asset."""
    def issued(self, asset: int) -> int:
        """Deposits less settled withdrawals, and minted less burned."""
    def total(self, asset: int) -> int:
        """Sum of available and held over all accounts, counted anew."""
    def depth(self, instrument: int, levels: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """(bids, asks), best first, each (price, quantity, orders)."""
    def order(self, order_id: int) -> Order | None:
        """The open order, or None."""
    def open_orders_page(self, account: int, after: int, limit: int) -> tuple[list[Order], bool]:
        """Open orders with the lowest ids beyond `after`, ascending, at most `limit`; whether there are more."""
    def open_orders(self, account: int) -> list[Order]:
        """Oldest first."""
    def counts(self) -> tuple[int, int, int, int]:
        """(assets, instruments, accounts, open orders)."""
    def account_sequence(self, account: int) -> int:
        """Sequence of the account's last event."""
    def max_in_flight(self, account: int) -> int:
        """How many hot messages of the account may be unanswered."""
    def account(self, account: int) -> tuple[int, int, int, int, int, int, int]:
        """What is set of it, and what it has open.

        (fee schedule, most open orders, client id window, group, most open notional, open orders, pending withdrawals).
        """
    def pending_withdrawals(
        self, account: int | None, first: int, limit: int
    ) -> tuple[list[tuple[int, int, int, int]], bool]:
        """(id, account, asset, amount) of those with the lowest ids from `first` on, ascending, at most `limit`, of all
        accounts if `account` is None; whether there are more."""
    def backing(self) -> list[dict[str, Any]]:
        """What stands behind each asset with terms, by asset: its terms as `set_asset_terms` has them, `minted`,
        `burned`, `redeeming` (what redemptions that wait will burn), `fine_weight` of its bars, `most` that may be
        outstanding, whether its attestation is `expired`, and of that `attestor` (None: there is none), `reserve`,
        `as_of`, `valid_until`."""
    def attestors(self) -> list[tuple[bytes, int]]:
        """(public key, status) of each attestor, by number."""
    def refiners(self) -> list[tuple[str, int]]:
        """(code, status) of each refiner, by number."""
    def redemptions(
        self, account: int | None, first: int, limit: int
    ) -> tuple[list[tuple[int, int, int, int, int, int, int]], bool]:
        """(id, account, asset, asked, amount, fee, bar) of the redemptions that wait, ascending from `first` on, at
        most `limit`, of all accounts if `account` is None; whether there are more."""
    def bars(self, first: int, limit: int) -> tuple[list[tuple[int, int, int, str, str, int, int, bool]], bool]:
        """(number, asset, refiner, serial, vault, gross weight, fine weight, whether no redemption has it) of the
        bars, ascending from `first` on, at most `limit`; whether there are more."""
    def pegs(self) -> list[tuple[int, int, int, int, int, int, int, bool]]:
        """(asset, band, haircut, source, value, source of the value, observed at, whether it is outside) of the bands
        of cash assets, by asset."""
    def account_fee_schedule(self, account: int) -> int:
        """The id of the account's fee schedule."""
    def fee_schedules(self) -> list[tuple[int, int, list[tuple[int, int, int]]]]:
        """(maker rate, taker rate, tiers) by id; a tier is (notional, maker rate, taker rate)."""
    def fee_tables(
        self,
    ) -> list[tuple[int, int | None, int, tuple[int, int, list[tuple[int, int, int]]] | None]]:
        """All schedules, all overrides, then what waits, each in order: (schedule, instrument of an override, when it
        becomes effective or 0 for now, rates as in `fee_schedules` or None if the override ends)."""
    def holders_page(self, first: int, limit: int) -> tuple[list[tuple[int, str, int, int, int, bool]], bool]:
        """As `Engine.holders`: of the lowest accounts from `first` on, at most `limit`; whether there are more."""
    def eligibility(self) -> list[tuple[int | None, int | None, int, int, int, list[str], int, int]]:
        """(asset, instrument, classes, verification, rule, jurisdictions, max_holding, locked_until) of every table."""
    def frozen_assets(self) -> list[int]:
        """The assets that are frozen, by id."""
    def freezes(self) -> list[tuple[int, int, int, int]]:
        """(account, asset, until, amount) of every freeze of units, in the order of these."""
    def beneficial(self, account: int) -> list[tuple[int, int, int]]:
        """(asset, beneficial holder, units) that are registered of an account, in the order of these."""
    def actions(
        self,
    ) -> list[tuple[int, int, int, int, int, int | None, int, int, list[tuple[int, int, int, int]], int, int]]:
        """The corporate actions that are announced or run, by id: (id, kind, asset, payer, order policy, asset of
        fractions or None, record_at, books_close_at, legs, stage, cursor); a leg is (asset, numerator, denominator,
        lieu price). The cursor is the account or instrument that the one which runs looks at next."""
    def keys(self) -> list[tuple[int, int, bytes]]:
        """(account, when it expires or 0, document) of each API key, by id from 1. Without a document it is revoked."""
    def assets(self) -> list[tuple[str, int, int, int]]:
        """(symbol, class, decimals, min_withdrawal) by id."""
    def instruments(self) -> list[tuple[str, int, int, int, int, int, int, bool, int]]:
        """(symbol, base, quote, lot_size, tick_lot_value, max_price, collar_bps, halted, phase) by id."""
    def asset(self, asset: int) -> tuple[str, int, int, int]:
        """(symbol, class, decimals, min_withdrawal)."""
    def instrument(self, instrument: int) -> tuple[str, int, int, int, int, int, int, bool, int]:
        """(symbol, base, quote, lot_size, tick_lot_value, max_price, collar_bps, halted, phase)."""
    def state_hash(self) -> bytes:
        """SHA-256 of the state image (32 bytes)."""
    def told(self) -> tuple[list[int], list[int], list[int]]:
        """What was said since the start: (events by kind, rejections by code, fills by instrument)."""
    def most_traded(self, limit: int) -> list[int]:
        """Instruments with most fills since the start, then those listed first, at most `limit`; ascending."""
    def last_trades(self) -> list[tuple[int, int, int, int]]:
        """The last 256, of all instruments, oldest first: (instrument, timestamp_ns, price, quantity)."""
    def journal_times(self) -> tuple[tuple[list[int], int], tuple[list[int], int]] | None:
        """How long the disk of the journal took: (writes, syncs), each (counts by bucket, sum in nanoseconds).

        Bucket n has what took at most 10 << n microseconds and more than the one before; the last, number 20, all that
        took longer. None without a journal.
        """
    def stats(self) -> dict[str, int]:
        """Counters since the start (`_total`) and gauges, by name."""

@final
class DurableEngine(Engine):
    """An engine with a journal in `directory`: opening it recovers what was durable there.

    Durability `sync`: every call returns when its commands are on disk (the batch call applies later commands while
    earlier ones are synced). `async`: single calls return when the journal's thread has the command on its way to the
    operating system, without a sync; a power failure can lose the last moments. Raises `JournalBusyError`,
    `JournalCorruptError`, `JournalVersionError`; after a failed write `JournalFailedError`, for good.

    It starts from the newest snapshot; with `whole_replay` from the oldest or, if the journal reaches back to it, from
    the state before the first command.

    `client_id_key`: of a new journal; one that exists has its own.
    """

    def __new__(
        cls,
        directory: str | PathLike[str],
        *,
        durability: str = "sync",
        segment_bytes: int = ...,
        whole_replay: bool = False,
        shard: int = 0,
        max_open_orders: int = ...,
        client_id_key: bytes = ...,
    ) -> Self: ...
    @property
    def recovered(self) -> tuple[int, int | None, int]:
        """(commands replayed, sequence of the snapshot they were replayed on, bytes of a torn tail that were cut)."""
    @property
    def durable_sequence(self) -> int:
        """Of the last command that is on disk."""
    def sync(self) -> None:
        """Returns when everything submitted is on disk, whatever the durability."""
    def snapshot(self) -> Path:
        """Writes a snapshot of the durable state; the next opening starts from it."""
    def close(self, *, snapshot: bool = False) -> Path | None:
        """Puts everything on disk and lets the directory go. Every later call raises `JournalError`.

        With `snapshot` it also leaves one and returns its path: read back and found to be the state, so that a later
        release can start from it. `JournalError` if that fails; everything is on disk nevertheless.
        """
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

@type_check_only
class JournalSegment(TypedDict):
    """One file of a journal."""

    path: Path
    semantics_version: int
    first_sequence: int
    last_sequence: int
    batches: int
    records: int
    used_bytes: int
    segment_bytes: int

@type_check_only
class JournalSummary(TypedDict):
    """What a verified journal holds."""

    segments: list[JournalSegment]
    batches: int
    first_sequence: int
    last_sequence: int | None
    torn_bytes: int
    journal_id: int | None
    """None if there is no segment."""
    chain: int | None
    """Chain value after the last command: it stands for the whole history."""

def verify_journal(directory: str | PathLike[str]) -> JournalSummary:
    """Checks every header, checksum, chain value, sequence and timestamp. Reads only; works on a running journal."""

@type_check_only
class SegmentRead(JournalSegment):
    """A segment by itself, and where it belongs in its history."""

    journal_id: int
    chain_before: int
    """Chain value that it continues."""
    chain: int
    """Chain value after the last batch that was read."""
    first_timestamp_ns: int | None
    """None if there is no command, or none of the rules of this release."""
    last_timestamp_ns: int | None
    torn_bytes: int

def read_segment(path: str | PathLike[str], *, batches: int = ...) -> SegmentRead:
    """Checks one segment by itself, at most so many batches of it. Reads only; works on a running journal."""

@type_check_only
class VerifiedSnapshot(TypedDict):
    """A snapshot that recovery can begin at."""

    path: Path
    semantics_version: int
    journal_id: int
    sequence: int
    chain: int
    state_hash: bytes
    left_by_stop: bool

def verify_snapshot(path: str | PathLike[str]) -> VerifiedSnapshot:
    """Checks every byte of a snapshot, and that the journal beside it leads to its place. `JournalError` if not."""

def surplus_segments(
    segments: list[tuple[int, int]],
    verified: list[int],
    *,
    end: int,
    now_ns: int,
    snapshots: int,
    age_ns: int,
) -> int:
    """How many of these segments (first sequence, when last written to), oldest first, nobody needs any more.

    `verified`: sequences of the snapshots that recovery can begin at, ascending. The newest `snapshots` of them stay
    such, a server goes on to begin where it would, and what was written within `age_ns` stays.
    """

@type_check_only
class JournalGenesis(TypedDict, total=False):
    """What the engine of a journal began with, as arguments of whatever opens it."""

    shard: int
    max_open_orders: int
    client_id_key: bytes

def journal_genesis(directory: str | PathLike[str]) -> JournalGenesis:
    """What the journal's engine began with; nothing if there is none yet. Reads only; works on a running journal."""

def read_journal(directory: str | PathLike[str], first_sequence: int, limit: int) -> tuple[int, bytes]:
    """The sequence of the first record, and the records from `first_sequence` on, at most `limit`, back to back."""

@final
class JournalReplay:
    """A replay of a journal up to a sequence or a time, beginning at the newest snapshot that leads there.

    Reads only; works on a running journal. Raises `JournalError` and its subclasses: the journal is damaged, or has no
    state there; `ValueError` if there is none.

    Ends after `sequence`, or after the last command that is not later than `timestamp_ns`; without either at the
    last command that is there now. `audit`: begins as early as it can, and compares the state with snapshots.
    """

    def __new__(
        cls,
        directory: str | PathLike[str],
        *,
        sequence: int | None = None,
        timestamp_ns: int | None = None,
        audit: bool = False,
    ) -> Self: ...
    def advance(self, commands: int) -> bool:
        """Goes on by so many commands, and to the end of their batch; whether there are more."""
    @property
    def sequence(self) -> int:
        """Of the last command replayed."""
    @property
    def end(self) -> int:
        """The sequence at which the replay ends."""
    @property
    def from_snapshot(self) -> int | None:
        """Sequence of the snapshot it began at; None: before the first command."""
    @property
    def journal_id(self) -> int:
        """Of the history that it is a replay of."""
    @property
    def chain(self) -> int | None:
        """Chain value after the last command replayed: it stands for all that led there.

        None in the midst of a batch, and where nothing behind a snapshot was replayed.
        """
    @property
    def fills(self) -> int:
        """Fills settled on the way."""
    @property
    def compared(self) -> list[tuple[Path, int, bytes, bytes]]:
        """Each snapshot that an audit came to, its sequence, the state hash in it, and the one found."""
    @property
    def damaged_snapshots(self) -> list[Path]:
        """Those that can not be read, as far as they were looked at."""
    def finish(self) -> Engine:
        """Ends the replay, and gives its engine out, which keeps nothing. Later calls raise `JournalError`."""

@final
class JournalFollower:
    """Hears what happens at a venue from its journal, while it is written or afterwards.

    Reads only. Begins behind `after`, a `position` of an earlier follower; without it as early as the journal has all
    that came since. Raises `JournalError` and its subclasses, `JournalDiscontinuedError` if the journal does not lead
    on from there; `ValueError` if there is none.
    """

    def __new__(cls, directory: str | PathLike[str], after: tuple[int, int, int] | None = None) -> Self: ...
    def advance(self, commands: int) -> tuple[NDArray[Any], bool]:
        """Goes on by so many commands, and to the end of their batch: what happened, all of it on disk, an array of
        `EVENT_DTYPE`; and whether there may be more now."""
    def keys(self) -> bytes:
        """Of each command that the last `advance` told of, up to `sequence`: the API key that caused it, a
        `u32` each; 0 is the venue itself."""
    @property
    def sequence(self) -> int:
        """Of the last command applied. Before `after` nothing is said of it."""
    @property
    def timestamp_ns(self) -> int:
        """Of the last command applied."""
    @property
    def position(self) -> tuple[int, int, int]:
        """The place to go on from: journal id, sequence, chain value."""
    @property
    def from_snapshot(self) -> int | None:
        """Sequence of the snapshot it began at; None: before the first command."""
    def end(self) -> int:
        """The last sequence that is there now. Reads the last segment."""
    def counts(self) -> tuple[int, int, int, int]:
        """Assets, instruments, accounts, open orders."""
    def assets(self) -> list[tuple[str, int, int, int]]:
        """(symbol, class, decimals, smallest withdrawal) of each, by id."""
    def instruments(self) -> list[tuple[str, int, int, int, int, int, int, bool, int]]:
        """(symbol, base, quote, lot size, tick lot value, max price, collar, halted, phase) of each, by id."""
    def balances(self, account: int) -> list[tuple[int, int, int]]:
        """(asset, available, held) of all that are not zero. `KeyError` for an unknown account."""
    def open_orders(self, account: int) -> list[Order]:
        """Oldest first. `KeyError` for an unknown account."""

def recognise_tape(path: str | PathLike[str]) -> tuple[str, str] | None:
    """The format of a tape by how the file begins: what follows `pyengine replay`, and what it is in words."""

@type_check_only
class TapeCounts(TypedDict):
    """What a replay of books has counted. Quantities are shares."""

    added: int
    deleted: int
    reduced: int
    replaced: int
    executions: int
    queue_front_agreed: int
    executions_anywhere: int
    executed_quantity: int
    open_orders: int
    disagreements: dict[str, int]
    message_types: dict[str, int]
    unknown_messages: int

@type_check_only
class TapeSettled(TypedDict):
    """What the market of a replay has settled, and how it stands. Amounts are millionths of a dollar."""

    fills: int
    settled_shares: int
    settled_notional: int
    fees: int
    orders_stepped_aside: int
    orders_in_the_way: int
    commands_refused: int
    first_refusal: int | None
    conservation_ok: bool
    state_hash: bytes

@type_check_only
class TapePart(Protocol):
    """A file, or a part of an archive: offset, bytes, whether they are deflated, CRC-32 of what is packed."""

    @property
    def path(self) -> PathLike[str]:
        """The file, or the archive."""
    @property
    def name(self) -> str:
        """What it is called in messages."""
    @property
    def part(self) -> tuple[int, int, bool, int] | None:
        """Where it lies in an archive; None: a file of its own."""

_Level = tuple[int, int | None]
"""Shares, and orders where they are known."""

_TapeDifference = tuple[int, str, str, int, _Level | None, _Level | None]
"""After so many messages: of symbol and side (`buy`, `sell`), at which price in steps, what was expected and found."""

@type_check_only
class TapeCompared(TypedDict):
    """What was held against a tape's own books, and what else was counted of these, by name."""

    sides_checked: int
    sides_matched: int
    first_difference: _TapeDifference | None
    counts: dict[str, int]

@final
class TapeReplay:
    """A tape, and what it has led to so far: books alone, or a market of funded participants that journals its
    commands.

    Whatever is wrong with the file is a `TapeError` that names the place, a file that cannot be read an `OSError`.
    A replay ends before the first message that is later than `to_ns`; of messages before `from_ns` nothing is compared.
    `market`: the directory of a market's journal, which must not hold one yet; without it books alone are built.
    """

    @staticmethod
    def itch(
        path: str | PathLike[str],
        symbols: set[str] | None = None,
        *,
        from_ns: int = 0,
        to_ns: int = ...,
        market: str | PathLike[str] | None = None,
    ) -> TapeReplay:
        """Begins a tape of Nasdaq TotalView-ITCH 5.0, plain or packed by gzip; of some symbols only, if they are given.
        Times are after the exchange's midnight."""
    @staticmethod
    def lobster(
        messages: TapePart,
        book: TapePart | None = None,
        *,
        symbol: str,
        from_ns: int = 0,
        to_ns: int = ...,
        market: str | PathLike[str] | None = None,
    ) -> TapeReplay:
        """Begins a tape of LOBSTER's message file and, if there is one, its order book file. Times are after the
        exchange's midnight."""
    @staticmethod
    def dbn(
        path: str | PathLike[str],
        symbols: set[str] | None = None,
        *,
        from_ns: int = 0,
        to_ns: int = ...,
        market: str | PathLike[str] | None = None,
        mbp10: str | PathLike[str] | None = None,
        step: int | None = None,
    ) -> TapeReplay:
        """Begins a tape of Databento's, schema MBO, plain or packed by zstd; of some symbols only, if they are given.
        Times are of receipt, since the Unix epoch. `mbp10`: a file of schema MBP-10 whose books are compared. `step`:
        that of prices, in billionths; without it one that suits the first of them.

        `TapeError` in a build without it.
        """
    def advance(self, messages: int) -> bool:
        """Goes on by at most so many messages; whether there may be more."""
    @property
    def messages(self) -> int:
        """How many messages were read, whatever they are about."""
    @property
    def time_ns(self) -> int:
        """How late it is on the tape; 0 before the first message that has a time."""
    def record(self, tables: list[str], *, rows: int, levels: int = 10, every_ns: int = 0) -> None:
        """Collects rows of `trades`, `fills` (of a market), `top`, `depth`, `bars` or `rates` from now on.

        `advance` returns early when a table has so many `rows`, which are then to be taken out. Of `depth` so many
        `levels` a side, at every change or every `every_ns` of the tape's time.
        """
    def recorded(self) -> dict[str, int]:
        """How many rows there are of each table."""
    def take(self, table: str) -> dict[str, bytes]:
        """Takes out the rows of a table: each column's numbers as they lie in memory."""
    def end_record(self) -> None:
        """Collects what would have come with the next message: the last look at the depth, the last bars."""
    @property
    def instruments(self) -> list[str]:
        """Symbols by the number of their instrument in the rows; empty where none was told."""
    @property
    def progress(self) -> tuple[int, int]:
        """Bytes read of the file as it lies on the disk, and all it has."""
    @property
    def price_scale(self) -> int:
        """How many steps of its prices make one unit of the currency."""
    @property
    def symbols(self) -> list[str]:
        """Every symbol that was named, in the order of their numbers."""
    def book(self, symbol: str) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """Bids and asks: price in steps, shares and orders of each level, best first.

        `KeyError` if the tape has not named the symbol.
        """
    def counts(self) -> TapeCounts:
        """What was counted so far."""
    def compared(self) -> TapeCompared | None:
        """What was compared with the books that the tape itself brings; None if it brings none."""
    def settled(self) -> TapeSettled | None:
        """What was settled; None of books alone. Costs time in proportion to the whole state."""
    def finish(self) -> None:
        """Ends the replay: a market's journal is whole, and its directory free. Later calls raise `TapeError`."""
