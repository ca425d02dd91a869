//! Bundles the command-line program: TypeScript and its libraries, so that the package needs no dependency. Each
//! subcommand is a file that is loaded when it is run.

use std::path::Path;

use anyhow::{Result, ensure};
use xshell::cmd;

use super::library_notices;
use crate::repo::{Repo, utf8};
use crate::step::quietly;

/// The largest size of the program, in bytes: its libraries must not cost much for those who install the package for
/// the client only. The emulator's sockets are 70 kB of it.
const MOST_BYTES: u64 = 250_000;

/// What the program imports from the package instead of bundling it.
const EXTERNAL: [&str; 4] = ["getstream-users", "getstream-users/*", "../emulator/glue.js", "../emulator/init.js"];

/// Some libraries are CommonJS, and load Node's modules with `require`.
const BANNER: &str = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/// Bundles the program into `dist/cli/`, and writes the notices of its libraries.
pub(super) fn files(repo: &Repo, dist: &Path) -> Result<()> {
    let shell = &repo.shell;
    let (folder, report) = (dist.join("cli"), repo.pkg().join("cli.json"));
    let esbuild = repo.npm_bin(".", "esbuild");
    let bundle = cmd!(shell, "{esbuild} cli/main.ts --bundle --splitting --format=esm --platform=node --target=node20")
        .args(["--tree-shaking=true", "--legal-comments=none", "--minify", "--chunk-names=[name]-[hash]"])
        .args(EXTERNAL.map(|name| format!("--external:{name}")))
        .arg(format!("--define:PACKAGE_VERSION={:?}", repo.version))
        .arg(format!("--banner:js={BANNER}"))
        .arg(format!("--outdir={}", utf8(&folder)?))
        .arg(format!("--metafile={}", utf8(&report)?));
    quietly(bundle)?;
    let sizes = shell.read_dir(&folder)?.into_iter().map(|file| Ok(file.metadata()?.len()));
    let bytes: u64 = sizes.sum::<Result<u64>>()?;
    ensure!(bytes <= MOST_BYTES, "the command-line program has {bytes} bytes, over the limit of {MOST_BYTES}");
    library_notices::write(repo, "The command-line program of getstream-users", &report, &repo.root, &folder)
}
