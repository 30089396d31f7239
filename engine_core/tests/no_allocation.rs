//! In steady state a command allocates nothing, and a state hash a buffer: counted by an allocator that wraps the system's.
//!
//! Steady state: accounts, instruments and client ids as many as before, no more orders open than there have been.

use engine_core::command::{
    CancelAll, CommandBuffer, CreateAccount, CreateAsset, CreateInstrument, Deposit, LongCommandBuffer, MassQuote,
    Place, QuoteEntry, ResetMarketMakerProtection, SetMarketMakerProtection, SetObligation,
};
use engine_core::engine::Engine;
use engine_core::event::{Event, kind as event_kind};
use engine_core::types::*;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

const ACCOUNTS: u32 = 20;
const WARM_UP: u64 = 100_000;
const MEASURED: u64 = 100_000;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: every call is passed on to the system's allocator unchanged; the counters neither allocate nor unwind.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        BYTES.set(BYTES.get() + layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the pointer came from `alloc` above, so from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A xorshift generator: the same flow every time, without a crate that might allocate.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

fn apply<const WORDS: usize>(engine: &mut Engine, events: &mut Vec<Event>, mut command: CommandBuffer<WORDS>) {
    command.set_timestamp_ns(engine.sequence() + 1);
    events.clear();
    engine.apply(command.command(), events);
}

fn venue(events: &mut Vec<Event>) -> Engine {
    let mut engine = Engine::default();
    for (asset, class) in [(0, AssetClass::Stablecoin), (1, AssetClass::Equity)] {
        let mut symbol = [0; SYMBOL_LEN];
        symbol[0] = b'A' + asset as u8;
        let asset_class = class as u8;
        let body = CreateAsset { asset, asset_class, symbol_len: 1, symbol, min_withdrawal: 1, ..CreateAsset::EMPTY };
        apply(&mut engine, events, CommandBuffer::new(0, &body));
    }
    let body = CreateInstrument {
        instrument: 0,
        base: 1,
        quote: 0,
        collar_bps: 500,
        lot_size: 10,
        tick_lot_value: 7,
        max_price: 1_000,
        symbol_len: 1,
        symbol: *b"AB\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        ..CreateInstrument::EMPTY
    };
    apply(&mut engine, events, CommandBuffer::new(0, &body));
    for account in 1..=ACCOUNTS {
        apply(&mut engine, events, CommandBuffer::new(account, &CreateAccount::EMPTY));
        for asset in [0, 1] {
            let body = Deposit { asset, amount: 1 << 40, ..Deposit::EMPTY };
            apply(&mut engine, events, CommandBuffer::new(account, &body));
        }
    }
    engine
}

fn unused_id(engine: &Engine) -> [u8; 16] {
    std::array::from_fn(|digit| b'a' + (engine.sequence() >> (4 * digit) & 15) as u8)
}

/// Places with client ids around one price, so that orders rest, match and are cancelled; counts fills.
fn trade(engine: &mut Engine, events: &mut Vec<Event>, random: &mut Random, commands: u64) -> u64 {
    let mut fills = 0;
    for number in 0..commands {
        let account = 1 + random.below(u64::from(ACCOUNTS)) as u32;
        if number % 50 == 49 {
            apply(engine, events, CommandBuffer::new(account, &CancelAll::EMPTY));
            continue;
        }
        let client_order_id = unused_id(engine);
        let order = Place {
            side: random.below(2) as u8,
            stp: random.below(3) as u8,
            price: 490 + random.below(20) as i64,
            quantity: 1 + random.below(20) as i64,
            client_order_id_len: client_order_id.len() as u8,
            ..Place::EMPTY
        };
        apply(engine, events, CommandBuffer::with_text(account, &order, &client_order_id));
        fills += events.iter().filter(|event| event.kind == event_kind::FILL).count() as u64;
    }
    fills
}

#[test]
fn no_command_allocates_in_steady_state() {
    let mut events = Vec::with_capacity(1 << 16);
    let mut engine = venue(&mut events);
    let mut random = Random(1);
    trade(&mut engine, &mut events, &mut random, WARM_UP);
    let before = ALLOCATIONS.get();
    let fills = trade(&mut engine, &mut events, &mut random, MEASURED);
    assert_eq!(ALLOCATIONS.get() - before, 0, "allocations in {MEASURED} commands");
    assert!(fills > MEASURED / 4, "too few fills to mean anything: {fills}");
}

