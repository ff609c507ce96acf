//! The load: so many connections, each of which asks, waits for the answer and asks again.

use std::net::SocketAddr;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::http::Connection;

/// Where a request's own Idempotency-Key goes; sixteen characters.
pub const KEY_PLACE: &str = "{idempotent key}";
/// Sixteen hexadecimal digits with leading noughts.
const KEY_WIDTH: usize = 16;
const THREE_DIGITS: u8 = 3;
/// A server that answers later than this is taken for dead.
const PATIENCE: Duration = Duration::from_secs(30);

static NEXT_KEY: AtomicU64 = AtomicU64::new(0);

/// What one connection asks, again and again.
#[derive(Clone, Debug)]
pub struct Script {
    request: Vec<u8>,
    key_at: Option<usize>,
}

impl Script {
    /// A whole request; where it says [`KEY_PLACE`], each sending has a number of its own.
    #[must_use]
    pub fn new(request: &str) -> Self {
        Self { request: request.as_bytes().to_vec(), key_at: request.find(KEY_PLACE) }
    }

    /// The request as it was given.
    #[must_use]
    pub fn request(&self) -> &[u8] {
        &self.request
    }

    fn next(&mut self) -> &[u8] {
        let end = self.key_at.and_then(|from| Some((from, from.checked_add(KEY_WIDTH)?)));
        if let Some(place) = end.and_then(|(from, to)| self.request.get_mut(from..to)) {
            let number = next_key();
            place.copy_from_slice(format!("{number:016x}").as_bytes());
        }
        &self.request
    }
}

/// Numbers that no earlier load of the same database used: it took longer than a microsecond for each.
fn next_key() -> u64 {
    static FIRST_KEY: LazyLock<u64> = LazyLock::new(|| {
        let since_1970 = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        u64::try_from(since_1970.as_micros()).unwrap_or_default()
    });
    FIRST_KEY.saturating_add(NEXT_KEY.fetch_add(1, Ordering::Relaxed))
}

/// How long to ask: what is answered in the warm-up is not counted.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Not counted.
    pub warm_up: Duration,
    /// Counted.
    pub measured: Duration,
}

/// What was counted.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Answers with success, whole.
    pub answers: u64,
    /// Answers without success, and connections that broke.
    pub errors: u64,
    /// Bytes of the answers.
    pub bytes: u64,
    /// How long was counted.
    pub time: Duration,
    /// Microseconds from the request to the whole answer.
    pub latency: Histogram<u64>,
}

impl Tally {
    /// Nothing yet.
    ///
    /// # Errors
    /// Never: three digits are allowed.
    pub fn new() -> anyhow::Result<Self> {
        let (time, latency) = (Duration::ZERO, Histogram::new(THREE_DIGITS)?);
        Ok(Self { answers: 0, errors: 0, bytes: 0, time, latency })
    }

    /// Adds what was counted elsewhere in the same time.
    ///
    /// # Errors
    /// Never: the histograms are alike.
    pub fn add(&mut self, other: &Self) -> anyhow::Result<()> {
        self.answers += other.answers;
        self.errors += other.errors;
        self.bytes += other.bytes;
        self.latency.add(&other.latency)?;
        Ok(())
    }

    /// Answers a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        number(self.answers) / self.time.as_secs_f64()
    }

    /// The latency that so many percent of the answers had at most, in milliseconds.
    #[must_use]
    pub fn percentile_ms(&self, percent: f64) -> f64 {
        number(self.latency.value_at_percentile(percent)) / 1000.0
    }
}

/// A count as a number to divide; counts here are far below four thousand million.
#[must_use]
pub fn number(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Puts a server under load, one connection for each script. `at_edges` is called when counting begins and when it ends.
///
/// # Errors
/// When a connection cannot be opened at the start.
pub async fn run(
    address: SocketAddr,
    scripts: &[Script],
    span: Span,
    mut at_edges: impl FnMut(),
) -> anyhow::Result<Tally> {
    let mut connections = JoinSet::new();
    let mut opened = Vec::new();
    for script in scripts {
        opened.push((Connection::open(address).await?, script.clone()));
    }
    let begin = Instant::now() + span.warm_up;
    let end = begin + span.measured;
    for (connection, script) in opened {
        connections.spawn(drive(address, connection, script, begin, end));
    }
    sleep_until(begin).await;
    at_edges();
    sleep_until(end).await;
    at_edges();
    let mut all = Tally::new()?;
    while let Some(tally) = connections.join_next().await {
        all.add(&tally??)?;
    }
    all.time = span.measured;
    Ok(all)
}

async fn drive(
    address: SocketAddr,
    mut connection: Connection,
    mut script: Script,
    begin: Instant,
    end: Instant,
) -> anyhow::Result<Tally> {
    let mut tally = Tally::new()?;
    loop {
        let asked = Instant::now();
        if asked >= end {
            return Ok(tally);
        }
        let exchange = tokio::time::timeout(PATIENCE, connection.exchange(script.next()));
        let answer = exchange.await.map_err(std::io::Error::from).flatten();
        let answered = Instant::now();
        let size = match answer {
            Ok(answer) if answer.is_success() => u64::try_from(answer.size())?,
            Ok(_) => {
                tally.errors += 1;
                continue;
            }
            Err(_) => {
                tally.errors += 1;
                connection = Connection::open(address).await?;
                continue;
            }
        };
        if answered >= begin && answered < end {
            tally.answers += 1;
            tally.bytes += size;
            tally.latency.record(u64::try_from((answered - asked).as_micros())?)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sending_has_a_key_of_its_own() {
        let mut script = Script::new("POST / HTTP/1.1\r\nidempotency-key: {idempotent key}\r\n\r\n");
        let (one, other) = (script.next().to_vec(), script.next().to_vec());
        assert_eq!(one.len(), other.len());
        assert_ne!(one, other);
    }

    #[tokio::test]
    async fn what_a_server_refuses_is_an_error() {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0_u8; 1024];
            let mut turn = 0;
            while stream.read(&mut request).await.unwrap() > 0 {
                let status = if turn % 2 == 0 { "200 OK" } else { "503 Service Unavailable" };
                turn += 1;
                let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\n\r\n{{}}");
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        let span = Span { warm_up: Duration::ZERO, measured: Duration::from_millis(100) };
        let mut edges = 0;
        let scripts = [Script::new("GET / HTTP/1.1\r\n\r\n")];
        let tally = run(address, &scripts, span, || edges += 1).await.unwrap();
        assert!(tally.answers.abs_diff(tally.errors) <= 1 && tally.answers > 0, "{tally:?}");
        assert_eq!(edges, 2);
    }
}
