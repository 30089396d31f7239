//! The fields of a `report` that are the event's own: a function for each kind of event.
//! In the order of `Report` in `gateway/schemas.py`; what is 0 or empty is left out.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::msgpack::{Writer, literal};
use crate::event::{self, Event, kind};
use crate::types::*;

/// Bytes that no word stands for: a newer engine's.
const UNKNOWN: &str = "unknown";

/// What a report says beside its event.
#[derive(Clone, Copy, Default, Debug)]
pub struct ReportContext<'a> {
    /// `ref` of the request that the event answers, else 0.
    pub client_ref: u64,
    /// Symbol of the event's instrument, else empty.
    pub instrument: &'a [u8],
    /// Symbol of the event's asset, else empty.
    pub asset: &'a [u8],
}

/// What the event is called, how many fields of its own it has, and what writes them.
pub(super) struct Fields {
    pub kind: &'static str,
    pub count: u32,
    pub write: fn(&mut Writer, &Event, &ReportContext),
}

fn accepted(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Accepted>() else { return };
    writer.raw(literal!("side"));
    writer.str(Side::from_byte(event.side).map_or(UNKNOWN, Side::word).as_bytes());
    if event.order_id != 0 {
        writer.raw(literal!("order_id"));
        writer.u64(event.order_id);
    }
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if event.leaves != 0 {
        writer.raw(literal!("leaves"));
        writer.i64(event.leaves);
    }
    if event.budget != 0 {
        writer.raw(literal!("budget"));
        writer.i64(event.budget);
    }
    if event.trigger_price != 0 {
        writer.raw(literal!("trigger_price"));
        writer.u64(u64::from(event.trigger_price));
    }
    if event.peg != 0 {
        writer.raw(literal!("peg"));
        writer.str(PegReference::from_byte(event.peg).map_or(UNKNOWN, PegReference::word).as_bytes());
    }
    if event.peg_offset != 0 {
        writer.raw(literal!("peg_offset"));
        writer.u64(u64::from(event.peg_offset));
    }
    if event.partner != 0 {
        writer.raw(literal!("partner"));
        writer.u64(event.partner);
    }
    if event.entry != 0 {
        writer.raw(literal!("entry"));
        writer.u64(event.entry);
    }
    if event.client_order_id_len != 0 {
        writer.raw(literal!("client_order_id"));
        writer.str(&event.client_order_id[..usize::from(event.client_order_id_len)]);
    }
}

fn rejected(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Rejected>() else { return };
    if event.order_id != 0 {
        writer.raw(literal!("order_id"));
        writer.u64(event.order_id);
    }
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.client_order_id_len != 0 {
        writer.raw(literal!("client_order_id"));
        writer.str(&event.client_order_id[..usize::from(event.client_order_id_len)]);
    }
    writer.raw(literal!("reason"));
    writer.str(RejectCode::from_byte(event.reason).map_or(UNKNOWN, RejectCode::word).as_bytes());
    if event.command != 0 {
        writer.raw(literal!("command"));
        writer.str(crate::command::kind_word(event.command).unwrap_or(UNKNOWN).as_bytes());
    }
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.withdrawal_id != 0 {
        writer.raw(literal!("withdrawal_id"));
        writer.u64(event.withdrawal_id);
    }
    if event.value != 0 {
        writer.raw(literal!("value"));
        writer.i64(event.value);
    }
    if event.bound != 0 {
        writer.raw(literal!("bound"));
        writer.i64(event.bound);
    }
}

fn fill(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Fill>() else { return };
    writer.raw(literal!("side"));
    writer.str(Side::from_byte(event.side).map_or(UNKNOWN, Side::word).as_bytes());
    if event.order_id != 0 {
        writer.raw(literal!("order_id"));
        writer.u64(event.order_id);
    }
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if event.leaves != 0 {
        writer.raw(literal!("leaves"));
        writer.i64(event.leaves);
    }
    if event.client_order_id_len != 0 {
        writer.raw(literal!("client_order_id"));
        writer.str(&event.client_order_id[..usize::from(event.client_order_id_len)]);
    }
    if event.liquidity != 0 {
        writer.raw(literal!("liquidity"));
        writer.str(Liquidity::from_byte(event.liquidity).map_or(UNKNOWN, Liquidity::word).as_bytes());
    }
    if event.filled != 0 {
        writer.raw(literal!("filled"));
        writer.i64(event.filled);
    }
    if event.cash != 0 {
        writer.raw(literal!("cash"));
        writer.i64(event.cash);
    }
    if event.fee != 0 {
        writer.raw(literal!("fee"));
        writer.i64(event.fee);
    }
    if event.settlement_id != 0 {
        writer.raw(literal!("settlement_id"));
        writer.u64(event.settlement_id);
    }
}

fn cancelled(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Cancelled>() else { return };
    writer.raw(literal!("side"));
    writer.str(Side::from_byte(event.side).map_or(UNKNOWN, Side::word).as_bytes());
    if event.order_id != 0 {
        writer.raw(literal!("order_id"));
        writer.u64(event.order_id);
    }
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if event.leaves != 0 {
        writer.raw(literal!("leaves"));
        writer.i64(event.leaves);
    }
    if event.budget != 0 {
        writer.raw(literal!("budget"));
        writer.i64(event.budget);
    }
    if event.client_order_id_len != 0 {
        writer.raw(literal!("client_order_id"));
        writer.str(&event.client_order_id[..usize::from(event.client_order_id_len)]);
    }
    writer.raw(literal!("reason"));
    writer.str(CancelReason::from_byte(event.reason).map_or(UNKNOWN, CancelReason::word).as_bytes());
    if event.filled != 0 {
        writer.raw(literal!("filled"));
        writer.i64(event.filled);
    }
}

fn amended(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Amended>() else { return };
    writer.raw(literal!("side"));
    writer.str(Side::from_byte(event.side).map_or(UNKNOWN, Side::word).as_bytes());
    if event.order_id != 0 {
        writer.raw(literal!("order_id"));
        writer.u64(event.order_id);
    }
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if event.leaves != 0 {
        writer.raw(literal!("leaves"));
        writer.i64(event.leaves);
    }
    if event.trigger_price != 0 {
        writer.raw(literal!("trigger_price"));
        writer.u64(u64::from(event.trigger_price));
    }
    if event.client_order_id_len != 0 {
        writer.raw(literal!("client_order_id"));
        writer.str(&event.client_order_id[..usize::from(event.client_order_id_len)]);
    }
    writer.raw(literal!("reason"));
    writer.str(Priority::from_byte(event.reason).map_or(UNKNOWN, Priority::word).as_bytes());
    if event.filled != 0 {
        writer.raw(literal!("filled"));
        writer.i64(event.filled);
    }
    if event.previous_price != 0 {
        writer.raw(literal!("previous_price"));
        writer.u64(u64::from(event.previous_price));
    }
}

fn duplicate(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Duplicate>() else { return };
    writer.raw(literal!("side"));
    writer.str(Side::from_byte(event.side).map_or(UNKNOWN, Side::word).as_bytes());
    if event.order_id != 0 {
        writer.raw(literal!("order_id"));
        writer.u64(event.order_id);
    }
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if event.leaves != 0 {
        writer.raw(literal!("leaves"));
        writer.i64(event.leaves);
    }
    if event.client_order_id_len != 0 {
        writer.raw(literal!("client_order_id"));
        writer.str(&event.client_order_id[..usize::from(event.client_order_id_len)]);
    }
    writer.raw(literal!("reason"));
    writer.str(OrderStatus::from_byte(event.reason).map_or(UNKNOWN, OrderStatus::word).as_bytes());
    if event.filled != 0 {
        writer.raw(literal!("filled"));
        writer.i64(event.filled);
    }
}

fn cancel_all_done(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::CancelAllDone>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.orders != 0 {
        writer.raw(literal!("orders"));
        writer.u64(u64::from(event.orders));
    }
    if event.pending != 0 {
        writer.raw(literal!("pending"));
        writer.u64(u64::from(event.pending));
    }
}

