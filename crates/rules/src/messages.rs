//! How a thread moves from state to state.

use omasote_types::messages::{Side, ThreadState};

/// The state of a thread after `sender` has sent a message into it, whatever it was before: nobody's message
/// disappears into a closed thread.
#[must_use]
pub const fn state_after_message(sender: Side) -> ThreadState {
    match sender {
        Side::Citizen => ThreadState::Waiting,
        Side::Unit => ThreadState::Answered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citizens_message_waits_for_the_unit_and_the_units_answers_it() {
        assert_eq!(state_after_message(Side::Citizen), ThreadState::Waiting);
        assert_eq!(state_after_message(Side::Unit), ThreadState::Answered);
    }
}
