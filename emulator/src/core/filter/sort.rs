//! Sort orders.
//!
//! Custom values are sorted by JSON type first. Subjects without a value come last in ascending order and first in
//! descending order, as in the database that is most likely behind the API; no source shows it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::iter::repeat;

use serde_json::{Number, Value};

use super::field::{Content, Field};
use super::json;
use super::parse::unrecognized;
use super::{Sight, Subject};
use crate::core::failure::Failure;
use crate::core::state::{Sketch, User};
use crate::core::wire::read::{self, Fields};

/// At least so many subjects are collected before those that come too late are dropped.
const MIN_ROOM: usize = 128;

/// The terms of a sort order, the most important first.
#[derive(Debug)]
pub(crate) struct Order<S>(Vec<Term<S>>);

#[derive(Debug)]
struct Term<S> {
    name: String,
    content: Content<S>,
    descending: bool,
    kind: Kind,
}

/// The type that custom values are sorted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    AsStored,
    Number,
    Boolean,
}

/// A sort key. The variants are in the order of the types.
#[derive(Debug)]
enum Key<'a> {
    Flag(bool),
    Number(Number),
    Date(i64),
    Text(Cow<'a, str>),
    Other,
    Missing,
}

impl<S: Subject> Order<S> {
    /// The order of a query that names none.
    pub(crate) const DEFAULT: Self = Self(Vec::new());

    /// Parses a sort order from a request.
    ///
    /// # Errors
    /// If there are too many terms, or a term has no field, or an unknown direction or type.
    pub(crate) fn parse(terms: Value, path: &str) -> Result<Self, Failure> {
        let terms = read::list(terms, path, Term::parse)?;
        if terms.len() > S::MAX_SORT_TERMS {
            return Err(Failure::field(path, format!("must contain at maximum {} items", S::MAX_SORT_TERMS)));
        }
        Ok(Self(terms))
    }

    /// Whether the query named no order.
    pub(crate) fn is_default(&self) -> bool {
        self.0.is_empty()
    }

    /// The first `count` of the matching subjects, in this order. Each subject may come with a number; a greater number
    /// means a later place, so that subjects behind those already found are skipped.
    pub(crate) fn first<'a>(
        &self,
        sight: Sight<'_>,
        subjects: impl Iterator<Item = (Option<u64>, &'a S)>,
        count: usize,
        accepts: impl Fn(&S) -> bool,
    ) -> Vec<&'a S> {
        // Subjects after the first `count` are dropped without sorting them.
        let room = (2 * count).max(MIN_ROOM);
        let (mut first, mut last_number) = (Vec::new(), None);
        for (number, subject) in subjects {
            let comes_later = number.zip(last_number).is_some_and(|(number, last)| number > last);
            if comes_later || !accepts(subject) {
                continue;
            }
            first.push(self.keyed(sight, number, subject));
            if first.len() >= room {
                last_number = self.cut(&mut first, count);
            }
        }
        self.cut(&mut first, count);
        first.sort_unstable_by(|one, other| self.compare(one, other));
        first.into_iter().map(|Keyed { subject, .. }| subject).collect()
    }

    /// All subjects, in this order, compared one by one.
    #[cfg(test)]
    pub(crate) fn sorted<'a>(&self, sight: Sight<'_>, subjects: impl Iterator<Item = &'a S>) -> Vec<&'a S> {
        let mut keyed: Vec<_> = subjects.map(|subject| self.keyed(sight, None, subject)).collect();
        keyed.sort_by(|one, other| self.compare(one, other));
        keyed.into_iter().map(|Keyed { subject, .. }| subject).collect()
    }

    /// Keeps the first `count`, of which there are more, and returns the number of the last one kept.
    fn cut(&self, subjects: &mut Vec<Keyed<'_, S>>, count: usize) -> Option<u64> {
        let last = count.checked_sub(1).filter(|last| *last < subjects.len())?;
        let (_, Keyed { number, .. }, _) = subjects.select_nth_unstable_by(last, |one, other| self.compare(one, other));
        let number = *number;
        subjects.truncate(count);
        number
    }

    fn keyed<'a>(&self, sight: Sight<'_>, number: Option<u64>, subject: &'a S) -> Keyed<'a, S> {
        Keyed { keys: self.0.iter().map(|term| term.key(sight, subject)).collect(), number, subject }
    }

    /// Subjects that are equal in every term have the default order.
    fn compare(&self, one: &Keyed<'_, S>, other: &Keyed<'_, S>) -> Ordering {
        let keys = one.keys.iter().zip(&other.keys);
        let by_terms = self.0.iter().zip(keys).map(|(term, (one, other))| term.compare(one, other));
        let (one, other) = (one.subject, other.subject);
        by_terms.fold(Ordering::Equal, Ordering::then).then_with(|| one.default_order(other))
    }
}

