/// Reads settings out of layered sources and collects everything that is wrong with them.
///
/// Every getter returns the default where a value is absent or wrong, so that one pass finds all problems; the settings
/// count only when `finish()` does not throw. Not for use from several threads.
public final class ConfigurationReader {
    private let sources: ConfigurationSources
    private var problems: [(order: SourcePosition?, problem: ConfigurationProblem)] = []
    private var values: [EffectiveValue] = []
    private var known: [String: [String]] = [:]
    private var variables: [String] = []
    private var paths: [String] = []

    /// A reader over sources.
    public init(_ sources: ConfigurationSources) {
        self.sources = sources
        if let root = sources.file?.root, root.entries == nil, !root.isNull {
            report("the file must hold keys and values, such as `trading:`", path: nil, at: root.position)
        }
    }

    /// The outermost section.
    public var root: ConfigurationSection {
        ConfigurationSection(reader: self, path: [], node: sources.file?.root)
    }

    /// The values in force in the order they were asked for; throws every problem found.
    public func finish() throws(ConfigurationError) -> [EffectiveValue] {
        if let root = sources.file?.root { reportUnknownKeys(root, path: []) }
        reportUnknownVariables()
        reportUnknownOverrides()
        guard problems.isEmpty else { throw ConfigurationError(sortedProblems) }
        return values
    }

    private var sortedProblems: [ConfigurationProblem] {
        let end = SourcePosition(line: Int.max, column: Int.max)
        return problems.enumerated()
            .sorted { ($0.element.order ?? end, $0.offset) < ($1.element.order ?? end, $1.offset) }
            .map(\.element.problem)
    }

    func read<Value>(
        _ path: [String], in parent: YAMLNode?, _ kind: ValueKind<Value>, default fallback: Value, variables: [String]
    ) -> Value {
        let key = path.joined(separator: ".")
        let names = [variable(for: path)] + variables
        self.variables += names
        paths.append(key)
        let (value, origin) = found(path, key, in: parent, kind, names) ?? (fallback, .default)
        values.append(EffectiveValue(path: path, yaml: kind.yaml(value), origin: origin))
        return value
    }

    private func found<Value>(
        _ path: [String], _ key: String, in parent: YAMLNode?, _ kind: ValueKind<Value>, _ variables: [String]
    ) -> (Value, Origin)? {
        if let override = sources.overrides.last(where: { $0.path == key }) {
            return attempt(.option(override.option), key) { () throws(ValueProblem) in try kind.read(override.text) }
        }
        for name in variables {
            guard let text = sources.environment[name] else { continue }
            return attempt(.environment(name), key) { () throws(ValueProblem) in try kind.read(text.trimmed) }
        }
        guard let file = sources.file, let node = path.last.flatMap({ parent?[$0] }) else { return nil }
        let origin = Origin.file(name: file.name, line: node.position.line)
        return attempt(origin, key, at: node.position) { () throws(ValueProblem) in try kind.read(node) }
    }

    private func attempt<Value>(
        _ origin: Origin, _ path: String, at position: SourcePosition? = nil, _ read: () throws(ValueProblem) -> Value
    ) -> (Value, Origin)? {
        do throws(ValueProblem) {
            return (try read(), origin)
        } catch {
            if let position {
                report(error.message, path: path, at: position)
            } else {
                report(error.message, path: path, place: origin.description)
            }
            return nil
        }
    }

    func expect(_ key: String, in path: [String]) {
        known[path.joined(separator: "."), default: []].append(key)
    }

    func report(_ message: String, path: String?, at position: SourcePosition) {
        let place = "\(sources.file?.name ?? "configuration"):\(position.line):\(position.column)"
        problems.append((position, ConfigurationProblem(place: place, path: path, message: message)))
    }

    func report(_ message: String, path: String?, place: String) {
        problems.append((nil, ConfigurationProblem(place: place, path: path, message: message)))
    }