fn triggered(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Triggered>() else { return };
    writer.raw(literal!("side"));
    writer.str(Side::from_byte(event.side).map_or(UNKNOWN, Side::word).as_bytes());
    if event.order_id != 0 {
        writer.raw(literal!("order_id"));
        writer.u64(event.order_id);
    }
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if event.leaves != 0 {
        writer.raw(literal!("leaves"));
        writer.i64(event.leaves);
    }
    if event.trigger_price != 0 {
        writer.raw(literal!("trigger_price"));
        writer.u64(u64::from(event.trigger_price));
    }
    if event.client_order_id_len != 0 {
        writer.raw(literal!("client_order_id"));
        writer.str(&event.client_order_id[..usize::from(event.client_order_id_len)]);
    }
}

fn cancel_pending(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::CancelPending>() else { return };
    writer.raw(literal!("side"));
    writer.str(Side::from_byte(event.side).map_or(UNKNOWN, Side::word).as_bytes());
    if event.order_id != 0 {
        writer.raw(literal!("order_id"));
        writer.u64(event.order_id);
    }
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if event.leaves != 0 {
        writer.raw(literal!("leaves"));
        writer.i64(event.leaves);
    }
    if event.client_order_id_len != 0 {
        writer.raw(literal!("client_order_id"));
        writer.str(&event.client_order_id[..usize::from(event.client_order_id_len)]);
    }
    if event.filled != 0 {
        writer.raw(literal!("filled"));
        writer.i64(event.filled);
    }
}

fn quote_rejected(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::QuoteRejected>() else { return };
    writer.raw(literal!("side"));
    writer.str(Side::from_byte(event.side).map_or(UNKNOWN, Side::word).as_bytes());
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    writer.raw(literal!("reason"));
    writer.str(RejectCode::from_byte(event.reason).map_or(UNKNOWN, RejectCode::word).as_bytes());
    if event.quote_group != 0 {
        writer.raw(literal!("quote_group"));
        writer.u64(u64::from(event.quote_group));
    }
    if event.entry_number != 0 {
        writer.raw(literal!("entry_number"));
        writer.u64(u64::from(event.entry_number));
    }
}

fn mass_quoted(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::MassQuoted>() else { return };
    if event.quote_group != 0 {
        writer.raw(literal!("quote_group"));
        writer.u64(u64::from(event.quote_group));
    }
    if event.accepted != 0 {
        writer.raw(literal!("accepted"));
        writer.u64(u64::from(event.accepted));
    }
    if event.kept != 0 {
        writer.raw(literal!("kept"));
        writer.u64(u64::from(event.kept));
    }
    if event.changed != 0 {
        writer.raw(literal!("changed"));
        writer.u64(u64::from(event.changed));
    }
    if event.withdrawn != 0 {
        writer.raw(literal!("withdrawn"));
        writer.u64(u64::from(event.withdrawn));
    }
    if event.refused != 0 {
        writer.raw(literal!("refused"));
        writer.u64(u64::from(event.refused));
    }
}

fn protection_set(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::ProtectionSet>() else { return };
    if event.quote_group != 0 {
        writer.raw(literal!("quote_group"));
        writer.u64(u64::from(event.quote_group));
    }
    if event.max_fills != 0 {
        writer.raw(literal!("max_fills"));
        writer.u64(u64::from(event.max_fills));
    }
    if event.window_ns != 0 {
        writer.raw(literal!("window_ns"));
        writer.u64(event.window_ns);
    }
    if event.max_quantity != 0 {
        writer.raw(literal!("max_quantity"));
        writer.i64(event.max_quantity);
    }
    if event.max_notional != 0 {
        writer.raw(literal!("max_notional"));
        writer.i64(event.max_notional);
    }
    if event.max_delta != 0 {
        writer.raw(literal!("max_delta"));
        writer.i64(event.max_delta);
    }
}

fn protection_triggered(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::ProtectionTriggered>() else { return };
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if event.quote_group != 0 {
        writer.raw(literal!("quote_group"));
        writer.u64(u64::from(event.quote_group));
    }
    writer.raw(literal!("limit"));
    writer.str(ProtectionLimit::from_byte(event.limit).map_or(UNKNOWN, ProtectionLimit::word).as_bytes());
    if event.fills != 0 {
        writer.raw(literal!("fills"));
        writer.u64(u64::from(event.fills));
    }
    if event.notional != 0 {
        writer.raw(literal!("notional"));
        writer.i64(event.notional);
    }
    if event.delta != 0 {
        writer.raw(literal!("delta"));
        writer.i64(event.delta);
    }
}

fn protection_reset(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::ProtectionReset>() else { return };
    if event.quote_group != 0 {
        writer.raw(literal!("quote_group"));
        writer.u64(u64::from(event.quote_group));
    }
}

fn cancel_after_set(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::CancelAfterSet>() else { return };
    writer.raw(literal!("timer"));
    writer.str(CancelTimer::from_byte(event.timer).map_or(UNKNOWN, CancelTimer::word).as_bytes());
    if event.due_at != 0 {
        writer.raw(literal!("due_at"));
        writer.u64(event.due_at);
    }
}

fn asset_created(writer: &mut Writer, _event: &Event, context: &ReportContext) {
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
}

fn instrument_created(writer: &mut Writer, _event: &Event, context: &ReportContext) {
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
}

fn account_created(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::AccountCreated>() else { return };
    if event.fee_schedule != 0 {
        writer.raw(literal!("fee_schedule"));
        writer.u64(u64::from(event.fee_schedule));
    }
}

fn fee_schedule_set(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::FeeScheduleSet>() else { return };
    if event.fee_schedule != 0 {
        writer.raw(literal!("fee_schedule"));
        writer.u64(u64::from(event.fee_schedule));
    }
    if event.maker_rate != 0 {
        writer.raw(literal!("maker_rate"));
        writer.i64(i64::from(event.maker_rate));
    }
    if event.taker_rate != 0 {
        writer.raw(literal!("taker_rate"));
        writer.u64(u64::from(event.taker_rate));
    }
    if event.tiers != 0 {
        writer.raw(literal!("tiers"));
        writer.u64(u64::from(event.tiers));
    }
    if event.effective_at != 0 {
        writer.raw(literal!("effective_at"));
        writer.u64(event.effective_at);
    }
    if event.replaced != 0 {
        writer.raw(literal!("replaced"));
        writer.u64(u64::from(event.replaced));
    }
}

fn halted(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Halted>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    writer.raw(literal!("cause"));
    writer.str(HaltCause::from_byte(event.cause).map_or(UNKNOWN, HaltCause::word).as_bytes());
    if event.causes != 0 {
        writer.raw(literal!("causes"));
        writer.u64(u64::from(event.causes));
    }
}

fn resumed(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Resumed>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    writer.raw(literal!("cause"));
    writer.str(HaltCause::from_byte(event.cause).map_or(UNKNOWN, HaltCause::word).as_bytes());
    if event.causes != 0 {
        writer.raw(literal!("causes"));
        writer.u64(u64::from(event.causes));
    }
}

fn pulsed(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::Pulsed>() else { return };
    if event.items != 0 {
        writer.raw(literal!("items"));
        writer.u64(u64::from(event.items));
    }
}

fn account_set(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::AccountSet>() else { return };
    if event.fee_schedule != 0 {
        writer.raw(literal!("fee_schedule"));
        writer.u64(u64::from(event.fee_schedule));
    }
    if event.max_open_orders != 0 {
        writer.raw(literal!("max_open_orders"));
        writer.u64(u64::from(event.max_open_orders));
    }
    if event.client_id_window != 0 {
        writer.raw(literal!("client_id_window"));
        writer.u64(u64::from(event.client_id_window));
    }
    if event.group != 0 {
        writer.raw(literal!("group"));
        writer.u64(u64::from(event.group));
    }
    if event.max_open_notional != 0 {
        writer.raw(literal!("max_open_notional"));
        writer.i64(event.max_open_notional);
    }
}

fn reference_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ReferenceSet>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.source != 0 {
        writer.raw(literal!("source"));
        writer.u64(u64::from(event.source));
    }
    if event.observed_at != 0 {
        writer.raw(literal!("observed_at"));
        writer.u64(event.observed_at);
    }
}

fn trade_date_rolled(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::TradeDateRolled>() else { return };
    if event.trade_date != 0 {
        writer.raw(literal!("trade_date"));
        writer.u64(u64::from(event.trade_date));
    }
    if event.previous != 0 {
        writer.raw(literal!("previous"));
        writer.u64(u64::from(event.previous));
    }
}

