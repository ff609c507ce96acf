//! What a matter can be about, in the order that helps to find it: one's own municipality first.

use omasote_types::language::Language;
use omasote_types::units::{Topic, Unit};

/// The topics of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TopicGroup {
    pub(crate) unit: Unit,
    pub(crate) is_near: bool,
}

/// Units that can be written to, those of `municipality` first.
pub(crate) fn groups(units: &[Unit], municipality: &str) -> Vec<TopicGroup> {
    let with_topics = || units.iter().filter(|unit| !unit.topics.is_empty());
    let near = with_topics().filter(|unit| unit.municipality == municipality);
    let far = with_topics().filter(|unit| unit.municipality != municipality);
    let group = |is_near| move |unit: &Unit| TopicGroup { is_near, unit: unit.clone() };
    near.map(group(true)).chain(far.map(group(false))).collect()
}

/// Whether a topic is found by what was typed: every word must be in its name, its unit's or the municipality's.
pub(crate) fn matches(unit: &Unit, topic: &Topic, language: Language, typed: &str) -> bool {
    let found_in = [topic.name.text(language), unit.name.text(language), &unit.municipality];
    let found_in = found_in.join(" ").to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| found_in.contains(word))
}

#[cfg(test)]
mod tests {
    use omasote_types::language::LocalText;

    use super::*;

    fn text(fi: &str) -> LocalText {
        LocalText { fi: fi.to_owned(), sv: fi.to_owned(), en: fi.to_owned() }
    }

    fn unit(name: &str, municipality: &str) -> Unit {
        let id = "00000000-0000-7000-8000-000000000001";
        let topic = Topic {
            id: id.parse().unwrap(),
            unit_id: id.parse().unwrap(),
            name: text("Reseptin uusiminen"),
            purpose: None,
        };
        Unit {
            id: id.parse().unwrap(),
            name: text(name),
            municipality: municipality.to_owned(),
            phone: String::new(),
            hours: Vec::new(),
            topics: vec![topic],
        }
    }

    #[test]
    fn units_of_ones_own_municipality_come_first() {
        let units = [unit("Kajaanin terveysasema", "Kajaani"), unit("Kuhmon terveysasema", "Kuhmo")];
        let groups = groups(&units, "Kuhmo");
        assert_eq!(groups[0].unit.municipality, "Kuhmo");
        assert!(groups[0].is_near && !groups[1].is_near);
    }

    #[test]
    fn a_topic_is_found_by_parts_of_words_in_any_order() {
        let unit = unit("Kuhmon terveysasema", "Kuhmo");
        let is_found = |typed| matches(&unit, &unit.topics[0], Language::Fi, typed);
        assert!(is_found("") && is_found("kuhmo resept") && is_found("UUSIM"));
        assert!(!is_found("hammas"));
    }
}
