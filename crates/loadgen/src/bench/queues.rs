//! Whether a long queue is as fast as a short one: a unit with fifty thousand threads beside one with five hundred.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use chrono::Utc;
use serde_json::Value;

use super::databases::Databases;
use super::servers::{Programs, start_ours};
use crate::data::{QUEUE_WORD, Targets, fill_queue};
use crate::http::Connection;
use crate::load::{self, Script, Span, Tally};
use crate::process::Process;
use crate::sessions::Sessions;

/// How many threads the units have: the short queue and the long one.
pub(super) const LENGTHS: [usize; 2] = [500, 50_000];
/// The two take turns this often, so that what else the machine does hits both alike.
const TURNS: u32 = 5;

/// What is asked of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// The first page of what waits.
    Inbox,
    /// The first page of what a word finds.
    Search,
}

impl Question {
    pub(super) const ALL: [Self; 2] = [Self::Inbox, Self::Search];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Inbox => "first page of the inbox",
            Self::Search => "first page of a search",
        }
    }

    /// How many times as long the long queue may take.
    pub(super) const fn most_times(self) -> f64 {
        match self {
            Self::Inbox => 1.5,
            Self::Search => 3.0,
        }
    }
}

/// What one question takes, of the short queue and of the long one.
pub(super) struct Finding {
    pub(super) question: Question,
    pub(super) medians_ms: [f64; 2],
    pub(super) errors: u64,
}

impl Finding {
    /// How many times as long the long queue takes.
    pub(super) fn times(&self) -> f64 {
        let [short, long] = self.medians_ms;
        if short > 0.0 { long / short } else { f64::INFINITY }
    }
}

/// A server on a database with a queue.
struct Queue {
    process: Process,
    targets: Targets,
    sessions: Sessions,
}

impl Queue {
    async fn start(databases: &mut Databases, programs: &Programs, length: usize) -> Result<Self> {
        let name = format!("queue{length}");
        let url = databases.create(&name)?;
        let targets = fill_queue(&super::database_url(&url)?, Utc::now(), length)?;
        databases.settle(&name)?;
        let mut process = start_ours(&programs.server, &url, databases, &name)?;
        process.wait_until_it_answers("/health/ready").await?;
        let sessions = Sessions::open(process.address, &targets).await?;
        Ok(Self { process, targets, sessions })
    }

    fn script(&self, question: Question) -> Result<Script> {
        let (_, unit) = self.targets.professionals.first().context("nobody reads the queue")?;
        let headers = self.sessions.professionals.first().context("nobody is signed in")?.headers();
        let host = format!("host: {}", self.process.address);
        Ok(Script::new(&match question {
            Question::Inbox => format!("GET /api/v1/units/{unit}/inbox HTTP/1.1\r\n{host}\r\n{headers}\r\n"),
            Question::Search => {
                let body = serde_json::json!({ "text": QUEUE_WORD }).to_string();
                format!(
                    "POST /api/v1/units/{unit}/inbox/search HTTP/1.1\r\n{host}\r\n{headers}\
                     content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                )
            }
        }))
    }

    /// A whole page, or the two would not be compared by the same work.
    async fn check(&self, question: Question) -> Result<()> {
        let mut connection = Connection::open(self.process.address).await?;
        let answer = connection.exchange(self.script(question)?.request()).await?;
        let page: Value = serde_json::from_slice(answer.body)?;
        let count = page.get("items").and_then(Value::as_array).map_or(0, Vec::len);
        ensure!(count == 50, "{question:?}: a page of {count} instead of 50");
        Ok(())
    }
}

/// Measures each question of both queues, one at a time.
pub(super) async fn measure(
    databases: &mut Databases,
    programs: &Programs,
    time: Duration,
) -> Result<Vec<Finding>> {
    let mut queues = Vec::new();
    for length in LENGTHS {
        queues.push(Queue::start(databases, programs, length).await?);
    }
    let span = Span { warm_up: time / (3 * TURNS), measured: time / TURNS };
    let mut findings = Vec::new();
    for question in Question::ALL {
        let mut tallies = [Tally::new()?, Tally::new()?];
        for queue in &queues {
            queue.check(question).await?;
        }
        for _ in 0..TURNS {
            for (queue, tally) in queues.iter().zip(&mut tallies) {
                let scripts = [queue.script(question)?];
                tally.add(&load::run(queue.process.address, &scripts, span, || {}).await?)?;
            }
        }
        let errors = tallies.iter().map(|tally| tally.errors).sum();
        let medians_ms = tallies.map(|tally| tally.percentile_ms(50.0));
        findings.push(Finding { question, medians_ms, errors });
    }
    Ok(findings)
}
