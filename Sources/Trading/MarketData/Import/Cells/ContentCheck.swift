/// Finds out early that bytes are no text that could hold market data.
enum ContentCheck {
    static let longestLine = 1 << 20

    static func check(_ bytes: UnsafeBufferPointer<UInt8>, _ name: String) throws(ImportError) {
        guard bytes.contains(where: { $0 > 32 }) else {
            throw ImportError(.empty, "\(name) is empty")
        }
        if let kind = kind(of: bytes) {
            throw ImportError(.notMarketData, "\(name) is \(kind), not market data")
        }
        let (hasNUL, isASCII) = scan(bytes)
        if hasNUL, let place = bytes.firstIndex(of: 0) {
            throw ImportError(.damaged, "\(name) has a NUL byte in line \(line(of: place, in: bytes)): it is no text")
        }
        if !isASCII { try checkUTF8(bytes, name) }
        try checkLines(bytes, name)
    }

    private static func kind(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
        for (magic, kind) in magics where bytes.starts(with: magic) { return kind }
        let head = bytes.prefix(256).drop { $0 <= 32 }.prefix(15)
        let text = String(decoding: head, as: UTF8.self).lowercased()
        if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return "a web page" }
        if text.hasPrefix("<?xml") || text.hasPrefix("<!") { return "an XML document" }
        return nil
    }

    private static let magics: [(magic: [UInt8], kind: String)] = [
        ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"), ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        (Array("GIF8".utf8), "a GIF picture"), (Array("%PDF".utf8), "a PDF document"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"), (Array("SQLite format 3".utf8), "an SQLite database"),
        (Array("PAR1".utf8), "a Parquet file"), (Array("ARROW1".utf8), "an Arrow file"),
        (Array("FEA1".utf8), "a Feather file"), ([0x50, 0x4B, 0x03, 0x04], "a zip inside another archive"),
        ([0x1F, 0x8B], "gzip inside another archive"), ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd"),
        (Array("BZh".utf8), "compressed with bzip2"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz"),
        ([0xFF, 0xFE], "UTF-16 text; convert it to UTF-8"), ([0xFE, 0xFF], "UTF-16 text; convert it to UTF-8"),
    ]

    /// Looks at eight bytes at a time.
    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> (hasNUL: Bool, isASCII: Bool) {
        let raw = UnsafeRawBufferPointer(bytes)
        var zeros: UInt64 = 0
        var high: UInt64 = 0
        var index = 0
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            zeros |= (word &- 0x0101_0101_0101_0101) & ~word
            high |= word
            index += 8
        }
        var hasNUL = zeros & 0x8080_8080_8080_8080 != 0
        var isASCII = high & 0x8080_8080_8080_8080 == 0
        for byte in bytes[index...] {
            hasNUL = hasNUL || byte == 0
            isASCII = isASCII && byte < 128
        }
        return (hasNUL, isASCII)
    }

    private static func checkUTF8(_ bytes: UnsafeBufferPointer<UInt8>, _ name: String) throws(ImportError) {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        var line = 1
        for part in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil { break }
            line += 1
        }
        throw ImportError(.damaged, "\(name) is no valid UTF-8 text in line \(line)")
    }

    private static func checkLines(_ bytes: UnsafeBufferPointer<UInt8>, _ name: String) throws(ImportError) {
        if let first = bytes.first(where: { $0 > 32 }), first == 123 || first == 91 { return }
        var start = 0
        while start + longestLine < bytes.count {
            let window = bytes[start..<(start + longestLine)]
            guard let end = window.lastIndex(of: 10) else {
                let line = line(of: start, in: bytes)
                throw ImportError(.damaged, "line \(line) of \(name) is longer than a million bytes: no table")
            }
            start = end + 1
        }
    }

    private static func line(of place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        bytes[..<place].count { $0 == 10 } + 1
    }
}
