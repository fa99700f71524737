internal import Configuration
internal import WorkflowModel

/// Reads the stages of a workflow with their tasks.
struct StageReader {
    let tasks: TaskReader
    /// Whether the workflow names an exchange calendar.
    let hasCalendar: Bool

    func read(_ element: Element) -> (stages: [Stage], tasks: [ReadTask]) {
        guard let section = Section(element, "'stages'") else { return ([], []) }
        if section.all.isEmpty { section.report("is empty; a workflow needs at least one stage") }
        var stages: [Stage] = []
        var found: [ReadTask] = []
        for (name, element) in section.all {
            guard let stage = Section(element, "a stage") else { continue }
            stage.allow(["window", "tasks"])
            if name.allSatisfy(\.isWhitespace) { element.report("a stage has no name") }
            found += self.tasks(of: stage, place: stages.count, before: found.count)
            stages.append(Stage(name, window: stage["window"].flatMap(window)))
        }
        return (stages, found)
    }

    private func tasks(of stage: Section, place: Int, before: Int) -> [ReadTask] {
        guard let list = stage["tasks"] else {
            stage.report("a stage needs 'tasks'")
            return []
        }
        guard let items = list.items() else { return [] }
        if items.isEmpty { list.report("is empty; a stage needs at least one task") }
        return items.enumerated().flatMap {
            tasks.tasks($1, step: before + $0, after: nil, stage: place)
        }
    }

    private func window(_ element: Element) -> StageWindow? {
        guard let section = Section(element, "a window") else { return nil }
        section.allow(["from", "until", "every"], instead: ["to": "until"])
        if !hasCalendar {
            section.report("a window needs the workflow's 'calendar', such as XNYS")
        }
        let from = moment("from", in: section)
        let until = moment("until", in: section)
        let every = section["every"]?.duration()
        guard let from, let until else { return nil }
        if let reason = StageReader.isBackward(from, until) {
            section.report("the window ends \(reason) it begins", at: "until")
        }
        return StageWindow(from: from, until: until, every: every)
    }

    private func moment(_ key: String, in section: Section) -> StageWindow.Moment? {
        guard let element = section[key] else {
            section.report("a window needs '\(key)'")
            return nil
        }
        return element.moment()
    }

    /// How the end stands to the beginning where both count from the same point and it is not after it.
    private static func isBackward(_ from: StageWindow.Moment, _ until: StageWindow.Moment) -> String? {
        switch (from, until) {
        case (.time(let from), .time(let until)), (.open(let from), .open(let until)),
            (.close(let from), .close(let until)):
            from < until ? nil : from == until ? "when" : "before"
        default: nil
        }
    }
}
