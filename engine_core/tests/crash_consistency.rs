//! What a crash, a bad disk or a careless hand can do to a journal, one failure a test. The rule for all: recovery returns
//! every command that was reported durable, then perhaps some that were not, in order and unchanged; or it refuses with file
//! and offset and changes nothing. After a recovery the journal goes on as if nothing had happened.

#[path = "journal_support/mod.rs"]
mod support;

use engine_core::journal::{Defect, JournalError, SECTOR_BYTES, verify};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use support::*;
use tempfile::tempdir;

const SECTOR: u64 = SECTOR_BYTES as u64;

/// Recovers to exactly `last`, appends more, recovers again, and verifies the whole.
fn assert_recovers_to(directory: &Path, last: u64) -> u64 {
    let (mut journal, replayed) = open(directory, SMALL_SEGMENT).unwrap();
    assert_history(&replayed, last);
    let torn_bytes = journal.torn_bytes();
    append_batch(&mut journal, 1).unwrap();
    append_batch(&mut journal, 9).unwrap();
    drop(journal);
    let (journal, replayed) = open(directory, SMALL_SEGMENT).unwrap();
    assert_history(&replayed, last + 10);
    assert_eq!(journal.torn_bytes(), 0);
    assert_eq!(verify(directory, |_| {}).unwrap().position, Some(journal.position()));
    torn_bytes
}

/// Refused, with this file and offset, and nothing on disk was changed.
fn assert_refused(directory: &Path, file: &Path, offset: u64) -> Defect {
    let before = contents(directory);
    let error = open(directory, SMALL_SEGMENT).err().expect("refused");
    assert_eq!(contents(directory), before);
    assert!(verify(directory, |_| {}).is_err());
    match error {
        JournalError::Corrupt { file: found, offset: at, defect } => {
            assert_eq!((found.as_path(), at), (file, offset), "{defect}");
            defect
        }
        other => panic!("{other}"),
    }
}

/// Power failure in the middle of a write: any prefix of the last batch reached the disk, the rest is still zeros.
#[test]
fn a_torn_write_of_any_length_is_cut() {
    let directory = tempdir().unwrap();
    let batch = write_journal(directory.path(), SMALL_SEGMENT, &[3, 5, 5]).pop().unwrap();
    let whole = read(&batch.segment, batch.offset, batch.bytes);
    let end_of_content = whole.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    for kept in 0..end_of_content {
        let torn = tempdir().unwrap();
        let segment = segment_path(torn.path(), 1);
        fs::copy(&batch.segment, &segment).unwrap();
        overwrite(&segment, batch.offset + kept as u64, &vec![0; batch.bytes as usize - kept]);
        let torn_bytes = whole[..kept].iter().rposition(|byte| *byte != 0).map_or(0, |last| last as u64 + 1);
        assert_eq!(assert_recovers_to(torn.path(), 8), torn_bytes.next_multiple_of(SECTOR), "kept {kept}");
    }
}

/// Power failure while the last batch was written: its sectors reached the disk in any order, every subset of them.
#[test]
fn any_subset_of_the_last_batchs_sectors_is_cut() {
    let sectors = 4;
    for subset in 0..(1u32 << sectors) - 1 {
        let directory = tempdir().unwrap();
        let batch = write_journal(directory.path(), SMALL_SEGMENT, &[3, 5, 25]).pop().unwrap();
        assert_eq!(batch.bytes, sectors * SECTOR);
        for sector in (0..sectors).filter(|sector| subset & (1 << sector) == 0) {
            overwrite(&batch.segment, batch.offset + sector * SECTOR, &[0; SECTOR_BYTES]);
        }
        let torn_bytes = assert_recovers_to(directory.path(), 8);
        assert_eq!(torn_bytes, u64::from(u32::BITS - subset.leading_zeros()) * SECTOR);
    }
}

