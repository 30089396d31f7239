//! Applies a file of command records to an in-memory engine and times the tail of it.
//!
//! `core FILE SKIP`: the first SKIP records are applied untimed. Prints one JSON object.

use engine_core::command::{COMMAND_LEN, Command};
use engine_core::engine::Engine;
use std::time::Instant;
use zerocopy::FromBytes;

/// Commands whose events are gathered before they are dropped, as a publisher would take them.
const BATCH: usize = 512;

fn main() {
    if cfg!(debug_assertions) {
        eprintln!("core: a benchmark needs a release build");
        std::process::exit(1);
    }
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(skip)) = (arguments.next(), arguments.next().and_then(|skip| skip.parse::<usize>().ok()))
    else {
        eprintln!("usage: core FILE SKIP");
        std::process::exit(2);
    };
    let bytes = std::fs::read(&path).unwrap_or_else(|error| {
        eprintln!("core: {path}: {error}");
        std::process::exit(1);
    });
    let mut commands: Vec<Command> = bytes
        .chunks_exact(COMMAND_LEN)
        .map(|record| Command::read_from_bytes(record).expect("chunks are whole records"))
        .collect();
    for (at, command) in commands.iter_mut().enumerate() {
        command.sequence = at as u64 + 1;
        command.timestamp_ns = at as u64 + 1;
    }

    let mut engine = Engine::new();
    let mut events = Vec::new();
    let (untimed, timed) = commands.split_at(skip);
    let mut counted = 0;
    let mut run = |commands: &[Command]| {
        for batch in commands.chunks(BATCH) {
            engine.apply_all(batch, &mut events);
            counted += events.len();
            events.clear();
        }
    };
    run(untimed);
    let start = Instant::now();
    run(timed);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{{\"commands\": {}, \"seconds\": {seconds}, \"events\": {counted}, \"open_orders\": {}, \"settlements\": {}}}",
        timed.len(),
        engine.open_order_count(),
        engine.settlements(),
    );
}
