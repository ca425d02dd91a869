//! The operations by index. `src/client/generated/operations.ts` has a method for each, which contains that index.

use crate::error::{Error, Kind};
use crate::operation::Operation;
use table::OPERATIONS;

/// The operation at this index.
pub(super) fn at(index: usize) -> Result<&'static Operation, Error> {
    OPERATIONS.get(index).copied().ok_or_else(|| Error::new(Kind::Internal, "there is no such operation".into()))
}

/// Builds the table. The other parts of a line are for `cargo xtask codegen`.
macro_rules! operations {
    ($($(#[doc = $about:literal])* $object:literal {
        $($(#[doc = $doc:literal])* $name:literal($($argument:literal),*) -> $response:literal $(starts $result:literal)?
            = $operation:ident;)*
    })*) => {
        pub(super) static OPERATIONS: &[&crate::operation::Operation] =
            &[$($(&crate::operation::$operation,)*)* &crate::operation::REQUEST];
    };
}

mod table;
