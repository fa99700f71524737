import Foundation

extension FileError {
    /// The error of a system call that has just failed on a path.
    static func system(_ action: String, _ path: String, _ number: Int32 = errno) -> FileError {
        switch number {
        case ENOENT: FileError(.missing, "there is no file \(path)")
        case EISDIR: FileError(.notAFile, "\(path) is a folder, not a file")
        case EACCES, EPERM: FileError(.noPermission, "no permission to \(action) \(path)")
        case ENOSPC: FileError(.failed, "cannot \(action) \(path): the disk is full")
        default: FileError(.failed, "cannot \(action) \(path): \(String(cString: strerror(number)))")
        }
    }
}
