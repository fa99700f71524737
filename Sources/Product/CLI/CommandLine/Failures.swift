/// A command line that cannot be understood: exit code 2.
struct UsageError: Error, Hashable, CustomStringConvertible {
    /// What is wrong and what is allowed.
    let message: String
    /// The words of the command whose help says more, `["bellwether", "data", "import"]`; empty where unknown yet.
    var command: [String] = []

    init(_ message: String, command: [String] = []) {
        self.message = message
        self.command = command
    }

    var description: String {
        command.isEmpty ? message : "\(message)\nsee '\(command.joined(separator: " ")) --help'"
    }
}

/// A command that did not succeed: exit code 1, with a message that says what to do.
struct CommandFailure: Error, Hashable, CustomStringConvertible {
    /// A word for programs, `configuration` or `not_found`.
    let code: String
    /// What went wrong, where, and what to do.
    let message: String

    init(_ message: String, code: String = "failed") {
        self.message = message
        self.code = code
    }

    var description: String { message }
}
