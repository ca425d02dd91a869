//! A section of a guide, between two comments, which a task writes from the results of a run.

use anyhow::{Context, Result, ensure};

use crate::repo::Repo;

const END: &str = "<!-- The end of the table. -->";

/// Updates the section.
pub(crate) fn write(repo: &Repo, guide: &str, task: &str, text: &str) -> Result<()> {
    let current = repo.shell.read_file(guide)?;
    let expected = replaced(&current, task, text).with_context(|| guide.to_owned())?;
    if current != expected {
        repo.shell.write_file(guide, expected)?;
        eprintln!("  wrote the table in {guide}");
    }
    Ok(())
}

/// Fails if the section is not up to date.
pub(crate) fn check(repo: &Repo, guide: &str, task: &str, text: &str) -> Result<()> {
    let current = repo.shell.read_file(guide)?;
    let expected = replaced(&current, task, text).with_context(|| guide.to_owned())?;
    ensure!(
        current == expected,
        "the table in {guide} is not what the tests have shown: run `{task}` and commit the file"
    );
    Ok(())
}

fn start(task: &str) -> String {
    format!("<!-- The table is written by `{task}`. -->")
}

/// The guide with another text between its markers.
fn replaced(guide: &str, task: &str, text: &str) -> Result<String> {
    let start = start(task);
    let parts = guide.split_once(&start).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = parts.with_context(|| format!("there is no `{start}` with `{END}` behind it"))?;
    Ok(format!("{before}{start}\n\n{text}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_replaces_what_is_between_the_markers() {
        let start = start("task");
        let guide = format!("before\n{start}\nold\n{END}\nafter\n");
        let new = replaced(&guide, "task", "new\n").unwrap();
        assert_eq!(new, format!("before\n{start}\n\nnew\n\n{END}\nafter\n"));
        assert_eq!(replaced(&new, "task", "new\n").unwrap(), new);
        assert!(replaced("no markers", "task", "new").is_err());
        assert!(replaced(&guide, "another task", "new").is_err());
    }
}
