import Determinism
import Dispatch

/// Checks the whole chain of records for whoever asks: one walk at a time, away from the threads that serve others.
///
/// What a walk found is told to all who ask while it goes on, and for some time after that grows with what it cost, so
/// that asking often does not keep the desk from its work.
actor ChainCheck {
    /// What a walk found.
    struct Finding: Sendable {
        /// The first fault in words; nil where all is well.
        let fault: String?
        /// The newest record; nil where there is none.
        let head: (sequence: Int64, hash: String)?
        /// When the walk began.
        let checked: Timestamp
    }

    /// A walk takes at most one part in so many of the time.
    private static let share = 10

    private let queue = DispatchQueue(label: "desk.chain-check", qos: .utility)
    private var walk: Task<Finding, any Error>?
    private var last: (finding: Finding, until: Timestamp)?

    /// What the newest walk found, which is made now where the last is too old.
    func finding(in archive: any DecisionArchive, time: any TimeSource) async throws -> Finding {
        if let last, time.now < last.until { return last.finding }
        if let walk { return try await walk.value }
        let walk = Task.detached { [queue] in try await ChainCheck.walk(archive, began: time.now, on: queue) }
        self.walk = walk
        defer { self.walk = nil }
        let finding = try await walk.value
        last = (finding, time.now + (time.now - finding.checked) * ChainCheck.share)
        return finding
    }

    private static func walk(
        _ archive: any DecisionArchive, began: Timestamp, on queue: DispatchQueue
    ) async throws -> Finding {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result { Finding(fault: try archive.fault(), head: try archive.head(), checked: began) })
            }
        }
    }
}
