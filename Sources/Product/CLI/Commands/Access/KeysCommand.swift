import Configuration
import DeskCommands
import Determinism
import WorkflowModel

/// `bellwether keys`: API keys for programs.
enum KeysCommand {
    static let command = Command(
        group: "keys", "Make, list and revoke API keys for programs",
        discussion: """
            A key is sent as 'Authorization: Bearer bw_…'. Its secret is shown once and kept nowhere. A key that a model \
            uses has a tier, which nothing that the model says can raise.
            """,
        [create, list, revoke])

    private static let name = Argument.positional("name", .text("NAME"), "What the record calls the holder")
    private static let role = Argument.requiredOption(
        "role", .oneOf(Role.self, "ROLE"), "What the holder may do; each includes those before it")
    private static let tier = Argument<Tier?>.option(
        "tier", .oneOf(Tier.self, "TIER"), "How far a model that uses the key may go")
    private static let expires = Argument<Duration?>.option(
        "expires", .duration(.seconds(60) ... .seconds(3_153_600_000)), "After how long it ends, else never")

    private static let create = Command(
        "create", "Make a key; its secret is shown once",
        takes: [name.parameter, role.parameter, tier.parameter, expires.parameter],
        examples: [
            .init(
                "bellwether keys create reports --role viewer --expires 90d", "A program that looks, for three months"),
            .init("bellwether keys create helper --role trader --tier paper", "A model that may trade on paper"),
        ]
    ) { call in
        var arguments: [String: Value] = [
            "name": .text(try call.arguments[name]), "role": .text(try call.arguments[role].rawValue),
        ]
        if let tier = try call.arguments[tier] { arguments["tier"] = .text(tier.rawValue) }
        if let span = try call.arguments[expires] { arguments["expires_at"] = .text("\(SystemTime().now + span)") }
        let answer = try await DeskCalls(call).ask("keys.create", arguments).value
        guard !call.console.isJSON else {
            try call.console.print(JSONValue(answer, type: "key"))
            return .done
        }
        try call.console.print(answer["secret"]?.text ?? "")
        call.console.note("this is the whole key \(answer["key"]?["id"]?.text ?? ""); it is not shown again")
        return .done
    }

    private static let list = Command(
        "list", "List the keys that were ever made",
        examples: [.init("bellwether keys list", "Newest first")]
    ) { call in
        let keys = try await DeskCalls(call).ask("keys.list").value["items"]?.list ?? []
        guard !call.console.isJSON else {
            for key in keys { try call.console.print(JSONValue(key, type: "key")) }
            return .done
        }
        var table = Table([
            .text("id"), .text("name"), .text("role"), .text("tier"), .text("made"), .text("ends"), .text("last used"),
            .text("revoked"),
        ])
        let columns = [
            "id", "name", "role", "tier", "created_at", "expires_at", "last_used_at", "revoked_at",
        ]
        for key in keys { table.add(columns.map { Table.Cell(key[$0]?.text ?? "-") }) }
        try call.console.print(table.lines(width: call.console.profile.width, style: call.console.style))
        return .done
    }

    private static let id = Argument.positional("id", .text("ID"), "The key's id, see 'keys list'")

    private static let revoke = Command(
        "revoke", "End a key at once", takes: [id.parameter],
        examples: [.init("bellwether keys revoke 3f9a52c1b604", "Nobody gets in with it any more")]
    ) { call in
        let answer = try await DeskCalls(call).ask("keys.revoke", ["id": .text(try call.arguments[id])]).value
        try call.console.isJSON
            ? call.console.print(JSONValue(answer, type: "key_revoked"))
            : call.console.print("the key \(try call.arguments[id]) is revoked")
        return .done
    }
}
