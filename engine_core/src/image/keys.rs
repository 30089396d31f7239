//! The part of the image that is about API keys.

use super::{ImageError, Reader, put_u32, put_u64};
use crate::engine::Engine;
use crate::keys::Key;
use crate::types::*;
use std::io::{self, Write};

impl Engine {
    pub(super) fn write_keys(&self, out: &mut impl Write) -> io::Result<()> {
        put_u32(out, self.keys().len() as u32)?;
        for key in self.keys() {
            put_u32(out, key.account.0)?;
            put_u32(out, key.document.len() as u32)?;
            put_u64(out, key.expires_at)?;
            key.document.iter().try_for_each(|&word| put_u64(out, word))?;
        }
        Ok(())
    }

    pub(super) fn read_keys(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        for id in 1..=reader.count(MAX_KEYS, "too many keys")? {
            let account = reader.account(&self.accounts)?;
            let words = reader.count(MAX_KEY_DOCUMENT_WORDS, "too long a document of a key")?;
            let expires_at = reader.u64()?;
            let document = (0..words).map(|_| reader.u64()).collect::<Result<_, _>>()?;
            let key = Key { account, expires_at, document };
            if key.is_revoked() && key != Key::revoked(account) {
                return Err(reader.invalid("a revoked key that has an end"));
            }
            self.keys.set(id as u32, key);
        }
        Ok(())
    }
}
