//! How busy a process was: user and system time from procfs, to the kernel's clock tick (usually 10 ms).

use std::fs;

/// CPU seconds so far.
#[derive(Clone, Copy)]
pub struct CpuTimes {
    pub client: f64,
    pub server: f64,
    /// The server's main thread, the one that runs its event loop.
    pub server_main: f64,
}

impl CpuTimes {
    pub fn now(server_pid: u32) -> CpuTimes {
        CpuTimes {
            client: seconds("/proc/self/stat"),
            server: seconds(&format!("/proc/{server_pid}/stat")),
            server_main: seconds(&format!("/proc/{server_pid}/task/{server_pid}/stat")),
        }
    }

    pub fn since(self, start: CpuTimes) -> CpuTimes {
        CpuTimes {
            client: self.client - start.client,
            server: self.server - start.server,
            server_main: self.server_main - start.server_main,
        }
    }
}

/// NaN if the process is gone; the connection's own error then tells why.
fn seconds(path: &str) -> f64 {
    let ticks = fs::read_to_string(path).ok().and_then(|stat| {
        // The command's name, in parentheses, may hold spaces. utime and stime are the fields 14 and 15 of proc(5).
        let (_, after_name) = stat.rsplit_once(')')?;
        let mut fields = after_name.split_ascii_whitespace().skip(11);
        let user: f64 = fields.next()?.parse().ok()?;
        let system: f64 = fields.next()?.parse().ok()?;
        Some(user + system)
    });
    ticks.unwrap_or(f64::NAN) / rustix::param::clock_ticks_per_second() as f64
}
