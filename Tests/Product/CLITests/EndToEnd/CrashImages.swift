import Foundation
import ScratchFolders
import Storage
import Synchronization
import TradingDesk
import WorkflowEngine
import WorkflowModel

@testable import CLI

/// Copies a home's files right before and right after every append: what a process killed there leaves behind.
final class CrashImages: Sendable {
    /// A home as it was left.
    struct Image: Sendable {
        let name: String
        let folder: ScratchFolder
    }

    private struct State {
        var images: [Image] = []
        var contents: Set<[Digest]> = []
        var appends = 0
    }

    private let home: String
    private let state = Mutex(State())

    init(of home: String) {
        self.home = home
    }

    /// The images in order, those with the same files once.
    var all: [Image] { state.withLock { $0.images } }

    /// How many appends were made.
    var appends: Int { state.withLock { $0.appends } }

    func around<Result>(_ what: String, _ append: () throws -> Result) throws -> Result {
        let number = state.withLock { state in
            state.appends += 1
            return state.appends
        }
        try take("before append \(number), to the \(what)")
        let result = try append()
        try take("after append \(number), to the \(what)")
        return result
    }

    private func take(_ name: String) throws {
        let runs = try FileManager.default.subpathsOfDirectory(atPath: home).sorted()
        let files = runs.filter { $0.hasSuffix(".sqlite") || $0.hasSuffix("-wal") }
        let contents = try files.map { try Data(contentsOf: URL(fileURLWithPath: "\(home)/\($0)")) }
        guard state.withLock({ $0.contents.insert(contents.map { Digest.of(Array($0)) }).inserted }) else { return }
        let folder = try ScratchFolder()
        for (file, bytes) in zip(files, contents) {
            let target = URL(fileURLWithPath: folder.file(file))
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try bytes.write(to: target)
        }
        state.withLock { $0.images.append(Image(name: name, folder: folder)) }
    }
}

/// A journal that is photographed around each append.
struct PhotographedJournal: Journal {
    let journal: any Journal
    let images: CrashImages

    func commit(_ batch: JournalBatch) throws {
        try images.around("journal") { try journal.commit(batch) }
    }

    func history(of run: RunID) throws -> [RunEvent] { try journal.history(of: run) }
    func openRuns() throws -> [RunSummary] { try journal.openRuns() }
    func finishedRuns(limit: Int) throws -> [RunSummary] { try journal.finishedRuns(limit: limit) }
    func summary(of run: RunID) throws -> RunSummary? { try journal.summary(of: run) }
    func value(of key: StateKey) throws -> [UInt8]? { try journal.value(of: key) }
    func values(of kind: String) throws -> [String: [UInt8]] { try journal.values(of: kind) }
    func prune(keepingNewest count: Int) throws -> Int { try journal.prune(keepingNewest: count) }
}

/// A record of decisions that is photographed around each append.
final class PhotographedLog: DecisionLog {
    private let log: any DecisionLog
    private let images: CrashImages

    init(_ log: any DecisionLog, _ images: CrashImages) {
        self.log = log
        self.images = images
    }

    var head: String { get throws { try log.head } }

    func append(_ records: [DecisionRecord]) throws {
        try images.around("audit") { try log.append(records) }
    }
}
