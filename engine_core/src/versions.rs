//! Which versions this release reads, and what it says of the others: every such text is here.
//!
//! A release writes one version of everything, and goes on from what the release before it left: it reads that one's state
//! images. It never applies commands under other rules than those they were written under, so it needs an image at their end.

use crate::types::{JOURNAL_FORMAT_VERSION, SEMANTICS_VERSION};
use std::cmp::Ordering;

/// Semantics versions whose state images are read, ascending; the last is this release's.
pub const READABLE_IMAGES: &[u32] = &[SEMANTICS_VERSION];

/// Version of the bytes around a state image in a snapshot file.
pub const SNAPSHOT_FORMAT_VERSION: u32 = 1;

/// Why something is not read, and what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VersionRefusal {
    #[error(
        "{what} version {found} is newer than this release, which knows versions up to {known}: use the release that wrote \
         it, or a later one"
    )]
    Newer { what: &'static str, found: u32, known: u32 },
    #[error(
        "{what} version {found} is older than this release reads, which is from version {known} on: bring the venue forward \
         one release after another, beginning with the one that wrote it; start each once and stop it cleanly"
    )]
    Older { what: &'static str, found: u32, known: u32 },
    /// Commands that no readable snapshot covers.
    #[error("{}", commands_text(*semantics_version, *first, *last, *end, READABLE_IMAGES))]
    Commands { semantics_version: u32, first: u64, last: u64, end: u64 },
}

/// `Err` unless these are the bytes of this release's journals.
pub fn check_journal_format(found: u32) -> Result<(), VersionRefusal> {
    check("journal format", found, &[JOURNAL_FORMAT_VERSION])
}

/// `Err` unless these are the bytes of this release's snapshots.
pub fn check_snapshot_format(found: u32) -> Result<(), VersionRefusal> {
    check("snapshot format", found, &[SNAPSHOT_FORMAT_VERSION])
}

/// `Err` unless a state image of this semantics version is read.
pub fn check_image(found: u32) -> Result<(), VersionRefusal> {
    check("semantics", found, READABLE_IMAGES)
}

/// `Err` if commands were written under rules that this release has never heard of.
pub fn check_commands_known(found: u32) -> Result<(), VersionRefusal> {
    let newer = VersionRefusal::Newer { what: "semantics", found, known: SEMANTICS_VERSION };
    if found > SEMANTICS_VERSION { Err(newer) } else { Ok(()) }
}

/// `readable`: ascending and without a gap.
fn check(what: &'static str, found: u32, readable: &[u32]) -> Result<(), VersionRefusal> {
    let (oldest, newest) = (readable[0], readable[readable.len() - 1]);
    match (found.cmp(&oldest), found.cmp(&newest)) {
        (Ordering::Less, _) => Err(VersionRefusal::Older { what, found, known: oldest }),
        (_, Ordering::Greater) => Err(VersionRefusal::Newer { what, found, known: newest }),
        _ => Ok(()),
    }
}

/// Commands `first..=last` were written under `version`; the journal goes on to `end` under later ones.
fn commands_text(version: u32, first: u64, last: u64, end: u64, readable: &[u32]) -> String {
    let count = last + 1 - first;
    let commands = if count == 1 {
        format!("command {first} was written")
    } else {
        format!("{count} commands, from sequence {first} to {last}, were written")
    };
    let then = if readable.contains(&version) {
        "this one".to_owned()
    } else {
        format!("the releases after it, one semantics version after another, in the same way up to {}", readable[0])
    };
    let what_to_do = if last == end {
        format!(
            "start the release with semantics version {version} on this directory once and stop it cleanly, which leaves a \
             snapshot at {last}; then start {then}"
        )
    } else {
        format!(
            "the snapshot at {last}, from which the journal goes on under later rules, is missing or damaged: put it back; \
             or copy the journal without the segments after {last}, start the release with semantics version {version} on \
             the copy once and stop it cleanly, then {then}, and bring the snapshot it leaves here"
        )
    };
    format!(
        "{commands} under semantics version {version}, which this release ({SEMANTICS_VERSION}) does not replay: {what_to_do}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_told_from_what_is_older_and_newer() {
        let read = |found| check("thing", found, &[3, 4]).map_err(|refusal| refusal.to_string());
        assert_eq!((read(3), read(4)), (Ok(()), Ok(())));
        let (older, newer) = (read(2).unwrap_err(), read(5).unwrap_err());
        assert!(
            older.starts_with("thing version 2 is older than this release reads, which is from version 3 on: bring")
        );
        assert!(newer.starts_with("thing version 5 is newer than this release, which knows versions up to 4: use"));
        assert!(READABLE_IMAGES.windows(2).all(|pair| pair[0] + 1 == pair[1]));
        assert_eq!(READABLE_IMAGES.last(), Some(&SEMANTICS_VERSION));
    }

    /// One row a case: version, first, last, end, readable images, what is said.
    #[test]
    fn commands_of_other_rules_are_told_with_the_way_out() {
        type Row<'a> = (u32, u64, u64, u64, &'a [u32], &'a [&'a str]);
        let rows: [Row; 4] = [
            (
                1,
                8,
                10,
                10,
                &[1, 2],
                &["3 commands, from sequence 8 to 10,", "version 1 on this directory once", "then start this one"],
            ),
            (1, 10, 10, 10, &[1, 2], &["command 10 was written under", "a snapshot at 10"]),
            (
                1,
                8,
                10,
                10,
                &[2],
                &["then start the releases after it, one semantics version after another, in the same way up to 2"],
            ),
            (
                1,
                8,
                10,
                25,
                &[1, 2],
                &["the snapshot at 10", "put it back", "without the segments after 10", "version 1 on the copy once"],
            ),
        ];
        for (version, first, last, end, readable, said) in rows {
            let text = commands_text(version, first, last, end, readable);
            assert!(said.iter().all(|part| text.contains(part)), "{text}");
        }
    }
}
