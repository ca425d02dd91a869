//! `cargo xtask quickstart`: the whole life of a user, through the package as it is published.

use anyhow::Result;
use xshell::cmd;

use crate::emulator::Server;
use crate::repo::Repo;
use crate::{consumer, pack, setup};

pub(crate) fn run(repo: &Repo) -> Result<()> {
    setup::for_build(repo)?;
    let package = pack::run(repo)?;
    let project = consumer::scratch(repo, "quickstart", &package, &[])?;
    repo.shell.copy_file("examples/node/quickstart.mjs", &project)?;

    let _folder = repo.shell.push_dir(&project);
    let script = cmd!(repo.shell, "node quickstart.mjs");
    // With an account's credentials in the environment it is Stream itself that answers.
    let own_account = ["STREAM_API_KEY", "STREAM_API_SECRET"].iter().all(|name| std::env::var_os(name).is_some());
    if own_account {
        script.quiet().run()?;
    } else {
        let server = Server::start(repo)?;
        let credentials = [("STREAM_API_KEY", "devkey"), ("STREAM_API_SECRET", "devsecret")];
        script.env("STREAM_BASE_URL", &server.url).envs(credentials).quiet().run()?;
    }
    Ok(())
}
