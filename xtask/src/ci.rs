//! `cargo xtask ci`: the tests, and that they leave the working tree as it was.

use anyhow::{Result, ensure};
use xshell::cmd;

use crate::repo::Repo;
use crate::test::{self, Selection};

/// Runs the selected stages. A stage that writes into the tree has found something that was not committed, such as a lock
/// file, or writes where it should not.
pub(crate) fn run(repo: &Repo, selection: &Selection) -> Result<()> {
    let before = changes(repo)?;
    let outcome = test::run(repo, selection);
    let after = changes(repo)?;
    outcome?;
    ensure!(
        before == after,
        "the tests changed the working tree; commit this, or ignore it:\n{}",
        news(&before, &after)
    );
    Ok(())
}

/// What is changed or not known to git, a line each.
fn changes(repo: &Repo) -> Result<String> {
    Ok(cmd!(repo.shell, "git status --porcelain").quiet().read()?)
}

/// The lines that were not there before, or are not there any more.
fn news(before: &str, after: &str) -> String {
    let missing_in = |other: &str, line: &&str| !other.lines().any(|one| one == *line);
    let come = after.lines().filter(|line| missing_in(before, line));
    let gone = before.lines().filter(|line| missing_in(after, line));
    come.chain(gone).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::news;

    #[test]
    fn tells_what_has_come_and_gone() {
        assert_eq!(news(" M a\n?? b", " M a\n M c"), " M c\n?? b");
        assert_eq!(news("", ""), "");
    }
}
