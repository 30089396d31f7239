//! The slab of orders: one cache line each, linked by 32-bit indices, never moved.
//!
//! An order id names its slot, so finding an order is one load and one comparison. The slab knows neither
//! money nor matching; `book` links its orders into level queues, `registry` into lists per account.

use crate::memory::{Arena, Pages};
use crate::types::*;

/// "No order" in a link.
pub const NIL: u32 = u32::MAX;

/// An open order. While it matches on entry it lives outside the slab (`engine::matching::Incoming`).
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub struct Order {
    pub id: OrderId,
    pub quantity: QuantityLots,
    pub leaves: QuantityLots,
    pub price: u32,
    pub account: AccountId,
    /// Neighbours in the level's queue.
    pub next: u32,
    pub prev: u32,
    /// The level, while the order is in its queue.
    pub level: u32,
    /// Neighbours in the account's list of open orders, oldest first.
    pub account_next: u32,
    pub account_prev: u32,
    pub maker_rate: u16,
    /// The larger of the account's rates at acceptance: what a buy's hold is computed with.
    pub hold_rate: u16,
    pub instrument: u16,
    pub side: Side,
    pub time_in_force: TimeInForce,
    pub stp: SelfTradePrevention,
}

const _: () = assert!(size_of::<Order>() == 64);

impl Order {
    const VACANT: Order = Order {
        id: OrderId(0),
        quantity: QuantityLots(0),
        leaves: QuantityLots(0),
        price: 0,
        account: VENUE_ACCOUNT,
        next: NIL,
        prev: NIL,
        level: NIL,
        account_next: NIL,
        account_prev: NIL,
        maker_rate: 0,
        hold_rate: 0,
        instrument: 0,
        side: Side::Buy,
        time_in_force: TimeInForce::Gtc,
        stp: SelfTradePrevention::CancelNewest,
    };

    #[inline]
    pub fn price(&self) -> PriceTicks {
        PriceTicks(i64::from(self.price))
    }
    #[inline]
    pub fn filled(&self) -> QuantityLots {
        self.quantity - self.leaves
    }
    #[inline]
    pub fn instrument(&self) -> InstrumentId {
        InstrumentId(u32::from(self.instrument))
    }
}

pub struct Orders {
    slots: Arena<Order>,
    /// Freed slots; the last is used next.
    free: Arena<u32>,
}

impl Default for Orders {
    fn default() -> Orders {
        const LIMIT: usize = MAX_OPEN_ORDERS as usize;
        Orders { slots: Arena::new(LIMIT, Pages::Huge), free: Arena::new(LIMIT, Pages::SmallFirst) }
    }
}

impl Orders {
    /// Takes a slot. The caller has seen that the slab is not full.
    #[inline]
    pub fn allocate(&mut self) -> u32 {
        if let Some(slot) = self.free.pop() {
            return slot;
        }
        let slot = self.slots.len() as u32;
        assert!(slot < MAX_OPEN_ORDERS, "the slab is full");
        self.slots.push(Order::VACANT);
        slot
    }

    #[inline]
    pub fn free(&mut self, slot: u32) {
        self.slots[slot as usize].id = OrderId(0);
        self.free.push(slot);
    }

    pub fn is_full(&self) -> bool {
        self.open() == MAX_OPEN_ORDERS
    }

    /// Orders open now.
    pub fn open(&self) -> u32 {
        (self.slots.len() - self.free.len()) as u32
    }

    /// The slot of an open order.
    #[inline]
    pub fn find(&self, id: OrderId) -> Option<u32> {
        let slot = id.slot();
        let order = self.slots.get(slot as usize)?;
        (order.id == id && id.0 != 0).then_some(slot)
    }

    /// Asks for a slot's cache line; [`NIL`] is no matter.
    #[inline]
    pub fn prefetch(&self, slot: u32) {
        if let Some(order) = self.slots.get(slot as usize) {
            crate::memory::prefetch(order);
        }
    }

    pub(crate) fn slots_used(&self) -> u32 {
        self.slots.len() as u32
    }

    pub(crate) fn free_slots(&self) -> &[u32] {
        &self.free
    }

    /// Rebuilds the slab's shape from a state image: `None` if it is too large, or the free list names a slot twice or outside.
    /// An error of the list's reading is passed on.
    pub(crate) fn restore<E>(slots_used: u32, free: impl Iterator<Item = Result<u32, E>>) -> Result<Option<Orders>, E> {
        if slots_used > MAX_OPEN_ORDERS {
            return Ok(None);
        }
        let mut orders = Orders::default();
        (0..slots_used).for_each(|_| orders.slots.push(Order::VACANT));
        let mut seen = vec![false; slots_used as usize];
        for slot in free {
            let slot = slot?;
            let again = seen.get_mut(slot as usize).map(|seen| std::mem::replace(seen, true));
            if again != Some(false) {
                return Ok(None);
            }
            orders.free.push(slot);
        }
        Ok(Some(orders))
    }
}

impl std::ops::Index<u32> for Orders {
    type Output = Order;
    #[inline]
    fn index(&self, slot: u32) -> &Order {
        &self.slots[slot as usize]
    }
}

impl std::ops::IndexMut<u32> for Orders {
    #[inline]
    fn index_mut(&mut self, slot: u32) -> &mut Order {
        &mut self.slots[slot as usize]
    }
}
