//! One constant per operation, one file per resource.
//!
//! An operation is data: its name, its path, the rules of its arguments, the dates in its response. The code that runs
//! a call decides everything from that data and contains no operation's name, so a new operation is a new constant and
//! one line in the client's class.

use alloc::string::String;

mod activation;
mod answer;
mod app;
mod argument;
mod block;
mod deletion;
mod device;
mod export;
mod group;
mod guest;
mod json;
#[cfg(test)]
mod listing;
mod location;
mod moderation;
mod path;
mod request;
mod role;
mod rule;
mod task;
mod user_id;
mod users;

pub use activation::{DEACTIVATE_USER, DEACTIVATE_USERS, REACTIVATE_USER, REACTIVATE_USERS};
pub use answer::Answer;
pub use app::{GET_APP, GET_RATE_LIMITS, UPDATE_APP};
pub use argument::{Argument, Shape};
pub use block::{BLOCK_USERS, GET_BLOCKED_USERS, UNBLOCK_USERS};
pub use deletion::{DELETE_USERS, RESTORE_USERS};
pub use device::{CREATE_DEVICE, DELETE_DEVICE, LIST_DEVICES, UPDATE_PUSH_NOTIFICATION_PREFERENCES};
pub use export::{EXPORT_USER, EXPORT_USERS};
pub use group::{
    ADD_USER_GROUP_MEMBERS, CREATE_USER_GROUP, DELETE_USER_GROUP, GET_USER_GROUP, LIST_USER_GROUPS,
    REMOVE_USER_GROUP_MEMBERS, SEARCH_USER_GROUPS, UPDATE_USER_GROUP,
};
pub use guest::CREATE_GUEST;
pub use json::check as check_json;
pub use location::{GET_USER_LIVE_LOCATIONS, UPDATE_LIVE_LOCATION};
pub use moderation::{
    BAN, CHAT_QUERY_BANNED_USERS, FLAG, MUTE, QUERY_BANNED_USERS, QUERY_FUTURE_CHANNEL_BANS, SEND_USER_CUSTOM_EVENT,
    UNBAN, UNMUTE,
};
pub use path::{Path, encode_component};
pub use request::REQUEST;
pub use role::{CREATE_ROLE, DELETE_ROLE, GET_PERMISSION, LIST_PERMISSIONS, LIST_ROLES, SEARCH_ROLES};
pub use rule::{Rule, check_call_cids};
pub use task::GET_TASK;
pub use user_id::{all_valid, check_new_id};
pub use users::{QUERY_USERS, REVOKE_USER_TOKEN, REVOKE_USER_TOKENS, UPDATE_USERS, UPDATE_USERS_PARTIAL, UPSERT_USERS};

use crate::error::Error;

/// An operation of the API.
#[derive(Debug)]
pub struct Operation {
    /// The method's name in JavaScript, which error messages begin with.
    pub method_name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with at most one `{parameter}`, which is the argument's field of that name.
    pub path: Path<'static>,
    /// Where the argument goes.
    pub input: Input,
    /// The fields of the argument that go into the query and not into the body, in this order, separated by commas.
    pub query: &'static str,
    /// Whether the argument may be left out.
    pub optional: bool,
    /// The rules of the argument.
    pub rules: &'static [Rule],
    /// Whether no token is needed. The request is then sent without a user's token, even if the client has one.
    pub public: bool,
    /// Whether running it twice has the same effect as running it once. Reads need not set it.
    pub idempotent: bool,
    /// The model of the response, or one with the same dates.
    pub result: Answer,
}

/// What most operations have in common.
const USUAL: Operation = Operation {
    method_name: "",
    method: Method::Post,
    path: Path::parse(""),
    input: Input::Body,
    query: "",
    optional: false,
    rules: &[],
    public: false,
    idempotent: false,
    result: Answer::Dateless,
};

/// The HTTP methods of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Does something.
    Post,
    /// Changes a part of something.
    Patch,
    /// Replaces something.
    Put,
    /// Deletes something.
    Delete,
}

