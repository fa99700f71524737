import DeskCommands
import Determinism
import Networking
import Synchronization
import WorkflowModel

/// One client's conversation: it subscribes to topics, calls commands, and reads what happens.
final class StreamSession: WebSocketSession {
    private struct State {
        var outbox = StreamOutbox()
        var topics: StreamTopics = []
        var cursor: UInt64 = 0
        /// Whether the client has not caught up since it came back.
        var isResuming = false
        var inFlight = 0
        var faults = 0
        var watch: StreamHub.Watch?
        var wake: @Sendable () -> Void = {}
        var closing: (code: UInt16, reason: String)?
        var checked: Timestamp
    }

    /// The most calls that a client may have open.
    static let mostCalls = 8
    /// The most messages that cannot be read.
    static let mostFaults = 20
    /// How often it is asked whether the client would still be let in.
    private static let recheck = Duration.seconds(2)

    let parts: StreamParts
    let visitor: Visitor
    let trace: String
    private let state: Mutex<State>

    init(_ parts: StreamParts, _ visitor: Visitor, trace: String) {
        self.parts = parts
        self.visitor = visitor
        self.trace = trace
        state = Mutex(State(checked: parts.time.now))
    }

    // MARK: - The socket's side

    func opened(wake: @escaping @Sendable () -> Void) {
        let watch = parts.hub.watch([], wake: wake)
        state.withLock { ($0.watch, $0.wake) = (watch, wake) }
        let facts = parts.facts()
        send([
            "type": "status", "data": "connected", "sequence": .integer(Int64(clamping: parts.hub.sequence)),
            "epoch": .text(parts.hub.epoch), "mode": .text(facts.mode),
            "simulated": facts.isSimulated.map(Value.boolean) ?? .null,
            "run": facts.run.map(Value.text) ?? .null,
        ])
    }

    func received(_ text: String) {
        guard isWelcome() else { return }
        do {
            try handle(try StreamMessage(text))
        } catch {
            parts.metrics.refused("websocket_\(error.code)")
            send(["type": "error", "id": .null, "error": error.json(trace: trace)])
            guard error.status == 400 else { return }
            let isTooMuch = state.withLock { state in
                state.faults += 1
                return state.faults >= StreamSession.mostFaults
            }
            if isTooMuch { end(1008, "too many messages that cannot be read") }
        }
    }

    func nextFrame() -> [UInt8]? {
        if let message = state.withLock({ $0.outbox.take() }) { return message }
        guard isWelcome() else { return nil }
        return nextEvents()
    }

    var closing: (code: UInt16, reason: String)? { state.withLock { $0.closing } }

    func closed() {
        let watch = state.withLock { state in
            state.wake = {}
            return state.watch
        }
        if let watch { parts.hub.leave(watch) }
    }

    // MARK: - Events

    private func nextEvents() -> [UInt8]? {
        let (cursor, topics) = state.withLock { ($0.cursor, $0.topics) }
        guard !topics.isEmpty else { return nil }
        let frame = parts.hub.frame(after: cursor, of: topics)
        let wasResuming = state.withLock { state in
            defer { if frame.bytes == nil { state.isResuming = false } }
            state.cursor = frame.next
            return state.isResuming
        }
        if let missed = frame.missed { return message(missing: missed, isOld: wasResuming) }
        if let oldest = frame.oldest, !wasResuming { parts.metrics.sent(parts.time.now - oldest) }
        return frame.bytes
    }

    private func message(missing numbers: ClosedRange<UInt64>, isOld: Bool) -> [UInt8] {
        parts.metrics.lost()
        let reason = isOld ? "too old" : "too slow"
        let text = #"{"type":"missed","from":\#(numbers.lowerBound),"to":\#(numbers.upperBound),"reason":"\#(reason)"}"#
        return Array(text.utf8)
    }

    // MARK: - What the client asks

