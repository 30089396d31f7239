//! What the native benchmarks share: reading a file of commands, building commands, and the refusal of a debug build.

pub mod commands;
pub mod market;

use engine_core::command::{Command, CommandBuffer, Commands, CommandsMut, OrderEntryRow};
use engine_core::engine::Engine;
use engine_core::event::Rejected;
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

/// Command records back to back, made before anything is measured.
#[derive(Default)]
pub struct Records {
    words: Vec<u64>,
    count: usize,
}

impl Records {
    pub fn push(&mut self, command: Command) {
        self.words.extend_from_slice(command.words());
        self.count += 1;
    }

    pub fn commands(&self) -> Commands<'_> {
        Commands::check(&self.words).unwrap_or_else(|(at, error)| fail(format!("command at byte {at}: {error}")))
    }

    /// The first `skip` commands, and the others, in batches of at most `size`.
    pub fn split(&mut self, skip: usize, size: usize) -> (Batches<'_>, Batches<'_>) {
        if skip > self.count {
            fail(format!("{skip} commands to skip of {}", self.count));
        }
        let lengths: Vec<usize> = self.commands().map(|command| command.words().len()).collect();
        let (skipped, others) = lengths.split_at(skip);
        let (first, rest) = self.words.split_at_mut(skipped.iter().sum());
        (Batches::of(first, skipped, size), Batches::of(rest, others, size))
    }
}

/// Commands as they are handed over, some at a time.
pub struct Batches<'a> {
    pub batches: Vec<CommandsMut<'a>>,
    pub commands: usize,
    pub bytes: usize,
}

impl<'a> Batches<'a> {
    fn of(mut words: &'a mut [u64], lengths: &[usize], size: usize) -> Batches<'a> {
        let bytes = size_of_val(words);
        let mut batches = Vec::new();
        for batch in lengths.chunks(size) {
            let (first, rest) = words.split_at_mut(batch.iter().sum());
            batches.push(CommandsMut::check(first).unwrap_or_else(|(_, error)| fail(error)));
            words = rest;
        }
        Batches { batches, commands: lengths.len(), bytes }
    }
}

/// The commands of a file that `bench/harness.py` has written, each later than the one before: a length, so many bytes of records,
/// then rows of order entry.
pub fn read_commands(path: &Path) -> Records {
    let refuse = |what: &str| -> ! { fail(format!("{}: {what}", path.display())) };
    let bytes = std::fs::read(path).unwrap_or_else(|error| fail(format!("{}: {error}", path.display())));
    let Some((length, rest)) = bytes.split_first_chunk() else { refuse("no length") };
    let Some((setup, rows)) = rest.split_at_checked(u64::from_le_bytes(*length) as usize) else { refuse("truncated") };
    let words: Vec<u64> = setup.chunks_exact(8).map(|word| u64::read_from_bytes(word).expect("eight bytes")).collect();
    let mut records = Records::default();
    let setup = Commands::check(&words).unwrap_or_else(|(at, error)| refuse(&format!("record at byte {at}: {error}")));
    setup.for_each(|command| records.push_later(CommandBuffer::copy_of(command)));
    let rows = rows.chunks_exact(size_of::<OrderEntryRow>());
    if !rows.remainder().is_empty() {
        refuse("no whole number of rows");
    }
    let mut record = CommandBuffer::default();
    for row in rows {
        let row = OrderEntryRow::read_from_bytes(row).expect("chunks are whole rows");
        if !row.encode(&mut record) {
            refuse("a row that is no order entry");
        }
        records.push_later(record);
    }
    records
}

impl Records {
    /// At a time of its own.
    fn push_later(&mut self, mut record: CommandBuffer) {
        record.set_timestamp_ns(self.count as u64 + 1);
        self.push(record.command());
    }
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Applies the commands of a set-up; ends the process if one is rejected.
pub fn apply_setup(engine: &mut Engine, setup: impl IntoIterator<Item = CommandBuffer>) {
    let mut events = Vec::new();
    for mut command in setup {
        command.set_timestamp_ns(engine.sequence() + 1);
        engine.apply(command.command(), &mut events);
        if let Some(rejected) = events.iter().find_map(|event| event.body::<Rejected>()) {
            fail(format!("set-up command {} was rejected with code {}", rejected.sequence, rejected.reason));
        }
        events.clear();
    }
}
