//! In steady state a command allocates nothing, and a state hash a buffer: counted by an allocator that wraps the system's.
//!
//! Steady state: accounts, instruments and client ids as many as before, no more orders open than there have been.

use engine_core::command::{Command, CreateAccount, CreateAsset, CreateInstrument, MoneyMovement, OrderEntry, kind};
use engine_core::engine::Engine;
use engine_core::event::{Event, kind as event_kind};
use engine_core::types::*;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use zerocopy::{Immutable, IntoBytes};

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

fn apply<B: IntoBytes + Immutable>(engine: &mut Engine, events: &mut Vec<Event>, kind: u8, account: u32, body: &B) {
    let mut command = Command::new(kind, account, body);
    command.sequence = engine.sequence() + 1;
    command.timestamp_ns = command.sequence;
    events.clear();
    engine.apply(&command, events);
}

fn venue(events: &mut Vec<Event>) -> Engine {
    let mut engine = Engine::new();
    for (asset, class) in [(0, AssetClass::Stablecoin), (1, AssetClass::Equity)] {
        let mut symbol = [0; SYMBOL_LEN];
        symbol[0] = b'A' + asset as u8;
        let class = class as u8;
        let body = CreateAsset { asset, class, decimals: 6, symbol_len: 1, reserved: 0, symbol, unused: [0; 6] };
        apply(&mut engine, events, kind::CREATE_ASSET, 0, &body);
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
        reserved: [0; 7],
        symbol: *b"AB\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        unused: 0,
    };
    apply(&mut engine, events, kind::CREATE_INSTRUMENT, 0, &body);
    for account in 1..=ACCOUNTS {
        let body = CreateAccount { fee_schedule: 0, reserved: 0, unused: [0; 8] };
        apply(&mut engine, events, kind::CREATE_ACCOUNT, account, &body);
        for asset in [0, 1] {
            let body = MoneyMovement { asset, to_account: 0, amount: 1 << 40, unused: [0; 7] };
            apply(&mut engine, events, kind::DEPOSIT, account, &body);
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
            apply(engine, events, kind::CANCEL_ALL, account, &OrderEntry { instrument: 0, ..OrderEntry::EMPTY });
            continue;
        }
        let order = OrderEntry {
            instrument: 0,
            side: random.below(2) as u8,
            stp: random.below(3) as u8,
            price: 490 + random.below(20) as i64,
            quantity: 1 + random.below(20) as i64,
            ..OrderEntry::EMPTY
        };
        apply(engine, events, kind::PLACE, account, &order.with_client_order_id(&unused_id(engine)));
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
    const ORDERS: u64 = 20_000;
    let mut events = Vec::new();
    let mut engine = venue(&mut events);
    for number in 0..ORDERS {
        let order = OrderEntry { price: 1 + (number % 400) as i64, quantity: 1, ..OrderEntry::EMPTY };
        apply(&mut engine, &mut events, kind::PLACE, 1 + (number % u64::from(ACCOUNTS)) as u32, &order);
    }
    let mut image = Length(0);
    engine.write_image(&mut image).unwrap();
    assert!(image.0 > 20 * BUFFER_BYTES, "{} bytes are too few to mean anything", image.0);
    let before = BYTES.get();
    let hash = engine.state_hash();
    let allocated = BYTES.get() - before;
    assert!(allocated < 2 * BUFFER_BYTES, "{allocated} bytes allocated for an image of {}", image.0);
    assert_ne!(hash, Engine::new().state_hash());
}
