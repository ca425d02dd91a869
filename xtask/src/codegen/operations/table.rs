//! The client's table of operations, read by a macro for codegen.

use getstream_users::operation::Operation;

/// A line of the table.
pub(crate) struct Entry {
    /// The type that has the method: `StreamClient`.
    pub(crate) object: &'static str,
    /// The object's documentation.
    pub(crate) about: &'static [&'static str],
    /// The method's name.
    pub(crate) name: &'static str,
    /// The lines of its documentation.
    pub(crate) documentation: &'static [&'static str],
    /// Its arguments as TypeScript, without the options.
    pub(crate) arguments: &'static [&'static str],
    /// The type of its response.
    pub(crate) response: &'static str,
    /// The type of its task's result, for an operation that starts one.
    pub(crate) task_result: Option<&'static str>,
    /// The name of the operation's constant.
    pub(crate) constant: &'static str,
    pub(crate) operation: &'static Operation,
}

impl Entry {
    /// The method's name with its object: `moderation.ban`.
    pub(crate) fn method_name(&self) -> String {
        let space = self.object.strip_suffix("Client").unwrap_or_default().to_lowercase();
        if space == "stream" { self.name.to_owned() } else { format!("{space}.{}", self.name) }
    }
}

macro_rules! operations {
    ($($(#[doc = $about:literal])* $object:literal {
        $($(#[doc = $doc:literal])* $name:literal($($argument:literal),*) -> $response:literal $(starts $result:literal)?
            = $constant:ident;)*
    })*) => {
        pub(in crate::codegen) fn entries() -> Vec<super::Entry> {
            let mut entries = Vec::new();
            $({
                let about: &[&str] = &[$($about),*];
                $(entries.push(super::Entry {
                    object: $object,
                    about,
                    name: $name,
                    documentation: &[$($doc),*],
                    arguments: &[$($argument),*],
                    response: $response,
                    task_result: [$($result)?].first().copied(),
                    constant: stringify!($constant),
                    operation: &getstream_users::operation::$constant,
                });)*
            })*
            entries
        }
    };
}

#[path = "../../../../src/wasm/operations/table.rs"]
mod lines;

pub(in crate::codegen) use lines::entries;
