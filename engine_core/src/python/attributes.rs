//! The attributes of `Event` that only some kinds have.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

#![allow(clippy::wrong_self_convention)] // an attribute is called what its field is: `from_holder`

use super::records::{PyEvent, PyOrder};
use pyo3::prelude::*;

#[pymethods]
impl PyEvent {
    /// A `Side`, of the entry; its exits are of the other. Of EXITS_REFUSED: a `Side`, of the exits.
    #[getter]
    fn side(&self) -> PyResult<u8> {
        self.0.side().ok_or_else(|| self.lacks("side"))
    }

    /// The order's id. Of REJECTED: of CANCEL, AMEND and CANCEL_REPLACE, else 0. Of EXITS_REFUSED: the entry.
    #[getter]
    fn order_id(&self) -> PyResult<u64> {
        self.0.order_id().ok_or_else(|| self.lacks("order_id"))
    }

    /// The instrument's id. Of REJECTED: of PLACE, CANCEL_REPLACE, CANCEL_ALL, PLACE_OCO and PLACE_BRACKET,
    /// else none. Of CANCEL_ALL_DONE: as given. Of ELIGIBILITY_SET: if it is an instrument's table, else none.
    #[getter]
    fn instrument(&self) -> PyResult<u32> {
        self.0.instrument().ok_or_else(|| self.lacks("instrument"))
    }

    /// Of ACCEPTED, TRIGGERED: the limit in ticks; of a market order the collar. Of FILL: the maker's, in
    /// ticks. Of CANCELLED, CANCEL_PENDING: the limit in ticks. Of AMENDED: the new limit in ticks. Of
    /// DUPLICATE: its limit now or last. Of REFERENCE_SET, INDICATED: in ticks; 0: none. Of UNCROSSED: in
    /// ticks; 0: nothing trades. Of AUCTION_EXTENDED: in ticks.
    #[getter]
    fn price(&self) -> PyResult<u32> {
        self.0.price().ok_or_else(|| self.lacks("price"))
    }

    /// Of ACCEPTED: total lots; 0 for a notional order. Of FILL: lots of this fill. Of CANCELLED: total lots;
    /// of a notional order what filled. Of AMENDED: the new total in lots. Of DUPLICATE: its total now or last;
    /// of a finished notional order what filled. Of TRIGGERED, CANCEL_PENDING: total lots. Of
    /// PROTECTION_TRIGGERED: lots. Of INDICATED: lots that would trade. Of UNCROSSED: lots that trade. Of
    /// EXITS_REFUSED: lots that the entry has traded. Of BENEFICIAL_SET: smallest units. Of ENTITLED: smallest
    /// units, held ones included. Of ACTION_DONE: what they owned, in smallest units.
    #[getter]
    fn quantity(&self) -> PyResult<i64> {
        self.0.quantity().ok_or_else(|| self.lacks("quantity"))
    }

    /// Of ACCEPTED, TRIGGERED: lots left: all of them. Of FILL: lots left; 0 for a notional order. Of
    /// CANCELLED: lots cancelled; 0 for a notional order. Of AMENDED: lots left, before any match. Of
    /// DUPLICATE: 0 unless open. Of CANCEL_PENDING: lots left now.
    #[getter]
    fn leaves(&self) -> PyResult<i64> {
        self.0.leaves().ok_or_else(|| self.lacks("leaves"))
    }

    /// Of ACCEPTED: what a notional order may spend, else 0. Of CANCELLED: what a notional order did not spend,
    /// else 0.
    #[getter]
    fn budget(&self) -> PyResult<i64> {
        self.0.budget().ok_or_else(|| self.lacks("budget"))
    }

    /// Of ACCEPTED: of a stop order, else 0. Of AMENDED: of a stop order that waits, else 0. Of TRIGGERED: what
    /// was reached, in ticks.
    #[getter]
    fn trigger_price(&self) -> PyResult<u32> {
        self.0.trigger_price().ok_or_else(|| self.lacks("trigger_price"))
    }

    /// Of ACCEPTED: a `PegReference`, of a pegged order: what its price follows, else none.
    #[getter]
    fn peg(&self) -> PyResult<u8> {
        self.0.peg().ok_or_else(|| self.lacks("peg"))
    }

    /// Of ACCEPTED: of a pegged order: ticks behind that, else 0.
    #[getter]
    fn peg_offset(&self) -> PyResult<u32> {
        self.0.peg_offset().ok_or_else(|| self.lacks("peg_offset"))
    }

    /// Of ACCEPTED: of a linked order: the other leg, else 0.
    #[getter]
    fn partner(&self) -> PyResult<u64> {
        self.0.partner().ok_or_else(|| self.lacks("partner"))
    }

    /// Of ACCEPTED: of an exit of a bracket: the order that it closes, else 0.
    #[getter]
    fn entry(&self) -> PyResult<u64> {
        self.0.entry().ok_or_else(|| self.lacks("entry"))
    }

    /// Of REJECTED, QUOTE_REJECTED, EXITS_REFUSED: a `RejectCode`, why, by the venue's own numbers. Of
    /// CANCELLED: a `CancelReason`, why, by the venue's own numbers. Of AMENDED: a `Priority`, why, by the
    /// venue's own numbers. Of DUPLICATE: an `OrderStatus`, why, by the venue's own numbers.
    #[getter]
    fn reason(&self) -> PyResult<u8> {
        self.0.reason().ok_or_else(|| self.lacks("reason"))
    }

