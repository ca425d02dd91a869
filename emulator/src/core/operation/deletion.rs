//! Deleting and restoring users.
//!
//! Users are marked as deleted at once; the task would delete their messages and channels. A later deletion can be more
//! thorough, never less.
//!
//! Where sources are silent: unknown ids are ignored; `hard` is accepted without `hard` for messages and conversations,
//! although the documentation requires them, because Stream's own guide and SDKs send it alone. In strict mode, the
//! emulator rejects the latter, and its task reports the former. Only soft-deleted users can be restored; those who
//! were deactivated stay so. A deleted user leaves its groups for good: the documentation says that restored users have
//! no memberships.

use getstream_users::model::{
    CallDeleteMode, ConversationDeleteMode, CustomData, DeleteUsersRequest, DeleteUsersResponse, DurationResponse,
    MessageDeleteMode, Timestamp, UserDeleteMode, UserResponse,
};
use serde::Serialize;
use serde_json::Value;

use super::unique_names;
use super::validate::{self, MAX_BATCH};
use crate::core::event;
use crate::core::failure::Failure;
use crate::core::state::{End, Job, Profile, Standing, User, World};
use crate::core::view;
use crate::core::wire::parameter;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, Cause, DURATION, Outcome};

/// The modes of deleting users.
pub(crate) const USER_MODES: &[(&str, UserDeleteMode)] =
    &[("soft", UserDeleteMode::Soft), ("pruning", UserDeleteMode::Pruning), ("hard", UserDeleteMode::Hard)];

/// The modes of deleting messages.
pub(crate) const MESSAGE_MODES: &[(&str, MessageDeleteMode)] =
    &[("soft", MessageDeleteMode::Soft), ("pruning", MessageDeleteMode::Pruning), ("hard", MessageDeleteMode::Hard)];

/// `DeleteUsers`.
pub(crate) fn delete(world: &mut World, call: &Call<'_>) -> Outcome {
    let request = read_request(call.body()?)?;
    let mode = request.user.unwrap_or(UserDeleteMode::Soft);
    if mode == UserDeleteMode::Hard && !is_hard_throughout(&request) {
        if world.choices.strict {
            return Err(Failure::field("user", "can only be hard together with messages and conversations"));
        }
        world.notes.guess("a user can be hard-deleted without messages and conversations (rejected in strict mode)");
    }
    if !world.choices.strict && request.user_ids.iter().any(|id| world.users.get(id).is_none()) {
        world.notes.guess("a deletion ignores unknown ids (reported by its task in strict mode)");
    }
    let unknown = request.user_ids.iter().filter(|id| world.choices.strict && world.users.get(id).is_none());
    let unknown = unknown.cloned().collect();
    mark_deleted(world, call, &request, mode);
    let task_id = world.start_task(Job::Delete { user_ids: request.user_ids, unknown }, call.now);
    call.reply(&DeleteUsersResponse { task_id, duration: DURATION.to_owned() })
}

/// The response of [`delete_one`].
#[derive(Serialize)]
struct DeleteUserResponse {
    user: UserResponse,
    /// The task that would delete channels.
    #[serde(skip_serializing_if = "Option::is_none")]
    task_id: Option<String>,
    duration: &'static str,
}

/// `DeleteUser`, which only [`Dialect::V1`](crate::core::wire::Dialect::V1) has: deletes one user at once, with the
/// modes in the query string. A choice: a deleted user may be deleted again, more thoroughly or not.
pub(crate) fn delete_one(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut parameters = call.parameters();
    let [hard, messages, channels] = ["hard_delete", "mark_messages_deleted", "delete_conversation_channels"]
        .map(|name| parameters.optional(name, parameter::flag));
    let (hard, messages, channels) =
        (hard?.unwrap_or_default(), messages?.unwrap_or_default(), channels?.unwrap_or_default());
    let id = call.subject.to_owned();
    let user = world.users.get(&id).ok_or_else(|| Failure::unknown(&id))?;
    let shown = view::brief(world, call.caller, user);
    let mode = if hard { UserDeleteMode::Hard } else { UserDeleteMode::Soft };
    let request = DeleteUsersRequest {
        user_ids: vec![id],
        user: Some(mode),
        messages: match (hard, messages) {
            (true, _) => Some(MessageDeleteMode::Hard),
            (false, true) => Some(MessageDeleteMode::Soft),
            (false, false) => None,
        },
        conversations: match (hard, channels) {
            (_, false) => None,
            (true, true) => Some(ConversationDeleteMode::Hard),
            (false, true) => Some(ConversationDeleteMode::Soft),
        },
        ..DeleteUsersRequest::default()
    };
    mark_deleted(world, call, &request, mode);
    let deleted_at = world.users.get(call.subject).map(|user| user.updated_at);
    let user = UserResponse { deleted_at, updated_at: deleted_at.unwrap_or(shown.updated_at), ..shown };
    let job = Job::Delete { user_ids: request.user_ids, unknown: Vec::new() };
    let task_id = channels.then(|| world.start_task(job, call.now));
    call.reply(&DeleteUserResponse { user, task_id, duration: DURATION })
}

/// Marks existing users as deleted, and announces each change.
fn mark_deleted(world: &mut World, call: &Call<'_>, request: &DeleteUsersRequest, mode: UserDeleteMode) {
    for id in &request.user_ids {
        if let Some(before) = world.users.get(id).cloned() {
            let user = deleted(&before, mode, world.clock.stamp(call.now));
            let mode = user.deleted.filter(|_| user.deleted != before.deleted);
            world.users.put(user);
            world.groups.forget_user(id);
            world.devices.remove_all(id);
            world.push_preferences.shift_remove(id);
            world.locations.remove_all(id);
            if let Some(mode) = mode {
                announce(world, call.cause(), before, mode, request);
            }
        }
    }
}

