public import Determinism
public import WorkflowModel

/// A call that waits for a person to say yes; its arguments never change.
public struct PendingConfirmation: Sendable, Hashable {
    /// How it ended.
    public enum Settlement: String, Sendable, Hashable {
        /// A person said yes.
        case confirmed
        /// A person said no.
        case dismissed
    }

    /// Its name.
    public let id: String
    /// The command that was called.
    public let command: String
    /// With what.
    public let arguments: [String: Value]
    /// By whom.
    public let caller: Caller
    /// Why a person is asked.
    public let reason: String
    /// When it was called.
    public let created: Timestamp
    /// From when on it can no longer be confirmed.
    public let expires: Timestamp
    /// The name under which it is done.
    public let callID: String
    /// The key of the call, whose kept answer follows; nil where it has none.
    public let key: CallKey?
    /// How it ended; nil while it waits or where nobody answered in time.
    public var settlement: Settlement?

    /// A call that waits.
    public init(
        id: String, command: String, arguments: [String: Value], caller: Caller, reason: String, created: Timestamp,
        expires: Timestamp, callID: String, key: CallKey?, settlement: Settlement? = nil
    ) {
        self.id = id
        self.command = command
        self.arguments = arguments
        self.caller = caller
        self.reason = reason
        self.created = created
        self.expires = expires
        self.callID = callID
        self.key = key
        self.settlement = settlement
    }

    /// How long a person may take.
    public static let patience = Duration.seconds(600)

    /// Exactly what will be done: the command and its arguments in canonical JSON.
    public var what: String {
        let given = (try? Value.object(arguments).json()).map { String(decoding: $0, as: UTF8.self) }
        return "\(command) \(given ?? "with arguments that cannot be shown")"
    }

    /// What the caller is told.
    public var asAnswer: Value {
        [
            "confirmation": [
                "id": .text(id), "what": .text(what), "why": .text(reason), "expires_at": .text("\(expires)"),
                "how": .text("A person runs 'bellwether confirm \(id)' in a terminal, or confirms on the dashboard"),
            ]
        ]
    }
}
