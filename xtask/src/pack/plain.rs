//! Entries without wasm of their own: JavaScript that works through the client it is given, so that who does not import it
//! does not pay for it.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::cmd;

use super::{Exports, declarations};
use crate::repo::Repo;
use crate::step::quietly;

/// Bundles the entry `name`, once for `import` and once for `require`, and writes its types.
pub(super) fn files(repo: &Repo, name: &str, exports: &Exports, dist: &Path) -> Result<()> {
    let shell = &repo.shell;
    let folder = dist.join(name);
    shell.create_dir(&folder)?;
    let source = exports.keys().next().with_context(|| format!("exports.json names no file of `{name}`"))?;
    let esbuild = repo.npm_bin(".", "esbuild");
    // `node` only makes esbuild name the exports in a way that Node finds without running the file.
    for (format, platform, output, types, main) in [
        ("esm", "neutral", "index.js", "index.d.ts", "../index.js"),
        ("cjs", "node", "index.cjs", "index.d.cts", "../index.cjs"),
    ] {
        let output = folder.join(output);
        let bundle = cmd!(shell, "{esbuild} {source} --bundle --format={format} --platform={platform}");
        quietly(
            bundle.args(["--target=es2022", "--tree-shaking=true"]).arg(format!("--outfile={}", output.display())),
        )?;
        let declarations = declarations::plain(repo, name, exports)?.replace("__MAIN__", main);
        shell.write_file(folder.join(types), declarations)?;
    }
    Ok(())
}
