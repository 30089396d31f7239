//! Clean stops and what the next release makes of them: which snapshot a start begins at, and what other versions are told.
//!
//! Older and newer rules are this release's files with another number in a header.

#[path = "journal_support/mod.rs"]
mod support;

use engine_core::command::{CommandBuffer, CommandsMut, CreateAccount, CreateAsset, Deposit};
use engine_core::journal::{JournalError, SEGMENT_BYTES_MIN, verify};
use engine_core::snapshot::{self, Origin};
use engine_core::types::{AccountId, AssetId, SYMBOL_LEN};
use engine_core::venue::{Replay, Stopped, Venue, VenueConfig};
use std::fs;
use std::path::{Path, PathBuf};
use support::{
    FORMAT_VERSION, SEMANTICS_VERSION, contents, flip_bit, overwrite, read, segment_path, segments, set_version,
};
use tempfile::{TempDir, tempdir};

const BATCH: u64 = 20;

fn config(directory: &Path, replay: Replay) -> VenueConfig {
    let directory = Some(directory.to_owned());
    VenueConfig { directory, segment_bytes: SEGMENT_BYTES_MIN, replay, ..VenueConfig::default() }
}

fn try_open(directory: &Path) -> Result<Venue, JournalError> {
    Venue::open(&config(directory, Replay::SHORTEST), |_, _, _| {})
}

fn open(directory: &Path) -> Venue {
    try_open(directory).unwrap()
}

/// Brings the venue to this sequence, one unit deposited with each command.
fn run_to(venue: &mut Venue, sequence: u64) {
    let mut symbol = [0; SYMBOL_LEN];
    symbol[0] = b'X';
    let asset = CreateAsset { asset_class: 0, symbol_len: 1, symbol, min_withdrawal: 1, ..CreateAsset::EMPTY };
    while venue.engine().sequence() < sequence {
        let first = venue.engine().sequence() + 1;
        let last = sequence.min(first + BATCH - 1);
        let commands = (first..=last).map(|sequence| match sequence {
            1 => CommandBuffer::new(0, &asset),
            2 => CommandBuffer::new(1, &CreateAccount::EMPTY),
            _ => CommandBuffer::new(1, &Deposit { amount: 1, ..Deposit::EMPTY }),
        });
        let mut words: Vec<u64> = commands.flat_map(|command| command.command().words().to_vec()).collect();
        venue.run(CommandsMut::check(&mut words).unwrap(), &mut Vec::new()).unwrap();
    }
}

fn assert_is_at(venue: &Venue, sequence: u64) {
    let balance = venue.engine().balance(AccountId(1), AssetId(0)).unwrap();
    assert_eq!((venue.engine().sequence(), balance.available.0), (sequence, sequence as i64 - 2));
}

/// A journal with one start and clean stop at each of these sequences.
fn stopped_at(sequences: &[u64]) -> TempDir {
    let directory = tempdir().unwrap();
    for &sequence in sequences {
        let mut venue = open(directory.path());
        run_to(&mut venue, sequence);
        assert_eq!(left(venue.stop().unwrap()), snapshot::path(directory.path(), sequence));
    }
    directory
}

fn left(stopped: Stopped) -> PathBuf {
    stopped.snapshot.unwrap().unwrap()
}

/// Makes all that is there one of older rules, the snapshots excepted: they stand for what this release reads.
fn age(directory: &Path) {
    segments(directory).iter().for_each(|segment| set_version(segment, SEMANTICS_VERSION, 1));
}

fn snapshots(directory: &Path) -> Vec<u64> {
    let paths = snapshot::list(directory).unwrap();
    let mut sequences: Vec<_> = paths.iter().map(|path| snapshot::summary(path).unwrap().position.sequence).collect();
    sequences.reverse();
    sequences
}

/// The error, having changed nothing.
fn refused(directory: &Path) -> String {
    let before = contents(directory);
    let error = try_open(directory).err().expect("must be refused");
    assert_eq!(contents(directory), before);
    assert!(matches!(error, JournalError::Version { .. }), "{error}");
    error.to_string()
}

