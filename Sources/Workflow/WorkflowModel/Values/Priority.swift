/// How urgent a task, a message or a workflow is.
public enum Priority: Int, Sendable, Hashable, Comparable, CaseIterable, Codable {
    /// Maintenance, optimisation, cleaning up.
    case low
    /// Analysis, monitoring, reports.
    case medium
    /// Trading decisions, orders.
    case high
    /// Risk alerts, emergency exits.
    case critical

    /// The priority of a name in any case (`CRITICAL`, `high`); nil for an unknown name.
    public init?(name: String) {
        guard let found = Priority.allCases.first(where: { $0.name == name.uppercased() }) else { return nil }
        self = found
    }

    /// The priority of a number from 0 to 10: 0 to 2 is low, 3 to 5 medium, 6 to 8 high, 9 and 10 critical.
    public init?(number: Int) {
        switch number {
        case 0...2: self = .low
        case 3...5: self = .medium
        case 6...8: self = .high
        case 9...10: self = .critical
        default: return nil
        }
    }

    /// Its name: `CRITICAL`, `HIGH`, `MEDIUM`, `LOW`.
    public var name: String {
        switch self {
        case .low: "LOW"
        case .medium: "MEDIUM"
        case .high: "HIGH"
        case .critical: "CRITICAL"
        }
    }

    public static func < (left: Priority, right: Priority) -> Bool { left.rawValue < right.rawValue }
}
