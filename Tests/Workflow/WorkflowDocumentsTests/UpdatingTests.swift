import Testing
import WorkflowDocuments
import WorkflowModel

@Suite("Updates of documents") struct UpdatingTests {
    static let text = """
        # Trades on signals.
        # Twice a day.

        name: w
        steps:
        - {name: scan, type: news_analysis, params: {symbols: [AAPL]}}  # first
        - name: signals
          type: signal_generation
          params: {threshold: 0.7}
        """

    private func update(_ changes: [String: Value], _ text: String = text, workflow: String? = nil) throws -> String {
        try WorkflowDocument.update(text, name: "w.yaml", changes, workflow: workflow, options: Documents.checked)
    }

    private func refusal(_ changes: [String: Value], _ text: String = text, workflow: String? = nil) -> [String] {
        let error = #expect(throws: DocumentError.self) { try update(changes, text, workflow: workflow) }
        return error?.problems.map { String($0.description.dropFirst(7)) } ?? []
    }

    @Test func `replace values by path and keep order and the comments at the head`() throws {
        let changed = try update([
            "steps[1].params.threshold": 0.9, "steps['scan'].params.symbols[0]": "MSFT", "priority": "high",
            "steps[0].timeout": 60,
        ])
        #expect(
            changed == """
                # Trades on signals.
                # Twice a day.

                name: w
                steps:
                  - name: scan
                    type: news_analysis
                    params:
                      symbols: [MSFT]
                    timeout: 60
                  - name: signals
                    type: signal_generation
                    params:
                      threshold: 0.9
                priority: high

                """)
    }

    @Test func `reach into stages`() throws {
        let text = "name: w\nstages: {pre_market: {tasks: [{task_type: notify, timeout: 300}]}}"
        let changed = try update(["stages.pre_market.tasks[0].timeout": "10m"], text)
        let definition = try WorkflowDocument.read(changed, name: "w.yaml").get()[0]
        #expect(definition.tasks[0].timeout == .seconds(600))
    }

    @Test func `change the workflow that is named and leave the others`() throws {
        let text =
            "name: a\nsteps: [{name: notify}]\n---\n- {name: b, steps: [{name: notify}]}\n- {name: c, steps: [{name: notify}]}"
        let changed = try update(["steps[0].timeout": 5], text, workflow: "c")
        let definitions = try WorkflowDocument.read(changed, name: "w.yaml").get()
        #expect(definitions.map(\.name) == ["a", "b", "c"])
        #expect(definitions.map { $0.tasks[0].timeout } == [.seconds(300), .seconds(300), .seconds(5)])
        #expect(refusal(["timeout": 5], text) == ["1:1: the file holds 3 workflows; say which one: a, b, c"])
        #expect(
            refusal(["timeout": 5], text, workflow: "bb")
                == ["1:1: there is no workflow 'bb' (did you mean 'b'?)"])
    }

    @Test func `keep JSON as JSON`() throws {
        let text = #"{"name": "w", "steps": [{"name": "notify", "params": {"a": 1, "b": "\u00e9\ud83d\ude42"}}]}"#
        let changed = try WorkflowDocument.update(text, name: "w.json", ["steps[0].params.a": [1, 2.5]])
        #expect(
            changed == """
                {
                  "name": "w",
                  "steps": [
                    {
                      "name": "notify",
                      "params": {
                        "a": [
                          1,
                          2.5
                        ],
                        "b": "é🙂"
                      }
                    }
                  ]
                }

                """)
    }

    @Test func `are refused with every path that leads nowhere`() {
        #expect(
            refusal([
                "steps[1].params.treshold": 0.9, "steps[7].timeout": 5, "steps[0].name.x": 1, "stepz[0].timeout": 1,
                "steps['scam'].timeout": 5, "steps.[0]": 1, "steps[0].params": [:], "steps[0].params.symbols": [],
            ]) == [
                "4:1: steps.[0]: is no path; write one such as steps[2].params.threshold",
                "4:1: steps[0].params.symbols: lies below 'steps[0].params', which is set as well",
                "4:1: stepz[0].timeout: there is no key 'stepz' (did you mean 'steps'?)",
                "6:1: steps.scam.timeout: no item is named 'scam' (did you mean 'scan'?); the path is right up to 'steps'",
                "6:1: steps[7].timeout: there is no item 7; allowed: 0 to 1; the path is right up to 'steps'",
                "6:10: steps[0].name.x: here stands a single value, with nothing below it; the path is right up to 'steps[0].name'",
                "9:11: steps[1].params.treshold: there is no key 'treshold' (did you mean 'threshold'?); the path is right up to 'steps[1].params'",
            ])
    }

    @Test func `are refused where what they make is wrong`() {
        #expect(
            refusal(["steps[1].params.threshold": "high", "steps[0].tiemout": 5])
                == [
                    "10:5: steps[0]: unknown key 'tiemout' (did you mean 'timeout'?)",
                    "14:18: steps[1].params.threshold: must be a number, not text",
                ])
    }
}