/// Quotes that follow a price, are hit, are owed, and are protected: the third fill within a thousand commands blocks.
fn quote(engine: &mut Engine, events: &mut Vec<Event>, random: &mut Random, commands: u64) -> u64 {
    let mut breaches = 0;
    for _ in 0..commands {
        let account = 1 + random.below(u64::from(ACCOUNTS)) as u32;
        let price = 490 + random.below(20) as u32;
        match random.below(4) {
            0 => {
                let (side, price) = (random.below(2) as u8, i64::from(price));
                let quantity = 1 + random.below(3) as i64;
                let order = Place { side, price, quantity, time_in_force: 1, ..Place::EMPTY };
                apply(engine, events, CommandBuffer::new(account, &order));
            }
            1 => {
                let body = ResetMarketMakerProtection { quote_group: 1, ..ResetMarketMakerProtection::EMPTY };
                apply(engine, events, CommandBuffer::new(account, &body));
            }
            _ => {
                let body = MassQuote { quote_group: 1, quotes_len: 1, ..MassQuote::EMPTY };
                let (bid_quantity, ask_quantity) = (random.below(5) as i64, random.below(5) as i64);
                let entry = QuoteEntry {
                    bid_price: price,
                    ask_price: price + 2,
                    bid_quantity,
                    ask_quantity,
                    ..QuoteEntry::EMPTY
                };
                apply(engine, events, LongCommandBuffer::with_entries(account, &body, &[entry]));
            }
        }
        breaches += events.iter().filter(|event| event.kind == event_kind::PROTECTION_TRIGGERED).count() as u64;
    }
    breaches
}

#[test]
fn no_quote_allocates_in_steady_state() {
    let mut events = Vec::with_capacity(1 << 16);
    let mut engine = venue(&mut events);
    for account in 1..=ACCOUNTS {
        let body = SetMarketMakerProtection {
            quote_group: 1,
            max_fills: 3,
            window_ns: 1_000,
            ..SetMarketMakerProtection::EMPTY
        };
        apply(&mut engine, &mut events, CommandBuffer::new(account, &body));
        let body = SetObligation { max_spread: 2, min_quantity: 2, required_bps: 1, ..SetObligation::EMPTY };
        apply(&mut engine, &mut events, CommandBuffer::new(account, &body));
    }
    let mut random = Random(1);
    quote(&mut engine, &mut events, &mut random, WARM_UP);
    let before = ALLOCATIONS.get();
    let breaches = quote(&mut engine, &mut events, &mut random, MEASURED);
    assert_eq!(ALLOCATIONS.get() - before, 0, "allocations in {MEASURED} commands");
    assert!(breaches > MEASURED / 100, "too few breaches to mean anything: {breaches}");
    let met: u64 = engine.obligations().map(|(_, obligation)| obligation.served(engine.timestamp_ns()).met_ns).sum();
    assert!(met > MEASURED / 100, "obligations are met too rarely to mean anything: {met}");
}

/// Counts what is written to it, and keeps nothing.
struct Length(usize);

impl std::io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_state_hash_allocates_a_buffer_and_no_image() {
    const BUFFER_BYTES: usize = 64 << 10;
    const ORDERS: u64 = 30_000;
    let mut events = Vec::new();
    let mut engine = venue(&mut events);
    for number in 0..ORDERS {
        let order = Place { price: 1 + (number % 400) as i64, quantity: 1, ..Place::EMPTY };
        let account = 1 + (number % u64::from(ACCOUNTS)) as u32;
        apply(&mut engine, &mut events, CommandBuffer::new(account, &order));
    }
    let mut image = Length(0);
    engine.write_image(&mut image).unwrap();
    assert!(image.0 > 20 * BUFFER_BYTES, "{} bytes are too few to mean anything", image.0);
    let before = BYTES.get();
    let hash = engine.state_hash();
    let allocated = BYTES.get() - before;
    assert!(allocated < 2 * BUFFER_BYTES, "{allocated} bytes allocated for an image of {}", image.0);
    assert_ne!(hash, Engine::default().state_hash());
}
