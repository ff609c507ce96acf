//! Third-party programs, what citizens let them do, and the codes and assertions that were taken.

mod consents;
mod registry;

pub use consents::{
    Code, GivenConsent, KnownCode, delete_codes_before, delete_consents, find_code, find_consent,
    insert_code, insert_consent, list_consents, open_code, revoke, take_code,
};
pub use registry::{
    KnownClient, delete_assertions_before, find, insert, list, list_sessions, list_sessions_for,
    list_sessions_of_consent, set_secret, take_assertion, update,
};
