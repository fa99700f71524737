import Foundation
import Testing
import WorkflowModel

@testable import CLI

/// Drawings of workflows.
@Suite struct WorkflowGraphTests {
    private func plan(_ tasks: [(String, [String])], stages: [Stage] = []) throws -> WorkflowPlan {
        let tasks = tasks.map { TaskDefinition($0.0, .work(type: "work"), after: $0.1) }
        return try WorkflowPlan(WorkflowDefinition("drawn", stages: stages, tasks: tasks))
    }

    @Test func `a diamond is drawn with lines that join`() throws {
        let plan = try plan([("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c", "a"])])
        let drawing = try #require(GraphText.lines(WorkflowGraph(plan, nil), width: 80, .plain))
        #expect(
            drawing.joined(separator: "\n") == """
                      ┌───────┐
                      │   a   │
                      │ work  │
                      └───┬───┘
                    ┌─────┴─────┐
                    ▼           ▼
                ┌───────┐   ┌───────┐
                │   b   │   │   c   │
                │ work  │   │ work  │
                └───┬───┘   └───┬───┘
                    └─────┐     │
                          ├─────┘
                          ▼
                      ┌───────┐
                      │   d   │
                      │ work  │
                      └───────┘
                """)
    }

    @Test func `boxes of one layer never overlap and every edge goes down`() throws {
        var tasks: [(String, [String])] = []
        for number in 0..<60 {
            let needed = (1...3).map { number - $0 * $0 * 2 - number % 5 }.filter { $0 >= 0 }
            tasks.append(("step \(number)", needed.map { "step \($0)" }))
        }
        let graph = WorkflowGraph(try plan(tasks), nil)
        let layout = GraphLayout(graph, widths: graph.boxes.indices.map { 9 + $0 % 7 * 2 }, gap: 3)
        for layer in layout.layers {
            for (left, right) in zip(layer, layer.dropFirst()) {
                #expect(layout.nodes[left].left + layout.nodes[left].width + 3 <= layout.nodes[right].left)
            }
        }
        for (node, targets) in layout.below.enumerated() {
            for target in targets { #expect(layout.nodes[target].layer == layout.nodes[node].layer + 1) }
        }
        #expect(layout.nodes.allSatisfy { $0.left >= 0 })
    }

    @Test func `what is too wide is not drawn in the terminal`() throws {
        let wide = (0..<40).map { ("a task of some length \($0)", [String]()) }
        #expect(GraphText.lines(WorkflowGraph(try plan(wide), nil), width: 100, .plain) == nil)
    }

    @Test func `a picture is sound XML whatever tasks are called`() throws {
        let plan = try plan([("<&\"'>\u{1}", []), ("</svg>", ["<&\"'>\u{1}"])])
        let text = GraphSVG.text(WorkflowGraph(plan, nil))
        #expect(text.contains("&lt;&amp;&quot;&#39;&gt;"))
        #expect(text.components(separatedBy: "</svg>").count == 2)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
}
