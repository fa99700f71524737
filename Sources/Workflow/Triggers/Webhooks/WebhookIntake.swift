public import Configuration
public import Determinism
import Foundation
import Storage
import WorkflowModel

/// Lets messages from outside in: each signed, recent, and once.
///
/// A pure value. What it remembers is to be saved together with the delivery; where that is lost, the queue's and the
/// trigger's own memory of ids still keep a message from firing twice.
public struct WebhookIntake: Sendable {
    /// How far the signature's time may lie from ours, either way.
    public static let tolerance = Duration.seconds(300)
    /// How long a message is remembered after it was accepted.
    public static let memory = Duration.seconds(86_400)
    /// The largest body, in bytes.
    public static let largestBody = 1_048_576
    /// How many accepted messages it remembers; while that many are, new ones are refused rather than old forgotten.
    public static let mostRemembered = 100_000

    private struct Accepted: Codable {
        var reply: WebhookReply
        var body: Digest
    }

    private struct Seen: Codable {
        var signature: Digest
        var id: String
        var received: Timestamp
    }

    private struct Memory: Codable {
        var accepted: [Accepted]
        var seen: [Seen]
    }

    /// The webhook's name.
    public let name: String
    private let secrets: [Secret]
    private var accepted: [String: Accepted] = [:]
    /// Ids in the order in which they were accepted; those before `forgotten` are gone.
    private var order: [String] = []
    private var forgotten = 0
    /// The signatures that may still be recent, oldest first, and the message that each came with.
    private var seen: [Seen] = []
    private var owners: [Digest: String] = [:]

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
        if let known = accepted[id] {
            guard known.body == hash else {
                return .refused(.refused(409, "conflict", "another message had this id before"))
            }
            remember(signature, of: id, at: time)
            return .repeated(known.reply)
        }
        // The signature does not cover the id: the same signed message under another id is a replay.
        guard owners[signature] == nil else {
            return .refused(.refused(409, "replay", "this message had another id before"))
        }
        guard accepted.count < WebhookIntake.mostRemembered else {
            return .refused(.refused(429, "busy", "too many messages in a day; send it again later"))
        }
        guard let value = try? Value(json: body) else {
            return .refused(.refused(400, "body", "the body is no JSON"))
        }
        let reply = WebhookReply.accepted(id: id, received: time)
        accepted[id] = Accepted(reply: reply, body: hash)
        order.append(id)
        remember(signature, of: id, at: time)
        return .accepted(WebhookDelivery(name: name, id: id, received: time, body: value), reply)
    }

    private mutating func remember(_ signature: Digest, of id: String, at time: Timestamp) {
        guard owners.updateValue(id, forKey: signature) == nil else { return }
        seen.append(Seen(signature: signature, id: id, received: time))
    }

    private mutating func forget(before time: Timestamp) {
        let old = seen.prefix { WebhookIntake.apart($0.received, time) > WebhookIntake.tolerance * 2 }
        for entry in old { owners[entry.signature] = nil }
        seen.removeFirst(old.count)
        while forgotten < order.count, let received = accepted[order[forgotten]]?.reply.received,
            WebhookIntake.apart(received, time) > WebhookIntake.memory
        {
            accepted[order[forgotten]] = nil
            forgotten += 1
        }
        if forgotten > 1_000, forgotten > order.count / 2 {
            order.removeFirst(forgotten)
            forgotten = 0
        }
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
    /// What it remembers, as bytes; no secret is among it.
    public func snapshot() throws(TriggerError) -> [UInt8] {
        let memory = Memory(accepted: order[forgotten...].compactMap { accepted[$0] }, seen: seen)
        do {
            return [UInt8](try JSONEncoder().encode(memory))
        } catch {
            throw TriggerError(.state, "the memory of the webhook '\(name)' cannot be saved: \(error)")
        }
    }

    /// Takes up what was remembered; throws where the bytes are not that.
    public mutating func restore(_ bytes: [UInt8]) throws(TriggerError) {
        let memory: Memory
        do {
            memory = try JSONDecoder().decode(Memory.self, from: Data(bytes))
        } catch {
            throw TriggerError(.state, "the memory of the webhook '\(name)' cannot be read: \(error)")
        }
        (accepted, owners, order, forgotten, seen) = ([:], [:], [], 0, memory.seen)
        for entry in memory.accepted {
            guard let id = entry.reply.id else { continue }
            accepted[id] = entry
            order.append(id)
        }
        for entry in seen { owners[entry.signature] = entry.id }
    }
}
