//! Applies the flow of some market makers to an in-memory engine and times it.
//!
//! `quotes MODE COMMANDS`: mass quotes of 20 two-sided entries each, over 500 instruments. `unchanged`: every side says what
//! it said; `moved`: every side goes a tick up or down; `hit` and `protected`: between two mass quotes as many orders as
//! there are entries take a lot each, without and with a protection that is never reached. Prints one JSON object.

use bench_native::{Records, apply_setup, commands, commands::NewOrder, fail, require_release_build};
use engine_core::command::{CommandBuffer, LongCommandBuffer, MassQuote, QuoteEntry, SetMarketMakerProtection};
use engine_core::engine::Engine;
use engine_core::event::{MassQuoted, Rejected};
use engine_core::types::{MAX_PROTECTED_FILLS, Side, TimeInForce};
use std::time::Instant;

const INSTRUMENTS: u32 = 500;
const ENTRIES: u32 = 20;
const MAKERS: u32 = 8;
const TAKER: u32 = MAKERS + 1;
const QUANTITY: i64 = 100;
/// Commands whose events are gathered before they are dropped, as a publisher would take them.
const BATCH: usize = 16;

/// Behind the set-up.
const FIRST_TIME_NS: u64 = 1 << 40;

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Unchanged,
    Moved,
    Hit,
    Protected,
}

fn setup() -> Vec<CommandBuffer> {
    let mut setup: Vec<_> = (0..=INSTRUMENTS).map(commands::create_asset).collect();
    setup.extend(
        (0..INSTRUMENTS).map(|instrument| commands::create_instrument(instrument, instrument + 1, 1, 1_000_000)),
    );
    for account in 1..=TAKER {
        setup.push(commands::create_account(account));
        setup.extend((0..=INSTRUMENTS).map(|asset| commands::deposit(account, asset, 1 << 40)));
    }
    setup
}

/// A maker's quotes of one block of instruments, around prices that are its own.
fn mass_quote(maker: u32, block: u32, shift: u32) -> LongCommandBuffer {
    let entry = |number| QuoteEntry {
        instrument: block * ENTRIES + number,
        bid_price: 10_000 - 4 * maker - shift,
        ask_price: 10_000 + 4 * maker + shift,
        bid_quantity: QUANTITY,
        ask_quantity: QUANTITY,
        ..QuoteEntry::EMPTY
    };
    let entries: Vec<_> = (0..ENTRIES).map(entry).collect();
    let body = MassQuote { quote_group: 1, quotes_len: ENTRIES as u8, ..MassQuote::EMPTY };
    LongCommandBuffer::with_entries(maker, &body, &entries)
}

/// Rounds over all makers and blocks, the first of them to open every quote.
fn flow(mode: Mode, mass_quotes: u32) -> (Records, usize) {
    let blocks = INSTRUMENTS / ENTRIES;
    let a_round = MAKERS * blocks;
    let (mut records, mut untimed, mut time_ns) = (Records::default(), 0, FIRST_TIME_NS);
    for number in 0..a_round + mass_quotes {
        let (round, maker, block) = (number / a_round, 1 + number % MAKERS, number / MAKERS % blocks);
        let shift = if mode == Mode::Moved { round % 2 } else { 0 };
        let mut push = |mut record: LongCommandBuffer| {
            time_ns += 1;
            record.set_timestamp_ns(time_ns);
            records.push(record.command());
        };
        push(mass_quote(maker, block, shift));
        untimed += usize::from(round == 0);
        if matches!(mode, Mode::Hit | Mode::Protected) && round > 0 {
            for entry in 0..ENTRIES {
                let side = if entry % 2 == 0 { Side::Buy } else { Side::Sell };
                let price = if side == Side::Buy { 20_000 } else { 1 };
                let (instrument, time_in_force) = (block * ENTRIES + entry, TimeInForce::Ioc);
                let order = NewOrder { account: TAKER, instrument, side, time_in_force, price, quantity: 1 };
                push(LongCommandBuffer::copy_of(commands::place(&order, &[]).command()));
            }
        }
    }
    (records, untimed)
}

fn main() {
    require_release_build();
    let mut arguments = std::env::args().skip(1);
    let mode = match arguments.next().as_deref() {
        Some("unchanged") => Mode::Unchanged,
        Some("moved") => Mode::Moved,
        Some("hit") => Mode::Hit,
        Some("protected") => Mode::Protected,
        _ => fail("usage: quotes unchanged|moved|hit|protected COMMANDS"),
    };
    let Some(mass_quotes) = arguments.next().and_then(|count| count.parse().ok()) else { fail("how many commands?") };

    let mut engine = Engine::default();
    apply_setup(&mut engine, setup());
    if mode == Mode::Protected {
        let limits = SetMarketMakerProtection {
            quote_group: 1,
            max_fills: MAX_PROTECTED_FILLS,
            window_ns: 1_000,
            max_quantity: 1 << 40,
            max_notional: 1 << 50,
            max_delta: 1 << 40,
        };
        apply_setup(&mut engine, (1..=MAKERS).map(|maker| CommandBuffer::new(maker, &limits)));
    }
    let (mut records, untimed) = flow(mode, mass_quotes);
    let (opening, timed) = records.split(untimed, BATCH);
    let (mut events, mut counted, mut sides) = (Vec::new(), 0, 0);
    let mut seconds = 0.0;
    for batches in [&opening, &timed] {
        let start = Instant::now();
        (counted, sides) = (0, 0);
        for batch in &batches.batches {
            engine.apply_all(batch.rest(), &mut events);
            counted += events.len();
            sides += events
                .iter()
                .filter_map(|event| event.body::<MassQuoted>())
                .map(|done| done.kept + done.changed)
                .sum::<u32>();
            if let Some(rejected) = events.iter().find_map(|event| event.body::<Rejected>()) {
                fail(format!("a command was rejected with code {}", rejected.reason));
            }
            events.clear();
        }
        seconds = start.elapsed().as_secs_f64();
    }
    println!(
        "{{\"commands\": {}, \"seconds\": {seconds}, \"events\": {counted}, \"sides\": {sides}, \"settlements\": {}}}",
        timed.commands,
        engine.settlements(),
    );
}
