//! The state image: the canonical serialisation of everything that can influence a later event.
//!
//! Drawn in `docs/semantics.md`, section 9. The state hash is its SHA-256, a snapshot holds it, and the oracle
//! in Python writes the same bytes. What can be derived (holds, level totals, lists, indexes) is not in it and is
//! rebuilt, with every relation checked, by [`Engine::from_image`]. An image is never in memory whole: it is written
//! and read as a stream, through a buffer of [`BUFFER_BYTES`].

mod actions;
mod backing;
mod fees;
mod holders;
mod keys;
mod obligations;
mod price_protection;
mod references;

use crate::book::Book;
use crate::client_ids::{ClientId, Content, Digest, Outcome};
use crate::command::OrderAttributes;
use crate::engine::{Engine, Holds, Withdrawal, is_date};
use crate::fees::{FeeRates, FeeTable, FeeTarget, Fees};
use crate::ledger::Balance;
use crate::market::{Exits, Market, TradingLimits};
use crate::orders::{Conduct, LadderId, NIL, Order, STOPS};
use crate::protection::{CountedFill, Limits};
use crate::quotes::GroupId;
use crate::registry::{Account, Asset, Instrument, Reference, Symbol};
use crate::risk;
use crate::types::Genesis;
use crate::types::*;
use crate::unseen::Unseen;
use crate::versions::{self, VersionRefusal};
use hashbrown::{HashMap, HashSet};
use sha2::{Digest as _, Sha256};
use std::io::{self, BufReader, BufWriter, Read, Write};
use zerocopy::{FromBytes, IntoBytes};

const MAGIC: &[u8; 8] = b"PYESTATE";
/// What passes between an image and its file or hash at once: large enough that a system call for it costs little.
const BUFFER_BYTES: usize = 64 << 10;
const ATTRIBUTES_LEN: u8 = size_of::<OrderAttributes>() as u8;
/// No history is as long, and what goes on counting from here can not overflow.
const MAX_COUNTER: u64 = i64::MAX as u64;

/// Reads what is behind the version.
type ReadImage = fn(Reader) -> Result<Engine, ImageError>;
/// How the images of each readable version are read.
const READERS: [(u32, ReadImage); 1] = [(3, Engine::read_version_3)];
const _: () = assert!(READERS.len() == versions::READABLE_IMAGES.len() && READERS[0].0 == versions::READABLE_IMAGES[0]);

/// Why an image is not a state.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImageError {
    #[error("state image: not a state image (bad magic)")]
    Magic,
    #[error("state image: {0}")]
    Version(VersionRefusal),
    #[error("state image: truncated at offset {offset}")]
    Truncated { offset: u64 },
    #[error("state image: {left} bytes behind the end")]
    Trailing { left: u64 },
    #[error("state image: {what} before offset {offset}")]
    Invalid { what: &'static str, offset: u64 },
    #[error("state image: can not be read at offset {offset}: {kind}")]
    Unreadable { kind: io::ErrorKind, offset: u64 },
}

impl Engine {
    /// Writes the state image to `out`; the only errors are those of `out`.
    pub fn write_image(&self, out: impl Write) -> io::Result<()> {
        let out = &mut BufWriter::with_capacity(BUFFER_BYTES, out);
        out.write_all(MAGIC)?;
        put_u32(out, SEMANTICS_VERSION)?;
        out.write_all(&[self.orders.shard(), 0, 0, 0])?;
        put_u32(out, self.orders.max_open())?;
        put_u32(out, self.trade_date)?;
        self.client_ids.key().into_iter().try_for_each(|half| put_u64(out, half))?;
        for counter in [self.sequence, self.timestamp_ns, self.settlements, self.withdrawals_requested] {
            put_u64(out, counter)?;
        }
        self.write_reference_data(out)?;
        put_u32(out, self.orders.generations().len() as u32)?;
        self.orders.generations().try_for_each(|generation| put_u32(out, generation))?;
        put_u32(out, self.orders.free_slots().len() as u32)?;
        self.orders.free_slots().iter().try_for_each(|&slot| put_u32(out, slot))?;
        self.write_accounts(out)?;
        self.write_withdrawals(out)?;
        self.write_books(out)?;
        self.write_timers(out)?;
        self.write_protections(out)?;
        self.write_fees(out)?;
        self.write_price_protections(out)?;
        self.write_obligations(out)?;
        self.write_references(out)?;
        self.write_keys(out)?;
        self.write_holders(out)?;
        self.write_backing(out)?;
        self.write_actions(out)?;
        out.flush()
    }

    /// SHA-256 of the state image.
    pub fn state_hash(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        self.write_image(&mut hasher).expect("a hash takes every byte");
        hasher.finalize().into()
    }

    fn write_reference_data(&self, out: &mut impl Write) -> io::Result<()> {
        put_u32(out, self.fees.schedules().len() as u32)?;
        self.fees.schedules().iter().try_for_each(|schedule| fees::write_rates(out, schedule.rates))?;
        put_u32(out, self.registry.assets.len() as u32)?;
        for (id, asset) in self.registry.assets.iter().enumerate() {
            out.write_all(&[asset.class as u8, asset.decimals, asset.symbol.len, 0])?;
            out.write_all(&asset.symbol.bytes)?;
            put_i64(out, asset.min_withdrawal.0)?;
            put_i64(out, self.ledger.issued(AssetId(id as u32)).0)?;
        }
        put_u32(out, self.registry.instruments.len() as u32)?;
        for ((instrument, book), market) in self.registry.instruments.iter().zip(&self.books).zip(&self.markets) {
            put_u32(out, instrument.base.0)?;
            put_u32(out, instrument.quote.0)?;
            put_u32(out, instrument.collar_bps)?;
            put_i64(out, instrument.lot_size)?;
            put_i64(out, instrument.tick_lot_value)?;
            put_i64(out, instrument.max_price.0)?;
            out.write_all(&[instrument.halts, instrument.symbol.len])?;
            out.write_all(&instrument.symbol.bytes)?;
            put_u32(out, book.last_trade)?;
            put_u32(out, instrument.reference.price)?;
            put_u32(out, instrument.reference.source)?;
            put_u64(out, instrument.reference.observed_at)?;
            let marks = book.unseen().map_or([0; STOPS], |unseen| unseen.marks);
            marks.into_iter().try_for_each(|mark| put_u32(out, mark))?;
            write_market(out, market)?;
        }
        Ok(())
    }