    /// Of REJECTED: kind of the command. Of MONEY_REPEATED: kind of both.
    #[getter]
    fn command(&self) -> PyResult<u8> {
        self.0.command().ok_or_else(|| self.lacks("command"))
    }

    /// The asset's id. Of REJECTED: of DEPOSIT, REQUEST_WITHDRAWAL, TRANSFER, FORCE_TRANSFER, MINT and
    /// REQUEST_REDEMPTION, else none. Of ELIGIBILITY_SET: if it is an asset's table, else none. Of FROZEN,
    /// UNFROZEN: of an asset and of units, else none. Of ACTION_FUNDED, ENTITLEMENT_PAID, ACTION_LEG_PAID: paid
    /// out. Of ACTION_FAILED: of which there is too little, too much, or something held.
    #[getter]
    fn asset(&self) -> PyResult<u32> {
        self.0.asset().ok_or_else(|| self.lacks("asset"))
    }

    /// The withdrawal's or redemption's id. Of REJECTED: of a command that ends a withdrawal or a redemption,
    /// else 0. Of MONEY_REPEATED: of a withdrawal or a redemption; of FORCE_TRANSFER its reason; else 0.
    #[getter]
    fn withdrawal_id(&self) -> PyResult<u64> {
        self.0.withdrawal_id().ok_or_else(|| self.lacks("withdrawal_id"))
    }

    /// Of REJECTED: what was asked, if it is a limit that refused it, else 0. Of CASH_REFERENCE_SET: in
    /// millionths of par. Of PEG_CHANGED: in millionths of par; 0: it has no band any more.
    #[getter]
    fn value(&self) -> PyResult<i64> {
        self.0.value().ok_or_else(|| self.lacks("value"))
    }

    /// Of REJECTED: that limit, else 0.
    #[getter]
    fn bound(&self) -> PyResult<i64> {
        self.0.bound().ok_or_else(|| self.lacks("bound"))
    }

    /// A `Liquidity`.
    #[getter]
    fn liquidity(&self) -> PyResult<u8> {
        self.0.liquidity().ok_or_else(|| self.lacks("liquidity"))
    }

    /// Of FILL: lots filled so far, these included. Of CANCELLED, AMENDED, DUPLICATE, CANCEL_PENDING: lots.
    #[getter]
    fn filled(&self) -> PyResult<i64> {
        self.0.filled().ok_or_else(|| self.lacks("filled"))
    }

    /// Of FILL: paid or received, in units of the quote asset.
    #[getter]
    fn cash(&self) -> PyResult<i64> {
        self.0.cash().ok_or_else(|| self.lacks("cash"))
    }

    /// Of FILL: this side's, in units of the quote asset; below 0: a rebate. Of REDEMPTION_REQUESTED: held on
    /// top. Of REDEMPTION_SETTLED: paid to the issuer. Of REDEMPTION_REFUSED: not paid.
    #[getter]
    fn fee(&self) -> PyResult<i64> {
        self.0.fee().ok_or_else(|| self.lacks("fee"))
    }

    /// Of FILL: the same on both sides.
    #[getter]
    fn settlement_id(&self) -> PyResult<u64> {
        self.0.settlement_id().ok_or_else(|| self.lacks("settlement_id"))
    }

    /// Of AMENDED: the limit before.
    #[getter]
    fn previous_price(&self) -> PyResult<u32> {
        self.0.previous_price().ok_or_else(|| self.lacks("previous_price"))
    }

    /// Of CANCEL_ALL_DONE, FROZEN: how many were cancelled.
    #[getter]
    fn orders(&self) -> PyResult<u32> {
        self.0.orders().ok_or_else(|| self.lacks("orders"))
    }

    /// Of CANCEL_ALL_DONE, FROZEN: how many will be when their auction's trades are made.
    #[getter]
    fn pending(&self) -> PyResult<u32> {
        self.0.pending().ok_or_else(|| self.lacks("pending"))
    }

    /// Which of the account's groups, from 1.
    #[getter]
    fn quote_group(&self) -> PyResult<u32> {
        self.0.quote_group().ok_or_else(|| self.lacks("quote_group"))
    }

    /// Of QUOTE_REJECTED: which of the command's entries, from 0.
    #[getter]
    fn entry_number(&self) -> PyResult<u32> {
        self.0.entry_number().ok_or_else(|| self.lacks("entry_number"))
    }

    /// Of MASS_QUOTED: new orders.
    #[getter]
    fn accepted(&self) -> PyResult<u32> {
        self.0.accepted().ok_or_else(|| self.lacks("accepted"))
    }

    /// Of MASS_QUOTED: as they were.
    #[getter]
    fn kept(&self) -> PyResult<u32> {
        self.0.kept().ok_or_else(|| self.lacks("kept"))
    }

    /// Of MASS_QUOTED: another price or quantity.
    #[getter]
    fn changed(&self) -> PyResult<u32> {
        self.0.changed().ok_or_else(|| self.lacks("changed"))
    }

    /// Of MASS_QUOTED: taken out because nothing is quoted there any more.
    #[getter]
    fn withdrawn(&self) -> PyResult<u32> {
        self.0.withdrawn().ok_or_else(|| self.lacks("withdrawn"))
    }

    /// Sides that were refused.
    #[getter]
    fn refused(&self) -> PyResult<u32> {
        self.0.refused().ok_or_else(|| self.lacks("refused"))
    }

    /// Fills in the window.
    #[getter]
    fn max_fills(&self) -> PyResult<u32> {
        self.0.max_fills().ok_or_else(|| self.lacks("max_fills"))
    }

