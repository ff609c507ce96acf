//! Times that units offer: who sees them, who gets one when many want it, and what becomes of it.

use futures_util::future::join_all;
use omasote_client::IdempotencyKey;
use omasote_types::error::ErrorCode;
use omasote_types::events::{Booking, EventKind, EventQuery, EventState, EventUpdate, NewSlots, Slot};
use omasote_types::ids::{CitizenId, SlotId, UnitId};
use omasote_types::page::PageQuery;

use super::{Citizen, HOUR, Professional, because, content, in_hours, scene};
use crate::harness::{TestApp, code, on_both_engines};

fn slots(app: &TestApp, hours: &[i64], citizen_id: Option<CitizenId>) -> NewSlots {
    let times = hours.iter().map(|hours| in_hours(app, *hours)).collect();
    NewSlots { content: content(EventKind::Visit), times, citizen_id }
}

async fn offer(app: &TestApp, (by, unit): (&Professional, UnitId), hours: &[i64]) -> Vec<Slot> {
    by.create_slots(unit, &slots(app, hours, None), &IdempotencyKey::random()).await.unwrap()
}

async fn free(of: &Citizen) -> Vec<SlotId> {
    let page = of.list_slots(of.id, &PageQuery::default()).await.unwrap();
    page.items.iter().map(|slot| slot.id).collect()
}

const fn which(slot: &Slot) -> Booking {
    Booking { slot_id: slot.id }
}

