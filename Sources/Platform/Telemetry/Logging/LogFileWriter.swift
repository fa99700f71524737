import Determinism

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Puts lines into a file, puts the file aside when it is full, and remembers whether the disk failed last time.
struct LogFileWriter: ~Copyable {
    /// What became of a batch.
    struct Outcome {
        var lost = 0
        /// A line to tell a person, the first time in a row that something fails.
        var complaint: LogRecord?
    }

    private let path: String
    private let limits: LogFile.Limits
    private var descriptor: Int32
    private var size: Int
    /// The file ends within a line that the disk took only in part.
    private var isTorn = false
    private var hasComplained = false

    init(path: String, limits: LogFile.Limits) throws(TelemetryError) {
        guard let (descriptor, size) = LogFileWriter.opened(path) else {
            throw TelemetryError(
                .cannotOpen,
                "The log file \(path) cannot be opened: \(FileBytes.lastError). "
                    + "Make sure that its folder exists and may be written.")
        }
        (self.path, self.limits, self.descriptor, self.size) = (path, limits, descriptor, size)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Writes a batch, and after it a line that says how many were dropped for want of room.
    mutating func write(_ batch: LogBacklog.Batch) -> Outcome {
        var outcome = Outcome()
        var failure = reopenIfGone()
        var text: [UInt8] = []
        for line in LogFileWriter.lines(batch) {
            if size + text.count + line.count > limits.bytes, size + text.count > 0 {
                failure = put(&text, &outcome) ?? rotate() ?? failure
            }
            text += line
        }
        failure = put(&text, &outcome) ?? failure
        outcome.complaint = complaint(failure, lost: outcome.lost, at: batch.records.last?.time)
        return outcome
    }

    private static func lines(_ batch: LogBacklog.Batch) -> [[UInt8]] {
        var lines = batch.records.map { Array(LogText.json($0).utf8) }
        if batch.dropped > 0, let time = batch.records.last?.time {
            let notice = LogRecord(
                time: time, level: .warning, component: "telemetry.log-file",
                message: "Lines were lost: more were logged than could be written.",
                fields: ["lost": LogValue(batch.dropped)])
            lines.append(Array(LogText.json(notice).utf8))
        }
        return lines
    }

    /// Writes the text and empties it; returns what went wrong, with the lines counted as lost.
    private mutating func put(_ text: inout [UInt8], _ outcome: inout Outcome) -> String? {
        defer { text = [] }
        guard !text.isEmpty else { return nil }
        let ending: [UInt8] = isTorn ? [10] : []
        let bytes = ending + text
        let written = descriptor < 0 ? 0 : FileBytes.put(bytes[...], to: descriptor)
        let failure = descriptor < 0 ? "it is not open" : FileBytes.lastError
        size += written
        if written > 0 { isTorn = bytes[written - 1] != 10 }
        outcome.lost += bytes[max(written, ending.count)...].count { $0 == 10 }
        return written < bytes.count ? failure : nil
    }

    /// `name` becomes `name.1`, `name.1` becomes `name.2`; the oldest goes.
    private mutating func rotate() -> String? {
        for number in stride(from: limits.kept - 1, through: 1, by: -1) {
            // A number that is not there yet is none to move.
            if rename("\(path).\(number)", "\(path).\(number + 1)") != 0, errno != ENOENT { return FileBytes.lastError }
        }
        guard (limits.kept > 0 ? rename(path, "\(path).1") : unlink(path)) == 0 else { return FileBytes.lastError }
        return reopen()
    }

    /// Opens the file anew where somebody removed or moved it.
    private mutating func reopenIfGone() -> String? {
        var status = stat()
        guard descriptor < 0 || (fstat(descriptor, &status) == 0 && status.st_nlink == 0) else { return nil }
        // What is written to a file without a name is lost without a word.
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        return reopen()
    }

    private mutating func reopen() -> String? {
        guard let opened = LogFileWriter.opened(path) else { return FileBytes.lastError }
        if descriptor >= 0 { close(descriptor) }
        (descriptor, size) = opened
        isTorn = false
        return nil
    }

    private static func opened(_ path: String) -> (descriptor: Int32, size: Int)? {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            return nil
        }
        return (descriptor, Int(status.st_size))
    }

    private mutating func complaint(_ failure: String?, lost: Int, at time: Timestamp?) -> LogRecord? {
        guard let failure, let time else {
            hasComplained = false
            return nil
        }
        defer { hasComplained = true }
        guard !hasComplained else { return nil }
        return LogRecord(
            time: time, level: .error, component: "telemetry.log-file",
            message: "The log file \(path) cannot be written: \(failure). Lines are lost until it can.",
            fields: ["lost": LogValue(lost)])
    }
}
