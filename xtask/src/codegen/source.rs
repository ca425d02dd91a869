//! Reads Rust files: attributes for serde, and documentation.

use std::path::Path;

use anyhow::{Context, Result};
use syn::{Attribute, Expr, Field, File, GenericArgument, Lit, LitStr, Meta, PathArguments, Type};

use crate::repo::Repo;

/// The folder of the models.
pub(super) const MODEL: &str = "src/model";

pub(super) fn file(repo: &Repo, path: impl AsRef<Path>) -> Result<File> {
    let path = path.as_ref();
    syn::parse_file(&repo.shell.read_file(path)?).with_context(|| format!("cannot parse {}", path.display()))
}

/// The files of a folder.
pub(super) fn files(repo: &Repo, folder: &str) -> Result<Vec<File>> {
    repo.shell.read_dir(folder)?.into_iter().map(|path| file(repo, path)).collect()
}

/// A field's name in JSON.
pub(super) fn wire_name(field: &Field) -> Result<String> {
    if let Some(renamed) = serde_value(&field.attrs, "rename")? {
        return Ok(renamed);
    }
    let ident = field.ident.as_ref().context("a field without a name")?.to_string();
    Ok(ident.strip_prefix("r#").unwrap_or(&ident).to_owned())
}

/// The value of `#[serde(key = "value")]`.
pub(super) fn serde_value(attributes: &[Attribute], key: &str) -> Result<Option<String>> {
    let mut value = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("flatten") {
                return Err(meta.error("codegen does not know `flatten`: name the fields, or teach it"));
            }
            let text = meta.value().ok().map(|input| input.parse::<LitStr>()).transpose()?;
            if meta.path.is_ident(key) {
                value = text.map(|text| text.value());
            }
            Ok(())
        })?;
    }
    Ok(value)
}

/// A documentation comment as one text. Lines of a paragraph are joined.
pub(super) fn documentation(attributes: &[Attribute]) -> String {
    paragraphs(attributes.iter().filter_map(doc_line).collect::<Vec<_>>().iter().map(String::as_str))
}

/// Joins the lines of each paragraph.
pub(super) fn paragraphs<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    let mut ended = false;
    for line in lines.map(str::trim) {
        if line.is_empty() {
            ended = true;
            continue;
        }
        if !text.is_empty() {
            text.push_str(if ended { "\n\n" } else { " " });
        }
        text.push_str(line);
        ended = false;
    }
    text
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => text(&meta.value),
        _ => None,
    }
}

/// The text of a literal.
pub(super) fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The types between a type's angle brackets.
pub(super) fn inner_types(arguments: &PathArguments) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else { return Vec::new() };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    });
    types.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_paragraph_become_one() {
        let lines = [" One", " goes on.", "", " Two.", ""];
        assert_eq!(paragraphs(lines.into_iter()), "One goes on.\n\nTwo.");
    }
}