    fn write_accounts(&self, out: &mut impl Write) -> io::Result<()> {
        put_u32(out, self.accounts.len() as u32)?;
        let mut balances = Vec::new();
        for (id, account) in self.accounts.iter().enumerate() {
            put_u32(out, account.fee_schedule)?;
            put_u64(out, account.sequence)?;
            put_u32(out, u32::from(account.max_open_orders))?;
            put_u32(out, account.window.limit)?;
            put_u32(out, account.group)?;
            put_i64(out, account.max_open_notional)?;
            self.ledger.balances(AccountId(id as u32), &mut balances);
            put_u32(out, balances.len() as u32)?;
            for (asset, balance) in &balances {
                put_u32(out, asset.0)?;
                put_i64(out, balance.available.0)?;
                put_i64(out, balance.held.0)?;
            }
            put_u32(out, u32::from(account.open_count))?;
            account.open_orders(&self.orders).try_for_each(|slot| put_u32(out, slot))?;
            put_u32(out, self.client_ids.window_len(&account.window))?;
            for (digest, content, entry) in self.client_ids.window(&account.window) {
                put_u64(out, digest.low)?;
                put_u64(out, digest.high)?;
                put_u64(out, content.0)?;
                put_u64(out, entry.order_id.0)?;
                put_u32(out, entry.instrument.0)?;
                put_u32(out, entry.price.0 as u32)?;
                put_i64(out, entry.quantity.0)?;
                put_i64(out, entry.filled.0)?;
                out.write_all(&[entry.side as u8, entry.status as u8])?;
            }
        }
        Ok(())
    }

    fn write_withdrawals(&self, out: &mut impl Write) -> io::Result<()> {
        let mut pending: Vec<_> = self.withdrawals.iter().collect();
        pending.sort_unstable_by_key(|(id, _)| **id);
        put_u32(out, pending.len() as u32)?;
        for (id, withdrawal) in pending {
            put_u64(out, *id)?;
            put_u32(out, withdrawal.account.0)?;
            put_u32(out, withdrawal.asset.0)?;
            put_i64(out, withdrawal.amount.0)?;
        }
        Ok(())
    }

    fn write_books(&self, out: &mut impl Write) -> io::Result<()> {
        for book in &self.books {
            for id in LadderId::all() {
                self.write_queues(out, book, std::iter::once(id))?;
            }
            for side in [Side::Buy, Side::Sell] {
                self.write_queues(out, book, book.peg_ids(side))?;
            }
        }
        Ok(())
    }

    /// Writes the orders of some ladders as one list.
    fn write_queues(
        &self,
        out: &mut impl Write,
        book: &Book,
        ids: impl Iterator<Item = LadderId> + Clone,
    ) -> io::Result<()> {
        let levels = ids.clone().flat_map(|id| book.ladder(id).depth(&self.levels, id.direction()));
        put_u32(out, levels.map(|level| level.orders).sum())?;
        let mut slots = ids.flat_map(|id| book.ladder(id).orders(&self.levels, &self.orders));
        slots.try_for_each(|slot| self.write_order(out, &self.orders[slot]))
    }

    fn write_timers(&self, out: &mut impl Write) -> io::Result<()> {
        let running = self.timers.running();
        put_u32(out, running.len() as u32)?;
        for (account, timer, due_at) in running {
            put_u32(out, account.0)?;
            out.write_all(&[timer])?;
            put_u64(out, due_at)?;
        }
        Ok(())
    }

    fn write_protections(&self, out: &mut impl Write) -> io::Result<()> {
        put_u32(out, self.quotes.protected().count() as u32)?;
        for (id, group) in self.quotes.protected() {
            put_u32(out, id.account.0)?;
            out.write_all(&[id.number, u8::from(group.blocked)])?;
            let protection = group.protection.as_deref();
            let limits = protection.map_or(&Limits::NONE, |protection| protection.limits());
            put_u32(out, limits.max_fills)?;
            put_u64(out, limits.window_ns)?;
            put_i64(out, limits.max_quantity.0)?;
            put_i64(out, limits.max_notional.0)?;
            put_i64(out, limits.max_delta.0)?;
            let fills = || protection.into_iter().flat_map(|protection| protection.window(self.timestamp_ns));
            put_u32(out, fills().count() as u32)?;
            for fill in fills() {
                put_u64(out, fill.time_ns)?;
                put_i64(out, fill.lots.0)?;
                put_i64(out, fill.cash.0)?;
            }
        }
        Ok(())
    }

    fn write_order(&self, out: &mut impl Write, order: &Order) -> io::Result<()> {
        put_u64(out, order.id.0)?;
        put_u32(out, order.account.0)?;
        put_u32(out, order.price)?;
        put_i64(out, order.quantity.0)?;
        put_i64(out, order.leaves.0)?;
        out.write_all(&order.maker_rate.to_le_bytes())?;
        put_u16(out, order.hold_rate)?;
        out.write_all(&[order.time_in_force() as u8, order.stp() as u8])?;
        self.write_name(out, order)?;
        let attributes = self.attributes_of(order);
        if attributes == OrderAttributes::NONE {
            return out.write_all(&[0]);
        }
        out.write_all(&[ATTRIBUTES_LEN])?;
        out.write_all(attributes.as_bytes())
    }

    fn write_name(&self, out: &mut impl Write, order: &Order) -> io::Result<()> {
        if !order.named {
            return out.write_all(&[0]);
        }
        let name = self.client_ids.name(order.id.slot());
        out.write_all(&[name.client_id.len()])?;
        out.write_all(name.client_id.as_bytes())?;
        put_u64(out, name.content.0)
    }

