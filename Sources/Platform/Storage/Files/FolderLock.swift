#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The sole right to a folder, held as long as this value lives and given up by the system when the process ends.
public struct FolderLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Takes the folder, or throws `.heldByProcess` with the holder's process id where another has it.
    ///
    /// The lock is `flock` on `desk.lock` in the folder, which also holds the holder's process id as text.
    public init(folder: String) throws(StorageError) {
        let path = "\(folder)/desk.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw StorageError(
                .cannotOpen, "\(path): \(FolderLock.lastError). Make sure that the folder exists and may be written.")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let refusal = FolderLock.refusal(folder, held: errno == EWOULDBLOCK, by: descriptor)
            close(descriptor)
            throw refusal
        }
        self.descriptor = descriptor
        record(processID: getpid())
    }

    deinit { close(descriptor) }

    /// The process id of whoever holds a folder's lock; nil where nobody does.
    public static func holder(of folder: String) -> Int32? {
        let descriptor = open("\(folder)/desk.lock", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // A lock that can be shared is held by nobody; it is given up when the descriptor is closed.
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
        return processID(in: descriptor)
    }

    private func record(processID: Int32) {
        let text = Array("\(processID)\n".utf8)
        // The text is only for people and for the refusal's words: the lock itself is the kernel's.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    private static func refusal(_ folder: String, held: Bool, by descriptor: Int32) -> StorageError {
        guard held else { return StorageError(.inputOutput, "\(folder): cannot be locked: \(lastError)") }
        let holder = processID(in: descriptor)
        let name = holder.map { "process \($0)" } ?? "another process"
        return StorageError(
            .heldByProcess(holder),
            "\(folder) is in use by \(name). Stop that desk, or name another folder with --home.")
    }

    private static func processID(in descriptor: Int32) -> Int32? {
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: buffer[..<count].prefix { $0 != 10 }, as: UTF8.self))
    }

    private static var lastError: String { String(cString: strerror(errno)) }
}
