//! The entry for people who bring the compiled module themselves, and the module as an entry.

use std::path::Path;

use anyhow::Result;
use xshell::cmd;

use super::{Exports, FORMATS, Format};
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
    let (esbuild, declarations) = (repo.npm_bin(".", "esbuild"), template("index.d.ts")?);
    for Format { name, platform, ending, types } in FORMATS {
        let output = folder.join("index").with_extension(ending);
        let bundle = cmd!(shell, "{esbuild} {entry} --bundle --format={name} --platform={platform}");
        quietly(bundle.args(["--target=es2022"]).arg(format!("--outfile={}", output.display())))?;
        let declarations = declarations.replace("__MAIN__", &format!("../index.{ending}"));
        shell.write_file(folder.join("index").with_extension(types), declarations)?;
    }
    shell.remove_path(entry)?;
    Ok(shell.write_file(dist.join("wasm.d.ts"), template("wasm.d.ts")?)?)
}
