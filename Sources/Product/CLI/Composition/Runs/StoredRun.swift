import Determinism
import Foundation
import RiskControl
import Storage
import Synchronization
import TradingDesk
import TradingModel
import TradingStore
import WorkflowStore

/// A run on disk: its records, its journal, its snapshots and the requests that persons make of it.
///
/// A run whose process died is taken up after its newest snapshot: what is derived again is compared with what is
/// stored, and beyond the stored end new records are written.
final class StoredRun: DecisionLog {
    private struct State {
        var run: DeskRun
        /// Requests that the moment under way obeys, nil for what nobody had to ask for; consumed with their records.
        var obeyed: [Int64?] = []
        /// The record of the newest snapshot.
        var snapshot: Int64 = 0
    }

    let journal: SQLiteJournal
    /// Where it is kept.
    let folder: RunFolder
    private let store: DeskStore
    private let name: String
    /// Who signs where the record ends; nil where nobody does.
    let heads: HeadKeeper?
    private let state: Mutex<State>
    /// The newest snapshot's bytes; nil where the run begins.
    let snapshot: [UInt8]?
    /// True where the run had begun before.
    let isResumed: Bool
    private typealias Asked = (id: Int64?, control: DeskControl)

    /// What was obeyed after the snapshot, by time: to be obeyed again at the same moments.
    private let pastControls: [Timestamp: [Asked]]
    /// The moment whose requests were the last thing that was recorded: its other requests were still to be obeyed.
    private let cutMoment: Timestamp?