fn phase_changed(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::PhaseChanged>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    writer.raw(literal!("phase"));
    writer.str(Phase::from_byte(event.phase).map_or(UNKNOWN, Phase::word).as_bytes());
    writer.raw(literal!("previous_phase"));
    writer.str(Phase::from_byte(event.previous_phase).map_or(UNKNOWN, Phase::word).as_bytes());
    if event.ends_at != 0 {
        writer.raw(literal!("ends_at"));
        writer.u64(event.ends_at);
    }
}

fn indicated(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Indicated>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if event.surplus != 0 {
        writer.raw(literal!("surplus"));
        writer.i64(event.surplus);
    }
}

fn uncrossed(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Uncrossed>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if event.surplus != 0 {
        writer.raw(literal!("surplus"));
        writer.i64(event.surplus);
    }
}

fn auction_extended(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::AuctionExtended>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.price != 0 {
        writer.raw(literal!("price"));
        writer.u64(u64::from(event.price));
    }
    if event.ends_at != 0 {
        writer.raw(literal!("ends_at"));
        writer.u64(event.ends_at);
    }
    if event.lower != 0 {
        writer.raw(literal!("lower"));
        writer.u64(u64::from(event.lower));
    }
    if event.upper != 0 {
        writer.raw(literal!("upper"));
        writer.u64(u64::from(event.upper));
    }
    if event.extensions != 0 {
        writer.raw(literal!("extensions"));
        writer.u64(u64::from(event.extensions));
    }
}

fn trading_limits_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::TradingLimitsSet>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.max_quantity != 0 {
        writer.raw(literal!("max_quantity"));
        writer.i64(event.max_quantity);
    }
    if event.max_notional != 0 {
        writer.raw(literal!("max_notional"));
        writer.i64(event.max_notional);
    }
    if event.static_bps != 0 {
        writer.raw(literal!("static_bps"));
        writer.u64(u64::from(event.static_bps));
    }
    if event.dynamic_bps != 0 {
        writer.raw(literal!("dynamic_bps"));
        writer.u64(u64::from(event.dynamic_bps));
    }
    if event.auction_bps != 0 {
        writer.raw(literal!("auction_bps"));
        writer.u64(u64::from(event.auction_bps));
    }
    if event.call_ns != 0 {
        writer.raw(literal!("call_ns"));
        writer.u64(event.call_ns);
    }
}

fn exits_refused(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ExitsRefused>() else { return };
    writer.raw(literal!("side"));
    writer.str(Side::from_byte(event.side).map_or(UNKNOWN, Side::word).as_bytes());
    if event.order_id != 0 {
        writer.raw(literal!("order_id"));
        writer.u64(event.order_id);
    }
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    writer.raw(literal!("reason"));
    writer.str(RejectCode::from_byte(event.reason).map_or(UNKNOWN, RejectCode::word).as_bytes());
}

fn volatility_bands_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::VolatilityBandsSet>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.bps != 0 {
        writer.raw(literal!("bps"));
        writer.u64(u64::from(event.bps));
    }
    if event.ticks != 0 {
        writer.raw(literal!("ticks"));
        writer.u64(u64::from(event.ticks));
    }
    if event.multiplier != 0 {
        writer.raw(literal!("multiplier"));
        writer.u64(u64::from(event.multiplier));
    }
    if event.limit_state_ns != 0 {
        writer.raw(literal!("limit_state_ns"));
        writer.u64(event.limit_state_ns);
    }
    if event.pause_ns != 0 {
        writer.raw(literal!("pause_ns"));
        writer.u64(event.pause_ns);
    }
}

fn volatility_band_moved(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::VolatilityBandMoved>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.lower != 0 {
        writer.raw(literal!("lower"));
        writer.u64(u64::from(event.lower));
    }
    if event.upper != 0 {
        writer.raw(literal!("upper"));
        writer.u64(u64::from(event.upper));
    }
    if event.reference != 0 {
        writer.raw(literal!("reference"));
        writer.u64(u64::from(event.reference));
    }
}

fn limit_state_changed(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::LimitStateChanged>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.ends_at != 0 {
        writer.raw(literal!("ends_at"));
        writer.u64(event.ends_at);
    }
    writer.raw(literal!("limit_state"));
    writer.str(LimitState::from_byte(event.limit_state).map_or(UNKNOWN, LimitState::word).as_bytes());
    writer.raw(literal!("previous_state"));
    writer.str(LimitState::from_byte(event.previous_state).map_or(UNKNOWN, LimitState::word).as_bytes());
}

fn reference_policy_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ReferencePolicySet>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    writer.raw(literal!("stale"));
    writer.str(StalePolicy::from_byte(event.stale).map_or(UNKNOWN, StalePolicy::word).as_bytes());
    writer.raw(literal!("primary"));
    writer.str(PrimaryPolicy::from_byte(event.primary).map_or(UNKNOWN, PrimaryPolicy::word).as_bytes());
    if event.widen != 0 {
        writer.raw(literal!("widen"));
        writer.u64(u64::from(event.widen));
    }
    if event.closed_bps != 0 {
        writer.raw(literal!("closed_bps"));
        writer.u64(u64::from(event.closed_bps));
    }
    if event.step_bps != 0 {
        writer.raw(literal!("step_bps"));
        writer.u64(u64::from(event.step_bps));
    }
    if event.max_age_ns != 0 {
        writer.raw(literal!("max_age_ns"));
        writer.u64(event.max_age_ns);
    }
    if event.step_ns != 0 {
        writer.raw(literal!("step_ns"));
        writer.u64(event.step_ns);
    }
}

fn primary_status_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::PrimaryStatusSet>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    writer.raw(literal!("status"));
    writer.str(PrimaryStatus::from_byte(event.status).map_or(UNKNOWN, PrimaryStatus::word).as_bytes());
    if event.close != 0 {
        writer.raw(literal!("close"));
        writer.u64(u64::from(event.close));
    }
}

fn static_band_moved(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::StaticBandMoved>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.lower != 0 {
        writer.raw(literal!("lower"));
        writer.u64(u64::from(event.lower));
    }
    if event.upper != 0 {
        writer.raw(literal!("upper"));
        writer.u64(u64::from(event.upper));
    }
    if event.bps != 0 {
        writer.raw(literal!("bps"));
        writer.u64(u64::from(event.bps));
    }
    if event.anchor != 0 {
        writer.raw(literal!("anchor"));
        writer.u64(u64::from(event.anchor));
    }
}

fn deposited(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Deposited>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
}

