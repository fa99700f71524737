/// A file's content, unpacked where it was packed.
public struct PackedFile: Sendable {
    /// How a file is packed, told from its first bytes.
    public enum Packing: String, Sendable, Hashable, Codable {
        case plain, gzip, zip
    }

    /// The unpacked bytes.
    public let bytes: [UInt8]
    /// How they were packed.
    public let packing: Packing
    /// The name inside a zip.
    public let innerName: String?

    /// What a file may hold unpacked where the caller says nothing: 4 GiB.
    public static let usualLimit = 4 << 30

    /// Reads a plain, gzip or one-file zip file; `limit` is the most bytes it may hold unpacked.
    public static func read(_ path: String, limit: Int = usualLimit) throws(FileError) -> PackedFile {
        let bytes = try PlainFile.read(path, limit: limit)
        if bytes.starts(with: [0x1F, 0x8B]) {
            return PackedFile(bytes: try Gzip.unpack(bytes, path: path, limit: limit), packing: .gzip, innerName: nil)
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            let (inner, name) = try Zip.unpack(path, limit: limit)
            return PackedFile(bytes: inner, packing: .zip, innerName: name)
        }
        return PackedFile(bytes: bytes, packing: .plain, innerName: nil)
    }

    static func tooLarge(_ path: String, _ limit: Int) -> FileError {
        let size = limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit) bytes"
        return FileError(.tooLarge, "\(path) holds more than \(size) unpacked: raise the limit if that is right")
    }
}
