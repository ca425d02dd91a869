//! An emulator's state in a file.
//!
//! The file always holds a whole state: a new one is written beside it, comes to rest on the disk, and then takes its
//! place in one step. Whatever ends the process, and whenever, the state of before or of after is there.
//!
//! One process at a time uses a file. It says so with a lock on a second file beside it, since the first is replaced all
//! the time; the system takes the lock back when the process ends. The second file stays, empty.

use std::ffi::OsString;
use std::fmt::{self, Display};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::shared_emulator::SharedEmulator;
use crate::{Emulator, RestoreError, Snapshot};

/// How long changes wait at most until they are saved.
const SAVE_EVERY: Duration = Duration::from_secs(1);

/// A file that the state of one emulator is kept in.
#[derive(Debug)]
pub struct DataFile {
    path: PathBuf,
    save_every: Duration,
    /// The revision of the emulator that the file holds.
    saved: u64,
    /// Held as long as the file is used.
    _lock: File,
}

impl DataFile {
    /// Takes a file, which need not be there yet, for this process.
    ///
    /// # Errors
    /// When another process uses it, or nothing can be written where it is.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, DataError> {
        let path = path.into();
        // A link stays, and what it leads to is replaced.
        let path = fs::canonicalize(&path).unwrap_or(path);
        match lock(&beside(&path, ".lock")) {
            Ok(lock) => Ok(Self { path, save_every: SAVE_EVERY, saved: 0, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(DataError::InUse(path)),
            Err(TryLockError::Error(error)) => Err(DataError::Unusable(path, error)),
        }
    }

    /// The same with another time that changes wait at most; a second otherwise. A millisecond is the least.
    #[must_use]
    pub fn save_every(self, save_every: Duration) -> Self {
        Self { save_every: save_every.max(Duration::from_millis(1)), ..self }
    }

    /// Brings back what the file holds, and says whether there was a file.
    ///
    /// # Errors
    /// When it cannot be read or is no state. File and emulator are as they were then.
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

    /// Saves what changes until the other end of `stopped` is gone, and then what has changed last.
    ///
    /// # Errors
    /// When that last time fails. A failure before it is said on stderr, and what was not saved is saved with the rest.
    pub(super) fn keep(mut self, emulator: &SharedEmulator, stopped: &Receiver<()>) -> Result<(), DataError> {
        while stopped.recv_timeout(self.save_every) == Err(RecvTimeoutError::Timeout) {
            if let Err(error) = self.save_changes(emulator) {
                eprintln!("error: {error}");
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

fn lock(path: &Path) -> Result<File, TryLockError> {
    let file = File::options().create(true).append(true).open(path).map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

/// Makes a snapshot the content of a file, in one step.
fn replace(path: &Path, snapshot: &Snapshot) -> io::Result<()> {
    let fresh = beside(path, ".tmp");
    let mut file = BufWriter::new(create(&fresh, path)?);
    serde_json::to_writer(&mut file, snapshot)?;
    file.flush()?;
    file.get_ref().sync_all()?;
    fs::rename(&fresh, path)?;
    settle(path)
}

/// A file that only its owner may read, as an app's settings may hold secrets; or those may who may read the file that
/// it is going to replace.
#[cfg(unix)]
fn create(fresh: &Path, replaced: &Path) -> io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};

    let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(fresh)?;
    let permissions = fs::metadata(replaced).map_or(fs::Permissions::from_mode(0o600), |before| before.permissions());
    file.set_permissions(permissions)?;
    Ok(file)
}

/// Who may read a file is up to the folder here.
#[cfg(not(unix))]
fn create(fresh: &Path, _replaced: &Path) -> io::Result<File> {
    File::create(fresh)
}

/// Has the new name come to rest on the disk.
#[cfg(unix)]
fn settle(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Folders cannot be opened here; the system looks after names by itself.
#[cfg(not(unix))]
fn settle(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// The file next to this one whose name goes on so.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// Why a state could not be kept in a file.
#[derive(Debug)]
pub enum DataError {
    /// Another process keeps its state in it.
    InUse(PathBuf),
    /// It could not be read or written.
    Unusable(PathBuf, io::Error),
    /// It holds no state. It was left as it is.
    Damaged(PathBuf, RestoreError),
}

impl Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse(path) => write!(f, "another emulator keeps its state in {}", path.display()),
            Self::Unusable(path, error) => write!(f, "cannot keep the state in {}: {error}", path.display()),
            Self::Damaged(path, error) => {
                write!(f, "cannot restore the state from {}, which is left as it is: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for DataError {}
