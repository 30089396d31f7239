"""The words and the command records of the engine: limits, enumerations, bodies, layouts.

Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.
"""

import struct
from enum import IntEnum
from typing import Any, Final, NamedTuple

import numpy as np

SEMANTICS_VERSION: Final = 3
JOURNAL_FORMAT_VERSION: Final = 2

MAX_AMOUNT: Final = 9_223_372_036_854_775_807
"""Any balance, hold, payment."""
MAX_ASSETS: Final = 65_535
"""Registry."""
MAX_INSTRUMENTS: Final = 65_535
"""Registry."""
MAX_ACCOUNTS: Final = 2_147_483_648
"""Registry."""
MAX_FEE_SCHEDULES: Final = 4_096
"""Registry."""
MAX_PRICE_TICKS: Final = 4_294_967_295
"""Price of an order, and `max_price` of an instrument."""
SHARD_BITS: Final = 8
"""Of an order id: the shard that accepted the order."""
ORDER_GENERATION_BITS: Final = 30
"""Of an order id: how often its slot has been used."""
ORDER_SLOT_BITS: Final = 26
"""Of an order id: its slot."""
MAX_OPEN_ORDERS: Final = 67_108_864
"""Whole engine: slots that an order id can name."""
DEFAULT_MAX_OPEN_ORDERS: Final = 4_194_304
"""Whole engine, unless genesis says otherwise."""
MAX_OPEN_ORDERS_PER_ACCOUNT: Final = 4_096
"""A new account: its `max_open_orders`."""
ACCOUNT_OPEN_ORDERS_MAX: Final = 16_384
"""`max_open_orders` of any account."""
MAX_PENDING_WITHDRAWALS_PER_ACCOUNT: Final = 64
"""Account."""
CLIENT_ID_WINDOW: Final = 128
"""A new account: its `client_id_window`, the finished orders with a client order id that it remembers."""
ACCOUNT_CLIENT_ID_WINDOW_MAX: Final = 65_536
"""`client_id_window` of any account."""
CLIENT_ID_LEN: Final = 36
"""Characters of a client order id, or of a reference."""
MAX_REFERENCES: Final = 268_435_456
"""Whole engine: references of money commands, all of which are remembered."""
SYMBOL_LEN: Final = 16
"""Characters of a symbol."""
MAX_DECIMALS: Final = 18
"""Decimals of an asset."""
MAX_COLLAR_BPS: Final = 10_000
"""Collar of an instrument."""
COLLAR_SCALE: Final = 10_000
"""Basis points in one."""
MAX_FEE_RATE: Final = 32_767
"""Hundredths of a basis point; a maker's may be as far below 0."""
FEE_RATE_SCALE: Final = 1_000_000
"""Hundredths of a basis point in one."""
MAX_FEE_TIERS: Final = 8
"""Fees of a schedule or an override: tiers above the first rates."""
MAX_FEE_OVERRIDES: Final = 4_096
"""Registry: overrides of a schedule for an instrument, those that wait included."""
MAX_PENDING_FEE_CHANGES: Final = 64
"""Whole engine: changes of fees that wait for their time."""
FEE_DAYS: Final = 30
"""Days whose notional decides an account's tier, today included."""
DAY_NS: Final = 86_400_000_000_000
"""Nanoseconds of a day."""
PULSE_ITEMS: Final = 256
"""Due work that one pulse does."""
TRIGGER_ITEMS: Final = 64
"""Stop orders that one command lets into their books; pulses do the rest."""
MAX_ICEBERG_SLICES: Final = 256
"""Quantity of an iceberg, in its `display_quantity`."""
MAX_MINIMUM_ORDERS: Final = 256
"""A side of a book: hidden orders with a minimum quantity."""
MAX_TRAILING_ORDERS: Final = 256
"""A side of an instrument: trailing stops of one trigger."""
MAX_CALL_NS: Final = 86_400_000_000_000
"""Nanoseconds of a call that begins by itself."""
INDICATION_INTERVAL: Final = 1_000_000_000
"""Nanoseconds between two indications of an auction's price."""
MAX_QUOTE_ENTRIES: Final = 32
"""Instruments that one MASS_QUOTE quotes."""
MAX_QUOTE_GROUPS: Final = 255
"""Quote groups of an account: they are numbered from 1."""
MAX_PROTECTED_FILLS: Final = 1_024
"""`max_fills` of a market-maker protection."""
MAX_MULTIPLIER: Final = 10_000
"""Hundredths by which a band is made wider."""
VOLATILITY_BUCKET: Final = 1_000_000_000
"""Nanoseconds of trades that are remembered together."""
VOLATILITY_BUCKETS: Final = 300
"""Of them, whose mean the reference of volatility bands follows."""
VOLATILITY_CHANGE_BPS: Final = 100
"""Least change of that reference, in basis points."""
VOLATILITY_INTERVAL: Final = 30_000_000_000
"""Nanoseconds that it holds at least."""
MAX_PEG_OFFSET: Final = 15
"""Ticks between a pegged order and what it follows."""
MAX_OBLIGATIONS: Final = 256
"""Whole engine: obligations of market makers, each of an account on an instrument."""
MAX_OBLIGATION_SPREAD: Final = 1_000
"""Ticks: `max_spread` of an obligation."""
MAX_KEYS: Final = 65_536
"""Whole engine: API keys, those that are revoked included."""
MAX_KEY_DOCUMENT_WORDS: Final = 64
"""Words of eight bytes of an API key's document."""
MAX_JURISDICTIONS: Final = 64
"""That a table of eligibility names."""
MAX_FREEZES: Final = 65_536
"""Whole engine: freezes of units, each of an account, an asset and a time."""
MAX_REGISTRATIONS: Final = 1_048_576
"""Whole engine: registrations, each of an account, an asset and a beneficial holder."""
MAX_ATTESTORS: Final = 256
"""Registry: who attests reserves."""
MAX_REFINERS: Final = 1_024
"""Registry: who makes bars."""
MAX_BARS: Final = 65_536
"""Whole engine: bars of metal in vaults."""
BACKING_SCALE: Final = 1_000_000
"""Millionths in a unit of reserve, or in par."""
MIN_FINENESS: Final = 995
"""Thousandths of a bar that must be fine."""
MAX_ACTIONS: Final = 256
"""Whole engine: corporate actions that are announced or running."""
MAX_ACTION_LEGS: Final = 4
"""Assets that one corporate action pays out."""
ACTION_ITEMS: Final = 128
"""Of a pulse: steps of corporate actions, an account looked at, an order cancelled or an instrument halted each."""
MAX_COMMAND_LEN: Final = 1_056
"""Bytes of a command record."""
NONE_ID: Final = 4_294_967_295
"""All instruments, no instrument, no asset."""
VENUE_ACCOUNT: Final = 0
"""The venue's own account: it receives every fee."""

HEADER_LEN: Final = 24


class CommandKind(IntEnum):
    """What a command asks for."""

    PLACE = 1
    CANCEL = 2
    AMEND = 3
    CANCEL_ALL = 4
    CANCEL_REPLACE = 5
    MASS_QUOTE = 6
    SET_MARKET_MAKER_PROTECTION = 7
    RESET_MARKET_MAKER_PROTECTION = 8
    CANCEL_AFTER = 9
    PLACE_OCO = 10
    PLACE_BRACKET = 11
    CREATE_ASSET = 16
    CREATE_INSTRUMENT = 17
    CREATE_ACCOUNT = 18
    SET_FEE_SCHEDULE = 19
    HALT = 20
    RESUME = 21
    PULSE = 22
    SET_ACCOUNT = 23
    SET_REFERENCE = 24
    ROLL_TRADE_DATE = 25
    SET_PHASE = 26
    SET_TRADING_LIMITS = 27
    SET_VOLATILITY_BANDS = 28
    SET_REFERENCE_POLICY = 29
    SET_PRIMARY_STATUS = 30
    DEPOSIT = 32
    REQUEST_WITHDRAWAL = 33
    SETTLE_WITHDRAWAL = 34
    CANCEL_WITHDRAWAL = 35
    TRANSFER = 36
    SET_FEE_OVERRIDE = 40
    SET_OBLIGATION = 41
    SET_KEY = 48
    REVOKE_KEY = 49
    SET_HOLDER = 50
    SET_ELIGIBILITY = 51
    FREEZE = 52
    UNFREEZE = 53
    FORCE_TRANSFER = 54
    SET_BENEFICIAL = 56
    SET_ASSET_TERMS = 64
    SET_ATTESTOR = 65
    ATTEST = 66
    MINT = 67
    REQUEST_REDEMPTION = 68
    SETTLE_REDEMPTION = 69
    REFUSE_REDEMPTION = 70
    SET_REFINER = 71
    REGISTER_BAR = 72
    REMOVE_BAR = 73
    SET_PEG = 77
    SET_CASH_REFERENCE = 78
    ANNOUNCE_ACTION = 80
    CANCEL_ACTION = 82


