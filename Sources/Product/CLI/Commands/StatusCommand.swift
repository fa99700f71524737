import Configuration
import DeskCommands
import WorkflowModel

/// `bellwether status`: how the desk stands, as it answers itself where it serves the home.
enum StatusCommand {
    private static let run = Argument.option("run", .text("NAME"), "Which run, else the newest of the home")

    static let command = Command(
        "status", "How the desk stands: account, trading state, open requests, head of the record",
        discussion: """
            The running desk is asked where one serves the home, else what is stored there. With --json it is the answer \
            of GET /api/status.
            """,
        takes: [run.parameter],
        examples: [.init("bellwether status", "The newest run"), .init("bellwether status --json", "For a program")],
        action: show)

    private static func show(_ call: Invocation) async throws -> ExitCode {
        let calls = try DeskCalls(call, run: try call.arguments[run])
        let status = try await calls.ask("status").value
        guard !call.console.isJSON else {
            try call.console.print(JSONValue(status))
            return .done
        }
        let hasRun = status["run"]?.text != nil
        let more = hasRun ? try await day(calls) + account(calls) : []
        try call.console.print(FactLines.of(facts(status) + more, style: call.console.style))
        return .done
    }

    private static func facts(_ status: Value) -> [FactLines.Fact] {
        let head = status["audit_head"]
        let requests = status["pending_requests"]?.list?.compactMap { $0["kind"]?.text } ?? []
        let needs = status["needs_person"]?.list?.count ?? 0
        let market = status["simulated"]?.boolean.map { $0 ? "SIMULATED" : "recorded" }
        return [
            ("run", status["run"]?.text), ("market", market), ("state", status["state"]?.text),
            ("process", status["process"]?.integer.map { "\($0)" } ?? "none"), ("started", status["started_at"]?.text),
            ("market time", status["market_time"]?.text),
            ("records", head?["sequence"]?.integer.map { "\($0)" }), ("audit head", head.flatMap(place)),
            ("requests", requests.isEmpty ? "none" : requests.joined(separator: ", ")),
            ("for a person", needs == 0 ? "nothing" : "\(needs), see 'bellwether confirmations' and the dashboard"),
            ("trading", trading(status["trading"])),
        ]
    }

    /// The head as 'audit verify --head' takes it.
    private static func place(_ head: Value) -> String? {
        guard let sequence = head["sequence"]?.integer, let hash = head["hash"]?.text else { return nil }
        return "\(sequence):\(hash)"
    }

    private static func trading(_ state: Value?) -> String? {
        guard let word = state?["state"]?.text?.replacing("_", with: " ") else { return nil }
        return state?["reason"]?.text.map { "\(word): \($0)" } ?? word
    }

    /// The newest trading day, as the record has it.
    private static func day(_ calls: DeskCalls) async throws -> [FactLines.Fact] {
        let days = try await calls.ask("audit.list", ["kind": "day", "limit": 1]).value["items"]?.list
        guard let body = days?.first?["body"] else { return [] }
        return [("date", body["date"]?.text), ("phase", body["phase"]?.text)]
    }

    private static func account(_ calls: DeskCalls) async throws -> [FactLines.Fact] {
        let account = try await calls.ask("portfolio").value
        return ["equity", "cash"].map { ($0, account[$0]?.number.map { NumberText.decimal($0) }) }
    }
}
