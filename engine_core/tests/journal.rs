//! The journal as its owner sees it: append, commit, durability, back-pressure, rotation, recovery, errors by name.

#[path = "journal_support/mod.rs"]
mod support;

use engine_core::command::{LongCommandBuffer, MAX_COMMAND_LEN, MassQuote, QuoteEntry, RecordError};
use engine_core::journal::{
    Defect, DirectoryLock, Durability, FileSystem, Journal, JournalConfig, JournalError, JournalReader,
    MAX_BATCH_BYTES, SEGMENT_BYTES_MAX, SEGMENT_BYTES_MIN, verify,
};
use engine_core::types::{Genesis, MAX_QUOTE_ENTRIES};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::fs;
use std::os::fd::BorrowedFd;
use std::path::Path;
use std::sync::Arc;
use support::*;
use tempfile::tempdir;

#[test]
fn what_was_durable_is_replayed_in_order_by_the_next_process() {
    let directory = tempdir().unwrap();
    let (mut journal, replayed) = open(directory.path(), SMALL_SEGMENT).unwrap();
    assert!(replayed.is_empty());
    for records in [1, 7, 40, 2, 79, 1, 1, 60] {
        append_batch(&mut journal, records).unwrap();
    }
    assert_eq!(journal.durable_sequence(), 191);
    drop(journal);

    let (mut journal, replayed) = open(directory.path(), SMALL_SEGMENT).unwrap();
    assert_history(&replayed, 191);
    assert_eq!(journal.torn_bytes(), 0);
    append_batch(&mut journal, 5).unwrap();
    drop(journal);
    assert_history(&open(directory.path(), SMALL_SEGMENT).unwrap().1, 196);
    assert!(segments(directory.path()).len() > 2, "the history spans segments");
}

/// A list of quotes as long as the sequence says: 0 to the most there can be, and more counted than there are.
fn mass_quote(sequence: u64) -> LongCommandBuffer {
    let count = sequence as usize % (MAX_QUOTE_ENTRIES + 2);
    let body = MassQuote { quote_group: sequence as u32, quotes_len: count as u8, ..MassQuote::EMPTY };
    let bid_quantity = sequence as i64;
    let entries: Vec<_> =
        (0..count as u32).map(|instrument| QuoteEntry { instrument, bid_quantity, ..QuoteEntry::EMPTY }).collect();
    LongCommandBuffer::with_entries(sequence as u32 % 97, &body, &entries)
}

fn assert_quotes(directory: &Path, last: u64) -> u64 {
    let mut replayed = Vec::new();
    let lock = DirectoryLock::acquire(directory).unwrap();
    let journal = Journal::open(lock, &config(4 * SMALL_SEGMENT), Arc::new(FileSystem), None, |commands| {
        replayed.extend(commands.map(LongCommandBuffer::copy_of));
    })
    .unwrap();
    assert_eq!(replayed.len() as u64, last, "number of commands");
    for (found, sequence) in replayed.iter().zip(1..) {
        assert_eq!(found.command().words(), mass_quote(sequence).command().words(), "command {sequence}");
    }
    journal.torn_bytes()
}

#[test]
fn records_of_every_length_come_back_and_one_that_is_torn_does_not() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), 4 * SMALL_SEGMENT).unwrap();
    let mut last = 0;
    for batch in 1..=12 {
        for sequence in last + 1..=last + batch {
            journal.append(sequence, mass_quote(sequence).command());
        }
        last += batch;
        journal.commit_waiting().unwrap();
        journal.wait_durable(last).unwrap();
    }
    drop(journal);
    assert_eq!(assert_quotes(directory.path(), last), 0);
    assert!(segments(directory.path()).len() > 1, "the history spans segments");

    // The last batch loses its end, in the midst of a list.
    let segment = segments(directory.path()).pop().unwrap();
    let bytes = fs::read(&segment).unwrap();
    let end = bytes.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    overwrite(&segment, end as u64 - 600, &[0; 600]);
    assert!(assert_quotes(directory.path(), last - 12) > 0);
    assert_eq!(assert_quotes(directory.path(), last - 12), 0);
}

