import WorkflowModel

/// What a session wants done.
enum SessionAction: Sendable {
    /// Send a message.
    case send(Outgoing)
    /// Do some work and come back with what it came to.
    case start(Ticket, Job)
    /// End some work early; nobody waits for it any more.
    case cancel(Ticket)
}

/// A request under way: an id may be used again once its request was taken back, a number may not.
struct Ticket: Sendable, Hashable {
    /// The client's name for it.
    let id: RequestID
    /// The session's number for it.
    let number: UInt64
}

/// A message of the server.
struct Outgoing: Sendable, Hashable {
    /// What it says.
    let message: Value
    /// The request it belongs to; nil where it belongs to none.
    let about: RequestID?
    /// Whether it answers that request, after which nothing follows about it.
    let isAnswer: Bool

    init(_ message: Value, about id: RequestID?) {
        self.message = message
        about = id
        isAnswer = false
    }

    init(_ message: Value, answering id: RequestID?) {
        self.message = message
        about = id
        isAnswer = true
    }

    /// The message as bytes without a line break.
    var bytes: [UInt8] {
        do throws(ValueError) {
            return try message.json()
        } catch {
            // Nothing here makes such a number; a result that holds one all the same becomes an honest failure.
            return Array(#"{"error":{"code":-32603,"message":"the answer holds a number that JSON cannot"},"#.utf8)
                + Array(#""id":\#(about?.written ?? "null"),"jsonrpc":"2.0"}"#.utf8)
        }
    }
}

/// How far work is.
struct JobProgress: Sendable, Hashable {
    /// The share that is done, 0 to 1.
    let done: Double
    /// In words.
    let message: String
}

/// What work came to.
struct JobOutcome: Sendable, Hashable {
    /// The answer's result, or the mistake.
    let result: Result<Value, RPCError>
    /// What the client's log is told.
    var notes: [LogNote] = []

    /// What it came to, with nothing for the log.
    init(_ result: Result<Value, RPCError>, notes: [LogNote] = []) {
        self.result = result
        self.notes = notes
    }
}

/// A record for the client's log.
struct LogNote: Sendable, Hashable {
    /// How grave it is.
    let level: LogLevel
    /// What happened.
    let message: String
}

/// How grave a record is, least first.
enum LogLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    case debug, info, notice, warning, error, critical, alert, emergency

    static func < (left: LogLevel, right: LogLevel) -> Bool { left.place < right.place }

    private var place: Int { LogLevel.allCases.firstIndex(of: self) ?? 0 }
}
