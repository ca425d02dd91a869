//! Records: plain objects that are passed between Rust and TypeScript, declared once for both.
//!
//! [`record!`] generates two types from one list of fields: the Rust type, and the TypeScript interface that `src/client/` is checked against. A field that one side misspells does not compile on the other. A record that Rust reads is a view of the object, with a method for each field: fields that are not needed are not read, and the module is smaller (0.4 kB gz) than with structs.

use alloc::string::String;

use wasm_bindgen::JsValue;

use super::values::{number_field, text_field};
use crate::operation::Argument as _;

/// A type of a record's field that Rust reads.
pub(super) trait Read {
    /// The field's value, or the type's empty value if there is none.
    fn read(object: &JsValue, name: &'static str) -> Self;
}

/// A type of a record's field that Rust writes.
pub(super) trait Write {
    /// The value for JavaScript.
    fn write(self) -> JsValue;
}

impl Read for f64 {
    /// NaN if there is none.
    #[inline(never)]
    fn read(object: &JsValue, name: &'static str) -> Self {
        number_field(object, name)
    }
}

impl Read for Option<f64> {
    #[inline(never)]
    fn read(object: &JsValue, name: &'static str) -> Self {
        let number = number_field(object, name);
        (!number.is_nan()).then_some(number)
    }
}

impl Read for bool {
    #[inline(never)]
    fn read(object: &JsValue, name: &'static str) -> Self {
        object.get(name).is_truthy()
    }
}

impl Read for String {
    #[inline(never)]
    fn read(object: &JsValue, name: &'static str) -> Self {
        text_field(object, name).unwrap_or_default()
    }
}

impl Read for Option<String> {
    #[inline(never)]
    fn read(object: &JsValue, name: &'static str) -> Self {
        text_field(object, name)
    }
}

impl Read for JsValue {
    #[inline(never)]
    fn read(object: &JsValue, name: &'static str) -> Self {
        object.get(name)
    }
}

impl Write for f64 {
    fn write(self) -> JsValue {
        self.into()
    }
}

impl Write for bool {
    fn write(self) -> JsValue {
        self.into()
    }
}

impl Write for &str {
    #[inline(never)]
    fn write(self) -> JsValue {
        self.into()
    }
}

impl Write for String {
    fn write(self) -> JsValue {
        self.as_str().write()
    }
}

impl<Value: Write> Write for Option<Value> {
    fn write(self) -> JsValue {
        self.map_or(JsValue::UNDEFINED, Value::write)
    }
}

impl Write for JsValue {
    fn write(self) -> JsValue {
        self
    }
}

/// Declares a record. Each field has its documentation, its name in TypeScript, its name and type in Rust, and its type
/// in TypeScript.
macro_rules! record {
    ($direction:ident $(#[doc = $about:literal])* $record:ident {
        $($(#[doc = $doc:literal])* $name:literal $field:ident: $type:ty = $typescript:literal,)*
    }) => {
        $crate::wasm::record::record!(@$direction $(#[doc = $about])* $record $($(#[doc = $doc])* $name $field $type,)*);

        #[cfg(feature = "types")]
        const _: () = {
            #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
            const TYPES: &str = concat!(
                "\n/**\n", $(" *", $about, "\n",)* " *\n * @internal\n */\nexport interface ", stringify!($record), " {\n",
                $("  /**\n", $("   *", $doc, "\n",)* "   */\n  readonly ", $name, ": ", $typescript, ";\n",)*
                "}\n",
            );
        };
    };
    (@read $(#[doc = $about:literal])* $record:ident $($(#[doc = $doc:literal])* $name:literal $field:ident $type:ty,)*) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy)]
        pub(super) struct $record<'a>(pub(super) &'a wasm_bindgen::JsValue);

        impl $record<'_> {
            $($(#[doc = $doc])* pub(super) fn $field(self) -> $type {
                <$type as $crate::wasm::record::Read>::read(self.0, $name)
            })*
        }
    };
    (@write $(#[doc = $about:literal])* $record:ident $($(#[doc = $doc:literal])* $name:literal $field:ident $type:ty,)*) => {
        $(#[doc = $about])*
        #[derive(Debug)]
        pub(super) struct $record {
            $($(#[doc = $doc])* pub(super) $field: $type,)*
        }

        impl $record {
            /// The record as an object with that interface.
            pub(super) fn write(self) -> wasm_bindgen::JsValue {
                let object = js_sys::Object::new().into();
                $($crate::wasm::values::set_field(&object, $name, &$crate::wasm::record::Write::write(self.$field));)*
                object
            }
        }
    };
}

/// Declares a union of strings, for a record's field or an argument.
macro_rules! words {
    ($(#[doc = $about:literal])* $words:ident {
        $($(#[doc = $doc:literal])* $variant:ident = $word:literal,)*
    }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(clippy::enum_variant_names, reason = "the words are those of the other side")]
        pub(super) enum $words {
            $($(#[doc = $doc])* $variant,)*
        }

        impl $words {
            #[allow(dead_code, reason = "some sets are only read, some only written")]
            pub(super) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            #[allow(dead_code, reason = "some sets are only read, some only written")]
            pub(super) fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        #[cfg(feature = "types")]
        const _: () = {
            #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
            const TYPES: &str = concat!(
                "\n/**\n", $(" *", $about, "\n",)* " *\n * @internal\n */\nexport type ", stringify!($words), " =",
                $("\n  /**", $($doc,)* " */\n  | \"", $word, "\"",)*
                ";\n",
            );
        };
    };
}

pub(super) use {record, words};
