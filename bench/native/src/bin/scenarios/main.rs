//! One shape of order flow, through the engine alone and through bare matching crates.
//!
//! `scenarios FILE ROUNDS`: FILE holds the messages that `bench/shapes.py` draws. They are rehearsed once, untimed; then each
//! round runs them on a fresh engine without client order ids, on one with, and on a fresh book of each peer. One command
//! a call, no look at the next. Prints one JSON object.

mod market;
mod matchcore_peer;
mod message;
mod peers;
mod rehearsal;
mod rust_ob_peer;

use crate::matchcore_peer::Matchcore;
use crate::peers::Peer;
use crate::rehearsal::{Rehearsal, Step, rehearse};
use crate::rust_ob_peer::RustOb;
use bench_native::{Records, fail, require_release_build};
use engine_core::command::Commands;
use std::hint::black_box;
use std::time::Instant;

fn main() {
    require_release_build();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, rounds] = &arguments[..] else { fail("usage: scenarios FILE ROUNDS") };
    let rounds: usize = rounds.parse().unwrap_or_else(|_| fail("ROUNDS is no number"));
    let rehearsal = rehearse(file.as_ref());
    let plain = built(&rehearsal.steps, |_| Vec::new());
    let with_ids = built(&rehearsal.steps, |order| format!("c{order:011}").into_bytes());
    let matchcore = checked_calls::<Matchcore>(&rehearsal);
    let rust_ob = checked_calls::<RustOb>(&rehearsal);

    let mut seconds: [Vec<f64>; 4] = Default::default();
    for _ in 0..rounds {
        seconds[0].push(engine_seconds(plain.commands(), &rehearsal));
        seconds[1].push(engine_seconds(with_ids.commands(), &rehearsal));
        seconds[2].push(peer_seconds::<Matchcore>(&matchcore));
        seconds[3].push(peer_seconds::<RustOb>(&rust_ob));
    }
    print(&rehearsal, &seconds, matchcore.len());
}

/// The commands of a run, client order ids (by number of the order) included.
fn built(steps: &[Step], client_order_id: impl Fn(u32) -> Vec<u8>) -> Records {
    let first = market::fresh_engine().sequence() + 1;
    let mut records = Records::default();
    for (time, step) in (first..).zip(steps) {
        let mut command = step.command(&client_order_id(step.message.order));
        command.set_timestamp_ns(time);
        records.push(command.command());
    }
    records
}

fn engine_seconds(commands: Commands, rehearsal: &Rehearsal) -> f64 {
    let mut engine = market::fresh_engine();
    let mut events = Vec::with_capacity(1_024);
    let start = Instant::now();
    for command in commands {
        engine.apply(command, &mut events);
        black_box(&events);
        events.clear();
    }
    let seconds = start.elapsed().as_secs_f64();
    assert!(engine.settlements() == rehearsal.fills, "a timed run filled otherwise than the rehearsal");
    seconds
}

fn peer_seconds<P: Peer>(calls: &[P::Call]) -> f64 {
    let start = Instant::now();
    black_box(P::run(calls, false));
    start.elapsed().as_secs_f64()
}

/// The peer's calls, after an untimed run that traded what the engine traded.
fn checked_calls<P: Peer>(rehearsal: &Rehearsal) -> Vec<P::Call> {
    let calls = P::calls(&rehearsal.steps);
    let traded = P::run(&calls, true);
    if traded != rehearsal.traded {
        fail(format!("{} traded {traded:?}, the engine {:?}", P::NAME, rehearsal.traded));
    }
    calls
}

fn print(rehearsal: &Rehearsal, seconds: &[Vec<f64>; 4], matchcore_calls: usize) {
    let Rehearsal { standing, levels, fills, rejected, traded, steps } = rehearsal;
    let [plain, with_ids, matchcore, rust_ob] = seconds;
    println!(
        "{{\"commands\": {}, \"standing_average\": {:.1}, \"standing_peak\": {}, \"levels_average\": {:.1}, \
         \"levels_peak\": {}, \"fills\": {fills}, \"rejected\": {rejected}, \"lots\": {}, \"seconds\": {{\"plain\": {plain:?}, \
         \"client_ids\": {with_ids:?}}}, \"peers\": {{\"{}\": {matchcore:?}, \"{}\": {rust_ob:?}}}, \
         \"matchcore_calls\": {matchcore_calls}}}",
        steps.len(),
        standing.average(),
        standing.peak,
        levels.average(),
        levels.peak,
        traded.lots,
        Matchcore::NAME,
        RustOb::NAME,
    );
}
