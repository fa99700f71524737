import Determinism
import Foundation
import RiskControl
import TradingModel
import WorkflowEngine

/// Derives every decision of a run again from its recorded inputs and compares the records byte for byte.
public enum DecisionReplay {
    /// What came of it.
    public struct Report: Sendable, Hashable {
        /// Records that were derived again and are the same.
        public let same: Int
        /// The first record that differs; nil where all are the same.
        public let difference: Difference?
    }

    /// The first record that is not what today's code makes of the recorded inputs.
    public struct Difference: Error, Sendable, Hashable, CustomStringConvertible {
        /// Its place in the run, from 1.
        public let place: Int
        /// What was recorded; nil where the record ends before the derivation does.
        public let recorded: DecisionRecord?
        /// What was derived; nil where nothing was.
        public let derived: DecisionRecord?

        public var description: String {
            guard let recorded else { return "record \(place): nothing was recorded where one more was derived" }
            guard let derived else { return "record \(place) (\(recorded.kind.rawValue)) was not derived again" }
            guard recorded.kind == derived.kind, recorded.time == derived.time else {
                return "record \(place) is \(recorded.kind.rawValue) at \(recorded.time); "
                    + "\(derived.kind.rawValue) at \(derived.time) was derived"
            }
            let place = zip(recorded.body, derived.body).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            let offset = place ?? min(recorded.body.count, derived.body.count)
            return
                "record \(self.place) (\(recorded.kind.rawValue) at \(recorded.time)) differs from byte \(offset) on: "
                + "recorded \(excerpt(recorded.body, offset)), derived \(excerpt(derived.body, offset))"
        }

        private func excerpt(_ body: Data, _ offset: Int) -> String {
            let part = body.dropFirst(max(0, offset - 20)).prefix(60)
            return "…\(String(decoding: part, as: UTF8.self))…"
        }
    }

    /// Derives a run again; `records` is asked twice for an iterator over the run's records, oldest first.
    ///
    /// Throws where the records cannot be read or are no run.
    public static func verify<Records: Sequence<DecisionRecord>>(_ records: () throws -> Records) throws -> Report {
        let comparison = Comparison(try records().makeIterator())
        do {
            try derive(from: try records(), into: comparison)
            return Report(same: comparison.count, difference: comparison.leftOver())
        } catch let difference as Difference {
            return Report(same: comparison.count, difference: difference)
        }
    }

    /// Feeds the recorded inputs to a fresh session whose records go to `log`.
    private static func derive(from records: some Sequence<DecisionRecord>, into log: any DecisionLog) throws {
        var inputs = RecordedInputs(records)
        var session = try DeskSession(plan: try inputs.plan(), journal: InMemoryJournal(), log: log)
        try session.begin(history: try inputs.history())
        while let moment = try inputs.nextMoment() { _ = try session.handle(moment) }
        if inputs.hasSummary {
            _ = try session.finish()
        } else if let last = inputs.lastTime {
            // What the clock alone led to after the last input.
            _ = try session.handle(DeskMoment(time: last, events: []))
        }
    }
}

/// A log that compares what is appended with what was recorded.
// Sendable unchecked: `DecisionLog` demands it; `verify` makes it, drives it and drops it on one thread.
private final class Comparison<Recorded: IteratorProtocol<DecisionRecord>>: DecisionLog, @unchecked Sendable {
    private var recorded: Recorded
    private(set) var count = 0

    init(_ recorded: Recorded) {
        self.recorded = recorded
    }

    let head = ""

    func append(_ records: [DecisionRecord]) throws {
        for derived in records {
            let original = recorded.next()
            guard original?.matches(derived) == true else {
                throw DecisionReplay.Difference(place: count + 1, recorded: original, derived: derived)
            }
            count += 1
        }
    }

    func leftOver() -> DecisionReplay.Difference? {
        recorded.next().map { DecisionReplay.Difference(place: count + 1, recorded: $0, derived: nil) }
    }
}

extension DecisionRecord {
    fileprivate func matches(_ other: DecisionRecord) -> Bool {
        kind == other.kind && time == other.time && body == other.body
    }
}
