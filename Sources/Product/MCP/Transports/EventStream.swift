import Networking
import Synchronization

/// Server-sent events for one response: what is pushed is sent as fast as the peer reads.
final class EventStream: HTTPBodyStream {
    private struct State {
        var waiting: [[UInt8]] = []
        var bytes = 0
        var isEnded = false
        var wake: (@Sendable () -> Void)?
    }

    /// What may wait for a peer that does not read; beyond it the stream ends, and the peer can resume.
    static let mostBytes = 8 << 20

    private let state = Mutex(State())
    private let whenClosed: @Sendable (EventStream) -> Void

    /// A stream; `whenClosed` is called once when the peer is gone.
    init(whenClosed: @escaping @Sendable (EventStream) -> Void) {
        self.whenClosed = whenClosed
    }

    /// Sends an event.
    func push(_ event: [UInt8]) {
        wakeAfter { state in
            guard !state.isEnded else { return }
            state.waiting.append(event)
            state.bytes += event.count
            if state.bytes > EventStream.mostBytes { state.isEnded = true }
        }
    }

    /// Ends the response after what was pushed.
    func end() {
        wakeAfter { $0.isEnded = true }
    }

    private func wakeAfter(_ change: (inout State) -> Void) {
        let wake = state.withLock { state in
            change(&state)
            return state.wake
        }
        wake?()
    }

    func start(wake: @escaping @Sendable () -> Void) {
        wakeAfter { $0.wake = wake }
    }

    func next() -> HTTPChunk {
        state.withLock { state in
            guard state.waiting.isEmpty else {
                defer {
                    state.waiting = []
                    state.bytes = 0
                }
                return .bytes(Array(state.waiting.joined()))
            }
            return state.isEnded ? .end : .wait
        }
    }

    func closed() {
        state.withLock {
            $0.wake = nil
            $0.isEnded = true
            $0.waiting = []
        }
        whenClosed(self)
    }
}
