public import Determinism
public import TradingModel

/// Equity over time, recorded one value at a time in bounded memory.
///
/// Samples are kept as `sampling` says; the deepest drawdown and the time in the market count every value recorded.
public struct EquityCurve: Sendable, Hashable, Codable {
    /// Which values are kept.
    public enum Sampling: Sendable, Hashable, Codable {
        /// The last of each UTC day; one at midnight belongs to the day that is over.
        case daily
        /// Every value, until there are `limit`; then every second is dropped and every second kept, and so on.
        case every(limit: Int)
    }

    /// Equity at a moment.
    public struct Sample: Sendable, Hashable, Codable {
        /// When.
        public let time: Timestamp
        /// Cash and positions.
        public let equity: Money
        /// Market values regardless of sign.
        public let exposure: Money

        /// Equity at a moment.
        @inlinable
        public init(time: Timestamp, equity: Money, exposure: Money) {
            self.time = time
            self.equity = equity
            self.exposure = exposure
        }
    }

    /// Which values are kept.
    public let sampling: Sampling
    /// The first value recorded.
    public private(set) var first: Sample?
    private var kept: [Sample] = []
    private var passed = 0
    private var stride = 1

    /// A time after this ends the running sample.
    @usableFromInline var sampleEnd = Int64.min
    @usableFromInline var running = Sample(time: Timestamp(nanoseconds: 0), equity: 0, exposure: 0)
    @usableFromInline var drawdown = DrawdownTracker()
    @usableFromInline var nanosecondsInMarket: Int64 = 0

    /// An empty curve.
    public init(sampling: Sampling = .daily) {
        self.sampling = sampling
    }

    /// Records equity and gross exposure; times may repeat, the later value then counts, and must not go back.
    @inlinable
    public mutating func record(_ equity: Money, exposure: Money, at time: Timestamp) {
        if time.nanoseconds > sampleEnd {
            startSample(Sample(time: time, equity: equity, exposure: exposure))
        }
        if running.exposure.raw != 0 { nanosecondsInMarket += time.nanoseconds - running.time.nanoseconds }
        drawdown.add(equity, at: time)
        running = Sample(time: time, equity: equity, exposure: exposure)
    }

    /// The last value recorded.
    public var last: Sample? { first == nil ? nil : running }

    /// The samples kept and the last value recorded, ascending by time.
    public var samples: [Sample] { first == nil ? [] : kept + [running] }

    /// The fall that took the largest share of a peak, over every value recorded; nil where equity never fell.
    public var deepestDrawdown: Drawdown? { drawdown.deepest }

    /// How long something was held.
    public var timeInMarket: Duration { .nanoseconds(nanosecondsInMarket) }

    @usableFromInline
    mutating func startSample(_ sample: Sample) {
        if first == nil {
            first = sample
        } else {
            keepRunning()
        }
        switch sampling {
        case .every: sampleEnd = sample.time.nanoseconds
        case .daily: sampleEnd = endOfDay(sample.time)
        }
    }

    private mutating func keepRunning() {
        if passed % stride == 0 { kept.append(running) }
        passed += 1
        guard case .every(let limit) = sampling, kept.count >= max(2, limit) else { return }
        kept = kept.indices.filter { $0 % 2 == 0 }.map { kept[$0] }
        stride *= 2
    }

    private func endOfDay(_ time: Timestamp) -> Int64 {
        let next = Timestamp(nanoseconds: time.nanoseconds - 1).dayNumber + 1
        let (end, overflow) = next.multipliedReportingOverflow(by: 86_400_000_000_000)
        return overflow ? .max : end
    }
}