    /// The engine whose state image this is. Everything that the image implies is checked.
    pub fn from_image(mut image: impl Read) -> Result<Engine, ImageError> {
        let mut reader = Reader::new(&mut image);
        if reader.take::<8>()? != *MAGIC {
            return Err(ImageError::Magic);
        }
        let version = reader.u32()?;
        versions::check_image(version).map_err(ImageError::Version)?;
        let read = READERS.iter().find(|(readable, _)| *readable == version);
        let (_, read) = read.expect("every readable version has its reader");
        read(reader)
    }

    /// An image of this release, behind its version: one of another is read by another function, into the same engine.
    fn read_version_3(mut reader: Reader) -> Result<Engine, ImageError> {
        let [shard, _, _, _] = reader.take()?;
        let max_open_orders = reader.u32()?;
        if !(1..=MAX_OPEN_ORDERS).contains(&max_open_orders) {
            return Err(reader.invalid("an impossible limit of open orders"));
        }
        let trade_date = reader.u32()?;
        if trade_date != 0 && !is_date(trade_date) {
            return Err(reader.invalid("a trade date that is none"));
        }
        let client_id_key = [reader.u64()?, reader.u64()?];
        let mut engine = Engine::new(Genesis { shard, max_open_orders, client_id_key });
        engine.trade_date = trade_date;
        engine.accounts.clear();
        engine.ledger = crate::ledger::Ledger::new();
        for counter in
            [&mut engine.sequence, &mut engine.timestamp_ns, &mut engine.settlements, &mut engine.withdrawals_requested]
        {
            *counter = reader.u64()?;
        }
        let counted = engine.sequence.max(engine.settlements).max(engine.withdrawals_requested);
        if counted > MAX_COUNTER {
            return Err(reader.invalid("an impossible counter"));
        }
        engine.read_reference_data(&mut reader)?;
        engine.read_slots(&mut reader)?;
        let accepted = engine.read_accounts(&mut reader)?;
        engine.read_withdrawals(&mut reader)?;
        engine.read_books(&accepted, &mut reader)?;
        engine.read_timers(&mut reader)?;
        engine.read_protections(&mut reader)?;
        engine.read_fees(&mut reader)?;
        engine.read_price_protections(&mut reader)?;
        engine.read_obligations(&mut reader)?;
        engine.read_references(&mut reader)?;
        engine.read_keys(&mut reader)?;
        engine.read_holders(&mut reader)?;
        engine.read_backing(&mut reader)?;
        engine.read_actions(&mut reader)?;
        let left = reader.skip_rest()?;
        if left != 0 {
            return Err(ImageError::Trailing { left });
        }
        engine.check_relations(&reader)?;
        // What was not looked at (reserved bytes, padding) must be what would be written.
        if reader.hash() == engine.state_hash() {
            Ok(engine)
        } else {
            Err(reader.invalid("bytes that no engine writes"))
        }
    }

    fn read_slots(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        for _ in 0..reader.count(MAX_OPEN_ORDERS as usize, "too many order slots")? {
            let generation = reader.u32()?;
            reader.known(self.orders.restore_slot(generation), "an impossible generation of an order slot")?;
        }
        for _ in 0..reader.count(MAX_OPEN_ORDERS as usize, "too many free order slots")? {
            let slot = reader.u32()?;
            reader.known(self.orders.restore_free(slot), "an impossible free list")?;
        }
        Ok(())
    }

    fn read_reference_data(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        self.fees = Fees::default();
        for id in 0..reader.count(MAX_FEE_SCHEDULES, "too many fee schedules")? {
            let table = FeeTable { rates: fees::read_rates(reader)?, tiers: Vec::new() };
            self.fees.set(FeeTarget::schedule(id as u32), Some(table));
        }
        for id in 0..reader.count(MAX_ASSETS, "too many assets")? {
            let [class, decimals, symbol_len, _] = reader.take::<4>()?;
            let class = reader.known(AssetClass::from_byte(class), "an unknown asset class")?;
            if decimals > MAX_DECIMALS {
                return Err(reader.invalid("too many decimals"));
            }
            let symbol = reader.symbol(symbol_len)?;
            if self.registry.has_asset(&symbol) {
                return Err(reader.invalid("a symbol twice"));
            }
            let (min_withdrawal, issued) = (reader.amount()?, reader.amount()?);
            if min_withdrawal < Amount(1) {
                return Err(reader.invalid("an impossible minimum of withdrawals"));
            }
            self.add_asset(Asset { class, decimals, symbol, min_withdrawal });
            self.ledger.restore_issued(AssetId(id as u32), issued);
        }
        for id in 0..reader.count(MAX_INSTRUMENTS, "too many instruments")? {
            let (base, quote, collar_bps) = (AssetId(reader.u32()?), AssetId(reader.u32()?), reader.u32()?);
            let (lot_size, tick_lot_value, max_price) = (reader.i64()?, reader.i64()?, PriceTicks(reader.i64()?));
            let [halts, symbol_len] = reader.take::<2>()?;
            if (0..u8::BITS).any(|bit| halts >> bit & 1 != 0 && HaltCause::from_byte(bit as u8).is_none()) {
                return Err(reader.invalid("an unknown cause of a halt"));
            }
            let symbol = reader.symbol(symbol_len)?;
            if self.registry.has_instrument(&symbol) {
                return Err(reader.invalid("a symbol twice"));
            }
            let last_trade = reader.u32()?;
            let reference = Reference { price: reader.u32()?, source: reader.u32()?, observed_at: reader.u64()? };
            let is_plain = false;
            let instrument = Instrument {
                symbol,
                base,
                quote,
                lot_size,
                tick_lot_value,
                max_price,
                collar_bps,
                halts,
                is_plain,
                reference,
            };
            self.check_instrument(&instrument).map_err(|_| reader.invalid("an impossible instrument"))?;
            let mut marks = [0; STOPS];
            for mark in &mut marks {
                *mark = reader.u32()?;
            }
            let furthest = marks.into_iter().fold(last_trade.max(reference.price), u32::max);
            if i64::from(furthest) > max_price.0 {
                return Err(reader.invalid("a price beyond the instrument's highest"));
            }
            let market = read_market(max_price, reader)?;
            let id = InstrumentId(id as u32);
            self.add_instrument(instrument, market);
            self.restore_marks(id, last_trade, marks);
            self.market_changed(id);
        }
        Ok(())
    }

