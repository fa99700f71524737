internal import Configuration

/// Keys and values of a document.
struct Section {
    let element: Element
    private let entries: [String: YAMLEntry]

    /// The section an element is; nil, and a problem, where it is something else.
    init?(_ element: Element, _ what: String) {
        guard let entries = element.node.entries else {
            element.report("\(what) must be keys and values, not \(element.kindName)")
            return nil
        }
        self.element = element
        self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
    }

    /// The value under a key; nil where there is none or nothing stands there.
    subscript(key: String) -> Element? {
        guard let entry = entries[key], !entry.value.isNull else { return nil }
        return child(entry)
    }

    /// Everything in the order of the document, also what is null.
    var all: [(key: String, element: Element)] {
        (element.node.entries ?? []).map { ($0.key, child($0)) }
    }

    private func child(_ entry: YAMLEntry) -> Element {
        Element(node: entry.value, path: DocumentPath.joined(element.path, entry.key), log: element.log)
    }

    func report(_ message: String) { element.report(message) }

    /// Reports at a key, or at the section where it has no such key.
    func report(_ message: String, at key: String) {
        guard let entry = entries[key] else { return element.report(message) }
        element.log.report(message, path: DocumentPath.joined(element.path, key), at: entry.keyPosition)
    }

    /// Reports every key that is not allowed, with what was probably meant.
    func allow(_ keys: [String], what: String = "key", instead: [String: String] = [:]) {
        let allowed = Set(keys)
        for entry in element.node.entries ?? [] where !allowed.contains(entry.key) {
            let key = entry.key.escapingControls
            let hint = instead[entry.key].map { "; write '\($0)'" } ?? element.log.advice(entry.key, among: keys)
            element.log.report(
                "unknown \(what) '\(key.prefix(80))'\(hint)", path: element.path, at: entry.keyPosition)
        }
    }
}