#[test]
fn what_was_appended_but_not_committed_is_forgotten() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    append_batch(&mut journal, 3).unwrap();
    journal.append(4, command(4).command());
    drop(journal);
    assert_history(&open(directory.path(), SMALL_SEGMENT).unwrap().1, 3);
}

#[test]
fn a_batch_gathers_while_another_is_written_and_is_bounded() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), 64 << 20).unwrap();
    let mut sequence = 0;
    while !journal.is_full() {
        sequence += 1;
        journal.append(sequence, command(sequence).command());
    }
    let bytes = command_bytes(1, sequence) as usize;
    assert!((MAX_BATCH_BYTES - MAX_COMMAND_LEN + 1..=MAX_BATCH_BYTES).contains(&bytes), "{bytes} bytes");
    assert!(journal.commit().unwrap());
    assert!(!journal.is_full(), "the spare buffer is empty");
    assert!(!journal.commit().unwrap(), "nothing to commit");
    journal.append(sequence + 1, command(sequence + 1).command());
    journal.commit_waiting().unwrap();
    journal.wait_durable(sequence + 1).unwrap();
    assert_eq!(journal.durable_sequence(), sequence + 1);
}

#[test]
#[should_panic(expected = "sequence 3 after 1")]
fn a_gap_in_the_sequence_is_a_defect_of_the_caller() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    journal.append(1, command(1).command());
    journal.append(3, command(3).command());
}

#[test]
fn waiting_for_what_was_not_committed_is_refused() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    append_batch(&mut journal, 2).unwrap();
    journal.append(3, command(3).command());
    let error = journal.wait_durable(3).unwrap_err();
    assert!(matches!(error, JournalError::NotCommitted { sequence: 3, committed: 2 }), "{error}");
}

#[test]
fn the_event_becomes_readable_when_a_batch_is_durable() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    // SAFETY: the journal, which owns the descriptor, outlives the borrow.
    let event = unsafe { BorrowedFd::borrow_raw(journal.event_fd()) };
    let readable = |seconds| {
        let timeout = Timespec { tv_sec: seconds, tv_nsec: 0 };
        poll(&mut [PollFd::new(&event, PollFlags::IN)], Some(&timeout)).unwrap() == 1
    };
    assert!(!readable(0));
    journal.append(1, command(1).command());
    journal.commit().unwrap();
    assert!(readable(30));
    assert_eq!(journal.durable_sequence(), 1);
    let mut counter = [0; 8];
    rustix::io::read(event, &mut counter).unwrap();
    assert!(!readable(0), "reading rearms it");
}

