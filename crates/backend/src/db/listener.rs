//! Signals between the servers that share one PostgreSQL database, by LISTEN and NOTIFY.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{DbConn, DbUrl};
use crate::live::{Bus, Signal};

const CHANNEL: &str = "omasote";
/// PostgreSQL takes less than 8,000 bytes a notification; a signal takes under 250.
const SIGNALS_A_NOTIFICATION: usize = 24;
const POLL_PAUSE: Duration = Duration::from_millis(50);
const RECONNECT_PAUSE: Duration = Duration::from_secs(1);

/// Tells the other servers, as a part of the transaction: they hear when and only when it is committed.
pub(super) fn notify(conn: &mut DbConn, bus: &Bus, signals: &[Signal]) -> QueryResult<()> {
    let DbConn::Pg(conn) = conn else { return Ok(()) };
    for some in signals.chunks(SIGNALS_A_NOTIFICATION) {
        let payload = bus.to_payload(some);
        diesel::sql_query("select pg_notify($1, $2)")
            .bind::<Text, _>(CHANNEL)
            .bind::<Text, _>(payload)
            .execute(conn)?;
    }
    Ok(())
}

/// Ends the listening when it is dropped.
pub(super) struct Listening {
    is_over: Arc<AtomicBool>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

/// Listens to the other servers in a thread of its own, until what is returned is dropped. `reload` runs after each connect, for
/// what was missed while nobody listened.
pub(super) fn listen(url: &DbUrl, bus: &Bus, reload: impl Fn(&mut DbConn) + Send + 'static) -> Listening {
    let is_over = Arc::new(AtomicBool::new(false));
    let listening = Listening { is_over: Arc::clone(&is_over) };
    if url.engine() != super::Engine::Postgres {
        return listening;
    }
    let (url, bus) = (url.clone(), bus.clone());
    let spawned = std::thread::Builder::new().name("db-listener".to_owned()).spawn(move || {
        while !is_over.load(Ordering::Relaxed) {
            if let Ok(mut conn) = url.connect() {
                listen_until_lost(&mut conn, &bus, &reload, &is_over);
            }
            if is_over.load(Ordering::Relaxed) {
                return;
            }
            tracing::warn!("the signal channel of the database is lost; trying again");
            std::thread::sleep(RECONNECT_PAUSE);
        }
    });
    if spawned.is_err() {
        tracing::error!("the listener thread cannot start");
    }
    listening
}

fn listen_until_lost(conn: &mut DbConn, bus: &Bus, reload: &impl Fn(&mut DbConn), is_over: &AtomicBool) {
    if conn.batch_execute(&format!("listen {CHANNEL}")).is_err() {
        return;
    }
    reload(conn);
    bus.publish(&[Signal::MayHaveMissed]);
    let DbConn::Pg(conn) = conn else { return };
    while !is_over.load(Ordering::Relaxed) {
        for notification in conn.notifications_iter() {
            let Ok(notification) = notification else { return };
            bus.publish_payload(&notification.payload);
        }
        std::thread::sleep(POLL_PAUSE);
    }
}
