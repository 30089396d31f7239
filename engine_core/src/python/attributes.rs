//! The attributes of `Event` that only some kinds have.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::records::{PyEvent, PyOrder};
use pyo3::prelude::*;

#[pymethods]
impl PyEvent {
    #[getter]
    fn side(&self) -> PyResult<u8> {
        self.0.side().ok_or_else(|| self.lacks("side"))
    }

    #[getter]
    fn order_id(&self) -> PyResult<u64> {
        self.0.order_id().ok_or_else(|| self.lacks("order_id"))
    }

    #[getter]
    fn instrument(&self) -> PyResult<u32> {
        self.0.instrument().ok_or_else(|| self.lacks("instrument"))
    }

    #[getter]
    fn price(&self) -> PyResult<u32> {
        self.0.price().ok_or_else(|| self.lacks("price"))
    }

    #[getter]
    fn quantity(&self) -> PyResult<i64> {
        self.0.quantity().ok_or_else(|| self.lacks("quantity"))
    }

    #[getter]
    fn leaves(&self) -> PyResult<i64> {
        self.0.leaves().ok_or_else(|| self.lacks("leaves"))
    }

    #[getter]
    fn budget(&self) -> PyResult<i64> {
        self.0.budget().ok_or_else(|| self.lacks("budget"))
    }

    #[getter]
    fn trigger_price(&self) -> PyResult<u32> {
        self.0.trigger_price().ok_or_else(|| self.lacks("trigger_price"))
    }

    #[getter]
    fn peg(&self) -> PyResult<u8> {
        self.0.peg().ok_or_else(|| self.lacks("peg"))
    }

    #[getter]
    fn peg_offset(&self) -> PyResult<u32> {
        self.0.peg_offset().ok_or_else(|| self.lacks("peg_offset"))
    }

    #[getter]
    fn partner(&self) -> PyResult<u64> {
        self.0.partner().ok_or_else(|| self.lacks("partner"))
    }

    #[getter]
    fn entry(&self) -> PyResult<u64> {
        self.0.entry().ok_or_else(|| self.lacks("entry"))
    }

    #[getter]
    fn reason(&self) -> PyResult<u8> {
        self.0.reason().ok_or_else(|| self.lacks("reason"))
    }

    #[getter]
    fn command(&self) -> PyResult<u8> {
        self.0.command().ok_or_else(|| self.lacks("command"))
    }

    #[getter]
    fn asset(&self) -> PyResult<u32> {
        self.0.asset().ok_or_else(|| self.lacks("asset"))
    }

    #[getter]
    fn withdrawal_id(&self) -> PyResult<u64> {
        self.0.withdrawal_id().ok_or_else(|| self.lacks("withdrawal_id"))
    }

    #[getter]
    fn value(&self) -> PyResult<i64> {
        self.0.value().ok_or_else(|| self.lacks("value"))
    }

    #[getter]
    fn bound(&self) -> PyResult<i64> {
        self.0.bound().ok_or_else(|| self.lacks("bound"))
    }

    #[getter]
    fn liquidity(&self) -> PyResult<u8> {
        self.0.liquidity().ok_or_else(|| self.lacks("liquidity"))
    }

    #[getter]
    fn filled(&self) -> PyResult<i64> {
        self.0.filled().ok_or_else(|| self.lacks("filled"))
    }

    #[getter]
    fn cash(&self) -> PyResult<i64> {
        self.0.cash().ok_or_else(|| self.lacks("cash"))
    }

    #[getter]
    fn fee(&self) -> PyResult<i64> {
        self.0.fee().ok_or_else(|| self.lacks("fee"))
    }

    #[getter]
    fn settlement_id(&self) -> PyResult<u64> {
        self.0.settlement_id().ok_or_else(|| self.lacks("settlement_id"))
    }

    #[getter]
    fn previous_price(&self) -> PyResult<u32> {
        self.0.previous_price().ok_or_else(|| self.lacks("previous_price"))
    }

    #[getter]
    fn orders(&self) -> PyResult<u32> {
        self.0.orders().ok_or_else(|| self.lacks("orders"))
    }

    #[getter]
    fn pending(&self) -> PyResult<u32> {
        self.0.pending().ok_or_else(|| self.lacks("pending"))
    }

    #[getter]
    fn quote_group(&self) -> PyResult<u32> {
        self.0.quote_group().ok_or_else(|| self.lacks("quote_group"))
    }

    #[getter]
    fn entry_number(&self) -> PyResult<u32> {
        self.0.entry_number().ok_or_else(|| self.lacks("entry_number"))
    }

