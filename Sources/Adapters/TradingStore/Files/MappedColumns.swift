import Foundation

/// A column file mapped into memory for reading, checked as a whole before anybody reads it.
struct MappedColumns {
    let header: ColumnFile.Header
    let description: [UInt8]
    /// Where the first column begins.
    let columns: UnsafeRawPointer
    private let base: UnsafeMutableRawPointer
    private let size: Int

    /// Maps a file; throws `corrupt`, naming it, where a checksum does not agree.
    init(_ path: String) throws(FileError) {
        (base, size) = try MappedColumns.map(path)
        let bytes = UnsafeRawBufferPointer(start: base, count: size)
        switch MappedColumns.check(bytes) {
        case .success(let header):
            self.header = header
            description = Array(bytes[ColumnFile.headerSize..<ColumnFile.headerSize + header.descriptionLength])
            columns = UnsafeRawPointer(base) + header.columnsStart
        case .failure(let damage):
            munmap(base, size)
            throw FileError(.corrupt, "\(path) is damaged: \(damage.what); remove it and import again")
        }
    }

    /// Gives the memory back; nothing of it may be read afterwards.
    var release: @Sendable () -> Void {
        let address = UInt(bitPattern: base)
        let size = size
        return { _ = munmap(UnsafeMutableRawPointer(bitPattern: address), size) }
    }

    private static func map(_ path: String) throws(FileError) -> (UnsafeMutableRawPointer, Int) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .system("read", path) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .system("read", path) }
        let size = Int(status.st_size)
        guard size > 0 else { throw FileError(.corrupt, "\(path) is damaged: it is empty; remove it and import again") }
        guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else {
            throw .system("read", path)
        }
        return (base, size)
    }

    private static func check(_ bytes: UnsafeRawBufferPointer) -> Result<ColumnFile.Header, ColumnFile.Damage> {
        ColumnFile.Header.decoded(bytes).flatMap { header in
            let end = ColumnFile.headerSize + header.descriptionLength
            let description = UnsafeRawBufferPointer(rebasing: bytes[ColumnFile.headerSize..<end])
            guard WordChecksum.of(description) == header.descriptionChecksum else {
                return .failure(ColumnFile.Damage(what: "its description does not match its checksum"))
            }
            let length = header.rows * 8
            for (index, expected) in header.columnChecksums.enumerated() {
                let start = header.columnsStart + index * length
                let column = UnsafeRawBufferPointer(rebasing: bytes[start..<start + length])
                guard WordChecksum.of(column) == expected else {
                    return .failure(ColumnFile.Damage(what: "column \(index + 1) does not match its checksum"))
                }
            }
            return .success(header)
        }
    }
}
