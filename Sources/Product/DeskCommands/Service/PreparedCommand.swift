import WorkflowModel

/// A command with what its arguments are checked against, made once.
struct PreparedCommand: Sendable {
    let command: DeskCommand
    private let shape: ValueSchema
    private let optional: [String]

    init(_ command: DeskCommand) {
        self.command = command
        shape = .object(command.fields.map { .init($0.name, $0.schema, $0.about, isRequired: $0.isRequired) })
        // Where null is a value of its own, it is not the same as nothing.
        optional = command.fields.filter { !$0.isRequired && !$0.schema.faults(in: .null).isEmpty }.map(\.name)
    }

    /// Whether the caller may call it at all; a problem of kind `.forbidden` where not.
    func check(_ caller: Caller, isLive: Bool) throws(CommandProblem) {
        guard caller.role.allows(command.permission) else {
            throw CommandProblem(
                .forbidden,
                "'\(command.name)' needs a role that may \(command.permission.name); \(caller.role.rawValue) may not")
        }
        guard let tier = caller.tier else { return }
        guard tier.allows(command.permission, isLive: isLive) else {
            throw CommandProblem(
                .forbidden, "'\(command.name)' is beyond the tier '\(tier.rawValue)', which only a person can change")
        }
        // What is no tool for a model is none through another face either.
        guard command.tool != nil || (command.isQuery && command.permission == .read) else {
            throw CommandProblem(.forbidden, "'\(command.name)' is for people, not for programs that a model steers")
        }
    }

    /// The arguments, checked; null stands for a field that was left out.
    func arguments(_ given: [String: Value]) throws(CommandProblem) -> [String: Value] {
        var arguments = given
        for name in optional where arguments[name] == .null { arguments[name] = nil }
        let faults = shape.faults(in: .object(arguments))
        guard faults.isEmpty else { throw .invalid(faults) }
        return arguments
    }
}
