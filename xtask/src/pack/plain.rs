//! Entries without wasm of their own: JavaScript that works through the client it is given, so that who does not import it
//! does not pay for it.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::cmd;

use super::{Exports, FORMATS, Format, TYPESCRIPT, types};
use crate::repo::Repo;
use crate::step::quietly;

/// Bundles the entry `name`, once for `import` and once for `require`, and writes its types.
pub(super) fn files(repo: &Repo, name: &str, exports: &Exports, dist: &Path) -> Result<()> {
    let shell = &repo.shell;
    let folder = dist.join(name);
    shell.create_dir(&folder)?;
    let source = exports.keys().next().with_context(|| format!("exports.json names no file of `{name}`"))?;
    let esbuild = repo.npm_bin(".", "esbuild");
    for Format { name: format, platform, ending, .. } in FORMATS {
        let output = folder.join("index").with_extension(ending);
        let bundle = cmd!(shell, "{esbuild} {source} --bundle --format={format} --platform={platform}");
        quietly(
            bundle.args(["--target=es2022", "--tree-shaking=true"]).arg(format!("--outfile={}", output.display())),
        )?;
    }
    types::write(repo, source.strip_prefix(TYPESCRIPT).context("the entry is no TypeScript")?, &folder)
}
