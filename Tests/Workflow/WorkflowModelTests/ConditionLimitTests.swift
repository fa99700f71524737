import Determinism
import Testing
import WorkflowModel

@Suite("Limits of conditions") struct ConditionLimitTests {
    @Test(arguments: ["not ", "-", "(", "[", "abs(", "!"])
    func `nesting beyond sixty-four levels is refused`(_ opening: String) {
        let error = #expect(throws: ConditionError.self) { try Condition(String(repeating: opening, count: 900) + "1") }
        #expect(error?.message == "the condition nests deeper than 64 levels")
    }

    @Test func `sixty-four levels are fine`() throws {
        let text = String(repeating: "(", count: 64) + "1 == 1" + String(repeating: ")", count: 64)
        #expect(try Condition(text).holds { _ in nil })
    }

    @Test func `chains as long as a condition may be are answered`() throws {
        let sum = Array(repeating: "1", count: 2_040).joined(separator: "+")
        #expect(try Condition(sum + "==2040").holds { _ in nil })
        let all = Array(repeating: "a", count: 1_000).joined(separator: "&&")
        #expect(try Condition(all).holds { _ in true })
    }

    @Test(.timeLimit(.minutes(1)))
    func `looking for a long text in a longer one takes time that grows with both added`() throws {
        let part: Value = .text(String(repeating: "a", count: 100_000) + "b")
        let whole: Value = .text(String(repeating: "a", count: 400_000))
        #expect(try !Condition("part in whole").holds { $0 == "part" ? part : whole })
    }

    @Test func `longer text is refused`() {
        let error = #expect(throws: ConditionError.self) { try Condition(String(repeating: "a", count: 4_097)) }
        #expect(error?.description == "column 1: the condition has 4097 bytes; allowed: up to 4096")
    }

    @Test func `random words are refused or answered but never trap`() {
        let words = [
            "a", "b.c", "[", "]", "(", ")", "and", "or", "not", "in", "==", "<", "+", "-", "*", "/", "%", "1", "0.5",
            "'x'", "null", "true", ",", "min(", "exists(", "9223372036854775807", ".", "!", "\u{0}", "é",
        ]
        var chance = SeededRandom(seed: 7)
        for _ in 0..<4_000 {
            let count = Int(chance.next() % 12)
            let text = (0..<count).map { _ in words[Int(chance.next() % UInt64(words.count))] }.joined(separator: " ")
            guard let condition = try? Condition(text) else { continue }
            _ = try? condition.holds { $0 == "a" ? 1 : nil }
            _ = condition.problems(against: ["a": .integer], complete: true)
        }
    }

    @Test func `conditions are equal where their texts are`() throws {
        #expect(try Condition("a==1") == Condition("a==1"))
        #expect(try Condition("a==1") != Condition("a == 1"))
    }
}
