//! Uploads pass a real ClamAV daemon. Its signatures cannot be fetched here, so it has one of our own, of the harmless file that
//! scanners are tried with (EICAR). That file stands nowhere in one piece: it would set off the scanners of whoever has this code.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use omasote_types::attachments::PlaceQuery;
use omasote_types::error::ErrorCode;
use tempfile::TempDir;

use super::{document, kept, upload};
use crate::harness::{TestApp, code, on_both_engines};

const TRIAL: [&str; 4] =
    ["X5O!P%@AP[4\\PZX54(P^)7CC)", "7}$EICAR-STANDARD-", "ANTIVIRUS-TEST", "-FILE!$H+H*"];

struct Clamd {
    process: Child,
    folder: TempDir,
    port: u16,
}

impl Clamd {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().display();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let signature: String = TRIAL.concat().bytes().map(|byte| format!("{byte:02x}")).collect();
        std::fs::write(folder.path().join("own.ndb"), format!("Trial-File:0:*:{signature}\n")).unwrap();
        let settings = format!(
            "DatabaseDirectory {path}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nLocalSocket {path}/clamd.socket\nForeground yes\n"
        );
        std::fs::write(folder.path().join("clamd.conf"), settings).unwrap();
        let process = Command::new("/usr/sbin/clamd")
            .arg(format!("--config-file={path}/clamd.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("clamd must be there; bin/test installs Debian's clamav-daemon");
        let started = Self { process, folder, port };
        started.until_it_answers().await;
        started
    }

    async fn until_it_answers(&self) {
        for _ in 0..300 {
            if let Ok(mut daemon) = TcpStream::connect(("127.0.0.1", self.port)) {
                let mut answer = [0; 5];
                daemon.write_all(b"zPING\0").unwrap();
                if daemon.read_exact(&mut answer).is_ok() && answer == *b"PONG\0" {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("clamd did not start");
    }

    fn stop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

on_both_engines! {
    async fn what_the_scanner_finds_is_refused_and_without_it_nothing_is_taken(app: TestApp) {
        let mut clamd = Clamd::start().await;
        let by_tcp = format!("127.0.0.1:{}", clamd.port);
        let by_socket = clamd.folder.path().join("clamd.socket").display().to_string();
        let infected = [document(), TRIAL.concat().into_bytes()].concat();
        let aino = app.citizen().await;
        upload(&aino, "a.pdf", infected.clone()).await.unwrap();
        let unscanned = kept(&app).len();
        let mut scanned = Vec::new();
        for address in [by_tcp, by_socket] {
            let settings = [("demo", "true"), ("clamav", address.as_str())];
            scanned.push(TestApp::start_on(app.database.clone(), &settings).await);
        }
        for app in &scanned {
            let aino = app.citizen().await;
            let before = kept(app).len();
            assert_eq!(code(upload(&aino, "a.pdf", infected.clone()).await), ErrorCode::AttachmentInfected);
            assert_eq!(kept(app).len(), before);
            upload(&aino, "a.pdf", document()).await.unwrap();
        }
        assert_eq!(kept(&app).len(), unscanned + 2);
        clamd.stop();
        for app in &scanned {
            let aino = app.citizen().await;
            let refused = upload(&aino, "a.pdf", document()).await.unwrap_err();
            assert_eq!(refused.code(), Some(ErrorCode::AttachmentNotScanned));
            assert!(refused.is_passing());
            assert_eq!(aino.get_draft(aino.id, PlaceQuery::default()).await.unwrap().attachments, []);
        }
        assert_eq!(kept(&app).len(), unscanned + 2);
    }
}
