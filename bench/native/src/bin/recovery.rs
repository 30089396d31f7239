//! Opens the venue of a directory, as after a crash, and times how long its state takes to be there.
//!
//! `recovery DIRECTORY`. Prints one JSON object.

use bench_native::{fail, hex, require_release_build};
use engine_core::venue::{Venue, VenueConfig};
use std::path::PathBuf;
use std::time::Instant;

fn main() {
    require_release_build();
    let Some(directory) = std::env::args().nth(1) else { fail("usage: recovery DIRECTORY") };
    let config = VenueConfig { directory: Some(PathBuf::from(directory)), ..VenueConfig::default() };
    let start = Instant::now();
    let venue = Venue::open(&config, |_, _, _| {}).unwrap_or_else(|error| fail(error));
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{{\"commands\": {}, \"seconds\": {seconds}, \"state_hash\": \"{}\"}}",
        venue.recovered().commands,
        hex(&venue.engine().state_hash()),
    );
}
