import CSQLite

extension StorageError {
    /// The error behind a result code of SQLite, with its words, the file and what to do.
    static func sqlite(_ result: Int32, _ words: String, path: String, during action: String) -> StorageError {
        let (code, advice) = meaning(of: result)
        return StorageError(code, "\(path): \(action) failed: \(words) (SQLite \(result)). \(advice)")
    }

    private static func meaning(of result: Int32) -> (Code, advice: String) {
        switch result & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED:
            (.locked, "Another process is writing this file; try again when it has finished.")
        case SQLITE_FULL:
            (.full, "Free space on the disk, then start again; nothing of this change was kept.")
        case SQLITE_CORRUPT:
            (.corrupt, "The file is damaged; stop the desk and restore the file from a backup.")
        case SQLITE_NOTADB:
            (.notOurs, "The file is no database; name another file, or move this one away.")
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
            (.readOnly, "Allow this user to write the file and its folder.")
        case SQLITE_CANTOPEN:
            (.cannotOpen, "Make sure that the folder exists and that this user may write it.")
        case SQLITE_CONSTRAINT:
            (.constraint, "Nothing of this change was kept.")
        case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_NOLFS:
            (.inputOutput, "Check the disk and the system's log; nothing of this change was kept.")
        default:
            (.misuse, "This is a mistake in Bellwether; please report it.")
        }
    }
}
