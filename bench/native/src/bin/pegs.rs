//! Moves the best displayed price of a book with every command, and times that.
//!
//! `pegs MOVES PEGS`: PEGS orders rest that follow the best prices, by every reference, at a thousand limits; a maker moves
//! its bid and its offer nearer to each other by a tick and back, in turn. Prints one JSON object.

use bench_native::commands::{self, NewOrder};
use bench_native::market::{Market, middle};
use bench_native::{Records, fail, require_release_build};
use engine_core::types::{MAX_OPEN_ORDERS_PER_ACCOUNT, MAX_PEG_OFFSET, PegReference, Side, TimeInForce};
use std::time::Instant;

const REFERENCES: [PegReference; 3] = [PegReference::Primary, PegReference::Market, PegReference::Midpoint];
const LIMITS: u64 = 1_000;
/// Between the best prices before any moves: less than an offset, so no peg reaches the other side.
const SPREAD: i64 = 10;
const PEG_OFFSET: u8 = MAX_PEG_OFFSET as u8;
const MAKER: u32 = 1;
/// Commands whose events are gathered before they are dropped, as a publisher would take them.
const BATCH: usize = 16;

fn main() {
    require_release_build();
    let numbers: Vec<u64> = std::env::args().skip(1).map_while(|argument| argument.parse().ok()).collect();
    let [moves, pegs] = numbers[..] else { fail("usage: pegs MOVES PEGS") };

    let peggers = pegs.div_ceil(MAX_OPEN_ORDERS_PER_ACCOUNT as u64);
    let mut market = Market::new(1, 1, peggers + 1);
    let (bid, ask) = (middle(), middle() + SPREAD);
    let bid_id = market.place(MAKER, 0, Side::Buy, bid, b"");
    let ask_id = market.place(MAKER, 0, Side::Sell, ask, b"");
    for number in 0..pegs {
        let side = if number % 2 == 0 { Side::Buy } else { Side::Sell };
        // Half of the limits bind.
        let distance = (number / 2 % LIMITS) as i64 - LIMITS as i64 / 2;
        let price = if side == Side::Buy { bid - distance } else { ask + distance };
        let account = MAKER + 1 + (number % peggers) as u32;
        let order = NewOrder { account, instrument: 0, side, time_in_force: TimeInForce::Gtc, price, quantity: 1 };
        market.run(commands::place_peg(&order, REFERENCES[number as usize % 3], PEG_OFFSET));
    }

    let mut records = Records::default();
    let first_time_ns = market.engine.timestamp_ns() + 1;
    for number in 0..moves {
        let nearer = i64::from(number % 4 < 2);
        let (order_id, price) = if number % 2 == 0 { (bid_id, bid + nearer) } else { (ask_id, ask - nearer) };
        let mut command = commands::amend(MAKER, order_id, price, 1);
        command.set_timestamp_ns(first_time_ns + number);
        records.push(command.command());
    }
    let (_, timed) = records.split(0, BATCH);
    let (mut events, mut counted) = (Vec::new(), 0);
    let start = Instant::now();
    for batch in &timed.batches {
        market.engine.apply_all(batch.rest(), &mut events);
        counted += events.len();
        events.clear();
    }
    let seconds = start.elapsed().as_secs_f64();
    if counted as u64 != moves || market.engine.settlements() > 0 {
        fail(format!("{counted} events of {moves} moves, {} trades", market.engine.settlements()));
    }
    println!("{{\"commands\": {moves}, \"seconds\": {seconds}, \"pegs\": {pegs}}}");
}
