public import Determinism

extension QueueMachine {
    /// The oldest messages of a queue, without handing them out.
    public func peek(_ queue: QueueName, limit: Int, at time: Timestamp) throws -> [QueuedMessage] {
        messages(of: try state(queue), limit: limit, at: time)
    }

    /// How queues stand, all of them where none is named, each with so many of its messages.
    public func status(of queues: [QueueName]?, including messages: Int?, at time: Timestamp) throws -> QueueReport {
        let wanted = try queues?.map { try state($0) } ?? all
        return QueueReport(queues: wanted.map { status(of: $0, including: messages, at: time) })
    }

    private func messages(of state: QueueState, limit: Int, at time: Timestamp) -> [QueuedMessage] {
        var found: [QueuedMessage] = []
        state.forEachInOrder(at: time) { found.append(QueuedMessage($0, $1)) }
        return Array(found.prefix(max(0, limit)))
    }

    private func status(of state: QueueState, including limit: Int?, at time: Timestamp) -> QueueStatus {
        var census = QueueCensus()
        state.forEachInOrder(at: time) { message, place in
            if census.oldest == nil { census.oldest = message.enqueued }
            switch place {
            case .available: census.available += 1
            case .delayed: census.delayed += 1
            case .heldBack: census.heldBack += 1
            case .inFlight: break
            }
        }
        census.acknowledged = state.acknowledgedRecently(at: time)
        census.deadLetters = deadLetters(from: state)
        census.messages = limit.map { messages(of: state, limit: $0, at: time) }
        return census.status(of: state.name, state.counters, created: state.created, at: time)
    }

    private func deadLetters(from state: QueueState) -> Int {
        guard let queue = state.settings.deadLetterQueue, let letters = try? self.state(queue) else { return 0 }
        return letters.entries.values.count { entry in
            entry.message.origin?.queue == state.name && entry.message.origin?.isDeadLetter == true
        }
    }
}
