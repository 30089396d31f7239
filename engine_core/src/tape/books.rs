//! Books built from messages alone: whose orders they are, and what they cost, nobody asks.

use super::counts::{Counts, Disagreement};
use super::{Action, ByKey, Depth, Key, Message, Numbering, TapeError, Traded, crosses};
use crate::book::{Book, LevelView};
use crate::levels::LevelPool;
use crate::orders::{LadderId, NIL, Order, Orders};
use crate::types::{InstrumentId, MAX_OPEN_ORDERS, PriceTicks, QuantityLots, Side};
use hashbrown::hash_map::Entry;

pub struct Books {
    orders: Orders,
    levels: LevelPool,
    /// By instrument.
    books: Vec<Book>,
    /// By instrument: whether every price so far was a multiple of `usual_step`. Its ticks are that large then, which keeps
    /// levels that are neighbours near to each other.
    coarse: Vec<bool>,
    usual_step: u32,
    slots: ByKey<u32>,
    counts: Counts,
    /// What was traded, if somebody asks.
    noted: Option<Vec<Traded>>,
}

impl Books {
    /// Of instruments most of whose prices are multiples of so many of the format's steps.
    pub fn new(usual_step: u32) -> Books {
        Books {
            usual_step,
            coarse: Vec::new(),
            orders: Orders::new(0, MAX_OPEN_ORDERS),
            levels: LevelPool::default(),
            books: Vec::new(),
            slots: ByKey::default(),
            counts: Counts::default(),
            noted: None,
        }
    }

    /// Of orders whose numbers are these.
    pub fn numbered(self, numbering: Numbering) -> Books {
        Books { slots: ByKey::with_hasher(numbering), ..self }
    }

    #[inline]
    fn follow(&mut self, message: &Message) -> Result<(), TapeError> {
        let Message { action, instrument, order, quantity, .. } = *message;
        let key = (order, instrument);
        match action {
            Action::Nothing | Action::Trade => {}
            Action::Add => {
                self.counts.added += 1;
                self.add(key, message.side, message.price, quantity)?;
            }
            Action::Execute | Action::ExecuteAnywhere | Action::ExecuteUnprinted => {
                if let Some((key, slot)) = self.find(message) {
                    if self.noted.is_some() {
                        self.note(message, slot);
                    }
                    self.execute(key, slot, quantity, action == Action::Execute);
                }
            }
            Action::Reduce => self.take_off(message),
            Action::Delete => {
                if let Some(slot) = self.take(message) {
                    self.counts.deleted += 1;
                    self.remove(slot);
                }
            }
            Action::Replace => {
                if let Some(slot) = self.take(message) {
                    self.counts.replaced += 1;
                    let side = self.orders[slot].side;
                    self.remove(slot);
                    self.add((message.other_order, instrument), side, message.price, quantity)?;
                }
            }
            Action::Modify => self.modify(message)?,
            Action::Top => self.top(message)?,
            Action::ClearLevel => self.clear_level(message),
            Action::ClearBook => {
                self.clear_side(instrument, Side::Buy);
                self.clear_side(instrument, Side::Sell);
            }
        }
        Ok(())
    }

    /// Asks the processor for the memory that messages will touch, all at once. Changes nothing.
    fn look_ahead(&self, messages: &[Message]) {
        for message in messages {
            if let Some(&slot) = self.slots.get(&(message.order, message.instrument)) {
                self.orders.prefetch(slot);
            }
        }
    }

    #[inline]
    fn find(&mut self, message: &Message) -> Option<(Key, u32)> {
        let key = (message.order, message.instrument);
        match self.slots.get(&key) {
            Some(&slot) => Some((key, slot)),
            None => self.find_other(message),
        }
    }

    /// Takes so much off an order, which is looked up once whether it goes or not.
    #[inline]
    fn take_off(&mut self, message: &Message) {
        let Message { instrument, order, quantity, .. } = *message;
        if let Entry::Occupied(place) = self.slots.entry((order, instrument)) {
            self.counts.reduced += 1;
            let slot = *place.get();
            let left = self.orders[slot].leaves.0 as u64;
            if quantity < left {
                let by = QuantityLots(quantity as i64);
                self.books[usize::from(instrument)].reduce(&mut self.levels, &mut self.orders, slot, by);
                return;
            }
            if quantity > left {
                self.counts.disagree(Disagreement::MoreThanLeft);
            }
            place.remove();
            self.remove(slot);
        } else if let Some((key, slot)) = self.find_other(message) {
            self.counts.reduced += 1;
            self.reduce(key, slot, quantity);
        }
    }