impl Order<User> {
    /// Numbers in the order of the first term. `None` if that order depends on the caller.
    pub(super) fn sketch(&self) -> Option<Sketch> {
        let Term { name, content, descending, kind } = self.0.first()?;
        if matches!(content, Content::Flag(_)) {
            return None;
        }
        let (content, descending, kind) = (content.clone(), *descending, *kind);
        let name = format!("order {name} {kind:?} {descending}");
        Some(Sketch::new(name, move |user| {
            let number = content.key(kind, user).number();
            if descending { !number } else { number }
        }))
    }
}

/// A subject with its sort keys, which are read once and compared often.
#[derive(Debug)]
struct Keyed<'a, S> {
    keys: Vec<Key<'a>>,
    number: Option<u64>,
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
            // The text is from an error report.
            Some(other) => {
                let field = term.path_of("direction");
                return Err(Failure::input(format!("expected number for field \"{field}\" but got number `{other}`")));
            }
        };
        let kind = term.choice("type", &[("number", Kind::Number), ("boolean", Kind::Boolean)])?;
        Ok(Self { name, content, descending, kind: kind.unwrap_or(Kind::AsStored) })
    }

    fn compare(&self, one: &Key<'_>, other: &Key<'_>) -> Ordering {
        let order = one.compare(other);
        if self.descending { order.reverse() } else { order }
    }

    fn key<'a>(&self, sight: Sight<'_>, subject: &'a S) -> Key<'a> {
        match &self.content {
            Content::Flag(of) => Key::Flag(of(sight, subject)),
            content => content.key(self.kind, subject),
        }
    }
}

impl<S> Content<S> {
    /// A sort key that does not depend on the caller.
    fn key<'a>(&self, kind: Kind, subject: &'a S) -> Key<'a> {
        match self {
            Self::Text(field) => (field.of)(subject).map_or(Key::Missing, Key::Text),
            Self::Date(of) => of(subject).map_or(Key::Missing, |date| Key::Date(date.0)),
            Self::Teams(of) => of(subject).first().map_or(Key::Missing, |team| Key::Text(team.into())),
            Self::Custom(field) => match field.at(subject) {
                Some(value) => kind.key(value),
                None => Key::Missing,
            },
            Self::Flag(_) => Key::Missing,
        }
    }
}

impl Kind {
    /// If the query names a type, text with a number becomes that number and values of other types become no value.
    fn key<'a>(self, value: Value) -> Key<'a> {
        match (self, value) {
            (_, Value::Null) => Key::Missing,
            (Self::AsStored | Self::Number, Value::Number(number)) => Key::Number(number),
            (Self::AsStored | Self::Boolean, Value::Bool(flag)) => Key::Flag(flag),
            (Self::AsStored, Value::String(text)) => Key::Text(text.into()),
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

    /// A number that orders keys as far as it can: a later key never has a smaller number. It holds the key's type, and
    /// as much of the value as fits behind it.
    fn number(&self) -> u64 {
        let content = match self {
            Self::Flag(flag) => u64::from(*flag) << 63,
            Self::Number(number) => number.as_f64().map_or(0, ordered),
            Self::Date(date) => date.cast_unsigned() ^ (1 << 63),
            Self::Text(text) => {
                let beginning = text.bytes().chain(repeat(0)).take(8);
                beginning.fold(0, |number, byte| number << 8 | u64::from(byte))
            }
            Self::Other | Self::Missing => 0,
        };
        u64::from(self.rank()) << 60 | content >> 4
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

/// The bits of a number, in numeric order. 0 and -0 have the same.
fn ordered(number: f64) -> u64 {
    let bits = (number + 0.0).to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}
