//! What the live stream says: ids only, so that it can be sent without asking what the receiver may read.

use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, ThreadId, UnitId};

/// Something changed that the receiver may look at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Update {
    /// The stream has begun, here or again after a break: look at everything anew.
    Connected,
    /// A thread has new messages, was read or changed its state.
    ThreadChanged {
        /// The thread.
        thread_id: ThreadId,
        /// Whose it is.
        citizen_id: CitizenId,
        /// The unit that has it.
        unit_id: UnitId,
    },
}
