public import Determinism

/// One stretch of trading on an exchange.
public struct Session: Sendable, Hashable, Codable {
    /// The exchange's own date of the session.
    public let date: CivilDate
    /// When trading begins.
    public let open: Timestamp
    /// When trading ends; the exchange is closed at this very moment.
    public let close: Timestamp
    /// True where the exchange closes before its usual hour.
    public let isEarlyClose: Bool

    /// True from the open up to, but not including, the close.
    @inlinable
    public func contains(_ moment: Timestamp) -> Bool {
        open <= moment && moment < close
    }

    /// How long trading lasts.
    public var duration: Duration { close - open }
}
