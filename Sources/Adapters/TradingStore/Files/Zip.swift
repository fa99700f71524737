import CZip

/// Unpacks a zip that holds one file.
enum Zip {
    static func unpack(_ path: String, limit: Int) throws(FileError) -> (bytes: [UInt8], name: String) {
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
            throw FileError(.corrupt, "\(path) is a broken or truncated zip file")
        }
        defer { zip_discard(archive) }
        let (index, name, status) = try onlyEntry(archive, path)
        guard status.encryption_method == ZIP_EM_NONE else {
            throw FileError(.encrypted, "\(path) is encrypted: unpack it first")
        }
        guard status.size <= UInt64(limit) else { throw PackedFile.tooLarge(path, limit) }
        guard let entry = zip_fopen_index(archive, index, 0) else {
            throw FileError(.corrupt, "\(name) in \(path) cannot be unpacked: \(reason(archive))")
        }
        defer { zip_fclose(entry) }
        return (try read(entry, size: Int(status.size), name: name, path: path), name)
    }

    private static func onlyEntry(_ archive: OpaquePointer, _ path: String) throws(FileError) -> (
        UInt64, String, zip_stat_t
    ) {
        var found: [(UInt64, String, zip_stat_t)] = []
        for index in 0..<UInt64(max(0, zip_get_num_entries(archive, 0))) {
            var status = zip_stat_t()
            zip_stat_init(&status)
            guard zip_stat_index(archive, index, 0, &status) == 0, let cName = status.name else {
                throw FileError(.corrupt, "\(path) is a broken zip file: \(reason(archive))")
            }
            let name = String(cString: cName)
            if name.hasSuffix("/") || name.hasPrefix("__MACOSX/") { continue }
            found.append((index, name, status))
        }
        guard found.count == 1, let only = found.first else {
            throw FileError(.notOneFile, "\(path) holds \(found.count) files; unpack it and name the one you mean")
        }
        return only
    }

    /// Reads one byte beyond the size, so that the library compares the checksum at the end.
    private static func read(_ entry: OpaquePointer, size: Int, name: String, path: String) throws(FileError) -> [UInt8]
    {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            while count <= size {
                let taken = zip_fread(entry, buffer.baseAddress.map { $0 + count }, UInt64(size + 1 - count))
                failed = taken < 0
                if taken <= 0 { return }
                count += Int(taken)
            }
        }
        guard !failed, bytes.count == size else {
            throw FileError(.corrupt, "\(name) in \(path) is corrupt: its checksum or size is wrong")
        }
        return bytes
    }

    private static func reason(_ archive: OpaquePointer) -> String {
        zip_strerror(archive).map { String(cString: $0) } ?? "no reason given"
    }
}
