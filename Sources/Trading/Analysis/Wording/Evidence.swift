/// One thing that was seen, how it points, and how much of its node's score it makes.
public struct Observation: Sendable, Hashable, Codable {
    /// What was looked at: `trend`, `rsi`, `macd`…
    public let name: String
    /// -1 (sell) to 1 (buy).
    public let score: Double
    /// Its share of the node's score, 0...1.
    public let weight: Double
    /// What was seen, in words and numbers.
    public let text: String

    /// One thing that was seen.
    public init(name: String, score: Double, weight: Double, text: String) {
        self.name = name
        self.score = score
        self.weight = weight
        self.text = text
    }

    /// How much it moved its node's score.
    public var contribution: Double { score * weight }
}

extension [Observation] {
    /// The same observations with weights that add up to one; none where nothing has weight.
    func normalised() -> [Observation] {
        let total = reduce(0) { $0 + $1.weight }
        guard total > 0 else { return [] }
        return map { Observation(name: $0.name, score: $0.score, weight: $0.weight / total, text: $0.text) }
    }

    /// The weighted mean of the scores; nil for none.
    var score: Double? {
        let parts = normalised()
        return parts.isEmpty ? nil : parts.reduce(0) { $0 + $1.contribution }.unit
    }

    /// The observations that pull with a score of this sign, the strongest first.
    func supporting(_ sign: Double) -> [Observation] {
        enumerated().filter { $0.element.contribution * sign > 0 }
            .sorted {
                ($1.element.contribution.magnitude, $0.offset) < ($0.element.contribution.magnitude, $1.offset)
            }
            .map(\.element)
    }
}
