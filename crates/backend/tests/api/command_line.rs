//! The binary's commands, run as an operator runs them.

use std::process::{Command, Output};

use omasote_backend::db::Engine;
use omasote_client::Client;
use omasote_types::sessions::{App, Credentials};

use crate::harness::{TestDatabase, on_both_engines};

fn omasote(database: &TestDatabase, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omasote"));
    command
        .args(arguments)
        .env("OMASOTE_DATABASE_URL", &database.url)
        .env("OMASOTE_DATA_DIR", database.folder());
    for (name, value) in environment {
        command.env(name, value);
    }
    command.stdin(std::process::Stdio::null()).output().unwrap()
}

fn error_of(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_wrong_setting_is_refused_at_start_by_its_name() {
    let database = TestDatabase::create(Engine::Sqlite);
    let demo = ("OMASOTE_DEMO", "true");
    let cases: [(&[(&str, &str)], &str); 4] = [
        (&[demo, ("OMASOTE_LISTEN", "nowhere")], "setting listen: "),
        (&[demo, ("OMASOTE_LISTEN", "0.0.0.0:0")], "setting demo: "),
        (&[("OMASOTE_DEMO", "false")], "setting signing_key_file: "),
        (&[demo, ("OMASOTE_SIGNING_KEY_FILE", "/dev/null")], "setting signing_key_file: "),
    ];
    for (environment, expected) in cases {
        let error = error_of(&omasote(&database, &["serve"], environment));
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn help_lists_every_setting() {
    let database = TestDatabase::create(Engine::Sqlite);
    let help = String::from_utf8(omasote(&database, &["--help"], &[]).stdout).unwrap();
    for setting in omasote_backend::config::SETTINGS {
        assert!(help.contains(&format!("OMASOTE_{}", setting.name.to_uppercase())), "{}", setting.name);
    }
}

#[test]
fn the_document_that_is_printed_is_the_document_that_is_committed() {
    let database = TestDatabase::create(Engine::Sqlite);
    let printed = String::from_utf8(omasote(&database, &["openapi"], &[]).stdout).unwrap();
    assert_eq!(printed, include_str!("../../../../openapi/omasote.json"));
}

on_both_engines! {
    async fn demo_data_fills_a_database_once(app: TestApp) {
        let demo = [("OMASOTE_DEMO", "true")];
        for _ in 0..2 {
            let filled = omasote(&app.database, &["demo-data"], &demo);
            assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
            assert!(String::from_utf8(filled.stdout).unwrap().contains("Aino Kemppainen"));
        }
        let client = Client::new(&app.base, App::Citizen).unwrap();
        let units = client.list_units(&omasote_types::page::PageQuery::default()).await.unwrap().items;
        assert_eq!(units.len(), 13);
        let aino = client.list_sign_in_methods().await.unwrap().demo_personas.remove(0);
        client.create_demo_session(aino.person).await.unwrap();
        assert!(client.count_unread().await.unwrap().messages > 0);
    }

    async fn a_user_created_on_the_command_line_can_sign_in(app: TestApp) {
        use std::io::Write as _;
        app.unit("Kuhmon vastaanotto").await;
        let arguments = ["user", "create", "--username", "hanna", "--given-name", "Hanna", "--family-name", "Huotari",
            "--title", "sairaanhoitaja", "--unit", "Kuhmon vastaanotto"];
        let create = |password: &str| {
            let mut child = Command::new(env!("CARGO_BIN_EXE_omasote"))
                .args(arguments)
                .envs([("OMASOTE_DATABASE_URL", app.database.url.as_str()), ("OMASOTE_DEMO", "true")])
                .stdin(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap();
            writeln!(child.stdin.take().unwrap(), "{password}").unwrap();
            child.wait_with_output().unwrap()
        };
        assert!(error_of(&create("lyhyt")).contains("12 characters"));
        assert!(error_of(&create("Password-2026-2026")).contains("one of the commonest"));
        assert!(create("kesäyö ja lämmin sauna").status.success());
        assert!(error_of(&create("kesäyö ja lämmin sauna")).contains("the user name is taken"));

        let by_directory = ["user", "create", "--directory-name", "Hanna.Huotari@kainuu.example", "--given-name", "Hanna",
            "--family-name", "Huotari", "--title", "sairaanhoitaja", "--unit", "Kuhmon vastaanotto"];
        let demo = [("OMASOTE_DEMO", "true")];
        let added = omasote(&app.database, &by_directory, &demo);
        assert!(added.status.success(), "no password is asked for: {}", String::from_utf8_lossy(&added.stderr));
        let again = by_directory.map(|text| if text.starts_with("Hanna.") { "hanna.huotari@KAINUU.example" } else { text });
        assert!(error_of(&omasote(&app.database, &again, &demo)).contains("the directory name is taken"));

        let client = Client::new(&app.base, App::Professional).unwrap();
        let credentials = Credentials { username: "hanna".into(), password: "kesäyö ja lämmin sauna".into(), code: None, new_password: None };
        client.create_session(&credentials).await.unwrap();
        assert_eq!(client.get_me().await.unwrap().units[0].name.fi, "Kuhmon vastaanotto");
    }
}
