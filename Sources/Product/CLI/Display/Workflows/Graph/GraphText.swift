/// Draws a graph with characters, layer below layer.
struct GraphText {
    private let graph: WorkflowGraph
    private let layout: GraphLayout
    private let gutter: Int
    private var canvas: GraphCanvas
    /// The first row of each layer.
    private let tops: [Int]
    private let heights: [Int]
    private let tracks: [[Int: Int]]

    /// The lines of a drawing; nil where it would be wider than `width`, or too large to be read.
    static func lines(_ graph: WorkflowGraph, width: Int, _ style: Styler) -> [String]? {
        guard graph.boxes.count <= WorkflowGraph.most else { return nil }
        var drawing = GraphText(graph)
        guard drawing.layout.width + drawing.gutter <= width else { return nil }
        drawing.draw()
        return drawing.canvas.lines(style)
    }

    private init(_ graph: WorkflowGraph) {
        self.graph = graph
        let widths = graph.boxes.map { box in
            let text = (box.lines.map(TextWidth.of).max() ?? 0) + 4
            return text | 1
        }
        layout = GraphLayout(graph, widths: widths, gap: 3)
        gutter = graph.stages.isEmpty ? 0 : (graph.stages.map(TextWidth.of).max() ?? 0) + 2
        heights = layout.layers.map { [layout] layer in
            (layer.compactMap { layout.nodes[$0].box }.map { graph.boxes[$0].lines.count }.max() ?? 1) + 2
        }
        tracks = layout.layers.map { [layout] in GraphText.tracks($0, layout) }
        var tops: [Int] = []
        var next = 0
        for layer in layout.layers.indices {
            tops.append(next)
            next += heights[layer] + GraphText.channel(tracks[layer])
        }
        self.tops = tops
        canvas = GraphCanvas(width: layout.width + gutter, height: (tops.last ?? 0) + (heights.last ?? 0))
    }

    /// The rows between a layer and the next: one for each track, and one for the heads of the arrows.
    private static func channel(_ tracks: [Int: Int]) -> Int { (tracks.values.max() ?? 0) + 2 }

    /// On which row below a layer the edges of a node go sideways; edges that would overlap have rows of their own.
    private static func tracks(_ layer: [Int], _ layout: GraphLayout) -> [Int: Int] {
        var ends: [[ClosedRange<Int>]] = []
        var tracks: [Int: Int] = [:]
        for node in layer {
            let columns = layout.below[node].map { layout.nodes[$0].center } + [layout.nodes[node].center]
            guard let first = columns.min(), let last = columns.max(), first < last else { continue }
            let track = ends.firstIndex { $0.allSatisfy { !$0.overlaps(first - 1...last + 1) } } ?? ends.count
            if track == ends.count { ends.append([]) }
            ends[track].append(first...last)
            tracks[node] = track
        }
        return tracks
    }

    private mutating func draw() {
        for layer in layout.layers.indices {
            for node in layout.layers[layer] {
                drawEdges(of: node, layer)
                if let box = layout.nodes[node].box { drawBox(box, node, layer) } else { pass(node, layer) }
            }
        }
        for stage in graph.stages.indices { drawStage(stage) }
    }

    private mutating func drawBox(_ box: Int, _ node: Int, _ layer: Int) {
        let left = gutter + layout.nodes[node].left
        let right = left + layout.nodes[node].width - 1
        let top = tops[layer]
        let bottom = top + heights[layer] - 1
        canvas.horizontal(top, from: left, to: right)
        canvas.horizontal(bottom, from: left, to: right)
        canvas.vertical(left, from: top, to: bottom)
        canvas.vertical(right, from: top, to: bottom)
        let state = graph.boxes[box].state.flatMap(StateColor.style)
        for (row, text) in graph.boxes[box].lines.enumerated() {
            let start = left + (layout.nodes[node].width - TextWidth.of(text)) / 2
            let look: Style? = row == 0 ? .bold : row == 1 ? state ?? .dim : .dim
            canvas.write(text, x: start, y: top + 1 + row, style: look)
        }
    }

    private mutating func pass(_ node: Int, _ layer: Int) {
        canvas.vertical(gutter + layout.nodes[node].center, from: tops[layer] - 1, to: tops[layer] + heights[layer])
    }

    private mutating func drawEdges(of node: Int, _ layer: Int) {
        guard !layout.below[node].isEmpty, tops.indices.contains(layer + 1) else { return }
        let from = gutter + layout.nodes[node].center
        let start = tops[layer] + heights[layer] - 1
        let end = tops[layer + 1]
        let turn = start + 1 + (tracks[layer][node] ?? 0)
        for other in layout.below[node] {
            let to = gutter + layout.nodes[other].center
            canvas.vertical(from, from: start, to: to == from ? end - 1 : turn)
            guard to != from else {
                arrow(other, to, end)
                continue
            }
            canvas.horizontal(turn, from: from, to: to)
            canvas.vertical(to, from: turn, to: end - 1)
            arrow(other, to, end)
        }
    }

    private mutating func arrow(_ node: Int, _ x: Int, _ end: Int) {
        if layout.nodes[node].box != nil { canvas.write("▼", x: x, y: end - 1) }
    }

    private mutating func drawStage(_ stage: Int) {
        let layers = layout.nodes.filter { $0.box.map { graph.boxes[$0].stage == stage } ?? false }.map(\.layer)
        guard let first = layers.min() else { return }
        canvas.write(graph.stages[stage], x: 0, y: tops[first] + 1, style: .cyan)
    }
}
