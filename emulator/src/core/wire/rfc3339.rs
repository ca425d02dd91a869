//! Times as text. Responses contain integers, requests contain text (Stream's SDKs all send RFC 3339), and webhooks may
//! contain text.

use getstream_users::model::Timestamp;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Parses RFC 3339 text, or whole nanoseconds since 1970 as in responses, so that a time from a response can be sent
/// back. Stream is only known to accept text. Times that 64 bits of nanoseconds cannot represent (before 1677, after
/// 2262) become the first or last one that they can.
pub(crate) fn parse(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => text_time(text),
        Value::Number(number) => number.as_i64().map(Timestamp),
        _ => None,
    }
}

fn text_time(text: &str) -> Option<Timestamp> {
    let nanoseconds = OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp_nanos();
    let end = if nanoseconds < 0 { i64::MIN } else { i64::MAX };
    Some(Timestamp(i64::try_from(nanoseconds).unwrap_or(end)))
}

/// Formats a time, with as many fractional digits as needed.
pub(crate) fn write(time: Timestamp) -> String {
    // Every such number is a time between the years 1677 and 2262, which can be formatted.
    let time = OffsetDateTime::from_unix_timestamp_nanos(time.0.into()).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    time.format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_are_read_from_text_and_from_integers() {
        let cases = [
            (json!("1970-01-01T00:00:01Z"), Some(1_000_000_000)),
            (json!("2026-01-01T00:00:00.123456789Z"), Some(1_767_225_600_123_456_789)),
            (json!("2026-01-01T01:00:00+01:00"), Some(1_767_225_600_000_000_000)),
            (json!(1_767_225_600_123_456_789_i64), Some(1_767_225_600_123_456_789)),
            (json!("2026-01-01T00:00:00"), None),
            (json!("2026-02-30T00:00:00Z"), None),
            (json!("9999-12-31T23:59:59Z"), Some(i64::MAX)),
            (json!("0001-01-01T00:00:00Z"), Some(i64::MIN)),
            (json!("yesterday"), None),
            (json!(""), None),
            (json!(1.5), None),
            (json!(true), None),
            (json!(null), None),
        ];
        for (value, expected) in cases {
            assert_eq!(parse(&value), expected.map(Timestamp), "{value}");
        }
    }

    #[test]
    fn a_time_that_is_written_can_be_read_again() {
        for (nanoseconds, text) in [
            (1_767_225_600_123_456_000, "2026-01-01T00:00:00.123456Z"),
            (1_767_225_600_500_000_000, "2026-01-01T00:00:00.5Z"),
            (1_767_225_600_000_000_000, "2026-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59.999999999Z"),
            (i64::MIN, "1677-09-21T00:12:43.145224192Z"),
            (i64::MAX, "2262-04-11T23:47:16.854775807Z"),
        ] {
            assert_eq!(write(Timestamp(nanoseconds)), text);
            assert_eq!(parse(&json!(text)), Some(Timestamp(nanoseconds)));
        }
    }
}
