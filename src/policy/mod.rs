//! What a response means and what to do about it.
//!
//! Values in, decision out: nothing here reads a clock, waits or sends, so every rule is tested as a table.

mod failure;
mod retry;
mod task;

pub use failure::{Failure, Outcome, Problem, explain, outcome_of_all};
pub use retry::{Attempt, Budget, MAX_REFRESHES, Next, next};
pub use task::{Polling, Step, TaskView, next_step};
