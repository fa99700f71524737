internal import Configuration
internal import WorkflowModel

/// Replaces types of work by task names in dependencies and reports what names nothing.
struct DependencyResolver {
    private let shape: DocumentShape
    private let log: ProblemLog
    private var names: [String: Int] = [:]
    private var types: [String: [Int]] = [:]
    private let tasks: [ReadTask]
    private let known: [String]

    init(_ tasks: [ReadTask], shape: DocumentShape, log: ProblemLog) {
        self.tasks = tasks
        self.shape = shape
        self.log = log
        known = tasks.map(\.definition.name)
        for (place, task) in tasks.enumerated() {
            if names[task.definition.name] == nil { names[task.definition.name] = place }
            if case .work(let type) = task.definition.kind { types[type, default: []].append(place) }
        }
    }

    /// The tasks with dependencies that exist; the others are reported and left out.
    func resolved() -> [ReadTask] {
        var result = tasks
        for (place, task) in tasks.enumerated() {
            guard let written = task.dependencies, isFirstOfStep(place) else { continue }
            let elements = written.node.items == nil ? [written] : written.items() ?? []
            let named = Set(task.definition.dependencies)
            result[place].definition.dependencies = elements.compactMap { element in
                guard let name = element.node.raw, named.contains(name) else { return nil }
                return resolve(name, element, place)
            }
        }
        return result
    }

    /// Of a conditional step only the first action waits for what is written.
    private func isFirstOfStep(_ place: Int) -> Bool {
        place == 0 || tasks[place - 1].step != tasks[place].step
    }

    private func resolve(_ name: String, _ element: Element, _ place: Int) -> String? {
        let own = tasks[place].definition.name
        guard let found = names[name] else { return byType(name, element, own) }
        if shape == .steps, found >= place {
            let isOwn = tasks[found].step == tasks[place].step
            element.report(
                isOwn
                    ? "'\(name)' depends on itself"
                    : "'\(own)' depends on '\(name)', which stands after it; a step waits only for steps before it")
            return nil
        }
        return name
    }

    private func byType(_ name: String, _ element: Element, _ own: String) -> String? {
        let places = shape == .stages ? types[name] ?? [] : []
        if places.count == 1 { return tasks[places[0]].definition.name }
        if places.count > 1 {
            let names = places.prefix(8).map { "'\(tasks[$0].definition.name)'" }.joined(separator: ", ")
            element.report("'\(name)' is the work of \(places.count) tasks (\(names)); write the name of one")
        } else {
            let advice = log.advice(name, among: known, except: own, listing: false)
            element.report("'\(own)' depends on '\(name)', which does not exist\(advice)")
        }
        return nil
    }
}
