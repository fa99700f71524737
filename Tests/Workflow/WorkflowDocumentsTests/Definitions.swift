import Determinism
import WorkflowModel

/// Definitions to write and read again.
enum Definitions {
    /// One with every part that documents can say.
    static var everything: WorkflowDefinition {
        var random = SeededRandom(seed: 1)
        return random.definition(stages: 2, tasks: 24)
    }

    static func condition(_ text: String) -> Condition? {
        try? Condition(text)
    }
}

extension SeededRandom {
    private mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    private mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    private mutating func duration() -> Duration {
        pick([.seconds(1 + below(100_000)), .milliseconds(1 + below(5_000)), .nanoseconds(1 + below(2_000_000_000))])
    }

    private mutating func text() -> String {
        pick([
            "plain", "two words", "12", "0.5", "true", "null", "~", "- dash", "a: b", "a #b", "'single'", "\"double\"",
            "[x]", "{y}", "tab\there", "line\nbreak", "é 日本 🙂", "x:", "&anchor", "*alias", "!tag", "%", "@", "06:00",
            " leading", "trailing ", "back\\slash", "a, b", "?", "|", ">", "<<", "=", "\u{2028}", "\u{7}", "\u{FFFE}",
            "---", "...",
        ])
    }

    mutating func value(depth: Int = 0) -> Value {
        switch below(depth < 3 ? 8 : 6) {
        case 0: .null
        case 1: .boolean(oneIn(2))
        case 2: .integer(pick([0, -1, .max, .min, Int64(below(1_000))]))
        case 3: .number(pick([0.7, -2.5, 1e-5, 1e300, 3.0, 123456.789, -0.0]))
        case 4, 5: .text(oneIn(8) ? "" : text())
        case 6: .list((0..<below(4)).map { _ in value(depth: depth + 1) })
        default: object(depth: depth + 1)
        }
    }

    private mutating func object(depth: Int = 0) -> Value {
        var fields: [String: Value] = [:]
        for _ in 0..<below(4) { fields[text()] = value(depth: depth) }
        return .object(fields)
    }

    private mutating func kind(_ name: String) -> TaskKind {
        switch below(9) {
        case 0: .subprocess(workflow: "sub " + text().trimmedName)
        case 1: .approval
        case 2: .circuitBreaker(breaker())
        case 3: .wait(duration())
        case 4: .join
        case 5: .work(type: name)
        default: .work(type: pick(["news", "trade", "risk_check", "a/b"]))
        }
    }

    private mutating func breaker() -> BreakerPolicy {
        BreakerPolicy(failureThreshold: 1 + below(9), timeout: duration(), resetTimeout: duration())
    }

    private mutating func retry() -> RetryPolicy {
        pick([
            .standard, .never, RetryPolicy(attempts: 1 + below(9)),
            RetryPolicy(attempts: 3, base: .milliseconds(250), longest: .seconds(90), jitter: 0.5),
        ])
    }

    private mutating func task(_ name: String, among earlier: [String], stage: Int?) -> TaskDefinition {
        let first = stage == nil && !oneIn(3) ? earlier.suffix(1) : earlier.filter { _ in oneIn(4) }.prefix(3)
        var task = TaskDefinition(name, kind(name), after: Array(first), retry: retry())
        let takesParams =
            switch task.kind {
            case .work, .subprocess, .approval, .join: true;
            default: false
            }
        if takesParams, oneIn(2) { task.params = object() }
        task.stage = stage
        if oneIn(3) { task.agent = text().trimmedName }
        task.priority = pick(Priority.allCases)
        if oneIn(3) { task.timeout = duration() }
        if oneIn(3) {
            task.condition = Definitions.condition(pick(["a > 1", "b == 'x: y'", "true", "not (c in [1, 2])"]))
        }
        if oneIn(3), task.kind != .join {
            task.compensation = Compensation(type: pick(["undo", "no: yes"]), params: object())
        }
        if oneIn(4) { task.cache = CachePolicy(keys: oneIn(2) ? [] : ["input.day", "x"], lifetime: duration()) }
        if oneIn(4) { task.breaker = breaker() }
        return task
    }

    /// Three tasks as a conditional step makes them.
    private mutating func conditional(_ name: String, among earlier: [String], stage: Int?) -> [TaskDefinition] {
        var join = TaskDefinition(name, .join, after: ["\(name)/one", "\(name)/trade"], retry: retry())
        join.condition = Definitions.condition("a > 1")
        join.priority = pick(Priority.allCases)
        join.stage = stage
        var first = join
        first.name = "\(name)/one"
        first.kind = .work(type: "news")
        first.params = object()
        first.dependencies = stage == nil ? Array(earlier.suffix(1)) : []
        var second = join
        second.name = "\(name)/trade"
        second.kind = .work(type: "trade")
        second.dependencies = [first.name]
        return [first, second, join]
    }

    mutating func definition(stages: Int, tasks count: Int) -> WorkflowDefinition {
        var tasks: [TaskDefinition] = []
        for place in 0..<count {
            let stage = stages == 0 ? nil : place * stages / count
            let earlier = tasks.map(\.name)
            if oneIn(6) {
                tasks += conditional("c\(place)", among: earlier, stage: stage)
            } else {
                tasks.append(task("t\(place)" + pick(["", " x", "/y", "'q"]), among: earlier, stage: stage))
            }
        }
        return WorkflowDefinition(
            text().trimmedName, description: text(), priority: pick(Priority.allCases), timeout: duration(),
            concurrency: oneIn(2) ? nil : 1 + below(9), calendar: "XNYS", stages: (0..<stages).map { stage($0) },
            tasks: tasks, triggers: triggers())
    }

    private mutating func stage(_ place: Int) -> Stage {
        let windows: [StageWindow?] = [
            nil, StageWindow(from: .time(.seconds(21_600)), until: .open(.zero)),
            StageWindow(from: .open(.seconds(-12_600)), until: .close(.seconds(900)), every: duration()),
            StageWindow(from: .time(.seconds(34_215)), until: .time(.seconds(86_400))),
        ]
        return Stage("stage \(place)", window: pick(windows))
    }

    private mutating func triggers() -> [TriggerDefinition] {
        let kinds: [TriggerDefinition.Kind] = [
            .schedule(cron: "0 9 * * 1-5", timeZone: "America/New_York", missed: pick(MissedFirePolicy.allCases)),
            .priceChange(symbol: "AAPL", threshold: 0.02, direction: pick(PriceDirection.allCases)),
            .volumeSpike(symbol: "AAPL", multiplier: 2), .volatility(symbol: nil, level: 30),
            .volatility(symbol: "^VIX", level: 12.5), .newsSentiment(keywords: ["FDA", "a: b"], threshold: 0.7),
            .breakingNews(sources: [], priority: .low), .breakingNews(sources: ["Reuters"], priority: .high), .manual,
            .webhook(name: "hook"),
        ]
        return kinds.filter { _ in oneIn(2) }.map { TriggerDefinition($0, cooldown: oneIn(2) ? .zero : duration()) }
    }
}

extension String {
    /// This text without what names must not contain.
    fileprivate var trimmedName: String {
        let kept = filter { !["\t", "\n", "\u{7}", "\u{2028}", "\u{FFFE}"].contains($0) }
        return kept.isEmpty ? "x" : kept
    }
}
