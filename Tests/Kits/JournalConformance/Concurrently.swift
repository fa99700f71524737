import Dispatch
import Testing

/// Runs `body` on several threads at once and waits for all; what one throws is an issue of the test.
func concurrently(_ threads: Int, _ body: @Sendable (Int) throws -> Void) {
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
        #expect(throws: Never.self) { try body(thread) }
    }
}
