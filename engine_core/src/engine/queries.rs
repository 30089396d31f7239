//! Reading the state: nothing here changes it.

use super::{Engine, Withdrawal};
use crate::backing::Backing;
use crate::book::LevelView;
use crate::client_ids::ClientId;
use crate::command::OrderAttributes;
use crate::fees::{FeeTable, Fees};
use crate::keys::Key;
use crate::ladder::Ladder;
use crate::ledger::Balance;
use crate::market::Market;
use crate::obligations::{Obligation, ObligationId};
use crate::orders::Order;
use crate::registry::{Account, Asset, Instrument};
use crate::types::*;

/// An open order as it stands now; `leaves` counts an iceberg's reserve.
#[derive(Clone, Copy, Debug)]
pub struct OrderView {
    pub id: OrderId,
    pub client_id: ClientId,
    pub account: AccountId,
    pub instrument: InstrumentId,
    pub side: Side,
    pub price: PriceTicks,
    pub quantity: QuantityLots,
    pub leaves: QuantityLots,
    pub time_in_force: TimeInForce,
    pub stp: SelfTradePrevention,
    pub attributes: OrderAttributes,
}

/// What can be seen of an order in its queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RestingOrder {
    /// As in [`crate::change::BookChange`].
    pub id: OrderId,
    pub side: Side,
    pub price: PriceTicks,
    pub leaves: QuantityLots,
}

/// Where to begin among a side's orders.
#[derive(Clone, Copy, Debug)]
pub enum Start {
    Best,
    /// At the front of this level, or of the next worse one.
    At(PriceTicks),
    /// Behind this order, which rests there.
    Behind(OrderId),
}

impl Engine {
    /// Of the genesis.
    pub fn client_id_key(&self) -> ClientIdKey {
        self.client_ids.key()
    }

    /// Sequence of the last applied command.
    #[inline]
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Time of the last applied command.
    #[inline]
    pub fn timestamp_ns(&self) -> u64 {
        self.timestamp_ns
    }

    /// Year, month and day as eight digits; 0 before the first roll.
    pub fn trade_date(&self) -> u32 {
        self.trade_date
    }

    pub fn assets(&self) -> &[Asset] {
        &self.registry.assets
    }

    pub fn instruments(&self) -> &[Instrument] {
        &self.registry.instruments
    }

    /// What each instrument's market is doing.
    pub fn markets(&self) -> &[Market] {
        &self.markets
    }

    pub fn fee_schedules(&self) -> &[FeeTable] {
        self.fees.tables()
    }

    /// Schedules, overrides, and changes that wait.
    pub fn fees(&self) -> &Fees {
        &self.fees
    }

    /// What is set of an account, and how much it has open.
    pub fn account(&self, account: AccountId) -> Option<&Account> {
        self.accounts.get(account.index())
    }

    pub fn account_fee_schedule(&self, account: AccountId) -> Option<u32> {
        self.accounts.get(account.index()).map(|row| row.fee_schedule)
    }

    /// How many finished orders with a client order id an account's window is to remember.
    #[inline]
    pub fn client_id_window(&self, account: AccountId) -> Option<u32> {
        self.accounts.get(account.index()).map(|row| row.window.limit)
    }

    /// What market makers owe, by account, then by instrument.
    pub fn obligations(&self) -> impl ExactSizeIterator<Item = (ObligationId, &Obligation)> {
        self.obligations.iter()
    }

    /// What stands behind assets.
    pub fn backing(&self) -> &Backing {
        &self.backing
    }