    /// Returns every account's open orders, oldest first: their account and slot.
    fn read_accounts(&mut self, reader: &mut Reader) -> Result<Vec<(AccountId, u32)>, ImageError> {
        // The order of acceptance; the orders themselves come with the books.
        let mut accepted = Vec::new();
        for id in 0..reader.count(MAX_ACCOUNTS, "too many accounts")? {
            let id = AccountId(id as u32);
            let (fee_schedule, sequence) = (reader.u32()?, reader.u64()?);
            if fee_schedule as usize >= self.fees.schedules().len() {
                return Err(reader.invalid("an unknown fee schedule"));
            }
            if sequence > MAX_COUNTER {
                return Err(reader.invalid("an impossible account sequence"));
            }
            self.add_account(fee_schedule);
            let account = &mut self.accounts[id.index()];
            account.sequence = sequence;
            let (max_open_orders, client_id_window) = (reader.u32()?, reader.u32()?);
            account.group = reader.u32()?;
            let limits = account.set_limits(max_open_orders, client_id_window, reader.i64()?);
            reader.known(limits, "impossible limits of an account")?;
            self.read_balances(id, reader)?;
            // Either may be longer than the account's own limit, which has become lower.
            for _ in 0..reader.count(ACCOUNT_OPEN_ORDERS_MAX as usize, "too many open orders of one account")? {
                accepted.push((id, reader.u32()?));
            }
            for _ in 0..reader.count(ACCOUNT_CLIENT_ID_WINDOW_MAX as usize, "a finished window too long")? {
                self.read_finished(id, reader)?;
            }
        }
        let genesis = !self.accounts.is_empty() && !self.fees.schedules().is_empty();
        if genesis { Ok(accepted) } else { Err(reader.invalid("no venue account")) }
    }

    fn read_balances(&mut self, account: AccountId, reader: &mut Reader) -> Result<(), ImageError> {
        let mut next = 0;
        for _ in 0..reader.count(self.registry.assets.len(), "more balances than assets")? {
            let asset = AssetId(reader.u32()?);
            if asset.0 < next || asset.index() >= self.registry.assets.len() {
                return Err(reader.invalid("balances of unknown assets, or not in their order"));
            }
            next = asset.0 + 1;
            let balance = Balance { available: reader.amount()?, held: reader.amount()? };
            let restored = self.ledger.restore(account, asset, balance);
            reader.known(restored, "balances beyond the largest amount")?;
        }
        Ok(())
    }

    fn read_finished(&mut self, account: AccountId, reader: &mut Reader) -> Result<(), ImageError> {
        let digest = Digest { low: reader.u64()?, high: reader.u64()? };
        let content = Content(reader.u64()?);
        let (order_id, instrument) = (OrderId(reader.u64()?), InstrumentId(reader.u32()?));
        let price = PriceTicks(i64::from(reader.u32()?));
        let (quantity, filled) = (QuantityLots(reader.i64()?), QuantityLots(reader.i64()?));
        let [side, status] = reader.take::<2>()?;
        let side = reader.known(Side::from_byte(side), "an unknown side")?;
        let status = match OrderStatus::from_byte(status) {
            Some(status) if status != OrderStatus::Open => status,
            _ => return Err(reader.invalid("an unknown status")),
        };
        let max_price = self.registry.instruments.get(instrument.index()).map(|instrument| instrument.max_price);
        let sound = self.orders.has_given(order_id)
            && max_price.is_some_and(|max_price| (PriceTicks(1)..=max_price).contains(&price))
            && (0..=quantity.0).contains(&filled.0);
        if !sound {
            return Err(reader.invalid("an impossible finished order"));
        }
        self.check_unknown(&digest, reader)?;
        let outcome = Outcome { status, side, instrument, order_id, price, quantity, filled };
        self.client_ids.restore(digest, content, &outcome, &mut self.accounts[account.index()].window);
        Ok(())
    }

    fn check_unknown(&self, digest: &Digest, reader: &Reader) -> Result<(), ImageError> {
        if self.client_ids.find(digest).is_some() {
            return Err(reader.invalid("a client order id twice"));
        }
        Ok(())
    }

    fn read_withdrawals(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        let mut last = 0;
        for _ in 0..reader.u32()? {
            let (id, account, asset) = (reader.u64()?, AccountId(reader.u32()?), AssetId(reader.u32()?));
            let amount = reader.amount()?;
            let sound = self.balance(account, asset).is_some()
                && amount > Amount::ZERO
                && id > last
                && id <= self.withdrawals_requested;
            if !sound {
                return Err(reader.invalid("an impossible withdrawal"));
            }
            self.add_withdrawal(id, Withdrawal { account, asset, amount });
            if u32::from(self.accounts[account.index()].pending_withdrawals) > MAX_PENDING_WITHDRAWALS_PER_ACCOUNT {
                return Err(reader.invalid("too many withdrawals of one account"));
            }
            last = id;
        }
        Ok(())
    }

