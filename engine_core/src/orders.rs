//! The slab of orders: one cache line each, linked by 32-bit indices, never moved.
//!
//! An order id names its slot and how often the slot has been used, so finding an order is one load and one
//! comparison, and no id is ever given out twice. The slab knows neither
//! money nor matching; `book` links its orders into level queues, `registry` into lists per account.

use crate::command::OrderAttributes;
use crate::memory::{Arena, Pages};
use crate::types::*;

/// "No order" in a link.
pub const NIL: u32 = u32::MAX;

/// Which ladder of its book an order is in. Two that differ in their side only are neighbours: the even one goes from
/// its highest price down, the odd one from its lowest up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LadderId(pub u8);

/// Displayed orders, hidden ones and market orders that wait for an auction, of each side, and the stops of each trigger
/// and side. Those of pegged orders come behind them.
pub const LADDERS: usize = RESTING + STOPS;
/// Those of orders that can trade.
const RESTING: usize = 6;
/// Queues of stops.
pub const STOPS: usize = 6;
/// Ladders of the pegged orders of a side: one for each reference and offset.
pub const PEG_GROUPS: usize = 3 * OFFSETS;
const OFFSETS: usize = MAX_PEG_OFFSET as usize + 1;
const _: () = assert!(LADDERS + 2 * PEG_GROUPS <= 1 << u8::BITS);

impl LadderId {
    #[inline(always)]
    pub fn displayed(side: Side) -> LadderId {
        LadderId(side as u8)
    }

    #[inline(always)]
    pub fn hidden(side: Side) -> LadderId {
        LadderId(2 + side as u8)
    }

    /// The market orders of a side that wait for an auction.
    pub fn auction(side: Side) -> LadderId {
        LadderId(4 + side as u8)
    }

    /// The stops of a side that wait for a value: a buy for one that is as high as its trigger price, so the lowest is
    /// the nearest. `None` without a trigger.
    pub fn stops(trigger: Trigger, side: Side) -> Option<LadderId> {
        let first = RESTING as u8 + 2 * (trigger as u8).checked_sub(1)?;
        Some(LadderId(first + side.opposite() as u8))
    }

    /// The pegged orders of a side with one reference and offset.
    pub fn pegs(reference: PegReference, offset: u8, side: Side) -> LadderId {
        LadderId::of_pegs((reference as usize - 1) * OFFSETS + usize::from(offset), side)
    }

    /// The pegged orders of a side, by reference and offset.
    pub fn of_pegs(group: usize, side: Side) -> LadderId {
        LadderId((LADDERS + 2 * group) as u8 + side as u8)
    }

    /// The place among the ladders of pegged orders.
    #[inline]
    pub fn peg_index(self) -> Option<usize> {
        usize::from(self.0).checked_sub(LADDERS)
    }

    #[inline]
    pub fn is_peg(self) -> bool {
        self.peg_index().is_some()
    }

    /// What its pegged orders follow, and how far behind.
    pub fn peg(self) -> Option<(PegReference, u8)> {
        let group = self.peg_index()? / 2;
        Some((PegReference::from_byte((group / OFFSETS) as u8 + 1)?, (group % OFFSETS) as u8))
    }

    /// As they are in a state image, but for those of pegged orders, which follow.
    pub fn all() -> impl Iterator<Item = LadderId> {
        (0..LADDERS as u8).map(LadderId)
    }

    /// The side of its orders.
    #[inline]
    pub fn side(self) -> Side {
        if self.stop_index().is_some() { self.direction().opposite() } else { self.direction() }
    }

    /// The stops of a place in the order in which their queues are looked at.
    #[inline]
    pub fn of_stops(index: usize) -> LadderId {
        LadderId((RESTING + index) as u8)
    }

    /// Of stops: the place in the order in which their queues are looked at.
    #[inline]
    pub fn stop_index(self) -> Option<usize> {
        usize::from(self.0).checked_sub(RESTING).filter(|&index| index < STOPS)
    }