#[test]
fn a_directory_in_use_is_refused_by_name() {
    let directory = tempdir().unwrap();
    let (_journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    let error = DirectoryLock::acquire(directory.path()).err().unwrap();
    assert!(matches!(error, JournalError::Busy { .. }));
    assert!(error.to_string().contains(directory.path().to_str().unwrap()), "{error}");
}

#[test]
fn segment_sizes_out_of_range_are_refused() {
    let directory = tempdir().unwrap();
    for bytes in [0, SEGMENT_BYTES_MIN - 512, SEGMENT_BYTES_MIN + 1, SEGMENT_BYTES_MAX + 512] {
        assert!(matches!(open(directory.path(), bytes), Err(JournalError::Config(_))), "{bytes}");
    }
}

#[test]
fn the_segment_size_may_change_between_runs_even_under_an_empty_segment() {
    let directory = tempdir().unwrap();
    drop(open(directory.path(), SEGMENT_BYTES_MIN).unwrap());
    let (mut journal, _) = open(directory.path(), 1 << 20).unwrap();
    append_batch(&mut journal, 5_000).unwrap();
    drop(journal);
    let (mut journal, replayed) = open(directory.path(), SEGMENT_BYTES_MIN).unwrap();
    assert_history(&replayed, 5_000);
    for _ in 0..30 {
        append_batch(&mut journal, 30).unwrap();
    }
    drop(journal);
    assert_history(&open(directory.path(), SMALL_SEGMENT).unwrap().1, 5_900);
}

#[test]
fn async_is_reported_without_waiting_and_still_all_there_after_a_clean_end() {
    let directory = tempdir().unwrap();
    let disk = Arc::new(FaultyDisk::new(Fault::ShortWrites { bytes: usize::MAX }));
    let config = JournalConfig { durability: Durability::Async, ..config(SMALL_SEGMENT) };
    let (mut journal, _) = open_with(directory.path(), &config, disk, None).unwrap();
    for _ in 0..50 {
        append_batch(&mut journal, 20).unwrap();
    }
    drop(journal);
    assert_history(&open(directory.path(), SMALL_SEGMENT).unwrap().1, 1_000);
}

#[test]
fn sync_reports_nothing_before_its_sync() {
    let directory = tempdir().unwrap();
    let disk = Arc::new(FaultyDisk::new(Fault::TornWrite { batch: usize::MAX, kept: 0 }));
    let storage = Arc::clone(&disk);
    let (mut journal, _) = open_with(directory.path(), &config(1 << 20), storage, None).unwrap();
    for batches in 1..=5 {
        append_batch(&mut journal, 2).unwrap();
        assert_eq!(disk.log(), ["write", "sync"].repeat(batches));
    }
}

#[test]
fn a_file_system_that_can_not_reserve_space_gets_zeros_instead() {
    let directory = tempdir().unwrap();
    let disk = Arc::new(FaultyDisk::new(Fault::NoAllocate));
    let (mut journal, _) = open_with(directory.path(), &config(SMALL_SEGMENT), disk, None).unwrap();
    for _ in 0..10 {
        append_batch(&mut journal, 50).unwrap();
    }
    drop(journal);
    for segment in segments(directory.path()) {
        assert_eq!(fs::metadata(segment).unwrap().len(), SMALL_SEGMENT);
    }
    assert_history(&open(directory.path(), SMALL_SEGMENT).unwrap().1, 500);
}

#[test]
fn reading_can_start_after_any_batch_and_checks_that_the_history_is_the_same() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    let mut positions = vec![];
    for _ in 0..12 {
        append_batch(&mut journal, 20).unwrap();
        positions.push(journal.position());
    }
    drop(journal);
    for after in &positions {
        let (_, replayed) =
            open_with(directory.path(), &config(SMALL_SEGMENT), Arc::new(FileSystem), Some(*after)).unwrap();
        assert_history_from(after.sequence + 1, &replayed, 240);
    }
    let refusal = |after| match JournalReader::open(directory.path(), Some(after)) {
        Err(error) => error,
        Ok(mut reader) => loop {
            match reader.next_batch() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("{after:?} was accepted"),
                Err(error) => break error,
            }
        },
    };
    let good = positions[6];
    for (after, what) in [
        (engine_core::journal::Position { chain: good.chain ^ 1, ..good }, "chain value"),
        (engine_core::journal::Position { sequence: good.sequence + 1, ..good }, "sequence"),
        (engine_core::journal::Position { sequence: 260, ..good }, "the journal ends at sequence 240"),
        (engine_core::journal::Position { journal_id: good.journal_id ^ 1, ..good }, "belongs to journal"),
    ] {
        assert!(refusal(after).to_string().contains(what), "{}", refusal(after));
    }
}

#[test]
fn verify_reads_a_running_journal_and_counts() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    let batches = [20, 30, 1, 70, 2, 2, 2, 79];
    for (index, records) in batches.iter().enumerate() {
        append_batch(&mut journal, *records).unwrap();
        let mut summaries = vec![];
        let verified = verify(directory.path(), |segment| summaries.push(segment.clone())).unwrap();
        assert_eq!(verified.position, Some(journal.position()));
        assert_eq!((verified.first_sequence, verified.torn_bytes), (1, 0));
        assert_eq!(verified.batches, index as u64 + 1);
        assert_eq!(verified.segments, summaries.len() as u64);
        let mut next = 1;
        for summary in &summaries {
            assert_eq!(summary.path, segment_path(directory.path(), next));
            assert_eq!(summary.first_sequence, next);
            assert_eq!(summary.records, summary.last_sequence + 1 - next);
            assert!(summary.used_bytes <= summary.segment_bytes);
            next = summary.last_sequence + 1;
        }
        assert_eq!(next - 1, journal.durable_sequence());
    }
}

