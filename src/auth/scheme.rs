//! How a request is authenticated.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_named_as_the_api_names_it() {
        assert_eq!([Scheme::Jwt, Scheme::Anonymous].map(Scheme::as_str), ["jwt", "anonymous"]);
    }
}
