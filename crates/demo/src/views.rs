//! The saved views of units.

use omasote_types::language::LocalText;
use omasote_types::messages::HolderFilter;
use omasote_types::views::Narrowing;

use crate::model::DemoView;

/// What nobody has taken of a unit's first topic, and what is said about prescriptions.
pub(crate) fn of_unit(topics: &[LocalText]) -> Vec<DemoView> {
    let first = topics.first().map(|topic| DemoView {
        name: format!("Vapaat: {}", topic.fi),
        shows: Narrowing { holder: Some(HolderFilter::Free), ..Narrowing::default() },
        topic: Some(0),
    });
    let words = DemoView {
        name: "Sana: resepti".to_owned(),
        shows: Narrowing { text: Some("resepti".to_owned()), ..Narrowing::default() },
        topic: None,
    };
    first.into_iter().chain([words]).collect()
}
