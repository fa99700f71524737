import WorkflowModel

/// What a record says, on one line for people.
enum RecordWords {
    static func of(_ record: ArchivedRecord) -> String {
        let body = record.body
        switch record.kind {
        case "decision": return decision(body)
        case "report": return report(body)
        case "node": return node(body)
        case "slice": return "\(body["bars"]?.list?.count ?? 0) bars"
        case "history": return "bars of \(text(body["symbol"])) from before the run"
        case "headlines": return "\(body.list?.count ?? 0) headlines"
        case "day":
            return "the trading day \(text(body["date"])) \(text(body["phase"])), equity \(text(body["equity"]))"
        case "control": return control(body)
        case "charge": return "\(text(body["kind"])) of \(text(body["amount"])) for \(text(body["symbol"]))"
        case "run": return "the run began"
        case "summary": return "the run ended"
        default: return record.kind
        }
    }

    /// All verdicts of a decision.
    static func decision(_ body: Value) -> String {
        let verdicts = body["verdicts"]?.list ?? []
        guard !verdicts.isEmpty else { return body["halt"]?.text ?? "orders were taken back" }
        return verdicts.map(verdict).joined(separator: "; ")
    }

    static func verdict(_ verdict: Value) -> String {
        let size = verdict["quantity"]?.text ?? verdict["notional"]?.text.map { "worth \($0)" } ?? ""
        let what = "\(text(verdict["side"])) \(size) \(text(verdict["symbol"]))"
        guard verdict["approved"]?.boolean != true else {
            let order = verdict["order"]?["id"]?.text.map { " as \($0)" } ?? ""
            return "approved: \(what)\(order)"
        }
        return "refused by \(text(verdict["rule"])): \(what), \(text(verdict["text"]))"
    }

    static func report(_ body: Value) -> String {
        let order = text(body["order"])
        if let fill = body["fill"] {
            let done = fill["side"]?.text == "sell" ? "sold" : "bought"
            let profit = fill["realized_profit"]?.text.map { ", which locked in \($0)" } ?? ""
            return
                "\(order) \(done) \(text(fill["quantity"])) \(text(fill["symbol"])) at \(text(fill["price"]))\(profit)"
        }
        if let exit = body["exit"] { return "\(order) placed its exit \(text(exit["id"])), \(text(exit["type"]))" }
        let reason = body["reason"]?.text.map { ": \($0)" } ?? ""
        return "\(order) \(text(body["outcome"]))\(reason)"
    }

    private static func node(_ body: Value) -> String {
        if let error = body["error"]?.text { return "the pipeline failed: \(error)" }
        return "\(text(body["node"])) of \(text(body["run"]))"
    }

    private static func control(_ body: Value) -> String {
        let actions = ["halt", "resume", "reduceOnly", "flatten", "order", "limits", "proposal"]
        let who = body["by"]?.text.map { "\($0): " } ?? ""
        guard let name = actions.first(where: { body[$0] != nil }) else { return "\(who)a person's word" }
        let reason = body[name]?["reason"]?.text ?? body[name]?["ticket"]?["reason"]?.text
        return "\(who)\(name)\(reason.map { ", \($0)" } ?? "")"
    }

    private static func text(_ value: Value?) -> String {
        switch value {
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        default: "?"
        }
    }
}
