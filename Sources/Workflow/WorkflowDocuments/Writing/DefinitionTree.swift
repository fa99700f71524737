internal import Configuration
internal import WorkflowModel

/// Writes a definition as a document's tree: stages where it has any, else steps.
struct DefinitionTree {
    let definition: WorkflowDefinition

    var tree: Tree {
        var entries = [Tree.Entry("name", .text(definition.name))]
        entries.add("description", definition.description.isEmpty ? nil : .text(definition.description))
        entries.add("priority", definition.priority == .medium ? nil : .text(definition.priority.name))
        entries.add("timeout", definition.timeout == .seconds(3_600) ? nil : .text(definition.timeout.text))
        entries.add("max_concurrent_tasks", definition.concurrency.map(Tree.integer))
        entries.add("calendar", definition.calendar.map(Tree.text))
        if definition.stages.isEmpty {
            entries.add("steps", .list(TaskTrees(shape: .steps).items(definition.tasks[...])))
        } else {
            entries.add("stages", .section(definition.stages.indices.map(stage)))
        }
        entries.add("triggers", definition.triggers.isEmpty ? nil : .list(definition.triggers.map(trigger)))
        return .section(entries)
    }

    private func stage(_ place: Int) -> Tree.Entry {
        let stage = definition.stages[place]
        var entries: [Tree.Entry] = []
        entries.add("window", stage.window.map(window))
        let tasks = definition.tasks.filter { $0.stage == place }
        entries.add("tasks", .list(TaskTrees(shape: .stages).items(tasks[...])))
        return Tree.Entry(stage.name, .section(entries))
    }

    private func window(_ window: StageWindow) -> Tree {
        var entries = [
            Tree.Entry("from", .text(moment(window.from))), Tree.Entry("until", .text(moment(window.until))),
        ]
        entries.add("every", (window.every?.text).map(Tree.text))
        return .section(entries)
    }

    private func moment(_ moment: StageWindow.Moment) -> String {
        switch moment {
        case .open(let offset): "open" + signed(offset)
        case .close(let offset): "close" + signed(offset)
        case .time(let time): clock(Int(time.components.seconds))
        }
    }

    private func signed(_ offset: Duration) -> String {
        if offset == .zero { return "" }
        return offset < .zero ? "-" + (.zero - offset).text : "+" + offset.text
    }

    private func clock(_ seconds: Int) -> String {
        let parts = [seconds / 3_600, seconds / 60 % 60] + (seconds % 60 == 0 ? [] : [seconds % 60])
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    private func trigger(_ trigger: TriggerDefinition) -> Tree {
        var entries = [Tree.Entry("type", .text(trigger.type))]
        entries += fields(trigger.kind)
        entries.add("cooldown", trigger.cooldown == .zero ? nil : .text(trigger.cooldown.text))
        return .section(entries)
    }

    private func fields(_ kind: TriggerDefinition.Kind) -> [Tree.Entry] {
        switch kind {
        case .schedule(let cron, let zone, let missed):
            [
                Tree.Entry("cron", .text(cron)), Tree.Entry("timezone", .text(zone)),
                Tree.Entry("missed", .text(missed.rawValue)),
            ]
        case .priceChange(let symbol, let threshold, let direction):
            [
                Tree.Entry("symbol", .text(symbol)), Tree.Entry("threshold", .value(.number(threshold))),
                Tree.Entry("direction", .text(direction.rawValue)),
            ]
        case .volumeSpike(let symbol, let multiplier):
            [Tree.Entry("symbol", .text(symbol)), Tree.Entry("multiplier", .value(.number(multiplier)))]
        case .volatility(let symbol, let level):
            (symbol.map { [Tree.Entry("symbol", .text($0))] } ?? [])
                + [Tree.Entry("vix_threshold", .value(.number(level)))]
        case .newsSentiment(let keywords, let threshold):
            [
                Tree.Entry("keywords", .list(keywords.map(Tree.text))),
                Tree.Entry("sentiment_threshold", .value(.number(threshold))),
            ]
        case .breakingNews(let sources, let priority):
            [
                Tree.Entry("sources", .list(sources.map(Tree.text))),
                Tree.Entry("priority", .text(priority.name)),
            ]
        case .manual: []
        case .webhook(let name): [Tree.Entry("name", .text(name))]
        }
    }
}
