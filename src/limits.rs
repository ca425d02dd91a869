//! Limits of the API and of the platforms that more than one room keeps to. `cargo xtask codegen` writes them out for TypeScript.

macro_rules! limits {
    ($($(#[doc = $doc:literal])* $limit:ident = $number:literal;)*) => {
        $($(#[doc = $doc])* pub const $limit: u32 = $number;)*

        /// All of them: documentation, name, number.
        pub const ALL: &[(&str, &str, u32)] = &[$((concat!($($doc),*), stringify!($limit), $limit)),*];
    };
}

limits! {
    /// How many users one request may create, change, deactivate, reactivate, delete or restore.
    MAX_USERS = 100;
    /// How many users one export may hold.
    MAX_EXPORTED_USERS = 25;
    /// How many users one query may return.
    MAX_QUERY_LIMIT = 100;
    /// The last offset that a query takes.
    MAX_QUERY_OFFSET = 1000;
    /// How many terms a query's sort may have.
    MAX_SORT_TERMS = 5;
    /// How many bytes of JSON a user's custom data may have.
    MAX_CUSTOM_BYTES = 5120;
    /// Requests at the same time: as many connections as a Worker may have open.
    MAX_CONCURRENT_CALLS = 6;
    /// The longest time a timer can be set to, in milliseconds; beyond it, every runtime's `setTimeout` fires at once.
    MAX_TIMER_MS = 2_147_483_647;
    /// How many milliseconds an attempt may take unless it is told otherwise, as with Stream's own SDK for Node.
    DEFAULT_TIMEOUT_MS = 3_000;
    /// How often a call is tried in all unless it is told otherwise.
    DEFAULT_ATTEMPTS = 3;
    /// How many milliseconds a call may wait between its attempts unless it is told otherwise: half of the API's rate-limit window,
    /// and a Worker's patience.
    DEFAULT_RETRY_BUDGET_MS = 30_000;
}
