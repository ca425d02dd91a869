//! The two forms of Stream's API.

/// A form of the API. Operations are the same in both; what differs is how users and times are written, and a few requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Paths below `/api/v2`: custom data of users stands in `custom`, times are nanoseconds. The server SDKs of today and
    /// the clients for video and feeds speak it.
    V2,
    /// Paths without `/api/v2`: custom data of users stands beside their other fields, times are RFC 3339 text. The SDKs for
    /// chat speak it.
    V1,
}

/// What paths of [`Dialect::V2`] begin with: its own prefix, and the one that clients for video have in its place.
const V2_PREFIXES: [&str; 2] = ["/api/v2/", "/video/"];

impl Dialect {
    /// The form that a request to this path is written in.
    pub(crate) fn of(path: &str) -> Self {
        if V2_PREFIXES.iter().any(|prefix| path.starts_with(prefix)) { Self::V2 } else { Self::V1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_says_which_form_is_spoken() {
        for (path, dialect) in [
            ("/api/v2/users", Dialect::V2),
            ("/video/guest", Dialect::V2),
            ("/users", Dialect::V1),
            ("/users/api/v2/deactivate", Dialect::V1),
            ("/api/v2", Dialect::V1),
        ] {
            assert_eq!(Dialect::of(path), dialect, "{path}");
        }
    }
}
