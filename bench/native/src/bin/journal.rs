//! Runs a file of commands through a venue with a journal and times the tail of it, each command acknowledged only
//! when it is durable.
//!
//! `journal FILE SKIP DIRECTORY DURABILITY`: the first SKIP commands are not timed; DURABILITY is `sync` or `async`. Prints one
//! JSON object.

use bench_native::{Batches, fail, hex, read_commands, require_release_build};
use engine_core::journal::Durability;
use engine_core::venue::{Venue, VenueConfig};
use std::path::PathBuf;
use std::time::Instant;

/// Commands of one call, which returns when all of them are durable: a fraction of a second of work, so that the wait for the
/// last sync of a call weighs little.
const BATCH: usize = 131_072;

fn main() {
    require_release_build();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, skip, directory, durability] = &arguments[..] else {
        fail("usage: journal FILE SKIP DIRECTORY DURABILITY")
    };
    let skip: usize = skip.parse().unwrap_or_else(|_| fail("SKIP is not a number"));
    let durability = match durability.as_str() {
        "sync" => Durability::Sync,
        "async" => Durability::Async,
        _ => fail("DURABILITY is neither sync nor async"),
    };
    let mut records = read_commands(file.as_ref());
    let (untimed, timed) = records.split(skip, BATCH);
    let (commands, record_bytes) = (timed.commands, timed.bytes);

    let config = VenueConfig { directory: Some(PathBuf::from(directory)), durability, ..VenueConfig::default() };
    let mut venue = Venue::open(&config, |_, _, _| {}).unwrap_or_else(|error| fail(error));
    run(&mut venue, untimed);
    let start = Instant::now();
    let events = run(&mut venue, timed);
    let seconds = start.elapsed().as_secs_f64();
    let acknowledged = venue.durable_sequence();
    let state_hash = hex(&venue.engine().state_hash());
    venue.close().unwrap_or_else(|error| fail(error));
    println!(
        "{{\"commands\": {commands}, \"seconds\": {seconds}, \"events\": {events}, \"acknowledged\": {acknowledged}, \
         \"record_bytes\": {record_bytes}, \"state_hash\": \"{state_hash}\"}}",
    );
}

/// Returns when all commands are durable, with the number of their events.
fn run(venue: &mut Venue, commands: Batches) -> usize {
    let mut events = Vec::new();
    let mut count = 0;
    for batch in commands.batches {
        venue.run(batch, &mut events).unwrap_or_else(|error| fail(error));
        count += events.len();
        events.clear();
    }
    count
}