class EventKind(IntEnum):
    """What happened."""

    ACCEPTED = 1
    REJECTED = 2
    FILL = 3
    CANCELLED = 4
    AMENDED = 5
    DUPLICATE = 6
    CANCEL_ALL_DONE = 7
    TRIGGERED = 8
    CANCEL_PENDING = 9
    QUOTE_REJECTED = 10
    MASS_QUOTED = 11
    PROTECTION_SET = 12
    PROTECTION_TRIGGERED = 13
    PROTECTION_RESET = 14
    CANCEL_AFTER_SET = 15
    ASSET_CREATED = 16
    INSTRUMENT_CREATED = 17
    ACCOUNT_CREATED = 18
    FEE_SCHEDULE_SET = 19
    HALTED = 20
    RESUMED = 21
    PULSED = 22
    ACCOUNT_SET = 23
    REFERENCE_SET = 24
    TRADE_DATE_ROLLED = 25
    PHASE_CHANGED = 26
    INDICATED = 27
    UNCROSSED = 28
    AUCTION_EXTENDED = 29
    TRADING_LIMITS_SET = 30
    EXITS_REFUSED = 50
    VOLATILITY_BANDS_SET = 70
    VOLATILITY_BAND_MOVED = 71
    LIMIT_STATE_CHANGED = 72
    REFERENCE_POLICY_SET = 73
    PRIMARY_STATUS_SET = 74
    STATIC_BAND_MOVED = 75
    DEPOSITED = 32
    WITHDRAWAL_REQUESTED = 33
    WITHDRAWAL_SETTLED = 34
    WITHDRAWAL_CANCELLED = 35
    TRANSFER_OUT = 36
    TRANSFER_IN = 37
    MONEY_REPEATED = 38
    FEE_OVERRIDE_SET = 60
    OBLIGATION_SET = 90
    OBLIGATION_SCORED = 91
    KEY_SET = 100
    KEY_REVOKED = 101
    HOLDER_SET = 110
    ELIGIBILITY_SET = 111
    FROZEN = 112
    UNFROZEN = 113
    FORCED_TRANSFER = 114
    BENEFICIAL_SET = 115
    ASSET_TERMS_SET = 130
    ATTESTOR_SET = 131
    ATTESTED = 132
    ATTESTATION_EXPIRED = 133
    MINTED = 134
    REDEMPTION_REQUESTED = 135
    REDEMPTION_SETTLED = 136
    REDEMPTION_REFUSED = 137
    REDEMPTION_FEE = 138
    REFINER_SET = 139
    BAR_REGISTERED = 140
    BAR_REMOVED = 141
    PEG_SET = 142
    CASH_REFERENCE_SET = 143
    PEG_CHANGED = 144
    ACTION_ANNOUNCED = 160
    ACTION_CANCELLED = 161
    ACTION_STARTED = 162
    ACTION_FUNDED = 163
    ENTITLED = 164
    ENTITLEMENT_PAID = 165
    ACTION_LEG_PAID = 166
    ACTION_DONE = 167
    ACTION_FAILED = 168
    REBASED = 169


class Side(IntEnum):
    """Side of an order."""

    BUY = 0
    SELL = 1


class OrderType(IntEnum):
    """A market order's limit is the collar, that of market-to-limit the best opposite price."""

    LIMIT = 0
    MARKET = 1
    MARKET_TO_LIMIT = 2


class TimeInForce(IntEnum):
    """What becomes of what does not match at once."""

    GTC = 0
    IOC = 1
    FOK = 2
    POST_ONLY = 3
    POST_ONLY_SLIDE = 4


class SelfTradePrevention(IntEnum):
    """What happens when two orders of one account, or of two accounts of one group, would match."""

    CANCEL_NEWEST = 0
    CANCEL_OLDEST = 1
    CANCEL_BOTH = 2
    DECREMENT = 3
    NONE = 4


class QuantityKind(IntEnum):
    """What `quantity` of PLACE counts: lots, or smallest units of the quote asset to spend."""

    LOTS = 0
    NOTIONAL = 1


class Trigger(IntEnum):
    """What a stop order waits for: the value that must reach its trigger price."""

    NONE = 0
    LAST_TRADE = 1
    BEST_OPPOSITE = 2
    REFERENCE = 3


class Visibility(IntEnum):
    """Whether others see a resting order. A hidden one trades behind the displayed ones of its price."""

    DISPLAYED = 0
    HIDDEN = 1


class Lifetime(IntEnum):
    """What else ends an order by itself: nothing, the roll of the trade date, or the next auction."""

    UNTIL_CANCELLED = 0
    DAY = 1
    AUCTION = 2


class PegReference(IntEnum):
    """The best displayed price that a pegged order follows: its own side's, the other's, or halfway between the two."""

    NONE = 0
    PRIMARY = 1
    MARKET = 2
    MIDPOINT = 3


class OnFailure(IntEnum):
    """Of CANCEL_REPLACE: what becomes of the new order if the old one is not open."""

    STOP = 0
    PLACE_ANYWAY = 1


class SideFilter(IntEnum):
    """Of CANCEL_ALL: the orders of which side."""

    BOTH = 0
    BUY = 1
    SELL = 2


class HaltCause(IntEnum):
    """Why an instrument is halted. Several causes can stand at once."""

    OPERATOR = 0
    REGULATOR = 1
    PRIMARY_MARKET = 2
    BAND_BREACH = 3
    STALE_REFERENCE = 4
    ASSET_FROZEN = 5
    CORPORATE_ACTION = 6
    DEPEGGED = 7


class Phase(IntEnum):
    """What an instrument does with orders. PAUSE and UNCROSSING come about by themselves."""

    CONTINUOUS = 0
    PRE_OPEN = 1
    AUCTION = 2
    PAUSE = 3
    UNCROSSING = 4
    CLOSED = 5
    RETIRED = 6


class LimitState(IntEnum):
    """Whether the best buy has reached the upper volatility band, or the best sell the lower."""

    NONE = 0
    UP = 1
    DOWN = 2


class StalePolicy(IntEnum):
    """What becomes of an instrument whose reference price is too old."""

    KEEP = 0
    WIDEN = 1
    HALT = 2


class PrimaryStatus(IntEnum):
    """What an instrument's primary market is doing."""

    OPEN = 0
    CLOSED = 1
    HALTED = 2


class PrimaryPolicy(IntEnum):
    """How an instrument trades while its primary market is closed."""

    NONE = 0
    FIXED_BAND = 1
    REANCHOR = 2
    HALT = 3


class FeeChange(IntEnum):
    """What becomes of an override of fees."""

    SET = 0
    REMOVE = 1


class InvestorClass(IntEnum):
    """What kind of investor a holder is; bit 0 of a mask of them is the first."""

    NONE = 0
    RETAIL = 1
    PROFESSIONAL = 2
    INSTITUTIONAL = 3
    MARKET_MAKER = 4


class Verification(IntEnum):
    """Whether a holder's identity must be verified."""

    NOT_REQUIRED = 0
    REQUIRED = 1


class JurisdictionRule(IntEnum):
    """What the jurisdictions that a table of eligibility names are."""

    ANY = 0
    ALLOWED = 1
    DENIED = 2


class FreezeScope(IntEnum):
    """What is frozen: all of an account, an asset wherever it is, or units of an asset in an account."""

    ACCOUNT = 0
    ASSET = 1
    UNITS = 2


class AssetClass(IntEnum):
    """Only a stablecoin can be a quote asset."""

    STABLECOIN = 0
    EQUITY = 1
    GOLD = 2


class AssetForm(IntEnum):
    """What a unit of an asset is: issued here alone, a token of something elsewhere, or an entry at a custodian."""

    NATIVE = 0
    TOKENIZED = 1
    TRADITIONAL = 2


class AttestationPolicy(IntEnum):
    """What needs an attestation of the reserve that has not expired: nothing, minting, or trading, too."""

    NONE = 0
    MINTING = 1
    TRADING = 2


class BarPolicy(IntEnum):
    """Whether bars stand behind an asset, and what a redemption takes: a share of all, or a whole bar."""

    NONE = 0
    POOLED = 1
    WHOLE = 2


class AttestorStatus(IntEnum):
    """Whether an attestor's attestations are taken."""

    ACTIVE = 0
    INACTIVE = 1


class RefinerStatus(IntEnum):
    """Whether a refiner's new bars are taken."""

    LISTED = 0
    DELISTED = 1


class RedemptionRefusal(IntEnum):
    """Why a redemption was refused after its request."""

    OTHER = 0
    COMPLIANCE = 1
    UNDELIVERABLE = 2


class PegStatus(IntEnum):
    """Whether a cash asset's reference value is within its band."""

    PEGGED = 0
    DEPEGGED = 1


class Liquidity(IntEnum):
    """Which side of a fill an order was on."""

    NONE = 0
    MAKER = 1
    TAKER = 2
    AUCTION = 3


class Priority(IntEnum):
    """Whether an amended order kept its place in the queue; or that self-trade prevention took from it."""

    KEPT = 0
    LOST = 1
    DECREMENTED = 2


class OrderStatus(IntEnum):
    """What has become of the order that a duplicate names."""

    OPEN = 0
    FILLED = 1
    CANCELLED = 2


