//! Where a citizen stands with a kind: what the lists of those who are out of their targets show. Kept with each measurement and equal
//! to what counting all of them anew would give.

use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::ids::MeasurementId;
use omasote_types::measurements::{Component, TargetState};

/// A measurement as a standing takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// When it was taken, and which it is: the order of a citizen's measurements of a kind.
    pub place: (Instant, MeasurementId),
    /// How it stands.
    pub state: TargetState,
    /// Which number is out, and by how much.
    pub deviation: Option<(Component, Decimal)>,
}

/// Where a citizen stands with a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The newest measurement.
    pub latest: Step,
    /// When the first of those was taken that are out of the target without a break until the newest; none when that is in.
    pub out_since: Option<Instant>,
    /// How many those are.
    pub out_count: u32,
    /// How many measurements there are.
    pub count: u32,
}

impl Standing {
    /// Where the citizen stands after a measurement that is newer than all before.
    #[must_use]
    pub fn after(before: Option<Self>, step: Step) -> Self {
        let count = before.map_or(0, |standing| standing.count).saturating_add(1);
        if !step.state.is_out() {
            return Self { latest: step, out_since: None, out_count: 0, count };
        }
        let run = before.and_then(|standing| standing.out_since.map(|since| (since, standing.out_count)));
        let (out_since, out_count) = run.unwrap_or((step.place.0, 0));
        Self { latest: step, out_since: Some(out_since), out_count: out_count.saturating_add(1), count }
    }

    /// The same of all measurements, the oldest first. None when there is none.
    #[must_use]
    pub fn of(steps: impl IntoIterator<Item = Step>) -> Option<Self> {
        steps.into_iter().fold(None, |standing, step| Some(Self::after(standing, step)))
    }
}
