//! One call of an operation: who makes it, and the line that will tell of it.

use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::ids::{AccessId, CitizenId, UnitId};
use uuid::Uuid;

use crate::auth::Actor;
use crate::repos::audit::Line;

/// A call of one operation.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who makes it.
    pub actor: Actor,
    operation: &'static str,
    now: Instant,
    line: Option<Line>,
}

impl Call {
    /// A call of which nothing is noted yet. `operation` is the operation's `operationId`.
    #[must_use]
    pub const fn new(actor: Actor, operation: &'static str, now: Instant) -> Self {
        Self { actor, operation, now, line: None }
    }

    /// When it is made.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// Notes what was let through or refused. An operation that asks more than once has one line, of the last answer.
    pub(crate) fn note(&mut self, action: AccessAction, ground: AccessGround) -> &mut Line {
        let subjects = self.line.take().map(|line| line.subjects).unwrap_or_default();
        self.line.insert(Line {
            id: AccessId::at(self.now),
            at: self.now,
            actor: self.actor.person,
            title: None,
            unit: None,
            action,
            operation: self.operation.to_owned(),
            resource: None,
            ground,
            session: self.actor.session,
            request: self.actor.request,
            subjects,
        })
    }

    /// Adds the citizens that a list showed something of.
    pub fn showed(&mut self, citizens: impl Iterator<Item = CitizenId>) {
        if let Some(line) = &mut self.line {
            line.subjects.extend(citizens);
        }
    }

    /// The line to be kept; none when no citizen was concerned.
    pub(super) fn into_line(self) -> Option<Line> {
        let mut line = self.line?;
        line.subjects.sort_unstable();
        line.subjects.dedup();
        (!line.subjects.is_empty()).then_some(line)
    }
}

impl Line {
    /// Whom it tells of.
    pub(crate) fn of(&mut self, citizen: CitizenId) -> &mut Self {
        self.subjects.push(citizen);
        self
    }

    /// What it was done with.
    pub(crate) fn with(&mut self, resource: Uuid) -> &mut Self {
        self.resource = Some(resource);
        self
    }

    /// As what the professional did it, and for which unit.
    pub(crate) fn by(&mut self, title: String, unit: UnitId) -> &mut Self {
        self.title = Some(title);
        self.unit = Some(unit);
        self
    }
}
