//! The page: docs/benchmarks.md. It says what was measured and whether each target was reached, and nothing else.

use std::fmt::Write as _;

use omasote_backend::db::Engine;

use super::cells::{Cell, Operation};
use super::keypress::KeyPress;
use super::machine::Machine;
use super::servers::Kind;
use super::{CONNECTIONS, EngineFindings, Findings, measurements, queues};

const START_MS: f64 = 300.0;
const MEMORY_MB: f64 = 40.0;
const FIRST_LOAD_KB: f64 = 180.0;
const KEY_PRESS_MS: f64 = 16.0;
const BROUGHT_PER_SECOND: f64 = 20_000.0;
const SUMMARY_MS: f64 = 5.0;
/// What percentage of the same read unaudited is aimed at, with so many connections.
const AUDITED_PERCENT: f64 = 60.0;
const AUDITED_CONNECTIONS: usize = 64;

const INTRODUCTION: &str = "\
# Benchmarks

Written by `bin/bench`; what is changed by hand is lost the next time. Figures hold for the machine below and the moment
they were taken; the comparison with the bare server, taken in the same minutes, says more than requests a second do.
";

const METHOD: &str = "\
## What is measured, and how

* **Ours** is the release build of `omasote serve` with its default settings in demo mode: sessions, policy, validation,
  idempotency, live updates, a log line and a figure for each request. **Bare** is `omasote-bare` in `crates/loadgen`:
  actix-web and Diesel, the same SQL and the same JSON, and none of our layers. A test compares the statements of both,
  and before each measurement the answers of both are compared. *Own commit*: each write commits by itself, through a
  pool of connections (one on SQLite, which takes one write at a time). *Group commit*: writes that wait at the same
  moment share a commit, each in a savepoint, as ours do. Reads are the same in both, so one bare server is asked. The
  bare server sends no NOTIFY on PostgreSQL: live updates between servers are a layer of ours.
* **Ours, reads unaudited** is the same server, built to leave no line in the access log when somebody reads
  (`omasote-unaudited`, for measuring only). *ours/bare* and *CPU bare/ours* of its rows compare with it instead.
* Every server has its own copy of one database: a made-up county with 5,000 messages and 1,000 citizens, 64 threads of
  50 messages, units with more than 50 threads waiting. SQLite runs in WAL mode with `synchronous=full`, PostgreSQL with
  fsync: what was answered is on the disk.
* Each connection asks, waits for the whole answer and asks again. Every citizen and professional is signed in by a
  session of their own; every message has an Idempotency-Key of its own. The servers take turns within each row, three
  times each, so that what else the machine does hits all alike. Servers, database and load share the machine's cores.
* *CPU* is processor time in user and kernel mode for each answer, of the server's process and of PostgreSQL's processes
  for that server's database. It is steadier than requests a second on a busy machine. On SQLite the database's work is
  inside the server's.
* *ours/bare* is our requests a second in percent of that row's. *CPU bare/ours* is that row's processor time for an
  answer (PostgreSQL's not counted) in percent of ours.
* *A unit with 50000 threads against 500*: a fifth of the threads wait, a third of the citizens wrote the word that is searched for. One
  professional asks for the first page, again and again, of two servers in turn; the figures are medians.
* *Measurements*: blood pressures with a pulse, brought by one client in batches of 1,000; the time is that of the answers. The summary is of
  all of a citizen's blood pressures, asked for again and again by one client: three numbers, each with its figures of all and of four parts of
  the day, and its trend.
* *Key press*: Chromium, the release build of the citizens' app, one questionnaire as a task. From the `input` event until what it
  changes (what is kept, counted, shown and hidden) is in the page and laid out; painting comes on top.
* *Start* is from the start of the process on the demo's database until `/health/ready` first answers with success, asked
  each millisecond; the median of ten. *Memory at rest* is resident memory after a start, one request and two idle
  seconds. A megabyte is 1,000,000 bytes, a kilobyte 1,000.
";

/// Tells how far the measurement is.
pub(super) fn say(line: &str) {
    println!("{line}");
}

pub(super) const fn engine_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    }
}

