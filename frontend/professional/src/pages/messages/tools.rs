//! What the inbox has beside its rows. It is fetched after the first page, and as one chunk: each costs the first page a little.

use leptos::prelude::*;

use super::bulk::{Picking, pick_list};
use super::filters::{Sieve, filters};
use super::search::{Sought, found_rows, search_field};

/// A tool, and what it is for.
#[derive(Clone)]
pub(crate) enum Tool {
    /// The field to search from; what is searched for, nothing while the inbox is shown.
    Search(RwSignal<Option<String>>),
    /// Narrowing the inbox.
    Filters(Sieve),
    /// What was found.
    Found(Sought),
    /// Picking several threads, to do something with all of them.
    Bulk(Picking),
}

/// Makes a tool.
pub(crate) fn tool(tool: Tool) -> AnyView {
    match tool {
        Tool::Search(words) => search_field(words),
        Tool::Filters(sieve) => filters(sieve),
        Tool::Found(sought) => found_rows(sought),
        Tool::Bulk(picking) => pick_list(picking),
    }
}
