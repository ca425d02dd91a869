//! `docs/api/`: the declarations of the package's entries, without comments and in a fixed order, so that a diff shows
//! changes of the public API.

use anyhow::{Result, ensure};
use xshell::cmd;

use crate::pack::types;
use crate::repo::{Repo, utf8};
use crate::step::quietly;

/// Entries that are written in TypeScript, by the file that exports them.
const ENTRIES: [(&str, &str); 2] = [("index.ts", "getstream-users"), ("bulk/index.ts", "getstream-users-bulk")];

/// Writes the reports.
pub(crate) fn write(repo: &Repo) -> Result<()> {
    for (source, name) in ENTRIES {
        let report = report(repo, source)?;
        if current(repo, name).is_none_or(|current| current != report) {
            repo.shell.write_file(path(name), report)?;
            eprintln!("  wrote {}", path(name));
        }
    }
    Ok(())
}

/// Fails if a report is not up to date with the code.
pub(crate) fn check(repo: &Repo) -> Result<()> {
    for (source, name) in ENTRIES {
        let report = report(repo, source)?;
        ensure!(
            current(repo, name).is_some_and(|current| current == report),
            "the public API is not what {} says: run `cargo xtask codegen`, look at the difference, and commit it",
            path(name)
        );
    }
    Ok(())
}

fn path(name: &str) -> String {
    format!("docs/api/{name}.api.md")
}

fn current(repo: &Repo, name: &str) -> Option<String> {
    repo.shell.read_file(path(name)).ok()
}

fn report(repo: &Repo, source: &str) -> Result<String> {
    let shell = &repo.shell;
    let folder = repo.pkg().join("api");
    shell.remove_path(&folder)?;
    shell.create_dir(folder.join("report"))?;
    shell.copy_file("pkg-template/package.json", folder.join("package.json"))?;
    types::emit(repo)?;
    // The other entries refer to the types of the main entry.
    let (main, _) = ENTRIES[0];
    for file in [main, source] {
        types::bundle(repo, file, &folder.join(file).with_extension("d.ts"))?;
    }
    let config = shell.read_file("xtask/assets/api-extractor.json")?;
    let config = config.replace("__FOLDER__", utf8(&folder)?).replace("__ENTRY__", source.trim_end_matches(".ts"));
    let (api_extractor, path) = (repo.npm_bin(".", "api-extractor"), folder.join("api-extractor.json"));
    shell.write_file(&path, config)?;
    quietly(cmd!(shell, "{api_extractor} run --local --config {path}"))?;
    Ok(shell.read_file(folder.join("report/report.api.md"))?)
}
