import Glibc

/// Reads small files whole.
enum FileBytes {
    /// Why a file cannot be read.
    enum Problem: Error, Hashable {
        case missing
        case unreadable(String)
        case tooLarge(limit: Int)
        /// Others than its owner may read it.
        case tooOpen(mode: UInt32)
    }

    /// The bytes of a regular file; with `isPrivate` only where its owner alone can read it.
    static func read(_ path: String, limit: Int, isPrivate: Bool = false) throws(Problem) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw errno == ENOENT ? .missing : .unreadable(lastError) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(lastError) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable("it is no regular file") }
        guard !isPrivate || status.st_mode & 0o077 == 0 else { throw .tooOpen(mode: status.st_mode & 0o777) }
        return try bytes(of: descriptor, limit: limit)
    }

    private static func bytes(of descriptor: Int32, limit: Int) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(lastError) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
        }
    }

    private static var lastError: String { String(cString: strerror(errno)) }

    /// Whether something stands at a path.
    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }
}
