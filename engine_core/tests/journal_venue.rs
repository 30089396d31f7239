//! The venue: whatever was durable is the state after recovery, by snapshot or by full replay, with the same hash.

#[path = "journal_support/mod.rs"]
mod support;

use engine_core::command::{CommandBuffer, CommandsMut, CreateAccount, CreateAsset, CreateInstrument, Deposit, Place};
use engine_core::event::Event;
use engine_core::journal::{Durability, JournalError, SEGMENT_BYTES_MIN};
use engine_core::types::{AssetId, SYMBOL_LEN};
use engine_core::venue::{Recovery, Venue, VenueConfig};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use support::{Fault, FaultyDisk, flip_bit, segments};
use tempfile::tempdir;

const ACCOUNTS: u32 = 20;

fn in_directory(directory: &Path) -> VenueConfig {
    VenueConfig { directory: Some(directory.to_owned()), segment_bytes: 1 << 20, ..VenueConfig::default() }
}

fn open(directory: &Path) -> Venue {
    Venue::open(&in_directory(directory), |_, _, _| {}).unwrap()
}

fn symbol(name: &[u8]) -> (u8, [u8; SYMBOL_LEN]) {
    let mut symbol = [0; SYMBOL_LEN];
    symbol[..name.len()].copy_from_slice(name);
    (name.len() as u8, symbol)
}

/// Two assets, an instrument, funded accounts.
fn setup() -> Vec<CommandBuffer> {
    let asset = |asset, class, name: &[u8]| {
        let (symbol_len, symbol) = symbol(name);
        let asset_class = class;
        let body = CreateAsset {
            asset,
            asset_class,
            decimals: 6,
            symbol_len,
            symbol,
            min_withdrawal: 1,
            ..CreateAsset::EMPTY
        };
        CommandBuffer::new(0, &body)
    };
    let (symbol_len, name) = symbol(b"AAPL/USDC");
    let instrument = CreateInstrument {
        instrument: 0,
        base: 1,
        quote: 0,
        collar_bps: 500,
        lot_size: 1_000,
        tick_lot_value: 10,
        max_price: 100_000,
        symbol_len,
        symbol: name,
        ..CreateInstrument::EMPTY
    };
    let mut commands = vec![asset(0, 0, b"USDC"), asset(1, 1, b"AAPL")];
    commands.push(CommandBuffer::new(0, &instrument));
    for account in 1..=ACCOUNTS {
        commands.push(CommandBuffer::new(account, &CreateAccount::EMPTY));
        for asset in [0, 1] {
            let body = Deposit { asset, amount: 1_000_000_000, ..Deposit::EMPTY };
            commands.push(CommandBuffer::new(account, &body));
        }
    }
    commands
}

/// Orders around one price, so that they cross, rest and run out of funds. The same for the same seed.
fn orders(seed: u64, count: usize) -> Vec<CommandBuffer> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let order = |_| {
        let account = 1 + random(u64::from(ACCOUNTS)) as u32;
        let order = Place {
            side: random(2) as u8,
            price: 990 + random(20) as i64,
            quantity: 1 + random(100) as i64,
            ..Place::EMPTY
        };
        let id = random(1 << 30).to_string();
        let order = Place { client_order_id_len: id.len() as u8, ..order };
        CommandBuffer::with_text(account, &order, id.as_bytes())
    };
    (0..count).map(order).collect()
}

fn history(seed: u64, count: usize) -> Vec<CommandBuffer> {
    let mut commands = setup();
    commands.extend(orders(seed, count));
    commands
}

/// Runs them as one batch, back to back.
fn run(venue: &mut Venue, commands: &[CommandBuffer], events: &mut Vec<Event>) -> Result<(), JournalError> {
    let mut words: Vec<u64> = commands.iter().flat_map(|command| command.command().words()).copied().collect();
    venue.run(CommandsMut::check(&mut words).unwrap(), events)
}

/// The state hash of an engine that never saw a journal.
fn hash_in_memory(commands: &[CommandBuffer]) -> [u8; 32] {
    let mut venue = Venue::open(&VenueConfig::default(), |_, _, _| {}).unwrap();
    run(&mut venue, commands, &mut Vec::new()).unwrap();
    venue.engine().state_hash()
}

