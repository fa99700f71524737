extension WorkflowPlan {
    /// Everything that keeps nodes from making a graph that can be run, in the order of the nodes.
    static func problems(of nodes: [Draft]) -> [String] {
        if nodes.isEmpty { return ["it has no nodes"] }
        var problems = nodes.contains { $0.name.isEmpty } ? ["a node has no name"] : []
        problems += repeatedNames(nodes)
        let known = Set(nodes.map(\.name))
        for node in nodes {
            for needed in node.dependencies where !known.contains(needed) {
                problems.append("'\(node.name)' depends on '\(needed)', which does not exist")
            }
            for repeated in repeats(in: node.dependencies) {
                problems.append("'\(node.name)' names '\(repeated)' twice among its dependencies")
            }
        }
        if let circle = circle(nodes) {
            problems.append("dependencies go round in a circle: \(circle.joined(separator: " -> "))")
        }
        return problems
    }

    private static func repeatedNames(_ nodes: [Draft]) -> [String] {
        repeats(in: nodes.map(\.name)).map { "'\($0)' is the name of more than one node" }
    }

    /// Every element that stands more than once, once each.
    private static func repeats(in names: [String]) -> [String] {
        var counts: [String: Int] = [:]
        return names.filter { name in
            counts[name, default: 0] += 1
            return counts[name] == 2
        }
    }

    /// One circle of dependencies, its first name again at the end.
    private static func circle(_ nodes: [Draft]) -> [String]? {
        var unsettled = nodes
        while true {
            let names = Set(unsettled.map(\.name))
            let rest = unsettled.filter { node in node.dependencies.contains { names.contains($0) } }
            if rest.count == unsettled.count { break }
            unsettled = rest
        }
        // What is left depends on something left: following any dependency must come round.
        guard var node = unsettled.first else { return nil }
        var path: [String] = []
        while true {
            if let start = path.firstIndex(of: node.name) { return path[start...] + [node.name] }
            path.append(node.name)
            let next = unsettled.first { other in node.dependencies.contains(other.name) }
            guard let next else { return nil }
            node = next
        }
    }
}
