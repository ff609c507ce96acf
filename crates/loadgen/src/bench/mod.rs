//! The whole measurement: both engines, our server and the bare one side by side, start and memory, and the page that
//! tells it.

mod cells;
mod databases;
mod keypress;
mod machine;
mod measurements;
mod queues;
mod report;
mod rest;
mod servers;
mod sizes;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};
use chrono::Utc;
use omasote_backend::db::{DbUrl, Engine};

use cells::{Cell, measure};
pub use cells::{Operation, scripts};
use databases::Databases;
use machine::Machine;
use rest::Rest;
use servers::{Programs, Server};

/// With how many connections each operation is asked for.
pub const CONNECTIONS: [usize; 3] = [1, 16, 64];

/// What `bench` is told.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// The server's program
    #[arg(long, default_value = "target/release/omasote")]
    server: PathBuf,
    /// The bare server's program; the one beside this program when not given
    #[arg(long)]
    bare: Option<PathBuf>,
    /// A PostgreSQL where databases may be created and dropped; without it only SQLite is measured
    #[arg(long, env = "TEST_POSTGRES_URL")]
    postgres_url: Option<String>,
    /// The figures that the build of the web apps left
    #[arg(long, default_value = "target/dist/sizes.json")]
    sizes: PathBuf,
    /// What the browser left of pressing keys in a large questionnaire
    #[arg(long, default_value = "target/dist/keypress.json")]
    keypress: PathBuf,
    /// The page to write
    #[arg(long, default_value = "docs/benchmarks.md")]
    page: PathBuf,
    /// How many seconds each figure is measured
    #[arg(long, env = "BENCH_SECONDS", default_value_t = 3.0)]
    seconds: f64,
}

/// Everything that was found out.
struct Findings {
    machine: Machine,
    seconds: f64,
    engines: Vec<EngineFindings>,
    first_loads: Option<Vec<sizes::FirstLoad>>,
    keypress: Option<keypress::KeyPress>,
}

/// On one engine.
struct EngineFindings {
    engine: Engine,
    version: String,
    rest: Rest,
    cells: Vec<Cell>,
    peaks: Vec<(servers::Kind, u64)>,
    queues: Vec<queues::Finding>,
    measurements: measurements::Finding,
}

/// Measures and writes the page.
///
/// # Errors
/// When something cannot be started, or any answer under load is not a success.
pub async fn run(options: Options) -> Result<()> {
    let beside = |name| Ok::<_, std::io::Error>(std::env::current_exe()?.with_file_name(name));
    let bare = options.bare.map_or_else(|| beside("omasote-bare"), Ok)?;
    let programs = Programs { server: options.server, bare, unaudited: beside("omasote-unaudited")? };
    let time =
        Duration::try_from_secs_f64(options.seconds).context("BENCH_SECONDS must be a number of seconds")?;
    let machine = Machine::look();
    let folder = tempfile::tempdir()?;
    let mut engines = Vec::new();
    engines.push(measure_engine(Databases::sqlite(folder.path()), &programs, time).await?);
    if let Some(url) = &options.postgres_url {
        engines.push(measure_engine(Databases::postgres(url, folder.path())?, &programs, time).await?);
    }
    let first_loads = sizes::read(&options.sizes);
    let keypress = keypress::read(&options.keypress);
    let findings = Findings { machine, seconds: options.seconds, engines, first_loads, keypress };
    std::fs::write(&options.page, report::page(&findings))
        .with_context(|| format!("cannot write {}", options.page.display()))?;
    report::say(&format!("Written: {}", options.page.display()));
    anyhow::ensure!(findings.errors() == 0, "{} requests failed: see the page", findings.errors());
    Ok(())
}

impl Findings {
    fn errors(&self) -> u64 {
        let cells = self.engines.iter().flat_map(|engine| &engine.cells).map(|cell| cell.tally.errors);
        let queues = self.engines.iter().flat_map(|engine| &engine.queues).map(|finding| finding.errors);
        let measurements = self.engines.iter().map(|engine| engine.measurements.errors);
        cells.chain(queues).chain(measurements).sum()
    }
}

async fn measure_engine(
    mut databases: Databases,
    programs: &Programs,
    time: Duration,
) -> Result<EngineFindings> {
    let engine = databases.engine();
    report::say(&format!("{}: start and memory", report::engine_name(engine)));
    let rest = rest::measure(&mut databases, programs).await?;
    report::say(&format!("{}: data", report::engine_name(engine)));
    let targets = databases.fill(Utc::now())?;
    let mut servers = Vec::new();
    for kind in servers::Kind::ALL {
        servers.push(Server::start(kind, &mut databases, programs, &targets).await?);
    }
    servers::check_alike(&servers, &targets).await?;
    let mut cells = Vec::new();
    for operation in Operation::ALL {
        for connections in CONNECTIONS {
            cells.extend(measure(operation, connections, &servers, engine, &targets, time).await?);
        }
    }
    let peaks = servers.iter().map(|server| Ok((server.kind, server.process.memory("VmHWM")?)));
    let peaks = peaks.collect::<Result<_>>()?;
    drop(servers);
    report::say(&format!("{}: long queues", report::engine_name(engine)));
    let queues = queues::measure(&mut databases, programs, time).await?;
    report::say(&format!("{}: measurements", report::engine_name(engine)));
    let measurements = measurements::measure(&mut databases, programs, time).await?;
    let version = databases.version()?;
    Ok(EngineFindings { engine, version, rest, cells, peaks, queues, measurements })
}

/// Reads a database's URL.
///
/// # Errors
/// A sentence that says what was expected.
pub fn database_url(text: &str) -> Result<DbUrl> {
    DbUrl::parse(text).map_err(|expected| anyhow::anyhow!("the database's URL {expected}"))
}
