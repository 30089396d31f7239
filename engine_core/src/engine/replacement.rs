//! CANCEL_REPLACE: an open order goes and another comes, in one command, or nothing happens (`docs/market-rules.md`,
//! section 13).

use super::order_entry::Going;
use super::terms::{Terms, read_attributes};
use super::{Applied, Engine, Output};
use crate::client_ids::Content;
use crate::command::{CancelReplace, Command, Place};
use crate::types::*;

/// The order that comes, as a PLACE says it.
fn placed(body: &CancelReplace) -> Place {
    Place {
        instrument: body.instrument,
        side: body.side,
        order_type: body.order_type,
        time_in_force: body.time_in_force,
        stp: body.stp,
        price: body.price,
        quantity: body.quantity,
        quantity_kind: body.quantity_kind,
        client_order_id_len: body.client_order_id_len,
        expires_at: body.expires_at,
        display_quantity: body.display_quantity,
        min_quantity: body.min_quantity,
        trigger_price: body.trigger_price,
        trail: body.trail,
        trigger: body.trigger,
        visibility: body.visibility,
        lifetime: body.lifetime,
        peg: body.peg,
        peg_offset: body.peg_offset,
        ..Place::EMPTY
    }
}

impl Engine {
    #[inline(never)]
    pub(super) fn cancel_replace<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let body: CancelReplace = command.body();
        let place = placed(&body);
        let terms = Terms::read(&place).ok_or(RejectCode::Malformed)?;
        let attributes = read_attributes(&place)?;
        let on_failure = OnFailure::from_byte(body.on_failure).ok_or(RejectCode::Malformed)?;
        let (len, words) = (body.client_order_id_len, command.text_words::<CancelReplace>());
        let name = match len {
            0 => None,
            _ => {
                let name = self.client_ids.name_of(account, len, words, Content::of(&place));
                Some(name.ok_or(RejectCode::Malformed)?)
            }
        };
        if body.order_id == 0 {
            return Err(RejectCode::Malformed);
        }
        self.known_account(account)?;
        if let Some(name) = &name
            && let Some(known) = self.client_ids.find(&name.digest)
        {
            return self.answer_known(account, known, name, out);
        }
        let open = self.open_order_of(account, body.order_id);
        let goes = match (open, on_failure) {
            (Some(slot), _) => Some(self.going(slot, &place)?),
            (None, OnFailure::PlaceAnyway) => None,
            (None, OnFailure::Stop) => return Err(RejectCode::UnknownOrder),
        };
        let admitted = self.admit(account, &terms, &place, attributes.as_ref(), name.as_ref(), goes)?;
        if let Some(Going { slot, .. }) = goes {
            self.cancel_resting(slot, CancelReason::Replaced, out);
        }
        self.enter(admitted, out);
        Ok(())
    }

    /// The slot of an account's open order.
    #[inline]
    pub(super) fn open_order_of(&self, account: AccountId, order_id: u64) -> Option<u32> {
        self.orders.find(OrderId(order_id)).filter(|&slot| self.orders[slot].account == account)
    }

    /// What goes for an order, if that is of the same instrument and side: so what the other side shows is the same
    /// without it. A leg goes with the other only.
    fn going(&self, slot: u32, place: &Place) -> Result<Going, RejectCode> {
        let order = &self.orders[slot];
        let is_other = place.instrument != u32::from(order.instrument) || place.side != order.side as u8;
        if is_other || order.quote_group != 0 || self.partner_of(order).is_some() {
            return Err(RejectCode::InvalidCombination);
        }
        let terms = self.registry.instruments[usize::from(order.instrument)].terms();
        Ok(Going { slot, hold: terms.resting_hold(order, self.orders.left(order)) })
    }
}
