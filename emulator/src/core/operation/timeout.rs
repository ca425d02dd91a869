//! How long a ban or a mute lasts.

use getstream_users::model::Timestamp;

use crate::core::failure::Failure;
use crate::core::wire::read::{self, Fields};

const MINUTE_NS: i64 = 60_000_000_000;

/// Takes `timeout`, in whole minutes. More than 32 bits, which is eight thousand years, is reduced to 32 bits.
///
/// # Errors
/// If it is no number, or negative.
pub(crate) fn read(body: &mut Fields) -> Result<Option<u32>, Failure> {
    let Some(minutes) = body.optional("timeout", read::integer)? else { return Ok(None) };
    if minutes < 0 {
        return Err(Failure::field("timeout", "must be 0 or greater"));
    }
    Ok(Some(u32::try_from(minutes).unwrap_or(u32::MAX)))
}

/// The end of a ban or mute that begins at `now`; without a timeout, or with 0, it has no end.
pub(crate) fn end(now: Timestamp, minutes: Option<u32>) -> Option<Timestamp> {
    let minutes = minutes.filter(|minutes| *minutes > 0)?;
    Some(Timestamp(now.0.saturating_add(MINUTE_NS.saturating_mul(minutes.into()))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn end_of(timeout: Value) -> Result<Option<i64>, String> {
        let mut body = Fields::of(json!({ "timeout": timeout }), "").unwrap();
        read(&mut body).map(|minutes| end(Timestamp(5), minutes).map(|at| at.0)).map_err(|failure| failure.reason)
    }

    #[test]
    fn a_timeout_is_in_minutes_and_zero_means_no_end() {
        for (timeout, expected) in [
            (json!(null), Ok(None)),
            (json!(0), Ok(None)),
            (json!(1), Ok(Some(60_000_000_005))),
            (json!(i64::MAX), Ok(Some(i64::MAX))),
            (json!(-1), Err("timeout must be 0 or greater")),
            (json!(1.5), Err("expected integer for field \"timeout\" but got number `1.5`")),
            (json!("1"), Err("expected number for field \"timeout\" but got string")),
        ] {
            assert_eq!(end_of(timeout.clone()), expected.map_err(str::to_owned), "{timeout}");
        }
    }
}
