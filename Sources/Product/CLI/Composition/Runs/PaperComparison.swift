import Determinism
import Foundation
import TradingDesk

/// Runs bars as a backtest and compares every verdict and every report of it with a run on paper.
///
/// The backtest keeps nothing. The paper run is one that was stored, or is made now from the same bars: it then goes
/// through the feed, the store, the journal and the runner that `run --mode paper --replay` goes through, in a folder
/// that is removed afterwards.
struct PaperComparison {
    /// Orders and reports that both made.
    let same: Int
    /// The first difference: what the backtest made and what paper made; nil where there is none.
    let difference: (place: Int, backtest: String?, paper: String?)?
    /// The stored run that was compared with; nil where paper was run now.
    private(set) var run: PaperRecord?
    /// The settings in which a stored run differs.
    private(set) var settings: [PaperRecord.Setting] = []

    /// Runs both and compares what they made.
    init(_ options: RunOptions, _ market: RecordedMarket, isStopped: @escaping @Sendable () -> Bool) async throws {
        let plan = try options.plan(market)
        let backtest = try PaperComparison.backtest(plan, options, market)
        self.init(backtest: backtest, paper: try await PaperComparison.paper(plan, options, market, isStopped))
    }

    /// Runs the backtest and compares it with a stored run; nil where it was stopped.
    ///
    /// Orders are the same where only the desk's tag in their names differs: it stands for the plan as a whole.
    init?(
        _ options: RunOptions, _ market: RecordedMarket, with stored: PaperRecord, isStopped: () -> Bool
    ) throws {
        let plan = try options.plan(market)
        let log = TradeLineLog()
        var driver = try options.backtest(plan, market, log: log)
        while try driver.next() != nil { if isStopped() { return nil } }
        let coder = CanonicalCoder(plan.universe)
        let tag = try coder.decode(DeskPlan.self, from: stored.plan).tag
        let own = try plan.tag
        func known(_ lines: [TradeLine]) -> [TradeLine] {
            lines.filter { line in stored.cut.map { line.time < $0 } ?? true }
        }
        self.init(
            backtest: known(log.lines).map(\.text),
            paper: known(stored.lines).map { $0.renamed(from: tag, to: own).text })
        run = stored
        settings = try stored.settings(against: plan)
    }

    /// Compares two runs line by line.
    init(backtest: [String], paper: [String]) {
        same = zip(backtest, paper).prefix { $0 == $1 }.count
        let isEqual = same == backtest.count && same == paper.count
        difference = isEqual ? nil : (same + 1, backtest.dropFirst(same).first, paper.dropFirst(same).first)
    }

    private static func backtest(
        _ plan: DeskPlan, _ options: RunOptions, _ market: RecordedMarket
    ) throws -> [String] {
        var driver = try options.backtest(plan, market)
        let collector = OrderCollector(plan)
        while let events = try driver.next() { try collector.show(events, driver.session.state) }
        return collector.lines
    }

    private static func paper(
        _ plan: DeskPlan, _ options: RunOptions, _ market: RecordedMarket, _ isStopped: @escaping @Sendable () -> Bool
    ) async throws -> [String] {
        let home = NSTemporaryDirectory() + "bellwether-compare-\(ProcessInfo.processInfo.processIdentifier)"
        try PrivateFolder.make(home)
        defer { try? FileManager.default.removeItem(atPath: home) }
        let folder = RunFolder(home: home, run: try plan.runName)
        let stored = try StoredRun(folder, configuration: [], at: SystemTime().now)
        let feed = options.feed(market)
        var runner = try DeskRunner(
            plan, stored, feed: feed, history: options.history(feed, market, plan.warmUpBars), news: options.news,
            speed: nil, clock: SystemTime(), isStopped: isStopped)
        let collector = OrderCollector(plan)
        _ = try await runner.run(collector)
        return collector.lines
    }
}

/// Collects verdicts, orders and fills as the lines that programs read.
private final class OrderCollector: Display {
    private let writer: DeskLines
    private(set) var lines: [String] = []

    init(_ plan: DeskPlan) {
        writer = DeskLines(plan)
    }

    func begin(_ plan: DeskPlan, isResumed: Bool) throws {}

    func show(_ events: [DeskEvent], _ state: DeskState) throws {
        for event in events {
            switch event {
            case .verdict, .report, .charged:
                if let line = try writer.line(event) { lines.append(String(decoding: line, as: UTF8.self)) }
            default: break
            }
        }
    }

    func finish(_ summary: DeskSummary, isComplete: Bool) throws {}
}