    /// How long the window is, in nanoseconds.
    #[getter]
    fn window_ns(&self) -> PyResult<u64> {
        self.0.window_ns().ok_or_else(|| self.lacks("window_ns"))
    }

    /// Lots; 0: any.
    #[getter]
    fn max_quantity(&self) -> PyResult<i64> {
        self.0.max_quantity().ok_or_else(|| self.lacks("max_quantity"))
    }

    /// Units of quote assets; 0: any.
    #[getter]
    fn max_notional(&self) -> PyResult<i64> {
        self.0.max_notional().ok_or_else(|| self.lacks("max_notional"))
    }

    /// Lots bought less lots sold in the window, or the other way round; 0: any.
    #[getter]
    fn max_delta(&self) -> PyResult<i64> {
        self.0.max_delta().ok_or_else(|| self.lacks("max_delta"))
    }

    /// A `ProtectionLimit`.
    #[getter]
    fn limit(&self) -> PyResult<u8> {
        self.0.limit().ok_or_else(|| self.lacks("limit"))
    }

    /// How many in the window.
    #[getter]
    fn fills(&self) -> PyResult<u32> {
        self.0.fills().ok_or_else(|| self.lacks("fills"))
    }

    /// Of PROTECTION_TRIGGERED: units of quote assets.
    #[getter]
    fn notional(&self) -> PyResult<i64> {
        self.0.notional().ok_or_else(|| self.lacks("notional"))
    }

    /// Of PROTECTION_TRIGGERED: lots bought less lots sold.
    #[getter]
    fn delta(&self) -> PyResult<i64> {
        self.0.delta().ok_or_else(|| self.lacks("delta"))
    }

    /// A `CancelTimer`, which of the two.
    #[getter]
    fn timer(&self) -> PyResult<u8> {
        self.0.timer().ok_or_else(|| self.lacks("timer"))
    }

    /// Of CANCEL_AFTER_SET: when it runs out, in nanoseconds; 0: it does not run.
    #[getter]
    fn due_at(&self) -> PyResult<u64> {
        self.0.due_at().ok_or_else(|| self.lacks("due_at"))
    }

    /// The fee schedule's id.
    #[getter]
    fn fee_schedule(&self) -> PyResult<u32> {
        self.0.fee_schedule().ok_or_else(|| self.lacks("fee_schedule"))
    }

    /// Hundredths of a basis point; below 0: a rebate.
    #[getter]
    fn maker_rate(&self) -> PyResult<i32> {
        self.0.maker_rate().ok_or_else(|| self.lacks("maker_rate"))
    }

    /// Hundredths of a basis point.
    #[getter]
    fn taker_rate(&self) -> PyResult<u32> {
        self.0.taker_rate().ok_or_else(|| self.lacks("taker_rate"))
    }

    /// Of FEE_SCHEDULE_SET, FEE_OVERRIDE_SET: above these rates.
    #[getter]
    fn tiers(&self) -> PyResult<u32> {
        self.0.tiers().ok_or_else(|| self.lacks("tiers"))
    }

    /// Of FEE_SCHEDULE_SET, FEE_OVERRIDE_SET: in nanoseconds; 0: from now on.
    #[getter]
    fn effective_at(&self) -> PyResult<u64> {
        self.0.effective_at().ok_or_else(|| self.lacks("effective_at"))
    }

    /// Of FEE_SCHEDULE_SET, FEE_OVERRIDE_SET: changes that waited and never will be.
    #[getter]
    fn replaced(&self) -> PyResult<u32> {
        self.0.replaced().ok_or_else(|| self.lacks("replaced"))
    }

    /// A `HaltCause`.
    #[getter]
    fn cause(&self) -> PyResult<u8> {
        self.0.cause().ok_or_else(|| self.lacks("cause"))
    }

    /// Of HALTED, RESUMED: that stand now: bit 0 for the first, and so on.
    #[getter]
    fn causes(&self) -> PyResult<u32> {
        self.0.causes().ok_or_else(|| self.lacks("causes"))
    }

    /// Of PULSED: how much was done.
    #[getter]
    fn items(&self) -> PyResult<u32> {
        self.0.items().ok_or_else(|| self.lacks("items"))
    }

    /// How many orders it may have open.
    #[getter]
    fn max_open_orders(&self) -> PyResult<u32> {
        self.0.max_open_orders().ok_or_else(|| self.lacks("max_open_orders"))
    }

    /// How many finished orders with a client order id are remembered.
    #[getter]
    fn client_id_window(&self) -> PyResult<u32> {
        self.0.client_id_window().ok_or_else(|| self.lacks("client_id_window"))
    }

    /// Accounts of one firm, between which self-trade prevention works too; 0: none.
    #[getter]
    fn group(&self) -> PyResult<u32> {
        self.0.group().ok_or_else(|| self.lacks("group"))
    }

    /// Of ACCOUNT_SET: 0: any.
    #[getter]
    fn max_open_notional(&self) -> PyResult<i64> {
        self.0.max_open_notional().ok_or_else(|| self.lacks("max_open_notional"))
    }

    /// Who says so, by the venue's own numbers; of PEG_SET: whose values are taken, 0 anybody's.
    #[getter]
    fn source(&self) -> PyResult<u32> {
        self.0.source().ok_or_else(|| self.lacks("source"))
    }

    /// When it was so, in nanoseconds.
    #[getter]
    fn observed_at(&self) -> PyResult<u64> {
        self.0.observed_at().ok_or_else(|| self.lacks("observed_at"))
    }

    /// Year, month and day as eight digits. Of OBLIGATION_SCORED: 0: before the first.
    #[getter]
    fn trade_date(&self) -> PyResult<u32> {
        self.0.trade_date().ok_or_else(|| self.lacks("trade_date"))
    }

