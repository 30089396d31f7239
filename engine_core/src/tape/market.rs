//! A venue that trades what a tape says: its orders belong to funded participants, its executions are orders of other
//! participants, and every fill is charged and settled. Only ordinary commands are used.
//!
//! Where the tape and the rules disagree, the tape wins: whoever stands before an execution steps aside for it and comes back
//! where he was; whoever stands where a new order would trade is cancelled.

use super::counts::{Counts, Disagreement};
use super::{Action, ByKey, Depth, Key, Message, Numbering, Settlement, TapeError, Traded, crosses};
use crate::book::LevelView;
use crate::command::{
    Amend, Body, Cancel, CommandBuffer, CreateAccount, CreateAsset, CreateInstrument, Deposit, Place, SetAccount,
    SetFeeSchedule,
};
use crate::engine::{Engine, Start, is_better};
use crate::event::{Accepted, Event, Fill, Rejected};
use crate::types::*;
use crate::venue::Venue;

/// Accounts 1 to this.
pub const PARTICIPANTS: u32 = 1_000;
const QUOTE: u32 = 0;
const DECIMALS: u8 = 6;
const UNITS: i64 = 1_000_000;
/// Of every asset that a participant trades: the sum over all stays an amount.
const FUNDS: i64 = MAX_AMOUNT / PARTICIPANTS as i64;
const FEE_SCHEDULE: u32 = 1;
/// Hundredths of a basis point: takers pay one basis point, makers nothing.
const TAKER_RATE: u32 = 100;
/// Commands between two looks at whether the journal's writer is idle.
const COMMIT_INTERVAL: u64 = 2_048;

/// What was settled.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Settled {
    pub fills: u64,
    pub quantity: u64,
    /// In millionths of the currency.
    pub notional: u64,
    /// Orders that stepped aside for an execution, and came back.
    pub stepped_aside: u64,
    /// Orders that were cancelled because a new one would have traded with them.
    pub in_the_way: u64,
    /// Commands that the engine refused, whatever the reason.
    pub refused: u64,
}

/// An order of the tape in the engine's book.
#[derive(Clone, Copy)]
struct Resting {
    id: OrderId,
    account: u32,
    quantity: i64,
    leaves: i64,
    price: u32,
    side: Side,
}

/// An instrument of the tape that the engine has.
struct Listed {
    instrument: u32,
    /// By participant: whether it has its funds of the base.
    funded: Box<[bool]>,
}

pub struct Market {
    venue: Venue,
    events: Vec<Event>,
    resting: ByKey<Resting>,
    /// By slot: whose order is in it.
    keys: Vec<Key>,
    /// By the tape's number.
    listed: Vec<Option<Listed>>,
    instruments: u32,
    /// Of every instrument: millionths of the currency that one unit costs per smallest step of the price.
    tick_lot_value: i64,
    now_ns: u64,
    counts: Counts,
    settled: Settled,
    /// Why the first command was refused that was.
    first_refusal: Option<RejectCode>,
    /// What was traded, if somebody asks.
    noted: Option<Vec<Traded>>,
}

impl Market {
    /// Opens for trading: participants exist, and have cash. The venue must be a new one.
    pub fn open(venue: Venue, price_scale: u32) -> Result<Market, TapeError> {
        if price_scale == 0 || UNITS % i64::from(price_scale) != 0 {
            return Err(TapeError::Engine(format!(
                "a market counts in millionths of the currency, and {price_scale} steps of the price make one of it"
            )));
        }
        let mut market = Market {
            venue,
            events: Vec::new(),
            resting: ByKey::default(),
            keys: Vec::new(),
            listed: Vec::new(),
            instruments: 0,
            tick_lot_value: UNITS / i64::from(price_scale),
            now_ns: 0,
            counts: Counts::default(),
            settled: Settled::default(),
            first_refusal: None,
            noted: None,
        };
        market.create_asset(QUOTE, AssetClass::Stablecoin, symbol("USD"))?;
        market.set_up(
            0,
            &SetFeeSchedule { fee_schedule: FEE_SCHEDULE, taker_rate: TAKER_RATE, ..SetFeeSchedule::EMPTY },
        )?;
        for account in 1..=PARTICIPANTS {
            market.set_up(account, &CreateAccount { fee_schedule: FEE_SCHEDULE, ..CreateAccount::EMPTY })?;
            let limits = SetAccount {
                fee_schedule: FEE_SCHEDULE,
                max_open_orders: ACCOUNT_OPEN_ORDERS_MAX,
                client_id_window: 1,
                ..SetAccount::EMPTY
            };
            market.set_up(account, &limits)?;
            market.set_up(account, &Deposit { asset: QUOTE, amount: FUNDS, ..Deposit::EMPTY })?;
        }
        Ok(market)
    }

