//! The emulator's page: `www/`, built with the package that it becomes a part of, and served by the emulator's two
//! servers.

use std::path::Path;

use anyhow::{Result, ensure};

use super::library_notices;
use crate::demo::{self, Home};
use crate::repo::Repo;

/// The largest size of the page, in bytes.
const MOST_BYTES: u64 = 500_000;

/// Writes the page into `dist/ui/`.
pub(super) fn files(repo: &Repo, package: &Path) -> Result<()> {
    let folder = package.join("dist/ui");
    let report = demo::page(repo, Home::Emulator, package, &folder)?;
    library_notices::write(repo, "The page of getstream-users", &report, &repo.root, &folder)?;
    let sizes = repo.shell.read_dir(&folder)?.into_iter().map(|file| Ok(file.metadata()?.len()));
    let bytes: u64 = sizes.sum::<Result<u64>>()?;
    ensure!(bytes <= MOST_BYTES, "the emulator's page has {bytes} bytes, over the limit of {MOST_BYTES}");
    Ok(())
}
