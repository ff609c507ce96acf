//! A mail server that is not ours (aiosmtpd) and a gateway of text messages that is made up, and what they have got.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::harness::TestApp;

/// Both, and what they have got so far. They end with it.
pub(crate) struct Mailbox {
    ports: Value,
    got: Arc<Mutex<Vec<Value>>>,
    _input: ChildStdin,
    process: Child,
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Mailbox {
    pub(crate) fn start(folder: &str, with_tls: bool) -> Self {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let mut process = Command::new(format!("{root}/target/python/bin/python"))
            .arg(format!("{root}/bin/lib/mailbox.py"))
            .arg(folder)
            .args(with_tls.then_some("--tls"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python with the packages of bin/lib/requirements.txt must be in target/python; bin/test puts it there");
        let input = process.stdin.take().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let ports = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let got = Arc::new(Mutex::new(Vec::new()));
        let getting = Arc::clone(&got);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                getting.lock().unwrap().push(serde_json::from_str(&line).unwrap());
            }
        });
        Self { ports, got, _input: input, process }
    }

    /// A server like `app`, on its database, that tells people through these.
    pub(crate) async fn connect(&self, app: &TestApp, with_tls: bool) -> TestApp {
        let folder = app.database.folder();
        for (file, secret) in
            [("password", "salainen sana"), ("token", "gateway secret"), ("bounce", "a token for bounces")]
        {
            std::fs::write(format!("{folder}/{file}"), secret).unwrap();
        }
        let security = match with_tls {
            true => {
                "security = \"starttls\"\nca_file = \"ca.pem\"\nusername = \"omasote\"\npassword_file = \"password\""
            }
            false => "security = \"none\"",
        };
        let text = format!(
            "bounce_token_file = \"bounce\"\n[email]\nhost = \"127.0.0.1\"\nport = {}\n{security}\n\
             from = \"ei-vastausta@esimerkki.fi\"\nbounce_address = \"palautuneet@esimerkki.fi\"\ntimeout_seconds = 1\n\
             [sms]\nurl = \"http://127.0.0.1:{}/messages\"\ntoken_file = \"token\"\nsender = \"Omasote\"\n\
             fields = {{ to = \"recipient\" }}\ntimeout_seconds = 1\n",
            self.ports["smtp"], self.ports["sms"],
        );
        let path = format!("{folder}/notifications.toml");
        std::fs::write(&path, text).unwrap();
        TestApp::start_on(app.database.clone(), &[("demo", "true"), ("notifications_file", &path)]).await
    }

    /// Everything they have got.
    pub(crate) fn got(&self) -> Vec<Value> {
        self.got.lock().unwrap().clone()
    }

    /// What they have got, once it is so much.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Value> {
        for _ in 0..400 {
            let got = self.got();
            if got.len() >= count {
                return got;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("not {count}: {:?}", self.got());
    }
}
