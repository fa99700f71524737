import Configuration
import Determinism
import TradingDesk
import WorkflowEngine
import WorkflowModel
import WorkflowStore

/// `bellwether events`: what happens in all runs of a home.
enum EventsCommand {
    private static let run = Argument.option("run", .text("RUN"), "Only this run and those its steps start")
    private static let kinds = Argument.option(
        "kinds", .text("A,B"), "Only events of these names: \(EventRecord.names.joined(separator: ", "))")
    private static let since = Argument.option(
        "since", .text("TIME|AGE"), "Begin with what happened since: 2026-01-02T14:00:00Z, or 15m ago; else from now on"
    )
    private static let stop = Argument.flag("no-wait", "End with the newest event in place of waiting for more")

    static let command = Command(
        group: "events", "Follow what happens in workflows",
        [
            Command(
                "follow", "Show events of this home's runs as they are kept, whichever process makes them",
                takes: [run.parameter, kinds.parameter, since.parameter, stop.parameter],
                examples: [
                    .init("bellwether events follow --kinds task_failed,workflow_failed", "Only trouble"),
                    .init("bellwether events follow --since 1h --no-wait --json", "The last hour, for a program"),
                ], action: follow)
        ])

    private static func follow(_ call: Invocation) async throws -> ExitCode {
        let home = try WorkflowHome(call, .change)
        let name = try call.arguments[run].map { RunID($0) }
        let kinds = try call.arguments[kinds].map(names)
        let start = try call.arguments[since].map { try moment($0, home.time.now) }
        let runs = WatchedRuns(run: name)
        let inner: any WorkflowWatcher =
            call.console.isJSON
            ? JSONWatcher(runs: runs, kinds: kinds, console: call.console)
            : LineWatcher(runs: runs, kinds: kinds, console: call.console)
        let watch = try WorkflowWatch(
            home, for: .interruption, SinceWatcher(inner: inner, start: start), call)
        let begun = try name.flatMap { try home.journal.summary(of: $0)?.started }
        if let from = start ?? begun { try watch.rewind(to: from) }
        call.interruption.watch()
        if try call.arguments[stop] { try watch.showAll() } else { _ = try await watch.look(isServing: false) }
        return .done
    }

    private static func names(_ text: String) throws -> Set<String> {
        let names = text.split(separator: ",").map { $0.trimmingPrefix(" ").description }
        for name in names where !EventRecord.names.contains(name) {
            let hint = Spelling.nearest(to: name, among: EventRecord.names).map { ", did you mean '\($0)'?" }
            throw UsageError(
                "'\(name.escapingControls)' is no event\(hint ?? "; allowed: \(EventRecord.names.joined(separator: ", "))")"
            )
        }
        return Set(names)
    }

    private static func moment(_ text: String, _ now: Timestamp) throws -> Timestamp {
        if let age = Duration(text: text) { return now - age }
        guard let moment = Timestamp(text) else {
            throw UsageError(
                "'\(text.escapingControls)' is no time; allowed: 2026-01-02T14:00:00Z, or an age such as 15m")
        }
        return moment
    }
}

/// Leaves out what happened before a moment.
private struct SinceWatcher: WorkflowWatcher {
    let inner: any WorkflowWatcher
    let start: Timestamp?

    func show(_ event: RunEvent, of run: RunID) throws {
        if let start, event.time < start { return }
        try inner.show(event, of: run)
    }
}
