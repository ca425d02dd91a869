//! `cargo xtask ci`: runs the tests, and checks that they leave the working tree unchanged.

use anyhow::{Result, ensure};
use xshell::cmd;

use crate::repo::Repo;
use crate::test::{self, Selection};

/// Runs the selected stages. A stage that changes the tree has found an uncommitted change, such as in a lock file, or
/// writes where it should not.
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

/// Changed and untracked files, one per line.
fn changes(repo: &Repo) -> Result<String> {
    Ok(cmd!(repo.shell, "git status --porcelain").quiet().read()?)
}

/// The lines that were added or removed.
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