    private func handle(_ message: StreamMessage) throws(Problem) {
        switch message {
        case .subscribe(let topics, let after, let epoch): try subscribe(topics, after: after, epoch: epoch)
        case .unsubscribe(let topics): unsubscribe(topics)
        case .requestUpdate: try requestUpdate()
        case .call(let call): begin(call)
        case .ping: send(["type": "pong"])
        }
    }

    private func subscribe(_ topics: StreamTopics, after: UInt64?, epoch: String?) throws(Problem) {
        try countCall()
        guard visitor.caller.role.allows(.read) else { throw Problem(403, "forbidden", "The role may not read this.") }
        let (watch, before, cursor) = state.withLock { ($0.watch, $0.topics, $0.cursor) }
        guard let watch else { return }
        parts.hub.change(watch, to: before.union(topics))
        let now = parts.hub.sequence
        let isStrange = after.map { $0 > now || (epoch != nil && epoch != parts.hub.epoch) } ?? false
        let start = isStrange ? now : after ?? caughtUp(cursor, before, to: now)
        state.withLock { state in
            (state.topics, state.cursor, state.isResuming) = (before.union(topics), start, after != nil && !isStrange)
        }
        if isStrange { put(message(missing: 0...now, isOld: true)) }
        tellTopics(from: start)
        wake()
    }

    /// Sends what is left of the topics so far, so that others can begin from here; the number up to which it went.
    private func caughtUp(_ cursor: UInt64, _ topics: StreamTopics, to now: UInt64) -> UInt64 {
        guard !topics.isEmpty, cursor < now else { return now }
        var cursor = cursor
        for _ in 0..<4 where cursor < now {
            let frame = parts.hub.frame(after: cursor, of: topics)
            if let missed = frame.missed { put(message(missing: missed, isOld: false)) }
            if let bytes = frame.bytes { put(bytes) }
            cursor = frame.next
        }
        if cursor < now { put(message(missing: cursor + 1...now, isOld: false)) }
        return max(cursor, now)
    }

    private func unsubscribe(_ topics: StreamTopics) {
        let (watch, left) = state.withLock { state in
            state.topics.subtract(topics)
            return (state.watch, state.topics)
        }
        if let watch { parts.hub.change(watch, to: left) }
        tellTopics(from: parts.hub.sequence)
    }

    private func tellTopics(from sequence: UInt64) {
        let topics = state.withLock { $0.topics.topics }
        send([
            "type": "subscribed", "topics": .list(topics.map { .text($0.rawValue) }),
            "sequence": .integer(Int64(clamping: sequence)), "epoch": .text(parts.hub.epoch),
        ])
    }

    // MARK: - Sending

    /// Puts a message on its way; ends the conversation where the client reads none.
    func send(_ value: Value) {
        guard let bytes = try? value.json() else { return end(1011, "an answer could not be written") }
        put(bytes)
    }

    private func put(_ bytes: [UInt8]) {
        guard state.withLock({ $0.outbox.put(bytes) }) else { return end(1008, "the messages are not read") }
        wake()
    }

    func end(_ code: UInt16, _ reason: String) {
        state.withLock { $0.closing = $0.closing ?? (code, reason) }
        wake()
    }

    private func wake() { state.withLock { $0.wake }() }

    /// Counts a call in; false where too many are open.
    func beginCall() -> Bool {
        state.withLock { state in
            guard state.inFlight < StreamSession.mostCalls else { return false }
            state.inFlight += 1
            return true
        }
    }

    func endCall() { state.withLock { $0.inFlight -= 1 } }

    /// Whether the client would still be let in; where not, the conversation ends.
    private func isWelcome() -> Bool {
        let now = parts.time.now
        let isDue = state.withLock { state in
            guard now - state.checked >= StreamSession.recheck else { return false }
            state.checked = now
            return true
        }
        guard isDue, !visitor.isStillWelcome(at: parts.gate, now) else { return closing == nil }
        end(4401, "the key or session has ended")
        return false
    }
}