/// A lost page: one 4 KiB page inside the last, unacknowledged batch never reached the disk, all others did. A journal that
/// checks single records finds good records after bad ones and refuses to start; this one cuts the batch.
#[test]
fn one_lost_page_inside_the_last_batch_is_cut() {
    const PAGE: u64 = 4_096;
    for page in 0..5 {
        let directory = tempdir().unwrap();
        let (mut journal, _) = open(directory.path(), 1 << 20).unwrap();
        append_batch(&mut journal, 3).unwrap();
        append_batch(&mut journal, 280).unwrap();
        drop(journal);
        let segment = segment_path(directory.path(), 1);
        // The page as it was before the last batch was written: what is older than that batch is still in it.
        let from = (page * PAGE).max(2 * SECTOR);
        overwrite(&segment, from, &vec![0; ((page + 1) * PAGE - from) as usize]);
        assert_recovers_to(directory.path(), 3);
    }
}

/// Stale bytes: the unfinished batch was longer than those written after recovery, so its end would still be there.
#[test]
fn nothing_of_a_cut_batch_is_left_behind() {
    let directory = tempdir().unwrap();
    let batch = write_journal(directory.path(), SMALL_SEGMENT, &[3, 60]).pop().unwrap();
    overwrite(&batch.segment, batch.offset, &[0; SECTOR_BYTES]);
    let (mut journal, replayed) = open(directory.path(), SMALL_SEGMENT).unwrap();
    assert_history(&replayed, 3);
    assert_eq!(journal.torn_bytes(), batch.bytes);
    append_batch(&mut journal, 1).unwrap();
    drop(journal);
    let after = batch.offset + SECTOR;
    assert!(read(&batch.segment, after, SMALL_SEGMENT - after).iter().all(|byte| *byte == 0));
    assert_recovers_to(directory.path(), 4);
}

/// Power failure with the last batch on disk but not yet acknowledged: it may be kept, and is.
#[test]
fn a_whole_batch_that_was_not_acknowledged_is_kept() {
    let directory = tempdir().unwrap();
    let disk = Arc::new(FaultyDisk::new(Fault::FailedSync { batch: 2 }));
    let (mut journal, _) = open_with(directory.path(), &config(SMALL_SEGMENT), disk, None).unwrap();
    append_batch(&mut journal, 3).unwrap();
    append_batch(&mut journal, 3).unwrap();
    append_batch(&mut journal, 3).unwrap_err();
    drop(journal);
    assert_recovers_to(directory.path(), 9);
}

/// A failed sync, after which the kernel shows pages that may never reach the disk: recovery must write them again before it
/// reports them durable.
#[test]
fn the_last_batch_is_written_and_synced_again_by_recovery() {
    let directory = tempdir().unwrap();
    write_journal(directory.path(), SMALL_SEGMENT, &[3, 4]);
    let disk = Arc::new(FaultyDisk::new(Fault::NoSpace { batch: usize::MAX }));
    let storage = Arc::clone(&disk);
    let (_journal, replayed) = open_with(directory.path(), &config(SMALL_SEGMENT), storage, None).unwrap();
    assert_history(&replayed, 7);
    assert_eq!(disk.log(), ["write", "sync"]);
}

/// A failing disk: a torn write, a full disk, a failed sync. The journal says so once and for all, reports nothing after it
/// durable, never tries again; the next process finds all that was acknowledged.
#[test]
fn a_failed_write_or_sync_is_final() {
    for (fault, recovered) in [
        (Fault::TornWrite { batch: 2, kept: 0 }, 6),
        (Fault::TornWrite { batch: 2, kept: 200 }, 6),
        (Fault::NoSpace { batch: 2 }, 6),
        (Fault::FailedSync { batch: 2 }, 9),
    ] {
        let directory = tempdir().unwrap();
        let disk = Arc::new(FaultyDisk::new(fault));
        let storage = Arc::clone(&disk);
        let (mut journal, _) = open_with(directory.path(), &config(SMALL_SEGMENT), storage, None).unwrap();
        append_batch(&mut journal, 3).unwrap();
        append_batch(&mut journal, 3).unwrap();
        assert!(journal.failure().is_none());
        let error = append_batch(&mut journal, 3).unwrap_err();
        let disk_full = matches!(fault, Fault::NoSpace { .. });
        assert!(matches!(&error, JournalError::Failed(failure) if failure.disk_full == disk_full), "{error}");
        assert_eq!(error.to_string().contains("disk full"), disk_full, "{error}");
        assert_eq!(journal.durable_sequence(), 6);

        journal.append(10, command(10).command());
        assert!(matches!(journal.commit(), Err(JournalError::Failed(_))));
        assert!(matches!(journal.wait_durable(9), Err(JournalError::Failed(_))));
        assert_eq!((journal.durable_sequence(), disk.batches_written()), (6, 3), "{fault:?}");
        assert!(journal.failure().is_some());
        drop(journal);
        assert_recovers_to(directory.path(), recovered);
    }
}