    /// Of TRADE_DATE_ROLLED: the date before; 0: none.
    #[getter]
    fn previous(&self) -> PyResult<u32> {
        self.0.previous().ok_or_else(|| self.lacks("previous"))
    }

    /// A `Phase`, the first one.
    #[getter]
    fn phase(&self) -> PyResult<u8> {
        self.0.phase().ok_or_else(|| self.lacks("phase"))
    }

    /// A `Phase`.
    #[getter]
    fn previous_phase(&self) -> PyResult<u8> {
        self.0.previous_phase().ok_or_else(|| self.lacks("previous_phase"))
    }

    /// Of PHASE_CHANGED: of a call, in nanoseconds; 0: by command. Of AUCTION_EXTENDED: in nanoseconds. Of
    /// LIMIT_STATE_CHANGED: when trading pauses if it still lasts, in nanoseconds; 0: it has ended.
    #[getter]
    fn ends_at(&self) -> PyResult<u64> {
        self.0.ends_at().ok_or_else(|| self.lacks("ends_at"))
    }

    /// Of INDICATED: lots at the price that would not: of buys, below 0 of sells. Of UNCROSSED: lots at the
    /// price that do not: of buys, below 0 of sells.
    #[getter]
    fn surplus(&self) -> PyResult<i64> {
        self.0.surplus().ok_or_else(|| self.lacks("surplus"))
    }

    /// Of AUCTION_EXTENDED: bound of the price. Of VOLATILITY_BAND_MOVED: lowest price that trades. Of
    /// STATIC_BAND_MOVED: in ticks; 0: none.
    #[getter]
    fn lower(&self) -> PyResult<u32> {
        self.0.lower().ok_or_else(|| self.lacks("lower"))
    }

    /// Of AUCTION_EXTENDED: bound of the price. Of VOLATILITY_BAND_MOVED: highest price that trades. Of
    /// STATIC_BAND_MOVED: in ticks; 0: none.
    #[getter]
    fn upper(&self) -> PyResult<u32> {
        self.0.upper().ok_or_else(|| self.lacks("upper"))
    }

    /// Of AUCTION_EXTENDED: of this call, this one included.
    #[getter]
    fn extensions(&self) -> PyResult<u32> {
        self.0.extensions().ok_or_else(|| self.lacks("extensions"))
    }

    /// How far from the reference prices may be; 0: any.
    #[getter]
    fn static_bps(&self) -> PyResult<u32> {
        self.0.static_bps().ok_or_else(|| self.lacks("static_bps"))
    }

    /// How far from the last trade a trade may be; 0: any.
    #[getter]
    fn dynamic_bps(&self) -> PyResult<u32> {
        self.0.dynamic_bps().ok_or_else(|| self.lacks("dynamic_bps"))
    }

    /// How far from the reference an auction's price may be without an extension; 0: any.
    #[getter]
    fn auction_bps(&self) -> PyResult<u32> {
        self.0.auction_bps().ok_or_else(|| self.lacks("auction_bps"))
    }

    /// How long a call lasts that begins by itself; 0: a halt does not end with one.
    #[getter]
    fn call_ns(&self) -> PyResult<u64> {
        self.0.call_ns().ok_or_else(|| self.lacks("call_ns"))
    }

    /// How far from their mean prices may be; 0: any, and all else is 0. Of STATIC_BAND_MOVED: its width; 0:
    /// there is none.
    #[getter]
    fn bps(&self) -> PyResult<u32> {
        self.0.bps().ok_or_else(|| self.lacks("bps"))
    }

    /// The same in ticks, if that is less; 0: it is not asked.
    #[getter]
    fn ticks(&self) -> PyResult<u32> {
        self.0.ticks().ok_or_else(|| self.lacks("ticks"))
    }

    /// Of VOLATILITY_BANDS_SET: in hundredths.
    #[getter]
    fn multiplier(&self) -> PyResult<u32> {
        self.0.multiplier().ok_or_else(|| self.lacks("multiplier"))
    }

    /// How long a limit state lasts before trading pauses.
    #[getter]
    fn limit_state_ns(&self) -> PyResult<u64> {
        self.0.limit_state_ns().ok_or_else(|| self.lacks("limit_state_ns"))
    }

    /// How long the call lasts after it.
    #[getter]
    fn pause_ns(&self) -> PyResult<u64> {
        self.0.pause_ns().ok_or_else(|| self.lacks("pause_ns"))
    }

    /// Of VOLATILITY_BAND_MOVED: what it is around, in ticks.
    #[getter]
    fn reference(&self) -> PyResult<u32> {
        self.0.reference().ok_or_else(|| self.lacks("reference"))
    }

    /// A `LimitState`.
    #[getter]
    fn limit_state(&self) -> PyResult<u8> {
        self.0.limit_state().ok_or_else(|| self.lacks("limit_state"))
    }

    /// A `LimitState`.
    #[getter]
    fn previous_state(&self) -> PyResult<u8> {
        self.0.previous_state().ok_or_else(|| self.lacks("previous_state"))
    }

    /// A `StalePolicy`, what a reference price leads to that is too old.
    #[getter]
    fn stale(&self) -> PyResult<u8> {
        self.0.stale().ok_or_else(|| self.lacks("stale"))
    }

    /// A `PrimaryPolicy`, what a closed primary market leads to.
    #[getter]
    fn primary(&self) -> PyResult<u8> {
        self.0.primary().ok_or_else(|| self.lacks("primary"))
    }

