//! Filters, compared with a simple evaluation of the same filter that shares no code with the emulator.

use getstream_users_emulator::{Emulator, Method, Request};
use serde_json::{Map, Value, json};

use super::{NOW, check_answer, emulator, server_token};

/// Choices from the fuzzer's bytes.
struct Choice<'a>(std::slice::Iter<'a, u8>);

impl Choice<'_> {
    fn below(&mut self, count: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % count
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

const NAMES: [&str; 5] = ["Ann", "Ben", "ann", "Zoë", "ben b"];
const COLORS: [&str; 4] = ["green", "red", "", "Green"];

/// A filter for a query, or any other JSON. The first byte decides which.
pub fn filters(data: &[u8]) {
    let Some((&first, rest)) = data.split_first() else { return };
    let mut emulator = emulator(first & 2 != 0);
    if first & 1 == 0 {
        let text = String::from_utf8_lossy(rest);
        let payload = format!(r#"{{"filter_conditions":{text}}}"#);
        check_answer(&query(&mut emulator, &payload));
        return;
    }
    let mut choice = Choice(rest.iter());
    let users: Vec<Value> = (0..6).map(|index| user(index, &mut choice)).collect();
    let seeded = emulator.seed(json!({ "users": users }).to_string().as_bytes(), NOW);
    assert!(seeded.is_ok(), "{:?} for {users:?}", seeded.err());
    let filter = Value::Object(filter(&mut choice, 0));
    let mut group = json!({ "id": { "$in": (0..6).map(|index| format!("u{index}")).collect::<Vec<_>>() } });
    group = json!({ "$and": [group, filter] });
    let payload = json!({ "filter_conditions": group, "limit": 30, "sort": [{ "field": "id", "direction": 1 }] });
    let response = query(&mut emulator, &payload.to_string());
    check_answer(&response);
    assert_eq!(response.status, 200, "{filter}: {}", String::from_utf8_lossy(&response.body));
    let said: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let found: Vec<&str> =
        said["users"].as_array().into_iter().flatten().filter_map(|user| user["id"].as_str()).collect();
    let expected: Vec<&str> =
        users.iter().filter(|user| accepts(&filter, user)).filter_map(|user| user["id"].as_str()).collect();
    assert_eq!(found, expected, "{filter} of {users:?}");
}

fn query(emulator: &mut Emulator, payload: &str) -> getstream_users_emulator::Response {
    let payload = getstream_users::operation::encode_component(payload);
    let request = Request::new(Method::Get, &format!("/api/v2/users?api_key=devkey&payload={payload}"))
        .header("stream-auth-type", "jwt")
        .header("authorization", &server_token());
    emulator.handle(&request, NOW)
}

fn user(index: usize, choice: &mut Choice<'_>) -> Value {
    let mut user = json!({ "id": format!("u{index}"), "role": choice.of(&["user", "admin", "teacher"]) });
    if choice.below(4) > 0 {
        user["name"] = choice.of(&NAMES).into();
    }
    let mut custom = Map::new();
    if choice.below(3) > 0 {
        custom.insert("color".to_owned(), choice.of(&COLORS).into());
    }
    if choice.below(3) > 0 {
        custom.insert("age".to_owned(), [0, 7, 30, -1][choice.below(4)].into());
    }
    user["custom"] = custom.into();
    user
}

/// A filter with the operators that all sources describe in the same way.
fn filter(choice: &mut Choice<'_>, depth: usize) -> Map<String, Value> {
    let mut result = Map::new();
    if depth < 3 && choice.below(2) == 0 {
        let operator = choice.of(&["$and", "$or", "$nor"]);
        let count = 1 + choice.below(3);
        let members: Vec<Value> = (0..count).map(|_| filter(choice, depth + 1).into()).collect();
        result.insert(operator.to_owned(), members.into());
        return result;
    }
    for _ in 0..=choice.below(2) {
        let field = choice.of(&["id", "name", "role", "custom.color", "custom.age"]);
        let value = |choice: &mut Choice<'_>| -> Value {
            match field {
                "id" => format!("u{}", choice.below(8)).into(),
                "name" => choice.of(&NAMES).into(),
                "role" => choice.of(&["user", "admin", "nobody"]).into(),
                "custom.color" => choice.of(&COLORS).into(),
                _ => [0, 7, 8, -1][choice.below(4)].into(),
            }
        };
        let test = match choice.below(5) {
            0 => value(choice),
            1 => json!({ "$eq": value(choice) }),
            2 => json!({ "$in": [value(choice), value(choice)] }),
            3 if field == "custom.age" || field == "id" => {
                json!({ choice.of(&["$gt", "$gte", "$lt", "$lte"]): value(choice) })
            }
            _ if field.starts_with("custom") => json!({ "$exists": choice.below(2) == 0 }),
            _ => json!({ "$eq": value(choice) }),
        };
        result.insert(field.to_owned(), test);
    }
    result
}

/// Whether a user matches a filter, according to the documentation.
fn accepts(filter: &Value, user: &Value) -> bool {
    let members = |value: &Value| value.as_array().cloned().unwrap_or_default();
    filter.as_object().into_iter().flatten().all(|(key, test)| match key.as_str() {
        "$and" => members(test).iter().all(|member| accepts(member, user)),
        "$or" => members(test).iter().any(|member| accepts(member, user)),
        "$nor" => !members(test).iter().any(|member| accepts(member, user)),
        field => {
            let value = match field.strip_prefix("custom.") {
                Some(name) => user["custom"].get(name),
                None => user.get(field),
            };
            holds(test, value)
        }
    })
}

fn holds(test: &Value, value: Option<&Value>) -> bool {
    let Some((operator, other)) = test.as_object().and_then(|object| object.iter().next()) else {
        return value == Some(test);
    };
    let order = || match (value?, other) {
        (Value::Number(one), Value::Number(other)) => {
            one.as_i64().zip(other.as_i64()).map(|(one, other)| one.cmp(&other))
        }
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        _ => None,
    };
    match operator.as_str() {
        "$eq" => value == Some(other),
        "$in" => other.as_array().is_some_and(|others| others.iter().any(|other| value == Some(other))),
        "$gt" => order().is_some_and(std::cmp::Ordering::is_gt),
        "$gte" => order().is_some_and(std::cmp::Ordering::is_ge),
        "$lt" => order().is_some_and(std::cmp::Ordering::is_lt),
        "$lte" => order().is_some_and(std::cmp::Ordering::is_le),
        "$exists" => value.is_some() == (other == &Value::Bool(true)),
        _ => false,
    }
}
