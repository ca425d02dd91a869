//! The filter language of queries, for users and for bans.
//!
//! A filter is parsed once into typed conditions. A query over many users then compares typed values, and evaluation
//! cannot fail.
//!
//! [`field`] defines what a field is, [`users`] and [`bans`] list the fields, [`parse`] parses a filter, [`evaluate`] applies it to one user or ban, [`search`] skips users that cannot match, [`sort`] orders the result, [`json`] compares custom data and [`words`] searches text.

mod bans;
mod evaluate;
mod field;
mod json;
mod parse;
mod search;
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

pub(crate) use search::Search;
pub(crate) use sort::Order;

use crate::core::caller::Caller;
use crate::core::state::World;

/// What a query finds: users or bans.
pub(crate) trait Subject: Clone + Debug + 'static {
    /// The plural name of the subjects, for messages.
    const COLLECTION: &'static str;
    /// The most terms of a sort order.
    const MAX_SORT_TERMS: usize;

    /// The field with this name; `None` if the name is invalid.
    fn field(name: &str) -> Option<Field<Self>>;

    /// The order of two subjects if the query names no order.
    fn default_order(&self, other: &Self) -> Ordering;
}

/// The caller and the data: the values of some fields depend on them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sight<'a> {
    pub(crate) world: &'a World,
    pub(crate) caller: &'a Caller,
}

/// A parsed filter.
#[derive(Debug, Clone)]
pub(crate) enum Filter<S> {
    /// All of these match. An empty list matches everything.
    All(Vec<Filter<S>>),
    /// At least one of these matches.
    Any(Vec<Filter<S>>),
    /// None of these matches.
    None(Vec<Filter<S>>),
    /// The condition on one field.
    One(Condition<S>),
}

/// A condition on one field.
#[derive(Debug, Clone)]
pub(crate) enum Condition<S> {
    Text(TextField<S>, Test<String>),
    Words(TextField<S>, Words),
    Flag(FlagField<S>, Test<bool>),
    Date(DateField<S>, Test<Timestamp>),
    Teams(TeamsField<S>, TeamsTest),
    Custom(CustomField<S>, CustomTest),
}

/// A test of a value that has an order.
#[derive(Debug, Clone)]
pub(crate) enum Test<T> {
    Compare(Comparison, T),
    OneOf(HashSet<T>),
    NoneOf(HashSet<T>),
    Exists(bool),
}

/// How a value compares with the filter's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Unequal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// A test of a user's teams.
#[derive(Debug, Clone)]
pub(crate) enum TeamsTest {
    /// The user is in no team.
    Empty,
    /// The user is in at least one of these teams.
    AnyOf(HashSet<String>),
    /// The user is in all of these teams and in no others.
    Exactly(HashSet<String>),
}

/// A test of a value in custom data.
#[derive(Debug, Clone)]
pub(crate) enum CustomTest {
    Compare(Comparison, Value),
    OneOf(Vec<Value>),
    Exists(bool),
    Contains(Value),
}

impl<S> Filter<S> {
    /// Whether every match has to match text that somebody typed.
    pub(crate) fn is_search(&self) -> bool {
        match self {
            Self::One(Condition::Words(..)) => true,
            Self::All(filters) => filters.iter().any(Self::is_search),
            Self::Any(_) | Self::None(_) | Self::One(_) => false,
        }
    }

    /// How well a subject matches the typed text, best first: a match at the beginning of the value comes before a
    /// later one, then a short value before a long one. `None` if no text was typed, or if it is only one of several
    /// alternatives.
    pub(crate) fn relevance(&self, subject: &S) -> Option<(bool, usize)> {
        match self {
            Self::One(Condition::Words(field, words)) => {
                let text = (field.of)(subject).unwrap_or_default();
                Some((!words.begin(&text), text.chars().count()))
            }
            Self::All(filters) => filters.iter().find_map(|filter| filter.relevance(subject)),
            Self::Any(_) | Self::None(_) | Self::One(_) => None,
        }
    }

    /// The only keys that the filter can match, if it names them. The query then looks up those subjects instead of
    /// scanning all.
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
