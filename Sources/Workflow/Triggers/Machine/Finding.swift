import Determinism
import WorkflowModel

/// What a trigger finds in an observation before pause and cooldown have their say.
enum Finding {
    /// Reasons to fire, in order.
    case causes([Cause])
    /// No reason to fire, and why not.
    case quiet(String)
    /// Nothing to do with this trigger.
    case foreign

    static func cause(_ text: String, _ input: [String: Value]) -> Finding {
        .causes([Cause(text: text, input: .object(input))])
    }
}

/// A reason to fire.
struct Cause {
    var text: String
    var input: Value
    /// What makes it this cause and no other; nil where the count of firings does.
    var key: String?
    /// The scheduled time it stands for.
    var scheduled: Timestamp?
}

/// Numbers as people read them.
enum Words {
    static func number(_ number: Double) -> String {
        if number.magnitude < 1e15, number == number.rounded() { return "\(Int64(number))" }
        return trimmed(number)
    }

    static func percent(_ share: Double) -> String { "\(trimmed(share * 100)) %" }

    static func list(_ words: [String]) -> String { words.joined(separator: ", ") }

    private static func trimmed(_ number: Double) -> String {
        guard number.magnitude < 1e12 else { return "\(number)" }
        let scaled = Int64((number.magnitude * 1e4).rounded())
        var digits = String(scaled % 10_000)
        digits = String(repeating: "0", count: 4 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        let sign = number < 0 && scaled > 0 ? "-" : ""
        return "\(sign)\(scaled / 10_000)\(digits.isEmpty ? "" : ".")\(digits)"
    }
}
