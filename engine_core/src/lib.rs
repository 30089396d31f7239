//! Matching and T+0 delivery-versus-payment settlement as one deterministic state machine.
//!
//! `apply(state, command) -> events`: see `docs/semantics.md` for the rules and `ARCHITECTURE.md` at the
//! repository's root for the map. Modules know only those listed before them.

pub mod types;
pub mod versions;

pub mod change;
pub mod command;
pub mod event;
mod memory;

mod due;
pub mod orders;
mod timers;

pub mod levels;

mod ladder;
mod pegs;
mod unseen;

pub mod book;
pub mod client_ids;
pub mod ledger;

pub mod price_protection;

pub mod actions;
pub mod fees;
pub mod holders;
pub mod market;
pub mod obligations;
mod protection;
mod quotes;
mod references;

pub mod backing;
pub mod keys;

pub mod registry;

pub mod risk;
mod settlement;

pub mod engine;
pub mod image;

pub mod wire;

pub mod journal;
pub mod snapshot;

pub mod recovery;
pub mod retention;

pub mod journal_replay;

pub mod follow;
pub mod venue;

pub mod marketdata;

pub mod hub;

pub mod tape;

#[cfg(feature = "python")]
mod python;
