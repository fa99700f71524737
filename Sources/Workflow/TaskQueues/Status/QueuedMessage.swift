public import Determinism
import Foundation
import WorkflowModel

/// A message as it lies on a queue.
public struct QueuedMessage: Sendable, Hashable {
    /// Whether it may be handed out.
    public enum State: Sendable, Hashable {
        /// Now.
        case available
        /// From its `notBefore` on.
        case delayed
        /// After the earlier ones with the same key.
        case heldBack
        /// Somebody has it, until the lease ends.
        case inFlight(holder: String, expires: Timestamp)
    }

    /// The message.
    public let message: Message
    /// Whether it may be handed out.
    public let state: State

    package init(_ message: Message, _ state: State) {
        self.message = message
        self.state = state
    }
}

extension QueuedMessage: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, number, type, priority, enqueued, attempts, error, redrives, reported, origin, state, holder, body
        case key = "ordering_key"
        case notBefore = "not_before"
        case detail = "error_detail"
        case expires = "lease_expires"
        case base64 = "body_base64"
    }

    /// Writes the message in snake case; the body as text where it is UTF-8, else as `body_base64`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(message.id, forKey: .id)
        try container.encode(message.number, forKey: .number)
        try container.encode(message.kind, forKey: .type)
        try container.encode(message.priority, forKey: .priority)
        try container.encodeIfPresent(message.key, forKey: .key)
        try container.encode(message.enqueued, forKey: .enqueued)
        try container.encode(message.notBefore, forKey: .notBefore)
        try container.encode(message.attempts, forKey: .attempts)
        try container.encodeIfPresent(message.lastError?.code, forKey: .error)
        try container.encodeIfPresent(message.lastError?.detail, forKey: .detail)
        try container.encode(message.redrives, forKey: .redrives)
        try container.encodeIfPresent(message.isReported ? true : nil, forKey: .reported)
        try container.encodeIfPresent(message.origin, forKey: .origin)
        try encodeState(&container)
        if let text = String(validating: message.body, as: UTF8.self) {
            try container.encode(text, forKey: .body)
        } else {
            try container.encode(Data(message.body).base64EncodedString(), forKey: .base64)
        }
    }

    private func encodeState(_ container: inout KeyedEncodingContainer<CodingKeys>) throws {
        switch state {
        case .available: try container.encode("available", forKey: .state)
        case .delayed: try container.encode("delayed", forKey: .state)
        case .heldBack: try container.encode("held_back", forKey: .state)
        case .inFlight(let holder, let expires):
            try container.encode("in_flight", forKey: .state)
            try container.encode(holder, forKey: .holder)
            try container.encode(expires, forKey: .expires)
        }
    }
}
