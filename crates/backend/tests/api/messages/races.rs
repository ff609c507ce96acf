//! Many people at the same threads at once: one wins, the others are told, nothing doubles, nothing is lost.

use std::collections::HashMap;

use futures_util::future::join_all;
use futures_util::stream::{self, StreamExt as _};
use omasote_client::{ClientError, IdempotencyKey};
use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, ProfessionalId, ThreadId, UnitId};
use omasote_types::messages::{InboxQuery, NewForward, NewMessage, NewReturn, Take, ThreadState};
use omasote_types::page::PageQuery;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::harness::{Person, TestApp, TestUnit, code, on_both_engines};

type Professional = Person<ProfessionalId>;

/// One act, of somebody on some thread.
#[derive(Clone, Copy, Debug)]
enum Act {
    Write,
    Reply,
    Take,
    TakeFromFirst,
    Release,
    Forward,
    Return,
    Close,
    CitizenCloses,
    Reopen,
}

/// Two units with their people, and a citizen with threads.
struct Scene {
    units: [TestUnit; 2],
    staff: Vec<(usize, Professional)>,
    citizen: Person<CitizenId>,
    threads: Vec<ThreadId>,
}

impl Scene {
    async fn new(app: &TestApp) -> Self {
        let units = [app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await];
        let mut staff = Vec::new();
        for number in 0..6 {
            staff.push((number % 2, app.professional(units[number % 2].id).await));
        }
        let citizen = app.citizen().await;
        let mut threads = Vec::new();
        for number in 0..8 {
            threads.push(citizen.begin(units[number % 2].topic, &format!("asia {number}")).await.id);
        }
        Self { units, staff, citizen, threads }
    }

    async fn act(&self, act: Act, who: usize, thread: usize) -> Result<Sent, ClientError> {
        let (place, nurse) = &self.staff[who % self.staff.len()];
        let (id, key) = (self.threads[thread % self.threads.len()], IdempotencyKey::random());
        let reason = "Asia kuuluu teille".to_owned();
        let to = self.units[1 - place].id;
        match act {
            Act::Write => {
                return self
                    .citizen
                    .send_message(id, &NewMessage::of("lisää"), &key)
                    .await
                    .map(|_| Sent::One(id));
            }
            Act::Reply => {
                return nurse.send_message(id, &NewMessage::of("vastaus"), &key).await.map(|_| Sent::One(id));
            }
            Act::Take => nurse.take_thread(id, Take::default()).await,
            Act::TakeFromFirst => nurse.take_thread(id, Take { from: Some(self.staff[0].1.id) }).await,
            Act::Release => nurse.release_thread(id).await,
            Act::Forward => {
                let new =
                    NewForward { unit_id: to, reason, note: None, stays_informed: who.is_multiple_of(2) };
                nurse.forward_thread(id, &new).await
            }
            Act::Return => nurse.return_thread(id, &NewReturn { reason }).await,
            Act::Close => nurse.close_thread(id).await,
            Act::CitizenCloses => self.citizen.close_thread(id).await,
            Act::Reopen => self.citizen.reopen_thread(id).await,
        }
        .map(|_| Sent::Nothing)
    }

    /// In which units' inboxes each thread is, in which state.
    async fn places(&self) -> HashMap<ThreadId, Vec<(UnitId, ThreadState)>> {
        let mut places: HashMap<ThreadId, Vec<(UnitId, ThreadState)>> = HashMap::new();
        for (place, nurse) in self.staff.iter().take(2) {
            for state in [ThreadState::Waiting, ThreadState::Answered, ThreadState::Closed] {
                let of = self.units[*place].id;
                let query = InboxQuery { state, limit: Some(200), ..InboxQuery::default() };
                for thread in nurse.list_inbox(of, &query).await.unwrap().items {
                    places.entry(thread.id).or_default().push((of, state));
                }
            }
        }
        places
    }
}

#[derive(Clone, Copy, Debug)]
enum Sent {
    Nothing,
    One(ThreadId),
}

