#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The machine's wall clock: the only place that reads it.
public struct SystemTime: TimeSource {
    /// The machine's wall clock.
    public init() {}

    public var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Sleeps on the monotonic clock for the distance to `deadline`, so a wall clock that is set back cannot stall it.
    public func sleep(until deadline: Timestamp) async throws {
        try await Task.sleep(for: deadline - now)
    }
}