    /// Of REFERENCE_POLICY_SET: in hundredths.
    #[getter]
    fn widen(&self) -> PyResult<u32> {
        self.0.widen().ok_or_else(|| self.lacks("widen"))
    }

    /// Of FIXED_BAND and REANCHOR: how far from the anchor prices may be, else 0.
    #[getter]
    fn closed_bps(&self) -> PyResult<u32> {
        self.0.closed_bps().ok_or_else(|| self.lacks("closed_bps"))
    }

    /// Of REANCHOR: how far the anchor moves at once, else 0.
    #[getter]
    fn step_bps(&self) -> PyResult<u32> {
        self.0.step_bps().ok_or_else(|| self.lacks("step_bps"))
    }

    /// Nanoseconds after which a reference price is too old; 0: never.
    #[getter]
    fn max_age_ns(&self) -> PyResult<u64> {
        self.0.max_age_ns().ok_or_else(|| self.lacks("max_age_ns"))
    }

    /// Of REANCHOR: nanoseconds between two moves, else 0.
    #[getter]
    fn step_ns(&self) -> PyResult<u64> {
        self.0.step_ns().ok_or_else(|| self.lacks("step_ns"))
    }

    /// Of PRIMARY_STATUS_SET: a `PrimaryStatus`, what it is now. Of ATTESTOR_SET: an `AttestorStatus`, what it
    /// is now. Of REFINER_SET: a `RefinerStatus`, what it is now. Of PEG_CHANGED: a `PegStatus`, what it is
    /// now.
    #[getter]
    fn status(&self) -> PyResult<u8> {
        self.0.status().ok_or_else(|| self.lacks("status"))
    }

    /// Of PRIMARY_STATUS_SET: in ticks; 0: not known.
    #[getter]
    fn close(&self) -> PyResult<u32> {
        self.0.close().ok_or_else(|| self.lacks("close"))
    }

    /// Of STATIC_BAND_MOVED: what it is around while the primary market is closed; 0: the auction reference.
    #[getter]
    fn anchor(&self) -> PyResult<u32> {
        self.0.anchor().ok_or_else(|| self.lacks("anchor"))
    }

    /// Smallest units. Of FROZEN: of units: how many are frozen until then, else 0. Of UNFROZEN: of units: how
    /// many are available again, else 0. Of REDEMPTION_REQUESTED: what will be burned. Of REDEMPTION_SETTLED:
    /// burned. Of REDEMPTION_REFUSED: not burned.
    #[getter]
    fn amount(&self) -> PyResult<i64> {
        self.0.amount().ok_or_else(|| self.lacks("amount"))
    }

    /// Of TRANSFER_OUT, FORCED_TRANSFER: to. Of TRANSFER_IN, REDEMPTION_FEE: from. Of MONEY_REPEATED: of
    /// TRANSFER and FORCE_TRANSFER: to, else 0.
    #[getter]
    fn counterparty(&self) -> PyResult<u32> {
        self.0.counterparty().ok_or_else(|| self.lacks("counterparty"))
    }

    /// Of MONEY_REPEATED: of the command that moved it.
    #[getter]
    fn original_sequence(&self) -> PyResult<u64> {
        self.0.original_sequence().ok_or_else(|| self.lacks("original_sequence"))
    }

    /// A `FeeChange`.
    #[getter]
    fn change(&self) -> PyResult<u8> {
        self.0.change().ok_or_else(|| self.lacks("change"))
    }

    /// Of OBLIGATION_SET: in ticks.
    #[getter]
    fn max_spread(&self) -> PyResult<u32> {
        self.0.max_spread().ok_or_else(|| self.lacks("max_spread"))
    }

    /// Of OBLIGATION_SET: lots.
    #[getter]
    fn min_quantity(&self) -> PyResult<i64> {
        self.0.min_quantity().ok_or_else(|| self.lacks("min_quantity"))
    }

    /// Of OBLIGATION_SET: of the time.
    #[getter]
    fn required_bps(&self) -> PyResult<u32> {
        self.0.required_bps().ok_or_else(|| self.lacks("required_bps"))
    }

    /// Of OBLIGATION_SCORED: in nanoseconds.
    #[getter]
    fn met_ns(&self) -> PyResult<u64> {
        self.0.met_ns().ok_or_else(|| self.lacks("met_ns"))
    }

    /// Of OBLIGATION_SCORED: how long the instrument traded, in nanoseconds.
    #[getter]
    fn open_ns(&self) -> PyResult<u64> {
        self.0.open_ns().ok_or_else(|| self.lacks("open_ns"))
    }

    /// Of OBLIGATION_SCORED: 1 if it gets the rate from now on, else 0.
    #[getter]
    fn earned(&self) -> PyResult<u32> {
        self.0.earned().ok_or_else(|| self.lacks("earned"))
    }

    /// Of KEY_SET, KEY_REVOKED: its id.
    #[getter]
    fn key_id(&self) -> PyResult<u32> {
        self.0.key_id().ok_or_else(|| self.lacks("key_id"))
    }

    /// Of KEY_SET: from when on it is good for nothing, in nanoseconds; 0: never.
    #[getter]
    fn expires_at(&self) -> PyResult<u64> {
        self.0.expires_at().ok_or_else(|| self.lacks("expires_at"))
    }

    /// An `InvestorClass`.
    #[getter]
    fn investor_class(&self) -> PyResult<u8> {
        self.0.investor_class().ok_or_else(|| self.lacks("investor_class"))
    }

