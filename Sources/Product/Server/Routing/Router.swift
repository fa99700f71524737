/// Finds what a request is meant for: a tree of path segments, in which a literal goes before a `{name}`.
struct Router: Sendable {
    /// What was found.
    enum Match: Sendable {
        /// An endpoint, and what its path names.
        case found(ServedRoute, parameters: [String: String])
        /// The path, with other methods.
        case wrongMethod(allowed: [String])
        /// Nothing.
        case missing
    }

    private struct Node: Sendable {
        var literals: [String: Node] = [:]
        var parameter: [Node] = []
        var rest: [String: ServedRoute] = [:]
        var routes: [String: ServedRoute] = [:]
    }

    private var root = Node()
    private let names: [String: [String]]

    /// A tree of these routes; of two with the same method and path the first counts.
    init(_ routes: [ServedRoute]) {
        names = Dictionary(routes.map { ($0.path, Router.names(in: $0.path)) }) { first, _ in first }
        for route in routes { Router.insert(route, Router.segments(route.path)[...], into: &root) }
    }

    /// What a method and the segments of a path lead to; `HEAD` goes where `GET` does.
    func match(_ method: String, _ segments: [String]) -> Match {
        var values: [String] = []
        guard let routes = Router.find(segments[...], in: root, &values) else { return .missing }
        guard let route = routes[method == "HEAD" ? "GET" : method] else {
            return .wrongMethod(allowed: Router.allowed(routes))
        }
        return .found(route, parameters: Dictionary(zip(names[route.path] ?? [], values)) { first, _ in first })
    }

    private static func allowed(_ routes: [String: ServedRoute]) -> [String] {
        var methods = Set(routes.keys).union(["OPTIONS"])
        if methods.contains("GET") { methods.insert("HEAD") }
        return methods.sorted()
    }

    private static func find(
        _ segments: ArraySlice<String>, in node: Node, _ values: inout [String]
    ) -> [String: ServedRoute]? {
        guard let first = segments.first else { return node.routes.isEmpty ? nil : node.routes }
        let count = values.count
        if let next = node.literals[first], let found = find(segments.dropFirst(), in: next, &values) { return found }
        if let next = node.parameter.first {
            values.append(first)
            if let found = find(segments.dropFirst(), in: next, &values) { return found }
            values.removeSubrange(count...)
        }
        guard !node.rest.isEmpty else { return nil }
        values.append(segments.joined(separator: "/"))
        return node.rest
    }

    private static func insert(_ route: ServedRoute, _ segments: ArraySlice<String>, into node: inout Node) {
        guard let first = segments.first else {
            node.routes[route.method] = node.routes[route.method] ?? route
            return
        }
        if first.hasSuffix("…}") {
            node.rest[route.method] = node.rest[route.method] ?? route
        } else if first.hasPrefix("{") {
            if node.parameter.isEmpty { node.parameter = [Node()] }
            insert(route, segments.dropFirst(), into: &node.parameter[0])
        } else {
            insert(route, segments.dropFirst(), into: &node.literals[first, default: Node()])
        }
    }

    private static func segments(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

    static func names(in path: String) -> [String] {
        segments(path).filter { $0.hasPrefix("{") }.map { String($0.dropFirst().prefix { $0 != "}" && $0 != "…" }) }
    }
}
