public import WorkflowModel

/// A command that somebody asks for.
public struct CommandCall: Sendable, Hashable {
    /// The command's name.
    public let command: String
    /// The fields, by name.
    public let arguments: [String: Value]
    /// Who asks.
    public let caller: Caller
    /// What makes a repeated call the same call; nil where a repetition is another one.
    public let idempotencyKey: String?
    /// The trace that the call belongs to, 32 hexadecimal digits; nil where there is none.
    public let trace: String?

    /// A call.
    public init(
        _ command: String, _ arguments: [String: Value] = [:], by caller: Caller, idempotencyKey: String? = nil,
        trace: String? = nil
    ) {
        self.command = command
        self.arguments = arguments
        self.caller = caller
        self.idempotencyKey = idempotencyKey
        self.trace = trace
    }
}

/// What a call came to.
public struct CommandAnswer: Sendable, Hashable {
    /// The answer.
    public let value: Value
    /// Whether it was given before, to the same call.
    public let isRepeated: Bool
    /// Whether nothing was done yet, and a person is asked first; the answer says for what.
    public let isWaiting: Bool

    /// An answer.
    public init(_ value: Value, isRepeated: Bool = false, isWaiting: Bool = false) {
        self.value = value
        self.isRepeated = isRepeated
        self.isWaiting = isWaiting
    }
}

/// The checked arguments of a call.
public struct CommandArguments: Sendable, Hashable {
    /// The fields that were given, by name.
    public let values: [String: Value]

    /// Arguments that were checked against the fields of their command.
    public init(_ values: [String: Value]) {
        self.values = values
    }

    /// A field's value, or its standard.
    ///
    /// Throws where a value cannot be read as what the field is, which a check against the field would have told.
    public subscript<Wanted>(field: Field<Wanted>) -> Wanted {
        get throws(CommandProblem) {
            guard let value = field.read(values[field.description.name]) else {
                throw CommandProblem.invalid([FieldFault(field.description.name, "cannot be read")])
            }
            return value
        }
    }

    /// Whether a field was given.
    public func isGiven<Wanted>(_ field: Field<Wanted>) -> Bool { values[field.description.name] != nil }
}
