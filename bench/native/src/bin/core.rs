//! Applies a file of command records to an in-memory engine and times the tail of it.
//!
//! `core FILE SKIP [single]`: the first SKIP records are applied untimed. With `single` every command is a call of its own
//! that knows nothing of the next; else they go in batches, as the venue hands them over. Prints one JSON object.

use bench_native::{fail, read_commands, require_release_build};
use engine_core::command::Command;
use engine_core::engine::Engine;
use std::path::Path;
use std::time::Instant;

/// Commands whose events are gathered before they are dropped, as a publisher would take them.
const BATCH: usize = 512;

fn main() {
    require_release_build();
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(skip)) = (arguments.next(), arguments.next().and_then(|skip| skip.parse::<usize>().ok()))
    else {
        fail("usage: core FILE SKIP [single]");
    };
    let single = match arguments.next().as_deref() {
        None => false,
        Some("single") => true,
        Some(other) => fail(format!("{other} is not `single`")),
    };
    let mut commands = read_commands(Path::new(&path));
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
            if single {
                batch.iter().for_each(|command| engine.apply(command, &mut events));
            } else {
                engine.apply_all(batch, &mut events);
            }
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
