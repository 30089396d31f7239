//! Enumerations: one byte in a record, one word on the wire.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

/// Side of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Side {
    Buy = 0,
    Sell = 1,
}

impl Side {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<Side> {
        Some(match byte {
            0 => Side::Buy,
            1 => Side::Sell,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<Side> {
        Some(match word {
            b"buy" => Side::Buy,
            b"sell" => Side::Sell,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            Side::Buy => "buy",
            Side::Sell => "sell",
        }
    }
}

/// A market order's limit is the collar, that of market-to-limit the best opposite price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum OrderType {
    Limit = 0,
    Market = 1,
    MarketToLimit = 2,
}

impl OrderType {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<OrderType> {
        Some(match byte {
            0 => OrderType::Limit,
            1 => OrderType::Market,
            2 => OrderType::MarketToLimit,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<OrderType> {
        Some(match word {
            b"limit" => OrderType::Limit,
            b"market" => OrderType::Market,
            b"market_to_limit" => OrderType::MarketToLimit,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            OrderType::Limit => "limit",
            OrderType::Market => "market",
            OrderType::MarketToLimit => "market_to_limit",
        }
    }
}

/// What becomes of what does not match at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum TimeInForce {
    Gtc = 0,
    Ioc = 1,
    Fok = 2,
    PostOnly = 3,
    PostOnlySlide = 4,
}

impl TimeInForce {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<TimeInForce> {
        Some(match byte {
            0 => TimeInForce::Gtc,
            1 => TimeInForce::Ioc,
            2 => TimeInForce::Fok,
            3 => TimeInForce::PostOnly,
            4 => TimeInForce::PostOnlySlide,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<TimeInForce> {
        Some(match word {
            b"gtc" => TimeInForce::Gtc,
            b"ioc" => TimeInForce::Ioc,
            b"fok" => TimeInForce::Fok,
            b"post_only" => TimeInForce::PostOnly,
            b"post_only_slide" => TimeInForce::PostOnlySlide,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            TimeInForce::Gtc => "gtc",
            TimeInForce::Ioc => "ioc",
            TimeInForce::Fok => "fok",
            TimeInForce::PostOnly => "post_only",
            TimeInForce::PostOnlySlide => "post_only_slide",
        }
    }
}

/// What happens when two orders of one account, or of two accounts of one group, would match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum SelfTradePrevention {
    CancelNewest = 0,
    CancelOldest = 1,
    CancelBoth = 2,
    Decrement = 3,
    None = 4,
}

impl SelfTradePrevention {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<SelfTradePrevention> {
        Some(match byte {
            0 => SelfTradePrevention::CancelNewest,
            1 => SelfTradePrevention::CancelOldest,
            2 => SelfTradePrevention::CancelBoth,
            3 => SelfTradePrevention::Decrement,
            4 => SelfTradePrevention::None,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<SelfTradePrevention> {
        Some(match word {
            b"newest" => SelfTradePrevention::CancelNewest,
            b"oldest" => SelfTradePrevention::CancelOldest,
            b"both" => SelfTradePrevention::CancelBoth,
            b"decrement" => SelfTradePrevention::Decrement,
            b"none" => SelfTradePrevention::None,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            SelfTradePrevention::CancelNewest => "newest",
            SelfTradePrevention::CancelOldest => "oldest",
            SelfTradePrevention::CancelBoth => "both",
            SelfTradePrevention::Decrement => "decrement",
            SelfTradePrevention::None => "none",
        }
    }
}

/// What `quantity` of PLACE counts: lots, or smallest units of the quote asset to spend.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum QuantityKind {
    Lots = 0,
    Notional = 1,
}

impl QuantityKind {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<QuantityKind> {
        Some(match byte {
            0 => QuantityKind::Lots,
            1 => QuantityKind::Notional,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<QuantityKind> {
        Some(match word {
            b"lots" => QuantityKind::Lots,
            b"notional" => QuantityKind::Notional,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            QuantityKind::Lots => "lots",
            QuantityKind::Notional => "notional",
        }
    }
}

/// What a stop order waits for: the value that must reach its trigger price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Trigger {
    None = 0,
    LastTrade = 1,
    BestOpposite = 2,
    Reference = 3,
}

impl Trigger {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<Trigger> {
        Some(match byte {
            0 => Trigger::None,
            1 => Trigger::LastTrade,
            2 => Trigger::BestOpposite,
            3 => Trigger::Reference,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<Trigger> {
        Some(match word {
            b"none" => Trigger::None,
            b"last_trade" => Trigger::LastTrade,
            b"best_opposite" => Trigger::BestOpposite,
            b"reference" => Trigger::Reference,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            Trigger::None => "none",
            Trigger::LastTrade => "last_trade",
            Trigger::BestOpposite => "best_opposite",
            Trigger::Reference => "reference",
        }
    }
}

/// Whether others see a resting order. A hidden one trades behind the displayed ones of its price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Visibility {
    Displayed = 0,
    Hidden = 1,
}

impl Visibility {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<Visibility> {
        Some(match byte {
            0 => Visibility::Displayed,
            1 => Visibility::Hidden,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<Visibility> {
        Some(match word {
            b"displayed" => Visibility::Displayed,
            b"hidden" => Visibility::Hidden,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            Visibility::Displayed => "displayed",
            Visibility::Hidden => "hidden",
        }
    }
}

/// What else ends an order by itself: nothing, the roll of the trade date, or the next auction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Lifetime {
    UntilCancelled = 0,
    Day = 1,
    Auction = 2,
}

impl Lifetime {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<Lifetime> {
        Some(match byte {
            0 => Lifetime::UntilCancelled,
            1 => Lifetime::Day,
            2 => Lifetime::Auction,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<Lifetime> {
        Some(match word {
            b"until_cancelled" => Lifetime::UntilCancelled,
            b"day" => Lifetime::Day,
            b"auction" => Lifetime::Auction,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            Lifetime::UntilCancelled => "until_cancelled",
            Lifetime::Day => "day",
            Lifetime::Auction => "auction",
        }
    }
}

/// The best displayed price that a pegged order follows: its own side's, the other's, or halfway between the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum PegReference {
    None = 0,
    Primary = 1,
    Market = 2,
    Midpoint = 3,
}

impl PegReference {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<PegReference> {
        Some(match byte {
            0 => PegReference::None,
            1 => PegReference::Primary,
            2 => PegReference::Market,
            3 => PegReference::Midpoint,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<PegReference> {
        Some(match word {
            b"none" => PegReference::None,
            b"primary" => PegReference::Primary,
            b"market" => PegReference::Market,
            b"midpoint" => PegReference::Midpoint,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            PegReference::None => "none",
            PegReference::Primary => "primary",
            PegReference::Market => "market",
            PegReference::Midpoint => "midpoint",
        }
    }
}

/// Of CANCEL_REPLACE: what becomes of the new order if the old one is not open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum OnFailure {
    Stop = 0,
    PlaceAnyway = 1,
}

impl OnFailure {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<OnFailure> {
        Some(match byte {
            0 => OnFailure::Stop,
            1 => OnFailure::PlaceAnyway,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<OnFailure> {
        Some(match word {
            b"stop" => OnFailure::Stop,
            b"place_anyway" => OnFailure::PlaceAnyway,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            OnFailure::Stop => "stop",
            OnFailure::PlaceAnyway => "place_anyway",
        }
    }
}

/// Of CANCEL_ALL: the orders of which side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum SideFilter {
    Both = 0,
    Buy = 1,
    Sell = 2,
}

impl SideFilter {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<SideFilter> {
        Some(match byte {
            0 => SideFilter::Both,
            1 => SideFilter::Buy,
            2 => SideFilter::Sell,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<SideFilter> {
        Some(match word {
            b"both" => SideFilter::Both,
            b"buy" => SideFilter::Buy,
            b"sell" => SideFilter::Sell,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            SideFilter::Both => "both",
            SideFilter::Buy => "buy",
            SideFilter::Sell => "sell",
        }
    }
}

/// Why an instrument is halted. Several causes can stand at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum HaltCause {
    Operator = 0,
    Regulator = 1,
    PrimaryMarket = 2,
    BandBreach = 3,
    StaleReference = 4,
    AssetFrozen = 5,
    CorporateAction = 6,
    Depegged = 7,
}

impl HaltCause {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<HaltCause> {
        Some(match byte {
            0 => HaltCause::Operator,
            1 => HaltCause::Regulator,
            2 => HaltCause::PrimaryMarket,
            3 => HaltCause::BandBreach,
            4 => HaltCause::StaleReference,
            5 => HaltCause::AssetFrozen,
            6 => HaltCause::CorporateAction,
            7 => HaltCause::Depegged,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<HaltCause> {
        Some(match word {
            b"operator" => HaltCause::Operator,
            b"regulator" => HaltCause::Regulator,
            b"primary_market" => HaltCause::PrimaryMarket,
            b"band_breach" => HaltCause::BandBreach,
            b"stale_reference" => HaltCause::StaleReference,
            b"asset_frozen" => HaltCause::AssetFrozen,
            b"corporate_action" => HaltCause::CorporateAction,
            b"depegged" => HaltCause::Depegged,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            HaltCause::Operator => "operator",
            HaltCause::Regulator => "regulator",
            HaltCause::PrimaryMarket => "primary_market",
            HaltCause::BandBreach => "band_breach",
            HaltCause::StaleReference => "stale_reference",
            HaltCause::AssetFrozen => "asset_frozen",
            HaltCause::CorporateAction => "corporate_action",
            HaltCause::Depegged => "depegged",
        }
    }
}

/// What an instrument does with orders. PAUSE and UNCROSSING come about by themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Phase {
    Continuous = 0,
    PreOpen = 1,
    Auction = 2,
    Pause = 3,
    Uncrossing = 4,
    Closed = 5,
    Retired = 6,
}

impl Phase {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<Phase> {
        Some(match byte {
            0 => Phase::Continuous,
            1 => Phase::PreOpen,
            2 => Phase::Auction,
            3 => Phase::Pause,
            4 => Phase::Uncrossing,
            5 => Phase::Closed,
            6 => Phase::Retired,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<Phase> {
        Some(match word {
            b"continuous" => Phase::Continuous,
            b"pre_open" => Phase::PreOpen,
            b"auction" => Phase::Auction,
            b"pause" => Phase::Pause,
            b"uncrossing" => Phase::Uncrossing,
            b"closed" => Phase::Closed,
            b"retired" => Phase::Retired,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            Phase::Continuous => "continuous",
            Phase::PreOpen => "pre_open",
            Phase::Auction => "auction",
            Phase::Pause => "pause",
            Phase::Uncrossing => "uncrossing",
            Phase::Closed => "closed",
            Phase::Retired => "retired",
        }
    }
}

/// Whether the best buy has reached the upper volatility band, or the best sell the lower.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum LimitState {
    None = 0,
    Up = 1,
    Down = 2,
}

impl LimitState {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<LimitState> {
        Some(match byte {
            0 => LimitState::None,
            1 => LimitState::Up,
            2 => LimitState::Down,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<LimitState> {
        Some(match word {
            b"none" => LimitState::None,
            b"up" => LimitState::Up,
            b"down" => LimitState::Down,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            LimitState::None => "none",
            LimitState::Up => "up",
            LimitState::Down => "down",
        }
    }
}

/// What becomes of an instrument whose reference price is too old.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum StalePolicy {
    Keep = 0,
    Widen = 1,
    Halt = 2,
}

impl StalePolicy {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<StalePolicy> {
        Some(match byte {
            0 => StalePolicy::Keep,
            1 => StalePolicy::Widen,
            2 => StalePolicy::Halt,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<StalePolicy> {
        Some(match word {
            b"keep" => StalePolicy::Keep,
            b"widen" => StalePolicy::Widen,
            b"halt" => StalePolicy::Halt,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            StalePolicy::Keep => "keep",
            StalePolicy::Widen => "widen",
            StalePolicy::Halt => "halt",
        }
    }
}

/// What an instrument's primary market is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum PrimaryStatus {
    Open = 0,
    Closed = 1,
    Halted = 2,
}

impl PrimaryStatus {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<PrimaryStatus> {
        Some(match byte {
            0 => PrimaryStatus::Open,
            1 => PrimaryStatus::Closed,
            2 => PrimaryStatus::Halted,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<PrimaryStatus> {
        Some(match word {
            b"open" => PrimaryStatus::Open,
            b"closed" => PrimaryStatus::Closed,
            b"halted" => PrimaryStatus::Halted,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            PrimaryStatus::Open => "open",
            PrimaryStatus::Closed => "closed",
            PrimaryStatus::Halted => "halted",
        }
    }
}

/// How an instrument trades while its primary market is closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum PrimaryPolicy {
    None = 0,
    FixedBand = 1,
    Reanchor = 2,
    Halt = 3,
}

impl PrimaryPolicy {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<PrimaryPolicy> {
        Some(match byte {
            0 => PrimaryPolicy::None,
            1 => PrimaryPolicy::FixedBand,
            2 => PrimaryPolicy::Reanchor,
            3 => PrimaryPolicy::Halt,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<PrimaryPolicy> {
        Some(match word {
            b"none" => PrimaryPolicy::None,
            b"fixed_band" => PrimaryPolicy::FixedBand,
            b"reanchor" => PrimaryPolicy::Reanchor,
            b"halt" => PrimaryPolicy::Halt,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            PrimaryPolicy::None => "none",
            PrimaryPolicy::FixedBand => "fixed_band",
            PrimaryPolicy::Reanchor => "reanchor",
            PrimaryPolicy::Halt => "halt",
        }
    }
}

/// What becomes of an override of fees.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum FeeChange {
    Set = 0,
    Remove = 1,
}

impl FeeChange {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<FeeChange> {
        Some(match byte {
            0 => FeeChange::Set,
            1 => FeeChange::Remove,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<FeeChange> {
        Some(match word {
            b"set" => FeeChange::Set,
            b"remove" => FeeChange::Remove,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            FeeChange::Set => "set",
            FeeChange::Remove => "remove",
        }
    }
}

/// What kind of investor a holder is; bit 0 of a mask of them is the first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum InvestorClass {
    None = 0,
    Retail = 1,
    Professional = 2,
    Institutional = 3,
    MarketMaker = 4,
}

impl InvestorClass {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<InvestorClass> {
        Some(match byte {
            0 => InvestorClass::None,
            1 => InvestorClass::Retail,
            2 => InvestorClass::Professional,
            3 => InvestorClass::Institutional,
            4 => InvestorClass::MarketMaker,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<InvestorClass> {
        Some(match word {
            b"none" => InvestorClass::None,
            b"retail" => InvestorClass::Retail,
            b"professional" => InvestorClass::Professional,
            b"institutional" => InvestorClass::Institutional,
            b"market_maker" => InvestorClass::MarketMaker,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            InvestorClass::None => "none",
            InvestorClass::Retail => "retail",
            InvestorClass::Professional => "professional",
            InvestorClass::Institutional => "institutional",
            InvestorClass::MarketMaker => "market_maker",
        }
    }
}

/// Whether a holder's identity must be verified.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Verification {
    NotRequired = 0,
    Required = 1,
}

impl Verification {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<Verification> {
        Some(match byte {
            0 => Verification::NotRequired,
            1 => Verification::Required,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<Verification> {
        Some(match word {
            b"not_required" => Verification::NotRequired,
            b"required" => Verification::Required,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            Verification::NotRequired => "not_required",
            Verification::Required => "required",
        }
    }
}

/// What the jurisdictions that a table of eligibility names are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum JurisdictionRule {
    Any = 0,
    Allowed = 1,
    Denied = 2,
}

impl JurisdictionRule {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<JurisdictionRule> {
        Some(match byte {
            0 => JurisdictionRule::Any,
            1 => JurisdictionRule::Allowed,
            2 => JurisdictionRule::Denied,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<JurisdictionRule> {
        Some(match word {
            b"any" => JurisdictionRule::Any,
            b"allowed" => JurisdictionRule::Allowed,
            b"denied" => JurisdictionRule::Denied,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            JurisdictionRule::Any => "any",
            JurisdictionRule::Allowed => "allowed",
            JurisdictionRule::Denied => "denied",
        }
    }
}

/// What is frozen: all of an account, an asset wherever it is, or units of an asset in an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum FreezeScope {
    Account = 0,
    Asset = 1,
    Units = 2,
}

impl FreezeScope {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<FreezeScope> {
        Some(match byte {
            0 => FreezeScope::Account,
            1 => FreezeScope::Asset,
            2 => FreezeScope::Units,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<FreezeScope> {
        Some(match word {
            b"account" => FreezeScope::Account,
            b"asset" => FreezeScope::Asset,
            b"units" => FreezeScope::Units,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            FreezeScope::Account => "account",
            FreezeScope::Asset => "asset",
            FreezeScope::Units => "units",
        }
    }
}

/// Only a stablecoin can be a quote asset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum AssetClass {
    Stablecoin = 0,
    Equity = 1,
    Gold = 2,
}

impl AssetClass {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<AssetClass> {
        Some(match byte {
            0 => AssetClass::Stablecoin,
            1 => AssetClass::Equity,
            2 => AssetClass::Gold,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<AssetClass> {
        Some(match word {
            b"stablecoin" => AssetClass::Stablecoin,
            b"equity" => AssetClass::Equity,
            b"gold" => AssetClass::Gold,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            AssetClass::Stablecoin => "stablecoin",
            AssetClass::Equity => "equity",
            AssetClass::Gold => "gold",
        }
    }
}

/// What a unit of an asset is: issued here alone, a token of something elsewhere, or an entry at a custodian.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum AssetForm {
    Native = 0,
    Tokenized = 1,
    Traditional = 2,
}

impl AssetForm {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<AssetForm> {
        Some(match byte {
            0 => AssetForm::Native,
            1 => AssetForm::Tokenized,
            2 => AssetForm::Traditional,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<AssetForm> {
        Some(match word {
            b"native" => AssetForm::Native,
            b"tokenized" => AssetForm::Tokenized,
            b"traditional" => AssetForm::Traditional,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            AssetForm::Native => "native",
            AssetForm::Tokenized => "tokenized",
            AssetForm::Traditional => "traditional",
        }
    }
}

/// What needs an attestation of the reserve that has not expired: nothing, minting, or trading, too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum AttestationPolicy {
    None = 0,
    Minting = 1,
    Trading = 2,
}

impl AttestationPolicy {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<AttestationPolicy> {
        Some(match byte {
            0 => AttestationPolicy::None,
            1 => AttestationPolicy::Minting,
            2 => AttestationPolicy::Trading,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<AttestationPolicy> {
        Some(match word {
            b"none" => AttestationPolicy::None,
            b"minting" => AttestationPolicy::Minting,
            b"trading" => AttestationPolicy::Trading,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            AttestationPolicy::None => "none",
            AttestationPolicy::Minting => "minting",
            AttestationPolicy::Trading => "trading",
        }
    }
}

/// Whether bars stand behind an asset, and what a redemption takes: a share of all, or a whole bar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum BarPolicy {
    None = 0,
    Pooled = 1,
    Whole = 2,
}

impl BarPolicy {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<BarPolicy> {
        Some(match byte {
            0 => BarPolicy::None,
            1 => BarPolicy::Pooled,
            2 => BarPolicy::Whole,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<BarPolicy> {
        Some(match word {
            b"none" => BarPolicy::None,
            b"pooled" => BarPolicy::Pooled,
            b"whole" => BarPolicy::Whole,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            BarPolicy::None => "none",
            BarPolicy::Pooled => "pooled",
            BarPolicy::Whole => "whole",
        }
    }
}

/// Whether an attestor's attestations are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum AttestorStatus {
    Active = 0,
    Inactive = 1,
}

impl AttestorStatus {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<AttestorStatus> {
        Some(match byte {
            0 => AttestorStatus::Active,
            1 => AttestorStatus::Inactive,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<AttestorStatus> {
        Some(match word {
            b"active" => AttestorStatus::Active,
            b"inactive" => AttestorStatus::Inactive,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            AttestorStatus::Active => "active",
            AttestorStatus::Inactive => "inactive",
        }
    }
}

/// Whether a refiner's new bars are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum RefinerStatus {
    Listed = 0,
    Delisted = 1,
}

impl RefinerStatus {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<RefinerStatus> {
        Some(match byte {
            0 => RefinerStatus::Listed,
            1 => RefinerStatus::Delisted,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<RefinerStatus> {
        Some(match word {
            b"listed" => RefinerStatus::Listed,
            b"delisted" => RefinerStatus::Delisted,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            RefinerStatus::Listed => "listed",
            RefinerStatus::Delisted => "delisted",
        }
    }
}

/// Why a redemption was refused after its request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum RedemptionRefusal {
    Other = 0,
    Compliance = 1,
    Undeliverable = 2,
}

impl RedemptionRefusal {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<RedemptionRefusal> {
        Some(match byte {
            0 => RedemptionRefusal::Other,
            1 => RedemptionRefusal::Compliance,
            2 => RedemptionRefusal::Undeliverable,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<RedemptionRefusal> {
        Some(match word {
            b"other" => RedemptionRefusal::Other,
            b"compliance" => RedemptionRefusal::Compliance,
            b"undeliverable" => RedemptionRefusal::Undeliverable,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            RedemptionRefusal::Other => "other",
            RedemptionRefusal::Compliance => "compliance",
            RedemptionRefusal::Undeliverable => "undeliverable",
        }
    }
}

/// Whether a cash asset's reference value is within its band.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum PegStatus {
    Pegged = 0,
    Depegged = 1,
}

impl PegStatus {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<PegStatus> {
        Some(match byte {
            0 => PegStatus::Pegged,
            1 => PegStatus::Depegged,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<PegStatus> {
        Some(match word {
            b"pegged" => PegStatus::Pegged,
            b"depegged" => PegStatus::Depegged,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            PegStatus::Pegged => "pegged",
            PegStatus::Depegged => "depegged",
        }
    }
}

/// Which side of a fill an order was on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Liquidity {
    None = 0,
    Maker = 1,
    Taker = 2,
    Auction = 3,
}

impl Liquidity {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<Liquidity> {
        Some(match byte {
            0 => Liquidity::None,
            1 => Liquidity::Maker,
            2 => Liquidity::Taker,
            3 => Liquidity::Auction,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<Liquidity> {
        Some(match word {
            b"maker" => Liquidity::Maker,
            b"taker" => Liquidity::Taker,
            b"auction" => Liquidity::Auction,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            Liquidity::None => "",
            Liquidity::Maker => "maker",
            Liquidity::Taker => "taker",
            Liquidity::Auction => "auction",
        }
    }
}

/// Whether an amended order kept its place in the queue; or that self-trade prevention took from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Priority {
    Kept = 0,
    Lost = 1,
    Decremented = 2,
}

impl Priority {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<Priority> {
        Some(match byte {
            0 => Priority::Kept,
            1 => Priority::Lost,
            2 => Priority::Decremented,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<Priority> {
        Some(match word {
            b"priority_kept" => Priority::Kept,
            b"priority_lost" => Priority::Lost,
            b"self_trade_decrement" => Priority::Decremented,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            Priority::Kept => "priority_kept",
            Priority::Lost => "priority_lost",
            Priority::Decremented => "self_trade_decrement",
        }
    }
}

/// What has become of the order that a duplicate names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum OrderStatus {
    Open = 0,
    Filled = 1,
    Cancelled = 2,
}

impl OrderStatus {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<OrderStatus> {
        Some(match byte {
            0 => OrderStatus::Open,
            1 => OrderStatus::Filled,
            2 => OrderStatus::Cancelled,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<OrderStatus> {
        Some(match word {
            b"open" => OrderStatus::Open,
            b"filled" => OrderStatus::Filled,
            b"cancelled" => OrderStatus::Cancelled,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            OrderStatus::Open => "open",
            OrderStatus::Filled => "filled",
            OrderStatus::Cancelled => "cancelled",
        }
    }
}

/// What happened to an order in its book.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ChangeKind {
    Added = 1,
    Reduced = 2,
    Executed = 3,
    Removed = 4,
    Moved = 5,
    HiddenExecuted = 6,
    Crossed = 7,
}

impl ChangeKind {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<ChangeKind> {
        Some(match byte {
            1 => ChangeKind::Added,
            2 => ChangeKind::Reduced,
            3 => ChangeKind::Executed,
            4 => ChangeKind::Removed,
            5 => ChangeKind::Moved,
            6 => ChangeKind::HiddenExecuted,
            7 => ChangeKind::Crossed,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<ChangeKind> {
        Some(match word {
            b"added" => ChangeKind::Added,
            b"reduced" => ChangeKind::Reduced,
            b"executed" => ChangeKind::Executed,
            b"removed" => ChangeKind::Removed,
            b"moved" => ChangeKind::Moved,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Reduced => "reduced",
            ChangeKind::Executed => "executed",
            ChangeKind::Removed => "removed",
            ChangeKind::Moved => "moved",
            ChangeKind::HiddenExecuted => "",
            ChangeKind::Crossed => "",
        }
    }
}

/// Why an order was cancelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum CancelReason {
    User = 1,
    CancelAll = 2,
    IocRemainder = 3,
    SelfTradeResting = 4,
    SelfTradeIncoming = 5,
    MarketRemainder = 6,
    Expired = 7,
    DayEnded = 8,
    BelowMinimum = 9,
    Replaced = 10,
    AuctionEnded = 11,
    Retired = 12,
    QuoteWithdrawn = 20,
    QuoteRefused = 21,
    Protection = 22,
    DeadMan = 23,
    Disconnected = 24,
    Linked = 30,
    OutOfBand = 40,
    Ineligible = 50,
    Frozen = 51,
    CorporateAction = 55,
}

impl CancelReason {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<CancelReason> {
        Some(match byte {
            1 => CancelReason::User,
            2 => CancelReason::CancelAll,
            3 => CancelReason::IocRemainder,
            4 => CancelReason::SelfTradeResting,
            5 => CancelReason::SelfTradeIncoming,
            6 => CancelReason::MarketRemainder,
            7 => CancelReason::Expired,
            8 => CancelReason::DayEnded,
            9 => CancelReason::BelowMinimum,
            10 => CancelReason::Replaced,
            11 => CancelReason::AuctionEnded,
            12 => CancelReason::Retired,
            20 => CancelReason::QuoteWithdrawn,
            21 => CancelReason::QuoteRefused,
            22 => CancelReason::Protection,
            23 => CancelReason::DeadMan,
            24 => CancelReason::Disconnected,
            30 => CancelReason::Linked,
            40 => CancelReason::OutOfBand,
            50 => CancelReason::Ineligible,
            51 => CancelReason::Frozen,
            55 => CancelReason::CorporateAction,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<CancelReason> {
        Some(match word {
            b"user" => CancelReason::User,
            b"cancel_all" => CancelReason::CancelAll,
            b"ioc_remainder" => CancelReason::IocRemainder,
            b"self_trade_resting" => CancelReason::SelfTradeResting,
            b"self_trade_incoming" => CancelReason::SelfTradeIncoming,
            b"market_remainder" => CancelReason::MarketRemainder,
            b"expired" => CancelReason::Expired,
            b"day_ended" => CancelReason::DayEnded,
            b"below_minimum" => CancelReason::BelowMinimum,
            b"replaced" => CancelReason::Replaced,
            b"auction_ended" => CancelReason::AuctionEnded,
            b"retired" => CancelReason::Retired,
            b"quote_withdrawn" => CancelReason::QuoteWithdrawn,
            b"quote_refused" => CancelReason::QuoteRefused,
            b"protection" => CancelReason::Protection,
            b"dead_man" => CancelReason::DeadMan,
            b"disconnected" => CancelReason::Disconnected,
            b"linked" => CancelReason::Linked,
            b"out_of_band" => CancelReason::OutOfBand,
            b"ineligible" => CancelReason::Ineligible,
            b"frozen" => CancelReason::Frozen,
            b"corporate_action" => CancelReason::CorporateAction,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            CancelReason::User => "user",
            CancelReason::CancelAll => "cancel_all",
            CancelReason::IocRemainder => "ioc_remainder",
            CancelReason::SelfTradeResting => "self_trade_resting",
            CancelReason::SelfTradeIncoming => "self_trade_incoming",
            CancelReason::MarketRemainder => "market_remainder",
            CancelReason::Expired => "expired",
            CancelReason::DayEnded => "day_ended",
            CancelReason::BelowMinimum => "below_minimum",
            CancelReason::Replaced => "replaced",
            CancelReason::AuctionEnded => "auction_ended",
            CancelReason::Retired => "retired",
            CancelReason::QuoteWithdrawn => "quote_withdrawn",
            CancelReason::QuoteRefused => "quote_refused",
            CancelReason::Protection => "protection",
            CancelReason::DeadMan => "dead_man",
            CancelReason::Disconnected => "disconnected",
            CancelReason::Linked => "linked",
            CancelReason::OutOfBand => "out_of_band",
            CancelReason::Ineligible => "ineligible",
            CancelReason::Frozen => "frozen",
            CancelReason::CorporateAction => "corporate_action",
        }
    }
}

/// Why a command changed nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum RejectCode {
    Malformed = 1,
    UnknownAccount = 2,
    UnknownInstrument = 3,
    UnknownAsset = 4,
    UnknownOrder = 5,
    InstrumentHalted = 6,
    InvalidCombination = 7,
    InvalidQuantity = 8,
    InvalidPrice = 9,
    OpenOrderLimit = 10,
    EngineFull = 11,
    NoLiquidity = 12,
    Overflow = 13,
    PostOnlyWouldCross = 14,
    InsufficientFunds = 15,
    FokUnfillable = 16,
    AmendNoChange = 17,
    AmendBelowFilled = 18,
    UnknownWithdrawal = 19,
    InvalidAmount = 20,
    UnknownCounterparty = 21,
    AlreadyExists = 22,
    IdNotNext = 23,
    RegistryFull = 24,
    InvalidParameter = 25,
    UnknownFeeSchedule = 26,
    WithdrawalLimit = 27,
    ClientOrderIdReused = 28,
    BelowMinimum = 29,
    InvalidExpiry = 30,
    MinQuantityUnfillable = 31,
    WouldTrigger = 32,
    NoTriggerValue = 33,
    InstrumentOrderLimit = 34,
    WrongPhase = 35,
    NoReference = 36,
    OrderTooLarge = 37,
    PriceOutOfBand = 38,
    QuoteGroupBlocked = 40,
    OpenNotionalLimit = 50,
    FeeChangeLimit = 51,
    ReferenceReused = 52,
    UnknownKey = 60,
    KeyRevoked = 61,
    NotVerified = 70,
    ClassNotEligible = 71,
    JurisdictionNotEligible = 72,
    HoldingLimit = 73,
    AccountFrozen = 74,
    AssetFrozen = 75,
    NoAssetTerms = 90,
    NotIssuer = 91,
    NotMintable = 92,
    UnknownAttestor = 93,
    InvalidSignature = 94,
    StaleAttestation = 95,
    ReserveExceeded = 96,
    UnknownRefiner = 97,
    UnknownBar = 98,
    BarAssigned = 99,
    NoBar = 100,
    NoPeg = 101,
    UnknownAction = 110,
    ActionInProgress = 111,
    ActionLimit = 112,
    InvalidAction = 113,
    BooksClosed = 114,
}

impl RejectCode {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<RejectCode> {
        Some(match byte {
            1 => RejectCode::Malformed,
            2 => RejectCode::UnknownAccount,
            3 => RejectCode::UnknownInstrument,
            4 => RejectCode::UnknownAsset,
            5 => RejectCode::UnknownOrder,
            6 => RejectCode::InstrumentHalted,
            7 => RejectCode::InvalidCombination,
            8 => RejectCode::InvalidQuantity,
            9 => RejectCode::InvalidPrice,
            10 => RejectCode::OpenOrderLimit,
            11 => RejectCode::EngineFull,
            12 => RejectCode::NoLiquidity,
            13 => RejectCode::Overflow,
            14 => RejectCode::PostOnlyWouldCross,
            15 => RejectCode::InsufficientFunds,
            16 => RejectCode::FokUnfillable,
            17 => RejectCode::AmendNoChange,
            18 => RejectCode::AmendBelowFilled,
            19 => RejectCode::UnknownWithdrawal,
            20 => RejectCode::InvalidAmount,
            21 => RejectCode::UnknownCounterparty,
            22 => RejectCode::AlreadyExists,
            23 => RejectCode::IdNotNext,
            24 => RejectCode::RegistryFull,
            25 => RejectCode::InvalidParameter,
            26 => RejectCode::UnknownFeeSchedule,
            27 => RejectCode::WithdrawalLimit,
            28 => RejectCode::ClientOrderIdReused,
            29 => RejectCode::BelowMinimum,
            30 => RejectCode::InvalidExpiry,
            31 => RejectCode::MinQuantityUnfillable,
            32 => RejectCode::WouldTrigger,
            33 => RejectCode::NoTriggerValue,
            34 => RejectCode::InstrumentOrderLimit,
            35 => RejectCode::WrongPhase,
            36 => RejectCode::NoReference,
            37 => RejectCode::OrderTooLarge,
            38 => RejectCode::PriceOutOfBand,
            40 => RejectCode::QuoteGroupBlocked,
            50 => RejectCode::OpenNotionalLimit,
            51 => RejectCode::FeeChangeLimit,
            52 => RejectCode::ReferenceReused,
            60 => RejectCode::UnknownKey,
            61 => RejectCode::KeyRevoked,
            70 => RejectCode::NotVerified,
            71 => RejectCode::ClassNotEligible,
            72 => RejectCode::JurisdictionNotEligible,
            73 => RejectCode::HoldingLimit,
            74 => RejectCode::AccountFrozen,
            75 => RejectCode::AssetFrozen,
            90 => RejectCode::NoAssetTerms,
            91 => RejectCode::NotIssuer,
            92 => RejectCode::NotMintable,
            93 => RejectCode::UnknownAttestor,
            94 => RejectCode::InvalidSignature,
            95 => RejectCode::StaleAttestation,
            96 => RejectCode::ReserveExceeded,
            97 => RejectCode::UnknownRefiner,
            98 => RejectCode::UnknownBar,
            99 => RejectCode::BarAssigned,
            100 => RejectCode::NoBar,
            101 => RejectCode::NoPeg,
            110 => RejectCode::UnknownAction,
            111 => RejectCode::ActionInProgress,
            112 => RejectCode::ActionLimit,
            113 => RejectCode::InvalidAction,
            114 => RejectCode::BooksClosed,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<RejectCode> {
        Some(match word {
            b"malformed" => RejectCode::Malformed,
            b"unknown_account" => RejectCode::UnknownAccount,
            b"unknown_instrument" => RejectCode::UnknownInstrument,
            b"unknown_asset" => RejectCode::UnknownAsset,
            b"unknown_order" => RejectCode::UnknownOrder,
            b"instrument_halted" => RejectCode::InstrumentHalted,
            b"invalid_combination" => RejectCode::InvalidCombination,
            b"invalid_quantity" => RejectCode::InvalidQuantity,
            b"invalid_price" => RejectCode::InvalidPrice,
            b"open_order_limit" => RejectCode::OpenOrderLimit,
            b"engine_full" => RejectCode::EngineFull,
            b"no_liquidity" => RejectCode::NoLiquidity,
            b"overflow" => RejectCode::Overflow,
            b"post_only_would_cross" => RejectCode::PostOnlyWouldCross,
            b"insufficient_funds" => RejectCode::InsufficientFunds,
            b"fok_unfillable" => RejectCode::FokUnfillable,
            b"amend_no_change" => RejectCode::AmendNoChange,
            b"amend_below_filled" => RejectCode::AmendBelowFilled,
            b"unknown_withdrawal" => RejectCode::UnknownWithdrawal,
            b"invalid_amount" => RejectCode::InvalidAmount,
            b"unknown_counterparty" => RejectCode::UnknownCounterparty,
            b"already_exists" => RejectCode::AlreadyExists,
            b"id_not_next" => RejectCode::IdNotNext,
            b"registry_full" => RejectCode::RegistryFull,
            b"invalid_parameter" => RejectCode::InvalidParameter,
            b"unknown_fee_schedule" => RejectCode::UnknownFeeSchedule,
            b"withdrawal_limit" => RejectCode::WithdrawalLimit,
            b"client_order_id_reused" => RejectCode::ClientOrderIdReused,
            b"below_minimum" => RejectCode::BelowMinimum,
            b"invalid_expiry" => RejectCode::InvalidExpiry,
            b"min_quantity_unfillable" => RejectCode::MinQuantityUnfillable,
            b"would_trigger" => RejectCode::WouldTrigger,
            b"no_trigger_value" => RejectCode::NoTriggerValue,
            b"instrument_order_limit" => RejectCode::InstrumentOrderLimit,
            b"wrong_phase" => RejectCode::WrongPhase,
            b"no_reference" => RejectCode::NoReference,
            b"order_too_large" => RejectCode::OrderTooLarge,
            b"price_out_of_band" => RejectCode::PriceOutOfBand,
            b"quote_group_blocked" => RejectCode::QuoteGroupBlocked,
            b"open_notional_limit" => RejectCode::OpenNotionalLimit,
            b"fee_change_limit" => RejectCode::FeeChangeLimit,
            b"reference_reused" => RejectCode::ReferenceReused,
            b"unknown_key" => RejectCode::UnknownKey,
            b"key_revoked" => RejectCode::KeyRevoked,
            b"not_verified" => RejectCode::NotVerified,
            b"class_not_eligible" => RejectCode::ClassNotEligible,
            b"jurisdiction_not_eligible" => RejectCode::JurisdictionNotEligible,
            b"holding_limit" => RejectCode::HoldingLimit,
            b"account_frozen" => RejectCode::AccountFrozen,
            b"asset_frozen" => RejectCode::AssetFrozen,
            b"no_asset_terms" => RejectCode::NoAssetTerms,
            b"not_issuer" => RejectCode::NotIssuer,
            b"not_mintable" => RejectCode::NotMintable,
            b"unknown_attestor" => RejectCode::UnknownAttestor,
            b"invalid_signature" => RejectCode::InvalidSignature,
            b"stale_attestation" => RejectCode::StaleAttestation,
            b"reserve_exceeded" => RejectCode::ReserveExceeded,
            b"unknown_refiner" => RejectCode::UnknownRefiner,
            b"unknown_bar" => RejectCode::UnknownBar,
            b"bar_assigned" => RejectCode::BarAssigned,
            b"no_bar" => RejectCode::NoBar,
            b"no_peg" => RejectCode::NoPeg,
            b"unknown_action" => RejectCode::UnknownAction,
            b"action_in_progress" => RejectCode::ActionInProgress,
            b"action_limit" => RejectCode::ActionLimit,
            b"invalid_action" => RejectCode::InvalidAction,
            b"books_closed" => RejectCode::BooksClosed,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            RejectCode::Malformed => "malformed",
            RejectCode::UnknownAccount => "unknown_account",
            RejectCode::UnknownInstrument => "unknown_instrument",
            RejectCode::UnknownAsset => "unknown_asset",
            RejectCode::UnknownOrder => "unknown_order",
            RejectCode::InstrumentHalted => "instrument_halted",
            RejectCode::InvalidCombination => "invalid_combination",
            RejectCode::InvalidQuantity => "invalid_quantity",
            RejectCode::InvalidPrice => "invalid_price",
            RejectCode::OpenOrderLimit => "open_order_limit",
            RejectCode::EngineFull => "engine_full",
            RejectCode::NoLiquidity => "no_liquidity",
            RejectCode::Overflow => "overflow",
            RejectCode::PostOnlyWouldCross => "post_only_would_cross",
            RejectCode::InsufficientFunds => "insufficient_funds",
            RejectCode::FokUnfillable => "fok_unfillable",
            RejectCode::AmendNoChange => "amend_no_change",
            RejectCode::AmendBelowFilled => "amend_below_filled",
            RejectCode::UnknownWithdrawal => "unknown_withdrawal",
            RejectCode::InvalidAmount => "invalid_amount",
            RejectCode::UnknownCounterparty => "unknown_counterparty",
            RejectCode::AlreadyExists => "already_exists",
            RejectCode::IdNotNext => "id_not_next",
            RejectCode::RegistryFull => "registry_full",
            RejectCode::InvalidParameter => "invalid_parameter",
            RejectCode::UnknownFeeSchedule => "unknown_fee_schedule",
            RejectCode::WithdrawalLimit => "withdrawal_limit",
            RejectCode::ClientOrderIdReused => "client_order_id_reused",
            RejectCode::BelowMinimum => "below_minimum",
            RejectCode::InvalidExpiry => "invalid_expiry",
            RejectCode::MinQuantityUnfillable => "min_quantity_unfillable",
            RejectCode::WouldTrigger => "would_trigger",
            RejectCode::NoTriggerValue => "no_trigger_value",
            RejectCode::InstrumentOrderLimit => "instrument_order_limit",
            RejectCode::WrongPhase => "wrong_phase",
            RejectCode::NoReference => "no_reference",
            RejectCode::OrderTooLarge => "order_too_large",
            RejectCode::PriceOutOfBand => "price_out_of_band",
            RejectCode::QuoteGroupBlocked => "quote_group_blocked",
            RejectCode::OpenNotionalLimit => "open_notional_limit",
            RejectCode::FeeChangeLimit => "fee_change_limit",
            RejectCode::ReferenceReused => "reference_reused",
            RejectCode::UnknownKey => "unknown_key",
            RejectCode::KeyRevoked => "key_revoked",
            RejectCode::NotVerified => "not_verified",
            RejectCode::ClassNotEligible => "class_not_eligible",
            RejectCode::JurisdictionNotEligible => "jurisdiction_not_eligible",
            RejectCode::HoldingLimit => "holding_limit",
            RejectCode::AccountFrozen => "account_frozen",
            RejectCode::AssetFrozen => "asset_frozen",
            RejectCode::NoAssetTerms => "no_asset_terms",
            RejectCode::NotIssuer => "not_issuer",
            RejectCode::NotMintable => "not_mintable",
            RejectCode::UnknownAttestor => "unknown_attestor",
            RejectCode::InvalidSignature => "invalid_signature",
            RejectCode::StaleAttestation => "stale_attestation",
            RejectCode::ReserveExceeded => "reserve_exceeded",
            RejectCode::UnknownRefiner => "unknown_refiner",
            RejectCode::UnknownBar => "unknown_bar",
            RejectCode::BarAssigned => "bar_assigned",
            RejectCode::NoBar => "no_bar",
            RejectCode::NoPeg => "no_peg",
            RejectCode::UnknownAction => "unknown_action",
            RejectCode::ActionInProgress => "action_in_progress",
            RejectCode::ActionLimit => "action_limit",
            RejectCode::InvalidAction => "invalid_action",
            RejectCode::BooksClosed => "books_closed",
        }
    }
}

/// Of CANCEL_AFTER: whose silence the timer is for, the client's own or that of its lost connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum CancelTimer {
    Client = 0,
    Session = 1,
}

impl CancelTimer {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<CancelTimer> {
        Some(match byte {
            0 => CancelTimer::Client,
            1 => CancelTimer::Session,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<CancelTimer> {
        Some(match word {
            b"client" => CancelTimer::Client,
            b"session" => CancelTimer::Session,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            CancelTimer::Client => "client",
            CancelTimer::Session => "session",
        }
    }
}

/// The limit of a market-maker protection that was reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ProtectionLimit {
    Quantity = 0,
    Notional = 1,
    Fills = 2,
    Delta = 3,
}

impl ProtectionLimit {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<ProtectionLimit> {
        Some(match byte {
            0 => ProtectionLimit::Quantity,
            1 => ProtectionLimit::Notional,
            2 => ProtectionLimit::Fills,
            3 => ProtectionLimit::Delta,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<ProtectionLimit> {
        Some(match word {
            b"quantity" => ProtectionLimit::Quantity,
            b"notional" => ProtectionLimit::Notional,
            b"fills" => ProtectionLimit::Fills,
            b"delta" => ProtectionLimit::Delta,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            ProtectionLimit::Quantity => "quantity",
            ProtectionLimit::Notional => "notional",
            ProtectionLimit::Fills => "fills",
            ProtectionLimit::Delta => "delta",
        }
    }
}

/// What a corporate action is: a name for a shape of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ActionKind {
    CashDividend = 0,
    Coupon = 1,
    StockDividend = 2,
    Split = 3,
    ReverseSplit = 4,
    SpinOff = 5,
    RightsIssue = 6,
    Merger = 7,
    Redemption = 8,
    Delisting = 9,
}

impl ActionKind {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<ActionKind> {
        Some(match byte {
            0 => ActionKind::CashDividend,
            1 => ActionKind::Coupon,
            2 => ActionKind::StockDividend,
            3 => ActionKind::Split,
            4 => ActionKind::ReverseSplit,
            5 => ActionKind::SpinOff,
            6 => ActionKind::RightsIssue,
            7 => ActionKind::Merger,
            8 => ActionKind::Redemption,
            9 => ActionKind::Delisting,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<ActionKind> {
        Some(match word {
            b"cash_dividend" => ActionKind::CashDividend,
            b"coupon" => ActionKind::Coupon,
            b"stock_dividend" => ActionKind::StockDividend,
            b"split" => ActionKind::Split,
            b"reverse_split" => ActionKind::ReverseSplit,
            b"spin_off" => ActionKind::SpinOff,
            b"rights_issue" => ActionKind::RightsIssue,
            b"merger" => ActionKind::Merger,
            b"redemption" => ActionKind::Redemption,
            b"delisting" => ActionKind::Delisting,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            ActionKind::CashDividend => "cash_dividend",
            ActionKind::Coupon => "coupon",
            ActionKind::StockDividend => "stock_dividend",
            ActionKind::Split => "split",
            ActionKind::ReverseSplit => "reverse_split",
            ActionKind::SpinOff => "spin_off",
            ActionKind::RightsIssue => "rights_issue",
            ActionKind::Merger => "merger",
            ActionKind::Redemption => "redemption",
            ActionKind::Delisting => "delisting",
        }
    }
}

/// What a corporate action does with the open orders of its asset's instruments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum OrderPolicy {
    Keep = 0,
    Cancel = 1,
}

impl OrderPolicy {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<OrderPolicy> {
        Some(match byte {
            0 => OrderPolicy::Keep,
            1 => OrderPolicy::Cancel,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<OrderPolicy> {
        Some(match word {
            b"keep" => OrderPolicy::Keep,
            b"cancel" => OrderPolicy::Cancel,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            OrderPolicy::Keep => "keep",
            OrderPolicy::Cancel => "cancel",
        }
    }
}

/// Why a corporate action paid nothing: too little to pay, too large a sum, units held or minted that it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ActionFailure {
    InsufficientFunds = 0,
    Overflow = 1,
    Held = 2,
    Minted = 3,
}

impl ActionFailure {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<ActionFailure> {
        Some(match byte {
            0 => ActionFailure::InsufficientFunds,
            1 => ActionFailure::Overflow,
            2 => ActionFailure::Held,
            3 => ActionFailure::Minted,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<ActionFailure> {
        Some(match word {
            b"insufficient_funds" => ActionFailure::InsufficientFunds,
            b"overflow" => ActionFailure::Overflow,
            b"held" => ActionFailure::Held,
            b"minted" => ActionFailure::Minted,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            ActionFailure::InsufficientFunds => "insufficient_funds",
            ActionFailure::Overflow => "overflow",
            ActionFailure::Held => "held",
            ActionFailure::Minted => "minted",
        }
    }
}

/// What a corporate action that has begun is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ActionStage {
    Announced = 0,
    Halting = 1,
    Cancelling = 2,
    Counting = 3,
    Paying = 4,
    Rebasing = 5,
    Lifting = 6,
}

impl ActionStage {
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<ActionStage> {
        Some(match byte {
            0 => ActionStage::Announced,
            1 => ActionStage::Halting,
            2 => ActionStage::Cancelling,
            3 => ActionStage::Counting,
            4 => ActionStage::Paying,
            5 => ActionStage::Rebasing,
            6 => ActionStage::Lifting,
            _ => return None,
        })
    }

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<ActionStage> {
        Some(match word {
            b"announced" => ActionStage::Announced,
            b"halting" => ActionStage::Halting,
            b"cancelling" => ActionStage::Cancelling,
            b"counting" => ActionStage::Counting,
            b"paying" => ActionStage::Paying,
            b"rebasing" => ActionStage::Rebasing,
            b"lifting" => ActionStage::Lifting,
            _ => return None,
        })
    }

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {
        match self {
            ActionStage::Announced => "announced",
            ActionStage::Halting => "halting",
            ActionStage::Cancelling => "cancelling",
            ActionStage::Counting => "counting",
            ActionStage::Paying => "paying",
            ActionStage::Rebasing => "rebasing",
            ActionStage::Lifting => "lifting",
        }
    }
}
