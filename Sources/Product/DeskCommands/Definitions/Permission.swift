/// What a call of a command asks for; each includes those above it.
public enum Permission: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// Looking.
    case read
    /// Work without an effect on orders: definitions, test runs, backtests, queues.
    case research
    /// Everything that can change orders or the desk's state.
    case trade
    /// Keys, limits, what others may do.
    case administer

    public static func < (left: Permission, right: Permission) -> Bool { left.rawValue < right.rawValue }

    /// The word for it.
    public var name: String {
        switch self {
        case .read: "read"
        case .research: "research"
        case .trade: "trade"
        case .administer: "administer"
        }
    }
}

/// What a person or a program is at this desk.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    /// Looks.
    case viewer
    /// Designs and tests.
    case researcher
    /// Trades.
    case trader
    /// Says what others may do.
    case admin

    /// Whether the role allows what a command asks for.
    public func allows(_ permission: Permission) -> Bool { permission <= highest }

    private var highest: Permission {
        switch self {
        case .viewer: .read
        case .researcher: .research
        case .trader: .trade
        case .admin: .administer
        }
    }
}

/// How far a program that a model steers may go, whatever its role: nothing the model says raises it.
public enum Tier: String, Sendable, Hashable, Codable, CaseIterable {
    /// Looks only.
    case read
    /// Changes workflows and trades on paper.
    case paper
    /// Trades on a venue; each such call waits for a person's confirmation.
    case live

    /// Whether the tier lets a command through at a desk in this mode.
    public func allows(_ permission: Permission, isLive: Bool) -> Bool {
        switch self {
        case .read: permission == .read
        case .paper: permission < .administer && !(isLive && permission >= .trade)
        case .live: true
        }
    }
}
