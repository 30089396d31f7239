//! Drives the gateway, or an echo server, with websocket orders from one thread, and measures it.
//!
//! Three phases over the same connections: a warm-up and a closed loop (as many orders in flight as allowed: throughput),
//! then an open loop at a fixed rate (latency). In the open loop every order has an intended time, and its latency counts
//! from then, however late the server's slowness let it be sent: no coordinated omission. An order is answered by the first
//! message that carries its `ref`. Prints one JSON object.
//!
//! Never reads more of a message than it needs, keeps the time with one look at the clock per read, and reports how busy it
//! was itself: where `client_busy` nears 1 it measured itself.

mod arguments;
mod connection;
mod cpu;
mod flow;
mod logon;

use arguments::{Arguments, USAGE};
use bench_native::{fail, require_release_build};
use connection::{BINARY, CLOSE, Connection};
use cpu::CpuTimes;
use flow::{Flow, Reply, Request};
use hdrhistogram::Histogram;
use logon::Key;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

const LATENCY_NS_MAX: u64 = 60_000_000_000;
const SIGNIFICANT_DIGITS: u8 = 3;
/// Without any answer for this long, the server is taken for dead.
const SILENCE_MAX: Duration = Duration::from_secs(30);
const LOGON_TIMEOUT: Duration = Duration::from_secs(10);
/// The kernel may fire a timer this much late; its default of 50 µs would be seen in the latencies.
const TIMER_SLACK_NS: u64 = 1;

struct Client {
    connection: Connection,
    flow: Flow,
    in_flight: VecDeque<(Request, Instant)>,
    /// Intended time of the next order (open loop).
    due: Instant,
}

/// How orders are sent in a phase.
#[derive(Clone, Copy)]
enum Pace {
    /// As soon as there is room.
    Closed,
    /// Each connection one order in every such interval.
    Open(Duration),
    /// Not at all.
    Drain,
}

#[derive(Default)]
struct Counts {
    sent: u64,
    answered: u64,
    messages: u64,
    rejected: u64,
    errors: u64,
    fills: u64,
}

struct Phase {
    seconds: f64,
    counts: Counts,
    cpu: CpuTimes,
    latency_ns: Histogram<u64>,
}

struct Load {
    arguments: Arguments,
    clients: Vec<Client>,
    counts: Counts,
    latency_ns: Histogram<u64>,
    heard: Instant,
    message: Vec<u8>,
}

fn main() {
    require_release_build();
    let arguments =
        Arguments::parse(std::env::args().skip(1)).unwrap_or_else(|error| fail(format!("{error}\n{USAGE}")));
    run(arguments).unwrap_or_else(|error| fail(error));
}

