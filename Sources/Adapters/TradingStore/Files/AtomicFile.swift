import Foundation

/// Writes a file so that a crash at any moment leaves the old one or the new one, whole.
enum AtomicFile {
    /// Writes parts to a temporary file beside `path`, makes it durable, renames it, makes the folder durable.
    static func write(_ path: String, _ body: (Int32) throws(FileError) -> Void) throws(FileError) {
        let temporary = temporaryPath(path)
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw .system("write", temporary) }
        do throws(FileError) {
            try body(file)
            guard fsync(file) == 0 else { throw FileError.system("write", temporary) }
        } catch {
            close(file)
            unlink(temporary)
            throw error
        }
        close(file)
        guard rename(temporary, path) == 0 else { throw .system("write", path) }
        try syncFolder(of: path)
    }

    /// `.1d.bars.tmp` beside `1d.bars`.
    static func temporaryPath(_ path: String) -> String {
        let url = URL(fileURLWithPath: path)
        return url.deletingLastPathComponent().path + "/." + url.lastPathComponent + ".tmp"
    }

    static func writeAll(_ bytes: [UInt8], to file: Int32, _ path: String) throws(FileError) {
        let outcome = bytes.withUnsafeBytes { buffer in
            Result { () throws(FileError) in try writeAll(buffer, to: file, path) }
        }
        try outcome.get()
    }

    static func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32, _ path: String) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let step = Foundation.write(file, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            if step < 0, errno == EINTR { continue }
            guard step > 0 else { throw .system("write", path) }
            written += step
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try write(path) { (file) throws(FileError) in
            try writeAll(bytes, to: file, path)
        }
    }

    static func makeFolder(_ path: String) throws(FileError) {
        guard mkdir(path, 0o700) != 0 else { return }
        let problem = errno
        guard problem != EEXIST else { return }
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard problem == ENOENT, !path.isEmpty, parent != path else { throw .system("make the folder", path, problem) }
        try makeFolder(parent)
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .system("make the folder", path) }
    }

    private static func syncFolder(of path: String) throws(FileError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("write", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("write", folder) }
    }
}
