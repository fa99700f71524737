import Access
import Configuration
import Determinism
import Networking
import Telemetry
import WorkflowEngine

/// The alerts of a process, from where they come to where they go.
struct Alerting: Sendable {
    /// Takes alerts.
    let desk: AlertDesk
    private let delivery: AlertDelivery?

    /// Alerts that are sent on where the settings name an address; what of it may be a key is hidden in every log.
    init(_ loaded: LoadedSettings, _ telemetry: DeskTelemetry, run: String?, isSimulated: Bool?, time: any TimeSource) {
        let address = loaded.settings.monitoring.alertWebhookURL.flatMap { WebAddress($0.reveal()) }
        if let url = loaded.settings.monitoring.alertWebhookURL { telemetry.redactor.register(url.reveal()) }
        for secret in address?.secrets ?? [] { telemetry.redactor.register(secret) }
        let log = telemetry.router.log("alerts")
        let desk = AlertDesk(log, isSent: address != nil, epoch: RandomBytes.hexadecimal(6), time: time)
        self.desk = desk
        delivery = address.map { address in
            AlertDelivery(
                desk: desk,
                sender: .init(run: run, isSimulated: isSimulated, version: CommandTree.version),
                log: log, time: time, send: AlertDelivery.send(to: address))
        }
    }

    /// Takes what workflows tell, and sends what there is to send, while a body runs and a little longer.
    func serve<Result: Sendable>(_ service: WorkflowService, while body: () async throws -> Result) async throws
        -> Result
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await desk.follow(service) }
            if let delivery { group.addTask { try await delivery.run() } }
            defer { group.cancelAll() }
            let result = try await body()
            await desk.drain(patience: .seconds(3))
            return result
        }
    }
}
