import Configuration
import DeskCommands
import Determinism
import Storage
import TradingDesk
import TradingStore
import Triggers
import WorkflowEngine
import WorkflowModel
import WorkflowStore

extension WorkflowCommand {
    private static let data = Argument.repeatedOption(
        "data", .path, "File or folder of bars, or an imported symbol; may be repeated")
    private static let news = Argument.repeatedOption("news", .path, "File of headlines, JSON as news services give it")
    private static let bars = Argument.option("bars", .barLength, "Which bars, where there are several lengths: 1m, 1d")
    private static let limit = Argument.option("limit", .integer(1...1_000_000), default: 1000, "Most firings to list")

    static let triggers = Command(
        group: "triggers", "Try triggers on history, look ahead, pause them", [backtest, next, pause, resume])

    private static let backtest = Command(
        "backtest", "Replay bars and headlines through a workflow's triggers and list every firing",
        takes: [
            WorkflowSource.argument.parameter, data.parameter, news.parameter, bars.parameter,
            DayRange.from.parameter, DayRange.to.parameter, limit.parameter,
        ],
        examples: [
            .init(
                "bellwether workflow triggers backtest event-driven-trader --data AAPL --from 2014 --to 2014-12-31",
                "An imported symbol")
        ]
    ) { call in
        let home = try WorkflowHome(call, .look)
        let plan = try WorkflowSource.plan(try call.arguments[WorkflowSource.argument], in: home)
        guard !plan.definition.triggers.isEmpty else {
            throw CommandFailure("'\(plan.name)' has no triggers", code: "no_triggers")
        }
        let moments = try TriggerHistory.moments(
            data: try call.arguments[data], news: try call.arguments[news], length: try call.arguments[bars],
            days: DayRange(call.arguments), home: home.folder.path)
        guard let first = moments.first, let last = moments.last else {
            throw CommandFailure("there is no history in that time; give --data or --news", code: "no_data")
        }
        let outcome = try TriggerBacktest.run(
            plan.definition.triggers, of: plan.name, from: first.time, through: last.time, observations: moments)
        try TriggerPage.show(outcome, limit: try call.arguments[limit], call.console)
        return .done
    }

    private static let cron = Argument.positional("cron", .text("CRON"), "Five fields: minute hour day month weekday")
    private static let zone = Argument.option("zone", .text, default: "UTC", "A time zone such as America/New_York")
    private static let count = Argument.option("count", .integer(1...10_000), default: 10, "How many times to show")
    private static let after = Argument.option("after", .timestamp, "Begin after this moment, else now")

    private static let next = Command(
        "next", "Say when a cron expression names a time next",
        takes: [cron.parameter, zone.parameter, count.parameter, after.parameter],
        examples: [
            .init(
                "bellwether workflow triggers next \"0 9 * * 1-5\" --zone America/New_York --count 5", "Weekdays at 9")
        ]
    ) { call in
        let expression = try CronExpression(try call.arguments[cron])
        let zone = try LocalZone(try call.arguments[zone])
        var moment = try call.arguments[after] ?? SystemTime().now
        for _ in 0..<(try call.arguments[count]) {
            guard let next = expression.next(after: moment, in: zone) else { break }
            try call.console.isJSON
                ? call.console.print(["type": "time", "time": .text("\(next)")]) : call.console.print("\(next)")
            moment = next
        }
        return .done
    }

    private static let trigger = Argument.option(
        "trigger", .text("NAME"), "Only this one, as 'workflow status' names it")

    private static let pause = Command(
        "pause", "Keep a workflow's triggers from firing", takes: [nameArgument.parameter, trigger.parameter],
        examples: [.init("bellwether workflow triggers pause event-driven-trader --trigger volatility", "One of them")]
    ) { call in try await set(true, call) }

    private static let resume = Command(
        "resume", "Let a workflow's triggers fire again", takes: [nameArgument.parameter, trigger.parameter],
        examples: [.init("bellwether workflow triggers resume event-driven-trader", "All of them")]
    ) { call in try await set(false, call) }

    private static func set(_ isPaused: Bool, _ call: Invocation) async throws -> ExitCode {
        let home = try WorkflowHome(call, .change)
        let plan = try home.library.plan(home.library.definition(try call.arguments[nameArgument]))
        let request = WorkflowRequest.triggers(
            of: plan.name, named: try call.arguments[trigger], paused: isPaused, by: person(call))
        if home.holder == nil, case .triggers(let pausing) = request {
            let lock = try FolderLock(folder: home.folder.path)
            defer { withExtendedLifetime(lock) {} }
            try TriggerRoster.pause(plan, pausing, in: home.journal, at: home.time.now)
        } else {
            call.interruption.watch()
            let end = try await ask(request, home, call)
            if case .refused(let why) = end { throw CommandFailure(why, code: "refused") }
            guard end == .reached else { return call.interruption.requested?.exitCode ?? .failed }
        }
        let status = try TriggerRoster.stored(plan, home.journal, at: home.time.now).status
        try call.console.isJSON
            ? call.console.print([
                "type": "triggers", "workflow_id": .text(plan.name),
                "triggers": .list(status.map { JSONValue(TriggerAnswer.value($0)) }),
            ])
            : call.console.print(WorkflowStatusPage.triggers(status, call.console))
        return .done
    }
}
