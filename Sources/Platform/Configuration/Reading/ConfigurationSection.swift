/// One section of the configuration: asks for its keys by name and kind.
///
/// What is asked for is what is allowed: any other key in the file is a problem.
public struct ConfigurationSection {
    private let reader: ConfigurationReader
    /// The keys that lead here.
    public let path: [String]
    private let node: YAMLNode?

    init(reader: ConfigurationReader, path: [String], node: YAMLNode?) {
        self.reader = reader
        self.path = path
        self.node = node
    }

    /// The value under a key: from an option, else from `variables` in turn, else from the file, else the default.
    public func value<Value>(
        _ key: String, _ kind: ValueKind<Value>, default fallback: Value, variables: String...
    ) -> Value {
        reader.expect(key, in: path)
        return reader.read(path + [key], in: node, kind, default: fallback, variables: variables)
    }

    /// The section under a key, empty where the file has none.
    public func section(_ key: String) -> ConfigurationSection {
        reader.expect(key, in: path)
        let child = node?[key]
        check(child, path + [key])
        return ConfigurationSection(reader: reader, path: path + [key], node: child)
    }

    /// The sections under a key whose names the file chooses, in its order.
    public func namedSections(_ key: String) -> [(name: String, section: ConfigurationSection)] {
        let parent = section(key)
        return (parent.node?.entries ?? []).map { ($0.key, parent.section($0.key)) }
    }

    /// Reports that the value of a key does not fit another.
    public func conflict(_ key: String, _ message: String) {
        reader.reportConflict(message, path: path + [key])
    }

    private func check(_ child: YAMLNode?, _ path: [String]) {
        guard let child, child.entries == nil, !child.isNull else { return }
        let message = "a \(child.items == nil ? "single value" : "list") stands here; allowed: keys below it"
        reader.report(message, path: path.joined(separator: "."), at: child.position)
    }
}
