//! Brings an engine into a state and says how much memory of the process is resident. One state a process, so that nothing
//! that another state has freed is counted or reused.
//!
//! `memory STATE DIVISOR`: STATE is `instruments`, `price_walk`, `accounts` or `orders`; DIVISOR makes each smaller, for a look
//! whether it works. A limit of the engine that is below what a state asks for is used instead; the sizes printed are what was
//! done. Prints one JSON object; `before_kb` is the engine with what the state starts from, `after_kb` the state itself.

use bench_native::market::{Market, middle};
use bench_native::{commands, fail, require_release_build};
use engine_core::types::*;

/// What a state asks for at full size.
const INSTRUMENTS: u64 = 1_000;
const INSTRUMENT_ORDERS: i64 = 20;
const INSTRUMENT_TICKS: i64 = 200;
/// So many that none has more orders than an account may have.
const INSTRUMENT_ACCOUNTS: u32 = 10;
const ACCOUNTS: u64 = 1_000_000;
const ACCOUNT_ASSETS: u64 = 500;
const HOLDINGS: u64 = 3;
const ORDERS: u64 = 4_000_000;
const ORDER_ACCOUNTS: u64 = 2_000;
const ORDER_INSTRUMENTS: u64 = 100;
const ORDER_TICKS: u64 = 1_000;
/// Prices that a walk stops at. Where an instrument has more, the walk takes longer steps: every block of that many ticks is
/// visited, and the walk ends within minutes.
const WALK_STOPS: u64 = 1 << 25;

fn main() {
    require_release_build();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [state, divisor] = &arguments[..] else { fail("usage: memory STATE DIVISOR") };
    let divisor: u64 =
        divisor.parse().ok().filter(|divisor| *divisor > 0).unwrap_or_else(|| fail("DIVISOR is no number"));
    let measured = match state.as_str() {
        "instruments" => instruments(divisor),
        "price_walk" => price_walk(divisor),
        "accounts" => accounts(divisor),
        "orders" => orders(divisor),
        _ => fail(format!("no state {state}")),
    };
    println!("{measured}");
}

/// Many instruments of the full price range, each with a small book.
fn instruments(divisor: u64) -> String {
    let count = INSTRUMENTS.min(MAX_INSTRUMENTS as u64) / divisor;
    let bases = count.min(MAX_ASSETS as u64 - 1);
    let mut market = Market::new(bases, count, INSTRUMENT_ACCOUNTS.into());
    let before = resident_kb();
    for instrument in 0..count as u32 {
        for number in 0..INSTRUMENT_ORDERS {
            let side = if number % 2 == 0 { Side::Buy } else { Side::Sell };
            let distance = 1 + number * INSTRUMENT_TICKS / INSTRUMENT_ORDERS / 2;
            let price = middle() + if side == Side::Buy { -distance } else { distance };
            market.place(1 + instrument % INSTRUMENT_ACCOUNTS, instrument, side, price, b"");
        }
    }
    report(&market, before, &[("instruments", count), ("assets", bases + 1), ("max_price", MAX_PRICE_TICKS as u64)])
}

/// One small order that an ordinary account walks over every price of one instrument, on each side, and cancels.
fn price_walk(divisor: u64) -> String {
    let mut market = Market::new(1, 1, 1);
    let step = (MAX_PRICE_TICKS as u64).div_ceil(WALK_STOPS / divisor);
    for side in [Side::Buy, Side::Sell] {
        let order_id = market.place(1, 0, side, middle(), b"");
        market.run(commands::cancel(1, order_id));
    }
    let before = resident_kb();
    let mut stops = 0;
    for side in [Side::Buy, Side::Sell] {
        let order_id = market.place(1, 0, side, 1, b"");
        for price in (1..=MAX_PRICE_TICKS).step_by(step as usize).skip(1) {
            market.run(commands::amend(1, order_id, price, 1));
            stops += 1;
        }
        market.run(commands::cancel(1, order_id));
    }
    report(&market, before, &[("stops", stops), ("step_ticks", step), ("max_price", MAX_PRICE_TICKS as u64)])
}

/// Many accounts, each with a few of many assets.
fn accounts(divisor: u64) -> String {
    let count = (ACCOUNTS / divisor).min(MAX_ACCOUNTS as u64 - 1);
    let assets = ACCOUNT_ASSETS.min(MAX_ASSETS as u64);
    let mut market = Market::new(assets - 1, 0, 0);
    let before = resident_kb();
    for account in 1..=count as u32 {
        market.run(commands::create_account(account));
        for holding in 0..HOLDINGS {
            // Spread, so that the assets of neighbours differ as those of strangers do.
            let asset = (u64::from(account) * 7 + holding * (assets / HOLDINGS)) % assets;
            market.run(commands::deposit(account, asset as u32, 1_000));
        }
    }
    report(&market, before, &[("accounts", count), ("assets", assets), ("holdings", HOLDINGS)])
}

/// Many open orders with client order ids.
fn orders(divisor: u64) -> String {
    let count = (ORDERS / divisor).min(MAX_OPEN_ORDERS as u64);
    let owners = ORDER_ACCOUNTS.max(count.div_ceil(MAX_OPEN_ORDERS_PER_ACCOUNT.into()));
    let bases = ORDER_INSTRUMENTS.min(MAX_ASSETS as u64 - 1);
    let mut market = Market::new(bases, bases, owners);
    let before = resident_kb();
    for number in 0..count {
        let account = (1 + number % owners) as u32;
        let instrument = (number / owners % bases) as u32;
        let side = if number % 2 == 0 { Side::Buy } else { Side::Sell };
        let distance = (1 + number.wrapping_mul(0x9e37_79b9) / 7 % ORDER_TICKS) as i64;
        let price = middle() + if side == Side::Buy { -distance } else { distance };
        market.place(account, instrument, side, price, format!("c{number:011}").as_bytes());
    }
    report(&market, before, &[("orders", count), ("accounts", owners), ("instruments", bases)])
}

fn report(market: &Market, before_kb: u64, sizes: &[(&str, u64)]) -> String {
    let after_kb = resident_kb();
    let sizes: String = sizes.iter().map(|(name, size)| format!("\"{name}\": {size}, ")).collect();
    let open = market.engine.open_order_count();
    format!("{{{sizes}\"open_orders\": {open}, \"before_kb\": {before_kb}, \"after_kb\": {after_kb}}}")
}

/// What the kernel counts as resident of this process.
fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_else(|error| fail(error));
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
    number.unwrap_or_else(|| fail("/proc/self/status does not say what is resident"))
}
