/// A question about what a run knows, in a small language that can only compare and compute.
///
/// From loosest to tightest:
///
/// - `or` (`||`), `and` (`&&`), `not` (`!`)
/// - `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not in`; they do not chain
/// - `+`, `-`, then `*`, `/`, `%`, then the sign `-`
/// - names, `steps.analyze_news.sentiment`, `results['a b'].x[0]`, `'text'`, `"text"`, `12`, `0.7`, `true`, `false`,
///   `null`, `[1, 2]`, parentheses, `exists(x)`, `length(x)`, `abs(x)`, `min(…)`, `max(…)`
///
/// What does not exist and `null` are both missing. Missing equals only missing. Ordering it, computing with it or
/// looking into it gives missing. `false and missing` is false, `true or missing` is true, all other `and`, `or` and
/// `not` of missing are missing. A missing answer counts as false.
///
/// Values of different kinds are never equal, and putting them in order is an error; nothing is ever turned from text
/// into a number. `/` gives a whole number where the division of two whole numbers leaves nothing over.
public struct Condition: Sendable, Hashable {
    /// The text it was written as; conditions are equal where their texts are.
    public let text: String
    private let root: ConditionNode

    /// The largest text, in bytes.
    public static let longest = 4_096
    /// How deep parentheses, lists, calls, `not` and signs may nest.
    public static let deepest = 64

    /// A condition; throws with the column where the text makes no sense.
    public init(_ text: String) throws(ConditionError) {
        guard text.utf8.count <= Condition.longest else {
            throw ConditionError(
                column: 1, "the condition has \(text.utf8.count) bytes; allowed: up to \(Condition.longest)")
        }
        self.text = text
        var parser = ConditionParser(try ConditionLexer.tokens(of: text))
        root = try parser.whole()
    }

    /// The answer, for names looked up through `lookup`, which gives nil for what does not exist.
    ///
    /// Only the first name of a path is looked up; the rest is walked down the value found. Takes time that grows with
    /// the text and the values it names.
    public func holds(_ lookup: (String) -> Value?) throws(ConditionError) -> Bool {
        switch try root.value(lookup) {
        case nil: return false
        case .boolean(let truth)?: return truth
        case let other?:
            throw ConditionError(column: root.column, "the answer is \(other.kindName), not true or false")
        }
    }

    /// Every path it reads, from the names that are looked up down to the fields.
    public var paths: Set<ConditionPath> {
        var found: Set<ConditionPath> = []
        root.collect(&found)
        return found
    }

    /// The names it looks up: the first names of its paths.
    public var names: Set<String> { Set(paths.map(\.root)) }

    /// What can never work, given what the names stand for: comparisons of different kinds, fields that do not exist,
    /// texts that never occur.
    ///
    /// A name that is not among `shapes` may be anything; where `complete` is true it is a problem.
    public func problems(against shapes: [String: ValueShape], complete: Bool = false) -> [ConditionError] {
        var check = ConditionCheck(shapes: shapes, complete: complete)
        return check.problems(of: root)
    }

    public static func == (left: Condition, right: Condition) -> Bool { left.text == right.text }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
