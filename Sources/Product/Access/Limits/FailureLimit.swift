public import Determinism

/// Slows down whoever guesses: after ten failures within a minute a peer waits until the minute is over.
///
/// A value with the time given; it remembers a bounded number of peers, those that failed last.
public struct FailureLimit: Sendable {
    private struct Failures {
        var count: Int
        var since: Timestamp
    }

    private let most: Int
    private let window: Duration
    private let mostPeers: Int
    private var peers: [String: Failures] = [:]

    /// A limit on failures in a span of time.
    public init(most: Int = 10, within window: Duration = .seconds(60), peers mostPeers: Int = 10_000) {
        self.most = most
        self.window = window
        self.mostPeers = mostPeers
    }

    var count: Int { peers.count }

    /// How long a peer must wait before it may try again; nil where it may now.
    public func wait(of peer: String, at now: Timestamp) -> Duration? {
        guard let failures = peers[peer], failures.count >= most else { return nil }
        let left = failures.since + window - now
        return left > .zero && left <= window ? left : nil
    }

    /// Counts a failure.
    public mutating func failed(_ peer: String, at now: Timestamp) {
        if let failures = peers[peer], now >= failures.since, now - failures.since < window {
            peers[peer]?.count += 1
            return
        }
        if peers.count >= mostPeers { makeRoom(at: now) }
        peers[peer] = Failures(count: 1, since: now)
    }

    /// Drops those whose minute is over, else the half that began first.
    private mutating func makeRoom(at now: Timestamp) {
        peers = peers.filter { now >= $0.value.since && now - $0.value.since < window }
        guard peers.count >= mostPeers else { return }
        let middle = peers.values.map(\.since).sorted()[peers.count / 2]
        peers = peers.filter { $0.value.since > middle }
    }
}
