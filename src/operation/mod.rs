//! One constant per operation, one file per resource.
//!
//! An operation is data: its name, where it goes, what its arguments must be, what its answer holds. Everything that
//! happens to a call is decided from that data by code that knows no operation by name, so that a new operation is a
//! new constant and one line in the client's class.

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
    /// The path, with at most one `{parameter}` that is taken from the argument of that name.
    pub path: Path<'static>,
    /// Where the argument travels.
    pub input: Input,
    /// The fields of the argument that go into the query, in this order, and not into the body; with commas between them.
    pub query: &'static str,
    /// Whether the argument may be left out altogether.
    pub optional: bool,
    /// What the argument must be.
    pub rules: &'static [Rule],
    /// Whether a client without a token may call it; such a call is sent without one even by a client that has a user's.
    pub public: bool,
    /// Whether running it twice leaves what running it once does. Reads need not say so.
    pub idempotent: bool,
    /// The model of the answer, or one with the same dates.
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

/// An HTTP method, as far as the API uses them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Does something.
    Post,
    /// Changes something in part.
    Patch,
    /// Changes something as a whole.
    Put,
    /// Removes something.
    Delete,
}

impl Method {
    /// The method's name on the wire.
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

/// Where an operation's argument travels, beside its path and its query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// There is none: the method takes its options alone.
    Nothing,
    /// Nowhere: path and query say it all.
    Url,
    /// As the JSON body, without the fields that went into path and query.
    Body,
    /// An array of users, as a JSON body that has each under its id.
    Users,
    /// The users whose tokens are revoked, as a JSON body of partial updates.
    Revocation,
    /// Its `query` in the query and its `body` as the JSON body; its `method` and `path` are the request's.
    Request,
}

impl Operation {
    /// Whether it may be sent again when nobody knows whether it ran.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.idempotent || self.method == Method::Get
    }

    /// Checks an argument before anything is sent.
    ///
    /// # Errors
    /// Returns the first broken rule, with the method, the field, the problem and the way out.
    pub fn check<A: Argument>(&self, argument: &A) -> Result<(), Error> {
        // Where nothing has to be there, nothing else would notice that something odd is.
        let whole = if self.optional && !argument.is_absent() { rule::check_object(argument) } else { Ok(()) };
        whole
            .and_then(|()| self.rules.iter().try_for_each(|rule| rule.check(argument)))
            .map_err(|error| self.explain(argument, error))
    }

    /// Takes the path's parameter out of an argument, encoded; nothing where the path has none.
    ///
    /// # Errors
    /// Returns why there is none: missing, not a string, empty, or a step within the path.
    pub fn segment<A: Argument>(&self, argument: &A) -> Result<Option<String>, Error> {
        let Some(name) = self.path.parameter() else { return Ok(None) };
        rule::required_text(&argument.get(name))
            .map_err(|error| error.inside(name))
            .and_then(|id| path::encode_segment(name, &id))
            .map(Some)
            .map_err(|error| self.explain(argument, error))
    }

    /// Words an error. That the argument is no object at all is found last, because a call that is right need not ask;
    /// it comes first in what is said.
    fn explain<A: Argument>(&self, argument: &A, error: Error) -> Error {
        let error = match self.input {
            Input::Users => error,
            _ => rule::check_object(argument).err().unwrap_or(error),
        };
        error.in_method(self.method_name)
    }

    /// Finds the first value that JSON cannot carry, after the engine refused to encode the argument or a cheaper look
    /// found something odd in it.
    ///
    /// # Errors
    /// Returns the path to that value and what is wrong with it.
    pub fn check_json<A: Argument>(&self, argument: &A) -> Result<(), Error> {
        let checked = if self.input == Input::Users {
            check_json("users", argument)
        } else {
            // What has a `toJSON` of its own would say something else than was checked.
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
        // A second group, a second event; or an error, because what was to go is gone and what was to be is there.
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
