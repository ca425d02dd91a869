//! The tables in `docs/runtimes.md`: every runtime, bundler and framework that the tests in `tests/runtimes` have run the
//! package in. Versions are those of the projects there; times and the versions of what a machine has of its own are not
//! in it.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::repo::Repo;
use crate::section;

const GUIDE: &str = "docs/runtimes.md";

/// A list of rows that is run as one, and its table.
pub(crate) struct Matrix {
    /// The task that writes the table.
    task: &'static str,
    /// The folder of the tests, in `tests/`.
    folder: &'static str,
    /// Where the tests write what they have shown, in `target/runtimes/`.
    results: &'static str,
    /// Whether the table says when it ran.
    dated: bool,
}

/// What every run of the tests shows.
pub(crate) const RUNTIMES: Matrix =
    Matrix { task: "cargo xtask runtimes", folder: "runtimes", results: "results.json", dated: false };
/// What is run now and then, so that its table says when.
pub(crate) const FRAMEWORKS: Matrix =
    Matrix { task: "cargo xtask frameworks", folder: "runtimes/frameworks", results: "frameworks.json", dated: true };

/// A row of the matrix.
struct Row {
    place: String,
    /// What the project asks for; nothing where it takes what the machine has.
    version: Option<String>,
    way: String,
    result: String,
    /// When it ran.
    day: Option<String>,
}

impl Matrix {
    /// Removes what an earlier run has shown.
    pub(crate) fn forget(&self, repo: &Repo) -> Result<()> {
        Ok(repo.shell.remove_path(self.file(repo))?)
    }

    /// Brings the guide's table up to date with the last run, which must have left nothing out.
    pub(crate) fn write(&self, repo: &Repo) -> Result<()> {
        let rows = self.rows(repo)?;
        for Row { place, way, result, .. } in &rows {
            ensure!(result == "passed", "{place}, {way}: {result}, so the table stays as it is");
        }
        section::write(repo, GUIDE, self.task, &(self.day(&rows) + &table(&rows)))
    }

    /// Fails when the guide has more or less in its table than did not fail. What this machine cannot run is known from
    /// the run that wrote the table.
    pub(crate) fn check(&self, repo: &Repo) -> Result<()> {
        let rows: Vec<Row> = self.rows(repo)?.into_iter().filter(|row| row.result != "failed").collect();
        section::check(repo, GUIDE, self.task, &table(&rows))
    }

    /// A sentence that says when the rows ran, where not every run of the tests runs them.
    fn day(&self, rows: &[Row]) -> String {
        let day = rows.first().filter(|_| self.dated).and_then(|row| row.day.as_deref());
        day.map(|day| format!("Last run on {day}.\n\n")).unwrap_or_default()
    }

    pub(crate) fn folder(&self) -> &'static str {
        self.folder
    }

    fn file(&self, repo: &Repo) -> PathBuf {
        repo.target.join("runtimes").join(self.results)
    }

    fn rows(&self, repo: &Repo) -> Result<Vec<Row>> {
        let results: Vec<Value> = serde_json::from_str(&repo.shell.read_file(self.file(repo))?)?;
        results.iter().map(row).collect()
    }
}

fn row(value: &Value) -> Result<Row> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let needed = |name: &str| text(name).with_context(|| format!("a row without `{name}`: {value}"));
    Ok(Row {
        place: needed("where")?,
        version: text("pinned"),
        way: needed("how")?,
        result: needed("result")?,
        day: text("day"),
    })
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

    #[test]
    fn what_is_run_now_and_then_says_when() -> Result<()> {
        let rows = [row(&json!({ "where": "Nuxt", "how": "a route", "result": "passed", "day": "2026-11-28" }))?];
        assert_eq!(FRAMEWORKS.day(&rows), "Last run on 2026-11-28.\n\n");
        assert_eq!(RUNTIMES.day(&rows), "");
        Ok(())
    }
}
