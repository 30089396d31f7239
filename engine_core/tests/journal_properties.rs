//! Any sequence of batches, then any damage at any place: recovery returns the history, or all of it up to the damage if
//! nothing whole follows there, or refuses. It never returns a command that was not written.

#[path = "journal_support/mod.rs"]
mod support;

use engine_core::journal::{JournalError, SECTOR_BYTES};
use proptest::prelude::*;
use proptest::sample::Index;
use std::fs;
use std::path::{Path, PathBuf};
use support::*;
use tempfile::tempdir;

/// What happens to the file of a segment, placed by fractions so that it always hits.
#[derive(Clone, Debug)]
enum Damage {
    FlipBit {
        segment: Index,
        at: Index,
        bit: u8,
    },
    /// Random bytes over a range, as a misdirected write would leave.
    Garbage {
        segment: Index,
        at: Index,
        bytes: Vec<u8>,
    },
    /// A range of sectors that never reached the disk.
    LostSectors {
        segment: Index,
        first: Index,
        count: usize,
    },
    Truncate {
        segment: Index,
        length: Index,
    },
    Remove {
        segment: Index,
    },
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = || (any::<Index>(), any::<Index>());
    prop_oneof![
        3 => (place(), 0..8u8).prop_map(|((segment, at), bit)| Damage::FlipBit { segment, at, bit }),
        2 => (place(), prop::collection::vec(any::<u8>(), 1..2_000))
            .prop_map(|((segment, at), bytes)| Damage::Garbage { segment, at, bytes }),
        2 => (place(), 1..9usize).prop_map(|((segment, first), count)| Damage::LostSectors { segment, first, count }),
        1 => place().prop_map(|(segment, length)| Damage::Truncate { segment, length }),
        1 => any::<Index>().prop_map(|segment| Damage::Remove { segment }),
    ]
}

/// Bytes that may have changed: `from..to` of a segment.
struct Changed {
    segment: PathBuf,
    from: u64,
    to: u64,
}

fn inflict(directory: &Path, damage: &Damage) -> Changed {
    let segments = segments(directory);
    let length = SMALL_SEGMENT as usize;
    let pick = |index: &Index| segments[index.index(segments.len())].clone();
    let changed =
        |segment, from: usize, bytes: usize| Changed { segment, from: from as u64, to: (from + bytes) as u64 };
    match damage {
        Damage::FlipBit { segment, at, bit } => {
            let changed = changed(pick(segment), at.index(length), 1);
            flip_bit(&changed.segment, changed.from, *bit);
            changed
        }
        Damage::Garbage { segment, at, bytes } => {
            let at = at.index(length);
            let bytes = &bytes[..bytes.len().min(length - at)];
            let changed = changed(pick(segment), at, bytes.len());
            overwrite(&changed.segment, changed.from, bytes);
            changed
        }
        Damage::LostSectors { segment, first, count } => {
            let first = first.index(length / SECTOR_BYTES) * SECTOR_BYTES;
            let changed = changed(pick(segment), first, (count * SECTOR_BYTES).min(length - first));
            overwrite(&changed.segment, changed.from, &vec![0; (changed.to - changed.from) as usize]);
            changed
        }
        Damage::Truncate { segment, length: kept } => {
            let kept = kept.index(length);
            let changed = changed(pick(segment), kept, length - kept);
            truncate(&changed.segment, changed.from);
            changed
        }
        Damage::Remove { segment } => {
            let changed = changed(pick(segment), 0, length);
            fs::remove_file(&changed.segment).unwrap();
            changed
        }
    }
}

/// Without the lock file, which every attempt to open may leave behind.
fn journal_files(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = contents(directory);
    files.retain(|(path, _)| !path.ends_with("LOCK"));
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_costs_nothing_before_it_and_nothing_at_all_if_a_batch_follows(
        batches in prop::collection::vec(1..80u64, 1..14),
        damage in damage(),
    ) {
        let directory = tempdir().unwrap();
        let places = write_journal(directory.path(), SMALL_SEGMENT, &batches);
        let Changed { segment, from, to } = inflict(directory.path(), &damage);
        let total = places.last().unwrap().last_sequence;
        let before = |place: &&Place| place.segment < segment || (place.segment == segment && place.offset + place.bytes <= from);
        let after = |place: &Place| place.segment > segment || (place.segment == segment && place.offset >= to);
        let intact_prefix = places.iter().take_while(before).last().map_or(0, |place| place.last_sequence);
        let is_last_segment = places.iter().all(|place| place.segment <= segment);
        let damaged = journal_files(directory.path());
        match open(directory.path(), SMALL_SEGMENT) {
            Ok((journal, replayed)) => {
                let recovered = replayed.len() as u64;
                assert_history(&replayed, recovered);
                prop_assert!(recovered >= intact_prefix, "{} of {}, {} untouched", recovered, total, intact_prefix);
                prop_assert!(recovered == total || !places.iter().any(after), "{} of {}", recovered, total);
                prop_assert!(recovered == total || is_last_segment);
                prop_assert_eq!(journal.durable_sequence(), recovered);
                drop(journal);
                assert_history(&open(directory.path(), SMALL_SEGMENT).unwrap().1, recovered);
            }
            Err(JournalError::Corrupt { .. } | JournalError::Version { .. }) => {
                prop_assert!(journal_files(directory.path()) == damaged, "a refused journal is not changed");
                let cut_short = matches!(damage, Damage::Truncate { .. });
                let in_last_batch = is_last_segment && from >= SECTOR_BYTES as u64 && !places.iter().any(after);
                prop_assert!(cut_short || !in_last_batch, "the end of a journal is cut, not refused");
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
