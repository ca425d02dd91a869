//! Installs npm packages, at the versions of the committed lock files.

use std::path::Path;
use std::time::SystemTime;

use anyhow::Result;
use xshell::{Cmd, Shell, cmd};

use crate::repo::Repo;
use crate::step::{quietly, step};

/// The npm command, whose name depends on the system.
pub(crate) fn command(shell: &Shell) -> Cmd<'_> {
    if cfg!(windows) { cmd!(shell, "npm.cmd") } else { cmd!(shell, "npm") }
}

/// Installs the packages of `folder/package-lock.json`, unless that was done since the file last changed. No package
/// may run scripts, because none here needs to.
pub(crate) fn install(repo: &Repo, folder: &str) -> Result<()> {
    let project = repo.root.join(folder);
    let lock = changed(&project.join("package-lock.json"));
    if changed(&project.join("node_modules/.package-lock.json")).is_some_and(|installed| Some(installed) >= lock) {
        return Ok(());
    }
    let what = match folder {
        "." => "build tools",
        "www" => "demo page's libraries",
        "tests/sdks/javascript" => "SDKs for JavaScript",
        "docs/site" => "generator of the site",
        "tests/snippets" => "libraries that the documents import",
        _ => "test tools",
    };
    step(&format!("install the {what} from npm"), || {
        let _folder = repo.shell.push_dir(&project);
        quietly(command(&repo.shell).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
    })
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}
