//! Keeps the state of an emulator in a file.
//!
//! The file always has a complete state: a new state is written to a file beside it, synced to the disk, and renamed
//! over the old one. Whenever and however the process ends, either the old or the new state is there.
//!
//! Only one process at a time uses a file. It locks a second file beside it, because the first is replaced with each
//! save; the system releases the lock when the process ends. The second file stays, empty.

use std::ffi::OsString;
use std::fmt::{self, Display};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::shared_emulator::SharedEmulator;
use crate::{Emulator, RestoreError, Snapshot};

/// The longest time until a change is saved.
const SAVE_EVERY: Duration = Duration::from_secs(1);

/// The file with the state of one emulator.
#[derive(Debug)]
pub struct DataFile {
    path: PathBuf,
    save_every: Duration,
    /// The revision of the emulator that is saved.
    saved: u64,
    /// Held as long as the file is in use.
    _lock: File,
}

impl DataFile {
    /// Locks a file, which need not exist, for this process.
    ///
    /// # Errors
    /// If another process uses it, or the folder is not writable.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, DataError> {
        let path = resolve_link(path.into())?;
        match lock(&beside(&path, ".lock")) {
            Ok(lock) => {
                // Left by a process that was killed while it saved. It need not exist.
                let _: io::Result<()> = fs::remove_file(beside(&path, ".tmp"));
                Ok(Self { path, save_every: SAVE_EVERY, saved: 0, _lock: lock })
            }
            Err(TryLockError::WouldBlock) => Err(DataError::InUse(path)),
            Err(TryLockError::Error(error)) => Err(DataError::Unusable(path, error)),
        }
    }

    /// Sets the longest time until a change is saved; the default is a second, the minimum a millisecond.
    #[must_use]
    pub fn save_every(self, save_every: Duration) -> Self {
        Self { save_every: save_every.max(Duration::from_millis(1)), ..self }
    }

    /// Restores the state from the file, and returns whether there was a file.
    ///
    /// # Errors
    /// If it cannot be read or is no state. File and emulator are unchanged then.
    pub fn restore(&mut self, emulator: &mut Emulator) -> Result<bool, DataError> {
        let json = match fs::read(&self.path) {
            Ok(json) => json,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(DataError::Unusable(self.path.clone(), error)),
        };
        emulator.restore(&json).map_err(|error| DataError::Damaged(self.path.clone(), error))?;
        self.saved = emulator.revision();
        Ok(true)
    }

    /// Saves changes until the sender of `stopped` is dropped, then saves once more.
    ///
    /// # Errors
    /// If the last save fails. Earlier failures are printed on stderr, and the next save includes the unsaved changes.
    pub(super) fn keep(mut self, emulator: &SharedEmulator, stopped: &Receiver<()>) -> Result<(), DataError> {
        let mut pause = self.save_every;
        let mut has_warned = false;
        let mut last_error = String::new();
        while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
            let begun = Instant::now();
            let error = self.save_changes(emulator).err().map(|error| error.to_string()).unwrap_or_default();
            // A full disk stays full for a while, so the same error is printed once.
            if !error.is_empty() && error != last_error {
                eprintln!("error: {error}");
            }
            last_error = error;
            let took = begun.elapsed();
            pause = pause_after(took, self.save_every);
            if pause.is_zero() && took >= SAVE_EVERY / 2 && !has_warned {
                has_warned = true;
                eprintln!(
                    "warning: saving the state takes {} ms, so changes wait up to twice as long",
                    took.as_millis()
                );
            }
        }
        self.save_changes(emulator)
    }

    fn save_changes(&mut self, emulator: &SharedEmulator) -> Result<(), DataError> {
        let saved = self.saved;
        let changed = emulator.with(|emulator| {
            let revision = emulator.revision();
            (revision != saved).then(|| (revision, emulator.snapshot()))
        });
        let Some((revision, snapshot)) = changed else { return Ok(()) };
        replace(&self.path, &snapshot).map_err(|error| DataError::Unusable(self.path.clone(), error))?;
        self.saved = revision;
        Ok(())
    }
}

