//! One constant per operation, one file per resource.
//!
//! An operation is data: its name, where it goes, what its arguments must be, what its answer holds. Everything that
//! happens to a call is decided from that data by code that knows no operation by name, so that a new operation is a
//! new constant and one line in the client's class.

use alloc::string::String;

mod activation;
mod argument;
mod deletion;
mod export;
mod guest;
mod json;
mod path;
mod rule;
mod task;
mod user_id;
mod users;

pub use activation::{DEACTIVATE_USER, DEACTIVATE_USERS, REACTIVATE_USER, REACTIVATE_USERS};
pub use argument::{Argument, Shape};
pub use deletion::{DELETE_USERS, RESTORE_USERS};
pub use export::{EXPORT_USER, EXPORT_USERS};
pub use guest::CREATE_GUEST;
pub use json::check as check_json;
pub use path::{Path, check_base_path, encode_component};
pub use rule::{MAX_USERS, Rule, check_call_cids};
pub use task::GET_TASK;
pub use user_id::{all_valid, check_new_id};
pub use users::{QUERY_USERS, UPDATE_USERS, UPDATE_USERS_PARTIAL, UPSERT_USERS};

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
    /// What the argument must be.
    pub rules: &'static [Rule],
    /// Whether a client without a token may call it; such a call is sent without one even by a client that has a user's.
    pub public: bool,
    /// Whether running it twice leaves what running it once does. Reads need not say so.
    pub idempotent: bool,
    /// The model of the answer, by name; it says which fields are dates.
    pub result: &'static str,
}

/// An HTTP method, as far as the API uses them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Does something.
    Post,
    /// Changes something in part.
    Patch,
}

impl Method {
    /// The method's name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
        }
    }
}

/// Where an operation's argument travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// Nowhere: the path says it all.
    Path,
    /// As the JSON body, without the field that went into the path.
    Body,
    /// Its `payload`, as JSON in the query.
    Payload,
    /// An array of users, as a JSON body that has each under its id.
    Users,
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
        self.rules.iter().try_for_each(|rule| rule.check(argument)).map_err(|error| self.explain(argument, error))
    }

    /// Takes the path's parameter out of an argument, encoded; nothing where the path has none.
    ///
    /// # Errors
    /// Returns why there is none: missing, not a string, empty, or a step within the path.
    pub fn segment<A: Argument>(&self, argument: &A) -> Result<Option<String>, Error> {
        let Some(name) = self.path.parameter else { return Ok(None) };
        rule::required_text(name, &argument.get(name))
            .and_then(|id| path::encode_segment(name, &id))
            .map(Some)
            .map_err(|error| self.explain(argument, error))
    }

    /// Words an error. That the argument is no object at all is found last, because a call that is right need not ask;
    /// it comes first in what is said.
    fn explain<A: Argument>(&self, argument: &A, error: Error) -> Error {
        let error = match self.input {
            Input::Users => error,
            Input::Path | Input::Body | Input::Payload => rule::check_object(argument).err().unwrap_or(error),
        };
        error.in_method(self.method_name)
    }

    /// Finds the first value that JSON cannot carry, after the engine refused to encode the argument or a cheaper look
    /// found something odd in it.
    ///
    /// # Errors
    /// Returns the path to that value and what is wrong with it.
    pub fn check_json<A: Argument>(&self, argument: &A) -> Result<(), Error> {
        let name = if self.input == Input::Users { "users" } else { "" };
        check_json(name, argument).map_err(|error| error.in_method(self.method_name))
    }
}
