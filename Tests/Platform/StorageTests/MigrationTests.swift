import ScratchFolders
import Storage
import Testing

@Suite struct MigrationTests {
    private static let first = Migration("first", "CREATE TABLE a(x INTEGER) STRICT; CREATE TABLE b(x INTEGER) STRICT")
    private static let second = Migration("second", "ALTER TABLE a ADD COLUMN y INTEGER")

    private let folder: ScratchFolder
    private let path: String

    init() throws {
        folder = try ScratchFolder()
        path = folder.file("desk.sqlite")
    }

    @Test func `applies each migration once and adds later ones to an old file`() throws {
        try Database(at: path, migrations: [MigrationSet("part", [Self.first])]).write {
            _ = try $0.run("INSERT INTO a(x) VALUES (1)")
        }
        let database = try Database(at: path, migrations: [MigrationSet("part", [Self.first, Self.second])])
        try database.write { _ = try $0.run("UPDATE a SET y = 2") }
        #expect(try database.read { try $0.first("SELECT x + y FROM a") { try $0.integer(0) } } == 3)
    }

    @Test func `parts of one file count their migrations apart`() throws {
        let other = MigrationSet("other", [Migration("first", "CREATE TABLE c(x)")])
        _ = try Database(at: path, migrations: [MigrationSet("part", [Self.first])])
        let database = try Database(at: path, migrations: [other])
        try database.migrate(MigrationSet("part", [Self.first, Self.second]))
        #expect(try database.read { try $0.first("SELECT count(*) FROM migration") { try $0.integer(0) } } == 3)
    }

    @Test func `refuses a file whose part is newer`() throws {
        _ = try Database(at: path, migrations: [MigrationSet("part", [Self.first, Self.second])])
        #expect(failure { try Database(at: path, migrations: [MigrationSet("part", [Self.first])]) } == .newerSchema)
    }

    @Test func `refuses a migration that was altered after its release`() throws {
        _ = try Database(at: path, migrations: [MigrationSet("part", [Self.first])])
        let altered = MigrationSet("part", [Migration("first", "CREATE TABLE a(x TEXT) STRICT")])
        #expect(failure { try Database(at: path, migrations: [altered]) } == .changedMigration)
    }

    @Test func `a migration that fails leaves nothing behind`() throws {
        let broken = MigrationSet("part", [Self.first, Migration("broken", "CREATE TABLE d(x); CREATE TABLE d(x)")])
        #expect(failure { try Database(at: path, migrations: [broken]) } == .misuse)
        let database = try Database(at: path)
        #expect(try database.read { try $0.first("SELECT count(*) FROM sqlite_schema") { try $0.integer(0) } } == 1)
    }

    @Test func `a read-only opening refuses a file that lacks tables`() throws {
        _ = try Database(at: path)
        let error = failure {
            try Database(at: path, access: .readOnly, migrations: [MigrationSet("part", [Self.first])])
        }
        #expect(error == .olderSchema)
    }

    private func failure(_ body: () throws -> some Any) -> StorageError.Code? {
        #expect(throws: StorageError.self) { _ = try body() }?.code
    }
}