class ChangeKind(IntEnum):
    """What happened to an order in its book."""

    ADDED = 1
    REDUCED = 2
    EXECUTED = 3
    REMOVED = 4
    MOVED = 5
    HIDDEN_EXECUTED = 6
    CROSSED = 7


class CancelReason(IntEnum):
    """Why an order was cancelled."""

    USER = 1
    CANCEL_ALL = 2
    IOC_REMAINDER = 3
    SELF_TRADE_RESTING = 4
    SELF_TRADE_INCOMING = 5
    MARKET_REMAINDER = 6
    EXPIRED = 7
    DAY_ENDED = 8
    BELOW_MINIMUM = 9
    REPLACED = 10
    AUCTION_ENDED = 11
    RETIRED = 12
    QUOTE_WITHDRAWN = 20
    QUOTE_REFUSED = 21
    PROTECTION = 22
    DEAD_MAN = 23
    DISCONNECTED = 24
    LINKED = 30
    OUT_OF_BAND = 40
    INELIGIBLE = 50
    FROZEN = 51
    CORPORATE_ACTION = 55


class RejectCode(IntEnum):
    """Why a command changed nothing."""

    MALFORMED = 1
    UNKNOWN_ACCOUNT = 2
    UNKNOWN_INSTRUMENT = 3
    UNKNOWN_ASSET = 4
    UNKNOWN_ORDER = 5
    INSTRUMENT_HALTED = 6
    INVALID_COMBINATION = 7
    INVALID_QUANTITY = 8
    INVALID_PRICE = 9
    OPEN_ORDER_LIMIT = 10
    ENGINE_FULL = 11
    NO_LIQUIDITY = 12
    OVERFLOW = 13
    POST_ONLY_WOULD_CROSS = 14
    INSUFFICIENT_FUNDS = 15
    FOK_UNFILLABLE = 16
    AMEND_NO_CHANGE = 17
    AMEND_BELOW_FILLED = 18
    UNKNOWN_WITHDRAWAL = 19
    INVALID_AMOUNT = 20
    UNKNOWN_COUNTERPARTY = 21
    ALREADY_EXISTS = 22
    ID_NOT_NEXT = 23
    REGISTRY_FULL = 24
    INVALID_PARAMETER = 25
    UNKNOWN_FEE_SCHEDULE = 26
    WITHDRAWAL_LIMIT = 27
    CLIENT_ORDER_ID_REUSED = 28
    BELOW_MINIMUM = 29
    INVALID_EXPIRY = 30
    MIN_QUANTITY_UNFILLABLE = 31
    WOULD_TRIGGER = 32
    NO_TRIGGER_VALUE = 33
    INSTRUMENT_ORDER_LIMIT = 34
    WRONG_PHASE = 35
    NO_REFERENCE = 36
    ORDER_TOO_LARGE = 37
    PRICE_OUT_OF_BAND = 38
    QUOTE_GROUP_BLOCKED = 40
    OPEN_NOTIONAL_LIMIT = 50
    FEE_CHANGE_LIMIT = 51
    REFERENCE_REUSED = 52
    UNKNOWN_KEY = 60
    KEY_REVOKED = 61
    NOT_VERIFIED = 70
    CLASS_NOT_ELIGIBLE = 71
    JURISDICTION_NOT_ELIGIBLE = 72
    HOLDING_LIMIT = 73
    ACCOUNT_FROZEN = 74
    ASSET_FROZEN = 75
    NO_ASSET_TERMS = 90
    NOT_ISSUER = 91
    NOT_MINTABLE = 92
    UNKNOWN_ATTESTOR = 93
    INVALID_SIGNATURE = 94
    STALE_ATTESTATION = 95
    RESERVE_EXCEEDED = 96
    UNKNOWN_REFINER = 97
    UNKNOWN_BAR = 98
    BAR_ASSIGNED = 99
    NO_BAR = 100
    NO_PEG = 101
    UNKNOWN_ACTION = 110
    ACTION_IN_PROGRESS = 111
    ACTION_LIMIT = 112
    INVALID_ACTION = 113
    BOOKS_CLOSED = 114


class CancelTimer(IntEnum):
    """Of CANCEL_AFTER: whose silence the timer is for, the client's own or that of its lost connection."""

    CLIENT = 0
    SESSION = 1


class ProtectionLimit(IntEnum):
    """The limit of a market-maker protection that was reached."""

    QUANTITY = 0
    NOTIONAL = 1
    FILLS = 2
    DELTA = 3


class ActionKind(IntEnum):
    """What a corporate action is: a name for a shape of it."""

    CASH_DIVIDEND = 0
    COUPON = 1
    STOCK_DIVIDEND = 2
    SPLIT = 3
    REVERSE_SPLIT = 4
    SPIN_OFF = 5
    RIGHTS_ISSUE = 6
    MERGER = 7
    REDEMPTION = 8
    DELISTING = 9


class OrderPolicy(IntEnum):
    """What a corporate action does with the open orders of its asset's instruments."""

    KEEP = 0
    CANCEL = 1


class ActionFailure(IntEnum):
    """Why a corporate action paid nothing: too little to pay, too large a sum, units held or minted that it takes."""

    INSUFFICIENT_FUNDS = 0
    OVERFLOW = 1
    HELD = 2
    MINTED = 3


class ActionStage(IntEnum):
    """What a corporate action that has begun is doing."""

    ANNOUNCED = 0
    HALTING = 1
    CANCELLING = 2
    COUNTING = 3
    PAYING = 4
    REBASING = 5
    LIFTING = 6


