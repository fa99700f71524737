/// One thing that is wrong with a workflow document.
public struct DocumentProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file's name as given.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The column in characters, from 1.
    public let column: Int
    /// The way to the value, `steps[2].params.threshold`; empty for the document as a whole.
    public let path: String
    /// What is wrong and what would be right.
    public let message: String

    public var description: String {
        let place = "\(file):\(line):\(column)"
        return path.isEmpty ? "\(place): \(message)" : "\(place): \(path): \(message)"
    }
}

/// Why a document or a change to one is refused, with every problem found.
public struct DocumentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in the order of the document; never empty.
    public let problems: [DocumentProblem]

    /// A refusal for these reasons.
    public init(_ problems: [DocumentProblem]) {
        self.problems = problems
    }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
