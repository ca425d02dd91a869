//! `cargo xtask quickstart`: the whole life of a user, through the package as it is published.

use anyhow::Result;
use xshell::cmd;

use crate::emulator::{self, Server};
use crate::repo::Repo;
use crate::{consumer, pack, setup};

pub(crate) fn run(repo: &Repo) -> Result<()> {
    setup::for_build(repo)?;
    let package = pack::run(repo)?;
    let project = consumer::scratch(repo, "quickstart", &package, &[])?;
    repo.shell.copy_file("examples/node/quickstart.mjs", &project)?;

    // With an account's credentials in the environment it is Stream itself that answers.
    let own_account = ["STREAM_API_KEY", "STREAM_API_SECRET"].iter().all(|name| std::env::var_os(name).is_some());
    let server = if own_account { None } else { Some(emulator(repo)?) };

    let _folder = repo.shell.push_dir(&project);
    let mut script = cmd!(repo.shell, "node quickstart.mjs");
    if let Some(server) = &server {
        script = script.envs(server.environment());
    }
    eprintln!();
    Ok(script.quiet().run()?)
}

fn emulator(repo: &Repo) -> Result<Server> {
    emulator::build(repo)?;
    Server::start(repo)
}
