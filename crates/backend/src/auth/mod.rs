//! Who is calling: tokens, keys, cookies, passwords, and the extractor that makes an [`Actor`] of a request.
//!
//! Belongs here: proving who somebody is. Does not: what they may do (`policy`), or how a session is kept (`services`).

mod actor;
pub mod client_assertion;
pub mod cookies;
mod device;
mod gate;
mod identity;
mod keys;
pub mod mandates;
pub mod oidc;
pub mod passwords;
mod seal;
pub mod second_factor;
mod tokens;

pub use actor::{Actor, Caller, ThisApp, Via, request_id};
pub use device::device_of;
pub use gate::Gate;
pub use identity::{IdentityVault, SealedIdentity};
pub use keys::{SigningKeys, identity_keys, signing_keys};
pub use seal::{IdentityKeys, Seal, id_token_seal, second_factor_seal};
pub use tokens::{Claims, FeedToken, RefreshToken};
