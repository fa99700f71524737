public import DeskCommands
public import Determinism
public import Storage

/// Who may call and who called what, in one private file of the home: `access.sqlite`.
///
/// Several processes may have it open: the one that serves, and those that a person starts in a terminal.
public struct AccessStore: Sendable {
    /// API keys.
    public let keyBook: KeyBook
    /// Login links and browser sessions.
    public let sessionBook: SessionBook
    /// Repeated calls, calls that wait, and the record of access.
    public let ledger: AccessLedger
    private let time: any TimeSource

    /// Where the file is in a home.
    public static func path(inHome home: String) -> String { "\(home)/access.sqlite" }

    /// Opens the file of a home, or makes it, so that only its owner can read it; the home must be there.
    public init(home: String, time: any TimeSource) throws {
        let path = AccessStore.path(inHome: home)
        try PrivateFile.claim(path)
        self.init(try Database(at: path, migrations: AccessStore.migrations), time: time)
    }

    /// A store over a database that has its tables, such as one in memory.
    public init(_ database: Database, time: any TimeSource) {
        keyBook = KeyBook(database, time: time)
        sessionBook = SessionBook(database, time: time)
        ledger = AccessLedger(database, time: time)
        self.time = time
    }

    /// Writes once a minute which keys and sessions were used, until it is cancelled; a serving process runs it.
    public func run() async throws {
        while true {
            do {
                try await time.sleep(for: .seconds(60))
            } catch {
                try writeUses()
                throw error
            }
            try writeUses()
        }
    }

    /// Writes which keys and sessions were used since the last time.
    public func writeUses() throws {
        try keyBook.writeUses()
        try sessionBook.writeUses()
    }

    /// The tables it needs.
    public static var migrations: [MigrationSet] { [AccessTables.migrations, LedgerTables.migrations] }
}

extension AccessStore: AccessDesk {
    public func keys() throws -> [KeyDescription] { try keyBook.list() }

    public func createKey(_ wish: KeyWish) throws(CommandProblem) -> (key: KeyDescription, text: String) {
        try keyBook.create(wish)
    }

    public func revokeKey(_ id: String) throws -> Bool { try keyBook.revoke(id) }

    public func sessions() throws -> [SessionDescription] { try sessionBook.list() }

    public func revokeSession(_ id: String) throws -> Bool { try sessionBook.revoke(id) }

    public func confirmations() throws -> [PendingConfirmation] { try ledger.confirmations() }

    public func entries(_ query: AccessQuery) throws -> [ChainedAccessEntry] { try ledger.entries(query) }
}
