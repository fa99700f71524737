import Configuration
import Foundation

/// `bellwether workflow`: definitions, runs and what became of them.
enum WorkflowCommand {
    static let command = Command(
        group: "workflow", "Define, run, watch and replay durable workflows",
        discussion: """
            Everything is kept in workflows.sqlite in the home folder. A run survives the end of its process: whatever \
            serves the home next goes on with it. Types of work that this program does not do run in test mode only, \
            where they are SIMULATED.
            """,
        [
            create, validate, list, show, update, export, run, serve, status, cancel, approve, history, replay, fork,
            graph, stats, triggers,
        ])

    /// How messages name a person.
    static func person(_ call: Invocation) -> String {
        call.environment["USER"] ?? call.environment["LOGNAME"] ?? NSUserName()
    }

    static let runArgument = Argument.positional("run", .text("RUN"), "A run by its name")
    static let nameArgument = Argument.positional("workflow", .text("NAME"), "A kept workflow")
    static let version = Argument.option("version", .integer(1...Int.max), "Which version, else the newest")
}