#[test]
fn recovery_gives_the_same_events_and_the_same_hash() {
    let directory = tempdir().unwrap();
    let commands = history(1, 40_000);
    let mut events = Vec::new();
    let mut venue = open(directory.path());
    assert_eq!(venue.recovered(), &Recovery::default());
    for chunk in commands.chunks(7_001) {
        run(&mut venue, chunk, &mut events).unwrap();
        assert_eq!(venue.durable_sequence(), venue.engine().sequence());
    }
    let hash = venue.engine().state_hash();
    assert!(venue.engine().settlements() > 1_000, "the history trades");
    venue.close().unwrap();

    let (mut replayed, mut sequence) = (Vec::new(), 0);
    let venue = Venue::open(&in_directory(directory.path()), |engine, command, events| {
        sequence += 1;
        assert_eq!(engine.sequence(), sequence);
        assert_eq!(command.words(), commands[sequence as usize - 1].command().words());
        replayed.extend_from_slice(events);
    })
    .unwrap();
    assert_eq!(venue.recovered().commands, commands.len() as u64);
    assert!(replayed == events, "the same events");
    assert_eq!(venue.engine().state_hash(), hash);
    assert_eq!(hash, hash_in_memory(&commands));
    assert!(segments(directory.path()).len() > 1);
}

#[test]
fn a_snapshot_and_the_tail_are_the_full_replay() {
    let directory = tempdir().unwrap();
    let commands = history(2, 9_000);
    let mut venue = open(directory.path());
    let mut events = Vec::new();
    let mut snapshots = Vec::new();
    for chunk in commands.chunks(3_000) {
        run(&mut venue, chunk, &mut events).unwrap();
        snapshots.push(venue.snapshot().unwrap());
    }
    run(&mut venue, &orders(3, 500), &mut events).unwrap();
    let (hash, sequence) = (venue.engine().state_hash(), venue.engine().sequence());
    venue.close().unwrap();

    let recovered = |expected: Recovery| {
        let venue = open(directory.path());
        assert_eq!(venue.recovered(), &expected);
        assert_eq!((venue.engine().sequence(), venue.engine().state_hash()), (sequence, hash));
        venue.close().unwrap();
    };
    let from = |from_snapshot: Option<u64>, damaged: &[usize]| Recovery {
        commands: sequence - from_snapshot.unwrap_or(0),
        from_snapshot,
        torn_bytes: 0,
        damaged_snapshots: damaged.iter().map(|index| snapshots[*index].clone()).collect(),
    };
    recovered(from(Some(sequence - 500), &[]));
    flip_bit(&snapshots[3], 5_000, 1);
    recovered(from(Some(9_000), &[3]));
    for snapshot in &snapshots[..3] {
        flip_bit(snapshot, 40, 1);
    }
    recovered(from(None, &[3, 2, 1, 0]));

    fs::remove_file(&segments(directory.path())[0]).unwrap();
    let error = Venue::open(&in_directory(directory.path()), |_, _, _| {}).err().unwrap();
    assert!(matches!(&error, JournalError::Corrupt { file, .. } if *file == snapshots[3]), "{error}");
}

#[test]
fn a_snapshot_is_enough_when_older_segments_have_been_moved_away() {
    let directory = tempdir().unwrap();
    let config = VenueConfig { segment_bytes: SEGMENT_BYTES_MIN, ..in_directory(directory.path()) };
    let mut venue = Venue::open(&config, |_, _, _| {}).unwrap();
    run(&mut venue, &history(4, 500), &mut Vec::new()).unwrap();
    venue.snapshot().unwrap();
    run(&mut venue, &orders(5, 500), &mut Vec::new()).unwrap();
    let hash = venue.engine().state_hash();
    venue.close().unwrap();
    let segments = segments(directory.path());
    segments[..5].iter().for_each(|segment| fs::remove_file(segment).unwrap());
    let venue = Venue::open(&config, |_, _, _| {}).unwrap();
    assert_eq!(venue.recovered().commands, 500);
    assert_eq!(venue.engine().state_hash(), hash);
}

#[test]
fn a_snapshot_younger_than_the_journal_or_of_another_one_is_refused() {
    let directory = tempdir().unwrap();
    let config = VenueConfig { segment_bytes: SEGMENT_BYTES_MIN, ..in_directory(directory.path()) };
    let mut venue = Venue::open(&config, |_, _, _| {}).unwrap();
    run(&mut venue, &history(6, 300), &mut Vec::new()).unwrap();
    let snapshot = venue.snapshot().unwrap();
    venue.close().unwrap();

    let other = tempdir().unwrap();
    let mut foreign = open(other.path());
    run(&mut foreign, &history(6, 300), &mut Vec::new()).unwrap();
    foreign.close().unwrap();
    fs::copy(&snapshot, other.path().join(snapshot.file_name().unwrap())).unwrap();
    let error = Venue::open(&in_directory(other.path()), |_, _, _| {}).err().unwrap();
    assert!(error.to_string().contains("belongs to journal"), "{error}");

    let segments = segments(directory.path());
    fs::remove_file(segments.last().unwrap()).unwrap();
    let error = Venue::open(&config, |_, _, _| {}).err().unwrap();
    assert!(error.to_string().contains("the journal ends at sequence"), "{error}");

    segments.iter().filter(|segment| segment.exists()).for_each(|segment| fs::remove_file(segment).unwrap());
    let error = Venue::open(&config, |_, _, _| {}).err().unwrap();
    assert!(error.to_string().contains("missing"), "{error}");
    flip_bit(&snapshot, 200, 0);
    let error = Venue::open(&config, |_, _, _| {}).err().unwrap();
    assert!(matches!(&error, JournalError::Corrupt { file, .. } if *file == snapshot), "{error}");
}

