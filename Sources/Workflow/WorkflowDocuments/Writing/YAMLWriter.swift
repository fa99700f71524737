internal import Configuration
internal import WorkflowModel

/// Writes trees as YAML in one way: blocks with two spaces, short lists of plain values on one line.
struct YAMLWriter {
    private var text = ""

    /// The text of one document.
    static func text(of tree: Tree) -> String {
        var writer = YAMLWriter()
        writer.block(tree, indent: 0)
        return writer.text
    }

    private static let longestLine = 96

    private mutating func block(_ tree: Tree, indent: Int) {
        switch tree {
        case .section(let entries) where !entries.isEmpty:
            for (place, entry) in entries.enumerated() { self.entry(entry, indent, isFirst: place == 0) }
        case .list(let items) where !items.isEmpty && YAMLWriter.line(tree) == nil:
            for (place, item) in items.enumerated() {
                if place > 0 || indent == 0 { text += spaces(indent) }
                text += "- "
                block(item, indent: indent + 2)
            }
        default: text += (YAMLWriter.line(tree) ?? "") + "\n"
        }
    }

    /// The first entry of a block in a list stands behind the list's dash.
    private mutating func entry(_ entry: Tree.Entry, _ indent: Int, isFirst: Bool) {
        if !isFirst || indent == 0 || !text.hasSuffix("- ") { text += spaces(indent) }
        let key = entry.key.asYAML
        if key.utf8.count > 400 {
            text += "? \(key)\n\(spaces(indent)):"
        } else {
            text += "\(key):"
        }
        if let line = YAMLWriter.line(entry.tree) {
            text += " \(line)\n"
            return
        }
        text += "\n"
        if case .list = entry.tree { text += spaces(indent + 2) }
        block(entry.tree, indent: indent + 2)
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    /// A value, or a short list of values, on one line; nil for everything else.
    private static func line(_ tree: Tree) -> String? {
        switch tree {
        case .value(let value): return scalar(value)
        case .section(let entries): return entries.isEmpty ? "{}" : nil
        case .list(let items):
            let words = items.prefix(40).compactMap { item in
                if case .value(let value) = item { scalar(value) } else { nil }
            }
            guard words.count == items.count else { return nil }
            let line = "[" + words.joined(separator: ", ") + "]"
            return line.count <= longestLine ? line : nil
        }
    }

    private static func scalar(_ value: Value) -> String {
        switch value {
        case .text(let text): text.asYAML
        case .integer(let whole): String(whole)
        case .number(let number): "\(number)"
        case .boolean(let truth): truth ? "true" : "false"
        case .null, .list, .object: "null"
        }
    }
}
