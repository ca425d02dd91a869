//! Assembles the npm package from the wasm modules, their glue and `pkg-template/`, and packs it.
//!
//! There is one glue file and one set of entries per module. An entry differs from the others only in how it loads the
//! compiled module, because every runtime allows another way. Entries without their own module are one file for every
//! runtime. `pkg-template/exports.json` is the only list of the package's exports.

mod cli;
mod declarations;
mod folders;
mod glue;
mod instructions;
mod js;
mod library_notices;
mod notices;
mod panics;
mod plain;
mod portable;
mod shorten;
mod signatures;
mod slim;
mod survey;
mod text;
pub(crate) mod types;
mod ui;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64ct::{Base64, Encoding};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::Value;
use xshell::{Cmd, cmd};

use crate::build::{self, CLIENT, EMULATOR, Module};
use crate::repo::{Repo, utf8};
use crate::setup;
use crate::step::{quietly, step};

/// A module's exports: names by file; `""` is wasm-bindgen's own.
type Exports = BTreeMap<String, Vec<String>>;

/// The packed package.
pub(crate) struct Package {
    /// Its files, unpacked.
    pub(crate) folder: PathBuf,
    pub(crate) tarball: PathBuf,
}

/// The folder of the client's TypeScript.
const TYPESCRIPT: &str = "src/client/";

/// A module format of bundles.
struct Format {
    /// esbuild's name of it.
    name: &'static str,
    /// The platform for esbuild.
    platform: &'static str,
    /// The file extension.
    ending: &'static str,
    /// The file extension of declarations.
    types: &'static str,
}

/// For `require` and for `import`. The bundle for `import` comes last: it may overwrite its own source, which the other
/// needs. `node` only makes esbuild name the exports in a way that Node finds without running the file.
const FORMATS: [Format; 2] = [
    Format { name: "cjs", platform: "node", ending: "cjs", types: "d.cts" },
    Format { name: "esm", platform: "neutral", ending: "js", types: "d.ts" },
];

/// For React Native, whose preset for Babel (0.88) rejects static blocks of classes.
const WITHOUT_STATIC_BLOCKS: &str = "--supported:class-static-blocks=false";

impl Format {
    /// Bundles a file with its imports, so that it has no dependency.
    fn bundle<'a>(&self, repo: &'a Repo, input: &Path, output: &Path) -> Cmd<'a> {
        let (esbuild, Self { name, platform, .. }) = (repo.npm_bin(".", "esbuild"), self);
        cmd!(repo.shell, "{esbuild} {input} --bundle --format={name} --platform={platform} --target=es2022")
            .arg(format!("--outfile={}", output.display()))
    }
}

/// Builds and packs everything.
pub(crate) fn run(repo: &Repo) -> Result<Package> {
    build::run(repo)?;
    let folder = repo.pkg().join("package");
    step("assemble the package", || assemble(repo, &folder))?;
    let tarball = step("pack it", || tarball(repo, &folder))?;
    Ok(Package { folder, tarball })
}

fn assemble(repo: &Repo, folder: &Path) -> Result<()> {
    let shell = &repo.shell;
    shell.remove_path(folder)?;
    shell.write_file(folder.join("package.json"), manifest(repo)?)?;
    folders::write(repo, folder)?;
    for (from, to) in
        [("pkg-template/README.md", "README.md"), ("LICENSE-MIT", "LICENSE-MIT"), ("LICENSE-APACHE", "LICENSE-APACHE")]
    {
        shell.copy_file(from, folder.join(to)).with_context(|| format!("the package needs {from}"))?;
    }
    shell.write_file(folder.join("THIRD-PARTY-NOTICES.md"), notices::text(repo)?)?;
    let exports: BTreeMap<String, Exports> = serde_json::from_str(&shell.read_file("pkg-template/exports.json")?)
        .context("pkg-template/exports.json: expected names by module and file")?;
    types::emit(repo)?;
    for (module, place) in [(&CLIENT, "dist"), (&EMULATOR, "dist/emulator")] {
        let exports = exports.get(module.name).with_context(|| format!("exports.json has no `{}`", module.name))?;
        module_files(repo, module, exports, &folder.join(place))
            .with_context(|| format!("packing the {}", module.name))?;
    }
    let client = exports.get(CLIENT.name).context("exports.json has no client")?;
    slim::files(repo, client, &folder.join("dist")).context("packing the entry without a module")?;
    js::files(repo, client, &folder.join("dist")).context("packing the entry without WebAssembly")?;
    for (name, exports) in exports.iter().filter(|(name, _)| ![CLIENT.name, EMULATOR.name].contains(&name.as_str())) {
        plain::files(repo, name, exports, &folder.join("dist")).with_context(|| format!("packing {name}"))?;
    }
    cli::files(repo, &folder.join("dist")).context("packing the command-line program")?;
    ui::files(repo, folder).context("packing the emulator's page")
}

/// The template's manifest with the version, which is only in Cargo.toml.
fn manifest(repo: &Repo) -> Result<String> {
    let mut manifest: Value = serde_json::from_str(&repo.shell.read_file("pkg-template/package.json")?)?;
    let fields = manifest.as_object_mut().context("pkg-template/package.json is no object")?;
    fields.insert("version".to_owned(), Value::from(repo.version.as_str()));
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}