    #[getter]
    fn accepted(&self) -> PyResult<u32> {
        self.0.accepted().ok_or_else(|| self.lacks("accepted"))
    }

    #[getter]
    fn kept(&self) -> PyResult<u32> {
        self.0.kept().ok_or_else(|| self.lacks("kept"))
    }

    #[getter]
    fn changed(&self) -> PyResult<u32> {
        self.0.changed().ok_or_else(|| self.lacks("changed"))
    }

    #[getter]
    fn withdrawn(&self) -> PyResult<u32> {
        self.0.withdrawn().ok_or_else(|| self.lacks("withdrawn"))
    }

    #[getter]
    fn refused(&self) -> PyResult<u32> {
        self.0.refused().ok_or_else(|| self.lacks("refused"))
    }

    #[getter]
    fn max_fills(&self) -> PyResult<u32> {
        self.0.max_fills().ok_or_else(|| self.lacks("max_fills"))
    }

    #[getter]
    fn window_ns(&self) -> PyResult<u64> {
        self.0.window_ns().ok_or_else(|| self.lacks("window_ns"))
    }

    #[getter]
    fn max_quantity(&self) -> PyResult<i64> {
        self.0.max_quantity().ok_or_else(|| self.lacks("max_quantity"))
    }

    #[getter]
    fn max_notional(&self) -> PyResult<i64> {
        self.0.max_notional().ok_or_else(|| self.lacks("max_notional"))
    }

    #[getter]
    fn max_delta(&self) -> PyResult<i64> {
        self.0.max_delta().ok_or_else(|| self.lacks("max_delta"))
    }

    #[getter]
    fn limit(&self) -> PyResult<u8> {
        self.0.limit().ok_or_else(|| self.lacks("limit"))
    }

    #[getter]
    fn fills(&self) -> PyResult<u32> {
        self.0.fills().ok_or_else(|| self.lacks("fills"))
    }

    #[getter]
    fn notional(&self) -> PyResult<i64> {
        self.0.notional().ok_or_else(|| self.lacks("notional"))
    }

    #[getter]
    fn delta(&self) -> PyResult<i64> {
        self.0.delta().ok_or_else(|| self.lacks("delta"))
    }

    #[getter]
    fn timer(&self) -> PyResult<u8> {
        self.0.timer().ok_or_else(|| self.lacks("timer"))
    }

    #[getter]
    fn due_at(&self) -> PyResult<u64> {
        self.0.due_at().ok_or_else(|| self.lacks("due_at"))
    }

    #[getter]
    fn fee_schedule(&self) -> PyResult<u32> {
        self.0.fee_schedule().ok_or_else(|| self.lacks("fee_schedule"))
    }

    #[getter]
    fn maker_rate(&self) -> PyResult<i32> {
        self.0.maker_rate().ok_or_else(|| self.lacks("maker_rate"))
    }

    #[getter]
    fn taker_rate(&self) -> PyResult<u32> {
        self.0.taker_rate().ok_or_else(|| self.lacks("taker_rate"))
    }

    #[getter]
    fn tiers(&self) -> PyResult<u32> {
        self.0.tiers().ok_or_else(|| self.lacks("tiers"))
    }

    #[getter]
    fn effective_at(&self) -> PyResult<u64> {
        self.0.effective_at().ok_or_else(|| self.lacks("effective_at"))
    }

    #[getter]
    fn replaced(&self) -> PyResult<u32> {
        self.0.replaced().ok_or_else(|| self.lacks("replaced"))
    }

    #[getter]
    fn cause(&self) -> PyResult<u8> {
        self.0.cause().ok_or_else(|| self.lacks("cause"))
    }

    #[getter]
    fn causes(&self) -> PyResult<u32> {
        self.0.causes().ok_or_else(|| self.lacks("causes"))
    }

    #[getter]
    fn items(&self) -> PyResult<u32> {
        self.0.items().ok_or_else(|| self.lacks("items"))
    }

    #[getter]
    fn max_open_orders(&self) -> PyResult<u32> {
        self.0.max_open_orders().ok_or_else(|| self.lacks("max_open_orders"))
    }

    #[getter]
    fn client_id_window(&self) -> PyResult<u32> {
        self.0.client_id_window().ok_or_else(|| self.lacks("client_id_window"))
    }

    #[getter]
    fn group(&self) -> PyResult<u32> {
        self.0.group().ok_or_else(|| self.lacks("group"))
    }

    #[getter]
    fn max_open_notional(&self) -> PyResult<i64> {
        self.0.max_open_notional().ok_or_else(|| self.lacks("max_open_notional"))
    }

    #[getter]
    fn source(&self) -> PyResult<u32> {
        self.0.source().ok_or_else(|| self.lacks("source"))
    }

