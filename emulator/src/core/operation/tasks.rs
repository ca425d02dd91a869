//! Asking for tasks.

use getstream_users::model::GetTaskResponse;

use crate::core::failure::{Code, Failure};
use crate::core::state::World;
use crate::core::wire::{Call, DURATION, Outcome, reply};

/// `GetTask`. The text for an unknown one is that of an SDK test.
pub(crate) fn get(world: &mut World, call: &Call<'_>) -> Outcome {
    let task = world.tasks.describe(call.subject, call.now);
    let task =
        task.ok_or_else(|| Failure::new(Code::DoesNotExist, format!("Can't find task with id \"{}\"", call.subject)))?;
    reply(&GetTaskResponse { duration: DURATION.to_owned(), ..task })
}
