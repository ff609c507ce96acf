//! Times that units offer, and booking one.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, delete, get, post};
use omasote_types::events::{Booking, Event, NewSlots, Slot};
use omasote_types::ids::{SlotId, UnitId};
use omasote_types::page::{Page, PageQuery};

use super::super::extract::{CitizenPath, IdempotencyKey};
use super::tagged;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::events;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_slots).service(list_unit_slots).service(delete_slot);
    config.service(list_slots).service(book_slot);
}

/// Offers times: to everybody the unit cares for, or to one citizen as an invitation. For the professionals of the unit.
#[utoipa::path(tag = "events", params(
    ("unitId" = UnitId, Path, description = "The unit"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The times, the next first", body = Vec<Slot>),
    Refusals,
))]
#[post("/units/{unitId}/slots")]
async fn create_slots(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewSlots>,
) -> Result<HttpResponse, AppError> {
    let slots = state
        .write_as(actor, "createSlots", move |tx, call| {
            events::create_slots(tx, call, *of, &new, key.as_ref())
        })
        .await?;
    Ok(HttpResponse::Created().json(slots))
}

/// The times to come that a unit has offered, the booked ones too, the next first. For its professionals.
#[utoipa::path(tag = "events", params(
    ("unitId" = UnitId, Path, description = "The unit"),
    PageQuery,
), responses(
    (status = 200, description = "A page of times", body = Page<Slot>),
    Refusals,
))]
#[get("/units/{unitId}/slots")]
async fn list_unit_slots(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    query: Query<PageQuery>,
) -> Result<Json<Page<Slot>>, AppError> {
    state
        .read_as(actor, "listUnitSlots", move |conn, call| {
            events::list_slots_of_unit(conn, call, *of, &query)
        })
        .await
        .map(Json)
}

/// Takes an offered time back that nobody has booked. For the professionals of the unit.
#[utoipa::path(tag = "events", params(
    ("slotId" = SlotId, Path, description = "The time"),
), responses(
    (status = 204, description = "It is not offered any more"),
    Refusals,
))]
#[delete("/slots/{slotId}")]
async fn delete_slot(
    state: Data<AppState>,
    actor: Actor,
    id: Path<SlotId>,
) -> Result<HttpResponse, AppError> {
    state.write_as(actor, "deleteSlot", move |tx, call| events::delete_slot(tx, call, *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The times that are offered to a citizen and free, the next first: of the units that care for them, and those for them alone.
#[utoipa::path(tag = "events", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    PageQuery,
), responses(
    (status = 200, description = "A page of times", body = Page<Slot>),
    Refusals,
))]
#[get("/citizens/{citizenId}/slots")]
async fn list_slots(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    query: Query<PageQuery>,
) -> Result<Json<Page<Slot>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state
        .read_as(actor, "listSlots", move |conn, call| events::list_free_slots(conn, call, of, &query))
        .await
        .map(Json)
}

/// Books an offered time, for the citizen and who acts for them. Of any number who want it at the same moment one has it; the others
/// are told `slot_taken`. At most three times to come of a unit.
#[utoipa::path(tag = "events", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The event, which need not be confirmed", body = Event,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[post("/citizens/{citizenId}/bookings")]
async fn book_slot(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    IdempotencyKey(key): IdempotencyKey,
    booking: Json<Booking>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let event = state
        .write_as(actor, "bookSlot", move |tx, call| events::book(tx, call, of, *booking, key.as_ref()))
        .await?;
    tagged(HttpResponse::Created(), &event)
}
