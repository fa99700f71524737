public import Determinism

/// How an attempt at a message failed.
public struct Failure: Sendable, Hashable, Codable {
    /// What is to be done about it.
    public enum Retry: Sendable, Hashable, Codable {
        /// Try again after `min(base * 2^n, max)` of the queue's settings.
        case backoff
        /// Try again after this time.
        case after(Duration)
        /// Never try again: make it a dead letter. Without a dead-letter queue it is tried again as with `backoff`.
        case never
    }

    /// Why it failed.
    public let error: MessageError
    /// What is to be done about it.
    public let retry: Retry

    /// A failed attempt.
    public init(_ error: MessageError, retry: Retry = .backoff) {
        self.error = error
        self.retry = retry
    }

    /// A failed attempt with an error of this code.
    public init(_ code: String, detail: String? = nil, retry: Retry = .backoff) {
        self.init(MessageError(code, detail: detail), retry: retry)
    }

    /// An attempt of which nothing was heard in time; the message is handed out again at once.
    package static let timedOut = Failure(MessageError.visibilityTimeout, retry: .after(.zero))
}

/// What became of a message after an attempt failed.
public enum FailureDecision: Sendable, Hashable {
    /// It is handed out again from this moment.
    case retry(at: Timestamp)
    /// It was moved to the dead-letter queue.
    case deadLetter(MessageOrigin.Reason)
}
