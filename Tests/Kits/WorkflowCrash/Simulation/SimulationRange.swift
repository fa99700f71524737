import Foundation

/// Which numbers a test lives through.
public enum SimulationRange {
    /// The one that `BELLWETHER_SEED` names, else 200, or 10,000 where `BELLWETHER_HEAVY` is set.
    public static var seeds: ClosedRange<UInt64> {
        if let one { return one...one }
        return 1...(isHeavy ? 10_000 : 200)
    }

    /// Whether `BELLWETHER_HEAVY` is set.
    public static var isHeavy: Bool { ProcessInfo.processInfo.environment["BELLWETHER_HEAVY"] != nil }

    /// Whether it is only the one that `BELLWETHER_SEED` names.
    public static var isOne: Bool { one != nil }

    private static var one: UInt64? {
        ProcessInfo.processInfo.environment["BELLWETHER_SEED"].flatMap { UInt64($0) }
    }

    /// How to live through a number again.
    public static func command(_ seed: UInt64) -> String {
        "BELLWETHER_SEED=\(seed) swift test --filter Workflow"
    }
}
