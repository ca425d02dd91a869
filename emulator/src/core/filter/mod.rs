//! The filter language of queries, for users and for bans.
//!
//! A filter is parsed once into typed conditions. So a query over many users compares typed values, and evaluation
//! cannot fail.
//!
//! [`field`] defines what a field is, [`users`] and [`bans`] list the fields, [`parse`] reads a filter, [`evaluate`] applies
//! it to one user or ban, [`search`] skips users that cannot match, [`sort`] orders the result, [`json`] compares custom data
//! and [`words`] searches text.

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
    /// Their name in the plural.
    const COLLECTION: &'static str;
    /// The most terms that they can be sorted by.
    const MAX_SORT_TERMS: usize;

    /// The field with this name; `None` for an invalid name.
    fn field(name: &str) -> Option<Field<Self>>;

    /// The order of two of them in a query that names none.
    fn default_order(&self, other: &Self) -> Ordering;
}

/// The caller and the data: some fields depend on the caller.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sight<'a> {
    pub(crate) world: &'a World,
    pub(crate) caller: &'a Caller,
}

/// A parsed filter.
#[derive(Debug, Clone)]
pub(crate) enum Filter<S> {
    /// All of these hold; true when there are none.
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
    /// Whether something was typed that everything found has to fit.
    pub(crate) fn is_search(&self) -> bool {
        match self {
            Self::One(Condition::Words(..)) => true,
            Self::All(filters) => filters.iter().any(Self::is_search),
            Self::Any(_) | Self::None(_) | Self::One(_) => false,
        }
    }

    /// How well a subject fits what was typed, the best first: at the beginning of the value before further on, a short
    /// value before a long one. `None` when nothing was typed, or it is one of several alternatives.
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
