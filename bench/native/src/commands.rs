//! Commands as the benchmarks build them.

use engine_core::command::{
    Amend, Cancel, CommandBuffer, CreateAccount, CreateAsset, CreateInstrument, Deposit, Place, Pulse, SetFeeSchedule,
    SetPhase,
};
use engine_core::types::{AssetClass, PegReference, Phase, SYMBOL_LEN, Side, TimeInForce, Trigger};

/// A limit order that a benchmark places.
#[derive(Clone, Copy)]
pub struct NewOrder {
    pub account: u32,
    pub instrument: u32,
    pub side: Side,
    pub time_in_force: TimeInForce,
    pub price: i64,
    pub quantity: i64,
}

fn limit_order(order: &NewOrder) -> Place {
    Place {
        instrument: order.instrument,
        side: order.side as u8,
        time_in_force: order.time_in_force as u8,
        price: order.price,
        quantity: order.quantity,
        ..Place::EMPTY
    }
}

/// PLACE; an empty client order id is none.
pub fn place(order: &NewOrder, client_order_id: &[u8]) -> CommandBuffer {
    let body = Place { client_order_id_len: client_order_id.len() as u8, ..limit_order(order) };
    CommandBuffer::with_text(order.account, &body, client_order_id)
}

/// PLACE of a stop that waits for the last trade.
pub fn place_stop(order: &NewOrder, trigger_price: u32) -> CommandBuffer {
    let body = Place { trigger: Trigger::LastTrade as u8, trigger_price, ..limit_order(order) };
    CommandBuffer::new(order.account, &body)
}

/// PLACE of an order whose price follows the best prices.
pub fn place_peg(order: &NewOrder, peg: PegReference, peg_offset: u8) -> CommandBuffer {
    let body = Place { peg: peg as u8, peg_offset, ..limit_order(order) };
    CommandBuffer::new(order.account, &body)
}

/// SET_PHASE.
pub fn set_phase(instrument: u32, phase: Phase) -> CommandBuffer {
    CommandBuffer::new(0, &SetPhase { instrument, phase: phase as u8, ..SetPhase::EMPTY })
}

/// PULSE.
pub fn pulse() -> CommandBuffer {
    CommandBuffer::new(0, &Pulse::EMPTY)
}

/// AMEND to a price and a total quantity.
pub fn amend(account: u32, order_id: u64, price: i64, quantity: i64) -> CommandBuffer {
    CommandBuffer::new(account, &Amend { order_id, price, quantity, ..Amend::EMPTY })
}

/// CANCEL by order id.
pub fn cancel(account: u32, order_id: u64) -> CommandBuffer {
    CommandBuffer::new(account, &Cancel { order_id, ..Cancel::EMPTY })
}

/// CREATE_ASSET; asset 0 is the stablecoin, all others are equity tokens.
pub fn create_asset(asset: u32) -> CommandBuffer {
    let class = if asset == 0 { AssetClass::Stablecoin } else { AssetClass::Equity };
    let (symbol_len, symbol) = symbol("A", asset);
    let asset_class = class as u8;
    let body =
        CreateAsset { asset, asset_class, decimals: 6, symbol_len, symbol, min_withdrawal: 1, ..CreateAsset::EMPTY };
    CommandBuffer::new(0, &body)
}

/// CREATE_INSTRUMENT against asset 0; a lot is one unit, and a tick moves `tick_lot_value` a lot.
pub fn create_instrument(instrument: u32, base: u32, tick_lot_value: i64, max_price: i64) -> CommandBuffer {
    let (symbol_len, symbol) = symbol("I", instrument);
    let body = CreateInstrument {
        instrument,
        base,
        collar_bps: 500,
        lot_size: 1,
        tick_lot_value,
        max_price,
        symbol_len,
        symbol,
        ..CreateInstrument::EMPTY
    };
    CommandBuffer::new(0, &body)
}

/// CREATE_ACCOUNT with fee schedule 0.
pub fn create_account(account: u32) -> CommandBuffer {
    CommandBuffer::new(account, &CreateAccount::EMPTY)
}

/// SET_FEE_SCHEDULE 0, rates in hundredths of a basis point.
pub fn set_fees(maker_rate: i32, taker_rate: u32) -> CommandBuffer {
    CommandBuffer::new(0, &SetFeeSchedule { maker_rate, taker_rate, ..SetFeeSchedule::EMPTY })
}

/// DEPOSIT.
pub fn deposit(account: u32, asset: u32, amount: i64) -> CommandBuffer {
    CommandBuffer::new(account, &Deposit { asset, amount, ..Deposit::EMPTY })
}

fn symbol(letter: &str, number: u32) -> (u8, [u8; SYMBOL_LEN]) {
    let text = format!("{letter}{number}");
    let mut symbol = [0; SYMBOL_LEN];
    symbol[..text.len()].copy_from_slice(text.as_bytes());
    (text.len() as u8, symbol)
}
