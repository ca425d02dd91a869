//! The log line of a request.

use std::fmt;

use serde::Serialize;

use super::http::Method;

/// A request and its outcome for a log, as a line of text or as JSON. It contains no secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The request's method.
    pub method: Method,
    /// The path as it was sent, without the query.
    pub path: String,
    /// Stream's name of the operation; `None` for an unknown path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<&'static str>,
    /// The kind of caller: `server`, `user`, `anonymous`, or `none` if authentication failed.
    pub caller: &'static str,
    /// The id of the calling user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The status of the response; `None` if the connection is broken instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Stream's error code, if the request was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
    /// The error message, if the request was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The paths of the ignored fields, with the similar known name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
    /// The emulator's choices that affected the response.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guesses: Vec<&'static str>,
    /// Whether a fault hit it.
    pub fault: bool,
}

impl fmt::Display for Summary {
    /// Always one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => write!(f, "{status}")?,
            None => f.write_str("---")?,
        }
        match self.operation {
            Some(operation) => write!(f, " {operation}")?,
            None => write!(f, " {} {}", self.method.name(), one_line(&self.path))?,
        }
        match &self.user_id {
            Some(id) => write!(f, " by user {}", one_line(id))?,
            None => write!(f, " by {}", self.caller)?,
        }
        if let Some(reason) = &self.reason {
            write!(f, ": {}", one_line(reason))?;
        }
        if !self.ignored.is_empty() {
            write!(f, "; ignored: {}", one_line(&self.ignored.join(", ")))?;
        }
        if !self.guesses.is_empty() {
            write!(f, "; guess: {}", self.guesses.join(", "))?;
        }
        if self.fault { f.write_str("; hit by a fault") } else { Ok(()) }
    }
}

/// The text without line breaks and other control characters.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_one_line() {
        let refused = Summary {
            method: Method::Post,
            path: "/api/v2/users".to_owned(),
            operation: Some("UpdateUsers"),
            caller: "user",
            user_id: Some("ann\nben".to_owned()),
            status: Some(400),
            code: Some(4),
            reason: Some("users is a required field".to_owned()),
            ignored: vec!["user".to_owned()],
            guesses: vec!["creates a user"],
            fault: true,
        };
        assert_eq!(
            refused.to_string(),
            "400 UpdateUsers by user ann ben: users is a required field; ignored: user; guess: creates a user; hit by a fault"
        );
        let nowhere = Summary {
            operation: None,
            caller: "server",
            user_id: None,
            status: None,
            reason: None,
            ignored: Vec::new(),
            guesses: Vec::new(),
            fault: false,
            ..refused
        };
        assert_eq!(nowhere.to_string(), "--- POST /api/v2/users by server");
    }
}
