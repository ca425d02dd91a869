//! `cargo xtask demo`: builds the demo page with the installed package, serves it and prints its address.

use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Args;
use xshell::cmd;

use crate::pack::Package;
use crate::repo::{Repo, utf8};
use crate::step::{quietly, step};
use crate::{consumer, pack, setup};

#[derive(Args)]
pub(crate) struct Options {
    /// The port to serve on
    #[arg(long, default_value_t = 8788)]
    port: u16,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Only build the page, and print the folder it is in
    #[arg(long, conflicts_with_all = ["port", "open"])]
    build: bool,
}

pub(crate) fn run(repo: &Repo, options: &Options) -> Result<()> {
    setup::for_build(repo)?;
    let folder = build(repo, &pack::run(repo)?)?;
    if options.build {
        println!("{}", folder.display());
        return Ok(());
    }
    serve(repo, &folder, options)
}

/// Serves the page until Ctrl-C with esbuild, which rejects requests for other hosts.
fn serve(repo: &Repo, folder: &Path, Options { port, open: is_opened, .. }: &Options) -> Result<()> {
    let mut server = Command::new(repo.npm_bin(".", "esbuild"))
        .args([&format!("--servedir={}", utf8(folder)?), &format!("--serve=127.0.0.1:{port}"), "--log-level=warning"])
        .stdin(Stdio::piped())
        .spawn()
        .context("cannot start esbuild")?;
    // esbuild stops when its input is closed, and `wait` would close it.
    let _input = server.stdin.take();
    let url = format!("http://127.0.0.1:{port}/");
    println!("\n{url}\n\nCtrl-C ends it.");
    if *is_opened {
        let is_up = || TcpStream::connect((Ipv4Addr::LOCALHOST, *port)).is_ok();
        while server.try_wait()?.is_none() && !is_up() {
            std::thread::sleep(Duration::from_millis(50));
        }
        open(&url)?;
    }
    ensure!(server.wait()?.success(), "the page cannot be served: choose another port with --port");
    Ok(())
}

/// Builds the page into a folder of static files, for any host.
pub(crate) fn build(repo: &Repo, package: &Package) -> Result<PathBuf> {
    let installed = consumer::demo(repo, package)?.join("node_modules/getstream-users");
    let folder = repo.target.join("demo");
    step("build the demo page", || page(repo, Home::AnyHost, &installed, &folder).map(drop))?;
    Ok(folder)
}

/// Where the page is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// On a static host: the page contains an emulator.
    AnyHost,
    /// On an emulator's server, as that emulator's page.
    Emulator,
}

/// Builds the page, with the package in a folder, into an empty folder. Code that is not needed at first, especially
/// the emulator, is split into separate files. Returns esbuild's report.
pub(crate) fn page(repo: &Repo, home: Home, package: &Path, folder: &Path) -> Result<PathBuf> {
    let shell = &repo.shell;
    shell.remove_path(folder)?;
    let (esbuild, out, package) = (repo.npm_bin(".", "esbuild"), utf8(folder)?, utf8(package)?);
    let meta = repo.target.join("demo.meta.json");
    let bundle = cmd!(shell, "{esbuild} www/src/main.tsx --bundle --splitting --minify --format=esm --target=es2022");
    quietly(bundle.args([
        "--jsx=automatic",
        "--jsx-import-source=preact",
        "--chunk-names=[name]-[hash]",
        "--legal-comments=none",
        &format!("--alias:getstream-users={package}"),
        &format!("--define:AT_EMULATOR={}", home == Home::Emulator),
        &format!("--define:PACKAGE_VERSION={:?}", repo.version),
        &format!("--outdir={out}"),
        &format!("--metafile={}", utf8(&meta)?),
    ]))?;
    for file in shell.read_dir("www/static")? {
        shell.copy_file(file, folder)?;
    }
    Ok(meta)
}

/// Opens a URL in the system's browser.
fn open(url: &str) -> Result<()> {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[url]),
        "windows" => ("cmd", &["/C", "start", url]),
        _ => ("xdg-open", &[url]),
    };
    Command::new(program).args(arguments).spawn().with_context(|| format!("cannot open {url} with {program}"))?;
    Ok(())
}
