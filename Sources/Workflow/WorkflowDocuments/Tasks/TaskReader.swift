internal import Configuration
internal import WorkflowModel

/// Reads one written task or step, which becomes several tasks where it is conditional.
struct TaskReader {
    let shape: DocumentShape
    let options: DocumentOptions
    let types: WorkTypes

    private var settings: TaskSettingsReader { TaskSettingsReader(options: options, types: types) }

    /// The tasks that one element makes; `previous` is what a step waits for where it says nothing.
    func tasks(_ element: Element, step: Int, after previous: String?, stage: Int?) -> [ReadTask] {
        guard let section = Section(element, "a \(shape.word)") else { return [] }
        section.allow(shape.keys, instead: shape.instead)
        guard var task = named(section, step) else { return [] }
        task.definition.stage = stage
        task.definition.timeout = options.taskTimeout
        task.definition.retry = options.retry
        settings.apply(section, to: &task.definition)
        task.dependencies = section[shape.dependencies]
        task.definition.dependencies = dependencies(section, previous)
        task.condition = section["condition"]
        task.definition.condition = task.condition.flatMap(condition)
        if section[shape.type]?.node.raw == "conditional" { return conditional(section, task) }
        refuseActions(section)
        work(section, &task)
        return [task]
    }

    private func dependencies(_ section: Section, _ previous: String?) -> [String] {
        guard let element = section[shape.dependencies] else { return previous.map { [$0] } ?? [] }
        if element.node.raw != nil { return element.name().map { [$0] } ?? [] }
        return element.names()?.map(\.name) ?? []
    }

    /// A task of the written name or of its type's name.
    private func named(_ section: Section, _ step: Int) -> ReadTask? {
        if let element = section["name"] {
            return element.name().map {
                ReadTask(definition: TaskDefinition($0, .join), element: section.element, name: element, step: step)
            }
        }
        guard shape == .stages else {
            section.report("a step needs a 'name'")
            return nil
        }
        guard let element = section["task_type"] else {
            section.report("a task needs a 'task_type', the work to be done")
            return nil
        }
        return element.name().map {
            ReadTask(
                definition: TaskDefinition($0, .join), element: section.element, name: element, isNamed: false,
                step: step)
        }
    }

    private func condition(_ element: Element) -> Condition? {
        let text: String?
        if case .scalar(let raw, .bool) = element.node.content { text = raw } else { text = element.text() }
        guard let text else { return nil }
        do throws(ConditionError) {
            return try Condition(text)
        } catch {
            element.report("column \(error.column) of the condition: \(error.message)")
            return nil
        }
    }

    private func refuseActions(_ section: Section) {
        guard section["actions"] != nil else { return }
        let hint = section["condition"] == nil ? "" : "; write '\(shape.type): conditional'"
        section.report("'actions' belong to a \(shape.word) of the type 'conditional'\(hint)", at: "actions")
    }

    // MARK: - What it does

    /// Fills in the kind and what the work is told.
    private func work(_ section: Section, _ task: inout ReadTask) {
        let type = section[shape.type].map { ($0.name(), $0) } ?? (task.definition.name, task.name)
        if section[shape.type] == nil, shape == .stages {
            section.report("a task needs a 'task_type', the work to be done")
            return
        }
        guard let name = type.0 else { return }
        if name != "subprocess", section["workflow_id"] != nil {
            section.report("'workflow_id' belongs to a \(shape.word) of the type 'subprocess'", at: "workflow_id")
        }
        let params = section[shape.params]
        task.definition.params = params.flatMap { $0.object() } ?? .object([:])
        // A step without a type takes its name for one, and its name is then never one of the engine's own types.
        let isOwn = section[shape.type] != nil && DocumentShape.ownTypes.contains(name)
        guard isOwn else {
            task.definition.kind = .work(type: name)
            types.check(name, at: type.1)
            types.check(params, of: name, owner: task.element)
            return
        }
        ownWork(name, section, params, &task.definition)
    }

    private func ownWork(_ type: String, _ section: Section, _ params: Element?, _ task: inout TaskDefinition) {
        switch type {
        case "approval": task.kind = .approval
        case "subprocess": task.kind = subprocess(section) ?? .join
        case "wait":
            task.kind = wait(section, params) ?? .join
            task.params = .object([:])
        case "circuit_breaker":
            let policy = params.flatMap { Section($0, "params") }.map(settings.breaker)
            task.kind = .circuitBreaker(policy ?? BreakerPolicy())
            task.params = .object([:])
        default:
            task.kind = .join
            if task.compensation != nil {
                section.report("a join does nothing that could be undone", at: "compensate")
            }
        }
    }