    /// Reports that values do not fit together, where the value at `path` was set.
    func reportConflict(_ message: String, path: [String]) {
        let origin = values.last { $0.path == path }?.origin ?? .default
        if case .file = origin, let node = sources.file.flatMap({ $0.root.descendant(path) }) {
            report(message, path: path.joined(separator: "."), at: node.position)
        } else {
            report(message, path: path.joined(separator: "."), place: origin.description)
        }
    }

    private func variable(for path: [String]) -> String {
        sources.environmentPrefix + path.joined(separator: "_").uppercased().replacing("-", with: "_")
    }

    private func reportUnknownKeys(_ node: YAMLNode, path: [String]) {
        guard let allowed = known[path.joined(separator: ".")] else { return }
        for entry in node.entries ?? [] {
            let entryPath = path + [entry.key.escapingControls]
            if allowed.contains(entry.key) {
                reportUnknownKeys(entry.value, path: entryPath)
            } else {
                let key = entryPath.joined(separator: ".")
                report("no such key" + advice(entry.key, allowed, moved: key), path: key, at: entry.keyPosition)
            }
        }
    }

    /// The nearest key of the section, or the same key in another section, or all of them.
    private func advice(_ key: String, _ allowed: [String], moved path: String) -> String {
        if let nearest = Spelling.nearest(to: key, among: allowed) { return "; did you mean '\(nearest)'?" }
        if let elsewhere = elsewhere(key) { return "; did you mean '\(elsewhere)'?" }
        return "; allowed: \(allowed.joined(separator: ", "))"
    }

    /// The path of a section or key of this name in another section.
    private func elsewhere(_ key: String) -> String? {
        let found = values.lazy.compactMap { value in
            value.path.firstIndex(of: key).map { value.path[...$0].joined(separator: ".") }
        }
        return found.first
    }

    private func reportUnknownVariables() {
        guard !sources.environmentPrefix.isEmpty else { return }
        let own = sources.environment.keys.filter { $0.hasPrefix(sources.environmentPrefix) }
        let known = Set(variables).union(sources.reservedVariables)
        for name in own.sorted() where !known.contains(name) {
            let hint = Spelling.nearest(to: name, among: variables).map { "; did you mean '\($0)'?" } ?? ""
            report("no such setting\(hint)", path: nil, place: "environment \(name.escapingControls)")
        }
    }

    private func reportUnknownOverrides() {
        for override in sources.overrides where !paths.contains(override.path) {
            report("sets '\(override.path)', which is no setting", path: nil, place: override.option)
        }
    }
}

extension YAMLNode {
    fileprivate func descendant(_ path: [String]) -> YAMLNode? {
        path.reduce(Optional(self)) { $0?[$1] }
    }
}

extension ValueKind {
    /// Reads a node of a file: a single value, or a list where the kind is one.
    func read(_ node: YAMLNode) throws(ValueProblem) -> Value {
        switch node.content {
        case .scalar(let raw, let value):
            if let readItems, value == .null { return try readItems([]) }
            if case .text = value { return try read(raw) }
            return try read(value == .null ? "null" : raw)
        case .list(let items):
            guard let readItems else { throw ValueProblem("a list stands here; allowed: a single value") }
            var texts: [String] = []
            for item in items {
                guard let raw = item.raw, !item.isNull else {
                    throw ValueProblem("item \(texts.count + 1) is no single value; allowed: a list of plain values")
                }
                texts.append(raw)
            }
            return try readItems(texts)
        case .section:
            throw ValueProblem("keys stand below it; allowed: \(readItems == nil ? "a single value" : "a list")")
        }
    }

    /// The value as it would stand in a file.
    func yaml(_ value: Value) -> String {
        if let writeItems { return "[" + writeItems(value).map(\.asYAML).joined(separator: ", ") + "]" }
        let text = write(value)
        return isTyped(text) ? text : text.asYAML
    }

    /// Whether text stands for a number, a truth or nothing, which need no quotes.
    private func isTyped(_ text: String) -> Bool {
        guard !text.isEmpty, Value.self != String.self else { return false }
        if case .text = ScalarValue(plain: text) { return false }
        return text != "null" || (try? read("null")) != nil
    }
}
