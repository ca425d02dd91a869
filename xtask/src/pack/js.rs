//! The entry without WebAssembly: the module that is shipped, as JavaScript, made by binaryen's `wasm2js`.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use super::portable::{self, Portable};
use super::{Exports, FORMATS, Format};
use crate::build::CLIENT;
use crate::repo::Repo;
use crate::step::quietly;

const TEMPLATES: &str = "pkg-template/js";

/// What the module uses beyond WebAssembly's first version, and `wasm2js` has to let through.
const FEATURES: [&str; 7] = [
    "--enable-reference-types",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// What JavaScript has no instruction for, in terms of what it has.
const LOWERINGS: [&str; 3] =
    ["--llvm-nontrapping-fptoint-lowering", "--llvm-memory-copy-fill-lowering", "--signext-lowering"];

/// How the glue finds out that memory has grown, and how it has to here: the old buffer is not detached.
const GROWN: [(&str, &str); 2] = [
    ("cachedUint8ArrayMemory0.byteLength === 0", "cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer"),
    (
        "cachedDataViewMemory0.buffer.detached === true || cachedDataViewMemory0.buffer.detached === void 0 && \
         cachedDataViewMemory0.buffer !== wasm.memory.buffer",
        "cachedDataViewMemory0.buffer !== wasm.memory.buffer",
    ),
];

/// Writes the entry, and the files with which bundles for Node fall back on it.
pub(super) fn files(repo: &Repo, exports: &Exports, dist: &Path) -> Result<()> {
    let (shell, build, output) = (&repo.shell, repo.pkg().join("js"), dist.join("js"));
    shell.remove_path(&build)?;
    shell.create_dir(&build)?;
    shell.create_dir(&output)?;
    let portable = portable::module(&shell.read_binary_file(dist.join(CLIENT.wasm()))?)?;
    shell.write_file(build.join("wasm2js.js"), translate(repo, &portable, &build)?)?;

    let names: Vec<&str> = exports.values().flatten().map(String::as_str).collect();
    let fill = |name: &str| -> Result<String> {
        Ok(shell
            .read_file(Path::new(TEMPLATES).join(name))?
            .replace("__PUBLIC_NAMES__", &names.join(", "))
            .replace("__REFERENCES__", &portable.references.to_string())
            .replace("__RESULTS__", &portable.results.to_string())
            .replace("__SEVERAL__", &serde_json::to_string(&portable.several)?)
            .replace("__TABLE__", &portable.table))
    };
    shell.write_file(build.join("module.js"), fill("module.js")?)?;
    shell.copy_file(dist.join("init.js"), build.join("init.js"))?;
    shell.write_file(build.join("glue.js"), growing(shell.read_file(dist.join("glue.js"))?)?)?;

    for format in FORMATS {
        let Format { ending, types, .. } = format;
        let bundle =
            |source: &str| format.bundle(repo, &build.join(source), &output.join(source).with_extension(ending));
        // Nobody reads what is no source.
        quietly(bundle("module.js").arg("--minify"))?;
        // The module stays a file of its own, which entries for Node share.
        let module = format!("./module.{ending}");
        shell.write_file(build.join("index.js"), fill("index.js")?.replace("./module.js", &module))?;
        quietly(bundle("index.js").arg(format!("--external:{module}")))?;
        let declarations = format!("export * from \"../index.{ending}\";\n");
        shell.write_file(output.join("index").with_extension(types), declarations)?;
    }
    shell.write_file(output.join("offer.js"), fill("offer.js")?)?;
    for name in ["node.js", "node.cjs"] {
        shell.write_file(dist.join(name), fill(name)?)?;
    }
    Ok(())
}

/// The module's function, as a file that exports it.
fn translate(repo: &Repo, portable: &Portable, build: &Path) -> Result<String> {
    let shell = &repo.shell;
    let place = |name: &str| build.join(name);
    let (rewritten, lowered, output) = (place("rewritten.wasm"), place("lowered.wasm"), place("output.js"));
    shell.write_file(&rewritten, &portable.wasm)?;
    let (wasm_opt, wasm2js) = (repo.npm_bin(".", "wasm-opt"), repo.npm_bin(".", "wasm2js"));
    quietly(cmd!(shell, "{wasm_opt} {rewritten} -o {lowered}").args(FEATURES).args(LOWERINGS))?;
    quietly(cmd!(shell, "{wasm2js} {lowered} -Oz -o {output}").args(FEATURES))?;

    // Around it stand imports and exports of one instance that is made at once.
    let text = shell.read_file(output)?;
    let (_, from) = text.split_once("'results';\n").context("wasm2js imports the results last")?;
    let (function, _) = from.split_once("\nvar retasmFunc").context("wasm2js calls its function at the end")?;
    Ok(format!("{function}\nexport {{ asmFunc }};\n"))
}

/// The glue for memory that is an ordinary buffer.
fn growing(glue: String) -> Result<String> {
    GROWN.iter().try_fold(glue, |glue, (from, to)| {
        ensure!(glue.contains(from), "the glue finds out in another way that memory has grown: {from}");
        Ok(glue.replace(from, to))
    })
}
