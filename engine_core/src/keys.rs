//! API keys: whose each is, until when it is good, and what the gateway knows it by. Knows no rule, and reads no document.

use crate::types::*;

/// What is kept of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    pub account: AccountId,
    /// In nanoseconds; 0: never.
    pub expires_at: u64,
    /// No word of it: the key is revoked.
    pub document: Box<[u64]>,
}

impl Key {
    /// One that is good for nothing any more: only whose it was is still known.
    pub fn revoked(account: AccountId) -> Key {
        Key { account, expires_at: 0, document: Box::default() }
    }

    pub fn is_revoked(&self) -> bool {
        self.document.is_empty()
    }
}

/// All keys, by id from 1. An id is never given to another key, so that what was done under it can be told for ever.
#[derive(Default)]
pub struct Keys {
    keys: Vec<Key>,
}

impl Keys {
    pub fn get(&self, id: u32) -> Option<&Key> {
        self.keys.get((id as usize).checked_sub(1)?)
    }

    /// Puts a key in its place, which is one that there is, or the next.
    pub fn set(&mut self, id: u32, key: Key) {
        let place = id as usize - 1;
        if place == self.keys.len() {
            self.keys.push(key);
        } else {
            self.keys[place] = key;
        }
    }

    /// The id of a new key. `None` if there are as many as there can be.
    pub fn next_id(&self) -> Option<u32> {
        (self.keys.len() < MAX_KEYS).then_some(self.keys.len() as u32 + 1)
    }

    /// By id from 1.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Key> {
        self.keys.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_count_from_one_and_are_never_given_away() {
        let mut keys = Keys::default();
        let key = |expires_at| Key { account: AccountId(3), expires_at, document: [7].into() };
        assert_eq!((keys.next_id(), keys.get(0), keys.get(1)), (Some(1), None, None));
        keys.set(1, key(5));
        keys.set(2, key(6));
        keys.set(1, Key::revoked(AccountId(3)));
        assert_eq!((keys.next_id(), keys.get(2)), (Some(3), Some(&key(6))));
        assert_eq!(keys.iter().map(Key::is_revoked).collect::<Vec<_>>(), [true, false]);
        for id in 3..=MAX_KEYS as u32 {
            assert_eq!(keys.next_id(), Some(id));
            keys.set(id, Key::revoked(AccountId(0)));
        }
        assert_eq!(keys.next_id(), None, "those that are revoked count, too");
    }
}