    fn read_books(&mut self, accepted: &[(AccountId, u32)], reader: &mut Reader) -> Result<(), ImageError> {
        let mut arrivals = HashSet::new();
        for instrument in 0..self.books.len() {
            for ladder in LadderId::all() {
                for _ in 0..reader.count(MAX_OPEN_ORDERS as usize, "too many orders")? {
                    self.read_order(instrument as u16, ladder.side(), Some(ladder), reader)?;
                }
            }
            for side in [Side::Buy, Side::Sell] {
                for _ in 0..reader.count(MAX_OPEN_ORDERS as usize, "too many orders")? {
                    let slot = self.read_order(instrument as u16, side, None, reader)?;
                    let arrival = self.orders.attributes(slot).arrival;
                    if !self.arrived_last(slot) || !arrivals.insert(arrival) {
                        return Err(reader.invalid("pegged orders that arrived in another order"));
                    }
                }
            }
            let id = InstrumentId(instrument as u32);
            let (book, market) = (&self.books[instrument], &self.markets[instrument]);
            if market.phase == Phase::Continuous && self.is_crossed(book) {
                return Err(reader.invalid("a crossed book"));
            }
            if market.phase == Phase::Continuous && book.unseen().is_some_and(|unseen| !unseen.for_auction.is_empty()) {
                return Err(reader.invalid("an order for an auction that is over"));
            }
            let can_wait = |(order, reason): (&OrderId, &CancelReason)| {
                let order = self.orders.find(*order).map(|slot| &self.orders[slot]);
                let of_any = matches!(reason, CancelReason::User | CancelReason::CancelAll | CancelReason::Frozen);
                order.is_some_and(|order| {
                    usize::from(order.instrument) == instrument && (of_any || order.quote_group != 0)
                })
            };
            if !market.pending.iter().all(can_wait) {
                return Err(reader.invalid("a pending cancel of no order of the instrument"));
            }
            if !self.has_sound_exits(id) {
                return Err(reader.invalid("exits of no order that is over"));
            }
            if !self.has_sound_marks(id) {
                return Err(reader.invalid("stops that were reached and are not marked, or marks that reach none"));
            }
            self.note_unfinished(id);
            if self.books[instrument].unseen().is_some_and(Unseen::is_overfull) {
                return Err(reader.invalid("too many orders of a kind"));
            }
        }
        if !self.has_sound_pairs() {
            return Err(reader.invalid("a linked order without its other leg"));
        }
        reader.known(self.orders.restore_worn_out(), "orders that do not match the free list")?;
        self.link_accepted(accepted, reader)
    }

    /// Lists each account's open orders in the order of their acceptance: all of them, and each once.
    fn link_accepted(&mut self, accepted: &[(AccountId, u32)], reader: &Reader) -> Result<(), ImageError> {
        let mut listed = vec![false; self.orders.generations().len()];
        for &(account, slot) in accepted {
            let first = listed.get_mut(slot as usize).is_some_and(|listed| !std::mem::replace(listed, true));
            if !first || self.orders[slot].account != account || self.orders[slot].leaves.0 == 0 {
                return Err(reader.invalid("a list of open orders that is not the account's"));
            }
            self.accounts[account.index()].link(&mut self.orders, slot);
        }
        if accepted.len() != self.orders.open() as usize {
            return Err(reader.invalid("an open order that its account does not list"));
        }
        Ok(())
    }

    /// Whether orders that could trade have not. A hidden order with a minimum may be reached by what is smaller.
    fn is_crossed(&self, book: &Book) -> bool {
        let [bid, ask] = [Side::Buy, Side::Sell].map(|side| (book.best(side), self.best_hidden(book, side)));
        let crossed =
            |bid: Option<PriceTicks>, ask: Option<PriceTicks>| bid.zip(ask).is_some_and(|(bid, ask)| bid >= ask);
        crossed(bid.0, ask.0) || crossed(bid.0, ask.1) || crossed(bid.1, ask.0) || crossed(bid.1, ask.1)
    }

    /// Whether a pegged order can be behind the others of its queue.
    fn arrived_last(&self, slot: u32) -> bool {
        let (order, arrival) = (&self.orders[slot], self.orders.attributes(slot).arrival);
        arrival <= self.sequence && (order.prev == NIL || self.orders.attributes(order.prev).arrival < arrival)
    }

