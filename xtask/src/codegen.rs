//! `cargo xtask codegen`: writes `src/js/dates.js`, the functions that turn an answer's dates into `Date`.
//!
//! They stand on the client's hot path, so they are generated from the model rather than driven by a table: one small
//! function per struct that always sees the same shape. A server that leaves a field out, or sends `null`, must not
//! make them throw.

mod javascript;
mod model;

use anyhow::{Context, Result, ensure};

use crate::repo::Repo;

const GENERATED: &str = "src/js/dates.js";

/// Brings the generated file up to date.
pub(crate) fn write(repo: &Repo) -> Result<()> {
    let text = generate(repo)?;
    if current(repo).is_none_or(|current| current != text) {
        repo.shell.write_file(GENERATED, text)?;
        eprintln!("  wrote {GENERATED}");
    }
    Ok(())
}

/// Fails when the generated file is not what the model says.
pub(crate) fn check(repo: &Repo) -> Result<()> {
    let text = generate(repo)?;
    ensure!(
        current(repo).is_some_and(|current| current == text),
        "{GENERATED} is not up to date with src/model: run `cargo xtask codegen` and commit the file"
    );
    Ok(())
}

fn current(repo: &Repo) -> Option<String> {
    repo.shell.read_file(GENERATED).ok()
}

fn generate(repo: &Repo) -> Result<String> {
    let mut sources = Vec::new();
    for path in repo.shell.read_dir("src/model")? {
        let text = repo.shell.read_file(&path)?;
        sources.push(syn::parse_file(&text).with_context(|| format!("cannot parse {}", path.display()))?);
    }
    let answers = answers(repo)?;
    let model = model::read(&sources, &answers.iter().cloned().collect())?;
    let dateless = answers.iter().find(|name| !model.contains_key(*name));
    ensure!(dateless.is_none(), "{ANSWERS} names {dateless:?}, which is no model with dates: it is `Dateless`");
    Ok(javascript::print(&model, &answers))
}

const ANSWERS: &str = "src/operation/answer.rs";

/// The models that the client's operations have as their answers, in their order. There are more than those: the emulator
/// knows operations that the client does not have, and nobody should download what decodes them.
fn answers(repo: &Repo) -> Result<Vec<String>> {
    let file = syn::parse_file(&repo.shell.read_file(ANSWERS)?)?;
    let variants = file.items.into_iter().find_map(|item| match item {
        syn::Item::Enum(item) => Some(item.variants),
        _ => None,
    });
    let names = variants.with_context(|| format!("no enum in {ANSWERS}"))?.into_iter().map(|it| it.ident.to_string());
    Ok(names.filter(|name| name != "Dateless").collect())
}
