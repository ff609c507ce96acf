//! Acting for another: guardians, mandates, and what each may.

use std::time::Duration;

use omasote_client::IdempotencyKey;
use omasote_types::audit::{AccessGround, AccessQuery};
use omasote_types::error::ErrorCode;
use omasote_types::ids::CitizenId;
use omasote_types::messages::{NewThread, Sender, ThreadVisibility};
use omasote_types::page::PageQuery;
use omasote_types::people::{CitizenSearch, Role};
use omasote_types::proxies::{
    NewProxy, NewProxyInvitation, ProxyAcceptance, ProxyKind, ProxyScope, ProxyUpdate, Represented,
};

use crate::harness::{Person, code, on_both_engines};

type Citizen = Person<CitizenId>;

const DAY: Duration = Duration::from_secs(86_400);
const HIDDEN: ThreadVisibility = ThreadVisibility { is_hidden_from_proxies: true };
const SHOWN: ThreadVisibility = ThreadVisibility { is_hidden_from_proxies: false };

fn page() -> PageQuery {
    PageQuery::default()
}

/// `to` may act for `from` from now on.
pub(crate) async fn mandate(from: &Citizen, to: &Citizen, scopes: &[ProxyScope]) -> Represented {
    let new = NewProxyInvitation { scopes: scopes.to_vec(), ends_at: None };
    let invitation = from.create_proxy_invitation(from.id, &new).await.unwrap();
    to.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap()
}

fn guardian(of: &Citizen, who: &Citizen) -> NewProxy {
    NewProxy {
        citizen_identity_code: of.code(),
        proxy_identity_code: who.code(),
        kind: ProxyKind::Guardian,
        scopes: ProxyScope::ALL.to_vec(),
        ends_at: None,
        basis: "Väestötietojärjestelmän ote 1.10.2026".to_owned(),
    }
}

