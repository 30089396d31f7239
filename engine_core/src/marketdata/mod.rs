//! Public market data derived from book changes: level 2 ([`depth`]), level 3 ([`orders`]).
//!
//! It knows no rule of matching, no account and no session: changes say what happened, the engine's books say what is,
//! and who gets a message is the caller's business. Nothing is collected for an instrument nobody watches.

pub mod depth;
pub mod orders;
mod public_ids;

use crate::engine::Engine;
use crate::types::{InstrumentId, Side};

/// By the side's byte.
const SIDES: [Side; 2] = [Side::Buy, Side::Sell];

/// Instruments that something happened to, each once, as they came.
#[derive(Default)]
struct Touched {
    list: Vec<InstrumentId>,
    /// By instrument.
    listed: Vec<bool>,
}

impl Touched {
    #[inline]
    fn add(&mut self, instrument: InstrumentId) {
        if self.listed.len() <= instrument.index() {
            self.listed.resize(instrument.index() + 1, false);
        }
        if !std::mem::replace(&mut self.listed[instrument.index()], true) {
            self.list.push(instrument);
        }
    }

    /// Moves them to `into`.
    fn take(&mut self, into: &mut Vec<InstrumentId>) {
        into.clear();
        std::mem::swap(&mut self.list, into);
        for instrument in into {
            self.listed[instrument.index()] = false;
        }
    }
}

fn symbol(engine: &Engine, instrument: InstrumentId) -> &[u8] {
    engine.instruments().get(instrument.index()).map_or(&[], |instrument| instrument.symbol.as_bytes())
}
