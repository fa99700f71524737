extension WorkflowPlan {
    /// Everything that keeps a definition's tasks from making a graph that can be run, in the order of the tasks.
    public static func problems(of definition: WorkflowDefinition) -> [PlanProblem] {
        let tasks = definition.tasks
        if tasks.isEmpty { return [PlanProblem(task: nil, field: "tasks", message: "it has no tasks")] }
        var problems = unnamed(tasks) + repeatedNames(tasks)
        problems += unknownDependencies(tasks) + repeatedDependencies(tasks)
        problems += stageProblems(definition)
        problems += circle(tasks)
        return problems
    }

    private static func unnamed(_ tasks: [TaskDefinition]) -> [PlanProblem] {
        tasks.indices.compactMap { place in
            let name = tasks[place].name
            if name.isEmpty { return PlanProblem(task: place, field: "name", message: "a task has no name") }
            guard name.contains(":") else { return nil }
            return PlanProblem(
                task: place, field: "name", message: "'\(name)': a task's name must not contain a colon")
        }
    }

    private static func repeatedNames(_ tasks: [TaskDefinition]) -> [PlanProblem] {
        var seen: Set<String> = []
        return tasks.indices.compactMap { place in
            guard !seen.insert(tasks[place].name).inserted, !tasks[place].name.isEmpty else { return nil }
            return PlanProblem(
                task: place, field: "name", message: "'\(tasks[place].name)' is the name of more than one task")
        }
    }

    private static func unknownDependencies(_ tasks: [TaskDefinition]) -> [PlanProblem] {
        let known = Set(tasks.map(\.name))
        return tasks.enumerated().flatMap { place, task in
            task.dependencies.filter { !known.contains($0) }.map { name in
                PlanProblem(
                    task: place, field: "dependencies",
                    message: "'\(task.name)' depends on '\(name)', which does not exist")
            }
        }
    }

    private static func repeatedDependencies(_ tasks: [TaskDefinition]) -> [PlanProblem] {
        tasks.enumerated().flatMap { place, task in
            var counts: [String: Int] = [:]
            for name in task.dependencies { counts[name, default: 0] += 1 }
            return task.dependencies.filter { counts.removeValue(forKey: $0) ?? 0 > 1 }.map { name in
                PlanProblem(
                    task: place, field: "dependencies",
                    message: "'\(task.name)' names '\(name)' twice among its dependencies")
            }
        }
    }

    /// Tasks of stages that do not exist, and dependencies on tasks of later stages, which could never be met.
    private static func stageProblems(_ definition: WorkflowDefinition) -> [PlanProblem] {
        let stages = definition.stages
        var places: [String: Int] = [:]
        for task in definition.tasks { places[task.name] = task.stage }
        return definition.tasks.enumerated().flatMap { place, task -> [PlanProblem] in
            let valid = stages.isEmpty ? task.stage == nil : task.stage.map(stages.indices.contains) ?? false
            guard valid else {
                return [PlanProblem(task: place, field: "stage", message: "'\(task.name)' belongs to no stage")]
            }
            guard let stage = task.stage else { return [] }
            return task.dependencies.filter { (places[$0] ?? stage) > stage }.map { name in
                PlanProblem(
                    task: place, field: "dependencies",
                    message: "'\(task.name)' depends on '\(name)', which belongs to a later stage")
            }
        }
    }

    /// One circle of dependencies, its first name again at the end.
    private static func circle(_ tasks: [TaskDefinition]) -> [PlanProblem] {
        var places: [String: Int] = [:]
        for (place, task) in tasks.enumerated().reversed() { places[task.name] = place }
        guard let path = DependencyCircle(tasks.map { $0.dependencies.compactMap { places[$0] } }).path,
            let first = path.first
        else { return [] }
        let names = (path + [first]).map { tasks[$0].name }.joined(separator: " -> ")
        return [
            PlanProblem(
                task: first, field: "dependencies", message: "dependencies go round in a circle: \(names)")
        ]
    }
}

/// Looks for a circle in a graph, in time that grows with its edges and without recursion.
struct DependencyCircle {
    /// The nodes of one circle in the order of its edges; nil where there is none.
    let path: [Int]?

    init(_ edges: [[Int]]) {
        let left = DependencyCircle.unsettled(edges)
        guard var node = left.indices.first(where: { left[$0] }) else {
            path = nil
            return
        }
        // What is left depends on something left: following it must come round.
        var order: [Int: Int] = [:]
        var walk: [Int] = []
        while order[node] == nil {
            order[node] = walk.count
            walk.append(node)
            node = edges[node].first { left[$0] } ?? node
        }
        path = Array(walk[(order[node] ?? 0)...])
    }

    /// The nodes that are in a circle or depend on one.
    private static func unsettled(_ edges: [[Int]]) -> [Bool] {
        var open = edges.map(\.count)
        var dependants = [[Int]](repeating: [], count: edges.count)
        for (node, needed) in edges.enumerated() {
            for need in needed { dependants[need].append(node) }
        }
        var settled = open.indices.filter { open[$0] == 0 }
        var left = [Bool](repeating: true, count: edges.count)
        while let node = settled.popLast() {
            left[node] = false
            for dependant in dependants[node] {
                open[dependant] -= 1
                if open[dependant] == 0 { settled.append(dependant) }
            }
        }
        return left
    }
}
