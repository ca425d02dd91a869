//! `cargo xtask codegen`: writes the files that are generated from the Rust code and committed.

mod constants;
mod dates;
mod drift;
mod fields;
mod methods;
mod operations;
mod source;
mod types;

pub(crate) use drift::run as drift;

use anyhow::{Result, ensure};
use xshell::cmd;

use crate::api_report;
use crate::repo::Repo;

/// A file that is generated.
struct Generated {
    path: &'static str,
    generate: fn(&Repo) -> Result<String>,
}

const FILES: [Generated; 9] = [
    // First, because it has the types of the methods.
    Generated { path: types::MODELS, generate: types::models },
    Generated { path: "src/client/generated/wasm.d.ts", generate: types::wasm },
    Generated { path: "src/client/generated/operations.ts", generate: methods::generate },
    Generated { path: "src/client/generated/fields.ts", generate: fields::generate },
    Generated { path: "src/client/generated/dates.ts", generate: dates::generate },
    Generated { path: "src/client/generated/limits.ts", generate: constants::limits },
    Generated { path: "src/client/generated/error-codes.ts", generate: constants::error_codes },
    Generated { path: "src/client/generated/shapes.ts", generate: constants::shapes },
    Generated { path: "www/src/generated/operations.json", generate: operations::generate },
];

/// Brings the generated files up to date.
pub(crate) fn write(repo: &Repo) -> Result<()> {
    for Generated { path, generate } in FILES {
        let text = formatted(repo, path, generate(repo)?)?;
        if current(repo, path).is_none_or(|current| current != text) {
            repo.shell.write_file(path, text)?;
            eprintln!("  wrote {path}");
        }
    }
    api_report::write(repo)
}

/// Fails if a generated file is not up to date with its sources.
pub(crate) fn check(repo: &Repo) -> Result<()> {
    for Generated { path, generate } in FILES {
        let text = formatted(repo, path, generate(repo)?)?;
        ensure!(
            current(repo, path).is_some_and(|current| current == text),
            "{path} is not up to date with its sources: run `cargo xtask codegen` and commit the file"
        );
    }
    Ok(())
}

/// Formats TypeScript with `biome`, like all other TypeScript.
fn formatted(repo: &Repo, path: &str, text: String) -> Result<String> {
    if !path.ends_with(".ts") {
        return Ok(text);
    }
    let biome = repo.npm_bin(".", "biome");
    let formatted = cmd!(repo.shell, "{biome} format --stdin-file-path {path}").quiet().stdin(text).read()?;
    Ok(formatted.trim_end().to_owned() + "\n")
}

fn current(repo: &Repo, path: &str) -> Option<String> {
    repo.shell.read_file(path).ok()
}
