//! A year of threads: who wrote to whom about what, when it was answered, and what is still waiting.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, Timelike, Utc};
use omasote_types::messages::Side;

use crate::calendar::{at_work, is_working_day, to_local, to_utc};
use crate::chance::Chance;
use crate::corpus::{self, Corpus, Line, Role, Script};
use crate::model::{DemoMessage, DemoProfessional, DemoThread, DemoUnit};
use crate::people::Person;
use crate::persona_threads;
use crate::personas::CITIZENS;
use crate::phrase::Phrases;
use crate::units::{UNITS, UnitSpec};
use crate::voice::{CitizenVoice, Parent, ProfessionalVoice};

/// Of a thousand messages, so many begin or go on a thread that waits for an answer now.
const WAITING_PER_THOUSAND: usize = 27;
const LEAD: &str = "osastonhoitaja";
const PHYSICIANS: &[&str] = &["lääkäri", "hammaslääkäri"];

/// What is there before the first message.
pub(crate) struct Setting<'a> {
    pub(crate) seed: u64,
    pub(crate) today: DateTime<Utc>,
    pub(crate) people: &'a [Person],
    pub(crate) professionals: &'a [DemoProfessional],
    pub(crate) units: &'a [DemoUnit],
    pub(crate) messages: usize,
}

/// Threads that hold `setting.messages` messages together, by the time they began.
pub(crate) fn all(setting: &Setting<'_>) -> Vec<DemoThread> {
    let corpus = corpus::read();
    let mut threads = persona_threads::all(setting, &corpus);
    let mut author = Author {
        setting,
        corpus: &corpus,
        chance: Chance::of(setting.seed, 4, 0),
        written: BTreeSet::new(),
        waiting: BTreeSet::new(),
    };
    let mut left = setting.messages.saturating_sub(threads.iter().map(|thread| thread.messages.len()).sum());
    let waiting = threads.iter().filter(|thread| thread.is_waiting()).count();
    let mut to_wait = (setting.messages * WAITING_PER_THOUSAND / 1_000).saturating_sub(waiting);
    while left > 0 {
        let is_waiting = to_wait > 0 || left == 1;
        let thread = if is_waiting { author.waiting_thread(left) } else { author.past_thread(left) };
        if let Some(thread) = thread {
            left -= thread.messages.len().min(left);
            to_wait = to_wait.saturating_sub(usize::from(is_waiting));
            threads.push(thread);
        }
    }
    threads.sort_by_key(|thread| thread.messages.first().map(|first| first.sent_at));
    threads
}

/// Writes threads by chance.
struct Author<'a> {
    setting: &'a Setting<'a>,
    corpus: &'a Corpus,
    chance: Chance,
    /// Who has followed which script already.
    written: BTreeSet<(usize, usize)>,
    /// Who waits for an answer already.
    waiting: BTreeSet<usize>,
}

/// Who writes to whom, and about what.
struct Matter<'a> {
    citizen: usize,
    person: &'a Person,
    unit: usize,
    spec: &'a UnitSpec,
    topic: usize,
    script: &'a Script,
}

impl<'a> Author<'a> {
    /// A thread of at most `limit` messages whose citizen waits for an answer now.
    fn waiting_thread(&mut self, limit: usize) -> Option<DemoThread> {
        let now = to_local(self.setting.today);
        let matter = self.matter(now.date() - Days::new(1))?;
        let is_crowded = self.waiting.len() * 4 > self.setting.people.len();
        if matter.script.is_urgent || (self.waiting.contains(&matter.citizen) && !is_crowded) {
            return None;
        }
        let path = matter.script.path(&mut self.chance);
        let questions = path.iter().take(limit).enumerate().filter(|(_, line)| line.role == Role::Asks);
        let lengths: Vec<usize> = questions.map(|(place, _)| place + 1).collect();
        let length = if self.chance.percent(60) { lengths.first() } else { self.chance.pick(&lengths) };
        let path = path.get(..*length?)?;
        let days_back = path.iter().map(|line| i64::from(line.days) + 1).sum::<i64>() - 1;
        for _ in 0..20 {
            let minutes_back = i64::from(self.chance.between(4, 5 * 24 * 60));
            let start =
                by_day(now - Duration::days(days_back) - Duration::minutes(minutes_back), &mut self.chance);
            let messages = self.write(&matter, path, start);
            let is_recent =
                messages.last().is_some_and(|last| self.setting.today - last.sent_at < Duration::days(6));
            if messages.len() == path.len() && is_recent {
                self.waiting.insert(matter.citizen);
                return Some(self.finish(&matter, messages, None));
            }
        }
        None
    }

