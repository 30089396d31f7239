//! Reference data: assets, instruments, fee schedules, and one row per account.
//!
//! All of it is set by commands and grows by dense ids; nothing is ever removed, so an id never changes meaning.

use crate::client_ids::Window;
use crate::orders::{NIL, Orders};
use crate::types::*;
use hashbrown::HashSet;

/// A symbol in place: 1 to 16 printable ASCII characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Symbol {
    pub len: u8,
    pub bytes: [u8; SYMBOL_LEN],
}

impl Symbol {
    /// `None` unless `len` is 1 to 16 and those bytes are printable ASCII; the bytes behind are ignored.
    pub fn new(len: u8, bytes: &[u8; SYMBOL_LEN]) -> Option<Symbol> {
        let text = bytes.get(..usize::from(len))?;
        if text.is_empty() || !is_printable(text) {
            return None;
        }
        let mut symbol = Symbol { len, bytes: [0; SYMBOL_LEN] };
        symbol.bytes[..text.len()].copy_from_slice(text);
        Some(symbol)
    }

    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).expect("printable ASCII")
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Asset {
    pub class: AssetClass,
    pub decimals: u8,
    pub symbol: Symbol,
    /// Smallest amount that can be withdrawn.
    pub min_withdrawal: Amount,
}

#[derive(Clone, Copy, Debug)]
pub struct Instrument {
    pub symbol: Symbol,
    pub base: AssetId,
    pub quote: AssetId,
    /// Units of the base asset in one lot.
    pub lot_size: i64,
    /// Units of the quote asset that one lot costs per tick.
    pub tick_lot_value: i64,
    pub max_price: PriceTicks,
    /// How far a market order may trade from the best price, in basis points of it.
    pub collar_bps: u32,
    /// Why it does not trade: a bit for each [`HaltCause`] that stands.
    pub halts: u8,
    /// Whether it trades continuously, without limits and with anybody, so that there is nothing more to ask (`market`).
    pub is_plain: bool,
    pub reference: Reference,
}

/// What an instrument is worth elsewhere.
#[derive(Clone, Copy, Default, Debug)]
pub struct Reference {
    /// In ticks; 0: not known.
    pub price: u32,
    /// By the venue's own numbers.
    pub source: u32,
    /// When it was so.
    pub observed_at: u64,
}

/// What of an instrument an order needs on its way.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    pub base: AssetId,
    pub quote: AssetId,
    pub lot_size: i64,
    pub tick_lot_value: i64,
}

impl Instrument {
    #[inline]
    pub fn terms(&self) -> Terms {
        let Instrument { base, quote, lot_size, tick_lot_value, .. } = *self;
        Terms { base, quote, lot_size, tick_lot_value }
    }

    pub fn symbol(&self) -> &str {
        self.symbol.as_str()
    }

    #[inline(always)]
    pub fn is_halted(&self) -> bool {
        self.halts != 0
    }
}

/// A cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Account {
    pub sequence: u64,
    pub fee_schedule: u32,
    /// List of open orders through `Order::account_next`, oldest first.
    pub open_head: u32,
    pub open_tail: u32,
    pub open_count: u16,
    /// How many may be open for another to be taken in. More are, after it has become lower.
    pub max_open_orders: u16,
    pub pending_withdrawals: u16,
    /// Whether it may neither trade nor give anything away (`holders`).
    pub is_frozen: bool,
    /// Whether it has an obligation: then what it shows is counted (`obligations`).
    pub is_obliged: bool,
    /// Accounts of one group do not trade with each other; 0: none.
    pub group: u32,
    /// What its open orders may be worth at their limits, in any one asset; 0: any.
    pub max_open_notional: i64,
    /// Its finished orders that are remembered.
    pub window: Window,
}

const _: () = assert!(size_of::<Account>() == 64);
const _: () = assert!(ACCOUNT_OPEN_ORDERS_MAX <= u16::MAX as u32);

impl Account {
    pub fn new(fee_schedule: u32) -> Account {
        Account {
            sequence: 0,
            fee_schedule,
            open_head: NIL,
            open_tail: NIL,
            open_count: 0,
            max_open_orders: MAX_OPEN_ORDERS_PER_ACCOUNT as u16,
            pending_withdrawals: 0,
            is_frozen: false,
            is_obliged: false,
            group: 0,
            max_open_notional: 0,
            window: Window::default(),
        }
    }

    /// `None`, and nothing is set, unless all are possible.
    pub fn set_limits(&mut self, max_open_orders: u32, client_id_window: u32, max_open_notional: i64) -> Option<()> {
        let possible = (1..=ACCOUNT_OPEN_ORDERS_MAX).contains(&max_open_orders)
            && (1..=ACCOUNT_CLIENT_ID_WINDOW_MAX).contains(&client_id_window)
            && max_open_notional >= 0;
        possible.then(|| {
            self.max_open_notional = max_open_notional;
            self.max_open_orders = max_open_orders as u16;
            self.window.limit = client_id_window;
        })
    }

    /// Appends an order that is about to rest.
    #[inline(always)]
    pub fn link(&mut self, orders: &mut Orders, slot: u32) {
        match self.open_tail {
            NIL => self.open_head = slot,
            tail => orders[tail].account_next = slot,
        }
        let order = &mut orders[slot];
        order.account_prev = self.open_tail;
        order.account_next = NIL;
        self.open_tail = slot;
        self.open_count += 1;
    }

    #[inline]
    pub fn unlink(&mut self, orders: &mut Orders, slot: u32) {
        let (next, prev) = (orders[slot].account_next, orders[slot].account_prev);
        match prev {
            NIL => self.open_head = next,
            prev => orders[prev].account_next = next,
        }
        match next {
            NIL => self.open_tail = prev,
            next => orders[next].account_prev = prev,
        }
        self.open_count -= 1;
    }

    /// The slots of the account's open orders, oldest first.
    pub fn open_orders<'a>(&self, orders: &'a Orders) -> impl Iterator<Item = u32> + use<'a> {
        let mut at = self.open_head;
        std::iter::from_fn(move || {
            if at == NIL {
                return None;
            }
            let slot = at;
            at = orders[slot].account_next;
            Some(slot)
        })
    }
}

#[derive(Default)]
pub struct Registry {
    pub assets: Vec<Asset>,
    pub instruments: Vec<Instrument>,
    asset_symbols: HashSet<Symbol>,
    instrument_symbols: HashSet<Symbol>,
}

impl Registry {
    pub fn has_asset(&self, symbol: &Symbol) -> bool {
        self.asset_symbols.contains(symbol)
    }

    pub fn has_instrument(&self, symbol: &Symbol) -> bool {
        self.instrument_symbols.contains(symbol)
    }

    pub fn add_asset(&mut self, asset: Asset) {
        self.asset_symbols.insert(asset.symbol);
        self.assets.push(asset);
    }

    pub fn add_instrument(&mut self, instrument: Instrument) {
        self.instrument_symbols.insert(instrument.symbol);
        self.instruments.push(instrument);
    }
}