    #[inline(always)]
    pub fn is_displayed(self) -> bool {
        self.0 < 2
    }

    pub fn is_hidden(self) -> bool {
        matches!(self.0, 2 | 3)
    }

    pub fn is_auction(self) -> bool {
        matches!(self.0, 4 | 5)
    }

    /// The side whose best price is the first of this ladder.
    #[inline(always)]
    pub fn direction(self) -> Side {
        if self.0.is_multiple_of(2) { Side::Buy } else { Side::Sell }
    }
}

/// A time in force and a mode of self-trade prevention in one byte: what an order does should it match again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Conduct(u8);

impl Conduct {
    const STP_SHIFT: u32 = 4;

    #[inline(always)]
    pub const fn new(time_in_force: TimeInForce, stp: SelfTradePrevention) -> Conduct {
        Conduct(time_in_force as u8 | (stp as u8) << Conduct::STP_SHIFT)
    }

    #[inline]
    fn time_in_force(self) -> TimeInForce {
        TimeInForce::from_byte(self.0 & ((1 << Conduct::STP_SHIFT) - 1)).expect("it was put together from one")
    }

    #[inline]
    fn stp(self) -> SelfTradePrevention {
        SelfTradePrevention::from_byte(self.0 >> Conduct::STP_SHIFT).expect("it was put together from one")
    }
}

/// An open order, or a vacant slot (nothing left), whose id is the last one it had. While it matches on entry it lives
/// outside the slab (`engine::incoming::Incoming`).
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub struct Order {
    pub id: OrderId,
    pub quantity: QuantityLots,
    /// Lots left; of an iceberg those of its slice ([`Orders::left`]).
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
    /// Below 0: a rebate.
    pub maker_rate: i16,
    /// The larger of its rates at acceptance: what a buy's hold is computed with.
    pub hold_rate: u16,
    pub instrument: u16,
    pub side: Side,
    pub conduct: Conduct,
    /// Of a quote: its group (`quotes`). 0: it is none.
    pub quote_group: u8,
    /// Whether it has a client order id (`client_ids`).
    pub named: bool,
    /// Whether it has attributes that few orders have ([`Orders::attributes`]).
    pub attributed: bool,
    pub ladder: LadderId,
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
        conduct: Conduct::new(TimeInForce::Gtc, SelfTradePrevention::CancelNewest),
        quote_group: 0,
        named: false,
        attributed: false,
        ladder: LadderId(0),
    };

    #[inline]
    pub fn price(&self) -> PriceTicks {
        PriceTicks(i64::from(self.price))
    }
    #[inline]
    pub fn time_in_force(&self) -> TimeInForce {
        self.conduct.time_in_force()
    }
    #[inline]
    pub fn stp(&self) -> SelfTradePrevention {
        self.conduct.stp()
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
    /// Slots that have been used as often as an id can count: neither open nor free.
    worn_out: u32,
    /// By slot; not touched for orders that have none.
    attributes: Arena<OrderAttributes>,
    shard: u8,
    max_open: u32,
}

impl Orders {
    /// A slab of at most `max_open` orders (1 to [`MAX_OPEN_ORDERS`]) at once, whose ids carry `shard`.
    pub fn new(shard: u8, max_open: u32) -> Orders {
        assert!((1..=MAX_OPEN_ORDERS).contains(&max_open), "max_open_orders {max_open}: 1 to {MAX_OPEN_ORDERS}");
        const LIMIT: usize = MAX_OPEN_ORDERS as usize;
        Orders {
            slots: Arena::new(LIMIT, Pages::Huge),
            free: Arena::new(LIMIT, Pages::SmallFirst),
            worn_out: 0,
            attributes: Arena::new(LIMIT, Pages::SmallFirst),
            shard,
            max_open,
        }
    }

