import Determinism
import Foundation
import RiskControl
import Storage
import Synchronization
import TradingDesk
import TradingStore
import WorkflowStore

/// A run on disk: its records, its journal, its snapshots and the requests that persons make of it.
///
/// A run whose process died is taken up after its newest snapshot: what is derived again is compared with what is
/// stored, and beyond the stored end new records are written.
final class StoredRun: DecisionLog {
    private struct State {
        var run: DeskRun
        /// Requests that the moment under way obeys; consumed with their records.
        var obeyed: [Int64] = []
    }

    let journal: SQLiteJournal
    /// Where it is kept.
    let folder: RunFolder
    private let store: DeskStore
    private let name: String
    private let state: Mutex<State>
    /// The newest snapshot's bytes; nil where the run begins.
    let snapshot: [UInt8]?
    /// True where the run had begun before.
    let isResumed: Bool
    private typealias Asked = (id: Int64, command: ControlCommand)

    /// What was obeyed after the snapshot, by time: to be obeyed again at the same moments.
    private let pastControls: [Timestamp: [Asked]]
    /// The moment whose requests were the last thing that was recorded: its other requests were still to be obeyed.
    private let cutMoment: Timestamp?

    /// Begins a run, or takes it up where it was; a run that has ended is put aside and begun anew.
    init(_ folder: RunFolder, configuration: [UInt8], at time: Timestamp) throws {
        name = folder.run
        self.folder = folder
        try folder.make()
        var store = try DeskStore(home: folder.path, desk: folder.run, parts: [SQLiteJournal.migrations])
        if let ended = try store.runs(limit: 1).first, ended.state != .open {
            try folder.putAside()
            try folder.make()
            store = try DeskStore(home: folder.path, desk: folder.run, parts: [SQLiteJournal.migrations])
        }
        self.store = store
        journal = try SQLiteJournal(store.database)
        if try store.openRun() != nil {
            let resumed = try store.resume(run: folder.run)
            state = Mutex(State(run: resumed.run))
            snapshot = resumed.snapshot?.bytes
            isResumed = true
            pastControls = try StoredRun.pastControls(resumed, store.audit)
            let isCut = try resumed.controls.last?.sequence == store.audit.head.sequence
            cutMoment = isCut ? pastControls.keys.max() : nil
        } else {
            state = Mutex(State(run: try store.begin(run: folder.run, configuration: configuration, at: time)))
            (snapshot, isResumed, pastControls, cutMoment) = (nil, false, [:], nil)
        }
    }

    var head: String {
        get throws { state.withLock { $0.run.head.hash.hex } }
    }

    /// True while records are compared rather than written.
    var isCatchingUp: Bool { state.withLock { $0.run.isCatchingUp } }

    func append(_ records: [DecisionRecord]) throws {
        let entries = records.map { AuditEntry($0, run: name) }
        let controls = records.count { $0.kind == .control }
        try state.withLock { state in
            let consumed = Array(state.obeyed.prefix(controls))
            try state.run.commit(entries: entries, consumedControls: consumed)
            state.obeyed.removeFirst(consumed.count)
        }
    }

    /// Keeps a snapshot of the state after everything appended so far.
    func keep(snapshot: [UInt8]) throws {
        try state.withLock { _ = try $0.run.commit(entries: [], snapshot: snapshot) }
        try journal.prune(keepingNewest: 64)
    }

    /// What persons ask for, to be obeyed at the next moment: while catching up what was obeyed at it before.
    func controls(at time: Timestamp?) throws -> [ControlCommand] {
        guard let time else { return [] }
        let asked = try isCatchingUp ? askedBefore(at: time) : askedNow(at: time)
        state.withLock { $0.obeyed += asked.map(\.id) }
        return asked.map(\.command)
    }

    private func askedBefore(at time: Timestamp) throws -> [Asked] {
        try (pastControls[time] ?? []) + (time == cutMoment ? askedNow(at: time) : [])
    }

    /// A moment whose pipeline had begun when the process died is finished as it was begun: what was asked for since
    /// waits for the next one, so that the journalled results still follow from the record.
    private func askedNow(at time: Timestamp) throws -> [Asked] {
        let pending = try store.pendingControls()
        guard !pending.isEmpty, try journal.history(of: DeskSession.pipelineRun(at: time)).isEmpty else { return [] }
        return pending.map { ($0.id, ControlCommand($0)) }
    }

    /// Marks the run as come to its end.
    func end(at time: Timestamp) throws {
        try store.end(run: name, as: .completed, at: time)
    }

    /// A control's record is the first of its moment, so the time of the record is the time of the moment.
    private static func pastControls(
        _ resumed: ResumedRun, _ audit: AuditLog
    ) throws -> [Timestamp: [Asked]] {
        var found: [Timestamp: [Asked]] = [:]
        var cursor = audit.records(
            from: (resumed.snapshot?.sequence ?? resumed.record.base) + 1,
            matching: AuditFilter(kind: DecisionRecord.Kind.control.rawValue))
        for consumed in resumed.controls {
            guard let record = try cursor.next() else { break }
            found[record.time, default: []].append((consumed.request.id, ControlCommand(consumed.request)))
        }
        return found
    }
}

extension ControlCommand {
    /// The command that a person's request means; who asked is part of the reason.
    init(_ request: ControlRequest) {
        let reason = "\(request.reason) (asked by \(request.who))"
        switch request.kind {
        case .halt: self = .halt(reason: reason)
        case .resume: self = .resume
        case .reduceOnly: self = .reduceOnly(reason: reason)
        case .flatten: self = .flatten(reason: reason)
        }
    }
}
