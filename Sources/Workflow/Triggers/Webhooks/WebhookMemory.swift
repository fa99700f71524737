import Determinism
import Foundation
import Storage

/// Which messages a webhook took: by their ids for a day, and by their signatures for as long as those may be recent.
struct WebhookMemory: Sendable {
    /// A message that was taken, or a signature that a message came with.
    struct Entry: Sendable, Hashable, Codable {
        let id: String
        let received: Timestamp
        /// The hash of the body; nil for a signature.
        let body: Digest?
        /// Nil for a message.
        let signature: Digest?

        /// What it is kept under.
        var name: String { signature.map { "signature \($0.hex)" } ?? "message \(id)" }
    }

    /// Entries in the order in which they came; those before `first` are forgotten.
    private struct Line: Sendable {
        var entries: [Entry] = []
        var first = 0

        mutating func forget(where isOld: (Entry) -> Bool) -> ArraySlice<Entry> {
            let old = entries[first...].prefix(while: isOld)
            first = old.endIndex
            if first > 1_000, first > entries.count / 2 {
                entries.removeFirst(first)
                first = 0
            }
            return old
        }
    }

    private var messages: [String: Entry] = [:]
    private var owners: [Digest: String] = [:]
    private var messageLine = Line()
    private var signatureLine = Line()
    /// What changed since it was last kept; nil for what was forgotten.
    private var changes: [String: Entry?] = [:]

    /// How many messages are remembered.
    var count: Int { messages.count }

    /// The message of an id.
    func message(_ id: String) -> Entry? { messages[id] }

    /// The id of the message that a signature came with.
    func owner(of signature: Digest) -> String? { owners[signature] }

    mutating func add(message id: String, body: Digest, at time: Timestamp) {
        add(Entry(id: id, received: time, body: body, signature: nil))
    }

    mutating func add(signature: Digest, of id: String, at time: Timestamp) {
        guard owners[signature] == nil else { return }
        add(Entry(id: id, received: time, body: nil, signature: signature))
    }

    private mutating func add(_ entry: Entry) {
        put(entry)
        changes[entry.name] = .some(entry)
    }

    private mutating func put(_ entry: Entry) {
        if let signature = entry.signature {
            owners[signature] = entry.id
            signatureLine.entries.append(entry)
        } else {
            messages[entry.id] = entry
            messageLine.entries.append(entry)
        }
    }

    /// Forgets messages and signatures that are too old by these rules.
    mutating func forget(messages isOldMessage: (Entry) -> Bool, signatures isOldSignature: (Entry) -> Bool) {
        for entry in messageLine.forget(where: isOldMessage) {
            messages[entry.id] = nil
            changes[entry.name] = .some(nil)
        }
        for entry in signatureLine.forget(where: isOldSignature) {
            if let signature = entry.signature { owners[signature] = nil }
            changes[entry.name] = .some(nil)
        }
    }

    // MARK: What is kept

    /// What changed since this was last asked, by name; nil is to be forgotten.
    mutating func takeChanges() throws -> [String: [UInt8]?] {
        defer { changes = [:] }
        return try changes.mapValues { entry in try entry.map { [UInt8](try JSONEncoder().encode($0)) } }
    }

    /// A memory of what was kept.
    init(_ kept: [String: [UInt8]] = [:]) throws {
        let entries = try kept.values.map { try JSONDecoder().decode(Entry.self, from: Data($0)) }
        for entry in entries.sorted(by: { ($0.received, $0.name) < ($1.received, $1.name) }) { put(entry) }
    }

    /// A memory of nothing.
    init() {}
}
