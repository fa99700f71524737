import DeskCommands
import Determinism
import Foundation
import Synchronization
import TradingDesk
import TradingModel
import TradingStore
import WorkflowModel

extension LiveDesk {
    /// The log of a stored run; what it keeps is told to whoever follows.
    func following(_ stored: StoredRun) -> any DecisionLog {
        sink == nil ? stored : FollowedLog(stored, self)
    }

    /// Takes note of records that are kept now, the last of them with this number.
    func recorded(_ records: [DecisionRecord], through last: Int64) {
        guard let sink, RecordEvents.topics.contains(where: sink.isWatched) else { return }
        let first = last - Int64(records.count) + 1
        let kept = records.enumerated().compactMap { index, record -> ArchivedRecord? in
            guard record.kind == .decision || record.kind == .report,
                let body = try? Value(json: [UInt8](record.body))
            else { return nil }
            return ArchivedRecord(
                sequence: first + Int64(index), kind: record.kind.rawValue, time: record.time,
                subjects: record.subjects, body: body, hash: "")
        }
        box.withLock { $0.stream.note(kept) }
    }

    /// Tells what happened at a moment.
    func stream(_ events: [DeskEvent], at now: Timestamp) {
        guard let sink else { return }
        let (records, stream) = box.withLock { ($0.stream.takeRecords(), $0.stream) }
        for told in stream.values(of: records) { publish(told.value, told.topic, at: now) }
        guard sink.isWatched(.signals) || sink.isWatched(.workflows) else { return }
        for event in events {
            if let told = stream.value(of: event) { publish(told.value, told.topic, at: now) }
        }
    }

    /// Tells what a new picture shows: quotes that are new, the account and what the gate lets through.
    func stream(_ picture: DeskPicture, after earlier: DeskPicture?, at now: Timestamp) {
        guard let sink else { return }
        if sink.isWatched(.quotes) {
            for quote in box.withLock({ $0.stream.takeQuotes(picture) }) {
                let value = quote.value(isSimulated: plan.isSimulated)
                publish(value, .quotes, key: quote.symbol.name, at: now)
            }
        }
        guard sink.isWatched(.positions) || sink.isWatched(.risk), box.withLock({ $0.stream.isNews(picture) }) else {
            return
        }
        publish(picture.portfolioValue, .positions, key: "portfolio", at: now)
        publish(picture.riskEventValue, .risk, key: "risk", at: now)
    }

    /// Numbers in answers are finite, so that there is always a JSON for them.
    private func publish(_ value: Value, _ topic: StreamTopic, key: String? = nil, at now: Timestamp) {
        guard let sink, sink.isWatched(topic), let json = try? value.json() else { return }
        sink.publish(topic, key: key, json: json, at: now)
    }
}

/// A stored run's log that is followed from this process.
final class FollowedLog: DecisionLog {
    private let stored: StoredRun
    private let live: LiveDesk

    init(_ stored: StoredRun, _ live: LiveDesk) {
        self.stored = stored
        self.live = live
    }

    var head: String { get throws { try stored.head } }

    func append(_ records: [DecisionRecord]) throws {
        let isKnown = stored.isCatchingUp
        try stored.append(records)
        if !isKnown { live.recorded(records, through: stored.sequence) }
    }
}
