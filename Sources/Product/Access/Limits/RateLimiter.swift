public import Determinism

/// How many calls a caller may make: a bucket of tokens that fills at a steady rate, one token a call.
///
/// A value with the time given; it remembers a bounded number of callers, those whose bucket is not full.
public struct RateLimiter: Sendable {
    /// What a caller is told.
    public struct Standing: Sendable, Hashable {
        /// Whether the call may pass.
        public let isAllowed: Bool
        /// The most calls at once.
        public let limit: Int
        /// How many more could pass now.
        public let remaining: Int
        /// Until the bucket is full again.
        public let reset: Duration
        /// Until the next call may pass; zero where one may now.
        public let wait: Duration
    }

    private struct Bucket {
        var tokens: Double
        var filled: Timestamp
    }

    private let rate: Double
    private let burst: Double
    private let mostCallers: Int
    private var buckets: [String: Bucket] = [:]

    /// So many calls a second, and so many at once after a pause; both at least 1.
    public init(perSecond rate: Int = 100, burst: Int = 200, callers mostCallers: Int = 10_000) {
        self.rate = Double(max(1, rate))
        self.burst = Double(max(1, burst))
        self.mostCallers = mostCallers
    }

    var count: Int { buckets.count }

    /// Takes a token where there is one.
    public mutating func take(_ caller: String, at now: Timestamp) -> Standing {
        var bucket = buckets[caller] ?? Bucket(tokens: burst, filled: now)
        bucket = filled(bucket, at: now)
        let isAllowed = bucket.tokens >= 1
        if isAllowed { bucket.tokens -= 1 }
        if buckets[caller] == nil, buckets.count >= mostCallers { makeRoom(at: now) }
        buckets[caller] = bucket
        return Standing(
            isAllowed: isAllowed, limit: Int(burst), remaining: Int(bucket.tokens),
            reset: .seconds((burst - bucket.tokens) / rate),
            wait: bucket.tokens >= 1 ? .zero : .seconds((1 - bucket.tokens) / rate))
    }

    /// The bucket at a later moment; a clock that was set back fills nothing.
    private func filled(_ bucket: Bucket, at now: Timestamp) -> Bucket {
        let passed = max(
            0,
            Double((now - bucket.filled).components.seconds)
                + Double((now - bucket.filled).components.attoseconds) * 1e-18)
        return Bucket(tokens: min(burst, bucket.tokens + passed * rate), filled: now)
    }

    /// Forgets full buckets, which say nothing, else the half that is fullest.
    private mutating func makeRoom(at now: Timestamp) {
        buckets = buckets.mapValues { filled($0, at: now) }.filter { $0.value.tokens < burst }
        guard buckets.count >= mostCallers else { return }
        let middle = buckets.values.map(\.tokens).sorted()[buckets.count / 2]
        buckets = buckets.filter { $0.value.tokens < middle }
    }
}
