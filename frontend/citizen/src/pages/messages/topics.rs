//! What a matter can be about, found by the words people use for it: one's own municipality first, and no need to know which
//! unit does what.

use omasote_types::ids::TopicId;
use omasote_types::language::{Language, LocalText};
use omasote_types::units::Unit;

/// Something a citizen may need, and the unit that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) topic: TopicId,
    pub(crate) name: LocalText,
    /// The unit that answers.
    pub(crate) unit: LocalText,
    municipality: String,
    words: LocalText,
    /// Whether the unit is in the citizen's own municipality.
    pub(crate) is_near: bool,
}

/// All that can be written about: what the units of `municipality` do, then what only others do, then what others do too.
pub(crate) fn needs(units: &[Unit], municipality: &str) -> Vec<Need> {
    let all = units.iter().flat_map(|unit| {
        unit.topics.iter().map(move |topic| Need {
            topic: topic.id,
            name: topic.name.clone(),
            unit: unit.name.clone(),
            municipality: unit.municipality.clone(),
            words: topic.words.clone(),
            is_near: unit.municipality == municipality,
        })
    });
    let (mut needs, far): (Vec<Need>, Vec<Need>) = all.partition(|need| need.is_near);
    let (same, others): (Vec<Need>, Vec<Need>) =
        far.into_iter().partition(|need| needs.iter().any(|near| near.name == need.name));
    needs.extend(others);
    needs.extend(same);
    needs
}

/// Whether a need is found by what was typed: each word must be close to one of its name, its words in any language, its
/// unit's name or the municipality's.
pub(crate) fn matches(need: &Need, language: Language, typed: &str) -> bool {
    let words = Language::ALL.map(|language| need.words.text(language));
    let found_in = [need.name.text(language), need.unit.text(language), &need.municipality];
    let found_in = found_in.into_iter().chain(words).collect::<Vec<_>>().join(" ").to_lowercase();
    let is_sign = |letter: char| !letter.is_alphanumeric();
    typed
        .to_lowercase()
        .split(is_sign)
        .filter(|word| !word.is_empty())
        .all(|word| found_in.contains(word) || found_in.split(is_sign).any(|known| is_form_of(word, known)))
}

/// Whether two words are forms of one: "reseptejä" of "resepti", "lääkkeet" of "lääke". They begin alike, and differ in
/// their endings only.
fn is_form_of(one: &str, other: &str) -> bool {
    let alike = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let shorter = one.chars().count().min(other.chars().count());
    alike >= 4 && alike + 2 >= shorter
}

#[cfg(test)]
mod tests {
    use omasote_types::units::Topic;

    use super::*;

    fn text(fi: &str) -> LocalText {
        LocalText { fi: fi.to_owned(), sv: fi.to_owned(), en: fi.to_owned() }
    }

    fn unit(name: &str, municipality: &str, topics: &[(&str, &str)]) -> Unit {
        let id = "00000000-0000-7000-8000-000000000001";
        let topic = |(name, words): &(&str, &str)| Topic {
            id: id.parse().unwrap(),
            unit_id: id.parse().unwrap(),
            name: text(name),
            words: text(words),
            purpose: None,
        };
        Unit {
            id: id.parse().unwrap(),
            name: text(name),
            municipality: municipality.to_owned(),
            phone: String::new(),
            hours: Vec::new(),
            exceptions: Vec::new(),
            opens_on_holidays: false,
            today: Vec::new(),
            response_minutes: None,
            promised_at: None,
            usual_minutes: None,
            topics: topics.iter().map(topic).collect(),
        }
    }

    #[test]
    fn ones_own_municipality_comes_first_and_what_it_has_elsewhere_last() {
        let units = [
            unit("Kajaanin terveysasema", "Kajaani", &[("Reseptit", ""), ("Mieliala", "")]),
            unit("Kuhmon terveysasema", "Kuhmo", &[("Reseptit", ""), ("Haavat", "")]),
        ];
        let needs = needs(&units, "Kuhmo");
        let listed: Vec<_> =
            needs.iter().map(|need| (need.name.fi.as_str(), need.municipality.as_str())).collect();
        assert_eq!(
            listed,
            [("Reseptit", "Kuhmo"), ("Haavat", "Kuhmo"), ("Mieliala", "Kajaani"), ("Reseptit", "Kajaani")]
        );
    }

    #[test]
    fn a_need_is_found_by_the_words_people_use() {
        let units =
            [unit("Terveysasema, Kuhmo", "Kuhmo", &[("Reseptin uusiminen", "resepti, lääke, apteekki")])];
        let needs = needs(&units, "Kuhmo");
        let is_found = |typed| matches(&needs[0], Language::Fi, typed);
        for typed in
            ["", "kuhmo resept", "UUSIM", "reseptit", "reseptejä", "lääkkeet", "lääkkeitä!", "apteekista"]
        {
            assert!(is_found(typed), "{typed}");
        }
        for typed in ["hammas", "reseptit sotkamo", "resume"] {
            assert!(!is_found(typed), "{typed}");
        }
    }
}
