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
        var told = stream.values(of: records)
        if sink.isWatched(.signals) || sink.isWatched(.workflows) { told += events.compactMap(stream.value) }
        let items = told.compactMap { item($0.value, $0.topic) }
        if !items.isEmpty { sink.publish(items, at: now) }
    }

    /// Tells what a new picture shows: quotes that are new, the account and what the gate lets through.
    func stream(_ picture: DeskPicture, at now: Timestamp) {
        guard let sink else { return }
        var items: [StreamItem] = []
        if sink.isWatched(.quotes) {
            items += box.withLock { $0.stream.takeQuotes(picture) }.compactMap { quote in
                item(quote.value(isSimulated: plan.isSimulated), .quotes, key: quote.symbol.name)
            }
        }
        if sink.isWatched(.positions) || sink.isWatched(.risk), box.withLock({ $0.stream.isNews(picture) }) {
            let account = item(picture.portfolioValue, .positions, key: "portfolio")
            items += [account, item(picture.riskEventValue, .risk, key: "risk")].compactMap(\.self)
        }
        if !items.isEmpty { sink.publish(items, at: now) }
    }

    /// Nil where nobody follows. Numbers in answers are finite, so that there is always a JSON for them.
    private func item(_ value: Value, _ topic: StreamTopic, key: String? = nil) -> StreamItem? {
        guard let sink, sink.isWatched(topic), let json = try? value.json() else { return nil }
        return StreamItem(topic, key: key, json: json)
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
