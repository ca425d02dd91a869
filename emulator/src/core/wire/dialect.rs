//! The two forms of Stream's API.

/// A form of the API. Both have the same operations; they differ in how users and times are written, and in a few
/// requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Paths below `/api/v2`: custom data of a user is in the field `custom`, times are nanoseconds. Used by the
    /// current server SDKs and the video and feeds clients.
    V2,
    /// Paths without `/api/v2`: custom data of a user is beside its other fields, times are RFC 3339 text. Used by the
    /// chat SDKs.
    V1,
}

/// The prefixes of [`Dialect::V2`]: the regular one, and the one of video clients.
const V2_PREFIXES: [&str; 2] = ["/api/v2/", "/video/"];

impl Dialect {
    /// The form of requests to this path.
    pub(crate) fn of(path: &str) -> Self {
        if V2_PREFIXES.iter().any(|prefix| path.starts_with(prefix)) { Self::V2 } else { Self::V1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_decides_the_form() {
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
