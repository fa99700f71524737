import Determinism
import RiskControl
import TaskQueues
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// What goes on only with a person, or went wrong and nobody has looked at.
struct NeedsPerson {
    static let schema = ValueSchema.named(
        "NeedsPerson",
        .object([
            .init(
                "kind", .choice(["approval", "dead_letters", "halt", "confirmation", "failed_run", "unreadable_run"])),
            .init("text", .text, "What it is, and what would settle it"), .init("id", .text),
            .init("step", .text.orNull, "The step that asks"), .init("link", .text.orNull, "The dashboard's page"),
            .init("since", .time.orNull),
        ]))

    /// The most failed runs that are told.
    private static let mostFailures = 20

    private let services: DeskServices
    private let picture: DeskPicture?
    private let time: Timestamp

    init(_ services: DeskServices, _ picture: DeskPicture?, at time: Timestamp) {
        self.services = services
        self.picture = picture
        self.time = time
    }

    /// Halts first, then what asks, then what failed.
    func items() throws -> [Value] {
        try halts() + confirmations() + approvals() + deadLetters() + failures()
    }

    private func halts() -> [Value] {
        guard let picture, picture.activity != .finished else { return [] }
        let state = picture.tradingValue
        guard let word = state["state"]?.text, word != "active" else { return [] }
        let reason = state["reason"]?.text ?? "no reason was given"
        let title = word == "halted" ? "Trading is halted" : "Only exits pass"
        let lifts = state["lifts"]?.text.map { "; ends when \($0)" } ?? ""
        return [item("halt", "\(title): \(reason)\(lifts)", id: picture.run, since: state.field("since"))]
    }

    private func confirmations() throws -> [Value] {
        try (services.access?.confirmations() ?? []).map { waiting in
            item(
                "confirmation", "\(waiting.caller.name) asks for \(waiting.command): \(waiting.reason)", id: waiting.id,
                link: "#/settings/confirmations", since: Value(waiting.created))
        }
    }

    private func approvals() throws -> [Value] {
        let workflows = services.workflows
        return try workflows.journal.openRuns().flatMap { run -> [Value] in
            switch workflows.reading(run) {
            case .success(let report): RunAnswer.approvals(report).map { item($0, of: run) }
            case .failure(let error):
                [
                    item(
                        "unreadable_run",
                        "\(run.run) of \(run.header.workflow) is open and cannot be read: \(RunAnswer.problem(error))",
                        id: run.run.text, link: "#/runs/\(run.run)", since: Value(run.started))
                ]
            }
        }
    }

    private func item(_ approval: RunAnswer.OpenApproval, of run: RunSummary) -> Value {
        item(
            "approval", "\(approval.step) of \(run.run) asks: \(approval.asks)", id: run.run.text,
            step: approval.step, link: "#/runs/\(run.run)", since: Value(approval.since))
    }

    private func deadLetters() throws -> [Value] {
        let report = try services.workflows.queues.status(of: nil, including: nil, at: time)
        return report.queues.filter { $0.deadLetters > 0 }.map { queue in
            let isOne = queue.deadLetters == 1
            let count = isOne ? "1 message of \(queue.name) was" : "\(queue.deadLetters) messages of \(queue.name) were"
            return item(
                "dead_letters", "\(count) given up; send back or remove", id: queue.name.text,
                link: "#/queues/\(queue.name)/dead")
        }
    }

    private func failures() throws -> [Value] {
        let since = time - .seconds(86_400)
        let recent = try services.workflows.journal.finishedRuns(limit: 200).filter { run in
            guard let finished = run.finished, let status = run.outcome?.status else { return false }
            return finished >= since && (status == .failed || status == .timedOut)
        }
        return recent.prefix(NeedsPerson.mostFailures).map { run in
            let failure = run.outcome?.failures.first.map { ": \($0.task), \($0.error)" } ?? ""
            return item(
                "failed_run", "\(run.run) of \(run.header.workflow) failed\(failure)", id: run.run.text,
                link: "#/runs/\(run.run)", since: Value(run.finished))
        }
    }

    private func item(
        _ kind: String, _ text: String, id: String, step: String? = nil, link: String? = nil, since: Value = .null
    ) -> Value {
        [
            "kind": .text(kind), "text": .text(text), "id": .text(id), "step": Value(step), "link": Value(link),
            "since": since,
        ]
    }
}
