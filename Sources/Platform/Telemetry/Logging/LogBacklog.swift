/// The lines that wait to be written, up to a number; beyond it new lines are lost and counted.
struct LogBacklog {
    /// Lines lost so far, those that the disk refused included.
    var lost = 0
    private let capacity: Int
    private var waiting: [LogRecord] = []
    private var isDrained = true
    /// Lines lost for want of room since the last batch.
    private var dropped = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// A part of the backlog to write, and how many lines were dropped just after it.
    struct Batch {
        var records: [LogRecord]
        var dropped: Int
    }

    /// Takes a line and says whether somebody has to be called to write.
    mutating func append(_ record: LogRecord) -> Bool {
        guard waiting.count < capacity else {
            lost += 1
            dropped += 1
            return false
        }
        waiting.append(record)
        defer { isDrained = false }
        return isDrained
    }

    /// Everything that waits; nil where nothing does, after which the next line calls again.
    mutating func take() -> Batch? {
        guard !waiting.isEmpty else {
            isDrained = true
            return nil
        }
        defer {
            waiting = []
            dropped = 0
        }
        return Batch(records: waiting, dropped: dropped)
    }
}
