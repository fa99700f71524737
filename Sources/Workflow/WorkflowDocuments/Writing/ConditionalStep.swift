internal import WorkflowModel

/// Tasks that a conditional step was taken apart into, found again.
struct ConditionalStep {
    /// The actions in order.
    let actions: [TaskDefinition]
    /// The task of the step's own name.
    let join: TaskDefinition
    /// What the step waits for.
    var dependencies: [String] { actions.first?.dependencies ?? [] }
    /// How many tasks it is.
    var count: Int { actions.count + 1 }

    /// The step that tasks begin with; nil where they begin with none.
    init?(_ tasks: ArraySlice<TaskDefinition>) {
        guard let first = tasks.first, let condition = first.condition, let slash = first.name.firstIndex(of: "/")
        else { return nil }
        let name = String(first.name[..<slash])
        guard let end = tasks.firstIndex(where: { !$0.name.hasPrefix(name + "/") || $0.condition != condition }),
            tasks[end].name == name
        else { return nil }
        actions = Array(tasks[..<end])
        join = tasks[end]
        guard isWhole else { return nil }
    }

    /// Whether reading the step again would give the same tasks.
    private var isWhole: Bool {
        guard join.kind == .join, join.params == .object([:]), join.dependencies == actions.map(\.name),
            join.compensation == nil, join.cache == nil, join.breaker == nil
        else { return false }
        return actions.indices.allSatisfy { place in
            let action = actions[place]
            let follows = place == 0 || action.dependencies == [actions[place - 1].name]
            return follows && action.kind != .join && isLikeJoin(action)
        }
    }

    private func isLikeJoin(_ action: TaskDefinition) -> Bool {
        action.condition == join.condition && action.agent == join.agent && action.priority == join.priority
            && action.timeout == join.timeout && action.retry == join.retry && action.stage == join.stage
    }
}
