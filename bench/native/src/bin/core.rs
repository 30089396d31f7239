//! Applies a file of commands to an in-memory engine and times the tail of it.
//!
//! `core FILE SKIP [single]`: the first SKIP commands are applied untimed. With `single` every command is a call of its own
//! that knows nothing of the next; else they go in batches, as the venue hands them over. Prints one JSON object.

use bench_native::{Batches, fail, read_commands, require_release_build};
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
    let mut records = read_commands(Path::new(&path));
    let (untimed, timed) = records.split(skip, BATCH);

    let mut engine = Engine::default();
    let mut events = Vec::new();
    let mut counted = 0;
    let mut run = |commands: &Batches| {
        for batch in &commands.batches {
            if single {
                batch.rest().for_each(|command| engine.apply(command, &mut events));
            } else {
                engine.apply_all(batch.rest(), &mut events);
            }
            counted += events.len();
            events.clear();
        }
    };
    run(&untimed);
    let start = Instant::now();
    run(&timed);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{{\"commands\": {}, \"seconds\": {seconds}, \"events\": {counted}, \"open_orders\": {}, \"settlements\": {}}}",
        timed.commands,
        engine.open_order_count(),
        engine.settlements(),
    );
}
