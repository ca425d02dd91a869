//! Errors for TypeScript, which turns them into instances of the error classes.
//!
//! They are passed as plain objects and not as instances: an instance created here would have wasm frames in its stack
//! instead of the caller's.

use alloc::borrow::ToOwned;
use alloc::string::String;

use wasm_bindgen::JsValue;

use super::record::record;
use crate::error::Error;

record! {
    write
    /// An error from Rust.
    Problem {
        /// Distinguishes it from any other thrown value.
        "isProblem" is_problem: bool = "true",
        /// The kind of error.
        "kind" kind: &'static str = "StreamErrorKind",
        /// The error message.
        "message" message: String = "string",
        /// The invalid argument.
        "field" field: Option<String> = "string | undefined",
        /// The API's error code.
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
