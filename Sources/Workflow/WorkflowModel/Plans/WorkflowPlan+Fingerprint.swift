import Determinism

extension WorkflowPlan {
    /// A hash of what decides a run's course: two definitions with the same hash take the same events.
    ///
    /// Journals hold it, so the text it is taken from must not change.
    static func fingerprint(of definition: WorkflowDefinition) -> UInt64 {
        var text = [
            quoted(definition.name), "\(definition.timeout.wholeNanoseconds)", "\(definition.concurrency ?? 0)",
        ]
        text += definition.stages.map { stage in
            quoted(stage.name) + (stage.window?.every.map { " every \($0.wholeNanoseconds)" } ?? "")
        }
        text += definition.tasks.map(line(of:))
        return Fingerprint.of(text.joined(separator: "\n"))
    }

    private static func line(of task: TaskDefinition) -> String {
        let retry = task.retry
        let waits = [retry.base, retry.longest, task.timeout].map { "\($0.wholeNanoseconds)" }
        var parts = [quoted(task.name), kind(task.kind), "\(task.stage ?? -1)", task.priority.name]
        parts += ["\(retry.attempts)", "\(retry.jitter.bitPattern)"] + waits
        parts += [quoted(task.condition?.text ?? ""), quoted(task.compensation?.type ?? "")]
        parts += [task.cache.map { "\($0.keys.map(quoted)) \($0.lifetime.wholeNanoseconds)" }.orNothing]
        return (parts + task.dependencies.map(quoted)).joined(separator: " ")
    }

    private static func kind(_ kind: TaskKind) -> String {
        switch kind {
        case .work(let type): "work \(quoted(type))"
        case .subprocess(let workflow): "subprocess \(quoted(workflow))"
        case .approval: "approval"
        case .circuitBreaker: "breaker"
        case .wait(let duration): "wait \(duration.wholeNanoseconds)"
        case .join: "join"
        }
    }

    /// Text with its length before it, so that no two lists of texts look the same.
    private static func quoted(_ text: String) -> String { "\(text.utf8.count):\(text)" }
}

extension Optional<String> {
    fileprivate var orNothing: String { self ?? "-" }
}

extension Duration {
    /// Nanoseconds, whole; the longest waits of definitions fit many times over.
    fileprivate var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ attoseconds / 1_000_000_000
    }
}