    /// Of orders whose numbers are these.
    pub fn numbered(self, numbering: Numbering) -> Market {
        Market { resting: ByKey::with_hasher(numbering), ..self }
    }

    pub fn settled(&self) -> &Settled {
        &self.settled
    }

    pub fn first_refusal(&self) -> Option<RejectCode> {
        self.first_refusal
    }

    pub fn engine(&self) -> &Engine {
        self.venue.engine()
    }

    /// Whether every asset is all there: what accounts have is what they were given.
    pub fn is_conserved(&self) -> bool {
        (0..=self.instruments).map(AssetId).all(|asset| self.engine().total(asset) == self.engine().issued(asset))
    }

    /// What the takers have paid.
    pub fn fees(&self) -> i64 {
        self.engine().balance(VENUE_ACCOUNT, AssetId(QUOTE)).map_or(0, |balance| balance.available.0 + balance.held.0)
    }

    // Commands, and what is known of orders

    #[inline]
    fn run<B: Body>(&mut self, account: u32, body: &B) -> Result<(), TapeError> {
        if self.venue.is_full() {
            self.venue.commit_waiting()?;
        } else if self.venue.engine().sequence().is_multiple_of(COMMIT_INTERVAL) {
            self.venue.commit()?;
        }
        self.events.clear();
        self.venue.submit(&mut CommandBuffer::new(account, body), self.now_ns, &mut self.events);
        Ok(())
    }

    /// As [`Market::run`]: what must not be refused.
    fn set_up<B: Body>(&mut self, account: u32, body: &B) -> Result<(), TapeError> {
        self.run(account, body)?;
        match self.refusal() {
            Some(code) => Err(TapeError::Engine(format!("the engine refused what the replay needs: {code:?}"))),
            None => Ok(()),
        }
    }

    fn create_asset(
        &mut self,
        asset: u32,
        class: AssetClass,
        (symbol_len, symbol): (u8, [u8; SYMBOL_LEN]),
    ) -> Result<(), TapeError> {
        let (asset_class, decimals, min_withdrawal) = (class as u8, DECIMALS, 1);
        let body =
            CreateAsset { asset, asset_class, decimals, symbol_len, symbol, min_withdrawal, ..CreateAsset::EMPTY };
        self.set_up(0, &body)
    }

    /// Why the last command was refused.
    fn refusal(&self) -> Option<RejectCode> {
        let rejected = self.events[0].body::<Rejected>()?;
        Some(RejectCode::from_byte(rejected.reason).expect("the engine knows its codes"))
    }

    #[cold]
    fn refused(&mut self, code: RejectCode) {
        self.settled.refused += 1;
        self.first_refusal.get_or_insert(code);
    }

    /// The engine's number of an instrument, which is listed when it is first needed, for an account that has its funds.
    #[inline]
    fn listed(&mut self, tape: u16, account: u32, symbols: &[String]) -> Result<u32, TapeError> {
        let at = usize::from(tape);
        match self.listed.get(at) {
            Some(Some(listed)) if listed.funded[account as usize] => Ok(listed.instrument),
            _ => self.list(at, account, symbols),
        }
    }