    /// API keys, by id from 1.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Key> {
        self.keys.iter()
    }

    pub fn account_count(&self) -> usize {
        self.accounts.len()
    }

    pub fn open_order_count(&self) -> u32 {
        self.orders.open()
    }

    /// Fills settled so far.
    pub fn settlements(&self) -> u64 {
        self.settlements
    }

    /// Sequence of the account's last event.
    pub fn account_sequence(&self, account: AccountId) -> Option<u64> {
        self.accounts.get(account.index()).map(|row| row.sequence)
    }

    pub fn balance(&self, account: AccountId, asset: AssetId) -> Option<Balance> {
        let known = account.index() < self.accounts.len() && asset.index() < self.registry.assets.len();
        known.then(|| self.ledger.balance(account, asset))
    }

    /// Puts an account's balances that are not zero into `balances`, by ascending asset; none of an unknown account.
    pub fn balances(&self, account: AccountId, balances: &mut Vec<(AssetId, Balance)>) {
        balances.clear();
        if account.index() < self.accounts.len() {
            self.ledger.balances(account, balances);
        }
    }

    /// Deposits less settled withdrawals, and what was minted less what was burned.
    pub fn issued(&self, asset: AssetId) -> Option<Amount> {
        self.registry.assets.get(asset.index()).map(|_| self.ledger.issued(asset))
    }

    /// Available and held over all accounts, counted anew: equals [`Engine::issued`].
    pub fn total(&self, asset: AssetId) -> Option<Amount> {
        self.registry.assets.get(asset.index()).map(|_| self.ledger.total(asset))
    }

    /// Best displayed price of a side, if the instrument is known and the side not empty.
    #[inline]
    pub fn best(&self, instrument: InstrumentId, side: Side) -> Option<PriceTicks> {
        self.books.get(instrument.index())?.best(side)
    }

    /// The level at a price (without orders if unused), or `None` for an unknown instrument.
    pub fn level(&self, instrument: InstrumentId, side: Side, price: PriceTicks) -> Option<LevelView> {
        self.books.get(instrument.index()).map(|book| book.level(&self.levels, side, price))
    }

    /// Levels best first; none for an unknown instrument.
    pub fn depth(&self, instrument: InstrumentId, side: Side) -> impl Iterator<Item = LevelView> {
        self.books.get(instrument.index()).into_iter().flat_map(move |book| book.depth(&self.levels, side))
    }

    /// The orders of a level, first to trade first.
    pub fn queue(&self, instrument: InstrumentId, side: Side, price: PriceTicks) -> impl Iterator<Item = OrderView> {
        let book = self.books.get(instrument.index()).into_iter();
        book.flat_map(move |book| book.queue(&self.levels, &self.orders, side, price))
            .map(|slot| self.view(&self.orders[slot]))
    }

    /// A side's orders in the order in which they would trade; none for an unknown instrument.
    pub fn by_priority(
        &self,
        instrument: InstrumentId,
        side: Side,
        start: Start,
    ) -> impl Iterator<Item = RestingOrder> {
        let behind = |&slot: &u32| Ladder::behind(&self.levels, &self.orders, slot);
        let first = self.books.get(instrument.index()).and_then(|book| match start {
            Start::Best => book.front(&self.levels, side),
            Start::At(price) => book.first_from(&self.levels, side, price),
            Start::Behind(id) => self.orders.find_shown(id).as_ref().and_then(behind),
        });
        std::iter::successors(first, behind).map(|slot| {
            let order = &self.orders[slot];
            let Order { side, leaves, .. } = *order;
            RestingOrder { id: self.orders.shown_id(order), side, price: order.price(), leaves }
        })
    }

    /// Where the order rests that is shown by this id.
    pub fn shown_price(&self, id: OrderId) -> Option<PriceTicks> {
        self.orders.find_shown(id).map(|slot| self.orders[slot].price())
    }

    pub fn order(&self, id: OrderId) -> Option<OrderView> {
        self.orders.find(id).map(|slot| self.view(&self.orders[slot]))
    }

    /// An account's open orders, oldest first; none for an unknown account.
    pub fn open_orders(&self, account: AccountId) -> impl Iterator<Item = OrderView> {
        let row = self.accounts.get(account.index()).into_iter();
        row.flat_map(|row| row.open_orders(&self.orders)).map(|slot| self.view(&self.orders[slot]))
    }

    /// At most `limit` of an account's open orders with the lowest ids beyond `after`, ascending, and whether there
    /// are more. So a reader of pages misses nothing that stays open, whatever comes and goes between two pages.
    /// O(open orders).
    pub fn open_orders_after(&self, account: AccountId, after: OrderId, limit: usize) -> (Vec<OrderView>, bool) {
        let row = self.accounts.get(account.index()).into_iter();
        let slots = row.flat_map(|row| row.open_orders(&self.orders));
        let mut ids: Vec<OrderId> = slots.map(|slot| self.orders[slot].id).filter(|&id| id > after).collect();
        let more = ids.len() > limit;
        if more {
            ids.select_nth_unstable(limit);
            ids.truncate(limit);
        }
        ids.sort_unstable();
        (ids.into_iter().map(|id| self.view(&self.orders[id.slot()])).collect(), more)
    }

    /// At most `limit` of the pending withdrawals with the lowest ids from `first` on, ascending, of one account or of all,
    /// and whether there are more. O(pending withdrawals).
    pub fn pending_withdrawals(
        &self,
        account: Option<AccountId>,
        first: u64,
        limit: usize,
    ) -> (Vec<(u64, Withdrawal)>, bool) {
        let asked = |&(&id, withdrawal): &(&u64, &Withdrawal)| {
            id >= first && account.is_none_or(|account| account == withdrawal.account)
        };
        let found = self.withdrawals.iter().filter(asked);
        let mut found: Vec<_> = found.map(|(&id, &withdrawal)| (id, withdrawal)).collect();
        let more = found.len() > limit;
        if more {
            found.select_nth_unstable_by_key(limit, |&(id, _)| id);
            found.truncate(limit);
        }
        found.sort_unstable_by_key(|&(id, _)| id);
        (found, more)
    }

    /// What an order has beside what every order has; all 0 for most.
    pub(crate) fn attributes_of(&self, order: &Order) -> OrderAttributes {
        let attributes =
            if order.attributed { *self.orders.attributes(order.id.slot()) } else { OrderAttributes::NONE };
        OrderAttributes { quote_group: order.quote_group, ..attributes }
    }

    fn view(&self, order: &Order) -> OrderView {
        OrderView {
            id: order.id,
            client_id: self.client_id_of(order),
            account: order.account,
            instrument: order.instrument(),
            side: order.side,
            price: order.price(),
            quantity: order.quantity,
            leaves: self.orders.left(order),
            time_in_force: order.time_in_force(),
            stp: order.stp(),
            attributes: self.attributes_of(order),
        }
    }
}
