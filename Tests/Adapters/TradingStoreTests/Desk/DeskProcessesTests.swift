import Determinism
import ScratchFolders
import Storage
import Testing

@testable import TradingStore

@Suite struct DeskProcessesTests {
    private let folder: ScratchFolder
    private var home: String { folder.path }

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func `a home without a desk is left as it is`() throws {
        let error = #expect(throws: StorageError.self) { try DeskStore(ofHome: home, access: .readWrite) }
        #expect(error?.code == .cannotOpen)
    }

    @Test func `other parts live in the same file`() throws {
        let part = MigrationSet("other", [Migration("other", "CREATE TABLE other(x INTEGER) STRICT")])
        let store = try DeskStore(home: home, desk: "desk-a", parts: [part])
        try store.database.write { _ = try $0.run("INSERT INTO other(x) VALUES (1)") }
        #expect(try DeskStore(ofHome: home, parts: [part]).audit.desk == "desk-a")
        #expect(throws: AuditError.self) { try DeskStore(home: home, desk: "desk-b") }
    }

    @Test func `a reader and an asker work beside a commit under way`() throws {
        let desk = try DeskStore(home: home, desk: "desk-a")
        var run = try desk.begin(run: "run-1", configuration: [], at: Timestamp(nanoseconds: 0))
        try run.commit(entries: AuditEntry.samples(1...3))
        let reader = try DeskStore(ofHome: home)
        let asker = try DeskStore(ofHome: home, access: .readWrite)
        try desk.database.write { transaction in
            _ = try desk.audit.append([.sample(4)], in: transaction)
            #expect(try reader.audit.head.sequence == 3)
            #expect(try reader.audit.verify().fault == nil)
        }
        try asker.request(.halt, reason: "", at: Timestamp(nanoseconds: 1), by: "ann")
        #expect(try desk.pendingControls().count == 1)
        let error = #expect(throws: StorageError.self) {
            try reader.request(.halt, reason: "", at: Timestamp(nanoseconds: 1), by: "ann")
        }
        #expect(error?.code == .readOnly)
    }

    @Test(.timeLimit(.minutes(5)))
    func `other processes make requests and verify the log while the desk commits`() async throws {
        let home = home
        let desk = try DeskStore(home: home, desk: "desk-a")
        var run = try desk.begin(run: "run-1", configuration: [], at: Timestamp(nanoseconds: 0))
        async let asked = #expect(processExitsWith: .success) { [home = home as String] in
            let store = try DeskStore(ofHome: home, access: .readWrite)
            for number in 1...10 {
                try store.request(.halt, reason: "\(number)", at: Timestamp(nanoseconds: 1), by: "ann")
            }
            #expect(try store.audit.verify().fault == nil)
        }
        var consumed: [String] = []
        var number = 0
        while consumed.count < 10 {
            let controls = try desk.pendingControls()
            if controls.isEmpty, number >= 2000 {
                await Task.yield()
                continue
            }
            number += 1
            try run.commit(entries: [.sample(number)], consumedControls: controls.map(\.id))
            consumed += controls.map(\.reason)
        }
        _ = await asked
        #expect(consumed == (1...10).map { "\($0)" })
        #expect(try desk.audit.verify().fault == nil)
    }
}
