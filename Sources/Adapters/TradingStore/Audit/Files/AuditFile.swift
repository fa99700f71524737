import Determinism
public import Foundation
import Storage

/// The audit log as a file of JSON lines, one record each, that can be kept and verified apart from the desk.
///
/// A line has `sequence`, `run`, `kind`, `time` (nanoseconds since 1970), `body` (the JSON as text, so that its bytes
/// stay what was hashed), `previous` and `hash` (hexadecimal). `AuditChain` says how the hashes are made.
public enum AuditFile {
    struct Line: Codable {
        let sequence: Int64
        let run: String
        let kind: String
        let time: Int64
        let body: String
        let previous: String
        let hash: String
    }

    /// Verifies a file without the desk's database, from the record that it was exported from.
    ///
    /// With the desk's id the beginning of a whole log is checked too. A cut end can be seen only by a head that was noted.
    public static func verify(
        _ file: URL, from sequence: Int64 = 1, desk: String? = nil, expecting expected: [AuditHead] = []
    ) throws -> AuditVerification {
        let first = try AuditFileReader(file).firstPrevious()
        let genesis = sequence == 1 ? desk.map { AuditChain.genesis(desk: $0) } : nil
        guard let beginning = genesis ?? first else {
            throw AuditError(.file, "\(file.path) holds no audit record. Name a file that 'audit export' wrote.")
        }
        var walk = AuditWalk(from: AuditHead(sequence: sequence - 1, hash: beginning), expecting: expected) {
            let reader = try AuditFileReader(file)
            return { try reader.next() }
        }
        return try walk.run(to: nil)
    }
}

extension AuditLog {
    /// Writes the records from a sequence number on to a file, replacing it, and returns how many they were.
    @discardableResult
    public func export(to file: URL, from first: Int64 = 1) throws -> Int {
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw AuditError(.file, "\(file.path) cannot be written. Make sure that its folder exists.")
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var cursor = records(from: first)
        var pending = Data()
        var count = 0
        while let record = try cursor.next() {
            pending += try encoder.encode(try AuditFile.Line(record))
            pending.append(10)
            count += 1
            guard pending.count > 1 << 18 else { continue }
            try handle.write(contentsOf: pending)
            pending.removeAll(keepingCapacity: true)
        }
        try handle.write(contentsOf: pending)
        try handle.synchronize()
        return count
    }
}

extension AuditFile.Line {
    init(_ record: AuditRecord) throws {
        guard let body = String(validating: record.body, as: UTF8.self) else {
            throw AuditError(
                .malformed, sequence: record.sequence,
                "record \(record.sequence) cannot be exported: its body is no text. Verify the log.")
        }
        self.init(
            sequence: record.sequence, run: record.run, kind: record.kind, time: record.time.nanoseconds, body: body,
            previous: record.previous.hex, hash: record.hash.hex)
    }
}
