//! `matchcore`. A limit order that crosses takes the whole other side there, whatever its limit. So an order that fills
//! partly is handed over as two: the lots that fill, then the rest, which rests. Without that, no book would be left.

use crate::message::MessageKind;
use crate::peers::Peer;
use crate::rehearsal::{Step, Traded};
use engine_core::types::Side as EngineSide;
use matchcore::*;
use std::hint::black_box;

pub struct Matchcore;

/// Builds calls: the crate names an order by the sequence number of its submission.
#[derive(Default)]
struct Builder {
    calls: Vec<Command>,
    ids: Vec<OrderId>,
}

impl Peer for Matchcore {
    const NAME: &'static str = "matchcore";
    type Call = Command;

    fn calls(steps: &[Step]) -> Vec<Command> {
        let mut builder = Builder { calls: Vec::with_capacity(steps.len()), ids: vec![OrderId(0); steps.len()] };
        for step in steps {
            builder.add(step);
        }
        builder.calls
    }

    fn run(calls: &[Command], count: bool) -> Traded {
        let mut book = OrderBook::new("share");
        let mut traded = Traded::default();
        for call in calls {
            let outcome = black_box(book.execute(call));
            if count {
                add_trades(&outcome, &mut traded);
            }
        }
        traded
    }
}

fn add_trades(outcome: &CommandOutcome, traded: &mut Traded) {
    let (CommandOutcome::Applied(CommandReport::Submit(effects))
    | CommandOutcome::Applied(CommandReport::Amend(effects))) = outcome
    else {
        return;
    };
    for trade in effects.target_order().match_result().into_iter().flat_map(MatchResult::trades) {
        traded.lots += trade.quantity().0;
        traded.cash += trade.quantity().0 * trade.price().0;
    }
}

impl Builder {
    fn add(&mut self, step: &Step) {
        let partly = 0 < step.filled && step.filled < step.incoming;
        let first = if partly { step.filled } else { step.incoming };
        match step.message.kind {
            MessageKind::New => self.submit(step, first),
            MessageKind::Modify => self.amend(step, first),
            MessageKind::Cancel => {
                let order_id = self.ids[step.message.order as usize];
                self.push(CommandKind::Cancel(CancelCmd { order_id, order_kind: OrderKind::Limit }));
            }
        }
        if partly && !step.message.immediate {
            self.submit(step, step.incoming - step.filled);
        }
    }

    fn submit(&mut self, step: &Step, lots: i64) {
        let side = match step.message.side {
            EngineSide::Buy => Side::Buy,
            EngineSide::Sell => Side::Sell,
        };
        let time_in_force = if step.message.immediate { TimeInForce::Ioc } else { TimeInForce::Gtc };
        self.ids[step.message.order as usize] = OrderId(self.calls.len() as u64);
        let order = LimitOrder::new(price(step), standard(lots), OrderFlags::new(side, false, time_in_force));
        self.push(CommandKind::Submit(SubmitCmd { order: NewOrder::Limit(order) }));
    }

    /// One that comes too late is sent all the same, with the total it asks for.
    fn amend(&mut self, step: &Step, lots: i64) {
        let lots = if step.incoming == 0 { step.message.quantity.into() } else { lots };
        let patch = LimitOrderPatch::new().with_price(price(step)).with_quantity_policy(standard(lots));
        let order_id = self.ids[step.message.order as usize];
        self.push(CommandKind::Amend(AmendCmd { order_id, patch: AmendPatch::Limit(patch) }));
    }

    fn push(&mut self, kind: CommandKind) {
        let sequence = self.calls.len() as u64;
        let meta = CommandMeta { sequence_number: SequenceNumber(sequence), timestamp: Timestamp(0) };
        self.calls.push(Command { meta, kind });
    }
}

fn price(step: &Step) -> Price {
    Price(step.message.price.into())
}

fn standard(lots: i64) -> QuantityPolicy {
    QuantityPolicy::Standard { quantity: Quantity(lots as u64) }
}
