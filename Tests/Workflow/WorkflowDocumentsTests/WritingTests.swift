import Determinism
import Testing
import WorkflowDocuments
import WorkflowModel

@Suite("Written workflows") struct WritingTests {
    @Test(arguments: DocumentFormat.allCases)
    func `read back equal whatever they hold`(_ format: DocumentFormat) throws {
        for seed in 0..<150 {
            var random = SeededRandom(seed: UInt64(seed))
            let definition = random.definition(stages: seed % 3, tasks: 4 + seed % 9)
            let text = WorkflowDocument.write(definition, as: format)
            let reading = WorkflowDocument.read(text, name: "w.\(format)")
            #expect(reading.problems == [], "seed \(seed)\n\(text)")
            guard reading.definitions != [definition] else { continue }
            Issue.record("seed \(seed) reads back differently\n\(text)")
        }
    }

    @Test func `are the same text for equal definitions`() {
        let params: [String: Value] = Dictionary(
            uniqueKeysWithValues: (0..<40).map { ("key \($0)", .integer(Int64($0))) })
        let texts = (0..<5).map { _ in
            WorkflowDocument.write(
                WorkflowDefinition("w", tasks: [TaskDefinition("t", .work(type: "x"), params: .object(params))]))
        }
        #expect(Set(texts).count == 1)
    }

    @Test func `put steps that were conditional together again`() throws {
        let text = """
            name: w
            steps:
              - name: a
                type: plan
              - name: b
                type: conditional
                condition: x > 1
                priority: HIGH
                actions:
                  - buy
                  - name: sell
                    type: trade
                    params:
                      side: sell
                    compensate: buy_back
              - name: c
                type: wait
                params:
                  duration: 1m30s

            """
        let definition = try WorkflowDocument.read(text, name: "w.yaml").get()[0]
        #expect(definition.tasks.map(\.name) == ["a", "b/buy", "b/sell", "b", "c"])
        #expect(WorkflowDocument.write(definition) == text)
    }
}