    /// Where the holder is; 0: not known.
    #[getter]
    fn jurisdiction(&self) -> PyResult<u16> {
        self.0.jurisdiction().ok_or_else(|| self.lacks("jurisdiction"))
    }

    /// Whose client it is, by the venue's own numbers; 0: nobody's.
    #[getter]
    fn firm(&self) -> PyResult<u32> {
        self.0.firm().ok_or_else(|| self.lacks("firm"))
    }

    /// Of HOLDER_SET: in nanoseconds.
    #[getter]
    fn verified_until(&self) -> PyResult<u64> {
        self.0.verified_until().ok_or_else(|| self.lacks("verified_until"))
    }

    /// A `Verification`, of the holder's identity.
    #[getter]
    fn verification(&self) -> PyResult<u8> {
        self.0.verification().ok_or_else(|| self.lacks("verification"))
    }

    /// A `JurisdictionRule`, what the jurisdictions behind are.
    #[getter]
    fn jurisdiction_rule(&self) -> PyResult<u8> {
        self.0.jurisdiction_rule().ok_or_else(|| self.lacks("jurisdiction_rule"))
    }

    /// Of ELIGIBILITY_SET: a bit each; 0: all.
    #[getter]
    fn classes(&self) -> PyResult<u32> {
        self.0.classes().ok_or_else(|| self.lacks("classes"))
    }

    /// Of ELIGIBILITY_SET: how many it names.
    #[getter]
    fn jurisdictions(&self) -> PyResult<u32> {
        self.0.jurisdictions().ok_or_else(|| self.lacks("jurisdictions"))
    }

    /// Of ELIGIBILITY_SET: 0: any.
    #[getter]
    fn max_holding(&self) -> PyResult<i64> {
        self.0.max_holding().ok_or_else(|| self.lacks("max_holding"))
    }

    /// Of ELIGIBILITY_SET: in nanoseconds.
    #[getter]
    fn locked_until(&self) -> PyResult<u64> {
        self.0.locked_until().ok_or_else(|| self.lacks("locked_until"))
    }

    /// A `FreezeScope`.
    #[getter]
    fn scope(&self) -> PyResult<u8> {
        self.0.scope().ok_or_else(|| self.lacks("scope"))
    }

    /// Of FROZEN: of units: when that ends by itself, in nanoseconds; 0: it does not. Of UNFROZEN: of units:
    /// when the freeze would have ended, in nanoseconds, else 0.
    #[getter]
    fn until(&self) -> PyResult<u64> {
        self.0.until().ok_or_else(|| self.lacks("until"))
    }

    /// Of FORCED_TRANSFER: why, by the venue's own numbers.
    #[getter]
    fn reason_code(&self) -> PyResult<u32> {
        self.0.reason_code().ok_or_else(|| self.lacks("reason_code"))
    }

    /// Of BENEFICIAL_SET: 0: nobody.
    #[getter]
    fn from_holder(&self) -> PyResult<u64> {
        self.0.from_holder().ok_or_else(|| self.lacks("from_holder"))
    }

    /// Of BENEFICIAL_SET: 0: nobody.
    #[getter]
    fn to_holder(&self) -> PyResult<u64> {
        self.0.to_holder().ok_or_else(|| self.lacks("to_holder"))
    }

    /// Of BENEFICIAL_SET: units that are registered to the first from now on.
    #[getter]
    fn from_registered(&self) -> PyResult<i64> {
        self.0.from_registered().ok_or_else(|| self.lacks("from_registered"))
    }

    /// Of BENEFICIAL_SET: units that are registered to the other from now on.
    #[getter]
    fn to_registered(&self) -> PyResult<i64> {
        self.0.to_registered().ok_or_else(|| self.lacks("to_registered"))
    }

    /// An `AssetForm`.
    #[getter]
    fn form(&self) -> PyResult<u8> {
        self.0.form().ok_or_else(|| self.lacks("form"))
    }

    /// An `AttestationPolicy`, what needs an attestation.
    #[getter]
    fn attestation(&self) -> PyResult<u8> {
        self.0.attestation().ok_or_else(|| self.lacks("attestation"))
    }

    /// A `BarPolicy`, whether bars stand behind it.
    #[getter]
    fn bars(&self) -> PyResult<u8> {
        self.0.bars().ok_or_else(|| self.lacks("bars"))
    }

    /// The account that mints and gets the fees of redemptions.
    #[getter]
    fn issuer(&self) -> PyResult<u32> {
        self.0.issuer().ok_or_else(|| self.lacks("issuer"))
    }

    /// Hundredths of a basis point of it, on top; 0: none, or an amount.
    #[getter]
    fn redemption_fee_rate(&self) -> PyResult<u32> {
        self.0.redemption_fee_rate().ok_or_else(|| self.lacks("redemption_fee_rate"))
    }

    /// Millionths of a unit of reserve, of gold a fine troy ounce, for a whole token; 0: nothing.
    #[getter]
    fn backing(&self) -> PyResult<i64> {
        self.0.backing().ok_or_else(|| self.lacks("backing"))
    }

    /// Smallest units of a redemption at least.
    #[getter]
    fn min_redemption(&self) -> PyResult<i64> {
        self.0.min_redemption().ok_or_else(|| self.lacks("min_redemption"))
    }

    /// Smallest units that it is a multiple of.
    #[getter]
    fn redemption_unit(&self) -> PyResult<i64> {
        self.0.redemption_unit().ok_or_else(|| self.lacks("redemption_unit"))
    }

    /// Smallest units, on top; 0: none, or a rate.
    #[getter]
    fn redemption_fee(&self) -> PyResult<i64> {
        self.0.redemption_fee().ok_or_else(|| self.lacks("redemption_fee"))
    }

