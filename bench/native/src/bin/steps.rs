//! Times work that an engine does in bounded steps, and an order of another instrument between any two of them.
//!
//! `steps WORK DIVISOR`: WORK is `auction` (the uncrossing of an auction in which every order trades) or `cascade` (stops that one trade
//! has reached, all of them); DIVISOR makes it smaller, for a look whether it works. Prints one JSON object; a step is one command.

use bench_native::commands::{self, NewOrder};
use bench_native::market::{Market, middle};
use bench_native::{fail, require_release_build};
use engine_core::command::CommandBuffer;
use engine_core::types::*;
use hdrhistogram::Histogram;
use std::time::{Duration, Instant};

const AUCTION_ORDERS: u64 = 1_000_000;
const STOPS: u64 = 100_000;
/// Prices over which orders are spread, on each side of the middle.
const TICKS: u64 = 1_000;
const LONGEST_NS: u64 = 60_000_000_000;
/// The instrument in which the work is, and another.
const WORKING: u32 = 0;
const OTHER: u32 = 1;
/// At most; the account behind the last one trades in the other instrument.
const ORDERS_PER_ACCOUNT: u64 = MAX_OPEN_ORDERS_PER_ACCOUNT as u64;

fn main() {
    require_release_build();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [work, divisor] = &arguments[..] else { fail("usage: steps WORK DIVISOR") };
    let divisor: u64 =
        divisor.parse().ok().filter(|divisor| *divisor > 0).unwrap_or_else(|| fail("DIVISOR is no number"));
    match work.as_str() {
        "auction" => auction(AUCTION_ORDERS / divisor),
        "cascade" => cascade(STOPS / divisor),
        _ => fail(format!("no work {work}")),
    }
}

/// Every buy reaches every sell.
fn auction(orders: u64) {
    let accounts = orders.div_ceil(ORDERS_PER_ACCOUNT);
    let mut market = Market::new(2, 2, accounts + 1);
    market.run(commands::set_phase(WORKING, Phase::Auction));
    for number in 0..orders {
        let account = 1 + (number % accounts) as u32;
        let side = if number % 2 == 0 { Side::Buy } else { Side::Sell };
        let distance = (number.wrapping_mul(0x9e37_79b9) / 7 % TICKS) as i64;
        market.place(account, WORKING, side, middle() + if side == Side::Buy { distance } else { -distance }, b"");
    }
    let began = market.engine.settlements();
    let measured = measure(&mut market, accounts as u32 + 1, commands::set_phase(WORKING, Phase::Continuous));
    report(&measured, &[("orders", orders), ("fills", market.engine.settlements() - began)]);
}

/// One trade far below reaches every stop; each finds a bid.
fn cascade(stops: u64) {
    let accounts = (2 * stops).div_ceil(ORDERS_PER_ACCOUNT - 1);
    let mut market = Market::new(2, 2, accounts + 1);
    let spread = |number: u64| (1 + number % TICKS) as i64;
    let order = |account, side, price, quantity| NewOrder {
        account,
        instrument: WORKING,
        side,
        time_in_force: TimeInForce::Gtc,
        price,
        quantity,
    };
    for number in 0..stops {
        let account = 1 + (number % accounts) as u32;
        let stop = order(account, Side::Sell, 1, 1);
        market.run(commands::place_stop(&stop, (middle() - spread(number)) as u32));
        market.place(account, WORKING, Side::Buy, middle() - TICKS as i64 - spread(number), b"");
    }
    let began = market.engine.settlements();
    let reaching = commands::place(&order(accounts as u32 + 1, Side::Sell, middle() - TICKS as i64 - 1, 1), b"");
    let measured = measure(&mut market, accounts as u32 + 1, reaching);
    report(&measured, &[("stops", stops), ("fills", market.engine.settlements() - began)]);
}

struct Measured {
    steps: Histogram<u64>,
    others: Histogram<u64>,
    total: Duration,
}

/// Runs the command that begins the work, and pulses until it is done; between them another's order comes and goes.
fn measure(market: &mut Market, account: u32, begins: CommandBuffer) -> Measured {
    let new = || Histogram::new_with_max(LONGEST_NS, 3).expect("three digits are possible");
    let mut measured = Measured { steps: new(), others: new(), total: Duration::ZERO };
    let mut step = Some(begins);
    while let Some(command) = step {
        let start = Instant::now();
        market.run(command);
        let took = start.elapsed();
        measured.total += took;
        measured.steps.saturating_record(took.as_nanos() as u64);
        let start = Instant::now();
        let order = market.place(account, OTHER, Side::Buy, middle(), b"");
        market.run(commands::cancel(account, order));
        measured.others.saturating_record(start.elapsed().as_nanos() as u64 / 2);
        let now = market.engine.timestamp_ns();
        step = market.engine.next_due().filter(|&due| due <= now).map(|_| commands::pulse());
    }
    measured
}

fn report(measured: &Measured, sizes: &[(&str, u64)]) {
    let sizes: String = sizes.iter().map(|(name, size)| format!("\"{name}\": {size}, ")).collect();
    println!(
        "{{{sizes}\"steps\": {}, \"seconds\": {}, \"step_p50_ns\": {}, \"step_p99_ns\": {}, \"step_max_ns\": {}, \"other_p99_ns\": {}}}",
        measured.steps.len(),
        measured.total.as_secs_f64(),
        measured.steps.value_at_quantile(0.5),
        measured.steps.value_at_quantile(0.99),
        measured.steps.max(),
        measured.others.value_at_quantile(0.99),
    );
}
