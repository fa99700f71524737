/// A file of columns of eight-byte values with a description in front, every part with a checksum.
///
/// Layout, little-endian: magic (8 bytes), version and column count (4 each), row count, description length,
/// description checksum, eight column checksums and a header checksum (8 each), zeros up to byte 128; the description,
/// filled up with zeros to a multiple of 64 bytes; the columns, one after the other.
struct ColumnFile {
    static let magic: [UInt8] = Array("BWCOLS1\n".utf8)
    static let version: UInt32 = 1
    static let headerSize = 128
    private static let headerChecksumAt = 104

    /// What the first 128 bytes say.
    struct Header {
        var columns: Int
        var rows: Int
        var descriptionLength: Int
        var descriptionChecksum: UInt64
        var columnChecksums: [UInt64]

        var columnsStart: Int { ColumnFile.headerSize + (descriptionLength + 63) / 64 * 64 }
        var size: Int { columnsStart + columns * rows * 8 }

        /// The header as bytes, with its own checksum.
        func encoded() -> [UInt8] {
            var bytes = ColumnFile.magic
            bytes.appendLittleEndian(ColumnFile.version)
            bytes.appendLittleEndian(UInt32(columns))
            bytes.appendLittleEndian(UInt64(rows))
            bytes.appendLittleEndian(UInt64(descriptionLength))
            bytes.appendLittleEndian(descriptionChecksum)
            for index in 0..<8 {
                bytes.appendLittleEndian(index < columnChecksums.count ? columnChecksums[index] : 0)
            }
            bytes.appendLittleEndian(bytes.withUnsafeBytes { WordChecksum.of($0) })
            bytes.append(contentsOf: repeatElement(0, count: ColumnFile.headerSize - bytes.count))
            return bytes
        }

        /// Reads a header; the reason why it is none where it is none.
        static func decoded(_ bytes: UnsafeRawBufferPointer) -> Result<Header, Damage> {
            guard bytes.count >= ColumnFile.headerSize else { return .failure(Damage(what: "it is too short")) }
            guard bytes.prefix(8).elementsEqual(ColumnFile.magic) else {
                return .failure(Damage(what: "it does not begin as such a file does"))
            }
            func word(_ offset: Int) -> UInt64 {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
            let checked = UnsafeRawBufferPointer(rebasing: bytes[..<headerChecksumAt])
            guard word(headerChecksumAt) == WordChecksum.of(checked) else {
                return .failure(Damage(what: "its header is damaged"))
            }
            let version = UInt32(truncatingIfNeeded: word(8))
            guard version == ColumnFile.version else {
                return .failure(Damage(what: "it has version \(version), this program reads \(ColumnFile.version)"))
            }
            let columns = Int(word(8) >> 32)
            let header = Header(
                columns: columns, rows: Int(truncatingIfNeeded: word(16)),
                descriptionLength: Int(truncatingIfNeeded: word(24)), descriptionChecksum: word(32),
                columnChecksums: (0..<min(8, columns)).map { word(40 + $0 * 8) })
            guard bytes.count == header.size else {
                return .failure(Damage(what: "it has \(bytes.count) bytes instead of \(header.size)"))
            }
            return .success(header)
        }
    }

    /// Why bytes are no such file.
    struct Damage: Error {
        let what: String
    }

    /// Writes a description and columns of equal length.
    static func write(_ path: String, description: [UInt8], columns: [UnsafeRawBufferPointer]) throws(FileError) {
        let header = Header(
            columns: columns.count, rows: (columns.first?.count ?? 0) / 8, descriptionLength: description.count,
            descriptionChecksum: description.withUnsafeBytes { WordChecksum.of($0) },
            columnChecksums: columns.map { WordChecksum.of($0) })
        let padding = header.columnsStart - headerSize - description.count
        let front = header.encoded() + description + [UInt8](repeating: 0, count: padding)
        try AtomicFile.write(path) { (file) throws(FileError) in
            try AtomicFile.writeAll(front, to: file, path)
            for column in columns { try AtomicFile.writeAll(column, to: file, path) }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
