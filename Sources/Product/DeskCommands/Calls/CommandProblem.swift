/// Why a call was not done; nothing has changed.
public struct CommandProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Arguments are wrong.
        case invalid
        /// Nobody knows who asks.
        case unauthenticated
        /// The caller may not do this.
        case forbidden
        /// There is no such thing.
        case notFound = "not_found"
        /// What is there does not allow it, now or with this key.
        case conflict
        /// Too many calls.
        case rateLimited = "rate_limited"
        /// The desk cannot do it now, for instance because none runs.
        case unavailable
        /// Something broke that the caller is not to blame for.
        case failed
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong and what to do.
    public let message: String
    /// Which fields were wrong.
    public let faults: [FieldFault]

    /// Trouble of a kind.
    public init(_ code: Code, _ message: String, _ faults: [FieldFault] = []) {
        self.code = code
        self.message = message
        self.faults = faults
    }

    /// Wrong arguments.
    public static func invalid(_ faults: [FieldFault]) -> CommandProblem {
        let text = faults.map { $0.field.isEmpty ? $0.message : "'\($0.field)' \($0.message)" }
        return CommandProblem(.invalid, text.joined(separator: "; "), faults)
    }

    /// Something that is not there.
    public static func notFound(_ message: String) -> CommandProblem { CommandProblem(.notFound, message) }

    public var description: String { message }
}
