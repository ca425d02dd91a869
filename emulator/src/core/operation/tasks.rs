//! Reading tasks.

use getstream_users::model::{CustomData, ErrorResult, GetTaskResponse, TaskStatus, Timestamp, UserResponse};
use serde::Serialize;
use serde_json::Value;

use crate::core::failure::{Code, Failure};
use crate::core::state::World;
use crate::core::wire::{Call, DURATION, Dialect, Outcome};

/// `GetTask`. The error message is from an SDK test.
pub(crate) fn get(world: &mut World, call: &Call<'_>) -> Outcome {
    let task = world.tasks.describe(call.subject, call.now);
    let task =
        task.ok_or_else(|| Failure::new(Code::DoesNotExist, format!("Can't find task with id \"{}\"", call.subject)))?;
    let task = GetTaskResponse { duration: DURATION.to_owned(), ..task };
    match call.dialect {
        Dialect::V2 => call.reply(&task),
        Dialect::V1 => call.reply(&of_users(task)?),
    }
}

/// A task whose result may contain users. Results are kept as JSON, where a user cannot be told from an object that
/// looks like one.
#[derive(Serialize)]
struct TaskOfUsers {
    task_id: String,
    status: TaskStatus,
    created_at: Timestamp,
    updated_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<ResultOfUsers>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorResult>,
    duration: String,
}

#[derive(Serialize)]
struct ResultOfUsers {
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<Vec<UserResponse>>,
    #[serde(flatten)]
    rest: CustomData,
}

fn of_users(task: GetTaskResponse) -> Result<TaskOfUsers, Failure> {
    let GetTaskResponse { task_id, status, created_at, updated_at, result, error, duration } = task;
    let result = match result {
        None => None,
        Some(mut rest) => {
            let is_list = rest.get("users").is_some_and(Value::is_array);
            let users =
                if is_list { rest.shift_remove("users").map(serde_json::from_value).transpose()? } else { None };
            Some(ResultOfUsers { users, rest })
        }
    };
    Ok(TaskOfUsers { task_id, status, created_at, updated_at, result, error, duration })
}