on_both_engines! {
    async fn who_takes_an_invitation_acts_for_who_made_it_and_both_names_stand(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, liisa, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        assert_eq!(code(liisa.list_threads(aino.id, &page()).await), ErrorCode::NotFound);
        let right = mandate(&aino, &liisa, &[ProxyScope::Messages]).await;
        assert_eq!((right.citizen.id, right.kind), (aino.id, ProxyKind::Mandate));
        assert_eq!(liisa.list_represented().await.unwrap(), [right]);

        let new = NewThread { topic_id: unit.topic, text: "Äidin puolesta".to_owned(), about_access: None, attachment_ids: Vec::new(), links: Vec::new() };
        let thread = liisa.create_thread(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        liisa.write(thread.id, "Lisäys").await;
        let name = liisa.get_me().await.unwrap().name;
        for reader in [&aino.list_messages(thread.id, &page()).await, &hanna.list_messages(thread.id, &page()).await] {
            for message in &reader.as_ref().unwrap().items {
                let Sender::Citizen { id, proxy, .. } = &message.sender else { panic!("a citizen's") };
                assert_eq!((*id, proxy.as_ref()), (aino.id, Some(&name)));
            }
        }
        hanna.write(thread.id, "Vastaus").await;
        let answer = liisa.list_messages(thread.id, &page()).await.unwrap().items.remove(0);
        liisa.mark_thread_read(thread.id, answer.id).await.unwrap();
        assert_eq!(aino.get_thread(thread.id).await.unwrap().unread_count, 1, "Aino has not read it");

        app.seal().await;
        let lines = aino.list_accesses(aino.id, &AccessQuery { others_only: true, ..AccessQuery::default() }).await.unwrap();
        let written = lines.items.iter().find(|line| line.operation == "createThread").unwrap();
        assert_eq!((written.ground, written.proxy.as_ref()), (AccessGround::Mandate, Some(&name)));
    }

    async fn an_invitation_is_good_once_for_a_week_and_not_for_oneself(app: TestApp) {
        let (aino, liisa, eero) = (app.citizen().await, app.citizen().await, app.citizen().await);
        let new = NewProxyInvitation { scopes: vec![ProxyScope::Tasks], ends_at: None };
        let empty = NewProxyInvitation { scopes: Vec::new(), ends_at: None };
        assert_eq!(code(aino.create_proxy_invitation(aino.id, &empty).await), ErrorCode::ValidationFailed);
        let past = NewProxyInvitation { ends_at: Some(app.state.clock.now()), ..new.clone() };
        assert_eq!(code(aino.create_proxy_invitation(aino.id, &past).await), ErrorCode::ValidationFailed);
        assert_eq!(code(eero.create_proxy_invitation(aino.id, &new).await), ErrorCode::NotFound);

        let invitation = aino.create_proxy_invitation(aino.id, &new).await.unwrap();
        let taken = |code: &str| ProxyAcceptance { code: code.to_owned() };
        assert_eq!(code(liisa.accept_proxy_invitation(&taken("ABCD-EFGH-JKLM")).await), ErrorCode::NotFound);
        assert_eq!(code(aino.accept_proxy_invitation(&taken(&invitation.code)).await), ErrorCode::NotAllowed);
        let typed = format!(" {} ", invitation.code.replace('-', " ").to_lowercase());
        liisa.accept_proxy_invitation(&taken(&typed)).await.unwrap();
        assert_eq!(code(eero.accept_proxy_invitation(&taken(&invitation.code)).await), ErrorCode::NotFound);

        let late = aino.create_proxy_invitation(aino.id, &new).await.unwrap();
        app.advance(8 * DAY);
        let eero = app.again(eero).await;
        assert_eq!(code(eero.accept_proxy_invitation(&taken(&late.code)).await), ErrorCode::NotFound);
    }

    async fn a_mandate_covers_its_scopes_only_and_the_person_narrows_pauses_and_ends_it(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, liisa) = (app.citizen().await, app.citizen().await);
        let thread = aino.begin(unit.topic, "Hei").await;
        let right = mandate(&aino, &liisa, &[ProxyScope::Messages, ProxyScope::Tasks]).await;
        let seen = liisa.get_citizen(aino.id).await.unwrap();
        assert_eq!((seen.id, seen.contact), (aino.id, Default::default()));
        assert_eq!(code(liisa.list_accesses(aino.id, &AccessQuery::default()).await), ErrorCode::OutsideMandate);
        assert_eq!(code(liisa.list_proxies(aino.id).await), ErrorCode::OutsideMandate);
        let wider = ProxyUpdate { scopes: Some(ProxyScope::ALL.to_vec()), ..ProxyUpdate::default() };
        assert_eq!(code(liisa.update_proxy(right.id, &wider).await), ErrorCode::OutsideMandate);

        let narrow = ProxyUpdate { scopes: Some(vec![ProxyScope::Tasks]), ..ProxyUpdate::default() };
        aino.update_proxy(right.id, &narrow).await.unwrap();
        assert_eq!(code(liisa.get_thread(thread.id).await), ErrorCode::OutsideMandate);
        let back = ProxyUpdate { scopes: Some(vec![ProxyScope::Messages]), ..ProxyUpdate::default() };
        aino.update_proxy(right.id, &back).await.unwrap();
        liisa.get_thread(thread.id).await.unwrap();
        let pause = |is_paused| ProxyUpdate { is_paused: Some(is_paused), ..ProxyUpdate::default() };
        assert!(aino.update_proxy(right.id, &pause(true)).await.unwrap().paused_at.is_some());
        assert_eq!(code(liisa.get_thread(thread.id).await), ErrorCode::NotFound);
        assert_eq!(liisa.list_represented().await.unwrap(), []);
        aino.update_proxy(right.id, &pause(false)).await.unwrap();
        let soon = app.state.clock.now() + DAY;
        aino.update_proxy(right.id, &ProxyUpdate { ends_at: Some(Some(soon)), ..ProxyUpdate::default() }).await.unwrap();
        liisa.get_thread(thread.id).await.unwrap();
        let unlimited = ProxyUpdate { ends_at: Some(None), ..ProxyUpdate::default() };
        assert_eq!(aino.update_proxy(right.id, &unlimited).await.unwrap().ends_at, None);
        let same = aino.update_proxy(right.id, &ProxyUpdate { ends_at: Some(Some(soon)), ..ProxyUpdate::default() }).await.unwrap();
        assert_eq!(aino.update_proxy(right.id, &ProxyUpdate::default()).await.unwrap().ends_at, same.ends_at, "what is absent stays");
        app.advance(DAY);
        let (aino, liisa) = (app.again(aino).await, app.again(liisa).await);
        assert_eq!(code(liisa.get_thread(thread.id).await), ErrorCode::NotFound);

        let right = mandate(&aino, &liisa, &[ProxyScope::Messages]).await;
        assert_eq!(aino.list_proxies(aino.id).await.unwrap().len(), 1);
        aino.end_proxy(right.id).await.unwrap();
        assert_eq!(code(liisa.get_thread(thread.id).await), ErrorCode::NotFound);
        assert_eq!(code(aino.end_proxy(right.id).await), ErrorCode::NotFound);
        let right = mandate(&aino, &liisa, &[ProxyScope::Messages]).await;
        liisa.end_proxy(right.id).await.unwrap();
        assert_eq!(aino.list_proxies(aino.id).await.unwrap(), []);
    }

    async fn guardians_see_all_of_a_small_child_and_what_a_young_person_has_not_hidden(app: TestApp) {
        let unit = app.unit("Kuhmon neuvola").await;
        let (small, young, mother) = (app.citizen_of_age(8).await, app.citizen_of_age(14).await, app.citizen_of_age(40).await);
        let (registrar, hanna) = (app.official(Role::Administrator).await, app.professional(unit.id).await);
        for child in [&small, &young] {
            registrar.create_proxy(&guardian(child, &mother)).await.unwrap();
        }
        let (of_small, of_young) = (small.begin(unit.topic, "Hei").await, young.begin(unit.topic, "Hei").await);
        mother.get_thread(of_small.id).await.unwrap();
        mother.list_accesses(small.id, &AccessQuery::default()).await.unwrap();
        assert_eq!(code(mother.list_accesses(young.id, &AccessQuery::default()).await), ErrorCode::OutsideMandate);
        mother.get_thread(of_young.id).await.unwrap();

        assert_eq!(code(small.set_thread_visibility(of_small.id, HIDDEN).await), ErrorCode::NotAllowed);
        assert_eq!(code(hanna.set_thread_visibility(of_small.id, HIDDEN).await), ErrorCode::NotAllowed);
        assert_eq!(code(mother.set_thread_visibility(of_young.id, HIDDEN).await), ErrorCode::NotAllowed);
        assert!(young.set_thread_visibility(of_young.id, HIDDEN).await.unwrap().is_hidden_from_proxies);
        assert_eq!(code(mother.get_thread(of_young.id).await), ErrorCode::NotFound);
        assert_eq!(code(mother.list_messages(of_young.id, &page()).await), ErrorCode::NotFound);
        assert_eq!(mother.list_threads(young.id, &page()).await.unwrap().items, []);
        assert_eq!(young.list_threads(young.id, &page()).await.unwrap().items.len(), 1);
        young.set_thread_visibility(of_young.id, SHOWN).await.unwrap();
        mother.get_thread(of_young.id).await.unwrap();
        hanna.set_thread_visibility(of_young.id, HIDDEN).await.unwrap();
        assert_eq!(code(mother.get_thread(of_young.id).await), ErrorCode::NotFound);

        app.advance(4 * 366 * DAY);
        let mother = app.again(mother).await;
        assert_eq!(code(mother.get_citizen(young.id).await), ErrorCode::NotFound, "grown up");
        assert_eq!(mother.list_represented().await.unwrap().len(), 1);
        assert_eq!(code(mother.list_accesses(small.id, &AccessQuery::default()).await), ErrorCode::OutsideMandate);
    }

    async fn the_register_is_kept_by_administrators_and_guardians_rights_by_nobody_else(app: TestApp) {
        let (young, mother) = (app.citizen_of_age(15).await, app.citizen_of_age(41).await);
        let (registrar, editor) = (app.official(Role::Administrator).await, app.official(Role::Editor).await);
        let new = guardian(&young, &mother);
        assert_eq!(code(editor.create_proxy(&new).await), ErrorCode::RoleRequired);
        assert_eq!(code(mother.create_proxy(&new).await), ErrorCode::RoleRequired);
        let grown = NewProxy { citizen_identity_code: mother.code(), proxy_identity_code: young.code(), ..new.clone() };
        assert_eq!(code(registrar.create_proxy(&grown).await), ErrorCode::ValidationFailed);
        let oneself = NewProxy { proxy_identity_code: young.code(), ..new.clone() };
        assert_eq!(code(registrar.create_proxy(&oneself).await), ErrorCode::ValidationFailed);
        let unknown = NewProxy { proxy_identity_code: "010594Y9032".to_owned(), ..new.clone() };
        assert_eq!(code(registrar.create_proxy(&unknown).await), ErrorCode::ValidationFailed);

        let entry = registrar.create_proxy(&new).await.unwrap();
        let search = CitizenSearch { identity_code: young.code() };
        assert_eq!(registrar.search_proxies(&search).await.unwrap()[0].id, entry.id);
        assert_eq!(code(editor.search_proxies(&search).await), ErrorCode::RoleRequired);
        assert_eq!(code(registrar.get_citizen(young.id).await), ErrorCode::NotFound, "no health data");
        assert_eq!(code(young.end_proxy(entry.id).await), ErrorCode::NotAllowed);
        let pause = ProxyUpdate { is_paused: Some(true), ..ProxyUpdate::default() };
        assert_eq!(code(young.update_proxy(entry.id, &pause).await), ErrorCode::NotAllowed);
        registrar.end_proxy(entry.id).await.unwrap();
        assert_eq!(code(mother.get_citizen(young.id).await), ErrorCode::NotFound);
    }
}
