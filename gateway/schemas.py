"""Every message of the websocket protocol, as msgspec structs: the one source of truth for both encodings.

A message is a map with the tag `op`: JSON in a text frame, MessagePack in a binary frame, the same fields in both.
`PROTOCOL.md` explains them with examples, and a test holds the two together. Nothing here does IO or keeps state.

Prices are whole ticks, quantities whole lots, amounts whole smallest units of an asset, times nanoseconds since the
Unix epoch. A field at its default may be left out, and the server leaves it out.
"""

from collections.abc import Callable
from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct, field

from pyengine import commands
from pyengine.config import ALLOWED_NETWORKS_MAX, Note, Rate

PROTOCOL_VERSION: Final = 2

# Bounds of the wire. What the engine limits more tightly (prices, counts) it rejects itself, with its own reason.
U32_MAX: Final = 2**32 - 1
U64_MAX: Final = 2**64 - 1
I64_MAX: Final = 2**63 - 1
I32_MAX: Final = 2**31 - 1
CLIENT_ORDER_ID_LEN: Final = 36
REFERENCE_LEN: Final = 36
SYMBOL_LEN: Final = 16
KEY_LEN: Final = 64
CHALLENGE_BYTES: Final = 32
SIGNATURE_LEN_MAX: Final = 128  # 64 bytes in hex
SECRET_LEN_MAX: Final = 1_024  # 512 bytes in hex
CHECKSUM_LEVELS: Final = 10  # levels of each side under the book checksum
CHECKSUM_ORDERS: Final = 10  # orders of each side under the checksum of a level 3 book
AUDIT_PAGE: Final = 128  # most entries in one `audit_entries` message
ORDERS_PAGE: Final = 256  # most orders in one `orders` message, so that an answer is a bounded piece of work
ADMIN_PAGE: Final = 256  # the same of each list that only an operator may see

PRINTABLE: Final = r"^[\x21-\x7e]*\Z"

U32: TypeAlias = Annotated[int, Meta(ge=0, le=U32_MAX)]
U64: TypeAlias = Annotated[int, Meta(ge=0)]  # msgspec knows no bound above 2^63 - 1: the upper one is in __post_init__
I32: TypeAlias = Annotated[int, Meta(ge=-I32_MAX - 1, le=I32_MAX)]
I64: TypeAlias = Annotated[int, Meta(ge=-I64_MAX - 1, le=I64_MAX)]
Symbol: TypeAlias = Annotated[str, Meta(max_length=SYMBOL_LEN, pattern=PRINTABLE)]
Jurisdiction: TypeAlias = Annotated[str, Meta(pattern=r"^([A-Z]{2})?$")]
"""An ISO 3166-1 alpha-2 code; empty: none."""
ClientOrderId: TypeAlias = Annotated[str, Meta(max_length=CLIENT_ORDER_ID_LEN, pattern=PRINTABLE)]
Text: TypeAlias = Annotated[str, Meta(max_length=SYMBOL_LEN, pattern=PRINTABLE)]
PublicKey: TypeAlias = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
AttestorSignature: TypeAlias = Annotated[str, Meta(pattern=r"^[0-9a-f]{128}\Z")]
Reference: TypeAlias = Annotated[str, Meta(max_length=REFERENCE_LEN, pattern=PRINTABLE)]
KeyName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=KEY_LEN, pattern=PRINTABLE)]
ChallengeText: TypeAlias = Annotated[str, Meta(pattern=rf"^[0-9a-f]{{{2 * CHALLENGE_BYTES}}}\Z")]
Signature: TypeAlias = Annotated[str, Meta(min_length=1, max_length=SIGNATURE_LEN_MAX, pattern=PRINTABLE)]

Channel: TypeAlias = Literal["book", "trades", "bbo", "balances", "level3", "phase"]
CHANNELS: Final[tuple[Channel, ...]] = ("book", "trades", "bbo", "balances", "level3", "phase")
Scope: TypeAlias = Literal["read", "trade", "admin"]
AuditKind: TypeAlias = Literal["started", "stopped", "logon", "logon_refused", "disconnected", "act", "withdrawal"]

# vocabulary: words
Side: TypeAlias = Literal["buy", "sell"]
OrderType: TypeAlias = Literal["limit", "market", "market_to_limit"]
TimeInForce: TypeAlias = Literal["gtc", "ioc", "fok", "post_only", "post_only_slide"]
SelfTradePrevention: TypeAlias = Literal["newest", "oldest", "both", "decrement", "none"]
Trigger: TypeAlias = Literal["none", "last_trade", "best_opposite", "reference"]
Visibility: TypeAlias = Literal["displayed", "hidden"]
Lifetime: TypeAlias = Literal["until_cancelled", "day", "auction"]
PegReference: TypeAlias = Literal["none", "primary", "market", "midpoint"]
OnFailure: TypeAlias = Literal["stop", "place_anyway"]
SideFilter: TypeAlias = Literal["both", "buy", "sell"]
HaltCause: TypeAlias = Literal[
    "operator",
    "regulator",
    "primary_market",
    "band_breach",
    "stale_reference",
    "asset_frozen",
    "corporate_action",
    "depegged",
]
Phase: TypeAlias = Literal["continuous", "pre_open", "auction", "pause", "uncrossing", "closed", "retired"]
LimitState: TypeAlias = Literal["none", "up", "down"]
StalePolicy: TypeAlias = Literal["keep", "widen", "halt"]
PrimaryStatus: TypeAlias = Literal["open", "closed", "halted"]
PrimaryPolicy: TypeAlias = Literal["none", "fixed_band", "reanchor", "halt"]
FeeChange: TypeAlias = Literal["set", "remove"]
InvestorClass: TypeAlias = Literal["none", "retail", "professional", "institutional", "market_maker"]
Verification: TypeAlias = Literal["not_required", "required"]
JurisdictionRule: TypeAlias = Literal["any", "allowed", "denied"]
FreezeScope: TypeAlias = Literal["account", "asset", "units"]
AssetClass: TypeAlias = Literal["stablecoin", "equity", "gold"]
AssetForm: TypeAlias = Literal["native", "tokenized", "traditional"]
AttestationPolicy: TypeAlias = Literal["none", "minting", "trading"]
BarPolicy: TypeAlias = Literal["none", "pooled", "whole"]
AttestorStatus: TypeAlias = Literal["active", "inactive"]
RefinerStatus: TypeAlias = Literal["listed", "delisted"]
RedemptionRefusal: TypeAlias = Literal["other", "compliance", "undeliverable"]
Liquidity: TypeAlias = Literal["", "maker", "taker", "auction"]
ChangeKind: TypeAlias = Literal["added", "reduced", "executed", "removed", "moved"]
CancelTimer: TypeAlias = Literal["client", "session"]
ActionKind: TypeAlias = Literal[
    "cash_dividend",
    "coupon",
    "stock_dividend",
    "split",
    "reverse_split",
    "spin_off",
    "rights_issue",
    "merger",
    "redemption",
    "delisting",
]
OrderPolicy: TypeAlias = Literal["keep", "cancel"]
ActionStage: TypeAlias = Literal["announced", "halting", "cancelling", "counting", "paying", "rebasing", "lifting"]
ReportKind: TypeAlias = Literal[
    "accepted",
    "rejected",
    "fill",
    "cancelled",
    "amended",
    "duplicate",
    "cancel_all_done",
    "triggered",
    "cancel_pending",
    "quote_rejected",
    "mass_quoted",
    "protection_set",
    "protection_triggered",
    "protection_reset",
    "cancel_after_set",
    "asset_created",
    "instrument_created",
    "account_created",
    "fee_schedule_set",
    "halted",
    "resumed",
    "pulsed",
    "account_set",
    "reference_set",
    "trade_date_rolled",
    "phase_changed",
    "indicated",
    "uncrossed",
    "auction_extended",
    "trading_limits_set",
    "exits_refused",
    "volatility_bands_set",
    "volatility_band_moved",
    "limit_state_changed",
    "reference_policy_set",
    "primary_status_set",
    "static_band_moved",
    "deposited",
    "withdrawal_requested",
    "withdrawal_settled",
    "withdrawal_cancelled",
    "transfer_out",
    "transfer_in",
    "money_repeated",
    "fee_override_set",
    "obligation_set",
    "obligation_scored",
    "key_set",
    "key_revoked",
    "holder_set",
    "eligibility_set",
    "frozen",
    "unfrozen",
    "forced_transfer",
    "beneficial_set",
    "asset_terms_set",
    "attestor_set",
    "attested",
    "attestation_expired",
    "minted",
    "redemption_requested",
    "redemption_settled",
    "redemption_refused",
    "redemption_fee",
    "refiner_set",
    "bar_registered",
    "bar_removed",
    "peg_set",
    "cash_reference_set",
    "peg_changed",
    "action_announced",
    "action_cancelled",
    "action_started",
    "action_funded",
    "entitled",
    "entitlement_paid",
    "action_leg_paid",
    "action_done",
    "action_failed",
    "rebased",
]

# Index = the byte of the engine's records.
SIDES: Final[tuple[Side, ...]] = ("buy", "sell")
ORDER_TYPES: Final[tuple[OrderType, ...]] = ("limit", "market", "market_to_limit")
TIMES_IN_FORCE: Final[tuple[TimeInForce, ...]] = ("gtc", "ioc", "fok", "post_only", "post_only_slide")
STP_MODES: Final[tuple[SelfTradePrevention, ...]] = ("newest", "oldest", "both", "decrement", "none")
TRIGGERS: Final[tuple[Trigger, ...]] = ("none", "last_trade", "best_opposite", "reference")
VISIBILITIES: Final[tuple[Visibility, ...]] = ("displayed", "hidden")
LIFETIMES: Final[tuple[Lifetime, ...]] = ("until_cancelled", "day", "auction")
PEG_REFERENCES: Final[tuple[PegReference, ...]] = ("none", "primary", "market", "midpoint")
ON_FAILURES: Final[tuple[OnFailure, ...]] = ("stop", "place_anyway")
SIDE_FILTERS: Final[tuple[SideFilter, ...]] = ("both", "buy", "sell")
HALT_CAUSES: Final[tuple[HaltCause, ...]] = (
    "operator",
    "regulator",
    "primary_market",
    "band_breach",
    "stale_reference",
    "asset_frozen",
    "corporate_action",
    "depegged",
)
PHASES: Final[tuple[Phase, ...]] = ("continuous", "pre_open", "auction", "pause", "uncrossing", "closed", "retired")
LIMIT_STATES: Final[tuple[LimitState, ...]] = ("none", "up", "down")
STALE_POLICIES: Final[tuple[StalePolicy, ...]] = ("keep", "widen", "halt")
PRIMARY_STATUSES: Final[tuple[PrimaryStatus, ...]] = ("open", "closed", "halted")
PRIMARY_POLICIES: Final[tuple[PrimaryPolicy, ...]] = ("none", "fixed_band", "reanchor", "halt")
FEE_CHANGES: Final[tuple[FeeChange, ...]] = ("set", "remove")
INVESTOR_CLASSES: Final[tuple[InvestorClass, ...]] = ("none", "retail", "professional", "institutional", "market_maker")
VERIFICATIONS: Final[tuple[Verification, ...]] = ("not_required", "required")
JURISDICTION_RULES: Final[tuple[JurisdictionRule, ...]] = ("any", "allowed", "denied")
FREEZE_SCOPES: Final[tuple[FreezeScope, ...]] = ("account", "asset", "units")
ASSET_CLASSES: Final[tuple[AssetClass, ...]] = ("stablecoin", "equity", "gold")
ASSET_FORMS: Final[tuple[AssetForm, ...]] = ("native", "tokenized", "traditional")
ATTESTATION_POLICIES: Final[tuple[AttestationPolicy, ...]] = ("none", "minting", "trading")
BAR_POLICIES: Final[tuple[BarPolicy, ...]] = ("none", "pooled", "whole")
ATTESTOR_STATUSES: Final[tuple[AttestorStatus, ...]] = ("active", "inactive")
REFINER_STATUSES: Final[tuple[RefinerStatus, ...]] = ("listed", "delisted")
REDEMPTION_REFUSALS: Final[tuple[RedemptionRefusal, ...]] = ("other", "compliance", "undeliverable")
CANCEL_TIMERS: Final[tuple[CancelTimer, ...]] = ("client", "session")
ACTION_KINDS: Final[tuple[ActionKind, ...]] = (
    "cash_dividend",
    "coupon",
    "stock_dividend",
    "split",
    "reverse_split",
    "spin_off",
    "rights_issue",
    "merger",
    "redemption",
    "delisting",
)
ORDER_POLICIES: Final[tuple[OrderPolicy, ...]] = ("keep", "cancel")
ACTION_STAGES: Final[tuple[ActionStage, ...]] = (
    "announced",
    "halting",
    "cancelling",
    "counting",
    "paying",
    "rebasing",
    "lifting",
)