    /// A thread of at most `limit` messages that the unit has answered, and perhaps closed.
    fn past_thread(&mut self, limit: usize) -> Option<DemoThread> {
        let start = self.past_moment();
        let matter = self.matter(start.date())?;
        let mut path = matter.script.path(&mut self.chance);
        path.truncate(limit);
        if self.chance.percent(28) {
            path.truncate(2 + self.chance.below(path.len()));
        }
        let mut messages = self.write(&matter, &path, start);
        loop {
            let role = path.get(messages.len().checked_sub(1)?)?.role;
            let closed_at = self.closing(&matter, &messages);
            match role {
                Role::Answers | Role::Physician => return Some(self.finish(&matter, messages, closed_at)),
                Role::Thanks if closed_at.is_some() => {
                    return Some(self.finish(&matter, messages, closed_at));
                }
                Role::Thanks | Role::Asks => messages.pop(),
            };
        }
    }

    /// A moment of the past year when somebody might write: seldom at the weekend or at night.
    fn past_moment(&mut self) -> NaiveDateTime {
        let today = to_local(self.setting.today);
        let mut date = today.date() - Days::new(1);
        for _ in 0..3 {
            date = today.date() - Days::new(u64::from(self.chance.between(1, 363)));
            if is_working_day(date) || self.chance.percent(35) {
                break;
            }
        }
        let hour = match self.chance.between(1, 100) {
            1..=38 => self.chance.between(7, 10),
            39..=66 => self.chance.between(11, 14),
            67..=80 => self.chance.between(15, 17),
            81..=97 => self.chance.between(18, 21),
            _ => self.chance.between(22, 23),
        };
        let seconds = hour * 3600 + self.chance.between(0, 3599);
        date.and_time(chrono::NaiveTime::MIN) + Duration::seconds(i64::from(seconds))
    }

