//! Pagination: which part of a list to return.

use crate::core::failure::Failure;
use crate::core::wire::read::{self, Fields};

/// The default limit. A limit of 0 counts as missing; sources are silent about it.
const DEFAULT_LIMIT: usize = 30;

/// A page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) offset: usize,
    pub(crate) limit: usize,
}

/// The largest values that a query accepts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) limit: i64,
    pub(crate) offset: i64,
}

impl Page {
    /// Takes `limit` and `offset`.
    ///
    /// # Errors
    /// If one of them is out of bounds.
    pub(crate) fn parse(payload: &mut Fields, most: Bounds) -> Result<Self, Failure> {
        let limit = bounded(payload, "limit", most.limit)?;
        let limit = if limit == 0 { DEFAULT_LIMIT } else { limit };
        Ok(Self { offset: bounded(payload, "offset", most.offset)?, limit })
    }

    /// The end of the page in the list.
    pub(crate) fn end(self) -> usize {
        self.offset + self.limit
    }

    /// The part of the list that is on the page.
    pub(crate) fn of<T>(self, list: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        list.into_iter().skip(self.offset).take(self.limit)
    }
}

/// Takes a number between 0 and `most`; 0 if it is missing.
fn bounded(payload: &mut Fields, name: &str, most: i64) -> Result<usize, Failure> {
    let number = payload.optional(name, read::integer)?.unwrap_or_default();
    if number > most {
        return Err(Failure::field(name, format!("must be {most} or less")));
    }
    usize::try_from(number).map_err(|_| Failure::field(name, "must be 0 or greater"))
}
