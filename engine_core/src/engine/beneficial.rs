//! Whose units of an omnibus account are (`docs/assets.md`, Holders).

use super::{Applied, Engine, Output};
use crate::command::SetBeneficial;
use crate::event::BeneficialSet;
use crate::holders::BeneficialId;
use crate::types::*;

impl Engine {
    pub(super) fn set_beneficial<O: Output>(
        &mut self,
        account: AccountId,
        body: &SetBeneficial,
        out: &mut O,
    ) -> Applied {
        self.known_account(account)?;
        let &SetBeneficial { asset, from_holder, to_holder, quantity, .. } = body;
        if asset as usize >= self.registry.assets.len() {
            return Err(RejectCode::UnknownAsset);
        }
        if quantity < 1 {
            return Err(RejectCode::InvalidAmount);
        }
        if from_holder == to_holder {
            return Err(RejectCode::InvalidParameter);
        }
        let (asset, quantity) = (AssetId(asset), Amount(quantity));
        self.check_not_locked(asset)?;
        let [from, to] = [from_holder, to_holder].map(|holder| BeneficialId { account, asset, holder });
        let [left, before] = [from, to].map(|id| self.holders.registered(id));
        // Who has registered all of his leaves his place.
        let leaves_room = from_holder != 0 && left == quantity;
        let is_new = to_holder != 0 && before == Amount::ZERO;
        if is_new && !leaves_room && self.holders.registrations().len() >= MAX_REGISTRATIONS {
            return Err(RejectCode::RegistryFull);
        }
        let has = if from_holder == 0 { self.ledger.balance(account, asset).available } else { left };
        if has < quantity {
            return Err(RejectCode::InsufficientFunds);
        }
        if from_holder == 0 {
            self.ledger.hold(account, asset, quantity);
        } else {
            self.holders.set_registered(from, left - quantity);
        }
        if to_holder == 0 {
            self.ledger.release(account, asset, quantity);
        } else {
            self.holders.set_registered(to, before + quantity);
        }
        let set = BeneficialSet {
            asset: asset.0,
            from_holder,
            to_holder,
            quantity: quantity.0,
            from_registered: self.holders.registered(from).0,
            to_registered: self.holders.registered(to).0,
            ..BeneficialSet::EMPTY
        };
        self.emit(account, set, out);
        Ok(())
    }
}
