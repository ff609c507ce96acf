//! One call of an operation: who makes it, and the line that will tell of it.

use chrono::NaiveDate;
use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::ids::{AccessId, CitizenId};
use uuid::Uuid;

use crate::auth::Actor;
use crate::policy::Limits;
use crate::repos::audit::Line;
use crate::repos::care::Standing;

/// A call of one operation.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who makes it.
    pub actor: Actor,
    /// How long rights last.
    pub limits: Limits,
    operation: &'static str,
    now: Instant,
    line: Option<Line>,
}

impl Call {
    /// A call of which nothing is noted yet. `operation` is the operation's `operationId`.
    #[must_use]
    pub const fn new(actor: Actor, operation: &'static str, limits: Limits, now: Instant) -> Self {
        Self { actor, limits, operation, now, line: None }
    }

    /// When it is made.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// Today in Finland.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&chrono_tz::Europe::Helsinki).date_naive()
    }

    /// Notes what was let through or refused. An operation that asks more than once has one line, of the last answer.
    pub(crate) fn note(&mut self, action: AccessAction, ground: AccessGround) -> &mut Line {
        let subjects = self.line.take().map(|line| line.subjects).unwrap_or_default();
        self.line.insert(Line {
            id: AccessId::at(self.now),
            at: self.now,
            actor: Some(self.actor.person),
            title: None,
            unit: None,
            action,
            operation: self.operation.to_owned(),
            resource: None,
            ground,
            session: self.actor.session,
            request: self.actor.request,
            subjects,
            client: self.actor.via.map(|via| via.client),
            reason: None,
        })
    }

    /// Adds the citizens that a list showed something of.
    pub fn showed(&mut self, citizens: impl Iterator<Item = CitizenId>) {
        if let Some(line) = &mut self.line {
            line.subjects.extend(citizens);
        }
    }

    /// Adds the reason that was written down for it.
    pub fn because(&mut self, reason: &str) {
        if let Some(line) = &mut self.line {
            line.reason = Some(reason.to_owned());
        }
    }

    /// Nothing was done that anybody but the actor will see, and nothing shown that the actor did not write: no line tells of it.
    pub fn leaves_no_line(&mut self) {
        self.line = None;
    }

    /// The line becomes that of a break-glass access: the citizen finds it with its reason.
    pub(crate) fn broke_glass(&mut self, citizen: CitizenId, reason: &str, standing: Option<&Standing>) {
        self.note(AccessAction::Write, AccessGround::Emergency).by(standing).of(citizen);
        self.because(reason);
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

    /// As what a professional did it, and for which unit.
    pub(crate) fn by(&mut self, standing: Option<&Standing>) -> &mut Self {
        self.title = standing.map(|standing| standing.title.clone());
        self.unit = standing.map(|standing| standing.unit);
        self
    }
}