fn module_files(repo: &Repo, module: &Module, exports: &Exports, dist: &Path) -> Result<()> {
    let shell = &repo.shell;
    let (long, wasm, glue) = (module.optimized(repo), dist.join(module.wasm()), dist.join("glue.js"));
    shell.create_dir(dist)?;
    glue::bundle(repo, module, &glue::imports(repo, &long)?, exports, &glue)?;

    let optimized = shell.read_binary_file(long)?;
    signatures::check(&optimized)?;
    if module.name == CLIENT.name {
        // The linker's module, because the optimised one has no names.
        panics::check(&shell.read_binary_file(module.folder(repo).join(module.wasm()))?)?;
    }
    let (short, names) = shorten::module(&optimized)?;
    shell.write_file(&wasm, short)?;
    shell.write_file(&glue, shorten::glue(&shell.read_file(&glue)?, &names)?)?;
    entries(repo, module, exports, &names.imports, dist)?;

    if let Some(source) = exports.keys().find_map(|file| file.strip_prefix(TYPESCRIPT)) {
        return types::write(repo, source, dist);
    }
    types::for_both(repo, dist, &declarations::of(repo, module, exports)?)
}

/// The object in `init.js` with the module's imports.
const IMPORTS: &str = "\"./glue.js\": { __IMPORTED_NAMES__ }";

/// Writes the entries from their templates, then bundles the one for all runtimes, for `import` and for `require`.
///
/// `imports` has the module's name of each import, and the glue's name.
fn entries(repo: &Repo, module: &Module, exports: &Exports, imports: &[(String, String)], dist: &Path) -> Result<()> {
    let shell = &repo.shell;
    let public: Vec<_> = exports.values().flatten().map(String::as_str).collect();
    let imported: Vec<_> = imports.iter().map(|(_, name)| name.as_str()).collect();
    let by_short: Vec<_> = imports.iter().map(|(short, name)| format!("{short}: {name}")).collect();
    let wasm = shell.read_binary_file(dist.join(module.wasm()))?;
    // The emulator has some templates of its own, which replace the others.
    let own = Path::new("pkg-template").join(module.name);
    let own = if shell.path_exists(&own) { shell.read_dir(own)? } else { Vec::new() };
    // The module for the entry of all runtimes comes last, because its text may contain any placeholder.
    let mut words = vec![
        ("__PUBLIC_NAMES__", public.join(", ")),
        // The template is valid JavaScript, so the placeholders are names too.
        (IMPORTS, format!("\"./glue.js\": {{ {} }}", by_short.join(", "))),
        ("__IMPORTED_NAMES__", imported.join(", ")),
        ("__WASM_FILE__", module.wasm()),
        ("__WASM_BYTES__", wasm.len().to_string()),
        ("__MODULE__", module.name.to_owned()),
    ];
    if own.is_empty() {
        let inline = text::of(&wasm)?;
        let place = text::PLACE.to_string();
        words.extend([("__DECODER__", inline.decoder), ("__PLACE__", place), ("__WASM_TEXT__", inline.text)]);
    } else {
        words.push(("__WASM_DEFLATED__", deflated(&wasm)?));
    }

    for template in shell.read_dir("pkg-template/entries")?.iter().chain(&own) {
        let name = template.file_name().context("a template without a name")?;
        let text = words.iter().fold(shell.read_file(template)?, |text, (word, value)| text.replace(word, value));
        shell.write_file(dist.join(name), text)?;
    }

    // Entries without imports: a browser sends fewer requests, and everyone else reads fewer files.
    let report = repo.pkg().join(format!("{}-entry.json", module.name));
    let libraries = repo.root.join("node_modules");
    let _folder = shell.push_dir(dist);
    for format in FORMATS {
        let source = Path::new(if format.ending == "cjs" && !own.is_empty() { "load.js" } else { "index.js" });
        let bundle = format.bundle(repo, source, &source.with_extension(format.ending)).arg("--allow-overwrite");
        // esbuild searches here for imports of the file, which may be anywhere.
        quietly(bundle.env("NODE_PATH", &libraries).arg(format!("--metafile={}", utf8(&report)?)))?;
    }
    if !own.is_empty() {
        library_notices::write(repo, "The emulator of getstream-users", &report, dist, dist)?;
    }
    ["file.js", "load.js", "wasm-inline.js"].into_iter().try_for_each(|source| Ok(shell.remove_path(source)?))
}

/// Compresses the emulator's module and encodes it in base64: half as long as the encoding of the client's module, and
/// slower to read.
fn deflated(wasm: &[u8]) -> Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(wasm)?;
    Ok(Base64::encode_string(&encoder.finish()?))
}

fn tarball(repo: &Repo, folder: &Path) -> Result<PathBuf> {
    let (shell, target) = (&repo.shell, &repo.target);
    quietly(setup::npm(shell).args(["pack", "--silent", "--pack-destination"]).arg(target).arg(folder))?;
    Ok(target.join(format!("getstream-users-{}.tgz", repo.version)))
}
