import Configuration
import DeskCommands
import Glibc
import WorkflowModel

/// `bellwether confirmations` and `bellwether confirm`: a person's word on what others asked for.
enum ConfirmCommand {
    private static let id = Argument.positional("id", .text("ID"), "What waits, see 'confirmations'")
    private static let yes = Argument.flag("yes", "Do not ask; needed where no terminal is there")
    private static let dismiss = Argument.flag("dismiss", "Say no to it in place of yes")
    private static let reason = Argument<String?>.option("reason", .text("TEXT"), "Why, for the record of access")

    static let confirmations = Command(
        "confirmations", "List what waits for a person to say yes",
        examples: [.init("bellwether confirmations", "Oldest first")]
    ) { call in
        let items = try await waiting(DeskCalls(call))
        guard !call.console.isJSON else {
            for item in items { try call.console.print(JSONValue(item, type: "confirmation")) }
            return .done
        }
        guard !items.isEmpty else {
            try call.console.print("nothing waits for a person")
            return .done
        }
        for (place, item) in items.enumerated() {
            if place > 0 { try call.console.print() }
            try call.console.print(lines(item))
        }
        return .done
    }

    static let confirm = Command(
        "confirm", "Say yes to something that waits; shows exactly what will be done and asks",
        discussion: """
            Only a person can confirm: read what will be done, and who wants it. It is done once, as it was asked, and \
            it can be confirmed for ten minutes.
            """,
        takes: [id.parameter, yes.parameter, dismiss.parameter, reason.parameter],
        examples: [
            .init("bellwether confirm 3f9a52c1b6", "Shows it and asks"),
            .init("bellwether confirm 3f9a52c1b6 --dismiss --reason \"not today\"", "Nothing is done"),
        ]
    ) { call in
        let calls = try DeskCalls(call)
        let wanted = try call.arguments[id]
        guard let item = try await waiting(calls).first(where: { $0["id"]?.text == wanted }) else {
            throw CommandFailure("nothing of the id '\(wanted)' waits for a person", code: "not_found")
        }
        let isDismissed = try call.arguments[dismiss]
        if !isDismissed, try !call.arguments[yes], try !isWanted(item, call) {
            call.console.note("nothing was done; it still waits")
            return .failed
        }
        let command = isDismissed ? "confirmations.dismiss" : "confirmations.confirm"
        var arguments: [String: Value] = ["id": .text(wanted)]
        arguments["reason"] = try call.arguments[reason].map(Value.text)
        let answer = try await calls.ask(command, arguments).value
        try call.console.isJSON
            ? call.console.print(JSONValue(answer, type: isDismissed ? "dismissed" : "confirmed"))
            : call.console.print(
                isDismissed
                    ? "dismissed; nothing was done"
                    : "done: \(item["what"]?.text ?? wanted)\n\(PrettyJSON.text(answer["result"] ?? .null))")
        return .done
    }

    private static func waiting(_ calls: DeskCalls) async throws -> [Value] {
        try await calls.ask("confirmations.list").value["items"]?.list ?? []
    }

    /// Shows what would be done and asks; throws where nobody is there to answer.
    private static func isWanted(_ item: Value, _ call: Invocation) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1, call.console.errorProfile.isTerminal else {
            throw UsageError(
                "confirming needs a terminal where a person reads what will be done; give --yes where you have read it")
        }
        let question = lines(item).joined(separator: "\n") + "\nDo this? Type yes: "
        try call.console.errors.write(question)
        return readLine()?.lowercased() == "yes"
    }

    private static func lines(_ item: Value) -> [String] {
        let caller = item["caller"]
        let tier = caller?["tier"]?.text.map { ", a model of tier \($0)" } ?? ""
        let who = "\(caller?["name"]?.text ?? "?") through \(caller?["face"]?.text ?? "?")\(tier)"
        return [
            "id       \(item["id"]?.text ?? "?")", "what     \(item["what"]?.text ?? "?")",
            "why      \(item["why"]?.text ?? "?")", "asked by \(who)", "until    \(item["expires_at"]?.text ?? "?")",
        ].map(\.escapingControls)
    }
}
