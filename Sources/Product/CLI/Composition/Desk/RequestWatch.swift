import Determinism

/// Looks whether somebody asks something of the desk while the market rests.
///
/// A flag in this process is looked at every time; the store, where other processes ask, four times a second.
struct RequestWatch {
    private let clock: any TimeSource
    private var looked: Timestamp?
    /// Whether there was something.
    private(set) var hasSeen = false
    private static let pause = Duration.milliseconds(250)

    init(_ clock: any TimeSource) {
        self.clock = clock
    }

    /// Whether something is asked for now.
    mutating func sees(_ stored: StoredRun, _ live: LiveDesk?) throws -> Bool {
        let now = clock.now
        let isTold = live?.isAsked ?? false
        if !isTold, let looked, now >= looked, now - looked < RequestWatch.pause { return false }
        looked = now
        hasSeen = try stored.isAsked()
        return hasSeen
    }
}
