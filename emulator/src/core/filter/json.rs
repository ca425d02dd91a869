//! Comparison of custom values, within a JSON type and never across types.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

/// The order of two values of the same type; `None` for values of different types, for objects and for lists.
pub(super) fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        (Value::Number(one), Value::Number(other)) => Some(compare_numbers(one, other)),
        (Value::Bool(one), Value::Bool(other)) => Some(one.cmp(other)),
        (Value::Null, Value::Null) => Some(Ordering::Equal),
        _ => None,
    }
}

/// Compares integers exactly; as doubles, two neighbours above 2^53 would be equal.
pub(super) fn compare_numbers(one: &Number, other: &Number) -> Ordering {
    match (one.as_i64(), other.as_i64()) {
        (Some(one), Some(other)) => one.cmp(&other),
        // A JSON number is always finite.
        _ => one.as_f64().partial_cmp(&other.as_f64()).unwrap_or(Ordering::Equal),
    }
}

/// Whether two values are equal. `1` equals `1.0`, and the order of keys does not matter.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => one.len() == other.len() && has_all(one, other, equal),
        _ => compare(one, other) == Some(Ordering::Equal),
    }
}

/// Whether `whole` contains `part`: a list contains its elements, an object contains every object with a subset of its
/// keys.
pub(super) fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Array(elements), Value::Array(parts)) => {
            parts.iter().all(|part| elements.iter().any(|element| equal(element, part)))
        }
        (Value::Array(elements), part) => elements.iter().any(|element| equal(element, part)),
        (Value::Object(whole), Value::Object(part)) => {
            has_all(whole, part, |whole, part| equal(whole, part) || contains(whole, part))
        }
        _ => false,
    }
}

fn has_all(whole: &Map<String, Value>, part: &Map<String, Value>, fits: impl Fn(&Value, &Value) -> bool) -> bool {
    part.iter().all(|(key, part)| whole.get(key).is_some_and(|whole| fits(whole, part)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_compare_within_their_type_only() {
        for (one, other, expected) in [
            (json!(1), json!(2), Some(Ordering::Less)),
            (json!(10), json!(9.5), Some(Ordering::Greater)),
            (json!(1), json!(1.0), Some(Ordering::Equal)),
            (json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992_i64), Some(Ordering::Greater)),
            (json!(u64::MAX), json!(-1), Some(Ordering::Greater)),
            (json!("10"), json!("9"), Some(Ordering::Less)),
            (json!(false), json!(true), Some(Ordering::Less)),
            (json!(null), json!(null), Some(Ordering::Equal)),
            (json!("1"), json!(1), None),
            (json!(null), json!(false), None),
            (json!([1]), json!([1]), None),
        ] {
            assert_eq!(compare(&one, &other), expected, "{one} {other}");
        }
    }

    #[test]
    fn equality_looks_into_lists_and_objects() {
        assert!(equal(&json!({ "a": [1, { "b": 2 }], "c": null }), &json!({ "c": null, "a": [1.0, { "b": 2 }] })));
        assert!(!equal(&json!({ "a": 1 }), &json!({ "a": 1, "b": 2 })));
        assert!(!equal(&json!({ "a": 1, "b": 2 }), &json!({ "a": 1 })));
        assert!(!equal(&json!({ "a": 1 }), &json!({ "a": 2 })));
        assert!(!equal(&json!([1, 2]), &json!([1])));
        assert!(!equal(&json!([1]), &json!([1, 2])));
        assert!(!equal(&json!([1, 2]), &json!([2, 1])));
    }

    #[test]
    fn containing_is_for_lists_and_objects() {
        for (whole, part, expected) in [
            (json!(["a", "b"]), json!("a"), true),
            (json!(["a", "b"]), json!(["b", "a"]), true),
            (json!(["a"]), json!(["a", "b"]), false),
            (json!({ "a": { "b": 1, "c": 2 } }), json!({ "a": { "b": 1 } }), true),
            (json!({ "a": ["x", "y"] }), json!({ "a": ["x"] }), true),
            (json!({ "a": 1 }), json!({ "b": 1 }), false),
            (json!("abc"), json!("a"), false),
        ] {
            assert_eq!(contains(&whole, &part), expected, "{whole} {part}");
        }
    }
}
