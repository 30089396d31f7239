//! The process is killed (SIGKILL) at a random moment under load: every sequence that it reported durable is there afterwards,
//! and the state is that of an engine which applied exactly the recovered commands.

use engine_core::command::{CommandBuffer, CreateAccount, CreateAsset, Deposit};
use engine_core::engine::Engine;
use engine_core::journal::verify;
use engine_core::types::SYMBOL_LEN;
use engine_core::venue::{Venue, VenueConfig};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};
use tempfile::tempdir;

/// Tells the child, which is this test binary again, where to work.
const DIRECTORY_VARIABLE: &str = "PYENGINE_TEST_CRASH_DIRECTORY";
const KILLS: u64 = 12;
/// The child ends by itself after this, should nobody kill it.
const CHILD_LIFE: Duration = Duration::from_secs(20);
const ACCOUNTS: u64 = 50;

fn config(directory: &Path) -> VenueConfig {
    // Small segments, so that rotations are hit too.
    VenueConfig { directory: Some(directory.to_owned()), segment_bytes: 64 << 10, ..VenueConfig::default() }
}

/// The command that always has this sequence, whichever process submits it.
fn command(sequence: u64) -> CommandBuffer {
    match sequence {
        1 => {
            let mut symbol = [0; SYMBOL_LEN];
            symbol[..4].copy_from_slice(b"USDC");
            let body = CreateAsset { decimals: 6, symbol_len: 4, symbol, min_withdrawal: 1, ..CreateAsset::EMPTY };
            CommandBuffer::new(0, &body)
        }
        account if account <= ACCOUNTS + 1 => CommandBuffer::new(account as u32 - 1, &CreateAccount::EMPTY),
        _ => {
            let body = Deposit { amount: 1 + sequence as i64, ..Deposit::EMPTY };
            CommandBuffer::new((1 + sequence % ACCOUNTS) as u32, &body)
        }
    }
}

/// Not a test of its own: the process that is killed. Reports every durable sequence on its standard output.
#[test]
fn child() {
    let Some(directory) = std::env::var_os(DIRECTORY_VARIABLE) else { return };
    let started = Instant::now();
    let mut venue = Venue::open(&config(Path::new(&directory)), |_, _, _| {}).unwrap();
    let mut events = Vec::new();
    let mut output = std::io::stdout().lock();
    let (mut reported, mut reports) = (0, 0u32);
    while started.elapsed() < CHILD_LIFE {
        if !venue.is_full() {
            venue.submit(&mut command(venue.engine().sequence() + 1), 1, &mut events);
            events.clear();
        }
        venue.commit().unwrap();
        let durable = venue.durable_sequence();
        if durable > reported {
            (reported, reports) = (durable, reports + 1);
            writeln!(output, "durable {durable}").unwrap();
            if reports.is_multiple_of(50) {
                venue.snapshot().unwrap();
            }
        }
    }
}

#[test]
fn a_killed_process_loses_nothing_that_it_reported_durable() {
    let directory = tempdir().unwrap();
    let mut reported = 0;
    for kill in 0..KILLS {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture"])
            .env(DIRECTORY_VARIABLE, directory.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let durable_of = |line: &str| line.rsplit_once("durable ").and_then(|(_, number)| number.parse::<u64>().ok());
        // Far enough to have written something, then at a moment that differs from kill to kill.
        let mut seen = 0;
        while seen < 3 + kill * 17 {
            let line = lines.next().expect("the child reports until it is killed").unwrap();
            if let Some(durable) = durable_of(&line) {
                reported = reported.max(durable);
                seen += 1;
            }
        }
        std::thread::sleep(Duration::from_micros(kill * 131));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines.map_while(Result::ok) {
            reported = reported.max(durable_of(&line).unwrap_or(0));
        }

        let last = verify(directory.path(), |_| {}).unwrap().position.unwrap().sequence;
        assert!(last >= reported, "kill {kill}: {reported} was reported durable, {last} is there");
        let venue = Venue::open(&config(directory.path()), |_, _, _| {}).unwrap();
        assert_eq!(venue.engine().sequence(), last);
        let mut expected = Engine::default();
        let mut events = Vec::new();
        for sequence in 1..=last {
            let mut command = command(sequence);
            command.set_timestamp_ns(1);
            expected.apply(command.command(), &mut events);
            events.clear();
        }
        assert_eq!(venue.engine().state_hash(), expected.state_hash(), "kill {kill}");
    }
    assert!(reported > 1_000, "the kills fell into real work");
}
