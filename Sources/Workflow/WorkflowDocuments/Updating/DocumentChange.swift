internal import Configuration
internal import WorkflowModel

/// Changes values of one workflow of a document.
struct DocumentChange {
    let log: ProblemLog
    /// Which of several workflows; nil where there is one.
    let workflow: String?

    /// The changed documents; nil where anything is wrong.
    func apply(_ changes: [String: Value], to roots: [YAMLNode]) -> [Tree]? {
        var trees = roots.map(Tree.init)
        guard let target = target(roots) else { return nil }
        for (path, value) in paths(changes, target.node) {
            let whole = DocumentPath(parts: target.prefix + path.parts)
            do throws(NoSuchPath) {
                try trees[target.document].set(value, at: whole, log: log)
            } catch {
                report(error, path, whole, target, roots[target.document])
            }
        }
        return log.count == 0 ? trees : nil
    }

    private struct Target {
        let document: Int
        let prefix: [DocumentPath.Part]
        let node: YAMLNode
    }

    private func target(_ roots: [YAMLNode]) -> Target? {
        let all = roots.enumerated().flatMap { document, root in
            root.items?.enumerated().map { Target(document: document, prefix: [.place($0)], node: $1) }
                ?? [Target(document: document, prefix: [], node: root)]
        }.filter { !$0.node.isNull }
        let names = all.map { $0.node["name"]?.raw ?? "" }
        guard let workflow else {
            if all.count == 1 { return all.first }
            let listed = names.prefix(24).joined(separator: ", ")
            report("the file holds \(all.count) workflows; say which one: \(listed)", roots.first)
            return nil
        }
        if let place = names.firstIndex(of: workflow) { return all[place] }
        report("there is no workflow '\(workflow.escapingControls)'\(log.advice(workflow, among: names))", roots.first)
        return nil
    }

    private func report(_ message: String, _ node: YAMLNode?) {
        log.report(message, path: "", at: node?.position ?? SourcePosition(line: 1, column: 1))
    }

    /// The ways in order; what is no way and what lies below another is reported.
    private func paths(_ changes: [String: Value], _ node: YAMLNode) -> [(DocumentPath, Value)] {
        var paths: [(DocumentPath, Value)] = []
        for (text, value) in changes.sorted(by: { $0.key < $1.key }) {
            if let path = DocumentPath(text) {
                paths.append((path, value))
            } else {
                let message = "is no path; write one such as steps[2].params.threshold"
                log.report(message, path: text.escapingControls, at: node.position)
            }
        }
        let whole = Set(paths.map(\.0.parts))
        return paths.filter { path, _ in
            let above = (1..<path.parts.count).first { whole.contains(Array(path.parts[..<$0])) }
            guard let above else { return true }
            let other = DocumentPath.text(path.parts[..<above])
            log.report("lies below '\(other)', which is set as well", path: path.text, at: node.position)
            return false
        }
    }

    private func report(
        _ error: NoSuchPath, _ path: DocumentPath, _ whole: DocumentPath, _ target: Target, _ root: YAMLNode
    ) {
        let valid = DocumentPath.text(whole.parts[target.prefix.count..<error.valid])
        let hint = valid.isEmpty ? "" : "; the path is right up to '\(valid)'"
        let position = root.walk(whole.parts[..<error.valid]).position
        log.report(error.message + hint, path: path.text, at: position)
    }
}

extension YAMLNode {
    /// The node at the end of a way, or the last one on it.
    fileprivate func walk(_ parts: ArraySlice<DocumentPath.Part>) -> YAMLNode {
        var node = self
        for part in parts {
            let next: YAMLNode? =
                switch part {
                case .key(let key): node[key] ?? node.items?.first { $0["name"]?.raw == key }
                case .place(let place):
                    node.items.flatMap { $0.indices.contains(place) ? $0[place] : nil }
                }
            guard let next else { return node }
            node = next
        }
        return node
    }
}
