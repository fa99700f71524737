import Analysis
import ScratchFolders
import TradingDesk
import TradingModel
import WorkflowEngine

/// The recommendation pipeline, seven nodes for 50 instruments with 252 bars, each day anew.
enum PipelineSuite {
    static func run() throws -> [Measurement] {
        let days = try SimulatedDays(instruments: 50, history: 252, days: 21)
        let memory = try moments(of: days, journal: InMemoryJournal(), log: MemoryLog())
        let processor = try moments(of: days, journal: InMemoryJournal(), log: MemoryLog(), timed: processorSeconds)
        let folder = try ScratchFolder()
        let log = try StoredLog(home: folder.path)
        let stored = try moments(of: days, journal: log.journal, log: log)
        return [
            Measurement("pipeline.50", "ms", of: memory), Measurement("pipeline.50.processor", "ms", of: processor),
            Measurement("pipeline.50.stored", "ms", of: stored),
        ] + (try nodes(days))
    }

    /// What a desk takes for a day's moment, from its bars and headlines to its orders, in milliseconds.
    private static func moments(
        of days: SimulatedDays, journal: any Journal, log: any DecisionLog,
        timed: (() throws -> Void) throws -> Double = seconds
    ) throws -> [Double] {
        var session = try DeskSession(plan: days.plan, journal: journal, log: log)
        try session.begin(history: days.history)
        let times = try days.moments.map { moment in try timed { _ = try session.handle(moment) } * 1000 }
        guard session.state.counts.runs == times.count else { throw Idle() }
        return Array(times.dropFirst())
    }

    /// The pipeline did not run at every moment, so that nothing was measured.
    struct Idle: Error, CustomStringConvertible {
        let description = "the pipeline did not run at every moment: the measurement needs days that call for it"
    }

    /// The seven analyses by themselves, without records, journal and orders.
    private static func nodes(_ days: SimulatedDays) throws -> [Measurement] {
        var session = try DeskSession(plan: days.plan, journal: InMemoryJournal(), log: MemoryLog())
        try session.begin(history: days.history)
        var found: [(name: String, times: [Double])] = []
        for moment in days.moments {
            _ = try session.handle(moment)
            let nodes = try PipelineNodeTimes(session.state, at: moment.time).all
            if found.isEmpty { found = nodes.map { ($0.name, []) } }
            for (index, node) in nodes.enumerated() { found[index].times.append(node.milliseconds) }
        }
        let sums = found[0].times.indices.map { round in found.reduce(0) { $0 + $1.times[round] } }
        return [Measurement("pipeline.50.nodes", "ms", of: sums)]
            + found.map { Measurement("pipeline.50.node.\($0.name)", "ms", of: $0.times) }
    }
}
