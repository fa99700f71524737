public import Determinism

/// What a command is done with.
public struct CommandContext: Sendable {
    /// Who asks.
    public let caller: Caller
    /// When the call came in.
    public let time: Timestamp
    /// The same for a call that is repeated with its key, and for no other: names of runs and requests come from it.
    public let callID: String
    /// The trace that the call belongs to, 32 hexadecimal digits.
    public let trace: String
    /// Everything there is to work with.
    public let services: DeskServices
    /// What answers calls that wait for a person; nil where none can wait.
    public let confirming: (any Confirming)?

    /// A context.
    public init(
        caller: Caller, time: Timestamp, callID: String, trace: String, services: DeskServices,
        confirming: (any Confirming)? = nil
    ) {
        self.caller = caller
        self.time = time
        self.callID = callID
        self.trace = trace
        self.services = services
        self.confirming = confirming
    }
}
