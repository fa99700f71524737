/// How often a task is tried and how long it waits in between.
public struct RetryPolicy: Sendable, Hashable, Codable {
    /// How often a task is tried in all, at least once.
    public let attempts: Int
    /// The wait after the first failure.
    public let base: Duration
    /// The longest wait.
    public let longest: Duration
    /// How much of a wait chance may take away, from 0 for nothing to 1 for all of it.
    public let jitter: Double

    /// Up to `attempts` tries, with waits of `base`, twice that, four times that… but never over `longest`.
    ///
    /// Waits are brought between nothing and a year, the jitter between 0 and 1.
    public init(
        attempts: Int, base: Duration = .seconds(1), longest: Duration = .seconds(60), jitter: Double = 0
    ) {
        self.attempts = max(1, attempts)
        self.base = min(max(base, .zero), RetryPolicy.year)
        self.longest = min(max(longest, .zero), RetryPolicy.year)
        self.jitter = min(max(jitter, 0), 1)
    }

    private static let year = Duration.seconds(365 * 86_400)

    /// One try.
    public static let never = RetryPolicy(attempts: 1, base: .zero, longest: .zero)

    /// Three retries after 1, 2 and 4 seconds.
    public static let standard = RetryPolicy(attempts: 4)

    /// The wait after the n-th failure, counted from 1: `min(base * 2^(n - 1), longest)`, less a share of the jitter.
    ///
    /// `chance` is a number from 0 up to 1 that says how large the share is.
    public func delay(afterFailure number: Int, chance: Double = 0) -> Duration {
        var delay = base
        for _ in 1..<max(1, number) where delay < longest { delay *= 2 }
        return min(delay, longest) * (1 - jitter * min(max(chance, 0), 1))
    }
}
