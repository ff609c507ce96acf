//! Where a citizen stands is kept with every measurement, and equal to what counting all of them anew gives.

use chrono::{Days, NaiveDate};
use omasote_rules::measurements::{Moment, Standing, Step, judge_all};
use omasote_types::ids::MeasurementId;
use omasote_types::measurements::{
    Component, KindOverview, MeasurementKind, MeasurementQuery, NewTarget, Target, TargetRange,
};
use omasote_types::page::MAX_LIMIT;

use super::{Citizen, number, one, pressure, targets};
use crate::harness::{TestApp, on_both_engines};

/// Numbers that look as if they came by chance, the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// What counting all measurements of a kind anew gives.
async fn counted_anew(of: &Citizen, kind: MeasurementKind) -> Option<Standing> {
    let (mut steps, mut cursor) = (Vec::new(), None);
    let targets: Vec<Target> = of.list_targets(of.id, Some(kind)).await.unwrap();
    loop {
        let query = MeasurementQuery { kind, from: None, to: None, cursor, limit: Some(MAX_LIMIT) };
        let page = of.list_measurements(of.id, &query).await.unwrap();
        for one in page.items.into_iter().filter(|one| one.struck.is_none()) {
            let moment = Moment { day: one.day, part: one.part, context: one.context };
            let judgement = judge_all(&targets, kind, &one.values, moment);
            assert_eq!(
                (one.state, &one.states),
                (judgement.state, &judgement.states),
                "kept as it is judged"
            );
            let place = (one.taken_at, one.id);
            steps.push(Step { place, state: judgement.state, deviation: judgement.deviation });
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    steps.sort_by_key(|step| step.place);
    Standing::of(steps)
}

fn shown(standing: &Standing) -> (MeasurementId, u32, u32, Option<chrono::DateTime<chrono::Utc>>) {
    (standing.latest.place.1, standing.count, standing.out_count, standing.out_since)
}

fn told(overview: &KindOverview) -> (MeasurementId, u32, u32, Option<chrono::DateTime<chrono::Utc>>) {
    (overview.latest.id, overview.count, overview.out_count, overview.out_since)
}

async fn is_equal(of: &Citizen, kind: MeasurementKind) {
    let overview = of.get_measurement_overview(of.id).await.unwrap();
    let kept = overview.iter().find(|one| one.kind == kind).map(told);
    assert_eq!(kept, counted_anew(of, kind).await.as_ref().map(shown));
}

fn some_target(app: &TestApp, chance: &mut Chance, today: NaiveDate) -> NewTarget {
    let high = number(&(120 + chance.below(30)).to_string());
    let ranges = [(Component::Systolic, TargetRange::below(high))].into();
    let from = today - Days::new(chance.below(12));
    NewTarget { kind: MeasurementKind::BloodPressure, ranges, from, ..targets::weight(app, "60", "75") }
}

on_both_engines! {
    async fn what_is_kept_is_what_counting_anew_gives_after_any_acts(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let today = omasote_rules::helsinki::to_local(app.state.clock.now()).date();
        let (mut chance, mut ids) = (Chance(20_261_127), Vec::new());
        let kind = MeasurementKind::BloodPressure;
        for act in 0..120 {
            match chance.below(10) {
                0 if !ids.is_empty() => {
                    let place = usize::try_from(chance.below(ids.len() as u64)).unwrap();
                    aino.strike_measurement(ids.swap_remove(place)).await.unwrap();
                }
                1 => drop(hanna.set_target(aino.id, &some_target(&app, &mut chance, today)).await.unwrap()),
                _ => {
                    let minutes = i64::try_from(chance.below(14 * 1440)).unwrap();
                    let systolic = i16::try_from(110 + chance.below(50)).unwrap();
                    let new = pressure(&app, systolic, 80, minutes);
                    ids.push(aino.record_measurement(aino.id, &new).await.unwrap().id);
                }
            }
            if act % 8 == 7 {
                is_equal(&aino, kind).await;
            }
        }
        for id in ids {
            aino.strike_measurement(id).await.unwrap();
        }
        is_equal(&aino, kind).await;
        assert_eq!(aino.get_measurement_overview(aino.id).await.unwrap(), []);
    }

    async fn how_long_somebody_has_been_out_is_told(app: TestApp) {
        let aino = app.citizen().await;
        for (systolic, hours) in [(150, 50), (120, 40), (140, 30), (141, 20), (190, 10)] {
            aino.record_measurement(aino.id, &pressure(&app, systolic, 80, hours * 60)).await.unwrap();
        }
        let overview = aino.get_measurement_overview(aino.id).await.unwrap().remove(0);
        let since = app.state.clock.now() - overview.out_since.unwrap();
        assert_eq!((overview.out_count, since.num_hours()), (3, 30));
        aino.record_measurement(aino.id, &pressure(&app, 120, 80, 0)).await.unwrap();
        let overview = aino.get_measurement_overview(aino.id).await.unwrap().remove(0);
        assert_eq!((overview.out_count, overview.out_since), (0, None));
        aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "70", 0)).await.unwrap();
        assert_eq!(aino.get_measurement_overview(aino.id).await.unwrap().len(), 2);
    }
}
