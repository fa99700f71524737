/// Where something stands in a text: line and column, both counted from 1.
public struct SourcePosition: Sendable, Hashable, Comparable {
    /// The line, from 1.
    public let line: Int
    /// The column in characters, from 1.
    public let column: Int

    /// A place in a text.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// One value of a YAML document, with the place where it was written.
public struct YAMLNode: Sendable, Hashable {
    /// What stands there.
    public let content: Content
    /// Where it starts; for an alias, where the alias stands.
    public let position: SourcePosition

    /// What a node can be.
    public enum Content: Sendable, Hashable {
        /// A single value, as written and as YAML's core rules type it.
        case scalar(raw: String, ScalarValue)
        /// A list.
        case list([YAMLNode])
        /// Keys and values in the order written; no key occurs twice.
        case section([YAMLEntry])
    }

    /// A node at a place.
    public init(_ content: Content, at position: SourcePosition) {
        self.content = content
        self.position = position
    }

    /// The entries of a section; nil for anything else.
    public var entries: [YAMLEntry]? {
        if case .section(let entries) = content { entries } else { nil }
    }

    /// The items of a list; nil for anything else.
    public var items: [YAMLNode]? {
        if case .list(let items) = content { items } else { nil }
    }

    /// The text of a single value as written, without quotes; nil for lists and sections.
    public var raw: String? {
        if case .scalar(let raw, _) = content { raw } else { nil }
    }

    /// Whether this is `null`, `~` or nothing at all.
    public var isNull: Bool {
        if case .scalar(_, .null) = content { true } else { false }
    }

    /// The value under a key; nil where this is no section or has no such key.
    public subscript(key: String) -> YAMLNode? {
        entries?.first { $0.key == key }?.value
    }

    func moved(to position: SourcePosition) -> YAMLNode {
        YAMLNode(content, at: position)
    }
}

/// A key with its value.
public struct YAMLEntry: Sendable, Hashable {
    /// The key as written, without quotes.
    public let key: String
    /// Where the key starts.
    public let keyPosition: SourcePosition
    /// What stands under it.
    public let value: YAMLNode
}
