import WorkflowEngine

/// Draws a graph as an SVG picture.
struct GraphSVG {
    private static let line = 17
    private static let gap = 52
    private static let margin = 28
    private let graph: WorkflowGraph
    private let layout: GraphLayout
    private let tops: [Int]
    private let heights: [Int]
    private let offset: Int

    /// The picture's text.
    static func text(_ graph: WorkflowGraph) -> String { GraphSVG(graph).picture }

    private init(_ graph: WorkflowGraph) {
        self.graph = graph
        let widths = graph.boxes.map { box in max(96, (box.lines.map(TextWidth.of).max() ?? 0) * 8 + 28) }
        layout = GraphLayout(graph, widths: widths, gap: 28)
        heights = layout.layers.map { [layout] layer in
            (layer.compactMap { layout.nodes[$0].box }.map { graph.boxes[$0].lines.count }.max() ?? 1)
                * GraphSVG.line + 18
        }
        var tops: [Int] = []
        var next = GraphSVG.margin + 44
        for height in heights {
            tops.append(next)
            next += height + GraphSVG.gap
        }
        self.tops = tops
        let labels = graph.stages.map { TextWidth.of($0) * 8 + 28 }.max() ?? 0
        offset = GraphSVG.margin + labels
    }

    private var width: Int {
        max(offset + layout.width + GraphSVG.margin, TextWidth.of(graph.title) * 10 + 2 * GraphSVG.margin)
    }

    private var height: Int { (tops.last ?? 60) + (heights.last ?? 0) + GraphSVG.margin }

    private var picture: String {
        let head = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
            font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="13">
            <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
            <path d="M0 0 L8 4 L0 8 z" fill="#64748b"/></marker></defs>
            <rect width="100%" height="100%" fill="#ffffff"/>
            <text x="\(GraphSVG.margin)" y="\(GraphSVG.margin + 10)" font-size="17" font-weight="600" fill="#0f172a">\
            \(GraphSVG.escaped(graph.title))</text>
            """
        let parts = graph.stages.indices.compactMap(band) + edges + boxes
        return ([head] + parts + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    // MARK: - Parts

    /// The stripe behind the layers of a stage.
    private func band(_ stage: Int) -> String? {
        let layers = layout.nodes.filter { $0.box.map { graph.boxes[$0].stage == stage } ?? false }.map(\.layer)
        guard let first = layers.min(), let last = layers.max() else { return nil }
        let top = tops[first] - 16
        let height = tops[last] + heights[last] + 16 - top
        return """
            <rect x="10" y="\(top)" width="\(width - 20)" height="\(height)" rx="10" fill="#f1f5f9"/>
            <text x="\(GraphSVG.margin)" y="\(top + 30)" font-weight="600" fill="#475569">\
            \(GraphSVG.escaped(graph.stages[stage]))</text>
            """
    }

    /// One path from box to box, through the points where it passes layers.
    private var edges: [String] {
        layout.nodes.indices.filter { layout.nodes[$0].box != nil }.flatMap { node in
            layout.below[node].map { path(from: node, to: $0) }
        }
    }

    private func path(from node: Int, to next: Int) -> String {
        var (last, target) = (node, next)
        var path = "M\(x(node)) \(tops[layout.nodes[node].layer] + heights[layout.nodes[node].layer])"
        while true {
            let startY = tops[layout.nodes[last].layer] + heights[layout.nodes[last].layer]
            let endY = tops[layout.nodes[target].layer]
            let bow = (endY - startY) / 2
            path += " C\(x(last)) \(startY + bow) \(x(target)) \(endY - bow) \(x(target)) \(endY)"
            guard layout.nodes[target].box == nil, let further = layout.below[target].first else { break }
            path += " L\(x(target)) \(endY + heights[layout.nodes[target].layer])"
            (last, target) = (target, further)
        }
        return "<path d=\"\(path)\" fill=\"none\" stroke=\"#64748b\" stroke-width=\"1.5\" marker-end=\"url(#head)\"/>"
    }

    private var boxes: [String] {
        layout.nodes.indices.compactMap { index in layout.nodes[index].box.map { box(graph.boxes[$0], index) } }
    }

    private func box(_ box: WorkflowGraph.Box, _ index: Int) -> String {
        let node = layout.nodes[index]
        let (left, top, height) = (offset + node.left, tops[node.layer], heights[node.layer])
        let colors = GraphSVG.colors(box.state)
        let first = top + (height - box.lines.count * GraphSVG.line) / 2 + 13
        let texts = box.lines.enumerated().map { row, text in
            let look = row == 0 ? "font-weight=\"600\" fill=\"#0f172a\"" : "font-size=\"12\" fill=\"\(colors.text)\""
            return """
                <text x="\(x(index))" y="\(first + row * GraphSVG.line)" text-anchor="middle" \(look)>\
                \(GraphSVG.escaped(text))</text>
                """
        }
        let frame = """
            <rect x="\(left)" y="\(top)" width="\(node.width)" height="\(height)" rx="8" fill="\(colors.fill)" \
            stroke="\(colors.line)" stroke-width="1.5"/>
            """
        return ([frame] + texts).joined(separator: "\n")
    }

    private func x(_ node: Int) -> Int { offset + layout.nodes[node].center }

    // MARK: - Looks

    private static func colors(_ state: TaskState?) -> (fill: String, line: String, text: String) {
        switch state.flatMap(StateColor.style) {
        case .green?: ("#dcfce7", "#16a34a", "#166534")
        case .red?: ("#fee2e2", "#dc2626", "#991b1b")
        case .yellow?: ("#fef3c7", "#d97706", "#92400e")
        case .cyan?: ("#cffafe", "#0891b2", "#155e75")
        case .dim?: ("#f8fafc", "#cbd5e1", "#64748b")
        default: ("#ffffff", "#475569", "#475569")
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case _ where scalar.value < 0x20 || (0xFFFE...0xFFFF).contains(scalar.value): result += "?"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
