//! The caller of a request, after authentication.

/// Who sent a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    /// The app's own server. It may do everything.
    Server,
    /// A user or a guest, by id. The user may not exist yet.
    User(String),
    /// A visitor without a token.
    Anonymous,
}

impl Caller {
    /// The kind's name in logs.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::User(_) => "user",
            Self::Anonymous => "anonymous",
        }
    }

    /// The id of the calling user, if the caller is one.
    pub(crate) fn user_id(&self) -> Option<&str> {
        match self {
            Self::User(id) => Some(id),
            Self::Server | Self::Anonymous => None,
        }
    }
}
