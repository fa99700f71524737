/// A command: what it is called, what it takes, and what it does.
struct Command: Sendable {
    /// A line of shell with what it does.
    struct Example: Sendable, Hashable {
        let line: String
        let about: String

        init(_ line: String, _ about: String) {
            self.line = line
            self.about = about
        }
    }

    typealias Action = @Sendable (Invocation) async throws -> ExitCode

    /// The word typed.
    let name: String
    /// One line for the list of commands, without a full stop.
    let summary: String
    /// Paragraphs for its own help; empty lines part them, lines that start with blanks stay as they are.
    let discussion: String
    /// What it takes, in the order help shows.
    let parameters: [Parameter]
    let examples: [Example]
    let subcommands: [Command]
    /// What it does; nil for a group of subcommands.
    let action: Action?
    /// Whether lists of commands leave it out.
    let isHidden: Bool

    /// A command that does something.
    init(
        _ name: String, _ summary: String, discussion: String = "", takes parameters: [Parameter] = [],
        examples: [Example] = [], isHidden: Bool = false, action: @escaping Action
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.parameters = parameters
        self.examples = examples
        subcommands = []
        self.action = action
        self.isHidden = isHidden
    }

    /// A group of commands; its own parameters are understood by each of them.
    init(
        group name: String, _ summary: String, discussion: String = "", shares parameters: [Parameter] = [],
        examples: [Example] = [], _ subcommands: [Command]
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.parameters = parameters
        self.examples = examples
        self.subcommands = subcommands
        action = nil
        isHidden = false
    }

    func subcommand(_ name: String) -> Command? {
        subcommands.first { $0.name == name }
    }
}

/// What a running command is given.
struct Invocation: Sendable {
    /// The values of its arguments.
    let arguments: ParsedArguments
    /// Where it writes.
    let console: Console
    /// The environment it was started in.
    let environment: [String: String]
    /// The wish to end, for commands that can stop cleanly.
    let interruption: Interruption
    /// The whole tree of commands, for help and completion.
    let root: Command
}
