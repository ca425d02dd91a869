//! Parses filters, and rejects every mistake in them.
//!
//! Where SDK tests show a message, for queries of users or channels, that message is used.

use std::collections::HashSet;
use std::hash::Hash;

use getstream_users::model::{CustomData, Timestamp};
use serde_json::Value;

use super::field::{Content, CustomField, EQ, Field, Operator};
use super::words::Words;
use super::{Condition, CustomTest, Filter, Subject, TeamsTest, Test};
use crate::core::failure::Failure;
use crate::core::wire::{read, rfc3339};

impl<S: Subject> Filter<S> {
    /// Parses a filter from a request.
    ///
    /// # Errors
    /// If it contains anything that the filter language does not have.
    pub(crate) fn parse(conditions: &CustomData) -> Result<Self, Failure> {
        all(conditions.iter().map(|(name, value)| entry(name, value)))
    }
}

fn all<S>(filters: impl Iterator<Item = Result<Filter<S>, Failure>>) -> Result<Filter<S>, Failure> {
    filters.collect::<Result<_, _>>().map(Filter::All)
}

fn entry<S: Subject>(name: &str, value: &Value) -> Result<Filter<S>, Failure> {
    match name {
        "$and" => combined(name, value).map(Filter::All),
        "$or" => combined(name, value).map(Filter::Any),
        "$nor" => combined(name, value).map(Filter::None),
        _ => of_field(name, value),
    }
}

fn combined<S: Subject>(name: &str, value: &Value) -> Result<Vec<Filter<S>>, Failure> {
    let parts = list(name, value)?;
    if parts.is_empty() {
        return Err(Failure::field(name, "must contain at least 1 item"));
    }
    parts.iter().map(|part| Filter::parse(part.as_object().ok_or_else(|| wrong_type(name, part, "object"))?)).collect()
}

fn of_field<S: Subject>(name: &str, value: &Value) -> Result<Filter<S>, Failure> {
    let field = S::field(name).ok_or_else(|| unrecognized(name))?;
    match operators(value) {
        Some(operators) => all(operators.iter().map(|(operator, value)| with_operator(&field, name, operator, value))),
        None => condition(&field, name, EQ, value).map(Filter::One),
    }
}

/// The operators, if the keys of the object start with a dollar sign. Any other value is a test for equality.
fn operators(value: &Value) -> Option<&CustomData> {
    value.as_object().filter(|object| object.keys().next().is_some_and(|key| key.starts_with('$')))
}

fn with_operator<S: Subject>(
    field: &Field<S>,
    name: &str,
    operator: &str,
    value: &Value,
) -> Result<Filter<S>, Failure> {
    if operator == "$q" {
        return Err(Failure::input(format!("search is not enabled for field {}.{name}", S::COLLECTION)));
    }
    let known = Operator::named(operator).filter(|operator| field.operators.contains(operator));
    let known = known.ok_or_else(|| not_allowed(name, operator))?;
    condition(field, name, known, value).map(Filter::One)
}

pub(super) fn unrecognized(name: &str) -> Failure {
    Failure::input(format!("unrecognized field \"{name}\""))
}

fn not_allowed(name: &str, operator: &str) -> Failure {
    Failure::input(format!("operator \"{operator}\" is not allowed for field \"{name}\""))
}

fn condition<S: Subject>(
    field: &Field<S>,
    name: &str,
    operator: Operator,
    value: &Value,
) -> Result<Condition<S>, Failure> {
    Ok(match &field.content {
        Content::Text(field) if operator == Operator::Autocomplete => {
            Condition::Words(field.clone(), words(name, value)?)
        }
        Content::Text(field) => Condition::Text(field.clone(), test(name, operator, value, text)?),
        Content::Flag(of) => Condition::Flag(*of, test(name, operator, value, flag)?),
        Content::Date(of) => Condition::Date(*of, test(name, operator, value, date)?),
        Content::Teams(of) => Condition::Teams(*of, teams(name, operator, value)?),
        Content::Custom(field) => custom(field, name, operator, value)?,
    })
}

