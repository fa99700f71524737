import Dispatch
import Synchronization

/// Writes one JSON object a line to a file that is put aside when it grows too large: `name.1`, `name.2` and so on.
///
/// Lines are taken in memory and written in the background, in order. Where more wait than fit, or the disk fails, lines
/// are lost and counted, and the trouble is told once, until writing works again, to another sink.
public final class LogFile: LogSink {
    /// How large a log file and its past may grow.
    public struct Limits: Sendable, Hashable {
        /// A line that would take the file beyond this many bytes goes to a new one.
        public var bytes: Int
        /// How many files that were put aside are kept.
        public var kept: Int
        /// How many lines may wait to be written.
        public var waiting: Int

        /// 32 MB, five files kept and 10,000 lines waiting unless given.
        public init(bytes: Int = 32_000_000, kept: Int = 5, waiting: Int = 10_000) {
            self.bytes = bytes
            self.kept = kept
            self.waiting = waiting
        }
    }

    private let backlog: Mutex<LogBacklog>
    /// Used by the queue alone; the lock is there for the compiler and is never contended.
    private let writer: Mutex<LogFileWriter>
    private let queue = DispatchQueue(label: "telemetry.log-file", qos: .utility)
    private let complaints: (any LogSink)?

    /// Opens the file, which may hold lines already, or throws `.cannotOpen`; troubles are told to `complaints`.
    public init(path: String, limits: Limits = Limits(), complaints: (any LogSink)? = nil) throws(TelemetryError) {
        backlog = Mutex(LogBacklog(capacity: limits.waiting))
        writer = Mutex(try LogFileWriter(path: path, limits: limits))
        self.complaints = complaints
    }

    /// Lines that were lost, for want of room or to a failing disk.
    public var lost: Int { backlog.withLock { $0.lost } }

    public func write(_ record: LogRecord) {
        guard backlog.withLock({ $0.append(record) }) else { return }
        queue.async { self.drain() }
    }

    public func flush() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.drain()
                continuation.resume()
            }
        }
    }

    private func drain() {
        while let batch = backlog.withLock({ $0.take() }) {
            let outcome = writer.withLock { $0.write(batch) }
            backlog.withLock { $0.lost += outcome.lost }
            if let complaint = outcome.complaint { complaints?.write(complaint) }
        }
    }

    /// Runs `body` on the thread that writes, for tests that need it busy.
    func occupyWriter(_ body: @escaping @Sendable () -> Void) {
        queue.async(execute: body)
    }
}
