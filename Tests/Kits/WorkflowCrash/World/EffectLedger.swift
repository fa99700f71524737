/// The world outside the engine, as far as work changes it: it survives every crash and does nothing twice under one key.
public struct EffectLedger: Sendable, Hashable {
    /// What was done under one key.
    public struct Effect: Sendable, Hashable {
        /// What was done.
        public let content: String
        /// How often it was asked for; after the first time nothing was done.
        public internal(set) var calls = 1
    }

    /// What was done, by idempotency key.
    public private(set) var effects: [String: Effect] = [:]
    /// The keys in the order in which they were first used.
    public private(set) var order: [String] = []
    /// Keys under which two different things were asked for.
    public private(set) var contradictions: [String] = []

    /// A world in which nothing was done.
    public init() {}

    /// What was done under each key.
    public var contents: [String: String] { effects.mapValues(\.content) }

    /// Does something once.
    public mutating func apply(_ content: String, under key: String) {
        if let known = effects[key] {
            effects[key]?.calls += 1
            if known.content != content { contradictions.append("\(key): \(known.content) and \(content)") }
        } else {
            effects[key] = Effect(content: content)
            order.append(key)
        }
    }
}
