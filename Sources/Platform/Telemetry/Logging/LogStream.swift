import Synchronization

/// Writes lines for people to a file that is open already, the standard error by default, each in one piece.
///
/// Where that is a pipe whose reader is slow, whoever logs waits for it: leave it to lines that are rare.
public final class LogStream: LogSink {
    private let descriptor: Int32
    private let level: LogLevel
    /// Held while writing, so that lines of two threads do not mix.
    private let failures = Mutex(0)

    /// A stream of lines from `level` on; the descriptor stays the caller's to close.
    public init(descriptor: Int32 = 2, level: LogLevel = .warning) {
        self.descriptor = descriptor
        self.level = level
    }

    /// Lines that could not be written.
    public var lost: Int { failures.withLock { $0 } }

    public func write(_ record: LogRecord) {
        guard record.level >= level else { return }
        let line = Array(LogText.plain(record).utf8)
        failures.withLock { lost in
            if FileBytes.put(line[...], to: descriptor) < line.count { lost += 1 }
        }
    }
}
