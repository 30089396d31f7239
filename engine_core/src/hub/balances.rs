//! Balances: which of an account's balances a group touched, and one `balance` message for each of them at its end.
//!
//! It never looks at a balance that nobody watches.

use super::accounts::{AccountState, Accounts};
use super::{Hub, HubError};
use crate::engine::Engine;
use crate::event::{Event, kind};
use crate::types::{AssetId, NONE_ID, Side};
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
            let mut assets = mem::take(&mut account.touched_assets);
            while assets != 0 {
                let asset = AssetId(assets.trailing_zeros());
                assets &= assets - 1;
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
    let assets = touched_assets(engine, event);
    if assets != 0 && state.touched_assets == 0 {
        touched.push(place);
    }
    state.touched_assets |= assets;
}

/// The assets whose balance an event of an account may have changed: one bit each.
fn touched_assets(engine: &Engine, event: &Event) -> u64 {
    let bit = |asset: AssetId| 1u64 << asset.0;
    if event.asset != NONE_ID && event.kind != kind::REJECTED {
        return bit(AssetId(event.asset));
    }
    let Some(instrument) = engine.instruments().get(event.instrument as usize) else { return 0 };
    match event.kind {
        kind::FILL => bit(instrument.base) | bit(instrument.quote),
        kind::ACCEPTED | kind::CANCELLED | kind::AMENDED if event.side == Side::Sell as u8 => bit(instrument.base),
        kind::ACCEPTED | kind::CANCELLED | kind::AMENDED => bit(instrument.quote),
        _ => 0,
    }
}
