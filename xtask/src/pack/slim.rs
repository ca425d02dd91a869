//! The entry for people who bring the compiled module themselves, and the module as an entry.

use std::path::Path;

use anyhow::Result;
use xshell::cmd;

use super::Exports;
use crate::repo::Repo;
use crate::step::quietly;

const TEMPLATES: &str = "pkg-template/slim";

/// Bundles it with the client's glue, once for `import` and once for `require`, and writes the types.
pub(super) fn files(repo: &Repo, exports: &Exports, dist: &Path) -> Result<()> {
    let shell = &repo.shell;
    let folder = dist.join("slim");
    shell.create_dir(&folder)?;
    let template = |name: &str| Ok::<_, anyhow::Error>(shell.read_file(Path::new(TEMPLATES).join(name))?);

    let names: Vec<&str> = exports.values().flatten().map(String::as_str).collect();
    let entry = folder.join("entry.js");
    shell.write_file(&entry, template("entry.js")?.replace("__PUBLIC_NAMES__", &names.join(", ")))?;
    let (esbuild, types) = (repo.npm_bin(".", "esbuild"), template("index.d.ts")?);
    // `node` only makes esbuild name the exports in a way that Node finds without running the file.
    for (format, platform, output, declarations, main) in [
        ("esm", "neutral", "index.js", "index.d.ts", "../index.js"),
        ("cjs", "node", "index.cjs", "index.d.cts", "../index.cjs"),
    ] {
        let output = folder.join(output);
        let bundle = cmd!(shell, "{esbuild} {entry} --bundle --format={format} --platform={platform}");
        quietly(bundle.args(["--target=es2022"]).arg(format!("--outfile={}", output.display())))?;
        shell.write_file(folder.join(declarations), types.replace("__MAIN__", main))?;
    }
    shell.remove_path(entry)?;
    Ok(shell.write_file(dist.join("wasm.d.ts"), template("wasm.d.ts")?)?)
}
