//! Errors of requests.
//!
//! Each failure has a code, which decides the HTTP status. Codes and statuses are those of Stream's documentation.

use std::collections::BTreeMap;

/// Stream's error codes, as far as the emulator needs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// The emulator itself failed.
    Internal,
    /// There is no app with this API key.
    ApiKey,
    /// The request is invalid.
    Input,
    /// The name is taken.
    DuplicateUsername,
    /// The caller could not be authenticated.
    Authentication,
    /// Too many requests.
    RateLimited,
    /// The object does not exist, or does not exist any more.
    DoesNotExist,
    /// The caller is not allowed to do this.
    NotAllowed,
    /// The body is larger than the API accepts.
    TooBig,
    /// The request took too long to arrive.
    RequestTimeout,
    /// The request's head is larger than the API accepts.
    HeaderTooLarge,
    /// The token has expired or was revoked.
    TokenExpired,
    /// The token is not valid yet.
    TokenNotValidYet,
    /// The token's issue time is in the future.
    TokenUsedBeforeIssue,
    /// The token was signed with another secret. Today's API returns [`Code::Authentication`] instead.
    TokenSignature,
    /// There is no such connection.
    UnknownConnection,
}

impl Code {
    pub(crate) const fn number(self) -> i32 {
        match self {
            Self::Internal => -1,
            Self::ApiKey => 2,
            Self::Input => 4,
            Self::Authentication => 5,
            Self::DuplicateUsername => 6,
            Self::RateLimited => 9,
            Self::DoesNotExist => 16,
            Self::NotAllowed => 17,
            Self::TooBig => 22,
            Self::RequestTimeout => 23,
            Self::HeaderTooLarge => 24,
            Self::TokenExpired => 40,
            Self::TokenNotValidYet => 41,
            Self::TokenUsedBeforeIssue => 42,
            Self::TokenSignature => 43,
            Self::UnknownConnection => 46,
        }
    }

    pub(crate) const fn status(self) -> u16 {
        match self {
            Self::Internal => 500,
            Self::Input | Self::DuplicateUsername | Self::UnknownConnection => 400,
            Self::ApiKey
            | Self::Authentication
            | Self::TokenExpired
            | Self::TokenNotValidYet
            | Self::TokenUsedBeforeIssue
            | Self::TokenSignature => 401,
            Self::NotAllowed => 403,
            Self::DoesNotExist => 404,
            Self::RequestTimeout => 408,
            Self::TooBig => 413,
            Self::RateLimited => 429,
            Self::HeaderTooLarge => 431,
        }
    }
}

/// Why an operation failed. A failed operation has changed nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) code: Code,
    pub(crate) reason: String,
    /// The invalid fields, each with its problem.
    pub(crate) fields: Option<BTreeMap<String, String>>,
}

impl Failure {
    pub(crate) fn new(code: Code, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into(), fields: None }
    }

    pub(crate) fn input(reason: impl Into<String>) -> Self {
        Self::new(Code::Input, reason)
    }

    pub(crate) fn not_allowed(reason: impl Into<String>) -> Self {
        Self::new(Code::NotAllowed, reason)
    }

    /// A failure of one field. `complaint` is the part of the message after the field's name: `is a required field`.
    pub(crate) fn field(field: impl Into<String>, complaint: impl AsRef<str>) -> Self {
        let mut violations = Violations::default();
        violations.add(field, complaint);
        violations.into_failure()
    }

    /// The user is deleted. The text is from error reports.
    pub(crate) fn deleted(user_id: &str) -> Self {
        Self::new(Code::DoesNotExist, format!("the user {user_id} was deleted"))
    }

    /// The user is deactivated. The text is from error reports and SDK tests.
    pub(crate) fn deactivated(user_id: &str) -> Self {
        Self::new(Code::DoesNotExist, format!("the user {user_id} was deactivated"))
    }

    /// The user never existed. No source has the text; this one follows the two above.
    pub(crate) fn unknown(user_id: &str) -> Self {
        Self::new(Code::DoesNotExist, format!("the user {user_id} does not exist"))
    }
}

impl From<serde_json::Error> for Failure {
    /// A value of the emulator could not be serialized.
    fn from(error: serde_json::Error) -> Self {
        Self::new(Code::Internal, error.to_string())
    }
}

/// All problems with the fields of one object, in the order they were found.
///
/// Stream joins them in the message and lists each under its field in `exception_fields`; both are seen in SDK tests
/// and error reports.
#[derive(Debug, Default)]
pub(crate) struct Violations(Vec<(String, String)>);

impl Violations {
    pub(crate) fn add(&mut self, field: impl Into<String>, complaint: impl AsRef<str>) {
        let field = field.into();
        let text = format!("{field} {}", complaint.as_ref());
        self.0.push((field, text));
    }

    /// # Errors
    /// One failure for all problems that were added.
    pub(crate) fn check(self) -> Result<(), Failure> {
        if self.0.is_empty() { Ok(()) } else { Err(self.into_failure()) }
    }

    fn into_failure(self) -> Failure {
        let texts: Vec<&str> = self.0.iter().map(|(_, text)| text.as_str()).collect();
        let reason = texts.join(", ");
        let mut fields = BTreeMap::new();
        fields.extend(self.0);
        Failure { fields: Some(fields), ..Failure::input(reason) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn violations_make_one_failure_that_names_every_field() {
        let mut violations = Violations::default();
        violations.add("users[a].online", "is a reserved field");
        violations.add("users[a].name", "is a required field");
        let failure = violations.check().unwrap_err();
        assert_eq!(failure.reason, "users[a].online is a reserved field, users[a].name is a required field");
        let fields = [
            ("users[a].name", "users[a].name is a required field"),
            ("users[a].online", "users[a].online is a reserved field"),
        ];
        assert_eq!(failure.fields, Some(fields.map(|(field, text)| (field.to_owned(), text.to_owned())).into()));
    }

    #[test]
    fn no_violations_are_no_failure() {
        assert_eq!(Violations::default().check(), Ok(()));
    }
}
