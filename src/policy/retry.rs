//! Whether and when a failed call is retried.
//!
//! A request that the server did not run is safe to repeat; with 429 it never ran. If it is unknown whether it ran (no
//! response, 502, 503, 504), only operations that may run twice are repeated: reads, and writes with the same effect the
//! second time. The delay is the one that the server asks for; otherwise it is a random part of a time that doubles (full
//! jitter), so that clients which failed together do not retry together.
//!
//! | failure | reads, idempotent writes | other writes |
//! |---|---|---|
//! | 429 | retry, when the server says | retry, when the server says |
//! | no connection, no response in time, response cut off | retry | no |
//! | 502, 503, 504 | retry | no |
//! | expired token (code 40), with a provider | retry with a new token | retry with a new token |
//! | any other, or `unrecoverable` | no | no |

use super::Failure;
use crate::api_error_code::TOKEN_EXPIRED;

/// The limits of retries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    /// The number of attempts, including the first.
    pub attempts: u32,
    /// Milliseconds that a call may wait between all its attempts.
    pub wait_ms: f64,
}

/// How often a call may ask for a new token. Otherwise, a server that rejects every token would make the call endless.
pub const MAX_REFRESHES: u32 = 2;

const BASE_MS: f64 = 500.0;
const CAP_MS: f64 = 8_000.0;

/// A failed attempt, and the attempts before it.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// Why the attempt failed.
    pub failure: &'a Failure,
    /// Whether the operation may run twice.
    pub is_repeatable: bool,
    /// Whether the API said that a retry is pointless.
    pub is_unrecoverable: bool,
    /// The delay that the server asks for, in milliseconds.
    pub retry_after_ms: Option<f64>,
    /// The number of the attempt, from 1.
    pub number: u32,
    /// Milliseconds that this call has waited between its attempts.
    pub waited_ms: f64,
    /// Milliseconds left until the call's deadline; infinite without one.
    pub left_ms: f64,
    /// How many new tokens the call may still ask for; 0 without a provider.
    pub refreshes_left: u32,
    /// A random number from 0 to 1.
    pub random: f64,
}

/// What to do after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Next {
    /// Nothing: the call has failed.
    Fail,
    /// Get a new token and retry immediately.
    Refresh,
    /// Retry after so many milliseconds.
    Wait(f64),
}

/// Decides what to do after a failed attempt.
#[must_use]
pub fn next(attempt: &Attempt<'_>, budget: Budget) -> Next {
    if is_expired(attempt.failure) && attempt.refreshes_left > 0 {
        return Next::Refresh;
    }
    if attempt.number >= budget.attempts || attempt.is_unrecoverable || !may_repeat(attempt) {
        return Next::Fail;
    }
    let wait = attempt.retry_after_ms.unwrap_or_else(|| back_off(attempt.number, attempt.random));
    // Do not begin a wait that would end too late.
    if attempt.waited_ms + wait > budget.wait_ms || wait >= attempt.left_ms { Next::Fail } else { Next::Wait(wait) }
}

fn is_expired(failure: &Failure) -> bool {
    matches!(failure, Failure::Status { problem, .. } if problem.code == Some(TOKEN_EXPIRED))
}

fn may_repeat(attempt: &Attempt<'_>) -> bool {
    match attempt.failure {
        Failure::Status { status: 429, .. } => true,
        Failure::Status { status: 502..=504, .. }
        | Failure::Timeout(_)
        | Failure::Body(_)
        | Failure::Connection { .. } => attempt.is_repeatable,
        Failure::Status { .. }
        | Failure::Redirect(_)
        | Failure::Encoding(_)
        | Failure::Deadline(_)
        | Failure::NoFetch => false,
    }
}

