//! An untimed run of the messages through the engine: it resolves order ids, notes what each message did, and takes the figures
//! that show whether the flow has the shape it should.

use crate::market::{fresh_engine, read_messages};
use crate::message::{Message, MessageKind};
use bench_native::commands::{self, NewOrder};
use bench_native::fail;
use engine_core::command::CommandBuffer;
use engine_core::engine::Engine;
use engine_core::event::{Accepted, Amended, Event, Fill, Rejected};
use engine_core::types::{InstrumentId, Liquidity, Side, TimeInForce};
use std::path::Path;

/// Levels are counted once in so many messages: counting walks them all.
const LEVELS_EVERY: usize = 1_024;

/// A message and what it did.
#[derive(Clone, Copy)]
pub struct Step {
    pub message: Message,
    /// The order's id in the engine.
    pub order_id: u64,
    /// Lots that came in to be matched: of a new order all, of a modify what was left to fill; 0 if rejected.
    pub incoming: i64,
    /// Lots of them that filled at once.
    pub filled: i64,
}

impl Step {
    pub fn new_order(&self) -> NewOrder {
        let Message { account, side, price, quantity, immediate, .. } = self.message;
        let time_in_force = if immediate { TimeInForce::Ioc } else { TimeInForce::Gtc };
        NewOrder { account, instrument: 0, side, time_in_force, price: price.into(), quantity: quantity.into() }
    }

    /// The engine's command.
    pub fn command(&self, client_order_id: &[u8]) -> CommandBuffer {
        let message = &self.message;
        match message.kind {
            MessageKind::New => commands::place(&self.new_order(), client_order_id),
            MessageKind::Modify => {
                commands::amend(message.account, self.order_id, message.price.into(), message.quantity.into())
            }
            MessageKind::Cancel => commands::cancel(message.account, self.order_id),
        }
    }
}

/// Lots that changed hands, and ticks times lots.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Traded {
    pub lots: u64,
    pub cash: u64,
}

/// An average and a peak over the run.
#[derive(Default)]
pub struct Gauge {
    sum: u64,
    samples: u64,
    pub peak: u64,
}

impl Gauge {
    fn sample(&mut self, value: u64) {
        self.sum += value;
        self.samples += 1;
        self.peak = self.peak.max(value);
    }

    pub fn average(&self) -> f64 {
        self.sum as f64 / self.samples.max(1) as f64
    }
}

/// What the whole flow did.
#[derive(Default)]
pub struct Rehearsal {
    pub steps: Vec<Step>,
    pub standing: Gauge,
    pub levels: Gauge,
    pub fills: u64,
    pub rejected: u64,
    pub traded: Traded,
}

pub fn rehearse(path: &Path) -> Rehearsal {
    let messages = read_messages(path);
    let mut engine = fresh_engine();
    let mut rehearsal = Rehearsal { steps: Vec::with_capacity(messages.len()), ..Rehearsal::default() };
    let mut order_ids = vec![0; messages.len()];
    let mut events = Vec::new();
    for message in messages {
        let order_id = order_ids[message.order as usize];
        let mut step = Step { message, order_id, incoming: 0, filled: 0 };
        let mut command = step.command(b"");
        command.set_timestamp_ns(engine.sequence() + 1);
        engine.apply(command.command(), &mut events);
        rehearsal.note(&mut step, &events);
        order_ids[message.order as usize] = step.order_id;
        events.clear();
        rehearsal.measure(&engine);
        rehearsal.steps.push(step);
    }
    rehearsal
}

impl Rehearsal {
    fn note(&mut self, step: &mut Step, events: &[Event]) {
        for event in events {
            if let Some(accepted) = event.body::<Accepted>() {
                (step.order_id, step.incoming) = (accepted.order_id, accepted.leaves);
            } else if let Some(amended) = event.body::<Amended>() {
                step.incoming = amended.leaves;
            } else if let Some(fill) = event.body::<Fill>() {
                self.note_fill(step, fill);
            } else if let Some(rejected) = event.body::<Rejected>() {
                if step.message.kind == MessageKind::New {
                    fail(format!("order {} was rejected with code {}", step.message.order, rejected.reason));
                }
                self.rejected += 1;
            }
        }
    }

    fn note_fill(&mut self, step: &mut Step, fill: &Fill) {
        if fill.liquidity == Liquidity::Taker as u8 {
            step.filled += fill.quantity;
            self.fills += 1;
            self.traded.lots += fill.quantity as u64;
            self.traded.cash += fill.quantity as u64 * u64::from(fill.price);
        }
    }

    fn measure(&mut self, engine: &Engine) {
        self.standing.sample(engine.open_order_count().into());
        if self.steps.len().is_multiple_of(LEVELS_EVERY) {
            let levels = [Side::Buy, Side::Sell].map(|side| engine.depth(InstrumentId(0), side).count() as u64);
            self.levels.sample(levels.iter().sum());
        }
    }
}