    #[cold]
    fn list(&mut self, at: usize, account: u32, symbols: &[String]) -> Result<u32, TapeError> {
        if at >= self.listed.len() {
            self.listed.resize_with(at + 1, || None);
        }
        if self.listed[at].is_none() {
            let instrument = self.instruments;
            let base = base_of(instrument);
            let name = symbols.get(at).map_or("", String::as_str);
            let (symbol_len, symbol) = symbol(&format!("{at}:{name}"));
            self.create_asset(base, AssetClass::Equity, (symbol_len, symbol))?;
            let created = CreateInstrument {
                instrument,
                base,
                quote: QUOTE,
                lot_size: UNITS,
                tick_lot_value: self.tick_lot_value,
                max_price: MAX_PRICE_TICKS,
                symbol_len,
                symbol,
                phase: Phase::Continuous as u8,
                ..CreateInstrument::EMPTY
            };
            self.set_up(0, &created)?;
            self.instruments += 1;
            self.listed[at] = Some(Listed { instrument, funded: vec![false; PARTICIPANTS as usize + 1].into() });
        }
        let instrument = self.listed[at].as_ref().expect("it was listed").instrument;
        self.set_up(account, &Deposit { asset: base_of(instrument), amount: FUNDS, ..Deposit::EMPTY })?;
        self.listed[at].as_mut().expect("it was listed").funded[account as usize] = true;
        Ok(instrument)
    }

    /// The account that owns what the tape calls `number`.
    fn participant(number: u64) -> u32 {
        1 + (number % u64::from(PARTICIPANTS)) as u32
    }

    #[inline]
    fn find(&mut self, message: &Message) -> Option<(Key, Resting)> {
        let key = (message.order, message.instrument);
        match self.resting.get(&key) {
            Some(&order) => Some((key, order)),
            None => self.find_other(message),
        }
    }

    #[cold]
    fn find_other(&mut self, message: &Message) -> Option<(Key, Resting)> {
        let found = message.other().and_then(|key| Some((key, *self.resting.get(&key)?)));
        if found.is_none() {
            self.counts.disagree(Disagreement::UnknownOrder);
        }
        found
    }

    fn key_of(&self, id: OrderId) -> Key {
        self.keys[id.slot() as usize]
    }

    // Messages

    #[inline]
    fn follow(&mut self, message: &Message, symbols: &[String]) -> Result<(), TapeError> {
        let Message { action, instrument, quantity, .. } = *message;
        match action {
            Action::Nothing | Action::Trade => return Ok(()),
            Action::ClearLevel | Action::ClearBook => return self.clear(message),
            Action::Modify => return self.modify(message, symbols),
            Action::Top => return self.top(message, symbols),
            _ => self.now_ns = message.time_ns,
        }
        if action == Action::Add {
            self.counts.added += 1;
            return self.add((message.order, instrument), message.side, message.price, quantity, symbols);
        }
        let Some((key, order)) = self.find(message) else { return Ok(()) };
        match action {
            Action::Execute => self.execute(key, &order, quantity),
            Action::ExecuteAnywhere | Action::ExecuteUnprinted => {
                let traded = Traded::of(message, order.side, order.price, order.leaves);
                self.noted.iter_mut().for_each(|noted| noted.extend(traded));
                self.counts.executions_anywhere += 1;
                self.counts.executed_quantity += quantity.min(order.leaves as u64);
                self.reduce(key, &order, quantity)
            }
            Action::Reduce => {
                self.counts.reduced += 1;
                self.reduce(key, &order, quantity)
            }
            Action::Delete => {
                self.counts.deleted += 1;
                self.cancel(key, &order)
            }
            Action::Replace => {
                self.counts.replaced += 1;
                self.cancel(key, &order)?;
                self.add((message.other_order, instrument), order.side, message.price, quantity, symbols)
            }
            _ => Ok(()),
        }
    }

    #[inline(never)]
    fn modify(&mut self, message: &Message, symbols: &[String]) -> Result<(), TapeError> {
        let Message { instrument, order, quantity, price, side, .. } = *message;
        let key = (order, instrument);
        self.now_ns = message.time_ns;
        let Some(known) = self.resting.get(&key).copied() else {
            self.counts.added += 1;
            return self.add(key, side, price, quantity, symbols);
        };
        let left = known.leaves as u64;
        if message.keeps_its_place(known.side, known.price, left) {
            self.counts.reduced += 1;
            return self.reduce(key, &known, left - quantity);
        }
        self.counts.replaced += 1;
        self.cancel(key, &known)?;
        self.add(key, side, price, quantity, symbols)
    }

