//! MASS_QUOTE: what the quotes of a group shall be, instrument by instrument (`docs/market-rules.md`, section 22). What is
//! so already costs a look; what is not is placed, moved or taken out as any order, by the rules of any order.

use super::incoming::Incoming;
use super::terms::Terms;
use super::{Applied, Engine, Output};
use crate::command::{Command, MassQuote, Place, QuoteEntry};
use crate::event::{MassQuoted, QuoteRejected};
use crate::orders::{Conduct, NIL, Order};
use crate::quotes::{GroupId, Pair};
use crate::types::*;

/// The number of a quote group, if it can be one.
pub(super) fn group_number(quote_group: u32) -> Result<u8, RejectCode> {
    const { assert!(MAX_QUOTE_GROUPS <= u8::MAX as u32) };
    if (1..=MAX_QUOTE_GROUPS).contains(&quote_group) { Ok(quote_group as u8) } else { Err(RejectCode::Malformed) }
}

/// How many entries ahead memory is asked for.
const AHEAD: usize = 3;

/// A command on its way, and what has become of the sides so far.
struct Quoting {
    group: GroupId,
    time_in_force: TimeInForce,
    stp: SelfTradePrevention,
    /// By a fill of this command.
    blocked: bool,
    done: MassQuoted,
}

/// What one side of an instrument shall be.
#[derive(Clone, Copy)]
struct Stated {
    /// Of the command's entries.
    entry: u32,
    instrument: u32,
    side: Side,
    price: u32,
    quantity: i64,
    /// The entry's bid is not below its ask.
    crossed: bool,
}

