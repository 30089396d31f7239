//! API keys (`docs/semantics.md`, section 6): who has which. Who may log on with one, and to do what, is the gateway's to say.

use super::{Applied, Engine, Output};
use crate::command::{Command, RevokeKey, SetKey};
use crate::event::{KeyRevoked, KeySet};
use crate::keys::Key;
use crate::types::*;

impl Engine {
    pub(super) fn set_key<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let SetKey { key_id, expires_at, document_len, .. } = command.body();
        let document = command.entries::<SetKey>();
        if document.is_empty() || usize::from(document_len) > MAX_KEY_DOCUMENT_WORDS {
            return Err(RejectCode::Malformed);
        }
        self.known_account(account)?;
        if self.keys.get(key_id).is_some() {
            self.known_key(account, key_id)?;
        } else {
            let next = self.keys.next_id().ok_or(RejectCode::RegistryFull)?;
            if key_id != next {
                return Err(RejectCode::IdNotNext);
            }
        }
        if expires_at != 0 && expires_at <= self.timestamp_ns {
            return Err(RejectCode::InvalidExpiry);
        }
        self.keys.set(key_id, Key { account, expires_at, document: document.into() });
        self.emit(account, KeySet { key_id, expires_at, ..KeySet::EMPTY }, out);
        Ok(())
    }

    pub(super) fn revoke_key<O: Output>(&mut self, account: AccountId, body: &RevokeKey, out: &mut O) -> Applied {
        self.known_account(account)?;
        self.known_key(account, body.key_id)?;
        self.keys.set(body.key_id, Key::revoked(account));
        self.emit(account, KeyRevoked { key_id: body.key_id, ..KeyRevoked::EMPTY }, out);
        Ok(())
    }

    /// A key that the account has.
    fn known_key(&self, account: AccountId, key_id: u32) -> Applied {
        match self.keys.get(key_id).filter(|key| key.account == account) {
            None => Err(RejectCode::UnknownKey),
            Some(key) if key.is_revoked() => Err(RejectCode::KeyRevoked),
            Some(_) => Ok(()),
        }
    }
}
