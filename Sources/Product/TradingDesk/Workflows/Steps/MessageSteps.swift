import Determinism
import TaskQueues
import TradingModel
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

/// Steps that tell people or other workflows something.
enum MessageSteps {
    static let all = [
        notification("send_notification", "Tells people what the run did", isAlert: false),
        notification("send_failure_alert", "Tells people that the run failed and was undone", isAlert: true),
        notification("alert_user", "Tells people that something needs them", isAlert: true), queue,
    ]

    private static func notification(_ name: String, _ summary: String, isAlert: Bool) -> Step {
        Step(
            name, summary, params: ["message": .text], outputs: ["sent": .boolean, "message": .text],
            hasEffect: true
        ) { call in
            let text = call.param("message")?.text ?? text(of: call, isAlert: isAlert)
            let notice = DeskNotice(at: call.scene.time, text, isAlert: isAlert, key: call.order.idempotencyKey)
            if !call.isTest { try call.desk.notify(notice) }
            return ["sent": .boolean(!call.isTest), "message": .text(text)]
        }
    }

    private static func text(of call: StepCall, isAlert: Bool) -> String {
        if let because = call.found("because")?.text { return "\(call.order.workflow): \(because)" }
        let what = isAlert ? "needs a look" : "has done its work"
        return "\(call.order.workflow), run \(call.run), \(what)"
    }

    static let queue = Step(
        "queue_for_execution", "Puts the signals of the steps before it on a queue, one message each",
        params: ["queue": .text], outputs: ["queued": .integer, "queue": .text], hasEffect: true
    ) { call in
        let name = call.order.params["queue"]?.text ?? "trading-signals"
        let signals = (call.found("signals") ?? call.found("opportunities"))?.list ?? []
        let wanted = signals.filter { $0["action"]?.text != "HOLD" }
        if !call.isTest { for signal in wanted { try send(signal, to: QueueName(name), &call) } }
        return ["queued": Value(call.isTest ? 0 : wanted.count), "queue": .text(name)]
    }

    private static func send(_ signal: Value, to queue: QueueName, _ call: inout StepCall) throws {
        let symbol = signal["symbol"]?.text ?? "unknown"
        let message = NewMessage(
            MessageID("\(call.order.idempotencyKey)/\(symbol)"), kind: "trade_signal", body: try signal.json(),
            key: symbol, priority: .high)
        try call.desk.send(message, to: queue)
    }
}