impl Engine {
    #[inline(never)]
    pub(super) fn mass_quote<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let body: MassQuote = command.body();
        let entries = command.entries::<MassQuote>();
        let mut quoting = read(account, &body, entries)?;
        self.known_account(account)?;
        let group = self.quotes.group_or_new(quoting.group);
        if group.blocked {
            return Err(RejectCode::QuoteGroupBlocked);
        }
        // Looked up before anything is done: no entry changes the quotes of another, but by a breach, and then there are
        // none.
        let mut pairs = [[NIL; 2]; MAX_QUOTE_ENTRIES];
        for (pair, entry) in pairs.iter_mut().zip(entries) {
            *pair = group.pair(entry.instrument);
            pair.iter().for_each(|&slot| self.orders.prefetch(slot));
        }
        for (number, (entry, pair)) in entries.iter().zip(pairs).enumerate() {
            // What the quotes of a later entry lie in, which have arrived by now.
            for &slot in pairs.get(number + AHEAD).into_iter().flatten().filter(|&&slot| slot != NIL) {
                self.levels.prefetch(self.orders[slot].level);
            }
            self.quote(&mut quoting, number as u32, entry, pair, out);
        }
        self.emit(account, quoting.done, out);
        Ok(())
    }

    /// One entry: the side first that is in the way of the other.
    #[inline(always)]
    fn quote<O: Output>(&mut self, quoting: &mut Quoting, number: u32, entry: &QuoteEntry, pair: Pair, out: &mut O) {
        let QuoteEntry { instrument, bid_price, ask_price, bid_quantity, ask_quantity, .. } = *entry;
        let crossed = bid_quantity > 0 && ask_quantity > 0 && bid_price >= ask_price;
        let bid =
            Stated { entry: number, instrument, side: Side::Buy, price: bid_price, quantity: bid_quantity, crossed };
        let ask = Stated { side: Side::Sell, price: ask_price, quantity: ask_quantity, ..bid };
        let [open_bid, open_ask] = if quoting.blocked { self.open_quotes(quoting.group, instrument) } else { pair };
        let ask_first = bid_quantity > 0 && open_ask != NIL && bid_price >= self.orders[open_ask].price;
        if ask_first {
            self.quote_side(quoting, &ask, open_ask, out);
            self.quote_side(quoting, &bid, open_bid, out);
        } else {
            self.quote_side(quoting, &bid, open_bid, out);
            self.quote_side(quoting, &ask, open_ask, out);
        }
    }

    /// One side, whose quote is in a slot if one is open.
    #[inline(always)]
    fn quote_side<O: Output>(&mut self, quoting: &mut Quoting, stated: &Stated, open: u32, out: &mut O) {
        let open = if quoting.blocked {
            self.open_quotes(quoting.group, stated.instrument)[stated.side as usize]
        } else {
            open
        };
        if open != NIL {
            let Order { price, leaves, .. } = self.orders[open];
            if price == stated.price && leaves.0 == stated.quantity && !stated.crossed {
                quoting.done.kept += 1;
                return;
            }
        }
        self.requote_side(quoting, stated, open, out);
    }

    /// The slots of an instrument's quotes, as they are now: of a blocked group those whose cancel waits.
    #[cold]
    fn open_quotes(&self, group: GroupId, instrument: u32) -> Pair {
        self.quotes.group(group).map_or([NIL; 2], |group| group.pair(instrument))
    }

    /// One side that is not as it shall be.
    #[inline(never)]
    fn requote_side<O: Output>(&mut self, quoting: &mut Quoting, stated: &Stated, open: u32, out: &mut O) {
        if stated.quantity == 0 {
            if open != NIL {
                quoting.done.withdrawn += 1;
                self.cancel_open(open, CancelReason::QuoteWithdrawn, out);
            }
            return;
        }
        let settlements = self.settlements;
        match self.state(quoting, stated, open, out) {
            Ok(()) if open == NIL => quoting.done.accepted += 1,
            Ok(()) => quoting.done.changed += 1,
            Err(code) => self.refuse_side(quoting, stated, code, open, out),
        }
        if self.settlements != settlements {
            quoting.blocked = self.quotes.is_blocked(quoting.group);
        }
    }

    /// Makes an order of a side, or gives its order another price or size.
    #[inline(always)]
    fn state<O: Output>(&mut self, quoting: &Quoting, stated: &Stated, open: u32, out: &mut O) -> Applied {
        if quoting.blocked {
            return Err(RejectCode::QuoteGroupBlocked);
        }
        let &Quoting { group, time_in_force, stp, .. } = quoting;
        let &Stated { instrument, side, price, quantity, crossed, .. } = stated;
        // A price that none can have, for a quote that can not be.
        let price = if crossed { 0 } else { i64::from(price) };
        let (order_type, quantity_kind) = (OrderType::Limit, QuantityKind::Lots);
        let terms = Terms { side, order_type, time_in_force, stp, quantity_kind };
        let place = Place {
            instrument,
            side: side as u8,
            time_in_force: time_in_force as u8,
            stp: stp as u8,
            price,
            quantity,
            ..Place::EMPTY
        };
        if open != NIL {
            self.check_said(&terms, &place, None)?;
            let conduct = Conduct::new(time_in_force, stp);
            return self.requote(open, PriceTicks(price), QuantityLots(quantity), conduct, out);
        }
        let admitted = self.admit(group.account, &terms, &place, None, None, None)?;
        self.enter(Incoming { quote_group: group.number, ..admitted }, out);
        Ok(())
    }

    /// Says that a side is refused. What was open of it goes, too: its owner does not want it any more.
    #[cold]
    fn refuse_side<O: Output>(
        &mut self,
        quoting: &mut Quoting,
        stated: &Stated,
        code: RejectCode,
        open: u32,
        out: &mut O,
    ) {
        quoting.done.refused += 1;
        let rejected = QuoteRejected {
            side: stated.side as u8,
            reason: code as u8,
            instrument: stated.instrument,
            quote_group: u32::from(quoting.group.number),
            entry_number: stated.entry,
            ..QuoteRejected::EMPTY
        };
        self.emit(quoting.group.account, rejected, out);
        if open != NIL {
            self.cancel_open(open, CancelReason::QuoteRefused, out);
        }
    }

    /// A quote rests for the first time.
    #[inline(never)]
    pub(super) fn add_quote(&mut self, incoming: &Incoming) {
        let id = GroupId { account: incoming.account, number: incoming.quote_group };
        let added = self.quotes.add(id, incoming.instrument_id, incoming.side, incoming.id.slot());
        added.expect("one quote a side");
    }

    /// A quote that has rested is finished.
    #[inline(never)]
    pub(super) fn remove_quote(&mut self, order: &Order) {
        let id = GroupId { account: order.account, number: order.quote_group };
        self.quotes.remove(id, order.instrument(), order.side);
    }
}

/// What the whole command can be malformed by.
#[inline(always)]
fn read(account: AccountId, body: &MassQuote, entries: &[QuoteEntry]) -> Result<Quoting, RejectCode> {
    let time_in_force = TimeInForce::from_byte(body.time_in_force).ok_or(RejectCode::Malformed)?;
    let stp = SelfTradePrevention::from_byte(body.stp).ok_or(RejectCode::Malformed)?;
    let number = group_number(body.quote_group)?;
    let counted = (1..=MAX_QUOTE_ENTRIES).contains(&usize::from(body.quotes_len));
    let rests = matches!(time_in_force, TimeInForce::Gtc | TimeInForce::PostOnly);
    if !counted || !rests || names_one_twice(entries) {
        return Err(RejectCode::Malformed);
    }
    let done = MassQuoted { quote_group: body.quote_group, ..MassQuoted::EMPTY };
    Ok(Quoting { group: GroupId { account, number }, time_in_force, stp, blocked: false, done })
}

/// Whether an instrument is in two entries. Ascending ones, as they mostly are, are seen at once to be different.
#[inline(always)]
fn names_one_twice(entries: &[QuoteEntry]) -> bool {
    let ascend = entries.windows(2).all(|pair| pair[0].instrument < pair[1].instrument);
    !ascend
        && entries
            .iter()
            .enumerate()
            .any(|(at, entry)| entries[..at].iter().any(|other| other.instrument == entry.instrument))
}