fn withdrawal_requested(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::WithdrawalRequested>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.withdrawal_id != 0 {
        writer.raw(literal!("withdrawal_id"));
        writer.u64(event.withdrawal_id);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
}

fn withdrawal_settled(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::WithdrawalSettled>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.withdrawal_id != 0 {
        writer.raw(literal!("withdrawal_id"));
        writer.u64(event.withdrawal_id);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
}

fn withdrawal_cancelled(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::WithdrawalCancelled>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.withdrawal_id != 0 {
        writer.raw(literal!("withdrawal_id"));
        writer.u64(event.withdrawal_id);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
}

fn transfer_out(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::TransferOut>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    if event.counterparty != 0 {
        writer.raw(literal!("counterparty"));
        writer.u64(u64::from(event.counterparty));
    }
}

fn transfer_in(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::TransferIn>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    if event.counterparty != 0 {
        writer.raw(literal!("counterparty"));
        writer.u64(u64::from(event.counterparty));
    }
}

fn money_repeated(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::MoneyRepeated>() else { return };
    if event.command != 0 {
        writer.raw(literal!("command"));
        writer.str(crate::command::kind_word(event.command).unwrap_or(UNKNOWN).as_bytes());
    }
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.withdrawal_id != 0 {
        writer.raw(literal!("withdrawal_id"));
        writer.u64(event.withdrawal_id);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    if event.counterparty != 0 {
        writer.raw(literal!("counterparty"));
        writer.u64(u64::from(event.counterparty));
    }
    if event.original_sequence != 0 {
        writer.raw(literal!("original_sequence"));
        writer.u64(event.original_sequence);
    }
}

fn fee_override_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::FeeOverrideSet>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.fee_schedule != 0 {
        writer.raw(literal!("fee_schedule"));
        writer.u64(u64::from(event.fee_schedule));
    }
    if event.maker_rate != 0 {
        writer.raw(literal!("maker_rate"));
        writer.i64(i64::from(event.maker_rate));
    }
    if event.taker_rate != 0 {
        writer.raw(literal!("taker_rate"));
        writer.u64(u64::from(event.taker_rate));
    }
    if event.tiers != 0 {
        writer.raw(literal!("tiers"));
        writer.u64(u64::from(event.tiers));
    }
    if event.effective_at != 0 {
        writer.raw(literal!("effective_at"));
        writer.u64(event.effective_at);
    }
    if event.replaced != 0 {
        writer.raw(literal!("replaced"));
        writer.u64(u64::from(event.replaced));
    }
    writer.raw(literal!("change"));
    writer.str(FeeChange::from_byte(event.change).map_or(UNKNOWN, FeeChange::word).as_bytes());
}

fn obligation_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ObligationSet>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.maker_rate != 0 {
        writer.raw(literal!("maker_rate"));
        writer.i64(i64::from(event.maker_rate));
    }
    if event.max_spread != 0 {
        writer.raw(literal!("max_spread"));
        writer.u64(u64::from(event.max_spread));
    }
    if event.min_quantity != 0 {
        writer.raw(literal!("min_quantity"));
        writer.i64(event.min_quantity);
    }
    if event.required_bps != 0 {
        writer.raw(literal!("required_bps"));
        writer.u64(u64::from(event.required_bps));
    }
}

fn obligation_scored(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ObligationScored>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.trade_date != 0 {
        writer.raw(literal!("trade_date"));
        writer.u64(u64::from(event.trade_date));
    }
    if event.met_ns != 0 {
        writer.raw(literal!("met_ns"));
        writer.u64(event.met_ns);
    }
    if event.open_ns != 0 {
        writer.raw(literal!("open_ns"));
        writer.u64(event.open_ns);
    }
    if event.earned != 0 {
        writer.raw(literal!("earned"));
        writer.u64(u64::from(event.earned));
    }
}

fn key_set(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::KeySet>() else { return };
    if event.key_id != 0 {
        writer.raw(literal!("key_id"));
        writer.u64(u64::from(event.key_id));
    }
    if event.expires_at != 0 {
        writer.raw(literal!("expires_at"));
        writer.u64(event.expires_at);
    }
}

fn key_revoked(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::KeyRevoked>() else { return };
    if event.key_id != 0 {
        writer.raw(literal!("key_id"));
        writer.u64(u64::from(event.key_id));
    }
}

fn holder_set(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::HolderSet>() else { return };
    writer.raw(literal!("investor_class"));
    writer.str(InvestorClass::from_byte(event.investor_class).map_or(UNKNOWN, InvestorClass::word).as_bytes());
    if event.jurisdiction != 0 {
        writer.raw(literal!("jurisdiction"));
        writer.str(&event.jurisdiction.to_le_bytes());
    }
    if event.firm != 0 {
        writer.raw(literal!("firm"));
        writer.u64(u64::from(event.firm));
    }
    if event.verified_until != 0 {
        writer.raw(literal!("verified_until"));
        writer.u64(event.verified_until);
    }
}

fn eligibility_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::EligibilitySet>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    writer.raw(literal!("verification"));
    writer.str(Verification::from_byte(event.verification).map_or(UNKNOWN, Verification::word).as_bytes());
    writer.raw(literal!("jurisdiction_rule"));
    writer.str(JurisdictionRule::from_byte(event.jurisdiction_rule).map_or(UNKNOWN, JurisdictionRule::word).as_bytes());
    if event.classes != 0 {
        writer.raw(literal!("classes"));
        writer.u64(u64::from(event.classes));
    }
    if event.jurisdictions != 0 {
        writer.raw(literal!("jurisdictions"));
        writer.u64(u64::from(event.jurisdictions));
    }
    if event.max_holding != 0 {
        writer.raw(literal!("max_holding"));
        writer.i64(event.max_holding);
    }
    if event.locked_until != 0 {
        writer.raw(literal!("locked_until"));
        writer.u64(event.locked_until);
    }
}

fn frozen(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Frozen>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.orders != 0 {
        writer.raw(literal!("orders"));
        writer.u64(u64::from(event.orders));
    }
    if event.pending != 0 {
        writer.raw(literal!("pending"));
        writer.u64(u64::from(event.pending));
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    writer.raw(literal!("scope"));
    writer.str(FreezeScope::from_byte(event.scope).map_or(UNKNOWN, FreezeScope::word).as_bytes());
    if event.until != 0 {
        writer.raw(literal!("until"));
        writer.u64(event.until);
    }
}

fn unfrozen(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Unfrozen>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    writer.raw(literal!("scope"));
    writer.str(FreezeScope::from_byte(event.scope).map_or(UNKNOWN, FreezeScope::word).as_bytes());
    if event.until != 0 {
        writer.raw(literal!("until"));
        writer.u64(event.until);
    }
}

fn forced_transfer(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ForcedTransfer>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    if event.counterparty != 0 {
        writer.raw(literal!("counterparty"));
        writer.u64(u64::from(event.counterparty));
    }
    if event.reason_code != 0 {
        writer.raw(literal!("reason_code"));
        writer.u64(u64::from(event.reason_code));
    }
}

fn beneficial_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::BeneficialSet>() else { return };
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.from_holder != 0 {
        writer.raw(literal!("from_holder"));
        writer.u64(event.from_holder);
    }
    if event.to_holder != 0 {
        writer.raw(literal!("to_holder"));
        writer.u64(event.to_holder);
    }
    if event.from_registered != 0 {
        writer.raw(literal!("from_registered"));
        writer.i64(event.from_registered);
    }
    if event.to_registered != 0 {
        writer.raw(literal!("to_registered"));
        writer.i64(event.to_registered);
    }
}

fn asset_terms_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::AssetTermsSet>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    writer.raw(literal!("form"));
    writer.str(AssetForm::from_byte(event.form).map_or(UNKNOWN, AssetForm::word).as_bytes());
    writer.raw(literal!("attestation"));
    writer.str(AttestationPolicy::from_byte(event.attestation).map_or(UNKNOWN, AttestationPolicy::word).as_bytes());
    writer.raw(literal!("bars"));
    writer.str(BarPolicy::from_byte(event.bars).map_or(UNKNOWN, BarPolicy::word).as_bytes());
    if event.issuer != 0 {
        writer.raw(literal!("issuer"));
        writer.u64(u64::from(event.issuer));
    }
    if event.redemption_fee_rate != 0 {
        writer.raw(literal!("redemption_fee_rate"));
        writer.u64(u64::from(event.redemption_fee_rate));
    }
    if event.backing != 0 {
        writer.raw(literal!("backing"));
        writer.i64(event.backing);
    }
    if event.min_redemption != 0 {
        writer.raw(literal!("min_redemption"));
        writer.i64(event.min_redemption);
    }
    if event.redemption_unit != 0 {
        writer.raw(literal!("redemption_unit"));
        writer.i64(event.redemption_unit);
    }
    if event.redemption_fee != 0 {
        writer.raw(literal!("redemption_fee"));
        writer.i64(event.redemption_fee);
    }
}

fn attestor_set(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::AttestorSet>() else { return };
    writer.raw(literal!("status"));
    writer.str(AttestorStatus::from_byte(event.status).map_or(UNKNOWN, AttestorStatus::word).as_bytes());
    if event.attestor != 0 {
        writer.raw(literal!("attestor"));
        writer.u64(u64::from(event.attestor));
    }
}

fn attested(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Attested>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.attestor != 0 {
        writer.raw(literal!("attestor"));
        writer.u64(u64::from(event.attestor));
    }
    if event.reserve != 0 {
        writer.raw(literal!("reserve"));
        writer.i64(event.reserve);
    }
    if event.as_of != 0 {
        writer.raw(literal!("as_of"));
        writer.u64(event.as_of);
    }
    if event.valid_until != 0 {
        writer.raw(literal!("valid_until"));
        writer.u64(event.valid_until);
    }
}

fn attestation_expired(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::AttestationExpired>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.valid_until != 0 {
        writer.raw(literal!("valid_until"));
        writer.u64(event.valid_until);
    }
}

fn minted(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Minted>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    if event.outstanding != 0 {
        writer.raw(literal!("outstanding"));
        writer.i64(event.outstanding);
    }
}