/// The whole page.
pub(super) fn page(findings: &Findings) -> String {
    let mut page = String::from(INTRODUCTION);
    // Writing into a String cannot fail.
    let _ = write_machine(&mut page, findings);
    let _ = write_targets(&mut page, findings);
    for engine in &findings.engines {
        let _ = write_engine(&mut page, engine);
    }
    page.push('\n');
    page.push_str(METHOD);
    page
}

fn write_machine(page: &mut String, findings: &Findings) -> std::fmt::Result {
    let Machine { date, processor, cores, memory_mib, kernel, rust, load } = &findings.machine;
    writeln!(page, "\n## The machine\n\n| | |\n|---|---|")?;
    writeln!(page, "| date | {date} |\n| processor | {processor}, {cores} cores |")?;
    writeln!(page, "| memory | {memory_mib} MiB |\n| kernel | Linux {kernel} |\n| Rust | {rust} |")?;
    for engine in &findings.engines {
        writeln!(page, "| {} | {} |", engine_name(engine.engine), engine.version)?;
    }
    writeln!(page, "| load average when it began | {load} |")?;
    let seconds = findings.seconds;
    writeln!(
        page,
        "\nTo repeat: `bin/bench`. Each figure was measured for {seconds} s; `BENCH_SECONDS` changes that."
    )?;
    if !findings.engines.iter().any(|engine| engine.engine == Engine::Postgres) {
        writeln!(page, "PostgreSQL was not measured this time.")?;
    }
    Ok(())
}

fn write_targets(page: &mut String, findings: &Findings) -> std::fmt::Result {
    writeln!(page, "\n## Targets\n\n| target | where | aim | found | |\n|---|---|--:|--:|---|")?;
    for engine in &findings.engines {
        let name = engine_name(engine.engine);
        let (start, memory) = (engine.rest.start_ms(), megabytes(engine.rest.memory));
        let is = |reached: bool| if reached { "reached" } else { "**not reached**" };
        writeln!(
            page,
            "| start to first answer | {name} | ≤ {START_MS:.0} ms | {start:.0} ms | {} |",
            is(start <= START_MS)
        )?;
        writeln!(
            page,
            "| memory at rest | {name} | ≤ {MEMORY_MB:.0} MB | {memory:.1} MB | {} |",
            is(memory <= MEMORY_MB)
        )?;
    }
    write_first_loads(page, findings)?;
    write_keypress(page, findings)?;
    for engine in &findings.engines {
        write_comparisons(page, engine)?;
    }
    for engine in &findings.engines {
        write_queues(page, engine)?;
    }
    for engine in &findings.engines {
        write_measurements(page, engine)?;
    }
    let (errors, reached) =
        (findings.errors(), if findings.errors() == 0 { "reached" } else { "**not reached**" });
    writeln!(page, "| errors under load | everywhere | 0 | {errors} | {reached} |")
}

fn write_first_loads(page: &mut String, findings: &Findings) -> std::fmt::Result {
    let Some(loads) = &findings.first_loads else {
        return writeln!(
            page,
            "| first load, brotli | both apps | ≤ {FIRST_LOAD_KB:.0} kB | – | not measured: the apps are not built |"
        );
    };
    for load in loads {
        let (total, wasm) = (kilobytes(load.total), kilobytes(load.wasm + load.chunks));
        let rest = kilobytes(load.scripts + load.styles + load.page);
        let verdict = if total <= FIRST_LOAD_KB { "reached" } else { "**not reached**" };
        writeln!(
            page,
            "| first load, brotli | {} app until {page_name} shows (WASM {wasm:.1}, the rest {rest:.1}) | ≤ {FIRST_LOAD_KB:.0} kB | {total:.1} kB | {verdict} |",
            load.app,
            page_name = page_name(&load.arrival),
        )?;
    }
    Ok(())
}

