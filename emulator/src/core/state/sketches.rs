//! A number for each user and field, which is enough to skip the user in a query.
//!
//! A query for a few of 100,000 users then reads eight bytes per user, in one array, instead of the users. The query
//! decides what the numbers mean; this file keeps them up to date.

use std::fmt;
use std::sync::Arc;

use super::users::User;

/// How many rows are kept: the most recently used ones. A row takes eight bytes per user.
const MOST: usize = 8;

/// How a user's number is computed.
#[derive(Clone)]
pub(crate) struct Sketch {
    /// Two different sketches have different names.
    name: String,
    of: Arc<dyn Fn(&User) -> u64 + Send + Sync>,
}

impl Sketch {
    pub(crate) fn new(name: String, of: impl Fn(&User) -> u64 + Send + Sync + 'static) -> Self {
        Self { name, of: Arc::new(of) }
    }
}

impl fmt::Debug for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sketch").field(&self.name).finish()
    }
}

/// Arrays of numbers in the order of the users; the most recently used array is last.
#[derive(Debug, Clone, Default)]
pub(super) struct Sketches(Vec<Row>);

#[derive(Debug, Clone)]
struct Row {
    sketch: Sketch,
    numbers: Vec<u64>,
}

impl Sketches {
    /// Adds the row, unless it exists.
    pub(super) fn require<'a>(&mut self, sketch: &Sketch, users: impl Iterator<Item = &'a User>) {
        let place = self.0.iter().position(|row| row.sketch.name == sketch.name);
        let row = match place {
            Some(place) => self.0.remove(place),
            None => Row { sketch: sketch.clone(), numbers: users.map(|user| (sketch.of)(user)).collect() },
        };
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push(row);
    }

    /// The row of a sketch, if it exists.
    pub(super) fn row(&self, sketch: &Sketch) -> Option<&[u64]> {
        self.0.iter().find(|row| row.sketch.name == sketch.name).map(|row| row.numbers.as_slice())
    }

    /// Updates the rows for a changed user.
    pub(super) fn replace(&mut self, place: usize, user: &User) {
        for Row { sketch, numbers } in &mut self.0 {
            if let Some(number) = numbers.get_mut(place) {
                *number = (sketch.of)(user);
            }
        }
    }

    /// Inserts a new user into the rows.
    pub(super) fn insert(&mut self, place: usize, user: &User) {
        for Row { sketch, numbers } in &mut self.0 {
            numbers.insert(place.min(numbers.len()), (sketch.of)(user));
        }
    }

    /// Removes a user from the rows.
    pub(super) fn remove(&mut self, place: usize) {
        for Row { numbers, .. } in &mut self.0 {
            if place < numbers.len() {
                numbers.remove(place);
            }
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
