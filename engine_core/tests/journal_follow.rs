//! The follower: all that is durable is told, once, whenever it is asked; and a journal that does not lead on is refused.

#[path = "journal_support/mod.rs"]
mod support;

use engine_core::engine::Engine;
use engine_core::event::Event;
use engine_core::follow::Follower;
use engine_core::journal::{JournalError, Position};
use engine_core::types::Genesis;
use std::fs;
use std::path::Path;
use support::*;
use tempfile::tempdir;
use zerocopy::IntoBytes;

/// What the commands of the history say, from `first` to `last`.
fn events(first: u64, last: u64) -> Vec<Event> {
    let (mut engine, mut all) = (Engine::new(Genesis::default()), Vec::new());
    for sequence in 1..=last {
        engine.apply(command(sequence).command(), &mut all);
        if sequence < first {
            all.clear();
        }
    }
    all
}

/// Goes on to the end of what is there, in steps of this many commands.
fn catch_up(follower: &mut Follower, step: u64) -> Result<Vec<Event>, JournalError> {
    let mut told = Vec::new();
    while follower.advance(step, &mut told)? {}
    Ok(told)
}

fn assert_told(told: &[Event], first: u64, last: u64) {
    assert!(told.as_bytes() == events(first, last).as_bytes(), "the events from {first} to {last}");
}

fn assert_discontinued(result: Result<impl Sized, JournalError>, said: &str) {
    match result.err() {
        Some(error @ JournalError::Discontinued { .. }) => assert!(error.to_string().contains(said), "{error}"),
        other => panic!("{other:?}"),
    }
}

fn copy(from: &Path, to: &Path) {
    for path in segments(from) {
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn what_arrives_is_told_once_over_many_segments() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    let mut follower = Follower::open(directory.path(), None).unwrap();
    assert!(catch_up(&mut follower, 5).unwrap().is_empty());
    let mut last = 0;
    for records in (1..40).chain([1; 30]) {
        append_batch(&mut journal, records).unwrap();
        assert_told(&catch_up(&mut follower, 7).unwrap(), last + 1, last + records);
        last += records;
        assert_eq!(follower.position(), journal.position());
        assert_eq!(follower.engine().sequence(), last);
    }
    assert!(segments(directory.path()).len() > 5);
}

#[test]
fn it_goes_on_behind_a_place_and_is_silent_up_to_there() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    let mut places: Vec<Position> = Vec::new();
    for records in [3, 40, 1, 50, 9] {
        append_batch(&mut journal, records).unwrap();
        places.push(journal.position());
    }
    for place in places {
        let mut follower = Follower::open(directory.path(), Some(place)).unwrap();
        assert_eq!(follower.position(), place);
        assert_told(&catch_up(&mut follower, 10).unwrap(), place.sequence + 1, 103);
    }
}

/// Every length of an unfinished write, at the ends of two batches.
#[test]
fn an_unfinished_write_is_the_end_for_now() {
    let (whole, growing) = (tempdir().unwrap(), tempdir().unwrap());
    let batch = write_journal(whole.path(), 1 << 20, &[4, 90]).pop().unwrap();
    copy(whole.path(), growing.path());
    let bytes = read(&batch.segment, batch.offset, batch.bytes);
    let segment = segments(growing.path()).pop().unwrap();
    overwrite(&segment, batch.offset, &vec![0; bytes.len()]);
    let mut follower = Follower::open(growing.path(), None).unwrap();
    assert_told(&catch_up(&mut follower, 100).unwrap(), 1, 4);
    // The zeros at its end are there before they are written.
    let last_byte = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    for length in (1..last_byte).step_by(37).chain([last_byte]) {
        overwrite(&segment, batch.offset, &bytes[..length]);
        assert!(catch_up(&mut follower, 100).unwrap().is_empty(), "{length} bytes");
    }
    overwrite(&segment, batch.offset, &bytes);
    assert_told(&catch_up(&mut follower, 100).unwrap(), 5, 94);
}

#[test]
fn a_damaged_batch_with_a_whole_one_behind_it_is_no_end() {
    let directory = tempdir().unwrap();
    let batches = write_journal(directory.path(), 1 << 20, &[4, 5, 6]);
    flip_bit(&batches[1].segment, batches[1].offset + 70, 3);
    let mut follower = Follower::open(directory.path(), None).unwrap();
    assert!(matches!(catch_up(&mut follower, 100), Err(JournalError::Corrupt { .. })));
}

#[test]
fn another_history_is_refused() {
    let (directory, other) = (tempdir().unwrap(), tempdir().unwrap());
    write_journal(directory.path(), SMALL_SEGMENT, &[4, 5]);
    let mut follower = Follower::open(directory.path(), None).unwrap();
    catch_up(&mut follower, 100).unwrap();
    let place = follower.position();

    let refused = |place: Position, said: &str| {
        let opened = Follower::open(directory.path(), Some(place));
        assert_discontinued(opened.and_then(|mut follower| catch_up(&mut follower, 100)), said);
    };
    refused(Position { chain: place.chain ^ 1, ..place }, "its history up to there is another one");
    refused(Position { sequence: 8, ..place }, "its history up to there is another one");
    refused(Position { sequence: 10, ..place }, "it ends at sequence 9");
    refused(Position { journal_id: place.journal_id ^ 1, ..place }, "belongs to journal");

    write_journal(other.path(), SMALL_SEGMENT, &[4, 5, 6]);
    fs::remove_file(&segments(directory.path())[0]).unwrap();
    copy(other.path(), directory.path());
    assert_discontinued(catch_up(&mut follower, 100), "is not the file that was being read");
    refused(place, "belongs to journal");
}

#[test]
fn segments_that_are_gone_are_missed() {
    let directory = tempdir().unwrap();
    let (mut journal, _) = open(directory.path(), SMALL_SEGMENT).unwrap();
    append_batch(&mut journal, 3).unwrap();
    let mut follower = Follower::open(directory.path(), None).unwrap();
    catch_up(&mut follower, 100).unwrap();
    (0..10).for_each(|_| append_batch(&mut journal, 40).unwrap());
    let paths = segments(directory.path());
    assert!(paths.len() > 4);
    // The one being read may go: it is still open. All that it holds is told, though what was seen of it was less.
    fs::remove_file(&paths[0]).unwrap();
    let mut told = Vec::new();
    follower.advance(1, &mut told).unwrap();
    assert_told(&told, 4, 43);
    fs::remove_file(&paths[2]).unwrap();
    assert_discontinued(catch_up(&mut follower, 1_000), "are missing");
    let place = Position { sequence: 3, ..follower.position() };
    assert_discontinued(Follower::open(directory.path(), Some(place)), "are missing");
}
