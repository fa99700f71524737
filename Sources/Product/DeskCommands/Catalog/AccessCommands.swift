import Determinism
import WorkflowModel

/// Keys, browser sessions, calls that wait for a person, and the record of access: never a tool for a model.
public enum AccessCommands {
    /// All of them.
    public static let all: [DeskCommand] = [
        confirmations, confirm, dismiss, keys, createKey, revokeKey, sessions, revokeSession, log,
    ]

    private static let id = Field<String>.text("id", "Its id", upTo: 64)
    /// Nothing reads it: as every argument, it stands in the entry of the record of access.
    private static let reason = Field<String>.text("reason", "Why, for the record of access", upTo: 500).optional

    // MARK: Confirmations

    private static let confirmations = DeskCommand(
        "confirmations.list", "What waits for a person to say yes, oldest first", .read,
        at: .get("/api/confirmations"), answers: .page(of: AccessShapes.confirmation)
    ) { _, context in
        page(try access(context).confirmations().map(AccessShapes.value))
    }

    private static let confirm = DeskCommand(
        "confirmations.confirm", "Say yes to a call that waits; it is done as it was asked", .research,
        at: .post("/api/confirmations/{id}/confirm"), takes: [id.description, reason.description],
        answers: AccessShapes.confirmed
    ) { arguments, context in
        try await confirming(context).confirm(try arguments[id], in: context)
    }

    private static let dismiss = DeskCommand(
        "confirmations.dismiss", "Say no to a call that waits; nothing is done", .research,
        at: .post("/api/confirmations/{id}/dismiss"), takes: [id.description, reason.description],
        answers: AccessShapes.confirmed
    ) { arguments, context in
        try await confirming(context).dismiss(try arguments[id], in: context)
    }

    // MARK: Keys

    private static let name = Field<String>.text("name", "What the record calls the holder", upTo: 60)
    private static let role = Field<String>.choice(
        "role", Role.allCases.map(\.rawValue), "What the holder may do")
    private static let tier = Field<String>.choice(
        "tier", Tier.allCases.map(\.rawValue), "How far a model that uses it may go; left out where none does"
    ).optional
    private static let expires = Field<String>.text(
        "expires_at", "When it ends, in ISO 8601; left out for never", upTo: 40
    ).optional

    private static let keys = DeskCommand(
        "keys.list", "API keys without their secrets, newest first", .administer, at: .get("/api/keys"),
        answers: .page(of: AccessShapes.key)
    ) { _, context in
        page(try access(context).keys().map(AccessShapes.value))
    }

    private static let createKey = DeskCommand(
        "keys.create", "Make an API key; its secret is shown once", .administer, at: .post("/api/keys"),
        takes: [name.description, role.description, tier.description, expires.description],
        answers: .object([
            .init("key", AccessShapes.key), .init("secret", .text, "What the holder sends; shown once"),
        ])
    ) { arguments, context in
        let wish = try wish(arguments, at: context.time)
        let made = try access(context).createKey(wish)
        return ["key": AccessShapes.value(made.key), "secret": .text(made.text)]
    }

    private static func wish(_ arguments: CommandArguments, at now: Timestamp) throws(CommandProblem) -> KeyWish {
        guard let role = Role(rawValue: try arguments[role]) else { throw .invalid([FieldFault("role", "is unknown")]) }
        let tier = try arguments[tier].flatMap(Tier.init(rawValue:))
        guard let text = try arguments[expires] else { return KeyWish(try arguments[name], role, tier: tier) }
        guard let expires = Timestamp(text), expires > now else {
            throw .invalid([
                FieldFault("expires_at", "must be a time to come in ISO 8601, such as 2030-01-31T00:00:00Z")
            ])
        }
        return KeyWish(try arguments[name], role, tier: tier, expires: expires)
    }

    private static let revokeKey = DeskCommand(
        "keys.revoke", "End an API key at once", .administer, at: .delete("/api/keys/{id}"),
        takes: [id.description], answers: AccessShapes.revoked
    ) { arguments, context in
        let id = try arguments[id]
        guard try access(context).revokeKey(id) else { throw CommandProblem.notFound("there is no key '\(id)' in use") }
        return ["id": .text(id), "revoked": true]
    }

    // MARK: Sessions

    private static let sessions = DeskCommand(
        "sessions.list", "Browser sessions that are open, newest first", .administer, at: .get("/api/sessions"),
        answers: .page(of: AccessShapes.session)
    ) { _, context in
        page(try access(context).sessions().map(AccessShapes.value))
    }

    private static let revokeSession = DeskCommand(
        "sessions.revoke", "End a browser session at once", .administer, at: .delete("/api/sessions/{id}"),
        takes: [id.description], answers: AccessShapes.revoked
    ) { arguments, context in
        let id = try arguments[id]
        guard try access(context).revokeSession(id) else {
            throw CommandProblem.notFound("there is no open session '\(id)'")
        }
        return ["id": .text(id), "revoked": true]
    }

    // MARK: The record

    private static let caller = Field<String>.text("caller", "Only what this caller did").optional
    private static let outcome = Field<String>.choice(
        "outcome", AccessEntry.Outcome.allCases.map(\.rawValue), "Only what came to this"
    ).optional
    private static let limit = Field<Int>.integer("limit", 1...500, "The most entries").or(50)
    private static let cursor = Field<String>.text("cursor", "Where the page before ended", upTo: 40).optional

    private static let log = DeskCommand(
        "access.log", "Who called what: writes and refusals, newest first", .administer, at: .get("/api/access-log"),
        takes: [limit.description, cursor.description, caller.description, outcome.description],
        answers: .page(of: AccessShapes.entry)
    ) { arguments, context in
        var query = AccessQuery()
        query.limit = try arguments[limit]
        query.caller = try arguments[caller]
        query.outcome = try arguments[outcome].flatMap(AccessEntry.Outcome.init(rawValue:))
        if let text = try arguments[cursor] {
            guard let before = Int64(text) else { throw CommandProblem.invalid([FieldFault("cursor", "is no cursor")]) }
            query.before = before
        }
        let entries = try access(context).entries(query)
        let next = entries.count == query.limit ? entries.last.map { Value.text("\($0.sequence)") } : nil
        return page(entries.map(AccessShapes.value), next: next ?? .null)
    }

    // MARK: What they work with

    private static func page(_ items: [Value], next: Value = .null) -> Value {
        ["items": .list(items), "next": next]
    }

    private static func access(_ context: CommandContext) throws(CommandProblem) -> any AccessDesk {
        guard let access = context.services.access else {
            throw CommandProblem(.unavailable, "no keys and no record of access are kept here; start the desk")
        }
        return access
    }

    private static func confirming(_ context: CommandContext) throws(CommandProblem) -> any Confirming {
        guard let confirming = context.confirming else {
            throw CommandProblem(.unavailable, "nothing can wait for a person here; ask the running desk")
        }
        return confirming
    }
}
