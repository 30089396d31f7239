//! Balances: which of an account's balances a group touched, and one `balance` message for each of them at its end.
//!
//! It never looks at a balance that nobody watches.

use super::accounts::{AccountState, Accounts};
use super::{Hub, HubError};
use crate::engine::Engine;
use crate::event::{Event, kind};
use crate::types::{AssetId, InstrumentId, NONE_ID, Side};
use crate::wire::reply;
use std::mem;

impl Hub {
    /// Begins or ends the `balance` messages of the session's account.
    pub fn watch_balances(&mut self, session: u64, watched: bool) -> Result<(), HubError> {
        let found = self.session(session)?;
        let place = found.account.ok_or(HubError::NotAuthorized(session))?;
        let before = mem::replace(&mut found.balances, watched);
        let watchers = &mut self.accounts.states[place].balance_watchers;
        *watchers = *watchers + u32::from(watched) - u32::from(before);
        Ok(())
    }

    pub(super) fn write_balances(&mut self) {
        let engine = self.venue.engine();
        let sequence = engine.sequence();
        for place in self.touched_balances.drain(..) {
            let account = &mut self.accounts.states[place];
            account.touched_assets.sort_unstable();
            account.touched_assets.dedup();
            for asset in account.touched_assets.drain(..) {
                let Some(balance) = engine.balance(account.id, asset) else { continue };
                let symbol = engine.assets()[asset.index()].symbol.as_bytes();
                for &slot in &account.sessions {
                    if self.sessions.at(slot).balances {
                        self.sessions.write(slot, |out| {
                            reply::balance(out, sequence, symbol, balance.available.0, balance.held.0);
                        });
                    }
                }
            }
        }
    }
}

/// Marks the balances of `account` that an event may have changed, if somebody watches them.
#[inline]
pub(super) fn touch_balances(
    accounts: &mut Accounts,
    touched: &mut Vec<usize>,
    engine: &Engine,
    event: &Event,
    account: u32,
) {
    let Some(place) = accounts.find(account) else { return };
    let state: &mut AccountState = &mut accounts.states[place];
    if state.balance_watchers == 0 {
        return;
    }
    for asset in touched_assets(engine, event).into_iter().flatten() {
        if state.touched_assets.is_empty() {
            touched.push(place);
        }
        // The two of one instrument are often touched many times in a row; other repetitions go when balances are written.
        if !state.touched_assets.iter().rev().take(2).any(|&touched| touched == asset) {
            state.touched_assets.push(asset);
        }
    }
}

/// The assets whose balance an event of an account may have changed.
fn touched_assets(engine: &Engine, event: &Event) -> [Option<AssetId>; 2] {
    if matches!(event.kind, kind::REJECTED | kind::MONEY_REPEATED) {
        return [None; 2];
    }
    if let Some(asset) = event.asset().filter(|&asset| asset != NONE_ID) {
        return [Some(AssetId(asset)), None];
    }
    let instrument = event.instrument().and_then(|id| engine.instruments().get(InstrumentId(id).index()));
    let (Some(instrument), Some(side)) = (instrument, event.side()) else { return [None; 2] };
    match (event.kind, Side::from_byte(side)) {
        (kind::FILL, _) => [Some(instrument.base), Some(instrument.quote)],
        (kind::ACCEPTED | kind::CANCELLED | kind::AMENDED, Some(side)) => {
            [Some(instrument.terms().held_asset(side)), None]
        }
        _ => [None; 2],
    }
}
