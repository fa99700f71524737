import Foundation

/// Keeps two processes, or two threads, from writing into one folder at the same time.
enum FolderLock {
    /// Runs `body` while holding the folder's lock; throws `busy` at once where somebody else holds it.
    static func hold<Result>(_ folder: String, _ body: () throws -> Result) throws -> Result {
        let path = folder + "/.lock"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileError.system("write", path) }
        defer { close(file) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            throw FileError(.busy, "another import is writing into \(folder); try again when it is done")
        }
        return try body()
    }
}
