import Networking
import Synchronization
import WorkflowModel

/// Brings a session's messages to the responses they belong to.
final class HTTPOutlet: MCPOutlet {
    /// How a request's answer goes out.
    private enum Way {
        case slot(AnswerSlot)
        case stream(Int)
    }

    private struct State {
        var ways: [RequestID: Way] = [:]
        var open: [Int: EventStream] = [:]
        var store = EventStore()
        var lastStream = 0
        var isOver = false
    }

    /// The stream for messages that belong to no request.
    private static let general = 0

    private let state = Mutex(State())

    /// Whether no request and no stream is under way.
    var isQuiet: Bool { state.withLock { $0.ways.isEmpty && $0.open.isEmpty } }

    /// A place for a request's answer; nil where a request of that id is under way.
    func slot(for id: RequestID) -> AnswerSlot? {
        state.withLock { state in
            guard state.ways[id] == nil, !state.isOver else { return nil }
            let slot = AnswerSlot()
            state.ways[id] = .slot(slot)
            return slot
        }
    }

    /// A stream for everything about a request; nil where a request of that id is under way.
    func stream(for id: RequestID) -> EventStream? {
        let stream = EventStream { [weak self] in self?.forget($0) }
        return state.withLock { state in
            guard state.ways[id] == nil, !state.isOver else { return nil }
            state.lastStream += 1
            state.ways[id] = .stream(state.lastStream)
            state.open[state.lastStream] = stream
            return stream
        }
    }

    /// The stream for everything else; one that was open ends.
    func generalStream() -> EventStream {
        let stream = EventStream { [weak self] in self?.forget($0) }
        replace(HTTPOutlet.general, with: stream)
        return stream
    }

    /// What followed an event, and what still comes; nil where there was no such event.
    func resumed(after name: EventStore.Name) -> EventStream? {
        let stream = EventStream { [weak self] in self?.forget($0) }
        let isKnown = state.withLock { state -> Bool in
            guard let missed = state.store.events(after: name) else { return false }
            for event in missed { stream.push(event) }
            let goesOn =
                name.stream == HTTPOutlet.general
                || state.ways.values.contains { way in
                    if case .stream(name.stream) = way { true } else { false }
                }
            guard goesOn, !state.isOver else {
                stream.end()
                return true
            }
            state.open[name.stream]?.end()
            state.open[name.stream] = stream
            return true
        }
        return isKnown ? stream : nil
    }

    func send(_ message: Outgoing) async { deliver(message) }

    func abandon(_ id: RequestID) async {
        let error = RPCError(.cancelled, "the request was taken back")
        deliver(Outgoing(RPCReply.error(error, to: id), answering: id))
    }

    /// Ends every response.
    func endAll() {
        let (ways, streams) = state.withLock { state in
            state.isOver = true
            defer {
                state.ways = [:]
                state.open = [:]
            }
            return (Array(state.ways.values), Array(state.open.values))
        }
        for case .slot(let slot) in ways { slot.fill(nil) }
        for stream in streams { stream.end() }
    }

    // MARK: - Delivery

    private func deliver(_ message: Outgoing) {
        let bytes = message.bytes
        let slot = state.withLock { state -> AnswerSlot? in
            guard let id = message.about, let way = state.ways[id] else {
                HTTPOutlet.append(bytes, to: HTTPOutlet.general, &state)
                return nil
            }
            if message.isAnswer { state.ways[id] = nil }
            switch way {
            case .slot(let slot):
                if message.isAnswer { return slot }
                HTTPOutlet.append(bytes, to: HTTPOutlet.general, &state)
            case .stream(let number):
                HTTPOutlet.append(bytes, to: number, &state)
                if message.isAnswer { state.open.removeValue(forKey: number)?.end() }
            }
            return nil
        }
        slot?.fill(bytes)
    }

    private static func append(_ bytes: [UInt8], to number: Int, _ state: inout State) {
        let event = state.store.append(bytes, to: number)
        state.open[number]?.push(event)
    }

    private func replace(_ number: Int, with stream: EventStream) {
        let before = state.withLock { state in
            defer { state.open[number] = state.isOver ? nil : stream }
            return state.open[number]
        }
        before?.end()
    }

    private func forget(_ stream: EventStream) {
        state.withLock { state in
            for (number, open) in state.open where open === stream { state.open[number] = nil }
        }
    }
}