    #[getter]
    fn observed_at(&self) -> PyResult<u64> {
        self.0.observed_at().ok_or_else(|| self.lacks("observed_at"))
    }

    #[getter]
    fn trade_date(&self) -> PyResult<u32> {
        self.0.trade_date().ok_or_else(|| self.lacks("trade_date"))
    }

    #[getter]
    fn previous(&self) -> PyResult<u32> {
        self.0.previous().ok_or_else(|| self.lacks("previous"))
    }

    #[getter]
    fn phase(&self) -> PyResult<u8> {
        self.0.phase().ok_or_else(|| self.lacks("phase"))
    }

    #[getter]
    fn previous_phase(&self) -> PyResult<u8> {
        self.0.previous_phase().ok_or_else(|| self.lacks("previous_phase"))
    }

    #[getter]
    fn ends_at(&self) -> PyResult<u64> {
        self.0.ends_at().ok_or_else(|| self.lacks("ends_at"))
    }

    #[getter]
    fn surplus(&self) -> PyResult<i64> {
        self.0.surplus().ok_or_else(|| self.lacks("surplus"))
    }

    #[getter]
    fn lower(&self) -> PyResult<u32> {
        self.0.lower().ok_or_else(|| self.lacks("lower"))
    }

    #[getter]
    fn upper(&self) -> PyResult<u32> {
        self.0.upper().ok_or_else(|| self.lacks("upper"))
    }

    #[getter]
    fn extensions(&self) -> PyResult<u32> {
        self.0.extensions().ok_or_else(|| self.lacks("extensions"))
    }

    #[getter]
    fn static_bps(&self) -> PyResult<u32> {
        self.0.static_bps().ok_or_else(|| self.lacks("static_bps"))
    }

    #[getter]
    fn dynamic_bps(&self) -> PyResult<u32> {
        self.0.dynamic_bps().ok_or_else(|| self.lacks("dynamic_bps"))
    }

    #[getter]
    fn auction_bps(&self) -> PyResult<u32> {
        self.0.auction_bps().ok_or_else(|| self.lacks("auction_bps"))
    }

    #[getter]
    fn call_ns(&self) -> PyResult<u64> {
        self.0.call_ns().ok_or_else(|| self.lacks("call_ns"))
    }

    #[getter]
    fn bps(&self) -> PyResult<u32> {
        self.0.bps().ok_or_else(|| self.lacks("bps"))
    }

    #[getter]
    fn ticks(&self) -> PyResult<u32> {
        self.0.ticks().ok_or_else(|| self.lacks("ticks"))
    }

    #[getter]
    fn multiplier(&self) -> PyResult<u32> {
        self.0.multiplier().ok_or_else(|| self.lacks("multiplier"))
    }

    #[getter]
    fn limit_state_ns(&self) -> PyResult<u64> {
        self.0.limit_state_ns().ok_or_else(|| self.lacks("limit_state_ns"))
    }

    #[getter]
    fn pause_ns(&self) -> PyResult<u64> {
        self.0.pause_ns().ok_or_else(|| self.lacks("pause_ns"))
    }

    #[getter]
    fn reference(&self) -> PyResult<u32> {
        self.0.reference().ok_or_else(|| self.lacks("reference"))
    }

    #[getter]
    fn limit_state(&self) -> PyResult<u8> {
        self.0.limit_state().ok_or_else(|| self.lacks("limit_state"))
    }

    #[getter]
    fn previous_state(&self) -> PyResult<u8> {
        self.0.previous_state().ok_or_else(|| self.lacks("previous_state"))
    }

    #[getter]
    fn stale(&self) -> PyResult<u8> {
        self.0.stale().ok_or_else(|| self.lacks("stale"))
    }

    #[getter]
    fn primary(&self) -> PyResult<u8> {
        self.0.primary().ok_or_else(|| self.lacks("primary"))
    }

    #[getter]
    fn widen(&self) -> PyResult<u32> {
        self.0.widen().ok_or_else(|| self.lacks("widen"))
    }

    #[getter]
    fn closed_bps(&self) -> PyResult<u32> {
        self.0.closed_bps().ok_or_else(|| self.lacks("closed_bps"))
    }

    #[getter]
    fn step_bps(&self) -> PyResult<u32> {
        self.0.step_bps().ok_or_else(|| self.lacks("step_bps"))
    }

    #[getter]
    fn max_age_ns(&self) -> PyResult<u64> {
        self.0.max_age_ns().ok_or_else(|| self.lacks("max_age_ns"))
    }

