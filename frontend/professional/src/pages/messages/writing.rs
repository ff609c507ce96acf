//! What stands by the field while a professional writes to a client.

use leptos::prelude::*;
use omasote_ui::drafts::Draft;

use crate::pages::templates::{Addressee, picker};

/// Makes what stands by the field.
pub(crate) fn writing_tools(to: Addressee, draft: Draft) -> AnyView {
    picker(to, draft)
}
