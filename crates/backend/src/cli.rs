//! The command line: `serve`, `migrate`, `demo-data`, `openapi`, `audit verify`, `audit expire`, `identity rotate`,
//! `user create`.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use omasote_types::error::ErrorCode;
use omasote_types::people::Role;

use crate::app::{Application, StartError};
use crate::clock::Clock;
use crate::config::{SettingError, Settings, Source};
use crate::db::TextColumn as _;
use crate::demo;
use crate::error::AppError;
use crate::files::Files;
use crate::services::{identity, people};
use crate::{auth, db, openapi, telemetry};
use omasote_types::sessions::Credentials;

/// Runs a command; errors go to standard error in one sentence.
#[must_use]
pub fn main() -> ExitCode {
    match run(&command().get_matches()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "omasote: {}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// The command line as `--help` shows it.
#[must_use]
pub fn command() -> Command {
    let text = |name: &'static str, help: &'static str| Arg::new(name).long(name).required(true).help(help);
    let create = Command::new("create")
        .about(
            "Adds a professional, with a local account, a name in the organisation's directory, or both; the password of \
             a local account is asked for, or read from standard input",
        )
        .args([
            text("username", "The user name to sign in with; needs a password").required(false),
            text(
                "directory-name",
                "The name by which the organisation's directory knows them, to sign in through it",
            )
            .required(false)
            .required_unless_present("username"),
            text("given-name", "Given name"),
            text("family-name", "Family name"),
            text("title", "Professional title in Finnish, such as sairaanhoitaja"),
            Arg::new("unit")
                .long("unit")
                .action(ArgAction::Append)
                .help("Finnish name of a unit; may be given several times"),
            Arg::new("role")
                .long("role")
                .action(ArgAction::Append)
                .help("editor, administrator or privacy_officer; may be given several times"),
        ]);
    Command::new("omasote")
        .about("A digital service channel for health and social care")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .args(Source::arguments())
        .subcommand(Command::new("serve").about("Runs the server"))
        .subcommand(Command::new("migrate").about("Brings the database's schema up to date"))
        .subcommand(
            Command::new("demo-data").about("Fills an empty database with made-up people and messages"),
        )
        .subcommand(Command::new("openapi").about("Prints the OpenAPI document"))
        .subcommand(Command::new("audit").about("The access log").subcommand_required(true).subcommands([
            Command::new("verify").about("Checks that no line of the access log was changed or taken away"),
            Command::new("expire").about(
                "Lets lines go that are older than access_log_years; run it as the owner of the tables",
            ),
        ]))
        .subcommand(
            Command::new("identity").about("The identity key").subcommand_required(true).subcommand(
                Command::new("rotate")
                    .about("Seals anew what the other identity key sealed; servers may run meanwhile"),
            ),
        )
        .subcommand(Command::new("user").about("Professionals").subcommand_required(true).subcommand(create))
}

fn run(matches: &ArgMatches) -> Result<(), StartError> {
    if matches.subcommand_name() == Some("openapi") {
        print(openapi::document_text());
        return Ok(());
    }
    let settings = Settings::read(&Source::gather(matches)?)?;
    match matches.subcommand() {
        Some(("serve", _)) => serve(settings),
        Some(("migrate", _)) => migrate(&settings),
        Some(("demo-data", _)) => demo_data(&settings),
        Some(("audit", audit)) => match audit.subcommand_name() {
            Some("expire") => expire_audit(&settings),
            _ => verify_audit(&settings),
        },
        Some(("identity", _)) => rotate_identity(&settings),
        Some(("user", user)) => match user.subcommand() {
            Some(("create", wanted)) => create_user(&settings, wanted),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

fn serve(settings: Settings) -> Result<(), StartError> {
    telemetry::start_logging(&settings)?;
    let outcome = actix_web::rt::System::new().block_on(async {
        let application = Application::build(settings, Clock::system())?;
        tracing::info!(address = %application.address(), "listening");
        let stopper = application.handle();
        actix_web::rt::spawn(async move {
            wait_for_signal().await;
            tracing::info!("stopping: finishing what is in flight");
            stopper.stop().await;
        });
        application.run().await.map_err(StartError::Port)
    });
    tracing::info!("stopped");
    outcome
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

fn connect(settings: &Settings) -> Result<db::DbConn, StartError> {
    if let Some(folder) = settings.database_url.sqlite_path().and_then(std::path::Path::parent) {
        std::fs::create_dir_all(folder)
            .map_err(|cause| AppError::internal("no data folder").because(cause))?;
    }
    Ok(settings.database_url.connect()?)
}

fn migrate(settings: &Settings) -> Result<(), StartError> {
    let ran = db::migrate(&mut connect(settings)?)?;
    print(&format!("The schema is current; migrations run now: {ran}.\n"));
    Ok(())
}

fn demo_data(settings: &Settings) -> Result<(), StartError> {
    if !settings.is_demo {
        return Err(SettingError::new("demo", "must be true: demo data is for demo databases only").into());
    }
    let mut conn = connect(settings)?;
    db::migrate(&mut conn)?;
    let vault = auth::IdentityVault::new(auth::identity_keys(settings)?)?;
    let personas = db::once(&mut conn, |tx| demo::fill(tx, &vault, Clock::system().now()))?;
    let files = Files::in_folder(&settings.data_dir.join("files"))?;
    actix_web::rt::System::new().block_on(demo::keep_documents(&mut conn, &files))?;
    print("Demo people, citizens with the made-up identity code by which professionals find them:\n");
    for persona in personas {
        let code = demo::identity_code(&mut conn, &vault, persona.person)?;
        print(&format!(
            "  {:<20} {:<12} {}\n",
            persona.name,
            code.unwrap_or_default(),
            persona.description.fi
        ));
    }
    Ok(())
}

fn verify_audit(settings: &Settings) -> Result<(), StartError> {
    match crate::audit::verify(&mut connect(settings)?)? {
        Ok(whole) => {
            print(&format!("The access log is whole; sealed lines: {whole}.\n"));
            Ok(())
        }
        Err(breach) => Err(StartError::Audit(breach)),
    }
}

fn expire_audit(settings: &Settings) -> Result<(), StartError> {
    let now = Clock::system().now();
    let before = now - settings.access_log_life;
    let gone = db::once(&mut connect(settings)?, |tx| crate::audit::expire(tx, before, now))?;
    print(&format!("Lines of the access log that were let go: {gone}.\n"));
    Ok(())
}

fn rotate_identity(settings: &Settings) -> Result<(), StartError> {
    let keys = auth::identity_keys(settings)?;
    if keys.previous.is_none() {
        let expected = "must name the key that sealed so far; docs/operations.md tells the steps";
        return Err(SettingError::new("identity_key_previous_file", expected).into());
    }
    let rotated = identity::rotate(&mut connect(settings)?, &keys)?;
    print(&format!(
        "All is sealed with the current key; sealed anew: {} identity codes, {} second factors, {} ID tokens.\n",
        rotated.codes, rotated.second_factors, rotated.id_tokens
    ));
    Ok(())
}

fn create_user(settings: &Settings, wanted: &ArgMatches) -> Result<(), StartError> {
    let given = |name: &str| wanted.get_one::<String>(name).cloned();
    let text = |name: &str| given(name).unwrap_or_default();
    let many = |name: &str| wanted.get_many::<String>(name).into_iter().flatten();
    let with_password = |username| {
        let password =
            read_password().map_err(|cause| AppError::internal("no password was given").because(cause))?;
        Ok::<_, AppError>(Credentials { username, password, code: None, new_password: None })
    };
    let new = people::NewProfessional {
        account: given("username").map(with_password).transpose()?,
        directory_name: given("directory-name"),
        given_name: text("given-name"),
        family_name: text("family-name"),
        title: text("title"),
        units: many("unit").cloned().collect(),
        roles: many("role").map(|name| role(name)).collect::<Result<_, _>>()?,
    };
    let mut conn = connect(settings)?;
    db::once(&mut conn, |tx| people::create_professional(tx, &new, Clock::system().now()))?;
    print(&format!("{} {} can sign in now.\n", new.given_name, new.family_name));
    Ok(())
}

fn role(name: &str) -> Result<Role, AppError> {
    let wrong =
        AppError::of(ErrorCode::ValidationFailed).note("a role is editor, administrator or privacy_officer");
    Role::from_text(name).ok_or(wrong)
}

/// Asks at a terminal; otherwise reads one line.
fn read_password() -> std::io::Result<String> {
    use std::io::IsTerminal as _;
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password("Password (12 characters or more): ");
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// The error with its causes, in one line.
fn sentence(error: &StartError) -> String {
    let mut sentence = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        sentence = format!("{sentence}: {error}");
        cause = error.source();
    }
    sentence
}
