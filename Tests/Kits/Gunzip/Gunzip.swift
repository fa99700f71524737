import CZlib
public import Foundation

/// Reads test data files, compressed or not.
public enum Gunzip {
    /// A file that could not be read.
    public struct Failure: Error, CustomStringConvertible {
        /// What was wrong and where.
        public let description: String
    }

    /// The bytes of a file, decompressed where it is gzip; plain files come as they are.
    public static func data(of file: URL) throws -> Data {
        guard let handle = gzopen(file.path, "rb") else { throw Failure(description: "cannot open \(file.path)") }
        defer { gzclose(handle) }
        var data = Data()
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = gzread(handle, &chunk, UInt32(chunk.count))
            guard count >= 0 else { throw Failure(description: "\(file.path) is damaged") }
            guard count > 0 else { return data }
            data.append(contentsOf: chunk[..<Int(count)])
        }
    }

    /// The lines of a text file, without their ends and without empty ones.
    public static func lines(of file: URL) throws -> [String] {
        String(decoding: try data(of: file), as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }
}
