//! What a replay takes away: rows of trades, fills, best prices, levels and bars, collected column by column while messages are
//! applied. Whoever writes them takes a table's columns out whenever it has enough rows, so no table grows with the tape.

use super::{Action, Depth, Message, Settlement, Tells, Traded};
use crate::book::LevelView;
use crate::types::{PriceTicks, QuantityLots, Side};
use zerocopy::IntoBytes;

const SECOND_NS: u64 = 1_000_000_000;
const MINUTE_NS: u64 = 60 * SECOND_NS;

/// What is collected.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Wanted {
    pub trades: bool,
    /// Only a market has some.
    pub fills: bool,
    pub top: bool,
    pub depth: Option<Sampled>,
    pub bars: bool,
    pub rates: bool,
}

/// How much of the levels is collected, and how often.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sampled {
    /// Of a side, from its best on.
    pub levels: usize,
    /// Of the tape's time; 0: at every change.
    pub every_ns: u64,
}

/// A table: columns of equal length, by name, as the bytes of their numbers in the machine's order.
pub trait Table {
    fn rows(&self) -> usize;
    fn columns(&self) -> Vec<(&'static str, &[u8])>;
    /// Goes on without the rows so far.
    fn clear(&mut self);
}

macro_rules! table {
    ($(#[$told:meta])* $table:ident of $row:ident { $($(#[$about:meta])* $column:ident: $kind:ty,)* }) => {
        $(#[$told])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        struct $row {
            $($(#[$about])* $column: $kind,)*
        }

        #[derive(Default)]
        struct $table {
            $($column: Vec<$kind>,)*
        }

        impl $table {
            fn push(&mut self, row: $row) {
                $(self.$column.push(row.$column);)*
            }
        }

        impl Table for $table {
            fn rows(&self) -> usize {
                [$(self.$column.len(),)*][0]
            }

            fn columns(&self) -> Vec<(&'static str, &[u8])> {
                vec![$((stringify!($column), self.$column.as_bytes()),)*]
            }

            fn clear(&mut self) {
                $(self.$column.clear();)*
            }
        }
    };
}

table! {
    /// What was traded.
    Trades of Trade {
        /// Of the tape, from 1.
        message: u64,
        time_ns: u64,
        instrument: u16,
        price: u32,
        quantity: i64,
        /// 0: buys, 1: sells, 2: nobody knows.
        aggressor: u8,
        /// 0: of an order at its price, 1: of an order at another one, 2: of orders that nobody saw.
        kind: u8,
        /// 0: a part of what another trade tells as a whole.
        printed: u8,
    }
}

table! {
    /// What was settled.
    Fills of Fill {
        message: u64,
        time_ns: u64,
        instrument: u16,
        price: u32,
        quantity: i64,
        maker: u32,
        taker: u32,
        /// The exchange's number.
        maker_order: u64,
        cash: i64,
        fee: i64,
    }
}

table! {
    /// The best of both sides; all 0 where there is none.
    Tops of Top {
        message: u64,
        time_ns: u64,
        instrument: u16,
        bid_price: u32,
        bid_quantity: i64,
        bid_orders: u32,
        ask_price: u32,
        ask_quantity: i64,
        ask_orders: u32,
    }
}

table! {
    /// A level of a side; price, quantity and orders of the first are 0 where there is none.
    Levels of Level {
        message: u64,
        time_ns: u64,
        instrument: u16,
        side: u8,
        level: u16,
        price: u32,
        quantity: i64,
        orders: u32,
    }
}

table! {
    /// The trades of a minute.
    Bars of Bar {
        /// When it began.
        time_ns: u64,
        instrument: u16,
        open: u32,
        high: u32,
        low: u32,
        close: u32,
        volume: i64,
        notional: i128,
        trades: i64,
    }
}

table! {
    /// How many messages there were in a second.
    Rates of Rate {
        /// When it began.
        time_ns: u64,
        instrument: u16,
        messages: i64,
    }
}

/// One row an instrument for each stretch of time in which something happened.
struct PerTime<R> {
    stretch_ns: u64,
    began_ns: u64,
    /// By instrument.
    rows: Vec<Option<R>>,
    /// Those that have one.
    instruments: Vec<u16>,
}

impl<R> PerTime<R> {
    fn new(stretch_ns: u64) -> PerTime<R> {
        PerTime { stretch_ns, began_ns: 0, rows: Vec::new(), instruments: Vec::new() }
    }

    /// Goes on to a time; what was collected until then if it is of an earlier stretch, by instrument.
    fn reach(&mut self, now_ns: u64, push: impl FnMut(R)) {
        if now_ns - self.began_ns >= self.stretch_ns {
            self.end(push);
            self.began_ns = now_ns - now_ns % self.stretch_ns;
        }
    }

    fn end(&mut self, push: impl FnMut(R)) {
        self.instruments.sort_unstable();
        self.instruments.drain(..).filter_map(|instrument| self.rows[usize::from(instrument)].take()).for_each(push);
    }

    fn row(&mut self, instrument: u16) -> &mut Option<R> {
        let at = usize::from(instrument);
        if at >= self.rows.len() {
            self.rows.resize_with(at + 1, || None);
        }
        if self.rows[at].is_none() {
            self.instruments.push(instrument);
        }
        &mut self.rows[at]
    }
}

const NO_LEVEL: LevelView = LevelView { price: PriceTicks(0), quantity: QuantityLots(0), orders: 0 };

/// What is known of an instrument.
struct Seen {
    top: [LevelView; 2],
    /// As they were last collected.
    levels: [Vec<LevelView>; 2],
    /// Whether its levels are to be looked at when the time comes.
    is_due: bool,
}

/// Collects rows.
pub struct Recorder {
    wanted: Wanted,
    tells: Tells,
    /// Of a table, when it is full.
    rows: usize,
    from_ns: u64,
    /// The last of the tape.
    message: u64,
    /// The latest that was told.
    now_ns: u64,
    trades: Trades,
    fills: Fills,
    top: Tops,
    depth: Levels,
    bars: Bars,
    rates: Rates,
    /// By instrument.
    seen: Vec<Option<Box<Seen>>>,
    /// Instruments whose levels are to be looked at, and when.
    due: Vec<u16>,
    due_ns: u64,
    minute: PerTime<Bar>,
    second: PerTime<Rate>,
}

impl Recorder {
    /// Of what comes behind so many `messages` of the tape and is not before a time; a table is full with so many `rows`.
    pub fn new(wanted: Wanted, tells: Tells, messages: u64, from_ns: u64, rows: usize) -> Recorder {
        Recorder {
            wanted,
            tells,
            rows,
            from_ns,
            message: messages,
            now_ns: 0,
            trades: Trades::default(),
            fills: Fills::default(),
            top: Tops::default(),
            depth: Levels::default(),
            bars: Bars::default(),
            rates: Rates::default(),
            seen: Vec::new(),
            due: Vec::new(),
            due_ns: 0,
            minute: PerTime::new(MINUTE_NS),
            second: PerTime::new(SECOND_NS),
        }
    }

    /// The tables that are collected, by name.
    pub fn tables(&mut self) -> Vec<(&'static str, &mut dyn Table)> {
        let Recorder { wanted, trades, fills, top, depth, bars, rates, .. } = self;
        let all: [(bool, &'static str, &mut dyn Table); 6] = [
            (wanted.trades, "trades", trades),
            (wanted.fills, "fills", fills),
            (wanted.top, "top", top),
            (wanted.depth.is_some(), "depth", depth),
            (wanted.bars, "bars", bars),
            (wanted.rates, "rates", rates),
        ];
        all.into_iter().filter(|(is_wanted, ..)| *is_wanted).map(|(_, name, table)| (name, table)).collect()
    }

    /// Whether a table has as many rows as it is to have before they are taken out.
    pub fn is_full(&self) -> bool {
        let most = [
            self.trades.rows(),
            self.fills.rows(),
            self.top.rows(),
            self.depth.rows(),
            self.bars.rows(),
            self.rates.rows(),
        ];
        most.into_iter().any(|rows| rows >= self.rows)
    }

    /// Looks at what a message is about, before it is applied.
    pub fn before(&mut self, depth: &dyn Depth, message: &Message) {
        if message.time_ns > self.now_ns {
            self.now_ns = message.time_ns;
            if !self.due.is_empty() && self.now_ns > self.due_ns {
                self.sample(depth, self.due_ns);
            }
            self.minute.reach(self.now_ns, |bar| self.bars.push(bar));
            self.second.reach(self.now_ns, |rate| self.rates.push(rate));
        }
        let at = usize::from(message.instrument);
        if self.looks_at(message) && self.seen.get(at).is_none_or(Option::is_none) {
            self.begin(depth, message.instrument);
        }
    }

    /// Whether it may change levels of which something is collected.
    fn looks_at(&self, message: &Message) -> bool {
        message.time_ns >= self.from_ns && !matches!(message.action, Action::Nothing | Action::Trade)
    }

    /// Knows an instrument from now on.
    #[cold]
    fn begin(&mut self, depth: &dyn Depth, instrument: u16) {
        let at = usize::from(instrument);
        if at >= self.seen.len() {
            self.seen.resize_with(at + 1, || None);
        }
        let count = self.wanted.depth.map_or(0, |sampled| sampled.levels);
        let levels = [Side::Buy, Side::Sell].map(|side| {
            let mut levels = Vec::new();
            look(depth, (instrument, side), count, &mut levels);
            levels
        });
        self.seen[at] = Some(Box::new(Seen { top: top(depth, instrument), levels, is_due: false }));
    }

    /// Collects what a message has led to: what was `traded`, and how its instrument stands.
    pub fn after(&mut self, depth: &dyn Depth, message: &Message, traded: &mut Vec<Traded>) {
        self.message += 1;
        if message.time_ns < self.from_ns {
            traded.clear();
            return;
        }
        traded.drain(..).for_each(|traded| self.executed(message, &traded));
        if message.action == Action::Trade {
            self.unseen(message);
        }
        if self.wanted.rates && message.action != Action::Nothing {
            let began = Rate { time_ns: self.second.began_ns, instrument: message.instrument, messages: 0 };
            self.second.row(message.instrument).get_or_insert(began).messages += 1;
        }
        if self.looks_at(message) {
            if self.wanted.top {
                self.look_at_top(depth, message);
            }
            if let Some(sampled) = self.wanted.depth {
                self.look_at_depth(depth, message, sampled);
            }
        }
    }

    fn executed(&mut self, message: &Message, traded: &Traded) {
        let Traded { price, quantity, aggressor, settlement } = *traded;
        let kind = u8::from(message.action != Action::Execute);
        self.traded(message, price, quantity, aggressor as u8, kind);
        if let (true, Some(settlement)) = (self.wanted.fills, settlement) {
            let Settlement { maker, taker, maker_order, cash, fee } = settlement;
            let Message { time_ns, instrument, .. } = *message;
            let message = self.message;
            self.fills.push(Fill {
                message,
                time_ns,
                instrument,
                price,
                quantity,
                maker,
                taker,
                maker_order,
                cash,
                fee,
            });
        }
    }

    fn unseen(&mut self, message: &Message) {
        const UNKNOWN: u8 = 2;
        let aggressor = if self.tells.trade_sides { message.side.opposite() as u8 } else { UNKNOWN };
        let quantity = i64::try_from(message.quantity).unwrap_or(i64::MAX);
        if quantity > 0 && message.price > 0 {
            self.traded(message, message.price, quantity, aggressor, 2);
        }
    }

    fn traded(&mut self, message: &Message, price: u32, quantity: i64, aggressor: u8, kind: u8) {
        let Message { time_ns, instrument, action, .. } = *message;
        let is_part = self.tells.executions_twice && action != Action::Trade;
        let is_printed = !is_part && action != Action::ExecuteUnprinted;
        if self.wanted.trades {
            let (message, printed) = (self.message, u8::from(is_printed));
            self.trades.push(Trade { message, time_ns, instrument, price, quantity, aggressor, kind, printed });
        }
        if self.wanted.bars && is_printed {
            let began = Bar {
                time_ns: self.minute.began_ns,
                instrument,
                open: price,
                high: price,
                low: price,
                close: price,
                volume: 0,
                notional: 0,
                trades: 0,
            };
            let bar = self.minute.row(instrument).get_or_insert(began);
            bar.high = bar.high.max(price);
            bar.low = bar.low.min(price);
            bar.close = price;
            bar.volume = bar.volume.saturating_add(quantity);
            bar.notional += i128::from(price) * i128::from(quantity);
            bar.trades += 1;
        }
    }

    fn look_at_top(&mut self, depth: &dyn Depth, message: &Message) {
        let Message { time_ns, instrument, .. } = *message;
        let Some(Some(seen)) = self.seen.get_mut(usize::from(instrument)) else { return };
        let now = top(depth, instrument);
        if now == seen.top {
            return;
        }
        seen.top = now;
        let [bid, ask] = now;
        self.top.push(Top {
            message: self.message,
            time_ns,
            instrument,
            bid_price: bid.price.0 as u32,
            bid_quantity: bid.quantity.0,
            bid_orders: bid.orders,
            ask_price: ask.price.0 as u32,
            ask_quantity: ask.quantity.0,
            ask_orders: ask.orders,
        });
    }

    fn look_at_depth(&mut self, depth: &dyn Depth, message: &Message, sampled: Sampled) {
        if sampled.every_ns == 0 {
            return self.collect(depth, message.instrument, message.time_ns, sampled.levels);
        }
        let Some(Some(seen)) = self.seen.get_mut(usize::from(message.instrument)) else { return };
        if !seen.is_due {
            seen.is_due = true;
            self.due.push(message.instrument);
            self.due_ns = self.now_ns.div_ceil(sampled.every_ns).saturating_mul(sampled.every_ns);
        }
    }

    /// Collects what has changed in the levels of all instruments that are due.
    fn sample(&mut self, depth: &dyn Depth, time_ns: u64) {
        let Some(Sampled { levels, .. }) = self.wanted.depth else { return };
        let mut due = std::mem::take(&mut self.due);
        due.sort_unstable();
        for &instrument in &due {
            self.collect(depth, instrument, time_ns, levels);
            if let Some(Some(seen)) = self.seen.get_mut(usize::from(instrument)) {
                seen.is_due = false;
            }
        }
        due.clear();
        self.due = due;
    }

    /// Collects each side whose levels are not as they last were.
    fn collect(&mut self, depth: &dyn Depth, instrument: u16, time_ns: u64, count: usize) {
        let Some(Some(seen)) = self.seen.get_mut(usize::from(instrument)) else { return };
        for side in [Side::Buy, Side::Sell] {
            let levels = &mut seen.levels[side as usize];
            if !look(depth, (instrument, side), count, levels) {
                continue;
            }
            let none = levels.is_empty().then_some(&NO_LEVEL);
            for (level, view) in (1..).zip(levels.iter().chain(none)) {
                self.depth.push(Level {
                    message: self.message,
                    time_ns,
                    instrument,
                    side: side as u8,
                    level,
                    price: view.price.0 as u32,
                    quantity: view.quantity.0,
                    orders: view.orders,
                });
            }
        }
    }

    /// Collects what would have come with the next message: the tape has none, or nobody asks for it.
    pub fn end(&mut self, depth: &dyn Depth) {
        self.sample(depth, self.now_ns);
        self.minute.end(|bar| self.bars.push(bar));
        self.second.end(|rate| self.rates.push(rate));
    }
}

fn top(depth: &dyn Depth, instrument: u16) -> [LevelView; 2] {
    [Side::Buy, Side::Sell].map(|side| depth.best(instrument, side).unwrap_or(NO_LEVEL))
}

/// Brings the first `count` levels of a side up to date; returns whether they were not.
fn look(depth: &dyn Depth, (instrument, side): (u16, Side), count: usize, levels: &mut Vec<LevelView>) -> bool {
    let (mut at, mut is_new) = (0, false);
    if count > 0 {
        depth.look(instrument, side, &mut |level| {
            if let Some(known) = levels.get_mut(at) {
                is_new |= *known != level;
                *known = level;
            } else {
                is_new = true;
                levels.push(level);
            }
            at += 1;
            at < count
        });
    }
    is_new |= at < levels.len();
    levels.truncate(at);
    is_new
}
