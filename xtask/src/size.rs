//! `cargo xtask size`: what the package weighs, and what it weighs in somebody's Worker.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::build::CLIENT;
use crate::repo::Repo;
use crate::step::quietly;
use crate::{consumer, pack, setup};

const OURS: &str = "\
import { StreamClient } from \"getstream-users\";
const client = new StreamClient(\"key\", \"secret\");
export default { fetch: async () => Response.json(await client.upsertUsers([{ id: \"ada\" }])) };
";
const PEER: &str = "\
import { StreamClient } from \"@stream-io/node-sdk\";
const client = new StreamClient(\"key\", \"secret\");
export default { fetch: async () => Response.json(await client.upsertUsers([{ id: \"ada\" }])) };
";

/// Raw, gzip -9 and brotli -11 sizes of the given files.
const WEIGH: &str = "
const { readFileSync } = require('node:fs');
const { gzipSync, brotliCompressSync } = require('node:zlib');
const weigh = (file) => (([bytes]) => [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)])([readFileSync(file)]);
console.log(JSON.stringify(process.argv.slice(1).map((file) => weigh(file).map((bytes) => bytes.length))));
";

/// Bytes: raw, gzip, brotli.
type Weight = [u64; 3];

pub(crate) fn run(repo: &Repo) -> Result<()> {
    setup::for_tests(repo)?;
    let package = pack::run(repo)?;
    let project = consumer::tests(repo, &package)?;
    let dist = package.folder.join("dist");
    let out = repo.pkg().join("size");
    repo.shell.create_dir(&out)?;

    let glue = minified(repo, &dist.join("glue.js"), &out.join("glue.js"))?;
    let plain = minified(repo, &dist.join("js/index.js"), &out.join("plain.js"))?;
    let ours = bundle(
        repo,
        &project,
        OURS,
        &out.join("ours.js"),
        &["--conditions=workerd,worker,browser", "--external:*.wasm"],
    )?;
    let peer = bundle(repo, &project, PEER, &out.join("peer.js"), &["--platform=node"])?;
    let wasm = dist.join(CLIENT.wasm());
    let emulator = dist.join("emulator").join(crate::build::EMULATOR.wasm());

    println!("{:<44}{:>12}{:>12}{:>12}", "bytes", "raw", "gzip -9", "brotli 11");
    print(
        repo,
        &[
            ("client wasm", &[&wasm]),
            ("client glue, minified", &[&glue]),
            ("client wasm + glue", &[&wasm, &glue]),
            ("emulator wasm", &[&emulator]),
            ("entry index.js", &[&dist.join("index.js")]),
            ("entry index.cjs", &[&dist.join("index.cjs")]),
            ("entry workerd.js", &[&dist.join("workerd.js")]),
            ("entry slim", &[&dist.join("slim/index.js")]),
            ("entry bulk", &[&dist.join("bulk/index.js")]),
            ("entry emulator", &[&dist.join("emulator/index.js")]),
            ("entry js, minified, with its module", &[&plain, &dist.join("js/module.js")]),
            ("types index.d.ts", &[&dist.join("index.d.ts")]),
            ("Worker with one upsert, getstream-users", &[&ours, &wasm]),
            ("Worker with one upsert, @stream-io/node-sdk", &[&peer]),
        ],
    )?;
    println!("{:<44}{:>12}", "tarball", package.tarball.metadata()?.len());
    println!("{:<44}{:>12}", "unpacked", folder_size(&package.folder)?);
    Ok(())
}

fn minified(repo: &Repo, input: &Path, output: &Path) -> Result<PathBuf> {
    let (shell, esbuild) = (&repo.shell, repo.npm_bin(".", "esbuild"));
    quietly(cmd!(shell, "{esbuild} {input} --minify --format=esm --outfile={output}"))?;
    Ok(output.to_path_buf())
}

fn bundle(repo: &Repo, project: &Path, source: &str, output: &Path, flags: &[&str]) -> Result<PathBuf> {
    let (shell, esbuild) = (&repo.shell, repo.npm_bin(".", "esbuild"));
    let _folder = shell.push_dir(project);
    quietly(cmd!(shell, "{esbuild} --bundle --minify --format=esm {flags...} --outfile={output}").stdin(source))?;
    Ok(output.to_path_buf())
}

/// Prints a line per name: the sum of its files' weights.
fn print(repo: &Repo, lines: &[(&str, &[&PathBuf])]) -> Result<()> {
    for (name, files) in lines {
        let weighed = cmd!(repo.shell, "node --eval {WEIGH}").args(*files).quiet().read()?;
        let weights: Vec<Weight> = serde_json::from_str(&weighed).context("node did not weigh the files")?;
        let [raw, gzip, brotli] = weights.iter().fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z]);
        println!("{name:<44}{raw:>12}{gzip:>12}{brotli:>12}");
    }
    Ok(())
}

fn folder_size(folder: &Path) -> Result<u64> {
    let mut size = 0;
    for entry in folder.read_dir()? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        size += if metadata.is_dir() { folder_size(&entry.path())? } else { metadata.len() };
    }
    Ok(size)
}
