//! `rust_ob`. It knows limit orders and cancels, in decimal numbers: immediate-or-cancel is an order and, unless it filled, a
//! cancel; a modify is a cancel and, if that found its order, an order with the same id for what was left to fill.

use crate::message::MessageKind;
use crate::peers::Peer;
use crate::rehearsal::{Step, Traded};
use engine_core::types::Side as EngineSide;
use rust_ob::{Decimal, OrderBook, OrderMatch, Side};
use std::hint::black_box;

pub struct RustOb;

#[derive(Clone, Copy)]
pub struct Limit {
    id: u32,
    side: Side,
    price: Decimal,
    lots: Decimal,
}

pub enum Call {
    Order(Limit),
    Immediate(Limit),
    Replace(Limit),
    Cancel(u32),
}

/// Of the taker last, of each maker before it; nothing if nothing traded or the order was refused.
type Matches = Vec<OrderMatch<u32>>;

impl Peer for RustOb {
    const NAME: &'static str = "rust_ob";
    type Call = Call;

    fn calls(steps: &[Step]) -> Vec<Call> {
        steps.iter().map(call).collect()
    }

    fn run(calls: &[Call], count: bool) -> Traded {
        let mut book = OrderBook::new();
        let mut traded = Traded::default();
        for call in calls {
            let matches = black_box(execute(&mut book, call));
            if count && let Some(taker) = matches.last() {
                traded.lots += whole(taker.quantity);
                traded.cash += whole(taker.cost.abs());
            }
        }
        traded
    }
}

fn call(step: &Step) -> Call {
    let message = &step.message;
    let side = match message.side {
        EngineSide::Buy => Side::Buy,
        EngineSide::Sell => Side::Sell,
    };
    // Of a modify that comes too late the lots do not matter, but they must be some.
    let lots = if step.incoming == 0 { message.quantity.into() } else { step.incoming };
    let limit = Limit { id: message.order, side, price: message.price.into(), lots: lots.into() };
    match message.kind {
        MessageKind::New if message.immediate => Call::Immediate(limit),
        MessageKind::New => Call::Order(limit),
        MessageKind::Modify => Call::Replace(limit),
        MessageKind::Cancel => Call::Cancel(message.order),
    }
}

fn execute(book: &mut OrderBook<u32>, call: &Call) -> Matches {
    match call {
        Call::Order(limit) => place(book, limit),
        Call::Immediate(limit) => {
            let matches = place(book, limit);
            if matches.last().is_none_or(|taker| taker.quantity < limit.lots) {
                let _ = black_box(book.cancel_order(limit.id));
            }
            matches
        }
        Call::Replace(limit) => match book.cancel_order(limit.id) {
            Ok(()) => place(book, limit),
            Err(_) => Matches::new(),
        },
        Call::Cancel(id) => {
            let _ = black_box(book.cancel_order(*id));
            Matches::new()
        }
    }
}

fn place(book: &mut OrderBook<u32>, limit: &Limit) -> Matches {
    book.process_limit_order(limit.id, limit.side, limit.price, limit.lots).unwrap_or_default()
}

fn whole(number: Decimal) -> u64 {
    number.try_into().expect("lots and ticks are whole numbers")
}