    #[cold]
    fn top(&mut self, message: &Message, symbols: &[String]) -> Result<(), TapeError> {
        let Message { instrument, order, quantity, price, side, .. } = *message;
        self.clear(message)?;
        self.now_ns = message.time_ns;
        if quantity == 0 {
            return Ok(());
        }
        self.counts.added += 1;
        self.add((order, instrument), side, price, quantity, symbols)
    }

    /// Cancels a level, a side, or a book.
    #[cold]
    fn clear(&mut self, message: &Message) -> Result<(), TapeError> {
        let Some(Some(listed)) = self.listed.get(usize::from(message.instrument)) else { return Ok(()) };
        let instrument = InstrumentId(listed.instrument);
        self.now_ns = message.time_ns;
        let side = |side| self.engine().by_priority(instrument, side, Start::Best).map(|order| order.id);
        let orders: Vec<OrderId> = match message.action {
            Action::ClearLevel => {
                let price = PriceTicks(i64::from(message.price));
                self.engine().queue(instrument, message.side, price).map(|order| order.id).collect()
            }
            Action::Top => side(message.side).collect(),
            _ => side(Side::Buy).chain(side(Side::Sell)).collect(),
        };
        for id in orders {
            let key = self.key_of(id);
            let order = self.resting[&key];
            self.cancel(key, &order)?;
        }
        Ok(())
    }

    fn add(&mut self, key: Key, side: Side, price: u32, quantity: u64, symbols: &[String]) -> Result<(), TapeError> {
        let Some(QuantityLots(quantity)) = self.counts.quantity_of(price, quantity) else { return Ok(()) };
        if let Some(other) = self.resting.get(&key).copied() {
            self.counts.disagree(Disagreement::NumberInUse);
            self.cancel(key, &other)?;
        }
        let account = Market::participant(key.0);
        let instrument = self.listed(key.1, account, symbols)?;
        let best = self.engine().best(InstrumentId(instrument), side.opposite());
        if best.is_some_and(|best| crosses(side, price, best)) {
            self.counts.disagree(Disagreement::Crossed);
            self.clear_the_way(instrument, side, price)?;
        }
        let order = Resting { id: OrderId(0), account, quantity, leaves: quantity, price, side };
        self.enter(key, instrument, &order)
    }

    /// Rests an order as a new one.
    #[inline]
    fn enter(&mut self, key: Key, instrument: u32, order: &Resting) -> Result<(), TapeError> {
        let Resting { account, leaves, price, side, .. } = *order;
        let place = Place {
            instrument,
            side: side as u8,
            time_in_force: TimeInForce::PostOnly as u8,
            price: i64::from(price),
            quantity: leaves,
            ..Place::EMPTY
        };
        self.run(account, &place)?;
        let Some(id) = self.accepted() else { return Ok(()) };
        let slot = id.slot() as usize;
        if slot >= self.keys.len() {
            self.keys.resize(slot + 1, (0, 0));
        }
        self.keys[slot] = key;
        self.resting.insert(key, Resting { id, quantity: leaves, ..*order });
        Ok(())
    }

    /// The order that the last command has brought; `None` if it was refused, which is counted.
    #[inline]
    fn accepted(&mut self) -> Option<OrderId> {
        if let Some(accepted) = self.events[0].body::<Accepted>() {
            return Some(OrderId(accepted.order_id));
        }
        let code = self.refusal().expect("a PLACE is accepted or refused");
        self.refused(code);
        None
    }

    /// Takes out whoever rests where an order of the other side would trade.
    #[cold]
    fn clear_the_way(&mut self, instrument: u32, side: Side, price: u32) -> Result<(), TapeError> {
        let other = side.opposite();
        let ahead: Vec<OrderId> = self
            .engine()
            .by_priority(InstrumentId(instrument), other, Start::Best)
            .take_while(|order| crosses(side, price, order.price))
            .map(|order| order.id)
            .collect();
        for id in ahead {
            let key = self.key_of(id);
            let order = self.resting[&key];
            self.cancel(key, &order)?;
            self.settled.in_the_way += 1;
        }
        Ok(())
    }

