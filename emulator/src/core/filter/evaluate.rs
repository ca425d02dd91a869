//! Evaluates a filter for one user or ban.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::hash::Hash;

use serde_json::Value;

use super::field::CustomField;
use super::{Comparison, Condition, CustomTest, Filter, Sight, TeamsTest, Test, json};

impl<S> Filter<S> {
    /// Whether the subject matches the filter.
    pub(crate) fn accepts(&self, sight: Sight<'_>, subject: &S) -> bool {
        match self {
            Self::All(filters) => filters.iter().all(|filter| filter.accepts(sight, subject)),
            Self::Any(filters) => filters.iter().any(|filter| filter.accepts(sight, subject)),
            Self::None(filters) => !filters.iter().any(|filter| filter.accepts(sight, subject)),
            Self::One(condition) => condition.holds(sight, subject),
        }
    }
}

impl<S> Condition<S> {
    fn holds(&self, sight: Sight<'_>, subject: &S) -> bool {
        match self {
            Self::Text(field, test) => test.holds((field.of)(subject).as_deref()),
            Self::Words(field, words) => (field.of)(subject).is_some_and(|text| words.are_in(&text)),
            Self::Flag(of, test) => test.holds(Some(&of(sight, subject))),
            Self::Date(of, test) => test.holds(of(subject).as_ref()),
            Self::Teams(of, test) => test.holds(of(subject)),
            Self::Custom(field, test) => test.holds(field.of(subject).as_ref()),
        }
    }
}

impl<S> CustomField<S> {
    fn of(&self, subject: &S) -> Option<Value> {
        match self.path {
            None => Some((self.data)(subject).data().into()),
            Some(_) => self.at(subject),
        }
    }
}

impl<T: Ord + Hash> Test<T> {
    /// A missing value is unequal to every value, and neither greater nor less.
    fn holds<V: Ord + Hash + ?Sized>(&self, value: Option<&V>) -> bool
    where
        T: Borrow<V>,
    {
        match (self, value) {
            (Self::Exists(expected), value) => value.is_some() == *expected,
            (Self::Compare(comparison, other), Some(value)) => comparison.holds(value.cmp(other.borrow())),
            (Self::Compare(comparison, _), None) => *comparison == Comparison::Unequal,
            (Self::OneOf(others), value) => value.is_some_and(|value| others.contains(value)),
            (Self::NoneOf(others), value) => !value.is_some_and(|value| others.contains(value)),
        }
    }
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
        }
    }
}

impl TeamsTest {
    fn holds(&self, teams: &[String]) -> bool {
        match self {
            Self::Empty => teams.is_empty(),
            Self::AnyOf(names) => teams.iter().any(|team| names.contains(team)),
            Self::Exactly(names) => {
                teams.iter().all(|team| names.contains(team)) && names.iter().all(|name| teams.contains(name))
            }
        }
    }
}

impl CustomTest {
    fn holds(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Exists(expected), value) => value.is_some() == *expected,
            // A filter for null finds both a missing key and a key with null.
            (Self::Compare(Comparison::Equal, other), None) => other.is_null(),
            (_, None) => false,
            (Self::Compare(Comparison::Equal, other), Some(value)) => json::equal(value, other),
            (Self::Compare(comparison, other), Some(value)) => {
                json::compare(value, other).is_some_and(|order| comparison.holds(order))
            }
            (Self::OneOf(others), Some(value)) => others.iter().any(|other| json::equal(value, other)),
            (Self::Contains(part), Some(value)) => json::contains(value, part),
        }
    }
}