fn write_keypress(page: &mut String, findings: &Findings) -> std::fmt::Result {
    let what = "key press in a questionnaire of 200 questions with 50 conditions, 95 of 100";
    match findings.keypress {
        None => {
            writeln!(page, "| {what} | browser | ≤ {KEY_PRESS_MS:.0} ms | – | not measured: no browser ran |")
        }
        Some(KeyPress { presses, median, p95, most }) => {
            let verdict = if p95 <= KEY_PRESS_MS { "reached" } else { "**not reached**" };
            writeln!(
                page,
                "| {what} | browser, {presses} presses (median {median:.1} ms, at most {most:.1} ms) | ≤ {KEY_PRESS_MS:.0} ms | {p95:.1} ms | {verdict} |"
            )
        }
    }
}

fn page_name(arrival: &str) -> &str {
    match arrival {
        "sign_in" => "signing in",
        "front" => "the front page",
        "inbox" => "the inbox",
        other => other,
    }
}

fn write_comparisons(page: &mut String, engine: &EngineFindings) -> std::fmt::Result {
    for operation in Operation::ALL {
        for connections in CONNECTIONS {
            let Some(ours) = engine.find(operation, connections, Kind::Ours) else { continue };
            if let Some(twin) = engine.find(operation, connections, Kind::Unaudited)
                && connections == AUDITED_CONNECTIONS
            {
                let found = percent(ours.tally.rate(), twin.tally.rate());
                let verdict = if found >= AUDITED_PERCENT { "reached" } else { "**not reached**" };
                let (name, place) = (operation.name(), engine_name(engine.engine));
                writeln!(
                    page,
                    "| {name}, {connections} at a time, of the same unaudited | {place} | ≥ {AUDITED_PERCENT:.0} % | {found:.0} % | {verdict} |"
                )?;
            }
            for bare in engine.bare(operation, connections) {
                let (aim, found) =
                    (operation.target_percent(), percent(ours.tally.rate(), bare.tally.rate()));
                let verdict = if found >= aim { "reached" } else { "**not reached**" };
                let (name, with) = (operation.name(), bare_name(bare));
                let place = engine_name(engine.engine);
                writeln!(
                    page,
                    "| {name}, {connections} at a time, of {with} | {place} | ≥ {aim:.0} % | {found:.0} % | {verdict} |"
                )?;
            }
        }
    }
    Ok(())
}

fn write_queues(page: &mut String, engine: &EngineFindings) -> std::fmt::Result {
    let [few, many] = queues::LENGTHS;
    for finding in &engine.queues {
        let (name, place, most) =
            (finding.question.name(), engine_name(engine.engine), finding.question.most_times());
        let [short, long] = finding.medians_ms;
        let verdict = if finding.times() <= most { "reached" } else { "**not reached**" };
        writeln!(
            page,
            "| {name}, a unit with {many} threads against {few} | {place} | ≤ {most:.1} times | {:.2} times ({short:.2} ms, {long:.2} ms) | {verdict} |",
            finding.times()
        )?;
    }
    Ok(())
}

fn write_measurements(page: &mut String, engine: &EngineFindings) -> std::fmt::Result {
    let (found, place) = (&engine.measurements, engine_name(engine.engine));
    let ([few, many], [short, long]) = (measurements::HISTORIES, found.summary_ms);
    let is = |reached: bool| if reached { "reached" } else { "**not reached**" };
    let (brought, cost) = (found.brought_per_second, found.cost_percent());
    writeln!(
        page,
        "| blood pressures brought in batches of 1000, one client | {place} | ≥ {BROUGHT_PER_SECOND:.0} a second | {brought:.0} a second | {} |",
        is(brought >= BROUGHT_PER_SECOND)
    )?;
    writeln!(page, "| recording one, p50, one client | {place} | – | {:.2} ms | – |", found.record_ms)?;
    writeln!(
        page,
        "| summary of {few} blood pressures, p50, one client | {place} | ≤ {SUMMARY_MS:.0} ms | {short:.2} ms | {} |",
        is(short <= SUMMARY_MS)
    )?;
    writeln!(
        page,
        "| what a measurement of a history of {many} costs a summary, of one of {few} | {place} | ≤ 100 % | {cost:.0} % ({long:.0} ms) | {} |",
        is(cost <= 100.0)
    )
}

