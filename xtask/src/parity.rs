//! The results of the facts in `tests/parity` about the emulator: by topic in its guide, `docs/emulator.md`, with all
//! guesses; by operation, with their sources, in `docs/parity.md`. A fact counts only if it holds on every host of the
//! emulator: the server, in process, and the npm command.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;

use crate::repo::Repo;
use crate::section;
use crate::step::become_process;

const GUIDE: &str = "docs/emulator.md";
const WHOLE: &str = "docs/parity.md";
const TASK: &str = "cargo xtask parity";

/// The files into which the tests of each host write the facts they have tested, below `target/parity`.
const RESULTS: [&str; 3] = ["server.jsonl", "in-process.jsonl", "program.jsonl"];

/// The evidence of facts without a source.
const GUESSES: [&str; 2] = ["inferred", "choice"];

#[derive(Args)]
pub(crate) struct Options {
    /// Ask your own app what the emulator had to guess: the app of STREAM_API_KEY and STREAM_API_SECRET, on Stream or
    /// at STREAM_BASE_URL
    #[arg(long)]
    pub(crate) app: bool,
    /// Start; without it, only print what would be done
    #[arg(long, requires = "app")]
    yes: bool,
    /// Only guesses with these words in their names: `--only UpdateUsersPartial`
    #[arg(long, requires = "app", value_name = "WORDS")]
    only: Option<String>,
}

/// A fact that was tested successfully.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Fact {
    resource: String,
    operation: String,
    evidence: String,
    text: String,
}

impl Fact {
    fn is_guess(&self) -> bool {
        GUESSES.contains(&self.evidence.as_str())
    }
}

/// Removes the results of an earlier run.
pub(crate) fn forget(repo: &Repo) -> Result<()> {
    Ok(repo.shell.remove_path(repo.target.join("parity"))?)
}

/// Asks the app in the environment what the emulator had to guess.
pub(crate) fn ask_app(repo: &Repo, project: &Path, options: &Options) -> Result<()> {
    let script = project.join("parity/app/run.mjs");
    let only = options.only.iter().flat_map(|words| ["--only", words]);
    let mut ask = Command::new("node");
    ask.arg(script).args(options.yes.then_some("--yes")).args(only);
    // Replaces this process, because it has to clean up on Ctrl-C.
    become_process(ask.env("CARGO_TARGET_DIR", &repo.target))
}

/// Updates both tables with the last run.
pub(crate) fn write(repo: &Repo) -> Result<()> {
    let hosts = shown(repo)?;
    let facts = on_every_host(&hosts);
    section::write(repo, GUIDE, TASK, &by_topic(&facts))?;
    section::write(repo, WHOLE, TASK, &table(&facts))
}

/// Prints how many facts there are and how many are guesses. Fails if the tables differ from the last run.
pub(crate) fn check(repo: &Repo) -> Result<()> {
    let hosts = shown(repo)?;
    let facts = on_every_host(&hosts);
    eprintln!("{}", counted(&facts).trim_end());
    section::check(repo, GUIDE, TASK, &by_topic(&facts))?;
    section::check(repo, WHOLE, TASK, &table(&facts))
}

/// The facts of each host in the last run.
fn shown(repo: &Repo) -> Result<Vec<Vec<Fact>>> {
    let lines = |file: &&str| repo.shell.read_file(repo.target.join("parity").join(file));
    RESULTS.iter().map(|file| facts(&lines(file)?)).collect()
}

fn facts(lines: &str) -> Result<Vec<Fact>> {
    lines
        .lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).with_context(|| format!("no fact: {line}"))?;
            let text = |name: &str| {
                let text = value.get(name).and_then(Value::as_str).map(str::to_owned);
                text.with_context(|| format!("a fact without `{name}`: {line}"))
            };
            Ok(Fact {
                resource: text("resource")?,
                operation: text("operation")?,
                evidence: text("evidence")?,
                text: text("text")?,
            })
        })
        .collect()
}

/// The facts of the first host that hold on every other too, in its order.
fn on_every_host(hosts: &[Vec<Fact>]) -> Vec<&Fact> {
    let others: Vec<BTreeSet<&Fact>> = hosts.iter().skip(1).map(|host| host.iter().collect()).collect();
    let first = hosts.first().into_iter().flatten();
    first.filter(|fact| others.iter().all(|host| host.contains(fact))).collect()
}

/// The number of facts.
fn counted(facts: &[&Fact]) -> String {
    let guesses = facts.iter().filter(|fact| fact.is_guess()).count();
    let operations = distinct(facts.iter().map(|fact| fact.operation.as_str()));
    let (all, operations) = (facts.len(), operations.len());
    format!("{all} facts about {operations} operations and topics hold on every host; {guesses} of them are guesses.\n")
}

