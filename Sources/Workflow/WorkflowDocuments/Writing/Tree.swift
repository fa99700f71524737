internal import Configuration
internal import WorkflowModel

/// Data whose keys keep their order, to be written or changed.
enum Tree: Sendable, Hashable {
    case value(Value)
    case list([Tree])
    case section([Entry])

    struct Entry: Sendable, Hashable {
        let key: String
        var tree: Tree

        init(_ key: String, _ tree: Tree) {
            self.key = key
            self.tree = tree
        }
    }

    /// Data with the keys of its objects sorted.
    init(_ value: Value) {
        switch value {
        case .list(let elements): self = .list(elements.map(Tree.init))
        case .object(let fields):
            self = .section(fields.sorted { $0.key < $1.key }.map { Entry($0.key, Tree($0.value)) })
        default: self = .value(value)
        }
    }

    /// A document's tree in the order written.
    init(_ node: YAMLNode) {
        switch node.content {
        case .section(let entries): self = .section(entries.map { Entry($0.key, Tree($0.value)) })
        case .list(let items): self = .list(items.map(Tree.init))
        case .scalar(_, .null): self = .value(.null)
        case .scalar(_, .bool(let truth)): self = .value(.boolean(truth))
        case .scalar(_, .integer(let whole)): self = .value(.integer(Int64(whole)))
        case .scalar(_, .number(let number)): self = .value(.number(number))
        case .scalar(_, .text(let text)): self = .value(.text(text))
        }
    }

    static func text(_ text: String) -> Tree { .value(.text(text)) }

    static func integer(_ number: Int) -> Tree { .value(.integer(Int64(number))) }
}

extension [Tree.Entry] {
    /// Adds a key unless there is nothing to stand under it.
    mutating func add(_ key: String, _ tree: Tree?) {
        if let tree { append(Tree.Entry(key, tree)) }
    }
}
