import Configuration

/// The values of one command line, each read and checked.
struct ParsedArguments: Sendable {
    /// The words that led to the command, the program's name first.
    let commandPath: [String]
    private let values: [String: [any Sendable]]
    private let origins: [String: Origin]

    init(commandPath: [String], values: [String: [any Sendable]], origins: [String: Origin]) {
        self.commandPath = commandPath
        self.values = values
        self.origins = origins
    }

    /// The value of an argument; throws only where the command did not declare it, which its definition's test finds.
    subscript<Value>(argument: Argument<Value>) -> Value {
        get throws(UsageError) {
            guard let given = values[argument.parameter.key], let value = argument.assemble(given) else {
                throw UsageError("\(argument.parameter.title) is not declared", command: commandPath)
            }
            return value
        }
    }

    /// What set an argument: the command line, a variable, or its default.
    func origin<Value>(_ argument: Argument<Value>) -> Origin {
        origins[argument.parameter.key] ?? .default
    }

    /// Whether the command line or a variable gave it.
    func isGiven<Value>(_ argument: Argument<Value>) -> Bool {
        origins[argument.parameter.key] != nil
    }
}

extension Parameter {
    /// What tells it from the other parameters of a command.
    var key: String {
        form == .positional ? "<\(name)>" : "--\(name)"
    }
}
