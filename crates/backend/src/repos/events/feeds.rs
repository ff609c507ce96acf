//! The addresses by which citizens' calendars fetch their events: of the secret in one, its hash is kept.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::events::CalendarFeed;
use omasote_types::ids::CitizenId;

use crate::db::schema::calendar_feeds;
use crate::db::{DbConn, Id, Stored};

type Columns = (bool, Stored, Option<Stored>);

fn to_feed((shows_details, created_at, fetched_at): Columns) -> CalendarFeed {
    CalendarFeed { shows_details, created_at: created_at.into(), fetched_at: fetched_at.map(Instant::from) }
}

/// A citizen's feed.
pub fn find_feed(conn: &mut DbConn, of: CitizenId) -> QueryResult<Option<CalendarFeed>> {
    let row: Option<Columns> = calendar_feeds::table
        .find(Id::from(of))
        .select((calendar_feeds::shows_details, calendar_feeds::created_at, calendar_feeds::fetched_at))
        .first(conn)
        .optional()?;
    Ok(row.map(to_feed))
}

/// Whose feed has this secret, and what it shows.
pub fn find_feed_by_hash(conn: &mut DbConn, hash: &[u8]) -> QueryResult<Option<(CitizenId, CalendarFeed)>> {
    let row: Option<(Id, Columns)> = calendar_feeds::table
        .filter(calendar_feeds::token_hash.eq(hash))
        .select((
            calendar_feeds::citizen_id,
            (calendar_feeds::shows_details, calendar_feeds::created_at, calendar_feeds::fetched_at),
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(citizen, feed)| (citizen.into(), to_feed(feed))))
}

/// Keeps a citizen's feed in the place of the one that there may have been.
pub fn replace_feed(
    conn: &mut DbConn,
    of: CitizenId,
    hash: &[u8],
    feed: &CalendarFeed,
) -> QueryResult<usize> {
    delete_feed(conn, of)?;
    let row = (
        calendar_feeds::citizen_id.eq(Id::from(of)),
        calendar_feeds::token_hash.eq(hash),
        calendar_feeds::shows_details.eq(feed.shows_details),
        calendar_feeds::created_at.eq(Stored::from(feed.created_at)),
        calendar_feeds::fetched_at.eq(feed.fetched_at.map(Stored::from)),
    );
    diesel::insert_into(calendar_feeds::table).values(row).execute(conn)
}

/// Notes that a feed was fetched.
pub fn set_fetched(conn: &mut DbConn, of: CitizenId, now: Instant) -> QueryResult<usize> {
    diesel::update(calendar_feeds::table.find(Id::from(of)))
        .set(calendar_feeds::fetched_at.eq(Some(Stored::from(now))))
        .execute(conn)
}

/// A citizen's feed is no more.
pub fn delete_feed(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    diesel::delete(calendar_feeds::table.find(Id::from(of))).execute(conn)
}