    #[inline]
    fn cancel(&mut self, key: Key, order: &Resting) -> Result<(), TapeError> {
        self.resting.remove(&key);
        self.run(order.account, &Cancel { order_id: order.id.0, ..Cancel::EMPTY })?;
        self.needed("a CANCEL")
    }

    /// What no tape can make the engine refuse was not refused.
    #[inline]
    fn needed(&self, what: &str) -> Result<(), TapeError> {
        match self.refusal() {
            None => Ok(()),
            Some(code) => {
                Err(TapeError::Engine(format!("the engine refused {what} of an order that it has: {code:?}")))
            }
        }
    }

    /// Takes so much off an order, which keeps its place.
    fn reduce(&mut self, key: Key, order: &Resting, quantity: u64) -> Result<(), TapeError> {
        let left = order.leaves as u64;
        if quantity > left {
            self.counts.disagree(Disagreement::MoreThanLeft);
        }
        if quantity >= left {
            return self.cancel(key, order);
        }
        if quantity == 0 {
            return Ok(());
        }
        let by = quantity as i64;
        let total = order.quantity - by;
        let body = Amend { order_id: order.id.0, price: i64::from(order.price), quantity: total, ..Amend::EMPTY };
        self.run(order.account, &body)?;
        self.resting.insert(key, Resting { quantity: total, leaves: order.leaves - by, ..*order });
        self.needed("an AMEND")
    }

    fn execute(&mut self, key: Key, order: &Resting, quantity: u64) -> Result<(), TapeError> {
        let Some(Some(listed)) = self.listed.get(usize::from(key.1)) else { return Ok(()) };
        let instrument = listed.instrument;
        let front = self.engine().by_priority(InstrumentId(instrument), order.side, Start::Best).next();
        let front = front.ok_or_else(|| TapeError::Engine("the engine has lost an order".into()))?;
        self.counts.executions += 1;
        let quantity = quantity.min(i64::MAX as u64) as i64;
        if quantity > order.leaves {
            self.counts.disagree(Disagreement::MoreThanLeft);
        }
        let quantity = quantity.min(order.leaves);
        if front.id == order.id {
            self.counts.queue_front_agreed += 1;
            return self.trade(key, instrument, order, quantity);
        }
        let is_level = front.price.0 == i64::from(order.price);
        self.counts.disagree(if is_level { Disagreement::BehindInItsQueue } else { Disagreement::BehindBetterPrice });
        self.trade_out_of_turn(key, instrument, order, quantity)
    }

    /// Trades with the first order of its side, and with nothing else.
    fn trade(&mut self, key: Key, instrument: u32, order: &Resting, quantity: i64) -> Result<(), TapeError> {
        if quantity == 0 {
            return Ok(());
        }
        // Another one each time, and never the order's own.
        let step = 1 + self.settled.fills % u64::from(PARTICIPANTS - 1);
        let taker = Market::participant(u64::from(order.account - 1) + step);
        self.listed(key.1, taker, &[])?;
        let place = Place {
            instrument,
            side: order.side.opposite() as u8,
            time_in_force: TimeInForce::Ioc as u8,
            price: i64::from(order.price),
            quantity,
            ..Place::EMPTY
        };
        self.run(taker, &place)?;
        if self.accepted().is_none() {
            return Ok(());
        }
        let maker = Liquidity::Maker as u8;
        let fill = self.events.iter().filter_map(|event| event.body::<Fill>()).find(|fill| fill.liquidity == maker);
        let Some(&Fill { order_id, quantity: filled, cash, .. }) = fill else {
            return Err(TapeError::Engine(format!(
                "the engine did not fill order {}, the first of its side",
                order.id.0
            )));
        };
        if (order_id, filled) != (order.id.0, quantity) {
            let first = format!("{quantity} of order {} were the first of their side", order.id.0);
            return Err(TapeError::Engine(format!("the engine filled {filled} of order {order_id}, but {first}")));
        }
        if self.noted.is_some() {
            self.note(key, order, taker);
        }
        self.settled.fills += 1;
        self.settled.quantity += filled as u64;
        self.settled.notional += cash as u64;
        self.counts.executed_quantity += filled as u64;
        if filled == order.leaves {
            self.resting.remove(&key);
        } else {
            self.resting.insert(key, Resting { leaves: order.leaves - filled, ..*order });
        }
        Ok(())
    }