fn acts(count: usize) -> Vec<(Act, usize, usize)> {
    let act = prop_oneof![
        3 => Just(Act::Write),
        3 => Just(Act::Reply),
        3 => Just(Act::Take),
        1 => Just(Act::TakeFromFirst),
        2 => Just(Act::Release),
        2 => Just(Act::Forward),
        1 => Just(Act::Return),
        1 => Just(Act::Close),
        1 => Just(Act::CitizenCloses),
        1 => Just(Act::Reopen),
    ];
    let all = prop::collection::vec((act, 0_usize..6, 0_usize..8), count);
    all.new_tree(&mut TestRunner::default()).unwrap().current()
}

on_both_engines! {
    async fn of_two_who_take_or_reply_at_once_one_wins_and_the_other_is_told(app: TestApp) {
        let scene = Scene::new(&app).await;
        let nurses: Vec<&Professional> = scene.staff.iter().filter(|(place, _)| *place == 0).map(|(_, nurse)| nurse).collect();
        let (one, other) = (scene.threads[0], scene.threads[2]);
        let takes = join_all(nurses.iter().map(|nurse| nurse.take_thread(one, Take::default()))).await;
        assert_eq!(takes.iter().filter(|take| take.is_ok()).count(), 1);
        assert!(takes.into_iter().filter(Result::is_err).all(|take| code(take) == ErrorCode::ThreadTaken));
        let keys = [IdempotencyKey::random(), IdempotencyKey::random(), IdempotencyKey::random()];
        let new = NewMessage::of("vastaus");
        let replies = join_all(nurses.iter().zip(&keys).map(|(nurse, key)| nurse.send_message(other, &new, key))).await;
        assert_eq!(replies.iter().filter(|reply| reply.is_ok()).count(), 1);
        assert!(replies.into_iter().filter(Result::is_err).all(|reply| code(reply) == ErrorCode::ThreadTaken));
        assert_eq!(scene.citizen.get_thread(other).await.unwrap().message_count, 2);
    }

    async fn a_thousand_random_acts_at_once_lose_and_double_nothing(app: TestApp) {
        let scene = Scene::new(&app).await;
        let done: Vec<_> = stream::iter(acts(1000))
            .map(|(act, who, thread)| scene.act(act, who, thread))
            .buffer_unordered(24)
            .collect()
            .await;
        let mut sent: HashMap<ThreadId, u32> = scene.threads.iter().map(|id| (*id, 1)).collect();
        for outcome in done {
            match outcome {
                Ok(Sent::One(id)) => *sent.get_mut(&id).unwrap() += 1,
                Ok(Sent::Nothing) => {}
                Err(error) => {
                    let code = error.code().unwrap();
                    assert!((400..500).contains(&code.status()), "{code:?}");
                }
            }
        }
        let places = scene.places().await;
        for id in &scene.threads {
            let thread = scene.citizen.get_thread(*id).await.unwrap();
            assert_eq!(places.get(id), Some(&vec![(thread.unit.id, thread.state)]), "each is in just one queue");
            assert_eq!(thread.state == ThreadState::Waiting, thread.waiting_since.is_some());
            assert_eq!(thread.message_count, sent[id], "every answer that was given stands, once");
            let moves = scene.citizen.list_transfers(*id).await.unwrap();
            assert_eq!(u32::try_from(moves.len()).unwrap(), thread.moves);
            let mut unit = moves.first().map_or(thread.unit.id, |first| first.from.id);
            for one in &moves {
                assert_eq!(one.from.id, unit, "the chain has no gap");
                unit = one.to.id;
            }
            assert_eq!(unit, thread.unit.id);
            let mut kept = 0;
            let mut cursor = None;
            loop {
                let page = scene.citizen.list_messages(*id, &PageQuery { cursor, limit: Some(200) }).await.unwrap();
                kept += page.items.len();
                cursor = page.next_cursor;
                if cursor.is_none() { break; }
            }
            assert_eq!(kept, usize::try_from(thread.message_count).unwrap());
        }
    }
}
