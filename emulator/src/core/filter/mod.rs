//! The filter language of queries.
//!
//! A filter is read once into conditions that have the type of their field, so that a query over many users compares
//! typed values and nothing can be wrong with the filter any more. Bans are asked for in the same language.
//!
//! [`field`] says what fields are, [`users`] and [`bans`] which there are, [`parse`] reads, [`evaluate`] asks one user or
//! ban, [`sort`] puts them in order; [`json`] compares custom data and [`words`] searches text.

mod bans;
mod evaluate;
mod field;
mod json;
mod parse;
mod sort;
mod users;
mod words;

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt::Debug;

use getstream_users::model::Timestamp;
use serde_json::Value;

use field::{CustomField, DateField, Field, FlagField, TeamsField, TextField};
use words::Words;

pub(crate) use sort::Order;

/// What can be asked for.
pub(crate) trait Subject: Clone + Debug + 'static {
    /// What many of them are called.
    const COLLECTION: &'static str;
    /// The most terms that they can be sorted by.
    const MAX_SORT_TERMS: usize;

    /// The field of that name; `None` when it is no possible name.
    fn field(name: &str) -> Option<Field<Self>>;

    /// The order of two of them in a query that names none.
    fn default_order(&self, other: &Self) -> Ordering;
}

/// What subjects have to be like.
#[derive(Debug, Clone)]
pub(crate) enum Filter<S> {
    /// All of these hold; of none, too.
    All(Vec<Filter<S>>),
    /// At least one of these holds.
    Any(Vec<Filter<S>>),
    /// None of these holds.
    None(Vec<Filter<S>>),
    /// One field is like this.
    One(Condition<S>),
}

/// What one field has to be like.
#[derive(Debug, Clone)]
pub(crate) enum Condition<S> {
    Text(TextField<S>, Test<String>),
    Words(TextField<S>, Words),
    Flag(FlagField<S>, Test<bool>),
    Date(DateField<S>, Test<Timestamp>),
    Teams(TeamsField<S>, TeamsTest),
    Custom(CustomField<S>, CustomTest),
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

/// What a value in custom data has to be like.
#[derive(Debug, Clone)]
pub(crate) enum CustomTest {
    Compare(Comparison, Value),
    OneOf(Vec<Value>),
    Exists(bool),
    Contains(Value),
}

impl<S> Filter<S> {
    /// The keys that the filter leaves to choose from, if it names any. A query then need not look at everything.
    pub(crate) fn keys(&self) -> Option<Vec<&str>> {
        match self {
            Self::One(Condition::Text(field, test)) if field.is_key => match test {
                Test::Compare(Comparison::Equal, key) => Some(vec![key]),
                Test::OneOf(keys) => Some(keys.iter().map(String::as_str).collect()),
                Test::Compare(..) | Test::NoneOf(_) | Test::Exists(_) => None,
            },
            Self::All(filters) => filters.iter().filter_map(Self::keys).min_by_key(Vec::len),
            Self::Any(_) | Self::None(_) | Self::One(_) => None,
        }
    }
}