    /// Notes the fill of the last command.
    #[cold]
    fn note(&mut self, (maker_order, _): Key, order: &Resting, taker: u32) {
        let is_taker = |fill: &&Fill| fill.liquidity == Liquidity::Taker as u8;
        let fill = self.events.iter().filter_map(|event| event.body::<Fill>()).find(is_taker);
        let Some(&Fill { price, quantity, cash, fee, .. }) = fill else { return };
        let settlement = Some(Settlement { maker: order.account, taker, maker_order, cash, fee });
        let traded = Traded { price, quantity, aggressor: order.side.opposite(), settlement };
        self.noted.iter_mut().for_each(|noted| noted.push(traded));
    }

    /// Whoever comes before the order, or behind it in its queue, steps aside and comes back in the sequence that was.
    #[cold]
    fn trade_out_of_turn(
        &mut self,
        key: Key,
        instrument: u32,
        order: &Resting,
        quantity: i64,
    ) -> Result<(), TapeError> {
        let price = PriceTicks(order.price.into());
        let queue: Vec<Key> = self
            .engine()
            .by_priority(InstrumentId(instrument), order.side, Start::Best)
            .take_while(|other| !is_better(order.side, price, other.price))
            .map(|other| self.key_of(other.id))
            .collect();
        let queue: Vec<(Key, Resting)> = queue.into_iter().map(|key| (key, self.resting[&key])).collect();
        for (other, resting) in queue.iter().filter(|(other, _)| *other != key) {
            self.cancel(*other, resting)?;
            self.settled.stepped_aside += 1;
        }
        self.trade(key, instrument, order, quantity)?;
        let left = self.resting.get(&key).copied();
        if let Some(left) = left {
            self.cancel(key, &left)?;
        }
        for (other, resting) in queue {
            match (other == key, left) {
                (false, _) => self.enter(other, instrument, &resting)?,
                (true, Some(left)) => self.enter(key, instrument, &left)?,
                (true, None) => {}
            }
        }
        Ok(())
    }
}

impl Depth for Market {
    fn apply(&mut self, messages: &[Message], symbols: &[String]) -> Result<(), TapeError> {
        messages.iter().try_for_each(|message| self.follow(message, symbols))
    }

    fn look(&self, instrument: u16, side: Side, look_on: &mut dyn FnMut(LevelView) -> bool) {
        let Some(Some(listed)) = self.listed.get(usize::from(instrument)) else { return };
        for level in self.engine().depth(InstrumentId(listed.instrument), side) {
            if !look_on(level) {
                return;
            }
        }
    }

    fn note_trades(&mut self) {
        self.noted = Some(Vec::new());
    }

    fn noted(&mut self) -> Option<&mut Vec<Traded>> {
        self.noted.as_mut()
    }

    fn open_orders(&self) -> u32 {
        self.engine().open_order_count()
    }

    fn counts(&self) -> &Counts {
        &self.counts
    }

    fn market(&self) -> Option<&Market> {
        Some(self)
    }

    fn finish(self: Box<Self>) -> Result<(), TapeError> {
        Ok(self.venue.close()?)
    }
}

/// The asset that an instrument trades.
fn base_of(instrument: u32) -> u32 {
    QUOTE + 1 + instrument
}

/// As many characters of a text as a symbol has.
fn symbol(text: &str) -> (u8, [u8; SYMBOL_LEN]) {
    let mut symbol = [0; SYMBOL_LEN];
    let length = text.len().min(SYMBOL_LEN);
    symbol[..length].copy_from_slice(&text.as_bytes()[..length]);
    (length as u8, symbol)
}