    #[getter]
    fn step_ns(&self) -> PyResult<u64> {
        self.0.step_ns().ok_or_else(|| self.lacks("step_ns"))
    }

    #[getter]
    fn status(&self) -> PyResult<u8> {
        self.0.status().ok_or_else(|| self.lacks("status"))
    }

    #[getter]
    fn close(&self) -> PyResult<u32> {
        self.0.close().ok_or_else(|| self.lacks("close"))
    }

    #[getter]
    fn anchor(&self) -> PyResult<u32> {
        self.0.anchor().ok_or_else(|| self.lacks("anchor"))
    }

    #[getter]
    fn amount(&self) -> PyResult<i64> {
        self.0.amount().ok_or_else(|| self.lacks("amount"))
    }

    #[getter]
    fn counterparty(&self) -> PyResult<u32> {
        self.0.counterparty().ok_or_else(|| self.lacks("counterparty"))
    }

    #[getter]
    fn original_sequence(&self) -> PyResult<u64> {
        self.0.original_sequence().ok_or_else(|| self.lacks("original_sequence"))
    }

    #[getter]
    fn change(&self) -> PyResult<u8> {
        self.0.change().ok_or_else(|| self.lacks("change"))
    }

    #[getter]
    fn max_spread(&self) -> PyResult<u32> {
        self.0.max_spread().ok_or_else(|| self.lacks("max_spread"))
    }

    #[getter]
    fn min_quantity(&self) -> PyResult<i64> {
        self.0.min_quantity().ok_or_else(|| self.lacks("min_quantity"))
    }

    #[getter]
    fn required_bps(&self) -> PyResult<u32> {
        self.0.required_bps().ok_or_else(|| self.lacks("required_bps"))
    }

    #[getter]
    fn met_ns(&self) -> PyResult<u64> {
        self.0.met_ns().ok_or_else(|| self.lacks("met_ns"))
    }

    #[getter]
    fn open_ns(&self) -> PyResult<u64> {
        self.0.open_ns().ok_or_else(|| self.lacks("open_ns"))
    }

    #[getter]
    fn earned(&self) -> PyResult<u32> {
        self.0.earned().ok_or_else(|| self.lacks("earned"))
    }
}

#[pymethods]
impl PyOrder {
    #[getter]
    fn expires_at(&self) -> u64 {
        self.0.attributes.expires_at
    }

    #[getter]
    fn display_quantity(&self) -> i64 {
        self.0.attributes.display_quantity
    }

    #[getter]
    fn min_quantity(&self) -> i64 {
        self.0.attributes.min_quantity
    }

    #[getter]
    fn trigger_price(&self) -> u32 {
        self.0.attributes.trigger_price
    }

    #[getter]
    fn trail(&self) -> u32 {
        self.0.attributes.trail
    }

    #[getter]
    fn trigger(&self) -> u8 {
        self.0.attributes.trigger
    }

    #[getter]
    fn visibility(&self) -> u8 {
        self.0.attributes.visibility
    }

    #[getter]
    fn lifetime(&self) -> u8 {
        self.0.attributes.lifetime
    }

    #[getter]
    fn peg(&self) -> u8 {
        self.0.attributes.peg
    }

    #[getter]
    fn peg_offset(&self) -> u8 {
        self.0.attributes.peg_offset
    }

    #[getter]
    fn trade_date(&self) -> u32 {
        self.0.attributes.trade_date
    }

    #[getter]
    fn reserve(&self) -> i64 {
        self.0.attributes.reserve
    }

    #[getter]
    fn taker_rate(&self) -> u32 {
        self.0.attributes.taker_rate
    }

    #[getter]
    fn waiting_type(&self) -> u8 {
        self.0.attributes.waiting_type
    }

    #[getter]
    fn slice(&self) -> u8 {
        self.0.attributes.slice
    }

    #[getter]
    fn quote_group(&self) -> u8 {
        self.0.attributes.quote_group
    }

    #[getter]
    fn exit_trigger(&self) -> u8 {
        self.0.attributes.exit_trigger
    }

    #[getter]
    fn partner(&self) -> u64 {
        self.0.attributes.partner
    }

    #[getter]
    fn partner_price(&self) -> u32 {
        self.0.attributes.partner_price
    }

    #[getter]
    fn take_profit(&self) -> u32 {
        self.0.attributes.take_profit
    }

    #[getter]
    fn exit_trigger_price(&self) -> u32 {
        self.0.attributes.exit_trigger_price
    }

    #[getter]
    fn exit_price(&self) -> u32 {
        self.0.attributes.exit_price
    }

    #[getter]
    fn arrival(&self) -> u64 {
        self.0.attributes.arrival
    }
}
