import Configuration
import Determinism
import Storage
import Telemetry
import TradingDesk
import WorkflowEngine
import WorkflowModel
import WorkflowStore

extension WorkflowCommand {
    private static let input = Argument.option(
        "input", .text("JSON|@FILE"), "What the run is about, an object; @ and a file reads it from there")
    private static let testMode = Argument.flag(
        "test-mode", "Have no effect on a real venue; work that nobody does is SIMULATED")
    private static let detach = Argument.flag(
        "detach", "Leave the request and return; whatever serves the home runs it")
    private static let follow = Argument.flag("follow", "Show every event on a line, in place of the table of tasks")
    private static let name = Argument.option(
        "as", .text("RUN"), "The run's name; an open run of that name is gone on with")
    private static let concurrency = Argument.option(
        "concurrency", .integer(1...1000), default: 5, variable: "MAX_CONCURRENT_TASKS",
        "How many tasks may be under way at once")

    static let run = Command(
        "run", "Run a workflow to its end and show how it goes",
        discussion: """
            Where another process serves the home, that one does the work and this one watches. Ctrl-C leaves the run \
            open: 'workflow run NAME --as RUN' or 'workflow serve' goes on with it. The exit code is 0 only where the \
            run completed.
            """,
        takes: [
            WorkflowSource.argument.parameter, input.parameter, testMode.parameter, name.parameter,
            version.parameter, detach.parameter, follow.parameter, concurrency.parameter,
        ],
        examples: [
            .init("bellwether workflow run examples/workflows/trading-saga.yaml --test-mode", "A file, simulated"),
            .init("bellwether workflow run trading-saga --input '{\"symbols\":[\"AAPL\"]}' --json", "For a program"),
        ]
    ) { call in
        let home = try WorkflowHome(call, .change)
        let stored = try WorkflowSource.kept(
            try call.arguments[WorkflowSource.argument], version: try call.arguments[version], in: home)
        let request = try request(stored, home, call)
        try checkTypes(request, home.library.plan(stored), home)
        let earlier = try home.journal.summary(of: request.run)
        if let earlier { try check(earlier, stored) }
        if try call.arguments[detach] { return try leave(request, home, call) }
        call.interruption.watch()
        return try await drive(request, isNew: earlier == nil, home.library.plan(stored), home, call)
    }

    private static func request(
        _ stored: StoredDefinition, _ home: WorkflowHome, _ call: Invocation
    ) throws -> RunRequest {
        let value = try call.arguments[input].map(WorkflowSource.value) ?? .object([:])
        guard value.fields != nil else { throw UsageError("--input must be a JSON object, such as {\"symbols\":[]}") }
        let name = try call.arguments[name] ?? RunName.make(stored.name, at: home.time.now)
        let isTest = try call.arguments[testMode] || value["test_mode"]?.boolean == true
        var request = RunRequest(
            stored.name, as: RunID(name), input: value, cause: "manual, by \(person(call))", isTest: isTest)
        request.version = stored.version
        return request
    }

    /// A process that serves the home says itself what it cannot do: it may run a desk.
    private static func checkTypes(_ request: RunRequest, _ plan: WorkflowPlan, _ home: WorkflowHome) throws {
        let unknown = request.isTest || home.holder != nil ? [] : WorkflowHome.steps.unknownTypes(of: plan.definition)
        guard unknown.isEmpty else {
            throw CommandFailure(
                "'\(plan.name)' asks for work that needs a desk: \(unknown.joined(separator: ", ")); "
                    + "start the desk with 'bellwether run', or use --test-mode, where that is SIMULATED",
                code: "unknown_types")
        }
    }

    private static func check(_ earlier: RunSummary, _ stored: StoredDefinition) throws {
        guard earlier.outcome == nil else {
            throw CommandFailure(
                "the run '\(earlier.run)' has ended; 'workflow history \(earlier.run)' shows it, "
                    + "'workflow fork' does a part of it again", code: "run_exists")
        }
        guard earlier.header.workflow == stored.name else {
            throw CommandFailure(
                "the run '\(earlier.run)' follows '\(earlier.header.workflow)', not '\(stored.name)'",
                code: "run_exists")
        }
    }

    private static func leave(_ request: RunRequest, _ home: WorkflowHome, _ call: Invocation) throws -> ExitCode {
        let now = home.time.now
        _ = try home.box.send(.start(request), at: now)
        let isServed = home.holder != nil
        guard !call.console.isJSON else {
            try call.console.print([
                "type": "execution", "success": true, "status": "queued", "execution_id": .text(request.run.text),
                "workflow_id": .text(request.workflow), "workflow_name": .text(request.workflow),
                "requested_at": .text("\(now)"), "served": .bool(isServed),
            ])
            return .done
        }
        let who = isServed ? "the process that serves the home takes it" : "'bellwether workflow serve' will take it"
        try call.console.print("asked for \(request.run); \(who)")
        return .done
    }

    static func drive(
        _ request: RunRequest, isNew: Bool, _ plan: WorkflowPlan, _ home: WorkflowHome, _ call: Invocation
    ) async throws -> ExitCode {
        let wanted = isNew ? WorkflowRequest.start(request) : nil
        return try await drive(wanted, request.run, plan, home, call)
    }