    /// Takes a slot and makes the order's id. The caller has seen that the slab is not full.
    #[inline]
    pub fn allocate(&mut self) -> OrderId {
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => {
                let slot = self.slots.len() as u32;
                assert!(slot < MAX_OPEN_ORDERS, "the slab is full");
                self.slots.push(Order::VACANT);
                slot
            }
        };
        let order = &mut self.slots[slot as usize];
        order.id = OrderId::new(self.shard, order.id.generation() + 1, slot);
        order.id
    }

    #[inline]
    pub fn free(&mut self, slot: u32) {
        let order = &mut self.slots[slot as usize];
        order.leaves = QuantityLots(0);
        if order.id.generation() < MAX_ORDER_GENERATION {
            self.free.push(slot);
        } else {
            self.worn_out += 1;
        }
    }

    #[inline(always)]
    pub fn is_full(&self) -> bool {
        self.open() >= self.max_open || self.free.is_empty() && self.slots.len() == MAX_OPEN_ORDERS as usize
    }

    /// The same, once the order of a slot is gone.
    pub fn is_full_without(&self, slot: u32) -> bool {
        let wears_out = self.slots[slot as usize].id.generation() >= MAX_ORDER_GENERATION;
        self.open() > self.max_open || wears_out && self.free.is_empty() && self.slots.len() == MAX_OPEN_ORDERS as usize
    }

    /// Whether two more can be open.
    pub fn has_room_for_two(&self) -> bool {
        let unused = MAX_OPEN_ORDERS as usize - self.slots.len();
        self.open() + 2 <= self.max_open && self.free.len() + unused >= 2
    }

    /// The attributes of an order that has some.
    #[inline]
    pub fn attributes(&self, slot: u32) -> &OrderAttributes {
        &self.attributes[slot as usize]
    }

    pub fn attributes_mut(&mut self, slot: u32) -> &mut OrderAttributes {
        &mut self.attributes[slot as usize]
    }

    /// Gives the order that is about to rest its attributes. Those of slots that never had any take no memory.
    #[cold]
    pub fn set_attributes(&mut self, slot: u32, attributes: &OrderAttributes) {
        self.attributes.extend_zeroed(slot as usize + 1);
        self.attributes[slot as usize] = *attributes;
    }

    /// Lots that an order in a queue has left, an iceberg's reserve included.
    #[inline(always)]
    pub fn left(&self, order: &Order) -> QuantityLots {
        if order.attributed { order.leaves + self.reserve(order) } else { order.leaves }
    }

    #[cold]
    fn reserve(&self, order: &Order) -> QuantityLots {
        QuantityLots(self.attributes(order.id.slot()).reserve)
    }

    #[inline]
    pub fn filled(&self, order: &Order) -> QuantityLots {
        order.quantity - self.left(order)
    }

    /// The id by which others may know a displayed order. Each slice of an iceberg has its own.
    #[inline(always)]
    pub fn shown_id(&self, order: &Order) -> OrderId {
        const SHARD_SHIFT: u32 = u64::BITS - SHARD_BITS;
        // Nothing that could fail, so that it costs nothing where nobody asks for it.
        let attributes = if order.attributed { self.attributes.get(order.id.slot() as usize) } else { None };
        OrderId(order.id.0 ^ u64::from(attributes.map_or(0, |attributes| attributes.slice)) << SHARD_SHIFT)
    }

    /// The slot of the open order that is shown by this id.
    pub fn find_shown(&self, id: OrderId) -> Option<u32> {
        let slot = id.slot();
        let order = self.slots.get(slot as usize)?;
        (order.leaves.0 > 0 && order.ladder.is_displayed() && self.shown_id(order) == id).then_some(slot)
    }

    /// Orders open now.
    #[inline]
    pub fn open(&self) -> u32 {
        (self.slots.len() - self.free.len()) as u32 - self.worn_out
    }

    pub fn shard(&self) -> u8 {
        self.shard
    }

    pub fn max_open(&self) -> u32 {
        self.max_open
    }

    /// The slot of an open order.
    #[inline]
    pub fn find(&self, id: OrderId) -> Option<u32> {
        let slot = id.slot();
        let order = self.slots.get(slot as usize)?;
        (order.id == id && order.leaves.0 > 0).then_some(slot)
    }

    /// Asks for a slot's cache line; [`NIL`] is no matter.
    #[inline]
    pub fn prefetch(&self, slot: u32) {
        self.slots.prefetch(slot as usize);
    }

    #[inline]
    pub fn prefetch_attributes(&self, slot: u32) {
        self.attributes.prefetch(slot as usize);
    }

    /// How often each slot that was ever used has been used.
    pub(crate) fn generations(&self) -> impl ExactSizeIterator<Item = u32> {
        self.slots.iter().map(|order| order.id.generation())
    }

    pub(crate) fn free_slots(&self) -> &[u32] {
        &self.free
    }

    /// Whether this id has ever been an order's.
    pub(crate) fn has_given(&self, id: OrderId) -> bool {
        let last = self.slots.get(id.slot() as usize).map_or(0, |order| order.id.generation());
        id.shard() == self.shard && (1..=last).contains(&id.generation())
    }

    /// Whether an order of this id, its slot's last one, can come back: nothing is in its place.
    pub(crate) fn is_vacant(&self, id: OrderId) -> bool {
        self.slots.get(id.slot() as usize).is_some_and(|order| order.id == id && order.leaves.0 == 0)
    }

    /// Adds a slot that has been used `generation` times, as a state image says. `None` if that can not be.
    pub(crate) fn restore_slot(&mut self, generation: u32) -> Option<()> {
        let slot = self.slots.len() as u32;
        if slot >= MAX_OPEN_ORDERS || !(1..=MAX_ORDER_GENERATION).contains(&generation) {
            return None;
        }
        self.slots.push(Order { id: OrderId::new(self.shard, generation, slot), ..Order::VACANT });
        Some(())
    }

    /// Adds a free slot, as a state image says. Whether it is open as well is seen when all has been read.
    pub(crate) fn restore_free(&mut self, slot: u32) -> Option<()> {
        let order = self.slots.get(slot as usize)?;
        if order.id.generation() == MAX_ORDER_GENERATION {
            return None;
        }
        self.free.push(slot);
        Some(())
    }

    /// Once all orders are back: counts the worn-out slots. `None` if a slot is free twice, open and free, or neither.
    pub(crate) fn restore_worn_out(&mut self) -> Option<()> {
        let mut free = vec![false; self.slots.len()];
        for &slot in self.free.iter() {
            if std::mem::replace(&mut free[slot as usize], true) || self.slots[slot as usize].leaves.0 > 0 {
                return None;
            }
        }
        let mut worn_out = 0;
        for (order, free) in self.slots.iter().zip(free) {
            if !free && order.leaves.0 == 0 {
                if order.id.generation() != MAX_ORDER_GENERATION {
                    return None;
                }
                worn_out += 1;
            }
        }
        self.worn_out = worn_out;
        (self.open() <= self.max_open).then_some(())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(orders: &mut Orders) -> OrderId {
        let id = orders.allocate();
        orders[id.slot()].leaves = QuantityLots(1);
        id
    }

    fn parts(id: OrderId) -> (u8, u32, u32) {
        (id.shard(), id.generation(), id.slot())
    }

    #[test]
    fn a_slot_used_again_has_an_id_that_was_never_given() {
        let mut orders = Orders::new(7, 10);
        let [first, second] = [rest(&mut orders), rest(&mut orders)];
        assert_eq!((parts(first), parts(second)), ((7, 1, 0), (7, 1, 1)));
        assert_eq!(first.0, 7 << 56 | 1 << 26);
        orders.free(first.slot());
        assert_eq!((orders.find(first), orders.find(second)), (None, Some(1)));
        assert!(orders.is_vacant(first) && !orders.is_vacant(second));
        let third = rest(&mut orders);
        assert_eq!(parts(third), (7, 2, 0));
        assert_eq!((orders.find(first), orders.find(third)), (None, Some(0)), "the old id does not name the new order");
        assert!(orders.has_given(first) && orders.has_given(third));
        for never in [OrderId::new(7, 3, 0), OrderId::new(7, 0, 0), OrderId::new(8, 1, 0), OrderId::new(7, 1, 2)] {
            assert!(!orders.has_given(never) && orders.find(never).is_none(), "{never:?}");
        }
    }

    #[test]
    fn the_slot_freed_last_is_used_first_then_the_lowest_never_used() {
        let mut orders = Orders::new(0, 10);
        let ids = [(); 4].map(|()| rest(&mut orders));
        for slot in [1, 3, 0] {
            orders.free(ids[slot].slot());
        }
        let next = [(); 4].map(|()| rest(&mut orders).slot());
        assert_eq!(next, [0, 3, 1, 4]);
    }

    /// An order that has its id but does not rest is not found: nothing is left of it here.
    #[test]
    fn an_id_is_found_only_while_its_order_rests() {
        let mut orders = Orders::new(0, 10);
        let id = orders.allocate();
        assert_eq!(orders.find(id), None);
        orders[id.slot()].leaves = QuantityLots(5);
        assert_eq!(orders.find(id), Some(0));
    }

    #[test]
    fn a_worn_out_slot_is_retired() {
        let mut orders = Orders::new(0, 2);
        orders.restore_slot(MAX_ORDER_GENERATION - 1).unwrap();
        orders.restore_free(0).unwrap();
        orders.restore_worn_out().unwrap();
        let last = rest(&mut orders);
        assert_eq!(parts(last), (0, MAX_ORDER_GENERATION, 0));
        orders.free(0);
        assert_eq!((orders.open(), orders.free_slots()), (0, &[][..]));
        assert_eq!(parts(rest(&mut orders)), (0, 1, 1), "another slot takes its place");
        assert_eq!((orders.open(), orders.is_full()), (1, false));
        rest(&mut orders);
        assert_eq!((orders.open(), orders.is_full()), (2, true), "a retired slot takes no room from open orders");
        assert_eq!((orders.find(last), orders.has_given(last)), (None, true));
    }

    #[test]
    fn the_slab_is_full_at_its_limit_and_has_room_again_when_one_is_freed() {
        let mut orders = Orders::new(0, 3);
        for open in 0..3 {
            assert_eq!((orders.open(), orders.is_full()), (open, false));
            rest(&mut orders);
        }
        assert_eq!((orders.open(), orders.is_full()), (3, true));
        orders.free(1);
        assert_eq!((orders.open(), orders.is_full()), (2, false));
    }

    #[test]
    fn a_restored_slab_refuses_slots_that_no_slab_has() {
        let restored = |generations: &[u32], free: &[u32]| {
            let mut orders = Orders::new(0, 2);
            generations.iter().try_for_each(|&generation| orders.restore_slot(generation))?;
            free.iter().try_for_each(|&slot| orders.restore_free(slot))?;
            orders.restore_worn_out()
        };
        for (generations, free, good) in [
            (&[][..], &[][..], true),
            (&[1, 5], &[1, 0], true),
            (&[MAX_ORDER_GENERATION, 1], &[1], true),
            (&[0], &[0], false),
            (&[MAX_ORDER_GENERATION + 1], &[], false),
            (&[MAX_ORDER_GENERATION], &[0], false),
            (&[1], &[1], false),
            (&[1], &[0, 0], false),
            (&[1], &[], false),
        ] {
            assert_eq!(restored(generations, free).is_some(), good, "{generations:?} {free:?}");
        }
    }

    #[test]
    #[should_panic(expected = "max_open_orders 0")]
    fn a_slab_for_no_orders_is_a_defect_of_the_caller() {
        Orders::new(0, 0);
    }
}
