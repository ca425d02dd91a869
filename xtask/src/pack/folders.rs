//! A folder with a `package.json` for each subpath of the package, for tools without support for `exports`: Parcel,
//! older TypeScript, React Native's bundler before 0.79. They look for `getstream-users/bulk` in the file system.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::repo::Repo;

/// Writes the folders beside the manifest, which has the target of each subpath.
pub(super) fn write(repo: &Repo, package: &Path) -> Result<()> {
    let manifest: Value = serde_json::from_str(&repo.shell.read_file(package.join("package.json"))?)?;
    let listed = manifest.get("files").and_then(Value::as_array).context("the manifest lists no files")?;
    for (name, fields) in folders(&manifest)? {
        ensure!(listed.contains(&json!(name)), "`files` in pkg-template/package.json lacks the folder \"{name}\"");
        let text = serde_json::to_string_pretty(&fields)? + "\n";
        repo.shell.write_file(package.join(name).join("package.json"), text)?;
    }
    Ok(())
}

/// The conditions for the file of each field, on a platform without its own condition.
const FIELDS: [(&str, &[&str]); 3] =
    [("main", &["require", "default"]), ("module", &["import", "default"]), ("types", &["types", "import", "default"])];

/// The fields for each subpath.
fn folders(manifest: &Value) -> Result<Vec<(String, Map<String, Value>)>> {
    let exports = manifest.get("exports").and_then(Value::as_object).context("the manifest has no exports")?;
    let subpaths = exports.iter().filter_map(|(path, target)| Some((path.strip_prefix("./")?, target)));
    // `package.json` is exported as it is.
    let subpaths = subpaths.filter(|(_, target)| target.is_object());
    let fields = |name: &str, target: &Value| -> Result<_> {
        let field = |(field, conditions): &(&str, &[&str])| -> Result<_> {
            let path = file(target, conditions).with_context(|| format!("./{name} has no file for `{field}`"))?;
            Ok(((*field).to_owned(), Value::from(up(path))))
        };
        Ok((name.to_owned(), FIELDS.iter().map(field).collect::<Result<Map<_, _>>>()?))
    };
    subpaths.map(|(name, target)| fields(name, target)).collect()
}

/// The target of the first matching condition.
fn file<'a>(target: &'a Value, conditions: &[&str]) -> Option<&'a str> {
    target.as_str().or_else(|| conditions.iter().find_map(|name| file(target.get(name)?, conditions)))
}

/// A path of the package, relative to one of its folders.
fn up(path: &str) -> String {
    path.strip_prefix("./").map_or_else(|| path.to_owned(), |path| format!("../{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subpath_leads_to_the_same_files_without_exports() -> Result<()> {
        let file = |path: &str| json!({ "types": format!("{path}.d.ts"), "default": format!("{path}.js") });
        let manifest = json!({ "exports": {
            ".": { "default": file("./dist/index") },
            "./emulator": { "workerd": file("./dist/w"), "require": { "default": "./dist/e.cjs" }, "default": file("./dist/e") },
            "./bulk": { "import": file("./dist/b"), "require": { "default": "./dist/b.cjs" } },
            "./wasm": { "types": "./dist/wasm.d.ts", "default": "./dist/it.wasm" },
            "./package.json": "./package.json",
        } });
        let fields = |main: &str, module: &str, types: &str| json!({ "main": main, "module": module, "types": types });
        let expected = json!({
            "emulator": fields("../dist/e.cjs", "../dist/e.js", "../dist/e.d.ts"),
            "bulk": fields("../dist/b.cjs", "../dist/b.js", "../dist/b.d.ts"),
            "wasm": fields("../dist/it.wasm", "../dist/it.wasm", "../dist/wasm.d.ts"),
        });
        let found: Map<_, _> = folders(&manifest)?.into_iter().map(|(name, fields)| (name, fields.into())).collect();
        assert_eq!(Value::from(found), expected);
        Ok(())
    }
}
