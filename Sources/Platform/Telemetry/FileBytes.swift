#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Small files read, and bytes written to files that are open.
enum FileBytes {
    /// Writes as much as the system takes and returns how much that was; `lastError` says why it was not all.
    static func put(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                let count = write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                written += count
            }
            return written
        }
    }

    /// The whole of a small file; nil where it cannot be read.
    static func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while true {
            let chunk = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, filled in
                filled = max(0, read(descriptor, buffer.baseAddress, 4096))
            }
            guard !chunk.isEmpty else { return bytes.isEmpty ? nil : bytes }
            bytes += chunk
        }
    }

    /// How many entries a folder has; nil where it cannot be read.
    static func entries(in folder: String) -> Int? {
        guard let open = opendir(folder) else { return nil }
        defer { closedir(open) }
        var count = 0
        while let entry = readdir(open) {
            let first = entry.pointee.d_name.0
            if first != CChar(46) { count += 1 }
        }
        return count
    }

    /// The system's words for the last failure.
    static var lastError: String { String(cString: strerror(errno)) }
}
