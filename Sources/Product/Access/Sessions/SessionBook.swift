public import DeskCommands
import Determinism
import Storage

/// Login links that work once, and the browser sessions that they open.
///
/// A session ends 12 hours after it was opened, after 2 hours without a use, or when it is revoked.
public struct SessionBook: Sendable {
    /// How long a link works.
    public static let linkLife = Duration.seconds(600)
    /// How long a session lives at most.
    public static let longest = Duration.seconds(12 * 3600)
    /// How long a session lives without a use.
    public static let longestIdle = Duration.seconds(2 * 3600)

    private let database: Database
    private let time: any TimeSource
    private let known: RevocableCache<Digest, StoredSession>

    init(_ database: Database, time: any TimeSource) {
        self.database = database
        self.time = time
        known = RevocableCache(database, limit: 1024)
    }

    /// Makes a token that opens one session for a person, once and within ten minutes.
    public func createLink(for person: Person) throws -> String {
        let secret = SecretText.make()
        let expires = time.now + SessionBook.linkLife
        try database.write { try AccessTables.insertLink(secret.digest, person, expires: expires, $0) }
        return secret.text
    }

    /// Opens a session with a link's token; nil where it was used, or is too old, or never was.
    public func redeem(_ token: String) throws -> BrowserSession? {
        guard let link = SecretText(token) else { return nil }
        let now = time.now
        let secret = SecretText.make()
        let stored = try database.write { transaction -> StoredSession? in
            guard let person = try AccessTables.takeLink(link.digest, at: now, transaction) else { return nil }
            let session = SessionDescription(
                id: RandomBytes.hexadecimal(6), name: person.name, role: person.role, created: now, lastSeen: now,
                expires: now + SessionBook.longest)
            let stored = StoredSession(description: session, secret: secret.digest)
            try AccessTables.forgetSessions(endedBefore: now, transaction)
            try AccessTables.insert(stored, transaction)
            return stored
        }
        return stored.map { BrowserSession($0, secret) }
    }

    /// The session of a cookie's token; nil where it has ended or never was. Counts as a use.
    public func session(of token: String) throws -> BrowserSession? {
        guard let secret = SecretText(token) else { return nil }
        let now = time.now
        let digest = secret.digest
        guard let stored = try known.value(digest, at: now, read: { try AccessTables.session(digest, $0) }),
            stored.secret.matches(digest), now < stored.description.expires
        else { return nil }
        guard try isInUse(stored, at: now) else { return nil }
        return BrowserSession(stored, secret)
    }

    /// Notes a use; false where the last one is too long ago.
    private func isInUse(_ stored: StoredSession, at now: Timestamp) throws -> Bool {
        let lastSeen = known.lastUse(stored.secret) ?? stored.description.lastSeen
        guard now - lastSeen < SessionBook.longestIdle else {
            _ = try revoke(stored.description.id)
            return false
        }
        known.noteUse(stored.secret, at: now)
        return true
    }

    /// Writes when sessions were used since the last time.
    func writeUses() throws {
        let uses = known.takeUses()
        guard !uses.isEmpty else { return }
        try database.write { transaction in
            for use in uses { try AccessTables.noteUse(ofSession: use.key, at: use.time, transaction) }
        }
    }

    /// The sessions that are open, newest first.
    public func list() throws -> [SessionDescription] {
        try writeUses()
        let now = time.now
        return try database.read { try AccessTables.sessions($0) }.map(\.description).filter {
            now < $0.expires && now - $0.lastSeen < SessionBook.longestIdle
        }
    }

    /// Ends a session at once; false where there is none, or it has ended.
    public func revoke(_ id: String) throws -> Bool {
        let now = time.now
        let isEnded = try database.write { transaction in
            guard try AccessTables.revokeSession(id, at: now, transaction) else { return false }
            try AccessTables.countRevocation(transaction)
            return true
        }
        known.checkAgain()
        return isEnded
    }
}

/// A person who may open a session.
public struct Person: Sendable, Hashable {
    /// What the record calls them.
    public let name: String
    /// What they are.
    public let role: Role

    /// A person.
    public init(_ name: String, _ role: Role) {
        self.name = name
        self.role = role
    }
}

/// A session as it is kept.
struct StoredSession: Sendable {
    let description: SessionDescription
    let secret: Digest
}
