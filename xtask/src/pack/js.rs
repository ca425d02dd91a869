//! The entry without WebAssembly: the same module as JavaScript, compiled by binaryen's `wasm2js`.

use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use base64ct::{Base64, Encoding};
use xshell::cmd;

use super::instructions;
use super::portable::{self, Portable};
use super::{Exports, FORMATS, Format, WITHOUT_STATIC_BLOCKS};
use crate::build::CLIENT;
use crate::repo::Repo;
use crate::step::quietly;

const TEMPLATES: &str = "pkg-template/js";

/// The module's features beyond WebAssembly's first version, which `wasm2js` must accept.
const FEATURES: [&str; 7] = [
    "--enable-reference-types",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Passes that replace instructions JavaScript does not have.
const LOWERINGS: [&str; 3] =
    ["--llvm-nontrapping-fptoint-lowering", "--llvm-memory-copy-fill-lowering", "--signext-lowering"];

/// How the glue detects that memory has grown, and how it has to here: the old buffer is not detached.
const GROWN: [(&str, &str); 2] = [
    ("cachedUint8ArrayMemory0.byteLength === 0", "cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer"),
    (
        "cachedDataViewMemory0.buffer.detached === true || cachedDataViewMemory0.buffer.detached === void 0 && \
         cachedDataViewMemory0.buffer !== wasm.memory.buffer",
        "cachedDataViewMemory0.buffer !== wasm.memory.buffer",
    ),
];

/// Writes the entry, and the files that bundles for Node fall back to.
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
    let standins = build.join("standins.js");
    shell.copy_file(Path::new(TEMPLATES).join("standins.js"), &standins)?;
    shell.write_file(build.join("glue.js"), growing(shell.read_file(dist.join("glue.js"))?)?)?;

    for format in FORMATS {
        let Format { ending, types, .. } = format;
        let bundle =
            |source: &str| format.bundle(repo, &build.join(source), &output.join(source).with_extension(ending));
        // The module is not source code, so it need not be readable.
        quietly(bundle("module.js").arg("--minify"))?;
        // The module stays a separate file, which entries for Node share.
        let module = format!("./module.{ending}");
        shell.write_file(build.join("index.js"), fill("index.js")?.replace("./module.js", &module))?;
        let inject = format!("--inject:{}", standins.display());
        quietly(bundle("index.js").args([&inject, WITHOUT_STATIC_BLOCKS]).arg(format!("--external:{module}")))?;
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

    // The code around it imports and exports one instance at once, which is not needed.
    let text = shell.read_file(output)?;
    let (_, from) = text.split_once("'results';\n").context("wasm2js imports the results last")?;
    let (function, _) = from.split_once("\nvar retasmFunc").context("wasm2js calls its function at the end")?;
    Ok(format!("{}\nexport {{ asmFunc }};\n", instructions::shorten(&data_as_text(function)?)?))
}

/// The most zeros between two parts of the data that are joined.
const FEW_ZEROS: usize = 256;

/// Writes the module's data as strings with one character per byte. `wasm2js` encodes it in base64, in which gzip finds
/// no repetitions: 2 kB more.
fn data_as_text(function: &str) -> Result<String> {
    const CALL: &str = "base64DecodeToExistingUint8Array(bufferView, ";
    const WRITE: &str = "function writeData(at, text) {
  for (let index = 0; index < text.length; index++) bufferView[at + index] = text.charCodeAt(index);
}
";
    let (before, from) = function.split_once("  var base64ReverseLookup").context("wasm2js decodes base64 first")?;
    let (_, from) = from.split_once("function initActiveSegments").context("wasm2js has data")?;
    let (head, calls) = from.split_once(CALL).context("wasm2js writes data")?;
    let (calls, tail) = calls.rsplit_once("\");").context("wasm2js ends its calls with a text")?;

    let mut parts: Vec<(usize, Vec<u8>)> = Vec::new();
    for call in calls.split(CALL) {
        let (place, encoded) = call.split_once(", \"").context("wasm2js has the text second")?;
        let encoded = encoded.split('"').next().unwrap_or_default();
        let bytes = Base64::decode_vec(encoded).map_err(|error| anyhow!("wasm2js encodes data in base64: {error}"))?;
        let place: usize = place.parse()?;
        match parts.last_mut() {
            // Memory is zero initially.
            Some((start, last)) if (*start + last.len()..=*start + last.len() + FEW_ZEROS).contains(&place) => {
                last.resize(place - *start, 0);
                last.extend(bytes);
            }
            _ => parts.push((place, bytes)),
        }
    }
    let writes = parts.into_iter().map(|(place, bytes)| {
        let text: String = bytes.into_iter().map(char::from).collect();
        Ok(format!("writeData({place}, {});", serde_json::to_string(&text)?))
    });
    let writes = writes.collect::<Result<Vec<_>>>()?.join("\n  ");
    ensure!(!tail.contains("base64Decode"), "wasm2js decodes base64 in another place too");
    Ok(format!("{before}{WRITE}function initActiveSegments{head}{writes}{tail}"))
}

/// The glue for memory that is an ordinary buffer.
fn growing(glue: String) -> Result<String> {
    GROWN.iter().try_fold(glue, |glue, (from, to)| {
        ensure!(glue.contains(from), "the glue finds out in another way that memory has grown: {from}");
        Ok(glue.replace(from, to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_text_with_a_character_for_each_byte() -> Result<()> {
        let given = "var bufferView;\n  var base64ReverseLookup = 1;\nfunction initActiveSegments(imports) {
  base64DecodeToExistingUint8Array(bufferView, 1048576, \"YSJi/w==\");
  base64DecodeToExistingUint8Array(bufferView, 1048582, \"Yw==\");
  base64DecodeToExistingUint8Array(bufferView, 2000000, \"AA==\");\n}\nrest();";
        let text = data_as_text(given)?;
        let expected = "(imports) {
  writeData(1048576, \"a\\\"b\u{ff}\\u0000\\u0000c\");
  writeData(2000000, \"\\u0000\");\n}\nrest();";
        assert!(text.ends_with(expected), "{text}");
        assert!(text.starts_with("var bufferView;\nfunction writeData("), "{text}");
        assert!(data_as_text("function initActiveSegments() {}").is_err());
        Ok(())
    }
}
