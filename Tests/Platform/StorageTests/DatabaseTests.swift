import Foundation
import ScratchFolders
import Testing

@testable import Storage

@Suite struct DatabaseTests {
    private static let things = MigrationSet(
        "things", [Migration("things", "CREATE TABLE thing(id INTEGER PRIMARY KEY, value ANY) STRICT")])

    @Test(arguments: [
        DatabaseValue.null, .integer(.min), .integer(.max), .real(-0.1), .text(""), .text("grün\u{0}🦜"), .blob([]),
        .blob([0, 255, 7]),
    ])
    func `gives back every kind of value as it was stored`(value: DatabaseValue) throws {
        let database = try Database(inMemory: [Self.things])
        try database.write { _ = try $0.run("INSERT INTO thing(value) VALUES (?)", value) }
        let stored = try database.read { try $0.first("SELECT value FROM thing") { try $0.value(0) } }
        #expect(stored == value)
    }

    @Test func `binds Swift's own types`() throws {
        let database = try Database(inMemory: [Self.things])
        let missing: String? = nil
        let row = try database.read {
            try $0.first("SELECT ?, ?, ?, ?, ?, ?", 1, 2.5, "three", Data([4]), [UInt8(5)], missing) {
                [try $0.value(0), try $0.value(1), try $0.value(2), try $0.value(3), try $0.value(4), try $0.value(5)]
            }
        }
        #expect(row == [.integer(1), .real(2.5), .text("three"), .blob([4]), .blob([5]), .null])
    }

    @Test func `undoes everything when the closure throws`() throws {
        struct Stop: Error {}
        let database = try Database(inMemory: [Self.things])
        #expect(throws: Stop.self) {
            try database.write {
                try $0.run("INSERT INTO thing(value) VALUES (1)")
                throw Stop()
            }
        }
        #expect(try count(database) == 0)
        try database.write { _ = try $0.run("INSERT INTO thing(value) VALUES (1)") }
        #expect(try count(database) == 1)
    }

    @Test func `keeps what was written after the file is opened again`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("a.sqlite")
        try Database(at: path, migrations: [Self.things]).write {
            _ = try $0.run("INSERT INTO thing(value) VALUES ('x')")
        }
        #expect(try count(Database(at: path, migrations: [Self.things])) == 1)
        #expect(try count(Database(at: path, access: .readOnly, migrations: [Self.things])) == 1)
    }

    @Test func `writes files in WAL mode, synced in full, with foreign keys`() throws {
        let folder = try ScratchFolder()
        let database = try Database(at: folder.file("a.sqlite"))
        let settings = try database.write { transaction in
            try [
                transaction.first("PRAGMA journal_mode") { try $0.value(0) },
                transaction.first("PRAGMA synchronous") { try $0.value(0) },
                transaction.first("PRAGMA foreign_keys") { try $0.value(0) },
            ]
        }
        #expect(settings == [.text("wal"), .integer(2), .integer(1)])
    }

    @Test func `refuses a statement that writes inside a read`() throws {
        let database = try Database(inMemory: [Self.things])
        let error = #expect(throws: StorageError.self) {
            try database.read { _ = try $0.run("INSERT INTO thing(value) VALUES (1)") }
        }
        #expect(error?.code == .misuse)
    }

    @Test func `refuses the wrong number of values, and unknown columns and tables`() throws {
        let database = try Database(inMemory: [Self.things])
        for sql in ["SELECT ?1 + ?2", "SELECT nothing FROM thing", "SELECT 1 FROM nothing", "SELEC 1", ""] {
            let error = #expect(throws: StorageError.self) { try database.read { _ = try $0.run(sql, 1) } }
            #expect(error?.code == .misuse, "\(sql)")
        }
        let error = #expect(throws: StorageError.self) {
            try database.read { _ = try $0.first("SELECT 1") { try $0.integer(1) } }
        }
        #expect(error?.code == .misuse)
    }

    @Test func `says which column holds the wrong type`() throws {
        let database = try Database(inMemory: [])
        let error = #expect(throws: StorageError.self) {
            try database.read { _ = try $0.first("SELECT 1, 'two'") { try $0.integer(1) } }
        }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains("column 1 of 'SELECT 1, 'two'' does not hold a whole number") == true)
    }

    @Test func `a statement may run again inside its own rows`() throws {
        let database = try Database(inMemory: [])
        let pairs = try database.read { transaction in
            var pairs: [Int64] = []
            try transaction.forEach("SELECT value FROM json_each('[1,2]')") { outer in
                let outer = try outer.integer(0)
                try transaction.forEach("SELECT value FROM json_each('[1,2]')") {
                    pairs.append(outer * 10 + (try $0.integer(0)))
                }
            }
            return pairs
        }
        #expect(pairs == [11, 12, 21, 22])
    }

    private func count(_ database: Database) throws -> Int64? {
        try database.read { try $0.first("SELECT count(*) FROM thing") { try $0.integer(0) } }
    }
}
