import DeskCommands
import WorkflowModel

/// One client's conversation: takes messages in, tells what to send and what work to do.
///
/// A value without clock and without waiting: who asks, and how far they may go, is fixed when it is made and nothing
/// that arrives can change it.
struct MCPSession: Sendable {
    /// How far the greeting is.
    enum Phase: Sendable, Hashable {
        /// Nothing but `initialize` and `ping` is answered.
        case new
        /// Everything is answered, in this version.
        case open(ProtocolVersion)
    }

    /// What is known of a request under way.
    struct Running: Sendable, Hashable {
        let number: UInt64
        let progressToken: Value?
        var progress = -1.0
    }

    /// The most requests under way at one time.
    static let mostRunning = 64

    /// The session's name, which nobody can guess.
    let id: String
    /// Who asks, and how far they may go.
    let caller: Caller
    /// What they may use.
    let tools: ToolBox
    /// The product's version, as clients are told.
    let serverVersion: String
    var phase = Phase.new
    var running: [RequestID: Running] = [:]
    var logLevel = LogLevel.warning
    private var lastNumber: UInt64 = 0

    /// A conversation that has not begun.
    init(id: String, caller: Caller, tools: ToolBox, serverVersion: String) {
        self.id = id
        self.caller = caller
        self.tools = tools
        self.serverVersion = serverVersion
    }

    /// How many requests are under way.
    var countOfRunning: Int { running.count }

    /// Takes a message in, in whatever state it is.
    mutating func receive(_ bytes: [UInt8]) -> [SessionAction] {
        switch RPCMessage.read(bytes) {
        case .failure(let fault): [.send(.init(RPCReply.error(fault.error, to: fault.id), answering: fault.id))]
        case .success(.response): []
        case .success(.notification(let method, let params)): notified(method, params)
        case .success(.request(let id, let method, let params)): asked(id, method, params)
        }
    }

    /// Takes in what work came to; nothing is sent where the client took the request back.
    mutating func finish(_ ticket: Ticket, with outcome: JobOutcome) -> [SessionAction] {
        let id = ticket.id
        guard running[id]?.number == ticket.number else { return [] }
        running[id] = nil
        let notes = outcome.notes.flatMap { note(about: id, $0) }
        let answer =
            switch outcome.result {
            case .success(let result): RPCReply.result(result, to: id)
            case .failure(let error): RPCReply.error(error, to: id)
            }
        return notes + [.send(.init(answer, answering: id))]
    }

    /// Tells the client how far a request is; nothing where it did not ask, or where nothing moved on.
    mutating func progressed(_ ticket: Ticket, to progress: JobProgress) -> [SessionAction] {
        guard let request = running[ticket.id], request.number == ticket.number, let token = request.progressToken,
            progress.done > request.progress
        else { return [] }
        running[ticket.id]?.progress = progress.done
        let params: Value = [
            "progressToken": token, "progress": .number(progress.done), "total": 1, "message": .text(progress.message),
        ]
        return [.send(.init(RPCReply.notification("notifications/progress", params), about: ticket.id))]
    }

    /// A record for the client's log, where it wants records of that level.
    private func note(about id: RequestID?, _ note: LogNote) -> [SessionAction] {
        guard note.level >= logLevel else { return [] }
        let params: Value = [
            "level": .text(note.level.rawValue), "logger": "bellwether", "data": ["message": .text(note.message)],
        ]
        return [.send(.init(RPCReply.notification("notifications/message", params), about: id))]
    }

    // MARK: - Notifications

    private mutating func notified(_ method: String, _ params: [String: Value]) -> [SessionAction] {
        guard method == "notifications/cancelled", let id = RequestID(params["requestId"]),
            let request = running.removeValue(forKey: id)
        else { return [] }
        return [.cancel(Ticket(id: id, number: request.number))]
    }

    // MARK: - Requests

    private mutating func asked(
        _ id: RequestID, _ method: String, _ params: [String: Value]
    ) -> [SessionAction] {
        do throws(RPCError) {
            guard running[id] == nil else {
                throw .invalidRequest("a request with this id is under way; every request needs an id of its own")
            }
            switch try answer(method, params, id) {
            case .now(let result): return [.send(.init(RPCReply.result(result, to: id), answering: id))]
            case .later(let job):
                guard running.count < MCPSession.mostRunning else {
                    throw RPCError(.failed, "\(MCPSession.mostRunning) requests are under way; wait for one to end")
                }
                let token = try MCPSession.progressToken(params)
                lastNumber += 1
                running[id] = Running(number: lastNumber, progressToken: token)
                return [.start(Ticket(id: id, number: lastNumber), job)]
            }
        } catch {
            return [.send(.init(RPCReply.error(error, to: id), answering: id))]
        }
    }

    private static func progressToken(_ params: [String: Value]) throws(RPCError) -> Value? {
        guard let token = params["_meta"]?["progressToken"], token != .null else { return nil }
        guard let id = RequestID(token) else {
            throw .invalidParams("'_meta.progressToken' must be text or a whole number")
        }
        return id.json
    }
}
