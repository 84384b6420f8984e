//! A copy of the database while it is in use.

use crate::store::{StoreError, StoreResult};
use rusqlite::{Connection, OpenFlags};
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Copies what is committed now to `to`, which must not exist. The file appears under its name only when
/// it is whole, checked and on the disk.
pub(super) fn copy(connection: &Connection, to: &Path) -> StoreResult<()> {
    if to.try_exists().map_err(StoreError::backend)? {
        let exists = io::Error::new(io::ErrorKind::AlreadyExists, to.display().to_string());
        return Err(StoreError::backend(exists));
    }
    let part = part_of(to);
    let made = make(connection, &part).and_then(|()| {
        std::fs::rename(&part, to).map_err(StoreError::backend)?;
        sync_directory(to).map_err(StoreError::backend)
    });
    if made.is_err() {
        // What is left of a copy that failed is of no use; that it cannot be removed is no news.
        let _ = std::fs::remove_file(&part);
    }
    made
}

fn make(connection: &Connection, part: &Path) -> StoreResult<()> {
    // SQLite writes into a file that is there and empty: so its owner alone reads it from the start.
    create_private(part).map_err(StoreError::backend)?;
    let name = part.to_str().ok_or(StoreError::Damaged {
        what: "name of the backup",
    })?;
    connection
        .execute("VACUUM INTO ?1", [name])
        .map_err(StoreError::backend)?;
    let copy = Connection::open_with_flags(part, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(StoreError::backend)?;
    let said: String = copy
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .map_err(StoreError::backend)?;
    if said != "ok" {
        return Err(StoreError::Damaged { what: "backup" });
    }
    drop(copy);
    let written = File::open(part).and_then(|file| file.sync_all());
    written.map_err(StoreError::backend)
}

fn part_of(to: &Path) -> PathBuf {
    let mut name = OsString::from(to);
    name.push(".part");
    PathBuf::from(name)
}

fn create_private(part: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(part).map(|_| ())
}

fn sync_directory(of: &Path) -> io::Result<()> {
    let directory = match of.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    File::open(directory)?.sync_all()
}
