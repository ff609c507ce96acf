//! What units let citizens do with their times.

use diesel::prelude::*;
use omasote_types::events::EventSettings;
use omasote_types::ids::UnitId;

use crate::db::schema::event_settings;
use crate::db::{DbConn, Id};

/// What a unit has said, or what is usual.
pub fn find_settings(conn: &mut DbConn, of: UnitId) -> QueryResult<EventSettings> {
    let hours: Option<i32> = event_settings::table
        .find(Id::from(of))
        .select(event_settings::cancel_hours)
        .first(conn)
        .optional()?;
    let said = hours.and_then(|hours| u16::try_from(hours).ok());
    Ok(said.map_or_else(EventSettings::default, |cancel_hours| EventSettings { cancel_hours }))
}

/// Keeps what a unit says.
pub fn set_settings(conn: &mut DbConn, of: UnitId, settings: EventSettings) -> QueryResult<usize> {
    let hours = event_settings::cancel_hours.eq(i32::from(settings.cancel_hours));
    match diesel::update(event_settings::table.find(Id::from(of))).set(hours).execute(conn)? {
        0 => {
            let row = (event_settings::unit_id.eq(Id::from(of)), hours);
            diesel::insert_into(event_settings::table).values(row).execute(conn)
        }
        known => Ok(known),
    }
}