fn run(arguments: Arguments) -> Result<(), String> {
    rustix::thread::set_current_timer_slack(std::num::NonZeroU64::new(TIMER_SLACK_NS)).map_err(text)?;
    let (warm_up, closed, open) = (arguments.warm_up, arguments.closed, arguments.open);
    let mut load = Load::connect(arguments)?;
    load.phase(Pace::Closed, warm_up)?;
    let throughput = load.phase(Pace::Closed, closed)?;
    load.drain()?;
    let measured = throughput.counts.answered as f64 / throughput.seconds;
    let fixed = load.arguments.rate;
    let rate = if fixed > 0.0 { fixed } else { measured * load.arguments.load };
    let interval = Duration::try_from_secs_f64(load.clients.len() as f64 / rate)
        .map_err(|_| "the server answered nothing".to_string())?;
    let latency = load.phase(Pace::Open(interval), open)?;
    println!("{}", load.to_json(&throughput, &latency, rate));
    Ok(())
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Load {
    fn connect(arguments: Arguments) -> Result<Load, String> {
        let now = Instant::now();
        let mut clients = Vec::new();
        for number in 0..arguments.connections {
            let mut connection = Connection::open(arguments.port).map_err(text)?;
            if let Some(logon) = arguments.logons.get(number) {
                log_on(&mut connection, logon)?;
            }
            let flow = Flow::new(&arguments.instrument, arguments.seed + number as u64);
            clients.push(Client { connection, flow, in_flight: VecDeque::new(), due: now });
        }
        let counts = Counts::default();
        Ok(Load { arguments, clients, counts, latency_ns: new_histogram(), heard: now, message: Vec::new() })
    }

    /// Runs for `duration`; after an open loop, until everything that was due has been answered.
    fn phase(&mut self, pace: Pace, duration: Duration) -> Result<Phase, String> {
        self.counts = Counts::default();
        self.latency_ns.reset();
        let start = Instant::now();
        self.heard = start;
        let count = self.clients.len() as u32;
        if let Pace::Open(interval) = pace {
            for (number, client) in self.clients.iter_mut().enumerate() {
                client.due = start + interval * number as u32 / count;
            }
        }
        let cpu = CpuTimes::now(self.arguments.server_pid);
        let end = start + duration;
        while Instant::now() < end {
            self.turn(pace, end)?;
        }
        let mut counts = std::mem::take(&mut self.counts);
        let seconds = start.elapsed().as_secs_f64();
        let cpu = CpuTimes::now(self.arguments.server_pid).since(cpu);
        if let Pace::Open(_) = pace {
            while self.clients.iter().any(|client| client.due < end || !client.in_flight.is_empty()) {
                self.turn(pace, end)?;
            }
            counts.sent += self.counts.sent;
        }
        let latency_ns = std::mem::replace(&mut self.latency_ns, new_histogram());
        Ok(Phase { seconds, counts, cpu, latency_ns })
    }

    fn drain(&mut self) -> Result<(), String> {
        while self.clients.iter().any(|client| !client.in_flight.is_empty()) {
            self.turn(Pace::Drain, Instant::now() + SILENCE_MAX)?;
        }
        Ok(())
    }

    /// Sends what may be sent now, waits for a socket or the next intended time, and reads what has come.
    fn turn(&mut self, pace: Pace, end: Instant) -> Result<(), String> {
        let now = Instant::now();
        if now - self.heard > SILENCE_MAX {
            return Err(format!("no answer from the server for {} s", SILENCE_MAX.as_secs()));
        }
        let mut wake = if now < end { end } else { now + SILENCE_MAX };
        for client in &mut self.clients {
            client.send_due(pace, now, end, self.arguments.in_flight, &mut self.counts, &mut self.message);
            if let Pace::Open(_) = pace
                && client.in_flight.len() < self.arguments.in_flight
                && client.due < end
            {
                wake = wake.min(client.due);
            }
            client.connection.flush().map_err(text)?;
        }
        for number in self.wait(wake)? {
            self.receive(number)?;
        }
        Ok(())
    }

    /// The clients whose sockets have something.
    fn wait(&self, until: Instant) -> Result<Vec<usize>, String> {
        let mut sockets: Vec<PollFd> = self
            .clients
            .iter()
            .map(|client| {
                let write = if client.connection.wants_to_write() { PollFlags::OUT } else { PollFlags::empty() };
                PollFd::new(client.connection.stream(), PollFlags::IN | write)
            })
            .collect();
        let timeout = until.saturating_duration_since(Instant::now());
        let timeout = Timespec { tv_sec: timeout.as_secs() as i64, tv_nsec: i64::from(timeout.subsec_nanos()) };
        match poll(&mut sockets, Some(&timeout)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(text(error)),
        }
        let readable = PollFlags::IN | PollFlags::HUP | PollFlags::ERR;
        Ok((0..sockets.len()).filter(|&number| sockets[number].revents().intersects(readable)).collect())
    }

    fn receive(&mut self, number: usize) -> Result<(), String> {
        let Client { connection, flow, in_flight, .. } = &mut self.clients[number];
        connection.fill().map_err(text)?;
        let now = Instant::now();
        self.heard = now;
        while let Some((opcode, payload)) = connection.next_frame().map_err(text)? {
            match opcode {
                BINARY => {}
                CLOSE => return Err(format!("the server closed: {}", String::from_utf8_lossy(payload))),
                _ => continue,
            }
            self.counts.messages += 1;
            let answered = if self.arguments.echo {
                echoed(flow, in_flight)?
            } else {
                reported(payload, flow, in_flight, &mut self.counts)?
            };
            if let Some(intended) = answered {
                self.counts.answered += 1;
                self.latency_ns.saturating_record((now - intended).as_nanos() as u64);
            }
        }
        Ok(())
    }

    fn to_json(&self, throughput: &Phase, latency: &Phase, rate: f64) -> String {
        let open_orders: usize = self.clients.iter().map(|client| client.flow.open_orders()).sum();
        format!(
            "{{\"connections\": {}, \"in_flight\": {}, \"open_orders\": {open_orders}, \"closed\": {}, \
             \"open\": {{\"intended_rate\": {rate:.0}, \"latency_us\": {}, {}}}}}",
            self.clients.len(),
            self.arguments.in_flight,
            throughput.to_json(),
            percentiles_us(&latency.latency_ns),
            &latency.to_json()[1..latency.to_json().len() - 1],
        )
    }
}

impl Client {
    fn send_due(
        &mut self,
        pace: Pace,
        now: Instant,
        end: Instant,
        in_flight_max: usize,
        counts: &mut Counts,
        message: &mut Vec<u8>,
    ) {
        while self.in_flight.len() < in_flight_max {
            let intended = match pace {
                Pace::Closed => now,
                Pace::Open(interval) if self.due <= now && self.due < end => {
                    let due = self.due;
                    self.due += interval;
                    due
                }
                Pace::Open(_) | Pace::Drain => return,
            };
            message.clear();
            let request = self.flow.next(message);
            self.connection.send(message);
            self.in_flight.push_back((request, intended));
            counts.sent += 1;
        }
    }
}

/// Every frame that an echo server returns answers the oldest one in flight.
fn echoed(flow: &mut Flow, in_flight: &mut VecDeque<(Request, Instant)>) -> Result<Option<Instant>, String> {
    let (request, intended) = in_flight.pop_front().ok_or("more frames than were sent")?;
    if request.rests {
        // An id as long as an engine's, so that the cancels are of the same size.
        flow.rested(request.client_ref << 22);
    }
    Ok(Some(intended))
}

/// Takes note of a message of the gateway; returns the intended time of the request that it is the first to answer.
fn reported(
    payload: &[u8],
    flow: &mut Flow,
    in_flight: &mut VecDeque<(Request, Instant)>,
    counts: &mut Counts,
) -> Result<Option<Instant>, String> {
    let reply = Reply::read(payload).ok_or("a message that is no report")?;
    match reply.op {
        b"report" => {}
        b"error" => counts.errors += 1,
        b"shutdown" => return Err("the server is stopping".into()),
        _ => return Ok(None),
    }
    match reply.kind {
        b"rejected" => counts.rejected += 1,
        b"fill" => {
            counts.fills += 1;
            if reply.leaves == 0 {
                flow.finished(reply.order_id);
            }
        }
        _ => {}
    }
    // Answers come in the order of the requests; later messages with the same ref are its further events.
    let Some(&(request, intended)) = in_flight.front().filter(|(request, _)| request.client_ref == reply.client_ref)
    else {
        return Ok(None);
    };
    in_flight.pop_front();
    if request.rests && reply.kind == b"accepted" {
        flow.rested(reply.order_id);
    }
    Ok(Some(intended))
}

fn log_on(connection: &mut Connection, key: &Key) -> Result<(), String> {
    let greeting = await_frame(connection)?;
    let logon = key.answer(&greeting).ok_or("the server sent no challenge")?;
    connection.send(&logon);
    connection.flush().map_err(text)?;
    let answer = await_frame(connection)?;
    match Reply::read(&answer) {
        Some(Reply { op: b"logged_on", .. }) => Ok(()),
        _ => Err(format!("logon refused: {}", String::from_utf8_lossy(&answer))),
    }
}

/// The payload of the next frame.
fn await_frame(connection: &mut Connection) -> Result<Vec<u8>, String> {
    let deadline = Instant::now() + LOGON_TIMEOUT;
    while Instant::now() < deadline {
        if let Some((_, payload)) = connection.next_frame().map_err(text)? {
            return Ok(payload.to_vec());
        }
        connection.fill().map_err(text)?;
        std::thread::sleep(Duration::from_millis(1));
    }
    Err("no answer to the logon".into())
}

fn new_histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, LATENCY_NS_MAX, SIGNIFICANT_DIGITS).expect("the bounds are valid")
}

