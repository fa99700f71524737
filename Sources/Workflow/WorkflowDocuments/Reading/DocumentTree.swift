internal import Configuration

/// Reads texts into trees.
enum DocumentTree {
    /// The workflows of a text, not looked into; what is no YAML or JSON is reported.
    static func workflows(in bytes: some Collection<UInt8>, log: ProblemLog) -> [Element] {
        let elements = roots(in: bytes, log: log).map { Element(node: $0, path: "", log: log) }
        let present = elements.filter { !$0.node.isNull }
        let workflows = present.flatMap { $0.node.items == nil ? [$0] : $0.items() ?? [] }
        if workflows.isEmpty, log.count == 0 {
            log.report("the file holds no workflow", path: "", at: SourcePosition(line: 1, column: 1))
        }
        return workflows
    }

    /// The documents of a text.
    static func roots(in bytes: some Collection<UInt8>, log: ProblemLog) -> [YAMLNode] {
        var limits = YAMLLimits()
        limits.bytes = DocumentLimits.bytes
        limits.depth = DocumentLimits.depth
        limits.values = DocumentLimits.values
        do throws(YAMLError) {
            let (roots, repeated): ([YAMLNode], [YAMLError.Problem])
            if isJSON(log.file) {
                let (root, keys) = try JSONDocument.parse(bytes, limits: limits)
                (roots, repeated) = ([root], keys)
            } else {
                (roots, repeated) = try YAMLDocument.parseAll(bytes, limits: limits)
            }
            for problem in repeated { log.report(problem.message, path: "", at: problem.position) }
            return roots
        } catch {
            log.report(error)
            return []
        }
    }

    static func isJSON(_ file: String) -> Bool { file.lowercased().hasSuffix(".json") }
}