    #[cold]
    fn find_other(&mut self, message: &Message) -> Option<(Key, u32)> {
        let found = message.other().and_then(|key| Some((key, *self.slots.get(&key)?)));
        if found.is_none() {
            self.counts.disagree(Disagreement::UnknownOrder);
        }
        found
    }

    /// As [`Books::find`]: of an order whose number is free from now on.
    #[inline]
    fn take(&mut self, message: &Message) -> Option<u32> {
        match self.slots.remove(&(message.order, message.instrument)) {
            Some(slot) => Some(slot),
            None => {
                let (key, slot) = self.find_other(message)?;
                self.slots.remove(&key);
                Some(slot)
            }
        }
    }

    /// Notes what an execution is about to take off an order.
    #[cold]
    fn note(&mut self, message: &Message, slot: u32) {
        let Order { side, leaves, .. } = self.orders[slot];
        let traded = Traded::of(message, side, self.price(slot), leaves.0);
        self.noted.iter_mut().for_each(|noted| noted.extend(traded));
    }

    #[inline(never)]
    fn modify(&mut self, message: &Message) -> Result<(), TapeError> {
        let Message { instrument, order, quantity, price, side, .. } = *message;
        let key = (order, instrument);
        let Some(&slot) = self.slots.get(&key) else {
            self.counts.added += 1;
            return self.add(key, side, price, quantity);
        };
        let Order { side: known_side, leaves, .. } = self.orders[slot];
        let left = leaves.0 as u64;
        if message.keeps_its_place(known_side, self.price(slot), left) {
            self.counts.reduced += 1;
            self.reduce(key, slot, left - quantity);
            return Ok(());
        }
        self.counts.replaced += 1;
        self.slots.remove(&key);
        self.remove(slot);
        self.add(key, side, price, quantity)
    }

    #[cold]
    fn top(&mut self, message: &Message) -> Result<(), TapeError> {
        let Message { instrument, order, quantity, price, side, .. } = *message;
        self.clear_side(instrument, side);
        if quantity == 0 {
            return Ok(());
        }
        self.counts.added += 1;
        self.add((order, instrument), side, price, quantity)
    }

    #[cold]
    fn clear_level(&mut self, message: &Message) {
        let at = usize::from(message.instrument);
        let Some(book) = self.books.get(at) else { return };
        let step = self.step(at);
        if !message.price.is_multiple_of(step) {
            return;
        }
        let price = PriceTicks(i64::from(message.price / step));
        let queue = book.queue(&self.levels, &self.orders, message.side, price).collect();
        self.clear(queue);
    }

    #[cold]
    fn clear_side(&mut self, instrument: u16, side: Side) {
        let Some(book) = self.books.get(usize::from(instrument)) else { return };
        let queue = book.ladder(LadderId::displayed(side)).orders(&self.levels, &self.orders).collect();
        self.clear(queue);
    }

    fn clear(&mut self, queue: Vec<u32>) {
        for slot in queue {
            let Order { quantity: QuantityLots(number), instrument, .. } = self.orders[slot];
            self.slots.remove(&(number as u64, instrument));
            self.remove(slot);
        }
    }

    /// How many of the format's steps a tick is.
    fn step(&self, at: usize) -> u32 {
        if self.coarse[at] { self.usual_step } else { 1 }
    }

    /// The price of an order, in the format's steps.
    fn price(&self, slot: u32) -> u32 {
        let Order { price, instrument, .. } = self.orders[slot];
        price * self.step(usize::from(instrument))
    }

