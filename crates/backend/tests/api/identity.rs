//! Changing the identity key while servers run.

use std::process::{Command, Output};

use omasote_backend::auth::second_factor::SharedSecret;
use omasote_backend::error::AppError;
use omasote_backend::repos::{people, second_factors};
use omasote_types::identity_code::IdentityCode;
use omasote_types::ids::{AccountId, CitizenId};

use crate::harness::{TestApp, on_both_engines};

fn rotate(app: &TestApp, keys: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omasote"));
    command
        .args(["identity", "rotate"])
        .env("OMASOTE_DATABASE_URL", &app.database.url)
        .env("OMASOTE_DEMO", "true");
    for (name, file) in keys {
        command.env(format!("OMASOTE_{}", name.to_uppercase()), file);
    }
    command.output().unwrap()
}

/// Whom a server finds by an identity code, and which code it opens of them.
async fn known(app: &TestApp, code: &IdentityCode) -> (Option<CitizenId>, Vec<Option<IdentityCode>>) {
    let hashes = app.state.vault.hashes(code);
    let (found, sealed) = app
        .state
        .db
        .read(move |conn| {
            let found = people::find_citizen_by_hashes(conn, &hashes)?;
            Ok::<_, AppError>((found, people::list_sealed(conn, None, 10)?))
        })
        .await
        .unwrap();
    (found, sealed.iter().map(|(_, sealed)| app.state.vault.open(sealed).ok()).collect())
}

on_both_engines! {
    async fn everything_is_sealed_anew_while_servers_run_and_the_old_key_is_of_no_use_then(app: TestApp) {
        let aino = app.citizen().await;
        let codes = app.state.db.read(|conn| Ok::<_, AppError>(people::list_sealed(conn, None, 10)?)).await.unwrap();
        let code = app.state.vault.open(&codes[0].1).unwrap();
        let account = app.account("hanna", "kesäyö ja lämmin sauna").await;
        let (state, now) = (app.state.clone(), app.state.clock.now());
        let secret = SharedSecret::random().unwrap();
        let plain = secret.as_bytes().to_vec();
        let id: AccountId = app.state.db.write(move |tx| {
            let known = omasote_backend::repos::sessions::find_account_of(tx.conn(), account)?.unwrap();
            let sealed = state.second_factors.seal(secret.as_bytes(), known.id.as_uuid().as_bytes())?;
            second_factors::insert(tx.conn(), known.id, &sealed, now)?;
            Ok::<_, AppError>(known.id)
        }).await.unwrap();

        let folder = app.database.folder();
        let (old, new) = (format!("{folder}/demo-identity-key"), format!("{folder}/new-identity-key"));
        std::fs::write(&new, "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=").unwrap();
        let both = [("demo", "true"), ("identity_key_file", new.as_str()), ("identity_key_previous_file", old.as_str())];
        let running = TestApp::start_on(app.database.clone(), &both).await;
        assert_eq!(known(&running, &code).await, (Some(aino.id), vec![Some(code.clone())]), "with both keys, before");

        let alone = rotate(&app, &[("identity_key_file", new.as_str())]);
        assert!(String::from_utf8_lossy(&alone.stderr).contains("setting identity_key_previous_file: "));
        let wrong = rotate(&app, &[("identity_key_file", new.as_str()), ("identity_key_previous_file", new.as_str())]);
        assert!(!wrong.status.success(), "what neither key opens is not touched");
        for expected in ["1 identity codes, 1 second factors", "0 identity codes, 0 second factors"] {
            let done = rotate(&app, both.get(1..).unwrap());
            let said = String::from_utf8_lossy(&done.stdout).into_owned();
            assert!(said.contains(expected), "{said} {}", String::from_utf8_lossy(&done.stderr));
        }

        assert_eq!(known(&running, &code).await, (Some(aino.id), vec![Some(code.clone())]), "with both keys, after");
        let after = TestApp::start_on(app.database.clone(), &both[..2]).await;
        assert_eq!(known(&after, &code).await, (Some(aino.id), vec![Some(code.clone())]), "with the new key alone");
        assert_eq!(known(&app, &code).await, (None, vec![None]), "with the old key alone");
        let kept = after.state.db.read(move |conn| Ok::<_, AppError>(second_factors::find(conn, id)?)).await.unwrap();
        let opened = after.state.second_factors.open(&kept.unwrap().secret_sealed, id.as_uuid().as_bytes()).unwrap();
        assert_eq!(opened, plain);
    }
}
