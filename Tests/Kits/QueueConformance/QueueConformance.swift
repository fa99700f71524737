public import TaskQueues
public import Testing

/// What every implementation of queues must do, as cases to run over an empty one.
public struct QueueConformance: Sendable, CustomTestStringConvertible {
    /// What is shown, as a sentence.
    public let name: String
    /// Checks queues of which there are none yet.
    public let check: @Sendable (any TaskQueue) throws -> Void

    public var testDescription: String { name }

    /// All of them.
    public static let cases = arrival + leasing + order + endings + deadLetters + status
}
