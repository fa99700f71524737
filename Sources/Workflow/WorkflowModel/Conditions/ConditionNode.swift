/// A part of a condition. Chains of one operator are flat, so that only what nests makes the tree deep.
struct ConditionNode: Sendable {
    indirect enum Content: Sendable {
        case literal(Value)
        case path(ConditionPath)
        case list([ConditionNode])
        case not(ConditionNode)
        case minus(ConditionNode)
        case all([ConditionNode])
        case any([ConditionNode])
        case comparison(Comparison, ConditionNode, ConditionNode)
        case arithmetic(ConditionNode, [Term])
        case call(Function, [ConditionNode])
    }

    enum Comparison: String {
        case equal = "=="
        case different = "!="
        case less = "<"
        case atMost = "<="
        case more = ">"
        case atLeast = ">="
        case inside = "in"
        case outside = "not in"
    }

    enum Arithmetic: String {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divided = "/"
        case remainder = "%"
    }

    enum Function: String, CaseIterable {
        case exists
        case length
        case abs
        case min
        case max
    }

    struct Term: Sendable {
        let sign: Arithmetic
        let column: Int
        let node: ConditionNode
    }

    let content: Content
    /// Where its operator stands, or its beginning where it has none.
    let column: Int

    init(_ content: Content, _ column: Int) {
        self.content = content
        self.column = column
    }

    func collect(_ paths: inout Set<ConditionPath>) {
        if case .path(let path) = content { paths.insert(path) }
        for part in parts { part.collect(&paths) }
    }

    private var parts: [ConditionNode] {
        switch content {
        case .literal, .path: []
        case .not(let node), .minus(let node): [node]
        case .list(let nodes), .all(let nodes), .any(let nodes), .call(_, let nodes): nodes
        case .comparison(_, let left, let right): [left, right]
        case .arithmetic(let first, let terms): [first] + terms.map(\.node)
        }
    }
}
