//! Projects that use the package as its users do: installed from the tarball.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::json;

use crate::pack::Package;
use crate::repo::Repo;
use crate::setup;
use crate::step::{quietly, step};

/// Creates an empty project in `target/scratch/` and installs the package and others.
pub(crate) fn scratch(repo: &Repo, name: &str, package: &Package, others: &[String]) -> Result<PathBuf> {
    let project = repo.target.join("scratch").join(name);
    repo.shell.remove_path(&project)?;
    repo.shell.write_file(project.join("package.json"), json!({ "private": true, "type": "module" }).to_string())?;
    install(repo, &project, package, others)?;
    Ok(project)
}

/// Installs the package into `tests/`.
pub(crate) fn tests(repo: &Repo, package: &Package) -> Result<PathBuf> {
    beside_others(repo, package, "tests")
}

/// Installs the package into `www/`, the demo page.
pub(crate) fn demo(repo: &Repo, package: &Package) -> Result<PathBuf> {
    beside_others(repo, package, "www")
}

/// Installs the package in addition to the packages of the folder's lock file, without changing that file.
fn beside_others(repo: &Repo, package: &Package, folder: &str) -> Result<PathBuf> {
    let project = repo.root.join(folder);
    // npm keeps an installed package with the same version, even if the tarball has changed.
    repo.shell.remove_path(project.join("node_modules/getstream-users"))?;
    install(repo, &project, package, &[])?;
    Ok(project)
}

/// Copies an example to `target/examples/` and installs the package there, in addition to the packages of its lock
/// file. Installed packages stay, because Cloudflare's runtime alone is over 100 MB.
pub(crate) fn example(repo: &Repo, example: &Path, package: &Package) -> Result<PathBuf> {
    let project = repo.target.join("examples").join(example.file_name().unwrap_or_default());
    repo.shell.create_dir(&project)?;
    for entry in repo.shell.read_dir(&project)?.iter().filter(|entry| !entry.ends_with(INSTALLED)) {
        repo.shell.remove_path(entry)?;
    }
    repo.shell.remove_path(project.join(INSTALLED).join("getstream-users"))?;
    copy(repo, example, &project)?;
    install(repo, &project, package, &[])?;
    Ok(project)
}

/// Where npm installs.
const INSTALLED: &str = "node_modules";

/// Copies a folder without installed packages.
pub(crate) fn copy(repo: &Repo, from: &Path, to: &Path) -> Result<()> {
    repo.shell.create_dir(to)?;
    for entry in repo.shell.read_dir(from)?.iter().filter(|entry| !entry.ends_with(INSTALLED)) {
        let target = to.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() { copy(repo, entry, &target)? } else { repo.shell.copy_file(entry, &target)? }
    }
    Ok(())
}

fn install(repo: &Repo, project: &Path, package: &Package, others: &[String]) -> Result<()> {
    let name = project.file_name().unwrap_or_default().display();
    step(&format!("install the package for {name}"), || {
        let _folder = repo.shell.push_dir(project);
        let install =
            setup::npm(&repo.shell).args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]);
        quietly(install.arg(&package.tarball).args(others))
    })
}
