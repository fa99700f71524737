import Configuration
import DeskCommands
import Determinism
import TradingDesk
import Triggers
import WorkflowEngine
import WorkflowModel
import WorkflowStore

extension WorkflowCommand {
    private static let subject = Argument.optionalPositional(
        "subject", .text("RUN|NAME"), "A run, or a kept workflow; else the engine as a whole")

    static let status = Command(
        "status", "How the engine, a workflow with its triggers, or a run stands", takes: [subject.parameter],
        examples: [
            .init("bellwether workflow status", "The engine and its open runs"),
            .init("bellwether workflow status event-driven-trader", "Why triggers fired or did not"),
            .init("bellwether workflow status trading-saga-1", "Every task of a run"),
        ]
    ) { call in
        let home = try WorkflowHome(call, .look)
        guard let name = try call.arguments[subject] else { return try system(home, call.console) }
        if let run = try home.journal.summary(of: RunID(name)) { return try status(of: run, home, call.console) }
        do {
            return try status(of: home.library.definition(name), home, call.console)
        } catch let error as LibraryError where error.code == .unknown {
            throw CommandFailure(
                "there is neither a run nor a workflow '\(name)'; see 'bellwether workflow list'", code: "not_found")
        }
    }

    private static func system(_ home: WorkflowHome, _ console: Console) throws -> ExitCode {
        let report = try SystemReport(
            home.journal, home.library, isRunning: home.holder != nil, at: home.time.now)
        let open = try home.journal.openRuns()
        guard !console.isJSON else {
            var value = report.value.fields ?? [:]
            value["open_runs"] = .list(open.map { .text($0.run.text) })
            try console.print(JSONValue(.object(value), type: "status"))
            return .done
        }
        try console.print(WorkflowStatusPage.system(report, open, holder: home.holder, console, home.time.now))
        return .done
    }

    private static func status(
        of run: RunSummary, _ home: WorkflowHome, _ console: Console
    ) throws -> ExitCode {
        let report = try home.report(run)
        guard !console.isJSON else {
            let history = try home.journal.history(of: run.run)
            try console.print(JSONValue(RunAnswer.value(report, history, isServed: home.holder != nil), type: "run"))
            return .done
        }
        let board = WorkflowBoard(machine: report.machine, now: home.time.now)
        try console.print(board.lines(width: console.profile.width, height: .max, console.style))
        try console.print(WorkflowSummaryPage.lines(report, console.style))
        if run.outcome == nil, home.holder == nil {
            console.note("nobody serves this home; 'bellwether workflow serve' goes on with the run")
        }
        return .done
    }

    private static func status(
        of stored: StoredDefinition, _ home: WorkflowHome, _ console: Console
    ) throws -> ExitCode {
        let plan = try home.library.plan(stored)
        let open = try home.journal.openRuns().filter { $0.header.workflow == stored.name }
        let triggers = try TriggerRoster.stored(plan, home.journal, at: home.time.now).status
        guard !console.isJSON else {
            let versions = try home.library.versions(of: stored.name).map { JSONValue.integer($0.version) }
            let more: [String: JSONValue] = [
                "versions": .list(versions), "triggers": .list(triggers.map { JSONValue(TriggerAnswer.value($0)) }),
                "executions": .list(open.map { .text($0.run.text) }),
            ]
            try console.print(WorkflowLine.object(stored, plan, openRuns: open.count, more: more))
            return .done
        }
        try console.print(WorkflowStatusPage.workflow(stored, plan, open, console))
        try console.print(WorkflowStatusPage.triggers(triggers, console))
        if !triggers.isEmpty, home.holder == nil {
            console.note("nobody serves this home, so no trigger fires; start 'bellwether workflow serve'")
        }
        return .done
    }
}
