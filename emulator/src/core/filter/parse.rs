//! Reading filters. Whatever is wrong with one is found here.
//!
//! Texts of complaints are those that SDK tests show, for queries of users or of channels, where they show any.

use std::collections::HashSet;
use std::hash::Hash;

use getstream_users::model::{CustomData, Timestamp};
use serde_json::Value;

use super::field::{DateField, EQ, Field, FlagField, Operator, TextField};
use super::words::Words;
use super::{Condition, CustomField, CustomTest, Filter, TeamsTest, Test};
use crate::core::wire::Failure;
use crate::core::wire::rfc3339;

impl Filter {
    /// Reads a filter as it was sent.
    ///
    /// # Errors
    /// When there is anything in it that the language does not have.
    pub(crate) fn parse(conditions: &CustomData) -> Result<Self, Failure> {
        all(conditions.iter().map(|(name, value)| entry(name, value)))
    }
}

fn all(filters: impl Iterator<Item = Result<Filter, Failure>>) -> Result<Filter, Failure> {
    filters.collect::<Result<_, _>>().map(Filter::All)
}

fn entry(name: &str, value: &Value) -> Result<Filter, Failure> {
    match name {
        "$and" => combined(name, value).map(Filter::All),
        "$or" => combined(name, value).map(Filter::Any),
        "$nor" => combined(name, value).map(Filter::None),
        _ => of_field(name, value),
    }
}

fn combined(name: &str, value: &Value) -> Result<Vec<Filter>, Failure> {
    let parts = list(name, value)?;
    if parts.is_empty() {
        return Err(Failure::field(name, "must contain at least 1 item"));
    }
    parts.iter().map(|part| Filter::parse(part.as_object().ok_or_else(|| wrong_type(name, part, "object"))?)).collect()
}

fn of_field(name: &str, value: &Value) -> Result<Filter, Failure> {
    let field = Field::named(name).ok_or_else(|| unrecognized(name))?;
    match operators(value) {
        Some(operators) => all(operators.iter().map(|(operator, value)| with_operator(&field, name, operator, value))),
        None => condition(&field, name, EQ, value).map(Filter::One),
    }
}

/// An object whose keys begin with a dollar sign asks with operators; any other value is to be equal.
fn operators(value: &Value) -> Option<&CustomData> {
    value.as_object().filter(|object| object.keys().next().is_some_and(|key| key.starts_with('$')))
}

fn with_operator(field: &Field, name: &str, operator: &str, value: &Value) -> Result<Filter, Failure> {
    if operator == "$q" {
        return Err(Failure::input(format!("search is not enabled for field users.{name}")));
    }
    let known = Operator::named(operator).filter(|operator| field.operators().contains(operator));
    let known = known.ok_or_else(|| not_allowed(name, operator))?;
    condition(field, name, known, value).map(Filter::One)
}

pub(super) fn unrecognized(name: &str) -> Failure {
    Failure::input(format!("unrecognized field \"{name}\""))
}

fn not_allowed(name: &str, operator: &str) -> Failure {
    Failure::input(format!("operator \"{operator}\" is not allowed for field \"{name}\""))
}

fn condition(field: &Field, name: &str, operator: Operator, value: &Value) -> Result<Condition, Failure> {
    Ok(match field {
        Field::Text(field) if operator == Operator::Autocomplete => Condition::Words(*field, words(name, value)?),
        Field::Text(field) => text(*field, name, operator, value)?,
        Field::Flag(field) => flag(*field, name, operator, value)?,
        Field::Date(field) => date(*field, name, operator, value)?,
        Field::Teams => Condition::Teams(teams(name, operator, value)?),
        Field::Custom(field) => custom(field, name, operator, value)?,
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

fn text(field: TextField, name: &str, operator: Operator, value: &Value) -> Result<Condition, Failure> {
    let read = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| wrong_type(name, value, "string"));
    test(name, operator, value, read).map(|test| Condition::Text(field, test))
}

fn flag(field: FlagField, name: &str, operator: Operator, value: &Value) -> Result<Condition, Failure> {
    let read = |value: &Value| value.as_bool().ok_or_else(|| wrong_type(name, value, "boolean"));
    test(name, operator, value, read).map(|test| Condition::Flag(field, test))
}

fn date(field: DateField, name: &str, operator: Operator, value: &Value) -> Result<Condition, Failure> {
    let read = |value: &Value| -> Result<Timestamp, Failure> {
        rfc3339::parse(value).ok_or_else(|| wrong_type(name, value, "RFC 3339 time"))
    };
    test(name, operator, value, read).map(|test| Condition::Date(field, test))
}

/// Reads what is asked of a value that has an order.
fn test<T: Eq + Hash>(
    name: &str,
    operator: Operator,
    value: &Value,
    read: impl Fn(&Value) -> Result<T, Failure>,
) -> Result<Test<T>, Failure> {
    let read_all = || -> Result<HashSet<T>, Failure> { list(name, value)?.iter().map(&read).collect() };
    Ok(match operator {
        Operator::Compare(comparison) => Test::Compare(comparison, read(value)?),
        Operator::In => Test::OneOf(read_all()?),
        Operator::Nin => Test::NoneOf(read_all()?),
        Operator::Exists => Test::Exists(exists(value)?),
        // No field with such values has these among its operators.
        Operator::Contains | Operator::Autocomplete => return Err(not_allowed(name, operator.name())),
    })
}

fn exists(value: &Value) -> Result<bool, Failure> {
    value.as_bool().ok_or_else(|| Failure::input("$exists operator only support boolean values"))
}

/// SDK tests show null finding users without teams and an empty name refused.
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

fn custom(field: &CustomField, name: &str, operator: Operator, value: &Value) -> Result<Condition, Failure> {
    let test = match operator {
        Operator::Compare(comparison) => CustomTest::Compare(comparison, value.clone()),
        Operator::In => CustomTest::OneOf(list(name, value)?.clone()),
        Operator::Exists => CustomTest::Exists(exists(value)?),
        Operator::Contains => CustomTest::Contains(value.clone()),
        // Not among the operators of custom data.
        Operator::Nin | Operator::Autocomplete => return Err(not_allowed(name, operator.name())),
    };
    Ok(Condition::Custom(field.clone(), test))
}

fn list<'a>(name: &str, value: &'a Value) -> Result<&'a Vec<Value>, Failure> {
    value.as_array().ok_or_else(|| wrong_type(name, value, "array"))
}

fn wrong_type(name: &str, value: &Value, expected: &str) -> Failure {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    Failure::input(format!("field `{name}` contains type {found}. expecting {expected}"))
}
