import Foundation

/// Which numbers a test lives through.
public enum SimulationRange {
    /// The one that `BELLWETHER_SEED` names, else 200, or 10,000 where `BELLWETHER_HEAVY` is set.
    public static var seeds: ClosedRange<UInt64> {
        let settings = ProcessInfo.processInfo.environment
        if let seed = settings["BELLWETHER_SEED"].flatMap({ UInt64($0) }) { return seed...seed }
        return 1...(settings["BELLWETHER_HEAVY"] == nil ? 200 : 10_000)
    }

    /// How to live through a number again.
    public static func command(_ seed: UInt64) -> String {
        "BELLWETHER_SEED=\(seed) swift test --filter WorkflowSimulationTests"
    }
}
