import Foundation
import Storage

/// A folder that holds the signed heads of one log, a file each, named after how many records there were.
public struct HeadFolder: Sendable, Hashable {
    /// Where it is.
    public let path: String

    /// The folder at a path, which need not exist yet.
    public init(_ path: String) {
        self.path = path
    }

    /// Keeps a head; on disk when this returns. The same head may be kept again.
    public func keep(_ head: SignedHead) throws {
        try AtomicFile.makeFolder(path)
        try AtomicFile.write(Array(head.note.description.utf8), to: "\(path)/\(HeadFolder.name(of: head))")
    }

    /// The heads, by how many records there were; each must be signed by this key. None where there is no folder.
    public func heads(by key: NoteKey) throws -> [SignedHead] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".note") }.sorted()
        return try names.map { name in
            let file = "\(path)/\(name)"
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw AuditError(.file, "\(file) cannot be read. Make sure that it is a text file of this user's.")
            }
            return try SignedHead(text, by: key, from: file)
        }
    }

    /// Twelve digits, so that names stand in the order of the records; the hash keeps two heads of one place apart.
    private static func name(of head: SignedHead) -> String {
        let digits = String(head.head.sequence)
        let padding = String(repeating: "0", count: max(0, 12 - digits.count))
        return "\(padding)\(digits)-\(head.head.hash.hex.prefix(8)).note"
    }
}
