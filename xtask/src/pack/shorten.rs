//! Short names between a module and its glue.
//!
//! wasm-bindgen gives each import and export a name with a hash, and both files spell all of them out. Nobody reads them
//! and nothing compresses a hash: they are 2.6 kB gz of a Worker that carries the client (measured), 6 % of it.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder, utils};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{Export, Import, Imports, Parser};

/// Short names by the long ones they stand for.
pub(super) type Names = BTreeMap<String, String>;

/// The export that the entries call by its name.
const KEPT: &str = "__wbindgen_start";

/// Renames a module's imports and exports, and says how.
pub(super) fn module(wasm: &[u8]) -> Result<(Vec<u8>, Names)> {
    let mut shortener = Shortener::default();
    let mut output = Module::new();
    shortener
        .parse_core_module(&mut output, Parser::new(0), wasm)
        .map_err(|error| anyhow::anyhow!("the module cannot be rewritten: {error}"))?;
    Ok((output.finish(), shortener.names))
}

/// Renames the same things in the glue.
pub(super) fn glue(source: &str, names: &Names) -> Result<String> {
    let mut output = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at_checked(start).context("a character cut in two")?;
        let end = from.find(|letter| !is_word(letter)).unwrap_or(from.len());
        let (word, after) = from.split_at_checked(end).context("a character cut in two")?;
        ensure!(!names.values().any(|short| short == word), "the glue has a name `{word}` of its own");
        output.push_str(before);
        output.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    output.push_str(rest);
    Ok(output)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}

#[derive(Default)]
struct Shortener {
    names: Names,
}

impl Shortener {
    fn short(&mut self, name: &str) -> String {
        // wasm-bindgen's own names are the ones with underscores; others are words that the glue may use elsewhere.
        if name == KEPT || !name.contains('_') {
            return name.to_owned();
        }
        let next = format!("w${}", self.names.len());
        self.names.entry(name.to_owned()).or_insert(next).clone()
    }
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
        let name = self.short(import.name);
        // One file holds everything the module imports.
        let import = Import { module: "./glue.js", name: &name, ..import };
        utils::parse_imports(&mut RoundtripReencoder, section, Imports::Single(at, import))
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        let name = self.short(export.name);
        utils::parse_export(&mut RoundtripReencoder, exports, Export { name: &name, ..export })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renames_whole_words_only() -> Result<()> {
        let names = Names::from([("__wbg_a".to_owned(), "w$0".to_owned())]);
        assert_eq!(glue("x.__wbg_a(__wbg_ab, __wbg_a);", &names)?, "x.w$0(__wbg_ab, w$0);");
        assert!(glue("let w$0;", &names).is_err());
        Ok(())
    }
}
