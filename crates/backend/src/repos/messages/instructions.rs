//! What messages tell the citizen to do, and what the citizen answered.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{MessageId, ThreadId};
use omasote_types::messages::{Instruction, Message, Understanding};

use super::NewMessageRow;
use crate::db::schema::message_instructions;
use crate::db::{DbConn, DbText, Id, Stored};

/// Adds their instructions to messages; `told` are those that have any.
pub(super) fn added(
    conn: &mut DbConn,
    mut messages: Vec<Message>,
    told: Vec<Id>,
) -> QueryResult<Vec<Message>> {
    type Row = (Id, String, Option<DbText<Understanding>>, Option<Stored>);
    let rows: Vec<Row> = message_instructions::table
        .filter(message_instructions::message_id.eq_any(told))
        .order((message_instructions::message_id.asc(), message_instructions::position.asc()))
        .select((
            message_instructions::message_id,
            message_instructions::text,
            message_instructions::answer,
            message_instructions::answered_at,
        ))
        .load(conn)?;
    for (of, text, answer, answered_at) in rows {
        if let Some(message) = messages.iter_mut().find(|message| message.id == of.into()) {
            let answer = answer.map(|answer| answer.0);
            let answered_at = answered_at.map(Instant::from);
            message.instructions.push(Instruction { text, answer, answered_at });
        }
    }
    Ok(messages)
}

/// Adds the instructions of a new message.
pub(super) fn insert_all(conn: &mut DbConn, new: &NewMessageRow<'_>) -> QueryResult<()> {
    for (position, text) in (0_i32..).zip(new.instructions) {
        let row = (
            message_instructions::message_id.eq(Id::from(new.id)),
            message_instructions::position.eq(position),
            message_instructions::thread_id.eq(Id::from(new.thread)),
            message_instructions::citizen_id.eq(Id::from(new.citizen)),
            message_instructions::text.eq(text),
            message_instructions::answer.eq(None::<DbText<Understanding>>),
            message_instructions::answered_at.eq(None::<Stored>),
        );
        diesel::insert_into(message_instructions::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// The thread that an instruction is in.
pub fn find_thread_of_instruction(
    conn: &mut DbConn,
    message: MessageId,
    position: i32,
) -> QueryResult<Option<ThreadId>> {
    let thread: Option<Id> = message_instructions::table
        .find((Id::from(message), position))
        .select(message_instructions::thread_id)
        .first(conn)
        .optional()?;
    Ok(thread.map(ThreadId::from))
}

/// Keeps the citizen's answer; the last one counts.
pub fn answer(
    conn: &mut DbConn,
    (message, position): (MessageId, i32),
    answer: Understanding,
    now: Instant,
) -> QueryResult<usize> {
    diesel::update(message_instructions::table.find((Id::from(message), position)))
        .set((
            message_instructions::answer.eq(Some(DbText(answer))),
            message_instructions::answered_at.eq(Some(Stored::from(now))),
        ))
        .execute(conn)
}
