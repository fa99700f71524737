/// How urgent something is; a greater one goes first.
public enum Priority: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// Maintenance, optimisation, cleaning up.
    case low = 0
    /// Analysis, monitoring, reports.
    case medium = 1
    /// Trading decisions and the execution of orders.
    case high = 2
    /// Alerts of risk, emergency exits.
    case critical = 3

    /// The priority of a number: 0 to 2 low, 3 to 5 medium, 6 to 8 high, 9 and 10 critical; nil outside 0...10.
    public init?(number: Int) {
        switch number {
        case 0...2: self = .low
        case 3...5: self = .medium
        case 6...8: self = .high
        case 9...10: self = .critical
        default: return nil
        }
    }

    /// The priority of a name, in capitals or not; nil for any other text.
    public init?(name: String) {
        guard let found = Priority.allCases.first(where: { $0.name == name.uppercased() }) else { return nil }
        self = found
    }

    /// `LOW`, `MEDIUM`, `HIGH` or `CRITICAL`.
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

extension Priority: Codable, CustomStringConvertible {
    /// Reads a name, or a number from 0 to 10.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            guard let priority = Priority(number: number) else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "the priority \(number) is outside 0 to 10")
            }
            self = priority
            return
        }
        let name = try container.decode(String.self)
        guard let priority = Priority(name: name) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(name)' is no priority: CRITICAL, HIGH, MEDIUM or LOW")
        }
        self = priority
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }

    public var description: String { name }
}
