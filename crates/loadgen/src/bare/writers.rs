//! How the bare server commits: each write by itself in a pooled connection, or writes that wait together in groups.

use std::marker::PhantomData;
use std::sync::Arc;

use anyhow::Result;
use crossbeam_channel::{Receiver, Sender, bounded};
use diesel::r2d2::{ManageConnection, Pool};
use diesel::result::Error as QueryError;
use omasote_backend::db::DbUrl;
use omasote_types::messages::Message;
use tokio::sync::oneshot;

use super::queries::{Bare, NewBareMessage, commit};

const QUEUE_LENGTH: usize = 4096;
const MAX_GROUP: usize = 128;

/// What came of a message: nothing when there is no such thread.
pub(super) type Sent = Result<Option<Message>, QueryError>;

/// Opens connections for the pool, set up as ours are.
pub(super) struct Manager<C> {
    url: DbUrl,
    engine: PhantomData<fn() -> C>,
}

/// The database cannot be reached, or is of the other engine.
#[derive(Debug)]
pub(super) struct Unreachable;

impl std::fmt::Display for Unreachable {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the database cannot be reached")
    }
}

impl std::error::Error for Unreachable {}

impl<C: Bare> ManageConnection for Manager<C> {
    type Connection = C;
    type Error = Unreachable;

    fn connect(&self) -> Result<C, Unreachable> {
        self.url.connect().ok().and_then(C::of).ok_or(Unreachable)
    }

    fn is_valid(&self, _: &mut C) -> Result<(), Unreachable> {
        Ok(())
    }

    fn has_broken(&self, _: &mut C) -> bool {
        false
    }
}

/// A pool of so many connections.
pub(super) fn pool<C: Bare>(url: &DbUrl, size: u32) -> Result<Pool<Manager<C>>> {
    let manager = Manager { url: url.clone(), engine: PhantomData };
    Ok(Pool::builder().max_size(size).test_on_check_out(false).build(manager)?)
}

/// Takes writes, one way or the other.
pub(super) enum Writers<C: Bare> {
    /// Each commits by itself.
    Own(Pool<Manager<C>>),
    /// They wait for a writer thread.
    Grouped(Sender<Waiting>),
}

/// A write that waits, and where its answer goes.
pub(super) struct Waiting {
    new: NewBareMessage,
    reply: oneshot::Sender<Sent>,
}

impl<C: Bare> Writers<C> {
    pub(super) fn own(url: &DbUrl, connections: u32) -> Result<Self> {
        Ok(Self::Own(pool(url, connections)?))
    }

    pub(super) fn grouped(url: &DbUrl, threads: u32) -> Result<Self> {
        let (queue, waiting) = bounded(QUEUE_LENGTH);
        for _ in 0..threads {
            let mut conn = url.connect().ok().and_then(C::of).ok_or(Unreachable)?;
            let waiting: Receiver<Waiting> = waiting.clone();
            std::thread::spawn(move || while take_group(&mut conn, &waiting).is_some() {});
        }
        Ok(Self::Grouped(queue))
    }

    /// Answers after the commit; an error becomes a failed request.
    pub(super) async fn send(self: &Arc<Self>, new: NewBareMessage) -> Option<Sent> {
        match &**self {
            Self::Own(pool) => {
                let pool = pool.clone();
                actix_web::web::block(move || Some(send_alone(&mut *pool.get().ok()?, &new))).await.ok()?
            }
            Self::Grouped(queue) => {
                let (reply, answer) = oneshot::channel();
                queue.try_send(Waiting { new, reply }).ok()?;
                answer.await.ok()
            }
        }
    }
}

fn send_alone<C: Bare>(conn: &mut C, new: &NewBareMessage) -> Sent {
    conn.begin_write()?;
    let sent = conn.send_message(new)?;
    commit(conn)?;
    Ok(sent)
}

/// Waits for a write, then takes it and those behind it through one transaction, each in a savepoint.
fn take_group<C: Bare>(conn: &mut C, queue: &Receiver<Waiting>) -> Option<()> {
    let mut next = queue.recv().ok();
    let mut done = Vec::new();
    let mut outcome = conn.begin_write();
    while let Some(Waiting { new, reply }) = next {
        let sent = conn.transaction(|conn| conn.send_message(&new));
        done.push((reply, sent));
        next = if done.len() < MAX_GROUP { queue.try_recv().ok() } else { None };
    }
    outcome = outcome.and_then(|()| commit(conn));
    for (reply, sent) in done {
        let sent = if outcome.is_ok() { sent } else { Err(QueryError::RollbackTransaction) };
        // The receiver is gone when the caller hung up.
        let _ = reply.send(sent);
    }
    outcome.ok()
}
