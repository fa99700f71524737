public import DeskCommands
import Determinism
import Storage

/// API keys: `bw_<id>_<secret>`, of which only the hash of the secret is kept.
///
/// A key that was used lately is known from memory; a key that another process revokes is refused within a second.
public struct KeyBook: Sendable {
    private let database: Database
    private let time: any TimeSource
    private let known: RevocableCache<String, StoredKey>

    init(_ database: Database, time: any TimeSource) {
        self.database = database
        self.time = time
        known = RevocableCache(database, limit: 4096)
    }

    /// Makes a key and gives its text, which is shown here and never again; a name serves one key in use.
    public func create(_ wish: KeyWish) throws(CommandProblem) -> (key: KeyDescription, text: String) {
        let isPlain = wish.name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard !wish.name.isEmpty, wish.name.count <= 60, isPlain else {
            throw .invalid([FieldFault("name", "must be 1 to 60 characters without control characters")])
        }
        let secret = SecretText.make()
        let id = RandomBytes.hexadecimal(6)
        let description = KeyDescription(id: id, wish: wish, created: time.now, lastUsed: nil, revoked: nil)
        guard try insert(StoredKey(description: description, secret: secret.digest)) else {
            throw CommandProblem(.conflict, "a key in use is called '\(wish.name)'; take another name, or revoke it")
        }
        return (description, "bw_\(id)_\(secret.text)")
    }

    private func insert(_ key: StoredKey) throws(CommandProblem) -> Bool {
        do {
            return try database.write { transaction in
                guard try !AccessTables.isNameTaken(key.description.wish.name, transaction) else { return false }
                try AccessTables.insert(key, transaction)
                return true
            }
        } catch {
            throw CommandProblem(.unavailable, "the key cannot be kept: \(error)")
        }
    }

    /// Every key that was ever made, newest first.
    public func list() throws -> [KeyDescription] {
        try writeUses()
        return try database.read { try AccessTables.keys($0) }.map(\.description)
    }

    /// Ends a key at once; false where there is none, or it has ended.
    public func revoke(_ id: String) throws -> Bool {
        let now = time.now
        try writeUses()
        let isEnded = try database.write { transaction in
            guard try AccessTables.revokeKey(id, at: now, transaction) else { return false }
            try AccessTables.countRevocation(transaction)
            return true
        }
        known.checkAgain()
        return isEnded
    }

    /// Who sends a key; nil for a key that is unknown, expired or revoked. Cost: one hash where the key was used lately.
    public func caller(of text: String, through face: Caller.Face) throws -> Caller? {
        guard let (id, secret) = KeyBook.parts(text) else { return nil }
        let now = time.now
        let key = try known.value(id, at: now) { try AccessTables.key(id, $0) }
        // An unknown id costs the same work as a wrong secret.
        guard secret.digest.matches(key?.secret ?? KeyBook.nobody), let key, key.isUsable(at: now) else { return nil }
        known.noteUse(key.description.id, at: now)
        let wish = key.description.wish
        return Caller(wish.name, wish.role, through: face, tier: wish.tier)
    }

    /// Writes when keys were used since the last time.
    func writeUses() throws {
        let uses = known.takeUses()
        guard !uses.isEmpty else { return }
        try database.write { transaction in
            for use in uses { try AccessTables.noteUse(of: use.key, at: use.time, transaction) }
        }
    }

    /// Whether any key is in use.
    public func hasKeys() throws -> Bool {
        let now = time.now
        return try database.read { try AccessTables.keys($0) }.contains { $0.isUsable(at: now) }
    }

    private static let nobody = Digest.of([])

    private static func parts(_ text: String) -> (id: String, secret: SecretText)? {
        guard text.utf8.count == 59, text.hasPrefix("bw_") else { return nil }
        let id = text.dropFirst(3).prefix(12)
        let rest = text.dropFirst(15)
        guard rest.first == "_", let secret = SecretText(rest.dropFirst()) else { return nil }
        return (String(id), secret)
    }
}

/// A key as it is kept.
struct StoredKey: Sendable {
    let description: KeyDescription
    let secret: Digest

    func isUsable(at now: Timestamp) -> Bool {
        description.revoked == nil && description.wish.expires.map { now < $0 } ?? true
    }
}