WORDS: Final[dict[type[IntEnum], dict[Any, str]]] = {
    Side: {Side.BUY: "buy", Side.SELL: "sell"},
    OrderType: {OrderType.LIMIT: "limit", OrderType.MARKET: "market", OrderType.MARKET_TO_LIMIT: "market_to_limit"},
    TimeInForce: {
        TimeInForce.GTC: "gtc",
        TimeInForce.IOC: "ioc",
        TimeInForce.FOK: "fok",
        TimeInForce.POST_ONLY: "post_only",
        TimeInForce.POST_ONLY_SLIDE: "post_only_slide",
    },
    SelfTradePrevention: {
        SelfTradePrevention.CANCEL_NEWEST: "newest",
        SelfTradePrevention.CANCEL_OLDEST: "oldest",
        SelfTradePrevention.CANCEL_BOTH: "both",
        SelfTradePrevention.DECREMENT: "decrement",
        SelfTradePrevention.NONE: "none",
    },
    QuantityKind: {QuantityKind.LOTS: "lots", QuantityKind.NOTIONAL: "notional"},
    Trigger: {
        Trigger.NONE: "none",
        Trigger.LAST_TRADE: "last_trade",
        Trigger.BEST_OPPOSITE: "best_opposite",
        Trigger.REFERENCE: "reference",
    },
    Visibility: {Visibility.DISPLAYED: "displayed", Visibility.HIDDEN: "hidden"},
    Lifetime: {Lifetime.UNTIL_CANCELLED: "until_cancelled", Lifetime.DAY: "day", Lifetime.AUCTION: "auction"},
    PegReference: {
        PegReference.NONE: "none",
        PegReference.PRIMARY: "primary",
        PegReference.MARKET: "market",
        PegReference.MIDPOINT: "midpoint",
    },
    OnFailure: {OnFailure.STOP: "stop", OnFailure.PLACE_ANYWAY: "place_anyway"},
    SideFilter: {SideFilter.BOTH: "both", SideFilter.BUY: "buy", SideFilter.SELL: "sell"},
    HaltCause: {
        HaltCause.OPERATOR: "operator",
        HaltCause.REGULATOR: "regulator",
        HaltCause.PRIMARY_MARKET: "primary_market",
        HaltCause.BAND_BREACH: "band_breach",
        HaltCause.STALE_REFERENCE: "stale_reference",
        HaltCause.ASSET_FROZEN: "asset_frozen",
        HaltCause.CORPORATE_ACTION: "corporate_action",
        HaltCause.DEPEGGED: "depegged",
    },
    Phase: {
        Phase.CONTINUOUS: "continuous",
        Phase.PRE_OPEN: "pre_open",
        Phase.AUCTION: "auction",
        Phase.PAUSE: "pause",
        Phase.UNCROSSING: "uncrossing",
        Phase.CLOSED: "closed",
        Phase.RETIRED: "retired",
    },
    LimitState: {LimitState.NONE: "none", LimitState.UP: "up", LimitState.DOWN: "down"},
    StalePolicy: {StalePolicy.KEEP: "keep", StalePolicy.WIDEN: "widen", StalePolicy.HALT: "halt"},
    PrimaryStatus: {PrimaryStatus.OPEN: "open", PrimaryStatus.CLOSED: "closed", PrimaryStatus.HALTED: "halted"},
    PrimaryPolicy: {
        PrimaryPolicy.NONE: "none",
        PrimaryPolicy.FIXED_BAND: "fixed_band",
        PrimaryPolicy.REANCHOR: "reanchor",
        PrimaryPolicy.HALT: "halt",
    },
    FeeChange: {FeeChange.SET: "set", FeeChange.REMOVE: "remove"},
    InvestorClass: {
        InvestorClass.NONE: "none",
        InvestorClass.RETAIL: "retail",
        InvestorClass.PROFESSIONAL: "professional",
        InvestorClass.INSTITUTIONAL: "institutional",
        InvestorClass.MARKET_MAKER: "market_maker",
    },
    Verification: {Verification.NOT_REQUIRED: "not_required", Verification.REQUIRED: "required"},
    JurisdictionRule: {
        JurisdictionRule.ANY: "any",
        JurisdictionRule.ALLOWED: "allowed",
        JurisdictionRule.DENIED: "denied",
    },
    FreezeScope: {FreezeScope.ACCOUNT: "account", FreezeScope.ASSET: "asset", FreezeScope.UNITS: "units"},
    AssetClass: {AssetClass.STABLECOIN: "stablecoin", AssetClass.EQUITY: "equity", AssetClass.GOLD: "gold"},
    AssetForm: {AssetForm.NATIVE: "native", AssetForm.TOKENIZED: "tokenized", AssetForm.TRADITIONAL: "traditional"},
    AttestationPolicy: {
        AttestationPolicy.NONE: "none",
        AttestationPolicy.MINTING: "minting",
        AttestationPolicy.TRADING: "trading",
    },
    BarPolicy: {BarPolicy.NONE: "none", BarPolicy.POOLED: "pooled", BarPolicy.WHOLE: "whole"},
    AttestorStatus: {AttestorStatus.ACTIVE: "active", AttestorStatus.INACTIVE: "inactive"},
    RefinerStatus: {RefinerStatus.LISTED: "listed", RefinerStatus.DELISTED: "delisted"},
    RedemptionRefusal: {
        RedemptionRefusal.OTHER: "other",
        RedemptionRefusal.COMPLIANCE: "compliance",
        RedemptionRefusal.UNDELIVERABLE: "undeliverable",
    },
    PegStatus: {PegStatus.PEGGED: "pegged", PegStatus.DEPEGGED: "depegged"},
    Liquidity: {Liquidity.NONE: "", Liquidity.MAKER: "maker", Liquidity.TAKER: "taker", Liquidity.AUCTION: "auction"},
    Priority: {
        Priority.KEPT: "priority_kept",
        Priority.LOST: "priority_lost",
        Priority.DECREMENTED: "self_trade_decrement",
    },
    OrderStatus: {OrderStatus.OPEN: "open", OrderStatus.FILLED: "filled", OrderStatus.CANCELLED: "cancelled"},
    ChangeKind: {
        ChangeKind.ADDED: "added",
        ChangeKind.REDUCED: "reduced",
        ChangeKind.EXECUTED: "executed",
        ChangeKind.REMOVED: "removed",
        ChangeKind.MOVED: "moved",
        ChangeKind.HIDDEN_EXECUTED: "",
        ChangeKind.CROSSED: "",
    },
    CancelReason: {
        CancelReason.USER: "user",
        CancelReason.CANCEL_ALL: "cancel_all",
        CancelReason.IOC_REMAINDER: "ioc_remainder",
        CancelReason.SELF_TRADE_RESTING: "self_trade_resting",
        CancelReason.SELF_TRADE_INCOMING: "self_trade_incoming",
        CancelReason.MARKET_REMAINDER: "market_remainder",
        CancelReason.EXPIRED: "expired",
        CancelReason.DAY_ENDED: "day_ended",
        CancelReason.BELOW_MINIMUM: "below_minimum",
        CancelReason.REPLACED: "replaced",
        CancelReason.AUCTION_ENDED: "auction_ended",
        CancelReason.RETIRED: "retired",
        CancelReason.QUOTE_WITHDRAWN: "quote_withdrawn",
        CancelReason.QUOTE_REFUSED: "quote_refused",
        CancelReason.PROTECTION: "protection",
        CancelReason.DEAD_MAN: "dead_man",
        CancelReason.DISCONNECTED: "disconnected",
        CancelReason.LINKED: "linked",
        CancelReason.OUT_OF_BAND: "out_of_band",
        CancelReason.INELIGIBLE: "ineligible",
        CancelReason.FROZEN: "frozen",
        CancelReason.CORPORATE_ACTION: "corporate_action",
    },
    RejectCode: {
        RejectCode.MALFORMED: "malformed",
        RejectCode.UNKNOWN_ACCOUNT: "unknown_account",
        RejectCode.UNKNOWN_INSTRUMENT: "unknown_instrument",
        RejectCode.UNKNOWN_ASSET: "unknown_asset",
        RejectCode.UNKNOWN_ORDER: "unknown_order",
        RejectCode.INSTRUMENT_HALTED: "instrument_halted",
        RejectCode.INVALID_COMBINATION: "invalid_combination",
        RejectCode.INVALID_QUANTITY: "invalid_quantity",
        RejectCode.INVALID_PRICE: "invalid_price",
        RejectCode.OPEN_ORDER_LIMIT: "open_order_limit",
        RejectCode.ENGINE_FULL: "engine_full",
        RejectCode.NO_LIQUIDITY: "no_liquidity",
        RejectCode.OVERFLOW: "overflow",
        RejectCode.POST_ONLY_WOULD_CROSS: "post_only_would_cross",
        RejectCode.INSUFFICIENT_FUNDS: "insufficient_funds",
        RejectCode.FOK_UNFILLABLE: "fok_unfillable",
        RejectCode.AMEND_NO_CHANGE: "amend_no_change",
        RejectCode.AMEND_BELOW_FILLED: "amend_below_filled",
        RejectCode.UNKNOWN_WITHDRAWAL: "unknown_withdrawal",
        RejectCode.INVALID_AMOUNT: "invalid_amount",
        RejectCode.UNKNOWN_COUNTERPARTY: "unknown_counterparty",
        RejectCode.ALREADY_EXISTS: "already_exists",
        RejectCode.ID_NOT_NEXT: "id_not_next",
        RejectCode.REGISTRY_FULL: "registry_full",
        RejectCode.INVALID_PARAMETER: "invalid_parameter",
        RejectCode.UNKNOWN_FEE_SCHEDULE: "unknown_fee_schedule",
        RejectCode.WITHDRAWAL_LIMIT: "withdrawal_limit",
        RejectCode.CLIENT_ORDER_ID_REUSED: "client_order_id_reused",
        RejectCode.BELOW_MINIMUM: "below_minimum",
        RejectCode.INVALID_EXPIRY: "invalid_expiry",
        RejectCode.MIN_QUANTITY_UNFILLABLE: "min_quantity_unfillable",
        RejectCode.WOULD_TRIGGER: "would_trigger",
        RejectCode.NO_TRIGGER_VALUE: "no_trigger_value",
        RejectCode.INSTRUMENT_ORDER_LIMIT: "instrument_order_limit",
        RejectCode.WRONG_PHASE: "wrong_phase",
        RejectCode.NO_REFERENCE: "no_reference",
        RejectCode.ORDER_TOO_LARGE: "order_too_large",
        RejectCode.PRICE_OUT_OF_BAND: "price_out_of_band",
        RejectCode.QUOTE_GROUP_BLOCKED: "quote_group_blocked",
        RejectCode.OPEN_NOTIONAL_LIMIT: "open_notional_limit",
        RejectCode.FEE_CHANGE_LIMIT: "fee_change_limit",
        RejectCode.REFERENCE_REUSED: "reference_reused",
        RejectCode.UNKNOWN_KEY: "unknown_key",
        RejectCode.KEY_REVOKED: "key_revoked",
        RejectCode.NOT_VERIFIED: "not_verified",
        RejectCode.CLASS_NOT_ELIGIBLE: "class_not_eligible",
        RejectCode.JURISDICTION_NOT_ELIGIBLE: "jurisdiction_not_eligible",
        RejectCode.HOLDING_LIMIT: "holding_limit",
        RejectCode.ACCOUNT_FROZEN: "account_frozen",
        RejectCode.ASSET_FROZEN: "asset_frozen",
        RejectCode.NO_ASSET_TERMS: "no_asset_terms",
        RejectCode.NOT_ISSUER: "not_issuer",
        RejectCode.NOT_MINTABLE: "not_mintable",
        RejectCode.UNKNOWN_ATTESTOR: "unknown_attestor",
        RejectCode.INVALID_SIGNATURE: "invalid_signature",
        RejectCode.STALE_ATTESTATION: "stale_attestation",
        RejectCode.RESERVE_EXCEEDED: "reserve_exceeded",
        RejectCode.UNKNOWN_REFINER: "unknown_refiner",
        RejectCode.UNKNOWN_BAR: "unknown_bar",
        RejectCode.BAR_ASSIGNED: "bar_assigned",
        RejectCode.NO_BAR: "no_bar",
        RejectCode.NO_PEG: "no_peg",
        RejectCode.UNKNOWN_ACTION: "unknown_action",
        RejectCode.ACTION_IN_PROGRESS: "action_in_progress",
        RejectCode.ACTION_LIMIT: "action_limit",
        RejectCode.INVALID_ACTION: "invalid_action",
        RejectCode.BOOKS_CLOSED: "books_closed",
    },
    CancelTimer: {CancelTimer.CLIENT: "client", CancelTimer.SESSION: "session"},
    ProtectionLimit: {
        ProtectionLimit.QUANTITY: "quantity",
        ProtectionLimit.NOTIONAL: "notional",
        ProtectionLimit.FILLS: "fills",
        ProtectionLimit.DELTA: "delta",
    },
    ActionKind: {
        ActionKind.CASH_DIVIDEND: "cash_dividend",
        ActionKind.COUPON: "coupon",
        ActionKind.STOCK_DIVIDEND: "stock_dividend",
        ActionKind.SPLIT: "split",
        ActionKind.REVERSE_SPLIT: "reverse_split",
        ActionKind.SPIN_OFF: "spin_off",
        ActionKind.RIGHTS_ISSUE: "rights_issue",
        ActionKind.MERGER: "merger",
        ActionKind.REDEMPTION: "redemption",
        ActionKind.DELISTING: "delisting",
    },
    OrderPolicy: {OrderPolicy.KEEP: "keep", OrderPolicy.CANCEL: "cancel"},
    ActionFailure: {
        ActionFailure.INSUFFICIENT_FUNDS: "insufficient_funds",
        ActionFailure.OVERFLOW: "overflow",
        ActionFailure.HELD: "held",
        ActionFailure.MINTED: "minted",
    },
    ActionStage: {
        ActionStage.ANNOUNCED: "announced",
        ActionStage.HALTING: "halting",
        ActionStage.CANCELLING: "cancelling",
        ActionStage.COUNTING: "counting",
        ActionStage.PAYING: "paying",
        ActionStage.REBASING: "rebasing",
        ActionStage.LIFTING: "lifting",
    },
}
"""The words of the wire."""


