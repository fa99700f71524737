import Determinism
import Testing
import WorkflowDocuments
import WorkflowModel

@Suite("Limits of documents") struct DocumentLimitTests {
    private func read(_ text: String, _ name: String = "w.yaml") -> DocumentReading {
        WorkflowDocument.read(text, name: name, options: Documents.checked)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a megabyte of random bytes is refused`() {
        var random = SeededRandom(seed: 11)
        for name in ["w.yaml", "w.json"] {
            let bytes = (0..<(1 << 20)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            #expect(!WorkflowDocument.read(bytes, name: name).problems.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `documents of random marks and words are refused or read but never trap`() {
        let words = [
            "name", "steps", "stages", "tasks", "type", "conditional", "actions", "params", "depends_on", "window",
            ": ",
            "\n", "\n  ", "\n- ", "{", "}", "[", "]", ",", "&a", "*a", "!!str", "'", "\"", "|", ">", "- ", "1", "-5",
            "x",
            "triggers", "cron", "---\n", "condition", "compensate", "retry", "null", "\t", "é", "timeout",
        ]
        var random = SeededRandom(seed: 12)
        for round in 0..<6_000 {
            let count = Int(random.next() % 40)
            let text = (0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined(separator: " ")
            let reading = read(text, round.isMultiple(of: 4) ? "w.json" : "w.yaml")
            #expect(!reading.problems.isEmpty || !reading.definitions.isEmpty)
        }
    }

    @Test func `a good document cut or changed anywhere never traps`() {
        let text = WorkflowDocument.write(Definitions.everything)
        let bytes = Array(text.utf8)
        for end in stride(from: 0, to: bytes.count, by: 19) {
            _ = WorkflowDocument.read(bytes[..<end], name: "w.yaml", options: Documents.checked)
        }
        var random = SeededRandom(seed: 13)
        for _ in 0..<250 {
            var changed = bytes
            for _ in 0..<3 {
                changed[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            _ = WorkflowDocument.read(changed, name: "w.yaml", options: Documents.checked)
        }
    }

    static let keys = [
        "name", "description", "priority", "timeout", "max_concurrent_tasks", "calendar", "stages", "steps", "triggers",
        "agent", "max_retries", "retry_delay", "cache", "retry", "compensate", "circuit_breaker", "condition", "params",
        "task_data", "depends_on", "dependencies", "type", "workflow_id", "actions", "task_type", "window", "tasks",
        "cron", "missed", "cooldown", "keywords", "sources", "threshold", "symbol", "multiplier", "vix_threshold",
    ]

    @Test func `any kind of value under any key is refused or read but never traps`() {
        let values = [
            "null", "true", "5", "-1", "0", "9223372036854775807", "-9223372036854775808", "1e300", "-1e300", ".inf",
            ".nan", "''", "text", "99999999999w", "open-25h", "[]", "[null]", "[[1]]", "[a, {b: 1}]", "{}",
            "{base: 1e300, max: -1}",
            "{seconds: 1e300}", "{duration: 99999w}", "{failure_threshold: -1}", "{from: open, until: 99:99}",
            "{a: {b: 1}}",
        ]
        let owners = [
            "", "steps: [{name: s, type: TYPE, ", "stages: {a: {tasks: [{task_type: TYPE, ", "triggers: [{type: TYPE, ",
        ]
        let types = [
            "notify", "conditional", "wait", "circuit_breaker", "subprocess", "join", "schedule", "price_change",
        ]
        for key in Self.keys {
            for (place, value) in values.enumerated() {
                for owner in owners {
                    let type = types[(place + key.utf8.count) % types.count]
                    let opening = owner.replacing("TYPE", with: type)
                    let closing = String(opening.reversed().compactMap { ["{": "}", "[": "]"][$0] })
                    let text = "{name: w, \(opening)\(key): \(value)\(closing)}"
                    let reading = read(text)
                    #expect(!reading.problems.isEmpty || !reading.definitions.isEmpty, "\(text)")
                }
            }
        }
    }

    static let hostile: [String: String] = [
        "dependencies": "name: w\nstages: {a: {tasks: [{task_type: notify, dependencies: ["
            + (0..<110_000).map { "n\($0)" }.joined(separator: ", ") + "]}]}}",
        "keys": "name: w\n" + (0..<75_000).map { "stepx\($0): 1\n" }.joined() + "steps: [{name: notify}]",
        "conditions": "name: w\nsteps:\n"
            + (0..<8_000).map {
                "- {name: s\($0), type: classify, condition: category == 'x' and ctegory in [s0, s1, s2]}\n"
            }
            .joined(),
        "aliases": "name: w\nsteps:\n- {name: a, type: news_analysis, params: &p {symbols: ["
            + (0..<390).map { "\($0)" }.joined(separator: ", ") + "]}}\n"
            + (0..<900).map { "- {name: s\($0), type: news_analysis, params: *p}\n" }.joined(),
        "names": "name: w\nsteps:\n" + (0..<30_000).map { _ in "- {name: notify}\n" }.joined(),
    ]

    @Test(.timeLimit(.minutes(1)), arguments: hostile.keys.sorted())
    func `documents made to take long are refused soon`(_ name: String) throws {
        let text = try #require(Self.hostile[name])
        #expect(text.utf8.count <= 1 << 20)
        #expect(!read(text).problems.isEmpty)
    }

    @Test func `a larger text is refused`() {
        let text = "name: w # " + String(repeating: "x", count: 1 << 20)
        #expect(
            Documents.problems(text) == ["1:1: the text has \(text.utf8.count) bytes; allowed: up to 1048576"])
    }

    @Test(arguments: ["[", "{a: ", "- ", "{\"a\":"])
    func `deep nesting is refused`(_ opening: String) {
        let text = String(repeating: opening, count: 100_000)
        #expect(Documents.problems(text).map { $0.hasSuffix("this nests deeper than 64 levels") } == [true])
        let json = String(repeating: "[", count: 100_000)
        #expect(Documents.problems(json, "w.json") == ["1:65: this nests deeper than 64 levels"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `aliases that explode are refused`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<10 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(
            Documents.problems(text).map { $0.hasSuffix("more than 400000 values once aliases are followed") } == [true]
        )
    }

    @Test func `aliases that do not are followed`() throws {
        let text = """
            name: w
            steps:
              - {name: a, type: news_analysis, params: &p {symbols: [AAPL]}}
              - {name: b, type: news_analysis, params: *p}
            """
        #expect(try read(text).get()[0].tasks.map(\.params) == [["symbols": ["AAPL"]], ["symbols": ["AAPL"]]])
    }

    @Test(.timeLimit(.minutes(1)))
    func `ten thousand steps are read and one more is refused`() throws {
        let count = 10_000
        let steps = (0..<count).map { "- {name: s\($0), type: notify, condition: x > \($0)}\n" }.joined()
        let definition = try read("name: w\nsteps:\n" + steps).get()[0]
        #expect(definition.tasks.count == count)
        #expect(definition.tasks.last?.dependencies == ["s\(count - 2)"])
        let more = read("name: w\nsteps:\n" + steps + "- {name: s, type: notify}\n")
        #expect(more.problems.map(\.message) == ["has 10001 tasks; allowed: up to 10000"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `ten thousand mistakes are counted and the first thousand told`() {
        let steps = (0..<10_000).map { "- {name: s\($0), type: notify, depends_on: [nobody\($0)], tipe: 1}\n" }.joined()
        let problems = read("name: w\nsteps:\n" + steps).problems
        #expect(problems.count == 1_001)
        #expect(problems.last?.message == "and 19000 more problems")
    }

    @Test(.timeLimit(.minutes(1)))
    func `a circle of thousands of tasks is named`() {
        let tasks = (0..<5_000).map { "{name: t\($0), task_type: notify, dependencies: [t\(($0 + 1) % 5_000)]}" }
        let problems = read("name: w\nstages: {a: {tasks: [\(tasks.joined(separator: ", "))]}}").problems
        #expect(problems.map { $0.message.hasPrefix("dependencies go round in a circle: t0 -> t1") } == [true])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a quarter of a million empty documents are refused`() {
        #expect(!read(String(repeating: "---\n", count: 250_000)).problems.isEmpty)
        #expect(read(String(repeating: "--- x\n", count: 170_000)).problems.count == 1_001)
    }
}
