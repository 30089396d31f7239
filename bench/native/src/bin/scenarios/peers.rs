//! Bare matching crates on the same messages: no accounts, no balances, no fees, no settlement, no client order ids.
//!
//! Each takes the same orders in the same sequence and must trade the same lots at the same prices. Both are price-time books,
//! but neither has every command, so some messages are more than one call (counted as one command, the engine's one).

use crate::rehearsal::{Step, Traded};

/// A crate that can be raced.
pub trait Peer {
    const NAME: &'static str;
    /// What is handed to the book, made before the clock runs.
    type Call;
    /// The messages as calls, one or more each.
    fn calls(steps: &[Step]) -> Vec<Self::Call>;
    /// Makes the calls on a fresh book; returns what traded if `count`, and nothing is read of the answers if not.
    fn run(calls: &[Self::Call], count: bool) -> Traded;
}
