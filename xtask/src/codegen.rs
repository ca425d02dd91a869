//! `cargo xtask codegen`: writes what is made of the Rust code and checked in beside it.

mod dates;
mod operations;
mod source;

use anyhow::{Result, ensure};

use crate::repo::Repo;

/// A file that is generated.
struct Generated {
    path: &'static str,
    generate: fn(&Repo) -> Result<String>,
}

const FILES: [Generated; 2] = [
    Generated { path: "src/js/dates.js", generate: dates::generate },
    Generated { path: "www/src/generated/operations.json", generate: operations::generate },
];

/// Brings the generated files up to date.
pub(crate) fn write(repo: &Repo) -> Result<()> {
    for Generated { path, generate } in FILES {
        let text = generate(repo)?;
        if current(repo, path).is_none_or(|current| current != text) {
            repo.shell.write_file(path, text)?;
            eprintln!("  wrote {path}");
        }
    }
    Ok(())
}

/// Fails when a generated file is not what its sources say.
pub(crate) fn check(repo: &Repo) -> Result<()> {
    for Generated { path, generate } in FILES {
        let text = generate(repo)?;
        ensure!(
            current(repo, path).is_some_and(|current| current == text),
            "{path} is not up to date with its sources: run `cargo xtask codegen` and commit the file"
        );
    }
    Ok(())
}

fn current(repo: &Repo, path: &str) -> Option<String> {
    repo.shell.read_file(path).ok()
}
