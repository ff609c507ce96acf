//! Saved views of an inbox: a unit's are for all who work in it, one's own for nobody else.

use std::slice;

use omasote_client::IdempotencyKey;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{TopicId, UnitId, ViewId};
use omasote_types::messages::{HolderFilter, InboxMark, ThreadState};
use omasote_types::views::{MAX_VIEWS, Narrowing, NewView};

use crate::harness::{TestApp, code, on_both_engines};

/// A view that a unit has.
pub(crate) async fn of_unit(app: &TestApp, unit: UnitId) -> ViewId {
    let new = NewView { is_shared: true, ..view("Yhteinen") };
    app.lead(unit).await.create_view(unit, &new, &IdempotencyKey::random()).await.unwrap().id
}

/// A view of one's own threads.
fn view(name: &str) -> NewView {
    let shows = Narrowing { holder: Some(HolderFilter::Mine), ..Narrowing::default() };
    NewView { name: name.to_owned(), is_shared: false, shows }
}

on_both_engines! {
    async fn a_view_comes_back_as_it_was_saved(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let hanna = app.professional(unit.id).await;
        let words = Narrowing { text: Some("resepti".to_owned()), ..Narrowing::default() };
        let narrow = Narrowing {
            state: ThreadState::Answered,
            holder: Some(HolderFilter::Free),
            topic_id: Some(unit.topic),
            mark: Some(InboxMark::NotUnderstood),
            text: None,
        };
        let mut saved = Vec::new();
        for (name, shows) in [("Sanat", words), ("Rajattu", narrow)] {
            let new = NewView { name: name.to_owned(), is_shared: false, shows };
            let key = IdempotencyKey::random();
            let made = hanna.create_view(unit.id, &new, &key).await.unwrap();
            assert_eq!(hanna.create_view(unit.id, &new, &key).await.unwrap(), made);
            assert_eq!((&made.name, &made.shows, made.unit_id), (&new.name, &new.shows, unit.id));
            saved.push(made);
        }
        assert_eq!(hanna.list_views(unit.id).await.unwrap(), saved);
        hanna.delete_view(saved[0].id).await.unwrap();
        assert_eq!(hanna.list_views(unit.id).await.unwrap(), saved[1..]);
        assert_eq!(code(hanna.delete_view(saved[0].id).await), ErrorCode::NotFound);
    }

    async fn a_lead_keeps_the_views_of_the_unit_and_nobody_elses_own(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (lead, hanna) = (app.lead(unit.id).await, app.professional(unit.id).await);
        let own = hanna.create_view(unit.id, &view("Omat"), &IdempotencyKey::random()).await.unwrap();
        let shared = NewView { is_shared: true, ..view("Yhteinen") };
        let refused = hanna.create_view(unit.id, &shared, &IdempotencyKey::random()).await;
        assert_eq!(code(refused), ErrorCode::RoleRequired);
        let shared = lead.create_view(unit.id, &shared, &IdempotencyKey::random()).await.unwrap();
        assert_eq!(hanna.list_views(unit.id).await.unwrap(), [shared.clone(), own.clone()]);
        assert_eq!(lead.list_views(unit.id).await.unwrap(), slice::from_ref(&shared));
        assert_eq!(code(lead.delete_view(own.id).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.delete_view(shared.id).await), ErrorCode::RoleRequired);
        let stranger = app.lead(elsewhere.id).await;
        assert_eq!(code(stranger.list_views(unit.id).await), ErrorCode::NotFound);
        assert_eq!(code(stranger.delete_view(shared.id).await), ErrorCode::NotFound);
        assert_eq!(hanna.list_views(unit.id).await.unwrap(), [shared, own]);
    }

    async fn what_is_wrong_with_a_view_is_told_and_nothing_is_kept(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let hanna = app.professional(unit.id).await;
        let nothing = TopicId::at(app.state.clock.now());
        let showing = |shows| NewView { shows, ..view("Omat") };
        let words = |text: &str| Narrowing { text: Some(text.to_owned()), ..Narrowing::default() };
        for wrong in [
            NewView { name: " ".to_owned(), ..view("") },
            NewView { name: "a".repeat(61), ..view("") },
            showing(words("")),
            showing(Narrowing { mark: Some(InboxMark::Unread), ..words("resepti") }),
            showing(Narrowing { topic_id: Some(nothing), ..Narrowing::default() }),
        ] {
            let outcome = hanna.create_view(unit.id, &wrong, &IdempotencyKey::random()).await;
            assert_eq!(code(outcome), ErrorCode::ValidationFailed);
        }
        assert!(hanna.list_views(unit.id).await.unwrap().is_empty());
    }

    async fn there_is_an_end_to_how_many_are_kept(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (hanna, lead) = (app.professional(unit.id).await, app.lead(unit.id).await);
        for number in 0..MAX_VIEWS {
            hanna.create_view(unit.id, &view(&format!("Näkymä {number}")), &IdempotencyKey::random()).await.unwrap();
        }
        let one_more = hanna.create_view(unit.id, &view("Liikaa"), &IdempotencyKey::random()).await;
        assert_eq!(code(one_more), ErrorCode::TooManyViews);
        lead.create_view(unit.id, &view("Muiden oma"), &IdempotencyKey::random()).await.unwrap();
    }
}
