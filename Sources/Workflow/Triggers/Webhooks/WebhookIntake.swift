public import Configuration
public import Determinism
import Storage
import WorkflowModel

/// Lets messages from outside in: each signed, recent, and once.
///
/// A pure value. What `takeChanges` gives is to be kept together with the delivery, and given back after a restart.
public struct WebhookIntake: Sendable {
    /// How far the signature's time may lie from ours, either way.
    public static let tolerance = Duration.seconds(300)
    /// How long a message is remembered after it was accepted.
    public static let memory = Duration.seconds(86_400)
    /// The largest body, in bytes.
    public static let largestBody = 1_048_576
    /// How many accepted messages it remembers; while that many are, new ones are refused rather than old forgotten.
    public static let mostRemembered = 100_000

    /// The webhook's name.
    public let name: String
    private let secrets: [Secret]
    private var taken = WebhookMemory()

    /// A webhook that takes messages signed under any of the secrets: the old and the new while one is exchanged.
    public init(name: String, secrets: [Secret]) {
        self.name = name
        self.secrets = secrets.filter { !$0.reveal().isEmpty }
    }

    /// Decides about a message; every message without a valid signature gets the same answer.
    public mutating func receive(_ request: WebhookRequest, at time: Timestamp) -> WebhookOutcome {
        forget(before: time)
        guard request.body.count <= WebhookIntake.largestBody else {
            return .refused(.refused(413, "too_large", "the body is over \(WebhookIntake.largestBody) bytes"))
        }
        guard let signature = request.signature.flatMap(WebhookSignature.init(header:)),
            let digest = signature.matching(request.body, secrets: secrets)
        else { return .refused(.refused(401, "signature", "the signature does not fit")) }
        guard WebhookIntake.isRecent(signature.signed, at: time) else {
            return .refused(.refused(401, "timestamp", "the signature's time is more than 300 seconds from ours"))
        }
        let id = request.id ?? digest.hex
        guard (1...200).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return .refused(.refused(400, "id", "the message's id must have 1 to 200 visible ASCII characters"))
        }
        return take(request.body, id: id, signature: digest, at: time)
    }

    private mutating func take(
        _ body: [UInt8], id: String, signature: Digest, at time: Timestamp
    ) -> WebhookOutcome {
        let hash = Digest.of(body)
        if let known = taken.message(id) {
            guard known.body == hash else {
                return .refused(.refused(409, "conflict", "another message had this id before"))
            }
            taken.add(signature: signature, of: id, at: time)
            return .repeated(.accepted(id: id, received: known.received))
        }
        // The signature does not cover the id: the same signed message under another id is a replay.
        guard taken.owner(of: signature) == nil else {
            return .refused(.refused(409, "replay", "this message had another id before"))
        }
        guard taken.count < WebhookIntake.mostRemembered else {
            return .refused(.refused(429, "busy", "too many messages in a day; send it again later"))
        }
        guard let value = try? Value(json: body) else {
            return .refused(.refused(400, "body", "the body is no JSON"))
        }
        taken.add(message: id, body: hash, at: time)
        taken.add(signature: signature, of: id, at: time)
        let delivery = WebhookDelivery(name: name, id: id, received: time, body: value)
        return .accepted(delivery, .accepted(id: id, received: time))
    }

    private mutating func forget(before time: Timestamp) {
        taken.forget(
            messages: { WebhookIntake.apart($0.received, time) > WebhookIntake.memory },
            signatures: { WebhookIntake.apart($0.received, time) > WebhookIntake.tolerance * 2 })
    }

    private static func isRecent(_ signed: Timestamp, at time: Timestamp) -> Bool {
        apart(signed, time) <= tolerance && apart(time, signed) <= tolerance
    }

    /// The time from one moment to another; the longest there is where it cannot be counted.
    private static func apart(_ first: Timestamp, _ second: Timestamp) -> Duration {
        let (nanoseconds, overflow) = second.nanoseconds.subtractingReportingOverflow(first.nanoseconds)
        if overflow { return .nanoseconds(second > first ? Int64.max : Int64.min) }
        return .nanoseconds(nanoseconds)
    }
}

extension WebhookIntake {
    /// What changed in its memory since this was last asked, by name; nil is to be forgotten. No secret is among it.
    public mutating func takeChanges() throws(TriggerError) -> [String: [UInt8]?] {
        do {
            return try taken.takeChanges()
        } catch {
            throw TriggerError(.state, "the memory of the webhook '\(name)' cannot be saved: \(error)")
        }
    }

    /// Takes up all that was kept, by name; throws where the bytes are not that.
    public mutating func restore(_ kept: [String: [UInt8]]) throws(TriggerError) {
        do {
            taken = try WebhookMemory(kept)
        } catch {
            throw TriggerError(.state, "the memory of the webhook '\(name)' cannot be read: \(error)")
        }
    }
}
