import Configuration
import Determinism
import TaskQueues
import TradingDesk
import WorkflowModel

/// Queues and their messages for people.
enum QueuePage {
    static func lines(_ report: QueueReport, _ console: Console) -> [String] {
        guard !report.queues.isEmpty else { return ["there are no queues; 'bellwether queue create FILE' makes one"] }
        var table = Table([
            .text("queue"), .number("available"), .number("in flight"), .number("delayed"), .number("held back"),
            .text("oldest"), .number("dead"), .number("a minute"), .number("done"),
        ])
        for queue in report.queues {
            table.add([
                "\(queue.name)", "\(queue.messagesAvailable)", "\(queue.messagesInFlight)",
                "\(queue.messagesDelayed)", "\(queue.messagesHeldBack)",
                "\(queue.oldestMessageAge.map { NumberText.span($0) } ?? "-")",
                queue.deadLetters > 0 ? Table.Cell("\(queue.deadLetters)", .red) : "0",
                "\(NumberText.decimal(queue.processingRate, decimals: 1))", "\(queue.totals.acknowledged)",
            ])
        }
        let rate = NumberText.decimal(report.processingRate, decimals: 1)
        let total = "\(CountText.of(report.totalMessages, "message")), \(rate) done a minute over the last five minutes"
        let messages = report.queues.flatMap { $0.messages.map { lines($0, console) } ?? [] }
        return table.lines(width: console.profile.width, style: console.style) + [total] + messages
    }

    static func lines(_ messages: [QueuedMessage], _ console: Console) -> [String] {
        guard !messages.isEmpty else { return ["no messages"] }
        var table = Table([
            .number("number"), .text("state"), .text("id"), .text("type"), .text("priority"), .number("tries"),
            .text("error"), .text("body"),
        ])
        for queued in messages {
            let message = queued.message
            let body = String(validating: message.body, as: UTF8.self) ?? "\(message.body.count) bytes"
            table.add([
                "\(message.number)", "\(word(queued.state))", "\(message.id)", "\(message.kind)",
                "\(message.priority.name)", "\(message.attempts)", "\(message.lastError?.code ?? "-")", "\(body)",
            ])
        }
        return table.lines(width: console.profile.width, style: console.style)
    }

    private static func word(_ state: QueuedMessage.State) -> String {
        switch state {
        case .available: "available"
        case .delayed: "delayed"
        case .heldBack: "held back"
        case .inFlight(let holder, _): "with \(holder)"
        }
    }
}