    /// Begins a run, or takes it up where it was; a run that has ended is put aside and begun anew.
    init(_ folder: RunFolder, configuration: [UInt8], at time: Timestamp, heads: HeadKeeper.Means? = nil) throws {
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
            state = Mutex(State(run: resumed.run, snapshot: resumed.snapshot?.sequence ?? 0))
            snapshot = resumed.snapshot?.bytes
            isResumed = true
            pastControls = try StoredRun.pastControls(resumed, store.audit)
            let isCut = try resumed.controls.last?.sequence == store.audit.head.sequence
            cutMoment = isCut ? pastControls.keys.max() : nil
        } else {
            state = Mutex(State(run: try store.begin(run: folder.run, configuration: configuration, at: time)))
            (snapshot, isResumed, pastControls, cutMoment) = (nil, false, [:], nil)
        }
        let began = try store.runs(limit: 1).first?.started ?? time
        self.heads = heads.map { HeadKeeper($0, folder, run: folder.run, began: began) }
    }

    /// The record of decisions.
    var audit: AuditLog { store.audit }

    var head: String {
        get throws { state.withLock { $0.run.head.hash.hex } }
    }

    /// True while records are compared rather than written.
    var isCatchingUp: Bool { state.withLock { $0.run.isCatchingUp } }

    func append(_ records: [DecisionRecord]) throws {
        let entries = records.map { AuditEntry($0, run: name) }
        let controls = records.count { $0.kind == .control }
        try state.withLock { state in
            let obeyed = Array(state.obeyed.prefix(controls))
            try state.run.commit(entries: entries, consumedControls: obeyed.compactMap(\.self))
            state.obeyed.removeFirst(obeyed.count)
        }
    }

    /// Keeps a snapshot of the state after everything appended so far.
    func keep(snapshot: [UInt8]) throws {
        try state.withLock { state in
            state.snapshot = try state.run.commit(entries: [], snapshot: snapshot).sequence
        }
        try journal.prune(keepingNewest: 64)
        try heads?.keep(state.withLock { $0.run.head })
    }

    /// Keeps a snapshot where something was recorded since the last, and signs where the record ends.
    func keep(last snapshot: @autoclosure () throws -> [UInt8]?) throws {
        if state.withLock({ $0.run.head.sequence > $0.snapshot }), let bytes = try snapshot() {
            try keep(snapshot: bytes)
        }
        try heads?.keep(state.withLock { $0.run.head }, isLast: true)
    }

    /// What persons ask for, to be obeyed at the next moment: while catching up what was obeyed at it before.
    func controls(at time: Timestamp?) throws -> [DeskControl] {
        guard let time else { return [] }
        let asked = try isCatchingUp ? askedBefore(at: time) : askedNow(at: time)
        state.withLock { $0.obeyed += asked.map(\.id) }
        return asked.map(\.control)
    }

    /// What was obeyed before at a moment of its own between two others; nil where nothing was.
    func pastIntervention(after last: Timestamp, before next: Timestamp) -> Timestamp? {
        pastControls.keys.filter { last < $0 && $0 < next }.min()
    }

    /// Whether somebody asked for something that was not obeyed yet.
    func isAsked() throws -> Bool { try store.hasPendingControls() }

    /// Takes something for obeyed that nobody had to ask for durably; its record follows at once.
    func take(_ control: DeskControl) { state.withLock { $0.obeyed.append(nil) } }

    /// The decisions that a name stands in the record with; empty where nothing was decided for it.
    func decisions(named name: String) throws -> [AuditRecord] {
        var cursor = store.audit.records(
            matching: AuditFilter(subject: name, kind: DecisionRecord.Kind.decision.rawValue))
        var found: [AuditRecord] = []
        while let record = try cursor.next() { found.append(record) }
        return found
    }

    /// The number of the last record.
    var sequence: Int64 { state.withLock { $0.run.head.sequence } }

    /// The run's records through a connection of their own, so that reading never keeps the desk waiting.
    var archive: RecordArchive {
        get throws { RecordArchive(try DeskStore(ofHome: folder.path).audit) }
    }

    /// The run's desk on disk.
    var requests: DeskRequests { DeskRequests(store) }

    private func askedBefore(at time: Timestamp) throws -> [Asked] {
        try (pastControls[time] ?? []) + (time == cutMoment ? askedNow(at: time) : [])
    }

    /// A moment whose pipeline had begun when the process died is finished as it was begun: what was asked for since
    /// waits for the next one, so that the journalled results still follow from the record.
    private func askedNow(at time: Timestamp) throws -> [Asked] {
        let pending = try store.pendingControls()
        guard !pending.isEmpty, try journal.history(of: DeskSession.pipelineRun(at: time)).isEmpty else { return [] }
        return try pending.map { ($0.id, try DeskControl($0)) }
    }

    /// Marks the run as come to its end.
    func end(at time: Timestamp) throws {
        try store.end(run: name, as: .completed, at: time)
    }

    /// A control's record is the first of its moment, so the time of the record is the time of the moment.
    private static func pastControls(
        _ resumed: ResumedRun, _ audit: AuditLog
    ) throws -> [Timestamp: [Asked]] {
        let coder = CanonicalCoder(try universe(resumed, audit))
        var found: [Timestamp: [Asked]] = [:]
        var asked = resumed.controls.makeIterator()
        var cursor = audit.records(
            from: (resumed.snapshot?.sequence ?? resumed.record.base) + 1,
            matching: AuditFilter(kind: DecisionRecord.Kind.control.rawValue))
        while let record = try cursor.next() {
            let control = try coder.decode(DeskControl.self, from: Data(record.body))
            found[record.time, default: []].append((control.isAskedDurably ? asked.next()?.request.id : nil, control))
        }
        return found
    }

    /// The instruments of a run, out of its first record; none where it has recorded nothing.
    private static func universe(_ resumed: ResumedRun, _ audit: AuditLog) throws -> Universe {
        let plans = AuditFilter(kind: DecisionRecord.Kind.run.rawValue)
        var cursor = audit.records(from: resumed.record.base + 1, matching: plans)
        guard let record = try cursor.next() else { return Universe([]) }
        return try CanonicalCoder(Universe([])).decode(DeskPlan.self, from: Data(record.body)).universe
    }
}

extension DeskControl {
    /// What a request asks; who asked is part of the reason as well.
    init(_ request: ControlRequest) throws {
        let reason = "\(request.reason) (asked by \(request.who))"
        let body = Data(request.body ?? [])
        let coder = CanonicalCoder(Universe([]))
        let action: Action =
            switch request.kind {
            case .halt: .halt(reason: reason)
            case .resume: .resume(reason: reason)
            case .reduceOnly: .reduceOnly(reason: reason)
            case .flatten: .flatten(reason: reason)
            case .order: .order(ticket: try coder.decode(OrderTicket.self, from: body))
            case .limits: .limits(limits: try coder.decode(RiskLimits.self, from: body), reason: reason)
            }
        self.init(action, by: request.who, request: "request-\(request.id)")
    }

    /// Whether it came as a request that is kept until it is obeyed; a workflow's step asks again by itself.
    var isAskedDurably: Bool {
        if case .proposal = action { false } else { true }
    }
}
