import Configuration
import DeskCommands
import Determinism
import TradingDesk
import WorkflowEngine
import WorkflowModel
import WorkflowStore

extension WorkflowCommand {
    private static let target = Argument.option(
        "export", .path, "Write the definition and every event to a file, for 'workflow replay'")

    static let history = Command(
        "history", "Show everything that happened in a run", takes: [runArgument.parameter, target.parameter],
        examples: [
            .init("bellwether workflow history trading-saga-1", "A line for each event"),
            .init("bellwether workflow history trading-saga-1 --export saga.json", "To be replayed"),
        ]
    ) { call in
        let home = try WorkflowHome(call, .look)
        let run = try home.run(try call.arguments[runArgument])
        let events = try home.journal.history(of: run.run)
        if let path = try call.arguments[target] { return try export(run, events, path, home, call.console) }
        guard !call.console.isJSON else {
            try call.console.print(JSONValue(HistoryAnswer.value(run, events), type: "history"))
            return .done
        }
        try call.console.print(timeline(run, events, call.console))
        return .done
    }

    private static func timeline(_ run: RunSummary, _ events: [RunEvent], _ console: Console) -> [String] {
        let title = "\(run.run)  \(run.header.workflow) version \(run.header.version)  \(run.started.date)"
        var lines = [console.style(title.escapingControls, .bold)]
        for event in events {
            let since = "+\(NumberText.decimal((event.time - run.started).asSeconds, decimals: 3))s"
            let room = console.profile.width - 11
            let gap = String(repeating: " ", count: max(0, 10 - since.count))
            lines.append(
                gap + since + " " + WorkflowEventLine.text(event, run: nil, console.style, width: room))
        }
        return lines
    }

    private static func export(
        _ run: RunSummary, _ events: [RunEvent], _ path: String, _ home: WorkflowHome, _ console: Console
    ) throws -> ExitCode {
        let file = try HistoryFile(run.run, home.plan(of: run).stored, events)
        try OutputFile.write(try file.bytes(), to: path)
        try console.isJSON
            ? console.print(["type": "exported", "file": .text(path), "events": .integer(events.count)])
            : console.print("\(events.count) events of \(run.run) written to \(path)")
        return .done
    }

    private static let file = Argument.positional("file", .path, "A file that 'workflow history --export' wrote")

    static let replay = Command(
        "replay", "Run a recorded history against today's program and name the first difference",
        takes: [file.parameter],
        examples: [.init("bellwether workflow replay saga.json", "Before a release")]
    ) { call in
        let path = try call.arguments[file]
        let bytes = try WorkflowSource.bytes(of: path, limit: 1 << 28)
        let recorded = try HistoryFile(bytes, name: path)
        do {
            let report = try recorded.replay(WorkflowOptions.reading())
            try call.console.isJSON
                ? call.console.print([
                    "type": "replayed", "execution_id": .text(recorded.run.text),
                    "events": .integer(recorded.events.count), "status": .text(report.status),
                ])
                : call.console.print(
                    "\(recorded.events.count) events of \(recorded.run) follow again, to '\(report.status)'")
            return .done
        } catch let divergence as ReplayDivergence {
            throw CommandFailure("\(path): \(words(of: divergence))".escapingControls, code: "diverged")
        }
    }

    private static func words(of divergence: ReplayDivergence) -> String {
        func told(_ event: RunEvent) -> String {
            "\(EventRecord.name(of: event.fact)) \(WorkflowEventLine.detail(event.fact))"
        }
        let was = divergence.recorded.map(told) ?? "nothing more"
        let now = divergence.expected.map(told) ?? divergence.because.map(\.message) ?? "nothing"
        return "event \(divergence.number) differs: recorded is '\(was)', today follows '\(now)'"
    }
}
