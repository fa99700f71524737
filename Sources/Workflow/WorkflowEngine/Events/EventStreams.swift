import Synchronization

/// What happens, told to whoever listens: each listener has its own bounded buffer, so that none waits for another.
///
/// A listener that is too slow loses the oldest events and is told how many; one that throws is told no more about that
/// event, and goes on with the next.
public final class EventStreams: Sendable {
    private struct State {
        var listeners: [UInt64: Listener] = [:]
        var last: UInt64 = 0
    }

    private struct Listener {
        let kinds: Set<OrchestrationEvent.Kind>
        let continuation: AsyncStream<OrchestrationEvent>.Continuation
        let lost: LossCounter
    }

    private let state = Mutex(State())

    /// Streams without listeners.
    public init() {}

    /// Events of some kinds from now on; the buffer holds `capacity` of them.
    public func subscribe(
        to kinds: Set<OrchestrationEvent.Kind> = Set(OrchestrationEvent.Kind.allCases), capacity: Int = 256
    ) -> EventSubscription {
        let (stream, continuation) = AsyncStream.makeStream(
            of: OrchestrationEvent.self, bufferingPolicy: .bufferingNewest(max(1, capacity)))
        let lost = LossCounter()
        let id = state.withLock { state in
            state.last += 1
            state.listeners[state.last] = Listener(kinds: kinds, continuation: continuation, lost: lost)
            return state.last
        }
        continuation.onTermination = { [weak self] _ in self?.forget(id) }
        return EventSubscription(events: stream, lost: lost, continuation: continuation)
    }

    /// Calls `handler` with each event of some kinds until the task that runs this is cancelled.
    ///
    /// What it throws goes to `failed`, and the next event is handled as if nothing had been.
    public func handle(
        _ kinds: Set<OrchestrationEvent.Kind>, capacity: Int = 256,
        _ handler: @Sendable (OrchestrationEvent) async throws -> Void,
        failed: @Sendable (OrchestrationEvent, any Error) -> Void
    ) async {
        let subscription = subscribe(to: kinds, capacity: capacity)
        for await event in subscription.events {
            do { try await handler(event) } catch { failed(event, error) }
        }
    }

    /// Tells everybody who listens for its kind; never waits.
    public func publish(_ event: OrchestrationEvent) {
        let listeners = state.withLock { state in state.listeners.values.filter { $0.kinds.contains(event.kind) } }
        for listener in listeners {
            if case .dropped = listener.continuation.yield(event) { listener.lost.add() }
        }
    }

    /// Whether anybody listens.
    public var hasListeners: Bool { state.withLock { !$0.listeners.isEmpty } }

    func publish(_ batch: JournalBatch) {
        guard hasListeners else { return }
        for append in batch.appends {
            for event in append.events {
                if let told = OrchestrationEvent(event, of: append.run) { publish(told) }
            }
        }
    }

    private func forget(_ id: UInt64) {
        state.withLock { $0.listeners[id] = nil }
    }
}

/// One listener's events.
public struct EventSubscription: Sendable {
    /// The events in their order; ends with `end`.
    public let events: AsyncStream<OrchestrationEvent>
    fileprivate let lost: LossCounter
    fileprivate let continuation: AsyncStream<OrchestrationEvent>.Continuation

    /// How many events were lost because the buffer was full.
    public var lostEvents: Int { lost.count }

    /// Stops listening.
    public func end() { continuation.finish() }
}

final class LossCounter: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }

    func add() { number.withLock { $0 += 1 } }
}
