//! The entry for callers who load the compiled module themselves, and the module as an entry.

use std::path::Path;

use anyhow::Result;

use super::{Exports, FORMATS};
use crate::repo::Repo;
use crate::step::quietly;

const TEMPLATES: &str = "pkg-template/slim";

/// Bundles it with the client's glue, for `import` and for `require`, and writes the types.
pub(super) fn files(repo: &Repo, exports: &Exports, dist: &Path) -> Result<()> {
    let shell = &repo.shell;
    let folder = dist.join("slim");
    shell.create_dir(&folder)?;
    let template = |name: &str| Ok::<_, anyhow::Error>(shell.read_file(Path::new(TEMPLATES).join(name))?);

    let names: Vec<&str> = exports.values().flatten().map(String::as_str).collect();
    let entry = folder.join("entry.js");
    shell.write_file(&entry, template("entry.js")?.replace("__PUBLIC_NAMES__", &names.join(", ")))?;
    let declarations = template("index.d.ts")?;
    for format in FORMATS {
        quietly(format.bundle(repo, &entry, &folder.join("index").with_extension(format.ending)))?;
        let declarations = declarations.replace("__MAIN__", &format!("../index.{}", format.ending));
        shell.write_file(folder.join("index").with_extension(format.types), declarations)?;
    }
    shell.remove_path(entry)?;
    Ok(shell.write_file(dist.join("wasm.d.ts"), template("wasm.d.ts")?)?)
}
