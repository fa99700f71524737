import DeskCommands
import WorkflowModel

/// What a client says over its WebSocket.
enum StreamMessage: Sendable, Hashable {
    /// Send events of these topics, from after a number on where one is given.
    case subscribe(StreamTopics, after: UInt64?, epoch: String?)
    /// Send them no more.
    case unsubscribe(StreamTopics)
    /// Send status, portfolio and signals once.
    case requestUpdate
    /// Do a command.
    case call(StreamCall)
    /// Say something.
    case ping

    /// A command that is called over the socket.
    struct StreamCall: Sendable, Hashable {
        let id: Value
        let command: String
        let arguments: [String: Value]
        let key: String?
    }

    /// Reads a message; throws what is wrong with it.
    init(_ text: String) throws(Problem) {
        let fields = try BodyReader.object(Array(text.utf8))
        guard let op = fields["op"]?.text else { throw StreamMessage.wrong("A message needs an 'op'.") }
        switch op {
        case "subscribe":
            self = .subscribe(
                try StreamMessage.topics(fields), after: try StreamMessage.after(fields), epoch: fields["epoch"]?.text)
        case "unsubscribe": self = .unsubscribe(try StreamMessage.topics(fields))
        case "request_update": self = .requestUpdate
        case "call": self = .call(try StreamMessage.call(fields))
        case "ping": self = .ping
        default:
            throw StreamMessage.wrong("The 'op' must be subscribe, unsubscribe, request_update, call or ping.")
        }
    }

    private static func wrong(_ detail: String) -> Problem { Problem(400, "invalid", detail) }

    private static func topics(_ fields: [String: Value]) throws(Problem) -> StreamTopics {
        guard let names = fields["topics"]?.list, !names.isEmpty, names.count <= 100 else {
            throw wrong("'topics' must be a list of topics.")
        }
        var topics: StreamTopics = []
        for name in names {
            guard let topic = name.text.flatMap(StreamTopic.init(rawValue:)) else {
                let known = StreamTopic.allCases.map(\.rawValue).joined(separator: ", ")
                throw wrong("'topics' may hold: \(known).")
            }
            topics.formUnion(StreamTopics([topic]))
        }
        return topics
    }

    private static func after(_ fields: [String: Value]) throws(Problem) -> UInt64? {
        guard let value = fields["after"], value != .null else { return nil }
        guard let number = value.integer, number >= 0 else { throw wrong("'after' must be a number from 0 on.") }
        return UInt64(number)
    }

    private static func call(_ fields: [String: Value]) throws(Problem) -> StreamCall {
        let id = fields["id"] ?? .null
        guard (id.text?.utf8.count ?? 0) > 0 && (id.text?.utf8.count ?? 0) <= 100 || id.integer != nil else {
            throw wrong("A call needs an 'id': a number, or a text of at most 100 bytes.")
        }
        guard let command = fields["command"]?.text else { throw wrong("A call needs a 'command'.") }
        let arguments = fields["arguments"] ?? [:]
        guard let given = arguments.fields else { throw wrong("'arguments' must be an object.") }
        return StreamCall(id: id, command: command, arguments: given, key: fields["idempotency_key"]?.text)
    }
}
