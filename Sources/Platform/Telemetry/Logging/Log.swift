/// A component's handle to the log; copies are the same handle.
///
/// The level is looked at first, so a line that is not wanted costs one comparison: its message and fields are not made.
public struct Log: Sendable {
    /// Which part of the program speaks.
    public let component: String
    private let threshold: LogLevel
    private let router: LogRouter?

    init(component: String, threshold: LogLevel, router: LogRouter?) {
        self.component = component
        self.threshold = threshold
        self.router = router
    }

    /// A handle whose lines go nowhere.
    public static let silent = Log(component: "", threshold: .error, router: nil)

    /// Whether a line of this level would be written.
    public func isEnabled(_ level: LogLevel) -> Bool {
        level >= threshold && router != nil
    }

    /// Writes a line, if its level is wanted.
    public func write(
        _ level: LogLevel, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        guard level >= threshold, let router else { return }
        router.write(level, component, message(), fields())
    }

    /// Every step, for following one thing closely.
    public func trace(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        write(.trace, message(), fields())
    }

    /// What helps to find a fault.
    public func debug(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        write(.debug, message(), fields())
    }

    /// What happens in normal running.
    public func info(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        write(.info, message(), fields())
    }

    /// Something is wrong that the program lives with.
    public func warning(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        write(.warning, message(), fields())
    }

    /// Something failed that a person should look at.
    public func error(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        write(.error, message(), fields())
    }
}
