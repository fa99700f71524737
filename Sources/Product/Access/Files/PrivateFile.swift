#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files that only their owner may read.
public enum PrivateFile {
    /// Makes an empty file where there is none, and takes every right of others away from it.
    public static func claim(_ path: String) throws(AccessError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(path, "cannot be opened") }
        defer { close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0 else {
            throw AccessError(.notPrivate, "\(path): \(lastError). Make this user its owner.")
        }
    }

    /// Replaces a file's content at once: a reader finds the old bytes or the new ones.
    public static func write(_ bytes: [UInt8], to path: String) throws(AccessError) {
        let draft = "\(path).\(getpid()).new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(draft, "cannot be made") }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, rename(draft, path) == 0 else {
            let problem = failure(path, "cannot be written")
            unlink(draft)
            throw problem
        }
    }

    /// The bytes of a small file of this user's that nobody else can read; nil where there is none.
    public static func read(_ path: String) throws(AccessError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw failure(path, "cannot be read") }
            return nil
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw failure(path, "is no regular file")
        }
        guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
            throw AccessError(
                .notPrivate, "\(path) is open to others and not trusted. Remove it, or start the desk anew.")
        }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw failure(path, "cannot be read") }
        return Array(buffer[..<count])
    }

    private static func failure(_ path: String, _ what: String) -> AccessError {
        AccessError(.inputOutput, "\(path) \(what): \(lastError). Make sure that this user may write its folder.")
    }

    private static var lastError: String { String(cString: strerror(errno)) }
}
