//! What the native benchmarks share: reading a file of command records, building commands, and the refusal of a debug build.

pub mod commands;

use engine_core::command::{COMMAND_LEN, Command};
use engine_core::engine::Engine;
use engine_core::event::kind as event_kind;
use std::fmt::Display;
use std::path::Path;
use std::process::exit;
use zerocopy::FromBytes;

/// Ends the process if this is a debug build: its figures would mislead.
pub fn require_release_build() {
    if cfg!(debug_assertions) {
        fail("a benchmark needs a release build");
    }
}

/// One line on stderr, then the end.
pub fn fail(error: impl Display) -> ! {
    eprintln!("bench: {error}");
    exit(1)
}

/// The records of the file, as they are.
pub fn read_commands(path: &Path) -> Vec<Command> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| fail(format!("{}: {error}", path.display())));
    let records = bytes.chunks_exact(COMMAND_LEN);
    if !records.remainder().is_empty() {
        fail(format!("{}: {} bytes are no whole number of commands", path.display(), bytes.len()));
    }
    records.map(|record| Command::read_from_bytes(record).expect("chunks are whole records")).collect()
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Sequences and applies the commands of a set-up; ends the process if one is rejected.
pub fn apply_setup(engine: &mut Engine, setup: impl IntoIterator<Item = Command>) {
    let mut events = Vec::new();
    for command in setup {
        let sequence = engine.sequence() + 1;
        engine.apply(&commands::sequenced(command, sequence), &mut events);
        if let Some(event) = events.iter().find(|event| event.kind == event_kind::REJECTED) {
            fail(format!("set-up command {sequence} was rejected with code {}", event.code));
        }
        events.clear();
    }
}
