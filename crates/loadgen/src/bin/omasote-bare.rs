//! The binary `omasote-bare`: the server that `bin/bench` compares ours with. For measuring only: it lets everybody
//! read and write everything, so it listens on a loopback address and nowhere else.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Result, anyhow};
use clap::Parser;
use omasote_backend::db::DbUrl;
use omasote_loadgen::bare::{Commit, Options, serve};

#[derive(Parser)]
struct Arguments {
    /// Database: <sqlite://PATH> or <postgres://USER@HOST/DATABASE>; its schema must be current
    #[arg(long, env = "DATABASE_URL")]
    database_url: String,
    /// Port on 127.0.0.1
    #[arg(long, env = "PORT")]
    port: u16,
    /// How writes are committed
    #[arg(long, value_enum, default_value = "own")]
    commit: Commit,
}

fn main() -> Result<()> {
    let Arguments { database_url, port, commit } = Arguments::parse();
    let database_url = DbUrl::parse(&database_url).map_err(|expected| anyhow!("DATABASE_URL {expected}"))?;
    serve(&Options { database_url, listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)), commit })
}
