//! Short names between a module and its glue.
//!
//! wasm-bindgen gives each import and export a name with a hash, and both files contain all of these. Nobody reads them
//! and a hash cannot be compressed: they are 3 kB gz of a Worker with the client (measured), 6 % of it. Names of one
//! letter for all others, which the entries translate, save another 0.4 kB.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder, utils};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{Export, Import, Imports, Parser};

/// The new names of a module.
#[derive(Default)]
pub(super) struct Names {
    /// The glue's new names of imports, by wasm-bindgen's names.
    glue: BTreeMap<String, String>,
    /// The new names of exports, by their old names.
    exports: BTreeMap<String, String>,
    /// The imports, in the module's order: the module's name of each, and the glue's new name.
    pub(super) imports: Vec<(String, String)>,
}

/// The exports that entries and `js.rs` call by name.
const KEPT: [&str; 2] = ["__wbindgen_start", "memory"];

/// wasm-bindgen's exports for a glue that ends an instance after a panic, which ours does not.
const UNUSED: [&str; 2] = ["__abort_handler", "__instance_terminated"];

/// How the glue refers to the module's exports.
const EXPORTS: &str = "wasm.";

/// Renames a module's imports and exports, and returns the new names.
pub(super) fn module(wasm: &[u8]) -> Result<(Vec<u8>, Names)> {
    let mut shortener = Shortener::default();
    let mut output = Module::new();
    shortener
        .parse_core_module(&mut output, Parser::new(0), wasm)
        .map_err(|error| anyhow::anyhow!("the module cannot be rewritten: {error}"))?;
    Ok((output.finish(), shortener.names))
}

/// Renames them in the glue.
pub(super) fn glue(source: &str, names: &Names) -> Result<String> {
    for name in UNUSED {
        ensure!(!source.contains(name), "the glue uses `{name}`, which the module does not export any more");
    }
    let mut output = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at_checked(start).context("a character cut in two")?;
        let end = from.find(|letter| !is_word(letter)).unwrap_or(from.len());
        let (word, after) = from.split_at_checked(end).context("a character cut in two")?;
        ensure!(!names.glue.values().any(|short| short == word), "the glue has a name `{word}` of its own");
        output.push_str(before);
        let short = if output.ends_with(EXPORTS) { names.exports.get(word) } else { names.glue.get(word) };
        output.push_str(short.map_or(word, String::as_str));
        rest = after;
    }
    output.push_str(rest);
    Ok(output)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}

/// A name of one letter, or of two from the 27th on.
fn letters(index: usize) -> String {
    let letter = |index: usize| char::from(b'a' + u8::try_from(index % 26).unwrap_or_default());
    let first = (index >= 26).then(|| letter(index / 26 - 1));
    first.into_iter().chain([letter(index)]).collect()
}

#[derive(Default)]
struct Shortener {
    names: Names,
}

impl Reencode for Shortener {
    type Error = std::convert::Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: Imports<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        let Imports::Single(at, import) = imports else {
            return utils::parse_imports(&mut RoundtripReencoder, section, imports);
        };
        let Names { glue, imports, .. } = &mut self.names;
        let short = letters(imports.len());
        // wasm-bindgen's own names have underscores; others are words that the glue may use elsewhere.
        let in_glue = if import.name.contains('_') {
            let next = format!("w${}", glue.len());
            glue.entry(import.name.to_owned()).or_insert(next).clone()
        } else {
            import.name.to_owned()
        };
        // One file contains all of the module's imports.
        let renamed = Import { module: "./glue.js", name: &short, ..import };
        utils::parse_imports(&mut RoundtripReencoder, section, Imports::Single(at, renamed))?;
        imports.push((short, in_glue));
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        if UNUSED.contains(&export.name) {
            return Ok(());
        }
        if KEPT.contains(&export.name) {
            return utils::parse_export(&mut RoundtripReencoder, exports, export);
        }
        let short = letters(self.names.exports.len());
        utils::parse_export(&mut RoundtripReencoder, exports, Export { name: &short, ..export })?;
        self.names.exports.insert(export.name.to_owned(), short);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renames_whole_words_and_exports_where_they_are_used() -> Result<()> {
        let names = Names {
            glue: BTreeMap::from([("__wbg_a".to_owned(), "w$0".to_owned())]),
            exports: BTreeMap::from([("judge".to_owned(), "a".to_owned()), ("__wbg_a".to_owned(), "b".to_owned())]),
            imports: Vec::new(),
        };
        let glue = |source| glue(source, &names);
        assert_eq!(glue("x.__wbg_a(__wbg_ab, __wbg_a);")?, "x.w$0(__wbg_ab, w$0);");
        assert_eq!(glue("judge(wasm.judge, wasm.__wbg_a)")?, "judge(wasm.a, wasm.b)");
        assert!(glue("let w$0;").is_err());
        assert!(glue("wasm.__abort_handler()").is_err());
        Ok(())
    }

    #[test]
    fn names_are_as_short_as_they_can_be() {
        assert_eq!([0, 25, 26, 51, 52].map(letters), ["a", "z", "aa", "az", "ba"]);
    }
}
