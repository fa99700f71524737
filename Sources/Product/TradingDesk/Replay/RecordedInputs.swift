import Determinism
import Foundation
import RiskControl
import TradingModel

/// The inputs among a run's records: plan, history, and moment by moment what became known.
struct RecordedInputs<Records: IteratorProtocol<DecisionRecord>> {
    private var records: Records
    private var ahead: DecisionRecord?
    private var coder = CanonicalCoder(Universe([]))
    private var universe = Universe([])
    /// True once the run's summary has been passed.
    private(set) var hasSummary = false
    /// The time of the last record that was passed.
    private(set) var lastTime: Timestamp?

    init<S: Sequence>(_ records: S) where S.Iterator == Records {
        self.records = records.makeIterator()
        ahead = self.records.next()
    }

    /// The records cannot be those of a run.
    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    mutating func plan() throws -> DeskPlan {
        guard let first = ahead, first.kind == .run else { throw Malformed(description: "the first record is no plan") }
        advance()
        let plan = try coder.decode(DeskPlan.self, from: first.body)
        universe = plan.universe
        coder = CanonicalCoder(universe)
        return plan
    }

    mutating func history() throws -> [InstrumentHistory] {
        var result: [InstrumentHistory] = []
        while let record = ahead, record.kind == .history {
            let past = try coder.decode(HistoryRecord.self, from: record.body)
            guard past.ends.count == past.bars.count else { throw Malformed(description: "history without ends") }
            let bars = zip(past.bars, past.ends).map { $0.bar(endingAt: $1) }
            result.append(InstrumentHistory(try id(past.symbol), bars))
            advance()
        }
        return result
    }

    /// Everything recorded as known at the next moment; nil at the end.
    mutating func nextMoment() throws -> DeskMoment? {
        skipOutputs()
        guard let time = ahead?.time else { return nil }
        var (bars, days): ([MarketEvent], [MarketEvent]) = ([], [])
        var (headlines, controls): ([Headline], [DeskControl]) = ([], [])
        while let record = ahead, record.time == time, isSameMoment(record.kind, bars, days) {
            switch record.kind {
            case .control: controls.append(try coder.decode(DeskControl.self, from: record.body))
            case .headlines: headlines += try coder.decode([Headline].self, from: record.body)
            case .slice: bars = try slice(record)
            case .day: days.append(try coder.decode(DayRecord.self, from: record.body).event(at: time))
            case .run, .history, .node, .decision, .report, .charge, .summary: break
            }
            advance()
            skipOutputs()
        }
        return DeskMoment(time: time, events: bars + days, headlines: headlines, controls: controls)
    }

    /// A moment's record goes controls, headlines, bars, days; whatever falls back begins another moment.
    private func isSameMoment(_ kind: DecisionRecord.Kind, _ bars: [MarketEvent], _ days: [MarketEvent]) -> Bool {
        switch kind {
        case .control, .headlines, .slice: bars.isEmpty && days.isEmpty
        default: true
        }
    }

    private mutating func skipOutputs() {
        while let kind = ahead?.kind, !kind.isInput {
            if kind == .summary { hasSummary = true }
            advance()
        }
    }

    private func slice(_ record: DecisionRecord) throws -> [MarketEvent] {
        let slice = try coder.decode(SliceRecord.self, from: record.body)
        return try slice.bars.map { .bar(try id($0.symbol), $0.bar(endingAt: slice.end)) }
    }

    private func id(_ symbol: Symbol) throws -> InstrumentID {
        guard let id = universe.id(of: symbol) else {
            throw Malformed(description: "\(symbol) is not among the run's instruments")
        }
        return id
    }

    private mutating func advance() {
        lastTime = ahead?.time ?? lastTime
        ahead = records.next()
    }
}

extension DecisionRecord.Kind {
    /// True for what a run was given; everything else it derived.
    public var isInput: Bool {
        switch self {
        case .run, .history, .headlines, .slice, .day, .control: true
        case .node, .decision, .report, .charge, .summary: false
        }
    }
}