class Header(NamedTuple):
    """The first 24 bytes of every command."""

    length: int
    kind: int
    version: int
    flags: int
    key: int
    account: int
    timestamp_ns: int


class Place(NamedTuple):
    """Body of PLACE: A new order."""

    instrument: int = 0
    side: int = 0
    order_type: int = 0
    time_in_force: int = 0
    stp: int = 0
    price: int = 0
    quantity: int = 0
    quantity_kind: int = 0
    client_order_id_len: int = 0
    expires_at: int = 0
    display_quantity: int = 0
    min_quantity: int = 0
    trigger_price: int = 0
    trail: int = 0
    trigger: int = 0
    visibility: int = 0
    lifetime: int = 0
    peg: int = 0
    peg_offset: int = 0
    client_order_id: bytes = b""


class Cancel(NamedTuple):
    """Body of CANCEL: Takes one open order off the book."""

    order_id: int = 0
    client_order_id_len: int = 0
    client_order_id: bytes = b""


class Amend(NamedTuple):
    """Body of AMEND: Gives one open order a new price, a new total quantity, and what else of it can be changed."""

    order_id: int = 0
    price: int = 0
    quantity: int = 0
    client_order_id_len: int = 0
    display_quantity: int = 0
    min_quantity: int = 0
    expires_at: int = 0
    trigger_price: int = 0
    trail: int = 0
    client_order_id: bytes = b""


class CancelAll(NamedTuple):
    """Body of CANCEL_ALL: Cancels the account's open orders."""

    instrument: int = 0
    sides: int = 0
    quote_group: int = 0


class CancelReplace(NamedTuple):
    """Body of CANCEL_REPLACE: Takes an open order out and places another, or does nothing."""

    instrument: int = 0
    side: int = 0
    order_type: int = 0
    time_in_force: int = 0
    stp: int = 0
    price: int = 0
    quantity: int = 0
    quantity_kind: int = 0
    client_order_id_len: int = 0
    on_failure: int = 0
    order_id: int = 0
    expires_at: int = 0
    display_quantity: int = 0
    min_quantity: int = 0
    trigger_price: int = 0
    trail: int = 0
    trigger: int = 0
    visibility: int = 0
    lifetime: int = 0
    peg: int = 0
    peg_offset: int = 0
    client_order_id: bytes = b""


class QuoteEntry(NamedTuple):
    """What one instrument's quote shall be."""

    instrument: int = 0
    bid_price: int = 0
    ask_price: int = 0
    bid_quantity: int = 0
    ask_quantity: int = 0


class MassQuote(NamedTuple):
    """Body of MASS_QUOTE: Says what the quotes of a group shall be, on many instruments at once."""

    quote_group: int = 0
    time_in_force: int = 0
    stp: int = 0
    quotes_len: int = 0
    quotes: tuple[QuoteEntry, ...] = ()


class SetMarketMakerProtection(NamedTuple):
    """Body of SET_MARKET_MAKER_PROTECTION: Limits what a group may trade in a while; all 0: no longer."""

    quote_group: int = 0
    max_fills: int = 0
    window_ns: int = 0
    max_quantity: int = 0
    max_notional: int = 0
    max_delta: int = 0


class ResetMarketMakerProtection(NamedTuple):
    """Body of RESET_MARKET_MAKER_PROTECTION: Lets a group that its protection has blocked quote again."""

    quote_group: int = 0


class CancelAfter(NamedTuple):
    """Body of CANCEL_AFTER: Sets a timer that cancels all open orders of the account when it runs out."""

    timeout_ns: int = 0
    timer: int = 0


class PlaceOco(NamedTuple):
    """Body of PLACE_OCO: A limit order and a stop of one side and quantity, of which one cancels the other."""

    instrument: int = 0
    side: int = 0
    stp: int = 0
    trigger: int = 0
    lifetime: int = 0
    price: int = 0
    quantity: int = 0
    stop_price: int = 0
    expires_at: int = 0
    trigger_price: int = 0
    client_order_id_len: int = 0
    client_order_id: bytes = b""


class PlaceBracket(NamedTuple):
    """Body of PLACE_BRACKET: An order that two others follow, to close what it has traded at a profit or at a stop."""

    instrument: int = 0
    side: int = 0
    order_type: int = 0
    time_in_force: int = 0
    stp: int = 0
    price: int = 0
    quantity: int = 0
    take_profit: int = 0
    stop_price: int = 0
    expires_at: int = 0
    trigger_price: int = 0
    trigger: int = 0
    lifetime: int = 0
    client_order_id_len: int = 0
    client_order_id: bytes = b""


class CreateAsset(NamedTuple):
    """Body of CREATE_ASSET: Lists an asset under the next id."""

    asset: int = 0
    asset_class: int = 0
    decimals: int = 0
    symbol_len: int = 0
    symbol: bytes = b""
    min_withdrawal: int = 0


class CreateInstrument(NamedTuple):
    """Body of CREATE_INSTRUMENT: Lists an instrument under the next id."""

    instrument: int = 0
    base: int = 0
    quote: int = 0
    collar_bps: int = 0
    lot_size: int = 0
    tick_lot_value: int = 0
    max_price: int = 0
    symbol_len: int = 0
    symbol: bytes = b""
    phase: int = 0


class CreateAccount(NamedTuple):
    """Body of CREATE_ACCOUNT: Opens an account under the next id."""

    fee_schedule: int = 0


class SetFeeSchedule(NamedTuple):
    """Body of SET_FEE_SCHEDULE: Replaces a fee schedule, or appends one under the next id."""

    fee_schedule: int = 0
    maker_rate: int = 0
    taker_rate: int = 0
    effective_at: int = 0
    notional_1: int = 0
    maker_rate_1: int = 0
    taker_rate_1: int = 0
    notional_2: int = 0
    maker_rate_2: int = 0
    taker_rate_2: int = 0
    notional_3: int = 0
    maker_rate_3: int = 0
    taker_rate_3: int = 0
    notional_4: int = 0
    maker_rate_4: int = 0
    taker_rate_4: int = 0
    notional_5: int = 0
    maker_rate_5: int = 0
    taker_rate_5: int = 0
    notional_6: int = 0
    maker_rate_6: int = 0
    taker_rate_6: int = 0
    notional_7: int = 0
    maker_rate_7: int = 0
    taker_rate_7: int = 0
    notional_8: int = 0
    maker_rate_8: int = 0
    taker_rate_8: int = 0


class Halt(NamedTuple):
    """Body of HALT: Stops an instrument's trading, for a cause; cancels still work."""

    instrument: int = 0
    cause: int = 0


class Resume(NamedTuple):
    """Body of RESUME: Lifts a cause; an instrument's trading goes on when it was the last."""

    instrument: int = 0
    cause: int = 0


class Pulse(NamedTuple):
    """Body of PULSE: Time has come: the engine does what is due, a bounded part of it."""


class SetAccount(NamedTuple):
    """Body of SET_ACCOUNT: Gives an account another fee schedule, other limits, another group."""

    fee_schedule: int = 0
    max_open_orders: int = 0
    client_id_window: int = 0
    group: int = 0
    max_open_notional: int = 0


class SetReference(NamedTuple):
    """Body of SET_REFERENCE: Says what an instrument is worth elsewhere."""

    instrument: int = 0
    source: int = 0
    price: int = 0
    observed_at: int = 0


