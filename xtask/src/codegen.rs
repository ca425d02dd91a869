//! `cargo xtask codegen`: writes `src/js/dates.js`, the functions that turn an answer's dates into `Date`.
//!
//! They stand on the client's hot path, so they are generated from the model rather than driven by a table: one small
//! function per struct that always sees the same shape. A server that leaves a field out, or sends `null`, must not
//! make them throw.

mod javascript;
mod model;

use std::collections::BTreeSet;

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
    Ok(javascript::print(&model::read(&sources, &answers(repo)?)?))
}

/// The models that the client's operations name as their answers. The model holds more than those: the emulator knows
/// operations that the client does not have, and nobody should download what decodes them.
fn answers(repo: &Repo) -> Result<BTreeSet<String>> {
    let mut answers = BTreeSet::new();
    for path in repo.shell.read_dir("src/operation")? {
        let text = repo.shell.read_file(&path)?;
        let named = text.lines().filter_map(|line| line.trim().strip_prefix("result: \"")?.strip_suffix("\","));
        answers.extend(named.map(str::to_owned));
    }
    Ok(answers)
}
