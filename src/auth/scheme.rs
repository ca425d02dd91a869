//! How a request proves who sends it.

/// The value of the `stream-auth-type` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// A token is sent in the `Authorization` header.
    Jwt,
    /// No token is sent.
    Anonymous,
}

impl Scheme {
    /// The header's value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jwt => "jwt",
            Self::Anonymous => "anonymous",
        }
    }
}
