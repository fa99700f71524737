import Determinism
import Storage
import WorkflowModel

/// How keys, sessions, calls that wait and entries of the record look in answers.
enum AccessShapes {
    private static let caller = ValueSchema.object([
        .init("name", .text), .init("role", .choice(Role.allCases.map(\.rawValue))), .init("face", .text),
        .init("tier", .choice(Tier.allCases.map(\.rawValue)).orNull, "How far a model may go; null for a person"),
    ])

    static let confirmation = ValueSchema.named(
        "Confirmation",
        .object([
            .init("id", .text), .init("command", .text), .init("arguments", .anyObject),
            .init("what", .text, "Exactly what will be done"), .init("why", .text, "Why a person is asked"),
            .init("caller", caller), .init("created_at", .time), .init("expires_at", .time),
        ]))

    static func value(_ waiting: PendingConfirmation) -> Value {
        [
            "id": .text(waiting.id), "command": .text(waiting.command), "arguments": .object(waiting.arguments),
            "what": .text(waiting.what), "why": .text(waiting.reason), "created_at": .text("\(waiting.created)"),
            "expires_at": .text("\(waiting.expires)"),
            "caller": [
                "name": .text(waiting.caller.name), "role": .text(waiting.caller.role.rawValue),
                "face": .text(waiting.caller.face.rawValue), "tier": text(waiting.caller.tier?.rawValue),
            ],
        ]
    }

    static let confirmed = ValueSchema.object([
        .init("id", .text), .init("command", .text),
        .init("result", .any, "The command's answer; null where it was dismissed"),
    ])

    static let key = ValueSchema.named(
        "Key",
        .object([
            .init("id", .text), .init("name", .text), .init("role", .choice(Role.allCases.map(\.rawValue))),
            .init("tier", .choice(Tier.allCases.map(\.rawValue)).orNull), .init("created_at", .time),
            .init("expires_at", .time.orNull), .init("last_used_at", .time.orNull), .init("revoked_at", .time.orNull),
        ]))

    static func value(_ key: KeyDescription) -> Value {
        [
            "id": .text(key.id), "name": .text(key.wish.name), "role": .text(key.wish.role.rawValue),
            "tier": text(key.wish.tier?.rawValue), "created_at": .text("\(key.created)"),
            "expires_at": time(key.wish.expires), "last_used_at": time(key.lastUsed), "revoked_at": time(key.revoked),
        ]
    }

    static let session = ValueSchema.named(
        "Session",
        .object([
            .init("id", .text), .init("name", .text), .init("role", .choice(Role.allCases.map(\.rawValue))),
            .init("created_at", .time), .init("last_seen_at", .time), .init("expires_at", .time),
        ]))

    static func value(_ session: SessionDescription) -> Value {
        [
            "id": .text(session.id), "name": .text(session.name), "role": .text(session.role.rawValue),
            "created_at": .text("\(session.created)"), "last_seen_at": .text("\(session.lastSeen)"),
            "expires_at": .text("\(session.expires)"),
        ]
    }

    static let revoked = ValueSchema.object([.init("id", .text), .init("revoked", .boolean)])

    static let entry = ValueSchema.named(
        "AccessEntry",
        .object([
            .init("sequence", .integer), .init("time", .time), .init("caller", .text), .init("face", .text),
            .init("command", .text), .init("outcome", .choice(AccessEntry.Outcome.allCases.map(\.rawValue))),
            .init("code", .text.orNull, "The code of the problem"),
            .init("arguments", .text.orNull, "Canonical JSON without secrets; null where too long"),
            .init("digest", .text), .init("trace", .text), .init("hash", .text),
        ]))

    static func value(_ chained: ChainedAccessEntry) -> Value {
        let entry = chained.entry
        return [
            "sequence": .integer(chained.sequence), "time": .text("\(entry.time)"), "caller": .text(entry.caller),
            "face": .text(entry.face.rawValue), "command": .text(entry.command),
            "outcome": .text(entry.outcome.rawValue), "code": text(entry.code.isEmpty ? nil : entry.code),
            "arguments": text(entry.arguments), "digest": .text(entry.digest.hex), "trace": .text(entry.trace),
            "hash": .text(chained.hash.hex),
        ]
    }

    private static func text(_ text: String?) -> Value { text.map(Value.text) ?? .null }

    private static func time(_ time: Timestamp?) -> Value { text(time.map { "\($0)" }) }
}