class RollTradeDate(NamedTuple):
    """Body of ROLL_TRADE_DATE: Begins a trade date; trading goes on, and the day orders of earlier dates end."""

    trade_date: int = 0


class SetPhase(NamedTuple):
    """Body of SET_PHASE: Opens, closes or retires an instrument, begins an auction, or ends its call."""

    instrument: int = 0
    phase: int = 0
    next: int = 0
    ends_at: int = 0


class SetTradingLimits(NamedTuple):
    """Body of SET_TRADING_LIMITS: Bounds an instrument's prices and the size of its orders."""

    instrument: int = 0
    static_bps: int = 0
    dynamic_bps: int = 0
    auction_bps: int = 0
    call_ns: int = 0
    max_quantity: int = 0
    max_notional: int = 0


class SetVolatilityBands(NamedTuple):
    """Body of SET_VOLATILITY_BANDS: Bounds an instrument's prices by its own trades of the last minutes."""

    instrument: int = 0
    bps: int = 0
    ticks: int = 0
    multiplier: int = 0
    limit_state_ns: int = 0
    pause_ns: int = 0


class SetReferencePolicy(NamedTuple):
    """Body of SET_REFERENCE_POLICY: Says what an old reference price leads to, and a closed primary market."""

    instrument: int = 0
    stale: int = 0
    primary: int = 0
    widen: int = 0
    max_age_ns: int = 0
    closed_bps: int = 0
    step_bps: int = 0
    step_ns: int = 0


class SetPrimaryStatus(NamedTuple):
    """Body of SET_PRIMARY_STATUS: Says whether an instrument's primary market trades."""

    instrument: int = 0
    status: int = 0
    close: int = 0


class Deposit(NamedTuple):
    """Body of DEPOSIT: Credits an account: what the venue has received."""

    asset: int = 0
    amount: int = 0
    reference_len: int = 0
    reference: bytes = b""


class RequestWithdrawal(NamedTuple):
    """Body of REQUEST_WITHDRAWAL: Holds an amount until the venue settles or cancels its withdrawal."""

    asset: int = 0
    amount: int = 0
    reference_len: int = 0
    reference: bytes = b""


class SettleWithdrawal(NamedTuple):
    """Body of SETTLE_WITHDRAWAL: The money has left."""

    withdrawal_id: int = 0
    reference_len: int = 0
    reference: bytes = b""


class CancelWithdrawal(NamedTuple):
    """Body of CANCEL_WITHDRAWAL: Gives a withdrawal's money back to the account."""

    withdrawal_id: int = 0
    reference_len: int = 0
    reference: bytes = b""


class Transfer(NamedTuple):
    """Body of TRANSFER: Moves money between two accounts."""

    asset: int = 0
    to_account: int = 0
    amount: int = 0
    reference_len: int = 0
    reference: bytes = b""


class SetFeeOverride(NamedTuple):
    """Body of SET_FEE_OVERRIDE: Gives a fee schedule other rates and tiers for one instrument, or takes them away."""

    fee_schedule: int = 0
    instrument: int = 0
    change: int = 0
    maker_rate: int = 0
    taker_rate: int = 0
    effective_at: int = 0
    notional_1: int = 0
    maker_rate_1: int = 0
    taker_rate_1: int = 0
    notional_2: int = 0
    maker_rate_2: int = 0
    taker_rate_2: int = 0
    notional_3: int = 0
    maker_rate_3: int = 0
    taker_rate_3: int = 0
    notional_4: int = 0
    maker_rate_4: int = 0
    taker_rate_4: int = 0
    notional_5: int = 0
    maker_rate_5: int = 0
    taker_rate_5: int = 0
    notional_6: int = 0
    maker_rate_6: int = 0
    taker_rate_6: int = 0
    notional_7: int = 0
    maker_rate_7: int = 0
    taker_rate_7: int = 0
    notional_8: int = 0
    maker_rate_8: int = 0
    taker_rate_8: int = 0


class SetObligation(NamedTuple):
    """Body of SET_OBLIGATION: Says what a market maker owes on an instrument and gets for it; all 0: nothing."""

    instrument: int = 0
    max_spread: int = 0
    min_quantity: int = 0
    required_bps: int = 0
    maker_rate: int = 0


class SetKey(NamedTuple):
    """Body of SET_KEY: Gives an account an API key, or an API key of it another document and another end."""

    key_id: int = 0
    document_len: int = 0
    expires_at: int = 0
    document: bytes = b""


class RevokeKey(NamedTuple):
    """Body of REVOKE_KEY: Takes an API key away, for good."""

    key_id: int = 0


class SetHolder(NamedTuple):
    """Body of SET_HOLDER: Says who holds an account: what eligibility asks for."""

    investor_class: int = 0
    jurisdiction: int = 0
    firm: int = 0
    verified_until: int = 0


class JurisdictionEntry(NamedTuple):
    """One jurisdiction of a table."""

    jurisdiction: int = 0


class SetEligibility(NamedTuple):
    """Body of SET_ELIGIBILITY: Says who may receive an asset, or trade an instrument; nothing said: everybody."""

    asset: int = 0
    instrument: int = 0
    classes: int = 0
    verification: int = 0
    jurisdiction_rule: int = 0
    max_holding: int = 0
    locked_until: int = 0
    jurisdictions_len: int = 0
    jurisdictions: tuple[JurisdictionEntry, ...] = ()


class Freeze(NamedTuple):
    """Body of FREEZE: Freezes an account, an asset, or units of an asset in an account."""

    scope: int = 0
    asset: int = 0
    amount: int = 0
    until: int = 0


class Unfreeze(NamedTuple):
    """Body of UNFREEZE: Lifts a freeze."""

    scope: int = 0
    asset: int = 0
    until: int = 0


class ForceTransfer(NamedTuple):
    """Body of FORCE_TRANSFER: Moves units between two accounts by authority, frozen ones first."""

    asset: int = 0
    to_account: int = 0
    amount: int = 0
    reason: int = 0
    reference_len: int = 0
    reference: bytes = b""


class SetBeneficial(NamedTuple):
    """Body of SET_BENEFICIAL: Moves units of an account onto its register of beneficial holders, on it, and off."""

    asset: int = 0
    from_holder: int = 0
    to_holder: int = 0
    quantity: int = 0


class SetAssetTerms(NamedTuple):
    """Body of SET_ASSET_TERMS: Says what stands behind an asset, who issues it and how it is redeemed."""

    asset: int = 0
    issuer: int = 0
    form: int = 0
    attestation: int = 0
    bars: int = 0
    isin_len: int = 0
    isin: bytes = b""
    currency_len: int = 0
    currency: bytes = b""
    vault_len: int = 0
    vault: bytes = b""
    backing: int = 0
    min_redemption: int = 0
    redemption_unit: int = 0
    redemption_fee: int = 0
    redemption_fee_rate: int = 0


class SetAttestor(NamedTuple):
    """Body of SET_ATTESTOR: Lists who attests reserves under the next number, or gives one another key or status."""

    attestor: int = 0
    status: int = 0
    public_key: bytes = b""


class Attest(NamedTuple):
    """Body of ATTEST: Brings what an attestor says of an asset's reserve, under its signature."""

    asset: int = 0
    attestor: int = 0
    reserve: int = 0
    as_of: int = 0
    valid_until: int = 0
    signature: bytes = b""


class Mint(NamedTuple):
    """Body of MINT: Issues an asset to its issuer's account, as far as what stands behind it reaches."""

    asset: int = 0
    amount: int = 0
    reference_len: int = 0
    reference: bytes = b""


class RequestRedemption(NamedTuple):
    """Body of REQUEST_REDEMPTION: Holds an amount until its redemption is settled or refused."""

    asset: int = 0
    amount: int = 0
    reference_len: int = 0
    reference: bytes = b""


class SettleRedemption(NamedTuple):
    """Body of SETTLE_REDEMPTION: What a redemption is for has been delivered: its units are burned."""

    withdrawal_id: int = 0
    reference_len: int = 0
    reference: bytes = b""


class RefuseRedemption(NamedTuple):
    """Body of REFUSE_REDEMPTION: Gives a redemption's units back to the holder."""

    withdrawal_id: int = 0
    refusal: int = 0
    reference_len: int = 0
    reference: bytes = b""


class SetRefiner(NamedTuple):
    """Body of SET_REFINER: Lists who makes bars under the next number, or gives one another code or status."""

    refiner: int = 0
    status: int = 0
    code_len: int = 0
    code: bytes = b""


class RegisterBar(NamedTuple):
    """Body of REGISTER_BAR: A bar is in the vault, and stands behind an asset from now on."""

    asset: int = 0
    refiner: int = 0
    serial_len: int = 0
    serial: bytes = b""
    vault_len: int = 0
    vault: bytes = b""
    gross_weight: int = 0
    fine_weight: int = 0


class RemoveBar(NamedTuple):
    """Body of REMOVE_BAR: A bar leaves the vault; what is left must cover what was issued."""

    bar: int = 0


