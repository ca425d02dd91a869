//! Errors on their way to TypeScript, which makes instances of the error classes of them.
//!
//! They cross as plain objects rather than as instances: an instance made here would have the frames of wasm in its stack,
//! in place of the caller's.

use alloc::borrow::ToOwned;
use alloc::string::String;

use wasm_bindgen::JsValue;

use super::record::record;
use crate::error::Error;

record! {
    write
    /// A failure that Rust decided on.
    Problem {
        /// Marks it, so that it is told apart from whatever else may be thrown.
        "isProblem" is_problem: bool = "true",
        /// What kind of failure it is.
        "kind" kind: &'static str = "StreamErrorKind",
        /// The failure in words.
        "message" message: String = "string",
        /// The argument at fault.
        "field" field: Option<String> = "string | undefined",
        /// The API's number for the failure.
        "code" code: Option<f64> = "number | undefined",
        /// The HTTP status of the response.
        "status" status: Option<f64> = "number | undefined",
    }
}

impl From<&Error> for JsValue {
    fn from(error: &Error) -> Self {
        let problem = Problem {
            is_problem: true,
            kind: error.kind().as_str(),
            message: error.message().to_owned(),
            field: error.field().map(ToOwned::to_owned),
            code: error.code().map(f64::from),
            status: error.status().map(f64::from),
        };
        problem.write()
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}