    /// Reads the next order of a queue, or without one the next pegged order, and appends it to its queue. Returns its
    /// slot.
    fn read_order(
        &mut self,
        instrument: u16,
        side: Side,
        ladder: Option<LadderId>,
        reader: &mut Reader,
    ) -> Result<u32, ImageError> {
        let (id, account, price) = (OrderId(reader.u64()?), AccountId(reader.u32()?), reader.u32()?);
        let (quantity, leaves) = (QuantityLots(reader.i64()?), QuantityLots(reader.i64()?));
        let (maker_rate, hold_rate) = (reader.take().map(i16::from_le_bytes)?, reader.u16()?);
        let [time_in_force, stp] = reader.take::<2>()?;
        let time_in_force = reader.known(TimeInForce::from_byte(time_in_force), "an unknown time in force")?;
        let stp = reader.known(SelfTradePrevention::from_byte(stp), "an unknown stp")?;
        let client_id = reader.client_id()?;
        let slot = id.slot();
        let terms = self.registry.instruments[usize::from(instrument)].terms();
        let max_price = self.registry.instruments[usize::from(instrument)].max_price;
        let limit = PriceTicks(i64::from(price));
        let sound = account.index() < self.accounts.len()
            && (PriceTicks(1)..=max_price).contains(&limit)
            && (1..=quantity.0).contains(&leaves.0)
            && i32::from(maker_rate) <= i32::from(hold_rate)
            && FeeRates::new(i32::from(maker_rate), u32::from(hold_rate)).is_some()
            && risk::cash(limit, leaves, terms.tick_lot_value).is_ok()
            && self.orders.is_vacant(id);
        if !sound {
            return Err(reader.invalid("an impossible order"));
        }
        let named = !client_id.is_empty();
        if named {
            let name = self.client_ids.name_with(account, client_id, Content(reader.u64()?));
            self.check_unknown(&name.digest, reader)?;
            self.client_ids.insert(slot, &name);
        }
        let attributes = reader.attributes()?;
        let quote_group = attributes.map_or(0, |attributes| attributes.quote_group);
        // What a quote has beside its group, it can not have.
        let attributes = attributes
            .map(|attributes| OrderAttributes { quote_group: 0, ..attributes })
            .filter(|attributes| *attributes != OrderAttributes::NONE);
        let given = attributes.unwrap_or(OrderAttributes::NONE);
        let ladder =
            reader.known(ladder.or_else(|| given.pegs(side)), "an order that is not pegged among those that are")?;
        let waits = ladder.stop_index().is_some();
        let price_of_level = if waits { given.trigger_price } else { price };
        let level = self.books[usize::from(instrument)]
            .ladder(ladder)
            .level(&self.levels, PriceTicks(i64::from(price_of_level)));
        reader.known(level.quantity.0.checked_add(leaves.0), "a level beyond the largest quantity")?;
        let order = Order {
            id,
            quantity,
            leaves,
            price,
            account,
            next: NIL,
            prev: NIL,
            level: NIL,
            account_next: NIL,
            account_prev: NIL,
            maker_rate,
            hold_rate,
            instrument,
            side,
            conduct: Conduct::new(time_in_force, stp),
            quote_group,
            named,
            attributed: attributes.is_some(),
            ladder,
        };
        let fits = given.fit_open(&order, max_price)
            && given.trade_date <= self.trade_date
            && self.has_stop_limit(&order, &given)
            && self.fits_phase(&order, &given);
        if !fits {
            return Err(reader.invalid("attributes that no such order has"));
        }
        if quote_group != 0 {
            let is_quote = attributes.is_none()
                && !named
                && ladder.is_displayed()
                && matches!(time_in_force, TimeInForce::Gtc | TimeInForce::PostOnly);
            let id = GroupId { account, number: quote_group };
            let added =
                is_quote.then(|| self.quotes.add(id, InstrumentId(u32::from(instrument)), side, slot)).flatten();
            reader.known(added, "a quote that can not be")?;
        }
        self.orders[slot] = order;
        if let Some(attributes) = attributes {
            self.orders.set_attributes(slot, &attributes);
            self.schedule(slot);
        }
        let book = &mut self.books[usize::from(instrument)];
        if ladder.is_displayed() {
            if given.reserve > 0 {
                book.unseen_or_new().has_reserves = true;
            }
            book.append(&mut self.levels, &mut self.orders, slot);
        } else {
            book.append_unseen(&mut self.levels, &mut self.orders, slot, price_of_level);
        }
        Ok(slot)
    }

    /// Whether an order can be as it is in its instrument's phase: only an uncrossing leaves parts of orders for one
    /// auction, and the first hidden order below its minimum, for a while.
    fn fits_phase(&self, order: &Order, attributes: &OrderAttributes) -> bool {
        let uncrosses = self.markets[usize::from(order.instrument)].phase == Phase::Uncrossing;
        let is_first = self.books[usize::from(order.instrument)].ladder(order.ladder).is_empty();
        let whole = order.leaves.0 + attributes.reserve == order.quantity.0;
        (uncrosses || !attributes.is_for_auction() || whole)
            && (attributes.min_quantity <= order.leaves.0 || uncrosses && is_first)
    }

    fn read_timers(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        let mut last = None;
        for _ in 0..reader.count(2 * MAX_ACCOUNTS, "too many timers")? {
            let (account, [byte], due_at) = (reader.account(&self.accounts)?, reader.take::<1>()?, reader.u64()?);
            let timer = reader.known(CancelTimer::from_byte(byte), "an unknown timer")?;
            if due_at == 0 || last >= Some((account, byte)) {
                return Err(reader.invalid("an impossible timer"));
            }
            last = Some((account, byte));
            self.timers.set(account, timer, due_at);
        }
        Ok(())
    }

    /// Whether every quote of a group has a cancel that waits.
    fn waits_to_be_cancelled(&self, account: AccountId, quote_group: u8) -> bool {
        let orders = self.accounts[account.index()].open_orders(&self.orders).map(|slot| &self.orders[slot]);
        let mut quotes = orders.filter(|order| order.quote_group == quote_group);
        quotes.all(|order| self.markets[usize::from(order.instrument)].pending.contains_key(&order.id))
    }

    fn read_protections(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        let mut last = None;
        for _ in 0..reader.count(MAX_ACCOUNTS, "too many quote groups")? {
            let (account, [number, blocked]) = (reader.account(&self.accounts)?, reader.take::<2>()?);
            let limits = Limits {
                max_fills: reader.u32()?,
                window_ns: reader.u64()?,
                max_quantity: QuantityLots(reader.i64()?),
                max_notional: Amount(reader.i64()?),
                max_delta: QuantityLots(reader.i64()?),
            };
            let possible = if limits == Limits::NONE { blocked == 1 } else { limits.are_possible() && blocked <= 1 };
            if number == 0 || !possible || last >= Some((account, number)) {
                return Err(reader.invalid("an impossible protection of quotes"));
            }
            last = Some((account, number));
            let group = self.quotes.group_or_new(GroupId { account, number });
            group.protect(limits);
            let may_quote = blocked == 0 || !group.has_quotes();
            if !may_quote && !self.waits_to_be_cancelled(account, number) {
                return Err(reader.invalid("quotes of a blocked group"));
            }
            let group = self.quotes.group_or_new(GroupId { account, number });
            for _ in 0..reader.count(MAX_PROTECTED_FILLS as usize, "too many fills of a window")? {
                let (time_ns, lots, cash) = (reader.u64()?, QuantityLots(reader.i64()?), Amount(reader.i64()?));
                let counted = CountedFill { time_ns, lots, cash };
                let window = group.protection.as_mut().filter(|_| blocked == 0);
                let restored = window.and_then(|window| window.restore(counted, self.timestamp_ns));
                reader.known(restored, "an impossible window of fills")?;
            }
            group.blocked = blocked == 1;
        }
        Ok(())
    }

