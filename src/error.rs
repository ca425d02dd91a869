//! The one error type.
//!
//! An error has a kind, which a program can match on, and a message that says what is wrong, where, and what to do. A
//! message never contains a secret, a token or a URL: URLs contain ids and the app's key, and errors end up in logs.
//! Messages of the API have the same form as in Stream's own SDKs: `Stream error code 4: …`.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;

use core::fmt;

use crate::wording::concat;

/// The kind of a failure. The strings are public API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An argument was rejected before anything was sent.
    InvalidArgument,
    /// The client has an invalid option, or lacks what this call needs.
    Config,
    /// The API rejected the request: invalid input, or a state that does not allow it.
    InvalidRequest,
    /// The API key or the token is missing, wrong, expired or revoked.
    Authentication,
    /// The caller may not do this.
    Permission,
    /// The user, task or other object does not exist, or does not exist any more.
    NotFound,
    /// Too many requests.
    RateLimit,
    /// The server failed.
    Server,
    /// There was no response: the connection failed, or `fetch` rejected the request.
    Connection,
    /// There was no response in time, or a task did not end in time.
    Timeout,
    /// The response is not what the API sends.
    Response,
    /// The caller's token provider failed, or returned no token.
    TokenProvider,
    /// A task ended with `failed`.
    TaskFailed,
    /// A defect of this package.
    Internal,
}

impl Kind {
    /// The value of `error.kind` in JavaScript.
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

/// A failure, as a value. TypeScript adds what exists only in JavaScript: `cause`, `metadata`, a stack.
///
/// It is one word because it is in every `Result`: a larger one is copied at every `?`, which took 10 kB of wasm.
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
    /// An error with this kind and message.
    #[must_use]
    pub fn new(kind: Kind, message: String) -> Self {
        Self(Box::new(Inner { kind, message, field: None, code: None, status: None }))
    }

    /// An invalid argument: `field` names it, `problem` says what is wrong with it and what is expected.
    #[must_use]
    pub fn argument(field: &str, problem: &str) -> Self {
        Self::refused(field, if field.is_empty() { problem.to_owned() } else { concat(&[field, " ", problem]) })
    }

    /// An invalid argument, with a message that need not begin with its name.
    #[must_use]
    pub fn refused(field: &str, message: String) -> Self {
        let mut error = Self::new(Kind::InvalidArgument, message);
        error.0.field = Some(field.to_owned());
        error
    }

    /// An invalid argument that is part of another: `id` inside `users[3]` becomes `users[3].id`. So a path is only
    /// built when there is an error.
    #[must_use]
    pub fn inside(mut self, whole: &str) -> Self {
        let Inner { field, message, .. } = &mut *self.0;
        let part = field.take().unwrap_or_default();
        // The error may be about the value itself; its field is empty then, and no space follows it.
        let between = if part.is_empty() || part.starts_with('[') { "" } else { "." };
        *message = concat(&[whole, if part.is_empty() { " " } else { between }, message]);
        *field = Some(concat(&[whole, between, &part]));
        self
    }

    /// The error of a response that is not a success.
    #[must_use]
    pub fn answer(kind: Kind, message: String, code: Option<i32>, status: Option<u16>) -> Self {
        let mut error = Self::new(kind, message);
        error.0.code = code;
        error.0.status = status;
        error
    }

    /// Sets the API's error code.
    #[must_use]
    pub fn with_code(mut self, code: i32) -> Self {
        self.0.code = Some(code);
        self
    }

    /// Prefixes the message with the method: `upsertUsers: users[3].id …`.
    #[must_use]
    pub fn in_method(mut self, method: &str) -> Self {
        self.0.message = concat(&[method, ": ", &self.0.message]);
        self
    }

    /// The kind of the failure.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The message.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The invalid argument, as a path: `users[3].id`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The API's error code.
    #[must_use]
    pub const fn code(&self) -> Option<i32> {
        self.0.code
    }

    /// The HTTP status of the response.
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
