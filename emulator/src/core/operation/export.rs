//! Exporting users: a single user at once, many in a task that writes a file.
//!
//! Where sources are silent: exporting an unknown or deleted user fails, with an error or in the task. There is no chat
//! here, so messages and reactions are empty.

use getstream_users::model::{
    CustomData, ErrorResult, ExportUserResponse, ExportUsersRequest, ExportUsersResponse, UserResponse,
};
use serde::Serialize;

use super::validate;
use crate::core::caller::Caller;
use crate::core::event::Content;
use crate::core::failure::{Code, Failure};
use crate::core::state::{Due, End, Job, World};
use crate::core::view;
use crate::core::wire::{Call, Cause, DURATION, Outcome};

/// The error for users. The text is from an SDK test.
pub(crate) const SERVER_SIDE_ONLY: &str = "users can only be exported server side";

/// The most users in one file.
const MAX_EXPORT: usize = 25;

/// The path of files, without the file's name. An SDK test looks for the middle part.
pub(crate) const FILES: &str = "/exports/users/";

/// `ExportUser`.
pub(crate) fn export_one(world: &mut World, call: &Call<'_>) -> Outcome {
    let Exported { user, messages, reactions } = exported(world, call.subject)?;
    call.reply(&ExportUserResponse {
        user: Some(user),
        messages: Some(messages),
        reactions: Some(reactions),
        duration: DURATION.to_owned(),
    })
}

/// `ExportUsers`.
pub(crate) fn export_many(world: &mut World, call: &Call<'_>) -> Outcome {
    let ExportUsersRequest { user_ids } =
        ExportUsersRequest { user_ids: validate::user_ids(&mut call.body()?, MAX_EXPORT)? };
    let task_id = world.start_task(Job::Export { user_ids, origin: call.request.origin.clone() }, call.now);
    call.reply(&ExportUsersResponse { task_id, duration: DURATION.to_owned() })
}

/// A user in an export.
#[derive(Debug, Serialize)]
struct Exported {
    user: UserResponse,
    messages: Vec<CustomData>,
    reactions: Vec<CustomData>,
}

/// The content of a file.
#[derive(Debug, Serialize)]
struct ExportFile {
    users: Vec<Exported>,
}

fn exported(world: &World, user_id: &str) -> Result<Exported, Failure> {
    let user = view::brief(world, &Caller::Server, world.users.undeleted(user_id)?);
    Ok(Exported { user, messages: Vec::new(), reactions: Vec::new() })
}

/// The task of `ExportUsers`. The event that it is finished is due at the end of the task.
pub(crate) fn run_export(world: &mut World, due: &Due, user_ids: &[String], origin: &str) -> End {
    let (event, name, content, end) = match file(world, user_ids) {
        Ok(content) => {
            let name = format!("{}.json", world.ids.uuid());
            let url = format!("{origin}{FILES}{name}");
            world.exports.add(name, content);
            let result = CustomData::from_iter([("url".to_owned(), url.as_str().into())]);
            ("export.users.success", "url", url, End::Completed(result))
        }
        Err(failure) => {
            let error = ErrorResult {
                r#type: "ExportUsersError".to_owned(),
                description: failure.reason.clone(),
                stacktrace: None,
                version: None,
            };
            ("export.users.error", "error", failure.reason, End::Failed(error))
        }
    };
    world.announce(event, Cause::task(due.ends_at), |_| {
        vec![
            ("task_id", due.id.as_str().into()),
            (name, content.as_str().into()),
            ("started_at", Content::Time(due.at)),
            ("finished_at", Content::Time(due.ends_at)),
        ]
    });
    end
}

fn file(world: &World, user_ids: &[String]) -> Result<String, Failure> {
    let users = user_ids.iter().map(|id| exported(world, id)).collect::<Result<_, _>>()?;
    Ok(serde_json::to_string(&ExportFile { users })?)
}

/// Serves a file. The URL is the only credential, as with Stream's storage.
pub(crate) fn download(world: &mut World, call: &Call<'_>) -> Outcome {
    let file = world.exports.get(call.subject).map(|file| file.as_bytes().to_vec());
    file.ok_or_else(|| Failure::new(Code::DoesNotExist, format!("there is no export \"{}\"", call.subject)))
}