#[test]
fn verify_never_mistakes_a_running_writer_for_damage() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), 1 << 16).unwrap();
    let path = directory.path().to_owned();
    let done = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let stop = Arc::clone(&done);
    let reader = std::thread::spawn(move || {
        let mut rounds = 0;
        while !stop.load(std::sync::atomic::Ordering::Relaxed) {
            verify(&path, |_| {}).unwrap();
            rounds += 1;
        }
        rounds
    });
    for round in 0..400 {
        append_batch(&mut journal, 1 + round % 37).unwrap();
    }
    done.store(true, std::sync::atomic::Ordering::Relaxed);
    assert!(reader.join().unwrap() > 0);
}

#[test]
fn an_empty_last_segment_is_counted_and_an_empty_directory_is_an_empty_journal() {
    let directory = tempdir().unwrap();
    let verified = verify(directory.path(), |_| {}).unwrap();
    assert_eq!((verified.segments, verified.position), (0, None));
    drop(open(directory.path(), SMALL_SEGMENT).unwrap());
    let verified = verify(directory.path(), |_| {}).unwrap();
    assert_eq!((verified.segments, verified.batches, verified.position.unwrap().sequence), (1, 0, 0));
}

/// A header of other versions: what a reader of its commands is told, and that looking changes nothing.
#[test]
fn another_version_is_refused_by_its_own_error_and_left_alone() {
    for (offset, version, said) in [
        (FORMAT_VERSION, 77, "journal format version 77 is newer than this release, which knows versions up to 2: use"),
        (
            FORMAT_VERSION,
            1,
            "journal format version 1 is older than this release reads, which is from version 2 on: bring",
        ),
        (SEMANTICS_VERSION, 77, "semantics version 77 is newer than this release, which knows versions up to 3: use"),
        (SEMANTICS_VERSION, 1, "3 commands, from sequence 1 to 3, were written under semantics version 1, which"),
    ] {
        let directory = tempdir().unwrap();
        write_journal(directory.path(), SMALL_SEGMENT, &[1, 2]);
        let segment = segment_path(directory.path(), 1);
        set_version(&segment, offset, version);
        let before = contents(directory.path());
        let error = open(directory.path(), SMALL_SEGMENT).err().unwrap();
        assert!(matches!(&error, JournalError::Version { file, .. } if *file == segment), "{error}");
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!(contents(directory.path()), before);
    }
}

/// Older rules are no damage: an audit judges the batches and says which rules they are of. It does not look into them, for
/// what is a command under those rules only their release knows.
#[test]
fn a_journal_of_older_rules_is_verified_without_looking_into_its_commands() {
    let directory = tempdir().unwrap();
    let places = write_journal(directory.path(), SMALL_SEGMENT, &[30; 10]);
    let (first, last) = (&places[0].segment, &places[9].segment);
    assert_ne!(first, last);
    set_version(first, SEMANTICS_VERSION, 1);
    let mut versions = Vec::new();
    let verified = verify(directory.path(), |segment| versions.push(segment.semantics_version)).unwrap();
    assert_eq!((verified.batches, verified.position.unwrap().sequence), (10, 300));
    assert_eq!((versions[0], *versions.last().unwrap()), (1, 3));
    flip_bit(first, places[0].offset + 70, 1);
    let error = verify(directory.path(), |_| {}).unwrap_err();
    assert!(matches!(&error, JournalError::Corrupt { file, .. } if file == first), "{error}");
}

