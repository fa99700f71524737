import Configuration
import DeskCommands
import Determinism
import Server
import TradingDesk
import Triggers
import WorkflowModel

/// Lets signed messages from outside reach the triggers that wait for them.
struct WebhookDoor: Sendable {
    private let home: WorkflowHome
    private let secrets: Secrets
    private let time: any TimeSource

    /// The webhooks of a home's workflows; each needs a secret of its own, such as `WEBHOOK_NEWS_SECRET`.
    init(_ home: WorkflowHome, _ secrets: Secrets, time: any TimeSource) {
        self.home = home
        self.secrets = secrets
        self.time = time
    }

    /// What takes a message: before it is answered it is on disk, as a request to whoever serves the workflows,
    /// and with it that it was taken.
    var receiver: HookReceiver {
        let store = HookDesk.Store(
            memory: { webhook in try home.box.memory(ofWebhook: webhook) },
            keep: { change in
                try home.box.keep(change.delivery, memory: change.memory, ofWebhook: change.webhook, at: time.now)
            })
        let desk = HookDesk(
            time: time, find: { workflow, trigger in try webhook(workflow, trigger) }, store: store)
        return { try await desk.receive($0) }
    }

    /// The webhook of a name that a trigger of a workflow waits for; nil where there is none. Throws where the
    /// definitions cannot be read, so that the sender tries again.
    private func webhook(_ workflow: String, _ name: String) throws -> HookDesk.Webhook? {
        guard let stored = try home.library.newest().first(where: { $0.name == workflow }) else { return nil }
        let plan = try home.library.plan(stored)
        let isKnown = plan.definition.triggers.contains { $0.kind == .webhook(name: name) }
        guard isKnown, let secret = secrets[Secrets.name(ofWebhook: name)] else { return nil }
        return HookDesk.Webhook(name: name, secrets: [secret])
    }
}