    private func subprocess(_ section: Section) -> TaskKind? {
        guard let element = section["workflow_id"] else {
            section.report("a subprocess needs a 'workflow_id', the name of the workflow to run")
            return nil
        }
        return element.name().map(TaskKind.subprocess)
    }

    private func wait(_ section: Section, _ params: Element?) -> TaskKind? {
        guard let params else {
            section.report("a wait needs '\(shape.params)' with 'seconds' or 'duration'")
            return nil
        }
        guard let fields = Section(params, shape.params) else { return nil }
        fields.allow(["seconds", "duration"])
        let given = ["seconds", "duration"].compactMap { fields[$0] }
        guard given.count == 1, let length = given.first else {
            fields.report("a wait needs 'seconds' or 'duration', one of them")
            return nil
        }
        return length.duration(allowingZero: true).map(TaskKind.wait)
    }
}

extension TaskReader {
    /// One task per action, in sequence, and a join of the step's own name after them.
    private func conditional(_ section: Section, _ step: ReadTask) -> [ReadTask] {
        if section["condition"] == nil { section.report("a conditional \(shape.word) needs a 'condition'") }
        for key in ["compensate", "cache", "circuit_breaker", "workflow_id", shape.params] where section[key] != nil {
            section.report("a conditional \(shape.word) does no work of its own; give '\(key)' to an action", at: key)
        }
        guard let actions = section["actions"] else {
            section.report("a conditional \(shape.word) needs 'actions', the work to be done")
            return []
        }
        var tasks: [ReadTask] = []
        let elements = actions.items() ?? []
        if actions.node.items?.isEmpty == true { actions.report("is empty; name at least one type of work") }
        for element in elements {
            guard var task = action(element, of: step) else { continue }
            if let last = tasks.last { task.definition.dependencies = [last.definition.name] }
            tasks.append(task)
        }
        return tasks + [join(step, after: tasks)]
    }

    private func join(_ step: ReadTask, after tasks: [ReadTask]) -> ReadTask {
        var join = step
        join.definition = TaskDefinition(step.definition.name, .join, retry: step.definition.retry)
        join.definition.agent = step.definition.agent
        join.definition.stage = step.definition.stage
        join.definition.priority = step.definition.priority
        join.definition.timeout = step.definition.timeout
        join.definition.condition = step.definition.condition
        join.definition.dependencies = tasks.map(\.definition.name)
        join.dependencies = nil
        return join
    }

    private func action(_ element: Element, of step: ReadTask) -> ReadTask? {
        var task = step
        task.name = element
        task.definition.compensation = nil
        task.definition.cache = nil
        task.definition.breaker = nil
        guard element.node.entries != nil else {
            guard let type = element.name() else { return nil }
            if !refusesOwn(type, element) { types.check(type, at: element) }
            types.check(nil, of: type, owner: element)
            task.definition.kind = .work(type: type)
            task.definition.name += "/\(type)"
            return task
        }
        return written(element, &task)
    }

    private func written(_ element: Element, _ task: inout ReadTask) -> ReadTask? {
        guard let section = Section(element, "an action") else { return nil }
        section.allow(shape.actionKeys, instead: shape.instead)
        guard let type = section[shape.type] else {
            section.report("an action needs a '\(shape.type)', the work to be done")
            return nil
        }
        guard let name = (section["name"] ?? type).name() else { return nil }
        if type.node.raw == "conditional" || type.node.raw == "join", refusesOwn(type.node.raw ?? "", type) {
            return nil
        }
        task.definition.name += "/\(name)"
        settings.apply(section, to: &task.definition)
        work(section, &task)
        return task
    }

    /// Whether the type is one of the engine's own, which is reported.
    private func refusesOwn(_ type: String, _ element: Element) -> Bool {
        guard DocumentShape.ownTypes.contains(type) else { return false }
        let plain = ["conditional", "join"].contains(type)
        element.report(
            plain
                ? "an action cannot be a '\(type)'; make it a \(shape.word) of its own"
                : "an action of the type '\(type)' needs more than its name; write {\(shape.type): \(type), …}")
        return true
    }
}