/// How long to wait after a save that took `took`. A change just after the beginning of a save is on the disk when the
/// next save ends. To keep that within `save_every`, the next save starts earlier by its expected duration, that of the
/// last one. If saves take longer than half of `save_every`, they follow one another without a pause.
fn pause_after(took: Duration, save_every: Duration) -> Duration {
    save_every.saturating_sub(took.saturating_mul(2))
}

/// Resolves a link, so that its target is replaced and the link stays.
///
/// # Errors
/// If the target does not exist: it is unclear whether to create it there, and replacing the link would surely be
/// wrong.
fn resolve_link(path: PathBuf) -> Result<PathBuf, DataError> {
    match fs::canonicalize(&path) {
        Ok(path) => Ok(path),
        Err(_) if path.is_symlink() => Err(DataError::DanglingLink(path)),
        Err(_) => Ok(path),
    }
}

fn lock(path: &Path) -> Result<File, TryLockError> {
    let file = File::options().create(true).append(true).open(path).map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

/// Replaces a file with a snapshot, atomically. If that fails, no temporary file is left.
fn replace(path: &Path, snapshot: &Snapshot) -> io::Result<()> {
    let fresh = beside(path, ".tmp");
    let replaced = write(&fresh, path, snapshot).and_then(|()| fs::rename(&fresh, path));
    if replaced.is_err() {
        // It need not exist, if creating it failed.
        let _: io::Result<()> = fs::remove_file(&fresh);
    }
    replaced?;
    settle(path)
}

fn write(fresh: &Path, replaced: &Path, snapshot: &Snapshot) -> io::Result<()> {
    let mut file = BufWriter::new(create(fresh, replaced)?);
    serde_json::to_writer(&mut file, snapshot)?;
    file.flush()?;
    file.get_ref().sync_all()
}

/// Creates a file that only its owner can read, because an app's settings may contain secrets; if it replaces a file,
/// it gets that file's permissions.
#[cfg(unix)]
fn create(fresh: &Path, replaced: &Path) -> io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};

    let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(fresh)?;
    let permissions = fs::metadata(replaced).map_or(fs::Permissions::from_mode(0o600), |before| before.permissions());
    file.set_permissions(permissions)?;
    Ok(file)
}

/// On this system, the folder's permissions apply.
#[cfg(not(unix))]
fn create(fresh: &Path, _replaced: &Path) -> io::Result<File> {
    File::create(fresh)
}

/// Syncs the folder, so that the rename is on the disk.
#[cfg(unix)]
fn settle(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Folders cannot be opened on this system, which syncs names itself.
#[cfg(not(unix))]
fn settle(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// The path of the file with an ending added to its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// Why the state cannot be kept in a file.
#[derive(Debug)]
pub enum DataError {
    /// Another process uses the file.
    InUse(PathBuf),
    /// It cannot be read or written.
    Unusable(PathBuf, io::Error),
    /// It is a link whose target does not exist.
    DanglingLink(PathBuf),
    /// It contains no valid state. It is unchanged.
    Damaged(PathBuf, RestoreError),
}

impl Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse(path) => write!(f, "another emulator keeps its state in {}", path.display()),
            Self::Unusable(path, error) => write!(f, "cannot keep the state in {}: {error}", path.display()),
            Self::DanglingLink(path) => {
                let path = path.display();
                write!(f, "{path} is a link to a file that does not exist; name that file itself, or remove the link")
            }
            Self::Damaged(path, error) => {
                write!(f, "cannot restore the state from {}, which is left as it is: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for DataError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_a_save_just_misses_is_saved_in_time_as_long_as_saves_take_half_of_it() {
        let ms = Duration::from_millis;
        for (took, pause) in [(0, 1000), (1, 998), (200, 600), (499, 2), (500, 0), (2000, 0)] {
            assert_eq!(pause_after(ms(took), ms(1000)), ms(pause), "{took}");
            // From the beginning of the save that missed it: that save, the pause, and the next save.
            assert!(took > 500 || ms(took) + ms(pause) + ms(took) <= ms(1000), "{took}");
        }
    }
}
