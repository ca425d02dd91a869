//! Mutation tests of TypeScript with Stryker. `tests/mutants` has its configuration and the list of equivalent mutants.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use xshell::cmd;

use super::Figures;
use crate::pack;
use crate::repo::Repo;
use crate::setup;
use crate::step::{step, watched};

/// The part whose tests need no package: they bundle the sources that they test.
const WITHOUT_PACKAGE: &str = "bulk";

/// Runs Stryker on a part, and lists the mutants that no test noticed.
pub(super) fn run(repo: &Repo, part: &str) -> Result<Figures> {
    let (shell, folder) = (&repo.shell, repo.target.join("mutants"));
    setup::npm_packages(repo, ".")?;
    setup::npm_packages(repo, "tests/mutants")?;
    if part != WITHOUT_PACKAGE {
        pack::run(repo)?;
    }
    let program = repo.npm_bin("tests/mutants", "stryker");
    let run = cmd!(shell, "{program} run tests/mutants/stryker.config.mjs")
        .env("MUTANTS_PART", part)
        .env("MUTANTS_PKG", repo.pkg())
        .env("MUTANTS_FOLDER", &folder);
    step(&format!("change {part}"), || watched(run).map(drop))?;
    let report = shell.read_file(folder.join(part).with_extension("json"))?;
    let report = serde_json::from_str(&report).context("Stryker did not say what came out")?;
    let equivalent: Vec<Equivalent> = serde_json::from_str(&shell.read_file("tests/mutants/equivalent.json")?)
        .context("tests/mutants/equivalent.json: expected a list of changes")?;
    judge(&report, &equivalent)
}

/// What Stryker reports.
#[derive(Deserialize)]
struct Report {
    /// By their places in the repository.
    files: BTreeMap<String, File>,
}

#[derive(Deserialize)]
struct File {
    source: String,
    mutants: Vec<Mutant>,
}

#[derive(Deserialize)]
struct Mutant {
    status: String,
    #[serde(default)]
    replacement: String,
    location: Location,
}

#[derive(Deserialize)]
struct Location {
    start: Position,
    end: Position,
}

/// Both count from 1; a column is a unit of UTF-16.
#[derive(Deserialize)]
struct Position {
    line: usize,
    column: usize,
}

/// A mutant that changes no behaviour, identified by its text, because line numbers change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Equivalent {
    file: String,
    /// The line in which it begins.
    line: String,
    from: String,
    to: String,
    /// Why it changes no behaviour.
    #[serde(rename = "reason")]
    _reason: String,
}

/// A mutant in the form of [`Equivalent`], with single spaces between words.
#[derive(PartialEq, Eq)]
struct Change<'a> {
    file: &'a str,
    line: String,
    from: String,
    to: String,
}

impl Equivalent {
    fn change(&self) -> Change<'_> {
        let Self { file, line, from, to, .. } = self;
        Change { file, line: spaced(line), from: spaced(from), to: spaced(to) }
    }
}

impl Mutant {
    fn change<'a>(&self, file: &'a str, source: &str) -> Option<Change<'a>> {
        let Location { start, end } = &self.location;
        let lines: Vec<&str> = source.lines().skip(start.line - 1).take(end.line + 1 - start.line).collect();
        let (first, last) = (lines.first()?, lines.last()?);
        let units: Vec<u16> = lines.join("\n").encode_utf16().collect();
        let after = last.encode_utf16().count().checked_sub(end.column - 1)?;
        let from = units.get(start.column - 1..units.len().checked_sub(after)?)?;
        let from = spaced(&String::from_utf16_lossy(from));
        Some(Change { file, line: spaced(first), from, to: spaced(&self.replacement) })
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts the results, and prints the missed mutants.
///
/// # Errors
/// When a change is listed as making no difference that Stryker does not make any more, or that a test notices.
fn judge(report: &Report, equivalent: &[Equivalent]) -> Result<Figures> {
    let mut listed: Vec<_> =
        equivalent.iter().filter(|one| report.files.contains_key(&one.file)).map(|one| (one.change(), false)).collect();
    let mut figures = Figures::default();
    for (name, file) in &report.files {
        for mutant in &file.mutants {
            match mutant.status.as_str() {
                "Killed" => figures.caught += 1,
                "Timeout" => figures.endless += 1,
                "CompileError" => figures.unviable += 1,
                "Ignored" => figures.left_out += 1,
                // Also when the tests died before they told, which nothing should make them.
                status => {
                    let change = mutant.change(name, &file.source).context("a change outside of its file")?;
                    match listed.iter_mut().find(|(known, _)| *known == change) {
                        Some((_, is_met)) => {
                            *is_met = true;
                            figures.equivalent += 1;
                        }
                        None => {
                            figures.missed += 1;
                            println!(
                                "{status}: {name}, line {}: {} -> {}",
                                mutant.location.start.line, change.from, change.to
                            );
                        }
                    }
                }
            }
        }
    }
    let stale: Vec<_> = listed.iter().filter(|(_, is_met)| !is_met).map(|(change, _)| &change.line).collect();
    ensure!(stale.is_empty(), "tests/mutants/equivalent.json lists what is noticed, or not there: {stale:#?}");
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A report about one file, whose changes are of its last word.
    fn report(statuses: &[&str]) -> serde_json::Result<Report> {
        let mutant = |status: &&str| {
            let location = json!({ "start": { "line": 2, "column": 10 }, "end": { "line": 3, "column": 4 } });
            json!({ "status": status, "replacement": "{}", "location": location })
        };
        let mutants: Vec<_> = statuses.iter().map(mutant).collect();
        let source = "// 🦀\n  if (é) {\n  };\n";
        serde_json::from_value(json!({ "files": { "a.ts": { "source": source, "mutants": mutants } } }))
    }

    fn equivalent(file: &str, from: &str) -> Equivalent {
        let [line, to] = ["if (é) {", "{}"].map(str::to_owned);
        Equivalent { file: file.to_owned(), line, from: from.to_owned(), to, _reason: String::new() }
    }

    #[test]
    fn what_came_out_is_counted() -> Result<()> {
        let report = report(&[
            "Killed",
            "Killed",
            "Survived",
            "NoCoverage",
            "Timeout",
            "Ignored",
            "CompileError",
            "RuntimeError",
        ])?;
        let figures = Figures { caught: 2, missed: 3, endless: 1, unviable: 1, left_out: 1, equivalent: 0 };
        assert_eq!(judge(&report, &[])?, figures);
        Ok(())
    }

    #[test]
    fn what_makes_no_difference_is_known_by_its_text() -> Result<()> {
        let figures =
            judge(&report(&["Survived", "Killed"])?, &[equivalent("a.ts", "{ }"), equivalent("b.ts", "{ }")])?;
        assert_eq!((figures.caught, figures.missed, figures.equivalent), (1, 0, 1));
        Ok(())
    }

    #[test]
    fn what_is_listed_and_does_not_survive_is_an_error() -> Result<()> {
        assert!(judge(&report(&["Killed"])?, &[equivalent("a.ts", "{ }")]).is_err());
        assert!(judge(&report(&["Survived"])?, &[equivalent("a.ts", "{ } ;")]).is_err());
        Ok(())
    }
}