/// A disk that fills up while the next segment is prepared: the current one is used to its end, then the journal fails by name.
#[test]
fn a_disk_too_full_for_the_next_segment_fails_at_its_turn() {
    let directory = tempdir().unwrap();
    let disk = Arc::new(FaultyDisk::new(Fault::NoSpaceToPrepare { file: 1 }));
    let (mut journal, _) = open_with(directory.path(), &config(SMALL_SEGMENT), disk, None).unwrap();
    let error = loop {
        if let Err(error) = append_batch(&mut journal, 10) {
            break error;
        }
    };
    assert!(error.to_string().contains("disk full"), "{error}");
    let durable = journal.durable_sequence();
    assert_eq!(durable, 70, "seven batches of 1,024 bytes fit, and a header");
    drop(journal);
    assert_recovers_to(directory.path(), durable);
}

/// Writes that take fewer bytes than asked, down to one: not a failure.
#[test]
fn short_writes_are_continued() {
    for bytes in [1, 100, 511, 513] {
        let directory = tempdir().unwrap();
        let disk = Arc::new(FaultyDisk::new(Fault::ShortWrites { bytes }));
        let (mut journal, _) = open_with(directory.path(), &config(SMALL_SEGMENT), disk, None).unwrap();
        append_batch(&mut journal, 30).unwrap();
        append_batch(&mut journal, 70).unwrap();
        drop(journal);
        assert_recovers_to(directory.path(), 100);
    }
}

/// A bit flipped by the disk in an acknowledged batch with others after it, in the same or a later segment.
#[test]
fn a_flipped_bit_anywhere_before_the_last_batch_is_refused_with_its_batch() {
    let sizes = [3, 20, 30, 40, 5, 79, 2];
    for damaged in 0..sizes.len() - 1 {
        for at in [0, 9, 17, 25, 33, 41, 49, 57, 70, 200] {
            let directory = tempdir().unwrap();
            let place = &write_journal(directory.path(), SMALL_SEGMENT, &sizes)[damaged];
            flip_bit(&place.segment, place.offset + at, (at % 8) as u8);
            assert_refused(directory.path(), &place.segment, place.offset);
        }
    }
}

/// A lost write of a whole acknowledged batch, or of its first sector, with others after it: zeros, but not the end.
#[test]
fn an_acknowledged_batch_turned_to_zeros_is_refused() {
    let sizes = [3, 20, 30, 5];
    for damaged in 0..sizes.len() - 1 {
        for whole in [false, true] {
            let directory = tempdir().unwrap();
            let place = &write_journal(directory.path(), SMALL_SEGMENT, &sizes)[damaged];
            let bytes = if whole { place.bytes } else { SECTOR };
            overwrite(&place.segment, place.offset, &vec![0; bytes as usize]);
            let defect = assert_refused(directory.path(), &place.segment, place.offset);
            assert!(matches!(defect, Defect::DamagedBatch { .. }), "{defect}");
        }
    }
}

/// A segment header damaged by the disk.
#[test]
fn a_damaged_segment_header_is_refused() {
    for at in [0, 8, 30, 34, 41, 50, 400] {
        for segment in 0..2 {
            let directory = tempdir().unwrap();
            write_journal(directory.path(), SMALL_SEGMENT, &[60, 60]);
            let path = &segments(directory.path())[segment];
            flip_bit(path, at, 3);
            assert_refused(directory.path(), path, 0);
        }
    }
}