fn words(name: &str, value: &Value) -> Result<Words, Failure> {
    let text = value.as_str().ok_or_else(|| wrong_type(name, value, "string"))?;
    Words::parse(text).ok_or_else(|| {
        Failure::input(
            "$autocomplete field is empty or contains invalid characters. \
             Please provide a valid string to autocomplete",
        )
    })
}

fn text(name: &str, value: &Value) -> Result<String, Failure> {
    value.as_str().map(str::to_owned).ok_or_else(|| wrong_type(name, value, "string"))
}

fn flag(name: &str, value: &Value) -> Result<bool, Failure> {
    value.as_bool().ok_or_else(|| wrong_type(name, value, "boolean"))
}

fn date(name: &str, value: &Value) -> Result<Timestamp, Failure> {
    rfc3339::parse(value).ok_or_else(|| match value {
        // The likely mistake: a time in seconds.
        Value::Number(number) => Failure::input(format!(
            "field `{name}` contains the number {number}. expecting RFC 3339 text, or whole nanoseconds since 1970"
        )),
        _ => wrong_type(name, value, "RFC 3339 time"),
    })
}

/// Parses the test of a value that has an order.
fn test<T: Eq + Hash>(
    name: &str,
    operator: Operator,
    value: &Value,
    read: fn(&str, &Value) -> Result<T, Failure>,
) -> Result<Test<T>, Failure> {
    let read_all =
        || -> Result<HashSet<T>, Failure> { list(name, value)?.iter().map(|value| read(name, value)).collect() };
    Ok(match operator {
        Operator::Compare(comparison) => Test::Compare(comparison, read(name, value)?),
        Operator::In => Test::OneOf(read_all()?),
        Operator::Nin => Test::NoneOf(read_all()?),
        Operator::Exists => Test::Exists(exists(value)?),
        // No field with ordered values has these operators.
        Operator::Contains | Operator::Autocomplete => return Err(not_allowed(name, operator.name())),
    })
}

fn exists(value: &Value) -> Result<bool, Failure> {
    value.as_bool().ok_or_else(|| Failure::input("$exists operator only support boolean values"))
}

/// In SDK tests, null finds users without teams and an empty name is rejected.
fn teams(name: &str, operator: Operator, value: &Value) -> Result<TeamsTest, Failure> {
    let team = |value: &Value| match value.as_str() {
        Some("") => {
            Err(Failure::input(format!("field `{name}` contains an empty string. expecting the name of a team")))
        }
        Some(team) => Ok(team.to_owned()),
        None => Err(wrong_type(name, value, "string")),
    };
    let teams = |value: &Value| -> Result<HashSet<String>, Failure> { list(name, value)?.iter().map(team).collect() };
    Ok(match (operator, value) {
        (EQ, Value::Null) => TeamsTest::Empty,
        (EQ, Value::Array(_)) => TeamsTest::Exactly(teams(value)?),
        (Operator::In, _) => TeamsTest::AnyOf(teams(value)?),
        _ => TeamsTest::AnyOf([team(value)?].into()),
    })
}

fn custom<S: Subject>(
    field: &CustomField<S>,
    name: &str,
    operator: Operator,
    value: &Value,
) -> Result<Condition<S>, Failure> {
    let test = match operator {
        Operator::Compare(comparison) => CustomTest::Compare(comparison, value.clone()),
        Operator::In => CustomTest::OneOf(list(name, value)?.clone()),
        Operator::Exists => CustomTest::Exists(exists(value)?),
        Operator::Contains => CustomTest::Contains(value.clone()),
        // Custom data does not have these operators.
        Operator::Nin | Operator::Autocomplete => return Err(not_allowed(name, operator.name())),
    };
    Ok(Condition::Custom(field.clone(), test))
}

fn list<'a>(name: &str, value: &'a Value) -> Result<&'a Vec<Value>, Failure> {
    value.as_array().ok_or_else(|| wrong_type(name, value, "array"))
}

fn wrong_type(name: &str, value: &Value, expected: &str) -> Failure {
    Failure::input(format!("field `{name}` contains type {}. expecting {expected}", read::kind(value)))
}