# By the enumeration's name.
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "Side": SIDES,
    "OrderType": ORDER_TYPES,
    "TimeInForce": TIMES_IN_FORCE,
    "SelfTradePrevention": STP_MODES,
    "Trigger": TRIGGERS,
    "Visibility": VISIBILITIES,
    "Lifetime": LIFETIMES,
    "PegReference": PEG_REFERENCES,
    "OnFailure": ON_FAILURES,
    "SideFilter": SIDE_FILTERS,
    "HaltCause": HALT_CAUSES,
    "Phase": PHASES,
    "LimitState": LIMIT_STATES,
    "StalePolicy": STALE_POLICIES,
    "PrimaryStatus": PRIMARY_STATUSES,
    "PrimaryPolicy": PRIMARY_POLICIES,
    "FeeChange": FEE_CHANGES,
    "InvestorClass": INVESTOR_CLASSES,
    "Verification": VERIFICATIONS,
    "JurisdictionRule": JURISDICTION_RULES,
    "FreezeScope": FREEZE_SCOPES,
    "AssetClass": ASSET_CLASSES,
    "AssetForm": ASSET_FORMS,
    "AttestationPolicy": ATTESTATION_POLICIES,
    "BarPolicy": BAR_POLICIES,
    "AttestorStatus": ATTESTOR_STATUSES,
    "RefinerStatus": REFINER_STATUSES,
    "RedemptionRefusal": REDEMPTION_REFUSALS,
    "CancelTimer": CANCEL_TIMERS,
    "ActionKind": ACTION_KINDS,
    "OrderPolicy": ORDER_POLICIES,
    "ActionStage": ACTION_STAGES,
}

# Attributes of an open order, and the words that those stand for which are enumerated.
ORDER_ATTRIBUTES: Final[dict[str, tuple[str, ...]]] = {
    "expires_at": (),
    "display_quantity": (),
    "min_quantity": (),
    "trigger_price": (),
    "trail": (),
    "trigger": TRIGGERS,
    "visibility": VISIBILITIES,
    "lifetime": LIFETIMES,
    "peg": PEG_REFERENCES,
    "peg_offset": (),
    "partner": (),
    "take_profit": (),
    "exit_trigger_price": (),
    "exit_price": (),
    "exit_trigger": TRIGGERS,
}

# What `reason` says, by kind of report.
REJECT_REASONS: Final = (
    "malformed",
    "unknown_account",
    "unknown_instrument",
    "unknown_asset",
    "unknown_order",
    "instrument_halted",
    "invalid_combination",
    "invalid_quantity",
    "invalid_price",
    "open_order_limit",
    "engine_full",
    "no_liquidity",
    "overflow",
    "post_only_would_cross",
    "insufficient_funds",
    "fok_unfillable",
    "amend_no_change",
    "amend_below_filled",
    "unknown_withdrawal",
    "invalid_amount",
    "unknown_counterparty",
    "already_exists",
    "id_not_next",
    "registry_full",
    "invalid_parameter",
    "unknown_fee_schedule",
    "withdrawal_limit",
    "client_order_id_reused",
    "below_minimum",
    "invalid_expiry",
    "min_quantity_unfillable",
    "would_trigger",
    "no_trigger_value",
    "instrument_order_limit",
    "wrong_phase",
    "no_reference",
    "order_too_large",
    "price_out_of_band",
    "quote_group_blocked",
    "open_notional_limit",
    "fee_change_limit",
    "reference_reused",
    "unknown_key",
    "key_revoked",
    "not_verified",
    "class_not_eligible",
    "jurisdiction_not_eligible",
    "holding_limit",
    "account_frozen",
    "asset_frozen",
    "no_asset_terms",
    "not_issuer",
    "not_mintable",
    "unknown_attestor",
    "invalid_signature",
    "stale_attestation",
    "reserve_exceeded",
    "unknown_refiner",
    "unknown_bar",
    "bar_assigned",
    "no_bar",
    "no_peg",
    "unknown_action",
    "action_in_progress",
    "action_limit",
    "invalid_action",
    "books_closed",
)
CANCEL_REASONS: Final = (
    "user",
    "cancel_all",
    "ioc_remainder",
    "self_trade_resting",
    "self_trade_incoming",
    "market_remainder",
    "expired",
    "day_ended",
    "below_minimum",
    "replaced",
    "auction_ended",
    "retired",
    "quote_withdrawn",
    "quote_refused",
    "protection",
    "dead_man",
    "disconnected",
    "linked",
    "out_of_band",
    "ineligible",
    "frozen",
    "corporate_action",
)
AMEND_REASONS: Final = ("priority_kept", "priority_lost", "self_trade_decrement")
DUPLICATE_REASONS: Final = ("open", "filled", "cancelled")

# vocabulary: end

# `code` of an error message, beside the reasons in REJECT_REASONS, which answer refused admin commands.
ERROR_CODES: Final = (
    "invalid_message",
    "not_logged_on",
    "already_logged_on",
    "logon_failed",
    "key_expired",
    "address_refused",
    "too_many_sessions",
    "forbidden",
    "rate_limited",
    "too_many_in_flight",
    "unknown_session",
    "invalid_key",
    "last_admin_key",
    "unavailable",
)


def _check_u64(name: str, value: int) -> None:
    if value > U64_MAX:
        raise ValueError(f"Expected `int` <= {U64_MAX} - at `$.{name}`")