    /// The attestor's number.
    #[getter]
    fn attestor(&self) -> PyResult<u32> {
        self.0.attestor().ok_or_else(|| self.lacks("attestor"))
    }

    /// Millionths of a unit of reserve.
    #[getter]
    fn reserve(&self) -> PyResult<i64> {
        self.0.reserve().ok_or_else(|| self.lacks("reserve"))
    }

    /// When it was so, in nanoseconds.
    #[getter]
    fn as_of(&self) -> PyResult<u64> {
        self.0.as_of().ok_or_else(|| self.lacks("as_of"))
    }

    /// When it expires, in nanoseconds. Of ATTESTATION_EXPIRED: of the last one, in nanoseconds; 0: there was
    /// none.
    #[getter]
    fn valid_until(&self) -> PyResult<u64> {
        self.0.valid_until().ok_or_else(|| self.lacks("valid_until"))
    }

    /// Of MINTED: minted less burned so far.
    #[getter]
    fn outstanding(&self) -> PyResult<i64> {
        self.0.outstanding().ok_or_else(|| self.lacks("outstanding"))
    }

    /// Of REDEMPTION_REQUESTED: the amount of the request.
    #[getter]
    fn asked(&self) -> PyResult<i64> {
        self.0.asked().ok_or_else(|| self.lacks("asked"))
    }

    /// The bar's number; 0: none. Of REDEMPTION_REQUESTED: assigned; 0: none. Of REDEMPTION_SETTLED: delivered;
    /// 0: none. Of REDEMPTION_REFUSED: not assigned any more; 0: none.
    #[getter]
    fn bar(&self) -> PyResult<u64> {
        self.0.bar().ok_or_else(|| self.lacks("bar"))
    }

    /// A `RedemptionRefusal`, why; the same command with another is a repetition.
    #[getter]
    fn refusal(&self) -> PyResult<u8> {
        self.0.refusal().ok_or_else(|| self.lacks("refusal"))
    }

    /// The refiner's number.
    #[getter]
    fn refiner(&self) -> PyResult<u32> {
        self.0.refiner().ok_or_else(|| self.lacks("refiner"))
    }

    /// Millionths of an ounce.
    #[getter]
    fn gross_weight(&self) -> PyResult<i64> {
        self.0.gross_weight().ok_or_else(|| self.lacks("gross_weight"))
    }

    /// Millionths of an ounce.
    #[getter]
    fn fine_weight(&self) -> PyResult<i64> {
        self.0.fine_weight().ok_or_else(|| self.lacks("fine_weight"))
    }

    /// How far its reference value may be from par.
    #[getter]
    fn band_bps(&self) -> PyResult<u32> {
        self.0.band_bps().ok_or_else(|| self.lacks("band_bps"))
    }

    /// What is deducted from its value outside the band. Of PEG_CHANGED: deducted from its value from now on.
    #[getter]
    fn haircut_bps(&self) -> PyResult<u32> {
        self.0.haircut_bps().ok_or_else(|| self.lacks("haircut_bps"))
    }

    /// An `ActionKind`.
    #[getter]
    fn action_kind(&self) -> PyResult<u8> {
        self.0.action_kind().ok_or_else(|| self.lacks("action_kind"))
    }

    /// An `OrderPolicy`, what becomes of open orders.
    #[getter]
    fn order_policy(&self) -> PyResult<u8> {
        self.0.order_policy().ok_or_else(|| self.lacks("order_policy"))
    }

    /// The corporate action's id.
    #[getter]
    fn action(&self) -> PyResult<u32> {
        self.0.action().ok_or_else(|| self.lacks("action"))
    }

    /// Account that pays what is paid. Of ENTITLEMENT_PAID: whose it was; 0xFFFFFFFF: it was created.
    #[getter]
    fn payer(&self) -> PyResult<u32> {
        self.0.payer().ok_or_else(|| self.lacks("payer"))
    }

    /// Of ACTION_ANNOUNCED: assets that it pays out.
    #[getter]
    fn legs(&self) -> PyResult<u32> {
        self.0.legs().ok_or_else(|| self.lacks("legs"))
    }

    /// When it is executed, in nanoseconds: who owns then is entitled.
    #[getter]
    fn record_at(&self) -> PyResult<u64> {
        self.0.record_at().ok_or_else(|| self.lacks("record_at"))
    }

    /// From when on no withdrawal of it is requested, in nanoseconds; 0: with the execution.
    #[getter]
    fn books_close_at(&self) -> PyResult<u64> {
        self.0.books_close_at().ok_or_else(|| self.lacks("books_close_at"))
    }

    /// Of ACTION_FUNDED, ACTION_LEG_PAID: smallest units, of all holders.
    #[getter]
    fn total(&self) -> PyResult<i64> {
        self.0.total().ok_or_else(|| self.lacks("total"))
    }

    /// Of ENTITLED: smallest units.
    #[getter]
    fn taken(&self) -> PyResult<i64> {
        self.0.taken().ok_or_else(|| self.lacks("taken"))
    }

    /// Of ENTITLEMENT_PAID, ACTION_LEG_PAID: 1 if it is cash for fractions, else 0.
    #[getter]
    fn in_lieu(&self) -> PyResult<u32> {
        self.0.in_lieu().ok_or_else(|| self.lacks("in_lieu"))
    }

    /// Of ACTION_LEG_PAID: what the holders together would get, less that.
    #[getter]
    fn residue(&self) -> PyResult<i64> {
        self.0.residue().ok_or_else(|| self.lacks("residue"))
    }

