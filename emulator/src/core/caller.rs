//! The caller of a request, after authentication.

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    /// The app's own server; it may do everything.
    Server,
    /// A user or a guest, by id. There may be no such user yet.
    User(String),
    /// A visitor without a token.
    Anonymous,
}

impl Caller {
    /// What logs call it.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::User(_) => "user",
            Self::Anonymous => "anonymous",
        }
    }

    /// The id of the user who calls, if it is one.
    pub(crate) fn user_id(&self) -> Option<&str> {
        match self {
            Self::User(id) => Some(id),
            Self::Server | Self::Anonymous => None,
        }
    }
}
