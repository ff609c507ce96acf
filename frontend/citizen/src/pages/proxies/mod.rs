//! Acting for another: who may act for the citizen, for whom the citizen may, and the frame while they do.

mod ending;
mod frame;
mod invite;
mod own;
mod represented;
mod suomi_fi;

pub(crate) use frame::frame;
pub(super) use own::ProxiesPage;
pub(super) use represented::RepresentedPage;
