/// Somewhere log lines go.
///
/// Lines arrive on the thread that logs, already without secrets; a sink returns quickly, keeps its troubles to itself
/// and writes no log lines through the router that feeds it.
public protocol LogSink: Sendable {
    /// Takes one line.
    func write(_ record: LogRecord)

    /// Returns once every line taken so far is where it belongs, or is counted as lost.
    func flush() async
}

extension LogSink {
    /// For sinks that keep nothing back.
    public func flush() async {}
}
