//! Sort orders.
//!
//! Custom values sort by their JSON type. Subjects without a value come last in ascending order and first in descending
//! order, as in the database that is most likely behind the API; no source shows it.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::field::{Content, Field};
use super::json;
use super::parse::unrecognized;
use super::{Sight, Subject};
use crate::core::failure::Failure;
use crate::core::wire::read::{self, Fields};

/// The terms that subjects are sorted by, the most important first.
#[derive(Debug)]
pub(crate) struct Order<S>(Vec<Term<S>>);

#[derive(Debug)]
struct Term<S> {
    content: Content<S>,
    descending: bool,
    kind: Kind,
}

/// How custom values are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    AsStored,
    Number,
    Boolean,
}

/// What a term sorts by, in the order of the kinds of values.
#[derive(Debug)]
enum Key<'a> {
    Flag(bool),
    Number(Number),
    Date(i64),
    Text(&'a str),
    Other,
    Missing,
}

impl<S: Subject> Order<S> {
    /// The order of a query that names none.
    pub(crate) const DEFAULT: Self = Self(Vec::new());

    /// Reads a sort order as it was sent.
    ///
    /// # Errors
    /// When there are more terms than there may be, or one has no field, no direction that exists or no type that exists.
    pub(crate) fn parse(terms: Value, path: &str) -> Result<Self, Failure> {
        let terms = read::list(terms, path, Term::parse)?;
        if terms.len() > S::MAX_SORT_TERMS {
            return Err(Failure::field(path, format!("must contain at maximum {} items", S::MAX_SORT_TERMS)));
        }
        Ok(Self(terms))
    }

    /// Whether there is nothing to sort by.
    pub(crate) fn is_default(&self) -> bool {
        self.0.is_empty()
    }

    /// The first `count` of the subjects, in this order. The others are not sorted: it is enough to know that they come
    /// later.
    pub(crate) fn first<'a>(&self, sight: Sight<'_>, subjects: Vec<&'a S>, count: usize) -> Vec<&'a S> {
        let mut keyed: Vec<Keyed<'a, S>> = subjects.into_iter().map(|subject| self.keyed(sight, subject)).collect();
        let compare = |one: &Keyed<'a, S>, other: &Keyed<'a, S>| self.compare(one, other);
        if count < keyed.len() {
            keyed.select_nth_unstable_by(count, compare);
            keyed.truncate(count);
        }
        keyed.sort_unstable_by(compare);
        keyed.into_iter().map(|Keyed { subject, .. }| subject).collect()
    }

    fn keyed<'a>(&self, sight: Sight<'_>, subject: &'a S) -> Keyed<'a, S> {
        Keyed { keys: self.0.iter().map(|term| term.key(sight, subject)).collect(), subject }
    }

    /// Subjects that are equal in every term come in the default order.
    fn compare(&self, one: &Keyed<'_, S>, other: &Keyed<'_, S>) -> Ordering {
        let keys = one.keys.iter().zip(&other.keys);
        let by_terms = self.0.iter().zip(keys).map(|(term, (one, other))| term.compare(one, other));
        let (one, other) = (one.subject, other.subject);
        by_terms.fold(Ordering::Equal, Ordering::then).then_with(|| one.default_order(other))
    }
}

/// A subject with what it is sorted by, which is looked up once and compared often.
#[derive(Debug)]
struct Keyed<'a, S> {
    keys: Vec<Key<'a>>,
    subject: &'a S,
}

impl<S: Subject> Term<S> {
    fn parse(term: Value, path: &str) -> Result<Self, Failure> {
        let mut term = Fields::of(term, path)?;
        let name = term.required("field", read::filled)?;
        let Field { content, .. } = S::field(&name).ok_or_else(|| unrecognized(&name))?;
        let descending = match term.optional("direction", read::integer)? {
            None | Some(1) => false,
            Some(-1) => true,
            // Text of an error report.
            Some(other) => {
                let field = term.path_of("direction");
                return Err(Failure::input(format!("expected number for field \"{field}\" but got number `{other}`")));
            }
        };
        let kind = term.choice("type", &[("number", Kind::Number), ("boolean", Kind::Boolean)])?;
        Ok(Self { content, descending, kind: kind.unwrap_or(Kind::AsStored) })
    }

    fn compare(&self, one: &Key<'_>, other: &Key<'_>) -> Ordering {
        let order = one.compare(other);
        if self.descending { order.reverse() } else { order }
    }

    fn key<'a>(&self, sight: Sight<'_>, subject: &'a S) -> Key<'a> {
        match &self.content {
            Content::Text(field) => (field.of)(subject).map_or(Key::Missing, Key::Text),
            Content::Flag(of) => Key::Flag(of(sight, subject)),
            Content::Date(of) => of(subject).map_or(Key::Missing, |date| Key::Date(date.0)),
            Content::Teams(of) => of(subject).first().map_or(Key::Missing, |team| Key::Text(team)),
            Content::Custom(field) => match field.at(subject) {
                Some(value) => self.kind.key(value),
                None => Key::Missing,
            },
        }
    }
}

impl Kind {
    /// A type that was asked for makes a number of text that is one, and leaves other values out.
    fn key(self, value: &Value) -> Key<'_> {
        match (self, value) {
            (_, Value::Null) => Key::Missing,
            (Self::AsStored | Self::Number, Value::Number(number)) => Key::Number(number.clone()),
            (Self::AsStored | Self::Boolean, Value::Bool(flag)) => Key::Flag(*flag),
            (Self::AsStored, Value::String(text)) => Key::Text(text),
            (Self::AsStored, _) => Key::Other,
            (Self::Number, Value::String(text)) => {
                text.parse::<f64>().ok().and_then(Number::from_f64).map_or(Key::Missing, Key::Number)
            }
            (Self::Number | Self::Boolean, _) => Key::Missing,
        }
    }
}

impl Key<'_> {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Flag(one), Self::Flag(other)) => one.cmp(other),
            (Self::Number(one), Self::Number(other)) => json::compare_numbers(one, other),
            (Self::Date(one), Self::Date(other)) => one.cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Flag(_) => 0,
            Self::Number(_) => 1,
            Self::Date(_) => 2,
            Self::Text(_) => 3,
            Self::Other => 4,
            Self::Missing => 5,
        }
    }
}
