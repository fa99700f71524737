internal import WorkflowModel

/// Writes trees as JSON with the keys in their order.
struct JSONWriter {
    private var text = ""

    /// The text of a tree with a line end after it.
    static func text(of tree: Tree) -> String {
        var writer = JSONWriter()
        writer.write(tree, indent: 0)
        return writer.text + "\n"
    }

    private mutating func write(_ tree: Tree, indent: Int) {
        switch tree {
        case .value(let value): text += JSONWriter.scalar(value)
        case .section(let entries):
            between("{", "}", entries, indent) { writer, entry in
                writer.text += "\(Value.quoted(entry.key)): "
                writer.write(entry.tree, indent: indent + 2)
            }
        case .list(let items):
            between("[", "]", items, indent) { writer, item in writer.write(item, indent: indent + 2) }
        }
    }

    private mutating func between<Item>(
        _ opening: String, _ closing: String, _ items: [Item], _ indent: Int,
        _ write: (inout JSONWriter, Item) -> Void
    ) {
        text += opening
        for (place, item) in items.enumerated() {
            text += (place == 0 ? "\n" : ",\n") + String(repeating: " ", count: indent + 2)
            write(&self, item)
        }
        if !items.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
        text += closing
    }

    private static func scalar(_ value: Value) -> String {
        switch value {
        case .text(let text): Value.quoted(text)
        case .integer(let whole): String(whole)
        case .number(let number): "\(number)"
        case .boolean(let truth): truth ? "true" : "false"
        case .null, .list, .object: "null"
        }
    }
}
