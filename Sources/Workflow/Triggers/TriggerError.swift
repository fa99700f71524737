/// Why triggers cannot be used.
public struct TriggerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: String, Sendable, Hashable {
        /// A cron expression that makes no sense.
        case cron
        /// A time zone that does not exist.
        case timeZone = "time_zone"
        /// Another part of a definition that makes no sense.
        case definition
        /// Saved state that cannot be read.
        case state
        /// Observations that do not follow one another in time.
        case order
        /// More than can be listed.
        case limit
        /// A trigger that does not exist.
        case unknown
    }

    /// What kind of trouble it is.
    public let code: Code
    /// What is wrong, where, and what to do.
    public let message: String

    /// Trouble of a kind.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
