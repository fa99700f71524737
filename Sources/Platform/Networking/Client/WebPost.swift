import Foundation

/// Sends one document after another to an address without keeping anybody's thread.
public struct WebPost: Sendable {
    private let client: WebClient

    /// A sender that asks with a client.
    public init(_ client: WebClient) {
        self.client = client
    }

    /// Sends a JSON document and returns the status of the answer; blocks a thread that serves nothing else.
    ///
    /// Where the task is cancelled it throws at once; the thread ends when its time is up.
    public func send(_ json: [UInt8], headers: [(name: String, value: String)] = []) async throws -> Int {
        let outcome = PostOutcome()
        let headers = [(name: "Content-Type", value: "application/json")] + headers
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                guard outcome.isAwaited(by: waiter) else { return }
                Thread { [client] in
                    outcome.settle(Result { try client.send("POST", headers: headers, body: json).status })
                }.start()
            }
        } onCancel: {
            outcome.settle(.failure(CancellationError()))
        }
    }
}
