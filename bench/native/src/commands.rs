//! Command records as the benchmarks build them: the one place here that knows their layout.

use engine_core::command::{
    Command, CreateAccount, CreateAsset, CreateInstrument, MoneyMovement, OrderEntry, SetFeeSchedule, kind,
};
use engine_core::types::{AssetClass, SYMBOL_LEN, Side, TimeInForce};
use zerocopy::FromZeros;

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

/// PLACE; an empty client order id is none.
pub fn place(order: &NewOrder, client_order_id: &[u8]) -> Command {
    let entry = OrderEntry {
        instrument: order.instrument,
        side: order.side as u8,
        time_in_force: order.time_in_force as u8,
        price: order.price,
        quantity: order.quantity,
        ..OrderEntry::EMPTY
    };
    Command::new(kind::PLACE, order.account, &entry.with_client_order_id(client_order_id))
}

/// AMEND to a price and a total quantity.
pub fn amend(account: u32, order_id: u64, price: i64, quantity: i64) -> Command {
    Command::new(kind::AMEND, account, &OrderEntry { order_id, price, quantity, ..OrderEntry::EMPTY })
}

/// CANCEL by order id.
pub fn cancel(account: u32, order_id: u64) -> Command {
    Command::new(kind::CANCEL, account, &OrderEntry { order_id, ..OrderEntry::EMPTY })
}

/// CREATE_ASSET; asset 0 is the stablecoin, all others are equity tokens.
pub fn create_asset(asset: u32) -> Command {
    let class = if asset == 0 { AssetClass::Stablecoin } else { AssetClass::Equity };
    let (symbol_len, symbol) = symbol("A", asset);
    let body = CreateAsset { asset, class: class as u8, decimals: 6, symbol_len, symbol, ..FromZeros::new_zeroed() };
    Command::new(kind::CREATE_ASSET, 0, &body)
}

/// CREATE_INSTRUMENT against asset 0; a lot is one unit, and a tick moves `tick_lot_value` a lot.
pub fn create_instrument(instrument: u32, base: u32, tick_lot_value: i64, max_price: i64) -> Command {
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
        ..FromZeros::new_zeroed()
    };
    Command::new(kind::CREATE_INSTRUMENT, 0, &body)
}

/// CREATE_ACCOUNT with fee schedule 0.
pub fn create_account(account: u32) -> Command {
    Command::new(kind::CREATE_ACCOUNT, account, &CreateAccount::new_zeroed())
}

/// SET_FEE_SCHEDULE 0, rates in hundredths of a basis point.
pub fn set_fees(maker_rate: u32, taker_rate: u32) -> Command {
    Command::new(kind::SET_FEE_SCHEDULE, 0, &SetFeeSchedule { maker_rate, taker_rate, ..FromZeros::new_zeroed() })
}

/// DEPOSIT.
pub fn deposit(account: u32, asset: u32, amount: i64) -> Command {
    Command::new(kind::DEPOSIT, account, &MoneyMovement { asset, amount, ..FromZeros::new_zeroed() })
}

/// The command as the sequencer would hand it on, `sequence` also its time.
pub fn sequenced(mut command: Command, sequence: u64) -> Command {
    command.sequence = sequence;
    command.timestamp_ns = sequence;
    command
}

fn symbol(letter: &str, number: u32) -> (u8, [u8; SYMBOL_LEN]) {
    let text = format!("{letter}{number}");
    let mut symbol = [0; SYMBOL_LEN];
    symbol[..text.len()].copy_from_slice(text.as_bytes());
    (text.len() as u8, symbol)
}
