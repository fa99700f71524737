public import Configuration
public import Determinism
public import Triggers

/// Takes signed messages from outside: one after the other for each webhook, and answers once a message is kept.
public actor HookDesk {
    /// A webhook as the definitions have it.
    public struct Webhook: Sendable {
        /// The name under which its trigger waits for messages.
        public let name: String
        /// What messages may be signed with: the old and the new while a secret is exchanged.
        public let secrets: [Secret]

        /// A webhook.
        public init(name: String, secrets: [Secret]) {
            self.name = name
            self.secrets = secrets
        }
    }

    /// What is to be on disk together before a message is answered.
    public struct Change: Sendable {
        /// The webhook.
        public let webhook: String
        /// A new message; nil where an old one came again.
        public let delivery: WebhookDelivery?
        /// What the webhook remembers from now on, by name; nil is forgotten.
        public let memory: [String: [UInt8]?]
    }

    /// Where messages are put, and what is remembered of those that came.
    public struct Store: Sendable {
        let memory: @Sendable (_ webhook: String) throws -> [String: [UInt8]]
        let keep: @Sendable (Change) async throws -> Void

        /// A store: `memory` is all that a webhook was told to remember; `keep` puts a message where its trigger finds
        /// it and returns once that and the memory are on disk, both or none.
        public init(
            memory: @escaping @Sendable (_ webhook: String) throws -> [String: [UInt8]],
            keep: @escaping @Sendable (Change) async throws -> Void
        ) {
            self.memory = memory
            self.keep = keep
        }
    }

    /// The most messages that wait for their turn at one webhook.
    private static let mostWaiting = 64

    private let time: any TimeSource
    private let find: @Sendable (_ workflow: String, _ trigger: String) async throws -> Webhook?
    private let store: Store
    private var intakes: [String: WebhookIntake] = [:]
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// A desk for webhooks: `find` knows the webhook of a trigger.
    public init(
        time: any TimeSource,
        find: @escaping @Sendable (_ workflow: String, _ trigger: String) async throws -> Webhook?, store: Store
    ) {
        self.time = time
        self.find = find
        self.store = store
    }

    /// Decides about a message, and keeps it where it is a new and good one; nil where there is no such webhook.
    public func receive(_ message: HookMessage) async throws -> WebhookOutcome? {
        guard let webhook = try await find(message.workflow, message.trigger) else { return nil }
        guard await takeTurn(webhook.name) else { throw HookTrouble.busy }
        defer { passTurn(webhook.name) }
        var intake = try intakes[webhook.name] ?? opened(webhook)
        let outcome = intake.receive(message.request, at: time.now)
        try await keep(outcome, &intake)
        // Not before: a message that could not be kept must not be remembered as taken.
        intakes[webhook.name] = intake
        return outcome
    }

    /// The intake of a webhook, with what it remembered before the last restart.
    private func opened(_ webhook: Webhook) throws -> WebhookIntake {
        var intake = WebhookIntake(name: webhook.name, secrets: webhook.secrets)
        try intake.restore(try store.memory(webhook.name))
        return intake
    }

    private func keep(_ outcome: WebhookOutcome, _ intake: inout WebhookIntake) async throws {
        var delivery: WebhookDelivery?
        switch outcome {
        case .refused: return
        case .repeated: break
        case .accepted(let new, _): delivery = new
        }
        let memory = try intake.takeChanges()
        guard delivery != nil || !memory.isEmpty else { return }
        try await store.keep(Change(webhook: intake.name, delivery: delivery, memory: memory))
    }

    private func takeTurn(_ name: String) async -> Bool {
        guard let queue = waiting[name] else {
            waiting[name] = []
            return true
        }
        guard queue.count < HookDesk.mostWaiting else { return false }
        await withCheckedContinuation { waiting[name, default: []].append($0) }
        return true
    }

    private func passTurn(_ name: String) {
        guard var queue = waiting[name], !queue.isEmpty else {
            waiting[name] = nil
            return
        }
        let next = queue.removeFirst()
        waiting[name] = queue
        next.resume()
    }
}

/// Why a message could not be looked at.
enum HookTrouble: Error, CustomStringConvertible {
    case busy

    var description: String { "too many messages wait at this webhook" }
}
