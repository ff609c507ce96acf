//! Reply templates: choosing one while writing, and keeping those of a unit and one's own.

mod choices;
mod form;
mod keeping;
mod picker;
mod values;

use omasote_rules::templates::Variable;
use omasote_ui::i18n::Key;

pub(crate) use choices::go;
pub(crate) use keeping::{of_unit, own};
pub(crate) use picker::picker;
pub(crate) use values::Addressee;

/// What a variable is called.
const fn name_of(variable: Variable) -> Key {
    match variable {
        Variable::ClientGivenName => Key::VARIABLE_CLIENT_GIVEN_NAME,
        Variable::ClientName => Key::VARIABLE_CLIENT_NAME,
        Variable::UnitName => Key::VARIABLE_UNIT_NAME,
        Variable::UnitPhone => Key::VARIABLE_UNIT_PHONE,
        Variable::ProfessionalName => Key::VARIABLE_PROFESSIONAL_NAME,
        Variable::ProfessionalTitle => Key::VARIABLE_PROFESSIONAL_TITLE,
        Variable::Today => Key::VARIABLE_TODAY,
    }
}
