//! Limits of the API and of platforms that several modules use. `cargo xtask codegen` writes them as TypeScript.

macro_rules! limits {
    ($($(#[doc = $doc:literal])* $limit:ident = $number:literal;)*) => {
        $($(#[doc = $doc])* pub const $limit: u32 = $number;)*

        /// All limits: documentation, name, number.
        pub const ALL: &[(&str, &str, u32)] = &[$((concat!($($doc),*), stringify!($limit), $limit)),*];
    };
}

limits! {
    /// How many users one request may create, change, deactivate, reactivate, delete or restore.
    MAX_USERS = 100;
    /// How many users one export may contain.
    MAX_EXPORTED_USERS = 25;
    /// How many users one query may return.
    MAX_QUERY_LIMIT = 100;
    /// The largest offset of a query.
    MAX_QUERY_OFFSET = 1000;
    /// How many terms a query's sort may have.
    MAX_SORT_TERMS = 5;
    /// How many bytes of JSON a user's custom data may have.
    MAX_CUSTOM_BYTES = 5120;
    /// Requests at the same time: as many connections as a Worker may have open.
    MAX_CONCURRENT_CALLS = 6;
    /// The longest time of a timer, in milliseconds; with a longer one, every runtime's `setTimeout` fires immediately.
    MAX_TIMER_MS = 2_147_483_647;
    /// The default time limit of an attempt, in milliseconds, as in Stream's own SDK for Node.
    DEFAULT_TIMEOUT_MS = 3_000;
    /// The default number of attempts.
    DEFAULT_ATTEMPTS = 3;
    /// How many milliseconds a call may wait between its attempts by default: half of the API's rate-limit window, and
    /// as long as a Worker can wait.
    DEFAULT_RETRY_BUDGET_MS = 30_000;
}
