internal import Configuration
internal import WorkflowModel

/// Reads one workflow in either shape.
struct WorkflowReader {
    let options: DocumentOptions
    let log: ProblemLog

    private var types: WorkTypes { WorkTypes(options: options, log: log) }

    private static let keys = [
        "name", "description", "priority", "timeout", "max_concurrent_tasks", "calendar", "stages", "steps",
        "triggers",
    ]

    /// The workflow; nil where anything is wrong with it.
    func read(_ element: Element) -> WorkflowDefinition? {
        let count = log.count
        guard let section = Section(element, "a workflow") else { return nil }
        section.allow(WorkflowReader.keys, instead: ["tasks": "stages"])
        var definition = head(section)
        if let triggers = section["triggers"] { definition.triggers = TriggerReader(options: options).read(triggers) }
        fillTasks(section, &definition)
        return log.count == count ? definition : nil
    }

    private func head(_ section: Section) -> WorkflowDefinition {
        if section["name"] == nil { section.report("a workflow needs a 'name'") }
        let name = section["name"]?.name() ?? ""
        var definition = WorkflowDefinition(name, timeout: options.workflowTimeout, tasks: [])
        if let description = section["description"]?.text() { definition.description = description }
        if let priority = section["priority"]?.priority() { definition.priority = priority }
        if let timeout = section["timeout"]?.duration() { definition.timeout = timeout }
        definition.concurrency = section["max_concurrent_tasks"]?.whole(1...10_000)
        definition.calendar = section["calendar"].flatMap(calendar)
        return definition
    }

    private func calendar(_ element: Element) -> String? {
        guard let name = element.name() else { return nil }
        if let known = options.calendars, !known.contains(name) {
            element.report("'\(name)' is no known exchange calendar\(log.advice(name, among: known))")
        }
        return name
    }

    private func fillTasks(_ section: Section, _ definition: inout WorkflowDefinition) {
        let shape: DocumentShape
        let tasks: [ReadTask]
        switch (section["stages"], section["steps"]) {
        case (_?, _?):
            return section.report("a workflow has 'stages' or 'steps', not both", at: "steps")
        case (nil, nil):
            return section.report("a workflow needs 'stages' or 'steps'")
        case (let stages?, nil):
            shape = .stages
            let reader = StageReader(tasks: reader(.stages), hasCalendar: section["calendar"] != nil)
            (definition.stages, tasks) = reader.read(stages)
        case (nil, let steps?):
            shape = .steps
            tasks = self.steps(steps)
        }
        guard !tasks.isEmpty else { return }
        finish(tasks, shape, section, &definition)
    }

    private func reader(_ shape: DocumentShape) -> TaskReader {
        TaskReader(shape: shape, options: options, types: types)
    }

    private func steps(_ element: Element) -> [ReadTask] {
        guard let items = element.items() else { return [] }
        if items.isEmpty { element.report("is empty; a workflow needs at least one step") }
        let reader = reader(.steps)
        var tasks: [ReadTask] = []
        for (place, item) in items.enumerated() {
            tasks += reader.tasks(item, step: place, after: tasks.last?.definition.name, stage: nil)
        }
        return tasks
    }

    /// Checks what needs all tasks: dependencies, the graph, conditions.
    private func finish(
        _ tasks: [ReadTask], _ shape: DocumentShape, _ section: Section, _ definition: inout WorkflowDefinition
    ) {
        guard tasks.count <= DocumentLimits.tasks else {
            let key = shape == .stages ? "stages" : "steps"
            return section.report("has \(tasks.count) tasks; allowed: up to \(DocumentLimits.tasks)", at: key)
        }
        let resolved = DependencyResolver(tasks, shape: shape, log: log).resolved()
        definition.tasks = resolved.map(\.definition)
        let itself = TaskKind.subprocess(workflow: definition.name)
        for task in resolved where task.definition.kind == itself && task.definition.condition == nil {
            task.element.report("the workflow runs itself as a subprocess, which never ends")
        }
        GraphCheck(tasks: resolved, section: section).report(on: definition)
        ConditionScope(resolved, types: types).check()
    }
}
