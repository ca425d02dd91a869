//! The methods that are nothing but an operation.
//!
//! Rust has one entry for all of them, `call`, which takes an operation by its place in the table; `face.js` makes a
//! method of each. Methods of their own would each be another export of the wasm and another wrapper in the glue.

use alloc::string::String;

use crate::operation::Operation;
use table::OPERATIONS;

/// The operation at this place.
pub(super) fn at(index: usize) -> Option<&'static Operation> {
    OPERATIONS.get(index).copied()
}

/// The names of all of them, in their order.
pub(super) fn names() -> String {
    let mut names = String::new();
    for operation in OPERATIONS {
        names.push_str(if names.is_empty() { "" } else { " " });
        names.push_str(operation.method_name);
    }
    names
}

/// Makes the table, and its types (but for `request`, which is generic and stands in `types.rs`): for each object, documentation, name, arguments and answer of its operations.
macro_rules! operations {
    ($($(#[doc = $about:literal])* $object:literal {
        $($(#[doc = $doc:literal])* $name:literal($($argument:literal)?) -> $result:literal = $operation:ident;)*
    })*) => {
        pub(super) static OPERATIONS: &[&crate::operation::Operation] =
            &[$($(&crate::operation::$operation,)*)* &crate::operation::REQUEST];

        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const TYPES: &str = concat!($(
            "\n/**\n", $(" *", $about, "\n",)* " */\nexport interface ", $object, " {\n",
            $(
                "  /**\n", $("   *", $doc, "\n",)* "   */\n  ",
                $name, "(", $($argument, ", ",)? "options?: RequestOptions): Promise<", $result, ">;\n",
            )*
            "}\n",
        )*);
    };
}

mod table;
