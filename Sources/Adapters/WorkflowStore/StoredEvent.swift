import Determinism
import Foundation
import WorkflowEngine

/// An event as the columns of its row.
struct StoredEvent {
    enum Kind: String {
        case runStarted, nodeStarted, nodeCompleted, nodeFailed, runFinished
    }

    let time: Int64
    let kind: Kind
    var node: String?
    var attempt: Int64?
    var mayRetry: Int64?
    var body: [UInt8]?
}

extension StoredEvent {
    init(_ event: RunEvent) throws {
        let time = event.time.nanoseconds
        switch event.fact {
        case .runStarted(let header):
            self.init(time: time, kind: .runStarted, body: try StoredEvent.encode(header))
        case .nodeStarted(let node, let attempt):
            self.init(time: time, kind: .nodeStarted, node: node, attempt: Int64(attempt))
        case .nodeCompleted(let node, let attempt, let output):
            self.init(time: time, kind: .nodeCompleted, node: node, attempt: Int64(attempt), body: output)
        case .nodeFailed(let node, let attempt, let error, let mayRetry):
            self.init(
                time: time, kind: .nodeFailed, node: node, attempt: Int64(attempt), mayRetry: mayRetry ? 1 : 0,
                body: Array(error.utf8))
        case .runFinished(let outcome):
            self.init(time: time, kind: .runFinished, body: try StoredEvent.encode(outcome))
        }
    }

    /// The event that the columns hold; throws `.corrupt` where they hold none.
    func event() throws -> RunEvent {
        RunEvent(try fact(), at: Timestamp(nanoseconds: time))
    }

    private func fact() throws -> RunEvent.Fact {
        switch (kind, node, attempt, body) {
        case (.runStarted, nil, nil, let body?): .runStarted(try StoredEvent.decode(RunHeader.self, body))
        case (.nodeStarted, let node?, let attempt?, nil): .nodeStarted(node: node, attempt: Int(attempt))
        case (.nodeCompleted, let node?, let attempt?, let body?):
            .nodeCompleted(node: node, attempt: Int(attempt), output: body)
        case (.nodeFailed, let node?, let attempt?, let body?):
            .nodeFailed(
                node: node, attempt: Int(attempt), error: String(decoding: body, as: UTF8.self),
                mayRetry: mayRetry == 1)
        case (.runFinished, nil, nil, let body?): .runFinished(try StoredEvent.decode(RunOutcome.self, body))
        default: throw JournalError(.corrupt, "the journal holds a malformed event of the kind '\(kind.rawValue)'")
        }
    }

    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw JournalError(.corrupt, "the journal holds a \(type) that cannot be read: \(error)")
        }
    }
}
