//! The tables in `docs/runtimes.md`: every runtime, bundler and framework in which the tests in `tests/runtimes` have
//! run the package. Versions are those of the projects there; times, and versions of programs that are installed on the
//! machine, are not in it.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::repo::Repo;
use crate::section;

const GUIDE: &str = "docs/runtimes.md";

/// A list of rows that is run together, and its table.
pub(crate) struct Matrix {
    /// The task that writes the table.
    task: &'static str,
    /// The folder of the tests, in `tests/`.
    folder: &'static str,
    /// The file with the test results, in `target/runtimes/`.
    results: &'static str,
    /// Whether the table has the date of the run.
    dated: bool,
}

/// The rows that every run of the tests includes.
pub(crate) const RUNTIMES: Matrix =
    Matrix { task: "cargo xtask runtimes", folder: "runtimes", results: "results.json", dated: false };
/// Rows that run only sometimes, so the table has a date.
pub(crate) const FRAMEWORKS: Matrix =
    Matrix { task: "cargo xtask frameworks", folder: "runtimes/frameworks", results: "frameworks.json", dated: true };

/// A row of the matrix.
struct Row {
    place: String,
    /// The version that the project asks for; `None` if it uses the machine's.
    version: Option<String>,
    way: String,
    result: String,
    /// The date of the run.
    day: Option<String>,
}

impl Matrix {
    /// Removes the results of an earlier run.
    pub(crate) fn forget(&self, repo: &Repo) -> Result<()> {
        Ok(repo.shell.remove_path(self.file(repo))?)
    }

    /// Updates the guide's table with the last run, in which no row may have been skipped.
    pub(crate) fn write(&self, repo: &Repo) -> Result<()> {
        let rows = self.rows(repo)?;
        for Row { place, way, result, .. } in &rows {
            ensure!(result == "passed", "{place}, {way}: {result}, so the table stays as it is");
        }
        section::write(repo, GUIDE, self.task, &(self.day(&rows) + &table(&rows)))
    }

    /// Fails if the guide's table differs from the rows that did not fail. Rows that cannot run on this machine are
    /// taken from the run that wrote the table.
    pub(crate) fn check(&self, repo: &Repo) -> Result<()> {
        let rows: Vec<Row> = self.rows(repo)?.into_iter().filter(|row| row.result != "failed").collect();
        section::check(repo, GUIDE, self.task, &table(&rows))
    }

    /// A sentence with the date of the run, for rows that not every run of the tests includes.
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

/// The table. Only the first row of a runtime has its name.
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
