//! What web pages may send to the emulator: the CORS rules of both servers.
//!
//! Every page may call Stream's API, with the headers that Stream's SDKs send. Credentials are in a header and in the
//! query, never in cookies, so a page cannot use those of somebody else.

/// The methods of requests that a page may send.
pub const PAGE_METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The headers that Stream lets a page send, and the one that asks this emulator for a fault.
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

/// For how many seconds a browser need not ask again.
pub const PAGE_SECONDS: u32 = 24 * 60 * 60;