#[test]
fn a_timestamp_that_goes_backwards_is_refused_with_its_offset() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    append_batch(&mut journal, 1).unwrap();
    let mut early = command(2);
    early.set_timestamp_ns(1);
    journal.append(2, early.command());
    journal.commit_waiting().unwrap();
    journal.wait_durable(2).unwrap();
    drop(journal);
    let error = open(directory.path(), SMALL_SEGMENT).err().unwrap();
    let defect = Defect::Timestamp { previous: 1_000, found: 1 };
    assert!(matches!(error, JournalError::Corrupt { offset: 1_088, defect: found, .. } if found == defect));
}

#[test]
fn a_journal_of_another_genesis_is_refused_naming_both_and_left_alone() {
    let directory = tempdir().unwrap();
    let own = JournalConfig {
        genesis: Genesis { shard: 3, max_open_orders: 1_000, client_id_key: [5, 6] },
        ..config(SMALL_SEGMENT)
    };
    let (mut journal, _) = open_with(directory.path(), &own, Arc::new(FileSystem), None).unwrap();
    append_batch(&mut journal, 60).unwrap();
    append_batch(&mut journal, 60).unwrap();
    drop(journal);
    let before = contents(directory.path());
    for genesis in [Genesis { shard: 4, ..own.genesis }, Genesis { max_open_orders: 999, ..own.genesis }] {
        let other = JournalConfig { genesis, ..own };
        let error = open_with(directory.path(), &other, Arc::new(FileSystem), None).err().unwrap();
        let wanted = format!("shard {} with {}:", genesis.shard, genesis.max_open_orders);
        assert!(matches!(error, JournalError::Genesis { .. }), "{error}");
        assert!(error.to_string().contains("is of shard 3 with max_open_orders 1000,"), "{error}");
        assert!(error.to_string().contains(&wanted), "{error}");
        assert_eq!(contents(directory.path()), before);
    }
    assert_eq!(JournalReader::open(directory.path(), None).unwrap().genesis(), Some(own.genesis));
    assert_history(&open_with(directory.path(), &own, Arc::new(FileSystem), None).unwrap().1, 120);
}

/// A batch whose checksum fits, so that it is what somebody wrote: its records are judged all the same.
#[test]
fn a_whole_batch_of_what_are_no_records_is_refused_with_its_offset() {
    let (first, second) = (1_088, 1_088 + command_bytes(4, 4));
    let records = |found| Defect::Records { expected: found, found: 3 };
    let record = Defect::Record;
    for (at, bytes, offset, defect) in [
        (1_024 + 48, 2u32.to_le_bytes(), first, records(2)),
        (1_024 + 48, 4u32.to_le_bytes(), first, records(4)),
        (first + 4, 1u32.to_le_bytes(), first, record(RecordError::Flags { flags: 1 })),
        (second + 4, 6u32.to_le_bytes(), second, record(RecordError::Flags { flags: 6 })),
        // A cancel, the first of this batch, in a version that is not known yet.
        (first, [40, 0, 2, 2], first, record(RecordError::Version { kind: 2, found: 2, known: 1 })),
    ] {
        let directory = tempdir().unwrap();
        let place = write_journal(directory.path(), SMALL_SEGMENT, &[3, 3]).pop().unwrap();
        assert_eq!(place.offset, 1_024);
        overwrite(&place.segment, at, &bytes);
        let mut batch = read(&place.segment, place.offset, place.bytes);
        let previous = u64::from_le_bytes(batch[24..32].try_into().unwrap());
        let checksum = xxhash_rust::xxh3::xxh3_64_with_seed(&batch[8..], previous);
        batch[..8].copy_from_slice(&checksum.to_le_bytes());
        overwrite(&place.segment, place.offset, &batch);
        let before = contents(directory.path());
        for error in
            [open(directory.path(), SMALL_SEGMENT).err().unwrap(), verify(directory.path(), |_| {}).err().unwrap()]
        {
            let JournalError::Corrupt { file, offset: found, defect: why } = error else { panic!("{error}") };
            assert_eq!((&file, found, why), (&place.segment, offset, defect.clone()));
        }
        assert_eq!(contents(directory.path()), before);
    }
}
