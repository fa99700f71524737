/// How often a node is tried and how long it waits in between.
public struct RetryPolicy: Sendable, Hashable, Codable {
    /// How often a node is tried in all, at least once.
    public let attempts: Int
    /// The wait after the first failure.
    public let base: Duration
    /// The longest wait.
    public let longest: Duration

    /// Up to `attempts` tries, with waits of `base`, twice that, four times that… but never over `longest`.
    ///
    /// Waits are brought between nothing and a year.
    public init(attempts: Int, base: Duration = .seconds(1), longest: Duration = .seconds(60)) {
        self.attempts = max(1, attempts)
        self.base = min(max(base, .zero), RetryPolicy.year)
        self.longest = min(max(longest, .zero), RetryPolicy.year)
    }

    private static let year = Duration.seconds(365 * 86_400)

    /// One try.
    public static let never = RetryPolicy(attempts: 1, base: .zero, longest: .zero)

    /// The wait after the n-th failure, counted from 1: `min(base * 2^(n - 1), longest)`.
    public func delay(afterFailure number: Int) -> Duration {
        var delay = base
        for _ in 1..<max(1, number) where delay < longest { delay *= 2 }
        return min(delay, longest)
    }
}
