//! Times that callers set.

use crate::error::Error;
use crate::limits::MAX_TIMER_MS;
use crate::wording::{concat, describe_number};

/// Milliseconds that one request may take when nobody says otherwise; Stream's own SDK for Node gives 3000.
pub const DEFAULT_TIMEOUT_MS: f64 = 3000.0;

/// Checks a time in milliseconds that the caller set as `field`.
///
/// # Errors
/// Refuses what is not a number above 0, and what no timer can wait for.
pub fn check_duration(field: &str, milliseconds: f64) -> Result<f64, Error> {
    if milliseconds > 0.0 && milliseconds <= f64::from(MAX_TIMER_MS) {
        return Ok(milliseconds);
    }
    let words = [
        "must be milliseconds, more than 0 and at most ",
        &describe_number(f64::from(MAX_TIMER_MS)),
        ", but was ",
        &describe_number(milliseconds),
    ];
    Err(Error::argument(field, &concat(&words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_a_timer_can_wait_for() {
        for good in [0.5, 1.0, 3000.0, f64::from(MAX_TIMER_MS)] {
            assert_eq!(check_duration("timeout", good), Ok(good));
        }
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::from(MAX_TIMER_MS) + 1.0] {
            assert!(check_duration("timeout", bad).is_err_and(|error| error.message().starts_with("timeout must be")));
        }
    }
}
