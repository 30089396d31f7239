//! References of commands that moved money: the caller's own names for them, kept as long as the books are. Knows no rule.

use crate::client_ids::ClientId;
use crate::types::*;
use std::collections::BTreeMap;

/// Of whom, for which kind of command, and the name itself. Ordered as in a state image.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ReferenceId {
    pub account: AccountId,
    /// The kind of the command.
    pub command: u8,
    /// Zeros behind the last one, so that their order is that of the text.
    characters: [u8; CLIENT_ID_LEN],
}

impl ReferenceId {
    /// The text has the form of a client order id. `None` without a character: that is no reference.
    pub fn new(account: AccountId, command: u8, text: &ClientId) -> Option<ReferenceId> {
        (!text.is_empty()).then_some(ReferenceId { account, command, characters: *text.bytes() })
    }

    pub fn text(&self) -> &[u8] {
        let unused = self.characters.iter().rev().take_while(|&&byte| byte == 0).count();
        &self.characters[..CLIENT_ID_LEN - unused]
    }
}

/// What a command moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moved {
    pub asset: AssetId,
    pub amount: Amount,
    /// To whom, of a transfer, forced or not; else 0.
    pub counterparty: AccountId,
    /// Of a withdrawal; of a forced transfer its reason; else 0.
    pub withdrawal_id: u64,
}

/// A command that moved money under a reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Original {
    pub sequence: u64,
    pub moved: Moved,
}

/// A tree: it grows by a node at a time, so no command pays for moving what others have.
pub struct References {
    originals: BTreeMap<ReferenceId, Original>,
    most: usize,
}

impl References {
    /// Room for so many.
    pub fn new(most: usize) -> References {
        References { originals: BTreeMap::new(), most }
    }

    pub fn find(&self, reference: &ReferenceId) -> Option<&Original> {
        self.originals.get(reference)
    }

    pub fn is_full(&self) -> bool {
        self.originals.len() >= self.most
    }

    /// Remembers a command. False, and nothing else, unless the reference is new.
    pub fn remember(&mut self, reference: ReferenceId, original: Original) -> bool {
        self.originals.insert(reference, original).is_none()
    }

    pub fn len(&self) -> usize {
        self.originals.len()
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&ReferenceId, &Original)> {
        self.originals.iter()
    }

    /// The last of them.
    pub fn last(&self) -> Option<&ReferenceId> {
        self.originals.last_key_value().map(|(reference, _)| reference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reference(account: u32, command: u8, text: &str) -> ReferenceId {
        ReferenceId::new(AccountId(account), command, &ClientId::from_slice(text.as_bytes()).unwrap()).unwrap()
    }

    fn original(sequence: u64) -> Original {
        let moved = Moved { asset: AssetId(0), amount: Amount(1), counterparty: VENUE_ACCOUNT, withdrawal_id: 0 };
        Original { sequence, moved }
    }

    #[test]
    fn a_reference_has_a_character() {
        assert_eq!(ReferenceId::new(AccountId(1), 32, &ClientId::EMPTY), None);
        assert_eq!(reference(1, 32, "!").text(), b"!");
        let longest = "x".repeat(CLIENT_ID_LEN);
        assert_eq!(reference(1, 32, &longest).text(), longest.as_bytes());
    }

    #[test]
    fn account_kind_and_text_are_one_name() {
        let mut references = References::new(4);
        let names = [reference(1, 32, "a"), reference(1, 32, "ab"), reference(1, 33, "a"), reference(2, 32, "a")];
        for (sequence, name) in (1..).zip(names) {
            assert_eq!(references.find(&name), None);
            assert!(!references.is_full(), "{} of 4", references.len());
            assert!(references.remember(name, original(sequence)));
        }
        assert_eq!(references.find(&names[1]), Some(&original(2)));
        assert!(!references.remember(names[0], original(9)), "a reference twice");
        assert_eq!((references.len(), references.is_full()), (4, true));
    }

    proptest! {
        /// In whatever order they come: by account, then kind, then text, of which the shorter is first.
        #[test]
        fn references_are_in_the_order_of_the_image(
            names in prop::collection::btree_set((0..3u32, 32..34u8, "[!a~]{1,4}"), 0..40).prop_map(Vec::from_iter),
            turn in 0..40usize,
        ) {
            let mut references = References::new(40);
            let turn = turn.min(names.len());
            for (account, command, text) in names[turn..].iter().chain(&names[..turn]) {
                references.remember(reference(*account, *command, text), original(1));
            }
            let listed: Vec<_> = references
                .iter()
                .map(|(name, _)| (name.account.0, name.command, String::from_utf8(name.text().to_vec()).unwrap()))
                .collect();
            prop_assert_eq!(listed, names);
        }
    }
}
