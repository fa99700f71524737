internal import Configuration
internal import WorkflowModel

/// Writes tasks in the words of one of the two shapes.
struct TaskTrees {
    let shape: DocumentShape

    /// The items of a list, conditional steps put together again.
    func items(_ tasks: ArraySlice<TaskDefinition>) -> [Tree] {
        var items: [Tree] = []
        var previous: String?
        var place = tasks.startIndex
        while place < tasks.endIndex {
            let step = ConditionalStep(tasks[place...])
            let item = step.map { conditional($0, after: previous) } ?? task(tasks[place], after: previous)
            items.append(.section(item))
            let last = place + (step?.count ?? 1)
            previous = tasks[last - 1].name
            place = last
        }
        return items
    }

    private func task(_ task: TaskDefinition, after previous: String?) -> [Tree.Entry] {
        var entries: [Tree.Entry] = []
        let type = TaskTrees.type(of: task.kind)
        let takesNameFromType = shape == .stages && task.kind == .work(type: task.name)
        if !takesNameFromType { entries.add("name", .text(task.name)) }
        if shape == .stages || task.kind != .work(type: task.name) { entries.add(shape.type, .text(type)) }
        entries += told(task)
        entries += common(task, dependencies: task.dependencies, after: previous)
        entries += undoing(task)
        return entries
    }

    private func conditional(_ step: ConditionalStep, after previous: String?) -> [Tree.Entry] {
        var entries = [Tree.Entry("name", .text(step.join.name)), Tree.Entry(shape.type, .text("conditional"))]
        entries += common(step.join, dependencies: step.dependencies, after: previous)
        entries.add("actions", .list(step.actions.map { action($0, of: step.join.name) }))
        return entries
    }

    private func action(_ task: TaskDefinition, of step: String) -> Tree {
        let type = TaskTrees.type(of: task.kind)
        let name = String(task.name.dropFirst(step.count + 1))
        let details = told(task) + undoing(task)
        if details.isEmpty, name == type, task.kind == .work(type: type), !DocumentShape.ownTypes.contains(type) {
            return .text(type)
        }
        return .section([Tree.Entry("name", .text(name)), Tree.Entry(shape.type, .text(type))] + details)
    }

    private static func type(of kind: TaskKind) -> String {
        switch kind {
        case .work(let type): type
        case .subprocess: "subprocess"
        case .approval: "approval"
        case .circuitBreaker: "circuit_breaker"
        case .wait: "wait"
        case .join: "join"
        }
    }

    private func told(_ task: TaskDefinition) -> [Tree.Entry] {
        switch task.kind {
        case .circuitBreaker(let policy): return [Tree.Entry(shape.params, breaker(policy))]
        case .wait(let duration):
            return [Tree.Entry(shape.params, .section([Tree.Entry("duration", .text(duration.text))]))]
        case .subprocess(let workflow): return [Tree.Entry("workflow_id", .text(workflow))] + params(task)
        default: return params(task)
        }
    }

    private func params(_ task: TaskDefinition) -> [Tree.Entry] {
        task.params == .object([:]) ? [] : [Tree.Entry(shape.params, Tree(task.params))]
    }

    private func common(_ task: TaskDefinition, dependencies: [String], after previous: String?) -> [Tree.Entry] {
        var entries: [Tree.Entry] = []
        entries.add("condition", (task.condition?.text).map(Tree.text))
        entries.add("agent", task.agent.map(Tree.text))
        entries.add("priority", task.priority == .medium ? nil : .text(task.priority.name))
        let implied = shape == .steps ? previous.map { [$0] } ?? [] : []
        entries.add(shape.dependencies, dependencies == implied ? nil : .list(dependencies.map(Tree.text)))
        entries.add("timeout", task.timeout == .seconds(300) ? nil : .text(task.timeout.text))
        return entries + retry(task.retry)
    }

    private func retry(_ retry: RetryPolicy) -> [Tree.Entry] {
        let standard = RetryPolicy.standard
        var entries: [Tree.Entry] = []
        entries.add("max_retries", retry.attempts == standard.attempts ? nil : .integer(retry.attempts - 1))
        var details: [Tree.Entry] = []
        details.add("base", retry.base == standard.base ? nil : .text(retry.base.text))
        details.add("max", retry.longest == standard.longest ? nil : .text(retry.longest.text))
        details.add("jitter", retry.jitter == 0 ? nil : .value(.number(retry.jitter)))
        entries.add("retry", details.isEmpty ? nil : .section(details))
        return entries
    }

    private func undoing(_ task: TaskDefinition) -> [Tree.Entry] {
        var entries: [Tree.Entry] = []
        entries.add("compensate", task.compensation.map(compensation))
        entries.add("cache", task.cache.map(cache))
        entries.add("circuit_breaker", task.breaker.map(breaker))
        return entries
    }

    private func compensation(_ compensation: Compensation) -> Tree {
        guard compensation.params != .object([:]) else { return .text(compensation.type) }
        return .section([
            Tree.Entry("type", .text(compensation.type)), Tree.Entry("params", Tree(compensation.params)),
        ])
    }

    private func cache(_ cache: CachePolicy) -> Tree {
        guard !cache.keys.isEmpty else { return .text(cache.lifetime.text) }
        return .section([
            Tree.Entry("keys", .list(cache.keys.map(Tree.text))), Tree.Entry("lifetime", .text(cache.lifetime.text)),
        ])
    }

    private func breaker(_ policy: BreakerPolicy) -> Tree {
        .section([
            Tree.Entry("failure_threshold", .integer(policy.failureThreshold)),
            Tree.Entry("timeout_duration", .text(policy.timeout.text)),
            Tree.Entry("reset_timeout", .text(policy.resetTimeout.text)),
        ])
    }
}
