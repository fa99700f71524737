import Determinism
import Networking
import Telemetry
import WorkflowModel

/// Sends alerts one after the other to an address, each a few times where it does not arrive.
struct AlertDelivery: Sendable {
    /// Sends a document; gives the status of the answer.
    typealias Send = @Sendable (_ json: [UInt8], _ headers: [(name: String, value: String)]) async throws -> Int

    /// What is the same for all alerts of a process.
    struct Sender: Sendable {
        /// The run of the desk; nil where none runs.
        var run: String?
        /// Whether its prices are made up; nil where none runs.
        var isSimulated: Bool?
        var version: String
    }

    /// The waits between tries.
    static let waits: [Duration] = [.seconds(1), .seconds(4), .seconds(16)]

    let desk: AlertDesk
    let sender: Sender
    let log: Log
    let time: any TimeSource
    let send: Send

    /// Delivery to an address.
    static func send(to address: WebAddress) -> Send {
        let post = WebPost(WebClient(address))
        return { json, headers in try await post.send(json, headers: headers) }
    }

    /// Sends until cancelled.
    func run() async throws {
        for await item in desk.items {
            defer { desk.settle() }
            try await deliver(item)
        }
    }

    private func deliver(_ item: AlertDesk.Item) async throws {
        let json = try value(of: item).json()
        for (number, wait) in (AlertDelivery.waits.map { $0 } + [nil]).enumerated() {
            guard let fault = await fault(json, item.id) else { return }
            guard let wait else {
                return log.error(
                    "an alert was given up after \(number + 1) tries",
                    ["alert": .text(item.id), "error": .text(fault)])
            }
            log.warning("an alert did not arrive", ["alert": .text(item.id), "error": .text(fault)])
            try await time.sleep(for: wait)
        }
    }

    /// Why it did not arrive; nil where it did.
    private func fault(_ json: [UInt8], _ id: String) async -> String? {
        do {
            let headers = [("User-Agent", "bellwether/\(sender.version)"), ("Idempotency-Key", id)]
            let status = try await send(json, headers)
            return (200...299).contains(status) ? nil : "the answer was \(status)"
        } catch {
            return "\(error)"
        }
    }

    private func value(of item: AlertDesk.Item) -> Value {
        let alert = item.alert
        return [
            "source": "bellwether", "version": .text(sender.version), "id": .text(item.id),
            "time": .text("\(item.time)"), "kind": .text(alert.kind.rawValue),
            "severity": alert.isQuiet ? "info" : "warning", "text": .text(alert.text),
            "execution_id": alert.run.map(Value.text) ?? .null,
            "market_time": alert.marketTime.map { .text("\($0)") } ?? .null,
            "run": sender.run.map(Value.text) ?? .null,
            "simulated": sender.isSimulated.map(Value.boolean) ?? .null,
        ]
    }
}
