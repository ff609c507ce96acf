//! The binary `omasote-loadgen`: measures everything (`bench`), or fills a database and puts one server under load.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, Subcommand};
use omasote_loadgen::bench::{self, Operation, database_url, scripts};
use omasote_loadgen::data::{Targets, fill};
use omasote_loadgen::load::{self, Span};
use omasote_loadgen::sessions::Sessions;
use tokio::signal::unix::{SignalKind, signal};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures our server and the bare one on both engines, and writes the page
    Bench(bench::Options),
    /// Fills an empty database with the data that `load` asks for
    Fill {
        /// The database
        #[arg(long, env = "DATABASE_URL")]
        database_url: String,
    },
    /// Puts a running server on this machine under load
    Load {
        /// The server's database, to learn who is in it
        #[arg(long, env = "DATABASE_URL")]
        database_url: String,
        /// Where the server listens
        #[arg(long)]
        address: SocketAddr,
        /// What to ask for
        #[arg(long, value_enum)]
        operation: Operation,
        /// How many connections
        #[arg(long, default_value_t = 16)]
        connections: usize,
        /// How long, in seconds
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// The server is a bare one, which knows no sessions
        #[arg(long)]
        bare: bool,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    // When this ends early, what it started is ended with it.
    tokio::select! {
        outcome = run(Arguments::parse().command) => outcome,
        _ = tokio::signal::ctrl_c() => anyhow::bail!("interrupted"),
        _ = terminate.recv() => anyhow::bail!("terminated"),
    }
}

async fn run(command: Command) -> Result<()> {
    match command {
        Command::Bench(options) => bench::run(options).await,
        Command::Fill { database_url: url } => {
            let targets = fill(&database_url(&url)?, chrono::Utc::now())?;
            println!("{} citizens, {} professionals", targets.citizens.len(), targets.professionals.len());
            Ok(())
        }
        Command::Load { database_url: url, address, operation, connections, seconds, bare } => {
            let targets = Targets::find(&mut database_url(&url)?.connect()?)?;
            let sessions =
                if bare { Sessions::none(&targets) } else { Sessions::open(address, &targets).await? };
            let scripts = scripts(operation, &targets, &sessions, address, connections);
            let span = Span { warm_up: Duration::from_secs(1), measured: Duration::from_secs(seconds) };
            let tally = load::run(address, &scripts, span, || {}).await?;
            println!(
                "{:.0} requests/s, p50 {:.2} ms, p99 {:.2} ms, {} errors, {} bytes",
                tally.rate(),
                tally.percentile_ms(50.0),
                tally.percentile_ms(99.0),
                tally.errors,
                tally.bytes
            );
            Ok(())
        }
    }
}