    /// Leaves a request and shows its run to the end.
    static func drive(
        _ wanted: WorkflowRequest?, _ run: RunID, _ plan: WorkflowPlan, _ home: WorkflowHome, _ call: Invocation
    ) async throws -> ExitCode {
        // `fork` comes here too, and takes neither --follow nor --concurrency.
        let lines = (try? call.arguments[follow]) ?? false
        let watcher = watcher(run, plan, home, call.console, lines: lines)
        let watch = try WorkflowWatch(home, for: .end(of: run), watcher, call)
        if wanted == nil, let earlier = try home.journal.summary(of: run) { try watch.rewind(to: earlier.started) }
        let end: WorkflowWatch.End
        do {
            end = try await watch.wait(wanted, capacity: (try? call.arguments[concurrency]) ?? 5)
        } catch {
            // What went wrong first is what is told.
            try? watcher.close()
            throw error
        }
        try watcher.close()
        return try finish(end, run, home, call, showsTable: !lines && !call.console.profile.canRepaint)
    }

    private static func watcher(
        _ run: RunID, _ plan: WorkflowPlan, _ home: WorkflowHome, _ console: Console, lines: Bool
    ) -> any WorkflowWatcher {
        if console.isJSON { return JSONWatcher(runs: WatchedRuns(run: run), console: console) }
        guard console.profile.canRepaint, !lines else {
            return LineWatcher(runs: WatchedRuns(run: run), console: console)
        }
        return BoardWatcher(plan, run, console, time: home.time)
    }

    private static func finish(
        _ end: WorkflowWatch.End, _ run: RunID, _ home: WorkflowHome, _ call: Invocation, showsTable: Bool
    ) throws -> ExitCode {
        switch end {
        case .refused(let why): throw CommandFailure(why, code: "refused")
        case .interrupted:
            let who = home.holder.map { "process \($0)" } ?? "'bellwether workflow serve'"
            call.console.note("the run \(run) stays open; \(who) goes on with it")
            return call.interruption.requested?.exitCode ?? .failed
        case .reached, .orphaned:
            let report = try home.report(home.run(run.text))
            if call.console.isJSON {
                try call.console.print(JSONValue(report.value, type: "summary"))
            } else {
                try call.console.print(WorkflowSummaryPage.lines(report, call.console.style))
            }
            return report.outcome?.status == .completed ? .done : .failed
        }
    }

    private static let triggersTest = Argument.flag("test-mode", "Runs that triggers start have no effect on a venue")

    private static let desk = Argument.flag(
        "desk", "Run the trading day of every session by the clock, and what comes on trading-signals and risk-alerts")

    static let serve = Command(
        "serve", "Serve the home's workflows: open runs, requests and schedules, until Ctrl-C",
        discussion: """
            Goes on with every run that was left open, also by a process that was killed. Days on which the exchange is \
            closed are skipped. Dead letters are sent back, removed or reported as their rules say.
            """,
        takes: [triggersTest.parameter, desk.parameter, concurrency.parameter],
        examples: [
            .init("bellwether workflow serve --test-mode", "Schedules start simulated runs"),
            .init("bellwether workflow serve --test-mode --desk", "The trading day, by the clock on the wall"),
        ]
    ) { call in
        if try call.arguments[desk], try !call.arguments[triggersTest] {
            throw UsageError(
                "--desk has no market of its own yet: add --test-mode, or trade the day with 'bellwether run "
                    + "--strategy day'")
        }
        let home = try WorkflowHome(call, .change)
        let lock = try FolderLock(folder: home.folder.path)
        defer { withExtendedLifetime(lock) {} }
        call.interruption.watch()
        let console = call.console
        let runs = WatchedRuns(run: nil)
        let watcher: any WorkflowWatcher =
            console.isJSON ? JSONWatcher(runs: runs, console: console) : LineWatcher(runs: runs, console: console)
        let watch = try WorkflowWatch(home, for: .interruption, watcher, call)
        let open = try home.journal.openRuns().count
        if !console.isJSON {
            try console.print("serving \(home.folder.path): \(CountText.of(open, "open run")); Ctrl-C stops")
        }
        let host = WorkflowHost(
            home: home, capacity: try call.arguments[concurrency], queues: try call.arguments[desk] ? .served : .left,
            runsDays: try call.arguments[desk],
            triggersAreTests: try call.arguments[triggersTest])
        let loaded = try LoadedSettings.load(call)
        let telemetry = try DeskTelemetry(loaded.home, loaded.settings, secrets: [], time: home.time)
        let alerting = Alerting(loaded, telemetry, run: nil, isSimulated: nil, time: home.time)
        _ = try await host.serve { service in
            try await alerting.serve(service) { try await watch.look(isServing: true) }
        }
        await telemetry.router.flush()
        return .done
    }
}

/// Names for runs that nobody named.
enum RunName {
    /// The workflow's name and the moment: `trading-saga-20260102-143000-125`.
    static func make(_ workflow: String, at time: Timestamp) -> String {
        let words = workflow.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let date = "\(time.date)".replacing("-", with: "")
        let clock = WorkflowEventLine.clock(time).replacing(":", with: "").replacing(".", with: "-")
        return "\(String(words.prefix(40)))-\(date)-\(clock)"
    }
}
