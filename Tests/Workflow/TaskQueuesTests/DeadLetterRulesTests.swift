import Foundation
import TaskQueues
import Testing

@Suite struct DeadLetterRulesTests {
    @Test func `rules are read as data`() throws {
        let text = """
            {"rules": [{"error": "rate_limit", "action": "retry", "delay": 60},
                       {"error": "invalid_symbol", "action": "delete"}, {"action": "alert"}]}
            """
        let rules = try JSONDecoder().decode(DeadLetterRules.self, from: Data(text.utf8))
        #expect(rules == .standard)
        #expect(try JSONDecoder().decode(DeadLetterRules.self, from: JSONEncoder().encode(rules)) == rules)
    }

    @Test(arguments: [
        #"{"rules": [{"action": "retry"}]}"#, #"{"rules": [{"action": "retry", "delay": -1}]}"#,
        #"{"rules": [{"action": "alert", "delay": 1}]}"#, #"{"rules": [{"action": "explode"}]}"#,
        #"{"rules": [{"eror": "x", "action": "alert"}]}"#, "{}",
    ]) func `rules that mean nothing are refused`(text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(DeadLetterRules.self, from: Data(text.utf8))
        }
    }
}
