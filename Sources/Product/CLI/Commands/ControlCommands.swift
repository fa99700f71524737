import Configuration
import Determinism
import Foundation
import Storage
import TradingStore

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
            try ask(kind, call)
        }
    }

    private static func ask(_ kind: ControlKind, _ call: Invocation) throws -> ExitCode {
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        let folder = try RunFolder.find(try call.arguments[run], home: home.path)
        let store = try DeskStore(ofHome: folder.path, access: .readWrite)
        let who = call.environment["USER"] ?? call.environment["LOGNAME"] ?? "unknown"
        let request = try store.request(kind, reason: try call.arguments[reason], at: SystemTime().now, by: who)
        let isOpen = try store.openRun() != nil
        let note = isOpen ? "the desk obeys at its next event" : "this run has ended; nothing will obey"
        try call.console.isJSON
            ? call.console.print([
                "type": "control", "request": .integer(Int(request.id)), "kind": .text(kind.rawValue),
                "run": .text(folder.run), "open": .bool(isOpen),
            ])
            : call.console.print("\(kind.rawValue) asked of \(folder.run) as request \(request.id); \(note)")
        return .done
    }
}
