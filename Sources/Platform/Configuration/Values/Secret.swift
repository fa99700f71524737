/// A value that must not be seen: every way of printing it shows `•••`.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// A secret holding a text.
    public init(_ value: String) {
        self.value = value
    }

    /// The text itself, for the one place that has to send it.
    public func reveal() -> String { value }

    public var description: String { "•••" }

    public var debugDescription: String { "•••" }

    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
