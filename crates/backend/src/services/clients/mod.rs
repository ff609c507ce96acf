//! Third-party programs: which there are, what citizens let them do, and their tokens.

mod consents;
mod registry;
mod tokens;

pub(super) use consents::forget_consents;
pub use consents::{create_consent, find_app_request, list_consents, revoke_consent};
pub use registry::{create_client, list_clients, set_secret, update_client};
pub use tokens::{Asked, Granted, Proof, exchange, revoke_token};