#[test]
fn a_clean_stop_leaves_the_state_and_later_ones_replace_it() {
    let directory = stopped_at(&[100]);
    let path = snapshot::path(directory.path(), 100);
    let found = snapshot::read(&path).unwrap();
    let venue = open(directory.path());
    assert_eq!((venue.recovered().commands, venue.recovered().from_snapshot), (0, Some(100)));
    assert_eq!(venue.engine().state_hash(), found.state_hash);
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(left(venue.stop().unwrap()), path);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written, "it is there already");

    flip_bit(&path, 200, 0);
    let venue = open(directory.path());
    assert_eq!((venue.recovered().commands, &venue.recovered().damaged_snapshots[..]), (100, &[path.clone()][..]));
    assert_eq!(left(venue.stop().unwrap()), path, "a damaged one is written anew");
    assert_eq!(snapshot::read(&path).unwrap().state_hash, found.state_hash);
}

#[test]
fn stops_keep_the_newest_few_and_what_somebody_asked_for() {
    let directory = stopped_at(&[10]);
    let mut venue = open(directory.path());
    run_to(&mut venue, 20);
    venue.snapshot().unwrap();
    for sequence in [30, 40, 50, 60] {
        run_to(&mut venue, sequence);
        left(venue.stop().unwrap());
        venue = open(directory.path());
    }
    assert_eq!(snapshots(directory.path()), [20, 40, 50, 60]);
    assert_eq!(snapshot::summary(&snapshot::path(directory.path(), 20)).unwrap().origin, Origin::Asked);
    assert_eq!(left(venue.stop().unwrap()), snapshot::path(directory.path(), 60));
    assert_eq!(snapshots(directory.path()), [20, 40, 50, 60]);
}

#[test]
fn nothing_is_left_where_nothing_has_happened_or_nothing_is_kept() {
    let directory = tempdir().unwrap();
    let stopped = open(directory.path()).stop().unwrap();
    assert!(stopped.sequence == 0 && stopped.snapshot.is_none());
    assert!(snapshots(directory.path()).is_empty());
    let mut venue = Venue::open(&VenueConfig::default(), |_, _, _| {}).unwrap();
    run_to(&mut venue, 10);
    let stopped = venue.stop().unwrap();
    assert!(stopped.sequence == 10 && stopped.snapshot.is_none());
}

/// The disk has no room for the snapshot, or the process is killed while it writes it.
#[test]
fn a_stop_that_can_not_leave_its_snapshot_says_so_and_loses_nothing() {
    let directory = stopped_at(&[10]);
    let partial = directory.path().join("snapshot-next.partial");
    fs::create_dir(&partial).unwrap();
    let mut venue = open(directory.path());
    run_to(&mut venue, 25);
    let stopped = venue.stop().unwrap();
    let error = stopped.snapshot.unwrap().unwrap_err();
    assert_eq!(stopped.sequence, 25);
    assert!(matches!(&error, JournalError::Io { path, .. } if *path == partial), "{error}");
    let venue = open(directory.path());
    assert_is_at(&venue, 25);
    assert_eq!((venue.recovered().commands, venue.recovered().from_snapshot), (15, Some(10)));
    drop(venue);

    fs::remove_dir(&partial).unwrap();
    let whole = fs::read(snapshot::path(directory.path(), 10)).unwrap();
    for written in [0, 1, 127, 128, 129, whole.len() - 1, whole.len()] {
        fs::write(&partial, &whole[..written]).unwrap();
        let venue = open(directory.path());
        assert_is_at(&venue, 25);
        assert_eq!(venue.recovered().from_snapshot, Some(10));
    }
    assert_eq!(left(open(directory.path()).stop().unwrap()), snapshot::path(directory.path(), 25));
    assert!(!partial.exists());
}

