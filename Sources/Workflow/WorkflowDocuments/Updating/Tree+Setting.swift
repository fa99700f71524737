internal import Configuration
internal import WorkflowModel

/// Why a way leads nowhere.
struct NoSuchPath: Error {
    /// How many parts of the way exist.
    let valid: Int
    let message: String
}

extension Tree {
    /// Puts a value at the end of a way, of which the parts before `place` were gone already.
    ///
    /// Keys of workflows, stages and tasks may be new, which validation then judges; keys of params must exist.
    mutating func set(
        _ value: Value, at path: DocumentPath, from place: Int = 0, log: ProblemLog
    ) throws(NoSuchPath) {
        guard place < path.parts.count else {
            self = Tree(value)
            return
        }
        let part = path.parts[place]
        let found = try self.place(of: part, after: place, log)
        let index = if let found { found } else { try newPlace(path, place, log) }
        switch self {
        case .section(var entries):
            if index == entries.count { entries.add(part.key, .value(.null)) }
            try entries[index].tree.set(value, at: path, from: place + 1, log: log)
            self = .section(entries)
        case .list(var items):
            try items[index].set(value, at: path, from: place + 1, log: log)
            self = .list(items)
        case .value: return
        }
    }

    /// Where a part stands; nil for a key that is not there.
    private func place(
        of part: DocumentPath.Part, after valid: Int, _ log: ProblemLog
    ) throws(NoSuchPath) -> Int? {
        switch (self, part) {
        case (.section(let entries), .key(let key)): return entries.firstIndex { $0.key == key }
        case (.list(let items), .place(let place)):
            if items.indices.contains(place) { return place }
            let allowed = items.isEmpty ? "the list is empty" : "allowed: 0 to \(items.count - 1)"
            throw NoSuchPath(valid: valid, message: "there is no item \(place); \(allowed)")
        case (.list(let items), .key(let name)):
            if let place = items.firstIndex(where: { $0.named == name }) { return place }
            let advice = log.advice(name, among: items.compactMap(\.named))
            throw NoSuchPath(valid: valid, message: "no item is named '\(name.escapingControls)'\(advice)")
        case (.section, .place(let place)):
            throw NoSuchPath(valid: valid, message: "here stand keys, and '[\(place)]' counts items of a list")
        case (.value, _):
            throw NoSuchPath(valid: valid, message: "here stands a single value, with nothing below it")
        }
    }

    /// The place of a key that is added.
    private func newPlace(_ path: DocumentPath, _ place: Int, _ log: ProblemLog) throws(NoSuchPath) -> Int {
        guard case .section(let entries) = self else { return 0 }
        let isLast = place == path.parts.count - 1
        let isData = path.parts[..<place].contains { $0 == .key("params") || $0 == .key("task_data") }
        if isLast, !isData { return entries.count }
        let key = path.parts[place].key
        let advice = log.advice(key, among: entries.map(\.key))
        throw NoSuchPath(valid: place, message: "there is no key '\(key.escapingControls)'\(advice)")
    }

    private var named: String? {
        guard case .section(let entries) = self,
            case .value(.text(let name))? = entries.first(where: { $0.key == "name" })?.tree
        else { return nil }
        return name
    }
}

extension DocumentPath.Part {
    fileprivate var key: String {
        if case .key(let key) = self { key } else { "" }
    }
}