    /// A unit, something people write to it about at this time of the year, and somebody who might.
    fn matter(&mut self, date: NaiveDate) -> Option<Matter<'a>> {
        let (setting, corpus) = (self.setting, self.corpus);
        let units: Vec<(usize, &UnitSpec)> = UNITS.iter().enumerate().collect();
        let (unit, spec) = *self.chance.pick_weighted(&units, |(_, unit)| unit.share)?;
        let scripts = corpus.scripts.iter().enumerate();
        let fitting: Vec<(usize, &Script, usize)> = scripts
            .filter(|(_, script)| script.months.is_empty() || script.months.contains(&date.month()))
            .filter_map(|(place, script)| {
                let topic = spec.topics.iter().position(|(key, _)| *key == script.topic)?;
                Some((place, script, topic))
            })
            .collect();
        let (script_place, script, topic) = *self.chance.pick(&fitting)?;
        let citizen = self.citizen(script, script_place, spec, date)?;
        self.written.insert((citizen, script_place));
        Some(Matter { citizen, person: setting.people.get(citizen)?, unit, spec, topic, script })
    }

    /// Somebody of the right age who lives in the unit's area and has not had the same matter before. Some people write
    /// often: low places come up more.
    fn citizen(
        &mut self,
        script: &Script,
        script_place: usize,
        unit: &UnitSpec,
        date: NaiveDate,
    ) -> Option<usize> {
        let people = self.setting.people;
        let first = if people.len() > CITIZENS.len() { CITIZENS.len() } else { 0 };
        let suits = |place: usize| {
            people.get(place).is_some_and(|person| {
                person.citizen.birth_date <= date
                    && script.suits(person.age(date), person.gender)
                    && unit.area.contains(&person.citizen.municipality.as_str())
            })
        };
        let count = people.len() - first;
        for _ in 0..50 {
            let place = first + self.chance.below(count).min(self.chance.below(count));
            if suits(place) && !self.written.contains(&(place, script_place)) {
                return Some(place);
            }
        }
        let start = self.chance.below(count);
        let from_start = (0..count).map(|step| first + (start + step) % count);
        let is_fresh = |place: &usize| suits(*place) && !self.written.contains(&(*place, script_place));
        let is_crowded = self.written.len() > people.len() * 2;
        from_start
            .clone()
            .find(is_fresh)
            .or_else(|| from_start.clone().find(|place| is_crowded && suits(*place)))
    }

    /// The messages of `path` from `start` on, as far as they are not in the future.
    fn write(&mut self, matter: &Matter<'a>, path: &[Line], start: NaiveDateTime) -> Vec<DemoMessage> {
        let setting = self.setting;
        let Matter { person, script, spec, .. } = matter;
        let parent = if script.is_mothers { Parent::Mother } else { Parent::Either };
        let parent = script.is_childs().then_some(parent);
        let voice = CitizenVoice::of(setting.seed, matter.citizen, person, person.age(start.date()), parent);
        let nurse = self.colleague(matter, false);
        let mut phrases = Phrases::new(self.corpus, &script.slots, person, spec.phone);
        let (mut messages, mut now, mut last_role): (Vec<DemoMessage>, _, Option<Role>) =
            (Vec::new(), start, None);
        for line in path {
            let is_same_side = last_role.is_some_and(|last| last.is_citizen() == line.role.is_citizen());
            if last_role.is_some() {
                let after_days = now + Duration::days(i64::from(line.days));
                now = self.next_moment(matter, after_days, line.role, is_same_side);
            }
            last_role = Some(line.role);
            if to_utc(now) > setting.today {
                break;
            }
            let body = phrases.fill(line.text, now, &mut self.chance).replace("\\n", "\n");
            let body = capitalised(&body);
            let (professional, text) = if line.role.is_citizen() {
                let is_first = messages.is_empty();
                (
                    None,
                    if is_first {
                        voice.open(&body, &mut self.chance)
                    } else {
                        voice.go_on(&body, &mut self.chance)
                    },
                )
            } else {
                let physician =
                    if line.role == Role::Physician { self.colleague(matter, true) } else { None };
                let Some((place, professional)) = physician.or(nurse) else { break };
                let manner = ProfessionalVoice::of(setting.seed, place, professional);
                let name = if parent.is_some() { None } else { Some(person.citizen.given_name.as_str()) };
                let text = if is_same_side {
                    manner.go_on(&body)
                } else {
                    manner.answer(&body, name, &mut self.chance)
                };
                (Some(place), text)
            };
            let side = if line.role.is_citizen() { Side::Citizen } else { Side::Unit };
            messages.push(DemoMessage {
                side,
                professional,
                text,
                sent_at: to_utc(now),
                has_document: false,
            });
        }
        messages
    }

    /// Somebody of the unit: a physician, or somebody who is not.
    fn colleague(
        &mut self,
        matter: &Matter<'a>,
        is_physician: bool,
    ) -> Option<(usize, &'a DemoProfessional)> {
        let members = &self.setting.units.get(matter.unit)?.members;
        let people =
            members.iter().filter_map(|place| Some((*place, self.setting.professionals.get(*place)?)));
        let fitting: Vec<_> = people
            .filter(|(_, person)| PHYSICIANS.contains(&person.title.as_str()) == is_physician)
            .collect();
        // Those who lead a unit answer less often.
        let weight = |(_, person): &(usize, &DemoProfessional)| if person.title == LEAD { 1 } else { 4 };
        self.chance.pick_weighted(&fitting, weight).copied()
    }

    fn next_moment(
        &mut self,
        matter: &Matter<'a>,
        last: NaiveDateTime,
        role: Role,
        is_same_side: bool,
    ) -> NaiveDateTime {
        let chance = &mut self.chance;
        let minutes = match (role.is_citizen(), is_same_side, chance.between(1, 100)) {
            (true, true, _) => chance.between(2, 50),
            (true, false, 1..=60) => chance.between(6, 200),
            (true, false, _) => chance.between(200, 2_400),
            (false, _, _) if matter.script.is_urgent => chance.between(4, 30),
            (false, true, _) => chance.between(10, 1_500),
            (false, false, 1..=25) => chance.between(15, 120),
            (false, false, 26..=80) => chance.between(120, 1_500),
            (false, false, _) => chance.between(1_500, 4_300),
        };
        let wanted = last
            + Duration::minutes(i64::from(minutes))
            + Duration::seconds(i64::from(chance.between(0, 59)));
        if role.is_citizen() {
            return if is_same_side {
                wanted
            } else {
                by_day(wanted, chance).max(last + Duration::minutes(3))
            };
        }
        let hours = self.setting.units.get(matter.unit).map_or(&[][..], |unit| &unit.hours);
        at_work(hours, wanted, chance)
    }

    /// When the unit closed the thread. Threads of the last weeks are more often open.
    fn closing(&mut self, matter: &Matter<'a>, messages: &[DemoMessage]) -> Option<DateTime<Utc>> {
        let last = messages.last()?;
        let is_old = self.setting.today - last.sent_at > Duration::days(21);
        if !self.chance.percent(if is_old { 90 } else { 45 }) {
            return None;
        }
        let hours = self.setting.units.get(matter.unit).map_or(&[][..], |unit| &unit.hours);
        let wanted = to_local(last.sent_at) + Duration::minutes(i64::from(self.chance.between(30, 5_000)));
        let closed_at = to_utc(at_work(hours, wanted, &mut self.chance));
        (closed_at <= self.setting.today).then_some(closed_at)
    }

    /// The thread, and how far each side has read it.
    fn finish(
        &mut self,
        matter: &Matter<'a>,
        messages: Vec<DemoMessage>,
        closed_at: Option<DateTime<Utc>>,
    ) -> DemoThread {
        let all = messages.len();
        let before_last_of = |side: Side| {
            messages.iter().rposition(|message| message.side == side).map_or(0, |place| place + 1)
        };
        let is_citizens_turn = messages.last().is_some_and(|last| last.side == Side::Unit);
        let is_recent =
            messages.last().is_some_and(|last| self.setting.today - last.sent_at < Duration::days(7));
        let (unit_has_read, citizen_has_read) = if is_citizens_turn {
            let has_read = self.chance.percent(if is_recent { 50 } else { 96 });
            (all, if has_read { all } else { before_last_of(Side::Citizen) })
        } else {
            let has_read = closed_at.is_some() || self.chance.percent(35);
            (if has_read { all } else { before_last_of(Side::Unit) }, all)
        };
        let Matter { citizen, unit, topic, .. } = *matter;
        DemoThread { citizen, unit, topic, messages, closed_at, unit_has_read, citizen_has_read }
    }
}

/// `wanted`, or the next morning or evening before when everybody sleeps.
fn by_day(wanted: NaiveDateTime, chance: &mut Chance) -> NaiveDateTime {
    let hours = match wanted.hour() {
        0..=2 => -i64::from(chance.between(3, 5)),
        3..=6 => i64::from(chance.between(4, 6)),
        _ => 0,
    };
    wanted + Duration::hours(hours)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
