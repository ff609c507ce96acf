//! Home measurements: how many come in, and what figures over a history take, also over one that is a hundred times as long.

use std::fmt::Write as _;
use std::time::{Duration, Instant as Clock};

use anyhow::{Context as _, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::databases::Databases;
use super::servers::{Programs, start_ours};
use crate::data::{Targets, fill_queue};
use crate::http::Connection;
use crate::load::{self, Script, Span, Tally};
use crate::process::Process;
use crate::sessions::Sessions;

/// How many blood pressures two citizens have: five years of four a day, and a hundred times as many.
pub(super) const HISTORIES: [usize; 2] = [7_300, 730_000];
const BATCH: usize = 1_000;

/// What was found out.
pub(super) struct Finding {
    /// Blood pressures a second, in batches of a thousand from one client.
    pub(super) brought_per_second: f64,
    /// The median of recording one, in milliseconds, one client.
    pub(super) record_ms: f64,
    /// The medians of the summary of each history.
    pub(super) summary_ms: [f64; 2],
    pub(super) errors: u64,
}

impl Finding {
    /// What the long history costs for each measurement, in percent of what the short one does.
    pub(super) fn cost_percent(&self) -> f64 {
        let [short, long] = self.summary_ms;
        let times = 100.0;
        if short > 0.0 { long / short / times * 100.0 } else { f64::INFINITY }
    }
}

struct Running {
    process: Process,
    targets: Targets,
    sessions: Sessions,
}

impl Running {
    async fn start(databases: &mut Databases, programs: &Programs) -> Result<Self> {
        let url = databases.create("measured")?;
        let targets = fill_queue(&super::database_url(&url)?, Utc::now(), 500)?;
        databases.settle("measured")?;
        let mut process = start_ours(&programs.server, &url, databases, "measured")?;
        process.wait_until_it_answers("/health/ready").await?;
        let sessions = Sessions::open(process.address, &targets).await?;
        Ok(Self { process, targets, sessions })
    }

    /// A request of the citizen in a place.
    fn request(&self, citizen: usize, (method, rest): (&str, &str), body: Option<&Value>) -> Result<String> {
        let of = self.targets.citizens.get(citizen).context("there is no such citizen")?.id;
        let headers = self.sessions.citizens.get(citizen).context("nobody is signed in")?.headers();
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut request = format!(
            "{method} /api/v1/citizens/{of}/measurements{rest} HTTP/1.1\r\nhost: {}\r\n{headers}",
            self.process.address
        );
        if method == "POST" {
            write!(request, "content-type: application/json\r\ncontent-length: {}\r\n", body.len())?;
        }
        Ok(format!("{request}\r\n{body}"))
    }

    /// Brings so many in batches, and says how many came in a second.
    async fn bring(&self, citizen: usize, count: usize) -> Result<f64> {
        let mut connection = Connection::open(self.process.address).await?;
        let first = Utc::now() - TimeDelta::days(5 * 365);
        let step = TimeDelta::days(5 * 365).num_milliseconds() / i64::try_from(count)?;
        let mut spent = Duration::ZERO;
        for batch in 0..count.div_ceil(BATCH) {
            let places = batch * BATCH..count.min((batch + 1) * BATCH);
            let measurements: Vec<Value> = places.map(|place| pressure(first, step, place)).collect();
            let body = json!({ "measurements": measurements, "mode": "all_or_nothing" });
            let request = self.request(citizen, ("POST", "/batch"), Some(&body))?;
            let begun = Clock::now();
            let answer = connection.exchange(request.as_bytes()).await?;
            spent += begun.elapsed();
            ensure!(
                answer.is_success(),
                "a batch: {} {}",
                answer.status,
                String::from_utf8_lossy(answer.body)
            );
        }
        Ok(f64::from(u32::try_from(count)?) / spent.as_secs_f64())
    }

    async fn median(&self, script: Script, time: Duration, errors: &mut u64) -> Result<f64> {
        let span = Span { warm_up: time / 3, measured: time };
        let mut tally = Tally::new()?;
        tally.add(&load::run(self.process.address, &[script], span, || {}).await?)?;
        *errors += tally.errors;
        Ok(tally.percentile_ms(50.0))
    }

    /// Records one after the other, each of a moment of its own, and gives the median.
    async fn record(&self, citizen: usize, time: Duration) -> Result<f64> {
        let mut connection = Connection::open(self.process.address).await?;
        let (begun, mut took) = (Clock::now(), Vec::new());
        while begun.elapsed() < time {
            let body = pressure(Utc::now(), 0, took.len());
            let request = self.request(citizen, ("POST", ""), Some(&body))?;
            let asked = Clock::now();
            let answer = connection.exchange(request.as_bytes()).await?;
            took.push(asked.elapsed());
            ensure!(answer.status == 201, "one: {} {}", answer.status, String::from_utf8_lossy(answer.body));
        }
        took.sort_unstable();
        let middle = took.get(took.len() / 2).context("nothing was recorded")?;
        Ok(middle.as_secs_f64() * 1000.0)
    }
}

/// A blood pressure that looks like one; those of other places are of other moments.
fn pressure(first: DateTime<Utc>, step_ms: i64, place: usize) -> Value {
    let number = i64::try_from(place).unwrap_or_default();
    let taken_at = first + TimeDelta::milliseconds(step_ms * number);
    json!({
        "kind": "blood_pressure",
        "takenAt": taken_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        "values": { "systolic": 118 + number % 37, "diastolic": 70 + number % 19, "pulse": 58 + number % 29 },
    })
}

/// Measures.
pub(super) async fn measure(
    databases: &mut Databases,
    programs: &Programs,
    time: Duration,
) -> Result<Finding> {
    let running = Running::start(databases, programs).await?;
    let [few, many] = HISTORIES;
    running.bring(0, few).await?;
    let brought_per_second = running.bring(1, many).await?;
    let record_ms = running.record(2, time).await?;
    let (mut errors, mut summary_ms) = (0, [0.0; 2]);
    for (citizen, median) in summary_ms.iter_mut().enumerate() {
        let script = Script::new(&running.request(citizen, ("GET", "/summary?kind=blood_pressure"), None)?);
        *median = running.median(script, time, &mut errors).await?;
    }
    Ok(Finding { brought_per_second, record_ms, summary_ms, errors })
}
