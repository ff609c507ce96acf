//! Finding threads by words, and reading the words of what has changed.

use omasote_types::ids::UnitId;
use omasote_types::messages::{InboxSearch, Thread};
use omasote_types::page::Page;

use crate::audit::Call;
use crate::cursor::{List, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Resource};
use crate::repos::messages::{self as repo, Searchable, words_of};

/// The threads of a unit that have all of the words, the newest message first, in whatever state they are. A page may hold
/// fewer than asked for although there are more: what moved on meanwhile is left out.
///
/// # Errors
/// `not_found`, `validation_failed`, `invalid_cursor`, `invalid_parameter`.
pub fn search_inbox(
    conn: &mut DbConn,
    call: &mut Call,
    of: UnitId,
    wanted: &InboxSearch,
) -> Result<Page<Thread>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    wanted.validate()?;
    let window = Window::read(List::Found, wanted.cursor.as_deref(), wanted.limit)?;
    let places = repo::find_by_words(conn, of, &words_of(&wanted.text), &window)?;
    let page = window.page(List::Found, places, |place| *place);
    let since = call.now() - call.limits.care;
    let items = repo::list_found(conn, of, since, &page.items)?;
    call.showed(items.iter().map(|thread| thread.citizen.id));
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// The words of some threads that have changed, as they are now.
///
/// # Errors
/// When the database fails.
pub fn read_words(conn: &mut DbConn, limit: i64) -> Result<Vec<Searchable>, AppError> {
    Ok(repo::list_search_due(conn, limit)?)
}

/// Keeps words that were read, so that the threads are found by them; says of how many threads.
///
/// # Errors
/// When the database fails.
pub fn save_words(tx: &mut Tx<'_>, read: &[Searchable]) -> Result<usize, AppError> {
    let mut saved = 0;
    for searchable in read {
        saved += usize::from(repo::save_words(tx.conn(), searchable)?);
    }
    Ok(saved)
}