fn back_off(number: u32, random: f64) -> f64 {
    let doublings = number.saturating_sub(1).min(16);
    random * (BASE_MS * f64::from(1_u32 << doublings)).min(CAP_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Problem;
    use alloc::string::String;
    use proptest::prelude::*;

    fn status(status: u16, code: Option<i32>) -> Failure {
        Failure::Status { status, status_text: String::new(), problem: Problem { code, message: None } }
    }

    const BUDGET: Budget = Budget { attempts: 3, wait_ms: 30_000.0 };

    fn attempt(failure: &Failure) -> Attempt<'_> {
        Attempt {
            failure,
            is_repeatable: true,
            is_unrecoverable: false,
            retry_after_ms: None,
            number: 1,
            waited_ms: 0.0,
            left_ms: f64::INFINITY,
            refreshes_left: 0,
            random: 0.5,
        }
    }

    #[test]
    fn what_is_repeated_depends_on_the_failure_and_the_operation() {
        let again = Next::Wait(250.0);
        for (failure, repeatable, other) in [
            (status(429, Some(9)), again, again),
            (status(502, None), again, Next::Fail),
            (status(503, None), again, Next::Fail),
            (status(504, None), again, Next::Fail),
            (Failure::Connection { words: String::new(), before_sending: false }, again, Next::Fail),
            (Failure::Timeout(3000.0), again, Next::Fail),
            (Failure::Body(String::new()), again, Next::Fail),
            (status(500, Some(-1)), Next::Fail, Next::Fail),
            (status(400, Some(4)), Next::Fail, Next::Fail),
            (status(401, Some(40)), Next::Fail, Next::Fail),
            (status(404, Some(16)), Next::Fail, Next::Fail),
            (Failure::Encoding(String::new()), Next::Fail, Next::Fail),
        ] {
            assert_eq!(next(&attempt(&failure), BUDGET), repeatable, "{failure:?}");
            let write = Attempt { is_repeatable: false, ..attempt(&failure) };
            assert_eq!(next(&write, BUDGET), other, "{failure:?}");
            let vetoed = Attempt { is_unrecoverable: true, ..attempt(&failure) };
            assert_eq!(next(&vetoed, BUDGET), Next::Fail, "{failure:?}");
        }
    }

    #[test]
    fn the_servers_word_on_when_to_come_back_counts() {
        let failure = status(429, Some(9));
        let after = |ms| next(&Attempt { retry_after_ms: Some(ms), ..attempt(&failure) }, BUDGET);
        assert_eq!(after(0.0), Next::Wait(0.0));
        assert_eq!(after(1500.0), Next::Wait(1500.0));
        assert_eq!(after(30_001.0), Next::Fail);
    }

    #[test]
    fn attempts_waiting_and_the_deadline_are_bounded() {
        let failure = status(503, None);
        let base = attempt(&failure);
        let budget = Budget { attempts: 3, wait_ms: 1000.0 };
        assert_eq!(next(&Attempt { number: 2, ..base }, budget), Next::Wait(500.0));
        assert_eq!(next(&Attempt { number: 3, ..base }, budget), Next::Fail);
        assert_eq!(next(&Attempt { waited_ms: 750.0, ..base }, budget), Next::Wait(250.0));
        assert_eq!(next(&Attempt { waited_ms: 751.0, ..base }, budget), Next::Fail);
        assert_eq!(next(&Attempt { left_ms: 250.0, ..base }, budget), Next::Fail);
        assert_eq!(next(&base, Budget { attempts: 1, ..budget }), Next::Fail);
    }

    #[test]
    fn an_expired_token_is_replaced_as_often_as_allowed_and_takes_no_attempt() {
        let failure = status(401, Some(40));
        let expired = Attempt { refreshes_left: 1, number: 3, is_repeatable: false, ..attempt(&failure) };
        assert_eq!(next(&expired, BUDGET), Next::Refresh);
        assert_eq!(next(&Attempt { refreshes_left: 0, ..expired }, BUDGET), Next::Fail);
        // A new token would be rejected for the same reason.
        for failure in [status(401, Some(5)), status(401, None), status(403, Some(17))] {
            assert_eq!(next(&Attempt { failure: &failure, ..expired }, BUDGET), Next::Fail, "{failure:?}");
        }
    }

    proptest! {
        #[test]
        fn waits_are_never_negative_nor_longer_than_what_is_left(
            number in 1..100_u32, waited_ms in 0.0..60_000.0, left_ms in 0.0..60_000.0, random in 0.0..1.0,
            retry_after in proptest::option::of(0.0..100_000.0),
        ) {
            let failure = status(429, Some(9));
            let budget = Budget { attempts: 101, wait_ms: 30_000.0 };
            let attempt = Attempt { number, waited_ms, left_ms, random, retry_after_ms: retry_after, ..attempt(&failure) };
            if let Next::Wait(ms) = next(&attempt, budget) {
                prop_assert!(ms >= 0.0 && ms < left_ms && waited_ms + ms <= budget.wait_ms);
                prop_assert!(retry_after.is_some() || ms <= CAP_MS);
            }
        }
    }
}
