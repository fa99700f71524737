import Foundation

/// Reads whole files with the system's own calls, so that every failure has its reason.
enum PlainFile {
    static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        // Without O_NONBLOCK a named pipe that nobody writes into would be waited for.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .system("read", path) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .system("read", path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let kind = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "no ordinary file"
            throw FileError(.notAFile, "\(path) is \(kind)")
        }
        let size = Int(status.st_size)
        guard size <= limit else { throw PackedFile.tooLarge(path, limit) }
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let taken = Foundation.read(file, buffer.baseAddress.map { $0 + count }, size - count)
                if taken < 0, errno == EINTR { continue }
                if taken < 0 { failure = .system("read", path) }
                if taken <= 0 { return }
                count += taken
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