class SetPeg(NamedTuple):
    """Body of SET_PEG: Says how far a cash asset may be from par before its instruments halt; 0: however far."""

    asset: int = 0
    band_bps: int = 0
    haircut_bps: int = 0
    source: int = 0


class SetCashReference(NamedTuple):
    """Body of SET_CASH_REFERENCE: Says what a cash asset is worth elsewhere."""

    asset: int = 0
    source: int = 0
    value: int = 0
    observed_at: int = 0


class AnnounceAction(NamedTuple):
    """Body of ANNOUNCE_ACTION: Announces a corporate action under the next id, or in the place of an announced one."""

    action: int = 0
    asset: int = 0
    action_kind: int = 0
    order_policy: int = 0
    payer: int = 0
    lieu_asset: int = 0
    record_at: int = 0
    books_close_at: int = 0
    asset_1: int = 0
    numerator_1: int = 0
    denominator_1: int = 0
    lieu_price_1: int = 0
    asset_2: int = 0
    numerator_2: int = 0
    denominator_2: int = 0
    lieu_price_2: int = 0
    asset_3: int = 0
    numerator_3: int = 0
    denominator_3: int = 0
    lieu_price_3: int = 0
    asset_4: int = 0
    numerator_4: int = 0
    denominator_4: int = 0
    lieu_price_4: int = 0


class CancelAction(NamedTuple):
    """Body of CANCEL_ACTION: Withdraws the announcement of a corporate action that has not begun."""

    action: int = 0


Body = (
    Place
    | Cancel
    | Amend
    | CancelAll
    | CancelReplace
    | MassQuote
    | SetMarketMakerProtection
    | ResetMarketMakerProtection
    | CancelAfter
    | PlaceOco
    | PlaceBracket
    | CreateAsset
    | CreateInstrument
    | CreateAccount
    | SetFeeSchedule
    | Halt
    | Resume
    | Pulse
    | SetAccount
    | SetReference
    | RollTradeDate
    | SetPhase
    | SetTradingLimits
    | SetVolatilityBands
    | SetReferencePolicy
    | SetPrimaryStatus
    | Deposit
    | RequestWithdrawal
    | SettleWithdrawal
    | CancelWithdrawal
    | Transfer
    | SetFeeOverride
    | SetObligation
    | SetKey
    | RevokeKey
    | SetHolder
    | SetEligibility
    | Freeze
    | Unfreeze
    | ForceTransfer
    | SetBeneficial
    | SetAssetTerms
    | SetAttestor
    | Attest
    | Mint
    | RequestRedemption
    | SettleRedemption
    | RefuseRedemption
    | SetRefiner
    | RegisterBar
    | RemoveBar
    | SetPeg
    | SetCashReference
    | AnnounceAction
    | CancelAction
)

HEADER: Final = struct.Struct("<HBBIIIQ")
BODIES: Final[dict[type[Any], struct.Struct]] = {
    Place: struct.Struct("<IBBBBqqBB6xQqqIIBBB5xBB6x"),
    Cancel: struct.Struct("<QB7x"),
    Amend: struct.Struct("<QqqB7xqqQII"),
    CancelAll: struct.Struct("<I4xB7xI4x"),
    CancelReplace: struct.Struct("<IBBBBqqBBB5xQQqqIIBBB5xBB6x"),
    MassQuote: struct.Struct("<IBBB1x"),
    SetMarketMakerProtection: struct.Struct("<IIQqqq"),
    ResetMarketMakerProtection: struct.Struct("<I4x"),
    CancelAfter: struct.Struct("<QB7x"),
    PlaceOco: struct.Struct("<IBBBBqqqQIB3x"),
    PlaceBracket: struct.Struct("<IBBBBqqqqQIBBB1x"),
    CreateAsset: struct.Struct("<IBBB16s1xq"),
    CreateInstrument: struct.Struct("<IIIIqqqB16s7xB7x"),
    CreateAccount: struct.Struct("<I4x"),
    SetFeeSchedule: struct.Struct("<IiI4xQqiIqiIqiIqiIqiIqiIqiIqiI"),
    Halt: struct.Struct("<I4xB7x"),
    Resume: struct.Struct("<I4xB7x"),
    Pulse: struct.Struct("<"),
    SetAccount: struct.Struct("<III4xI4xq"),
    SetReference: struct.Struct("<IIqQ"),
    RollTradeDate: struct.Struct("<I4x"),
    SetPhase: struct.Struct("<IBB2xQ"),
    SetTradingLimits: struct.Struct("<IIIIQqq"),
    SetVolatilityBands: struct.Struct("<IIIIQQ"),
    SetReferencePolicy: struct.Struct("<IBB2xI4xQIIQ"),
    SetPrimaryStatus: struct.Struct("<IB3xq"),
    Deposit: struct.Struct("<I4xqB7x"),
    RequestWithdrawal: struct.Struct("<I4xqB7x"),
    SettleWithdrawal: struct.Struct("<QB7x"),
    CancelWithdrawal: struct.Struct("<QB7x"),
    Transfer: struct.Struct("<IIqB7x"),
    SetFeeOverride: struct.Struct("<IIB3xiI4xQqiIqiIqiIqiIqiIqiIqiIqiI"),
    SetObligation: struct.Struct("<IIqIi"),
    SetKey: struct.Struct("<IB3xQ"),
    RevokeKey: struct.Struct("<I4x"),
    SetHolder: struct.Struct("<B1xHIQ"),
    SetEligibility: struct.Struct("<IIIBB2xqQB7x"),
    Freeze: struct.Struct("<B3xIqQ"),
    Unfreeze: struct.Struct("<B3xIQ"),
    ForceTransfer: struct.Struct("<IIqIB3x"),
    SetBeneficial: struct.Struct("<I4xQQq"),
    SetAssetTerms: struct.Struct("<IIBBBB16sB16sB16s2xqqqqI4x"),
    SetAttestor: struct.Struct("<IB32s3x"),
    Attest: struct.Struct("<IIqQQ64s"),
    Mint: struct.Struct("<I4xqB7x"),
    RequestRedemption: struct.Struct("<I4xqB7x"),
    SettleRedemption: struct.Struct("<QB7x"),
    RefuseRedemption: struct.Struct("<QBB6x"),
    SetRefiner: struct.Struct("<IBB16s2x"),
    RegisterBar: struct.Struct("<IIB16sB16s6xqq"),
    RemoveBar: struct.Struct("<Q"),
    SetPeg: struct.Struct("<IIII"),
    SetCashReference: struct.Struct("<IIqQ"),
    AnnounceAction: struct.Struct("<IIBB2xII4xQQI4xqqqI4xqqqI4xqqqI4xqqq"),
    CancelAction: struct.Struct("<I4x"),
}
"""Bodies in their newest version, without the text behind them."""
BODY_LENGTHS: Final[dict[type[Any], tuple[int, ...]]] = {
    Place: (32, 40, 72, 80),
    Cancel: (16,),
    Amend: (32, 64),
    CancelAll: (8, 16, 24),
    CancelReplace: (40, 80, 88),
    MassQuote: (8,),
    SetMarketMakerProtection: (40,),
    ResetMarketMakerProtection: (8,),
    CancelAfter: (16,),
    PlaceOco: (48,),
    PlaceBracket: (56,),
    CreateAsset: (32,),
    CreateInstrument: (64, 72),
    CreateAccount: (8,),
    SetFeeSchedule: (16, 152),
    Halt: (8, 16),
    Resume: (8, 16),
    Pulse: (0,),
    SetAccount: (16, 24, 32),
    SetReference: (24,),
    RollTradeDate: (8,),
    SetPhase: (16,),
    SetTradingLimits: (40,),
    SetVolatilityBands: (32,),
    SetReferencePolicy: (40,),
    SetPrimaryStatus: (16,),
    Deposit: (16, 24),
    RequestWithdrawal: (16, 24),
    SettleWithdrawal: (8, 16),
    CancelWithdrawal: (8, 16),
    Transfer: (16, 24),
    SetFeeOverride: (160,),
    SetObligation: (24,),
    SetKey: (16,),
    RevokeKey: (8,),
    SetHolder: (16,),
    SetEligibility: (40,),
    Freeze: (24,),
    Unfreeze: (16,),
    ForceTransfer: (24,),
    SetBeneficial: (32,),
    SetAssetTerms: (104,),
    SetAttestor: (40,),
    Attest: (96,),
    Mint: (24,),
    RequestRedemption: (24,),
    SettleRedemption: (16,),
    RefuseRedemption: (16,),
    SetRefiner: (24,),
    RegisterBar: (64,),
    RemoveBar: (8,),
    SetPeg: (16,),
    SetCashReference: (24,),
    AnnounceAction: (168,),
    CancelAction: (8,),
}
"""Body bytes by version, from 1."""


class Tail(NamedTuple):
    """The text or document behind a body: where the body counts its parts, bytes of a part, how many there can be."""

    counted_at: int
    size: int
    most: int


