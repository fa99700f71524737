import Determinism
import Foundation
import Storage

/// Reads the records of an exported file line by line.
final class AuditFileReader {
    private let path: String
    private let handle: FileHandle
    private let decoder = JSONDecoder()
    private var buffer = Data()
    private var lineNumber = 0

    init(_ file: URL) throws {
        path = file.path
        do {
            handle = try FileHandle(forReadingFrom: file)
        } catch {
            throw AuditError(.file, "\(file.path) cannot be read. Name a file that 'audit export' wrote.")
        }
    }

    deinit { try? handle.close() }

    /// What the first record says that it follows; nil where the file is empty.
    func firstPrevious() throws -> Digest? {
        try next()?.previous
    }

    func next() throws -> AuditRecord? {
        guard let line = try nextLine() else { return nil }
        lineNumber += 1
        guard let line = try? decoder.decode(AuditFile.Line.self, from: line),
            let previous = Digest(hex: line.previous),
            let hash = Digest(hex: line.hash)
        else {
            throw AuditError(
                .malformed,
                "line \(lineNumber) of \(path) is no audit record: it was changed, or 'audit export' did not write the file"
            )
        }
        return AuditRecord(
            sequence: line.sequence, run: line.run, kind: line.kind, time: Timestamp(nanoseconds: line.time),
            body: Array(line.body.utf8), previous: previous, hash: hash)
    }

    private func nextLine() throws -> Data? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                defer { buffer.removeSubrange(...end) }
                return buffer[..<end]
            }
            guard let more = try handle.read(upToCount: 1 << 16), !more.isEmpty else { break }
            buffer += more
        }
        guard !buffer.isEmpty else { return nil }
        defer { buffer.removeAll() }
        return buffer
    }
}
