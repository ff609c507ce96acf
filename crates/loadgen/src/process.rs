//! Servers that run as processes of their own: started, watched through /proc, and ended by their process id.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tokio::time::{Instant, sleep};

use crate::http::Connection;

/// Linux counts processor time in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);
const START_PATIENCE: Duration = Duration::from_secs(30);
const POLL_PAUSE: Duration = Duration::from_millis(1);

/// A running server; it is killed when this is dropped.
pub struct Process {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Process {
    /// Starts a server. What it writes goes into a file, as it would on a real machine.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start(mut command: Command, address: SocketAddr, log: &Path) -> Result<Self> {
        let log = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().with_context(|| format!("cannot start {program}"))?;
        Ok(Self { child, address })
    }

    /// Asks for `path` each millisecond until the answer is a success; says when that was.
    ///
    /// # Errors
    /// When the server ends, or does not answer for half a minute.
    pub async fn wait_until_it_answers(&mut self, path: &str) -> Result<Instant> {
        let started = Instant::now();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", self.address);
        while started.elapsed() < START_PATIENCE {
            if let Ok(mut connection) = Connection::open(self.address).await
                && let Ok(answer) = connection.exchange(request.as_bytes()).await
                && answer.is_success()
            {
                return Ok(Instant::now());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("a server ended before it answered: {status}");
            }
            sleep(POLL_PAUSE).await;
        }
        bail!("a server does not answer at {path}")
    }

    /// Processor time used so far, in user and kernel mode.
    #[must_use]
    pub fn cpu_time(&self) -> Duration {
        cpu_time_of(&self.child.id().to_string())
    }

    /// A size from /proc in bytes: `VmRSS` is the memory now, `VmHWM` the most it ever was.
    ///
    /// # Errors
    /// When the process has ended.
    pub fn memory(&self, name: &str) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        Ok(kibibytes.with_context(|| format!("/proc does not say {name}"))? * 1024)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended already needs no killing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A free port of this machine.
///
/// # Errors
/// When there is none.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// Processor time of the processes by which PostgreSQL serves one database.
#[must_use]
pub fn postgres_cpu_time(database: &str) -> Duration {
    let Ok(entries) = fs::read_dir("/proc") else { return Duration::ZERO };
    let ids = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let serves = |id: &String| {
        let title = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        let title = String::from_utf8_lossy(&title);
        title.starts_with("postgres:") && title.split_whitespace().any(|word| word == database)
    };
    ids.filter(serves).map(|id| cpu_time_of(&id)).sum()
}

/// Nought for a process that has ended.
fn cpu_time_of(id: &str) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    ticks(&stat).map_or(Duration::ZERO, |ticks| TICK.saturating_mul(ticks))
}

/// User and system time are the 14th and 15th field; the second is a name that may hold anything.
fn ticks(stat: &str) -> Option<u32> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let (user, system): (u32, u32) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    user.checked_add(system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_whatever_the_program_is_called() {
        let stat = "7 (a) b c) S 1 7 7 0 -1 4194560 1 2 3 4 120 34 5 6 20 0 1 0 9";
        assert_eq!(ticks(stat), Some(154));
        assert_eq!(ticks(""), None);
    }
}
