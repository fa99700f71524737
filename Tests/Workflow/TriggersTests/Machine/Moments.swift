import Determinism
import Testing
import Triggers
import WorkflowModel

/// A moment of the first days of 2026 from its text `MM-DDTHH:MM[:SS]`, UTC.
func at(_ text: String) throws -> Timestamp {
    try #require(Timestamp("2026-\(text)"))
}

/// A trigger of the workflow `trader` that began with the year 2026.
func machine(_ kind: TriggerDefinition.Kind, cooldown: Duration = .zero) throws -> TriggerMachine {
    try TriggerMachine(
        TriggerDefinition(kind, cooldown: cooldown), of: "trader", startingAt: at("01-01T00:00"))
}

extension TriggerDecision {
    /// Why it does not fire; nil where it does or is not concerned.
    var reason: String? {
        guard case .notFired(let reason) = self else { return nil }
        return reason
    }
}

/// A bar whose prices are all the same.
func bar(_ symbol: String, _ price: Double, volume: Double) -> Observation {
    .bar(ObservedBar(symbol: symbol, open: price, high: price, low: price, close: price, volume: volume))
}