class Request(Struct, tag_field="op", forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What a client sends. `ref` is the client's own number; everything that answers the request carries it."""

    ref: U64 = 0

    def __post_init__(self) -> None:
        _check_u64("ref", self.ref)


class Reply(Struct, tag_field="op", forbid_unknown_fields=True, omit_defaults=True):
    """What the server sends."""


class Record(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """An untagged part of a message."""


# Session


class Logon(Request, tag="logon", kw_only=True):
    """Answers the challenge and opens the session; the first message. The signature covers `auth.canonical_logon`.

    `grace_ms`: how long orders outlive the last session of the account that asked for `cancel_on_disconnect`.
    """

    key: KeyName
    signature: Signature
    cancel_on_disconnect: bool = False
    grace_ms: U32 = 0


class Ping(Request, tag="ping", kw_only=True):
    """Answered by `pong`, in order with everything else."""


class Subscribe(Request, tag="subscribe", kw_only=True):
    """Starts a channel. `instrument` is needed for all but `balances`. `more` asks for the next part of `level3`."""

    channel: Channel
    instrument: Symbol = ""
    more: bool = False


class Unsubscribe(Request, tag="unsubscribe", kw_only=True):
    """Ends a channel."""

    channel: Channel
    instrument: Symbol = ""


class Replay(Request, tag="replay", kw_only=True):
    """Asks for the reports from `from_account_seq` on."""

    from_account_seq: U64

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("from_account_seq", self.from_account_seq)


class GetInstruments(Request, tag="get_instruments", kw_only=True):
    """Answered by `instruments`."""


class GetBalances(Request, tag="get_balances", kw_only=True):
    """Answered by `balances`: what is not 0, in the order of the listing."""


class GetOrders(Request, tag="get_orders", kw_only=True):
    """The account's open orders with ids beyond `after`, the lowest `limit` of them: answered by one `orders`."""

    after: U64 = 0
    limit: Annotated[int, Meta(ge=1, le=ORDERS_PAGE)] = ORDERS_PAGE

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("after", self.after)


# Trading


# vocabulary: orders
class Place(Request, tag="place", kw_only=True):
    """A new order."""

    instrument: Symbol
    side: Side
    type: OrderType = "limit"
    time_in_force: TimeInForce = "gtc"
    stp: SelfTradePrevention = "newest"
    price: I64 = 0
    quantity: I64 = 0
    notional: I64 = 0
    client_order_id: ClientOrderId = ""
    expires_at: U64 = 0
    display_quantity: I64 = 0
    min_quantity: I64 = 0
    trigger_price: U32 = 0
    trail: U32 = 0
    trigger: Trigger = "none"
    visibility: Visibility = "displayed"
    lifetime: Lifetime = "until_cancelled"
    peg: PegReference = "none"
    peg_offset: Annotated[int, Meta(ge=0, le=255)] = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.quantity and self.notional:
            raise ValueError("`quantity` and `notional` exclude each other")
        _check_u64("expires_at", self.expires_at)


class Cancel(Request, tag="cancel", kw_only=True):
    """Takes one open order off the book."""

    order_id: U64 = 0
    client_order_id: ClientOrderId = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("order_id", self.order_id)


class Amend(Request, tag="amend", kw_only=True):
    """Gives one open order a new price, a new total quantity, and what else of it can be changed."""

    order_id: U64 = 0
    price: I64
    quantity: I64
    client_order_id: ClientOrderId = ""
    display_quantity: I64 = 0
    min_quantity: I64 = 0
    expires_at: U64 = 0
    trigger_price: U32 = 0
    trail: U32 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("order_id", self.order_id)
        _check_u64("expires_at", self.expires_at)


class CancelAll(Request, tag="cancel_all", kw_only=True):
    """Cancels the account's open orders."""

    instrument: Symbol = ""
    sides: SideFilter = "both"
    quote_group: U32 = 0


class CancelReplace(Request, tag="cancel_replace", kw_only=True):
    """Takes an open order out and places another, or does nothing."""

    instrument: Symbol
    side: Side
    type: OrderType = "limit"
    time_in_force: TimeInForce = "gtc"
    stp: SelfTradePrevention = "newest"
    price: I64 = 0
    quantity: I64 = 0
    notional: I64 = 0
    client_order_id: ClientOrderId = ""
    on_failure: OnFailure = "stop"
    order_id: U64
    expires_at: U64 = 0
    display_quantity: I64 = 0
    min_quantity: I64 = 0
    trigger_price: U32 = 0
    trail: U32 = 0
    trigger: Trigger = "none"
    visibility: Visibility = "displayed"
    lifetime: Lifetime = "until_cancelled"
    peg: PegReference = "none"
    peg_offset: Annotated[int, Meta(ge=0, le=255)] = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.quantity and self.notional:
            raise ValueError("`quantity` and `notional` exclude each other")
        _check_u64("order_id", self.order_id)
        _check_u64("expires_at", self.expires_at)


class QuoteEntry(Record, kw_only=True):
    """What one instrument's quote shall be."""

    instrument: Symbol
    bid_price: U32 = 0
    ask_price: U32 = 0
    bid_quantity: I64 = 0
    ask_quantity: I64 = 0


class MassQuote(Request, tag="mass_quote", kw_only=True):
    """Says what the quotes of a group shall be, on many instruments at once."""

    quote_group: U32
    time_in_force: TimeInForce = "gtc"
    stp: SelfTradePrevention = "newest"
    quotes: Annotated[list[QuoteEntry], Meta(min_length=1, max_length=32)]


HotRequest: TypeAlias = Place | Cancel | Amend | CancelAll | CancelReplace | MassQuote
"""What the core reads itself."""


# vocabulary: end
# Everything else that is a command: withdrawals of one's own, and administration (scope admin)


# vocabulary: commands
class SetMarketMakerProtection(Request, tag="set_market_maker_protection", kw_only=True):
    """Limits what a group may trade in a while; all 0: no longer."""

    quote_group: U32
    window_ns: U64 = 0
    max_quantity: I64 = 0
    max_notional: I64 = 0
    max_fills: U32 = 0
    max_delta: I64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("window_ns", self.window_ns)


class ResetMarketMakerProtection(Request, tag="reset_market_maker_protection", kw_only=True):
    """Lets a group that its protection has blocked quote again."""

    quote_group: U32


class CancelAfter(Request, tag="cancel_after", kw_only=True):
    """Sets a timer that cancels all open orders of the account when it runs out."""

    timeout_ns: U64
    timer: CancelTimer = "client"

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("timeout_ns", self.timeout_ns)


class PlaceOco(Request, tag="place_oco", kw_only=True):
    """A limit order and a stop of one side and quantity, of which one cancels the other."""

    instrument: Symbol
    side: Side
    price: I64
    quantity: I64
    trigger: Trigger
    trigger_price: U32
    stop_price: I64 = 0
    stp: SelfTradePrevention = "newest"
    client_order_id: ClientOrderId = ""
    expires_at: U64 = 0
    lifetime: Lifetime = "until_cancelled"

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("expires_at", self.expires_at)


class PlaceBracket(Request, tag="place_bracket", kw_only=True):
    """An order that two others follow, to close what it has traded at a profit or at a stop."""

    instrument: Symbol
    side: Side
    price: I64
    quantity: I64
    take_profit: I64
    trigger: Trigger
    trigger_price: U32
    stop_price: I64 = 0
    order_type: OrderType = "limit"
    time_in_force: TimeInForce = "gtc"
    stp: SelfTradePrevention = "newest"
    client_order_id: ClientOrderId = ""
    expires_at: U64 = 0
    lifetime: Lifetime = "until_cancelled"

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("expires_at", self.expires_at)


class AdminCreateAsset(Request, tag="admin_create_asset", kw_only=True):
    """Lists an asset under the next id."""

    symbol: Symbol
    asset_class: AssetClass
    decimals: Annotated[int, Meta(ge=0, le=255)]
    min_withdrawal: I64 = 1


class AdminCreateInstrument(Request, tag="admin_create_instrument", kw_only=True):
    """Lists an instrument under the next id."""

    symbol: Symbol
    base: Symbol
    quote: Symbol
    lot_size: I64
    tick_lot_value: I64
    max_price: I64
    collar_bps: U32 = 500
    phase: Phase = "continuous"


class AdminCreateAccount(Request, tag="admin_create_account", kw_only=True):
    """Opens an account under the next id."""

    account: U32
    fee_schedule: U32 = 0


class AdminSetFees(Request, tag="admin_set_fees", kw_only=True):
    """Replaces a fee schedule, or appends one under the next id."""

    fee_schedule: U32
    maker_rate: I32
    taker_rate: U32
    effective_at: U64 = 0
    notional_1: I64 = 0
    maker_rate_1: I32 = 0
    taker_rate_1: U32 = 0
    notional_2: I64 = 0
    maker_rate_2: I32 = 0
    taker_rate_2: U32 = 0
    notional_3: I64 = 0
    maker_rate_3: I32 = 0
    taker_rate_3: U32 = 0
    notional_4: I64 = 0
    maker_rate_4: I32 = 0
    taker_rate_4: U32 = 0
    notional_5: I64 = 0
    maker_rate_5: I32 = 0
    taker_rate_5: U32 = 0
    notional_6: I64 = 0
    maker_rate_6: I32 = 0
    taker_rate_6: U32 = 0
    notional_7: I64 = 0
    maker_rate_7: I32 = 0
    taker_rate_7: U32 = 0
    notional_8: I64 = 0
    maker_rate_8: I32 = 0
    taker_rate_8: U32 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("effective_at", self.effective_at)


class AdminHalt(Request, tag="admin_halt", kw_only=True):
    """Stops an instrument's trading, for a cause; cancels still work."""

    instrument: Symbol
    cause: HaltCause = "operator"


class AdminResume(Request, tag="admin_resume", kw_only=True):
    """Lifts a cause; an instrument's trading goes on when it was the last."""

    instrument: Symbol
    cause: HaltCause = "operator"


class AdminSetAccount(Request, tag="admin_set_account", kw_only=True):
    """Gives an account another fee schedule, other limits, another group."""

    account: U32
    fee_schedule: U32 = 0
    max_open_orders: U32 = 4096
    client_id_window: U32 = 128
    group: U32 = 0
    max_open_notional: I64 = 0


class AdminSetReference(Request, tag="admin_set_reference", kw_only=True):
    """Says what an instrument is worth elsewhere."""

    instrument: Symbol
    price: I64
    source: U32 = 0
    observed_at: U64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("observed_at", self.observed_at)


class AdminRollTradeDate(Request, tag="admin_roll_trade_date", kw_only=True):
    """Begins a trade date; trading goes on, and the day orders of earlier dates end."""

    trade_date: U32


class AdminSetPhase(Request, tag="admin_set_phase", kw_only=True):
    """Opens, closes or retires an instrument, begins an auction, or ends its call."""

    instrument: Symbol
    phase: Phase
    next: Phase = "continuous"
    ends_at: U64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("ends_at", self.ends_at)


class AdminSetTradingLimits(Request, tag="admin_set_trading_limits", kw_only=True):
    """Bounds an instrument's prices and the size of its orders."""

    instrument: Symbol
    static_bps: U32 = 0
    dynamic_bps: U32 = 0
    auction_bps: U32 = 0
    call_ns: U64 = 0
    max_quantity: I64 = 0
    max_notional: I64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("call_ns", self.call_ns)


class AdminSetVolatilityBands(Request, tag="admin_set_volatility_bands", kw_only=True):
    """Bounds an instrument's prices by its own trades of the last minutes."""

    instrument: Symbol
    bps: U32 = 0
    ticks: U32 = 0
    multiplier: U32 = 0
    limit_state_ns: U64 = 0
    pause_ns: U64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("limit_state_ns", self.limit_state_ns)
        _check_u64("pause_ns", self.pause_ns)


class AdminSetReferencePolicy(Request, tag="admin_set_reference_policy", kw_only=True):
    """Says what an old reference price leads to, and a closed primary market."""

    instrument: Symbol
    stale: StalePolicy = "keep"
    primary: PrimaryPolicy = "none"
    widen: U32 = 0
    max_age_ns: U64 = 0
    closed_bps: U32 = 0
    step_bps: U32 = 0
    step_ns: U64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("max_age_ns", self.max_age_ns)
        _check_u64("step_ns", self.step_ns)


class AdminSetPrimaryStatus(Request, tag="admin_set_primary_status", kw_only=True):
    """Says whether an instrument's primary market trades."""

    instrument: Symbol
    status: PrimaryStatus
    close: I64 = 0


class AdminDeposit(Request, tag="admin_deposit", kw_only=True):
    """Credits an account: what the venue has received."""

    account: U32
    asset: Symbol
    amount: I64
    reference: Reference = ""


class Withdraw(Request, tag="withdraw", kw_only=True):
    """Holds an amount until the venue settles or cancels its withdrawal."""

    asset: Symbol
    amount: I64
    reference: Reference = ""


class AdminSettleWithdrawal(Request, tag="admin_settle_withdrawal", kw_only=True):
    """The money has left."""

    account: U32
    withdrawal_id: U64
    reference: Reference = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("withdrawal_id", self.withdrawal_id)


class AdminCancelWithdrawal(Request, tag="admin_cancel_withdrawal", kw_only=True):
    """Gives a withdrawal's money back to the account."""

    account: U32
    withdrawal_id: U64
    reference: Reference = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("withdrawal_id", self.withdrawal_id)


class AdminTransfer(Request, tag="admin_transfer", kw_only=True):
    """Moves money between two accounts."""

    account: U32
    to_account: U32
    asset: Symbol
    amount: I64
    reference: Reference = ""


class AdminSetFeeOverride(Request, tag="admin_set_fee_override", kw_only=True):
    """Gives a fee schedule other rates and tiers for one instrument, or takes them away."""

    fee_schedule: U32
    instrument: Symbol
    maker_rate: I32 = 0
    taker_rate: U32 = 0
    change: FeeChange = "set"
    effective_at: U64 = 0
    notional_1: I64 = 0
    maker_rate_1: I32 = 0
    taker_rate_1: U32 = 0
    notional_2: I64 = 0
    maker_rate_2: I32 = 0
    taker_rate_2: U32 = 0
    notional_3: I64 = 0
    maker_rate_3: I32 = 0
    taker_rate_3: U32 = 0
    notional_4: I64 = 0
    maker_rate_4: I32 = 0
    taker_rate_4: U32 = 0
    notional_5: I64 = 0
    maker_rate_5: I32 = 0
    taker_rate_5: U32 = 0
    notional_6: I64 = 0
    maker_rate_6: I32 = 0
    taker_rate_6: U32 = 0
    notional_7: I64 = 0
    maker_rate_7: I32 = 0
    taker_rate_7: U32 = 0
    notional_8: I64 = 0
    maker_rate_8: I32 = 0
    taker_rate_8: U32 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("effective_at", self.effective_at)


class AdminSetObligation(Request, tag="admin_set_obligation", kw_only=True):
    """Says what a market maker owes on an instrument and gets for it; all 0: nothing."""

    account: U32
    instrument: Symbol
    max_spread: U32 = 0
    min_quantity: I64 = 0
    required_bps: U32 = 0
    maker_rate: I32 = 0


class AdminSetHolder(Request, tag="admin_set_holder", kw_only=True):
    """Says who holds an account: what eligibility asks for."""

    account: U32
    investor_class: InvestorClass = "none"
    jurisdiction: Jurisdiction = ""
    verified_until: U64 = 0
    firm: U32 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("verified_until", self.verified_until)


class AdminSetEligibility(Request, tag="admin_set_eligibility", kw_only=True):
    """Says who may receive an asset, or trade an instrument; nothing said: everybody."""

    asset: Symbol = ""
    instrument: Symbol = ""
    classes: U32 = 0
    verification: Verification = "not_required"
    jurisdiction_rule: JurisdictionRule = "any"
    jurisdictions: Annotated[tuple[Jurisdiction, ...], Meta(max_length=64)] = ()
    max_holding: I64 = 0
    locked_until: U64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("locked_until", self.locked_until)


class AdminFreeze(Request, tag="admin_freeze", kw_only=True):
    """Freezes an account, an asset, or units of an asset in an account."""

    account: U32 = 0
    scope: FreezeScope = "account"
    asset: Symbol = ""
    amount: I64 = 0
    until: U64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("until", self.until)


class AdminUnfreeze(Request, tag="admin_unfreeze", kw_only=True):
    """Lifts a freeze."""

    account: U32 = 0
    scope: FreezeScope = "account"
    asset: Symbol = ""
    until: U64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("until", self.until)


class AdminForceTransfer(Request, tag="admin_force_transfer", kw_only=True):
    """Moves units between two accounts by authority, frozen ones first."""

    account: U32
    to_account: U32
    asset: Symbol
    amount: I64
    reason: U32 = 0
    reference: Reference = ""


class AdminSetBeneficial(Request, tag="admin_set_beneficial", kw_only=True):
    """Moves units of an account onto its register of beneficial holders, on it, and off."""

    account: U32
    asset: Symbol
    quantity: I64
    from_holder: U64 = 0
    to_holder: U64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("from_holder", self.from_holder)
        _check_u64("to_holder", self.to_holder)


class AdminSetAssetTerms(Request, tag="admin_set_asset_terms", kw_only=True):
    """Says what stands behind an asset, who issues it and how it is redeemed."""

    asset: Symbol
    issuer: U32
    form: AssetForm = "native"
    attestation: AttestationPolicy = "none"
    bars: BarPolicy = "none"
    isin: Text = ""
    currency: Text = ""
    vault: Text = ""
    backing: I64 = 0
    min_redemption: I64 = 1
    redemption_unit: I64 = 1
    redemption_fee: I64 = 0
    redemption_fee_rate: U32 = 0


class AdminSetAttestor(Request, tag="admin_set_attestor", kw_only=True):
    """Lists who attests reserves under the next number, or gives one another key or status."""

    attestor: U32
    public_key: PublicKey
    status: AttestorStatus = "active"


class AdminAttest(Request, tag="admin_attest", kw_only=True):
    """Brings what an attestor says of an asset's reserve, under its signature."""

    asset: Symbol
    attestor: U32
    reserve: I64
    as_of: U64
    valid_until: U64
    signature: AttestorSignature

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("as_of", self.as_of)
        _check_u64("valid_until", self.valid_until)


class AdminMint(Request, tag="admin_mint", kw_only=True):
    """Issues an asset to its issuer's account, as far as what stands behind it reaches."""

    account: U32
    asset: Symbol
    amount: I64
    reference: Reference = ""


class Redeem(Request, tag="redeem", kw_only=True):
    """Holds an amount until its redemption is settled or refused."""

    asset: Symbol
    amount: I64
    reference: Reference = ""


class AdminSettleRedemption(Request, tag="admin_settle_redemption", kw_only=True):
    """What a redemption is for has been delivered: its units are burned."""

    account: U32
    withdrawal_id: U64
    reference: Reference = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("withdrawal_id", self.withdrawal_id)


class AdminRefuseRedemption(Request, tag="admin_refuse_redemption", kw_only=True):
    """Gives a redemption's units back to the holder."""

    account: U32
    withdrawal_id: U64
    refusal: RedemptionRefusal = "other"
    reference: Reference = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("withdrawal_id", self.withdrawal_id)


class AdminSetRefiner(Request, tag="admin_set_refiner", kw_only=True):
    """Lists who makes bars under the next number, or gives one another code or status."""

    refiner: U32
    code: Text
    status: RefinerStatus = "listed"


class AdminRegisterBar(Request, tag="admin_register_bar", kw_only=True):
    """A bar is in the vault, and stands behind an asset from now on."""

    asset: Symbol
    refiner: U32
    serial: Text
    gross_weight: I64
    fine_weight: I64
    vault: Text = ""


class AdminRemoveBar(Request, tag="admin_remove_bar", kw_only=True):
    """A bar leaves the vault; what is left must cover what was issued."""

    bar: U64

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("bar", self.bar)


class AdminSetPeg(Request, tag="admin_set_peg", kw_only=True):
    """Says how far a cash asset may be from par before its instruments halt; 0: however far."""

    asset: Symbol
    band_bps: U32 = 0
    haircut_bps: U32 = 0
    source: U32 = 0


class AdminSetCashReference(Request, tag="admin_set_cash_reference", kw_only=True):
    """Says what a cash asset is worth elsewhere."""

    asset: Symbol
    value: I64
    source: U32 = 0
    observed_at: U64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("observed_at", self.observed_at)


class AdminAnnounceAction(Request, tag="admin_announce_action", kw_only=True):
    """Announces a corporate action under the next id, or in the place of an announced one."""

    action: U32
    asset: Symbol
    action_kind: ActionKind
    record_at: U64
    payer: U32 = 0
    order_policy: OrderPolicy = "keep"
    books_close_at: U64 = 0
    lieu_asset: Symbol = ""
    asset_1: Symbol = ""
    numerator_1: I64 = 0
    denominator_1: I64 = 0
    lieu_price_1: I64 = 0
    asset_2: Symbol = ""
    numerator_2: I64 = 0
    denominator_2: I64 = 0
    lieu_price_2: I64 = 0
    asset_3: Symbol = ""
    numerator_3: I64 = 0
    denominator_3: I64 = 0
    lieu_price_3: I64 = 0
    asset_4: Symbol = ""
    numerator_4: I64 = 0
    denominator_4: I64 = 0
    lieu_price_4: I64 = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("record_at", self.record_at)
        _check_u64("books_close_at", self.books_close_at)


class AdminCancelAction(Request, tag="admin_cancel_action", kw_only=True):
    """Withdraws the announcement of a corporate action that has not begun."""

    action: U32


OwnCommand: TypeAlias = (
    SetMarketMakerProtection | ResetMarketMakerProtection | CancelAfter | PlaceOco | PlaceBracket | Withdraw | Redeem
)
"""What a trader asks for its own account, beside orders."""

AdminCommand: TypeAlias = (
    AdminCreateAsset
    | AdminCreateInstrument
    | AdminCreateAccount
    | AdminSetFees
    | AdminHalt
    | AdminResume
    | AdminSetAccount
    | AdminSetReference
    | AdminRollTradeDate
    | AdminSetPhase
    | AdminSetTradingLimits
    | AdminSetVolatilityBands
    | AdminSetReferencePolicy
    | AdminSetPrimaryStatus
    | AdminDeposit
    | AdminSettleWithdrawal
    | AdminCancelWithdrawal
    | AdminTransfer
    | AdminSetFeeOverride
    | AdminSetObligation
    | AdminSetHolder
    | AdminSetEligibility
    | AdminFreeze
    | AdminUnfreeze
    | AdminForceTransfer
    | AdminSetBeneficial
    | AdminSetAssetTerms
    | AdminSetAttestor
    | AdminAttest
    | AdminMint
    | AdminSettleRedemption
    | AdminRefuseRedemption
    | AdminSetRefiner
    | AdminRegisterBar
    | AdminRemoveBar
    | AdminSetPeg
    | AdminSetCashReference
    | AdminAnnounceAction
    | AdminCancelAction
)

COMMANDS: Final[dict[type[Request], tuple[Callable[..., bytes], dict[str, str]]]] = {
    SetMarketMakerProtection: (
        commands.pack_set_market_maker_protection,
        {
            "account": "own",
            "quote_group": "",
            "window_ns": "",
            "max_quantity": "",
            "max_notional": "",
            "max_fills": "",
            "max_delta": "",
        },
    ),
    ResetMarketMakerProtection: (commands.pack_reset_market_maker_protection, {"account": "own", "quote_group": ""}),
    CancelAfter: (commands.pack_cancel_after, {"account": "own", "timeout_ns": "", "timer": "CancelTimer"}),
    PlaceOco: (
        commands.pack_place_oco,
        {
            "account": "own",
            "instrument": "Instrument",
            "side": "Side",
            "price": "",
            "quantity": "",
            "trigger": "Trigger",
            "trigger_price": "",
            "stop_price": "",
            "stp": "SelfTradePrevention",
            "client_order_id": "",
            "expires_at": "",
            "lifetime": "Lifetime",
        },
    ),
    PlaceBracket: (
        commands.pack_place_bracket,
        {
            "account": "own",
            "instrument": "Instrument",
            "side": "Side",
            "price": "",
            "quantity": "",
            "take_profit": "",
            "trigger": "Trigger",
            "trigger_price": "",
            "stop_price": "",
            "order_type": "OrderType",
            "time_in_force": "TimeInForce",
            "stp": "SelfTradePrevention",
            "client_order_id": "",
            "expires_at": "",
            "lifetime": "Lifetime",
        },
    ),
    AdminCreateAsset: (
        commands.pack_create_asset,
        {"asset": "NewAsset", "symbol": "", "asset_class": "AssetClass", "decimals": "", "min_withdrawal": ""},
    ),
    AdminCreateInstrument: (
        commands.pack_create_instrument,
        {
            "instrument": "NewInstrument",
            "symbol": "",
            "base": "Asset",
            "quote": "Asset",
            "lot_size": "",
            "tick_lot_value": "",
            "max_price": "",
            "collar_bps": "",
            "phase": "Phase",
        },
    ),
    AdminCreateAccount: (commands.pack_create_account, {"account": "", "fee_schedule": ""}),
    AdminSetFees: (
        commands.pack_set_fee_schedule,
        {
            "fee_schedule": "",
            "maker_rate": "",
            "taker_rate": "",
            "effective_at": "",
            "notional_1": "",
            "maker_rate_1": "",
            "taker_rate_1": "",
            "notional_2": "",
            "maker_rate_2": "",
            "taker_rate_2": "",
            "notional_3": "",
            "maker_rate_3": "",
            "taker_rate_3": "",
            "notional_4": "",
            "maker_rate_4": "",
            "taker_rate_4": "",
            "notional_5": "",
            "maker_rate_5": "",
            "taker_rate_5": "",
            "notional_6": "",
            "maker_rate_6": "",
            "taker_rate_6": "",
            "notional_7": "",
            "maker_rate_7": "",
            "taker_rate_7": "",
            "notional_8": "",
            "maker_rate_8": "",
            "taker_rate_8": "",
        },
    ),
    AdminHalt: (commands.pack_halt, {"instrument": "Instrument", "cause": "HaltCause"}),
    AdminResume: (commands.pack_resume, {"instrument": "Instrument", "cause": "HaltCause"}),
    AdminSetAccount: (
        commands.pack_set_account,
        {
            "account": "",
            "fee_schedule": "",
            "max_open_orders": "",
            "client_id_window": "",
            "group": "",
            "max_open_notional": "",
        },
    ),
    AdminSetReference: (
        commands.pack_set_reference,
        {"instrument": "Instrument", "price": "", "source": "", "observed_at": ""},
    ),
    AdminRollTradeDate: (commands.pack_roll_trade_date, {"trade_date": ""}),
    AdminSetPhase: (
        commands.pack_set_phase,
        {"instrument": "Instrument", "phase": "Phase", "next": "Phase", "ends_at": ""},
    ),
    AdminSetTradingLimits: (
        commands.pack_set_trading_limits,
        {
            "instrument": "Instrument",
            "static_bps": "",
            "dynamic_bps": "",
            "auction_bps": "",
            "call_ns": "",
            "max_quantity": "",
            "max_notional": "",
        },
    ),
    AdminSetVolatilityBands: (
        commands.pack_set_volatility_bands,
        {"instrument": "Instrument", "bps": "", "ticks": "", "multiplier": "", "limit_state_ns": "", "pause_ns": ""},
    ),
    AdminSetReferencePolicy: (
        commands.pack_set_reference_policy,
        {
            "instrument": "Instrument",
            "stale": "StalePolicy",
            "primary": "PrimaryPolicy",
            "widen": "",
            "max_age_ns": "",
            "closed_bps": "",
            "step_bps": "",
            "step_ns": "",
        },
    ),
    AdminSetPrimaryStatus: (
        commands.pack_set_primary_status,
        {"instrument": "Instrument", "status": "PrimaryStatus", "close": ""},
    ),
    AdminDeposit: (commands.pack_deposit, {"account": "", "asset": "Asset", "amount": "", "reference": ""}),
    Withdraw: (commands.pack_request_withdrawal, {"account": "own", "asset": "Asset", "amount": "", "reference": ""}),
    AdminSettleWithdrawal: (commands.pack_settle_withdrawal, {"account": "", "withdrawal_id": "", "reference": ""}),
    AdminCancelWithdrawal: (commands.pack_cancel_withdrawal, {"account": "", "withdrawal_id": "", "reference": ""}),
    AdminTransfer: (
        commands.pack_transfer,
        {"account": "", "to_account": "", "asset": "Asset", "amount": "", "reference": ""},
    ),
    AdminSetFeeOverride: (
        commands.pack_set_fee_override,
        {
            "fee_schedule": "",
            "instrument": "Instrument",
            "maker_rate": "",
            "taker_rate": "",
            "change": "FeeChange",
            "effective_at": "",
            "notional_1": "",
            "maker_rate_1": "",
            "taker_rate_1": "",
            "notional_2": "",
            "maker_rate_2": "",
            "taker_rate_2": "",
            "notional_3": "",
            "maker_rate_3": "",
            "taker_rate_3": "",
            "notional_4": "",
            "maker_rate_4": "",
            "taker_rate_4": "",
            "notional_5": "",
            "maker_rate_5": "",
            "taker_rate_5": "",
            "notional_6": "",
            "maker_rate_6": "",
            "taker_rate_6": "",
            "notional_7": "",
            "maker_rate_7": "",
            "taker_rate_7": "",
            "notional_8": "",
            "maker_rate_8": "",
            "taker_rate_8": "",
        },
    ),
    AdminSetObligation: (
        commands.pack_set_obligation,
        {
            "account": "",
            "instrument": "Instrument",
            "max_spread": "",
            "min_quantity": "",
            "required_bps": "",
            "maker_rate": "",
        },
    ),
    AdminSetHolder: (
        commands.pack_set_holder,
        {
            "account": "",
            "investor_class": "InvestorClass",
            "jurisdiction": "Jurisdiction",
            "verified_until": "",
            "firm": "",
        },
    ),
    AdminSetEligibility: (
        commands.pack_set_eligibility,
        {
            "asset": "AnyAsset",
            "instrument": "AnyInstrument",
            "classes": "",
            "verification": "Verification",
            "jurisdiction_rule": "JurisdictionRule",
            "jurisdictions": "Jurisdictions",
            "max_holding": "",
            "locked_until": "",
        },
    ),
    AdminFreeze: (
        commands.pack_freeze,
        {"account": "", "scope": "FreezeScope", "asset": "AnyAsset", "amount": "", "until": ""},
    ),
    AdminUnfreeze: (commands.pack_unfreeze, {"account": "", "scope": "FreezeScope", "asset": "AnyAsset", "until": ""}),
    AdminForceTransfer: (
        commands.pack_force_transfer,
        {"account": "", "to_account": "", "asset": "Asset", "amount": "", "reason": "", "reference": ""},
    ),
    AdminSetBeneficial: (
        commands.pack_set_beneficial,
        {"account": "", "asset": "Asset", "quantity": "", "from_holder": "", "to_holder": ""},
    ),
    AdminSetAssetTerms: (
        commands.pack_set_asset_terms,
        {
            "asset": "Asset",
            "issuer": "",
            "form": "AssetForm",
            "attestation": "AttestationPolicy",
            "bars": "BarPolicy",
            "isin": "",
            "currency": "",
            "vault": "",
            "backing": "",
            "min_redemption": "",
            "redemption_unit": "",
            "redemption_fee": "",
            "redemption_fee_rate": "",
        },
    ),
    AdminSetAttestor: (
        commands.pack_set_attestor,
        {"attestor": "", "public_key": "Octets", "status": "AttestorStatus"},
    ),
    AdminAttest: (
        commands.pack_attest,
        {"asset": "Asset", "attestor": "", "reserve": "", "as_of": "", "valid_until": "", "signature": "Octets"},
    ),
    AdminMint: (commands.pack_mint, {"account": "", "asset": "Asset", "amount": "", "reference": ""}),
    Redeem: (commands.pack_request_redemption, {"account": "own", "asset": "Asset", "amount": "", "reference": ""}),
    AdminSettleRedemption: (commands.pack_settle_redemption, {"account": "", "withdrawal_id": "", "reference": ""}),
    AdminRefuseRedemption: (
        commands.pack_refuse_redemption,
        {"account": "", "withdrawal_id": "", "refusal": "RedemptionRefusal", "reference": ""},
    ),
    AdminSetRefiner: (commands.pack_set_refiner, {"refiner": "", "code": "", "status": "RefinerStatus"}),
    AdminRegisterBar: (
        commands.pack_register_bar,
        {"asset": "Asset", "refiner": "", "serial": "", "gross_weight": "", "fine_weight": "", "vault": ""},
    ),
    AdminRemoveBar: (commands.pack_remove_bar, {"bar": ""}),
    AdminSetPeg: (commands.pack_set_peg, {"asset": "Asset", "band_bps": "", "haircut_bps": "", "source": ""}),
    AdminSetCashReference: (
        commands.pack_set_cash_reference,
        {"asset": "Asset", "value": "", "source": "", "observed_at": ""},
    ),
    AdminAnnounceAction: (
        commands.pack_announce_action,
        {
            "action": "",
            "asset": "Asset",
            "action_kind": "ActionKind",
            "record_at": "",
            "payer": "",
            "order_policy": "OrderPolicy",
            "books_close_at": "",
            "lieu_asset": "AssetOrNone",
            "asset_1": "AssetOrNone",
            "numerator_1": "",
            "denominator_1": "",
            "lieu_price_1": "",
            "asset_2": "AssetOrNone",
            "numerator_2": "",
            "denominator_2": "",
            "lieu_price_2": "",
            "asset_3": "AssetOrNone",
            "numerator_3": "",
            "denominator_3": "",
            "lieu_price_3": "",
            "asset_4": "AssetOrNone",
            "numerator_4": "",
            "denominator_4": "",
            "lieu_price_4": "",
        },
    ),
    AdminCancelAction: (commands.pack_cancel_action, {"action": ""}),
}
"""What makes the command of a request, and what its arguments are: the request's own fields as they are (""), a symbol
or a word that stands for a number, the next id of its kind, or the session's "own" account."""


# vocabulary: end
class AdminSnapshot(Request, tag="admin_snapshot", kw_only=True):
    """Writes a snapshot of the state."""


class AdminStatus(Request, tag="admin_status", kw_only=True):
    """Answered by `status`."""


class AdminWatch(Request, tag="admin_watch", kw_only=True):
    """Begins, or ends, an `audit` message for each entry of the audit trail from now on. Answered by `ok`."""

    watch: bool = True


class AdminGetAudit(Request, tag="admin_get_audit", kw_only=True):
    """Answered by `audit_entries`: those beyond `after`, in their order."""

    after: U64 = 0
    limit: Annotated[int, Meta(ge=1, le=AUDIT_PAGE)] = AUDIT_PAGE

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("after", self.after)


class AdminPage(Request, kw_only=True):
    """Asks for a part of a list: at most `limit` entries from `first` on. The answer's `next` is where to go on."""

    first: U64 = 0
    limit: Annotated[int, Meta(ge=1, le=ADMIN_PAGE)] = ADMIN_PAGE

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("first", self.first)


class AdminGetAccounts(AdminPage, tag="admin_get_accounts", kw_only=True):
    """The accounts by id: answered by one `accounts`."""


class AdminGetOrders(AdminPage, tag="admin_get_orders", kw_only=True):
    """The open orders of any account by id: answered by one `orders`."""

    account: U32


class AdminGetBalances(AdminPage, tag="admin_get_balances", kw_only=True):
    """The balances of any account that are not 0, in the order of `instruments`: answered by one `balances`."""

    account: U32


class AdminGetWithdrawals(AdminPage, tag="admin_get_withdrawals", kw_only=True):
    """The pending withdrawals by id, of all accounts or of one: answered by one `withdrawals`."""

    account: U32 | None = None


class AdminGetHolders(AdminPage, tag="admin_get_holders", kw_only=True):
    """Who holds accounts, by account: answered by one `holders`."""


class AdminGetEligibility(AdminPage, tag="admin_get_eligibility", kw_only=True):
    """Who may receive assets and trade instruments: answered by one `eligibility`."""


class AdminGetFreezes(AdminPage, tag="admin_get_freezes", kw_only=True):
    """Frozen assets, then freezes of units: answered by one `freezes`."""


class AdminGetBeneficial(AdminPage, tag="admin_get_beneficial", kw_only=True):
    """Whose units of an account are, by asset, then holder: answered by one `beneficial`."""

    account: U32


class AdminGetBacking(AdminPage, tag="admin_get_backing", kw_only=True):
    """What stands behind the assets with terms, in the order of `instruments`: answered by one `backing`."""


class AdminGetRedemptions(AdminPage, tag="admin_get_redemptions", kw_only=True):
    """The redemptions that wait by id, of all accounts or of one: answered by one `redemptions`."""

    account: U32 | None = None


class AdminGetBars(AdminPage, tag="admin_get_bars", kw_only=True):
    """The bars by number: answered by one `bars`."""


class AdminGetFees(AdminPage, tag="admin_get_fees", kw_only=True):
    """The fee schedules by id, then overrides, then changes that wait: answered by one `fees`."""


class AdminGetActions(AdminPage, tag="admin_get_actions", kw_only=True):
    """The corporate actions that are announced or run, by id: answered by one `actions`."""


class AdminGetSessions(AdminPage, tag="admin_get_sessions", kw_only=True):
    """The sessions that are logged on, by id: answered by one `sessions`."""


class AdminSetKey(Request, tag="admin_set_key", kw_only=True):
    """Makes an API key, or gives the key of this name other terms.

    A new one has exactly one of `public_key` and `secret`; one that there is keeps what it has if neither is given.
    """

    name: KeyName
    account: U32
    scopes: Annotated[list[Scope], Meta(min_length=1)]
    public_key: Annotated[str, Meta(max_length=SIGNATURE_LEN_MAX, pattern=PRINTABLE)] = ""
    secret: Annotated[str, Meta(max_length=SECRET_LEN_MAX, pattern=PRINTABLE)] = ""
    rate_per_second: Rate = 50_000
    burst: Rate = 10_000
    expires_at: U64 = 0
    allow: Annotated[list[str], Meta(max_length=ALLOWED_NETWORKS_MAX)] = []
    note: Note = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("expires_at", self.expires_at)


class AdminRevokeKey(Request, tag="admin_revoke_key", kw_only=True):
    """Takes an API key away, for good, and ends its sessions."""

    name: KeyName


class AdminGetKeys(AdminPage, tag="admin_get_keys", kw_only=True):
    """The API keys by number: answered by one `keys`."""


class AdminGetFills(AdminPage, tag="admin_get_fills", kw_only=True):
    """The fills of an account, oldest first, from its history: answered by one `fills`."""

    account: U32


class AdminGetMovements(AdminPage, tag="admin_get_movements", kw_only=True):
    """The movements of an account's money but for fills, by sequence, from its history: answered by one `movements`."""

    account: U32


class AskedStatement(AdminPage, kw_only=True):
    """What an account had, what moved, and what it had then, between two times, both included; asset by asset.

    `from_ns` 0: from the beginning of the history; `to_ns` left out: to where it ends; `asset` left out: of every asset
    that the account ever had, in the order of `instruments`, whose places `first` counts.
    """

    from_ns: U64 = 0
    to_ns: U64 | None = None
    asset: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("from_ns", self.from_ns)
        if self.to_ns is not None:
            _check_u64("to_ns", self.to_ns)
            if self.to_ns < self.from_ns:
                raise ValueError("`to_ns` is before `from_ns`")


class AdminGetStatement(AskedStatement, tag="admin_get_statement", kw_only=True):
    """The statement of any account, from its history: answered by one `statement`."""

    account: U32


class GetFills(AdminPage, tag="get_fills", kw_only=True):
    """The fills of the key's account: answered as `admin_get_fills`."""


class GetMovements(AdminPage, tag="get_movements", kw_only=True):
    """The movements of the money of the key's account: answered as `admin_get_movements`."""


class GetStatement(AskedStatement, tag="get_statement", kw_only=True):
    """The statement of the key's account: answered as `admin_get_statement`."""


class AdminDisconnect(Request, tag="admin_disconnect", kw_only=True):
    """Ends another session, as if its client had gone."""

    session: U64

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_u64("session", self.session)


# Server to client


class Challenge(Reply, tag="challenge", kw_only=True):
    """The first message on every connection, always as JSON in a text frame: what the logon signs, used once."""

    protocol: U32
    challenge: ChallengeText


class LoggedOn(Reply, tag="logged_on", kw_only=True):
    """The session is open. The limits are this key's."""

    ref: U64 = 0
    protocol: U32 = PROTOCOL_VERSION
    account: U32
    scopes: list[Scope]
    engine_seq: U64
    account_seq: U64
    timestamp_ns: U64
    max_in_flight: U32
    rate_per_second: U32
    burst: U32
    max_message_bytes: U32
    idle_timeout_seconds: U32


class Error(Reply, tag="error", kw_only=True):
    """The request of this `ref` was not carried out, and nothing of it was."""

    ref: U64 = 0
    code: str
    message: str


class Ok(Reply, tag="ok", kw_only=True):
    """The request of this `ref` was carried out; `seq` is the engine sequence it took, if it took one."""

    ref: U64 = 0
    seq: U64 = 0


class Pong(Reply, tag="pong", kw_only=True):
    """Answers `ping`."""

    ref: U64 = 0


class Report(Reply, tag="report", kw_only=True):
    """One engine event of the session's account; `account_seq` counts them without a gap.

    `ref` is set only if the event answers a command of this session. A kind has the fields that its event has, and what
    is 0 or empty is left out.
    """

    kind: ReportKind
    ref: U64 = 0
    seq: U64
    account_seq: U64
    timestamp_ns: U64
    # vocabulary: report
    side: Literal["", "buy", "sell"] = ""
    order_id: U64 = 0
    instrument: str = ""
    price: U32 = 0
    quantity: I64 = 0
    leaves: I64 = 0
    budget: I64 = 0
    trigger_price: U32 = 0
    peg: str = ""
    peg_offset: U32 = 0
    partner: U64 = 0
    entry: U64 = 0
    client_order_id: str = ""
    reason: str = ""
    command: str = ""
    asset: str = ""
    withdrawal_id: U64 = 0
    value: I64 = 0
    bound: I64 = 0
    liquidity: Liquidity = ""
    filled: I64 = 0
    cash: I64 = 0
    fee: I64 = 0
    settlement_id: U64 = 0
    previous_price: U32 = 0
    orders: U32 = 0
    pending: U32 = 0
    quote_group: U32 = 0
    entry_number: U32 = 0
    accepted: U32 = 0
    kept: U32 = 0
    changed: U32 = 0
    withdrawn: U32 = 0
    refused: U32 = 0
    max_fills: U32 = 0
    window_ns: U64 = 0
    max_quantity: I64 = 0
    max_notional: I64 = 0
    max_delta: I64 = 0
    limit: str = ""
    fills: U32 = 0
    notional: I64 = 0
    delta: I64 = 0
    timer: str = ""
    due_at: U64 = 0
    fee_schedule: U32 = 0
    maker_rate: I32 = 0
    taker_rate: U32 = 0
    tiers: U32 = 0
    effective_at: U64 = 0
    replaced: U32 = 0
    cause: str = ""
    causes: U32 = 0
    items: U32 = 0
    max_open_orders: U32 = 0
    client_id_window: U32 = 0
    group: U32 = 0
    max_open_notional: I64 = 0
    source: U32 = 0
    observed_at: U64 = 0
    trade_date: U32 = 0
    previous: U32 = 0
    phase: str = ""
    previous_phase: str = ""
    ends_at: U64 = 0
    surplus: I64 = 0
    lower: U32 = 0
    upper: U32 = 0
    extensions: U32 = 0
    static_bps: U32 = 0
    dynamic_bps: U32 = 0
    auction_bps: U32 = 0
    call_ns: U64 = 0
    bps: U32 = 0
    ticks: U32 = 0
    multiplier: U32 = 0
    limit_state_ns: U64 = 0
    pause_ns: U64 = 0
    reference: U32 = 0
    limit_state: str = ""
    previous_state: str = ""
    stale: str = ""
    primary: str = ""
    widen: U32 = 0
    closed_bps: U32 = 0
    step_bps: U32 = 0
    max_age_ns: U64 = 0
    step_ns: U64 = 0
    status: str = ""
    close: U32 = 0
    anchor: U32 = 0
    amount: I64 = 0
    counterparty: U32 = 0
    original_sequence: U64 = 0
    change: str = ""
    max_spread: U32 = 0
    min_quantity: I64 = 0
    required_bps: U32 = 0
    met_ns: U64 = 0
    open_ns: U64 = 0
    earned: U32 = 0
    key_id: U32 = 0
    expires_at: U64 = 0
    investor_class: str = ""
    jurisdiction: str = ""
    firm: U32 = 0
    verified_until: U64 = 0
    verification: str = ""
    jurisdiction_rule: str = ""
    classes: U32 = 0
    jurisdictions: U32 = 0
    max_holding: I64 = 0
    locked_until: U64 = 0
    scope: str = ""
    until: U64 = 0
    reason_code: U32 = 0
    from_holder: U64 = 0
    to_holder: U64 = 0
    from_registered: I64 = 0
    to_registered: I64 = 0
    form: str = ""
    attestation: str = ""
    bars: str = ""
    issuer: U32 = 0
    redemption_fee_rate: U32 = 0
    backing: I64 = 0
    min_redemption: I64 = 0
    redemption_unit: I64 = 0
    redemption_fee: I64 = 0
    attestor: U32 = 0
    reserve: I64 = 0
    as_of: U64 = 0
    valid_until: U64 = 0
    outstanding: I64 = 0
    asked: I64 = 0
    bar: U64 = 0
    refusal: str = ""
    refiner: U32 = 0
    gross_weight: I64 = 0
    fine_weight: I64 = 0
    band_bps: U32 = 0
    haircut_bps: U32 = 0
    action_kind: str = ""
    order_policy: str = ""
    action: U32 = 0
    payer: U32 = 0
    legs: U32 = 0
    record_at: U64 = 0
    books_close_at: U64 = 0
    total: I64 = 0
    taken: I64 = 0
    in_lieu: U32 = 0
    residue: I64 = 0
    holders: U32 = 0
    failure: str = ""
    holder: U32 = 0
    missing: I64 = 0
    last_trade: U32 = 0
    reference_price: U32 = 0
    numerator: I64 = 0
    denominator: I64 = 0
    # vocabulary: end


class BalanceInfo(Record, kw_only=True):
    """One asset of an account, in smallest units."""

    asset: str
    available: I64 = 0
    held: I64 = 0


class Balances(Reply, tag="balances", kw_only=True):
    """All balances of the account as of `seq`; to `admin_get_balances` a page of them."""

    ref: U64 = 0
    seq: U64
    account_seq: U64
    balances: list[BalanceInfo]
    next: U64 = 0


class Balance(Reply, tag="balance", kw_only=True):
    """Channel `balances`: one changed balance as of `seq`, after a commit group."""

    seq: U64
    asset: str
    available: I64 = 0
    held: I64 = 0


class OrderInfo(Record, kw_only=True):
    """An open order as it stands."""

    order_id: U64
    client_order_id: str = ""
    instrument: str
    side: Side
    price: I64
    quantity: I64
    leaves: I64
    filled: I64 = 0
    time_in_force: TimeInForce = "gtc"
    stp: SelfTradePrevention = "newest"
    # vocabulary: order attributes
    expires_at: U64 = 0
    display_quantity: I64 = 0
    min_quantity: I64 = 0
    trigger_price: U32 = 0
    trail: U32 = 0
    trigger: Trigger = "none"
    visibility: Visibility = "displayed"
    lifetime: Lifetime = "until_cancelled"
    peg: PegReference = "none"
    peg_offset: Annotated[int, Meta(ge=0, le=255)] = 0
    exit_trigger: Trigger = "none"
    partner: U64 = 0
    take_profit: U32 = 0
    exit_trigger_price: U32 = 0
    exit_price: U32 = 0
    # vocabulary: end


class Orders(Reply, tag="orders", kw_only=True):
    """Open orders as of `seq`, by ascending id; `more` says that there are others beyond the last of them.

    To `admin_get_orders` it is `next` that says so: the id to go on from, left out when there are no others.
    """

    ref: U64 = 0
    seq: U64
    account_seq: U64
    orders: list[OrderInfo]
    more: bool = False
    next: U64 = 0


class AssetInfo(Record, kw_only=True):
    """An asset: one unit of money is `10 ** decimals` smallest units. `min_withdrawal` is in smallest units."""

    symbol: str
    asset_class: AssetClass
    decimals: U32 = 0
    min_withdrawal: I64 = 1


class InstrumentInfo(Record, kw_only=True):
    """An instrument. A fill of q lots at p ticks moves `q * lot_size` of base and `p * q * tick_lot_value` of quote.

    `price_increment` and `quantity_increment` are a tick and a lot as decimals, in whole units of quote for one of base
    and of base; a tick that is no decimal number is left out.
    """

    symbol: str
    base: str
    quote: str
    lot_size: I64
    tick_lot_value: I64
    max_price: I64
    collar_bps: U32 = 0
    halted: bool = False
    phase: Phase = "continuous"
    price_increment: str = ""
    quantity_increment: str = ""


class Instruments(Reply, tag="instruments", kw_only=True):
    """Everything that is listed, as of `seq`."""

    ref: U64 = 0
    seq: U64
    assets: list[AssetInfo]
    instruments: list[InstrumentInfo]


class AccountInfo(Record, kw_only=True):
    """An account: what is set of it, and how much it has open. `max_open_notional` 0: any."""

    account: U32
    fee_schedule: U32 = 0
    max_open_orders: U32
    client_id_window: U32
    group: U32 = 0
    max_open_notional: I64 = 0
    open_orders: U32 = 0
    pending_withdrawals: U32 = 0


class Accounts(Reply, tag="accounts", kw_only=True):
    """Accounts as of `seq`, by id; `next`: the id to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    accounts: list[AccountInfo]
    next: U64 = 0


class WithdrawalInfo(Record, kw_only=True):
    """Money that is held until the venue settles or cancels the withdrawal."""

    withdrawal_id: U64
    account: U32
    asset: str
    amount: I64


class AttestorInfo(Record, kw_only=True):
    """Who attests reserves; its place in the list is its number."""

    public_key: PublicKey
    status: AttestorStatus = "active"


class RefinerInfo(Record, kw_only=True):
    """Who makes bars; its place in the list is its number."""

    code: str
    status: RefinerStatus = "listed"


class PegInfo(Record, kw_only=True):
    """The band of a cash asset around par, and its last reference value in millionths of par."""

    asset: str
    band_bps: U32
    haircut_bps: U32 = 0
    source: U32 = 0
    value: I64 = 0
    value_source: U32 = 0
    observed_at: U64 = 0
    depegged: bool = False


class BackedInfo(Record, kw_only=True):
    """An asset with terms: `most` may be outstanding, of `minted` less `burned`; `redeeming` waits to be burned."""

    asset: str
    issuer: U32
    form: AssetForm = "native"
    attestation: AttestationPolicy = "none"
    bars: BarPolicy = "none"
    isin: str = ""
    currency: str = ""
    vault: str = ""
    backing: I64 = 0
    min_redemption: I64 = 0
    redemption_unit: I64 = 0
    redemption_fee: I64 = 0
    redemption_fee_rate: U32 = 0
    minted: I64 = 0
    burned: I64 = 0
    redeeming: I64 = 0
    fine_weight: I64 = 0
    most: I64 = 0
    expired: bool = False
    attestor: U32 | None = None
    reserve: I64 = 0
    as_of: U64 = 0
    valid_until: U64 = 0


class Backing(Reply, tag="backing", kw_only=True):
    """What stands behind assets as of `seq`; `next`: the place to go on from, left out when there are no others.
    Attestors, refiners and bands are on the first page."""

    ref: U64 = 0
    seq: U64
    assets: list[BackedInfo]
    attestors: list[AttestorInfo] = field(default_factory=list)
    refiners: list[RefinerInfo] = field(default_factory=list)
    pegs: list[PegInfo] = field(default_factory=list)
    next: U64 = 0


class RedemptionInfo(Record, kw_only=True):
    """A redemption that waits: `amount` will be burned, `fee` is held on top; `asked` is what was asked for."""

    withdrawal_id: U64
    account: U32
    asset: str
    asked: I64
    amount: I64
    fee: I64 = 0
    bar: U64 = 0


class Redemptions(Reply, tag="redemptions", kw_only=True):
    """Redemptions that wait as of `seq`; `next`: the id to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    redemptions: list[RedemptionInfo]
    next: U64 = 0


class BarInfo(Record, kw_only=True):
    """A bar in a vault; weights are millionths of an ounce. `assigned`: a redemption has it."""

    bar: U64
    asset: str
    refiner: U32 = 0
    serial: str
    vault: str = ""
    gross_weight: I64
    fine_weight: I64
    assigned: bool = False


class Bars(Reply, tag="bars", kw_only=True):
    """Bars as of `seq`; `next`: the number to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    bars: list[BarInfo]
    next: U64 = 0


class Withdrawals(Reply, tag="withdrawals", kw_only=True):
    """Pending withdrawals as of `seq`, by id; `next`: the id to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    withdrawals: list[WithdrawalInfo]
    next: U64 = 0


class FillInfo(Record, kw_only=True):
    """A fill of an account, as its report said it."""

    settlement_id: U64
    seq: U64
    timestamp_ns: U64
    order_id: U64
    client_order_id: str = ""
    instrument: str
    side: Side
    liquidity: str = ""
    price: I64
    quantity: I64
    cash: I64
    fee: I64 = 0


class Fills(Reply, tag="fills", kw_only=True):
    """Fills of an account as far as its history goes, `seq`; `next`: where to go on, left out if that is all."""

    ref: U64 = 0
    seq: U64
    fills: list[FillInfo]
    next: U64 = 0


class MovementInfo(Record, kw_only=True):
    """Money that came, went, or was held for a withdrawal; `kind` is that of its report."""

    seq: U64
    timestamp_ns: U64
    kind: str
    asset: str
    amount: I64
    withdrawal_id: U64 = 0
    counterparty: U32 | None = None


class Movements(Reply, tag="movements", kw_only=True):
    """Movements of an account as far as its history goes, `seq`; `next`: the sequence to go on from, left out when
    there are no others."""

    ref: U64 = 0
    seq: U64
    movements: list[MovementInfo]
    next: U64 = 0


class StatementTotal(Record, kw_only=True):
    """What one kind of movement came to: `deposited`, `withdrawal_settled`, `transfer_in`, `transfer_out`, of fills
    `delivery` (base), `payment` (quote) and `fee`, and of the venue's account `fee_income`."""

    kind: str
    amount: I64


class StatementAsset(Record, kw_only=True):
    """Balances at both ends, what is held included, and what makes the difference."""

    asset: str
    opening: I64 = 0
    totals: list[StatementTotal] = []
    closing: I64 = 0


class Statement(Reply, tag="statement", kw_only=True):
    """Of an account, as far as its history goes, `seq`; `next`: the place of the asset to go on from, left out when
    there are no others. `from_ns` and `to_ns`: of the period that the history has of what was asked for."""

    ref: U64 = 0
    seq: U64
    account: U32
    from_ns: U64
    to_ns: U64
    assets: list[StatementAsset]
    next: U64 = 0


class FeeTier(Record, kw_only=True):
    """The rates of accounts that have traded `notional` of a quote asset in 30 days."""

    notional: I64
    maker_rate: I32 = 0
    taker_rate: U32 = 0


class FeeInfo(Record, kw_only=True):
    """A fee schedule, or with `instrument` its override there, in hundredths of a basis point.

    With `effective_at` it is a change that waits for that time, by which an override may also end (`change`).
    """

    fee_schedule: U32
    instrument: str = ""
    maker_rate: I32 = 0
    taker_rate: U32 = 0
    tiers: list[FeeTier] = field(default_factory=list)
    effective_at: U64 = 0
    change: FeeChange = "set"


class Fees(Reply, tag="fees", kw_only=True):
    """Fees as of `seq`; `next`: the place in this list to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    fees: list[FeeInfo]
    next: U64 = 0


class HolderInfo(Record, kw_only=True):
    """Who holds an account."""

    account: U32
    investor_class: InvestorClass = "none"
    jurisdiction: str = ""
    verified_until: U64 = 0
    firm: U32 = 0
    frozen: bool = False


class Holders(Reply, tag="holders", kw_only=True):
    """Holders as of `seq`; `next`: the account to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    holders: list[HolderInfo]
    next: U64 = 0


class EligibilityInfo(Record, kw_only=True):
    """A table: of an asset, or of an instrument."""

    asset: str = ""
    instrument: str = ""
    classes: U32 = 0
    verification: Verification = "not_required"
    jurisdiction_rule: JurisdictionRule = "any"
    jurisdictions: list[str] = field(default_factory=list)
    max_holding: I64 = 0
    locked_until: U64 = 0


class EligibilityTables(Reply, tag="eligibility", kw_only=True):
    """Tables as of `seq`; `next`: the place in this list to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    tables: list[EligibilityInfo]
    next: U64 = 0


class FreezeInfo(Record, kw_only=True):
    """An asset that is frozen, or units of it in an account."""

    scope: FreezeScope
    asset: str
    account: U32 | None = None
    amount: I64 = 0
    until: U64 = 0


class Freezes(Reply, tag="freezes", kw_only=True):
    """Freezes as of `seq`; `next`: the place in this list to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    freezes: list[FreezeInfo]
    next: U64 = 0


class BeneficialInfo(Record, kw_only=True):
    """Units that are registered to a beneficial holder."""

    asset: str
    holder: U64
    quantity: I64


class BeneficialHolders(Reply, tag="beneficial", kw_only=True):
    """A register as of `seq`; `next`: the place in this list to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    account: U32
    beneficial: list[BeneficialInfo]
    next: U64 = 0


class LegInfo(Record, kw_only=True):
    """What a corporate action pays of one asset: `numerator` units for `denominator` of its own."""

    asset: str
    numerator: I64
    denominator: I64
    lieu_price: I64 = 0


class ActionInfo(Record, kw_only=True):
    """A corporate action; of the one that runs `stage` is what it does, and `cursor` the account or instrument that it
    looks at next."""

    action: U32
    action_kind: ActionKind
    asset: str
    payer: U32 = 0
    order_policy: OrderPolicy = "keep"
    record_at: U64
    books_close_at: U64 = 0
    lieu_asset: str = ""
    legs: list[LegInfo] = field(default_factory=list)
    stage: ActionStage = "announced"
    cursor: U32 = 0


class Actions(Reply, tag="actions", kw_only=True):
    """Corporate actions as of `seq`; `next`: the place in the list to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    actions: list[ActionInfo]
    next: U64 = 0


class SessionInfo(Record, kw_only=True):
    """A session that is logged on: where its client is, since when, and what that has not read."""

    session: U64
    key: str
    account: U32 = 0
    admin: bool = False
    address: str = ""
    port: U32 = 0
    since_ns: U64 = 0
    unread_bytes: U64 = 0


class Sessions(Reply, tag="sessions", kw_only=True):
    """Sessions by id; `next`: the id to go on from, left out when there are no others."""

    ref: U64 = 0
    sessions: list[SessionInfo]
    next: U64 = 0


class KeyInfo(Record, kw_only=True):
    """An API key. Of one that is revoked nothing is known but whose it was."""

    key: U32
    name: str = ""
    account: U32 = 0
    revoked: bool = False
    scopes: list[Scope] = []
    algorithm: Literal["", "ed25519", "hmac"] = ""
    public_key: str = ""
    rate_per_second: U32 = 0
    burst: U32 = 0
    expires_at: U64 = 0
    allow: list[str] = []
    note: str = ""


class Keys(Reply, tag="keys", kw_only=True):
    """API keys by number; `next`: the number to go on from, left out when there are no others."""

    ref: U64 = 0
    seq: U64
    keys: list[KeyInfo]
    next: U64 = 0


class Replayed(Reply, tag="replayed", kw_only=True):
    """Ends a replay: the reports `from_account_seq ..= to_account_seq` were sent, or none of them if not `complete`."""

    ref: U64 = 0
    from_account_seq: U64
    to_account_seq: U64
    complete: bool


class AssetStatus(Record, kw_only=True):
    """Conservation of an asset: `total`, counted over all accounts, must equal `issued`."""

    asset: str
    issued: I64
    total: I64
    conserved: bool


class Audit(Reply, tag="audit", kw_only=True):
    """An entry of the audit trail; `audit_seq` counts them without a gap, over restarts too.

    `key`, `account`, `address` and `session` say who, as far as that is known. `request` is what was asked for, by its
    name and fields, and `seq` the command that it became; if that moved no money because it only repeated another,
    `original_sequence` is the other. `reason` is why it was refused, or why a connection ended.
    `passed_over` counts refusals before this one that were too many to be entered.
    """

    audit_seq: U64
    timestamp_ns: U64
    kind: AuditKind
    key: str = ""
    account: U32 = 0
    address: str = ""
    session: U64 = 0
    request: dict[str, Any] = {}
    seq: U64 = 0
    withdrawal_id: U64 = 0
    original_sequence: U64 = 0
    reason: str = ""
    passed_over: U64 = 0


class AuditEntries(Reply, tag="audit_entries", kw_only=True):
    """A page of the audit trail, and whether there are more entries beyond it."""

    ref: U64 = 0
    entries: list[Audit]
    more: bool = False


class Status(Reply, tag="status", kw_only=True):
    """The engine's state in brief, for the operator. `trade_date` is as YYYYMMDD, 0 before the first; `state_hash` is
    SHA-256 in hex."""

    ref: U64 = 0
    seq: U64
    timestamp_ns: U64
    trade_date: U32
    state_hash: str
    accounts: U32
    open_orders: U32
    sessions: U32
    assets: list[AssetStatus]


Level: TypeAlias = tuple[I64, I64]  # price, quantity
TradeSide: TypeAlias = Literal["", "buy", "sell"]
PhaseKind: TypeAlias = Literal[
    "",
    "halted",
    "resumed",
    "phase_changed",
    "indicated",
    "uncrossed",
    "auction_extended",
    "volatility_band_moved",
    "limit_state_changed",
    "static_band_moved",
    "rebased",
]


class Book(Reply, tag="book", kw_only=True):
    """Channel `book`: the whole book as of `seq`, best level first. Replaces what was known."""

    instrument: str
    seq: U64
    bids: list[Level]
    asks: list[Level]
    checksum: U32


class Delta(Reply, tag="delta", kw_only=True):
    """Channel `book`: the levels that changed after `prev_seq`; quantity 0 removes a level."""

    instrument: str
    seq: U64
    prev_seq: U64
    bids: list[Level] = field(default_factory=list)
    asks: list[Level] = field(default_factory=list)
    checksum: U32


PublicOrder: TypeAlias = tuple[U64, I64, I64]  # public id, price, quantity: what it has left
OrderChange: TypeAlias = tuple[ChangeKind, U64, Side, I64, I64]  # what happened, public id, side, price, quantity


class Level3Book(Reply, tag="level3_book", kw_only=True):
    """Channel `level3`: a part of the book as of `seq`, the first order to trade first. Part 0 replaces all."""

    instrument: str
    seq: U64
    part: U32 = 0
    bids: list[PublicOrder] = field(default_factory=list)
    asks: list[PublicOrder] = field(default_factory=list)
    more: bool = False
    checksum: U32


class Level3Delta(Reply, tag="level3_delta", kw_only=True):
    """Channel `level3`: what happened to the book's orders after `prev_seq`, in that order; quantity 0: it is gone."""

    instrument: str
    seq: U64
    prev_seq: U64
    changes: list[OrderChange]
    checksum: U32


class Trade(Reply, tag="trade", kw_only=True):
    """Channel `trades`: one fill; `side` is the taker's, of an auction's trade nobody's."""

    instrument: str
    seq: U64
    timestamp_ns: U64
    settlement_id: U64
    side: TradeSide = ""
    price: I64
    quantity: I64


class InstrumentPhase(Reply, tag="phase", kw_only=True):
    """Channel `phase`: what an instrument does after command `seq`, and the report `kind` of what happened, if any did.

    `causes` are those of a halt, bit 0 for the first; `ends_at` is when a call or a limit state ends by itself. Of
    `indicated`, `uncrossed`, `auction_extended`, `volatility_band_moved` and `static_band_moved` also what those
    reports say: `price` is the reference or the anchor of a band. Of `rebased`, behind a split, `price` is the last
    trade in the new units.
    """

    instrument: str
    seq: U64
    timestamp_ns: U64
    kind: PhaseKind = ""
    phase: Phase
    limit_state: LimitState = "none"
    causes: U32 = 0
    ends_at: U64 = 0
    price: U32 = 0
    quantity: I64 = 0
    surplus: I64 = 0
    lower: U32 = 0
    upper: U32 = 0


class Bbo(Reply, tag="bbo", kw_only=True):
    """Channel `bbo`: the best bid and offer as of `seq`; quantity 0: that side is empty."""

    instrument: str
    seq: U64
    bid_price: I64 = 0
    bid_quantity: I64 = 0
    ask_price: I64 = 0
    ask_quantity: I64 = 0


class Shutdown(Reply, tag="shutdown", kw_only=True):
    """The server closes the connection after this message."""

    reason: str


AdminQuery: TypeAlias = (
    AdminStatus
    | AdminWatch
    | AdminGetAudit
    | AdminGetOrders
    | AdminGetAccounts
    | AdminGetBalances
    | AdminGetWithdrawals
    | AdminGetFees
    | AdminGetHolders
    | AdminGetEligibility
    | AdminGetFreezes
    | AdminGetBeneficial
    | AdminGetBacking
    | AdminGetRedemptions
    | AdminGetBars
    | AdminGetActions
    | AdminGetSessions
    | AdminGetKeys
    | AdminGetFills
    | AdminGetMovements
    | AdminGetStatement
)
"""What changes nothing of the venue."""
OwnHistory: TypeAlias = GetFills | GetMovements | GetStatement
"""What an account may ask of its own past."""
AdminRequest: TypeAlias = AdminCommand | AdminSetKey | AdminRevokeKey | AdminSnapshot | AdminDisconnect | AdminQuery
AnyRequest: TypeAlias = (
    Logon
    | Ping
    | Subscribe
    | Unsubscribe
    | Replay
    | GetInstruments
    | GetBalances
    | GetOrders
    | OwnHistory
    | HotRequest
    | OwnCommand
    | AdminRequest
)
AnyReply: TypeAlias = (
    Challenge
    | LoggedOn
    | Error
    | Ok
    | Pong
    | Report
    | Balances
    | Balance
    | InstrumentPhase
    | Orders
    | Instruments
    | Accounts
    | Withdrawals
    | Backing
    | Redemptions
    | Bars
    | Fees
    | Holders
    | EligibilityTables
    | Freezes
    | BeneficialHolders
    | Actions
    | Sessions
    | Keys
    | Replayed
    | Status
    | Fills
    | Movements
    | Statement
    | Audit
    | AuditEntries
    | Book
    | Delta
    | Level3Book
    | Level3Delta
    | Trade
    | Bbo
    | Shutdown
)

json_encoder: Final = msgspec.json.Encoder()
msgpack_encoder: Final = msgspec.msgpack.Encoder()
json_request_decoder: Final[msgspec.json.Decoder[AnyRequest]] = msgspec.json.Decoder(AnyRequest)
msgpack_request_decoder: Final[msgspec.msgpack.Decoder[AnyRequest]] = msgspec.msgpack.Decoder(AnyRequest)
json_reply_decoder: Final[msgspec.json.Decoder[AnyReply]] = msgspec.json.Decoder(AnyReply)
msgpack_reply_decoder: Final[msgspec.msgpack.Decoder[AnyReply]] = msgspec.msgpack.Decoder(AnyReply)


def encode(message: Request | Reply, *, text: bool) -> bytes:
    """The payload of a frame: JSON if `text`, else MessagePack. `OverflowError` for an integer beyond 64 bits."""
    return json_encoder.encode(message) if text else msgpack_encoder.encode(message)


def decode_request(payload: bytes, *, text: bool) -> AnyRequest:
    """A client's message. `msgspec.DecodeError` (or its subclass `ValidationError`) says what is wrong with it."""
    return json_request_decoder.decode(payload) if text else msgpack_request_decoder.decode(payload)


def decode_reply(payload: bytes, *, text: bool) -> AnyReply:
    """A server's message. `msgspec.DecodeError` says what is wrong with it."""
    return json_reply_decoder.decode(payload) if text else msgpack_reply_decoder.decode(payload)
