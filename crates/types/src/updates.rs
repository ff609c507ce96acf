//! What the live stream says: ids only, so that it can be sent without asking what the receiver may read.

use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, ProfessionalId, ThreadId, UnitId};

/// Something changed that the receiver may look at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "Flat")]
pub enum Update {
    /// The stream has begun, here or again after a break: look at everything anew.
    Connected,
    /// Nothing has changed: the stream is alive. Comes every 20 seconds when nothing else does.
    Alive,
    /// A thread has new messages, was read or changed its state.
    ThreadChanged {
        /// The thread.
        #[serde(rename = "threadId")]
        thread_id: ThreadId,
        /// Whose it is.
        #[serde(rename = "citizenId")]
        citizen_id: CitizenId,
        /// The unit that has it.
        #[serde(rename = "unitId")]
        unit_id: UnitId,
    },
    /// A task or an event of a citizen is new or has changed.
    AgendaChanged {
        /// Whose it is.
        #[serde(rename = "citizenId")]
        citizen_id: CitizenId,
        /// The unit that has it.
        #[serde(rename = "unitId")]
        unit_id: UnitId,
    },
    /// A citizen's measurements or targets have changed; the citizen hears it.
    MeasurementsChanged {
        /// Whose they are.
        #[serde(rename = "citizenId")]
        citizen_id: CitizenId,
    },
    /// A professional is writing an answer; their colleagues hear it, citizens do not.
    Typing {
        /// The thread.
        #[serde(rename = "threadId")]
        thread_id: ThreadId,
        /// The unit that has it.
        #[serde(rename = "unitId")]
        unit_id: UnitId,
        /// Who writes.
        #[serde(rename = "professionalId")]
        professional_id: ProfessionalId,
    },
}

/// Every field an update may have. Serde reads a tagged enum through a copy of the whole value; this is a good deal
/// less code for a browser to load.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Flat {
    kind: Kind,
    thread_id: Option<ThreadId>,
    citizen_id: Option<CitizenId>,
    unit_id: Option<UnitId>,
    professional_id: Option<ProfessionalId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Connected,
    Alive,
    ThreadChanged,
    AgendaChanged,
    MeasurementsChanged,
    Typing,
}

impl TryFrom<Flat> for Update {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        match (flat.kind, flat.thread_id, flat.citizen_id, flat.unit_id) {
            (Kind::Connected, ..) => Ok(Self::Connected),
            (Kind::Alive, ..) => Ok(Self::Alive),
            (Kind::ThreadChanged, Some(thread_id), Some(citizen_id), Some(unit_id)) => {
                Ok(Self::ThreadChanged { thread_id, citizen_id, unit_id })
            }
            (Kind::AgendaChanged, _, Some(citizen_id), Some(unit_id)) => {
                Ok(Self::AgendaChanged { citizen_id, unit_id })
            }
            (Kind::MeasurementsChanged, _, Some(citizen_id), _) => {
                Ok(Self::MeasurementsChanged { citizen_id })
            }
            (Kind::Typing, Some(thread_id), _, Some(unit_id)) => match flat.professional_id {
                Some(professional_id) => Ok(Self::Typing { thread_id, unit_id, professional_id }),
                None => Err("an update without its ids"),
            },
            (Kind::ThreadChanged | Kind::AgendaChanged | Kind::MeasurementsChanged | Kind::Typing, ..) => {
                Err("an update without its ids")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_is_read_as_it_is_written() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let changed = Update::ThreadChanged {
            thread_id: id.parse().unwrap(),
            citizen_id: id.parse().unwrap(),
            unit_id: id.parse().unwrap(),
        };
        let typing = Update::Typing {
            thread_id: id.parse().unwrap(),
            unit_id: id.parse().unwrap(),
            professional_id: id.parse().unwrap(),
        };
        let agenda = Update::AgendaChanged { citizen_id: id.parse().unwrap(), unit_id: id.parse().unwrap() };
        let measured = Update::MeasurementsChanged { citizen_id: id.parse().unwrap() };
        for update in [Update::Connected, Update::Alive, changed, agenda, measured, typing] {
            let written = serde_json::to_string(&update).unwrap();
            assert!(!written.contains("_id"), "fields are in camel case: {written}");
            assert_eq!(serde_json::from_str::<Update>(&written).unwrap(), update);
        }
        assert!(serde_json::from_str::<Update>(r#"{"kind": "thread_changed"}"#).is_err());
    }
}
