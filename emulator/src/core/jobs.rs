//! Runs tasks when they are due.

use getstream_users::model::Timestamp;

use crate::core::operation::{activation, deletion, export};
use crate::core::state::{Due, End, Job, World};

/// Runs all tasks that are due, each with the time at which it was due. Tasks have no thread: this is called before
/// every request, and the request finds them done.
pub(crate) fn catch_up(world: &mut World, now: Timestamp) {
    world.now = now;
    while let Some(due) = world.tasks.next_due(now) {
        let end = run(world, &due);
        world.tasks.end(&due.id, end);
    }
}

/// Does the work of one task.
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
