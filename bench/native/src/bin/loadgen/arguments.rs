//! The command line of the load generator: `--name value` pairs, all checked before anything is connected.

use crate::logon::Key;
use std::str::FromStr;
use std::time::Duration;

pub const USAGE: &str =
    "usage: loadgen --port N --server-pid N (--echo yes | --logon KEY:SECRET_IN_HEX, once a connection)
    [--connections N (with --echo)] [--in-flight N] [--warm-up SECONDS] [--closed SECONDS] [--open SECONDS]
    [--load FRACTION | --rate ORDERS_PER_SECOND] [--instrument SYMBOL] [--seed N]";

pub struct Arguments {
    pub port: u16,
    pub server_pid: u32,
    /// What each connection logs on with; empty for an echo server, which wants none.
    pub logons: Vec<Key>,
    pub echo: bool,
    pub connections: usize,
    pub in_flight: usize,
    pub warm_up: Duration,
    pub closed: Duration,
    pub open: Duration,
    /// Rate of the open loop as a part of the closed loop's.
    pub load: f64,
    /// Rate of the open loop, orders per second; 0: by `load`.
    pub rate: f64,
    pub instrument: String,
    pub seed: u64,
}

impl Arguments {
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Arguments, String> {
        let mut arguments = Arguments {
            port: 0,
            server_pid: 0,
            logons: Vec::new(),
            echo: false,
            connections: 0,
            in_flight: 64,
            warm_up: Duration::from_secs(1),
            closed: Duration::from_secs(5),
            open: Duration::from_secs(5),
            load: 0.5,
            rate: 0.0,
            instrument: "XAU-USDC".into(),
            seed: 1,
        };
        while let Some(name) = words.next() {
            let value = words.next().ok_or_else(|| format!("{name}: a value is missing"))?;
            arguments.set(&name, &value)?;
        }
        arguments.check()
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "--port" => self.port = number(name, value)?,
            "--server-pid" => self.server_pid = number(name, value)?,
            "--logon" => self.logons.push(Key::parse(value).ok_or_else(|| format!("{name}: not KEY:HEX"))?),
            "--echo" => self.echo = value == "yes",
            "--connections" => self.connections = number(name, value)?,
            "--in-flight" => self.in_flight = number(name, value)?,
            "--warm-up" => self.warm_up = seconds(name, value)?,
            "--closed" => self.closed = seconds(name, value)?,
            "--open" => self.open = seconds(name, value)?,
            "--load" => self.load = number(name, value)?,
            "--rate" => self.rate = number(name, value)?,
            "--instrument" => self.instrument = value.into(),
            "--seed" => self.seed = number(name, value)?,
            _ => return Err(format!("{name}: unknown")),
        }
        Ok(())
    }

    fn check(mut self) -> Result<Arguments, String> {
        if !self.logons.is_empty() {
            self.connections = self.logons.len();
        }
        if self.port == 0 || self.server_pid == 0 {
            return Err("--port and --server-pid are needed".into());
        }
        if self.echo != self.logons.is_empty() {
            return Err("either --echo yes or a --logon for each connection".into());
        }
        if self.connections == 0 || self.in_flight == 0 || self.load <= 0.0 || self.rate < 0.0 {
            return Err("--connections, --in-flight, --load and --rate must be positive".into());
        }
        Ok(self)
    }
}

fn number<T: FromStr>(name: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("{name}: {value:?} is not a number in its range"))
}

fn seconds(name: &str, value: &str) -> Result<Duration, String> {
    Duration::try_from_secs_f64(number(name, value)?).map_err(|error| format!("{name}: {error}"))
}