    /// What must hold between the parts: conservation, and held balances equal to what they are held for.
    fn check_relations(&self, reader: &Reader) -> Result<(), ImageError> {
        for asset in 0..self.registry.assets.len() {
            if !self.ledger.is_conserved(AssetId(asset as u32)) {
                return Err(reader.invalid("balances that do not add up to what was issued"));
            }
        }
        let mut finished = self.accounts.iter().flat_map(|account| self.client_ids.window(&account.window));
        if finished.any(|(_, _, outcome)| self.orders.find(outcome.order_id).is_some()) {
            return Err(reader.invalid("an order that is open and finished"));
        }
        let mut entries = HashSet::new();
        if !self.markets.iter().flat_map(|market| &market.exits).all(|exits| entries.insert(exits.entry.0)) {
            return Err(reader.invalid("the exits of an order twice"));
        }
        match self.holds_are_exact() {
            Some(true) => Ok(()),
            _ => Err(reader.invalid("held balances that differ from the holds")),
        }
    }

    /// What has to be held, computed anew from the open orders, the pending withdrawals and redemptions, the freezes and the
    /// registrations, not read from the balances.
    /// O(orders): for audits, restores and tests. `None` if a hold can not even be computed.
    pub fn holds(&self) -> Option<HashMap<(AccountId, AssetId), Holds>> {
        let mut holds = HashMap::<(AccountId, AssetId), Holds>::new();
        for withdrawal in self.withdrawals.values() {
            let sum = &mut holds.entry((withdrawal.account, withdrawal.asset)).or_default().withdrawals.0;
            *sum = sum.checked_add(withdrawal.amount.0)?;
        }
        for (id, amount) in self.holders.freezes() {
            let sum = &mut holds.entry((id.account, id.asset)).or_default().frozen.0;
            *sum = sum.checked_add(amount.0)?;
        }
        for (id, amount) in self.holders.registrations() {
            let sum = &mut holds.entry((id.account, id.asset)).or_default().registered.0;
            *sum = sum.checked_add(amount.0)?;
        }
        for (_, redemption) in self.backing.redemptions() {
            let sum = &mut holds.entry((redemption.account, redemption.asset)).or_default().redemptions.0;
            *sum = sum.checked_add(redemption.amount.0)?.checked_add(redemption.fee.0)?;
        }
        for (account, asset, amount) in self.actions.held() {
            let sum = &mut holds.entry((account, asset)).or_default().actions.0;
            *sum = sum.checked_add(amount.0)?;
        }
        for (book, instrument) in self.books.iter().zip(&self.registry.instruments) {
            let terms = instrument.terms();
            for id in book.ladder_ids() {
                for slot in book.ladder(id).orders(&self.levels, &self.orders) {
                    let order = &self.orders[slot];
                    let sum = &mut holds.entry((order.account, terms.held_asset(order.side))).or_default().orders.0;
                    *sum = sum.checked_add(self.hold_of(order, &terms)?.0)?;
                }
            }
        }
        Some(holds)
    }

    /// Whether every held balance equals the [`Engine::holds`] of its account and asset. `None` if they can not be computed.
    pub fn holds_are_exact(&self) -> Option<bool> {
        let mut expected = self.holds()?;
        let mut balances = Vec::new();
        for account in 0..self.accounts.len() {
            let account = AccountId(account as u32);
            self.ledger.balances(account, &mut balances);
            let held = balances.iter().filter(|(_, balance)| balance.held != Amount::ZERO);
            for (asset, balance) in held {
                if expected.remove(&(account, *asset)).unwrap_or_default().sum()? != balance.held {
                    return Some(false);
                }
            }
        }
        Some(expected.values().all(|holds| holds.sum() == Some(Amount::ZERO)))
    }
}

fn write_market(out: &mut impl Write, market: &Market) -> io::Result<()> {
    out.write_all(&[market.phase as u8, market.next as u8, 0, 0])?;
    put_u32(out, market.extensions)?;
    put_u32(out, market.auction_price)?;
    put_u64(out, market.ends_at)?;
    put_u64(out, market.indicate_at)?;
    let limits = &market.limits;
    put_u32(out, limits.static_bps)?;
    put_u32(out, limits.dynamic_bps)?;
    put_u32(out, limits.auction_bps)?;
    put_u64(out, limits.call_ns)?;
    put_i64(out, limits.max_quantity)?;
    put_i64(out, limits.max_notional)?;
    put_u32(out, market.pending.len() as u32)?;
    for (order, reason) in &market.pending {
        put_u64(out, order.0)?;
        out.write_all(&[*reason as u8])?;
    }
    put_u32(out, market.exits.len() as u32)?;
    for exits in &market.exits {
        put_u64(out, exits.entry.0)?;
        put_u32(out, exits.account.0)?;
        put_u32(out, exits.take_profit)?;
        put_u32(out, exits.trigger_price)?;
        put_u32(out, exits.stop_price)?;
        put_i64(out, exits.quantity.0)?;
        out.write_all(&[exits.side as u8, exits.stp as u8, exits.trigger])?;
    }
    Ok(())
}

fn read_market(max_price: PriceTicks, reader: &mut Reader) -> Result<Market, ImageError> {
    let [phase, next, _, _] = reader.take()?;
    let mut market = Market::new(reader.known(Phase::from_byte(phase), "an unknown phase")?);
    market.next = reader.known(Phase::from_byte(next), "an unknown phase")?;
    (market.extensions, market.auction_price) = (reader.u32()?, reader.u32()?);
    (market.ends_at, market.indicate_at) = (reader.u64()?, reader.u64()?);
    market.limits = TradingLimits {
        static_bps: reader.u32()?,
        dynamic_bps: reader.u32()?,
        auction_bps: reader.u32()?,
        call_ns: reader.u64()?,
        max_quantity: reader.i64()?,
        max_notional: reader.i64()?,
    };
    for _ in 0..reader.count(MAX_OPEN_ORDERS as usize, "too many pending cancels")? {
        let (order, [reason]) = (OrderId(reader.u64()?), reader.take()?);
        let reason = match CancelReason::from_byte(reason) {
            Some(
                reason @ (CancelReason::User
                | CancelReason::CancelAll
                | CancelReason::QuoteWithdrawn
                | CancelReason::QuoteRefused
                | CancelReason::Protection
                | CancelReason::Frozen),
            ) => reason,
            _ => return Err(reader.invalid("a pending cancel for no such reason")),
        };
        if market.pending.last_key_value().is_some_and(|(last, _)| *last >= order) {
            return Err(reader.invalid("pending cancels that are not in their order"));
        }
        market.pending.insert(order, reason);
    }
    // More than one order is not open for each.
    for _ in 0..reader.count(MAX_OPEN_ORDERS as usize, "too many exits that wait")? {
        market.exits.push_back(read_exits(reader)?);
    }
    if market.is_sound() && i64::from(market.auction_price) <= max_price.0 {
        Ok(market)
    } else {
        Err(reader.invalid("an impossible phase of an instrument"))
    }
}

