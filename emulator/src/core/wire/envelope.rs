//! The error response.
//!
//! All failures have the same envelope. The form of the message, `<Operation> failed with error: "<reason>"`, is that
//! of error reports and SDK tests.

use getstream_users::model::APIError;

use crate::core::failure::Failure;

/// How long the response took. The core has no clock, so it measures nothing.
pub(crate) const DURATION: &str = "0.00ms";

const MORE_INFO: &str = "https://getstream.io/chat/docs/api_errors_response";

impl Failure {
    /// The response body. `operation` is `None` for an unknown path.
    pub(crate) fn envelope(self, operation: Option<&str>) -> APIError {
        let message = match operation {
            Some(operation) => format!("{operation} failed with error: \"{}\"", self.reason),
            None => self.reason,
        };
        APIError {
            code: self.code.number(),
            message,
            status_code: self.code.status(),
            duration: DURATION.to_owned(),
            more_info: MORE_INFO.to_owned(),
            details: Vec::new(),
            exception_fields: self.fields,
            unrecoverable: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::failure::Violations;

    #[test]
    fn an_envelope_names_the_operation_and_every_field() {
        let mut violations = Violations::default();
        violations.add("users[a].online", "is a reserved field");
        violations.add("users[a].name", "is a required field");
        let envelope = violations.check().unwrap_err().envelope(Some("UpdateUsers"));
        assert_eq!(
            serde_json::to_value(envelope).unwrap(),
            serde_json::json!({
                "code": 4,
                "message": "UpdateUsers failed with error: \
                    \"users[a].online is a reserved field, users[a].name is a required field\"",
                "StatusCode": 400,
                "duration": "0.00ms",
                "more_info": "https://getstream.io/chat/docs/api_errors_response",
                "details": [],
                "exception_fields": {
                    "users[a].name": "users[a].name is a required field",
                    "users[a].online": "users[a].online is a reserved field",
                },
            })
        );
    }

    #[test]
    fn an_unknown_path_has_no_operation_to_name() {
        assert_eq!(Failure::unknown("u").envelope(None).message, "the user u does not exist");
    }
}