fn percentiles_us(latency_ns: &Histogram<u64>) -> String {
    let at = |percentile: f64| latency_ns.value_at_percentile(percentile) as f64 / 1e3;
    format!(
        "{{\"p50\": {:.1}, \"p90\": {:.1}, \"p99\": {:.1}, \"p99_9\": {:.1}, \"max\": {:.1}, \"samples\": {}}}",
        at(50.0),
        at(90.0),
        at(99.0),
        at(99.9),
        latency_ns.max() as f64 / 1e3,
        latency_ns.len()
    )
}

impl Phase {
    fn to_json(&self) -> String {
        let Counts { sent, answered, messages, rejected, errors, fills } = self.counts;
        format!(
            "{{\"seconds\": {:.3}, \"rate_per_second\": {:.0}, \"sent\": {sent}, \"answered\": {answered}, \
             \"messages\": {messages}, \"rejected\": {rejected}, \"errors\": {errors}, \"fills\": {fills}, \
             \"client_busy\": {:.3}, \"server_busy\": {:.3}, \"server_main_thread_busy\": {:.3}}}",
            self.seconds,
            answered as f64 / self.seconds,
            self.cpu.client / self.seconds,
            self.cpu.server / self.seconds,
            self.cpu.server_main / self.seconds,
        )
    }
}