/// A careless hand: a segment removed, renamed, cut short, or taken from another journal.
#[test]
fn missing_foreign_and_truncated_segments_are_refused() {
    let fresh = || {
        let directory = tempdir().unwrap();
        let places = write_journal(directory.path(), SMALL_SEGMENT, &[60, 60, 60, 60]);
        (directory, places)
    };
    let (directory, places) = fresh();
    fs::remove_file(&places[0].segment).unwrap();
    let error = open(directory.path(), SMALL_SEGMENT).err().unwrap();
    let missing = Defect::MissingSegments { expected: 1, found: 61 };
    assert!(matches!(&error, JournalError::Corrupt { defect, .. } if *defect == missing), "{error}");

    let (directory, places) = fresh();
    fs::remove_file(&places[1].segment).unwrap();
    let defect = assert_refused(directory.path(), &places[2].segment, 0);
    assert_eq!(defect, Defect::Sequence { expected: 61, found: 121 });

    let (directory, places) = fresh();
    fs::rename(&places[3].segment, segment_path(directory.path(), 500)).unwrap();
    let defect = assert_refused(directory.path(), &segment_path(directory.path(), 500), 0);
    assert_eq!(defect, Defect::Sequence { expected: 500, found: 181 });

    let (directory, places) = fresh();
    let (_other, other_places) = fresh();
    fs::copy(&other_places[2].segment, &places[2].segment).unwrap();
    let defect = assert_refused(directory.path(), &places[2].segment, 0);
    assert!(matches!(defect, Defect::JournalId { .. }), "{defect}");

    for segment in [1, 3] {
        for length in [0, 100, SECTOR, places[segment].offset + places[segment].bytes, SMALL_SEGMENT - 1] {
            let (directory, places) = fresh();
            truncate(&places[segment].segment, length);
            let defect = assert_refused(directory.path(), &places[segment].segment, 0);
            assert!(matches!(defect, Defect::Length { .. }), "{defect}");
        }
    }
}

/// A header that somebody has written with another genesis, checksum and all: its commands would have other order ids.
#[test]
fn a_segment_of_another_genesis_is_refused() {
    for at in [56, 60, 64, 79] {
        let directory = tempdir().unwrap();
        let places = write_journal(directory.path(), SMALL_SEGMENT, &[60, 60]);
        let segment = &places[1].segment;
        flip_bit(segment, at, 0);
        let checksum = xxhash_rust::xxh3::xxh3_64(&read(segment, 8, SECTOR - 8));
        overwrite(segment, 0, &checksum.to_le_bytes());
        assert_eq!(assert_refused(directory.path(), segment, 0), Defect::Genesis);
    }
}

/// A batch of the same journal in the wrong place: a copy of an older one where the next belongs.
#[test]
fn a_whole_batch_in_the_wrong_place_is_refused() {
    let directory = tempdir().unwrap();
    let places = write_journal(directory.path(), SMALL_SEGMENT, &[3, 5, 4]);
    let end = places[2].offset + places[2].bytes;
    overwrite(&places[0].segment, end, &read(&places[1].segment, places[1].offset, places[1].bytes));
    let defect = assert_refused(directory.path(), &places[0].segment, end);
    assert_eq!(defect, Defect::Sequence { expected: 13, found: 4 });

    let directory = tempdir().unwrap();
    let places = write_journal(directory.path(), SMALL_SEGMENT, &[3, 5, 4]);
    overwrite(&places[0].segment, end + SECTOR, &read(&places[1].segment, places[1].offset, places[1].bytes));
    let defect = assert_refused(directory.path(), &places[0].segment, end);
    assert_eq!(defect, Defect::DamagedBatch { next_batch: end + SECTOR });
}

