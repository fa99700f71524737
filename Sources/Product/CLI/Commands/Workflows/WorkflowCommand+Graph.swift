import Configuration
import DeskCommands
import TradingDesk
import WorkflowEngine
import WorkflowModel

extension WorkflowCommand {
    private static let svg = Argument.option("svg", .path, "Write an SVG picture to this file")
    private static let shownRun = Argument.option("run", .text("RUN"), "Colour the steps by where this run has them")

    static let graph = Command(
        "graph", "Draw a workflow: what waits for what",
        discussion: "What is too large for the terminal is listed; --svg draws it all the same.",
        takes: [WorkflowSource.argument.parameter, version.parameter, svg.parameter, shownRun.parameter],
        examples: [
            .init("bellwether workflow graph examples/workflows/standard-trading-day.yaml", "In the terminal"),
            .init("bellwether workflow graph trading-saga --run trading-saga-1 --svg saga.svg", "A run as a picture"),
        ]
    ) { call in
        let home = try WorkflowHome(call, .look)
        let machine = try call.arguments[shownRun].map { try home.report(home.run($0)).machine }
        let word = try call.arguments[WorkflowSource.argument]
        let plan = try machine?.plan ?? WorkflowSource.plan(word, version: try call.arguments[version], in: home)
        guard WorkflowSource.isFile(word) || plan.name == word else {
            throw UsageError("the run follows '\(plan.name)', not '\(word)'")
        }
        let graph = WorkflowGraph(plan, machine)
        if let path = try call.arguments[svg] {
            try OutputFile.write(Array(GraphSVG.text(graph).utf8), to: path)
            if !call.console.isJSON { try call.console.print("'\(plan.name)' drawn to \(path)") }
        }
        if call.console.isJSON {
            try call.console.print(JSONValue(GraphAnswer.value(plan, machine), type: "graph"))
        } else if try call.arguments[svg] == nil {
            try call.console.print(lines(graph, plan, call.console))
        }
        return .done
    }

    private static func lines(_ graph: WorkflowGraph, _ plan: WorkflowPlan, _ console: Console) -> [String] {
        let title = console.style(graph.title.escapingControls, .bold)
        if let drawing = GraphText.lines(graph, width: console.profile.width, console.style) {
            return [title, ""] + drawing
        }
        var table = Table([.text("step"), .text("does"), .text("waits for")])
        for (place, box) in graph.boxes.enumerated() {
            let needed = graph.dependencies[place].map { plan.tasks[$0].name }.joined(separator: ", ")
            table.add([
                "\(box.lines[0])", Table.Cell(box.lines[1], box.state.flatMap(StateColor.style)),
                "\(needed.isEmpty ? "-" : needed)",
            ])
        }
        return [title, ""] + table.lines(width: console.profile.width, style: console.style)
    }
}