impl Method {
    /// The method's name in the request.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Where an operation's argument goes, beside path and query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// There is none: the method only takes options.
    Nothing,
    /// Nowhere: path and query contain all of it.
    Url,
    /// Into the JSON body, without the fields in path and query.
    Body,
    /// An array of users, into a JSON body with each user under its id.
    Users,
    /// The users whose tokens are revoked, into a JSON body of partial updates.
    Revocation,
    /// Its `query` into the query and its `body` into the JSON body; its `method` and `path` are the request's.
    Request,
}

impl Operation {
    /// Whether it may be sent again if it is unknown whether it ran.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.idempotent || self.method == Method::Get
    }

    /// Checks an argument before anything is sent.
    ///
    /// # Errors
    /// The first broken rule, with the method, the field, the problem and what to do.
    pub fn check<A: Argument>(&self, argument: &A) -> Result<(), Error> {
        // If no field is required, no rule would notice that the argument is not an object.
        let whole = if self.optional && !argument.is_absent() { rule::check_object(argument) } else { Ok(()) };
        whole
            .and_then(|()| self.rules.iter().try_for_each(|rule| rule.check(argument)))
            .map_err(|error| self.explain(argument, error))
    }

    /// The path's parameter from the argument, encoded; `None` if the path has none.
    ///
    /// # Errors
    /// If the parameter is missing, not a string, empty, or `.` or `..`.
    pub fn segment<A: Argument>(&self, argument: &A) -> Result<Option<String>, Error> {
        let Some(name) = self.path.parameter() else { return Ok(None) };
        rule::required_text(&argument.get(name))
            .map_err(|error| error.inside(name))
            .and_then(|id| path::encode_segment(name, &id))
            .map(Some)
            .map_err(|error| self.explain(argument, error))
    }

    /// Completes an error. If the argument is no object at all, the message says that instead. It is only checked here,
    /// because a valid call needs no such check.
    fn explain<A: Argument>(&self, argument: &A, error: Error) -> Error {
        let error = match self.input {
            Input::Users => error,
            _ => rule::check_object(argument).err().unwrap_or(error),
        };
        error.in_method(self.method_name)
    }

    /// Finds the first value that JSON cannot represent. It is called after the engine failed to encode the argument,
    /// or after a faster check has failed.
    ///
    /// # Errors
    /// The path of that value, and the problem.
    pub fn check_json<A: Argument>(&self, argument: &A) -> Result<(), Error> {
        let checked = if self.input == Input::Users {
            check_json("users", argument)
        } else {
            // An argument with its own `toJSON` would be sent as something else than was checked.
            check_json("", argument).and_then(|()| rule::check_object(argument))
        };
        checked.map_err(|error| error.in_method(self.method_name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_run_twice_leaves_the_same_and_succeeds_the_second_time() {
        let repeatable: [&Operation; 13] = [
            &GET_APP,
            &LIST_ROLES,
            &QUERY_BANNED_USERS,
            &BLOCK_USERS,
            &UPDATE_USER_GROUP,
            &ADD_USER_GROUP_MEMBERS,
            &CREATE_DEVICE,
            &UPDATE_PUSH_NOTIFICATION_PREFERENCES,
            &UPDATE_LIVE_LOCATION,
            &UPDATE_APP,
            &BAN,
            &UNMUTE,
            &REVOKE_USER_TOKENS,
        ];
        for operation in repeatable {
            assert!(operation.is_repeatable(), "{}", operation.method_name);
        }
        // Running these twice creates a second group or event, or fails because the object is already deleted or
        // created.
        let others: [&Operation; 8] = [
            &CREATE_USER_GROUP,
            &DELETE_USER_GROUP,
            &CREATE_ROLE,
            &DELETE_ROLE,
            &DELETE_DEVICE,
            &FLAG,
            &SEND_USER_CUSTOM_EVENT,
            &REQUEST,
        ];
        for operation in others {
            assert!(!operation.is_repeatable(), "{}", operation.method_name);
        }
    }
}
