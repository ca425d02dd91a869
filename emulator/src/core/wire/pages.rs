//! Requests from web pages: the CORS rules of both hosts.
//!
//! Every page may call Stream's API, with the headers that Stream's SDKs send. Credentials are in a header and in the
//! query and never in cookies, so a page cannot use another page's credentials.

/// The methods that a page may use.
pub const PAGE_METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The headers that Stream allows pages to send, and the emulator's header for faults.
pub const PAGE_HEADERS: [&str; 12] = [
    "x-requested-with",
    "content-type",
    "accept",
    "origin",
    "authorization",
    "x-csrftoken",
    "x-stream-client",
    "stream-auth-type",
    "x-csrf-token",
    "content-encoding",
    "x-client-request-id",
    "x-emulator-fault",
];

/// For how many seconds a browser may cache a preflight response.
pub const PAGE_SECONDS: u32 = 24 * 60 * 60;
