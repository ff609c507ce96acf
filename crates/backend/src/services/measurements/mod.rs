//! Home measurements: keeping and striking them, targets, and what is counted of them.

mod counting;
mod exchange;
mod reading;
mod recording;
mod standing;
mod targets;

pub use counting::summarize;
pub use exchange::{export, import};
pub use reading::{list, list_points, overview};
pub use recording::{record, record_many, strike};
pub use targets::{list_targets, set_target};