#[test]
fn a_start_begins_where_enough_is_replayed() {
    let directory = stopped_at(&[20, 40, 60]);
    for (at_least, at_most, from_snapshot, commands) in [
        (0, 0, Some(60), 0),
        (1, 99, Some(40), 20),
        (20, 99, Some(40), 20),
        (21, 99, Some(20), 40),
        (41, 99, None, 60),
        (61, 99, None, 60),
        (21, 39, Some(40), 20),
        (u64::MAX, u64::MAX, None, 60),
    ] {
        let config = config(directory.path(), Replay { at_least, at_most });
        let mut replayed = 0;
        let venue = Venue::open(&config, |_, _, _| replayed += 1).unwrap();
        let recovery = venue.recovered();
        assert_eq!((recovery.from_snapshot, recovery.commands, replayed), (from_snapshot, commands, commands));
        assert_is_at(&venue, 60);
    }
    // A damaged one leaves the choice to the others.
    flip_bit(&snapshot::path(directory.path(), 40), 200, 0);
    let venue = Venue::open(&config(directory.path(), Replay { at_least: 1, at_most: 99 }), |_, _, _| {}).unwrap();
    assert_eq!((venue.recovered().from_snapshot, venue.recovered().damaged_snapshots.len()), (Some(20), 1));
}

/// What begins at an older one must still agree with the newer ones.
#[test]
fn every_snapshot_behind_the_start_must_agree_with_the_journal() {
    for (offset, said) in [(24, "belongs to journal"), (40, "chain value")] {
        let directory = stopped_at(&[20, 40]);
        let newest = snapshot::path(directory.path(), 40);
        overwrite(&newest, offset, &[0xAA; 8]);
        overwrite(&newest, 0, &xxhash_rust::xxh3::xxh3_64(&read(&newest, 8, 120)).to_le_bytes());
        let error = Venue::open(&config(directory.path(), Replay::WHOLE), |_, _, _| {}).err().unwrap();
        assert!(error.to_string().contains(said), "{error}");
    }
    let directory = stopped_at(&[20, 200]);
    let last = segments(directory.path()).pop().unwrap();
    fs::remove_file(last).unwrap();
    let error = Venue::open(&config(directory.path(), Replay::WHOLE), |_, _, _| {}).err().unwrap();
    assert!(error.to_string().contains("but a snapshot was taken at 200"), "{error}");
}

/// The upgrade: nothing of the old rules is applied, and nothing of the new ones is written into their segments.
#[test]
fn older_rules_covered_by_a_snapshot_are_gone_on_from_in_a_new_segment() {
    let directory = stopped_at(&[100]);
    age(directory.path());
    let old = segments(directory.path());
    let bytes: Vec<_> = old.iter().map(|path| fs::read(path).unwrap()).collect();
    for restart in 0..2 {
        let mut replayed = 0;
        let venue = Venue::open(&config(directory.path(), Replay::WHOLE), |_, _, _| replayed += 1).unwrap();
        assert_eq!((replayed, venue.recovered().from_snapshot), (0, Some(100)), "restart {restart}");
        assert_is_at(&venue, 100);
        assert!(segment_path(directory.path(), 101).exists(), "begun at once");
    }
    let mut venue = open(directory.path());
    run_to(&mut venue, 150);
    drop(venue);
    let mut venue = Venue::open(&config(directory.path(), Replay::WHOLE), |_, _, _| {}).unwrap();
    assert_eq!((venue.recovered().commands, venue.recovered().from_snapshot), (50, Some(100)));
    run_to(&mut venue, 160);
    left(venue.stop().unwrap());
    for sequence in [170, 180, 190, 200] {
        let mut venue = open(directory.path());
        run_to(&mut venue, sequence);
        left(venue.stop().unwrap());
    }
    assert_eq!(snapshots(directory.path()), [100, 180, 190, 200], "the one at the upgrade is kept");
    let mut versions = Vec::new();
    verify(directory.path(), |segment| versions.push((segment.last_sequence, segment.semantics_version))).unwrap();
    let boundary = versions.iter().rfind(|(_, version)| *version == 1).unwrap().0;
    assert_eq!((boundary, versions.last().unwrap()), (100, &(200, 3)));
    assert!(
        old.iter().zip(bytes).all(|(path, bytes)| fs::read(path).unwrap() == bytes),
        "the old ones are as they were"
    );
}

