//! Book changes: the engine's second output, beside account events. What happened to each order of a book, in order.
//!
//! What is hidden is not among them: of a hidden order only that it traded, of an iceberg its slices, each as an order
//! of its own. Whoever follows them from an empty book has every order, its place in its queue, and every level's
//! total, and need know no rule of matching. They name no account. Derived, never journaled.

use crate::types::*;

/// One change of one order. What a kind does not say is 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BookChange {
    /// Its owner's order id; of an iceberg with the slice's number XORed into the bits of the shard. 0 for a hidden
    /// one.
    pub order_id: OrderId,
    pub instrument: InstrumentId,
    pub side: Side,
    pub kind: ChangeKind,
    /// Where the order is: of a removed one, where it was.
    pub price: u32,
    /// Moved: where it was before. It is now at the back of the queue of `price`.
    pub previous_price: u32,
    /// What the order has left now; of a removed one, what it had.
    pub leaves: QuantityLots,
    /// Executed, or crossed: how much. The rest is in `leaves`; with nothing left the order is gone, and no removal follows.
    pub quantity: QuantityLots,
    /// The settlement's id, of what is a trade: not of the two orders of an auction's trade, which is said by itself.
    pub settlement_id: u64,
}