/// A directory that was copied and gone on with twice, and then mixed: everything fits but the history before it.
#[test]
fn a_batch_or_segment_of_a_forked_history_is_refused() {
    let (one, two) = (tempdir().unwrap(), tempdir().unwrap());
    write_journal(one.path(), SMALL_SEGMENT, &[3, 5]);
    let first = segment_path(one.path(), 1);
    fs::copy(&first, segment_path(two.path(), 1)).unwrap();
    for (directory, key) in [(one.path(), 1), (two.path(), 2)] {
        let (mut journal, _) = open(directory, SMALL_SEGMENT).unwrap();
        for sequence in [9, 10] {
            let mut command = command(sequence);
            command.set_key(key);
            journal.append(sequence, command.command());
            journal.commit_waiting().unwrap();
        }
        (11..111).for_each(|sequence| journal.append(sequence, command(sequence).command()));
        journal.commit_waiting().unwrap();
    }
    let second = segment_path(one.path(), 11);
    let own_second = fs::read(&second).unwrap();
    fs::copy(segment_path(two.path(), 11), &second).unwrap();
    assert!(matches!(assert_refused(one.path(), &second, 0), Defect::Chain { .. }));

    fs::write(&second, own_second).unwrap();
    let tenth = places(one.path(), SMALL_SEGMENT, &[3, 5, 1, 1])[3].offset;
    overwrite(&first, tenth, &read(&segment_path(two.path(), 1), tenth, SECTOR));
    assert!(matches!(assert_refused(one.path(), &first, tenth), Defect::Chain { .. }));
}

/// A client that writes what looks like a batch into its own commands, and a crash that tears the batch they are in: it does
/// not know the journal's id, so the forgery is not taken for an acknowledged batch.
#[test]
fn a_batch_forged_inside_commands_does_not_stop_recovery() {
    let foreign = tempdir().unwrap();
    let forged = write_journal(foreign.path(), SMALL_SEGMENT, &[1])[0].clone();
    let forged = read(&forged.segment, forged.offset, forged.bytes);
    let directory = tempdir().unwrap();
    let place = write_journal(directory.path(), SMALL_SEGMENT, &[3, 30]).pop().unwrap();
    overwrite(&place.segment, place.offset + SECTOR, &forged);
    assert_recovers_to(directory.path(), 3);
}

/// A crash while the next segment was prepared or put into place: a leftover file, or a new segment with nothing in it.
#[test]
fn a_crash_during_preparation_or_rotation_leaves_nothing_to_repair() {
    let directory = tempdir().unwrap();
    write_journal(directory.path(), SMALL_SEGMENT, &[60]);
    let prepared = directory.path().join("journal-next.prepared");
    for content in [&b""[..], &[0; 3_000], &read(&segment_path(directory.path(), 1), 0, SECTOR)] {
        fs::write(&prepared, content).unwrap();
        let (_journal, replayed) = open(directory.path(), SMALL_SEGMENT).unwrap();
        assert_history(&replayed, 60);
    }
    // The batch that made the journal rotate is torn off completely: only the header of its segment is on disk.
    let directory = tempdir().unwrap();
    let places = write_journal(directory.path(), SMALL_SEGMENT, &[60, 60]);
    overwrite(&places[1].segment, places[1].offset, &vec![0; places[1].bytes as usize]);
    assert_eq!(segments(directory.path()).len(), 2);
    assert_recovers_to(directory.path(), 60);
}

/// A torn end anywhere but in the last segment can not come from a crash: the old segment is on disk before the new has a name.
#[test]
fn a_torn_end_of_an_older_segment_is_refused() {
    let directory = tempdir().unwrap();
    let places = write_journal(directory.path(), SMALL_SEGMENT, &[60, 60]);
    flip_bit(&places[0].segment, places[0].offset + 300, 1);
    let defect = assert_refused(directory.path(), &places[0].segment, places[0].offset);
    assert_eq!(defect, Defect::DamagedSegmentEnd);

    let directory = tempdir().unwrap();
    let places = write_journal(directory.path(), SMALL_SEGMENT, &[60, 60]);
    overwrite(&places[0].segment, places[0].offset, &vec![0; places[0].bytes as usize]);
    let defect = assert_refused(directory.path(), &places[1].segment, 0);
    assert_eq!(defect, Defect::Sequence { expected: 1, found: 61 });
}
