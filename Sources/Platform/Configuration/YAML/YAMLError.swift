/// Why a text is no usable YAML: every problem found, in the order of the text.
public struct YAMLError: Error, Hashable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Problem: Sendable, Hashable {
        /// Where.
        public let position: SourcePosition
        /// What, and what is allowed.
        public let message: String

        /// A problem at a place.
        public init(_ message: String, at position: SourcePosition) {
            self.message = message
            self.position = position
        }
    }

    /// What is wrong; never empty.
    public let problems: [Problem]

    init(_ problems: [Problem]) {
        self.problems = problems
    }

    init(_ message: String, at position: SourcePosition) {
        self.init([Problem(message, at: position)])
    }

    public var description: String {
        problems.map { "\($0.position.line):\($0.position.column): \($0.message)" }.joined(separator: "\n")
    }
}

/// How much of a document is read before it is refused.
public struct YAMLLimits: Sendable, Hashable {
    /// The largest text, in bytes.
    public var bytes = 1 << 20
    /// How deep lists and sections may nest.
    public var depth = 64
    /// How many values there may be once every alias is followed.
    public var values = 200_000

    /// 1 MB, 64 levels, 200,000 values.
    public init() {}
}
