//! `src/client/generated/dates.ts`: the functions that convert a response's dates into `Date`.
//!
//! They are on the client's hot path, so they are generated from the model and not driven by a table: one small
//! function per struct, which always sees objects of the same shape. They must not throw if a server leaves a field out
//! or sends `null`.

mod model;
mod typescript;

use anyhow::{Context, Result, ensure};

use super::source;
use crate::repo::Repo;

pub(super) fn generate(repo: &Repo) -> Result<String> {
    let answers = answers(repo)?;
    let model = model::read(&source::files(repo, source::MODEL)?, &answers.iter().cloned().collect())?;
    let dateless = answers.iter().find(|name| !model.contains_key(*name));
    ensure!(dateless.is_none(), "{ANSWERS} names {dateless:?}, which is no model with dates: it is `Dateless`");
    Ok(typescript::print(&model, &answers))
}

const ANSWERS: &str = "src/operation/answer.rs";

/// The models of the responses of the client's operations, in their order. Only those: the emulator has more
/// operations, whose decoders nobody should have to download.
fn answers(repo: &Repo) -> Result<Vec<String>> {
    let file = source::file(repo, ANSWERS)?;
    let variants = file.items.into_iter().find_map(|item| match item {
        syn::Item::Enum(item) => Some(item.variants),
        _ => None,
    });
    let names = variants.with_context(|| format!("no enum in {ANSWERS}"))?.into_iter().map(|it| it.ident.to_string());
    Ok(names.filter(|name| name != "Dateless").collect())
}
