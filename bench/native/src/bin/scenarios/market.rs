//! The market that every run begins with: one instrument, funded accounts, fees.

use crate::message::{MESSAGE_LEN, Message};
use bench_native::{commands, fail};
use engine_core::engine::Engine;
use std::path::Path;

/// As `ACCOUNTS` of `bench/shapes.py`, which numbers them from 1.
const ACCOUNTS: u32 = 1_000;
const CASH: u32 = 0;
const SHARE: u32 = 1;
/// Units of cash (micro-dollars) that a tick of 0.005 moves a share.
const TICK_LOT_VALUE: i64 = 5_000;
/// Four times the start: no walk of a shape comes near it.
const MAX_PRICE: i64 = 1 << 17;
const MAKER_RATE: i32 = 100;
const TAKER_RATE: u32 = 300;
/// Of both assets, to every account: more than its orders can ever hold, so that nothing is rejected for want of funds.
const FUNDS: i64 = 1_000_000_000_000_000;

pub fn fresh_engine() -> Engine {
    let mut setup = vec![
        commands::create_asset(CASH),
        commands::create_asset(SHARE),
        commands::create_instrument(0, SHARE, TICK_LOT_VALUE, MAX_PRICE),
        commands::set_fees(MAKER_RATE, TAKER_RATE),
    ];
    for account in 1..=ACCOUNTS {
        setup.push(commands::create_account(account));
        setup.push(commands::deposit(account, CASH, FUNDS));
        setup.push(commands::deposit(account, SHARE, FUNDS));
    }
    let mut engine = Engine::default();
    bench_native::apply_setup(&mut engine, setup);
    engine
}

pub fn read_messages(path: &Path) -> Vec<Message> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| fail(format!("{}: {error}", path.display())));
    if bytes.is_empty() || !bytes.len().is_multiple_of(MESSAGE_LEN) {
        fail(format!("{}: {} bytes are no messages", path.display(), bytes.len()));
    }
    bytes.chunks_exact(MESSAGE_LEN).map(Message::read).collect()
}
