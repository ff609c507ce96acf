//! A citizen's own data as a package: what is in it, who gets it, until when.

use std::io::{Cursor, Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

use omasote_types::error::ErrorCode;
use omasote_types::exports::{Export, ExportState};
use omasote_types::ids::CitizenId;
use serde_json::Value;

use crate::harness::{Person, TestApp, code, on_both_engines};

/// Waits until the package is packed; it takes a second or two.
pub(crate) async fn ready(app: &TestApp, citizen: &Person<CitizenId>) -> Export {
    for _ in 0..200 {
        let export = citizen.list_exports(citizen.id).await.unwrap().remove(0);
        if export.state == ExportState::Ready {
            return export;
        }
        assert_ne!(export.state, ExportState::Failed);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{} never became ready", app.base);
}

pub(crate) async fn fetch(app: &TestApp, token: &str, export: &Export) -> reqwest::Response {
    let url = app.url(&format!("/api/v1/exports/{}/file", export.id));
    TestApp::http().get(url).bearer_auth(token).send().await.unwrap()
}

fn text_of(zip: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Every file of a citizen's package, as text.
pub(crate) async fn unpacked(app: &TestApp, citizen: &Person<CitizenId>) -> Vec<(String, String)> {
    citizen.create_export(citizen.id).await.unwrap();
    let export = ready(app, citizen).await;
    let token = app.tokens(citizen.person).await.0;
    let zip = fetch(app, &token, &export).await.bytes().await.unwrap();
    let names: Vec<String> = zip::ZipArchive::new(Cursor::new(&zip))
        .unwrap()
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    names.into_iter().map(|name| (name.clone(), text_of(&zip, &name))).collect()
}

/// What a FHIR library that is not ours says of a Bundle: the kinds of resources in it.
pub(crate) fn kinds_in(bundle: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut python = Command::new(format!("{root}/target/python/bin/python"))
        .arg(format!("{root}/bin/lib/check_fhir.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python with the packages of bin/lib/requirements.txt must be in target/python; bin/test puts it there");
    python.stdin.take().unwrap().write_all(bundle.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

on_both_engines! {
    async fn a_citizen_takes_all_of_their_data_away(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Saisinko <b>uuden</b> reseptin?").await;
        hanna.write(thread.id, "Resepti on uusittu.").await;
        for number in 0..230 {
            aino.write(thread.id, &format!("lisäys {number}")).await;
        }
        let asked = aino.create_export(aino.id).await.unwrap();
        assert_eq!(aino.create_export(aino.id).await.unwrap().id, asked.id, "one at a time");
        let export = ready(&app, &aino).await;
        assert_eq!((export.id, export.progress), (asked.id, 100));

        let token = app.tokens(aino.person).await.0;
        let response = fetch(&app, &token, &export).await;
        assert_eq!(response.headers()["content-type"], "application/zip");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let zip = response.bytes().await.unwrap();
        assert_eq!(u64::try_from(zip.len()).ok(), export.size_bytes);

        let page = text_of(&zip, "lue-minut.html");
        assert!(page.contains("Saisinko &lt;b&gt;uuden&lt;/b&gt; reseptin?") && page.contains(&aino.code()));
        assert!(page.contains("Resepti on uusittu.") && page.contains("Hanna Hoitaja, sairaanhoitaja"));
        let all: Value = serde_json::from_str(&text_of(&zip, "all.json")).unwrap();
        assert_eq!(all["matters"][0]["messages"].as_array().unwrap().len(), 232);
        assert_eq!(all["identityCode"], aino.code());
        assert!(all["accesses"].as_array().unwrap().len() > 230);
        let bundle = text_of(&zip, "fhir-r4-bundle.json");
        assert_eq!(kinds_in(&bundle), "Communication Organization Patient");
    }

    async fn nobody_else_gets_it_and_it_is_deleted_after_a_week(app: TestApp) {
        let (aino, onni) = (app.citizen().await, app.citizen().await);
        assert_eq!(code(onni.create_export(aino.id).await), ErrorCode::NotFound);
        aino.create_export(aino.id).await.unwrap();
        let export = ready(&app, &aino).await;
        let others = app.tokens(onni.person).await.0;
        assert_eq!(fetch(&app, &others, &export).await.status().as_u16(), 404);
        let file = std::path::Path::new(&app.database.folder()).join(format!("files/exports/{}.zip", export.id));
        assert!(file.exists());
        app.advance(Duration::from_secs(8 * 86_400));
        let own = app.tokens(aino.person).await.0;
        assert_eq!(fetch(&app, &own, &export).await.status().as_u16(), 404);
        omasote_backend::jobs::delete_old_packages(&app.state).await.unwrap();
        assert!(!file.exists());
    }
}
