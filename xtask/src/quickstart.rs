//! `cargo xtask quickstart`: the whole life of a user, through the package as it is published.

use anyhow::Result;
use xshell::cmd;

use crate::repo::Repo;
use crate::{consumer, pack, setup};

/// The package's own command, which contains the emulator: compiling the native server would take another minute and a
/// half.
const COMMAND: &str = "node_modules/getstream-users/dist/cli/main.js";

pub(crate) fn run(repo: &Repo) -> Result<()> {
    setup::for_build(repo)?;
    let package = pack::run(repo)?;
    let project = consumer::scratch(repo, "quickstart", &package, &[])?;
    repo.shell.copy_file("examples/node/quickstart.mjs", &project)?;

    let _folder = repo.shell.push_dir(&project);
    // With an account's credentials in the environment, the requests go to Stream itself.
    let own_account = ["STREAM_API_KEY", "STREAM_API_SECRET"].iter().all(|name| std::env::var_os(name).is_some());
    let script = if own_account {
        cmd!(repo.shell, "node quickstart.mjs")
    } else {
        cmd!(repo.shell, "node {COMMAND} emulator --port 0 --quiet exec -- node quickstart.mjs")
    };
    eprintln!();
    Ok(script.quiet().run()?)
}