fn write_engine(page: &mut String, engine: &EngineFindings) -> std::fmt::Result {
    let name = engine_name(engine.engine);
    let has_server = engine.engine == Engine::Postgres;
    for operation in Operation::ALL {
        writeln!(page, "\n## {name}: {}\n", operation.name())?;
        let (title, line) = if has_server { (" PostgreSQL's CPU µs |", "--:|") } else { ("", "") };
        writeln!(
            page,
            "| connections | server | requests/s | p50 ms | p99 ms | CPU µs |{title} errors | ours/bare | CPU bare/ours |"
        )?;
        writeln!(page, "|--:|---|--:|--:|--:|--:|{line}--:|--:|--:|")?;
        for connections in CONNECTIONS {
            let Some(ours) = engine.find(operation, connections, Kind::Ours) else { continue };
            for cell in engine.of(operation, connections) {
                write_cell(page, cell, ours, has_server)?;
            }
        }
    }
    writeln!(page, "\nThe most memory each server on {name} ever took: {}.", peaks(engine))
}

fn write_cell(page: &mut String, cell: &Cell, ours: &Cell, has_server: bool) -> std::fmt::Result {
    let Cell { connections, tally, .. } = cell;
    let (p50, p99) = (tally.percentile_ms(50.0), tally.percentile_ms(99.0));
    let (rate, cpu, name) =
        (tally.rate(), cell.server_cpu_us(), if cell.kind == Kind::Ours { "ours" } else { bare_name(cell) });
    write!(page, "| {connections} | {name} | {rate:.0} | {p50:.2} | {p99:.2} | {cpu:.0} |")?;
    if has_server {
        write!(page, " {:.0} |", cell.database_cpu_us())?;
    }
    write!(page, " {} |", tally.errors)?;
    if cell.kind == Kind::Ours {
        return writeln!(page, " | |");
    }
    let (rate, cpu) = (percent(ours.tally.rate(), rate), percent(cpu, ours.server_cpu_us()));
    writeln!(page, " {rate:.0} % | {cpu:.0} % |")
}

/// Reads are the same whatever way writes are committed.
const fn bare_name(cell: &Cell) -> &'static str {
    match (cell.operation, cell.kind) {
        (Operation::SendMessage, kind) | (_, kind @ (Kind::Ours | Kind::Unaudited)) => kind.name(),
        (Operation::ListMessages | Operation::ListInbox, _) => "bare",
    }
}

fn peaks(engine: &EngineFindings) -> String {
    let peaks = engine.peaks.iter();
    let peaks: Vec<_> =
        peaks.map(|(kind, bytes)| format!("{} {:.0} MB", kind.name(), megabytes(*bytes))).collect();
    peaks.join("; ")
}

impl EngineFindings {
    fn of(&self, operation: Operation, connections: usize) -> impl Iterator<Item = &Cell> {
        let is_wanted = move |cell: &&Cell| cell.operation == operation && cell.connections == connections;
        self.cells.iter().filter(is_wanted)
    }

    fn find(&self, operation: Operation, connections: usize, kind: Kind) -> Option<&Cell> {
        self.of(operation, connections).find(|cell| cell.kind == kind)
    }

    fn bare(&self, operation: Operation, connections: usize) -> impl Iterator<Item = &Cell> {
        self.of(operation, connections).filter(|cell| !matches!(cell.kind, Kind::Ours | Kind::Unaudited))
    }
}

fn percent(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { 100.0 * part / whole } else { 0.0 }
}

fn megabytes(bytes: u64) -> f64 {
    kilobytes(bytes) / 1000.0
}

fn kilobytes(bytes: u64) -> f64 {
    crate::load::number(bytes) / 1000.0
}
