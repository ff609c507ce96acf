//! One operation with so many connections, on each server in turn.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Result;
use omasote_backend::db::Engine;

use super::servers::{Kind, Server};
use crate::data::Targets;
use crate::load::{self, KEY_PLACE, Script, Span, Tally};
use crate::process::postgres_cpu_time;
use crate::sessions::{Session, Sessions};

/// The servers take turns this often, so that what else the machine does hits all alike.
const TURNS: u32 = 3;

const TEXT: &str = "Hei, verenpaineeni on ollut tällä viikolla aamuisin noin 152/94 ja iltaisin vähän \
                    matalampi. Lääkkeen olen ottanut ohjeen mukaan joka aamu. Pitäisikö annosta muuttaa, vai jatkanko \
                    mittaamista ensin vielä toisen viikon? Terveisin Aino";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Operation {
    /// A citizen sends a message into a thread, with an Idempotency-Key of its own.
    SendMessage,
    /// A citizen lists a thread of fifty messages.
    ListMessages,
    /// A professional lists the first fifty threads that wait in an inbox.
    ListInbox,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 3] = [Self::SendMessage, Self::ListMessages, Self::ListInbox];

    /// As the page calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SendMessage => "create message",
            Self::ListMessages => "list a thread of 50",
            Self::ListInbox => "inbox page of 50",
        }
    }

    /// What percentage of the bare server's requests a second is aimed at.
    #[must_use]
    pub const fn target_percent(self) -> f64 {
        match self {
            Self::SendMessage => 40.0,
            Self::ListMessages | Self::ListInbox => 60.0,
        }
    }

    /// How a commit is done matters to writes only, so one bare server is enough for reads.
    fn concerns(self, kind: Kind) -> bool {
        match self {
            Self::SendMessage => kind != Kind::Unaudited,
            Self::ListMessages | Self::ListInbox => kind != Kind::BareGroupCommit,
        }
    }
}

/// What was measured of one server.
pub(super) struct Cell {
    pub(super) operation: Operation,
    pub(super) connections: usize,
    pub(super) kind: Kind,
    pub(super) tally: Tally,
    /// Processor time of the server.
    pub(super) server_cpu: Duration,
    /// Processor time of PostgreSQL for this server's database.
    pub(super) database_cpu: Duration,
}

impl Cell {
    /// Microseconds of the server's processor time for each answer.
    pub(super) fn server_cpu_us(&self) -> f64 {
        self.per_answer(self.server_cpu)
    }

    /// Microseconds of PostgreSQL's processor time for each answer.
    pub(super) fn database_cpu_us(&self) -> f64 {
        self.per_answer(self.database_cpu)
    }

    fn per_answer(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e6 / load::number(self.tally.answers.max(1))
    }
}

/// Measures every server the operation concerns.
pub(super) async fn measure(
    operation: Operation,
    connections: usize,
    servers: &[Server],
    engine: Engine,
    targets: &Targets,
    time: Duration,
) -> Result<Vec<Cell>> {
    let mut concerned = Vec::new();
    for server in servers.iter().filter(|server| operation.concerns(server.kind)) {
        let (kind, tally) = (server.kind, Tally::new()?);
        let (server_cpu, database_cpu) = (Duration::ZERO, Duration::ZERO);
        let scripts = scripts(operation, targets, &server.sessions, server.process.address, connections);
        let cell = Cell { operation, connections, kind, tally, server_cpu, database_cpu };
        concerned.push((server, scripts, cell));
    }
    let span = Span { warm_up: time / (3 * TURNS), measured: time / TURNS };
    for _ in 0..TURNS {
        for (server, scripts, cell) in &mut concerned {
            take_turn(server, scripts, cell, engine, span).await?;
        }
    }
    Ok(concerned.into_iter().map(|(_, _, cell)| cell).collect())
}

async fn take_turn(
    server: &Server,
    scripts: &[Script],
    cell: &mut Cell,
    engine: Engine,
    span: Span,
) -> Result<()> {
    let mut used = Vec::new();
    let look = || {
        let database = match engine {
            Engine::Postgres => postgres_cpu_time(&server.database),
            Engine::Sqlite => Duration::ZERO,
        };
        used.push((server.process.cpu_time(), database));
    };
    let tally = load::run(server.process.address, scripts, span, look).await?;
    cell.tally.add(&tally)?;
    cell.tally.time += tally.time;
    if let [before, after] = used.as_slice() {
        cell.server_cpu += after.0.saturating_sub(before.0);
        cell.database_cpu += after.1.saturating_sub(before.1);
    }
    Ok(())
}

/// What each connection asks of a server: as many people as there are, one after the other.
#[must_use]
pub fn scripts(
    operation: Operation,
    targets: &Targets,
    sessions: &Sessions,
    address: SocketAddr,
    connections: usize,
) -> Vec<Script> {
    let citizens = targets.citizens.iter().zip(&sessions.citizens);
    let professionals = targets.professionals.iter().zip(&sessions.professionals);
    let requests: Vec<String> = match operation {
        Operation::SendMessage => citizens
            .map(|(citizen, session)| {
                post(&format!("/api/v1/threads/{}/messages", citizen.short_thread), session, address)
            })
            .collect(),
        Operation::ListMessages => citizens
            .map(|(citizen, session)| {
                get(&format!("/api/v1/threads/{}/messages", citizen.long_thread), session, address)
            })
            .collect(),
        Operation::ListInbox => professionals
            .map(|((reader, unit), session)| {
                // Only the bare server has to be told who reads.
                let reader = if session.is_nobody() { format!("?reader={reader}") } else { String::new() };
                get(&format!("/api/v1/units/{unit}/inbox{reader}"), session, address)
            })
            .collect(),
    };
    requests.iter().cycle().take(connections).map(|request| Script::new(request)).collect()
}

fn get(path: &str, session: &Session, address: SocketAddr) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{}\r\n", session.headers())
}

fn post(path: &str, session: &Session, address: SocketAddr) -> String {
    let body = serde_json::json!({ "text": TEXT }).to_string();
    format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\n{}content-type: application/json\r\n\
         idempotency-key: {KEY_PLACE}\r\ncontent-length: {}\r\n\r\n{body}",
        session.headers(),
        body.len()
    )
}
