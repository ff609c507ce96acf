//! Signing in as the people of the data set, through the API as a browser does.

use std::net::SocketAddr;

use anyhow::{Result, ensure};
use omasote_types::sessions::{DemoSignIn, PersonId};

use crate::data::Targets;
use crate::http::Connection;

/// A session as request headers; empty for a server that knows no sessions.
#[derive(Clone, Debug, Default)]
pub struct Session {
    headers: String,
}

impl Session {
    /// The headers, each with its line end.
    #[must_use]
    pub fn headers(&self) -> &str {
        &self.headers
    }

    /// Whether nobody is signed in.
    #[must_use]
    pub const fn is_nobody(&self) -> bool {
        self.headers.is_empty()
    }
}

/// The sessions of everybody in a data set.
#[derive(Clone, Debug, Default)]
pub struct Sessions {
    /// Of the citizens, in their order.
    pub citizens: Vec<Session>,
    /// Of the professionals, in their order.
    pub professionals: Vec<Session>,
}

impl Sessions {
    /// Nobody is signed in: for the bare server, which lets everybody do everything.
    #[must_use]
    pub fn none(targets: &Targets) -> Self {
        let (citizens, professionals) = (targets.citizens.len(), targets.professionals.len());
        let nobody = |count| vec![Session::default(); count];
        Self { citizens: nobody(citizens), professionals: nobody(professionals) }
    }

    /// Signs everybody in.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn open(address: SocketAddr, targets: &Targets) -> Result<Self> {
        let mut connection = Connection::open(address).await?;
        let mut sessions = Self::default();
        for citizen in &targets.citizens {
            let session = sign_in(&mut connection, address, PersonId::Citizen(citizen.id)).await?;
            sessions.citizens.push(session);
        }
        for (professional, _) in &targets.professionals {
            let session = sign_in(&mut connection, address, PersonId::Professional(*professional)).await?;
            sessions.professionals.push(session);
        }
        Ok(sessions)
    }
}

async fn sign_in(connection: &mut Connection, address: SocketAddr, person: PersonId) -> Result<Session> {
    let (app, body) = (person.app().as_str(), serde_json::to_string(&DemoSignIn { person })?);
    let request = format!(
        "POST /api/v1/sessions/demo HTTP/1.1\r\nhost: {address}\r\nomasote-app: {app}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = connection.exchange(request.as_bytes()).await?;
    ensure!(answer.is_success(), "signing in: {} {}", answer.status, String::from_utf8_lossy(answer.body));
    let cookies = answer.headers("set-cookie");
    let access = cookies.iter().filter(|cookie| cookie.contains("Path=/;") || cookie.ends_with("Path=/"));
    let access: Vec<_> = access.filter_map(|cookie| cookie.split(';').next()).collect();
    ensure!(!access.is_empty(), "signing in brought no cookie");
    Ok(Session { headers: format!("cookie: {}\r\nomasote-app: {app}\r\n", access.join("; ")) })
}
