public import WorkflowModel

extension RunMachine {
    /// What a task put out; nil where it has put out nothing or its output is no JSON.
    public func output(of name: String) -> Value? {
        guard let place = plan.place(of: name), let bytes = tasks[place].output else { return nil }
        return try? Value(json: bytes)
    }

    /// What a name means to a task: `input`, `steps` (or `results`), the name of a task it depends on, a field that a task it depends on
    /// put out, the nearest first, or a field of the run's input; nil where it means nothing.
    func value(of name: String, at place: Int) -> Value? {
        switch name {
        case "input": return header?.input ?? .object([:])
        case "steps", "results": return results(before: place)
        default: break
        }
        let ancestors = ancestors(of: place)
        if let task = plan.place(of: name), ancestors.contains(task), let output = output(of: name) { return output }
        for ancestor in ancestors {
            if let field = output(of: plan.tasks[ancestor].name)?[name] { return field }
        }
        return header?.input?[name]
    }

    /// Everything that the tasks before a task put out, by their names.
    func results(before place: Int) -> Value {
        var results: [String: Value] = [:]
        for ancestor in ancestors(of: place) {
            let name = plan.tasks[ancestor].name
            results[name] = output(of: name)
        }
        return .object(results)
    }

    /// Everything that the run's tasks put out, by their names.
    public var outputs: [String: Value] {
        var outputs: [String: Value] = [:]
        for task in plan.tasks { outputs[task.name] = output(of: task.name) }
        return outputs
    }

    /// The tasks that a task depends on, directly or through others, and those of earlier stages; the nearest first.
    func ancestors(of place: Int, atMost limit: Int = .max) -> [Int] {
        var found: [Int] = []
        var seen: Set<Int> = [place]
        var next = plan.tasks[place].dependencies
        while !next.isEmpty, found.count < limit {
            var further: [Int] = []
            for ancestor in next.reversed() where seen.insert(ancestor).inserted {
                found.append(ancestor)
                further += plan.tasks[ancestor].dependencies
            }
            next = further
        }
        let earlier = members.prefix(plan.tasks[place].definition.stage ?? 0).joined().reversed()
        return Array((found + earlier.lazy.filter { !seen.contains($0) }.prefix(limit)).prefix(limit))
    }

    /// What a task that only brings results together puts out.
    func joined(_ place: Int) -> [UInt8] {
        var results: [String: Value] = [:]
        for dependency in plan.tasks[place].dependencies {
            let name = plan.tasks[dependency].name
            results[name] = output(of: name)
        }
        return Value.object(results).recorded
    }
}
