import Access
import DeskCommands
import Determinism
import Foundation
import Telemetry
import WorkflowModel

/// Asks for commands as the person at this terminal: of the running desk where one serves the home, else of what is
/// stored there.
struct DeskCalls {
    /// Whoever performs them.
    let performer: any CommandPerforming
    /// Who asks.
    let caller: Caller
    /// The process that serves; nil where what is stored is asked.
    let desk: LocalToken?

    /// The commands of the desk that serves the home; nil where none does, or none that a plain socket reaches.
    init?(served call: Invocation) throws {
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        guard let desk = try LocalToken.find(home: home.path), let remote = RemoteCommands(desk) else { return nil }
        (performer, self.desk) = (remote, desk)
        caller = DeskCalls.caller(call)
    }

    /// The commands of the desk that serves the home, else of what is stored there: of the newest run, or of `run`.
    init(_ call: Invocation, run: String? = nil, time: any TimeSource = SystemTime()) throws {
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        let earlier = try run.flatMap { try DeskCalls.earlier($0, home) }
        if earlier == nil, let served = try DeskCalls(served: call) {
            self = served
            return
        }
        (caller, desk) = (DeskCalls.caller(call), nil)
        let store = try DeskCalls.store(home, time: time)
        let services = try DeskHomeServices.make(call, run: earlier, access: store, time: time)
        performer = CommandService(
            services, ledger: RedactingLedger(ledger: store.ledger, redactor: Redactor()))
    }

    /// A run's name; nil where it is the newest of the home, throws where there is none of that name.
    private static func earlier(_ run: String, _ home: HomeFolder) throws -> String? {
        let folder = try RunFolder.find(run, home: home.path)
        return try RunFolder.newest(home: home.path)?.run == folder.run ? nil : folder.run
    }

    private static func caller(_ call: Invocation) -> Caller { Caller(person(call), .admin, through: .terminal) }

    /// Who sits at the terminal, by the system's name.
    static func person(_ call: Invocation) -> String {
        call.environment["USER"] ?? call.environment["LOGNAME"] ?? NSUserName()
    }

    /// The file of a home that says who may call; made where it is missing.
    static func store(_ home: HomeFolder, time: any TimeSource = SystemTime()) throws -> AccessStore {
        try PrivateFolder.make(home.path)
        return try AccessStore(home: home.path, time: time)
    }

    /// Asks for a command; a write without a key gets one of its own.
    func ask(
        _ command: String, _ arguments: [String: Value] = [:], key: String? = nil
    ) async throws(CommandFailure) -> CommandAnswer {
        do throws(CommandProblem) {
            return try await performer.perform(
                CommandCall(command, arguments, by: caller, idempotencyKey: key ?? RandomBytes.hexadecimal(16)))
        } catch {
            throw CommandFailure(error.message, code: error.code.rawValue)
        }
    }
}
