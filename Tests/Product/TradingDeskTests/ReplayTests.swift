import Determinism
import Foundation
import RiskControl
import Testing
import TradingModel

@testable import TradingDesk

/// Deriving a run again from its recorded inputs.
@Suite struct ReplayTests {
    private let records: [DecisionRecord]

    init() throws {
        let controls: [Int: [DeskControl]] = [
            6: [.halt(reason: "a test"), .resume], 9: [.flatten(reason: "a test")],
        ]
        records = try MemoryDesk(seed: 11).run(controls: controls).records
    }

    @Test func `every record is derived again`() throws {
        let report = try DecisionReplay.verify { records }
        #expect(report.difference == nil)
        #expect(report.same == records.count)
    }

    @Test func `a changed, a missing and an added output are found`() throws {
        let place = try #require(records.firstIndex { $0.kind == .node })
        var changed = records
        let body = records[place].body + Data(" ".utf8)
        changed[place] = DecisionRecord(kind: .node, time: records[place].time, body: body)
        #expect(try DecisionReplay.verify { changed }.difference?.place == place + 1)
        var shorter = records
        shorter.remove(at: place)
        #expect(try DecisionReplay.verify { shorter }.difference?.place == place + 1)
        let longer = records + [records[place]]
        #expect(try DecisionReplay.verify { longer }.difference?.place == records.count + 1)
    }

    @Test func `the inputs are the moments of the run`() throws {
        var inputs = RecordedInputs(records)
        let plan = try inputs.plan()
        #expect(try plan == MemoryDesk(seed: 11).plan)
        #expect(try inputs.history().count == plan.universe.count)
        var (bars, controls, times): (Int, Int, [Timestamp]) = (0, 0, [])
        while let moment = try inputs.nextMoment() {
            bars += moment.events.filter { if case .bar = $0 { true } else { false } }.count
            controls += moment.controls.count
            times.append(moment.time)
        }
        #expect(bars == 4 * 12)
        #expect(controls == 3)
        #expect(times == times.sorted())
        #expect(inputs.hasSummary)
    }

    @Test func `what begins with no plan is no run`() {
        #expect(throws: RecordedInputs<IndexingIterator<[DecisionRecord]>>.Malformed.self) {
            try DecisionReplay.verify { Array(records.dropFirst()) }
        }
    }

    @Test func `the nodes are the seven, in order`() throws {
        let first = try #require(records.first { $0.kind == .node })
        let nodes = records.filter { $0.kind == .node && $0.time == first.time }.compactMap { record in
            (try? JSONSerialization.jsonObject(with: record.body) as? [String: Any])?["node"] as? String
        }
        let names = [
            "sentiment_analysis", "technical_analysis", "pattern_recognition", "risk_assessment", "signal_generation",
            "portfolio_optimization", "execution_planning",
        ]
        #expect(nodes == names)
        #expect(PipelineNodes.Name.allCases.map(\.rawValue) == names)
    }
}