fn is_hard_throughout(request: &DeleteUsersRequest) -> bool {
    request.messages == Some(MessageDeleteMode::Hard) && request.conversations == Some(ConversationDeleteMode::Hard)
}

fn read_request(mut body: Fields) -> Result<DeleteUsersRequest, Failure> {
    Ok(DeleteUsersRequest {
        user_ids: validate::user_ids(&mut body, MAX_BATCH)?,
        user: body.choice("user", USER_MODES)?,
        messages: body.choice("messages", MESSAGE_MODES)?,
        conversations: body.choice(
            "conversations",
            &[("soft", ConversationDeleteMode::Soft), ("hard", ConversationDeleteMode::Hard)],
        )?,
        calls: body.choice("calls", &[("soft", CallDeleteMode::Soft), ("hard", CallDeleteMode::Hard)])?,
        files: body.optional("files", read::flag)?,
        new_channel_owner_id: body.optional("new_channel_owner_id", read::text)?,
        new_call_owner_id: body.optional("new_call_owner_id", read::text)?,
    })
}

/// Announces that a user was deleted, or more thoroughly than before. A choice: the event has the user as it was
/// before, because a receiver has to know whom to delete.
fn announce(world: &mut World, cause: Cause<'_>, before: User, mode: UserDeleteMode, request: &DeleteUsersRequest) {
    let user = User { deleted: Some(mode), updated_at: world.clock.latest(), ..before };
    // In the documentation, an empty string means that something was not deleted.
    let or_empty = |mode: Value| if mode.is_null() { "".into() } else { mode };
    world.announce("user.deleted", cause, |world| {
        vec![
            ("user", event::user(world, &user)),
            ("delete_user", event::value(&mode).into()),
            ("delete_messages", or_empty(event::value(&request.messages)).into()),
            ("delete_conversation", or_empty(event::value(&request.conversations)).into()),
            ("delete_conversation_channels", request.conversations.is_some().into()),
            ("hard_delete", (mode == UserDeleteMode::Hard).into()),
            ("mark_messages_deleted", (request.messages == Some(MessageDeleteMode::Soft)).into()),
        ]
    });
}

/// The user after a deletion. A hard deletion leaves only the id, so that no other user can get it.
pub(crate) fn deleted(user: &User, mode: UserDeleteMode, now: Timestamp) -> User {
    let mode = user.deleted.map_or(mode, |earlier| more_thorough(earlier, mode));
    let marked = User { deleted: Some(mode), updated_at: now, ..user.clone() };
    match mode {
        UserDeleteMode::Soft => marked,
        UserDeleteMode::Pruning => User { profile: Profile::default(), ..marked },
        UserDeleteMode::Hard => User { deleted: Some(mode), ..User::new(user.id.as_str(), user.created_at) },
    }
}

fn more_thorough(one: UserDeleteMode, other: UserDeleteMode) -> UserDeleteMode {
    let rank = |mode: UserDeleteMode| match mode {
        UserDeleteMode::Soft => 0,
        UserDeleteMode::Pruning => 1,
        UserDeleteMode::Hard => 2,
    };
    if rank(one) < rank(other) { other } else { one }
}

/// The task of `DeleteUsers`. Its result has the form of SDK tests; the error for an unknown user is a choice.
pub(crate) fn run_deletion(user_ids: &[String], unknown: &[String]) -> End {
    let status = |text: &str| CustomData::from_iter([("status".to_owned(), text.into())]);
    let result = |id: &String| {
        if !unknown.contains(id) {
            return status("ok").into();
        }
        let mut result = status("error");
        result.insert("error".to_owned(), Failure::unknown(id).reason.into());
        result.into()
    };
    End::Completed(user_ids.iter().map(|id| (id.clone(), result(id))).collect())
}

/// `RestoreUsers`.
pub(crate) fn restore(world: &mut World, call: &Call<'_>) -> Outcome {
    let user_ids = validate::user_ids(&mut call.body()?, MAX_BATCH)?;
    let restored: Vec<User> =
        user_ids.iter().map(|id| restorable(world.users.get(id), id).cloned()).collect::<Result<_, _>>()?;
    let restored: Vec<User> = restored
        .into_iter()
        .map(|user| User { deleted: None, updated_at: world.clock.stamp(call.now), ..user })
        .collect();
    unique_names::check(world, &restored)?;
    restored.into_iter().for_each(|user| world.users.put(user));
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

/// The message for a user that is not deleted is from an SDK test; the other one is a choice.
fn restorable<'a>(user: Option<&'a User>, id: &str) -> Result<&'a User, Failure> {
    match user.map(|user| (user, user.standing())) {
        Some((user, Standing::Deleted(UserDeleteMode::Soft))) => Ok(user),
        Some((_, Standing::Deleted(UserDeleteMode::Pruning | UserDeleteMode::Hard))) => {
            Err(Failure::input(format!("user \"{id}\" was not deleted softly, it can't be restored")))
        }
        Some((_, Standing::Active | Standing::Deactivated)) | None => {
            Err(Failure::input(format!("user \"{id}\" is not deleted, it can't be restored")))
        }
    }
}
