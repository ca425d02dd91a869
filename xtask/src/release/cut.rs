//! Sets the version of a tree: in the manifests, the lock files and the changelog.

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

const UNRELEASED: &str = "## [Unreleased]\n";

/// Sets the version of the tree in which `shell` runs, and moves unreleased changes under its heading. Does nothing if
/// that was done before.
pub(super) fn cut(shell: &Shell, from: &str, to: &str) -> Result<()> {
    let date = cmd!(shell, "git log -1 --format=%cs").quiet().read()?;
    rewrite(shell, "CHANGELOG.md", |text| changelog(text, to, &date))?;
    if from == to {
        return Ok(());
    }
    rewrite(shell, "Cargo.toml", |text| {
        let line = |version: &str| format!("\nversion = \"{version}\"\n");
        ensure!(text.matches(&line(from)).count() == 1, "not exactly one line is `version = \"{from}\"`");
        Ok(text.replace(&line(from), &line(to)))
    })?;
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        rewrite(shell, lock, |text| Ok(own_crates(text, from, to)))?;
    }
    let files = cmd!(shell, "git ls-files examples/*/package.json examples/*/package-lock.json").quiet().read()?;
    for file in files.lines() {
        let range = |version: &str| format!("\"getstream-users\": \"^{version}\"");
        rewrite(shell, file, |text| Ok(text.replace(&range(from), &range(to))))?;
    }
    // Cargo rejects an invalid version, or a lock file that does not match.
    cmd!(shell, "cargo metadata --no-deps --locked --format-version 1").quiet().ignore_stdout().run()?;
    Ok(())
}

/// The changelog's section of a version.
pub(super) fn notes(changelog: &str, version: &str) -> Option<String> {
    let (_, section) = changelog.split_once(&format!("\n## [{version}] - "))?;
    let (_, section) = section.split_once('\n')?;
    let section = section.split("\n## [").next()?;
    Some(format!("{}\n", section.trim()))
}

fn rewrite(shell: &Shell, file: &str, change: impl FnOnce(&str) -> Result<String>) -> Result<()> {
    let text = shell.read_file(file)?;
    let changed = change(&text).with_context(|| file.to_owned())?;
    if text != changed {
        shell.write_file(file, changed)?;
    }
    Ok(())
}

/// The changelog with a heading for the version above the unreleased changes.
fn changelog(text: &str, version: &str, date: &str) -> Result<String> {
    if let Some(notes) = notes(text, version) {
        ensure!(!notes.trim().is_empty(), "it says nothing about {version}");
        return Ok(text.to_owned());
    }
    let cut = text.replacen(UNRELEASED, &format!("{UNRELEASED}\n## [{version}] - {date}\n"), 1);
    let notes = notes(&cut, version).context("there is no heading [Unreleased]")?;
    ensure!(!notes.trim().is_empty(), "nothing stands under [Unreleased]");
    Ok(cut)
}

/// A lock file with another version of the repository's own crates, which are those without a source.
fn own_crates(lock: &str, from: &str, to: &str) -> String {
    let crates = lock.split("\n[[package]]\n").map(|entry| {
        if entry.contains("\nsource = ") {
            entry.to_owned()
        } else {
            entry.replace(&format!("\nversion = \"{from}\"\n"), &format!("\nversion = \"{to}\"\n"))
        }
    });
    crates.collect::<Vec<_>>().join("\n[[package]]\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n- New.\n\n## [0.1.0] - 2026-01-01\n\n- First.\n";

    #[test]
    fn what_is_unreleased_goes_under_the_version() -> Result<()> {
        let cut = changelog(CHANGELOG, "0.2.0", "2026-02-03")?;
        assert!(cut.starts_with("# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\n- New.\n"), "{cut}");
        assert_eq!(notes(&cut, "0.2.0").as_deref(), Some("- New.\n"));
        assert_eq!(notes(&cut, "0.1.0").as_deref(), Some("- First.\n"));
        Ok(())
    }

    #[test]
    fn a_changelog_that_was_cut_stays_as_it_is() -> Result<()> {
        assert_eq!(changelog(CHANGELOG, "0.1.0", "2026-02-03")?, CHANGELOG);
        Ok(())
    }

    #[test]
    fn a_release_of_nothing_is_refused() {
        for text in ["# Changelog\n", "## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- First.\n"] {
            assert!(changelog(text, "0.2.0", "2026-02-03").is_err(), "{text}");
        }
    }

    #[test]
    fn crates_of_others_keep_their_version() {
        let entry = |name: &str, version: &str, source: &str| {
            format!("\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{source}")
        };
        let lock = |own: &str| entry("a", "0.1.0", "source = \"registry\"\n") + &entry("own", own, "");
        assert_eq!(own_crates(&lock("0.1.0"), "0.1.0", "0.2.0"), lock("0.2.0"));
    }
}