TAILS: Final[dict[type[Any], Tail]] = {
    Place: Tail(25, 1, CLIENT_ID_LEN),
    Cancel: Tail(8, 1, CLIENT_ID_LEN),
    Amend: Tail(24, 1, CLIENT_ID_LEN),
    CancelReplace: Tail(25, 1, CLIENT_ID_LEN),
    PlaceOco: Tail(44, 1, CLIENT_ID_LEN),
    PlaceBracket: Tail(54, 1, CLIENT_ID_LEN),
    Deposit: Tail(16, 1, CLIENT_ID_LEN),
    RequestWithdrawal: Tail(16, 1, CLIENT_ID_LEN),
    SettleWithdrawal: Tail(8, 1, CLIENT_ID_LEN),
    CancelWithdrawal: Tail(8, 1, CLIENT_ID_LEN),
    Transfer: Tail(16, 1, CLIENT_ID_LEN),
    SetKey: Tail(4, 8, MAX_KEY_DOCUMENT_WORDS),
    ForceTransfer: Tail(20, 1, CLIENT_ID_LEN),
    Mint: Tail(16, 1, CLIENT_ID_LEN),
    RequestRedemption: Tail(16, 1, CLIENT_ID_LEN),
    SettleRedemption: Tail(8, 1, CLIENT_ID_LEN),
    RefuseRedemption: Tail(9, 1, CLIENT_ID_LEN),
}
"""The bodies with a text (a client order id, a reference) or a document behind them."""


class Entries(NamedTuple):
    """The list behind a body: what an entry is, its layout, where the body counts them, how many there can be."""

    entry: type[Any]
    layout: struct.Struct
    counted_at: int
    most: int


ENTRIES: Final[dict[type[Any], Entries]] = {
    MassQuote: Entries(QuoteEntry, struct.Struct("<III4xqq"), 6, MAX_QUOTE_ENTRIES),
    SetEligibility: Entries(JurisdictionEntry, struct.Struct("<H6x"), 32, MAX_JURISDICTIONS),
}
"""The bodies with a list behind them."""
BODY_OF_KIND: Final[dict[int, type[Any]]] = {
    CommandKind.PLACE: Place,
    CommandKind.CANCEL: Cancel,
    CommandKind.AMEND: Amend,
    CommandKind.CANCEL_ALL: CancelAll,
    CommandKind.CANCEL_REPLACE: CancelReplace,
    CommandKind.MASS_QUOTE: MassQuote,
    CommandKind.SET_MARKET_MAKER_PROTECTION: SetMarketMakerProtection,
    CommandKind.RESET_MARKET_MAKER_PROTECTION: ResetMarketMakerProtection,
    CommandKind.CANCEL_AFTER: CancelAfter,
    CommandKind.PLACE_OCO: PlaceOco,
    CommandKind.PLACE_BRACKET: PlaceBracket,
    CommandKind.CREATE_ASSET: CreateAsset,
    CommandKind.CREATE_INSTRUMENT: CreateInstrument,
    CommandKind.CREATE_ACCOUNT: CreateAccount,
    CommandKind.SET_FEE_SCHEDULE: SetFeeSchedule,
    CommandKind.HALT: Halt,
    CommandKind.RESUME: Resume,
    CommandKind.PULSE: Pulse,
    CommandKind.SET_ACCOUNT: SetAccount,
    CommandKind.SET_REFERENCE: SetReference,
    CommandKind.ROLL_TRADE_DATE: RollTradeDate,
    CommandKind.SET_PHASE: SetPhase,
    CommandKind.SET_TRADING_LIMITS: SetTradingLimits,
    CommandKind.SET_VOLATILITY_BANDS: SetVolatilityBands,
    CommandKind.SET_REFERENCE_POLICY: SetReferencePolicy,
    CommandKind.SET_PRIMARY_STATUS: SetPrimaryStatus,
    CommandKind.DEPOSIT: Deposit,
    CommandKind.REQUEST_WITHDRAWAL: RequestWithdrawal,
    CommandKind.SETTLE_WITHDRAWAL: SettleWithdrawal,
    CommandKind.CANCEL_WITHDRAWAL: CancelWithdrawal,
    CommandKind.TRANSFER: Transfer,
    CommandKind.SET_FEE_OVERRIDE: SetFeeOverride,
    CommandKind.SET_OBLIGATION: SetObligation,
    CommandKind.SET_KEY: SetKey,
    CommandKind.REVOKE_KEY: RevokeKey,
    CommandKind.SET_HOLDER: SetHolder,
    CommandKind.SET_ELIGIBILITY: SetEligibility,
    CommandKind.FREEZE: Freeze,
    CommandKind.UNFREEZE: Unfreeze,
    CommandKind.FORCE_TRANSFER: ForceTransfer,
    CommandKind.SET_BENEFICIAL: SetBeneficial,
    CommandKind.SET_ASSET_TERMS: SetAssetTerms,
    CommandKind.SET_ATTESTOR: SetAttestor,
    CommandKind.ATTEST: Attest,
    CommandKind.MINT: Mint,
    CommandKind.REQUEST_REDEMPTION: RequestRedemption,
    CommandKind.SETTLE_REDEMPTION: SettleRedemption,
    CommandKind.REFUSE_REDEMPTION: RefuseRedemption,
    CommandKind.SET_REFINER: SetRefiner,
    CommandKind.REGISTER_BAR: RegisterBar,
    CommandKind.REMOVE_BAR: RemoveBar,
    CommandKind.SET_PEG: SetPeg,
    CommandKind.SET_CASH_REFERENCE: SetCashReference,
    CommandKind.ANNOUNCE_ACTION: AnnounceAction,
    CommandKind.CANCEL_ACTION: CancelAction,
}
ENUMERATIONS: Final[dict[str, type[IntEnum]]] = {
    "side": Side,
    "order_type": OrderType,
    "time_in_force": TimeInForce,
    "stp": SelfTradePrevention,
    "quantity_kind": QuantityKind,
    "trigger": Trigger,
    "visibility": Visibility,
    "lifetime": Lifetime,
    "peg": PegReference,
    "sides": SideFilter,
    "on_failure": OnFailure,
    "timer": CancelTimer,
    "asset_class": AssetClass,
    "phase": Phase,
    "cause": HaltCause,
    "next": Phase,
    "stale": StalePolicy,
    "primary": PrimaryPolicy,
    "status": RefinerStatus,
    "change": FeeChange,
    "investor_class": InvestorClass,
    "verification": Verification,
    "jurisdiction_rule": JurisdictionRule,
    "scope": FreezeScope,
    "form": AssetForm,
    "attestation": AttestationPolicy,
    "bars": BarPolicy,
    "refusal": RedemptionRefusal,
    "action_kind": ActionKind,
    "order_policy": OrderPolicy,
}
"""Fields of commands that are one of these."""


class OrderAttributes(NamedTuple):
    """Attributes of orders that few have: 0 where an order does not."""

    expires_at: int = 0
    display_quantity: int = 0
    min_quantity: int = 0
    trigger_price: int = 0
    trail: int = 0
    trigger: int = 0
    visibility: int = 0
    lifetime: int = 0
    peg: int = 0
    peg_offset: int = 0
    trade_date: int = 0
    reserve: int = 0
    taker_rate: int = 0
    waiting_type: int = 0
    slice: int = 0
    quote_group: int = 0
    exit_trigger: int = 0
    partner: int = 0
    partner_price: int = 0
    take_profit: int = 0
    exit_trigger_price: int = 0
    exit_price: int = 0
    arrival: int = 0

    @classmethod
    def of(cls, place: Place) -> "OrderAttributes":
        """Those that a PLACE gives its order."""
        return cls(
            expires_at=place.expires_at,
            display_quantity=place.display_quantity,
            min_quantity=place.min_quantity,
            trigger_price=place.trigger_price,
            trail=place.trail,
            trigger=place.trigger,
            visibility=place.visibility,
            lifetime=place.lifetime,
            peg=place.peg,
            peg_offset=place.peg_offset,
        )


ORDER_ATTRIBUTES: Final = struct.Struct("<QqqIIBBBBB3xI4xqIBBBBQIIIIQ")


ORDER_ENTRY_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("timestamp_ns", "<u8"),
        ("price", "<i8"),
        ("quantity", "<i8"),
        ("expires_at", "<u8"),
        ("display_quantity", "<i8"),
        ("min_quantity", "<i8"),
        ("order_id", "<u8"),
        ("key", "<u4"),
        ("account", "<u4"),
        ("instrument", "<u4"),
        ("trigger_price", "<u4"),
        ("trail", "<u4"),
        ("quote_group", "<u4"),
        ("kind", "u1"),
        ("side", "u1"),
        ("order_type", "u1"),
        ("time_in_force", "u1"),
        ("stp", "u1"),
        ("quantity_kind", "u1"),
        ("trigger", "u1"),
        ("visibility", "u1"),
        ("lifetime", "u1"),
        ("peg", "u1"),
        ("peg_offset", "u1"),
        ("sides", "u1"),
        ("on_failure", "u1"),
        ("client_order_id", "S36"),
        ("reserved", "V7"),
    ]
)
"""Rows of PLACE, CANCEL, AMEND and CANCEL_ALL for `apply_batch`; start from `numpy.zeros`.

Fields that a kind does not have are ignored.
"""
