//! The command-line program: TypeScript and the libraries it stands on, bundled so that the package needs no other. Each
//! subcommand is a file that is loaded when it is run.

use std::path::Path;

use anyhow::{Result, ensure};
use xshell::cmd;

use super::library_notices;
use crate::repo::{Repo, utf8};
use crate::step::quietly;

/// What the program weighs at most, in bytes: its libraries must cost nobody much who installs the package for the client. The
/// emulator's sockets are 70 kB of it.
const MOST_BYTES: u64 = 250_000;

/// What the program finds beside itself in the package.
const EXTERNAL: [&str; 4] = ["getstream-users", "getstream-users/*", "../emulator/glue.js", "../emulator/init.js"];

/// Some libraries are CommonJS, and ask for Node's modules by `require`.
const BANNER: &str = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/// Bundles the program into `dist/cli/`, and writes the notices of what is in it.
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
    ensure!(bytes <= MOST_BYTES, "the command-line program has {bytes} bytes, and may have {MOST_BYTES}");
    library_notices::write(repo, "The command-line program of getstream-users", &report, &repo.root, &folder)
}
