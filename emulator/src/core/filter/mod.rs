//! The filter language of queries.
//!
//! A filter is read once into conditions that have the type of their field, so that a query over many users compares
//! typed values and nothing can be wrong with the filter any more. Fields and their operators are those of Stream's
//! OpenAPI description; a name that is not among them is taken for one of custom data, with or without `custom.` before
//! it.
//!
//! [`field`] says which fields there are, [`parse`] reads, [`evaluate`] asks a user, [`sort`] puts users in order;
//! [`json`] compares custom data and [`words`] searches text.

mod evaluate;
mod field;
mod json;
mod parse;
mod sort;
mod words;

use std::collections::HashSet;

use getstream_users::model::Timestamp;
use serde_json::Value;

use crate::core::path::Path;
use field::{DateField, FlagField, TextField};
use words::Words;

pub(crate) use sort::Order;

/// What users have to be like.
#[derive(Debug, Clone)]
pub(crate) enum Filter {
    /// All of these hold; of none, too.
    All(Vec<Filter>),
    /// At least one of these holds.
    Any(Vec<Filter>),
    /// None of these holds.
    None(Vec<Filter>),
    /// One field is like this.
    One(Condition),
}

/// What one field has to be like.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    Text(TextField, Test<String>),
    Words(TextField, Words),
    Flag(FlagField, Test<bool>),
    Date(DateField, Test<Timestamp>),
    Teams(TeamsTest),
    Custom(CustomField, CustomTest),
}

/// What a value that has an order has to be like.
#[derive(Debug, Clone)]
pub(crate) enum Test<T> {
    Compare(Comparison, T),
    OneOf(HashSet<T>),
    NoneOf(HashSet<T>),
    Exists(bool),
}

/// How a value compares with that of the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Unequal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// What a user's teams have to be like.
#[derive(Debug, Clone)]
pub(crate) enum TeamsTest {
    /// The user is in no team.
    Empty,
    /// The user is in at least one of these.
    AnyOf(HashSet<String>),
    /// The user is in these and no others.
    Exactly(HashSet<String>),
}

/// Custom data that a condition is about.
#[derive(Debug, Clone)]
pub(crate) enum CustomField {
    /// All of it.
    Whole,
    /// What a dotted name leads to.
    At(Path),
}

/// What a value in custom data has to be like.
#[derive(Debug, Clone)]
pub(crate) enum CustomTest {
    Compare(Comparison, Value),
    OneOf(Vec<Value>),
    Exists(bool),
    Contains(Value),
}

impl Filter {
    /// The ids that the filter leaves to choose from, if it names any. A query then need not look at every user.
    pub(crate) fn ids(&self) -> Option<Vec<&str>> {
        match self {
            Self::One(Condition::Text(TextField::Id, Test::Compare(Comparison::Equal, id))) => Some(vec![id]),
            Self::One(Condition::Text(TextField::Id, Test::OneOf(ids))) => {
                Some(ids.iter().map(String::as_str).collect())
            }
            Self::All(filters) => filters.iter().filter_map(Self::ids).min_by_key(Vec::len),
            Self::Any(_) | Self::None(_) | Self::One(_) => None,
        }
    }
}
