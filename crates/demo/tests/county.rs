//! The county as those who use it see it.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use omasote_demo::{CITIZENS, DemoCounty, DemoPerson, DemoThread, MESSAGES, county, scaled};
use omasote_types::events::EventUpdate;
use omasote_types::identity_code::IdentityCode;
use omasote_types::language::{Language, LocalText};
use omasote_types::messages::{NewMessage, Side};
use omasote_types::people::Role;

fn today() -> DateTime<Utc> {
    "2026-11-23T09:30:00Z".parse().unwrap_or_default()
}

fn demo() -> DemoCounty {
    county(7, today())
}

fn texts(county: &DemoCounty) -> Vec<&str> {
    county.threads.iter().flat_map(|thread| &thread.messages).map(|message| message.text.as_str()).collect()
}

#[test]
fn the_county_has_the_size_that_was_promised() {
    for (seed, today) in
        [(7, "2026-11-23T09:30:00Z"), (8, "2027-06-26T22:10:00Z"), (9, "2028-02-29T04:00:00Z")]
    {
        let county = county(seed, today.parse().unwrap());
        assert_eq!(county.units.len(), 13);
        assert_eq!(county.professionals.len(), 33);
        assert_eq!(county.citizens.len(), CITIZENS);
        assert_eq!(texts(&county).len(), MESSAGES);
    }
}

#[test]
fn the_same_seed_gives_the_same_county_and_another_seed_another() {
    assert_eq!(demo(), demo());
    let other = county(8, today());
    assert_ne!(demo().citizens, other.citizens);
    assert_ne!(demo().threads, other.threads);
}

#[test]
fn a_larger_county_can_be_made_for_load() {
    let county = scaled(7, today(), 2_000, 9_000);
    assert_eq!((county.citizens.len(), texts(&county).len()), (2_000, 9_000));
    let small = scaled(7, today(), 0, 0);
    assert_eq!(small.citizens.len(), 50);
    assert!(small.threads.iter().all(|thread| thread.citizen < 8));
}

#[test]
fn every_identity_code_is_for_testing_unique_and_of_the_right_day() {
    let county = scaled(7, today(), 5_000, 0);
    let codes: BTreeSet<&str> =
        county.citizens.iter().map(|citizen| citizen.identity_code.as_str()).collect();
    assert_eq!(codes.len(), county.citizens.len());
    for citizen in &county.citizens {
        assert!(citizen.identity_code.is_test());
        assert_eq!(citizen.identity_code.birth_date(), citizen.birth_date);
        assert_eq!(IdentityCode::parse(citizen.identity_code.as_str()), Ok(citizen.identity_code.clone()));
        assert!(citizen.birth_date <= today().date_naive());
    }
}

#[test]
fn user_names_are_unique_and_easy_to_type() {
    let county = demo();
    let citizens: Vec<&str> = county.citizens.iter().map(|citizen| citizen.username.as_str()).collect();
    let professionals: Vec<&str> =
        county.professionals.iter().map(|person| person.username.as_str()).collect();
    for names in [citizens, professionals] {
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        let is_plain =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || ".-".contains(letter);
        assert!(names.iter().all(|name| name.chars().all(is_plain)), "{names:?}");
    }
}

#[test]
fn people_are_of_all_ages_and_live_in_all_eight_municipalities() {
    let county = demo();
    let municipalities: BTreeSet<&str> =
        county.citizens.iter().map(|citizen| citizen.municipality.as_str()).collect();
    let of_units: BTreeSet<&str> = county.units.iter().map(|unit| unit.municipality.as_str()).collect();
    assert_eq!(municipalities.len(), 8);
    assert_eq!(of_units, municipalities);
    let age =
        |citizen: &omasote_demo::DemoCitizen| today().date_naive().years_since(citizen.birth_date).unwrap();
    let ages: Vec<u32> = county.citizens.iter().map(age).collect();
    for (first, last) in [(0, 6), (7, 17), (18, 39), (40, 64), (65, 79), (80, 100)] {
        assert!(ages.iter().any(|age| (first..=last).contains(age)), "{first}-{last}");
    }
    assert!(ages.iter().all(|age| *age <= 100));
    for language in Language::ALL {
        assert!(county.citizens.iter().any(|citizen| citizen.language == language));
    }
}

