import DeskCommands
import WorkflowModel

/// What `tools/call` answers.
enum ToolResult {
    /// The most bytes of JSON in one answer.
    static let mostBytes = 100_000

    /// What a tool answered, with what was done to make it fit.
    static func answer(_ answer: CommandAnswer, of tool: Tool, notes: [String] = []) -> Value {
        if answer.isWaiting { return waiting(answer) }
        let (value, cuts) = AnswerShortener.shortened(answer.value, to: mostBytes)
        guard let value else { return problem(tooLong(tool)) }
        var meta = UntrustedPaths.meta(tool.command.answer)
        if answer.isRepeated { meta["bellwether/repeated"] = true }
        if !cuts.isEmpty { meta["bellwether/shortened"] = .list(cuts.map(Value.text)) }
        let told = notes + (cuts.isEmpty ? [] : ["Shortened to fit: \(cuts.joined(separator: ", "))."])
        return result(value, notes: told, meta: meta)
    }

    /// What a tool could not do, as the model is to read it.
    static func problem(_ problem: CommandProblem) -> Value {
        var error: [String: Value] = [
            "code": .text(problem.code.rawValue), "message": .text(problem.message),
            "what_to_do": .text(advice(problem.code)),
        ]
        if !problem.faults.isEmpty {
            error["errors"] = .list(
                problem.faults.map { ["field": .text($0.field), "message": .text($0.message)] })
        }
        return result(["error": .object(error)], meta: [UntrustedPaths.key: ["error.message"]], isError: true)
    }

    private static func waiting(_ answer: CommandAnswer) -> Value {
        let id = answer.value["confirmation"]?["id"]?.text ?? "ID"
        let note =
            "Nothing was done yet. Only a person can confirm this: with 'bellwether confirm \(id)' in a terminal, or "
            + "in the dashboard. No tool can; tell the person what it is about and do not ask for it again."
        let meta: [String: Value] = [
            "bellwether/waits_for_person": true, UntrustedPaths.key: ["confirmation.what", "confirmation.why"],
        ]
        return result(answer.value, notes: [note], meta: meta)
    }

    private static func result(
        _ value: Value, notes: [String] = [], meta: [String: Value], isError: Bool = false
    ) -> Value {
        let text = String(decoding: (try? value.json()) ?? [], as: UTF8.self)
        let blocks = [text] + notes
        return [
            "content": .list(blocks.map { ["type": "text", "text": .text($0)] }), "structuredContent": value,
            "isError": .boolean(isError), "_meta": .object(meta),
        ]
    }

    private static func tooLong(_ tool: Tool) -> CommandProblem {
        CommandProblem(
            .invalid,
            "the answer of '\(tool.name)' has more than \(mostBytes) bytes; ask for less, with a smaller "
                + "'limit' or a narrower question")
    }

    private static func advice(_ code: CommandProblem.Code) -> String {
        switch code {
        case .invalid: "Correct the fields that are named and call again."
        case .unauthenticated: "A person has to give this connection a valid key; calling again does not help."
        case .forbidden: "Do not call it again; tell the person that this connection may not do it."
        case .notFound: "List what there is and use a name from there."
        case .conflict: "Read how things stand now, and decide again."
        case .rateLimited: "Wait a while, then call less often."
        case .unavailable: "Tell the person what is missing; it works once that is there."
        case .failed: "Tell the person; look at desk_health and log before another try."
        }
    }
}
