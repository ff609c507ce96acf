//! What docs/api.md shows is what works: its example is run as it stands there.

use omasote_types::page::PageQuery;
use omasote_types::people::Role;

use super::*;
use crate::harness::on_both_engines;

/// The one example in shell commands.
fn example() -> &'static str {
    let page = include_str!("../../../../../docs/api.md");
    let (_, rest) = page.split_once("```bash\n").unwrap();
    let (example, rest) = rest.split_once("```").unwrap();
    assert!(!rest.contains("```bash"), "only one example is run");
    example
}

on_both_engines! {
    async fn the_example_works_as_it_is_written(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, administrator) = (app.citizen().await, app.official(Role::Administrator).await);
        let thread = aino.begin(unit.topic, "Joko tulokset ovat tulleet?").await;
        let (client, secret) = register(&administrator, &system(unit.id, ClientAuth::Secret, Vec::new())).await;
        let mut shell = std::process::Command::new("bash");
        shell.args(["-e", "-u", "-o", "pipefail", "-c", example()]);
        shell.env("OMASOTE", app.url("")).env("UNIT", unit.id.to_string());
        shell.env("CLIENT_ID", client.id.to_string()).env("CLIENT_SECRET", secret);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tulokset.pdf");
        std::fs::write(&file, crate::attachments::document()).unwrap();
        shell.env("FILE", &file);
        let run = actix_web::web::block(move || shell.output()).await.unwrap().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let told = String::from_utf8(run.stdout).unwrap();
        assert!(told.starts_with("Joko tulokset ovat tulleet?\n20") && told.ends_with("\ntulokset.pdf\n"), "{told}");
        let messages = aino.list_messages(thread.id, &PageQuery::default()).await.unwrap().items;
        assert!(messages.iter().any(|message| message.text == "Laboratoriotuloksesi ovat tulleet."));
    }

    async fn the_server_tells_oauth_libraries_where_to_go(app: TestApp) {
        let address = app.url("/.well-known/oauth-authorization-server");
        let text = TestApp::http().get(address).send().await.unwrap().text().await.unwrap();
        let told: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(told["issuer"], "http://127.0.0.1");
        assert_eq!(told["authorization_endpoint"], "http://127.0.0.1/lupa");
        assert_eq!(told["token_endpoint"], "http://127.0.0.1/api/v1/oauth2/token");
        assert_eq!(told["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    }
}
