//! Entries without their own wasm: JavaScript that works with the caller's client, so that only those who import it pay
//! for it.

use std::path::Path;

use anyhow::{Context, Result};

use super::{Exports, FORMATS, TYPESCRIPT, WITHOUT_STATIC_BLOCKS, types};
use crate::repo::Repo;
use crate::step::quietly;

/// Bundles the entry `name`, for `import` and for `require`, and writes its types.
pub(super) fn files(repo: &Repo, name: &str, exports: &Exports, dist: &Path) -> Result<()> {
    let shell = &repo.shell;
    let folder = dist.join(name);
    shell.create_dir(&folder)?;
    let source = exports.keys().next().with_context(|| format!("exports.json names no file of `{name}`"))?;
    for format in FORMATS {
        let output = folder.join("index").with_extension(format.ending);
        quietly(format.bundle(repo, Path::new(source), &output).arg("--tree-shaking=true").arg(WITHOUT_STATIC_BLOCKS))?;
    }
    types::write(repo, source.strip_prefix(TYPESCRIPT).context("the entry is no TypeScript")?, &folder)
}
