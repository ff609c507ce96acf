//! The servers that are compared: ours as it is delivered, and the bare one in two ways to commit.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::databases::Databases;
use super::{Operation, scripts};
use crate::data::{THREAD_LENGTH, Targets};
use crate::http::Connection;
use crate::process::{Process, free_address};
use crate::sessions::Sessions;

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Omasote with its default settings.
    Ours,
    /// The same, but its reads leave no line in the access log.
    Unaudited,
    /// Bare; each write commits by itself.
    BareOwnCommit,
    /// Bare; writes that wait together share a commit.
    BareGroupCommit,
}

impl Kind {
    pub(super) const ALL: [Self; 4] =
        [Self::Ours, Self::Unaudited, Self::BareOwnCommit, Self::BareGroupCommit];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Unaudited => "ours, reads unaudited",
            Self::BareOwnCommit => "bare, own commit",
            Self::BareGroupCommit => "bare, group commit",
        }
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Unaudited => "unaudited",
            Self::BareOwnCommit => "own",
            Self::BareGroupCommit => "group",
        }
    }
}

/// Where the programs are.
pub(super) struct Programs {
    pub(super) server: PathBuf,
    pub(super) bare: PathBuf,
    pub(super) unaudited: PathBuf,
}

/// A server that runs on its own copy of the data.
pub(super) struct Server {
    pub(super) kind: Kind,
    pub(super) process: Process,
    pub(super) sessions: Sessions,
    /// The name of its database, for PostgreSQL.
    pub(super) database: String,
}

impl Server {
    pub(super) async fn start(
        kind: Kind,
        databases: &mut Databases,
        programs: &Programs,
        targets: &Targets,
    ) -> Result<Self> {
        let (url, folder) = (databases.copy(kind.folder())?, databases.folder(kind.folder())?);
        let log = folder.join("log");
        let database = Databases::name_of(kind.folder());
        let program = match kind {
            Kind::Ours => Some(&programs.server),
            Kind::Unaudited => Some(&programs.unaudited),
            Kind::BareOwnCommit | Kind::BareGroupCommit => None,
        };
        if let Some(program) = program {
            let mut process = start_ours(program, &url, databases, kind.folder())?;
            process.wait_until_it_answers("/health/ready").await?;
            let sessions = Sessions::open(process.address, targets).await?;
            return Ok(Self { kind, process, sessions, database });
        }
        let address = free_address()?;
        let mut command = Command::new(&programs.bare);
        let commit = if kind == Kind::BareOwnCommit { "own" } else { "group" };
        command.args(["--commit", commit]).env("DATABASE_URL", url).env("PORT", address.port().to_string());
        let mut process = Process::start(command, address, &log)?;
        let path = targets.citizens.first().context("no citizens")?.long_thread;
        process.wait_until_it_answers(&format!("/api/v1/threads/{path}/messages")).await?;
        Ok(Self { kind, process, sessions: Sessions::none(targets), database })
    }
}

/// Ours with default settings, but for tokens that outlive the measurement.
pub(super) fn start_ours(program: &Path, url: &str, databases: &Databases, name: &str) -> Result<Process> {
    let (address, folder) = (free_address()?, databases.folder(name)?);
    let mut command = Command::new(program);
    command
        .arg("serve")
        .env("OMASOTE_LISTEN", address.to_string())
        .env("OMASOTE_DATABASE_URL", url)
        .env("OMASOTE_DATA_DIR", &folder)
        .env("OMASOTE_DEMO", "true")
        .env("OMASOTE_ACCESS_TOKEN_MINUTES", "60")
        .env("OMASOTE_IDLE_MINUTES", "120");
    Process::start(command, address, &folder.join("log"))
}

/// Makes sure that all answer the same to what is going to be measured, and that a page holds fifty.
pub(super) async fn check_alike(servers: &[Server], targets: &Targets) -> Result<()> {
    for operation in [Operation::ListMessages, Operation::ListInbox] {
        let mut answers = Vec::new();
        for server in servers {
            let script = scripts(operation, targets, &server.sessions, server.process.address, 1);
            let mut connection = Connection::open(server.process.address).await?;
            let request = script.first().context("no script")?.request();
            let answer = connection.exchange(request).await?;
            let page: Value = serde_json::from_slice(answer.body)?;
            answers.push(page.get("items").cloned());
        }
        let items = answers.first().and_then(|items| items.as_ref()?.as_array());
        ensure!(
            items.is_some_and(|items| items.len() == THREAD_LENGTH),
            "{operation:?}: a page is not of fifty"
        );
        for (server, answer) in servers.iter().zip(&answers) {
            let differing = first_difference(answers.first(), Some(answer));
            ensure!(differing.is_none(), "{operation:?}: {:?} answers otherwise: {differing:?}", server.kind);
        }
    }
    Ok(())
}

/// The first item in which two answers differ, of each.
fn first_difference(one: Option<&Option<Value>>, other: Option<&Option<Value>>) -> Option<(Value, Value)> {
    let items = |answer: Option<&Option<Value>>| {
        answer.and_then(Option::as_ref).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    items(one).into_iter().zip(items(other)).find(|(one, other)| one != other)
}
