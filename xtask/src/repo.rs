//! The repository's paths and versions.
//!
//! Everything that tasks install or build is in `target/` and `node_modules/` of the repository.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;
use xshell::{Shell, cmd};

/// The repository, according to `cargo metadata` and the lock file.
pub(crate) struct Repo {
    /// A shell in the root folder.
    pub(crate) shell: Shell,
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever the caller has put it.
    pub(crate) target: PathBuf,
    /// The folder of programs that `cargo install` built for this repository.
    tools: PathBuf,
    /// The version of the crate and the npm package.
    pub(crate) version: String,
    /// The version of wasm-bindgen in the lock file, which its command-line tool must have exactly.
    pub(crate) wasm_bindgen: String,
}

impl Repo {
    pub(crate) fn open() -> Result<Self> {
        Self::describe(root()?, None)
    }

    /// Another checkout, with its own target folder and the tools of this one.
    pub(crate) fn at(&self, root: &Path) -> Result<Self> {
        Self::describe(root.to_owned(), Some(self.tools.clone()))
    }

    fn describe(root: PathBuf, tools: Option<PathBuf>) -> Result<Self> {
        let shell = Shell::new()?;
        shell.change_dir(&root);

        let metadata = cmd!(shell, "cargo metadata --no-deps --format-version 1").quiet().read()?;
        let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
        let target = metadata
            .get("target_directory")
            .and_then(Value::as_str)
            .context("cargo metadata names no target directory")?;
        let lock = shell.read_file(root.join("Cargo.lock"))?;

        let target = PathBuf::from(target);
        Ok(Self {
            tools: tools.unwrap_or_else(|| target.join("tools")),
            target,
            version: package_version(&metadata, "getstream-users")?,
            wasm_bindgen: locked_version(&lock, "wasm-bindgen")?,
            shell,
            root,
        })
    }

    /// The same repository with another target folder and the same tools.
    pub(crate) fn with_target(&self, target: PathBuf) -> Result<Self> {
        let shell = Shell::new()?;
        shell.change_dir(&self.root);
        let Self { root, tools, version, wasm_bindgen, .. } = self;
        let [version, wasm_bindgen] = [version, wasm_bindgen].map(String::clone);
        Ok(Self { shell, root: root.clone(), target, tools: tools.clone(), version, wasm_bindgen })
    }

    /// The folder of programs that `cargo install` built for this repository.
    pub(crate) fn tools(&self) -> &Path {
        &self.tools
    }

    /// The folder in which the package is built.
    pub(crate) fn pkg(&self) -> PathBuf {
        self.target.join("pkg")
    }

    /// A program of an npm package in `project`.
    pub(crate) fn npm_bin(&self, project: &str, name: &str) -> PathBuf {
        let file = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
        self.root.join(project).join("node_modules/.bin").join(file)
    }
}

/// Cargo sets the manifest's folder when it runs this program; otherwise, the folder at build time is used.
fn root() -> Result<PathBuf> {
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    Ok(manifest.parent().context("xtask is not inside the repository")?.to_path_buf())
}

fn package_version(metadata: &Value, name: &str) -> Result<String> {
    let packages = metadata.get("packages").and_then(Value::as_array).context("cargo metadata lists no packages")?;
    let package = packages.iter().find(|package| package.get("name").is_some_and(|found| found == name));
    let version = package.and_then(|package| package.get("version")?.as_str());
    version.map(str::to_owned).with_context(|| format!("cargo metadata does not know the version of {name}"))
}

fn locked_version(lock: &str, name: &str) -> Result<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{name}\""));
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).with_context(|| format!("Cargo.lock does not mention {name}"))
}

/// `path` as a string, for tools that take paths inside a larger argument.
pub(crate) fn utf8(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("{} is not valid UTF-8", path.display()))
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn reads_the_version_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").ok().as_deref(), Some("0.2.129"));
        assert!(locked_version(lock, "wasm").is_err());
    }
}
