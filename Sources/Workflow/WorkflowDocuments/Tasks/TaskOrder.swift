internal import WorkflowModel

/// Tasks by their places, one bit each.
struct TaskSet: Sendable {
    fileprivate var words: [UInt64]

    init(_ count: Int) {
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    mutating func insert(_ place: Int) { words[place >> 6] |= 1 << UInt64(place & 63) }

    func contains(_ place: Int) -> Bool { words[place >> 6] & (1 << UInt64(place & 63)) != 0 }

    fileprivate mutating func formUnion(_ other: TaskSet) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    fileprivate func meets(_ other: TaskSet) -> Bool {
        zip(words, other.words).contains { $0 & $1 != 0 }
    }
}

/// Which tasks are settled before which, through dependencies and stages.
struct TaskOrder {
    private var before: [TaskSet]

    /// Tasks of a circle count as having nothing before them.
    init(_ tasks: [TaskDefinition]) {
        before = Array(repeating: TaskSet(tasks.count), count: tasks.count)
        addStages(tasks)
        var places: [String: Int] = [:]
        for (place, task) in tasks.enumerated() { places[task.name] = place }
        let needs = tasks.map { $0.dependencies.compactMap { places[$0] } }
        for place in TaskOrder.settling(needs) {
            for need in needs[place] {
                before[place].formUnion(before[need])
                before[place].insert(need)
            }
        }
    }

    func contains(_ task: Int, before place: Int) -> Bool { before[place].contains(task) }

    func meets(_ set: TaskSet, before place: Int) -> Bool { before[place].meets(set) }

    private mutating func addStages(_ tasks: [TaskDefinition]) {
        var earlier = TaskSet(tasks.count)
        var stage = tasks.first?.stage
        var pending: [Int] = []
        for (place, task) in tasks.enumerated() where task.stage != nil {
            if task.stage != stage {
                for settled in pending { earlier.insert(settled) }
                (pending, stage) = ([], task.stage)
            }
            before[place] = earlier
            pending.append(place)
        }
    }

    /// Places in an order in which every task comes after what it needs; circles are left out.
    private static func settling(_ needs: [[Int]]) -> [Int] {
        var open = needs.map(\.count)
        var dependants = [[Int]](repeating: [], count: needs.count)
        for (place, needed) in needs.enumerated() {
            for need in needed { dependants[need].append(place) }
        }
        var order = open.indices.filter { open[$0] == 0 }
        var next = 0
        while next < order.count {
            for dependant in dependants[order[next]] {
                open[dependant] -= 1
                if open[dependant] == 0 { order.append(dependant) }
            }
            next += 1
        }
        return order
    }
}
