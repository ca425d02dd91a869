//! The table in `docs/runtimes.md`: every runtime and bundler that the tests in `tests/runtimes` have run the package in.
//! Versions are those of the projects there; times and the versions of what a machine has of its own are not in it.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::repo::Repo;
use crate::section;

const GUIDE: &str = "docs/runtimes.md";
const TASK: &str = "cargo xtask runtimes";

/// A row of the matrix.
struct Row {
    place: String,
    /// What the project asks for; nothing where it takes what the machine has.
    version: Option<String>,
    way: String,
    result: String,
}

/// Removes what an earlier run has shown.
pub(crate) fn forget(repo: &Repo) -> Result<()> {
    Ok(repo.shell.remove_path(results(repo))?)
}

/// Brings the guide's table up to date with the last run, which must have left nothing out.
pub(crate) fn write(repo: &Repo) -> Result<()> {
    let rows = rows(repo)?;
    for Row { place, way, result, .. } in &rows {
        ensure!(result == "passed", "{place}, {way}: {result}, so the table stays as it is");
    }
    section::write(repo, GUIDE, TASK, &table(&rows))
}

/// Fails when the guide has more or less in its table than did not fail. What this machine cannot run is known from the
/// run that wrote the table.
pub(crate) fn check(repo: &Repo) -> Result<()> {
    let rows: Vec<Row> = rows(repo)?.into_iter().filter(|row| row.result != "failed").collect();
    section::check(repo, GUIDE, TASK, &table(&rows))
}

/// Where the tests write what they have shown.
fn results(repo: &Repo) -> PathBuf {
    repo.target.join("runtimes/results.json")
}

fn rows(repo: &Repo) -> Result<Vec<Row>> {
    let results: Vec<Value> = serde_json::from_str(&repo.shell.read_file(results(repo))?)?;
    results.iter().map(row).collect()
}

fn row(value: &Value) -> Result<Row> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let needed = |name: &str| text(name).with_context(|| format!("a row without `{name}`: {value}"));
    Ok(Row { place: needed("where")?, version: text("pinned"), way: needed("how")?, result: needed("result")? })
}

/// A runtime is named in its first row alone.
fn table(rows: &[Row]) -> String {
    let mut text = String::from("| where | version | how |\n| --- | --- | --- |\n");
    let mut last = None;
    for Row { place, version, way, .. } in rows {
        let named = last != Some(place);
        let (place_cell, version) =
            if named { (place.as_str(), version.as_deref().unwrap_or("the machine's")) } else { ("", "") };
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "| {place_cell} | {version} | {way} |");
        last = Some(place);
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_runtime_is_named_once_with_the_version_that_its_project_asks_for() -> Result<()> {
        let rows = [
            json!({ "where": "Bun", "how": "`import`", "pinned": "1.4.5", "result": "passed", "version": "1.4.5" }),
            json!({ "where": "Bun", "how": "`require`", "pinned": "1.4.5", "result": "left out" }),
            json!({ "where": "Chromium", "how": "a page", "result": "passed", "version": "143.0" }),
        ];
        let rows = rows.iter().map(row).collect::<Result<Vec<_>>>()?;
        let expected = "| Bun | 1.4.5 | `import` |\n|  |  | `require` |\n| Chromium | the machine's | a page |\n";
        assert!(table(&rows).ends_with(expected), "{}", table(&rows));
        assert!(row(&json!({ "where": "Bun" })).is_err());
        Ok(())
    }
}
