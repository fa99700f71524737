internal import WorkflowModel

/// Knows what the names of a condition stand for, as runs look them up: `input` (what the run was given), `steps` and
/// `results` (what tasks put out, by task), a task's name, and the fields that the tasks before put out.
struct ConditionScope {
    private let tasks: [ReadTask]
    private let outputs: [ValueShape?]
    private let before: TaskOrder
    private let log: ProblemLog
    private var places: [String: Int] = [:]
    /// For every field that is put out, the tasks that put it out in each shape.
    private var producers: [String: [ValueShape: TaskSet]] = [:]
    private let names: [String]
    private var unknown: TaskSet

    init(_ tasks: [ReadTask], types: WorkTypes) {
        self.tasks = tasks
        log = types.log
        outputs = tasks.map { types.outputs(of: $0.definition.kind) }
        before = TaskOrder(tasks.map(\.definition))
        unknown = TaskSet(tasks.count)
        names = tasks.map(\.definition.name)
        for (place, task) in tasks.enumerated() {
            if places[task.definition.name] == nil { places[task.definition.name] = place }
            switch outputs[place] {
            case .object(let fields):
                for (name, shape) in fields {
                    producers[name, default: [:]][shape, default: TaskSet(tasks.count)].insert(place)
                }
            // A join puts out fields called like the tasks before it, which are found by these names anyway.
            default: if task.definition.kind != .join { unknown.insert(place) }
            }
        }
    }

    /// Reports what can never work in the conditions of all steps, once for each step.
    func check() {
        for (place, task) in tasks.enumerated() {
            guard let condition = task.definition.condition, let element = task.condition,
                place == 0 || tasks[place - 1].step != task.step
            else { continue }
            check(condition, at: element, of: place)
        }
    }

    private func check(_ condition: Condition, at element: Element, of place: Int) {
        let paths = condition.paths.sorted { $0.description < $1.description }
        var shapes: [String: ValueShape] = [:]
        for path in paths {
            switch path.root {
            case "steps", "results": checkTask(path, at: element, of: place)
            case "input": continue
            case let name where places[name] != nil:
                checkTask(path, at: element, of: place)
                shapes[name] = places[name].flatMap { outputs[$0] }
            case let name:
                shapes[name] = shape(of: name, for: place)
                if shapes[name] == nil { checkBare(name, at: element, of: place) }
            }
        }
        let named = Set(paths.filter { $0.root == "steps" || $0.root == "results" }.compactMap(ConditionScope.task))
        let fields = Dictionary(uniqueKeysWithValues: named.map { ($0, places[$0].flatMap { outputs[$0] } ?? .any) })
        for root in ["steps", "results"] where paths.contains(where: { $0.root == root && !$0.steps.isEmpty }) {
            shapes[root] = paths.contains { $0.root == root && $0.steps.isEmpty } ? .any : .object(fields)
        }
        for problem in condition.problems(against: shapes) {
            element.report("column \(problem.column) of the condition: \(problem.message)")
        }
    }

    /// The task that a path names, itself or below `steps` or `results`.
    private static func task(_ path: ConditionPath) -> String? {
        guard path.root == "steps" || path.root == "results" else { return path.root }
        guard case .field(let name)? = path.steps.first else { return nil }
        return name
    }

    private func checkTask(_ path: ConditionPath, at element: Element, of place: Int) {
        guard let name = ConditionScope.task(path) else { return }
        guard let named = places[name] else {
            let advice = log.advice(name, among: names, listing: false)
            element.report("the condition reads '\(path)', but there is no '\(name)'\(advice)")
            return
        }
        guard named != place, !before.contains(named, before: place) else { return }
        element.report(
            "the condition reads '\(path)', but '\(name)' is not settled before; add it to the dependencies")
    }

    /// The shape of a field that tasks before put out; nil where nothing is known for certain.
    private func shape(of name: String, for place: Int) -> ValueShape? {
        guard !before.meets(unknown, before: place) else { return nil }
        let shapes = (producers[name] ?? [:]).filter { before.meets($0.value, before: place) }
        return shapes.count > 1 ? .any : shapes.first?.key
    }

    /// Reports a name that nothing before puts out where one like it is put out.
    private func checkBare(_ name: String, at element: Element, of place: Int) {
        guard !before.meets(unknown, before: place) else { return }
        let known = producers.filter { $0.value.values.contains { before.meets($0, before: place) } }.keys.sorted()
        let advice = log.advice(name, among: known, listing: false)
        guard !advice.isEmpty else { return }
        element.report(
            "the condition reads '\(name)', which nothing before puts out\(advice); write 'input.\(name)' for what the run is given"
        )
    }
}
