import Access
import Configuration
import DeskCommands
import Determinism
import Foundation
import Storage
import Telemetry
import TradingStore
import WorkflowModel

/// `bellwether halt|resume|reduce-only|flatten`: a person's word to the running desk.
enum ControlCommands {
    private static let run = Argument.option("run", .text("NAME"), "Which run, else the newest of the home")
    private static let reason = Argument.option(
        "reason", .text("TEXT"), default: "asked for by hand", "Why, for the record")

    static let all: [Command] = [
        command(.halt, "halt", "Take no entries any more; open ones are taken back, exits stay"),
        command(.resume, "resume", "Take entries again; ends every halt"),
        command(.reduceOnly, "reduce-only", "Take only orders that bring positions nearer to zero"),
        command(.flatten, "flatten", "Halt, and close every position at the market"),
    ]

    private static func command(_ kind: ControlKind, _ name: String, _ summary: String) -> Command {
        Command(
            name, summary,
            discussion: """
                The request is kept on disk and obeyed once, at the desk's next event, also by a desk that is started \
                later. It becomes part of the record.
                """,
            takes: [run.parameter, reason.parameter],
            examples: [.init("bellwether \(name) --reason \"news at noon\"", summary)]
        ) { call in
            try await ask(kind, call)
        }
    }

    /// Asks the running desk where one serves the home, else leaves the request in the run's store.
    private static func ask(_ kind: ControlKind, _ call: Invocation) async throws -> ExitCode {
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        let folder = try RunFolder.find(try call.arguments[run], home: home.path)
        let asked: Asked
        if !call.arguments.isGiven(run), let served = try await askServed(kind, call) {
            asked = served
        } else {
            asked = try askStored(kind, folder, call)
        }
        let note = asked.isHeard ? "the desk obeys at its next event" : "this run has ended; nothing will obey"
        try call.console.isJSON
            ? call.console.print([
                "type": "control", "request": .integer(Int(asked.request)), "kind": .text(kind.rawValue),
                "run": .text(folder.run), "open": .bool(asked.isHeard),
            ])
            : call.console.print("\(kind.rawValue) asked of \(folder.run) as request \(asked.request); \(note)")
        return .done
    }

    private struct Asked {
        let request: Int64
        let isHeard: Bool
    }

    /// What the desk that serves the home answered; nil where none serves it.
    private static func askServed(_ kind: ControlKind, _ call: Invocation) async throws -> Asked? {
        guard let calls = try DeskCalls(served: call) else { return nil }
        let command = "desk.\(kind.rawValue.replacing("-", with: "_"))"
        let answer = try await calls.ask(command, ["reason": .text(try call.arguments[reason])]).value["request"]
        guard let request = answer?["id"]?.integer, let isHeard = answer?["heard"]?.boolean else {
            throw CommandFailure("the desk took the request and its answer cannot be read; see 'bellwether status'")
        }
        return Asked(request: request, isHeard: isHeard)
    }

    private static func askStored(_ kind: ControlKind, _ folder: RunFolder, _ call: Invocation) throws -> Asked {
        let store = try DeskStore(ofHome: folder.path, access: .readWrite)
        let now = SystemTime().now
        let who = DeskCalls.person(call)
        let why = try call.arguments[reason]
        let request = try store.request(kind, reason: why, at: now, by: who)
        let entry = AccessEntry(
            "desk.\(kind.rawValue.replacing("-", with: "_"))", ["reason": .text(why), "run": .text(folder.run)],
            by: Caller(who, .admin, through: .terminal), .done, at: now, trace: "")
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        try RedactingLedger(ledger: DeskCalls.store(home).ledger, redactor: Redactor())
            .record(entry, answer: nil, for: nil)
        return Asked(request: request.id, isHeard: try store.openRun() != nil)
    }
}