#[test]
fn a_journal_of_older_rules_without_a_command_is_begun_anew() {
    let directory = tempdir().unwrap();
    drop(open(directory.path()));
    age(directory.path());
    let mut venue = open(directory.path());
    run_to(&mut venue, 10);
    drop(venue);
    assert_is_at(&open(directory.path()), 10);
}

#[test]
fn damage_in_segments_of_older_rules_is_damage() {
    let directory = stopped_at(&[100]);
    age(directory.path());
    let last = segments(directory.path()).pop().unwrap();
    flip_bit(&last, 512 + 70, 0);
    let error = try_open(directory.path()).err().unwrap();
    assert!(matches!(&error, JournalError::Corrupt { file, .. } if *file == last), "{error}");
}

#[test]
fn commands_of_older_rules_behind_the_snapshot_are_refused_with_the_way_out() {
    let directory = stopped_at(&[60]);
    let mut venue = open(directory.path());
    run_to(&mut venue, 100);
    drop(venue);
    age(directory.path());
    let said = refused(directory.path());
    assert!(said.contains("40 commands, from sequence 61 to 100, were written under semantics version 1"), "{said}");
    assert!(said.contains("version 1 on this directory once and stop it cleanly"), "{said}");
    assert!(said.contains("leaves a snapshot at 100"), "{said}");

    // Unreadable, damaged or gone: as if it were not there.
    let snapshot = snapshot::path(directory.path(), 60);
    let spoils: [fn(&Path); 3] = [
        |path| set_version(path, SEMANTICS_VERSION, 1),
        |path| flip_bit(path, 50, 1),
        |path| fs::remove_file(path).unwrap(),
    ];
    for spoil in spoils {
        spoil(&snapshot);
        let said = refused(directory.path());
        assert!(said.contains("100 commands, from sequence 1 to 100, were"), "{said}");
    }
}

/// Later rules go on from a snapshot that is lost: the older release would refuse their segments.
#[test]
fn a_lost_snapshot_between_older_rules_and_these_is_asked_for() {
    let directory = stopped_at(&[100]);
    age(directory.path());
    let mut venue = open(directory.path());
    run_to(&mut venue, 130);
    drop(venue);
    fs::remove_file(snapshot::path(directory.path(), 100)).unwrap();
    let said = refused(directory.path());
    assert!(said.contains("the snapshot at 100, from which the journal goes on under later rules"), "{said}");
    assert!(said.contains("without the segments after 100"), "{said}");
}

#[test]
fn what_a_later_release_wrote_is_refused() {
    let directory = stopped_at(&[60, 100]);
    let pristine = contents(directory.path());
    let last = segments(directory.path()).pop().unwrap();
    let newest = snapshot::path(directory.path(), 100);
    for (path, offset, what) in [
        (&last, SEMANTICS_VERSION, "semantics"),
        (&last, FORMAT_VERSION, "journal format"),
        (&newest, SEMANTICS_VERSION, "semantics"),
        (&newest, FORMAT_VERSION, "snapshot format"),
    ] {
        set_version(path, offset, 9);
        let said = refused(directory.path());
        assert!(
            said.starts_with(&format!("{}: {what} version 9 is newer than this release", path.display())),
            "{said}"
        );
        pristine.iter().for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    }
    assert_is_at(&open(directory.path()), 100);
}

#[test]
fn a_snapshot_too_old_to_be_read_is_passed_over_unless_nothing_else_is_there() {
    let directory = stopped_at(&[100]);
    set_version(&snapshot::path(directory.path(), 100), SEMANTICS_VERSION, 1);
    let venue = open(directory.path());
    assert_eq!((venue.recovered().commands, venue.recovered().from_snapshot), (100, None));
    drop(venue);
    fs::remove_file(segment_path(directory.path(), 1)).unwrap();
    let said = refused(directory.path());
    assert!(said.contains("semantics version 1 is older than this release reads"), "{said}");
}
