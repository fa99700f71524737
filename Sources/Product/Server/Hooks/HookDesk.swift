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

    /// The most messages that wait for their turn at one webhook.
    private static let mostWaiting = 64

    private let time: any TimeSource
    private let find: @Sendable (_ workflow: String, _ trigger: String) async throws -> Webhook?
    private let keep: @Sendable (WebhookDelivery) async throws -> Void
    private var intakes: [String: WebhookIntake] = [:]
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// A desk for webhooks: `find` knows the webhook of a trigger, `keep` puts a message where its trigger finds it and
    /// returns once it is on disk; a message that is handed to it twice counts once by its id.
    public init(
        time: any TimeSource,
        find: @escaping @Sendable (_ workflow: String, _ trigger: String) async throws -> Webhook?,
        keep: @escaping @Sendable (WebhookDelivery) async throws -> Void
    ) {
        self.time = time
        self.find = find
        self.keep = keep
    }

    /// Decides about a message, and keeps it where it is a new and good one; nil where there is no such webhook.
    public func receive(_ message: HookMessage) async throws -> WebhookOutcome? {
        guard let webhook = try await find(message.workflow, message.trigger) else { return nil }
        guard await takeTurn(webhook.name) else { throw HookTrouble.busy }
        defer { passTurn(webhook.name) }
        var intake = intakes[webhook.name] ?? WebhookIntake(name: webhook.name, secrets: webhook.secrets)
        let outcome = intake.receive(message.request, at: time.now)
        if case .accepted(let delivery, _) = outcome { try await keep(delivery) }
        // Not before: a message that could not be kept must not be remembered as taken.
        intakes[webhook.name] = intake
        return outcome
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
