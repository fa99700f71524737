import DeskCommands
import Determinism
import Foundation
import Storage
import Synchronization
import TradingDesk
import TradingModel
import TradingStore

/// The newest run of a home that this process does not run, as commands see it: read from its newest snapshot.
final class StoredDesk: DeskSource {
    private struct Found {
        let plan: DeskPlan
        let state: DeskState
        let run: String
        let sequence: Int64
    }

    private struct Snapshot: Decodable {
        let state: DeskState
    }

    private let home: String
    private let run: String?
    private let time: any TimeSource
    private let kept = Mutex<Found?>(nil)

    /// The newest run of a home, whichever that is when it is asked, or an earlier one by its name.
    init(home: String, run: String? = nil, time: any TimeSource) {
        self.home = home
        self.run = run
        self.time = time
    }

    /// Earlier runs are run by nobody.
    var process: Int32? { run == nil ? FolderLock.holder(of: home) : nil }
    /// Only the process that runs the desk knows.
    var started: Timestamp? { nil }
    /// Only the process that runs the desk knows.
    var speed: Double? { nil }

    func picture() throws -> DeskPicture? {
        guard let (found, record) = try newest() else { return nil }
        return DeskPicture(found.plan, found.state, run: record.id, activity: activity(of: record))
    }

    func bars(of symbol: Symbol, limit: Int) throws -> [Bar]? {
        guard let (found, _) = try newest(), let id = found.plan.universe.id(of: symbol) else { return nil }
        return found.state.bars(of: id, limit: limit)
    }

    func ask(_ request: DeskRequest, by person: String, key: String) throws -> DeskReceipt {
        guard let (found, record) = try newest(), let folder = try folder() else {
            throw CommandProblem(.unavailable, "nothing has run in \(home) yet; start the desk with 'bellwether run'")
        }
        try request.check(found.plan.universe)
        let store = try DeskStore(ofHome: folder.path, access: .readWrite)
        return try DeskRequests(store).ask(
            request, by: person, key: key, at: time.now, isHeard: record.state == .open && process != nil)
    }

    func pending() throws -> [DeskReceipt] {
        guard let folder = try folder() else { return [] }
        return try DeskRequests(DeskStore(ofHome: folder.path)).pending(isHeard: process != nil)
    }

    private func activity(of record: DeskRunRecord) -> DeskPicture.Activity {
        guard record.state == .open else { return .finished }
        return process == nil ? .stopped : .running
    }

    /// The folder of the run; nil where nothing ever ran.
    private func folder() throws -> RunFolder? {
        try run.map { try RunFolder.find($0, home: home) } ?? RunFolder.newest(home: home)
    }

    /// The newest run with its newest state, which is decoded once for each snapshot.
    private func newest() throws -> (Found, DeskRunRecord)? {
        guard let folder = try folder() else { return nil }
        let store = try DeskStore(ofHome: folder.path)
        guard let record = try store.runs(limit: 1).first else { return nil }
        let snapshot = try store.newestSnapshot(of: record.id)
        let sequence = snapshot?.sequence ?? 0
        if let found = kept.withLock({ $0 }), found.run == record.id, found.sequence == sequence {
            return (found, record)
        }
        let found = try read(record, snapshot)
        kept.withLock { $0 = found }
        return (found, record)
    }

    private func read(_ record: DeskRunRecord, _ snapshot: DeskSnapshot?) throws -> Found {
        let plan = try CanonicalCoder(Universe([])).decode(DeskPlan.self, from: Data(record.configuration))
        let state = try snapshot.map {
            try CanonicalCoder(plan.universe).decode(Snapshot.self, from: Data($0.bytes)).state
        }
        return Found(
            plan: plan, state: try state ?? DeskState(plan), run: record.id, sequence: snapshot?.sequence ?? 0)
    }
}
