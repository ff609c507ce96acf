//! The questionnaires that come with Omasote, as data: one file each, with what may be done with it.
//!
//! Belongs here: their content, and reading it. Does not: what a form means (`omasote-rules`), or keeping forms (the server).
//! The apps get forms from the server and carry none of this.

use omasote_types::questionnaires::Form;

/// A questionnaire that comes with Omasote.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// Its name, which does not change.
    pub name: &'static str,
    content: &'static str,
}

impl Shipped {
    /// What it holds.
    ///
    /// # Errors
    /// When its file is broken; the tests see to it that none is.
    pub fn form(&self) -> serde_json::Result<Form> {
        serde_json::from_str(self.content)
    }
}

/// Every questionnaire that comes with Omasote and is free to use, also for pay.
pub const FREE: [Shipped; 5] = [
    Shipped { name: "pre-visit", content: include_str!("../content/pre_visit.json") },
    Shipped { name: "pain", content: include_str!("../content/pain.json") },
    Shipped { name: "phq-9", content: include_str!("../content/phq_9.json") },
    Shipped { name: "gad-7", content: include_str!("../content/gad_7.json") },
    Shipped { name: "findrisc", content: include_str!("../content/findrisc.json") },
];

/// The World Health Organization's, which may not be used for commercial purposes: see `content/audit/NOTICE.md`.
pub const NOT_COMMERCIAL: [Shipped; 2] = [
    Shipped { name: "audit", content: include_str!("../content/audit/audit.json") },
    Shipped { name: "audit-c", content: include_str!("../content/audit/audit_c.json") },
];

/// What tasks that are no questionnaires are answered with: they are given with such a task, and not by themselves.
pub const OF_TASKS: [Shipped; 2] = [
    Shipped { name: GUIDE_READ, content: include_str!("../content/guide_read.json") },
    Shipped { name: DOCUMENT, content: include_str!("../content/document.json") },
];
/// Whether a guide was clear.
pub const GUIDE_READ: &str = "guide-read";
/// How a document is brought.
pub const DOCUMENT: &str = "document";

/// Every questionnaire that comes with Omasote.
pub fn all() -> impl Iterator<Item = Shipped> {
    FREE.into_iter().chain(NOT_COMMERCIAL).chain(OF_TASKS)
}

#[cfg(test)]
mod tests;
