//! The client's table of operations, read by a macro of its own.

use getstream_users::operation::Operation;

/// A line of the table.
pub(super) struct Entry {
    /// The type that has the method: `StreamClient`.
    object: &'static str,
    /// The method's name.
    name: &'static str,
    /// The lines of its documentation.
    pub(super) documentation: &'static [&'static str],
    /// Its arguments as TypeScript, without the options; an empty text when there are none.
    pub(super) arguments: &'static str,
    /// Its answer as TypeScript.
    pub(super) answer: &'static str,
    /// The name of the operation's constant.
    pub(super) constant: &'static str,
    pub(super) operation: &'static Operation,
}

impl Entry {
    /// The method's name with the object that has it: `moderation.ban`.
    pub(super) fn method_name(&self) -> String {
        let space = self.object.strip_suffix("Client").unwrap_or_default().to_lowercase();
        if space == "stream" { self.name.to_owned() } else { format!("{space}.{}", self.name) }
    }
}

macro_rules! operations {
    ($($(#[doc = $about:literal])* $object:literal {
        $($(#[doc = $doc:literal])* $name:literal($($arguments:literal)?) -> $answer:literal = $constant:ident;)*
    })*) => {
        pub(in crate::codegen::operations) fn entries() -> Vec<super::Entry> {
            vec![$($(super::Entry {
                object: $object,
                name: $name,
                documentation: &[$($doc),*],
                arguments: concat!($($arguments)?),
                answer: $answer,
                constant: stringify!($constant),
                operation: &getstream_users::operation::$constant,
            },)*)*]
        }
    };
}

#[path = "../../../../src/js/operations/table.rs"]
mod lines;

pub(super) use lines::entries;