    /// Of ACTION_DONE: accounts that were entitled.
    #[getter]
    fn holders(&self) -> PyResult<u32> {
        self.0.holders().ok_or_else(|| self.lacks("holders"))
    }

    /// An `ActionFailure`.
    #[getter]
    fn failure(&self) -> PyResult<u8> {
        self.0.failure().ok_or_else(|| self.lacks("failure"))
    }

    /// Of ACTION_FAILED: account of which something is held, else 0.
    #[getter]
    fn holder(&self) -> PyResult<u32> {
        self.0.holder().ok_or_else(|| self.lacks("holder"))
    }

    /// Of ACTION_FAILED: what the payer has too little, or what is held, else 0.
    #[getter]
    fn missing(&self) -> PyResult<i64> {
        self.0.missing().ok_or_else(|| self.lacks("missing"))
    }

    /// Of REBASED: in ticks; 0: none.
    #[getter]
    fn last_trade(&self) -> PyResult<u32> {
        self.0.last_trade().ok_or_else(|| self.lacks("last_trade"))
    }

    /// Of REBASED: in ticks; 0: none.
    #[getter]
    fn reference_price(&self) -> PyResult<u32> {
        self.0.reference_price().ok_or_else(|| self.lacks("reference_price"))
    }

    /// Of REBASED: units after it.
    #[getter]
    fn numerator(&self) -> PyResult<i64> {
        self.0.numerator().ok_or_else(|| self.lacks("numerator"))
    }

    /// Of REBASED: for so many before.
    #[getter]
    fn denominator(&self) -> PyResult<i64> {
        self.0.denominator().ok_or_else(|| self.lacks("denominator"))
    }
}

#[pymethods]
impl PyOrder {
    /// When the order ends by itself, in nanoseconds; 0: never.
    #[getter]
    fn expires_at(&self) -> u64 {
        self.0.attributes.expires_at
    }

    /// Lots of an iceberg shown at a time; 0: all.
    #[getter]
    fn display_quantity(&self) -> i64 {
        self.0.attributes.display_quantity
    }

    /// Lots that each fill of a hidden order must have; 0: any.
    #[getter]
    fn min_quantity(&self) -> i64 {
        self.0.attributes.min_quantity
    }

    /// Of a stop order that waits, as it is now, in ticks.
    #[getter]
    fn trigger_price(&self) -> u32 {
        self.0.attributes.trigger_price
    }

    /// Ticks by which a waiting stop's trigger follows; 0: it does not.
    #[getter]
    fn trail(&self) -> u32 {
        self.0.attributes.trail
    }

    /// A `Trigger`, what the order waits for; it does not rest in the book yet.
    #[getter]
    fn trigger(&self) -> u8 {
        self.0.attributes.trigger
    }

    /// A `Visibility`.
    #[getter]
    fn visibility(&self) -> u8 {
        self.0.attributes.visibility
    }

    /// A `Lifetime`.
    #[getter]
    fn lifetime(&self) -> u8 {
        self.0.attributes.lifetime
    }

    /// A `PegReference`, what its price follows.
    #[getter]
    fn peg(&self) -> u8 {
        self.0.attributes.peg
    }

    /// Ticks behind that.
    #[getter]
    fn peg_offset(&self) -> u8 {
        self.0.attributes.peg_offset
    }

    /// Of a day order: the date it ends with.
    #[getter]
    fn trade_date(&self) -> u32 {
        self.0.attributes.trade_date
    }

    /// Lots of an iceberg behind the slice that is shown.
    #[getter]
    fn reserve(&self) -> i64 {
        self.0.attributes.reserve
    }

    /// Of a stop order that waits, or a pegged one: what it will pay as a taker.
    #[getter]
    fn taker_rate(&self) -> u32 {
        self.0.attributes.taker_rate
    }

    /// An `OrderType`, of a stop order that waits: what it will be.
    #[getter]
    fn waiting_type(&self) -> u8 {
        self.0.attributes.waiting_type
    }

    /// Of an iceberg: how many slices were shown before this one, modulo 256.
    #[getter]
    fn slice(&self) -> u8 {
        self.0.attributes.slice
    }

    /// Of a quote: its group.
    #[getter]
    fn quote_group(&self) -> u8 {
        self.0.attributes.quote_group
    }

    /// A `Trigger`, of the entry of a bracket: what its exit at a stop will wait for.
    #[getter]
    fn exit_trigger(&self) -> u8 {
        self.0.attributes.exit_trigger
    }

    /// Of a linked order: the other leg.
    #[getter]
    fn partner(&self) -> u64 {
        self.0.attributes.partner
    }

    /// Of a linked stop: the other leg's limit, whose hold counts for it, in ticks.
    #[getter]
    fn partner_price(&self) -> u32 {
        self.0.attributes.partner_price
    }

    /// Of the entry of a bracket: limit of its exit at a profit, in ticks.
    #[getter]
    fn take_profit(&self) -> u32 {
        self.0.attributes.take_profit
    }

    /// Trigger price of its exit at a stop, in ticks.
    #[getter]
    fn exit_trigger_price(&self) -> u32 {
        self.0.attributes.exit_trigger_price
    }

    /// Limit of its exit at a stop, in ticks; 0: it becomes a market order.
    #[getter]
    fn exit_price(&self) -> u32 {
        self.0.attributes.exit_price
    }

    /// Of a pegged order: the sequence of the command with which it took its place.
    #[getter]
    fn arrival(&self) -> u64 {
        self.0.attributes.arrival
    }
}
