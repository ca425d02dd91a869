//! Asking for tasks, and doing what they are for.

use getstream_users::model::Timestamp;

use super::{activation, deletion, export};
use crate::core::state::{Due, End, Job, World};
use crate::core::wire::{Call, Code, Failure, Outcome, reply};

impl World {
    /// Brings the app to the present: does what tasks were to do until now. Tasks have no thread of their own: whoever asks
    /// next finds them done, with the times at which they were due.
    pub(crate) fn catch_up(&mut self, now: Timestamp) {
        self.now = now;
        while let Some(due) = self.tasks.next_due(now) {
            let end = run(self, &due);
            self.tasks.end(&due.id, end);
        }
    }
}

/// Does a task's work.
fn run(world: &mut World, due: &Due) -> End {
    match &due.job {
        Job::Deactivate { user_ids, created_by_id } => {
            activation::run_deactivation(world, user_ids, created_by_id.as_deref(), due.at)
        }
        Job::Reactivate { user_ids, created_by_id } => {
            activation::run_reactivation(world, user_ids, created_by_id.as_deref(), due.at)
        }
        Job::Delete { user_ids, unknown } => deletion::run_deletion(user_ids, unknown),
        Job::Export { user_ids, origin } => export::run_export(world, due, user_ids, origin),
    }
}

/// `GetTask`. The text for an unknown one is that of an SDK test.
pub(crate) fn get(world: &mut World, call: &Call<'_>) -> Outcome {
    let task = world.tasks.describe(call.subject, call.now);
    let task =
        task.ok_or_else(|| Failure::new(Code::DoesNotExist, format!("Can't find task with id \"{}\"", call.subject)))?;
    reply(&task)
}
