//! How soon a server answers after its start, and how much memory it takes when nobody asks for anything.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tokio::time::{Instant, sleep};

use super::databases::Databases;
use super::servers::{Programs, start_ours};
use crate::http::Connection;

const STARTS: usize = 10;
const IDLE: Duration = Duration::from_secs(2);

/// What was found out about a server with the demo's data.
pub(super) struct Rest {
    /// From the start of the process to the first good answer of /health/ready, each time; the shortest first.
    pub(super) starts: Vec<Duration>,
    /// Resident bytes after a start, one request and two idle seconds.
    pub(super) memory: u64,
}

impl Rest {
    /// The median of the starts, in milliseconds.
    pub(super) fn start_ms(&self) -> f64 {
        let ms = |place: usize| self.starts.get(place).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
        let half = self.starts.len() / 2;
        (ms(half) + ms(half.saturating_sub(1))) / 2.0
    }
}

/// Starts the server on the demo's database, again and again.
pub(super) async fn measure(databases: &mut Databases, programs: &Programs) -> Result<Rest> {
    let name = "demo";
    let url = databases.create(name)?;
    let mut fill = Command::new(&programs.server);
    fill.arg("demo-data").env("OMASOTE_DATABASE_URL", &url).env("OMASOTE_DEMO", "true");
    fill.env("OMASOTE_DATA_DIR", databases.folder(name)?);
    let filled = fill.output().context("the server's program cannot be started; has it been built?")?;
    ensure!(filled.status.success(), "demo-data: {}", String::from_utf8_lossy(&filled.stderr));

    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let started = Instant::now();
        let mut process = start_ours(&programs.server, &url, databases, name)?;
        starts.push(process.wait_until_it_answers("/health/ready").await? - started);
    }
    starts.sort_unstable();

    let mut process = start_ours(&programs.server, &url, databases, name)?;
    process.wait_until_it_answers("/health/ready").await?;
    let request = format!("GET /api/v1/sessions/methods HTTP/1.1\r\nhost: {}\r\n\r\n", process.address);
    let mut connection = Connection::open(process.address).await?;
    ensure!(
        connection.exchange(request.as_bytes()).await?.is_success(),
        "the server at rest does not answer"
    );
    sleep(IDLE).await;
    Ok(Rest { starts, memory: process.memory("VmRSS")? })
}
