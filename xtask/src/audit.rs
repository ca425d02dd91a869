//! `cargo xtask audit`: checks licences, duplicate crates and sources of all dependencies, whether everything is
//! locked, and whether a regular expression can take very long. `cargo xtask sbom`: writes bills of materials of the
//! package.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use xshell::cmd;

use crate::repo::Repo;
use crate::setup;
use crate::step::{quietly, step};

/// The tools, with their versions.
const DENY: (&str, &str) = ("cargo-deny", "0.20.2");
const CYCLONEDX: (&str, &str) = ("cargo-cyclonedx", "0.5.9");
/// Folders with build output and installed packages.
const BUILT: [&str; 3] = ["target", "node_modules", ".git"];

/// Checks the rules of `deny.toml`, and the lock files of all projects.
pub(crate) fn run(repo: &Repo, with_advisories: bool) -> Result<()> {
    let locks = step("lock files of the npm projects", || locked(&repo.root))?;
    install(repo, DENY)?;
    let (shell, path) = (&repo.shell, setup::path_with_tools(repo)?);
    let deny = |what: &str| cmd!(shell, "cargo deny --workspace --all-features check {what}").env("PATH", &path);
    step("licences", || quietly(deny("licenses")))?;
    step("duplicates", || quietly(deny("bans")))?;
    step("sources", || quietly(deny("sources")))?;
    setup::npm_packages(repo, "tests")?;
    setup::npm_packages(repo, "tests/patterns")?;
    step("regular expressions", || quietly(cmd!(shell, "node tests/patterns/check.mjs")))?;
    if with_advisories {
        step("advisories for crates", || quietly(deny("advisories")))?;
        for project in &locks {
            let _folder = shell.push_dir(project);
            step(&format!("advisories for {}", project.display()), || quietly(setup::npm(shell).arg("audit")))?;
        }
    }
    println!("{} npm projects are locked, with an integrity for each package", locks.len());
    Ok(())
}

/// The npm projects below a folder that have dependencies.
///
/// # Errors
/// If one has no lock file, or a package in it has no integrity.
fn locked(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut projects = Vec::new();
    let manifest = folder.join("package.json");
    if manifest.exists() && has_dependencies(&read(&manifest)?) {
        let file = folder.join("package-lock.json");
        ensure!(file.exists(), "{} has dependencies and no package-lock.json", folder.display());
        if let Some(name) = unlocked(&read(&file)?) {
            bail!("{}: {name} has no integrity", file.display());
        }
        projects.push(folder.to_owned());
    }
    for entry in folder.read_dir()?.flatten() {
        let path = entry.path();
        let is_built = path.file_name().is_some_and(|name| BUILT.iter().any(|built| name == *built));
        if entry.file_type()?.is_dir() && !is_built {
            projects.extend(locked(&path)?);
        }
    }
    Ok(projects)
}

fn read(file: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))
}

fn has_dependencies(manifest: &Value) -> bool {
    ["dependencies", "devDependencies", "optionalDependencies"]
        .iter()
        .any(|name| manifest.get(name).and_then(Value::as_object).is_some_and(|listed| !listed.is_empty()))
}

/// The first package of a lock file whose content is not fixed.
fn unlocked(lock: &Value) -> Option<&str> {
    let packages = lock.get("packages").and_then(Value::as_object)?;
    let is_loose = |package: &Value| {
        let has = |name: &str| package.get(name).is_some();
        // A bundled package comes with the package that bundles it; a link leads into the repository.
        !has("integrity") && !has("link") && !has("inBundle")
    };
    packages
        .iter()
        .find(|(name, package)| name.contains("node_modules/") && is_loose(package))
        .map(|(name, _)| name.as_str())
}

/// Writes a bill of materials of each of the package's modules, as CycloneDX.
pub(crate) fn bill_of_materials(repo: &Repo) -> Result<Vec<PathBuf>> {
    install(repo, CYCLONEDX)?;
    let (shell, path) = (&repo.shell, setup::path_with_tools(repo)?);
    let target = setup::WASM;
    let folder = repo.target.join("sbom");
    shell.create_dir(&folder)?;
    step("bills of materials", || {
        let write =
            cmd!(shell, "cargo cyclonedx --format json --target {target} --no-build-deps --override-filename sbom");
        quietly(write.env("PATH", &path))
    })?;
    let mut files = Vec::new();
    // The tool writes one beside every manifest of the workspace.
    for member in ["", "emulator", "modules/client", "modules/emulator", "xtask"] {
        let written = repo.root.join(member).join("sbom.json");
        if let Some(module) = member.strip_prefix("modules/") {
            let to = folder.join(format!("{module}.cdx.json"));
            shell.copy_file(&written, &to)?;
            files.push(to);
        }
        shell.remove_path(&written)?;
    }
    Ok(files)
}

/// Installs a cargo tool beside the others, unless it is installed.
pub(crate) fn install(repo: &Repo, (program, version): (&str, &str)) -> Result<()> {
    // Not every tool prints its version in the same way, but cargo keeps a list of what it has installed.
    let installed = repo.shell.read_file(repo.tools().join(".crates.toml")).unwrap_or_default();
    if installed.contains(&format!("\"{program} {version} ")) {
        return Ok(());
    }
    let crates = [format!("{program}@{version}")];
    step(&format!("install {program} {version} (minutes)"), || setup::cargo_install(repo, &crates))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_npm_project_of_the_repository_is_locked() -> Result<()> {
        let projects = locked(&Repo::open()?.root)?;
        assert!(projects.len() >= 10, "{projects:?}");
        Ok(())
    }

    #[test]
    fn a_package_without_an_integrity_is_named() {
        let lock = |package: Value| json!({ "packages": { "": {}, "node_modules/a": package } });
        assert_eq!(unlocked(&lock(json!({ "version": "1.0.0" }))), Some("node_modules/a"));
        assert_eq!(unlocked(&lock(json!({ "version": "1.0.0", "integrity": "sha512-x" }))), None);
        assert_eq!(unlocked(&lock(json!({ "link": true }))), None);
        assert!(!has_dependencies(&json!({ "dependencies": {} })));
    }
}
