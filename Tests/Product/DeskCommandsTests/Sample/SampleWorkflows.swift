import Determinism
import TaskQueues
import TradingDesk
import WorkflowEngine
import WorkflowModel

@testable import DeskCommands

/// Workflows in memory: a run that completed, one that failed, one that waits for a person, and a dead letter.
struct SampleWorkflows {
    static let time = Timestamp(nanoseconds: 1_800_000_000_000_000_000)
    static let chain = """
        name: chain
        description: two steps
        steps:
          - {name: first, type: look, agent: scout, params: {threshold: 0.5}}
          - {name: second, type: act, agent: trader}
        triggers:
          - {type: schedule, cron: "0 9 * * 1-5", timezone: America/New_York}
          - {type: price_change, symbol: AAPL, threshold: 0.02}

        """
    static let asking = """
        name: asking
        steps:
          - {name: look, type: look}
          - {name: confirm, type: approval, timeout: 86400, params: {prompt: "Buy it?"}}

        """

    let journal = InMemoryJournal()
    let library: DefinitionLibrary
    var queues: InMemoryTaskQueue { journal.queue }

    init() throws {
        library = try DefinitionLibrary(journal, options: WorkflowOptions.reading())
        let start = SampleWorkflows.time - .seconds(3600)
        _ = try library.create(SampleWorkflows.chain, file: "chain.yaml", note: "for tests", at: start)
        _ = try library.create(SampleWorkflows.asking, file: "asking.yaml", at: start)
        try run("chain", as: "chain-good", after: 0)
        try run("chain", as: "chain-bad", after: 60, failing: "second")
        try run("asking", as: "asking-open", after: 120)
        try addQueues()
    }

    /// Runs a workflow as far as it goes by itself.
    func run(_ workflow: String, as name: String, after seconds: Int, failing: String? = nil) throws {
        let time = SampleWorkflows.time - .seconds(3600) + .seconds(seconds)
        var driver = SynchronousWorkflowDriver(plans: try library.newest().map(library.plan))
        let request = RunRequest(workflow, as: RunID(name), input: ["n": 1], cause: "manual", isTest: true)
        let batch = try driver.start(request, at: time) { order, _ in
            if order.key.task == failing { throw TaskFailure(code: "no", "it does not work", mayRetry: false) }
            return ["done": .text(order.key.task)]
        }
        try journal.commit(batch)
    }

    private func addQueues() throws {
        let time = SampleWorkflows.time - .seconds(60)
        var settings = QueueSettings()
        settings.maxRetries = 0
        try queues.createQueue("trading-signals", settings, at: time)
        for number in 1...4 {
            let body = Array(#"{"n":\#(number)}"#.utf8)
            try queues.enqueue(
                [NewMessage(MessageID("m-\(number)"), kind: "trade_signal", body: body)],
                to: "trading-signals", at: time)
        }
        let leases = try queues.lease(from: "trading-signals", upTo: 1, holder: "test", at: time)
        for lease in leases {
            try queues.fail(lease.receipt, Failure(MessageError("boom", detail: "it broke")), at: time)
        }
    }

    /// What commands work with; `holder` is the process that serves, where one does.
    func services(holder: Int32? = nil, host: WorkflowServices.Host? = nil) -> WorkflowServices {
        var services = WorkflowServices(
            journal: journal, queues: queues, library: library, box: RequestBox(queues, journal),
            steps: .withoutDesk, holder: { holder })
        services.host = host
        services.events = { [journal] after, limit in try numbered(journal, after, limit) }
        services.lastEvent = { [journal] in Int64(try numbered(journal, 0, .max).count) }
        return services
    }
}

/// Events of all runs, one run after the other.
private func numbered(_ journal: InMemoryJournal, _ after: Int64, _ limit: Int) throws -> [NumberedEvent] {
    let runs = try (journal.finishedRuns(limit: 100) + journal.openRuns()).sorted { $0.started < $1.started }
    let all = try runs.flatMap { run in try journal.history(of: run.run).map { (run.run, $0) } }
    let events = all.enumerated().map { NumberedEvent(number: Int64($0 + 1), run: $1.0, event: $1.1) }
    return Array(events.filter { $0.number > after }.prefix(limit))
}
