import TradingDesk
import TradingModel
import WorkflowModel

/// A person's word to the desk.
enum DeskControlCommands {
    static let all = [halt, resume, reduceOnly, flatten]

    private static let reason = Field<String>.text("reason", "Why, for the record", upTo: 500).or("asked for by hand")

    private static let halt = command(
        "halt", "Take no entries any more; open ones are taken back, exits stay", "desk_halt"
    ) { .halt(reason: $0) }

    private static let resume = command(
        "resume", "Take entries again; ends every halt", "desk_resume", confirmation: .fromModels
    ) { .resume(reason: $0) }

    private static let reduceOnly = command(
        "reduce_only", "Take only orders that bring positions nearer to zero", "desk_reduce_only"
    ) { .reduceOnly(reason: $0) }

    private static let flatten = command(
        "flatten", "Halt, and close every position at the market", "desk_flatten"
    ) { .flatten(reason: $0) }

    private static func command(
        _ name: String, _ summary: String, _ tool: String, confirmation: DeskCommand.Confirmation = .never,
        _ request: @escaping @Sendable (String) -> DeskRequest
    ) -> DeskCommand {
        let path = "/api/desk/\(name.replacing("_", with: "-"))"
        return DeskCommand(
            "desk.\(name)", summary, .trade, at: .post(path), tool: tool, takes: [reason.description],
            answers: ReceiptAnswer.schema, confirmation: confirmation
        ) { arguments, context in
            let receipt = try context.services.desk.ask(
                request(try arguments[reason]), by: context.caller.name, key: context.callID)
            return ReceiptAnswer.value(receipt, try context.services.desk.picture())
        }
    }
}