#[test]
fn every_unit_has_topics_members_and_opening_hours() {
    let county = demo();
    for unit in &county.units {
        assert!((1..=7).contains(&unit.topics.len()), "{}", unit.name.en);
        assert!(unit.members.len() >= 2, "{}", unit.name.en);
        assert!(unit.members.iter().all(|member| county.professionals.get(*member).is_some()));
        assert!(unit.phone.starts_with("08 000 "));
        assert!(!unit.hours.is_empty());
        for (place, block) in unit.hours.iter().enumerate() {
            assert!((1..=7).contains(&block.weekday) && block.opens_minute < block.closes_minute);
            assert!(block.closes_minute <= 1_440);
            let is_apart = unit
                .hours
                .iter()
                .skip(place + 1)
                .all(|other| other.weekday != block.weekday || other.opens_minute > block.closes_minute);
            assert!(is_apart, "{} {block:?}", unit.name.en);
        }
    }
    let members: BTreeSet<usize> = county.units.iter().flat_map(|unit| unit.members.clone()).collect();
    assert_eq!(members.len(), county.professionals.len());
}

#[test]
fn names_and_descriptions_are_told_in_three_languages() {
    let county = demo();
    let units = county.units.iter().flat_map(|unit| unit.topics.iter().chain([&unit.name]));
    let texts: Vec<&LocalText> =
        units.chain(county.personas.iter().map(|persona| &persona.description)).collect();
    for text in texts {
        assert!(Language::ALL.into_iter().all(|language| !text.text(language).trim().is_empty()));
        assert!(text.fi != text.en && text.sv != text.en, "{text:?}");
    }
}

#[test]
fn threads_refer_to_what_exists_and_their_times_are_in_order() {
    let county = demo();
    for thread in &county.threads {
        let unit = county.units.get(thread.unit).unwrap();
        assert!(county.citizens.get(thread.citizen).is_some() && unit.topics.get(thread.topic).is_some());
        assert!((1..=8).contains(&thread.messages.len()), "{thread:?}");
        assert_eq!(thread.messages.first().map(|first| first.side), Some(Side::Citizen));
        for message in &thread.messages {
            let is_from_unit = message.professional.is_some_and(|member| unit.members.contains(&member));
            assert_eq!(is_from_unit, message.side == Side::Unit, "{thread:?}");
            assert!(message.sent_at <= today() && today() - message.sent_at < Duration::days(366));
        }
        assert!(thread.messages.is_sorted_by(|one, next| one.sent_at < next.sent_at), "{thread:?}");
        let last = thread.messages.last().unwrap().sent_at;
        assert!(thread.closed_at.is_none_or(|closed| last < closed && closed <= today()), "{thread:?}");
    }
    assert!(county.threads.is_sorted_by_key(|thread| thread.messages.first().map(|first| first.sent_at)));
}

#[test]
fn each_side_has_read_what_it_answered() {
    for thread in demo().threads {
        let up_to_last_of = |side| {
            thread.messages.iter().rposition(|message| message.side == side).map_or(0, |place| place + 1)
        };
        assert!((up_to_last_of(Side::Citizen)..=thread.messages.len()).contains(&thread.citizen_has_read));
        assert!((up_to_last_of(Side::Unit)..=thread.messages.len()).contains(&thread.unit_has_read));
    }
}

#[test]
fn some_forty_wait_for_an_answer_and_none_for_more_than_a_week() {
    let county = demo();
    let waiting: Vec<&DemoThread> = county.threads.iter().filter(|thread| thread.is_waiting()).collect();
    assert!((35..=45).contains(&waiting.len()), "{}", waiting.len());
    let is_recent =
        |thread: &&DemoThread| today() - thread.messages.last().unwrap().sent_at < Duration::days(8);
    assert!(waiting.iter().all(is_recent));
    assert!(county.threads.iter().any(|thread| thread.closed_at.is_some()));
    assert!(county.threads.iter().any(|thread| thread.citizen_has_read < thread.messages.len()));
    assert!(waiting.iter().any(|thread| thread.unit_has_read < thread.messages.len()));
}