    #[inline]
    fn add(&mut self, key: Key, side: Side, price: u32, quantity: u64) -> Result<(), TapeError> {
        let Some(quantity) = self.counts.quantity_of(price, quantity) else { return Ok(()) };
        let at = usize::from(key.1);
        if at >= self.books.len() {
            self.books.resize_with(at + 1, Book::default);
            self.coarse.resize(at + 1, true);
        }
        let price = self.tick(at, price);
        if self.books[at].best(side.opposite()).is_some_and(|best| crosses(side, price, best)) {
            self.counts.disagree(Disagreement::Crossed);
        }
        if self.orders.is_full() {
            return Err(TapeError::TooManyOrders(MAX_OPEN_ORDERS));
        }
        let id = self.orders.allocate();
        let slot = id.slot();
        let order = &mut self.orders[slot];
        *order = Order {
            id,
            // What it began with nobody asks: the exchange's number stands there.
            quantity: QuantityLots(key.0 as i64),
            leaves: quantity,
            price,
            side,
            instrument: key.1,
            ladder: LadderId::displayed(side),
            ..*order
        };
        self.books[at].append(&mut self.levels, &mut self.orders, slot);
        match self.slots.entry(key) {
            Entry::Vacant(place) => {
                place.insert(slot);
            }
            Entry::Occupied(mut place) => {
                let other = place.insert(slot);
                self.remove(other);
                self.counts.disagree(Disagreement::NumberInUse);
            }
        }
        Ok(())
    }

    /// A price in the ticks of an instrument, which become the smallest there are if it is between two.
    #[inline]
    fn tick(&mut self, at: usize, price: u32) -> u32 {
        if !self.coarse[at] {
            return price;
        }
        if !price.is_multiple_of(self.usual_step) {
            self.refine(at);
            return price;
        }
        price / self.usual_step
    }

    /// Enters every order of an instrument anew, in smallest ticks and in the sequence that was.
    #[cold]
    fn refine(&mut self, at: usize) {
        self.coarse[at] = false;
        let book = &mut self.books[at];
        for side in [Side::Buy, Side::Sell] {
            let queue: Vec<u32> = book.ladder(LadderId::displayed(side)).orders(&self.levels, &self.orders).collect();
            for &slot in &queue {
                book.remove(&mut self.levels, &mut self.orders, slot);
                self.orders[slot].price *= self.usual_step;
            }
            for slot in queue {
                book.append(&mut self.levels, &mut self.orders, slot);
            }
        }
    }

    #[inline]
    fn execute(&mut self, key: Key, slot: u32, quantity: u64, is_first: bool) {
        if is_first {
            let Order { side, prev, price, .. } = self.orders[slot];
            let is_best = self.books[usize::from(key.1)].best(side) == Some(PriceTicks(i64::from(price)));
            self.counts.executions += 1;
            if is_best && prev == NIL {
                self.counts.queue_front_agreed += 1;
            } else if is_best {
                self.counts.disagree(Disagreement::BehindInItsQueue);
            } else {
                self.counts.disagree(Disagreement::BehindBetterPrice);
            }
        } else {
            self.counts.executions_anywhere += 1;
        }
        self.counts.executed_quantity += self.reduce(key, slot, quantity);
    }

    /// Takes so much off an order, or all it has; returns how much.
    #[inline]
    fn reduce(&mut self, key: Key, slot: u32, quantity: u64) -> u64 {
        let Order { leaves, instrument, .. } = self.orders[slot];
        let left = leaves.0 as u64;
        if quantity < left {
            let by = QuantityLots(quantity as i64);
            self.books[usize::from(instrument)].reduce(&mut self.levels, &mut self.orders, slot, by);
            return quantity;
        }
        if quantity > left {
            self.counts.disagree(Disagreement::MoreThanLeft);
        }
        self.slots.remove(&key);
        self.remove(slot);
        left
    }

    #[inline]
    fn remove(&mut self, slot: u32) {
        let instrument = InstrumentId(u32::from(self.orders[slot].instrument));
        self.books[instrument.index()].remove(&mut self.levels, &mut self.orders, slot);
        self.orders.free(slot);
    }
}

impl Depth for Books {
    fn apply(&mut self, messages: &[Message], _symbols: &[String]) -> Result<(), TapeError> {
        if messages.len() > 1 {
            self.look_ahead(messages);
        }
        messages.iter().try_for_each(|message| self.follow(message))
    }

    fn look(&self, instrument: u16, side: Side, look_on: &mut dyn FnMut(LevelView) -> bool) {
        let at = usize::from(instrument);
        let Some(book) = self.books.get(at) else { return };
        let step = i64::from(self.step(at));
        for level in book.depth(&self.levels, side) {
            if !look_on(LevelView { price: PriceTicks(step * level.price.0), ..level }) {
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
        self.orders.open()
    }

    fn counts(&self) -> &Counts {
        &self.counts
    }
}