fn redemption_requested(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::RedemptionRequested>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.withdrawal_id != 0 {
        writer.raw(literal!("withdrawal_id"));
        writer.u64(event.withdrawal_id);
    }
    if event.fee != 0 {
        writer.raw(literal!("fee"));
        writer.i64(event.fee);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    if event.asked != 0 {
        writer.raw(literal!("asked"));
        writer.i64(event.asked);
    }
    if event.bar != 0 {
        writer.raw(literal!("bar"));
        writer.u64(event.bar);
    }
}

fn redemption_settled(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::RedemptionSettled>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.withdrawal_id != 0 {
        writer.raw(literal!("withdrawal_id"));
        writer.u64(event.withdrawal_id);
    }
    if event.fee != 0 {
        writer.raw(literal!("fee"));
        writer.i64(event.fee);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    if event.bar != 0 {
        writer.raw(literal!("bar"));
        writer.u64(event.bar);
    }
}

fn redemption_refused(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::RedemptionRefused>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.withdrawal_id != 0 {
        writer.raw(literal!("withdrawal_id"));
        writer.u64(event.withdrawal_id);
    }
    if event.fee != 0 {
        writer.raw(literal!("fee"));
        writer.i64(event.fee);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    if event.bar != 0 {
        writer.raw(literal!("bar"));
        writer.u64(event.bar);
    }
    writer.raw(literal!("refusal"));
    writer.str(RedemptionRefusal::from_byte(event.refusal).map_or(UNKNOWN, RedemptionRefusal::word).as_bytes());
}

fn redemption_fee(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::RedemptionFee>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.withdrawal_id != 0 {
        writer.raw(literal!("withdrawal_id"));
        writer.u64(event.withdrawal_id);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    if event.counterparty != 0 {
        writer.raw(literal!("counterparty"));
        writer.u64(u64::from(event.counterparty));
    }
}

fn refiner_set(writer: &mut Writer, event: &Event, _context: &ReportContext) {
    let Some(event) = event.body::<event::RefinerSet>() else { return };
    writer.raw(literal!("status"));
    writer.str(RefinerStatus::from_byte(event.status).map_or(UNKNOWN, RefinerStatus::word).as_bytes());
    if event.refiner != 0 {
        writer.raw(literal!("refiner"));
        writer.u64(u64::from(event.refiner));
    }
}

fn bar_registered(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::BarRegistered>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.bar != 0 {
        writer.raw(literal!("bar"));
        writer.u64(event.bar);
    }
    if event.refiner != 0 {
        writer.raw(literal!("refiner"));
        writer.u64(u64::from(event.refiner));
    }
    if event.gross_weight != 0 {
        writer.raw(literal!("gross_weight"));
        writer.i64(event.gross_weight);
    }
    if event.fine_weight != 0 {
        writer.raw(literal!("fine_weight"));
        writer.i64(event.fine_weight);
    }
}

fn bar_removed(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::BarRemoved>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.bar != 0 {
        writer.raw(literal!("bar"));
        writer.u64(event.bar);
    }
    if event.refiner != 0 {
        writer.raw(literal!("refiner"));
        writer.u64(u64::from(event.refiner));
    }
    if event.fine_weight != 0 {
        writer.raw(literal!("fine_weight"));
        writer.i64(event.fine_weight);
    }
}

fn peg_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::PegSet>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.source != 0 {
        writer.raw(literal!("source"));
        writer.u64(u64::from(event.source));
    }
    if event.band_bps != 0 {
        writer.raw(literal!("band_bps"));
        writer.u64(u64::from(event.band_bps));
    }
    if event.haircut_bps != 0 {
        writer.raw(literal!("haircut_bps"));
        writer.u64(u64::from(event.haircut_bps));
    }
}

fn cash_reference_set(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::CashReferenceSet>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.value != 0 {
        writer.raw(literal!("value"));
        writer.i64(event.value);
    }
    if event.source != 0 {
        writer.raw(literal!("source"));
        writer.u64(u64::from(event.source));
    }
    if event.observed_at != 0 {
        writer.raw(literal!("observed_at"));
        writer.u64(event.observed_at);
    }
}

fn peg_changed(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::PegChanged>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.value != 0 {
        writer.raw(literal!("value"));
        writer.i64(event.value);
    }
    writer.raw(literal!("status"));
    writer.str(PegStatus::from_byte(event.status).map_or(UNKNOWN, PegStatus::word).as_bytes());
    if event.haircut_bps != 0 {
        writer.raw(literal!("haircut_bps"));
        writer.u64(u64::from(event.haircut_bps));
    }
}

fn action_announced(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ActionAnnounced>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    writer.raw(literal!("action_kind"));
    writer.str(ActionKind::from_byte(event.action_kind).map_or(UNKNOWN, ActionKind::word).as_bytes());
    writer.raw(literal!("order_policy"));
    writer.str(OrderPolicy::from_byte(event.order_policy).map_or(UNKNOWN, OrderPolicy::word).as_bytes());
    if event.action != 0 {
        writer.raw(literal!("action"));
        writer.u64(u64::from(event.action));
    }
    if event.payer != 0 {
        writer.raw(literal!("payer"));
        writer.u64(u64::from(event.payer));
    }
    if event.legs != 0 {
        writer.raw(literal!("legs"));
        writer.u64(u64::from(event.legs));
    }
    if event.record_at != 0 {
        writer.raw(literal!("record_at"));
        writer.u64(event.record_at);
    }
    if event.books_close_at != 0 {
        writer.raw(literal!("books_close_at"));
        writer.u64(event.books_close_at);
    }
}

fn action_cancelled(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ActionCancelled>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.action != 0 {
        writer.raw(literal!("action"));
        writer.u64(u64::from(event.action));
    }
}

fn action_started(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ActionStarted>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.action != 0 {
        writer.raw(literal!("action"));
        writer.u64(u64::from(event.action));
    }
}

fn action_funded(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ActionFunded>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.action != 0 {
        writer.raw(literal!("action"));
        writer.u64(u64::from(event.action));
    }
    if event.total != 0 {
        writer.raw(literal!("total"));
        writer.i64(event.total);
    }
}

fn entitled(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Entitled>() else { return };
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.action != 0 {
        writer.raw(literal!("action"));
        writer.u64(u64::from(event.action));
    }
    if event.taken != 0 {
        writer.raw(literal!("taken"));
        writer.i64(event.taken);
    }
}

fn entitlement_paid(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::EntitlementPaid>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.amount != 0 {
        writer.raw(literal!("amount"));
        writer.i64(event.amount);
    }
    if event.action != 0 {
        writer.raw(literal!("action"));
        writer.u64(u64::from(event.action));
    }
    if event.payer != 0 {
        writer.raw(literal!("payer"));
        writer.u64(u64::from(event.payer));
    }
    if event.in_lieu != 0 {
        writer.raw(literal!("in_lieu"));
        writer.u64(u64::from(event.in_lieu));
    }
}

fn action_leg_paid(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ActionLegPaid>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.action != 0 {
        writer.raw(literal!("action"));
        writer.u64(u64::from(event.action));
    }
    if event.total != 0 {
        writer.raw(literal!("total"));
        writer.i64(event.total);
    }
    if event.in_lieu != 0 {
        writer.raw(literal!("in_lieu"));
        writer.u64(u64::from(event.in_lieu));
    }
    if event.residue != 0 {
        writer.raw(literal!("residue"));
        writer.i64(event.residue);
    }
}

fn action_done(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ActionDone>() else { return };
    if event.quantity != 0 {
        writer.raw(literal!("quantity"));
        writer.i64(event.quantity);
    }
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.action != 0 {
        writer.raw(literal!("action"));
        writer.u64(u64::from(event.action));
    }
    if event.holders != 0 {
        writer.raw(literal!("holders"));
        writer.u64(u64::from(event.holders));
    }
}

fn action_failed(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::ActionFailed>() else { return };
    if !context.asset.is_empty() {
        writer.raw(literal!("asset"));
        writer.str(context.asset);
    }
    if event.action != 0 {
        writer.raw(literal!("action"));
        writer.u64(u64::from(event.action));
    }
    writer.raw(literal!("failure"));
    writer.str(ActionFailure::from_byte(event.failure).map_or(UNKNOWN, ActionFailure::word).as_bytes());
    if event.holder != 0 {
        writer.raw(literal!("holder"));
        writer.u64(u64::from(event.holder));
    }
    if event.missing != 0 {
        writer.raw(literal!("missing"));
        writer.i64(event.missing);
    }
}

fn rebased(writer: &mut Writer, event: &Event, context: &ReportContext) {
    let Some(event) = event.body::<event::Rebased>() else { return };
    if !context.instrument.is_empty() {
        writer.raw(literal!("instrument"));
        writer.str(context.instrument);
    }
    if event.last_trade != 0 {
        writer.raw(literal!("last_trade"));
        writer.u64(u64::from(event.last_trade));
    }
    if event.reference_price != 0 {
        writer.raw(literal!("reference_price"));
        writer.u64(u64::from(event.reference_price));
    }
    if event.numerator != 0 {
        writer.raw(literal!("numerator"));
        writer.i64(event.numerator);
    }
    if event.denominator != 0 {
        writer.raw(literal!("denominator"));
        writer.i64(event.denominator);
    }
}

/// Looks at an event; `None` if its kind is unknown.
#[inline]
pub(super) fn fields(event: &Event, context: &ReportContext) -> Option<Fields> {
    let kind = event::kind_word(event.kind)?;
    let (count, write): (u32, fn(&mut Writer, &Event, &ReportContext)) = match event.kind {
        kind::ACCEPTED => {
            let event = event.body::<event::Accepted>()?;
            (
                1 + u32::from(event.order_id != 0)
                    + u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.quantity != 0)
                    + u32::from(event.leaves != 0)
                    + u32::from(event.budget != 0)
                    + u32::from(event.trigger_price != 0)
                    + u32::from(event.peg != 0)
                    + u32::from(event.peg_offset != 0)
                    + u32::from(event.partner != 0)
                    + u32::from(event.entry != 0)
                    + u32::from(event.client_order_id_len != 0),
                accepted as _,
            )
        }
        kind::REJECTED => {
            let event = event.body::<event::Rejected>()?;
            (
                u32::from(event.order_id != 0)
                    + u32::from(!context.instrument.is_empty())
                    + u32::from(event.client_order_id_len != 0)
                    + 1
                    + u32::from(event.command != 0)
                    + u32::from(!context.asset.is_empty())
                    + u32::from(event.withdrawal_id != 0)
                    + u32::from(event.value != 0)
                    + u32::from(event.bound != 0),
                rejected as _,
            )
        }
        kind::FILL => {
            let event = event.body::<event::Fill>()?;
            (
                1 + u32::from(event.order_id != 0)
                    + u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.quantity != 0)
                    + u32::from(event.leaves != 0)
                    + u32::from(event.client_order_id_len != 0)
                    + u32::from(event.liquidity != 0)
                    + u32::from(event.filled != 0)
                    + u32::from(event.cash != 0)
                    + u32::from(event.fee != 0)
                    + u32::from(event.settlement_id != 0),
                fill as _,
            )
        }
        kind::CANCELLED => {
            let event = event.body::<event::Cancelled>()?;
            (
                1 + u32::from(event.order_id != 0)
                    + u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.quantity != 0)
                    + u32::from(event.leaves != 0)
                    + u32::from(event.budget != 0)
                    + u32::from(event.client_order_id_len != 0)
                    + 1
                    + u32::from(event.filled != 0),
                cancelled as _,
            )
        }
        kind::AMENDED => {
            let event = event.body::<event::Amended>()?;
            (
                1 + u32::from(event.order_id != 0)
                    + u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.quantity != 0)
                    + u32::from(event.leaves != 0)
                    + u32::from(event.trigger_price != 0)
                    + u32::from(event.client_order_id_len != 0)
                    + 1
                    + u32::from(event.filled != 0)
                    + u32::from(event.previous_price != 0),
                amended as _,
            )
        }
        kind::DUPLICATE => {
            let event = event.body::<event::Duplicate>()?;
            (
                1 + u32::from(event.order_id != 0)
                    + u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.quantity != 0)
                    + u32::from(event.leaves != 0)
                    + u32::from(event.client_order_id_len != 0)
                    + 1
                    + u32::from(event.filled != 0),
                duplicate as _,
            )
        }
        kind::CANCEL_ALL_DONE => {
            let event = event.body::<event::CancelAllDone>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.orders != 0)
                    + u32::from(event.pending != 0),
                cancel_all_done as _,
            )
        }
        kind::TRIGGERED => {
            let event = event.body::<event::Triggered>()?;
            (
                1 + u32::from(event.order_id != 0)
                    + u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.quantity != 0)
                    + u32::from(event.leaves != 0)
                    + u32::from(event.trigger_price != 0)
                    + u32::from(event.client_order_id_len != 0),
                triggered as _,
            )
        }
        kind::CANCEL_PENDING => {
            let event = event.body::<event::CancelPending>()?;
            (
                1 + u32::from(event.order_id != 0)
                    + u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.quantity != 0)
                    + u32::from(event.leaves != 0)
                    + u32::from(event.client_order_id_len != 0)
                    + u32::from(event.filled != 0),
                cancel_pending as _,
            )
        }
        kind::QUOTE_REJECTED => {
            let event = event.body::<event::QuoteRejected>()?;
            (
                1 + u32::from(!context.instrument.is_empty())
                    + 1
                    + u32::from(event.quote_group != 0)
                    + u32::from(event.entry_number != 0),
                quote_rejected as _,
            )
        }
        kind::MASS_QUOTED => {
            let event = event.body::<event::MassQuoted>()?;
            (
                u32::from(event.quote_group != 0)
                    + u32::from(event.accepted != 0)
                    + u32::from(event.kept != 0)
                    + u32::from(event.changed != 0)
                    + u32::from(event.withdrawn != 0)
                    + u32::from(event.refused != 0),
                mass_quoted as _,
            )
        }
        kind::PROTECTION_SET => {
            let event = event.body::<event::ProtectionSet>()?;
            (
                u32::from(event.quote_group != 0)
                    + u32::from(event.max_fills != 0)
                    + u32::from(event.window_ns != 0)
                    + u32::from(event.max_quantity != 0)
                    + u32::from(event.max_notional != 0)
                    + u32::from(event.max_delta != 0),
                protection_set as _,
            )
        }
        kind::PROTECTION_TRIGGERED => {
            let event = event.body::<event::ProtectionTriggered>()?;
            (
                u32::from(event.quantity != 0)
                    + u32::from(event.quote_group != 0)
                    + 1
                    + u32::from(event.fills != 0)
                    + u32::from(event.notional != 0)
                    + u32::from(event.delta != 0),
                protection_triggered as _,
            )
        }
        kind::PROTECTION_RESET => {
            let event = event.body::<event::ProtectionReset>()?;
            (u32::from(event.quote_group != 0), protection_reset as _)
        }
        kind::CANCEL_AFTER_SET => {
            let event = event.body::<event::CancelAfterSet>()?;
            (1 + u32::from(event.due_at != 0), cancel_after_set as _)
        }
        kind::ASSET_CREATED => (u32::from(!context.asset.is_empty()), asset_created as _),
        kind::INSTRUMENT_CREATED => (u32::from(!context.instrument.is_empty()), instrument_created as _),
        kind::ACCOUNT_CREATED => {
            let event = event.body::<event::AccountCreated>()?;
            (u32::from(event.fee_schedule != 0), account_created as _)
        }
        kind::FEE_SCHEDULE_SET => {
            let event = event.body::<event::FeeScheduleSet>()?;
            (
                u32::from(event.fee_schedule != 0)
                    + u32::from(event.maker_rate != 0)
                    + u32::from(event.taker_rate != 0)
                    + u32::from(event.tiers != 0)
                    + u32::from(event.effective_at != 0)
                    + u32::from(event.replaced != 0),
                fee_schedule_set as _,
            )
        }
        kind::HALTED => {
            let event = event.body::<event::Halted>()?;
            (u32::from(!context.instrument.is_empty()) + 1 + u32::from(event.causes != 0), halted as _)
        }
        kind::RESUMED => {
            let event = event.body::<event::Resumed>()?;
            (u32::from(!context.instrument.is_empty()) + 1 + u32::from(event.causes != 0), resumed as _)
        }
        kind::PULSED => {
            let event = event.body::<event::Pulsed>()?;
            (u32::from(event.items != 0), pulsed as _)
        }
        kind::ACCOUNT_SET => {
            let event = event.body::<event::AccountSet>()?;
            (
                u32::from(event.fee_schedule != 0)
                    + u32::from(event.max_open_orders != 0)
                    + u32::from(event.client_id_window != 0)
                    + u32::from(event.group != 0)
                    + u32::from(event.max_open_notional != 0),
                account_set as _,
            )
        }
        kind::REFERENCE_SET => {
            let event = event.body::<event::ReferenceSet>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.source != 0)
                    + u32::from(event.observed_at != 0),
                reference_set as _,
            )
        }
        kind::TRADE_DATE_ROLLED => {
            let event = event.body::<event::TradeDateRolled>()?;
            (u32::from(event.trade_date != 0) + u32::from(event.previous != 0), trade_date_rolled as _)
        }
        kind::PHASE_CHANGED => {
            let event = event.body::<event::PhaseChanged>()?;
            (u32::from(!context.instrument.is_empty()) + 1 + 1 + u32::from(event.ends_at != 0), phase_changed as _)
        }
        kind::INDICATED => {
            let event = event.body::<event::Indicated>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.quantity != 0)
                    + u32::from(event.surplus != 0),
                indicated as _,
            )
        }
        kind::UNCROSSED => {
            let event = event.body::<event::Uncrossed>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.quantity != 0)
                    + u32::from(event.surplus != 0),
                uncrossed as _,
            )
        }
        kind::AUCTION_EXTENDED => {
            let event = event.body::<event::AuctionExtended>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.price != 0)
                    + u32::from(event.ends_at != 0)
                    + u32::from(event.lower != 0)
                    + u32::from(event.upper != 0)
                    + u32::from(event.extensions != 0),
                auction_extended as _,
            )
        }
        kind::TRADING_LIMITS_SET => {
            let event = event.body::<event::TradingLimitsSet>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.max_quantity != 0)
                    + u32::from(event.max_notional != 0)
                    + u32::from(event.static_bps != 0)
                    + u32::from(event.dynamic_bps != 0)
                    + u32::from(event.auction_bps != 0)
                    + u32::from(event.call_ns != 0),
                trading_limits_set as _,
            )
        }
        kind::EXITS_REFUSED => {
            let event = event.body::<event::ExitsRefused>()?;
            (
                1 + u32::from(event.order_id != 0)
                    + u32::from(!context.instrument.is_empty())
                    + u32::from(event.quantity != 0)
                    + 1,
                exits_refused as _,
            )
        }
        kind::VOLATILITY_BANDS_SET => {
            let event = event.body::<event::VolatilityBandsSet>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.bps != 0)
                    + u32::from(event.ticks != 0)
                    + u32::from(event.multiplier != 0)
                    + u32::from(event.limit_state_ns != 0)
                    + u32::from(event.pause_ns != 0),
                volatility_bands_set as _,
            )
        }
        kind::VOLATILITY_BAND_MOVED => {
            let event = event.body::<event::VolatilityBandMoved>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.lower != 0)
                    + u32::from(event.upper != 0)
                    + u32::from(event.reference != 0),
                volatility_band_moved as _,
            )
        }
        kind::LIMIT_STATE_CHANGED => {
            let event = event.body::<event::LimitStateChanged>()?;
            (
                u32::from(!context.instrument.is_empty()) + u32::from(event.ends_at != 0) + 1 + 1,
                limit_state_changed as _,
            )
        }
        kind::REFERENCE_POLICY_SET => {
            let event = event.body::<event::ReferencePolicySet>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + 1
                    + 1
                    + u32::from(event.widen != 0)
                    + u32::from(event.closed_bps != 0)
                    + u32::from(event.step_bps != 0)
                    + u32::from(event.max_age_ns != 0)
                    + u32::from(event.step_ns != 0),
                reference_policy_set as _,
            )
        }
        kind::PRIMARY_STATUS_SET => {
            let event = event.body::<event::PrimaryStatusSet>()?;
            (u32::from(!context.instrument.is_empty()) + 1 + u32::from(event.close != 0), primary_status_set as _)
        }
        kind::STATIC_BAND_MOVED => {
            let event = event.body::<event::StaticBandMoved>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.lower != 0)
                    + u32::from(event.upper != 0)
                    + u32::from(event.bps != 0)
                    + u32::from(event.anchor != 0),
                static_band_moved as _,
            )
        }
        kind::DEPOSITED => {
            let event = event.body::<event::Deposited>()?;
            (u32::from(!context.asset.is_empty()) + u32::from(event.amount != 0), deposited as _)
        }
        kind::WITHDRAWAL_REQUESTED => {
            let event = event.body::<event::WithdrawalRequested>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.withdrawal_id != 0)
                    + u32::from(event.amount != 0),
                withdrawal_requested as _,
            )
        }
        kind::WITHDRAWAL_SETTLED => {
            let event = event.body::<event::WithdrawalSettled>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.withdrawal_id != 0)
                    + u32::from(event.amount != 0),
                withdrawal_settled as _,
            )
        }
        kind::WITHDRAWAL_CANCELLED => {
            let event = event.body::<event::WithdrawalCancelled>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.withdrawal_id != 0)
                    + u32::from(event.amount != 0),
                withdrawal_cancelled as _,
            )
        }
        kind::TRANSFER_OUT => {
            let event = event.body::<event::TransferOut>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.amount != 0)
                    + u32::from(event.counterparty != 0),
                transfer_out as _,
            )
        }
        kind::TRANSFER_IN => {
            let event = event.body::<event::TransferIn>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.amount != 0)
                    + u32::from(event.counterparty != 0),
                transfer_in as _,
            )
        }
        kind::MONEY_REPEATED => {
            let event = event.body::<event::MoneyRepeated>()?;
            (
                u32::from(event.command != 0)
                    + u32::from(!context.asset.is_empty())
                    + u32::from(event.withdrawal_id != 0)
                    + u32::from(event.amount != 0)
                    + u32::from(event.counterparty != 0)
                    + u32::from(event.original_sequence != 0),
                money_repeated as _,
            )
        }
        kind::FEE_OVERRIDE_SET => {
            let event = event.body::<event::FeeOverrideSet>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.fee_schedule != 0)
                    + u32::from(event.maker_rate != 0)
                    + u32::from(event.taker_rate != 0)
                    + u32::from(event.tiers != 0)
                    + u32::from(event.effective_at != 0)
                    + u32::from(event.replaced != 0)
                    + 1,
                fee_override_set as _,
            )
        }
        kind::OBLIGATION_SET => {
            let event = event.body::<event::ObligationSet>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.maker_rate != 0)
                    + u32::from(event.max_spread != 0)
                    + u32::from(event.min_quantity != 0)
                    + u32::from(event.required_bps != 0),
                obligation_set as _,
            )
        }
        kind::OBLIGATION_SCORED => {
            let event = event.body::<event::ObligationScored>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.trade_date != 0)
                    + u32::from(event.met_ns != 0)
                    + u32::from(event.open_ns != 0)
                    + u32::from(event.earned != 0),
                obligation_scored as _,
            )
        }
        kind::KEY_SET => {
            let event = event.body::<event::KeySet>()?;
            (u32::from(event.key_id != 0) + u32::from(event.expires_at != 0), key_set as _)
        }
        kind::KEY_REVOKED => {
            let event = event.body::<event::KeyRevoked>()?;
            (u32::from(event.key_id != 0), key_revoked as _)
        }
        kind::HOLDER_SET => {
            let event = event.body::<event::HolderSet>()?;
            (
                1 + u32::from(event.jurisdiction != 0)
                    + u32::from(event.firm != 0)
                    + u32::from(event.verified_until != 0),
                holder_set as _,
            )
        }
        kind::ELIGIBILITY_SET => {
            let event = event.body::<event::EligibilitySet>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(!context.asset.is_empty())
                    + 1
                    + 1
                    + u32::from(event.classes != 0)
                    + u32::from(event.jurisdictions != 0)
                    + u32::from(event.max_holding != 0)
                    + u32::from(event.locked_until != 0),
                eligibility_set as _,
            )
        }
        kind::FROZEN => {
            let event = event.body::<event::Frozen>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.orders != 0)
                    + u32::from(event.pending != 0)
                    + u32::from(event.amount != 0)
                    + 1
                    + u32::from(event.until != 0),
                frozen as _,
            )
        }
        kind::UNFROZEN => {
            let event = event.body::<event::Unfrozen>()?;
            (
                u32::from(!context.asset.is_empty()) + u32::from(event.amount != 0) + 1 + u32::from(event.until != 0),
                unfrozen as _,
            )
        }
        kind::FORCED_TRANSFER => {
            let event = event.body::<event::ForcedTransfer>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.amount != 0)
                    + u32::from(event.counterparty != 0)
                    + u32::from(event.reason_code != 0),
                forced_transfer as _,
            )
        }
        kind::BENEFICIAL_SET => {
            let event = event.body::<event::BeneficialSet>()?;
            (
                u32::from(event.quantity != 0)
                    + u32::from(!context.asset.is_empty())
                    + u32::from(event.from_holder != 0)
                    + u32::from(event.to_holder != 0)
                    + u32::from(event.from_registered != 0)
                    + u32::from(event.to_registered != 0),
                beneficial_set as _,
            )
        }
        kind::ASSET_TERMS_SET => {
            let event = event.body::<event::AssetTermsSet>()?;
            (
                u32::from(!context.asset.is_empty())
                    + 1
                    + 1
                    + 1
                    + u32::from(event.issuer != 0)
                    + u32::from(event.redemption_fee_rate != 0)
                    + u32::from(event.backing != 0)
                    + u32::from(event.min_redemption != 0)
                    + u32::from(event.redemption_unit != 0)
                    + u32::from(event.redemption_fee != 0),
                asset_terms_set as _,
            )
        }
        kind::ATTESTOR_SET => {
            let event = event.body::<event::AttestorSet>()?;
            (1 + u32::from(event.attestor != 0), attestor_set as _)
        }
        kind::ATTESTED => {
            let event = event.body::<event::Attested>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.attestor != 0)
                    + u32::from(event.reserve != 0)
                    + u32::from(event.as_of != 0)
                    + u32::from(event.valid_until != 0),
                attested as _,
            )
        }
        kind::ATTESTATION_EXPIRED => {
            let event = event.body::<event::AttestationExpired>()?;
            (u32::from(!context.asset.is_empty()) + u32::from(event.valid_until != 0), attestation_expired as _)
        }
        kind::MINTED => {
            let event = event.body::<event::Minted>()?;
            (
                u32::from(!context.asset.is_empty()) + u32::from(event.amount != 0) + u32::from(event.outstanding != 0),
                minted as _,
            )
        }
        kind::REDEMPTION_REQUESTED => {
            let event = event.body::<event::RedemptionRequested>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.withdrawal_id != 0)
                    + u32::from(event.fee != 0)
                    + u32::from(event.amount != 0)
                    + u32::from(event.asked != 0)
                    + u32::from(event.bar != 0),
                redemption_requested as _,
            )
        }
        kind::REDEMPTION_SETTLED => {
            let event = event.body::<event::RedemptionSettled>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.withdrawal_id != 0)
                    + u32::from(event.fee != 0)
                    + u32::from(event.amount != 0)
                    + u32::from(event.bar != 0),
                redemption_settled as _,
            )
        }
        kind::REDEMPTION_REFUSED => {
            let event = event.body::<event::RedemptionRefused>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.withdrawal_id != 0)
                    + u32::from(event.fee != 0)
                    + u32::from(event.amount != 0)
                    + u32::from(event.bar != 0)
                    + 1,
                redemption_refused as _,
            )
        }
        kind::REDEMPTION_FEE => {
            let event = event.body::<event::RedemptionFee>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.withdrawal_id != 0)
                    + u32::from(event.amount != 0)
                    + u32::from(event.counterparty != 0),
                redemption_fee as _,
            )
        }
        kind::REFINER_SET => {
            let event = event.body::<event::RefinerSet>()?;
            (1 + u32::from(event.refiner != 0), refiner_set as _)
        }
        kind::BAR_REGISTERED => {
            let event = event.body::<event::BarRegistered>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.bar != 0)
                    + u32::from(event.refiner != 0)
                    + u32::from(event.gross_weight != 0)
                    + u32::from(event.fine_weight != 0),
                bar_registered as _,
            )
        }
        kind::BAR_REMOVED => {
            let event = event.body::<event::BarRemoved>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.bar != 0)
                    + u32::from(event.refiner != 0)
                    + u32::from(event.fine_weight != 0),
                bar_removed as _,
            )
        }
        kind::PEG_SET => {
            let event = event.body::<event::PegSet>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.source != 0)
                    + u32::from(event.band_bps != 0)
                    + u32::from(event.haircut_bps != 0),
                peg_set as _,
            )
        }
        kind::CASH_REFERENCE_SET => {
            let event = event.body::<event::CashReferenceSet>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.value != 0)
                    + u32::from(event.source != 0)
                    + u32::from(event.observed_at != 0),
                cash_reference_set as _,
            )
        }
        kind::PEG_CHANGED => {
            let event = event.body::<event::PegChanged>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.value != 0)
                    + 1
                    + u32::from(event.haircut_bps != 0),
                peg_changed as _,
            )
        }
        kind::ACTION_ANNOUNCED => {
            let event = event.body::<event::ActionAnnounced>()?;
            (
                u32::from(!context.asset.is_empty())
                    + 1
                    + 1
                    + u32::from(event.action != 0)
                    + u32::from(event.payer != 0)
                    + u32::from(event.legs != 0)
                    + u32::from(event.record_at != 0)
                    + u32::from(event.books_close_at != 0),
                action_announced as _,
            )
        }
        kind::ACTION_CANCELLED => {
            let event = event.body::<event::ActionCancelled>()?;
            (u32::from(!context.asset.is_empty()) + u32::from(event.action != 0), action_cancelled as _)
        }
        kind::ACTION_STARTED => {
            let event = event.body::<event::ActionStarted>()?;
            (u32::from(!context.asset.is_empty()) + u32::from(event.action != 0), action_started as _)
        }
        kind::ACTION_FUNDED => {
            let event = event.body::<event::ActionFunded>()?;
            (
                u32::from(!context.asset.is_empty()) + u32::from(event.action != 0) + u32::from(event.total != 0),
                action_funded as _,
            )
        }
        kind::ENTITLED => {
            let event = event.body::<event::Entitled>()?;
            (
                u32::from(event.quantity != 0)
                    + u32::from(!context.asset.is_empty())
                    + u32::from(event.action != 0)
                    + u32::from(event.taken != 0),
                entitled as _,
            )
        }
        kind::ENTITLEMENT_PAID => {
            let event = event.body::<event::EntitlementPaid>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.amount != 0)
                    + u32::from(event.action != 0)
                    + u32::from(event.payer != 0)
                    + u32::from(event.in_lieu != 0),
                entitlement_paid as _,
            )
        }
        kind::ACTION_LEG_PAID => {
            let event = event.body::<event::ActionLegPaid>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.action != 0)
                    + u32::from(event.total != 0)
                    + u32::from(event.in_lieu != 0)
                    + u32::from(event.residue != 0),
                action_leg_paid as _,
            )
        }
        kind::ACTION_DONE => {
            let event = event.body::<event::ActionDone>()?;
            (
                u32::from(event.quantity != 0)
                    + u32::from(!context.asset.is_empty())
                    + u32::from(event.action != 0)
                    + u32::from(event.holders != 0),
                action_done as _,
            )
        }
        kind::ACTION_FAILED => {
            let event = event.body::<event::ActionFailed>()?;
            (
                u32::from(!context.asset.is_empty())
                    + u32::from(event.action != 0)
                    + 1
                    + u32::from(event.holder != 0)
                    + u32::from(event.missing != 0),
                action_failed as _,
            )
        }
        kind::REBASED => {
            let event = event.body::<event::Rebased>()?;
            (
                u32::from(!context.instrument.is_empty())
                    + u32::from(event.last_trade != 0)
                    + u32::from(event.reference_price != 0)
                    + u32::from(event.numerator != 0)
                    + u32::from(event.denominator != 0),
                rebased as _,
            )
        }
        _ => return None,
    };
    Some(Fields { kind, count, write })
}