#[test]
fn messages_are_valid_whole_and_seldom_alike() {
    let county = demo();
    let texts = texts(&county);
    for text in &texts {
        assert_eq!(NewMessage::of(*text).validate(), Ok(()));
        assert!(!text.contains(['{', '}', '|', '\\']) && !text.contains("  "), "{text}");
    }
    // Thanks may be alike, letters may not.
    let letters: Vec<&&str> = texts.iter().filter(|text| text.chars().count() > 60).collect();
    let different: BTreeSet<&&&str> = letters.iter().collect();
    assert!(different.len() * 100 >= letters.len() * 95, "{} of {}", different.len(), letters.len());
}

#[test]
fn personas_have_something_to_do_and_the_first_two_meet() {
    let county = demo();
    for persona in county.personas.iter().filter(|persona| is_busy(&county, persona.person)) {
        let of_persona: Vec<&DemoThread> = match persona.person {
            DemoPerson::Citizen(place) => {
                county.threads.iter().filter(|thread| thread.citizen == place).collect()
            }
            DemoPerson::Professional(place) => {
                let is_own =
                    |thread: &&DemoThread| county.units.get(thread.unit).unwrap().members.contains(&place);
                county.threads.iter().filter(is_own).collect()
            }
        };
        assert!(of_persona.len() >= 3, "{}", persona.description.en);
        assert!(of_persona.iter().any(|thread| thread.is_waiting()), "{}", persona.description.en);
        let has_unread = |thread: &&DemoThread| match persona.person {
            DemoPerson::Citizen(_) => thread.citizen_has_read < thread.messages.len(),
            DemoPerson::Professional(_) => thread.unit_has_read < thread.messages.len(),
        };
        assert!(of_persona.iter().any(has_unread), "{}", persona.description.en);
    }
    let firsts = county.personas.iter().map(|persona| persona.person);
    let nurse = firsts.clone().find_map(|person| match person {
        DemoPerson::Professional(place) => Some(place),
        DemoPerson::Citizen(_) => None,
    });
    assert_eq!(firsts.clone().next(), Some(DemoPerson::Citizen(0)));
    let met = county.threads.iter().filter(|thread| thread.citizen == 0).flat_map(|thread| &thread.messages);
    assert!(met.into_iter().any(|message| message.professional == nurse));
}

/// Everybody but the young person, who has just begun, who acts for others, and who looks after the service.
fn is_busy(county: &DemoCounty, person: DemoPerson) -> bool {
    match person {
        DemoPerson::Citizen(place) => place < 5,
        DemoPerson::Professional(place) => {
            county.professionals.get(place).is_some_and(|one| one.roles.is_empty())
        }
    }
}

#[test]
fn a_child_a_young_person_and_an_old_one_have_somebody_to_act_for_them() {
    let county = demo();
    let ages: Vec<u32> = county
        .proxies
        .iter()
        .map(|proxy| county.citizens.get(proxy.citizen).unwrap().birth_date)
        .map(|born| today().date_naive().years_since(born).unwrap())
        .collect();
    assert_eq!(ages, [8, 14, 78]);
    assert!(county.citizens.iter().any(|citizen| citizen.is_non_disclosed));
    let roles: Vec<Role> = county.professionals.iter().flat_map(|one| one.roles.clone()).collect();
    assert_eq!(roles, [Role::PrivacyOfficer, Role::Administrator, Role::Editor]);
}

#[test]
fn events_are_past_and_to_come_and_sound_and_times_are_offered() {
    let county = demo();
    let (past, coming): (Vec<_>, Vec<_>) =
        county.events.iter().partition(|event| event.time.ends_at <= today());
    assert!(past.len() >= 2 && coming.len() >= 3);
    assert!(coming.iter().all(|event| event.time.starts_at > today()));
    for event in &county.events {
        let new = EventUpdate { content: event.content.clone(), time: event.time };
        assert_eq!(new.validate(), Ok(()), "{}", event.content.title);
        assert!(event.given_at < today() && event.given_at < event.time.starts_at);
    }
    assert!(county.slots.iter().all(|slot| slot.time.starts_at > today()));
    assert!(county.slots.iter().any(|slot| slot.citizen.is_some()));
}
