/// Where the boxes of a graph stand: in layers, each below everything that it waits for.
struct GraphLayout: Sendable {
    /// A box, or a point where an edge passes a layer.
    struct Node: Sendable {
        /// The box; nil for a passing edge.
        let box: Int?
        let layer: Int
        let width: Int
        /// The middle, from the left edge.
        var center = 0
        var left: Int { center - width / 2 }
    }

    /// The nodes; edges name them by their place.
    private(set) var nodes: [Node] = []
    /// The nodes of each layer from left to right.
    private(set) var layers: [[Int]] = []
    /// From each node to those in the next layer.
    private(set) var below: [[Int]] = []
    private var above: [[Int]] = []
    private let gap: Int

    /// A layout of boxes of these widths, with a gap between neighbours.
    init(_ graph: WorkflowGraph, widths: [Int], gap: Int) {
        self.gap = gap
        let depth = GraphLayout.depths(graph)
        layers = Array(repeating: [], count: (depth.max() ?? -1) + 1)
        for (box, layer) in depth.enumerated() { add(Node(box: box, layer: layer, width: widths[box])) }
        for (box, needed) in graph.dependencies.enumerated() {
            for other in needed { connect(other, box) }
        }
        order()
        place()
    }

    /// How wide everything is.
    var width: Int { nodes.map { $0.left + $0.width }.max() ?? 0 }

    // MARK: - Layers

    /// Stages stand below each other, tasks of a stage below those they wait for.
    private static func depths(_ graph: WorkflowGraph) -> [Int] {
        var depth = Array(repeating: 0, count: graph.boxes.count)
        var isChanged = true
        // Every pass settles at least one more layer, and a sound graph has no circle.
        for _ in 0...graph.boxes.count where isChanged {
            isChanged = false
            let starts = self.starts(graph, depth)
            for box in graph.boxes.indices {
                let start = graph.boxes[box].stage.map { starts[$0] } ?? 0
                let wanted = graph.dependencies[box].map { depth[$0] + 1 }.reduce(start, max)
                if wanted > depth[box] {
                    depth[box] = wanted
                    isChanged = true
                }
            }
        }
        return depth
    }

    /// The first layer of each stage.
    private static func starts(_ graph: WorkflowGraph, _ depth: [Int]) -> [Int] {
        var starts: [Int] = []
        var next = 0
        for stage in graph.stages.indices {
            starts.append(next)
            let last = graph.boxes.indices.filter { graph.boxes[$0].stage == stage }.map { depth[$0] }.max()
            next = max(next, last.map { $0 + 1 } ?? next)
        }
        return starts
    }

    @discardableResult
    private mutating func add(_ node: Node) -> Int {
        nodes.append(node)
        below.append([])
        above.append([])
        layers[node.layer].append(nodes.count - 1)
        return nodes.count - 1
    }

    private mutating func connect(_ from: Int, _ to: Int) {
        var last = from
        for layer in (nodes[from].layer + 1)..<max(nodes[from].layer + 1, nodes[to].layer) {
            let bend = add(Node(box: nil, layer: layer, width: 1))
            join(last, bend)
            last = bend
        }
        join(last, to)
    }

    private mutating func join(_ from: Int, _ to: Int) {
        below[from].append(to)
        above[to].append(from)
    }

    // MARK: - Order and places

    /// Brings neighbours near each other, so that fewer edges cross.
    private mutating func order() {
        for round in 0..<8 {
            let neighbours = round % 2 == 0 ? above : below
            var rank = Array(repeating: 0.0, count: nodes.count)
            for layer in layers {
                for (place, node) in layer.enumerated() { rank[node] = Double(place) }
            }
            let indices = round % 2 == 0 ? Array(layers.indices) : layers.indices.reversed()
            for layer in indices {
                let wanted = layers[layer].map { node in mean(neighbours[node].map { rank[$0] }) ?? rank[node] }
                layers[layer] = zip(layers[layer], wanted).enumerated()
                    .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
                for (place, node) in layers[layer].enumerated() { rank[node] = Double(place) }
            }
        }
    }

    /// Puts every node near the middle of its neighbours, as far as there is room.
    private mutating func place() {
        for layer in layers { spread(layer, wanted: layer.map { _ in 0 }) }
        for _ in 0..<12 {
            for layer in layers {
                let wanted = layer.map { node in
                    mean((above[node] + below[node]).map { Double(nodes[$0].center) }).map { Int($0.rounded()) }
                        ?? nodes[node].center
                }
                spread(layer, wanted: wanted)
            }
        }
        for layer in layers { straighten(layer) }
        let left = nodes.map(\.left).min() ?? 0
        for node in nodes.indices { nodes[node].center -= left }
    }

    /// Takes small kinks out of edges that could go straight down.
    private mutating func straighten(_ layer: [Int]) {
        for (place, node) in layer.enumerated() where above[node].count == 1 {
            let center = nodes[above[node][0]].center
            let half = nodes[node].width / 2
            guard (center - nodes[node].center).magnitude <= 3 else { continue }
            let begin = place > 0 ? nodes[layer[place - 1]].left + nodes[layer[place - 1]].width + gap : Int.min
            let end = place + 1 < layer.count ? nodes[layer[place + 1]].left - gap : Int.max
            if center - half >= begin, center + half < end { nodes[node].center = center }
        }
    }

    private mutating func spread(_ layer: [Int], wanted: [Int]) {
        var end: Int?
        var centers: [Int] = []
        for (node, wish) in zip(layer, wanted) {
            let half = nodes[node].width / 2
            let center = max(wish, end.map { $0 + gap + half } ?? wish)
            end = center - half + nodes[node].width
            centers.append(center)
        }
        // What was pushed to the right is shared out over the layer.
        let push = mean(zip(centers, wanted).map { Double($0 - $1) }) ?? 0
        for (node, center) in zip(layer, centers) { nodes[node].center = center - Int(push.rounded()) }
    }

    private func mean(_ numbers: [Double]) -> Double? {
        numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
    }
}