#[test]
fn the_sequencer_stamps_and_time_never_runs_backwards() {
    let directory = tempdir().unwrap();
    let mut venue = open(directory.path());
    let mut events = Vec::new();
    let mut stamps = Vec::new();
    for (mut command, now_ns) in setup().into_iter().zip([10, 30, 20, 40]) {
        venue.submit(&mut command, now_ns, &mut events);
        stamps.push((venue.engine().sequence(), command.command().header().timestamp_ns));
    }
    assert_eq!(stamps, [(1, 10), (2, 30), (3, 30), (4, 40)]);
    assert_eq!(venue.durable_sequence(), 0);
    assert!(venue.commit().unwrap());
    venue.wait_durable(4).unwrap();
    assert_eq!(venue.durable_sequence(), 4);
    assert!(matches!(venue.wait_durable(5), Err(JournalError::NotCommitted { sequence: 5, committed: 4 })));
}

#[test]
fn submitted_commands_that_were_not_committed_have_not_happened() {
    let directory = tempdir().unwrap();
    let mut venue = open(directory.path());
    run(&mut venue, &setup(), &mut Vec::new()).unwrap();
    let hash = venue.engine().state_hash();
    venue.submit(&mut orders(1, 1)[0], 6, &mut Vec::new());
    assert_ne!(venue.engine().state_hash(), hash);
    drop(venue);
    assert_eq!(open(directory.path()).engine().state_hash(), hash);
}

#[test]
fn without_a_directory_everything_is_durable_at_once_and_nothing_is_kept() {
    let mut venue = Venue::open(&VenueConfig::default(), |_, _, _| {}).unwrap();
    run(&mut venue, &setup(), &mut Vec::new()).unwrap();
    assert_eq!(venue.durable_sequence(), venue.engine().sequence());
    assert!(venue.event_fd().is_none() && venue.failure().is_none() && !venue.is_full());
    assert!(matches!(venue.wait_durable(1_000), Err(JournalError::NotCommitted { .. })));
    assert!(matches!(venue.snapshot(), Err(JournalError::Config(_))));
    assert_eq!(venue.engine().total(AssetId(0)), venue.engine().issued(AssetId(0)));
    venue.close().unwrap();
}

#[test]
fn async_survives_the_end_of_the_process_and_its_snapshots_agree() {
    let directory = tempdir().unwrap();
    let config = VenueConfig { durability: Durability::Async, ..in_directory(directory.path()) };
    let mut venue = Venue::open(&config, |_, _, _| {}).unwrap();
    run(&mut venue, &history(7, 5_000), &mut Vec::new()).unwrap();
    venue.snapshot().unwrap();
    run(&mut venue, &orders(8, 5_000), &mut Vec::new()).unwrap();
    let hash = venue.engine().state_hash();
    drop(venue);
    let venue = open(directory.path());
    assert_eq!((venue.recovered().commands, venue.engine().state_hash()), (5_000, hash));
}

/// A disk that fails under a running venue: what was not durable is not reported as having happened, and nothing is after it.
#[test]
fn a_failed_disk_takes_back_the_events_and_ends_everything_but_queries() {
    let directory = tempdir().unwrap();
    let disk = Arc::new(FaultyDisk::new(Fault::NoSpace { batch: 1 }));
    let mut venue = Venue::open_on(disk, &in_directory(directory.path()), |_, _, _| {}).unwrap();
    let mut events = Vec::new();
    run(&mut venue, &setup(), &mut events).unwrap();
    let (durable, hash, seen) = (venue.durable_sequence(), venue.engine().state_hash(), events.clone());
    let failed = |result| matches!(result, Err(JournalError::Failed(failure)) if failure.disk_full);
    assert!(failed(run(&mut venue, &orders(1, 100), &mut events)));
    assert!(events == seen, "the events of what is not durable were taken back");
    assert!(failed(run(&mut venue, &orders(2, 100), &mut events)));
    assert!(failed(venue.snapshot().map(|_| ())));
    assert!(venue.failure().is_some_and(|failure| failure.disk_full));
    assert_eq!(venue.durable_sequence(), durable);
    assert!(failed(venue.close()));
    assert_eq!(open(directory.path()).engine().state_hash(), hash);
}
