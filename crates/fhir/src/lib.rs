//! How forms and answers map to FHIR R4: a form is a Questionnaire, answers are a QuestionnaireResponse, both ways; so do measurements and
//! Observations. And how the appointments of others are read.
//!
//! What R4 has no place for (scores, alerts, where a translation comes from, scales and pictures) goes into extensions of our
//! own, below [`OWN`]. Going out and coming back loses nothing. Of what others made, everything is either taken, named as left
//! out, or the reason why the whole does not fit: nothing is dropped in silence.
//!
//! Belongs here: JSON of FHIR and our types. Does not: whether a form makes sense (`omasote-rules`), who the parties are (the
//! server). Source: <https://hl7.org/fhir/R4/questionnaire.html>.

mod appointments;
mod export;
mod import;
mod observations;
mod reader;
mod response;

pub use appointments::{
    Appointment, AppointmentState, AppointmentTrouble, IDENTITY_CODE, Patient, appointment,
    appointment_version, called_off, is_id,
};
use chrono::NaiveDate;
pub use export::questionnaire;
pub use import::form;
pub use observations::{measurement, observation};
use omasote_types::language::Language;
use omasote_types::questionnaires::Form;
pub use response::{answers, response};

/// Where our own extensions are described.
pub const OWN: &str = "https://omasote.fi/fhir/StructureDefinition/";

/// The extensions that are used, by name.
mod urls {
    pub(crate) const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";
    pub(crate) const ORDINAL: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
    pub(crate) const MIN: &str = "http://hl7.org/fhir/StructureDefinition/minValue";
    pub(crate) const MAX: &str = "http://hl7.org/fhir/StructureDefinition/maxValue";
    pub(crate) const DECIMALS: &str = "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces";
    pub(crate) const UNIT: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
    pub(crate) const SOURCE: &str = "https://omasote.fi/fhir/StructureDefinition/questionnaire-source";
    pub(crate) const ATTRIBUTION: &str =
        "https://omasote.fi/fhir/StructureDefinition/questionnaire-attribution";
    pub(crate) const LANGUAGES: &str =
        "https://omasote.fi/fhir/StructureDefinition/questionnaire-translations";
    pub(crate) const SCORE: &str = "https://omasote.fi/fhir/StructureDefinition/questionnaire-score";
    pub(crate) const ALERT: &str = "https://omasote.fi/fhir/StructureDefinition/questionnaire-alert";
    pub(crate) const HELP: &str = "https://omasote.fi/fhir/StructureDefinition/questionnaire-help";
    pub(crate) const SCALE: &str = "https://omasote.fi/fhir/StructureDefinition/questionnaire-scale";
    pub(crate) const PICTURES: &str =
        "https://omasote.fi/fhir/StructureDefinition/questionnaire-image-choice";
    pub(crate) const PICTURE: &str = "https://omasote.fi/fhir/StructureDefinition/questionnaire-picture";
    pub(crate) const SHOW_WHEN: &str = "https://omasote.fi/fhir/StructureDefinition/questionnaire-show-when";
    pub(crate) const UCUM: &str = "http://unitsofmeasure.org";
}

/// What a Questionnaire says of itself besides the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its canonical address, without the version.
    pub url: String,
    /// Its version.
    pub version: String,
    /// Whether it is to be used.
    pub status: Status,
    /// When this version was published.
    pub date: Option<NaiveDate>,
}

/// Whether a Questionnaire is to be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Status {
    /// It is still being made.
    Draft,
    /// It is used.
    Active,
    /// It is no longer used.
    Retired,
    /// Nothing is known.
    #[default]
    Unknown,
}

impl Status {
    const ALL: [Self; 4] = [Self::Draft, Self::Active, Self::Retired, Self::Unknown];

    const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Retired => "retired",
            Self::Unknown => "unknown",
        }
    }
}

/// A Questionnaire that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The form. Whether it makes sense is for the rules to say.
    pub form: Form,
    /// What it says of itself.
    pub header: Header,
    /// The language of the texts that name none.
    pub language: Language,
    /// What has no place here and does not change what is asked, such as a publisher or a mapping to a data element.
    pub left_out: Vec<Reason>,
}

/// Something that is not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Where: the link id of the item, or empty for the whole.
    pub link_id: String,
    /// The element or the extension, as FHIR names it.
    pub element: String,
    /// Why.
    pub why: Why,
}

/// Why something is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// It is not the resource that was expected.
    WrongResource,
    /// It is missing, or not of its form.
    Malformed,
    /// There is no place for such an element.
    NoPlace,
    /// There is no place for such an extension.
    UnknownExtension,
    /// Items of this type cannot be asked.
    ItemType,
    /// A question cannot have items inside it.
    ItemsInQuestion,
    /// Only a choice can have several answers.
    Repeats,
    /// The options are in a value set that did not come with it.
    ValueSetElsewhere,
    /// It has more decimals than are kept, or is too large.
    Precision,
    /// There is no such way to compare here, or not with such a value.
    Comparison,
    /// The text is in a language that the service does not have.
    Language,
    /// It is larger than a form may be, or a name has characters that it may not.
    Size,
    /// The form has no such question.
    UnknownQuestion,
    /// The answer is of another type than the question's.
    WrongType,
}

#[cfg(test)]
mod tests;