on_both_engines! {
    async fn offered_times_are_for_those_the_unit_cares_for_and_an_invitation_for_one(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let (onni, stranger) = (app.citizen().await, app.citizen().await);
        onni.begin(unit.topic, "Hei").await;
        let offered = offer(&app, (&hanna, unit.id), &[50, 30]).await;
        let invitation = slots(&app, &[40], Some(aino.id));
        let invited = hanna.create_slots(unit.id, &invitation, &IdempotencyKey::random()).await.unwrap();
        assert_eq!(invited[0].citizen.as_ref().unwrap().id, aino.id);
        assert_eq!(free(&aino).await, [offered[0].id, invited[0].id, offered[1].id], "the next first");
        assert_eq!(free(&onni).await, [offered[0].id, offered[1].id]);
        assert_eq!(free(&stranger).await, []);
        for (who, slot) in [(&onni, &invited[0]), (&stranger, &offered[0])] {
            let refused = who.book_slot(who.id, which(slot), &IdempotencyKey::random()).await;
            assert_eq!(code(refused), ErrorCode::ValidationFailed);
        }
        assert_eq!(code(hanna.book_slot(aino.id, which(&offered[0]), &IdempotencyKey::random()).await), ErrorCode::NotAllowed);
        let shown = slots(&app, &[40], Some(stranger.id));
        assert_eq!(code(hanna.create_slots(unit.id, &shown, &IdempotencyKey::random()).await), ErrorCode::NotFound);

        let key = IdempotencyKey::random();
        let event = aino.book_slot(aino.id, which(&invited[0]), &key).await.unwrap();
        assert_eq!((event.state, event.time, &event.content), (EventState::Confirmed, invited[0].time, &invited[0].content));
        assert_eq!(aino.book_slot(aino.id, which(&invited[0]), &key).await.unwrap(), event, "twice is once");
        let all = hanna.list_unit_slots(unit.id, &PageQuery::default()).await.unwrap().items;
        assert_eq!(all.iter().map(|slot| slot.event_id).collect::<Vec<_>>(), [None, Some(event.id), None]);
        app.advance(HOUR * 31);
        let (aino, hanna) = (app.again(aino).await, app.again(hanna).await);
        assert_eq!(free(&aino).await, [offered[1].id], "what has begun is not offered");
        let refused = aino.book_slot(aino.id, which(&offered[0]), &IdempotencyKey::random()).await;
        assert_eq!(code(refused), ErrorCode::EventOver);
        let first = PageQuery { limit: Some(1), cursor: None };
        assert!(hanna.list_unit_slots(unit.id, &first).await.unwrap().next_cursor.is_some());
    }

    async fn of_many_who_want_a_time_at_once_exactly_one_has_it(app: TestApp) {
        let (unit, hanna, _) = scene(&app).await;
        let mut citizens = Vec::new();
        for _ in 0..24 {
            let citizen = app.citizen().await;
            citizen.begin(unit.topic, "Hei").await;
            citizens.push(citizen);
        }
        for hours in [30, 31, 32] {
            let slot = offer(&app, (&hanna, unit.id), &[hours]).await.remove(0);
            let booking = which(&slot);
            let booked = join_all(citizens.iter().map(|citizen| async move {
                citizen.book_slot(citizen.id, booking, &IdempotencyKey::random()).await
            })).await;
            let (won, lost): (Vec<_>, Vec<_>) = booked.into_iter().partition(Result::is_ok);
            assert_eq!((won.len(), lost.len()), (1, 23));
            for refused in lost {
                assert_eq!(code(refused), ErrorCode::SlotTaken);
            }
            let events = hanna.list_unit_events(unit.id, &EventQuery::default()).await.unwrap().items;
            assert_eq!(events.iter().filter(|event| event.time == slot.time).count(), 1, "of the others nothing stays");
        }
    }

    async fn a_time_that_is_cancelled_is_free_again_unless_the_unit_takes_it_away(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let offered = offer(&app, (&hanna, unit.id), &[50, 60, 70]).await;
        let mut events = Vec::new();
        for slot in &offered {
            events.push(aino.book_slot(aino.id, which(slot), &IdempotencyKey::random()).await.unwrap());
        }
        assert_eq!(free(&aino).await, []);
        aino.cancel_event(events[0].id, &because("")).await.unwrap();
        assert_eq!(free(&aino).await, [offered[0].id]);
        hanna.cancel_event(events[1].id, &because("Sairastuin")).await.unwrap();
        let moved = EventUpdate { content: content(EventKind::Visit), time: in_hours(&app, 90) };
        hanna.update_event(events[2].id, 1, &moved).await.unwrap();
        aino.cancel_event(events[2].id, &because("")).await.unwrap();
        assert_eq!(free(&aino).await, [offered[0].id], "the unit has other plans for its times");
        let again = aino.book_slot(aino.id, which(&offered[0]), &IdempotencyKey::random()).await.unwrap();
        assert_ne!(again.id, events[0].id);
        assert_eq!(code(hanna.delete_slot(offered[0].id).await), ErrorCode::SlotTaken);
    }

    async fn nobody_books_many_times_and_what_is_taken_back_is_not_to_be_had(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let offered = offer(&app, (&hanna, unit.id), &[50, 60, 70, 80]).await;
        for slot in &offered[..3] {
            aino.book_slot(aino.id, which(slot), &IdempotencyKey::random()).await.unwrap();
        }
        let fourth = aino.book_slot(aino.id, which(&offered[3]), &IdempotencyKey::random()).await;
        assert_eq!(code(fourth), ErrorCode::TooManyBookings);
        hanna.delete_slot(offered[3].id).await.unwrap();
        assert_eq!(free(&aino).await, []);
        assert_eq!(code(hanna.delete_slot(offered[3].id).await), ErrorCode::NotFound);

        let key = IdempotencyKey::random();
        let new = slots(&app, &[100, 101], None);
        let made = hanna.create_slots(unit.id, &new, &key).await.unwrap();
        assert_eq!(hanna.create_slots(unit.id, &new, &key).await.unwrap(), made);
        assert_eq!(free(&aino).await.len(), 2);
        for bad in [slots(&app, &[], None), slots(&app, &[10, -1], None)] {
            assert_eq!(code(hanna.create_slots(unit.id, &bad, &IdempotencyKey::random()).await), ErrorCode::ValidationFailed);
        }
        let stranger = app.professional(app.unit("Sotkamon neuvola").await.id).await;
        assert_eq!(code(stranger.create_slots(unit.id, &new, &IdempotencyKey::random()).await), ErrorCode::NotFound);
        assert_eq!(code(stranger.delete_slot(made[0].id).await), ErrorCode::NotFound);
    }
}
