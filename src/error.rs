//! The one error type.
//!
//! An error says what kind it is with a word that a program can switch on, and in its message what is wrong, where, and
//! what to do about it. Its message never holds a secret, a token or a URL: ids and the app's key travel in URLs, and errors end
//! up in logs. Messages of the API keep the form that Stream's own SDKs use: `Stream error code 4: …`.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;

use core::fmt;

use crate::wording::concat;

/// What kind of failure it is. The words are part of the public surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An argument was refused before anything was sent.
    InvalidArgument,
    /// The client was made with something it cannot work with, or lacks what this call needs.
    Config,
    /// The API refused the request: bad input, or a state that does not allow it.
    InvalidRequest,
    /// The API key or the token is missing, wrong, expired or revoked.
    Authentication,
    /// The caller may not do this.
    Permission,
    /// The user, task or other thing does not exist, or exists no longer.
    NotFound,
    /// Too many requests.
    RateLimit,
    /// The server failed.
    Server,
    /// No answer came: the connection failed, or `fetch` refused the request.
    Connection,
    /// No answer came in time, or a task did not end in time.
    Timeout,
    /// An answer came that is not what the API sends.
    Response,
    /// The caller's function that provides tokens failed, or brought none.
    TokenProvider,
    /// A task ended with `failed`.
    TaskFailed,
    /// A defect of this package.
    Internal,
}

impl Kind {
    /// The word that JavaScript sees as `error.kind`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidArgument => "invalid_argument",
            Self::Config => "config",
            Self::InvalidRequest => "invalid_request",
            Self::Authentication => "authentication",
            Self::Permission => "permission",
            Self::NotFound => "not_found",
            Self::RateLimit => "rate_limit",
            Self::Server => "server",
            Self::Connection => "connection",
            Self::Timeout => "timeout",
            Self::Response => "response",
            Self::TokenProvider => "token_provider",
            Self::TaskFailed => "task_failed",
            Self::Internal => "internal",
        }
    }
}

/// A failure, as a value. TypeScript adds what only JavaScript has: `cause`, `metadata`, a stack.
///
/// One word, because it stands in every `Result`: a larger one is copied at every `?`, which took 10 kB of wasm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: Kind,
    message: String,
    field: Option<String>,
    code: Option<i32>,
    status: Option<u16>,
}

impl Error {
    /// An error of this kind, in these words.
    #[must_use]
    pub fn new(kind: Kind, message: String) -> Self {
        Self(Box::new(Inner { kind, message, field: None, code: None, status: None }))
    }

    /// A refused argument: `field` says which, `problem` what is wrong with it and what would be right.
    #[must_use]
    pub fn argument(field: &str, problem: &str) -> Self {
        Self::refused(field, if field.is_empty() { problem.to_owned() } else { concat(&[field, " ", problem]) })
    }

    /// A refused argument, in words that need not begin with its name.
    #[must_use]
    pub fn refused(field: &str, message: String) -> Self {
        let mut error = Self::new(Kind::InvalidArgument, message);
        error.0.field = Some(field.to_owned());
        error
    }

    /// A refused argument that is a part of another: what is said of `id` in `users[3]` is said of `users[3].id`.
    /// So a path is put together where something is wrong, and not on the way to everything that is right.
    #[must_use]
    pub fn inside(mut self, whole: &str) -> Self {
        let Inner { field, message, .. } = &mut *self.0;
        let part = field.take().unwrap_or_default();
        // A value that is at fault as a whole has no name yet, nor the space that follows it.
        let between = if part.is_empty() || part.starts_with('[') { "" } else { "." };
        *message = concat(&[whole, if part.is_empty() { " " } else { between }, message]);
        *field = Some(concat(&[whole, between, &part]));
        self
    }

    /// A response that is not a success.
    #[must_use]
    pub fn answer(kind: Kind, message: String, code: Option<i32>, status: Option<u16>) -> Self {
        let mut error = Self::new(kind, message);
        error.0.code = code;
        error.0.status = status;
        error
    }

    /// Gives it the API's number for such a failure.
    #[must_use]
    pub fn with_code(mut self, code: i32) -> Self {
        self.0.code = Some(code);
        self
    }

    /// Says which method refused the argument: `upsertUsers: users[3].id …`.
    #[must_use]
    pub fn in_method(mut self, method: &str) -> Self {
        self.0.message = concat(&[method, ": ", &self.0.message]);
        self
    }

    /// What kind of failure it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The failure in words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The argument at fault, as a path: `users[3].id`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The API's number for the failure.
    #[must_use]
    pub const fn code(&self) -> Option<i32> {
        self.0.code
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        self.0.status
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl core::error::Error for Error {}
