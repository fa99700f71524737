import Foundation
import ScratchFolders
import Testing

@testable import Storage

@Suite struct DatabaseTroubleTests {
    private static let things = MigrationSet(
        "things", [Migration("things", "CREATE TABLE thing(id INTEGER PRIMARY KEY, value BLOB UNIQUE) STRICT")])

    private let folder: ScratchFolder
    private let path: String

    init() throws {
        folder = try ScratchFolder()
        path = folder.file("desk.sqlite")
    }

    @Test func `refuses a file that is no database and leaves it as it was`() throws {
        let text = Data(String(repeating: "not a database\n", count: 100).utf8)
        try text.write(to: URL(fileURLWithPath: path))
        #expect(failure { try Database(at: path) } == .notOurs)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    }

    @Test func `refuses another program's database`() throws {
        let stranger = try Connection(path: path, flags: 0x2 | 0x4)
        try stranger.runScript("CREATE TABLE theirs(x)")
        #expect(failure { try Database(at: path) } == .notOurs)
    }

    @Test func `refuses a newer file format`() throws {
        try Database(at: path).configure("PRAGMA user_version = 2")
        #expect(failure { try Database(at: path) } == .newerSchema)
    }

    @Test func `refuses a folder that does not exist and says so`() {
        let error = #expect(throws: StorageError.self) { try Database(at: "/nowhere/desk.sqlite") }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message.contains("/nowhere/desk.sqlite") == true)
        #expect(error?.recovery == .halt)
    }

    @Test func `reports a full disk, keeps nothing of the change and goes on`() throws {
        let database = try Database(at: path, migrations: [Self.things])
        try database.configure("PRAGMA max_page_count = 20")
        let large = [UInt8](repeating: 1, count: 200_000)
        #expect(
            failure { try database.write { _ = try $0.run("INSERT INTO thing(value) VALUES (?)", large) } } == .full)
        try database.write { _ = try $0.run("INSERT INTO thing(value) VALUES (x'01')") }
        #expect(try database.read { try $0.first("SELECT count(*) FROM thing") { try $0.integer(0) } } == 1)
    }

    @Test func `reports a broken rule of a table`() throws {
        let database = try Database(at: path, migrations: [Self.things])
        let twice = failure {
            try database.write {
                try $0.run("INSERT INTO thing(value) VALUES (x'01')")
                try $0.run("INSERT INTO thing(value) VALUES (x'01')")
            }
        }
        #expect(twice == .constraint)
    }

    @Test func `reports a damaged file`() throws {
        do {
            let database = try Database(at: path, migrations: [Self.things])
            try database.write {
                _ = try $0.run("INSERT INTO thing(value) VALUES (?)", [UInt8](repeating: 1, count: 50_000))
            }
        }
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try handle.seek(toOffset: 4096)
        try handle.write(contentsOf: Data(repeating: 0xFF, count: 20_000))
        try handle.close()
        let code = failure {
            let database = try Database(at: path, migrations: [Self.things])
            try database.read { _ = try $0.all("SELECT id, value FROM thing") { try $0.bytes(1) } }
        }
        #expect(code == .corrupt)
    }

    @Test func `reports another connection's lock after waiting for it`() throws {
        let first = try Database(at: path, migrations: [Self.things])
        let second = try Database(at: path, migrations: [Self.things], patience: .zero)
        try first.write { _ in
            let code = failure { try second.write { _ in } }
            #expect(code == .locked)
        }
        try second.write { _ in }
    }

    @Test func `a reader sees the state before a write that has not ended`() throws {
        let writer = try Database(at: path, migrations: [Self.things])
        let reader = try Database(at: path, access: .readOnly, migrations: [Self.things], patience: .zero)
        try writer.write { transaction in
            try transaction.run("INSERT INTO thing(value) VALUES (x'01')")
            #expect(try reader.read { try $0.first("SELECT count(*) FROM thing") { try $0.integer(0) } } == 0)
        }
        #expect(try reader.read { try $0.first("SELECT count(*) FROM thing") { try $0.integer(0) } } == 1)
    }

    @Test func `many threads share one database`() async throws {
        let database = try Database(inMemory: [Self.things])
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for index in 0..<50 {
                        try database.write {
                            _ = try $0.run("INSERT INTO thing(value) VALUES (?)", [UInt8(task), UInt8(index)])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try database.read { try $0.first("SELECT count(*) FROM thing") { try $0.integer(0) } } == 400)
    }

    @Test func `what one process wrote another reads`() async throws {
        _ = try Database(at: path, migrations: [Self.things])
        await #expect(processExitsWith: .success) { [path = path as String] in
            try Database(at: path).write { _ = try $0.run("INSERT INTO thing(value) VALUES (x'07')") }
        }
        let database = try Database(at: path, migrations: [Self.things])
        #expect(try database.read { try $0.first("SELECT value FROM thing") { try $0.bytes(0) } } == [7])
    }

    private func failure(_ body: () throws -> some Any) -> StorageError.Code? {
        #expect(throws: StorageError.self) { _ = try body() }?.code
    }
}
