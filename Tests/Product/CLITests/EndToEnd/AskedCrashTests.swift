import DeskCommands
import Determinism
import Foundation
import RiskControl
import ScratchFolders
import Storage
import Testing
import TradingDesk
import TradingModel
import TradingStore
import WorkflowModel

@testable import CLI

/// Orders and limits asked of a run that is killed at any append: obeyed exactly once, and derived again.
@Suite struct AskedCrashTests {
    private let desk: SmallDesk
    private let symbol: Symbol

    init() throws {
        desk = try SmallDesk(days: 12)
        symbol = desk.plan.universe.instruments[0].symbol
    }

    /// What is asked after so many moments; the flag says whether while the market rests.
    private func wishes() -> [(place: Int, rests: Bool, key: String, request: DeskRequest)] {
        var limits = desk.plan.limits
        limits.maxPositionShare = 0.03
        let buy = OrderTicket(symbol, .buy, quantity: 20, reason: "a hunch")
        return [
            (3, true, "key-one", .order(buy)), (4, false, "key-two", .limits(limits, reason: "careful")),
            (6, true, "key-three", .halt(reason: "noon")), (6, true, "key-four", .resume(reason: "on")),
            (8, false, "key-five", .order(OrderTicket(symbol, .sell, share: 0.5, reason: "enough"))),
            (9, true, "key-six", .flatten(reason: "out")),
        ]
    }

    private func ask(_ home: String, upTo place: Int) throws {
        let requests = DeskRequests(try DeskStore(ofHome: desk.folder(home).path, access: .readWrite))
        for wish in wishes() where wish.place <= place {
            _ = try requests.ask(
                wish.request, by: "amy", key: wish.key, at: Timestamp(nanoseconds: Int64(place)), isHeard: true)
        }
    }

    /// Drives a runner to its end, asking on the way.
    private func drive(_ runner: inout SmallDesk.Runner, _ stored: StoredRun, _ home: String) throws {
        let display = QuietDisplay()
        var place = 0
        while let next = runner.nextTime {
            if !stored.isCatchingUp {
                let moments = runner.state.moments
                try ask(home, upTo: moments)
                if wishes().contains(where: { $0.place <= moments && $0.rests }) {
                    _ = try runner.intervene(before: next, display)
                }
            }
            place += 1
            guard try runner.handleNext(display) else { break }
        }
        _ = try runner.finish()
    }

    private func check(_ home: String, _ name: String) throws {
        let store = try DeskStore(ofHome: desk.folder(home).path)
        #expect(try store.pendingControls().isEmpty, "killed \(name)")
        var cursor = store.audit.records()
        var records: [DecisionRecord] = []
        while let record = try cursor.next() { records.append(try #require(DecisionRecord(record))) }
        let report = try DecisionReplay.verify { records }
        #expect(report.difference == nil, "killed \(name): \(report.difference.map { "\($0)" } ?? "")")
        let controls = records.filter { $0.kind == .control }.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(controls.count == wishes().count, "killed \(name)")
        for number in 1...wishes().count {
            let decided = try store.audit.newest(
                matching: AuditFilter(subject: "request-\(number)", kind: "control"), limit: 9)
            #expect(decided.count == 1, "killed \(name): request \(number)")
        }
        #expect(try store.audit.verify().fault == nil)
    }

    @Test func `what was asked is obeyed exactly once wherever the process is killed`() throws {
        let home = try ScratchFolder()
        let images = CrashImages(of: home.path)
        let stored = try desk.stored(home.path)
        var runner = try desk.runner(stored) {
            (PhotographedJournal(journal: $0, images: images), PhotographedLog($1, images))
        }
        try drive(&runner, stored, home.path)
        try check(home.path, "never")
        #expect(images.appends > 100)
        let audits = images.all.enumerated().filter { $0.offset % 5 == 0 }
        for image in audits.map(\.element)
        where FileManager.default.fileExists(
            atPath: DeskStore.path(inHome: try desk.folder(image.folder.path).path))
        {
            let again = try desk.stored(image.folder.path)
            var resumed = try desk.runner(again)
            try drive(&resumed, again, image.folder.path)
            try check(image.folder.path, image.name)
        }
    }

    @Test func `an order between two moments has a time of its own, and its decision says who asked`() throws {
        let home = try ScratchFolder()
        let stored = try desk.stored(home.path)
        var runner = try desk.runner(stored)
        try drive(&runner, stored, home.path)
        let audit = try DeskStore(ofHome: desk.folder(home.path).path).audit
        let archive = RecordArchive(audit)
        var query = RecordQuery()
        (query.subject, query.kinds) = ("request-1", ["control", "decision"])
        let found = try archive.records(query)
        #expect(found.map(\.kind) == ["decision", "control"])
        #expect(found.allSatisfy { $0.body["by"]?.text == "amy" })
        let time = try #require(found.first?.time)
        query = RecordQuery()
        (query.kinds, query.from, query.limit) = (["slice"], found[1].sequence, 1)
        let before = try #require(try archive.records(query).first)
        (query.isAscending) = true
        let after = try #require(try archive.records(query).first)
        #expect(before.time < time)
        #expect(time < after.time)
    }
}
