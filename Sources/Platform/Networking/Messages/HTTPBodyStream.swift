/// A body that is made while it is sent, such as server-sent events.
///
/// All but `wake` is called on the server's thread, never at once and never after `closed`; none may block.
public protocol HTTPBodyStream: Sendable {
    /// Called once before `next`; `wake` says that `next` may have something again, from any thread and any number of times.
    func start(wake: @escaping @Sendable () -> Void)
    /// The next part; asked for only while the socket takes more.
    func next() -> HTTPChunk
    /// The stream ended or the peer is gone; called exactly once.
    func closed()
}

/// A part of a streamed body.
public enum HTTPChunk: Sendable, Hashable {
    /// Bytes to send now.
    case bytes([UInt8])
    /// Nothing until the next `wake`.
    case wait
    /// The body is complete.
    case end
}
