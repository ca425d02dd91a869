//! `cargo xtask size`: prints the sizes of the package, and of a Worker and a page with it. A size above its limit in
//! [`BUDGETS`] is an error, here and in the tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use crate::build::CLIENT;
use crate::pack::Package;
use crate::repo::Repo;
use crate::step::quietly;
use crate::{consumer, pack, setup};

const OURS: &str = "\
import { StreamClient } from \"getstream-users\";
const client = new StreamClient(\"key\", \"secret\");
export default { fetch: async () => Response.json(await client.upsertUsers([{ id: \"ada\" }])) };
";
/// The limits in bytes of gzip, by name: 2 % above the size when they were set. A change that is worth more raises the
/// limit in the same commit.
const BUDGETS: &str = "benches/sizes.json";
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
    let within = check(repo, &package, &project);
    println!("{:<44}{:>12}", "tarball", package.tarball.metadata()?.len());
    println!("{:<44}{:>12}", "unpacked", folder_size(&package.folder)?);
    within
}

/// Prints all sizes, and fails if one is over its limit.
pub(crate) fn check(repo: &Repo, package: &Package, project: &Path) -> Result<()> {
    let dist = package.folder.join("dist");
    let out = repo.pkg().join("size");
    repo.shell.create_dir(&out)?;

    let glue = minified(repo, &dist.join("glue.js"), &out.join("glue.js"))?;
    let plain = minified(repo, &dist.join("js/index.js"), &out.join("plain.js"))?;
    let worker = ["--conditions=workerd,worker,browser", "--external:*.wasm"];
    let ours = bundle(repo, project, OURS, &out.join("ours.js"), &worker)?;
    let page = bundle(repo, project, OURS, &out.join("page.js"), &["--platform=browser"])?;
    let peer = bundle(repo, project, PEER, &out.join("peer.js"), &["--platform=node"])?;
    let wasm = dist.join(CLIENT.wasm());
    let emulator = dist.join("emulator").join(crate::build::EMULATOR.wasm());

    println!("{:<44}{:>12}{:>12}{:>12}", "bytes", "raw", "gzip -9", "brotli 11");
    let weights = weigh(
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
            ("types index.d.cts", &[&dist.join("index.d.cts")]),
            ("Worker with one upsert, getstream-users", &[&ours, &wasm]),
            ("Worker with one upsert, @stream-io/node-sdk", &[&peer]),
            ("page with one upsert, getstream-users", &[&page]),
        ],
    )?;
    repo.shell.write_file(self::weights(repo), serde_json::to_string_pretty(&weights)?)?;
    let budgets =
        serde_json::from_str(&repo.shell.read_file(BUDGETS)?).with_context(|| format!("reading {BUDGETS}"))?;
    let over = over(&weights, &budgets)?;
    ensure!(over.is_empty(), "over the budgets of {BUDGETS}:\n{}", over.join("\n"));
    Ok(())
}

/// The file with all sizes, for the benchmark.
pub(crate) fn weights(repo: &Repo) -> PathBuf {
    repo.pkg().join("size/weights.json")
}

/// The sizes over their limit, as messages.
fn over(weights: &BTreeMap<&str, Weight>, budgets: &BTreeMap<String, u64>) -> Result<Vec<String>> {
    let mut over = Vec::new();
    for (name, most) in budgets {
        let [_, gzip, _] = weights
            .get(name.as_str())
            .with_context(|| format!("{BUDGETS} has a line `{name}` for nothing that is measured"))?;
        if gzip > most {
            over.push(format!("{name}: {gzip} bytes of gzip, over the limit of {most}"));
        }
    }
    Ok(over)
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

/// Prints a line per name with the sum of its files' sizes, and returns them.
fn weigh<'a>(repo: &Repo, lines: &[(&'a str, &[&PathBuf])]) -> Result<BTreeMap<&'a str, Weight>> {
    let mut sums = BTreeMap::new();
    for (name, files) in lines {
        let weighed = cmd!(repo.shell, "node --eval {WEIGH}").args(*files).quiet().read()?;
        let weights: Vec<Weight> = serde_json::from_str(&weighed).context("node did not weigh the files")?;
        let sum = weights.iter().fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z]);
        let [raw, gzip, brotli] = sum;
        println!("{name:<44}{raw:>12}{gzip:>12}{brotli:>12}");
        sums.insert(*name, sum);
    }
    Ok(sums)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_its_budget_is_named() -> Result<()> {
        let weights = BTreeMap::from([("a", [90, 50, 40]), ("b", [90, 51, 40]), ("c", [900, 500, 400])]);
        let budgets = BTreeMap::from([("a".to_owned(), 50), ("b".to_owned(), 50)]);
        assert_eq!(over(&weights, &budgets)?, ["b: 51 bytes of gzip, over the limit of 50"]);
        assert!(over(&weights, &BTreeMap::from([("d".to_owned(), 1)])).is_err(), "a budget for nothing guards nothing");
        Ok(())
    }
}