fn read_exits(reader: &mut Reader) -> Result<Exits, ImageError> {
    let (entry, account) = (OrderId(reader.u64()?), AccountId(reader.u32()?));
    let (take_profit, trigger_price, stop_price) = (reader.u32()?, reader.u32()?, reader.u32()?);
    let (quantity, [side, stp, trigger]) = (QuantityLots(reader.i64()?), reader.take()?);
    let side = reader.known(Side::from_byte(side), "an unknown side")?;
    let stp = reader.known(SelfTradePrevention::from_byte(stp), "an unknown stp")?;
    Ok(Exits { entry, account, take_profit, trigger_price, stop_price, quantity, side, stp, trigger })
}

fn put_u16(out: &mut impl Write, value: u16) -> io::Result<()> {
    out.write_all(&value.to_le_bytes())
}

fn put_u32(out: &mut impl Write, value: u32) -> io::Result<()> {
    out.write_all(&value.to_le_bytes())
}

fn put_u64(out: &mut impl Write, value: u64) -> io::Result<()> {
    out.write_all(&value.to_le_bytes())
}

fn put_i64(out: &mut impl Write, value: i64) -> io::Result<()> {
    out.write_all(&value.to_le_bytes())
}

/// A total reader: every way to run off the end or to meet nonsense is an error with its offset.
struct Reader<'a> {
    source: BufReader<Hashed<'a>>,
    offset: u64,
}

/// Hashes what is read through it.
struct Hashed<'a> {
    source: &'a mut dyn Read,
    hasher: Sha256,
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        Ok(read)
    }
}

impl<'a> Reader<'a> {
    fn new(source: &'a mut dyn Read) -> Reader<'a> {
        let source = BufReader::with_capacity(BUFFER_BYTES, Hashed { source, hasher: Sha256::new() });
        Reader { source, offset: 0 }
    }

    fn failed(&self, error: &io::Error) -> ImageError {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => ImageError::Truncated { offset: self.offset },
            kind => ImageError::Unreadable { kind, offset: self.offset },
        }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], ImageError> {
        let mut bytes = [0; N];
        self.source.read_exact(&mut bytes).map_err(|error| self.failed(&error))?;
        self.offset += N as u64;
        Ok(bytes)
    }

    /// Reads to the end; returns how many bytes that were.
    fn skip_rest(&mut self) -> Result<u64, ImageError> {
        io::copy(&mut self.source, &mut io::sink()).map_err(|error| self.failed(&error))
    }

    /// SHA-256 of everything, once everything has been read.
    fn hash(&self) -> [u8; 32] {
        self.source.get_ref().hasher.clone().finalize().into()
    }

    fn u32(&mut self) -> Result<u32, ImageError> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, ImageError> {
        self.take().map(u64::from_le_bytes)
    }

    fn i64(&mut self) -> Result<i64, ImageError> {
        self.take().map(i64::from_le_bytes)
    }

    fn amount(&mut self) -> Result<Amount, ImageError> {
        let amount = self.i64()?;
        if amount < 0 { Err(self.invalid("a negative amount")) } else { Ok(Amount(amount)) }
    }

    fn u16(&mut self) -> Result<u16, ImageError> {
        self.take().map(u16::from_le_bytes)
    }

    fn count(&mut self, max: usize, what: &'static str) -> Result<usize, ImageError> {
        let count = self.u32()? as usize;
        if count > max { Err(self.invalid(what)) } else { Ok(count) }
    }

    fn symbol(&mut self, len: u8) -> Result<Symbol, ImageError> {
        let bytes = self.take()?;
        self.known(Symbol::new(len, &bytes), "an impossible symbol")
    }

    fn client_id(&mut self) -> Result<ClientId, ImageError> {
        let [len] = self.take()?;
        let mut bytes = [0; CLIENT_ID_LEN];
        let Some(text) = bytes.get_mut(..usize::from(len)) else {
            return Err(self.invalid("an impossible client order id or reference"));
        };
        self.source.read_exact(text).map_err(|error| self.failed(&error))?;
        self.offset += u64::from(len);
        self.known(ClientId::from_slice(text), "an impossible client order id or reference")
    }

    fn attributes(&mut self) -> Result<Option<OrderAttributes>, ImageError> {
        let attributes = match self.take::<1>()? {
            [0] => return Ok(None),
            [ATTRIBUTES_LEN] => OrderAttributes::read_from_bytes(&self.take::<{ ATTRIBUTES_LEN as usize }>()?).ok(),
            _ => None,
        };
        self.known(attributes.filter(|attributes| *attributes != OrderAttributes::NONE), "impossible attributes")
            .map(Some)
    }

    fn account(&mut self, accounts: &[Account]) -> Result<AccountId, ImageError> {
        let account = AccountId(self.u32()?);
        self.known(accounts.get(account.index()).map(|_| account), "an unknown account")
    }

    fn known<T>(&self, value: Option<T>, what: &'static str) -> Result<T, ImageError> {
        value.ok_or(self.invalid(what))
    }

    fn invalid(&self, what: &'static str) -> ImageError {
        ImageError::Invalid { what, offset: self.offset }
    }
}