/// The table of the guide: how many facts each resource has, and the guesses.
fn by_topic(facts: &[&Fact]) -> String {
    let mut text =
        format!("{}\n| about | facts | guesses | what is guessed |\n| --- | ---: | ---: | --- |\n", counted(facts));
    for resource in distinct(facts.iter().map(|fact| fact.resource.as_str())) {
        let of_resource = || facts.iter().filter(|fact| fact.resource == resource);
        let guesses: Vec<&&Fact> = of_resource().filter(|fact| fact.is_guess()).collect();
        let mut guessed = String::new();
        for operation in distinct(guesses.iter().map(|fact| fact.operation.as_str())) {
            let texts = guesses.iter().filter(|fact| fact.operation == operation).map(|fact| fact.text.as_str());
            let texts: Vec<&str> = texts.collect();
            // Writing to a `String` does not fail.
            let _ = write!(guessed, "{operation} {}. ", texts.join("; "));
        }
        let (all, guesses) = (of_resource().count(), guesses.len());
        let _ = writeln!(text, "| {resource} | {all} | {guesses} | {} |", guessed.trim_end());
    }
    text
}

/// All facts: their number, then a table for each resource.
fn table(facts: &[&Fact]) -> String {
    let mut text = counted(facts);
    for resource in distinct(facts.iter().map(|fact| fact.resource.as_str())) {
        // Writing to a `String` does not fail.
        let _ = write!(text, "\n## {resource}\n\n| operation | what is shown | known from |\n| --- | --- | --- |\n");
        let of_resource: Vec<&Fact> = facts.iter().copied().filter(|fact| fact.resource == resource).collect();
        for operation in distinct(of_resource.iter().map(|fact| fact.operation.as_str())) {
            rows(&mut text, operation, of_resource.iter().copied().filter(|fact| fact.operation == operation));
        }
    }
    text
}

/// The rows of one operation: known facts first, guesses last. Only the first row has its name.
fn rows<'a>(text: &mut String, operation: &str, facts: impl Iterator<Item = &'a Fact>) {
    let (guesses, known): (Vec<_>, Vec<_>) = facts.partition(|fact| fact.is_guess());
    let mut name = operation;
    for Fact { evidence, text: shown, .. } in known {
        let _ = writeln!(text, "| {name} | {shown} | {evidence} |");
        name = "";
    }
    for Fact { evidence, text: shown, .. } in guesses {
        let _ = writeln!(text, "| {name} | {shown} | *guess: {evidence}* |");
        name = "";
    }
}

/// Each text once, in order of first occurrence.
fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(*text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(operation: &str, evidence: &str, text: &str) -> Fact {
        let [resource, operation, evidence, text] = ["Users", operation, evidence, text].map(str::to_owned);
        Fact { resource, operation, evidence, text }
    }

    #[test]
    fn only_what_holds_on_every_host_counts_in_the_order_of_the_first() {
        let [one, two, three] = ["one", "two", "three"].map(|text| fact("UpdateUsers", "spec", text));
        let hosts = [vec![two.clone(), one.clone(), three], vec![one.clone(), two.clone()]];
        assert_eq!(on_every_host(&hosts), [&two, &one]);
    }

    #[test]
    fn an_operation_is_named_once_and_its_guesses_come_last() {
        let facts = [
            fact("UpdateUsers", "choice", "keeps the role"),
            fact("QueryUsers", "docs", "finds"),
            fact("UpdateUsers", "spec", "answers"),
        ];
        let table = table(&facts.iter().collect::<Vec<_>>());
        assert!(table.starts_with("3 facts about 2 operations and topics hold on every host; 1 of them are guesses."));
        let rows = "| UpdateUsers | answers | spec |\n|  | keeps the role | *guess: choice* |\n| QueryUsers | finds | docs |\n";
        assert!(table.ends_with(rows), "{table}");
    }

    #[test]
    fn the_guide_counts_the_facts_of_a_topic_and_names_the_guesses_alone() {
        let facts = [
            fact("UpdateUsers", "choice", "keeps the role"),
            fact("UpdateUsers", "spec", "answers"),
            fact("UpdateUsers", "inferred", "refuses kings"),
            fact("QueryUsers", "app", "finds"),
        ];
        let guide = by_topic(&facts.iter().collect::<Vec<_>>());
        assert!(guide.ends_with("| Users | 4 | 2 | UpdateUsers keeps the role; refuses kings. |\n"), "{guide}");
        assert!(by_topic(&[&facts[1]]).ends_with("| Users | 1 | 0 |  |\n"));
    }

    #[test]
    fn a_line_that_is_no_fact_is_an_error() {
        assert!(facts("{}").is_err());
        assert!(facts("nonsense").is_err());
    }
}
